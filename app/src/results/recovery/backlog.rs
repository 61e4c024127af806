//! Writes, link and backlog over the day, and the series that they follow.

use crate::bar::pick_files;
use crate::charts::Figure;
use crate::results::panel::designs;
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::model::Topology;
use dr_core::report::chart::Backlogs;
use std::rc::Rc;
use yew::prelude::*;

/// The backlog of pair or group, at first of the one that has more of it.
#[component]
pub(super) fn Backlog() -> Html {
    let (session, act) = (use_session(), use_act());
    let chosen = use_state(|| None::<Topology>);
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |topology| chosen.set(Some(topology)))
    };
    backlog(&session, &act, *chosen, &choose)
}

/// Nothing where nothing is replicated; a design that has gone gives way to the other.
fn backlog(session: &Session, act: &Act, chosen: Option<Topology>, choose: &Callback<Topology>) -> Html {
    let backlogs = Backlogs::of(&session.plan, &session.evaluation);
    let among: Vec<Topology> = backlogs.topologies().collect();
    let shown = chosen.filter(|chosen| among.contains(chosen)).or_else(|| backlogs.largest());
    let chart = shown.and_then(|shown| Some((shown, backlogs.chart(&session.plan, shown)?)));
    let Some((shown, chart)) = chart else { return Html::default() };
    html! { <Figure chart={Rc::new(chart)}>{ designs(&among, shown, choose) }{ series(session, act) }</Figure> }
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
