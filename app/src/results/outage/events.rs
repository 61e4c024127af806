//! Flush, scaling and patching.

use crate::results::panel::panel;
use crate::state::Session;
use dr_core::report::scenario_says::{ScenarioText, scenario_texts};
use yew::prelude::*;

/// Flush, scaling and patching: what a plan meets without any outage.
pub(super) fn scenarios(session: &Session) -> Html {
    let text =
        |it: &ScenarioText| panel(it.title, &it.says, Html::default(), html! { <p class="remark">{ it.remark }</p> });
    let texts = scenario_texts(&session.plan, &session.catalog, &session.evaluation);
    if texts.is_empty() {
        let says = "This plan has neither a group to flush or scale nor a pair whose link a patch drops.";
        return panel("Flush, scaling, patching", says, Html::default(), Html::default());
    }
    html! { <div class="row even">{ for texts.iter().map(text) }</div> }
}
