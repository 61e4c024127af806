//! Side by side; what the case printed; latency by region.

use super::panel::{panel, scroll};
use super::view::{compare, words};
use crate::state::Session;
use dr_core::model::Topology;
use dr_core::model::latency::RegionLatency;
use dr_core::report::outcomes::{OutcomeRow, outcomes};
use dr_core::units::format;
use yew::prelude::*;

pub(super) fn compare(session: &Session) -> Html {
    let none = Html::default;
    html! {
        <>
            { panel("Side by side", "", none(), scroll("The three topologies side by side", table(session))) }
            if !session.plan.story.printed.is_empty() { { story(session) } }
            { panel("Latency of a write request", &latency_says(session), none(), scroll("Latency by region", latency(session))) }
        </>
    }
}

/// Column headings in the topologies' colours.
pub(super) fn heads() -> Html {
    Topology::ALL
        .into_iter()
        .map(|topology| html! { <th scope="col" class={words::class(topology)}>{ topology.name() }</th> })
        .collect()
}

fn table(session: &Session) -> Html {
    let rows = compare::rows(&session.catalog, &session.evaluation);
    html! {
        <table class="compare">
            <thead><tr><td></td>{ heads() }</tr></thead>
            <tbody>{ for rows.iter().map(|row| html! { <tr><th scope="row">{ row.name }</th>{ for row.cells.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> }) }</tbody>
        </table>
    }
}

/// The printed outcomes that a model answers, beside its figures.
fn published(session: &Session) -> Html {
    let rows = outcomes(&session.plan, &session.catalog, &session.evaluation);
    if rows.is_empty() {
        return Html::default();
    }
    let row = |row: &OutcomeRow| {
        let (mark, class) = match row.inside {
            Some(true) => ("✓ ", "yes"),
            Some(false) => ("✕ ", "no"),
            None => ("", ""),
        };
        html! { <tr><td>{ row.what }</td><td class="num">{ &row.printed }</td><td class="num">{ &row.model }</td><td><span class={class}>{ mark }{ &row.says }</span></td><td class="quiet">{ &row.source }</td></tr> }
    };
    let table = html! { <table>
        <thead><tr><th scope="col">{ "Outcome" }</th><th scope="col" class="num">{ "Printed" }</th><th scope="col" class="num">{ "Model" }</th><th scope="col">{ "The printed figure is" }</th><th scope="col">{ "Source" }</th></tr></thead>
        <tbody>{ for rows.iter().map(row) }</tbody>
    </table> };
    html! { <>
        { scroll("Printed outcomes beside the model", table) }
        <p class="remark">{ "The inputs are this plan’s, never fitted to the outcome. P05–P95: of a way back over its steps, of the worst lag over the copy rate, of requests over the spread assumed under Requests; their median stands on published median round trips." }</p>
    </> }
}

/// A preset: what a source printed, and what is ours.
fn story(session: &Session) -> Html {
    let story = &session.plan.story;
    let fact = |fact: &dr_core::plan::Printed| {
        html! { <tr><td>{ &fact.what }</td><td>{ &fact.outcome }</td><td class="quiet">{ &fact.source }</td></tr> }
    };
    let content = html! { <>
        { published(session) }
        <div class="two">
            { scroll("Printed figures", html! { <table>
                <thead><tr><th scope="col">{ "Printed" }</th><th scope="col">{ "Figure" }</th><th scope="col">{ "Source" }</th></tr></thead>
                <tbody>{ for story.printed.iter().map(fact) }</tbody>
            </table> }) }
            <div>
                <h3>{ "Assumed here, not printed" }</h3>
                <ul class="mind">{ for story.assumed.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </div>
        </div>
    </> };
    panel("The published case", &story.summary, Html::default(), content)
}

fn latency_says(session: &Session) -> String {
    let worst = |topology: Topology| {
        session.evaluation.of(topology).latency.worst_write.as_ref().map(|(_, time)| format::duration(*time))
    };
    match (worst(Topology::Passive), worst(Topology::Active)) {
        (Some(passive), Some(active)) => {
            format!(
                "The worst-served region waits {passive} (P95) with a passive pair and {active} with an active group."
            )
        }
        (Some(passive), None) => format!("The worst-served region waits {passive} (P95) with a passive pair."),
        _ => "A round trip is not published: enter your own under Regions.".to_owned(),
    }
}

fn latency(session: &Session) -> Html {
    let answers = [&session.evaluation.passive, &session.evaluation.active];
    let time = |row: Option<&RegionLatency>| {
        row.map_or_else(|| "–".to_owned(), |row| format::duration_or(row.write, "unknown"))
    };
    let rows = session.plan.regions.iter().enumerate().map(|(index, share)| {
        let cells = answers
            .iter()
            .flat_map(|answer| [answer.latency.normal.get(index), answer.latency.primary_down.get(index)]);
        html! {
            <tr>
                <th scope="row">{ session.plan.place_name(index, &session.catalog).into_owned() }</th>
                <td class="num">{ format::percent(share.users) }</td>
                { for cells.map(|row| html! { <td class="num">{ time(row) }</td> }) }
            </tr>
        }
    });
    let down = session
        .plan
        .primary()
        .map_or_else(String::new, |share| format!("{} down", session.catalog.region_name(&share.region)));
    let table = html! {
        <table>
            <thead>
                <tr><td colspan="2"></td><th scope="colgroup" colspan="2" class="num t-passive">{ "Passive pair" }</th><th scope="colgroup" colspan="2" class="num t-active">{ "Active group" }</th></tr>
                <tr><th scope="col">{ "Users in" }</th><th scope="col" class="num">{ "Share" }</th>
                    <th scope="col" class="num">{ "normal" }</th><th scope="col" class="num">{ &down }</th>
                    <th scope="col" class="num">{ "normal" }</th><th scope="col" class="num">{ &down }</th></tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    };
    scroll("Write latency by region", table)
}
