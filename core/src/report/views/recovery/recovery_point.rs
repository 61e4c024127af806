//! The age of what may be lost: what can be shown of it, on a usual day, and with interruptions of the link (M-04).

use super::super::{NONE, Subject};
use crate::model::rpo::{Measured, Trouble};
use crate::model::{Topology, TopologyAnswer};
use crate::report::chart::age_chart;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::words::{self, no_lag};
use crate::units::format;

/// A row's name and its text.
type Line = (&'static str, fn(&TopologyAnswer) -> String);

/// What metrics can show of the recovery point, and the modelled lag beside it: a day, bursts, interruptions of the link.
#[must_use]
pub fn recovery_point(subject: Subject) -> Section {
    let shown = subject.both().into_iter().filter_map(shown).enumerate();
    let shown: Vec<String> = shown.map(|(at, it)| if at == 0 { it } else { format::in_sentence(&it) }).collect();
    let modelled: Vec<String> = subject.both().into_iter().filter_map(modelled).collect();
    let modelled = if modelled.is_empty() { String::new() } else { format!("Modelled: {}. ", modelled.join("; ")) };
    let promise = "The service promises no recovery point.";
    let says = if shown.is_empty() { promise.to_owned() } else { format!("{}. {modelled}{promise}", shown.join("; ")) };
    let interruptions = subject.both().map(interruptions).concat();
    let source =
        subject.both().into_iter().filter_map(|answer| answer.rpo.measured.as_ref()).map(|it| it.source.as_str());
    let measured = source.map(|it| format!("Measured: {it}. ")).collect::<Vec<_>>().concat();
    let remark = "“No recovery point is guaranteed” for an unlinked pair (S1, 2024-11-15); a group has no SLA on sync time (D1). Only an export is a recovery point.";
    Section::new("recovery-point", "Recovery point", says)
        .opened_by(age_chart(subject.evaluation))
        .with(Block::details("All figures", vec![Block::Table(table(subject))]))
        .with(Block::details(
            "Interruptions and promises",
            vec![Block::remark(format!("{measured}{interruptions}{remark}"))],
        ))
}

/// "Passive pair: ≤ 60 s by metrics": what can be shown leads.
fn shown(answer: &TopologyAnswer) -> Option<String> {
    let (rpo, name) = (&answer.rpo, answer.topology.name());
    if answer.sync.never_complete(answer.topology) {
        return Some(format!("{name}: no copy is ever complete, so there is no recovery point"));
    }
    rpo.p95?;
    Some(format!("{name}: {}", words::shown(rpo)))
}

/// "passive pair 27 ms (P95), at most 1 h 2 min": the model's figures.
fn modelled(answer: &TopologyAnswer) -> Option<String> {
    let p95 = answer.rpo.p95.filter(|_| !answer.sync.never_complete(answer.topology))?;
    let name = answer.topology.name().to_ascii_lowercase();
    let most = format::duration_or(answer.rpo.max, "an unbounded time");
    Some(format!("{name} {} (P95), at most {most}", format::duration(p95)))
}

/// "Interruptions of the pair: 24 patches a year, 1 h at the longest, then a full sync; …"
fn interruptions(answer: &TopologyAnswer) -> String {
    let design = if answer.topology == Topology::Passive { "pair" } else { "group" };
    let each = answer.rpo.interruptions.iter().map(|it| {
        let again = if it.full { ", then a full sync" } else { "" };
        let what = match it.trouble {
            Trouble::Patch => "patches",
            Trouble::Link => "times trouble of the link",
        };
        format!("{} {what} a year, {} at the longest{again}", format::number(it.per_year), format::duration(it.longest))
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() { String::new() } else { format!("Interruptions of the {design}: {}. ", each.join("; ")) }
}

fn table(subject: Subject) -> Table {
    let lines: [Line; 10] = [
        ("What metrics can show", |answer| words::shown(&answer.rpo)),
        ("Lag when smooth, median", |answer| format::duration(answer.rpo.steady)),
        ("Median", |answer| format::duration_or(answer.rpo.median, no_lag(answer))),
        ("P95", |answer| format::duration_or(answer.rpo.p95, no_lag(answer))),
        ("Worst of a day without an interruption", |answer| {
            format::duration_or(answer.rpo.worst_of_day, no_lag(answer))
        }),
        ("Worst with a patch of either end", |answer| with(answer, Trouble::Patch)),
        ("Worst with trouble of the link", |answer| with(answer, Trouble::Link)),
        ("Unsent after a burst", |answer| format::bytes(answer.rpo.burst_bytes)),
        ("Time within the target", |answer| {
            answer.rpo.share_within_target.map_or_else(|| "no target".to_owned(), format::percent)
        }),
        ("Rate that meets it on a day without an interruption", |answer| {
            answer.rpo.rate_for_target.map_or_else(|| NONE.to_owned(), format::rate)
        }),
    ];
    let cell = |answer: &TopologyAnswer, of: fn(&TopologyAnswer) -> String| {
        if answer.design.caches.is_empty() { NONE.to_owned() } else { of(answer) }
    };
    let line = |(name, of): Line| {
        let [pair, group] = subject.both().map(|answer| cell(answer, of));
        Row::of([name.to_owned(), pair, group])
    };
    let measured = subject.both().iter().any(|answer| answer.rpo.measured.is_some());
    let measured = if measured { &MEASURED[..] } else { &[] };
    Table {
        id: "recovery-point",
        name: "Recovery point".to_owned(),
        columns: vec![Column::names(""), Column::of(Topology::Passive), Column::of(Topology::Active)],
        rows: measured.iter().copied().chain(lines).map(line).collect(),
    }
}

/// What metrics have shown, above what the model says.
const MEASURED: [Line; 4] = [
    ("Measured, median", |answer| measured(answer, |it| format::duration(it.p50))),
    ("Measured, P95", |answer| measured(answer, |it| format::duration(it.p95))),
    ("Measured, at most", |answer| measured(answer, |it| format::duration(it.max))),
    ("Measured, most bytes behind", |answer| {
        measured(answer, |it| it.behind.map_or_else(|| NONE.to_owned(), format::bytes))
    }),
];

fn measured(answer: &TopologyAnswer, show: impl Fn(&Measured) -> String) -> String {
    answer.rpo.measured.as_ref().map_or_else(|| NONE.to_owned(), show)
}

fn with(answer: &TopologyAnswer, trouble: Trouble) -> String {
    let found = answer.rpo.interruptions.iter().find(|it| it.trouble == trouble);
    found.map_or_else(|| NONE.to_owned(), |it| format::duration_or(it.worst, "never in sync"))
}
