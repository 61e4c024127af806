//! Three cards that line up row by row; on a phone one table of the same figures.

use crate::document::of;
use crate::later::{Asked, Late, Panel};
use crate::state::{Act, Action, Tab, use_act, use_session};
use dr_core::model::Topology;
use dr_core::report::document::{Run, Style};
use dr_core::report::views::overview::{Card, Measure, cards};
use yew::prelude::*;

#[component]
pub(super) fn Cards() -> Html {
    let session = use_session();
    let act = use_act();
    let asked = use_state(|| None::<Asked>);
    let views = use_memo((session.evaluation.clone(),), |_| cards(session.subject()));
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

fn card(view: &Card, ask: &Callback<Asked>, act: &Act) -> Html {
    let show_rules = act.reform(|_: MouseEvent| Action::Show(Tab::Rules));
    let [block, warn, info] = &view.counts;
    html! {
        <article class={classes!("card", of(view.topology), view.chosen.then_some("pick"))} data-card={view.topology.slug()}>
            <header>
                <h2>{ view.topology.name() }</h2>
                { badge(&view.badge) }
            </header>
            <p class="design">{ &view.design }</p>
            <dl>{ for view.measures.iter().map(|row| measure(view.topology, row, ask)) }</dl>
            <button type="button" class="counts" onclick={show_rules}>
                if !block.is_empty() { <span class="dot bad">{ block }</span> }
                if !warn.is_empty() { <span class="dot warn">{ warn }</span> }
                if !info.is_empty() { <span class="quiet">{ info }</span> }
            </button>
        </article>
    }
}

fn badge(run: &Run) -> Html {
    let class = match run.style {
        Style::Good => Some("ok"),
        Style::Bad => Some("bad"),
        _ => None,
    };
    html! { <span class={classes!("tag", class)}>{ &run.text }</span> }
}

fn measure(topology: Topology, row: &Measure, ask: &Callback<Asked>) -> Html {
    html! {
        <div class="m" data-measure={row.name}>
            <dt>{ row.name }</dt>
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
fn value(topology: Topology, row: &Measure, ask: &Callback<Asked>) -> Html {
    let objective = row.objective;
    let onclick = ask.reform(move |_: MouseEvent| Asked { topology, objective });
    html! { <button type="button" class="figure" aria-label={row.asks.clone()} {onclick}>{ &row.value }</button> }
}

fn target(row: &Measure) -> Html {
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
fn matrix(views: &[Card], ask: &Callback<Asked>) -> Html {
    let heads = views.iter().map(|view| {
        html! { <th scope="col" class={classes!(of(view.topology), view.chosen.then_some("pick"))}>{ view.short }{ badge(&view.badge) }</th> }
    });
    let row = |(index, first): (usize, &Measure)| {
        let cells = views.iter().filter_map(|view| view.measures.get(index).map(|row| cell(view, row, ask)));
        html! { <tr><th scope="row">{ first.name }<small>{ &first.target }</small></th>{ for cells }</tr> }
    };
    html! {
        <table class="matrix">
            <thead><tr><td></td>{ for heads }</tr></thead>
            <tbody>{ for views.first().into_iter().flat_map(|view| view.measures.iter().enumerate()).map(row) }</tbody>
        </table>
    }
}

fn cell(view: &Card, row: &Measure, ask: &Callback<Asked>) -> Html {
    html! { <td class={classes!(view.chosen.then_some("pick"))}>{ value(view.topology, row, ask) }{ " " }{ mark(row.met, "") }</td> }
}
