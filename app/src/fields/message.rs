//! What stands below a field: its own error, else what the rules say about it.

use crate::state::Session;
use dr_core::catalog::Severity;
use yew::prelude::*;

/// One line below a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) class: &'static str,
}

/// The error of the draft, or the gravest finding whose field this is.
pub(super) fn line_below(path: &str, error: Option<&String>, session: &Session) -> Option<Line> {
    if let Some(text) = error {
        return Some(Line { text: text.clone(), class: "msg" });
    }
    let finding = session
        .evaluation
        .findings
        .iter()
        .filter(|finding| finding.field == path)
        .min_by_key(|finding| finding.severity)?;
    let class = match finding.severity {
        Severity::Block => "msg",
        Severity::Warn => "msg warn",
        Severity::Info => return None,
    };
    Some(Line { text: finding.sentence.clone(), class })
}

/// Draws the line; its id is what `aria-describedby` of the input names.
pub(super) fn draw(line: Option<&Line>, id: &str) -> Html {
    line.map_or_else(Html::default, |line| html! { <p id={format!("{id}-says")} class={line.class}>{ &line.text }</p> })
}
