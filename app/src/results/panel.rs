//! A panel: heading, what it says, content. And a table that scrolls inside itself.

use yew::prelude::*;

/// A panel; `links` stand at the right of the heading.
pub(super) fn panel(title: &str, says: &str, links: Html, content: Html) -> Html {
    html! {
        <section class="panel">
            <header><h2>{ title }</h2><span class="links">{ links }</span></header>
            if !says.is_empty() { <p class="say">{ says }</p> }
            { content }
        </section>
    }
}

/// A wide table scrolls in its own region, so that the page never does; `name` is for a reader of screens.
pub(super) fn scroll(name: &str, content: Html) -> Html {
    html! { <div class="scroll" role="region" aria-label={name.to_owned()} tabindex="0">{ content }</div> }
}
