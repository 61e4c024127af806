//! The plan in view goes into the portfolio, with tags.

use crate::state::{Act, Action, Session, WorkspaceAct};
use dr_core::model::Topology;
use dr_core::portfolio::{Portfolio, parse_tags, tag_text};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

const TAGS: &str = "portfolio-tags";
const TOPOLOGY: &str = "portfolio-topology";

pub(super) fn form(session: &Session, act: &Act, portfolio: &Portfolio) -> Html {
    let own = session.workspace.entry.and_then(|at| portfolio.entries.get(at));
    let choice = |value: &'static str, label: &'static str, topology: Option<Topology>| {
        let selected = own.is_some_and(|entry| entry.topology == topology);
        html! { <option {value} {selected}>{ label }</option> }
    };
    let button = |label: String, make: fn(dr_core::portfolio::Tags, Option<Topology>) -> WorkspaceAct| {
        let act = act.clone();
        let onclick = Callback::from(move |_: MouseEvent| act.emit(asked(&typed_tags(), &chosen_topology(), make)));
        html! { <button type="button" class="btn" {onclick}>{ label }</button> }
    };
    let name = &session.plan.name;
    html! {
        <div class="knobs">
            <div class="field"><label for={TAGS}>{ "Tags of the plan" }</label>
                <input id={TAGS} class="picker" type="text" autocomplete="off" value={own.map(|entry| tag_text(&entry.tags))} placeholder="environment=production, team=payments" /></div>
            <div class="field"><label for={TOPOLOGY}>{ "Topology that counts" }</label>
                <select id={TOPOLOGY} class="picker">
                    { choice("recommended", "The recommended one", None) }
                    { for Topology::ALL.map(|topology| choice(topology.slug(), topology.name(), Some(topology))) }
                </select></div>
            <div class="links">
                { button(format!("Add “{name}”"), WorkspaceAct::Add) }
                if let Some(entry) = own { { button(format!("Put back in place of “{}”", entry.plan.name), WorkspaceAct::Replace) } }
            </div>
        </div>
    }
}

fn typed_tags() -> String {
    let input = document().get_element_by_id(TAGS).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    input.map_or_else(String::new, |input| input.value())
}

fn chosen_topology() -> String {
    let select = document().get_element_by_id(TOPOLOGY).and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
    select.map_or_else(String::new, |select| select.value())
}

/// What a button asks for, or the sentence that says what is wrong with the tags.
pub(super) fn asked(
    tags: &str,
    topology: &str,
    make: fn(dr_core::portfolio::Tags, Option<Topology>) -> WorkspaceAct,
) -> Action {
    match parse_tags(tags) {
        Ok(tags) => Action::Workspace(make(tags, Topology::from_slug(topology))),
        Err(why) => Action::Refuse(why),
    }
}
