//! A line of text of the plan, or of one of its regions.

use super::typed::{onfocus, onmousedown};
use super::{Asked, input_id, use_checked_text};
use crate::state::{Action, use_act, use_session};
use dr_core::plan::Plan;
use yew::prelude::*;

/// Properties of [`TextInput`].
#[derive(Properties)]
pub struct TextInputProps {
    /// Path of the field in the plan file.
    pub path: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Reads it.
    pub get: fn(&Plan) -> &str,
    /// Sets it.
    pub set: fn(&mut Plan, String),
    /// What an empty field means.
    pub empty: &'static str,
}

impl PartialEq for TextInputProps {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

/// A labelled line of text of the plan.
#[component]
pub fn TextInput(props: &TextInputProps) -> Html {
    let session = use_session();
    let value = (props.get)(&session.plan).to_owned();
    let (path, set) = (props.path, props.set);
    let put = Callback::from(move |text: String| Action::edit(path, move |plan| set(plan, text)));
    html! {
        <Line id={input_id(props.path)} field={Some(props.path)} path={props.path} label={props.label} {value} {put} empty={props.empty} />
    }
}

/// Properties of [`PlaceInput`].
#[derive(Properties)]
pub struct PlaceInputProps {
    /// Path of the list in the plan file.
    pub path: &'static str,
    /// Its name in an entry.
    pub name: &'static str,
    /// The region's place in the plan.
    pub place: usize,
    /// What a person calls it.
    pub label: &'static str,
    /// Reads it.
    pub get: fn(&Plan, usize) -> &str,
    /// Sets it.
    pub set: fn(&mut Plan, usize, String),
}

impl PartialEq for PlaceInputProps {
    fn eq(&self, other: &Self) -> bool {
        (self.path, self.name, self.place) == (other.path, other.name, other.place)
    }
}

/// A labelled line of text of one region.
#[component]
pub fn PlaceInput(props: &PlaceInputProps) -> Html {
    let session = use_session();
    let (path, set, place) = (props.path, props.set, props.place);
    let value = (props.get)(&session.plan, place).to_owned();
    let put = Callback::from(move |text: String| Action::edit(path, move |plan| set(plan, place, text)));
    let id = input_id(&format!("{}.{}.{}", props.path, place, props.name));
    html! { <Line {id} path={props.path} label={props.label} {value} {put} empty="" /> }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    id: String,
    #[prop_or_default]
    field: Option<&'static str>,
    path: &'static str,
    label: &'static str,
    value: String,
    put: Callback<String, Action>,
    empty: &'static str,
}

/// A text that the plan refuses stays in its box, with the sentence.
#[component]
fn Line(props: &LineProps) -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_checked_text();
    let (id, put) = (props.id.clone(), props.put.clone());
    let kept = if props.value.is_empty() { String::new() } else { format!("“{}”", props.value) };
    let onchange = typed.onasked(&session, &act, kept, move |text| {
        let put = put.clone();
        Asked::new(move || put.emit(text.trim().to_owned()))
    });
    let bad = typed.is_refused();
    html! {
        <div class="field">
            <label for={id.clone()}>{ props.label }</label>
            <div class={classes!("q", bad.then_some("bad"))}>
                <input id={id.clone()} data-field={props.field} type="text" autocomplete="off" spellcheck="false"
                    aria-invalid={bad.then_some("true")} aria-describedby={typed.described_by(&id)} placeholder={props.empty}
                    value={typed.shown(props.value.clone())} oninput={typed.oninput()} onkeydown={typed.onkeydown()} {onchange}
                    onfocus={onfocus()} onmousedown={onmousedown()} />
            </div>
            { typed.says(&id) }
        </div>
    }
}
