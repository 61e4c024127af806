//! Findings by severity, and every rule with its status.

use crate::document::{section, section_with};
use crate::state::use_session;
use dr_core::model::Topology;
use dr_core::report::views::rules::{all_rules, findings};
use yew::prelude::*;

#[component]
pub(super) fn Rules() -> Html {
    let session = use_session();
    let only = use_state(|| None::<Topology>);
    let button = |topology: Option<Topology>, name: &'static str| {
        let only = only.clone();
        let pressed = *only == topology;
        html! { <button type="button" aria-pressed={pressed.to_string()} onclick={Callback::from(move |_: MouseEvent| only.set(topology))}>{ name }</button> }
    };
    let links = html! {
        <span class="seg" role="group" aria-label="Topology">
            { button(None, "All") }{ button(Some(Topology::Rebuild), "Rebuild") }{ button(Some(Topology::Passive), "Passive") }{ button(Some(Topology::Active), "Active") }
        </span>
    };
    let subject = session.subject();
    html! { <>{ section_with(&findings(subject, *only), links, Html::default()) }{ section(&all_rules(subject)) }</> }
}
