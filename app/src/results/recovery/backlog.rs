//! Writes, link and backlog over the day, and the series that they follow.

use crate::document::{blocks, section_around};
use crate::opening::pick_files;
use crate::results::panel::designs;
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::model::Topology;
use dr_core::report::chart::Backlogs;
use dr_core::report::views::recovery::backlog_section;
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
    let section = shown.and_then(|shown| Some((shown, backlog_section(session.subject(), shown)?)));
    let Some((shown, section)) = section else { return Html::default() };
    let content = html! { <>{ blocks(&section.blocks) }{ series(session, act) }</> };
    section_around(&section, designs(&among, shown, choose), content)
}

/// Puts a measured series in the place of the bursts, and takes it away.
fn series(session: &Session, act: &Act) -> Html {
    let open = pick_files(act).reform(|_: MouseEvent| ());
    let drop = act.reform(|_: MouseEvent| Action::edit("workload.profile", |plan| plan.workload.profile = None));
    let measured = session.plan.workload.profile.is_some();
    html! {
        <p class="group">
            <button type="button" class="btn" onclick={open}>{ if measured { "Open another series…" } else { "Open a series of writes…" } }</button>
            if measured {
                <button type="button" class="btn" onclick={drop}>{ "Back to the plan's bursts" }</button>
            }
        </p>
    }
}
