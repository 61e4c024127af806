//! Which fields of an earlier plan somebody had measured, described or entered: only of those a later value is a change.

use crate::plan::file::write_group;
use crate::plan::{Field, Kind, LoadFigure, MeasuredLag, Plan, each_row};
use crate::units::{Ratio, format};
use serde_json::Value;

/// Figures that follow from one of the load.
const FOLLOW: [(&str, LoadFigure); 4] = [
    ("workload.dataset", LoadFigure::Data),
    ("workload.growth_per_year", LoadFigure::Data),
    ("workload.connections", LoadFigure::Connections),
    ("workload.", LoadFigure::Operations),
];

/// Fields that have a starting value which no file says: measured figures, and confirmations.
fn starts(path: &str) -> bool {
    let begins = ["workload.", "assumptions.", "syncs."].iter().any(|it| path.starts_with(it));
    begins || path.contains(".checks.") || ["passive.exists", "passive.tenant_had_cache", "passive.lag"].contains(&path)
}

/// True for a field that the plan has from somebody: no figure of the load that is open, nothing empty, no starting value of what is
/// measured. A setting counts as the plan has it.
pub(in crate::estate) fn is_known(plan: &Plan, path: &str) -> bool {
    let is_open = |it: LoadFigure| plan.workload.open.contains(&it);
    let figure = FOLLOW.iter().find(|(begin, _)| path.starts_with(begin)).map(|it| it.1);
    if figure.is_some_and(is_open) {
        return false;
    }
    let [own, new] = [plan.clone(), Plan::default()].map(|mut plan| write_group(&mut plan));
    let (own, new) = (value(&own, path), value(&new, path));
    let is_empty = own.is_none_or(|it| it.is_null() || it.as_str() == Some(""));
    let is_entered = ["workload.dataset", "workload.writes", "workload.connections"].contains(&path);
    !is_empty && (is_entered || !starts(path) || own != new)
}

/// True for a field that has the value of a new plan.
pub(in crate::estate) fn is_start(plan: &Plan, path: &str) -> bool {
    let [own, new] = [plan.clone(), Plan::default()].map(|mut plan| write_group(&mut plan));
    value(&own, path) == value(&new, path)
}

/// True where two plans have the same regions, and one of them shares of the writes that nobody has measured.
pub(in crate::estate) fn differ_in_shares(before: &Plan, now: &Plan) -> bool {
    let places = |plan: &Plan| plan.regions.iter().map(|it| it.region.clone()).collect::<Vec<_>>();
    let is_open = |plan: &Plan| plan.workload.open.contains(&LoadFigure::Operations);
    places(before) == places(now) && (is_open(before) || is_open(now))
}

/// True where a field reads alike in two plans, which have these files: what nobody sees a difference of is no change.
pub(in crate::estate) fn reads_alike([before, now]: [&Plan; 2], files: [&Value; 2], path: &str) -> bool {
    if path == "passive.lag" {
        return is_same_lag(before, now);
    }
    let mut figures = None;
    each_row(&mut |row| {
        let print = |field: &Field, plan: &Plan| (field.get)(plan).map(|it| field.print(it));
        let is_same = |field: &Field| print(field, before) == print(field, now);
        figures = match &row.kind {
            _ if row.path != path => return,
            Kind::Number(field) | Kind::Place(field) => Some(is_same(field)),
            Kind::Range(_, parts) => Some(parts.iter().all(is_same)),
            Kind::Ends(parts) => Some(parts.iter().all(is_same)),
            _ => None,
        };
    });
    let [one, other] = files.map(|file| value(file, path));
    figures.unwrap_or_else(|| one.zip(other).is_some_and(|(one, other)| is_alike(one, other)))
}

/// Shares are alike where their percentages are, lists of figures where they are of one length: neither shows more.
fn is_alike(one: &Value, other: &Value) -> bool {
    let share = |it: &Value| it.as_f64().map(|it| format::percent(Ratio::fraction(it)));
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => share(one) == share(other),
        (Value::Object(own), Value::Object(its)) => {
            own.len() == its.len() && own.iter().all(|(key, it)| its.get(key).is_some_and(|its| is_alike(it, its)))
        }
        (Value::Array(own), Value::Array(its)) => {
            let figures = own.iter().chain(its).all(Value::is_number);
            own.len() == its.len() && (figures || own.iter().zip(its).all(|(own, its)| is_alike(own, its)))
        }
        _ => one == other,
    }
}

/// True where two plans have a lag that reads alike, of whatever time and place: only another figure of those that are shown is a change.
fn is_same_lag(before: &Plan, now: &Plan) -> bool {
    let Some((one, other)) = before.passive.lag.as_ref().zip(now.passive.lag.as_ref()) else { return false };
    let times = |lag: &MeasuredLag| [lag.p95, lag.peak].map(format::duration);
    // The bytes are of a metric of their own, which only one of the imports may have.
    let behind = one.behind.zip(other.behind);
    times(one) == times(other) && behind.is_none_or(|(one, other)| format::bytes(one) == format::bytes(other))
}

/// True where a figure of the load was there and is in no file now.
pub(in crate::estate) fn is_lost(before: &Plan, now: &Plan) -> bool {
    now.workload.open.iter().any(|it| !before.workload.open.contains(it))
        || before.passive.lag.is_some() && now.passive.lag.is_none()
}

/// The value at a path of a plan as its file has it.
pub(in crate::estate) fn value<'a>(plan: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(plan, |at, part| at.get(part))
}
