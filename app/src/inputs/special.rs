//! Inputs that no kind of field draws.

use super::regions::{RoundTrip, rows};
use crate::fields::{drills, input_id, use_typed};
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::catalog::SkuId;
use dr_core::plan::{DRAIN, LOAD, read_first_day};
use yew::prelude::*;

/// The input of a path; nothing for one that stands elsewhere on the page.
pub(super) fn draw(path: &str, session: &Session, act: &Act) -> Html {
    match path {
        "data.parts" => super::parts::rows(session, act),
        "regions" => rows(session, act),
        "latency.round_trips" => html! { <RoundTrip /> },
        "horizon.start" => html! { <FirstDay /> },
        // Each step has its own; these two are no ranges.
        "recovery.evidence" => html! { <>{ drills(LOAD) }{ drills(DRAIN) }</> },
        _ => Html::default(),
    }
}

/// An empty choice is none.
pub(super) fn sku_of(value: &str) -> Option<SkuId> {
    (!value.is_empty()).then(|| SkuId::new(value))
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
