//! A number with its unit.

use super::draft::{Commit, Draft, commit};
use super::{input_id, message, onmousedown};
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
    let shown = props.draft.shown(field, current);
    let currency = session.plan.typing_currency(session.catalog.currency());
    let editing = Editing { field, current, currency, draft: props.draft.clone(), act };
    let oninput = {
        let draft = props.draft.clone();
        Callback::from(move |event: InputEvent| {
            draft.set(Draft { text: Some(typed(&event)), error: None, focused: true });
        })
    };
    let onfocus = select_on_focus(&props.draft, field, current);
    let onblur = {
        let editing = editing.clone();
        Callback::from(move |_: FocusEvent| {
            editing.finish(editing.draft.text.clone().as_deref(), false);
        })
    };
    let onkeydown = {
        let editing = editing.clone();
        Callback::from(move |event: KeyboardEvent| editing.key(&event))
    };
    use_second_try(&editing, current);
    let can_derive = field.optional && current.is_some();
    let derive = Callback::from(move |_: MouseEvent| editing.set(None, false));
    let bad = props.draft.error.is_some();
    let unit = if props.unit { field.unit_in(currency) } else { String::new() };
    let (placeholder, unit) = units_once(&props.placeholder, &unit, shown.is_empty());
    // As wide as its value, so that all of it is seen; the label gives way.
    let size = shown.chars().count().clamp(4, 15).to_string();
    html! {
        <div class={classes!("q", bad.then_some("bad"))}>
            <input id={id.clone()} data-field={props.path} type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
                aria-label={props.name} aria-invalid={bad.then_some("true")}
                aria-describedby={props.says.then(|| format!("{id}-says"))}
                {placeholder} {size} value={shown} {oninput} {onfocus} {onblur} {onkeydown} onmousedown={onmousedown()} />
            if !unit.is_empty() { <span class="unit">{ unit }</span> }
            if can_derive {
                <button type="button" class="derive" onclick={derive} title={clear_title(field)}
                    aria-label={format!("{}: {}", field.label, clear_title(field))}>{ "×" }</button>
            }
        </div>
    }
}

/// The whole value is selected, as it is typed.
fn select_on_focus(draft: &UseStateHandle<Draft>, field: &'static Field, current: Option<f64>) -> Callback<FocusEvent> {
    let draft = draft.clone();
    Callback::from(move |event: FocusEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        if let (None, Some(value)) = (&draft.text, current) {
            // Before the next drawing, which then leaves the selection as it is.
            input.set_value(&field.edit_text(value));
        }
        input.select();
        draft.set(Draft { focused: true, ..(*draft).clone() });
    })
}

/// A refused text stays; what the plan has meanwhile may change, by undo or by another field.
#[hook]
fn use_second_try(editing: &Editing, current: Option<f64>) {
    let editing = editing.clone();
    use_effect_with(current.map(f64::to_bits), move |_| {
        if editing.draft.error.is_some() {
            let focused = editing.draft.focused;
            editing.finish(editing.draft.text.clone().as_deref(), focused);
        }
    });
}

/// Placeholder and unit of a box, the unit once: "20,000/s" with "/s" is "20,000" and "/s"; a word, or a figure in another unit,
/// stands alone until something is typed.
fn units_once(placeholder: &str, unit: &str, empty: bool) -> (String, String) {
    if !empty || placeholder.is_empty() || unit.is_empty() {
        return (placeholder.to_owned(), unit.to_owned());
    }
    let own = placeholder.trim_end_matches(|character: char| !character.is_ascii_digit());
    let printed = placeholder[own.len()..].trim();
    let same = !own.is_empty() && !printed.is_empty() && unit.split(' ').next() == Some(printed);
    if same { (own.to_owned(), unit.to_owned()) } else { (placeholder.to_owned(), String::new()) }
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
    plan.take_as_given(field.path);
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
    fn set(&self, value: Option<f64>, focused: bool) {
        let (field, currency) = (self.field, self.currency);
        self.draft.set(Draft { focused, ..Draft::default() });
        self.act.emit(Action::edit(field.path, move |plan| set(plan, field, value, currency)));
    }

    /// Hands over what was typed, if anything was.
    fn finish(&self, text: Option<&str>, focused: bool) {
        let commit = text.map_or(Commit::Nothing, |text| commit(self.field, text, self.current, self.currency));
        match commit {
            Commit::Nothing => self.draft.set(Draft { focused, ..Draft::default() }),
            Commit::Set(value) => self.set(value, focused),
            Commit::Refuse(error) => {
                self.draft.set(Draft { text: text.map(str::to_owned), error: Some(error), focused });
            }
        }
    }

    /// Enter finishes, Escape takes the text back, arrows go a step up or down.
    fn key(&self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "Enter" => self.finish(Some(&typed(event)), true),
            "Escape" => self.draft.set(Draft { focused: true, ..Draft::default() }),
            key @ ("ArrowUp" | "ArrowDown") => {
                event.prevent_default();
                let from = self.field.read_in(&typed(event), self.currency).ok().or(self.current);
                if let Some(value) = from.and_then(|value| self.field.stepped(value, key == "ArrowUp")) {
                    self.set(Some(value), true);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::units_once;

    #[test]
    fn a_unit_stands_once_beside_a_derived_value() {
        let cases = [
            ("20,000/s", "/s", true, ("20,000", "/s")),
            ("10\u{a0}%", "% a year", true, ("10", "% a year")),
            ("12\u{a0}h", "min", true, ("12\u{a0}h", "")),
            ("4\u{a0}h 27\u{a0}min", "h", true, ("4\u{a0}h 27\u{a0}min", "")),
            ("none", "min", true, ("none", "")),
            ("3", "", true, ("3", "")),
            ("", "/s", true, ("", "/s")),
            ("20,000/s", "/s", false, ("20,000/s", "/s")),
        ];
        for (placeholder, unit, empty, (shown, beside)) in cases {
            assert_eq!(units_once(placeholder, unit, empty), (shown.to_owned(), beside.to_owned()), "{placeholder}");
        }
    }
}
