//! The tabs.

use crate::state::{Action, Tab, use_act, use_session};
use dr_core::model::Topology;
use dr_core::report::views::rules::counts;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Id of a tab's button.
pub(super) fn tab_id(tab: Tab) -> String {
    format!("tab-{}", tab.name())
}

#[component]
pub(super) fn Tabs() -> Html {
    let session = use_session();
    let act = use_act();
    let blocks: usize = Topology::ALL.iter().map(|topology| counts(&session.evaluation, *topology)[0]).sum();
    let onkeydown = {
        let (act, current) = (act.clone(), session.view().tab());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(tab) = moved(current, &event.key()) {
                event.prevent_default();
                act.emit(Action::Show(tab));
                focus(&tab_id(tab));
            }
        })
    };
    let button = |tab: Tab| {
        let chosen = session.view().tab() == tab;
        let onclick = act.reform(move |_: MouseEvent| Action::Show(tab));
        html! {
            <button type="button" role="tab" id={tab_id(tab)} data-tab={tab.name()} aria-selected={chosen.to_string()}
                aria-controls="tab-panel" tabindex={if chosen { "0" } else { "-1" }} {onclick}>
                { tab.name() }
                if tab == Tab::Rules && blocks > 0 { <sup>{ blocks }<span class="visually-hidden">{ " blocking" }</span></sup> }
            </button>
        }
    };
    html! {
        <div class="edge"><div class="tabs" role="tablist" aria-label="Answers" {onkeydown}>{ for Tab::ALL.map(button) }</div></div>
    }
}

/// The tab that a key leads to.
fn moved(current: Tab, key: &str) -> Option<Tab> {
    let at = Tab::ALL.iter().position(|tab| *tab == current)?;
    let count = Tab::ALL.len();
    let next = match key {
        "ArrowRight" => (at + 1) % count,
        "ArrowLeft" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return None,
    };
    Some(Tab::ALL[next])
}

fn focus(id: &str) {
    let element =
        gloo::utils::document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_round() {
        let cases = [
            (Tab::Overview, "ArrowLeft", Some(Tab::Migrate)),
            (Tab::Migrate, "ArrowRight", Some(Tab::Overview)),
            (Tab::Cost, "End", Some(Tab::Migrate)),
            (Tab::Cost, "Home", Some(Tab::Overview)),
            (Tab::Cost, "x", None),
        ];
        for (from, key, to) in cases {
            assert_eq!(moved(from, key), to, "{key}");
        }
    }
}
