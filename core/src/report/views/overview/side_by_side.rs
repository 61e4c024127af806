//! What the targets leave out, of the three topologies side by side.

use super::super::{NONE, Subject};
use crate::model::cost::LineKind;
use crate::model::{Topology, TopologyAnswer};
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::words;
use crate::units::{Money, format};

/// Ten figures of each topology that no target has.
#[must_use]
pub fn side_by_side(subject: Subject) -> Section {
    let names = Topology::ALL.map(|topology| Column::text(Text::styled(topology.name(), Style::Of(topology))));
    Section::new("side-by-side", "Side by side", "").with(Block::Table(Table {
        id: "side-by-side",
        name: "The three topologies side by side".to_owned(),
        columns: [Column::names("")].into_iter().chain(names).collect(),
        rows: rows(subject),
    }))
}

fn rows(subject: Subject) -> Vec<Row> {
    let row = |name: &str, cell: &dyn Fn(&TopologyAnswer) -> String| {
        let cells = Topology::ALL.map(|topology| {
            let answer = subject.evaluation.of(topology);
            if answer.design.caches.is_empty() { NONE.to_owned() } else { cell(answer) }
        });
        Row::of([name.to_owned()].into_iter().chain(cells))
    };
    vec![
        row("Smallest size that fits", &smallest),
        row("Replication traffic a month", &egress),
        row("Time within the RPO target", &|answer| {
            answer.rpo.share_within_target.map_or_else(|| NONE.to_owned(), format::percent)
        }),
        row("Full sync", &|answer| words::sync(&answer.sync, answer.topology)),
        row("During an outage", &|answer| words::breaks(&answer.runway)),
        row("Memory in use", &|answer| {
            format!("{} of {}", format::percent(answer.memory_in_use()), format::bytes(answer.design.usable))
        }),
        row("Busiest cache, region down", &capacity),
        row("Age of reads elsewhere", &|answer| format::duration_or(answer.latency.staleness, NONE)),
        row("Writes in", &|answer| writes_in(answer.topology).to_owned()),
        row("Needs a person", &person),
    ]
}

fn smallest(answer: &TopologyAnswer) -> String {
    answer.design.smallest.as_ref().map_or_else(|| "none".to_owned(), |size| words::size(size, answer.topology))
}

fn egress(answer: &TopologyAnswer) -> String {
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
    match answer.topology {
        Topology::Rebuild => "yes, to rebuild".to_owned(),
        Topology::Passive => "yes, to fail over".to_owned(),
        Topology::Active => "to force-unlink".to_owned(),
    }
}
