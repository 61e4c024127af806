//! A region is lost: how the survivors' memory grows, and until when a person must act.

use super::panel::panel;
use super::view::events::{self, Event};
use crate::charts::Figure;
use crate::state::{Action, Session, use_act, use_session};
use dr_core::model::active_outage::Runway;
use dr_core::plan::field;
use dr_core::report::chart::outage_chart;
use dr_core::report::format;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[inline(never)] // a function of its own can come after the first paint
pub(super) fn outage(session: &Session) -> Html {
    let happens = events::active(&session.plan, &session.catalog, &session.evaluation);
    let knobs = html! {
        <div class="knobs">
            <Knob path="workload.dataset" name="Data" low=0.1 high=10.0 />
            <Knob path="workload.writes" name="Writes" low=0.1 high=10.0 />
            <Knob path="recovery.alert_window" name="Alert window" low=0.1 high=4.0 />
        </div>
    };
    let chart = outage_chart(&session.plan, &session.catalog, &session.evaluation);
    let title = "Active group: how the survivors fill up";
    html! {
        <>
            { chart.map_or_else(
                || panel(title, &events::says(&session.plan, &session.catalog, &session.evaluation), Html::default(), Html::default()),
                |chart| html! { <Figure chart={Rc::new(chart)}>{ knobs }</Figure> },
            ) }
            <div class="row even">
                { panel("What happens", "", Html::default(), html! { <>
                    <ol class="log">{ for happens.iter().map(event) }</ol>
                    if happens.is_empty() { <p class="quiet">{ "There is no active group in this plan." }</p> }
                </> }) }
                { panel("What it stands on", "", Html::default(), html! { <>{ facts(session) }</> }) }
            </div>
            { panel("Passive pair", &passive_says(session), Html::default(), html! { <>
                <p class="remark">{ "A pair does not fill up: the primary keeps at most its backlog. What stands is the time without a replica: until the pair is linked again and has copied everything, a second loss loses the cache." }</p>
            </> }) }
        </>
    }
}

fn event(event: &Event) -> Html {
    html! {
        <li><time>{ format::duration(event.at) }</time><span class={classes!("mark", event.ink)} aria-hidden="true"></span><span>{ &event.text }</span></li>
    }
}

fn facts(session: &Session) -> Html {
    let Runway::Fills(filling) = &session.evaluation.active.runway else {
        return html! { <p class="quiet">{ "Nothing to show." }</p> };
    };
    let window = if filling.alert_too_late { "after memory is full: too late" } else { "in time" };
    let rows = [
        ("Memory in use at the loss", format::percent(filling.fill)),
        ("Usable, on the fullest shard", format::bytes(filling.limit)),
        ("Growth a minute", {
            let minute = |rate: dr_core::units::BytesPerSec| format::bytes(rate * dr_core::units::Secs::mins(1.0));
            format!(
                "{} ({} – {})",
                minute(filling.growth.mode),
                minute(filling.growth.low),
                minute(filling.growth.high)
            )
        }),
        ("Last safe start, pessimistic", format::duration_or(filling.latest_unlink_pessimistic, "never needed")),
        ("Health alert", format!("{}, {window}", format::duration(session.plan.recovery.alert_window))),
        ("Backlog of a shard", format::bytes(filling.backlog_per_shard)),
        ("Partial resync on return within", format::duration_or(filling.partial_resync_within, "any time")),
    ];
    html! {
        <>
            <dl class="facts">{ for rows.into_iter().map(|(name, text)| html! { <><dt>{ name }</dt><dd>{ text }</dd></> }) }</dl>
            <p class="remark">{ "Bytes kept per delete, overwrite and element are assumptions: no source publishes them. Measure them in a drill." }</p>
        </>
    }
}

fn passive_says(session: &Session) -> String {
    use dr_core::model::sync::SyncOutcome;
    let lost = format::bytes(session.evaluation.passive.rpo.steady_bytes);
    match &session.evaluation.passive.sync.outcome {
        SyncOutcome::Converges { new_link, .. } => format!(
            "{lost} of writes are on the way at a quiet moment and lost with the primary. After the failover the pair is whole again no sooner than {} after it is linked anew.",
            format::duration_range(*new_link)
        ),
        SyncOutcome::NotApplicable => "There is no passive pair in this plan.".to_owned(),
        _ => format!(
            "{lost} of writes are on the way at a quiet moment and lost with the primary. The pair does not become whole again: its full sync does not end."
        ),
    }
}

#[derive(Properties, PartialEq)]
struct KnobProps {
    path: &'static str,
    name: &'static str,
    /// Ends of the slider, as multiples of the value at which it was taken.
    low: f64,
    high: f64,
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
    let id = format!("knob-{}", crate::fields::input_id(props.path));
    html! {
        <div class="knob">
            <label for={id.clone()}>{ props.name }<b>{ field.print(value) }</b></label>
            <input {id} type="range" min="0" max="200" step="1" value={format!("{stop:.0}")} aria-valuetext={field.print(value)} {oninput} />
        </div>
    }
}

/// Two significant figures: a slider has no more.
fn rounded(value: f64) -> f64 {
    let magnitude = 10_f64.powf(value.abs().max(1e-9).log10().floor() - 1.0);
    (value / magnitude).round() * magnitude
}
