//! RTO as a distribution, its steps with the worth of a minute, and the surge of a rebuild on the database.

use crate::charts::figure;
use crate::results::panel::{panel, scroll};
use crate::results::view::words;
use crate::state::Session;
use dr_core::explore::recovery_time::{FOLLOWS_TYPING, FOR_SAVINGS, RecoveryStudy, Saving};
use dr_core::model::Topology;
use dr_core::model::rto::{RtoChain, RtoPath, RtoStep};
use dr_core::model::surge::{Surge, surge};
use dr_core::plan::Plan;
use dr_core::report::chart::recovery_times_chart;
use dr_core::report::explain::step_origin;
use dr_core::units::Secs;
use dr_core::units::format;
use yew::prelude::*;

/// The distribution of every way back, and the steps of each with the worth of a minute.
pub(super) fn times(session: &Session) -> Html {
    let study = RecoveryStudy::new(&session.plan, &session.evaluation);
    let target = session.plan.objectives.rto;
    let times = study.times(FOLLOWS_TYPING, target);
    let chains = Topology::ALL
        .into_iter()
        .flat_map(|topology| session.evaluation.of(topology).rto.iter().map(move |chain| (topology, chain)));
    let chains = chains.enumerate().map(|(place, (topology, chain))| {
        chain_view(&session.plan, topology, chain, study.savings(place, FOR_SAVINGS, target).as_deref())
    });
    let note = format!(
        "A minute saved: each way back drawn {} times as it is and with one step a minute shorter, in the same trials.",
        format::number(f64::from(FOR_SAVINGS.trials))
    );
    html! {
        <>
            { figure(recovery_times_chart(&times, FOLLOWS_TYPING, target)) }
            { panel("Ways back, step by step", &steps_say(session), Html::default(), html! { <><div class="chains">{ for chains }</div><p class="remark">{ note }</p></> }) }
        </>
    }
}

fn steps_say(session: &Session) -> String {
    let first = |topology: Topology| session.evaluation.of(topology).rto.first().map(|chain| (topology, chain));
    let parts = [Topology::Passive, Topology::Active].into_iter().filter_map(first).map(|(topology, chain)| {
        let slow = chain.steps.get(chain.dominant).map_or("", |step| step.name);
        format!(
            "{} is back after {} in half of the outages and {} in 95 %; “{slow}” takes the most.",
            topology.name(),
            format::duration(chain.p50),
            format::duration(chain.p95)
        )
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// One way back; `saved` says what a minute less of each step is worth.
fn chain_view(plan: &Plan, topology: Topology, chain: &RtoChain, saved: Option<&[Saving]>) -> Html {
    let kind = if chain.unplanned { "unplanned outage" } else { "planned" };
    let worth = saved.is_some();
    let untouched = Plan::default();
    let steps = chain.steps.iter().enumerate().map(|(index, step)| {
        let from = step_origin(plan, &untouched, step);
        step_view(step, from, index == chain.dominant, saved.and_then(|saved| saved.get(index)))
    });
    html! {
        <details class={classes!("chain", words::class(topology))} open={chain.unplanned && topology != Topology::Rebuild}>
            <summary>
                <span class="chain-name">{ format!("{}: {}", topology.name(), dr_core::report::words::path(chain.path)) }</span>
                <span class="quiet">{ kind }</span>
                <span class="chain-sum">{ format!("P50 {} · P95 {}", format::duration(chain.p50), format::duration(chain.p95)) }</span>
            </summary>
            <p class="quiet">{ &chain.reason }</p>
            if chain.path == RtoPath::PlannedFailover { <p>{ pause_says(plan, chain) }</p> }
            { scroll(&format!("Steps of {}", dr_core::report::words::path(chain.path)), html! { <>
                <table>
                    <thead><tr>
                        <th scope="col">{ "Step" }</th><th scope="col" class="num">{ "Low" }</th><th scope="col" class="num">{ "Likely" }</th><th scope="col" class="num">{ "High" }</th>
                        if worth { <th scope="col" class="num">{ "A minute saved: P95" }</th><th scope="col" class="num">{ "In time" }</th> }
                        <th scope="col">{ "From" }</th>
                    </tr></thead>
                    <tbody>{ for steps }</tbody>
                </table>
            </> }) }
        </details>
    }
}

/// What users of a planned failover go through.
fn pause_says(plan: &Plan, chain: &RtoChain) -> String {
    let wait = chain.users_wait(plan);
    format!(
        "Users wait {} in half of the planned failovers and {} in 95 %: never less than the pause of {}.",
        format::duration(wait.mode),
        format::duration(wait.high),
        format::duration(plan.recovery.client_pause)
    )
}

fn step_view(step: &RtoStep, from: String, dominant: bool, saved: Option<&Saving>) -> Html {
    let time = |time| html! { <td class="num">{ format::duration(time) }</td> };
    let saved = saved.map(|saved| {
        let gained = saved.gained.map_or_else(|| "–".to_owned(), |share| format!("+{}", format::percent(share)));
        html! { <><td class="num">{ format!("−{}", format::duration(saved.p95)) }</td><td class="num">{ gained }</td></> }
    });
    html! {
        <tr class={classes!(dominant.then_some("strong"))}>
            <td>{ step.name }if dominant { <span class="quiet">{ " takes the most" }</span> }</td>
            { time(step.time.low) }{ time(step.time.mode) }{ time(step.time.high) }
            { saved.unwrap_or_default() }
            <td class="quiet">{ from }</td>
        </tr>
    }
}

/// What lands on the database while the rebuilt cache is cold.
pub(super) fn surge_panel(session: &Session) -> Html {
    let plan = &session.plan;
    let surge = surge(plan, &session.evaluation.demand);
    let chain = session.evaluation.rebuild.rto.first();
    let band = |[p50, p95]: [Secs; 2]| format!("P50 {} · P95 {}", format::duration(p50), format::duration(p95));
    let first = chain.map_or_else(dash, |chain| band([chain.p50, chain.p95]));
    let at_once = |more: Option<Secs>| match (chain, more) {
        (Some(chain), Some(more)) => band(chain.without(plan, "load").map(|time| time + more)),
        (Some(_), None) => "never".to_owned(),
        (None, _) => dash(),
    };
    let stands = format!(
        "{}, {}",
        format::ops(surge.stands),
        surge.stands_bytes.map_or_else(|| "no limit in bytes entered".to_owned(), format::rate)
    );
    let rows = [
        ("Reads at the peak with a warm cache", format::ops(surge.usual)),
        (
            "Reads at the peak with an empty cache",
            format!("{}, {}", format::ops(surge.peak), format::rate(surge.peak_bytes)),
        ),
        ("Stood before users notice", stands),
        ("Unanswered at the worst moment", format::percent(surge.unanswered)),
        ("Overloaded for", format::duration_or(surge.overload, "ever")),
        ("Hit rate back after", format::duration_or(surge.hit_rate_back, "never")),
        ("RTO, clients kept out until the reload is through", first),
        ("RTO, clients let in at once, until nothing is overloaded", at_once(surge.overload)),
        ("RTO, clients let in at once, until the hit rate is back", at_once(surge.hit_rate_back)),
    ];
    let table = html! { <table><tbody>{ for rows.into_iter().map(|(name, text)| html! {
        <tr><th scope="row">{ name }</th><td class="num wraps">{ text }</td></tr>
    }) }</tbody></table> };
    let note = html! { <p class="remark">{ "Let in at once, clients meet an empty cache at the peak of the day, and the reload goes on beside them; every key is taken as read equally often. The RTO of the rebuild above keeps them out until the reload is through." }</p> };
    panel(
        "Rebuild: the surge on the database",
        &says(&surge),
        Html::default(),
        html! { <>{ scroll("Surge on the database", table) }{ note }</> },
    )
}

fn dash() -> String {
    "–".to_owned()
}

fn says(surge: &Surge) -> String {
    match surge.overload {
        None => format!(
            "The database stands {} and gets {} at the peak even with a warm cache: it never recovers by itself.",
            format::ops(surge.stands),
            format::ops(surge.usual)
        ),
        Some(time) if time > Secs::ZERO => format!(
            "At the peak an empty cache lets {} land on a database that stands {}: it is overloaded for {}, and the hit rate is back after {}.",
            format::ops(surge.peak),
            format::ops(surge.stands),
            format::duration(time),
            format::duration_or(surge.hit_rate_back, "an unknown time")
        ),
        Some(_) => format!("The database stands all {} of an empty cache at the peak.", format::ops(surge.peak)),
    }
}
