//! What a plan file may hold, as JSON Schema (draft 2020-12), from the table of the plan's fields.

use super::reference::more;
use super::{PLAN_VERSION, baseline, pretty_line, to_value};
use crate::plan::file::with;
use crate::plan::table::{Inside, Kind, Row, RowDocs, Table};
use crate::plan::{Field, Plan};
use crate::units::Dimension;
use serde_json::{Map, Value, json};

/// The JSON Schema of a plan file, pretty, ending in a line break. Numbers are in base units: bytes, seconds, a second, shares of
/// 1; `default` is what a file takes that leaves the field out. Rules between fields (order of a range, sums, known regions) are
/// no part of it: a file that it passes may still get findings, and one that it refuses is refused.
#[must_use]
pub fn schema() -> String {
    let plan = group(Plan::ROWS, Plan::ROW_DOCS, &to_value(&baseline()));
    let version = json!({ "const": PLAN_VERSION, "description": "Version of the plan file." });
    let whole = with(plan, "required", json!(["v"]));
    let whole = with(whole, "$schema", "https://json-schema.org/draft/2020-12/schema");
    let whole = with(whole, "title", "Plan of the Redis DR Planner");
    let mut whole = with(whole, "description", "Numbers are in base units: bytes, seconds, a second, shares of 1.");
    if let Some(Value::Object(fields)) = whole.get_mut("properties") {
        fields.insert("v".to_owned(), version);
    }
    pretty_line(&whole)
}

fn group(rows: &'static [Row], told: &[RowDocs], left_out: &Value) -> Value {
    let fields: Map<String, Value> = rows.iter().zip(told).map(|(row, told)| property(row, told, left_out)).collect();
    json!({ "type": "object", "properties": fields, "additionalProperties": false })
}

fn property(row: &'static Row, told: &RowDocs, left_out: &Value) -> (String, Value) {
    let name = row.path.rsplit('.').next().unwrap_or_default();
    let usual = &left_out[name];
    let shape = match (&row.kind, &told.inside) {
        (Kind::Group(rows), Inside::Group(inner)) => group(rows, inner, usual),
        (Kind::Number(field) | Kind::Place(field), Inside::Leaf(shape)) => bounded(field, shape()),
        (Kind::Range(_, parts), _) => several(*parts),
        (Kind::Ends(parts), _) => several(*parts),
        (Kind::Text(text), Inside::Leaf(shape)) => with(shape(), "maxLength", text.most),
        (_, Inside::Leaf(shape)) => shape(),
        (_, Inside::Group(_)) => Value::Null,
    };
    let shape = match row.label() {
        "" => shape,
        label => with(shape, "title", label),
    };
    let shape = match more(row, told) {
        Some(doc) => with(shape, "description", doc),
        None => shape,
    };
    let shape = if matches!(row.kind, Kind::Group(_)) { shape } else { with(shape, "default", usual.clone()) };
    (name.to_owned(), shape)
}

/// A number inside the field's bounds; a decimal number in a text has them in words alone.
fn bounded(field: &Field, shape: Value) -> Value {
    if field.decimal {
        return with(shape, "$comment", field.rule());
    }
    let kind = if field.dimension == Dimension::Count { "integer" } else { "number" };
    let kind = if field.optional { json!([kind, "null"]) } else { json!(kind) };
    json!({ "type": kind, "minimum": field.min, "maximum": field.max })
}

fn several(parts: &[Field]) -> Value {
    let part =
        |field: &Field| (field.path.rsplit('.').next().unwrap_or_default().to_owned(), bounded(field, Value::Null));
    let fields: Map<String, Value> = parts.iter().map(part).collect();
    json!({ "type": "object", "properties": fields, "additionalProperties": false })
}
