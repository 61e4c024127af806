//! The age of what may be lost, on a usual day and with a patch (M-04).

use super::super::{NONE, Subject};
use crate::model::rpo::{Interrupted, interrupted};
use crate::model::{Topology, TopologyAnswer};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::words::no_lag;
use crate::units::format;

/// A row's name and its text.
type Line = (&'static str, fn(&TopologyAnswer) -> String);

/// Lag over a day, after a burst and around patches, and what metrics can show of it.
#[must_use]
pub fn recovery_point(subject: Subject) -> Section {
    let parts: Vec<String> = subject.both().into_iter().filter_map(|answer| says(subject, answer)).collect();
    let says = format!("{} The service promises no recovery point.", parts.join(" ")).trim().to_owned();
    let patches = subject.both().map(|answer| patches(subject, answer)).concat();
    let remark = "“No recovery point is guaranteed” when a pair is unlinked (S1, 2024-11-15); a group has no SLA on sync time (D1). An export is the only recovery point that the service offers.";
    Section::new("recovery-point", "Recovery point", says)
        .with(Block::Table(table(subject)))
        .with(Block::remark(format!("{patches}{remark}")))
}

fn found(subject: Subject, answer: &TopologyAnswer) -> Option<Interrupted> {
    interrupted(subject.plan, &subject.evaluation.demand, answer)
}

fn says(subject: Subject, answer: &TopologyAnswer) -> Option<String> {
    let rpo = &answer.rpo;
    if answer.sync.never_complete(answer.topology) {
        return Some(format!("{}: no copy is ever complete, so there is no recovery point.", answer.topology.name()));
    }
    // What makes the figures of an undisturbed day the better part: ", up to 1 h 6 min with one of 24 patches a year".
    let patched = found(subject, answer).map_or_else(String::new, |it| {
        let worst = format::duration_or(it.worst, "an unbounded time");
        format!(", up to {worst} with one of {} patches a year", format::number(it.per_year))
    });
    rpo.p95.map(|p95| {
        format!(
            "{}: median {}, {} for 95 % of an uninterrupted day{patched}.",
            answer.topology.name(),
            format::duration_or(rpo.median, "unbounded"),
            format::duration(p95),
        )
    })
}

/// "Patches of the pair: 24 a year, 1 h away at the longest, then a full sync. "
fn patches(subject: Subject, answer: &TopologyAnswer) -> String {
    let design = if answer.topology == Topology::Passive { "pair" } else { "group" };
    found(subject, answer).map_or_else(String::new, |it| {
        let again = if it.full { ", then a full sync" } else { "" };
        let (a_year, longest) = (format::number(it.per_year), format::duration(it.longest));
        format!("Patches of the {design}: {a_year} a year, {longest} away at the longest{again}. ")
    })
}

fn table(subject: Subject) -> Table {
    let lines: [Line; 6] = [
        ("Lag when smooth", |answer| format::duration(answer.rpo.steady)),
        ("Worst of a day without an interruption", |answer| format::duration_or(answer.rpo.max, no_lag(answer))),
        ("Unsent after a burst", |answer| format::bytes(answer.rpo.burst_bytes)),
        ("Such a day within the target", |answer| {
            answer.rpo.share_within_target.map_or_else(|| "no target".to_owned(), format::percent)
        }),
        ("Rate that meets it all day", |answer| {
            answer.rpo.rate_for_target.map_or_else(|| NONE.to_owned(), format::rate)
        }),
        ("Finest proof by metrics", |answer| format::duration_or(answer.rpo.provable, "none: no lag metric")),
    ];
    let cell = |answer: &TopologyAnswer, of: fn(&TopologyAnswer) -> String| {
        if answer.design.caches.is_empty() { NONE.to_owned() } else { of(answer) }
    };
    let line = |(name, of): Line| {
        let [pair, group] = subject.both().map(|answer| cell(answer, of));
        Row::of([name.to_owned(), pair, group])
    };
    let [pair, group] = subject.both().map(|answer| {
        let worst = found(subject, answer).map(|it| format::duration_or(it.worst, "never in sync"));
        worst.unwrap_or_else(|| NONE.to_owned())
    });
    let patched = Row::of(["Worst with a patch of either end".to_owned(), pair, group]);
    Table {
        id: "recovery-point",
        name: "Recovery point".to_owned(),
        columns: vec![Column::names(""), Column::of(Topology::Passive), Column::of(Topology::Active)],
        rows: lines.into_iter().map(line).chain([patched]).collect(),
    }
}
