//! The report as an HTML file: a browser reads it without a fault, it runs and asks for nothing, and no text becomes markup.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use dr_core::draw::html;
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;
use dr_core::plan::Plan;
use dr_core::report::chart::bill_chart;
use dr_core::report::document::{Block, Column, Entry, LogEntry, Row, RowKind, Run, Section, Style, Table, Text};
use dr_core::report::outage_log::Weight;
use dr_core::report::paper::{Letterhead, Paper, paper};
use dr_core::report::views::Subject;
use dr_core::units::Secs;
use dr_tests::CATALOG;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// An element: its name, its attributes, the text in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The elements in the order of the file, each with the whole text in it; a fault of the file ends the test.
fn read(file: &str) -> Vec<Element> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(file);
    let faults = dom.errors.borrow();
    assert!(faults.is_empty(), "{faults:?} in\n{file}");
    let mut found = Vec::new();
    walk(&dom.document, &mut found);
    found
}

fn walk(node: &Handle, found: &mut Vec<Element>) -> String {
    let at = found.len();
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow().iter().map(|it| (it.name.local.to_string(), it.value.to_string())).collect();
        found.push(Element { name: name.local.to_string(), attributes, text: String::new() });
    }
    let mut text = match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. } => panic!("a report has no comments"),
        _ => String::new(),
    };
    for child in node.children.borrow().iter() {
        text.push_str(&walk(child, found));
    }
    if matches!(node.data, NodeData::Element { .. }) {
        found[at].text.clone_from(&text);
    }
    text
}

fn letterhead() -> Letterhead {
    Letterhead { date: Some("2026-11-28".parse().unwrap()), page: Some("https://example.com/dr/".to_owned()) }
}

fn report(plan: &Plan) -> Paper {
    let evaluation = evaluate(plan, &CATALOG);
    paper(Subject { plan, catalog: &CATALOG, evaluation: &evaluation }, &letterhead())
}

#[test]
fn a_browser_reads_the_report_of_every_preset_without_a_fault() {
    for (name, plan) in dr_tests::presets() {
        let paper = report(&plan);
        let elements = read(&html::file(&paper));
        let all = |name: &str| elements.iter().filter(|it| it.name == name).collect::<Vec<_>>();
        assert_eq!(all("h1")[0].text, plan.name);
        let headings: Vec<&str> = all("h2").iter().map(|it| it.text.as_str()).collect();
        assert_eq!(headings, paper.sections.iter().map(|it| it.heading.as_str()).collect::<Vec<_>>(), "{name}");
        assert!(all("svg").len() >= 4, "{name}: {} drawings", all("svg").len());
        let ids: Vec<&str> = elements.iter().filter_map(|it| it.get("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: an id is there twice in {ids:?}");
        for link in all("a").iter().filter_map(|it| it.get("href")?.strip_prefix('#')) {
            assert!(ids.contains(&link), "{name}: #{link} leads nowhere");
        }
    }
}

/// WCAG 1.1.1, 1.3.1: a drawing has a name and a description, a table a caption, a column's heading its scope.
#[test]
fn drawings_and_tables_say_what_they_are() {
    let elements = read(&html::file(&report(&Plan::default())));
    let text_of = |id: &str| elements.iter().find(|it| it.get("id") == Some(id)).map_or("", |it| it.text.as_str());
    for svg in elements.iter().filter(|it| it.name == "svg") {
        assert_eq!(svg.get("role"), Some("img"));
        for by in ["aria-labelledby", "aria-describedby"] {
            assert!(!text_of(svg.get(by).unwrap()).is_empty(), "{by} of {:?}", svg.attributes);
        }
    }
    let count = |name: &str| elements.iter().filter(|it| it.name == name && !it.text.is_empty()).count();
    assert_eq!(count("table"), count("caption"));
    assert!(elements.iter().filter(|it| it.name == "th").all(|it| it.get("scope").is_some()));
}

#[test]
fn a_report_runs_nothing_and_asks_for_nothing() {
    let known: BTreeSet<&str> = "html head meta title style body div header p h1 h2 h3 h4 h5 dl dt dd a nav ol li main section \
        strong span code time ul table caption thead tbody tr th td figure figcaption details summary pre svg desc rect text \
        polyline polygon"
        .split_whitespace()
        .collect();
    for (name, plan) in dr_tests::presets() {
        let file = html::file(&report(&plan));
        for element in read(&file) {
            assert!(known.contains(element.name.as_str()), "{name}: <{}>", element.name);
            for (attribute, value) in &element.attributes {
                let asks = ["src", "srcset", "style", "action", "data"].contains(&attribute.as_str());
                assert!(!asks && !attribute.starts_with("on"), "{name}: {attribute} of <{}>", element.name);
                let own = value.starts_with('#') || value.starts_with("https://example.com/dr/#");
                assert!(attribute != "href" || (element.name == "a" && own), "{name}: {value}");
            }
        }
        let style = file.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<'), "{name}");
    }
}

/// Every kind of block with the text in every place.
fn everywhere(text: &str) -> Paper {
    let words =
        || Text::from(text).and(text, Style::Field(text.to_owned())).and(text, Style::Strong).and(text, Style::Code);
    let plan = Plan::default();
    let mut chart = bill_chart(&plan, &evaluate(&plan, &CATALOG)).unwrap();
    text.clone_into(&mut chart.title);
    text.clone_into(&mut chart.caption);
    text.clone_into(&mut chart.table.rows[0][0]);
    if let dr_core::report::chart::Plot::Bars(bars) = &mut chart.plot {
        text.clone_into(&mut bars.rows[0].label);
        text.clone_into(&mut bars.x.label);
    }
    let row = |kind| Row::of([words(), words()]).kind(kind);
    let columns = vec![Column::names(words()), Column::figures(words())];
    let rows = [RowKind::Plain, RowKind::Group, RowKind::Note, RowKind::Total].map(row).to_vec();
    let marks = vec![Run { text: text.to_owned(), style: Style::Explained(Topology::Active, Objective::Cost) }];
    let entry = Entry { id: text.to_owned(), marks, text: words(), more: vec![words()] };
    let blocks = vec![
        Block::Heading(words()),
        Block::Paragraph(words()),
        Block::Remark(words()),
        Block::List(vec![words()]),
        Block::Facts(vec![(words(), words())]),
        Block::Table(Table { id: "table", name: text.to_owned(), columns, rows }),
        Block::Log(vec![LogEntry { at: Secs::ZERO, weight: Weight::Bad, text: words() }]),
        Block::Steps(vec![vec![Block::Commands(text.to_owned())]]),
        Block::Entries(vec![entry]),
        Block::Figure(Box::new(chart)),
    ];
    let mut section = Section::new("all", text, words());
    section.blocks = blocks;
    Paper { title: text.to_owned(), facts: vec![(words(), words())], link: None, sections: vec![section] }
}

/// Names of elements and attributes: what a text must never change. Where a drawing has room for a text follows from its width.
fn shape(elements: &[Element]) -> Vec<(&str, Vec<&str>)> {
    let drawn = ["rect", "text", "polyline", "polygon"];
    let kept = elements.iter().filter(|it| !drawn.contains(&it.name.as_str()));
    kept.map(|it| (it.name.as_str(), it.attributes.iter().map(|(name, _)| name.as_str()).collect())).collect()
}

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onload='x",
    "</style><svg onload=x>",
    "</title></svg></p></table>",
    "<!-- a --> <![CDATA[ b ]]>",
    "&lt;b&gt; &amp;amp; &#60;",
    "a\u{1b}[31m\u{0}\u{202e}b\r\nc",
    "javascript:alert(1)",
];

fn hold(text: &str) {
    let (plain, hostile) = (html::file(&everywhere("x")), html::file(&everywhere(text)));
    let (plain, hostile) = (read(&plain), read(&hostile));
    assert_eq!(shape(&plain), shape(&hostile), "{text:?}");
    let shown = |name: &str| hostile.iter().find(|it| it.name == name).unwrap().text.clone();
    let same = |seen: &str| seen.chars().zip(text.chars()).all(|(a, b)| a == b || b.is_control() || a == '\u{fffd}');
    for name in ["h1", "h2", "caption", "figcaption", "code"] {
        assert!(same(&shown(name)), "{name} shows {:?} for {text:?}", shown(name));
    }
}

#[test]
fn hostile_texts_stay_texts() {
    HOSTILE.into_iter().for_each(hold);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_becomes_markup(text in "[<>&\"'/!a-z =\u{0}-\u{1f}\u{80}-\u{9f}\u{2028}-\u{202e}-]{1,30}".prop_filter("something to read", |text| !text.trim().is_empty())) {
        hold(&text);
    }
}
