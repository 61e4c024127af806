//! The law of documents: the page shows the words of the Markdown in the same order, and marks are heard.

use super::{blocks, of_table, section, sections, text};
use crate::state::Session;
use crate::testing::{html_of, session, session_with, words};
use dr_core::codec;
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;
use dr_core::report::decision::decision_document;
use dr_core::report::document::{Block, Document, Section, Style, Table, Text, markdown};
use dr_core::report::explain::explain;
use dr_core::report::runbook::{document, runbook};
use dr_core::report::views::VIEWS;
use yew::prelude::*;

fn presets() -> Vec<Session> {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../public/plans")).expect("a folder");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a text"));
    texts.map(|text| session(codec::from_json(&text).expect("a plan file"))).collect()
}

/// Everything that the page shows as documents.
fn documents(session: &Session) -> Vec<Document> {
    let Session { plan, catalog, evaluation, .. } = session;
    let views = VIEWS.iter().map(|view| (view.sections)(session.subject()));
    let explained = Topology::ALL.into_iter().flat_map(|topology| {
        Objective::ALL.map(|objective| vec![explain(objective, topology, plan, catalog, evaluation).section()])
    });
    let bare = |sections| Document { title: String::new(), opening: Vec::new(), sections };
    let books = Topology::ALL.map(|topology| document(&runbook(topology, plan, catalog, evaluation), plan));
    let whole = books.into_iter().chain([decision_document(session.subject())]);
    // The title stands in the page's own heading.
    let whole = whole.map(|document| Document { title: String::new(), ..document });
    views.chain(explained).map(bare).chain(whole).collect()
}

/// The page shows the table of a figure when it is asked for: it is held by itself.
fn without_tables(blocks: &[Block], tables: &mut Vec<Table>) -> Vec<Block> {
    let without = |block: &Block| match block {
        Block::Figure(chart) => {
            tables.push(Table::of_chart(chart));
            let mut chart = chart.clone();
            chart.table.head.clear();
            chart.table.rows.clear();
            Block::Figure(chart)
        }
        Block::Details { summary, open, blocks } => {
            Block::Details { summary: summary.clone(), open: *open, blocks: without_tables(blocks, tables) }
        }
        other => other.clone(),
    };
    blocks.iter().map(without).collect()
}

#[test]
fn the_page_has_the_words_of_the_markdown() {
    let presets = presets();
    assert_eq!(presets.len(), 6);
    for session in presets {
        for mut document in documents(&session) {
            let mut tables = Vec::new();
            for section in &mut document.sections {
                section.blocks = without_tables(&section.blocks, &mut tables);
            }
            let view = html! { <>{ blocks(&document.opening) }{ sections(&document.sections) }</> };
            same(&document.markdown(), &html_of(&session, view));
            for table in tables {
                let page = html_of(&session, of_table(&table));
                same(&markdown("", &[Section::new("table", "", "").with(Block::Table(table))]), &page);
            }
        }
    }
}

fn same(markdown: &str, html: &str) {
    let (page, report) = (words::of_page(html), words::of_markdown(markdown));
    let differs = page.iter().zip(&report).position(|(page, report)| page != report);
    let at = differs.unwrap_or_else(|| page.len().min(report.len()));
    let near = |words: &[String]| words[at.saturating_sub(8)..words.len().min(at + 8)].join(" ");
    assert!(page == report, "page: {}\nreport: {}", near(&page), near(&report));
}

/// A chart in a section is no panel of its own, and its heading stands below the section's.
#[test]
fn a_figure_stands_inside_its_section() {
    let session = session_with(|_| {});
    let charts = VIEWS.iter().find(|view| view.id == "recovery-times").map(|view| (view.sections)(session.subject()));
    let html = html_of(&session, section(&charts.expect("a view")[0]));
    assert_eq!((html.matches("<section").count(), html.matches("<h2>").count()), (1, 1), "{html}");
    assert!(html.contains("<div class=\"chart\"><h3>"), "{html}");
}

#[test]
fn a_sign_alone_is_heard_as_its_word() {
    let session = session_with(|_| {});
    let said = |words: &str, style| html_of(&session, text(&Text::styled(words, style)));
    for (sign, style, word) in [("✓", Style::Good, "met"), ("✕", Style::Bad, "missed")] {
        let html = said(sign, style);
        assert!(html.contains(&format!("<span class=\"visually-hidden\">{word}</span>")), "{html}");
        assert!(html.contains(&format!("<span aria-hidden=\"true\">{sign}</span>")), "{html}");
    }
    assert!(!said("✓ inside", Style::Good).contains("visually-hidden"), "the words say it");
}

/// A term is a button in its line, closed at first; what it means comes from the glossary when it is pressed.
#[test]
fn a_term_is_a_button_that_opens_what_it_means() {
    let session = session(dr_core::plan::Plan::default());
    let html = html_of(&session, section(&Section::new("x", "Times", "The RPO of the plan, and the RPO again.")));
    assert!(html.matches("class=\"term\"").count() == 1 && html.contains("aria-expanded=\"false\""), "{html}");
    let note = html_of(&session, crate::inline::meaning("RPO"));
    assert!(note.contains("<dfn>RPO</dfn>: Recovery point objective") && note.contains("role=\"note\""), "{note}");
}
