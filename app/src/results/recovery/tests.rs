//! The panels of the recovery tab, as HTML.

use super::availability::availability_panel;
use super::backlog::Backlog;
use super::candidates::Candidates;
use super::latency::matrix;
use super::steps::steps;
use super::surge::surge_panel;
use crate::state::Session;
use crate::testing::{drawn, element, session_with};
use dr_core::catalog::RegionId;
use dr_core::plan::{Plan, Profile};
use dr_core::units::Secs;
use insta::assert_snapshot;
use yew::prelude::*;

/// What the views on latency say, without the chart.
fn latency(session: &Session) -> Html {
    html! { <>{ matrix(session) }<Candidates /></> }
}

fn with_series() -> Session {
    session_with(|plan| {
        let (name, rates) = ("day <1>.csv".to_owned(), vec![0.5, 0.5, 2.0]);
        plan.workload.profile = Some(Profile { name, step: Secs::hours(8.0), rates });
    })
}

#[test]
fn the_backlog_says_what_the_writes_follow() {
    for (name, session) in [("bursts", session_with(|_| {})), ("series", with_series())] {
        let html = drawn(&session, html! { <Backlog /> });
        assert_snapshot!(format!("backlog_{name}"), element(&html, "class=\"panel chart\""));
    }
}

#[test]
fn one_region_has_no_backlog() {
    let session = session_with(|plan| plan.remove_region(1));
    assert_eq!(drawn(&session, html! { <Backlog /> }).trim(), "");
}

/// Tax filing: 9,000 reads/s at 3.5 times the mean are 31,500/s. Half an hour of pause is the least that users wait.
#[test]
fn the_surge_has_its_rto_and_steps_their_origin() {
    let text = include_str!("../../../../public/plans/tax-filing.json");
    let session = session_with(|plan| {
        *plan = dr_core::codec::from_json(text).unwrap();
        plan.passive.checks.geo_name_reaches_both = true;
    });
    assert_snapshot!("surge", element(&drawn(&session, surge_panel(&session)), "class=\"panel\""));
    let html = drawn(&session, steps(&session));
    for said in ["your input", "derived (M-03)", "S1: a few minutes", "never less than the pause of 30\u{a0}min"] {
        assert!(html.contains(said), "{said}");
    }
    assert!(!html.contains("D12"), "reconnect is the preset's own");
}

#[test]
fn availability_names_levels_bands_and_what_is_lacking() {
    let session = session_with(|_| {});
    assert_snapshot!("availability", element(&drawn(&session, availability_panel(&session)), "class=\"panel\""));
}

/// The sentences and tables of the latency panels, without what stands around them.
#[test]
fn latency_has_every_scenario_and_the_regions_that_would_help() {
    let session = session_with(|plan| plan.objectives.write_latency = Some(Secs::millis(50.0)));
    assert_snapshot!("latency", drawn(&session, latency(&session)));
}

/// A change of the plan, and what is said then.
type Case = (fn(&mut Plan), &'static str);

#[test]
fn latency_says_what_is_unknown_and_what_no_region_can_cure() {
    let unknown = session_with(|plan| plan.regions[1].region = RegionId::new("nowhere"));
    let html = drawn(&unknown, latency(&unknown));
    assert!(html.contains("Unknown: no round trip nowhere – East US is published"), "{html}");
    let cases: [Case; 4] = [
        (|plan| plan.latency.calls_in_sequence = 90, "a cache in the users' own region takes 270\u{a0}ms at P95"),
        (|plan| plan.objectives.write_latency = None, "No target for write latency is set"),
        (|plan| plan.regions.clear(), "No round trip to the users is known."),
        (
            |plan| plan.objectives.write_latency = Some(dr_core::units::Secs::millis(400.0)),
            "The target of 400\u{a0}ms is met at P95 in normal running as it stands.",
        ),
    ];
    for (change, said) in cases {
        let session = session_with(change);
        let html = drawn(&session, latency(&session));
        assert!(html.contains(said), "{said}: {html}");
    }
}
