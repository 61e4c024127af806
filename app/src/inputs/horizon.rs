//! When the plan starts, how far it looks, and what moving on takes.

use super::section::folded;
use crate::fields::{input_id, numbers, use_typed};
use crate::state::{Action, Session, use_act, use_session};
use dr_core::plan::read_first_day;
use dr_core::units::format;
use yew::prelude::*;

pub(super) fn horizon(session: &Session) -> Html {
    let horizon = &session.plan.horizon;
    let note = format!("{} from {}", format::counted(horizon.months as usize, "month"), horizon.start);
    let inputs = html! {
        <>
            <FirstDay />
            { numbers(&["horizon.months", "horizon.parallel_months", "horizon.migration_hours"]) }
            <p class="from">{ "Side by side and hours are assumptions: they count where a pair outlives Premium and becomes a group." }</p>
        </>
    };
    folded("Horizon", &note, inputs)
}

/// The first day of the horizon.
#[component]
fn FirstDay() -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_typed();
    let (id, start) = (input_id("horizon.start"), session.plan.horizon.start);
    let onchange = typed.oncommit(move |text| {
        let start = read_first_day(&text, start)?;
        act.emit(Action::edit("horizon.start", move |plan| plan.horizon.start = start));
        Ok(())
    });
    let bad = typed.is_refused();
    html! {
        <div class="field">
            <label for={id.clone()}>{ "First day" }</label>
            <div class={classes!("q", bad.then_some("bad"))}><input id={id.clone()} data-field="horizon.start" type="date" required=true
                aria-invalid={bad.then_some("true")} aria-describedby={typed.described_by(&id)}
                value={typed.shown(start.to_string())} {onchange} /></div>
            { typed.says(&id) }
        </div>
    }
}
