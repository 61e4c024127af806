//! What an estate measured in place of assumptions: the rate of a full sync that was seen, and what an outage retained.

use super::{Drill, Fit, calibrate};
use crate::catalog::Catalog;
use crate::estate::{
    Estate, Evidence, Facts, Kind, Member, MetricSeries, Missing, Planned, Quantity, all_series_of, day, divided,
    series_of,
};
use crate::evaluate::{Evaluation, evaluate_unread};
use crate::import::series::{Measure, Sample, Series};
use crate::model::Topology;
use crate::model::missed_changes::backlogs_of_any_shards;
use crate::model::runway::Runway;
use crate::plan::{Plan, check};
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Secs, format};
use crate::words::calibration as words;

/// A range of rates is taken where its high end is no more than this times its low end: a coarser one says less than the assumption.
const CLEAR: f64 = 4.0;

/// Longer intervals are no measure of a sync: it lasts minutes.
const FINE: Secs = Secs::mins(5.0);
/// A rate further from the assumed ones than this factor is of events that do not belong together.
const FAR: f64 = 10.0;

/// Fewer intervals of an outage are no line.
const POINTS: usize = 6;

/// Sets what the metrics of a deployment say of the coefficients, each with its evidence and its fit; what they do not carry stays an
/// assumption, and the plan says why where an event was seen.
///
/// - Of a pair the rate of a full sync (M-03): the data of the fullest shard over the time between the events of its start and its end,
///   each uncertain by an interval.
/// - Of a group what an outage retains (M-07), by [`calibrate`]: a member's used memory while its geo-replication was not healthy, with the
///   expiries of every member. Deletes that no metric counts are in the plan's proportion to the expiries. κ stays an assumption: no metric
///   gives the data beside the memory used. The data is that memory less both backlogs, by κ.
pub fn calibrate_measured(planned: &mut Planned, facts: &Facts, catalog: &Catalog) {
    match planned.deployment.kind {
        Kind::Pair => full_syncs(planned, facts, catalog),
        Kind::Group => {
            less_backlogs(planned, catalog);
            outage(planned, facts, catalog);
        }
        Kind::Alone => {}
    }
    planned.draft.evidence.sort();
    planned.draft.unknown.sort();
}

/// The same for every deployment of an estate.
pub fn calibrate_estate(estate: &mut Estate, facts: &Facts, catalog: &Catalog) {
    for planned in &mut estate.planned {
        calibrate_measured(planned, facts, catalog);
    }
}

fn note(planned: &mut Planned, field: &'static str, value: String, from: String) {
    planned.draft.evidence.push(Evidence { field, value, from });
}

fn miss(planned: &mut Planned, field: &'static str, why: String) {
    planned.draft.unknown.push(Missing { field, why, is_against: false });
}

/// A full sync as its events show it: when it began, and how long it took at least and at most.
struct Seen {
    at: f64,
    least: Secs,
    most: Secs,
}

/// Every start with the first end after it, before the next start.
fn seen(started: &MetricSeries, ended: &MetricSeries) -> Vec<Seen> {
    let events =
        |series: &MetricSeries| series.points.iter().filter(|it| it.1 > 0.0).map(|it| it.0).collect::<Vec<f64>>();
    let (starts, ends) = (events(started), events(ended));
    let step = started.step.as_secs().max(ended.step.as_secs());
    let seen = starts.iter().enumerate().filter_map(|(at, start)| {
        let next = starts.get(at + 1).copied().unwrap_or(f64::INFINITY);
        let end = ends.iter().copied().find(|end| end >= start && *end <= next)?;
        let time = end - start;
        Some(Seen { at: *start, least: Secs::secs((time - step).max(0.0)), most: Secs::secs(time + step) })
    });
    seen.collect()
}

/// The full syncs of the member that shows them, with the length of an interval: those of the finest intervals that show any.
fn events(planned: &Planned, facts: &Facts) -> Option<(Member, Secs, Vec<Seen>)> {
    planned.deployment.members.iter().find_map(|member| {
        let of = |quantity| all_series_of(facts, &member.key, quantity);
        let (starts, ends) = (of(Quantity::FullSyncs), of(Quantity::FullSyncEnds));
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end)));
        let same = pairs.filter(|(start, end)| start.step == end.step);
        same.map(|(start, end)| (member.clone(), start.step, seen(start, end))).find(|it| !it.2.is_empty())
    })
}

/// Used memory of a member in the series that has most values in a time; the one that counts where none has any.
fn memory_at(facts: &Facts, member: &Member, from: f64, to: f64) -> Option<MetricSeries> {
    let inside = |it: &MetricSeries| it.points.iter().filter(|it| (from..=to).contains(&it.0)).count();
    let all = all_series_of(facts, &member.key, Quantity::Memory).into_iter();
    let finest = all.rev().max_by_key(inside).filter(|it| inside(it) > 0 || it.at(from).is_some());
    finest.or_else(|| series_of(facts, &member.key, Quantity::Memory))
}

fn full_syncs(planned: &mut Planned, facts: &Facts, catalog: &Catalog) {
    const FIELD: &str = "assumptions.sync_rate";
    let Some((member, step, seen)) = events(planned, facts) else { return };
    let at = seen.first().map_or(0.0, |it| it.at);
    let memory = planned.deployment.members.first().and_then(|it| memory_at(facts, it, at, at));
    let Some(memory) = memory else {
        return miss(planned, FIELD, words::sync_without_memory(&member.name));
    };
    let range = sync_rate(&planned.draft.plan, catalog, &memory, &seen);
    let last = day(seen.last().map_or(0.0, |it| it.at));
    let times: Vec<[Secs; 2]> = seen.iter().map(|it| [it.least, it.most]).collect();
    let from = words::syncs_seen(&member.name, &last, &times);
    if let Some(doubt) = doubt(range, step, planned.draft.plan.assumptions.sync_rate) {
        return miss(planned, FIELD, format!("{from}. {doubt}"));
    }
    let mut plan = planned.draft.plan.clone();
    plan.assumptions.sync_rate = range;
    let refused = check(&plan).into_iter().find(|error| error.field.starts_with("assumptions"));
    if let Some(error) = refused {
        return miss(planned, FIELD, format!("{from}. {}", error.message));
    }
    planned.draft.plan = plan;
    note(planned, FIELD, words::between(range, format::rate), from);
}

/// The lowest, the mean and the highest rate of a shard in the full syncs that were seen.
fn sync_rate(plan: &Plan, catalog: &Catalog, memory: &MetricSeries, seen: &[Seen]) -> Range<BytesPerSec> {
    let evaluation = evaluate_unread(plan, catalog);
    let sync = &evaluation.of(Topology::Passive).sync;
    let part = sync.shard_bytes / sync.total_bytes * plan.assumptions.snapshot_ratio.as_fraction();
    let (mut low, mut sum, mut high) = (BytesPerSec::bytes_per_s(f64::INFINITY), 0.0, BytesPerSec::ZERO);
    for it in seen {
        // Where the primary has no value at that time its peak stands for it.
        let bytes = Bytes::bytes(memory.at(it.at).unwrap_or_else(|| memory.peak()) * part);
        let rate = |time: Secs| BytesPerSec::bytes_per_s(bytes.as_bytes() / time.as_secs());
        (low, high) = (low.min(rate(it.most)), high.max(rate(it.least)));
        sum += rate((it.least + it.most) * 0.5).as_bytes_per_s();
    }
    Range::new(low, BytesPerSec::bytes_per_s(sum / seen.len() as f64), high)
}

/// Why a rate is not taken: intervals too coarse for it, or far from what is assumed.
fn doubt(rate: Range<BytesPerSec>, step: Secs, assumed: Range<BytesPerSec>) -> Option<String> {
    let clear = rate.mode.is_finite()
        && rate.high.is_finite()
        && rate.high.as_bytes_per_s() <= CLEAR * rate.low.as_bytes_per_s();
    if !clear || step > FINE {
        return Some(words::too_coarse(step));
    }
    let far = rate.high < assumed.low * (1.0 / FAR) || rate.low > assumed.high * FAR;
    far.then(|| words::far_off(rate, assumed))
}

/// The longest time in which geo-replication of a member was not healthy.
fn unhealthy(healthy: &MetricSeries) -> Option<(f64, f64)> {
    let mut longest: Option<(f64, f64)> = None;
    let mut open: Option<(f64, f64)> = None;
    for (at, value) in &healthy.points {
        open = match open {
            _ if *value >= 1.0 => None,
            Some((from, last)) if at - last <= 1.5 * healthy.step.as_secs() => Some((from, *at)),
            _ => Some((*at, *at)),
        };
        let length = |it: Option<(f64, f64)>| it.map_or(-1.0, |(from, to)| to - from);
        if length(open) > length(longest) {
            longest = open;
        }
    }
    longest
}

fn outage(planned: &mut Planned, facts: &Facts, catalog: &Catalog) {
    const FIELD: &str = "assumptions.kept_per_delete";
    let seen = planned.deployment.members.iter().filter_map(|member| {
        let all = all_series_of(facts, &member.key, Quantity::Healthy);
        let window = all.iter().find_map(unhealthy)?;
        Some((member.clone(), window, memory_at(facts, member, window.0, window.1)?))
    });
    let longest = seen.max_by(|one, other| {
        (one.1.1 - one.1.0).total_cmp(&(other.1.1 - other.1.0)).then_with(|| other.0.key.cmp(&one.0.key))
    });
    let Some((member, (from, to), memory)) = longest else { return };
    let points = memory.points.iter().filter(|it| (from..=to).contains(&it.0)).count();
    let place = words::unhealthy(&member.name, Secs::secs(to - from), &day(from));
    if points < POINTS {
        return miss(planned, FIELD, words::too_few(&place, points, POINTS));
    }
    let Some(expired) = expiries(planned, facts, from, to) else {
        return miss(planned, FIELD, words::without_expiries(&place));
    };
    let split = planned.draft.plan.workload.split;
    let share = (split.deletes + split.expiries).as_fraction() / split.expiries.as_fraction();
    let deletes = OpsPerSec::per_s(if share.is_finite() { expired * share } else { expired });
    let drill = Drill { from: Secs::ZERO, to: Secs::secs(to - from), deletes };
    let series = series(&member, &memory, from, to);
    let evaluation: Evaluation = evaluate_unread(&planned.draft.plan, catalog);
    match calibrate(&series, drill, &planned.draft.plan, &evaluation) {
        Err(error) => miss(planned, FIELD, format!("{place}. {error}")),
        Ok(fit) => fitted(planned, fit, &series.name, &place),
    }
}

fn fitted(planned: &mut Planned, fit: Fit, source: &str, place: &str) {
    let least = fit.kept_per_delete.mode;
    // What the field holds: a figure beyond is a line of something else.
    if !(Bytes::ZERO..=Bytes::gb(1.0)).contains(&least) {
        return miss(planned, "assumptions.kept_per_delete", words::impossible(place, least));
    }
    // The data is the memory used by the assumed factor: a factor fitted to both would be the assumed one again.
    let assumed = planned.draft.plan.assumptions.crdt_factor;
    let fit = Fit { crdt_factor: assumed, has_factor: false, ..fit };
    let start: crate::units::Date = planned.draft.plan.horizon.start;
    planned.draft.plan = fit.apply(&planned.draft.plan, start, source);
    let kept = planned.draft.plan.assumptions.kept_per_delete;
    let from = words::line_through(place, fit.count, source, fit.deletes, Bytes::bytes(fit.line.scatter));
    note(planned, "assumptions.kept_per_delete", words::between(kept, format::bytes), from);
}

/// Takes both backlogs off the data of a group of a known size: the memory used has them in it, and the model adds them to data × κ (M-07).
/// Memory below them stays as it is.
fn less_backlogs(planned: &mut Planned, catalog: &Catalog) {
    let draft = &mut planned.draft;
    let factor = draft.plan.assumptions.crdt_factor.mode;
    let Some(own) = draft.evidence.iter_mut().find(|it| it.field == "workload.dataset") else { return };
    let Some(before) = own.from.strip_suffix(&divided(factor)) else { return };
    let Some(backlogs) = backlogs(&draft.plan, catalog) else { return };
    let mut plan = draft.plan.clone();
    plan.workload.dataset = plan.workload.dataset - backlogs * (1.0 / factor);
    if plan.workload.dataset <= Bytes::ZERO || check(&plan).iter().any(|it| it.field == own.field) {
        return;
    }
    own.from = words::less_backlogs(before, backlogs, &divided(factor));
    own.value = format::bytes(plan.workload.dataset);
    draft.plan = plan;
}

/// Both backlogs of a member: of the plan's size, else of the Enterprise size that runs, whose shards no file shows. `None` where members
/// differ in size.
fn backlogs(plan: &Plan, catalog: &Catalog) -> Option<Bytes> {
    if plan.active.sku.is_some() {
        return match &evaluate_unread(plan, catalog).active.runway {
            Runway::Fills(filling) => Some(filling.backlogs),
            _ => None,
        };
    }
    let runs = plan.today.sku.as_ref()?;
    let size = catalog.retiring_sizes().iter().find(|it| it.id == *runs)?;
    Some(backlogs_of_any_shards(size.memory * f64::from(plan.today.caches)))
}

/// Expiries a second of all members that have them, mean of a time; `None` where none has.
fn expiries(planned: &Planned, facts: &Facts, from: f64, to: f64) -> Option<f64> {
    let means = planned.deployment.members.iter().filter_map(|member| {
        let inside = |it: &MetricSeries| {
            it.points.iter().filter(|it| (from..=to).contains(&it.0)).map(|it| it.1).collect::<Vec<f64>>()
        };
        let all = all_series_of(facts, &member.key, Quantity::Expiries);
        let inside = all.iter().map(inside).find(|it| !it.is_empty())?;
        Some(inside.iter().sum::<f64>() / inside.len() as f64)
    });
    let means: Vec<f64> = means.collect();
    let sum: f64 = means.iter().sum();
    (sum > 0.0).then_some(sum)
}

/// Used memory of a time as a series, which begins where the time does.
fn series(member: &Member, memory: &MetricSeries, from: f64, to: f64) -> Series {
    let inside = memory.points.iter().filter(|it| (from..=to).contains(&it.0));
    let samples: Vec<Sample> =
        inside.map(|(at, value)| Sample { at: Secs::secs(at - from), lasts: memory.step, value: *value }).collect();
    Series {
        name: format!("usedmemory of {}", member.name),
        measure: Some(Measure::Data),
        aggregate: Some("maximum"),
        start: from,
        samples,
        step: memory.step,
        missing: 0,
        remark: String::new(),
    }
}

#[cfg(test)]
mod tests;
