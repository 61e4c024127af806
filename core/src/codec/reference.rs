//! The reference of the plan's fields, from their table.

use super::{baseline, to_value};
use crate::plan::table::{Inside, Kind, Row, RowDocs, Table};
use crate::plan::{Field, Plan};
use crate::units::names::Named;
use crate::units::{Currency, Dimension};
use serde_json::Value;

const HEAD: &str = "# The fields of a plan

Written by `dr-planner schema --markdown` from the one table of the fields (`core::plan::table`); a test holds this file to it.

A field is named as in a plan file. A file holds numbers in base units: bytes, seconds, operations or bytes a second, shares of 1;
money, discounts and hours of people are decimal numbers in a text. The page, and the columns below, take and show units. A field
that a file leaves out has its default (most fields of an entry of a list, as a region's shares, have none and must be there); a new
plan's value, where it is another, is in brackets. An answer is `unknown`, `yes` (confirmed) or `no`.
";

/// Every field of a plan in Markdown: what it is, its default, and what it may be. The text of `docs/fields.md`.
#[must_use]
pub fn reference() -> String {
    let mut text = HEAD.to_owned();
    let plans = Plans { new: Plan::default(), old: baseline() };
    let (own, groups): (Vec<_>, Vec<_>) =
        Plan::ROWS.iter().zip(Plan::ROW_DOCS).partition(|(row, _)| !matches!(row.kind, Kind::Group(_)));
    text += "\n## The plan itself\n\n";
    text += TABLE;
    for (row, told) in own {
        lines(row, told, &plans, &mut text);
    }
    for (row, told) in groups {
        text.extend(["\n## `", row.path, "`\n\n", told.doc.trim(), "\n\n", TABLE]);
        inner(row, told, &plans, &mut text);
    }
    text
}

const TABLE: &str = "| field | what it is | default | may be |\n|---|---|---|---|\n";

/// A new plan, and what files take that leave fields out.
struct Plans {
    new: Plan,
    old: Plan,
}

fn inner(row: &'static Row, told: &RowDocs, plans: &Plans, text: &mut String) {
    if let (Kind::Group(rows), Inside::Group(inner)) = (&row.kind, &told.inside) {
        for (row, told) in rows.iter().zip(*inner) {
            lines(row, told, plans, text);
        }
    }
}

fn lines(row: &'static Row, told: &RowDocs, plans: &Plans, text: &mut String) {
    if matches!(row.kind, Kind::Group(_)) {
        return inner(row, told, plans, text);
    }
    let label = if row.label().is_empty() { String::new() } else { format!("**{}.**", row.label()) };
    let more = more(row, told).map(|doc| doc.replace('|', "\\|").replace("[`", "`").replace("`]", "`"));
    let source = match &row.kind {
        Kind::Range(range, _) => Some(format!("Source: {}.", range.source)),
        _ => None,
    };
    let told =
        [Some(label).filter(|it| !it.is_empty()), more, source].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (old, new) = (default(row, &plans.old), default(row, &plans.new));
    let default = if old == new { old } else { format!("{old} ({new})") };
    text.extend(["| `", row.path, "` | ", &told, " | ", &default, " | ", &may_be(row), " |\n"]);
}

/// What the documentation of a field adds to its label.
pub(super) fn more(row: &Row, told: &RowDocs) -> Option<String> {
    let doc = told.doc.trim();
    (doc.strip_suffix('.') != Some(row.label())).then(|| doc.to_owned())
}

/// What the field is in a plan, in words.
fn default(row: &'static Row, plan: &Plan) -> String {
    let figure = |field: &Field| {
        // A minute stands in no plan as 0.016666667 h.
        let print = |value: f64| match field.dimension {
            Dimension::Time => field.print(value),
            _ => field.print_exactly(value, Currency::USD),
        };
        let value = (field.get)(plan).map(print);
        value.unwrap_or_else(|| if row.shown.empty.is_empty() { "derived" } else { row.shown.empty }.to_owned())
    };
    let figures = |fields: &[Field]| fields.iter().map(figure).collect::<Vec<_>>().join(" – ");
    match &row.kind {
        Kind::Number(field) | Kind::Place(field) => figure(field),
        Kind::Range(_, parts) => figures(*parts),
        Kind::Ends(parts) => figures(*parts),
        Kind::Switch(switch) => (if (switch.get)(plan) { "yes" } else { "no" }).to_owned(),
        Kind::Confirm(confirm) => format!("`{}`", (confirm.get)(plan).name()),
        Kind::Choice(choice) if (choice.get)(plan).is_empty() => row.shown.empty.to_owned(),
        Kind::Choice(choice) => format!("`{}`", (choice.get)(plan)),
        Kind::Several(_) => "none".to_owned(),
        Kind::Size(size) => (size.get)(plan).map_or(row.shown.empty, |id| id.as_str()).to_owned(),
        Kind::Group(_) => String::new(),
        Kind::Text(text) if (text.get)(plan).is_empty() => row.shown.empty.to_owned(),
        Kind::Text(_) | Kind::Places(..) | Kind::Special => special(row.path, plan),
    }
}

/// A text or a day as it stands in a file; lists by the names of their regions.
fn special(path: &str, plan: &Plan) -> String {
    let file = to_value(plan);
    match path.split('.').try_fold(&file, |at, part| at.get(part)) {
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        Some(Value::Array(items)) if !items.is_empty() => {
            let named = items.iter().filter_map(|item| item.get("region")?.as_str());
            named.collect::<Vec<_>>().join(", ")
        }
        _ => "none".to_owned(),
    }
}

/// What it may be, in words.
fn may_be(row: &'static Row) -> String {
    let bounds = |field: &Field| format!("{} to {}", field.print(field.min), field.print(field.max));
    let names = |names: Vec<(&str, &str)>| {
        let each = names.iter().map(|(name, label)| {
            let same = label.to_ascii_lowercase().replace(' ', "-") == *name;
            if same { format!("`{name}`") } else { format!("`{name}`: {label}") }
        });
        each.collect::<Vec<_>>().join("; ")
    };
    match &row.kind {
        Kind::Number(field) | Kind::Place(field) => bounds(field),
        Kind::Range(_, [low, ..]) => format!("{}, in order", bounds(low)),
        Kind::Ends(parts) => parts.iter().map(bounds).collect::<Vec<_>>().join("; "),
        Kind::Switch(_) => "yes, no".to_owned(),
        Kind::Confirm(_) => "an answer".to_owned(),
        Kind::Choice(choice) => names((choice.names)()),
        Kind::Several(several) => names((several.names)()),
        Kind::Size(_) => "a size of the catalogue".to_owned(),
        Kind::Text(text) => format!("at most {} characters on one line", text.most),
        Kind::Places(_, texts) => {
            texts.iter().map(|it| format!("`{}`: {}", it.name, it.label)).collect::<Vec<_>>().join("; ")
        }
        Kind::Group(_) | Kind::Special => String::new(),
    }
}

#[cfg(test)]
mod tests {
    /// `docs/fields.md` is what the table says.
    #[test]
    fn the_reference_in_the_docs_is_the_tables() {
        let kept = include_str!("../../../docs/fields.md");
        assert!(
            kept == super::reference(),
            "docs/fields.md is not what the table of the fields says; run \
             `cargo run -p dr-cli -- schema --markdown > docs/fields.md`"
        );
    }
}
