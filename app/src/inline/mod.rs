//! A line of text of the core as the page shows it: emphasis, the way to a field, a term's meaning, a figure's explanation.

mod ask;
mod go_to_field;
mod term;

pub(crate) use go_to_field::GoToField;
pub(crate) use term::meaning;

use ask::Ask;
use dr_core::model::Topology;
use dr_core::report::document::{Run, Style, Text};
use term::Defined;
use yew::prelude::*;

/// A line of text.
pub(crate) fn text(text: &Text) -> Html {
    text.0.iter().map(run).collect()
}

/// A part of a line: its words in its style.
pub(crate) fn run(run: &Run) -> Html {
    let words = &run.text;
    match &run.style {
        Style::Plain => html! { { words } },
        Style::Strong => html! { <strong>{ words }</strong> },
        Style::Quiet => html! { <span class="quiet">{ words }</span> },
        Style::Code => html! { <code>{ words }</code> },
        Style::Good => html! { <span class="yes">{ sign_or(words) }</span> },
        Style::Bad => html! { <span class="no">{ sign_or(words) }</span> },
        Style::Warn => html! { <span class="warns">{ words }</span> },
        Style::Price(word) => html! { <span class={classes!("word", word.as_str())}>{ words }</span> },
        Style::Of(topology) => html! { <span class={of(*topology)}>{ words }</span> },
        Style::Field(path) => html! { <GoToField path={path.clone()} words={words.clone()} /> },
        Style::Term(term) => html! { <Defined {term} words={words.clone()} /> },
        Style::Explained(topology, objective) => {
            html! { <Ask topology={*topology} objective={*objective} words={words.clone()} /> }
        }
    }
}

/// A sign that stands alone is seen, and heard as its word.
fn sign_or(words: &str) -> Html {
    let heard = match words {
        "✓" => "met",
        "✕" => "missed",
        _ => return html! { { words.to_owned() } },
    };
    html! { <><span aria-hidden="true">{ words.to_owned() }</span><span class="visually-hidden">{ heard }</span></> }
}

/// The class that gives a topology its colour.
pub(crate) const fn of(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "t-rebuild",
        Topology::Passive => "t-passive",
        Topology::Active => "t-active",
    }
}
