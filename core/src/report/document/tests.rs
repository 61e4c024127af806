//! The renderers hold the same words, and no text becomes markup.

use super::*;
use crate::model::Topology;
use crate::report::outage_log::Weight;
use crate::units::Secs;
use insta::assert_snapshot;

fn section() -> Section {
    let table = Table {
        id: "full-syncs",
        name: "Full syncs a year".to_owned(),
        columns: vec![Column::names("Cause"), Column::of(Topology::Passive), Column::text("Source")],
        rows: vec![
            Row::of(["Passive pair"]).kind(RowKind::Group),
            Row::of(["Patches", "24", "S1"]),
            Row::note("Two nodes, one patch a month each."),
            Row::of(["together", "24", ""]).kind(RowKind::Total),
        ],
    };
    let finding = Entry {
        id: "PAS-SKU".to_owned(),
        marks: vec![
            Run { text: "block".to_owned(), style: Style::Bad },
            Run { text: "PAS-SKU".to_owned(), style: Style::Code },
        ],
        text: "Both caches need the same size.".into(),
        more: vec!["Choose P4 for the secondary.".into()],
    };
    let event =
        |minutes: f64, text: &str| LogEntry { at: Secs::mins(minutes), weight: Weight::Quiet, text: text.into() };
    Section::new("full-sync", "Full sync", Text::from("It takes ").and("7 min", Style::Strong).then("."))
        .with(Block::Table(table))
        .with(Block::facts([("Copied altogether", "53\u{a0}GB"), ("Copy rate", "88–177\u{a0}MB/s")]))
        .with(Block::Log(vec![event(0.0, "East US is lost."), event(5.0, "The alert comes.")]))
        .with(Block::Entries(vec![finding]))
        .with(Block::Steps(vec![vec![
            Block::paragraph("Unlink."),
            Block::Commands("az redis list\naz redis show".to_owned()),
        ]]))
        .with(Block::details("All causes", vec![Block::list(["=SUM(A1)", "*no* <b>markup</b>"])]))
        .with(Block::remark("Published range (S1)."))
        .with(Block::List(Vec::new()))
}

#[test]
fn a_section_in_a_terminal_and_in_markdown() {
    assert_snapshot!([plain("Orders cache", &[section()]), markdown("Orders cache", &[section()])].join("\n---\n"));
}

/// Markdown is read back by a maintained parser, and a terminal has the same words in the same order.
#[test]
fn both_have_the_same_words() {
    let (plain, markdown) = (plain("Orders cache", &[section()]), markdown("Orders cache", &[section()]));
    let read = crate::report::markdown::tests::words_of(&markdown);
    let at_home = plain.split_whitespace().filter(|word| !word.chars().all(|it| "=-".contains(it)));
    for word in at_home.map(|word| word.trim_end_matches([':', '.'])).filter(|word| *word != "1") {
        assert!(read.contains(word), "{word} is missing in {read}");
    }
}

#[test]
fn a_table_becomes_a_sheet_that_starts_no_formula() {
    let table = Table { rows: vec![Row::of(["=1+1", "1,000"])], ..section().tables()[0].clone() };
    assert_eq!(table.csv(), "Cause,Passive pair,Source\r\n'=1+1,1000,\r\n");
}

#[test]
fn a_terminal_is_not_obeyed() {
    let section = Section::new("name", "a\u{1b}[31mb", "c\u{202e}d\ne");
    let text = plain("x\u{7}", &[section]);
    assert!(text.chars().all(|it| it == '\n' || crate::units::quote::is_printable(it)), "{text:?}");
}

/// What is folded and what is drawn has its table too; a blank line stands between two.
#[test]
fn the_tables_of_a_document_become_one_file() {
    let all = csv(&[section()]);
    let sheets: Vec<&str> = all.split("\r\n\r\n").collect();
    assert_eq!(sheets.len(), section().tables().len(), "{all}");
    assert!(all.contains("Cause,Passive pair,Source\r\n"), "{all}");
    assert_eq!(csv(&[Section::new("none", "", "")]), "");
}
