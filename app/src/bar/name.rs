//! The plan's name.

use crate::fields::use_typed;
use crate::state::{Action, use_act, use_session};
use dr_core::plan::{MAX_NAME, with_not_applied};
use yew::prelude::*;

#[component]
pub(super) fn PlanName() -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_typed();
    let kept = session.plan.name.clone();
    let onchange = typed.onchange(move |text| act.emit(named(text.trim(), &kept)));
    let (value, oninput) = (typed.shown(session.plan.name.clone()), typed.oninput());
    html! { <input class="plan-name" aria-label="Plan name" data-field="name" autocomplete="off" {value} {oninput} {onchange} /> }
}

fn named(name: &str, kept: &str) -> Action {
    let length = name.chars().count();
    if (1..=MAX_NAME).contains(&length) {
        let name = name.to_owned();
        Action::edit("name", move |plan| plan.name = name)
    } else {
        let said = format!("Plan name: it has {length} characters; enter 1 to {MAX_NAME}.");
        Action::Refuse(with_not_applied(&said, &format!("“{kept}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::state::Action;
    use dr_core::plan::MAX_NAME;

    #[test]
    fn a_name_has_a_letter_and_an_end() {
        let long = "ü".repeat(MAX_NAME);
        let cases = [("", false), ("a", true), (long.as_str(), true), (&format!("{long}ü"), false)];
        for (name, kept) in cases {
            assert_eq!(matches!(named(name, "Shop"), Action::Edit { .. }), kept, "{name}");
        }
    }
}
