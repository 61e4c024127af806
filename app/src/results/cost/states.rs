//! What each state costs over the steady month.

use super::super::panel::{note_row, panel, scroll};
use super::super::view::{bill, words};
use super::beside::beside_the_bill;
use crate::state::{Session, use_session};
use dr_core::model::Topology;
use dr_core::model::cost::states::{State, StateCost, States, states};
use dr_core::model::cost::{Total, unpriced};
use yew::prelude::*;

/// The bill's lines by state, and beside them what Azure does not bill.
#[component]
pub(super) fn StatesView() -> Html {
    let session = use_session();
    html! { <>{ by_state(&session) }{ beside_the_bill(&session) }</> }
}

fn by_state(session: &Session) -> Html {
    let all = Topology::ALL.map(|topology| {
        let (evaluation, answer) = (&session.evaluation, session.evaluation.of(topology));
        (topology, states(&session.plan, &session.catalog, &evaluation.demand, answer))
    });
    let name = "Cost by state";
    let table = html! {
        <table class="bill">
            <thead><tr><th scope="col">{ "State and line" }</th><th scope="col" class="wide-only">{ "Quantity × unit price" }</th><th scope="col">{ "Price is" }</th><th scope="col" class="num">{ "Over steady" }</th></tr></thead>
            { for all.iter().map(|(topology, states)| group(*topology, states, session)) }
        </table>
    };
    panel(name, &says(&all, session), Html::default(), scroll(name, table))
}

fn says(all: &[(Topology, States)], session: &Session) -> String {
    let outage = all.iter().filter_map(|(topology, states)| {
        let change = states.changes.iter().find(|change| change.state == State::Outage)?;
        Some(format!("{} for the {}", change.words(session.catalog.currency()), topology.name().to_ascii_lowercase()))
    });
    let outage = outage.collect::<Vec<_>>().join(", ");
    format!(
        "An hour with the first region lost, against a steady one: {outage}. Everything at the bill’s prices; what has no price is not in the sums."
    )
}

fn group(topology: Topology, states: &States, session: &Session) -> Html {
    let cents = |total: &Total| total.cents(session.catalog.currency());
    html! {
        <tbody>
            <tr class="head"><th scope="rowgroup" colspan="4" class={words::class(topology)}>{ topology.name() }</th></tr>
            <tr>
                <th scope="row">{ "Steady month" }</th>
                <td class="wide-only quiet">{ format!("{} an hour", cents(&states.hour)) }</td>
                <td></td><td class="num">{ cents(&states.month) }</td>
            </tr>
            { for states.changes.iter().map(|change| state(change, topology, session)) }
        </tbody>
    }
}

fn state(change: &StateCost, topology: Topology, session: &Session) -> Html {
    let (bill, unknown) = (&session.evaluation.of(topology).bill, unpriced(&change.lines));
    let lines = change.lines.iter().map(|line| {
        let view = bill::line(line, bill, &session.catalog);
        html! {
            <tr>
                <td>{ view.label }<div class="quiet">{ &line.formula }</div></td>
                <td class="wide-only quiet">{ view.sum }</td>
                <td><span class={classes!("word", view.word)}>{ view.word }</span></td>
                <td class="num">{ view.amount }</td>
            </tr>
        }
    });
    html! {
        <>
            <tr class="total">
                <th scope="row">{ change.state.name() }</th>
                <td class="wide-only quiet">{ change.per.as_str() }</td>
                <td>if unknown > 0 { <span class="word unknown">{ format!("{unknown} unpriced") }</span> }</td>
                <td class="num">{ change.words(session.catalog.currency()) }</td>
            </tr>
            { for [Some(change.note.as_str()), change.rounding()].into_iter().flatten().filter(|says| !says.is_empty()).map(note_row) }
            { for lines }
        </>
    }
}
