//! What the glossary holds, and how texts lead to it.

use super::{find, linked, marked, meaning, reference, section, terms};
use crate::report::document::{Block, Section, Style, Text, plain};
use std::collections::BTreeSet;

/// `docs/glossary.md` is the glossary that the page shows and the terminal prints.
#[test]
fn the_glossary_in_the_docs_is_the_pages() {
    let kept = include_str!("../../../../docs/glossary.md");
    assert!(
        kept == reference(),
        "docs/glossary.md is not what core::report::glossary says; run `cargo run -p dr-cli -- glossary --markdown > docs/glossary.md`"
    );
}

#[test]
fn no_spelling_leads_to_two_terms_and_each_means_something_short() {
    let mut seen = BTreeSet::new();
    for term in terms() {
        for spelling in std::iter::once(&term.name).chain(term.also) {
            assert!(seen.insert(spelling.to_lowercase()), "{spelling} is there twice");
        }
        let words = term.means.split_whitespace().count();
        assert!((4..=40).contains(&words) && term.means.ends_with(['.', ')']), "{}: {words} words", term.name);
        assert!(meaning(term.name).is_some_and(|text| text.starts_with(term.means)));
    }
    assert!(seen.len() > 60, "{}", seen.len());
}

/// Every M-number is a heading of docs/model.md.
#[test]
fn every_part_of_the_model_is_there() {
    let model = include_str!("../../../../docs/model.md");
    for part in terms().flat_map(|term| term.from.split(", ")).filter(|part| part.starts_with("M-")) {
        assert!(model.contains(&format!("\n## {part} ")), "{part}");
    }
}

#[test]
fn a_term_is_found_as_a_word_of_its_own() {
    let cases = [
        ("The RPO is 3 s.", "RPO", Some((4, 7))),
        ("Full sync takes 6 min", "full sync", Some((0, 9))),
        ("ARPO and RPOs", "RPO", None),
        ("the force-unlink", "unlink", None),
        ("unlink", "unlink", Some((0, 6))),
        ("κ is 2", "κ", Some((0, 2))),
        ("", "RPO", None),
    ];
    for (text, word, expected) in cases {
        assert_eq!(find(text, word), expected, "{word} in “{text}”");
    }
}

#[test]
fn the_first_use_of_a_term_leads_to_it_and_no_word_changes() {
    let text = "RPO P95 is the lag; the RPO of a full sync.";
    let one = Section::new("x", "RPO", text).with(Block::paragraph("The RPO, and the runway."));
    let both = marked(one.clone());
    let led = |text: &Text| text.0.iter().filter(|run| matches!(run.style, Style::Term(_))).count();
    assert_eq!(led(&both.says), 4, "RPO, P95, lag, full sync: {:?}", both.says);
    let Block::Paragraph(paragraph) = &both.blocks[0] else { panic!("a paragraph") };
    assert_eq!(led(paragraph), 1, "the runway alone: {paragraph:?}");
    assert_eq!(plain("", std::slice::from_ref(&both)), plain("", &[one]));
    assert_eq!(marked(both.clone()), both, "once is enough");
    assert_eq!(marked(section()), section(), "the glossary does not lead to itself");
}

#[test]
fn styled_words_stay_as_they_are() {
    let text = Text::styled("RPO", Style::Code).then(" and RTO");
    let led = linked(text, &mut super::SPELLINGS.iter().collect());
    assert_eq!((led.0[0].style.clone(), led.0[2].style.clone()), (Style::Code, Style::Term("RTO")));
}
