//! The side-by-side table.

use dr_core::catalog::Catalog;
use dr_core::evaluate::Evaluation;
use dr_core::model::active_outage::memory_in_use;
use dr_core::model::rpo::RpoBasis;
use dr_core::model::verdict::Objective;
use dr_core::model::{Topology, TopologyAnswer};
use dr_core::rules::act_by::act_by_inside;
use dr_core::units::format;

/// One row of the table: a name and a text for rebuild, passive and active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::results) struct CompareRow {
    pub(in crate::results) name: &'static str,
    pub(in crate::results) cells: [String; 3],
}

/// The rows, from money to people.
pub(in crate::results) fn rows(catalog: &Catalog, evaluation: &Evaluation) -> Vec<CompareRow> {
    let row = |name, cell: &dyn Fn(&TopologyAnswer) -> String| CompareRow {
        name,
        cells: Topology::ALL.map(|topology| {
            let answer = evaluation.of(topology);
            if answer.design.caches.is_empty() { "–".to_owned() } else { cell(answer) }
        }),
    };
    vec![
        row("Design", &|answer| dr_core::report::words::design(answer, catalog)),
        row("Smallest size that fits", &|answer| smallest(answer)),
        row(Objective::Cost.heading(), &|answer| answer.bill.total.words(answer.bill.currency)),
        row("Replication traffic a month", &|answer| egress(answer)),
        row("RPO, median · P95", &|answer| rpo(answer)),
        row("Day within the RPO target", &|answer| {
            answer.rpo.share_within_target.map_or_else(|| "–".to_owned(), format::percent)
        }),
        row("RTO, P50 · P95", &|answer| rto(answer)),
        row("Full sync", &|answer| dr_core::report::words::sync(&answer.sync, answer.topology)),
        row("While a region is down", &|answer| dr_core::report::words::breaks(&answer.runway)),
        row("Memory in use", &|answer| {
            format!("{} of {}", format::percent(memory_in_use(answer)), format::bytes(answer.design.usable))
        }),
        row("Busiest cache, region down", &|answer| capacity(answer)),
        row("Age of reads elsewhere", &|answer| format::duration_or(answer.latency.staleness, "–")),
        row("Writes in", &|answer| writes_in(answer.topology).to_owned()),
        row("Needs a person", &|answer| person(answer)),
    ]
}

fn smallest(answer: &TopologyAnswer) -> String {
    answer
        .design
        .smallest
        .as_ref()
        .map_or_else(|| "none".to_owned(), |size| dr_core::report::words::size(size, answer.topology))
}

fn egress(answer: &TopologyAnswer) -> String {
    use dr_core::model::cost::LineKind;
    use dr_core::units::Money;
    if answer.topology == Topology::Rebuild {
        return "none".to_owned();
    }
    let paid = answer.bill.total_of(LineKind::Egress);
    let price = match paid.complete() {
        Some(amount) if amount == Money::ZERO => "not billed".to_owned(),
        _ => paid.words(answer.bill.currency),
    };
    format!("{} · {price}", format::bytes(answer.bill.egress_volume))
}

fn rpo(answer: &TopologyAnswer) -> String {
    match answer.rpo.basis {
        RpoBasis::SourceOfTruth => "the database holds all".to_owned(),
        RpoBasis::NotApplicable => "–".to_owned(),
        RpoBasis::Replication => {
            let text = |time| format::duration_or(time, "unbounded");
            if answer.rpo.p95.is_none() {
                return dr_core::report::words::no_lag(answer).to_owned();
            }
            format!("{} · {}", text(answer.rpo.median), text(answer.rpo.p95))
        }
    }
}

fn rto(answer: &TopologyAnswer) -> String {
    answer.rto.first().map_or_else(
        || "–".to_owned(),
        |chain| {
            format!(
                "{} · {} by {}",
                format::duration(chain.p50),
                format::duration(chain.p95),
                dr_core::report::words::path(chain.path)
            )
        },
    )
}

fn capacity(answer: &TopologyAnswer) -> String {
    let load = format::ops(answer.capacity.region_down);
    match answer.capacity.limit {
        Some(limit) => format!("{load} of {}", format::ops(limit)),
        None => format!("{load}, no figure is published"),
    }
}

const fn writes_in(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild | Topology::Passive => "one region",
        Topology::Active => "every region",
    }
}

fn person(answer: &TopologyAnswer) -> String {
    use dr_core::model::active_outage::Runway;
    match (&answer.topology, &answer.runway) {
        (Topology::Rebuild, _) => "yes, to rebuild".to_owned(),
        (Topology::Passive, _) => "yes, to fail over".to_owned(),
        (Topology::Active, Runway::Fills(filling)) => format!("to force-unlink: {}", act_by_inside(&filling.deadline)),
        (Topology::Active, _) => "to force-unlink".to_owned(),
    }
}
