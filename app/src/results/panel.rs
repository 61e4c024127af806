//! A panel: heading, what it says, content. A table that scrolls inside itself.

use dr_core::model::Topology;
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

/// A row of buttons, one for each design that can be looked at; nothing where there is no choice.
pub(super) fn designs(among: &[Topology], shown: Topology, choose: &Callback<Topology>) -> Html {
    if among.len() < 2 {
        return Html::default();
    }
    let button = |of: &Topology| {
        let (of, choose) = (*of, choose.clone());
        html! { <button type="button" aria-pressed={(of == shown).to_string()} onclick={Callback::from(move |_: MouseEvent| choose.emit(of))}>{ of.name() }</button> }
    };
    html! { <span class="seg" role="group" aria-label="Topology">{ for among.iter().map(button) }</span> }
}
