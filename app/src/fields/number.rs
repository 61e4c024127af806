//! A number with its unit.

use super::draft::{Commit, Draft, commit};
use super::{input_id, message};
use crate::state::{Act, Action, use_act, use_session};
use dr_core::plan::{Field, Plan, field};
use dr_core::units::{Currency, Dimension};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`NumberField`].
#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    /// Path of the field in the plan file.
    pub path: &'static str,
    /// Another label than the field's own.
    #[prop_or_default]
    pub label: Option<&'static str>,
    /// What an empty field stands for: "20,000/s: 4 × writes".
    #[prop_or_default]
    pub derived: AttrValue,
    /// A remark below the field.
    #[prop_or_default]
    pub from: AttrValue,
}

/// A labelled number of the plan.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let session = use_session();
    let Some(field) = field(props.path) else { return Html::default() };
    let id = input_id(props.path);
    let draft = use_state(Draft::default);
    let line = message::line_below(props.path, draft.error.as_ref(), &session);
    html! {
        <div class="field">
            <label for={id.clone()}>{ props.label.unwrap_or(field.label) }</label>
            <NumberBox path={props.path} draft={draft} placeholder={placeholder(&props.derived)} says={line.is_some()} />
            { below(&props.from, &props.derived) }
            { message::draw(line.as_ref(), &id) }
        </div>
    }
}

/// Numbers below each other that need no more than their paths.
pub fn numbers(paths: &[&'static str]) -> Html {
    paths.iter().map(|path| html! { <NumberField {path} /> }).collect()
}

fn placeholder(derived: &AttrValue) -> AttrValue {
    derived.split_once(':').map_or_else(|| derived.clone(), |(value, _)| AttrValue::from(value.to_owned()))
}

fn below(from: &AttrValue, derived: &AttrValue) -> Html {
    let text = match derived.split_once(':') {
        Some((_, how)) if from.is_empty() => how.trim().to_owned(),
        _ => from.to_string(),
    };
    if text.is_empty() {
        Html::default()
    } else {
        html! { <p class="from">{ text }</p> }
    }
}

/// Properties of [`NumberBox`].
#[derive(Properties, PartialEq)]
pub(super) struct NumberBoxProps {
    pub(super) path: &'static str,
    pub(super) draft: UseStateHandle<Draft>,
    #[prop_or_default]
    pub(super) placeholder: AttrValue,
    /// There is a line below that describes the input.
    #[prop_or_default]
    pub(super) says: bool,
    /// A name for the input where no label stands beside it.
    #[prop_or_default]
    pub(super) name: Option<&'static str>,
    #[prop_or(true)]
    pub(super) unit: bool,
}

/// The box of a number: input, unit, and a way back to the derived value.
#[component]
pub(super) fn NumberBox(props: &NumberBoxProps) -> Html {
    let session = use_session();
    let act = use_act();
    let Some(field) = field(props.path) else { return Html::default() };
    let id = input_id(props.path);
    let current = (field.get)(&session.plan);
    let shown =
        props.draft.text.clone().unwrap_or_else(|| current.map_or_else(String::new, |value| field.edit_text(value)));
    let currency = session.plan.typing_currency(session.catalog.currency());
    let editing = Editing { field, current, currency, draft: props.draft.clone(), act };
    let oninput = {
        let draft = props.draft.clone();
        Callback::from(move |event: InputEvent| draft.set(Draft { text: Some(typed(&event)), error: None }))
    };
    let onblur = {
        let editing = editing.clone();
        Callback::from(move |_: FocusEvent| {
            if let Some(text) = &editing.draft.text {
                editing.finish(text);
            }
        })
    };
    let onkeydown = {
        let editing = editing.clone();
        Callback::from(move |event: KeyboardEvent| editing.key(&event))
    };
    let can_derive = field.optional && current.is_some();
    let derive = Callback::from(move |_: MouseEvent| editing.set(None));
    let bad = props.draft.error.is_some();
    html! {
        <div class={classes!("q", bad.then_some("bad"))}>
            <input id={id.clone()} data-field={props.path} type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
                aria-label={props.name} aria-invalid={bad.then_some("true")}
                aria-describedby={props.says.then(|| format!("{id}-says"))}
                placeholder={props.placeholder.clone()} value={shown} {oninput} {onblur} {onkeydown} />
            if props.unit && !field.unit.is_empty() { <span class="unit">{ field.unit_in(currency) }</span> }
            if can_derive {
                <button type="button" class="derive" onclick={derive} title={clear_title(field)}
                    aria-label={format!("{}: {}", field.label, clear_title(field))}>{ "×" }</button>
            }
        </div>
    }
}

fn clear_title(field: &Field) -> &'static str {
    if field.path.starts_with("objectives") { "no target" } else { "derive it again" }
}

/// What the text of an event's input is.
fn typed(event: &Event) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// Sets a value; with the first amount of money the plan says in which currency its amounts are.
fn set(plan: &mut Plan, field: &Field, value: Option<f64>, currency: Currency) {
    (field.set)(plan, value);
    if field.dimension == Dimension::Money {
        plan.amounts_are_in(currency);
    }
}

/// A number while a person edits it.
#[derive(Clone)]
struct Editing {
    field: &'static Field,
    current: Option<f64>,
    /// That of an amount that is typed now.
    currency: Currency,
    draft: UseStateHandle<Draft>,
    act: Act,
}

impl Editing {
    /// The value in base units, or none to derive it.
    fn set(&self, value: Option<f64>) {
        let (field, currency) = (self.field, self.currency);
        self.draft.set(Draft::default());
        self.act.emit(Action::edit(field.path, move |plan| set(plan, field, value, currency)));
    }

    fn finish(&self, text: &str) {
        match commit(self.field, text, self.current, self.currency) {
            Commit::Nothing => self.draft.set(Draft::default()),
            Commit::Set(value) => self.set(value),
            Commit::Refuse(error) => self.draft.set(Draft { text: Some(text.to_owned()), error: Some(error) }),
        }
    }

    /// Enter finishes, Escape takes the text back, arrows go a step up or down.
    fn key(&self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "Enter" => self.finish(&typed(event)),
            "Escape" => self.draft.set(Draft::default()),
            key @ ("ArrowUp" | "ArrowDown") => {
                event.prevent_default();
                let from = self.field.read_in(&typed(event), self.currency).ok().or(self.current);
                if let Some(value) = from.and_then(|value| self.field.stepped(value, key == "ArrowUp")) {
                    self.set(Some(value));
                }
            }
            _ => {}
        }
    }
}
