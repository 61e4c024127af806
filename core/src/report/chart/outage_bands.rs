//! A group's outage with uncertain coefficients (M-07): memory over time, and the chance that it is full before anybody acts.

use super::outage::thresholds;
use super::{Axis, Band, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, says};
use crate::calibrate::Fit;
use crate::catalog::Catalog;
use crate::explore::outage_bands::{Chance, LevelBand, OutageBands};
use crate::model::Topology;
use crate::model::outage_simulation::decision;
use crate::plan::Plan;
use crate::report::Span;
use crate::report::coefficients::basis;
use crate::rules::act_by::{act_by, other_deadlines};
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};

/// Every how many moments stand in the table.
const ROWS: usize = 8;

/// Used memory of the survivor that fills first: P05, P50 and P95 over the time since the loss, with the scenario's own act.
///
/// `None` before the first trial.
#[must_use]
pub fn memory_bands_chart(plan: &Plan, catalog: &Catalog, bands: &OutageBands) -> Option<Chart> {
    let end = bands.levels.last()?.at;
    let name = member(plan, catalog, bands);
    let percent = |share: Ratio| share.as_percent();
    let highest = bands.levels.iter().max_by(|a, b| a.p95.as_fraction().total_cmp(&b.p95.as_fraction()))?;
    let plot = LinePlot {
        x: Axis::until("time since the loss", Unit::Time, end.as_secs(), 9),
        y: Axis { to: 108.0, ..Axis::until("used memory, % of what is usable", Unit::Percent, 100.0, 5) },
        lines: vec![Line {
            label: "median".to_owned(),
            ink: Ink::Topology(Topology::Active),
            points: bands.levels.iter().map(|level| (level.at.as_secs(), percent(level.p50))).collect(),
        }],
        bands: vec![Band {
            label: "P05 – P95".to_owned(),
            ink: Ink::Topology(Topology::Active),
            points: bands
                .levels
                .iter()
                .map(|level| (level.at.as_secs(), percent(level.p05), percent(level.p95)))
                .collect(),
        }],
        marks: thresholds().into(),
    };
    Some(Chart {
        id: "outage-bands",
        title: format!("Memory of {name} over many sampled outages"),
        says: most(highest, &bands.levels),
        caption: format!(
            "{} outages, seed 1; sampled: κ, bytes retained (delete, element, overwrite), drain rate, outage length, \
             detection, decision, force-unlink.",
            format::count(f64::from(bands.trials))
        ),
        plot: Plot::Lines(vec![plot]),
        table: Table {
            head: ["Since the loss", "P05", "P50", "P95"].map(str::to_owned).into(),
            rows: bands.levels.iter().step_by(ROWS).map(level_row).collect(),
        },
    })
}

fn most(highest: &LevelBand, levels: &[LevelBand]) -> Vec<crate::report::Span> {
    match levels.iter().find(|level| level.p95 >= Ratio::ONE) {
        Some(full) => says(["In one outage of twenty it is full by ", &format::duration(full.at), "."]),
        None => says([
            "In 95 of 100 outages it stays below ",
            &format::percent(highest.p95),
            &format!(", reached after {}.", format::duration(highest.at)),
        ]),
    }
}

fn member<'a>(plan: &'a Plan, catalog: &'a Catalog, bands: &OutageBands) -> &'a str {
    plan.regions.get(bands.member).map_or("the survivor", |share| catalog.region_name(&share.region))
}

fn level_row(level: &LevelBand) -> Vec<String> {
    let shares = [level.p05, level.p50, level.p95].map(format::percent);
    [format::duration(level.at)].into_iter().chain(shares).collect()
}

/// The chance that a force-unlink is too late, over the delay at which it starts, while the region stays away. `None` before the first
/// trial.
#[must_use]
pub fn chance_chart(plan: &Plan, bands: &OutageBands) -> Option<Chart> {
    let plot = chance_plot(plan, bands)?;
    let rest = format!(
        "{}. Memory fills in {} of outages this long if nobody acts, in {} before this plan acts.",
        other_deadlines(&bands.deadline),
        format::percent(bands.anyway),
        format::percent(bands.full_before_act)
    );
    let says = says(["", &act_by(&bands.deadline), &rest]);
    Some(Chart {
        id: "outage-chance",
        title: "How long the decision may take".to_owned(),
        says,
        caption: format!(
            "{} samples, seed 1: latest start, with the longest force-unlink and a margin. {}",
            format::count(f64::from(bands.trials)),
            basis(plan)
        ),
        plot: Plot::Lines(vec![plot]),
        table: Table {
            head: ["Starts after", "Too late by then"].map(str::to_owned).into(),
            rows: bands.curve.iter().step_by(ROWS / 2).map(chance_row).collect(),
        },
    })
}

/// The share of the cases that are too late, with the plan's own delay and the two moments to hold it against.
fn chance_plot(plan: &Plan, bands: &OutageBands) -> Option<LinePlot> {
    let end = bands.curve.last()?.delay;
    let delay = decision(plan);
    let mark = |at: Option<Secs>, label: String, ink, strong| {
        let at = at.filter(|at| *at <= end)?;
        Some(Mark { at: at.as_secs(), vertical: true, label, ink, strong })
    };
    let safe = bands.deadline.act_by;
    let marks = [
        mark(Some(delay), format!("this plan acts, {}", format::duration(delay)), Ink::Strong, false),
        mark(safe, "act by".to_owned(), Ink::Accent, true),
        mark(Some(plan.recovery.alert_window), "health alert".to_owned(), Ink::Quiet, false),
    ];
    Some(LinePlot {
        x: Axis::until("force-unlink starts after the loss", Unit::Time, end.as_secs(), 8),
        y: Axis::until("of the cases are too late by then", Unit::Percent, 100.0, 4),
        lines: vec![Line {
            label: "too late".to_owned(),
            ink: Ink::Bad,
            points: bands.curve.iter().map(|chance| (chance.delay.as_secs(), chance.late.as_percent())).collect(),
        }],
        bands: Vec::new(),
        marks: marks.into_iter().flatten().collect(),
    })
}

fn chance_row(chance: &Chance) -> Vec<String> {
    vec![format::duration(chance.delay), format::percent(chance.late)]
}

/// Used memory of a drill with the line that was fitted to it.
#[must_use]
pub fn fit_chart(fit: &Fit) -> Chart {
    let shown = if fit.points.len() < fit.count as usize {
        format!(", {} of them saved", format::count(fit.points.len() as f64))
    } else {
        String::new()
    };
    let row = |(time, used): &(Secs, Bytes)| {
        vec![format::duration(*time), format::bytes(*used), format::bytes(fit.at(*time))]
    };
    Chart {
        id: "calibration",
        title: "The drill and its fit".to_owned(),
        says: fitted(fit),
        caption: format!(
            "Least squares through {}{shown}, {} deletes and expiries; brackets: 95 % interval, wider in truth (autocorrelation).",
            format::counted(fit.count as usize, "point"),
            format::ops(fit.deletes)
        ),
        plot: Plot::Lines(vec![fit_plot(fit)]),
        table: Table {
            head: ["Since the member went away", "Measured", "Fitted"].map(str::to_owned).into(),
            rows: fit.points.iter().map(row).collect(),
        },
    }
}

fn fitted(fit: &Fit) -> Vec<Span> {
    let retained = fit.kept_per_delete.map(format::bytes);
    let factor = fit.crdt_factor.map(format::number);
    if fit.kept_per_delete.high < Bytes::ZERO {
        return says([
            "Memory grows by less than the keys and the other changes explain: ",
            "check the delete rate and the time",
            ". Kept in the plan, a delete would count 0 B.",
        ]);
    }
    let each = format!("{} ({} – {})", retained.mode, retained.low, retained.high);
    if !fit.has_factor {
        return says(["Each delete retains ", &each, "."]);
    }
    says([
        "Each delete retains ",
        &each,
        "; κ is ",
        &format!("{} ({} – {})", factor.mode, factor.low, factor.high),
        ".",
    ])
}

fn fit_plot(fit: &Fit) -> LinePlot {
    let (end, top) = fit
        .points
        .iter()
        .fold((Secs::ZERO, fit.at(Secs::ZERO)), |(end, top), (time, used)| (end.max(*time), top.max(*used)));
    let points = |of: &dyn Fn(Secs, f64) -> f64| {
        fit.points.iter().map(|(time, used)| (time.as_secs(), of(*time, used.as_bytes()))).collect()
    };
    let line = |label: &str, ink, points| Line { label: label.to_owned(), ink, points };
    LinePlot {
        x: Axis::covering("since the member went away", Unit::Time, end.as_secs(), 8),
        y: Axis::covering("used memory", Unit::Data, top.as_bytes(), 5),
        lines: vec![
            line("measured", Ink::Strong, points(&|_, used| used)),
            line("fitted", Ink::Accent, points(&|time, _| fit.at(time).as_bytes())),
        ],
        bands: Vec::new(),
        marks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::explore::outage_bands::outage_bands;
    use crate::stats::sample::Sampling;
    use crate::units::{Bytes, OpsPerSec};

    fn text(chart: &Chart) -> String {
        let says: String = chart.says.iter().map(|span| span.text.as_str()).collect();
        let rows: Vec<String> = chart.table.rows.iter().map(|row| row.join(" | ")).collect();
        [&chart.title, &says, &chart.caption, &rows.join("\n")].map(|part| part.replace('\u{a0}', " ")).join("\n")
    }

    /// Fewer bytes than the keys alone: the rate or the window is wrong, and no negative figure is printed.
    #[test]
    fn a_fit_below_nothing_asks_for_the_rate() {
        use crate::calibrate::{Drill, calibrate};
        use crate::import::series::read_series;
        let plan = Plan::default();
        let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
        let series =
            read_series("time,used (bytes)\n0,8000000000\n60,8000100000\n120,8000200000\n180,8000300000\n").unwrap();
        let drill = Drill { from: Secs::ZERO, to: Secs::mins(3.0), deletes: OpsPerSec::per_s(5_000.0) };
        let fit = calibrate(&series, drill, &plan, &evaluation).unwrap();
        let says: String = fit_chart(&fit).says.iter().map(|span| span.text.as_str()).collect();
        assert!(says.contains("check the delete rate") && !says.contains('−'), "{says}");
    }

    #[test]
    fn a_group_that_fills_says_how_long_the_decision_may_take() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan = Plan::default();
        plan.workload.dataset = Bytes::gb(4.0);
        plan.workload.writes = OpsPerSec::per_s(25_000.0);
        plan.active.sku = Some(crate::catalog::SkuId::new("Balanced_B10"));
        let evaluation = evaluate(&plan, &catalog);
        let bands = outage_bands(&plan, &evaluation, Sampling { seed: 1, trials: 800 }).unwrap();
        let memory = memory_bands_chart(&plan, &catalog, &bands).unwrap();
        let chance = chance_chart(&plan, &bands).unwrap();
        insta::assert_snapshot!([text(&memory), text(&chance)].join("\n\n"));
    }
}
