//! The recovery point: the age of what may be lost.

use crate::results::panel::{panel, scroll};
use crate::results::view::words;
use crate::state::Session;
use dr_core::model::TopologyAnswer;
use dr_core::model::rpo::{Interrupted, interrupted};
use dr_core::units::format;
use yew::prelude::*;

/// A row's name and its text for each topology.
type Row<T> = (&'static str, fn(&T) -> String);

/// The age of what may be lost, on a usual day and with a patch.
pub(super) fn recovery_point(session: &Session) -> Html {
    panel("Recovery point", &rpo_says(session), Html::default(), rpo_table(session))
}

fn rpo_says(session: &Session) -> String {
    let part = |answer: &TopologyAnswer| {
        let rpo = &answer.rpo;
        if answer.sync.never_complete(answer.topology) {
            return Some(format!(
                "{}: no copy is ever complete, so there is no recovery point.",
                answer.topology.name()
            ));
        }
        rpo.p95.map(|p95| {
            format!(
                "{}: {} in the median, {} for 95 % of a day without an interruption{}.",
                answer.topology.name(),
                format::duration_or(rpo.median, "unbounded"),
                format::duration(p95),
                interrupted_says(session, answer)
            )
        })
    };
    let parts: Vec<String> =
        [&session.evaluation.passive, &session.evaluation.active].into_iter().filter_map(part).collect();
    format!("{} The service promises no recovery point.", parts.join(" ")).trim().to_owned()
}

/// ", up to 1 h 6 min after one of 24 patches a year": what makes the day's figures the better part.
fn interrupted_says(session: &Session, answer: &TopologyAnswer) -> String {
    interrupted(&session.plan, &session.evaluation.demand, answer).map_or_else(String::new, |it| {
        let worst = format::duration_or(it.worst, "an unbounded time");
        format!(", up to {worst} with one of {} patches a year", format::number(it.per_year))
    })
}

/// "Patches of the pair: 24 a year, 1 h away at the longest, then a full sync. "
fn patches(design: &str, found: Option<&Interrupted>) -> String {
    found.map_or_else(String::new, |it| {
        let again = if it.full { ", then a full sync" } else { "" };
        let (a_year, longest) = (format::number(it.per_year), format::duration(it.longest));
        format!("Patches of the {design}: {a_year} a year, {longest} away at the longest{again}. ")
    })
}

fn rpo_table(session: &Session) -> Html {
    let rows: [Row<TopologyAnswer>; 6] = [
        ("Lag when smooth", |answer| format::duration(answer.rpo.steady)),
        ("Worst of a day without an interruption", |answer| format::duration_or(answer.rpo.max, words::no_lag(answer))),
        ("Unsent after a burst", |answer| format::bytes(answer.rpo.burst_bytes)),
        ("Such a day within the target", |answer| {
            answer.rpo.share_within_target.map_or_else(|| "no target".to_owned(), format::percent)
        }),
        ("Rate that meets it all day", |answer| {
            answer.rpo.rate_for_target.map_or_else(|| "–".to_owned(), format::rate)
        }),
        ("Finest proof by metrics", |answer| format::duration_or(answer.rpo.provable, "none: no lag metric")),
    ];
    let cell = |answer: &TopologyAnswer, of: fn(&TopologyAnswer) -> String| {
        if answer.design.caches.is_empty() { "–".to_owned() } else { of(answer) }
    };
    let [pair, group] = [&session.evaluation.passive, &session.evaluation.active]
        .map(|answer| interrupted(&session.plan, &session.evaluation.demand, answer));
    let patched = |found: &Option<Interrupted>| {
        let worst = found.as_ref().map(|it| format::duration_or(it.worst, "never in sync"));
        html! { <td class="num">{ worst.unwrap_or_else(|| "–".to_owned()) }</td> }
    };
    html! {
        <>
            { scroll("Recovery point", html! { <>
                <table>
                    <thead><tr><td></td><th scope="col" class="t-passive num">{ "Passive pair" }</th><th scope="col" class="t-active num">{ "Active group" }</th></tr></thead>
                    <tbody>{ for rows.into_iter().map(|(name, of)| html! {
                        <tr><th scope="row">{ name }</th><td class="num">{ cell(&session.evaluation.passive, of) }</td><td class="num">{ cell(&session.evaluation.active, of) }</td></tr>
                    }) }
                    <tr><th scope="row">{ "Worst with a patch of either end" }</th>{ patched(&pair) }{ patched(&group) }</tr>
                    </tbody>
                </table>
            </> }) }
            <p class="remark">{ patches("pair", pair.as_ref()) }{ patches("group", group.as_ref()) }{ "“No recovery point is guaranteed” when a pair is unlinked (S1, 2024-11-15); a group has no SLA on sync time (D1). An export is the only recovery point that the service offers." }</p>
        </>
    }
}
