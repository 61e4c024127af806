//! A button with a list of actions.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// One entry of a menu.
#[derive(Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) label: String,
    /// A second, quiet line.
    pub(super) note: String,
    pub(super) choose: Callback<()>,
}

impl Entry {
    pub(super) fn new(label: &str, note: &str, choose: Callback<()>) -> Self {
        Self { label: label.to_owned(), note: note.to_owned(), choose }
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct MenuProps {
    pub(super) name: &'static str,
    pub(super) entries: Vec<Entry>,
    /// Only where there is room.
    #[prop_or_default]
    pub(super) wide: bool,
    /// Only on a phone.
    #[prop_or_default]
    pub(super) narrow: bool,
}

/// Opens on click, Enter or arrow down; arrows move, Escape closes, leaving closes.
#[component]
pub(super) fn Menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let node = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let (onkeydown, onfocusout) = (keys(&open, &node), leaving(&open, &node));
    let entries = props.entries.iter().map(|entry| {
        let (open, choose) = (open.clone(), entry.choose.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            choose.emit(());
        });
        html! {
            <li role="none"><button type="button" role="menuitem" tabindex="-1" {onclick}>{ &entry.label }if !entry.note.is_empty() { <small>{ &entry.note }</small> }</button></li>
        }
    });
    html! {
        <div ref={node} class={classes!("menu", props.wide.then_some("wide"), props.narrow.then_some("narrow"))} {onkeydown} {onfocusout}>
            <button type="button" class="btn" aria-haspopup="menu" aria-expanded={open.to_string()} onclick={toggle}>{ props.name }{ " ▾" }</button>
            if *open { <ul role="menu" aria-label={props.name}>{ for entries }</ul> }
        </div>
    }
}

fn keys(open: &UseStateHandle<bool>, node: &NodeRef) -> Callback<KeyboardEvent> {
    let (open, node) = (open.clone(), node.clone());
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        match key.as_str() {
            "Escape" if *open => {
                open.set(false);
                focus(&node, None);
            }
            "ArrowDown" | "ArrowUp" | "Home" | "End" => {
                event.prevent_default();
                open.set(true);
                let (node, down) = (node.clone(), key);
                // The list is drawn by then.
                Timeout::new(0, move || step(&node, &down)).forget();
            }
            _ => {}
        }
    })
}

/// Closes the list when the focus goes elsewhere.
fn leaving(open: &UseStateHandle<bool>, node: &NodeRef) -> Callback<FocusEvent> {
    let (open, node) = (open.clone(), node.clone());
    Callback::from(move |event: FocusEvent| {
        let next = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = node.cast::<web_sys::Node>().is_some_and(|menu| menu.contains(next.as_ref()));
        if !inside {
            open.set(false);
        }
    })
}

fn items(menu: &NodeRef) -> Vec<HtmlElement> {
    let list = menu.cast::<web_sys::Element>().and_then(|menu| menu.query_selector_all("[role=menuitem]").ok());
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

fn step(menu: &NodeRef, key: &str) {
    let items = items(menu);
    let active = gloo::utils::document().active_element();
    let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    focus(menu, next_item(at, items.len(), key));
}

/// The entry that a key leads to.
fn next_item(at: Option<usize>, count: usize, key: &str) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (key, at) {
        ("ArrowDown", Some(at)) => (at + 1) % count,
        ("ArrowUp", Some(at)) => (at + last) % count,
        ("ArrowUp", None) | ("End", _) => last,
        _ => 0,
    })
}

/// Focuses an entry, or the menu's own button.
fn focus(menu: &NodeRef, entry: Option<usize>) {
    let element = match entry {
        Some(at) => items(menu).into_iter().nth(at),
        None => menu
            .cast::<web_sys::Element>()
            .and_then(|menu| menu.query_selector("button").ok().flatten())
            .and_then(|button| button.dyn_into().ok()),
    };
    if let Some(element) = element {
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::next_item;

    #[test]
    fn arrows_go_round() {
        let cases = [
            (None, 3, "ArrowDown", Some(0)),
            (Some(2), 3, "ArrowDown", Some(0)),
            (Some(0), 3, "ArrowUp", Some(2)),
            (None, 3, "ArrowUp", Some(2)),
            (Some(1), 3, "End", Some(2)),
            (None, 0, "ArrowDown", None),
        ];
        for (at, count, key, next) in cases {
            assert_eq!(next_item(at, count, key), next, "{key} from {at:?}");
        }
    }
}
