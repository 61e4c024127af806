//! The steps of each way back, with the worth of a minute.

use crate::results::panel::{panel, scroll};
use crate::results::view::words;
use crate::state::Session;
use dr_core::explore::recovery_time::{FOR_SAVINGS, RecoveryStudy, Saving};
use dr_core::model::Topology;
use dr_core::model::rto::{RtoChain, RtoPath, RtoStep};
use dr_core::plan::Plan;
use dr_core::report::explain::step_origin;
use dr_core::units::format;
use yew::prelude::*;

/// The sentence, then each way back as a fold.
pub(super) fn steps(session: &Session) -> Html {
    let study = RecoveryStudy::new(&session.plan, &session.evaluation);
    let target = session.plan.objectives.rto;
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
    let content = html! { <><div class="chains">{ for chains }</div><p class="remark">{ note }</p></> };
    panel("Ways back, step by step", &steps_say(session), Html::default(), content)
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
