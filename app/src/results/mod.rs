//! Everything that the plan answers: the verdict, three cards, six tabs.

mod cards;
mod compare;
mod cost;
mod explanation;
mod in_pieces;
mod moves;
mod outage;
mod own_price;
mod panel;
mod portfolio;
mod recovery;
mod rules;
mod runbook;
mod tabs;
#[cfg(test)]
mod tests;
mod verdict;
mod view;

pub(crate) use cost::save_focus;
pub(crate) use verdict::spans;

use crate::state::{Session, Tab, use_act, use_session};
use gloo::events::EventListener;
use yew::prelude::*;

/// The results of the session's plan.
#[component]
pub fn Results() -> Html {
    let (session, act) = (use_session(), use_act());
    let printing = use_printing();
    if session.book.shown {
        return html! { <>{ portfolio::switch(&session, &act) }<portfolio::PortfolioView /></> };
    }
    html! {
        <>
            if session.book.portfolio.is_some() { { portfolio::switch(&session, &act) } }
            { verdict::verdict(&session) }
            <cards::Cards />
            <tabs::Tabs />
            if printing {
                { for Tab::ALL.map(|tab| html! { <section class="printed"><h2 class="printed-title">{ tab.name() }</h2>{ panel_of(tab, &session) }</section> }) }
            } else {
                <div id="tab-panel" role="tabpanel" aria-labelledby={tabs::tab_id(session.tab)} tabindex="0">{ panel_of(session.tab, &session) }</div>
            }
        </>
    }
}

fn panel_of(tab: Tab, session: &Session) -> Html {
    match tab {
        Tab::Compare => compare::compare(session),
        Tab::Cost => html! { <cost::Cost /> },
        Tab::Recovery => recovery::recovery(session),
        Tab::Outage => outage::outage(session),
        Tab::Rules => html! { <rules::Rules /> },
        Tab::Runbook => html! { <runbook::RunbookPanel /> },
    }
}

/// True while the page is being printed: every panel is drawn then.
#[hook]
fn use_printing() -> bool {
    let printing = use_state(|| false);
    {
        let printing = printing.clone();
        use_effect_with((), move |()| {
            let window = gloo::utils::window();
            let after = printing.clone();
            let listeners = [
                EventListener::new(&window, "beforeprint", move |_| printing.set(true)),
                EventListener::new(&window, "afterprint", move |_| after.set(false)),
            ];
            move || drop(listeners)
        });
    }
    *printing
}
