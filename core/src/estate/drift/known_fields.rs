//! Which fields of an earlier plan somebody had measured, described or entered: only of those a later value is a change.

use crate::plan::file::write_group;
use crate::plan::{LoadFigure, MeasuredLag, Plan};
use crate::units::format;
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

/// True where two plans have a lag that reads alike, of whatever time and place: only another figure is a change.
pub(in crate::estate) fn is_same_lag(before: &Plan, now: &Plan) -> bool {
    let Some((one, other)) = before.passive.lag.as_ref().zip(now.passive.lag.as_ref()) else { return false };
    let times = |lag: &MeasuredLag| [lag.p50, lag.p95, lag.peak].map(format::duration);
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
