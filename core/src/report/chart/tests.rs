//! What the charts say and list, for a preset; laws over many plans.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod timelines;

use super::*;
use crate::catalog::{Catalog, SkuId};
use crate::codec;
use crate::evaluate::{Evaluation, evaluate};
use crate::explore::break_even::{By, Grid, edges};
use crate::model::horizon::horizon;
use crate::model::outage_simulation::{pair_outage, what_if};
use crate::plan::{Confirmation, Failure, Plan};
use crate::units::{OpsPerSec, Secs};
use std::fmt::Write;

const MARINE: &str = include_str!("../../../../public/plans/marine-logistics.json");
const GAMING: &str = include_str!("../../../../public/plans/gaming-leaderboard.json");

const TAX: &str = include_str!("../../../../public/plans/tax-filing.json");

type Change = fn(&mut Plan);
type Make = fn(&Plan, &Catalog, &Evaluation) -> Option<Chart>;
const CHARTS: [Make; 8] = [
    |plan, catalog, _| horizon_chart(&horizon(plan, catalog), catalog),
    outage_chart,
    |plan, _, evaluation| rto_chart(plan, evaluation),
    |plan, _, evaluation| bill_chart(plan, evaluation),
    latency_chart,
    backlogs,
    timeline,
    pair_risk,
];

fn backlogs(plan: &Plan, _: &Catalog, evaluation: &Evaluation) -> Option<Chart> {
    let all = Backlogs::of(plan, evaluation);
    all.chart(plan, all.largest()?)
}

fn timeline(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Option<Chart> {
    Some(timeline_chart(plan, catalog, &what_if(plan, catalog, evaluation)?))
}

fn pair_risk(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Option<Chart> {
    pair_risk_chart(plan, catalog, &pair_outage(plan, evaluation)?)
}

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn made(make: Make, plan: &Plan) -> Option<Chart> {
    let catalog = catalog();
    make(plan, &catalog, &evaluate(plan, &catalog))
}

/// As a person reads it: heading, sentence with its strong parts, axes and marks, table, caption.
fn read(chart: &Chart) -> String {
    let mut text = format!("{}\n\n", chart.title);
    for span in &chart.says {
        let _ = if span.strong { write!(text, "**{}**", span.text) } else { write!(text, "{}", span.text) };
    }
    text.push_str("\n\n");
    match &chart.plot {
        Plot::Lines(panes) => panes.iter().for_each(|pane| text.push_str(&axes(&pane.x, &pane.y, &pane.marks))),
        Plot::Bars(bars) => text.push_str(&axes(&bars.x, &bars.x, &bars.marks)),
        Plot::Heat(heat) => {
            for row in heat.cells.chunks(heat.x.names.len()) {
                let letters: Vec<&str> = row.iter().map(|cell| cell.letter).collect();
                let _ = writeln!(text, "{}", letters.join(" "));
            }
            text.push('\n');
        }
    }
    for row in std::iter::once(&chart.table.head).chain(&chart.table.rows) {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    let _ = write!(text, "\n{}", chart.caption);
    text.replace('\u{a0}', " ")
}

fn axes(x: &Axis, y: &Axis, marks: &[Mark]) -> String {
    let ticks = |axis: &Axis| axis.ticks.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
    let marks = marks.iter().map(|mark| mark.label.as_str()).collect::<Vec<_>>().join("; ");
    format!("{}: {}\n{}: {}\nmarks: {marks}\n\n", x.label, ticks(x), y.label, ticks(y))
}

fn preset(text: &str) -> Plan {
    codec::from_json(text).expect("a plan file")
}

#[test]
fn the_survivors_memory() {
    insta::assert_snapshot!(read(&made(outage_chart, &preset(MARINE)).unwrap()));
}

/// The plan's own act; nobody, a partition; both members lost, one after the other.
#[test]
fn outages_as_timelines() {
    let read = |change: fn(&mut Plan)| {
        let mut plan = preset(GAMING);
        change(&mut plan);
        read(&made(timeline, &plan).unwrap())
    };
    let partition = read(|plan| {
        (plan.outage.failure, plan.outage.acts) = (Failure::Partition, false);
        plan.outage.length = Some(Secs::hours(12.0));
    });
    let all_lost = read(|plan| {
        plan.regions.truncate(2);
        (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::mins(5.0));
    });
    insta::assert_snapshot!([read(|_| {}), partition, all_lost].join("\n\n"));
}

/// Promoted and copied again; the other lost as well two hours later; the link alone, with the primary writing on. Where
/// nobody acts nothing is written, and there is nothing to draw.
#[test]
fn what_a_pair_has_in_one_region_only() {
    let cases: [(&str, Change); 3] = [
        ("promoted", |_| {}),
        ("both lost", |plan| (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(2.0))),
        ("link lost", |plan| plan.outage.failure = Failure::Partition),
    ];
    let mut text = String::new();
    for (name, change) in cases {
        let mut plan = preset(TAX);
        plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
        change(&mut plan);
        let _ = writeln!(text, "# {name}\n\n{}\n", read(&made(pair_risk, &plan).unwrap()));
    }
    let mut still = preset(TAX);
    still.outage.acts = false;
    assert_eq!(made(pair_risk, &still), None);
    insta::assert_snapshot!(text);
}

/// The charts of odd plans: no number that cannot be drawn, x rising, tables with a full row each.
#[test]
fn every_chart_can_be_drawn() {
    for plan in odd_plans() {
        for chart in CHARTS.into_iter().filter_map(|make| made(make, &plan)) {
            let name = format!("{} of {}", chart.id, plan.name);
            assert!(!chart.says.is_empty() && !chart.caption.is_empty(), "{name}");
            assert!(chart.table.rows.iter().all(|row| row.len() == chart.table.head.len()), "{name}");
            match &chart.plot {
                Plot::Lines(panes) => panes.iter().for_each(|pane| drawable(&name, pane)),
                Plot::Bars(bars) => {
                    for row in &bars.rows {
                        let ends =
                            row.pieces.iter().map(|(_, length)| *length).chain(row.whisker.iter().map(|it| it.0));
                        ends.for_each(|end| assert!(end >= 0.0 && end <= bars.x.to * (1.0 + 1e-9), "{name}: {end}"));
                    }
                }
                Plot::Heat(heat) => assert_eq!(heat.cells.len(), heat.x.names.len() * heat.y.names.len(), "{name}"),
            }
        }
    }
}

fn drawable(name: &str, pane: &LinePlot) {
    for line in &pane.lines {
        assert!(line.points.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{name}: x falls");
        let inside = |y: f64| y >= pane.y.from && y <= pane.y.to * (1.0 + 1e-9);
        assert!(line.points.iter().all(|(x, y)| x.is_finite() && inside(*y)), "{name}: {}", line.label);
    }
    for band in &pane.bands {
        assert!(band.points.iter().all(|(x, low, high)| x.is_finite() && low <= high), "{name}: {}", band.label);
    }
}

fn odd_plans() -> Vec<Plan> {
    let named = |name: &str, change: fn(&mut Plan)| {
        let mut plan = Plan { name: name.to_owned(), ..Plan::default() };
        change(&mut plan);
        plan
    };
    vec![
        preset(MARINE),
        preset(GAMING),
        measured(),
        named("default", |_| {}),
        named("one region", |plan| plan.regions.truncate(1)),
        named("no writes", |plan| plan.workload.writes = OpsPerSec::ZERO),
        named("overrun", |plan| plan.workload.writes = OpsPerSec::per_s(900_000.0)),
        named("too small", |plan| plan.active.sku = Some(SkuId::new("Balanced_B3"))),
        named("no targets", |plan| {
            let none = &mut plan.objectives;
            (none.rpo, none.rto, none.runway, none.write_latency, none.budget) = (None, None, None, None, None);
        }),
        named("never back in sync", |plan| {
            plan.assumptions.active_apply_rate = crate::units::BytesPerSec::bytes_per_s(1_000.0);
            plan.outage.acts = false;
        }),
        named("alert at once", |plan| plan.recovery.alert_window = Secs::ZERO),
    ]
}

/// A series of a quarter-hour grain over a slow link: four bursts, the last one over midnight.
fn measured() -> Plan {
    let mut plan = preset(MARINE);
    let rate = |index: usize| if [20, 40, 41, 70, 95].contains(&index) { 12.0 } else { 0.5 };
    plan.workload.profile = Some(crate::plan::Profile {
        name: "writes.csv".to_owned(),
        step: Secs::mins(15.0),
        rates: (0..96).map(rate).collect(),
    });
    plan.assumptions.sync_rate = crate::units::Range::exactly(crate::units::BytesPerSec::mb_per_s(3.0));
    plan.assumptions.replica_buffer = crate::units::Bytes::gb(100.0);
    plan
}

/// Facts, 8.2: where changes outrun what is applied neither the copy nor the backlog ends.
#[test]
fn the_backlog_of_a_pair_that_never_syncs_promises_nothing() {
    let mut plan = measured();
    plan.assumptions.sync_rate = crate::units::Range::exactly(crate::units::BytesPerSec::mb_per_s(0.5));
    let text = read(&made(backlogs, &plan).unwrap());
    assert!(text.contains("**never empties**"), "{text}");
    assert!(text.contains("Target met, share of the time | 0\u{a0}% |") || text.contains("time | 0 % |"), "{text}");
}

#[test]
fn the_backlog_of_a_preset_and_of_a_series() {
    let read_of = |plan: &Plan| read(&made(backlogs, plan).unwrap());
    insta::assert_snapshot!([read_of(&preset(MARINE)), read_of(&measured())].join("\n\n"));
    let Plot::Lines(panes) = made(backlogs, &measured()).unwrap().plot else { panic!("lines") };
    assert!(!panes[1].bands.is_empty(), "what misses the target is shaded");
}

/// Writes, link and backlog are on one axis in every plan, for pair and group; a link far above the writes is marked at the
/// edge, and a backlog that never empties rises all day with the target missed for good.
#[test]
fn every_backlog_has_its_link_and_its_axis() {
    let catalog = catalog();
    for plan in odd_plans() {
        let all = Backlogs::of(&plan, &evaluate(&plan, &catalog));
        for of in all.topologies() {
            let chart = all.chart(&plan, of).unwrap();
            let Plot::Lines(panes) = &chart.plot else { panic!("lines") };
            let [rate, backlog] = panes.as_slice() else { panic!("{}: {} panes", plan.name, panes.len()) };
            let [mark] = rate.marks.as_slice() else { panic!("{}: no link", plan.name) };
            assert!(mark.label.starts_with("link ") && mark.at <= rate.y.to, "{}: {}", plan.name, mark.label);
            assert_eq!(mark.at == rate.y.to, mark.label.ends_with("above the scale"), "{}: {}", plan.name, mark.label);
            assert_eq!(backlog.lines.len(), 1, "{}", plan.name);
        }
    }
    let mut slow = Plan::default();
    slow.assumptions.active_apply_rate = crate::units::BytesPerSec::bytes_per_s(1_000.0);
    let all = Backlogs::of(&slow, &evaluate(&slow, &catalog));
    let Some(Plot::Lines(panes)) = all.chart(&slow, Topology::Active).map(|chart| chart.plot) else { panic!("lines") };
    let (points, bands) = (&panes[1].lines[0].points, &panes[1].bands);
    assert!(points.last().unwrap().1 > points[points.len() / 2].1 && points[0].1 == 0.0);
    assert_eq!(bands[0].points.iter().map(|it| it.0).collect::<Vec<_>>(), [0.0, panes[1].x.to]);
}

/// The map with its letters, then the figures; the sentence names the nearest change.
#[test]
fn the_map_of_the_break_even() {
    let (plan, catalog) = (Plan::default(), catalog());
    let grid = Grid::whole(&plan, &catalog);
    let chart = break_even_chart(&grid, &edges(&grid, &catalog), catalog.currency());
    let Plot::Heat(heat) = &chart.plot else { panic!("a map") };
    let own = &heat.cells[heat.own.1 * heat.x.names.len() + heat.own.0];
    insta::assert_snapshot!(format!("{}\n\nThe plan's own cell: {}", read(&chart), own.says).replace('\u{a0}', " "));
    let begun = break_even_chart(&Grid::new(&plan), &[], catalog.currency());
    let Plot::Heat(heat) = &begun.plot else { panic!("a map") };
    assert!(heat.cells.len() == 425 && heat.cells.iter().all(|cell| cell.letter.is_empty()));
}

/// Where the rebuild is the choice the map by cost of the replicas still shows where pair and group change.
#[test]
fn the_map_by_cost_alone() {
    let catalog = catalog();
    let mut plan = Plan::default();
    (plan.objectives.rpo, plan.objectives.rto, plan.objectives.runway) = (None, None, None);
    plan.objectives.write_latency = None;
    let grid = Grid::whole(&plan, &catalog);
    let edges = edges(&grid, &catalog);
    let letters = |by: By| {
        let Plot::Heat(heat) = break_even_by(by, &grid, &edges, catalog.currency()).plot else { panic!("a map") };
        let mut letters: Vec<&str> = heat.cells.iter().map(|cell| cell.letter).collect();
        letters.sort_unstable();
        letters.dedup();
        letters.concat()
    };
    assert!(letters(By::Choice).contains('R'));
    assert_eq!(letters(By::Replica), "AP·");
    assert!(letters(By::Cost).contains('R'));
    let says = By::ALL.map(|by| {
        let chart = break_even_by(by, &grid, &edges, catalog.currency());
        format!("{}: {}", by.name(), chart.says.iter().map(|span| span.text.as_str()).collect::<String>())
    });
    insta::assert_snapshot!(says.join("\n").replace('\u{a0}', " "));
}
