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
pub(crate) use explanation::Asked;
pub(crate) use verdict::spans;

use crate::later::{self, Part, use_part};
use crate::state::{Session, Tab, use_act, use_session};
use yew::prelude::*;

/// The results of the session's plan.
#[component]
pub fn Results() -> Html {
    let (session, act) = (use_session(), use_act());
    if session.book.shown {
        return html! { <>{ portfolio::switch(&session, &act) }<Late panel={Panel::Portfolio} /></> };
    }
    html! {
        <>
            if session.book.portfolio.is_some() { { portfolio::switch(&session, &act) } }
            { verdict::verdict(&session) }
            <cards::Cards />
            <tabs::Tabs />
            <div id="tab-panel" role="tabpanel" aria-labelledby={tabs::tab_id(session.tab)} tabindex="0">{ panel_of(session.tab, &session) }</div>
        </>
    }
}

fn panel_of(tab: Tab, session: &Session) -> Html {
    match tab {
        Tab::Compare => compare::compare(session),
        later => html! { <Late panel={Panel::Tab(later)} /> },
    }
}

/// A panel that a first result does not need.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Panel {
    /// One of the tabs, other than the first.
    Tab(Tab),
    /// The inputs behind “Advanced”.
    Inputs,
    /// The open portfolio.
    Portfolio,
    /// Where a figure comes from, and what closes it.
    Explanation(explanation::Asked, Callback<()>),
}

/// Draws a panel; reached through [`crate::later`] alone, so that it is cut off.
pub(crate) fn draw(panel: &Panel, session: &Session) -> Html {
    match panel {
        Panel::Tab(Tab::Compare) => Html::default(),
        Panel::Tab(Tab::Cost) => html! { <cost::Cost /> },
        Panel::Tab(Tab::Recovery) => recovery::recovery(session),
        Panel::Tab(Tab::Outage) => outage::outage(session),
        Panel::Tab(Tab::Rules) => html! { <rules::Rules /> },
        Panel::Tab(Tab::Runbook) => html! { <runbook::RunbookPanel /> },
        Panel::Inputs => html! { <crate::inputs::Advanced /> },
        Panel::Portfolio => html! { <portfolio::PortfolioView /> },
        Panel::Explanation(question, close) => {
            html! { <explanation::ExplanationDialog question={*question} close={close.clone()} /> }
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct LateProps {
    pub(crate) panel: Panel,
}

/// A panel of the second part: until that is there, a line says so, or why it did not come.
#[component]
pub(crate) fn Late(props: &LateProps) -> Html {
    let session = use_session();
    let part = use_part();
    match part.state {
        Part::Here(second) => (second.draw)(&props.panel, &session),
        Part::Comes => html! {
            <>
                <p class="quiet on-screen" role="status">{ "Loading…" }</p>
                <p class="on-paper">{ later::NOT_PRINTED }</p>
            </>
        },
        Part::Failed => html! {
            <div class="late" role="alert">
                <p>{ later::DID_NOT_COME }</p>
                <button type="button" class="btn on-screen" onclick={part.again.reform(|_: MouseEvent| ())}>{ "Try again" }</button>
            </div>
        },
    }
}
