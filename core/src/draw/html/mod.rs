//! The report as one HTML file: no script, nothing asked for outside it, charts drawn in it, and paper in mind.
//!
//! Every text goes through maud, which escapes it; markup comes from the functions here and from the drawings alone.

mod blocks;
#[cfg(test)]
mod tests;

use super::{Palette, dark};
use crate::report::document::{Block, Document, Section};
use crate::report::paper::{HEADING, LINK, Paper, after_link};
use crate::report::visible;
use blocks::Place;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style sheet of the report: everything in it stands below `.report`, but for the size of the paper.
pub const STYLE: &str = include_str!("report.css");
/// Allows the style in the file and nothing else: neither a script nor a request.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole file. The same report gives the same bytes wherever it is written.
#[must_use]
pub fn file(paper: &Paper) -> String {
    let style = format!("\n{STYLE}{}", dark::rules());
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shown(&paper.title)) ": " (HEADING) }
                style { (PreEscaped(style)) }
            }
            body { (report(paper)) }
        }
    }
    .into_string()
        + "\n"
}

/// A document without a letterhead as one file: a runbook, a decision record.
#[must_use]
pub fn of_document(document: &Document) -> String {
    let Document { title, opening, sections } = document.clone();
    let opening = Section { blocks: opening, ..Section::new("opening", "", "") };
    let sections = std::iter::once(opening).filter(|it| !it.blocks.is_empty()).chain(sections).collect();
    file(&Paper { title, facts: Vec::new(), link: None, sections })
}

/// The report alone, as an element of a page that has [`STYLE`].
#[must_use]
pub fn element(paper: &Paper) -> String {
    report(paper).into_string()
}

fn report(paper: &Paper) -> Markup {
    html! {
        div class="report" {
            header {
                p class="kicker" { (HEADING) }
                h1 { (shown(&paper.title)) }
                @if !paper.facts.is_empty() { dl class="head" {
                    @for (name, value) in &paper.facts { div { dt { (shown(&name.words())) } dd { (shown(&value.words())) } } }
                } }
                @if let Some(link) = &paper.link { p class="link" { a href=(link) rel="noreferrer" { (LINK) } (after_link(link)) } }
            }
            @if paper.sections.len() > 1 { (contents(&paper.sections)) }
            main { @for part in &paper.sections { (section(part, &Place::of(paper))) } }
        }
    }
}

fn contents(sections: &[Section]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ol { @for section in sections.iter().filter(|it| !it.heading.is_empty()) { li { a href=(format!("#{}", section.id)) { (shown(&section.heading)) } } } }
        }
    }
}

fn section(section: &Section, place: &Place) -> Markup {
    html! {
        section id=(section.id) {
            @if !section.heading.is_empty() { h2 { (shown(&section.heading)) } }
            @if !section.says.is_blank() { p class="say" { (place.text(&section.says)) } }
            (place.blocks(&section.blocks, 3))
        }
    }
}

/// A text with what nobody sees in it shown.
fn shown(text: &str) -> String {
    visible::line(text)
}
