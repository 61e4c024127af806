//! Everything that the plan answers: the verdict and the tabs, which stay in view, and below them one view at a time.

mod cards;
mod code;
mod compare;
mod cost;
mod estate;
mod explanation;
mod fold;
mod head;
mod in_pieces;
mod migrate;
mod night;
mod on_request;
mod outage;
mod overview;
mod own_price;
mod panel;
mod portfolio;
mod recovery;
mod rules;
mod runbook;
mod sensitivity;
mod tabs;
#[cfg(test)]
mod tests;
mod verdict;
mod views;

pub(crate) use cost::save_focus;

use crate::charts::Figure;
use crate::document::sections;
use crate::inline::meaning;
use crate::later::{Late, Panel};
use crate::state::{Session, Tab, View, use_act, use_session};
use std::rc::Rc;
use yew::prelude::*;

/// The results of the session's plan.
#[component]
pub fn Results() -> Html {
    let (session, act) = (use_session(), use_act());
    let view = session.view();
    use_effect_with((view, session.workspace.shown), |_| views::keep_in_sight());
    if session.workspace.shown {
        let panel = if session.workspace.on_estate { Panel::Estate } else { Panel::Portfolio };
        return html! { <>{ portfolio::switch(&session, &act) }<Late key={session.workspace.on_estate.to_string()} {panel} /></> };
    }
    html! {
        <>
            if session.workspace.portfolio.is_some() { { portfolio::switch(&session, &act) } }
            <head::Head />
            <div id="tab-panel" role="tabpanel" aria-labelledby={tabs::tab_id(view.tab())} tabindex="0">
                { views::views(view, &act) }
                <div class="view" key={view.key()} data-view={view.path()}>{ view_of(view, &session) }</div>
            </div>
        </>
    }
}

/// Every view of every tab, with nothing folded.
#[cfg(test)]
pub(crate) fn everything(session: &Session) -> Html {
    let views = |tab: Tab| tab.views().map(|view| html! { <div class="view">{ view_of(view, session) }</div> });
    let tab = |tab: Tab| {
        html! { <section><h2>{ tab.name() }</h2>{ for views(tab) }</section> }
    };
    fold::unfolded(html! { <>{ for Tab::ALL.map(tab) }</> })
}

/// What a first result needs is in the first part of the program.
fn view_of(view: View, session: &Session) -> Html {
    match view {
        View::Overview => overview::overview(session),
        later => html! { <Late panel={Panel::View(later)} /> },
    }
}

/// Draws a panel; reached through [`crate::later`] alone, so that it is cut off.
pub(crate) fn draw(panel: &Panel, session: &Session) -> Html {
    match panel {
        Panel::View(view) => draw_view(*view, session),
        Panel::Inputs => html! { <crate::inputs::Advanced /> },
        Panel::Portfolio => html! { <portfolio::PortfolioView /> },
        Panel::Estate => html! { <estate::EstateView /> },
        Panel::Explanation(question, close) => {
            html! { <explanation::ExplanationDialog question={*question} close={close.clone()} /> }
        }
        Panel::Beyond => html! { <cost::Beyond /> },
        Panel::Term(term) => meaning(term),
        Panel::Figure(chart) => html! { <Figure chart={Rc::clone(chart)} inside=true /> },
    }
}

fn draw_view(view: View, session: &Session) -> Html {
    match view.tab() {
        Tab::Overview => Html::default(),
        Tab::Cost => cost::view(view),
        Tab::Recovery => recovery::view(view, session),
        Tab::Outage => outage::view(view, session),
        Tab::Rules if view == View::Glossary => sections(&[dr_core::report::glossary::section()]),
        Tab::Rules => html! { <rules::Rules {view} /> },
        Tab::Runbook if view == View::Night => html! { <night::NightPanel /> },
        Tab::Migrate => migrate::view(view, session),
        Tab::Runbook if view == View::Code => html! { <code::CodePanel /> },
        Tab::Runbook => html! { <runbook::RunbookPanel part={runbook::part_of(view)} /> },
    }
}
