//! How long a full sync takes, how often it happens, and the smallest change that lets it end (M-03).

use super::super::{NONE, Subject};
use crate::model::sync::{Remedy, SyncOutcome, causes, remedy};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::report::chart::full_sync_chart;
use crate::report::document::{Block, Column, Row, RowKind, Section, Table};
use crate::report::words;
use crate::units::{Bytes, Range, Secs, format};

/// A row's name and its text.
type Line = (&'static str, fn(&TopologyAnswer) -> String);

const BOTH: [Topology; 2] = [Topology::Passive, Topology::Active];

/// Durations of a full sync and its parts, what it costs in a year, and the remedy where it does not end.
#[must_use]
pub fn full_sync(subject: Subject) -> Section {
    let says: Vec<String> = subject.both().into_iter().filter_map(says).collect();
    let remedies = subject.both().into_iter().filter_map(|answer| remedies_of(subject, answer));
    let remark = format!(
        "{} A full sync makes the secondary return errors (S1); its metrics GeoReplicationFullSyncEventStarted and …Finished count real ones (M1).",
        based_on(subject.plan)
    );
    let says = if says.is_empty() {
        "Without a copy there is no full sync.".to_owned()
    } else {
        format!("A full sync {}.", says.join(" and "))
    };
    Section::new("full-sync", "Full sync", says)
        .opened_by(full_sync_chart(subject.evaluation))
        .with(Block::list(remedies))
        .with(Block::details("Bytes and times", vec![Block::Table(durations(subject))]))
        .with(Block::details("How often a year", vec![Block::Table(yearly(subject))]))
        .with(Block::details("Basis", vec![Block::remark(remark)]))
}

fn durations(subject: Subject) -> Table {
    let lines: [Line; 9] = [
        ("Copied altogether", |it| format::bytes(it.sync.total_bytes)),
        ("By the fullest shard", |it| format::bytes(it.sync.shard_bytes)),
        ("By each of the others", |it| others(it).map_or_else(none, |(data, _)| format::bytes(data))),
        ("Copy of the fullest shard", |it| format::duration_range(it.sync.copy)),
        ("Copy of the others", |it| others(it).map_or_else(none, |(_, copy)| format::duration_range(copy))),
        ("Catch-up", |it| time(it, |[catch_up, ..]| catch_up)),
        ("Secondary unreadable, link interrupted", |it| time(it, |[_, resync, _]| resync)),
        ("Start of a new link", |it| format::duration_range(it.sync.start)),
        ("Secondary unreadable, new link", |it| time(it, |[.., new_link]| new_link)),
    ];
    let cell = |answer: &TopologyAnswer, of: fn(&TopologyAnswer) -> String| {
        if answer.design.possible { of(answer) } else { none() }
    };
    let row = |(name, of): Line| {
        let [pair, group] = subject.both().map(|answer| cell(answer, of));
        Row::of([name.to_owned(), pair, group])
    };
    Table {
        id: "full-sync",
        name: "Full sync".to_owned(),
        columns: vec![Column::names(""), Column::of(Topology::Passive), Column::of(Topology::Active)],
        rows: lines.into_iter().map(row).collect(),
    }
}

/// What the copy rate is based on.
fn based_on(plan: &Plan) -> String {
    let rate = plan.assumptions.sync_rate;
    if rate == Plan::default().assumptions.sync_rate {
        return "From the published 5–10 minutes for 53 GB (S1), all shards at once.".to_owned();
    }
    let [low, high] = [rate.low, rate.high].map(format::rate);
    let band = if rate.low == rate.high { low } else { format!("{low} to {high}") };
    format!("At your full-sync rate of {band} a shard, all shards at once.")
}

fn none() -> String {
    NONE.to_owned()
}

fn others(answer: &TopologyAnswer) -> Option<(Bytes, Range<Secs>)> {
    answer.sync.others(answer.design.caches.first()?.shards)
}

/// Catch-up, resync or new link of a sync that ends.
fn time(answer: &TopologyAnswer, of: fn([Range<Secs>; 3]) -> Range<Secs>) -> String {
    match &answer.sync.outcome {
        SyncOutcome::Converges { catch_up, resync, new_link, .. } => {
            format::duration_range(of([*catch_up, *resync, *new_link]))
        }
        _ => "never ends".to_owned(),
    }
}

/// "Passive pair: 20 s – 35 s".
fn says(answer: &TopologyAnswer) -> Option<String> {
    let name = answer.topology.name().to_lowercase();
    match &answer.sync.outcome {
        SyncOutcome::Converges { resync, .. } => {
            Some(format!("takes {} with the {name}", format::duration_range(*resync)))
        }
        SyncOutcome::NeverConverges { .. } => Some(format!("never ends with the {name}")),
        SyncOutcome::NotApplicable => None,
    }
}

/// Why a full sync restarts or never ends, and what fixes it.
fn remedies_of(subject: Subject, answer: &TopologyAnswer) -> Option<String> {
    let why = match &answer.sync.outcome {
        SyncOutcome::Converges { overrun: Some(overrun), .. } => words::overrun(overrun),
        SyncOutcome::NeverConverges { incoming, apply } => {
            format!("A shard receives {} and can apply {}.", format::rate(*incoming), format::rate(*apply))
        }
        _ => return None,
    };
    let remedy = remedy(&answer.case(subject.plan, subject.catalog, &subject.evaluation.demand));
    Some(format!("{}: {why}{}", answer.topology.name(), remedies(answer.topology, remedy)))
}

/// " Any one of these fixes it: 4 shards, at most 1,200/s of writes." with every figure tried.
fn remedies(topology: Topology, remedy: Option<Remedy>) -> String {
    let Some(remedy) = remedy else { return String::new() };
    let rate = if topology == Topology::Active { "applied by a shard" } else { "copied by a shard" };
    let parts: Vec<String> = [
        remedy.rate.map(|it| format!("{} {rate}", format::rate(it))),
        remedy.shards.map(|it| format!("{it} shards")),
        remedy.size.map(|it| format!("the size {}", it.short())),
        remedy.writes.map(|it| format!("at most {} of writes", format::ops(it))),
        remedy.buffer.map(|it| format!("a replica buffer of {}", format::bytes(it))),
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.as_slice() {
        [] if topology == Topology::Active => {
            " No single change fixes it: no size of the catalogue has enough shards.".to_owned()
        }
        [] => {
            " No single change fixes it: the node's bandwidth caps the copy, whatever the number of shards.".to_owned()
        }
        [one] => format!(" What fixes it: {one}."),
        [rest @ .., last] => format!(" Any one of these fixes it: {}, or {last}.", rest.join(", ")),
    }
}

/// How often a year, by cause.
fn yearly(subject: Subject) -> Table {
    let rows = |topology: Topology| {
        let answer = subject.evaluation.of(topology);
        let causes = causes(&answer.case(subject.plan, subject.catalog, &subject.evaluation.demand));
        let total = causes.iter().map(|cause| cause.per_year).sum();
        let sum = (causes.len() > 1).then(|| {
            let cells = [topology.name(), "together", &format::number(total), "as the bill counts them", ""];
            Row::of(cells.map(str::to_owned)).kind(RowKind::Total)
        });
        let row = move |cause: crate::model::sync::SyncCause| {
            Row::of([
                topology.name().to_owned(),
                cause.cause.name().to_owned(),
                format::number(cause.per_year),
                cause.cause.how().to_owned(),
                cause.cause.source().to_owned(),
            ])
        };
        causes.into_iter().map(row).chain(sum).collect::<Vec<_>>()
    };
    Table {
        id: "full-syncs",
        name: "Full syncs a year".to_owned(),
        columns: vec![
            Column::text("Full syncs"),
            Column::text("Cause"),
            Column::figures("A year"),
            Column::text("How"),
            Column::text("Source"),
        ],
        rows: BOTH.into_iter().flat_map(rows).collect(),
    }
}
