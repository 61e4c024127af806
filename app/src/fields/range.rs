//! Low, most likely and high of one uncertain input.

use super::draft::Draft;
use super::evidence::EvidenceInput;
use super::number::NumberBox;
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::plan::{Plan, RangeField, field, range_field};
use dr_core::report::coefficients::source_of;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RangeInput`].
#[derive(Properties, PartialEq)]
pub struct RangeInputProps {
    /// Path of the range in the plan file, `recovery.detect`.
    pub path: &'static str,
}

/// Three figures in a row, with the source of their defaults. Figures that make no range yet stay in their boxes, and go into the
/// plan together once they do.
#[component]
pub fn RangeInput(props: &RangeInputProps) -> Html {
    let session = use_session();
    let act = use_act();
    let drafts = [use_state(Draft::default), use_state(Draft::default), use_state(Draft::default)];
    let Some(range) = range_field(props.path) else { return Html::default() };
    let unit = field(range.parts[0]).map_or("", |field| field.unit);
    // The first sentence stands for all: it names the range.
    let refused = drafts.iter().position(|draft| draft.error.is_some());
    let message = refused.and_then(|at| Some((super::input_id(range.parts[at]), drafts[at].error.clone()?)));
    let boxes = range.parts.iter().enumerate().map(|(at, path)| {
        let name = field(path).map(|field| field.label);
        let held = Holding { range, drafts: drafts.clone(), session: Rc::clone(&session), act: act.clone() };
        let own = Act::from(move |action: Action| held.take(at, action));
        let says = refused == Some(at);
        html! { <ContextProvider<Act> context={own}><NumberBox {path} draft={drafts[at].clone()} {name} unit={false} {says} /></ContextProvider<Act>> }
    });
    html! {
        <fieldset class="three" data-field={props.path} tabindex="-1">
            <legend>{ range.label }<span class="unit">{ format!(" {unit}: low, likely, high") }</span></legend>
            <div>{ for boxes }</div>
            <p class="from">{ source_of(&session.plan, range) }</p>
            if let Some((id, message)) = message { <p id={format!("{id}-says")} class="msg">{ message }</p> }
            if props.path.starts_with("recovery.") { <EvidenceInput path={props.path} /> }
        </fieldset>
    }
}

/// Stands between the boxes of a range and the plan.
struct Holding {
    range: &'static RangeField,
    drafts: [UseStateHandle<Draft>; 3],
    session: Rc<Session>,
    act: Act,
}

impl Holding {
    /// Takes the edit of one box: into the plan with what the other two hold, or into the box with the sentence why not.
    fn take(&self, at: usize, action: Action) {
        let Action::Edit { change, .. } = action else { return self.act.emit(action) };
        let mut plan = (*self.session.plan).clone();
        change(&mut plan);
        let value = |plan: &Plan, part: usize| field(self.range.parts[part]).and_then(|field| (field.get)(plan));
        let typed = value(&plan, at);
        let mut three = [0, 1, 2].map(|part| self.held(part));
        three[at] = typed;
        match set_range(&self.session, self.range, three) {
            Ok(action) => {
                self.drafts.iter().for_each(|draft| draft.set(Draft::default()));
                self.act.emit(action);
            }
            Err(error) => {
                let text = field(self.range.parts[at]).zip(typed).map(|(field, value)| field.edit_text(value));
                self.drafts[at].set(Draft { text, error: Some(error), focused: false });
            }
        }
    }

    /// The figure of a part: the one that its box holds, else the plan's.
    fn held(&self, part: usize) -> Option<f64> {
        let field = field(self.range.parts[part])?;
        let currency = self.session.plan.typing_currency(self.session.catalog.currency());
        let typed = self.drafts[part].text.as_ref().and_then(|text| field.read_in(text, currency).ok());
        typed.or_else(|| (field.get)(&self.session.plan))
    }
}

/// The edit that sets all three figures in one step, or the sentence why the plan cannot hold them.
fn set_range(session: &Session, range: &'static RangeField, three: [Option<f64>; 3]) -> Result<Action, String> {
    let set = move |plan: &mut Plan| {
        for (path, value) in range.parts.iter().zip(three) {
            if let Some(field) = field(path) {
                (field.set)(plan, value);
            }
        }
    };
    session.refusal(set).map_or_else(|| Ok(Action::edit(range.path, set)), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::session_with;

    /// Decide is 5, 15 and 60 minutes at first, in whatever figures: the low one above the likely one is no range.
    #[test]
    fn three_figures_go_into_the_plan_together_once_they_are_a_range() {
        let session = Rc::new(session_with(|_| {}));
        let decide = range_field("recovery.decide").unwrap();
        let raised = |low: f64, mode: f64, high: f64| set_range(&session, decide, [low, mode, high].map(Some));
        let said = raised(10_800.0, 60.0, 14_400.0).err().unwrap();
        assert!(said.starts_with("Decide: the three figures are not in order"), "{said}");
        let next = Rc::clone(&session).reduce(raised(10_800.0, 12_000.0, 14_400.0).ok().unwrap());
        let now = next.plan.recovery.decide;
        assert_eq!([now.low, now.mode, now.high], [10_800.0, 12_000.0, 14_400.0].map(dr_core::units::Secs::secs));
        assert_eq!(next.reduce(Action::Undo).plan, session.plan, "one step");
        let said = raised(-5.0, 60.0, 14_400.0).err().unwrap();
        assert!(said.contains("is outside the range"), "{said}");
    }
}
