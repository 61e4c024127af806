//! A region is lost: what happens, how the survivors' memory grows, and until when a person must act. A file a view.

mod act_by;
mod calibration;
mod decide;
mod events;
mod knobs;
mod pair;
mod player;
#[cfg(test)]
mod tests;
mod ways;
mod what_if;

use crate::document::section;
use crate::state::{Session, View};
use dr_core::model::outage_simulation::what_if;
use dr_core::report::views;
use player::Player;
use std::rc::Rc;
use yew::prelude::*;

/// A view of the tab. All but the calibration show what the sliders try; the calibration belongs to the plan.
pub(super) fn view(view: View, session: &Session) -> Html {
    if view == View::Calibration {
        return html! { <calibration::Calibration /> };
    }
    let varied = Rc::new(session.varied());
    let story = || what_if(&varied.plan, &varied.catalog, &varied.evaluation);
    let tried = match view {
        View::OutageSimulation => match story().map(Rc::new) {
            Some(story) => html! { <Player {story} own={Rc::clone(&session.plan)} /> },
            None => no_group("outage-happens"),
        },
        View::Ways => ways::ways(&varied, story().as_ref()),
        View::Decide => html! { <decide::Decide /> },
        View::Pair => pair::pair(&varied),
        View::Events => events::scenarios(&varied),
        _ => act_by::act_by(&varied, story().as_ref()),
    };
    html! {
        <>
            <what_if::WhatIfBar />
            <ContextProvider<Rc<Session>> context={Rc::clone(&varied)}>{ tried }</ContextProvider<Rc<Session>>>
        </>
    }
}

/// What stands in place of the group's section of this name.
fn no_group(id: &'static str) -> Html {
    section(&views::outage::no_group(id))
}
