//! A titled group of inputs; it folds where there are many.

use yew::prelude::*;

/// A group that is always open; `note` is a derived figure beside the title.
pub(super) fn section(title: &'static str, note: &str, inputs: Html) -> Html {
    html! { <section class="sect"><header>{ head(title, note) }</header>{ inputs }</section> }
}

/// A group that folds, and is closed at first.
pub(super) fn folded(title: &'static str, note: &str, inputs: Html) -> Html {
    html! { <details class="sect"><summary>{ head(title, note) }</summary>{ inputs }</details> }
}

fn head(title: &'static str, note: &str) -> Html {
    html! { <><h3>{ title }</h3><span class="note">{ note }</span></> }
}
