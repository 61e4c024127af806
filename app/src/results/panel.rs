//! A panel: heading, what it says, content. And a table that scrolls inside itself.

use yew::prelude::*;

/// Properties of [`Panel`].
#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    pub(super) title: AttrValue,
    /// The sentence that the panel starts with.
    #[prop_or_default]
    pub(super) says: AttrValue,
    /// Links at the right of the heading.
    #[prop_or_default]
    pub(super) links: Html,
    pub(super) children: Children,
}

#[component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    html! {
        <section class="panel">
            <header><h2>{ &props.title }</h2><span class="links">{ props.links.clone() }</span></header>
            if !props.says.is_empty() { <p class="say">{ &props.says }</p> }
            { props.children.clone() }
        </section>
    }
}

/// Properties of [`Scroll`].
#[derive(Properties, PartialEq)]
pub(super) struct ScrollProps {
    /// What is scrolled, for a reader of screens.
    pub(super) name: AttrValue,
    pub(super) children: Children,
}

/// A wide table scrolls in its own region, so that the page never does.
#[component]
pub(super) fn Scroll(props: &ScrollProps) -> Html {
    html! { <div class="scroll" role="region" aria-label={props.name.clone()} tabindex="0">{ props.children.clone() }</div> }
}
