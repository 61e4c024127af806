//! Writes, link and backlog over the day, and the series that they follow.

use crate::bar::pick_files;
use crate::charts::Figure;
use crate::state::{Act, Action, Session};
use dr_core::report::chart::backlog_chart;
use std::rc::Rc;
use yew::prelude::*;

#[inline(never)] // a function of its own can come after the first paint
pub(super) fn backlog(session: &Session, act: &Act) -> Html {
    let Some(chart) = backlog_chart(&session.plan, &session.evaluation) else { return Html::default() };
    html! { <Figure chart={Rc::new(chart)}>{ series(session, act) }</Figure> }
}

/// Where the writes come from, and how to put a measured series in their place.
fn series(session: &Session, act: &Act) -> Html {
    let open = pick_files(act).reform(|_: MouseEvent| ());
    let drop = act.reform(|_: MouseEvent| Action::edit("workload.profile", |plan| plan.workload.profile = None));
    let profile = session.plan.workload.profile.as_ref();
    html! {
        <>
            <p class="quiet">
                if let Some(profile) = profile {
                    { format!("The writes follow the series “{}”.", profile.name) }
                } else {
                    { "The writes follow the plan's bursts. A measured series says more: a CSV of time and writes/s (or MB/s), or the JSON of az monitor metrics list, opened here or dropped on the page." }
                }
            </p>
            <p class="group">
                <button type="button" class="btn" onclick={open}>{ if profile.is_some() { "Open another series…" } else { "Open a series of writes…" } }</button>
                if profile.is_some() {
                    <button type="button" class="btn" onclick={drop}>{ "Back to the plan's bursts" }</button>
                }
            </p>
        </>
    }
}
