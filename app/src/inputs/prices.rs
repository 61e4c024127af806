//! Prices, discounts and what is billed.

use super::section::folded;
use crate::fields::{Choice, ChoiceField, NumberField, numbers};
use crate::state::{Act, Action, Session};
use dr_core::plan::{EgressBilling, EgressScheme, ReservationTerm};
use yew::prelude::*;

pub(super) fn prices(session: &Session, act: &Act) -> Html {
    let pricing = &session.plan.pricing;
    let sheet = if session.catalog.has_sheet() { "your sheet over the " } else { "" };
    let note = format!("{sheet}catalogue of {}", session.catalog.as_of());
    let inputs = html! {
        <>
            <NumberField path="pricing.discount" from={discount_note(session)} />
            { numbers(&["pricing.discount_bandwidth", "pricing.discount_endpoints", "pricing.discount_monitoring"]) }
            <ChoiceField path="pricing.reservation" label="Reservation" chosen={term_value(pricing.reservation)}
                choices={vec![Choice::new("", "none, pay as you go"), Choice::new("1", "1 year"), Choice::new("3", "3 years")]}
                onchoose={act.reform(|value: String| Action::edit("pricing.reservation", move |plan| plan.pricing.reservation = term_of(&value)))} />
            if pricing.reservation.is_some() { <NumberField path="pricing.reservation_coverage" from="the others pay as you go" /> }
            <ChoiceField path="pricing.egress_scheme" label="Egress price" chosen={scheme_value(pricing.egress_scheme)}
                choices={vec![Choice::new("dearer", "the dearer of both lists"), Choice::new("by-continent", "by continent"), Choice::new("by-source-region", "by source region")]}
                from="two published lists disagree"
                onchoose={act.reform(|value: String| Action::edit("pricing.egress_scheme", move |plan| plan.pricing.egress_scheme = scheme_of(&value)))} />
            <ChoiceField path="pricing.active_egress" label="Egress of a group" chosen={billing_value(pricing.active_egress)}
                choices={vec![Choice::new("absorbed", "absorbed (newer text)"), Choice::new("list-rate", "list rate (older text)")]}
                onchoose={act.reform(|value: String| Action::edit("pricing.active_egress", move |plan| plan.pricing.active_egress = billing_of(&value)))} />
            <NumberField path="pricing.stream_compression" from="not published" />
            <NumberField path="pricing.full_syncs_per_year" derived="from patches, scalings, drills and outages" />
            { numbers(&["pricing.alerts_per_cache", "pricing.logs_per_cache", "pricing.endpoint_traffic", "pricing.drills_per_year", "pricing.hours_per_drill"]) }
            <NumberField path="pricing.drill_cache_hours" from="assumption: drilled on the caches there are" />
            <NumberField path="pricing.run_hours_per_month" from="assumption: none in the bill until entered" />
            <NumberField path="pricing.engineer_hour" derived="unknown" />
        </>
    };
    folded("Prices", &note, inputs)
}

/// What a discount is, and which lines of the plan do not get it.
fn discount_note(session: &Session) -> String {
    let applies = session.evaluation.discount_not_applied(&session.plan);
    applies.map_or_else(|| "negotiated".to_owned(), |not| format!("negotiated. {not}"))
}

fn term_value(term: Option<ReservationTerm>) -> String {
    match term {
        None => "",
        Some(ReservationTerm::OneYear) => "1",
        Some(ReservationTerm::ThreeYears) => "3",
    }
    .to_owned()
}

fn term_of(value: &str) -> Option<ReservationTerm> {
    match value {
        "1" => Some(ReservationTerm::OneYear),
        "3" => Some(ReservationTerm::ThreeYears),
        _ => None,
    }
}

fn scheme_value(scheme: EgressScheme) -> String {
    match scheme {
        EgressScheme::Dearer => "dearer",
        EgressScheme::ByContinent => "by-continent",
        EgressScheme::BySourceRegion => "by-source-region",
    }
    .to_owned()
}

fn scheme_of(value: &str) -> EgressScheme {
    match value {
        "by-continent" => EgressScheme::ByContinent,
        "by-source-region" => EgressScheme::BySourceRegion,
        _ => EgressScheme::Dearer,
    }
}

fn billing_value(billing: EgressBilling) -> String {
    match billing {
        EgressBilling::Absorbed => "absorbed",
        EgressBilling::ListRate => "list-rate",
    }
    .to_owned()
}

fn billing_of(value: &str) -> EgressBilling {
    if value == "list-rate" { EgressBilling::ListRate } else { EgressBilling::Absorbed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session_with};

    /// Page 0.8: the field goes on reading 12 %, and says below which lines do not get it.
    #[test]
    fn the_discount_says_what_it_does_not_come_off() {
        let with = |term: Option<ReservationTerm>| {
            let session = session_with(|plan| {
                plan.pricing.discount = rust_decimal::Decimal::new(12, 2);
                plan.pricing.reservation = term;
            });
            drawn(&session, prices(&session, &Act::noop()))
        };
        let says = "negotiated. The 12\u{a0}% discount does not apply to reserved nodes: assumption.";
        assert!(with(Some(ReservationTerm::ThreeYears)).contains(says));
        assert!(!with(None).contains("does not apply"));
    }
}
