//! Bars: recovery paths by step (M-06), the bill by kind (M-10), latency by region (M-13).

use super::{Axis, BarPlot, BarRow, Chart, Ink, Mark, Plot, Table, Unit, says};
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::cost::{Bill, LineKind, MissingPrice};
use crate::model::latency::p95;
use crate::model::rto::{RtoChain, RtoPath};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::report::Span;
use crate::units::format;
use crate::units::{Money, Secs};
use crate::words::total::no_price;

/// Recovery paths, each a row of its steps at their most likely durations, with a whisker to the 95 % quantile of the sum.
///
/// `None` where no topology has a recovery path.
#[must_use]
pub fn rto_chart(plan: &Plan, evaluation: &Evaluation) -> Option<Chart> {
    let chains: Vec<(Topology, &RtoChain)> = Topology::ALL
        .into_iter()
        .flat_map(|topology| evaluation.of(topology).rto.iter().map(move |chain| (topology, chain)))
        .collect();
    let longest = chains.iter().map(|(_, chain)| chain.p95.max(chain.total.mode).as_secs()).fold(0.0, f64::max);
    let row = |(topology, chain): &(Topology, &RtoChain)| BarRow {
        label: chain_name(*topology, chain),
        ink: Ink::Topology(*topology),
        pieces: chain.steps.iter().map(|step| (step.name.to_owned(), step.time.mode.as_secs())).collect(),
        whisker: Some((chain.p95.as_secs(), format!("P95 {}", format::duration(chain.p95)))),
        open: false,
    };
    let slowest = chains.iter().max_by(|a, b| a.1.p95.as_secs().total_cmp(&b.1.p95.as_secs()))?;
    let quickest = chains.iter().min_by(|a, b| a.1.p95.as_secs().total_cmp(&b.1.p95.as_secs()))?;
    Some(Chart {
        id: "recovery-time",
        title: "Time to recover".to_owned(),
        says: says([
            &format!("{} recovers fastest: ", chain_name(quickest.0, quickest.1)),
            &format::duration(quickest.1.p95),
            &format!(" in 95 % of outages; {} takes ", format::in_sentence(&chain_name(slowest.0, slowest.1))),
            &format::duration(slowest.1.p95),
            ".",
        ]),
        caption: "Bars: most likely steps; whisker: P95 of the sum. A planned failover is a drill.".to_owned(),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("time since the loss", Unit::Time, longest * 1.02, 8),
            rows: chains.iter().map(row).collect(),
            marks: plan.objectives.rto.map(time_mark).into_iter().collect(),
        }),
        table: Table {
            head: ["Recovery path", "Most likely", "P50", "P95", "Takes the most"].map(str::to_owned).into(),
            rows: chains.iter().map(|(topology, chain)| chain_cells(*topology, chain)).collect(),
        },
    })
}

pub(super) fn time_mark(target: Secs) -> Mark {
    let label = format!("target {}", format::duration(target));
    Mark { at: target.as_secs(), vertical: true, label, ink: Ink::Strong, strong: true }
}

fn chain_name(topology: Topology, chain: &RtoChain) -> String {
    recovery_path(topology, chain.path)
}

/// "Passive, geo-failover", "Active group", "Rebuild".
pub(super) fn recovery_path(topology: Topology, path: RtoPath) -> String {
    let way = match path {
        RtoPath::Rebuild => return "Rebuild".to_owned(),
        RtoPath::GeoFailover => "geo-failover",
        RtoPath::PlannedFailover => "planned",
        RtoPath::Unlink => "unlink",
        RtoPath::Redirect => return topology.name().to_owned(),
    };
    format!("Passive, {way}")
}

fn chain_cells(topology: Topology, chain: &RtoChain) -> Vec<String> {
    let slow = chain.steps.get(chain.dominant).map_or("", |step| step.name);
    let times = [chain.total.mode, chain.p50, chain.p95].map(format::duration);
    [chain_name(topology, chain)].into_iter().chain(times).chain([slow.to_owned()]).collect()
}

/// The month's bill of each topology, stacked by kind of cost. `None` where no bill has a line.
#[must_use]
pub fn bill_chart(plan: &Plan, evaluation: &Evaluation) -> Option<Chart> {
    let bills: Vec<&TopologyAnswer> = Topology::ALL
        .into_iter()
        .map(|topology| evaluation.of(topology))
        .filter(|it| !it.bill.lines.is_empty())
        .collect();
    let currency = bills.first()?.bill.currency;
    let budget = plan.objectives.budget;
    let figure = |money: Money| money.as_f64_for_charts();
    let longest = bills.iter().map(|it| figure(it.bill.total.at_least())).chain(budget.map(figure)).fold(0.0, f64::max);
    let row = |answer: &&TopologyAnswer| BarRow {
        label: answer.topology.name().to_owned(),
        ink: Ink::Topology(answer.topology),
        pieces: kinds(&answer.bill)
            .into_iter()
            .map(|(kind, amount)| (kind.as_str().to_owned(), figure(amount)))
            .collect(),
        whisker: Some((figure(answer.bill.total.at_least()), answer.bill.total.amount(currency))),
        open: !answer.bill.total.is_complete(),
    };
    Some(Chart {
        id: "bill",
        title: "A steady month by kind of cost".to_owned(),
        says: cheapest(&bills, evaluation),
        caption: bill_caption(&bills),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("a month", Unit::Money(currency), longest * 1.02, 6),
            rows: bills.iter().map(row).collect(),
            marks: budget
                .map(|budget| budget_mark(figure(budget), &format::money(budget, currency)))
                .into_iter()
                .collect(),
        }),
        table: bill_table(&bills),
    })
}

/// Who is the cheapest, where that is certain; what keeps it open else.
fn cheapest(bills: &[&TopologyAnswer], evaluation: &Evaluation) -> Vec<Span> {
    let currency = evaluation.comparison.currency;
    // Of a design that waits for the end of what runs nobody pays this month.
    let waits = bills.iter().any(|it| evaluation.comparison.waits(it.topology).is_some());
    let load = if waits { " by today’s load" } else { "" };
    let complete = bills.iter().filter(|it| it.bill.total.is_complete());
    let least = complete.min_by_key(|it| it.bill.total.at_least());
    let certain = |least: &&&TopologyAnswer| {
        let order = |it: &&TopologyAnswer| least.bill.total.certainly(&it.bill.total);
        bills.iter().all(|it| order(it).is_some_and(std::cmp::Ordering::is_le))
    };
    let name = |it: &TopologyAnswer| it.topology.name().to_ascii_lowercase();
    let why = no_price(&MissingPrice::of_all(bills.iter().map(|it| &it.bill.total)));
    match (least.filter(certain), why) {
        (Some(least), why) => says([
            &format!("The {} is the cheapest{load}: ", name(least)),
            &format!("{} a month", least.bill.total.amount(currency)),
            &format!(", targets aside.{}", why.map_or_else(String::new, |why| format!(" {why}."))),
        ]),
        (None, why) => {
            let each = bills.iter().map(|it| format!("{} {}", name(it), it.bill.total.amount(currency)));
            says([
                &format!("No design can be named the cheapest{load}: "),
                &each.collect::<Vec<_>>().join(", "),
                &format!(". {}.", why.unwrap_or_default()),
            ])
        }
    }
}

fn bill_caption(bills: &[&TopologyAnswer]) -> String {
    let parts = |bill: &Bill| kinds(bill).into_iter().map(|(_, amount)| amount);
    let rounding =
        bills.iter().find_map(|it| format::rounding(parts(&it.bill), it.bill.total.at_least(), Money::to_cents));
    let known = "Effective prices; a missing price leaves the bar open and its sum at ≥.";
    [Some(known), rounding].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn budget_mark(at: f64, text: &str) -> Mark {
    Mark { at, vertical: true, label: format!("budget {text}"), ink: Ink::Strong, strong: true }
}

/// Amounts by kind, in the order of the bill; kinds without money are left out.
fn kinds(bill: &Bill) -> Vec<(LineKind, Money)> {
    let mut kinds: Vec<(LineKind, Money)> = Vec::new();
    for line in &bill.lines {
        let amount = line.amount.unwrap_or_default();
        match kinds.iter_mut().find(|(kind, _)| *kind == line.kind) {
            Some((_, sum)) => *sum += amount,
            None => kinds.push((line.kind, amount)),
        }
    }
    kinds.retain(|(_, amount)| *amount > Money::ZERO);
    kinds
}

fn bill_table(bills: &[&TopologyAnswer]) -> Table {
    let names = bills.iter().map(|it| it.topology.name().to_owned());
    let mut seen: Vec<LineKind> = bills.iter().flat_map(|it| kinds(&it.bill)).map(|(kind, _)| kind).collect();
    seen.sort();
    seen.dedup();
    let amount = |answer: &TopologyAnswer, kind: LineKind| {
        let known = kinds(&answer.bill).into_iter().find(|(of, _)| *of == kind);
        known.map_or_else(|| format::NONE.to_owned(), |(_, amount)| format::money_cents(amount, answer.bill.currency))
    };
    let row = |kind: LineKind| {
        [kind.as_str().to_owned()].into_iter().chain(bills.iter().map(|it| amount(it, kind))).collect()
    };
    let total = bills.iter().map(|it| it.bill.total.cents(it.bill.currency));
    Table {
        head: ["Kind of cost".to_owned()].into_iter().chain(names).collect(),
        rows: seen.into_iter().map(row).chain([["total".to_owned()].into_iter().chain(total).collect()]).collect(),
    }
}

/// Topology, region and P95 of its write requests, as far as the round trips are known.
fn write_latencies(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Vec<(Topology, String, Secs)> {
    let answers = [&evaluation.passive, &evaluation.active];
    plan.regions
        .iter()
        .enumerate()
        .flat_map(|(index, _)| {
            let name = plan.place_name(index, catalog);
            answers.into_iter().filter_map(move |answer| {
                Some((answer.topology, name.clone().into_owned(), p95(plan, answer.latency.normal.get(index)?.write?)))
            })
        })
        .collect()
}

/// P95 of the write requests of each region with a pair and with a group, in normal running. `None` where no round trip is known.
#[must_use]
pub fn latency_chart(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Option<Chart> {
    let figures = write_latencies(plan, catalog, evaluation);
    let longest = figures.iter().map(|(_, _, time)| time.as_secs()).fold(0.0, f64::max);
    let slowest = figures.iter().max_by(|a, b| a.2.as_secs().total_cmp(&b.2.as_secs()))?;
    let row = |(topology, name, time): &(Topology, String, Secs)| BarRow {
        label: format!("{name}, {}", if *topology == Topology::Passive { "pair" } else { "group" }),
        ink: Ink::Topology(*topology),
        pieces: vec![("write request".to_owned(), time.as_secs())],
        whisker: Some((time.as_secs(), format::duration(*time))),
        open: false,
    };
    let target = plan.objectives.write_latency;
    let reach = target.map_or(longest, |target| longest.max(target.as_secs()));
    Some(Chart {
        id: "write-latency",
        title: "Latency of a write request, P95".to_owned(),
        says: says([
            &format!("Users in {} wait longest: ", slowest.1),
            &format::duration(slowest.2),
            &format!(" with the {}.", slowest.0.name().to_ascii_lowercase()),
        ]),
        caption: format!(
            "{} (assumption) of the median: calls × (published round trip + service) + rest.",
            format::percent(plan.latency.spread.high)
        ),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("write request, normal running, P95", Unit::Time, reach * 1.02, 6),
            rows: figures.iter().map(row).collect(),
            marks: target.map(time_mark).into_iter().collect(),
        }),
        table: Table {
            head: ["Users in", "Topology", "Write request, P95"].map(str::to_owned).into(),
            rows: figures
                .iter()
                .map(|(topology, name, time)| vec![name.clone(), topology.name().to_owned(), format::duration(*time)])
                .collect(),
        },
    })
}
