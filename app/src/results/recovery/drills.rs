//! What drills measured, the log of another, and the kit of the next.

use crate::document::section_with;
use crate::results::fold::folded;
use crate::state::{Action, use_act, use_session};
use dr_core::import::drill_log::read_drill_logs;
use dr_core::report::drill_kit::{LOG_EXAMPLE, LOG_LABEL};
use dr_core::report::views::recovery::{drill_kits, drill_record};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The record with a box for a log, then a kit for each topology.
#[component]
pub(super) fn Drills() -> Html {
    let session = use_session();
    let subject = session.subject();
    html! {
        <>
            { section_with(&drill_record(subject), Html::default(), html! { <Log /> }) }
            { for drill_kits(subject).iter().map(folded) }
        </>
    }
}

/// A log is taken whole or not at all.
#[component]
fn Log() -> Html {
    let (act, typed, wrong, session) = (use_act(), use_node_ref(), use_state(|| None::<String>), use_session());
    let onclick = {
        let (typed, wrong, session) = (typed.clone(), wrong.clone(), Rc::clone(&session));
        Callback::from(move |_: MouseEvent| {
            let Some(area) = typed.cast::<HtmlTextAreaElement>() else { return };
            match read_drill_logs(&[(String::new(), area.value())], &session.plan) {
                Ok(log) => {
                    wrong.set(log.remark);
                    area.set_value("");
                    act.emit(Action::edit("recovery.evidence", move |plan| plan.add_drill(&log.times)));
                }
                Err(why) => wrong.set(Some(why)),
            }
        })
    };
    html! {
        <div class="drill-log">
            <label for="drill-log">{ LOG_LABEL }</label>
            <textarea id="drill-log" rows="4" ref={typed} placeholder={LOG_EXAMPLE} spellcheck="false" aria-invalid={wrong.is_some().then_some("true")} aria-describedby="drill-log-says"/>
            <p id="drill-log-says" class="msg error" role="status">{ wrong.as_deref().unwrap_or_default() }</p>
            <button type="button" class="btn" {onclick}>{ "Put into the plan" }</button>
        </div>
    }
}
