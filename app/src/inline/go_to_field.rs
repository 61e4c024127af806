//! The way from a finding to the input that fixes it.

use crate::state::{Action, Mode, use_act};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct GoToFieldProps {
    pub(crate) path: String,
    pub(crate) words: AttrValue,
}

/// Leads to the input that fixes a finding; it may be one that only advanced mode shows.
#[component]
pub(crate) fn GoToField(props: &GoToFieldProps) -> Html {
    let act = use_act();
    let path = props.path.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !focus_field(&path) {
            act.emit(Action::Switch(Mode::Advanced));
            let path = path.clone();
            let after_drawing = move || {
                focus_field(&path);
            };
            Timeout::new(80, after_drawing).forget();
        }
    });
    html! { <button type="button" class="link" {onclick}>{ &props.words }</button> }
}

/// Focuses the input of a path, or of the longest part of it that has one; opens what it is folded into.
fn focus_field(path: &str) -> bool {
    let document = gloo::utils::document();
    let mut part = path;
    loop {
        let found = document.query_selector(&format!("#inputs [data-field=\"{part}\"]")).ok().flatten();
        if let Some(input) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            open_folds(&input);
            let _ = input.focus();
            input.scroll_into_view();
            return true;
        }
        match part.rsplit_once('.') {
            Some((shorter, _)) if shorter.contains('.') || part == path => part = shorter,
            _ => return false,
        }
    }
}

fn open_folds(input: &HtmlElement) {
    let mut above = input.parent_element();
    while let Some(element) = above {
        // What is looked for among the inputs may be another.
        let _ = element.remove_attribute("hidden");
        if let Some(fold) = element.dyn_ref::<HtmlDetailsElement>() {
            fold.set_open(true);
        }
        above = element.parent_element();
    }
}
