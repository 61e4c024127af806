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

use super::panel::parts;
use crate::document::section;
use crate::state::Session;
use dr_core::model::outage::what_if;
use dr_core::report::views;
use player::Player;
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn outage(session: &Session) -> Html {
    // Everything here shows what the sliders try, but for the calibration, which belongs to the plan.
    let varied = Rc::new(session.varied());
    let story = what_if(&varied.plan, &varied.catalog, &varied.evaluation).map(Rc::new);
    let tried = |view: Html| html! { <ContextProvider<Rc<Session>> context={Rc::clone(&varied)}>{ view }</ContextProvider<Rc<Session>>> };
    let group = match &story {
        Some(story) => html! { <>
            <Player story={Rc::clone(story)} own={Rc::clone(&session.plan)} />
            { ways::ways(&varied, Some(story)) }
            { act_by::act_by(&varied, Some(story)) }
        </> },
        None => no_group("outage-happens"),
    };
    html! {
        <>
            <what_if::WhatIfBar />
            { parts(
                "Outage",
                &[
                    ("Active group", tried(group)),
                    ("How long to decide", tried(html! { <decide::Decide /> })),
                    ("Passive pair", tried(pair::pair(&varied))),
                    ("Flush, scaling, patching", tried(events::scenarios(&varied))),
                    ("Calibration", html! { <calibration::Calibration /> }),
                ],
            ) }
        </>
    }
}

/// What stands in place of the group's section of this name.
fn no_group(id: &'static str) -> Html {
    section(&views::outage::no_group(id))
}
