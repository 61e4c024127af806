//! Full sync: how long, how often, and what would let it end.

use super::super::panel::{panel, scroll};
use crate::state::Session;
use dr_core::model::sync::{Cure, SyncOutcome, causes, cure};
use dr_core::model::{Topology, TopologyAnswer};
use dr_core::plan::Plan;
use dr_core::units::format;
use dr_core::units::{Range, Secs};
use yew::prelude::*;

/// A row's name and its text.
type Row = (&'static str, fn(&TopologyAnswer) -> String);

const BOTH: [Topology; 2] = [Topology::Passive, Topology::Active];

#[inline(never)] // a function of its own can come after the first paint
pub(super) fn sync(session: &Session) -> Html {
    let both = BOTH.map(|topology| session.evaluation.of(topology));
    let says: Vec<String> = both.iter().map(|answer| says(session, answer)).filter(|part| !part.is_empty()).collect();
    let rows: [Row; 9] = [
        ("Copied altogether", |it| format::bytes(it.sync.total_bytes)),
        ("By the fullest shard", |it| format::bytes(it.sync.shard_bytes)),
        ("By each of the others", |it| others(it).map_or_else(dash, |(data, _)| format::bytes(data))),
        ("Copy of the fullest shard", |it| format::duration_range(it.sync.copy)),
        ("Copy of the others", |it| others(it).map_or_else(dash, |(_, copy)| format::duration_range(copy))),
        ("Catch-up", |it| time(it, |times| times[0])),
        ("Secondary unreadable, link interrupted", |it| time(it, |times| times[1])),
        ("Start of a new link", |it| format::duration_range(it.sync.start)),
        ("Secondary unreadable, new link", |it| time(it, |times| times[2])),
    ];
    let row = |(name, of): Row| {
        html! { <tr><th scope="row">{ name }</th>{ for both.iter().map(|it| html! { <td class="num">{ if it.design.possible { of(it) } else { dash() } }</td> }) }</tr> }
    };
    let content = html! {
        <>
            { scroll("Full sync", html! { <>
                <table>
                    <thead><tr><td></td><th scope="col" class="t-passive num">{ "Passive pair" }</th><th scope="col" class="t-active num">{ "Active group" }</th></tr></thead>
                    <tbody>{ for rows.into_iter().map(row) }</tbody>
                </table>
            </> }) }
            <details class="fold"><summary>{ "Full syncs a year" }</summary>{ yearly(session) }</details>
            <p class="remark">{ rate_says(session) }{ " While a full sync runs the secondary answers with errors, and readers need the primary (S1)." }</p>
        </>
    };
    panel("Full sync", &says.join(" "), Html::default(), content)
}

/// What the copy's rate stands on.
fn rate_says(session: &Session) -> String {
    let rate = session.plan.assumptions.sync_rate;
    if rate == Plan::default().assumptions.sync_rate {
        return "From the fast to the slow end of the published 5–10 minutes for 53 GB (S1), all shards at once."
            .to_owned();
    }
    let [low, high] = [rate.low, rate.high].map(format::rate);
    let band = if rate.low == rate.high { low } else { format!("{low} to {high}") };
    format!("At your full-sync rate of {band} a shard, all shards at once.")
}

fn dash() -> String {
    "–".to_owned()
}

fn others(answer: &TopologyAnswer) -> Option<(dr_core::units::Bytes, Range<Secs>)> {
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

fn says(session: &Session, answer: &TopologyAnswer) -> String {
    let name = answer.topology.name();
    let cure = || cure(answer.topology, &session.plan, &session.catalog, &answer.design, &answer.sync);
    match &answer.sync.outcome {
        SyncOutcome::Converges { resync, tight: false, .. } => format!("{name}: {}.", format::duration_range(*resync)),
        SyncOutcome::Converges { resync, tight: true, .. } => {
            let needed = cure()
                .and_then(|cure| cure.buffer)
                .map_or_else(String::new, |buffer| format!("; {} would hold them", format::bytes(buffer)));
            format!(
                "{name}: {}, and at the slow end the changes overrun the replica buffer of {}{needed}.",
                format::duration_range(*resync),
                format::bytes(session.plan.assumptions.replica_buffer)
            )
        }
        SyncOutcome::Loops { pending, buffer } => format!(
            "{name}: it loops. {} of changes come during the copy and overrun the buffer of {}.{}",
            format::bytes(*pending),
            format::bytes(*buffer),
            cures(answer.topology, cure())
        ),
        SyncOutcome::NeverConverges { incoming, apply } => format!(
            "{name}: it never converges. {} come in for a shard, {} can be applied.{}",
            format::rate(*incoming),
            format::rate(*apply),
            cures(answer.topology, cure())
        ),
        SyncOutcome::NotApplicable => String::new(),
    }
}

/// " Any one of these cures it: 4 shards, at most 1,200/s of writes." with every figure tried.
fn cures(topology: Topology, cure: Option<Cure>) -> String {
    let Some(cure) = cure else { return String::new() };
    let rate = if topology == Topology::Active { "applied by a shard" } else { "copied by a shard" };
    let parts: Vec<String> = [
        cure.rate.map(|it| format!("{} {rate}", format::rate(it))),
        cure.shards.map(|it| format!("{it} shards")),
        cure.size.map(|it| format!("the size {}", it.short())),
        cure.writes.map(|it| format!("at most {} of writes", format::ops(it))),
        cure.buffer.map(|it| format!("a replica buffer of {}", format::bytes(it))),
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.as_slice() {
        [] if topology == Topology::Active => {
            " No single change cures it: no size of the catalogue has shards enough.".to_owned()
        }
        [] => " No single change cures it: the node's bandwidth caps the copy, and no number of shards is enough."
            .to_owned(),
        [one] => format!(" It ends with {one}."),
        [rest @ .., last] => format!(" It ends with any one of these: {}, or {last}.", rest.join(", ")),
    }
}

/// How often a year, by cause.
fn yearly(session: &Session) -> Html {
    let list = |topology: Topology| {
        let answer = session.evaluation.of(topology);
        causes(topology, &session.plan, &session.catalog, &session.evaluation.demand, &answer.design)
    };
    let row = move |topology: Topology| {
        let causes = list(topology);
        let total = causes.iter().map(|cause| cause.per_year).sum();
        let last = causes.len();
        let cells = causes.into_iter().map(move |cause| {
            html! { <tr><td>{ topology.name() }</td><td>{ cause.name }</td><td class="num">{ format::number(cause.per_year) }</td><td>{ cause.how }</td><td class="quiet">{ cause.source }</td></tr> }
        });
        let sum = (last > 1).then(|| html! { <tr class="strong"><td>{ topology.name() }</td><td>{ "together" }</td><td class="num">{ format::number(total) }</td><td>{ "as the bill counts them" }</td><td></td></tr> });
        cells.chain(sum).collect::<Vec<_>>()
    };
    scroll(
        "Full syncs a year",
        html! {
            <table>
                <thead><tr><th scope="col">{ "Full syncs" }</th><th scope="col">{ "Cause" }</th><th scope="col" class="num">{ "A year" }</th><th scope="col">{ "How" }</th><th scope="col">{ "From" }</th></tr></thead>
                <tbody>{ for BOTH.into_iter().flat_map(row) }</tbody>
            </table>
        },
    )
}
