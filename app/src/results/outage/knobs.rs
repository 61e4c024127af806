//! Sliders over fields of the plan: every move is an edit, so undo takes it back.

use crate::fields::input_id;
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::model::active_outage::Runway;
use dr_core::model::outage::{decision, length};
use dr_core::plan::{Plan, field};
use dr_core::report::format;
use dr_core::units::Secs;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The stops of a slider over time, in minutes: each the next that a person would name.
const MINUTES: [f64; 27] = [
    0.0, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0, 480.0, 720.0, 1_080.0,
    1_440.0, 2_160.0, 2_880.0, 4_320.0, 7_200.0, 10_080.0, 14_400.0, 20_160.0, 43_200.0,
];

/// Length, decision and fill; each moves the simulation at once.
pub(super) fn knobs(session: &Session, act: &Act) -> Html {
    let plan = &session.plan;
    let (acts, decided) = (plan.outage.acts, decision(plan));
    let waits = if acts { format::duration(decided) } else { "nobody acts".to_owned() };
    let toggle = act.reform(|event: Event| {
        let acts = event.target_unchecked_into::<HtmlInputElement>().checked();
        Action::edit("outage.acts", move |plan| plan.outage.acts = acts)
    });
    html! {
        <div class="knobs">
            { over_time(act, "outage.length", "Outage lasts", (length(plan), 1), &format::duration(length(plan)), |plan, time| plan.outage.length = Some(time)) }
            { over_time(act, "outage.decision", "Unlink starts after", (decided, 0), &waits, |plan, time| {
                (plan.outage.decision, plan.outage.acts) = (Some(time), true);
            }) }
            <Knob path="workload.dataset" name="Data" low=0.1 high=10.0 says={filled(session)} />
            <Knob path="workload.writes" name="Writes" low=0.1 high=10.0 />
            <label class="check-line"><input type="checkbox" checked={acts} onchange={toggle} />{ "Somebody acts" }</label>
        </div>
    }
}

/// "82 % of B10".
fn filled(session: &Session) -> String {
    let active = &session.evaluation.active;
    match (&active.runway, active.design.caches.first()) {
        (Runway::Fills(filling), Some(cache)) => format!("{} of {}", format::percent(filling.fill), cache.sku.short()),
        _ => String::new(),
    }
}

/// A slider over [`MINUTES`] from its stop `first` on, at the stop nearest to the value.
fn over_time(
    act: &Act,
    path: &'static str,
    name: &'static str,
    (value, first): (Secs, usize),
    says: &str,
    set: fn(&mut Plan, Secs),
) -> Html {
    let far = |stop: usize| (MINUTES[stop] - value.as_mins()).abs();
    let at = (first..MINUTES.len()).reduce(|best, stop| if far(stop) < far(best) { stop } else { best });
    let oninput = act.reform(move |event: InputEvent| {
        let stop = event.target_unchecked_into::<HtmlInputElement>().value().parse::<usize>().unwrap_or(first);
        let time = Secs::mins(MINUTES.get(stop).copied().unwrap_or_default());
        Action::edit(path, move |plan| set(plan, time))
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

#[derive(Properties, PartialEq)]
struct KnobProps {
    path: &'static str,
    name: &'static str,
    /// Ends of the slider, as multiples of the value at which it was taken.
    low: f64,
    high: f64,
    /// Stands beside the value.
    #[prop_or_default]
    says: String,
}

/// A slider over one field of the plan. Its ends stand still while it is moved.
#[component]
fn Knob(props: &KnobProps) -> Html {
    let session = use_session();
    let act = use_act();
    let Some(field) = field(props.path) else { return Html::default() };
    let value = (field.get)(&session.plan).unwrap_or(field.min);
    let base = use_state(|| value);
    let (low, high) = (*base * props.low, *base * props.high);
    if !(low..=high).contains(&value) && value > 0.0 {
        base.set(value);
    }
    // Two hundred stops on a logarithmic track.
    let stop = if value > 0.0 && low > 0.0 { (value / low).ln() / (high / low).ln() * 200.0 } else { 0.0 };
    let oninput = Callback::from(move |event: InputEvent| {
        let stop = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        let next = low * (high / low).powf(stop / 200.0);
        if let Ok(next) = field.check(rounded(next)) {
            act.emit(Action::edit(field.path, move |plan| (field.set)(plan, Some(next))));
        }
    });
    let id = format!("knob-{}", input_id(props.path));
    let printed = field.print(value);
    let says = if props.says.is_empty() { printed } else { format!("{printed}, {}", props.says) };
    html! {
        <div class="knob">
            <label for={id.clone()}>{ props.name }<b>{ &says }</b></label>
            <input {id} type="range" min="0" max="200" step="1" value={format!("{stop:.0}")} aria-valuetext={says} {oninput} />
        </div>
    }
}

/// Two significant figures: a slider has no more.
fn rounded(value: f64) -> f64 {
    let magnitude = 10_f64.powf(value.abs().max(1e-9).log10().floor() - 1.0);
    (value / magnitude).round() * magnitude
}
