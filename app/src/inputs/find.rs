//! “Find an input”: of all inputs, basic and advanced, those stay whose label, or whose group's title, holds the words.
//!
//! The fields are hidden where they stand: what is being typed in one, and what is folded, is there again when the box is empty.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDetailsElement, HtmlElement};
use yew::prelude::*;

/// What has a label and can be hidden alone.
const ITEMS: &str = ".field, .switch, .three, .region, .derived-list";
/// A group; a fold that was opened to show what is in it is marked, so that it closes again.
const GROUPS: &str = ".sect";
const OPENED: &str = "data-found";

/// True where every word stands in the text, in any order.
pub(super) fn matches(words: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// Hides what does not match below the column; gives how many inputs are left.
pub(super) fn show(words: &str, column: &Element) -> usize {
    let all = words.trim().is_empty();
    let mut left = 0;
    for item in within(column, ITEMS) {
        let text = label_of(&item) + " " + &titles_of(&item);
        let hit = all || matches(words, &text);
        item.set_hidden(!hit);
        left += usize::from(hit);
    }
    for group in within(column, GROUPS) {
        let empty = within(&group, ITEMS).iter().all(HtmlElement::hidden);
        group.set_hidden(empty && !all);
        fold(&group, all);
    }
    left
}

/// Opens a fold while something is looked for, and closes it again.
fn fold(group: &HtmlElement, all: bool) {
    let Some(fold) = group.dyn_ref::<HtmlDetailsElement>() else { return };
    if all && fold.has_attribute(OPENED) {
        let _ = fold.remove_attribute(OPENED);
        fold.set_open(false);
    } else if !all && !fold.open() && fold.set_attribute(OPENED, "").is_ok() {
        fold.set_open(true);
    }
}

fn within(element: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// What names an item: its label or legend, else what is read aloud of its boxes.
fn label_of(item: &HtmlElement) -> String {
    let spoken =
        within(item, "[aria-label]").iter().filter_map(|it| it.get_attribute("aria-label")).collect::<Vec<_>>();
    let written =
        within(item, "label, legend, dt, .label").iter().filter_map(|it| it.text_content()).collect::<Vec<_>>();
    // A switch may be the label itself.
    let own = item.matches("label").unwrap_or_default().then(|| item.text_content().unwrap_or_default());
    [spoken, written, own.into_iter().collect()].concat().join(" ")
}

/// Titles of the groups around an item.
fn titles_of(item: &HtmlElement) -> String {
    let mut titles = Vec::new();
    let mut above = item.parent_element();
    while let Some(group) = above.and_then(|above| above.closest(GROUPS).ok().flatten()) {
        titles.extend(group.query_selector("h3").ok().flatten().and_then(|title| title.text_content()));
        above = group.parent_element();
    }
    titles.join(" ")
}

/// The first input that is left.
pub(super) fn focus_first(column: &Element) {
    let first = within(column, "[data-field]").into_iter().find(|input| {
        let hidden = input.closest("[hidden]").unwrap_or_default().is_some();
        !hidden && input.closest(ITEMS).unwrap_or(None).is_some()
    });
    if let Some(input) = first {
        let _ = input.focus();
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct FindProps {
    pub(super) words: String,
    /// How many are left, while something is looked for.
    pub(super) left: Option<usize>,
    pub(super) onfind: Callback<String>,
    /// Goes to the first input that the words in the box leave.
    pub(super) onenter: Callback<String>,
}

/// The box. Escape empties it; Enter and the arrow down lead to the first input that is left.
#[component]
pub(super) fn Find(props: &FindProps) -> Html {
    let oninput =
        props.onfind.reform(|event: InputEvent| event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
    let onkeydown = {
        let (empty, clear, enter) = (props.words.is_empty(), props.onfind.clone(), props.onenter.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if !empty => {
                // On a phone Escape closes the inputs, once there is nothing to clear.
                event.stop_propagation();
                event.prevent_default();
                clear.emit(String::new());
            }
            "Enter" | "ArrowDown" => {
                event.prevent_default();
                enter.emit(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
            }
            _ => {}
        })
    };
    let says = props.left.map(|left| match left {
        0 => format!("No input is called “{}”.", props.words.trim()),
        _ => dr_core::units::format::counted(left, "input"),
    });
    html! {
        <div class="find" role="search">
            <input id="find-input" type="search" placeholder="Find an input" aria-label="Find an input" autocomplete="off"
                value={props.words.clone()} {oninput} {onkeydown} />
            <p class="from" role="status">{ says }</p>
        </div>
    }
}

/// Shows again what matches whenever something is drawn anew below the column; what is returned stops it.
pub(super) fn watch(column: &Element, changed: impl Fn() + 'static) -> Box<dyn FnOnce()> {
    let closure = wasm_bindgen::closure::Closure::<dyn Fn()>::new(changed);
    let observer = web_sys::MutationObserver::new(closure.as_ref().unchecked_ref::<js_sys::Function>());
    if let Ok(observer) = &observer {
        let init = web_sys::MutationObserverInit::new();
        init.set_child_list(true);
        init.set_subtree(true);
        let _: Result<(), JsValue> = observer.observe_with_options(column, &init);
    }
    Box::new(move || {
        observer.iter().for_each(web_sys::MutationObserver::disconnect);
        drop(closure);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_counts_in_any_order_and_case() {
        let cases = [
            ("write", "Writes", true),
            ("size value", "Value size", true),
            ("  RPO ", "RPO Targets", true),
            ("", "anything", true),
            ("size key", "Value size", false),
        ];
        for (words, text, hit) in cases {
            assert_eq!(matches(words, text), hit, "{words} in {text}");
        }
    }
}
