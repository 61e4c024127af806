//! What a series of metrics gives a coefficient, and why it gives none (M-03, M-07).

use crate::units::format;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Secs};

/// Why nothing can be fitted: too few points.
pub const TOO_FEW_POINTS: &str =
    "Fewer than three points lie in the time in which the member was away; choose a longer time.";
/// Why nothing can be fitted: no group.
pub const NO_GROUP: &str = "The plan has no active group; calibrate with the plan of the drill's group.";
/// Why nothing can be fitted: no deletes.
pub const NOTHING_DELETED: &str =
    "The delete rate: nothing was deleted; enter the deletes and expiries a second, above 0/s.";

/// Why nothing can be fitted: the series is something else.
#[must_use]
pub fn no_memory(series: &str) -> String {
    format!(
        "“{series}” is no memory in bytes; open the metric usedmemory, or name the unit in the header: used (bytes)."
    )
}

/// Full syncs were seen and no memory beside them.
#[must_use]
pub fn sync_without_memory(member: &str) -> String {
    format!("A full sync of {member} was seen; its rate takes used memory (usedmemory) of the primary.")
}

/// "2 full syncs of orders, the last on 2026-11-02: 4 min to 6 min, 5 min to 7 min for the fullest shard"
#[must_use]
pub fn syncs_seen(member: &str, last: &str, times: &[[Secs; 2]]) -> String {
    let count = format::counted(times.len(), "full sync");
    let each = times.iter().map(|[least, most]| format!("{} to {}", format::duration(*least), format::duration(*most)));
    format!("{count} of {member}, the last on {last}: {} for the fullest shard", each.collect::<Vec<_>>().join(", "))
}

/// "45 MB/s, 40 MB/s to 50 MB/s": the most likely of a range, then its ends.
#[must_use]
pub fn between<T: Copy>(range: Range<T>, word: impl Fn(T) -> String) -> String {
    let [low, mode, high] = [range.low, range.mode, range.high].map(word);
    format!("{mode}, {low} to {high}")
}

/// A rate that its intervals do not give.
#[must_use]
pub fn too_coarse(step: Secs) -> String {
    let step = format::duration(step);
    format!("Intervals of {step} are too coarse for its rate: save the events with --interval PT1M.")
}

/// A rate that is not believed.
#[must_use]
pub fn far_off(rate: Range<BytesPerSec>, assumed: Range<BytesPerSec>) -> String {
    let [low, high, least, most] = [rate.low, rate.high, assumed.low, assumed.high].map(format::rate);
    format!(
        "{low} to {high} is far from the assumed {least} to {most}: check that the start and the end are of one sync."
    )
}

/// "orders was not healthy for 2 h from 2026-11-02"
#[must_use]
pub fn unhealthy(member: &str, lasted: Secs, day: &str) -> String {
    format!("{member} was not healthy for {} from {day}", format::duration(lasted))
}

/// An outage with fewer points than a line takes.
#[must_use]
pub fn too_few(outage: &str, points: usize, least: usize) -> String {
    let points = format::counted(points, "point");
    format!("{outage}: {points} of used memory, and a line takes {least}. Save them by the minute.")
}

/// An outage without expiries.
#[must_use]
pub fn without_expiries(outage: &str) -> String {
    format!("{outage}; what it retained takes the expiries (expiredkeys) of that time.")
}

/// A slope that is none of deletes.
#[must_use]
pub fn impossible(outage: &str, retained: Bytes) -> String {
    format!(
        "{outage}. The line gives {:.0} B for a delete, which cannot be: check that memory and expiries are of that time.",
        retained.as_bytes()
    )
}

/// What a fit is based on.
#[must_use]
pub fn line_through(outage: &str, points: u32, series: &str, deletes: OpsPerSec, scatter: Bytes) -> String {
    format!(
        "{outage}: line through {} of {series}, {} of deletes and expiries, scatter {}; 95 % interval",
        format::counted(points as usize, "point"),
        format::ops(deletes),
        format::bytes(scatter),
    )
}

/// Data without what waits to be sent.
#[must_use]
pub fn less_backlogs(before: &str, backlogs: Bytes, divided: &str) -> String {
    format!("{before}, less {} of backlogs{divided}", format::bytes(backlogs))
}
