//! What the sliders try, said above all that shows it, with the way into the plan and the way back.

use crate::state::{Action, use_act, use_session};
use dr_core::model::outage_simulation::derived;
use yew::prelude::*;

/// Nothing while nothing is tried. Inside the page's own session, not the tried one.
#[component]
pub(super) fn WhatIfBar() -> Html {
    let (session, act) = (use_session(), use_act());
    let said = session.variation.sentence(&session.plan, derived);
    let apply = act.reform(|_: MouseEvent| Action::ApplyVariation);
    let back = act.reform(|_: MouseEvent| Action::DropVariation);
    html! {
        <div class="what-if" role="status">
            if let Some(said) = said {
                <p>{ said }</p>
                <button type="button" class="btn" onclick={apply}>{ "Apply to the plan" }</button>
                <button type="button" class="btn" onclick={back}>{ "Back to the plan" }</button>
            }
        </div>
    }
}
