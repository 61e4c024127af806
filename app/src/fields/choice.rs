//! One of several.

use super::{input_id, message};
use crate::state::use_session;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// One entry of a [`ChoiceField`].
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is set.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// From value and label.
    #[must_use]
    pub fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned() }
    }
}

/// Properties of [`ChoiceField`].
#[derive(Properties, PartialEq)]
pub struct ChoiceFieldProps {
    /// Path of the field in the plan file.
    pub path: &'static str,
    /// The label.
    pub label: &'static str,
    /// The entries.
    pub choices: Vec<Choice>,
    /// Value of the chosen entry.
    pub chosen: String,
    /// A remark below the field.
    #[prop_or_default]
    pub from: AttrValue,
    /// Gets the value of the entry that a person chose.
    pub onchoose: Callback<String>,
}

/// A labelled list of choices.
#[component]
pub fn ChoiceField(props: &ChoiceFieldProps) -> Html {
    let session = use_session();
    let id = input_id(props.path);
    let line = message::line_below(props.path, None, &session);
    let onchange = props.onchoose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let options = props.choices.iter().map(|choice| {
        html! { <option value={choice.value.clone()} selected={choice.value == props.chosen}>{ &choice.label }</option> }
    });
    html! {
        <div class="field">
            <label for={id.clone()}>{ props.label }</label>
            <select id={id.clone()} class="picker" data-field={props.path} {onchange}
                aria-describedby={line.is_some().then(|| format!("{id}-says"))}>{ for options }</select>
            if !props.from.is_empty() { <p class="from">{ &props.from }</p> }
            { message::draw(line.as_ref(), &id) }
        </div>
    }
}
