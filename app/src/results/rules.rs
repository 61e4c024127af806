//! Findings by severity, and every rule with its status.

use crate::document::{section, section_with};
use crate::state::{View, use_session};
use dr_core::model::Topology;
use dr_core::report::views::rules::{all_rules, findings, open_findings};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RulesProps {
    pub(super) view: View,
}

/// Findings or open work, of one topology or of all; or every rule.
#[component]
pub(super) fn Rules(props: &RulesProps) -> Html {
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
    match props.view {
        View::AllRules => section(&all_rules(subject)),
        View::OpenWork => section_with(&open_findings(subject, *only), links, Html::default()),
        _ => section_with(&findings(subject, *only), links, Html::default()),
    }
}
