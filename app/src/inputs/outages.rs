//! How often a region goes down, and what that costs the business.

use super::passive::{stringify_path, switch};
use super::section::folded;
use crate::fields::{Choice, ChoiceField, NumberField, SwitchField, ranges};
use crate::state::{Act, Action, Session};
use dr_core::model::outage::{decision, length, rehome_delay};
use dr_core::plan::Failure;
use dr_core::units::format;
use yew::prelude::*;

pub(super) fn outages() -> Html {
    let inputs = html! {
        <>
            { ranges(&["outages.per_year", "outages.duration"]) }
            <NumberField path="outages.downtime_hour" derived="unknown" from="beside the bill" />
            <NumberField path="outages.million_reads" derived="unknown" from="beside the bill" />
        </>
    };
    folded("Outages", "assumption", inputs)
}

/// The one outage that the plan is played through with.
pub(super) fn scenario(session: &Session, act: &Act) -> Html {
    let (plan, wanted) = (&session.plan, &session.plan.outage);
    let failure = act.reform(|value: String| {
        let failure = if value == "partition" { Failure::Partition } else { Failure::Loss };
        Action::edit("outage.failure", move |plan| plan.outage.failure = failure)
    });
    let failures =
        vec![Choice::new("loss", "the region is lost"), Choice::new("partition", "only the link: both sides write")];
    let lost = act.reform(|value: String| {
        let place = value.parse().unwrap_or(0);
        Action::edit("outage.lost", move |plan| plan.outage.lost = place)
    });
    let second = act.reform(|value: String| {
        let place = value.parse().ok();
        Action::edit("outage.second", move |plan| plan.outage.second = place)
    });
    let regions = places(session);
    // A place that the plan lacks means the last.
    let place = (wanted.lost as usize).min(regions.len().saturating_sub(1));
    let or_none: Vec<Choice> = std::iter::once(Choice::new("", "none")).chain(regions.clone()).collect();
    let chosen = if wanted.failure == Failure::Partition { "partition" } else { "loss" };
    let inputs = html! {
        <>
            <ChoiceField path="outage.failure" label="What fails" choices={failures} chosen={chosen} onchoose={failure} />
            <ChoiceField path="outage.lost" label="Region" choices={regions} chosen={place.to_string()} onchoose={lost} />
            <ChoiceField path="outage.second" label="Second region" choices={or_none}
                chosen={wanted.second.map(|place| place.to_string()).unwrap_or_default()} onchoose={second} />
            if wanted.second.is_some() { <NumberField path="outage.second_after" /> }
            <NumberField path="outage.length" derived={format!("{}: the most likely", format::duration(length(plan)))} />
            { switch!("Somebody acts", outage.acts) }
            <NumberField path="outage.decision" derived={format!("{}: detect and decide", format::duration(decision(plan)))} />
            <NumberField path="outage.rehome_delay" derived={format!("{}: the redirect", format::duration(rehome_delay(plan)))} />
            <NumberField path="outage.capacity_wait" from="assumption: there is capacity" />
            { switch!("Control plane lost as well", outage.control_plane_lost) }
            { switch!("The pair goes back afterwards", outage.failback) }
            { ranges(&["outage.evicted_per_byte", "outage.drain_rate"]) }
        </>
    };
    folded("Simulated outage", "the Outage tab plays it", inputs)
}

/// The plan's regions by their place.
fn places(session: &Session) -> Vec<Choice> {
    let regions = session.plan.regions.iter().enumerate();
    regions
        .map(|(place, _)| Choice::new(&place.to_string(), &session.plan.place_name(place, &session.catalog)))
        .collect()
}
