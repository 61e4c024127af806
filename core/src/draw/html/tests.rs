//! The file around the sections, and the place where a figure is explained.

use super::*;
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::report::document::{Column, Row, Style, Table, Text};

/// A figure leads to the heading that explains it, and to nothing where there is none; a way to a field is its words.
#[test]
fn a_short_report_as_a_file() {
    let cost = |topology| Style::Explained(topology, Objective::Cost);
    let says = Text::from("The group costs ").and("$3,013", cost(Topology::Active)).then(", the pair ");
    let says = says
        .and("$3,245", cost(Topology::Passive))
        .then("; see ")
        .and("Budget", Style::Field("objectives.budget".into()));
    let table = Table {
        id: "costs",
        name: "Costs".to_owned(),
        columns: vec![Column::names("Year"), Column::of(Topology::Active)],
        rows: vec![Row::of(["1", "$36,345"]), Row::note("Without <drills> & people.")],
    };
    let cost = Section::new("cost", "Cost", says).with(Block::Table(table));
    let why = Section::new("figures", "Figures", "")
        .with(Block::Heading(Text::styled(
            "Cost of the group: $3,013",
            Style::Explained(Topology::Active, Objective::Cost),
        )))
        .with(Block::Commands("az redis list \\\n  --query \"[?a<1]\"".to_owned()));
    let facts = vec![(Text::from("Date"), Text::from("2026-11-28"))];
    let link = Some("https://example.com/dr/#p1.abc".to_owned());
    let paper = Paper { title: "Orders \"&\" <cache>".to_owned(), facts, link, sections: vec![cost, why] };
    let (before, after) = file(&paper).split_once("<style>").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let after = after.split_once("</style>").unwrap().1.to_owned();
    insta::assert_snapshot!(format!("{before}<style>…</style>{after}").replace("><", ">\n<"));
}

/// A link of a preset is some 5,000 characters: its address is the target alone, and the sheet has a sentence. A short one is in full.
#[test]
fn a_long_address_is_no_text_of_the_file() {
    let of = |link: String| {
        let paper = Paper { title: "Orders".to_owned(), facts: Vec::new(), link: Some(link), sections: Vec::new() };
        file(&paper)
    };
    let long = format!("https://example.com/dr/#p1.{}", "x".repeat(300));
    let printed = of(long.clone());
    assert_eq!(printed.matches(&long).count(), 1, "the target alone");
    assert!(printed.contains(">Opens this plan</a> (a PDF keeps the link; on paper, the plan’s file opens it).</p>"));
    let short = "https://example.com/dr/#p1.abc";
    assert!(of(short.to_owned()).contains(&format!(">Opens this plan</a>: {short}</p>")));
}

/// What [`dark::rules`] turns round are the colours that drawings have.
#[test]
fn every_colour_of_a_drawing_has_a_dark_one() {
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::plan::Plan;
    use crate::report::paper::{Letterhead, paper};
    use crate::report::views::Subject;
    let (plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let drawn = element(&paper(subject, &Letterhead::default()));
    let rules = dark::rules();
    for what in ["fill=\"#", "stroke=\"#"] {
        for colour in drawn.split(what).skip(1).map(|rest| &rest[..6]) {
            assert!(rules.contains(&format!("[{what}{colour}\"]")), "{what}{colour}");
        }
    }
}

/// One palette: the report's own tokens are those of the drawings.
#[test]
fn the_report_wears_the_colours_of_its_drawings() {
    let (light, dark) = STYLE.split_once("prefers-color-scheme: dark").unwrap();
    for (style, palette) in [(light, Palette::LIGHT), (dark, Palette::DARK)] {
        for (name, colour) in [
            ("surface", palette.surface),
            ("ink", palette.ink),
            ("ink-2", palette.ink_2),
            ("accent", palette.accent),
            ("active", palette.active),
        ] {
            let hex = super::super::dark::hex(colour).to_ascii_lowercase();
            assert!(style.contains(&format!("--{name}: {hex};")), "--{name}: {hex}");
        }
    }
}
