//! What the plan says: its regions, sizes and every numeric field; what is assumed apart from what is entered.

use super::Subject;
use crate::plan::{FIELDS, Field, Plan, RANGES, RangeField, field};
use crate::report::coefficients::{basis, source_of};
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::units::{Dimension, format};

/// First part of a field's path, and what its group is called.
const GROUPS: [(&str, &str); 12] = [
    ("workload", "Load"),
    ("latency", "Requests"),
    ("rebuild", "Rebuild"),
    ("passive", "Passive pair"),
    ("active", "Active group"),
    ("objectives", "Targets"),
    ("recovery", "Recovery steps"),
    ("pricing", "Prices"),
    ("outages", "Outages of a year"),
    ("syncs", "Full syncs"),
    ("horizon", "Period"),
    ("outage", "The outage that is tried"),
];

/// The inputs; what differs from a new plan is strong.
pub(super) fn inputs(subject: Subject) -> Vec<Section> {
    let says =
        "Strong: differs from a new plan. Ranges: low – most likely – high, assumptions unless a source follows.";
    let section = Section::new("inputs", "Inputs", says).with(Block::Table(regions(subject)));
    vec![GROUPS.into_iter().fold(section, |section, (prefix, name)| {
        let facts = listed(subject, prefix);
        if facts.is_empty() { section } else { section.with(Block::Heading(name.into())).with(Block::Facts(facts)) }
    })]
}

/// The coefficients that are not published, and what the case assumes.
pub(super) fn assumptions(subject: Subject) -> Section {
    // A published case lists them with its figures.
    let story = &subject.plan.story;
    let of_case = if story.printed.is_empty() { story.assumed.clone() } else { Vec::new() };
    Section::new("assumptions", "Assumptions", basis(subject.plan))
        .with(Block::Facts(listed(subject, "assumptions")))
        .with(Block::list(of_case))
}

fn regions(subject: Subject) -> Table {
    let plan = subject.plan;
    let row = |(at, share): (usize, &crate::plan::RegionShare)| {
        let share_of = |share| Text::from(format::percent(share));
        Row::of([
            plan.place_name(at, subject.catalog).into_owned().into(),
            share_of(share.users),
            share_of(share.writes),
        ])
    };
    Table {
        id: "regions",
        name: "Regions, the primary first".to_owned(),
        columns: vec![Column::names("Region"), Column::figures("Users"), Column::figures("Writes")],
        rows: plan.regions.iter().enumerate().map(row).collect(),
    }
}

/// The fields and ranges whose path starts so, names with values.
fn listed(subject: Subject, prefix: &str) -> Vec<(Text, Text)> {
    let untouched = Plan::default();
    let of = |path: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
    let in_range = |path: &str| RANGES.iter().any(|range| range.parts.contains(&path));
    let single = FIELDS.iter().filter(|field| of(field.path) && !in_range(field.path)).filter_map(|field| {
        let value = (field.get)(subject.plan)?;
        Some((field.label.into(), styled(printed(subject, field, value), (field.get)(&untouched) == Some(value))))
    });
    let ranges = RANGES.iter().filter(|range| of(range.path)).map(|range| ranged(subject, &untouched, range));
    single.chain(ranges).collect()
}

fn ranged(subject: Subject, untouched: &Plan, range: &RangeField) -> (Text, Text) {
    let parts: Vec<&Field> = range.parts.iter().filter_map(|path| field(path)).collect();
    let values = |plan: &Plan| parts.iter().filter_map(|field| (field.get)(plan)).collect::<Vec<f64>>();
    let now = values(subject.plan);
    let words: Vec<String> = parts.iter().zip(&now).map(|(field, value)| printed(subject, field, *value)).collect();
    let value = styled(words.join(" – "), now == values(untouched));
    let source = source_of(subject.plan, range);
    // That a range is an assumption is said once, above all of them.
    let source = match source.strip_prefix("assumption") {
        Some(rest) => rest.trim_start_matches([',', ';', ' ']).to_owned(),
        None => source,
    };
    let source = if ["", "not published"].contains(&source.as_str()) { String::new() } else { format!(" ({source})") };
    (range.label.into(), value.and(source, Style::Quiet))
}

fn printed(subject: Subject, field: &Field, value: f64) -> String {
    let exact = field.print_exactly(value, subject.plan.typing_currency(subject.catalog.currency()));
    // A second is no 0.016666667 min.
    let endless =
        exact.split_once('.').is_some_and(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).count() > 5);
    if endless && field.dimension == Dimension::Time { field.print(value) } else { exact }
}

fn styled(words: String, untouched: bool) -> Text {
    Text::styled(words, if untouched { Style::Plain } else { Style::Strong })
}
