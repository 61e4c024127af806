//! Three cards that line up row by row; on a phone one table of the same figures.

use super::explanation::Asked;
use super::view::card::{CardView, RowView, cards};
use super::view::words;
use super::{Late, Panel};
use crate::state::{Act, Action, Tab, use_act, use_session};
use dr_core::model::Topology;
use dr_core::model::verdict::Objective;
use yew::prelude::*;

#[component]
pub(super) fn Cards() -> Html {
    let session = use_session();
    let act = use_act();
    let asked = use_state(|| None::<Asked>);
    let views = use_memo((session.evaluation.clone(),), |_| cards(&session.catalog, &session.evaluation));
    let ask = {
        let asked = asked.clone();
        Callback::from(move |question: Asked| asked.set(Some(question)))
    };
    let close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    html! {
        <>
            <div class="cards">{ for views.iter().map(|view| card(view, &ask, &act)) }</div>
            { matrix(&views, &ask) }
            if let Some(question) = *asked { <Late panel={Panel::Explanation(question, close)} /> }
        </>
    }
}

fn card(view: &CardView, ask: &Callback<Asked>, act: &Act) -> Html {
    let show_rules = act.reform(|_: MouseEvent| Action::Show(Tab::Rules));
    let [block, warn, info] = view.counts;
    html! {
        <article class={classes!("card", words::class(view.topology), view.chosen.then_some("pick"))} data-card={words::slug(view.topology)}>
            <header>
                <h2>{ view.topology.name() }</h2>
                <span class={classes!("tag", view.tag_class)}>{ &view.tag }</span>
            </header>
            <p class="design">{ &view.design }</p>
            <dl>{ for view.rows.iter().map(|row| measure(view.topology, row, ask)) }</dl>
            <button type="button" class="counts" onclick={show_rules}>
                <span class="dot bad">{ format!("{block} block") }</span>
                <span class="dot warn">{ format!("{warn} warn") }</span>
                <span class="quiet">{ format!("{info} info") }</span>
            </button>
        </article>
    }
}

fn measure(topology: Topology, row: &RowView, ask: &Callback<Asked>) -> Html {
    let name = words::objective(row.objective);
    html! {
        <div class="m" data-measure={name}>
            <dt>{ name }</dt>
            <dd class="v">{ value(topology, row, ask) }<small>{ &row.note }</small></dd>
            <dd class="t">{ target(row) }</dd>
            <dd class="bullet" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">
                    <rect class="rail" x="0" y="3" width="100" height="4" />
                    <rect class="fill" x="0" y="3" width={format!("{:.2}", row.bar)} height="4" />
                    if row.open { <line class="open" x1={format!("{:.2}", row.bar)} x2="100" y1="5" y2="5" /> }
                    if let Some(mark) = row.mark { <rect class="goal" x={format!("{:.2}", (mark - 0.3).max(0.0))} y="0" width="0.7" height="10" /> }
                </svg>
            </dd>
        </div>
    }
}

/// The figure as a button that opens its explanation.
fn value(topology: Topology, row: &RowView, ask: &Callback<Asked>) -> Html {
    let objective = row.objective;
    let onclick = ask.reform(move |_: MouseEvent| Asked { topology, objective });
    let name = format!(
        "{} of the {}: {}. How is it made?",
        words::objective(objective),
        topology.name().to_ascii_lowercase(),
        row.value
    );
    html! { <button type="button" class="figure" aria-label={name} {onclick}>{ &row.value }</button> }
}

fn target(row: &RowView) -> Html {
    let after = if row.met.is_some() { ": " } else { "" };
    html! { <>{ mark(row.met, after) }{ " " }<span class="aim">{ &row.target }</span></> }
}

/// Met or missed, as a sign and in words.
pub(super) fn mark(met: Option<bool>, after: &'static str) -> Html {
    let (class, sign, words) = match met {
        Some(true) => ("yes", "✓", "met"),
        Some(false) => ("no", "✕", "missed"),
        None => ("quiet", "", ""),
    };
    html! { <><span {class} aria-hidden="true">{ sign }</span><span class="visually-hidden">{ words }{ after }</span></> }
}

/// Five rows by three topologies: what the cards say, where there is no room for cards.
fn matrix(views: &[CardView], ask: &Callback<Asked>) -> Html {
    let heads = views.iter().map(|view| {
        let name = match view.topology {
            Topology::Rebuild => "Rebuild",
            Topology::Passive => "Passive",
            Topology::Active => "Active",
        };
        html! { <th scope="col" class={classes!(words::class(view.topology), view.chosen.then_some("pick"))}>{ name }<span class={classes!("tag", view.tag_class)}>{ &view.tag }</span></th> }
    });
    let row = |index: usize, objective: Objective| {
        let cells = views.iter().filter_map(|view| view.rows.get(index).map(|row| cell(view, row, ask)));
        let aim = views.first().and_then(|view| view.rows.get(index)).map(|row| row.target.clone()).unwrap_or_default();
        html! { <tr><th scope="row">{ words::objective(objective) }<small>{ aim }</small></th>{ for cells }</tr> }
    };
    html! {
        <table class="matrix">
            <thead><tr><td></td>{ for heads }</tr></thead>
            <tbody>{ for Objective::ALL.into_iter().enumerate().map(|(index, objective)| row(index, objective)) }</tbody>
        </table>
    }
}

fn cell(view: &CardView, row: &RowView, ask: &Callback<Asked>) -> Html {
    html! { <td class={classes!(view.chosen.then_some("pick"))}>{ value(view.topology, row, ask) }{ " " }{ mark(row.met, "") }</td> }
}
