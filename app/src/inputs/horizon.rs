//! When the plan starts, how far it looks, and what moving on takes.

use super::section::folded;
use crate::fields::{input_id, numbers};
use crate::state::{Act, Action, Session};
use dr_core::report::format;
use dr_core::units::Date;
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(super) fn horizon(session: &Session, act: &Act) -> Html {
    let horizon = &session.plan.horizon;
    let note = format!("{} from {}", format::counted(horizon.months as usize, "month"), horizon.start);
    let id = input_id("horizon.start");
    let onchange = act.reform(|event: Event| starting(&event.target_unchecked_into::<HtmlInputElement>().value()));
    let inputs = html! {
        <>
            <div class="field">
                <label for={id.clone()}>{ "First day" }</label>
                <div class="q"><input {id} data-field="horizon.start" type="date" required=true value={horizon.start.to_string()} {onchange} /></div>
            </div>
            { numbers(&["horizon.months", "horizon.parallel_months", "horizon.migration_hours"]) }
            <p class="from">{ "Side by side and hours are assumptions: they count where a pair outlives Premium and becomes a group." }</p>
        </>
    };
    folded("Horizon", &note, inputs)
}

fn starting(text: &str) -> Action {
    match text.parse::<Date>() {
        Ok(start) => Action::edit("horizon.start", move |plan| plan.horizon.start = start),
        Err(error) => Action::Refuse(format!("First day: {error}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::plan::Plan;

    #[test]
    fn a_day_is_taken_over_or_refused() {
        let mut plan = Plan::default();
        let Action::Edit { change, .. } = starting("2027-02-01") else { panic!("a day") };
        change(&mut plan);
        assert_eq!(plan.horizon.start.to_string(), "2027-02-01");
        for text in ["", "2027-02-30", "tomorrow"] {
            let Action::Refuse(said) = starting(text) else { panic!("{text}") };
            assert!(said.starts_with("First day: "), "{said}");
        }
    }
}
