//! Sliders over figures of the plan: they try values, and the plan stays until they are applied to it.

use crate::fields::input_id;
use crate::state::{Act, Action, Session};
use dr_core::model::outage_simulation::{decision, length};
use dr_core::plan::{Plan, Variation, field, nearest, stops};
use dr_core::report::views::outage::{decision_words, filled};
use dr_core::units::format;
use dr_core::units::{Currency, Secs};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The stops of a slider over time, in minutes: each the next that a person would name.
const MINUTES: [f64; 27] = [
    0.0, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0, 480.0, 720.0, 1_080.0,
    1_440.0, 2_160.0, 2_880.0, 4_320.0, 7_200.0, 10_080.0, 14_400.0, 20_160.0, 43_200.0,
];

/// Length, decision and fill; each moves the simulation at once. `own` is the plan that the session's varies.
pub(super) fn knobs(session: &Session, own: &Plan, act: &Act) -> Html {
    let plan = &session.plan;
    let (acts, decided) = (plan.outage.acts, decision(plan));
    let waits = decision_words(plan);
    let toggle = act.reform(|event: Event| {
        let acts = event.target_unchecked_into::<HtmlInputElement>().checked();
        Action::vary(move |variation| variation.try_acts(acts))
    });
    html! {
        <div class="knobs">
            { over_time(act, "outage.length", "Outage lasts", (length(plan), 1), &format::duration(length(plan)), |variation, time| variation.try_figure("outage.length", time.as_secs())) }
            { over_time(act, "outage.decision", "Unlink starts after", (decided, 0), &waits, |variation, time| {
                variation.try_figure("outage.decision", time.as_secs());
                variation.try_acts(true);
            }) }
            { over_field(act, "workload.dataset", "Data", (plan, own), &filled(session.subject()).unwrap_or_default()) }
            { over_field(act, "workload.writes", "Writes", (plan, own), "") }
            <label class="check-line"><input type="checkbox" checked={acts} onchange={toggle} />{ "Operator acts" }</label>
        </div>
    }
}

/// A slider over [`MINUTES`] from its stop `first` on, at the stop nearest to the value.
fn over_time(
    act: &Act,
    path: &'static str,
    name: &'static str,
    (value, first): (Secs, usize),
    says: &str,
    set: fn(&mut Variation, Secs),
) -> Html {
    let far = |stop: usize| (MINUTES[stop] - value.as_mins()).abs();
    let at = (first..MINUTES.len()).reduce(|best, stop| if far(stop) < far(best) { stop } else { best });
    let oninput = act.reform(move |event: InputEvent| {
        let stop = event.target_unchecked_into::<HtmlInputElement>().value().parse::<usize>().unwrap_or(first);
        let time = Secs::mins(MINUTES.get(stop).copied().unwrap_or_default());
        Action::vary(move |variation| set(variation, time))
    });
    let id = format!("knob-{}", input_id(path));
    html! {
        <div class="knob">
            <label for={id.clone()}>{ name }<b>{ says }</b></label>
            <input {id} type="range" min={first.to_string()} max={(MINUTES.len() - 1).to_string()} step="1"
                value={at.unwrap_or(first).to_string()} aria-valuetext={says.to_owned()} {oninput} />
        </div>
    }
}

/// A slider over one field, from a tenth to ten times the plan's own value: its ends stand still while it is moved, and each of
/// its stops is another value.
fn over_field(act: &Act, path: &'static str, name: &'static str, (tried, own): (&Plan, &Plan), beside: &str) -> Html {
    let Some(field) = field(path) else { return Html::default() };
    let value = (field.get)(tried).unwrap_or(field.min);
    let stops = stops(field, (field.get)(own).unwrap_or(field.min));
    let (at, last) = (nearest(&stops, value), stops.len().saturating_sub(1));
    let oninput = act.reform(move |event: InputEvent| {
        let stop = event.target_unchecked_into::<HtmlInputElement>().value().parse::<usize>().unwrap_or(at);
        let next = stops.get(stop).copied().unwrap_or(value);
        Action::vary(move |variation| variation.try_figure(path, next))
    });
    let id = format!("knob-{}", input_id(path));
    let printed = field.print_exactly(value, Currency::USD);
    let says = if beside.is_empty() { printed } else { format!("{printed}, {beside}") };
    html! {
        <div class="knob">
            <label for={id.clone()}>{ name }<b>{ &says }</b></label>
            <input {id} type="range" min="0" max={last.to_string()} step="1" value={at.to_string()} aria-valuetext={says} {oninput} />
        </div>
    }
}
