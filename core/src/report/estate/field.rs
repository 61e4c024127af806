//! Any field of a plan in words, by its path.

use crate::plan::{Field, Kind, Plan, Row, each_row};
use crate::units::format;
use crate::units::names::Named;
use serde_json::Value;

fn row(path: &str) -> Option<&'static Row> {
    let mut found = None;
    each_row(&mut |row| {
        if row.path == path {
            found = Some(row);
        }
    });
    found
}

/// What a person calls the field; its path where it has no name.
pub(super) fn label(path: &str) -> String {
    match path {
        "regions" => "Regions".to_owned(),
        "workload.split" => "Shares of the writes".to_owned(),
        "passive.lag" => "Measured lag".to_owned(),
        path => row(path).map(Row::label).filter(|it| !it.is_empty()).unwrap_or(path).to_owned(),
    }
}

/// The field's value as a person reads it.
pub(super) fn words(path: &str, plan: &Plan) -> String {
    let Some(row) = row(path) else { return other(path, plan) };
    let empty = || if row.shown.empty.is_empty() { "derived" } else { row.shown.empty }.to_owned();
    let figure = |field: &Field| (field.get)(plan).map_or_else(empty, |value| field.print(value));
    match &row.kind {
        Kind::Number(field) | Kind::Place(field) => figure(field),
        Kind::Range(_, parts) => parts.iter().map(figure).collect::<Vec<_>>().join(" – "),
        Kind::Ends(parts) => parts.iter().map(figure).collect::<Vec<_>>().join(" – "),
        Kind::Switch(switch) => if (switch.get)(plan) { "yes" } else { "no" }.to_owned(),
        Kind::Confirm(confirm) => (confirm.get)(plan).label().to_owned(),
        Kind::Choice(choice) => {
            let chosen = (choice.get)(plan);
            let label =
                (choice.names)().into_iter().find(|(name, _)| *name == chosen).map(|(_, label)| label.to_owned());
            label.unwrap_or_else(empty)
        }
        Kind::Several(several) => {
            let chosen = (several.names)().into_iter().filter(|(name, _)| (several.has)(plan, name));
            let labels: Vec<&str> = chosen.map(|(_, label)| label).collect();
            if labels.is_empty() { "none".to_owned() } else { format::listed(&labels) }
        }
        Kind::Size(size) => (size.get)(plan).map_or_else(empty, ToString::to_string),
        Kind::Text(text) if (text.get)(plan).is_empty() => empty(),
        Kind::Text(text) => (text.get)(plan).to_owned(),
        Kind::Group(_) | Kind::Places(..) | Kind::Special => other(path, plan),
    }
}

/// Regions by name with their shares of the writes; a group by its shares; a list by its length.
fn other(path: &str, plan: &Plan) -> String {
    if path == "regions" {
        let one =
            |it: &crate::plan::RegionShare| format!("{} ({} of the writes)", it.region, format::percent(it.writes));
        return format::listed(&plan.regions.iter().map(one).collect::<Vec<_>>());
    }
    if let ("passive.lag", Some(lag)) = (path, &plan.passive.lag) {
        let [p95, peak] = [lag.p95, lag.peak].map(format::duration);
        let behind = lag.behind.map_or_else(String::new, |it| format!(", {} behind at most", format::bytes(it)));
        return format!("P95 {p95}, at most {peak}{behind}");
    }
    let file = crate::plan::file::write_group(&mut plan.clone());
    match path.split('.').try_fold(&file, |at, part| at.get(part)) {
        Some(Value::Object(shares)) if shares.values().all(Value::is_number) => {
            let share = |(name, share): (&String, &Value)| {
                let share = crate::units::Ratio::fraction(share.as_f64().unwrap_or_default());
                format!("{} {}", name.replace('_', " "), format::percent(share))
            };
            format::listed(&shares.iter().map(share).collect::<Vec<_>>())
        }
        Some(Value::Array(list)) => format::counted(list.len(), "value"),
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => "none".to_owned(),
        Some(_) => "set".to_owned(),
    }
}
