//! A titled group of inputs; it folds where there are many.

use yew::prelude::*;

/// Properties of [`Section`].
#[derive(Properties, PartialEq)]
pub(super) struct SectionProps {
    pub(super) title: &'static str,
    /// A derived figure beside the title.
    #[prop_or_default]
    pub(super) note: AttrValue,
    /// Folds, and is closed at first.
    #[prop_or_default]
    pub(super) folded: bool,
    pub(super) children: Children,
}

#[component]
pub(super) fn Section(props: &SectionProps) -> Html {
    let head = html! { <><h3>{ props.title }</h3><span class="note">{ &props.note }</span></> };
    if props.folded {
        html! { <details class="sect"><summary>{ head }</summary>{ props.children.clone() }</details> }
    } else {
        html! { <section class="sect"><header>{ head }</header>{ props.children.clone() }</section> }
    }
}
