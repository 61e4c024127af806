//! Memory of an active group's survivors since the loss of a region (M-07).

use super::{Axis, Band, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, says};
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::runway::{Deadline, Filling, Runway, worst_loss};
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::plan::Plan;
use crate::report::Span;
use crate::report::coefficients::basis;
use crate::rules::act_by::{BASIS, act_by, full, other_deadlines};
use crate::units::format;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};

/// Longest x axis: what fills later is "not in the first month".
pub(super) const LONGEST: Secs = Secs::days(31.0);
/// Points of a line; the corners are added to them.
const POINTS: u32 = 96;

/// Used memory of one survivor over the time since the loss, in percent of its limit (M-07):
/// `min(100 %, (used₀ + growth·t) ÷ (U/φ))`, the typical case (most likely coefficients) as a line, the low and high coefficients as a band.
///
/// The closed form is that of the region whose loss leaves the most changes: where the scenario's own leaves less, the chart
/// names the other and says why. `None` where the plan has no active group. The x axis ends at the latest of `1.2 × t(100 %)`, the runway's target and
/// twice the alert window, at most a month.
#[must_use]
pub fn outage_chart(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Option<Chart> {
    let Runway::Fills(filling) = &evaluation.active.runway else { return None };
    let worst = worst_loss(plan)?;
    let lost = region(plan, catalog, worst)?;
    let end = end(plan, filling);
    let plot = LinePlot {
        x: Axis::until(format!("time since the loss of {lost}"), Unit::Time, end.as_secs(), 9),
        y: Axis { to: 108.0, ..Axis::until("used memory, % of what is usable", Unit::Percent, 100.0, 5) },
        lines: vec![Line {
            label: "typical".to_owned(),
            ink: Ink::Topology(Topology::Active),
            points: times(filling, end).map(|time| (time.as_secs(), base(filling, time))).collect(),
        }],
        bands: vec![Band {
            label: "low – high".to_owned(),
            ink: Ink::Topology(Topology::Active),
            points: times(filling, end).map(|time| low_high(filling, time)).collect(),
        }],
        marks: marks(plan, filling, end),
    };
    Some(Chart {
        id: "outage-memory",
        title: {
            let case = if own(plan, worst) { "" } else { "The worst case, " };
            format!("{case}{lost} is lost: how the survivors fill up")
        },
        says: sentence(filling, &survivors(plan, catalog, worst)),
        caption: caption(plan, catalog, filling, worst),
        plot: Plot::Lines(vec![plot]),
        table: table(plan, filling),
    })
}

/// The name of the region at a place in the plan.
fn region<'a>(plan: &'a Plan, catalog: &'a Catalog, index: usize) -> Option<&'a str> {
    plan.regions.get(index).map(|share| catalog.region_name(&share.region))
}

/// Whether the region is the scenario's own.
fn own(plan: &Plan, worst: usize) -> bool {
    worst == (plan.outage.lost as usize).min(plan.regions.len().saturating_sub(1))
}

/// "East US", "Each of the 3 survivors".
fn survivors(plan: &Plan, catalog: &Catalog, lost: usize) -> String {
    match region(plan, catalog, usize::from(lost == 0)) {
        Some(only) if plan.regions.len() == 2 => only.to_owned(),
        _ => format!("Each of {} survivors", plan.regions.len().saturating_sub(1)),
    }
}

fn end(plan: &Plan, filling: &Filling) -> Secs {
    let full = filling.to_full.mode.or(filling.full_p05).map_or(Secs::ZERO, |full| full * 1.2);
    let target = plan.objectives.runway.unwrap_or(Secs::ZERO);
    full.max(target * 1.1).max(plan.recovery.alert_window * 2.0).max(Secs::mins(1.0)).min(LONGEST)
}

/// Evenly spread, and the moments at which one of the three cases reaches the limit, so that no corner is cut.
fn times(filling: &Filling, end: Secs) -> impl Iterator<Item = Secs> {
    let full = filling.to_full;
    let corners = [full.low, full.mode, full.high].into_iter().flatten().filter(move |time| *time < end);
    let mut times: Vec<Secs> = (0..=POINTS).map(|index| end * (f64::from(index) / f64::from(POINTS))).collect();
    times.extend(corners);
    times.sort_by(|a, b| a.as_secs().total_cmp(&b.as_secs()));
    times.dedup();
    times.into_iter()
}

/// Percent of the limit, at most 100.
fn level(filling: &Filling, used: Bytes, growth: BytesPerSec, time: Secs) -> f64 {
    let share = (used + growth * time) / filling.limit.max(Bytes::bytes(1.0));
    Ratio::fraction(share.clamp(0.0, 1.0)).as_percent()
}

fn base(filling: &Filling, time: Secs) -> f64 {
    level(filling, filling.used.mode, filling.growth.mode, time)
}

fn low_high(filling: &Filling, time: Secs) -> (f64, f64, f64) {
    let low = level(filling, filling.used.low, filling.growth.low, time);
    (time.as_secs(), low, level(filling, filling.used.high, filling.growth.high, time))
}

/// The lines across every drawing of used memory: alert, eviction, full.
pub(super) fn thresholds() -> [Mark; 3] {
    let across = |level: Ratio, label: &str, ink| Mark {
        at: level.as_percent(),
        vertical: false,
        label: format!("{} {label}", format::percent(level)),
        ink,
        strong: level == FULL,
    };
    [
        across(ALERT, "memory alert", Ink::Quiet),
        across(EVICTION, "eviction starts", Ink::Warn),
        across(FULL, "writes refused", Ink::Bad),
    ]
}

fn marks(plan: &Plan, filling: &Filling, end: Secs) -> Vec<Mark> {
    let event = |at: Option<Secs>, label: &str, ink, strong| {
        let at = at.filter(|at| *at <= end)?;
        Some(Mark { at: at.as_secs(), vertical: true, label: label.to_owned(), ink, strong })
    };
    let window = plan.recovery.alert_window;
    let events = [
        event(Some(Secs::ZERO), "region lost", Ink::Quiet, false),
        event(Some(window), "health alert", if filling.alert_too_late { Ink::Bad } else { Ink::Quiet }, false),
        event(filling.deadline.act_by, "act by", Ink::Accent, true),
        event(filling.to_full.mode, "full, typical", Ink::Bad, false),
    ];
    thresholds().into_iter().chain(events.into_iter().flatten()).collect()
}

/// "Act by …; typical …. Each of the 2 survivors is full after 3 h 56 min or later in 95 of 100 cases; typical …".
fn sentence(filling: &Filling, who: &str) -> Vec<Span> {
    let at_once = filling.to_full.mode.is_some_and(|time| time <= Secs::ZERO);
    let full = if at_once {
        format!("{who} is full at once: the data with its overhead does not fit.")
    } else {
        format!("{who} is {}.", full(filling))
    };
    let beside = [&other_deadlines(&filling.deadline), ". ", &full].concat();
    let late = if filling.alert_too_late { " The health alert is too late." } else { "" };
    says(["", &act_by(&filling.deadline), &[&beside, late].concat()])
}

fn at(time: Option<Secs>) -> String {
    format::duration_or(time, "never")
}

fn caption(plan: &Plan, catalog: &Catalog, filling: &Filling, worst: usize) -> String {
    let who = if plan.regions.len() == 2 { "the survivor" } else { "one survivor" };
    let lost = region(plan, catalog, worst).unwrap_or("A region");
    let worst = if own(plan, worst) { "" } else { ", the worst loss" };
    format!(
        "Used share of {who}'s {} usable memory, fullest shard, with {lost} away and not unlinked{worst}. Line: most likely; \
         band: low to high coefficients; growth {} ({} – {}). {}",
        format::bytes(filling.limit),
        format::rate(filling.growth.mode),
        format::rate(filling.growth.low),
        format::rate(filling.growth.high),
        basis(plan)
    )
}

/// The moments, each in the three cases.
fn table(plan: &Plan, filling: &Filling) -> Table {
    let reached = |share: Ratio, what: &str, time: crate::units::Range<Option<Secs>>| {
        vec![format!("{}: {what}", format::percent(share)), at(time.low), at(time.mode), at(time.high)]
    };
    let once = |what: &str, low: Option<Secs>, mode: Option<Secs>| {
        vec![
            what.to_owned(),
            low.map_or_else(|| format::NONE.to_owned(), format::duration),
            at(mode),
            format::NONE.to_owned(),
        ]
    };
    let Deadline { act_by, typical, pessimistic } = filling.deadline;
    let used = [filling.used.high, filling.used.mode, filling.used.low];
    let share = |used: Bytes| format::percent(Ratio::fraction(used / filling.limit.max(Bytes::bytes(1.0))));
    let [high, mode, low] = used.map(share);
    let mut rows = vec![
        vec!["In use at the loss".to_owned(), high, mode, low],
        reached(ALERT, "memory alert", filling.to_alert),
        reached(EVICTION, "eviction starts", filling.to_eviction),
        reached(FULL, "writes refused", filling.to_full),
        once("Health alert", None, Some(plan.recovery.alert_window)),
    ];
    if typical.is_some() {
        rows.push(once("Latest start of the force-unlink", pessimistic, typical));
    }
    if let Some(time) = act_by {
        rows.push(once(&format!("Act by ({BASIS})"), None, Some(time)));
    }
    let head = ["Time", "Pessimistic", "Typical", "Latest"].map(str::to_owned).to_vec();
    Table { head, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;

    /// Its figures are those of the region with the fewest writes of its own; where the scenario's is as good, that is named.
    #[test]
    fn the_region_that_the_figures_are_for() {
        let catalog = Catalog::bundled().unwrap();
        let gaming = include_str!("../../../../public/plans/gaming-leaderboard.json");
        let mut plan = crate::codec::from_json(gaming).unwrap();
        let title = |plan: &Plan| {
            let chart = outage_chart(plan, &catalog, &evaluate(plan, &catalog)).unwrap();
            (chart.title, chart.caption.contains("the worst loss"))
        };
        for (region, share) in plan.regions.iter_mut().zip([0.5, 0.25, 0.25]) {
            region.writes = Ratio::fraction(share);
        }
        plan.outage.lost = 2;
        let third = catalog.region_name(&plan.regions[2].region);
        assert_eq!(title(&plan), (format!("{third} is lost: how the survivors fill up"), false));
        plan.outage.lost = 0;
        plan.assumptions.rehome_share = Ratio::percent(50.0);
        let second = catalog.region_name(&plan.regions[1].region);
        assert_eq!(title(&plan), (format!("The worst case, {second} is lost: how the survivors fill up"), true));
    }
}
