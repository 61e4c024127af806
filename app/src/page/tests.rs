//! The whole page of many plans: it is drawn, prints figures and words only, and what names an element finds it.

use super::views;
use crate::results::everything;
use crate::state::{Mode, Session, View};
use crate::testing::{drawn, session, session_with};
use dr_core::catalog::{RegionId, SkuId};
use dr_core::codec;
use dr_core::plan::{Objectives, Plan};
use dr_core::units::{Bytes, OpsPerSec};
use std::collections::BTreeSet;

const PRESETS: [&str; 6] = [
    include_str!("../../../public/plans/energy-trading.json"),
    include_str!("../../../public/plans/enrolment.json"),
    include_str!("../../../public/plans/gaming-leaderboard.json"),
    include_str!("../../../public/plans/marine-logistics.json"),
    include_str!("../../../public/plans/tax-filing.json"),
    include_str!("../../../public/plans/travel-booking.json"),
];

/// The new plan, the published cases, and plans at the edges.
fn sessions() -> Vec<Session> {
    let edges: [fn(&mut Plan); 7] = [
        |_| {},
        |plan| plan.remove_region(1),
        |plan| plan.regions.clear(),
        |plan| ["uksouth", "westus2", "westeurope"].map(RegionId::new).into_iter().for_each(|id| plan.add_region(id)),
        |plan| plan.workload.writes = OpsPerSec::per_s(0.0),
        |plan| plan.workload.dataset = Bytes::gb(90_000.0),
        |plan| {
            let none = Objectives {
                rpo: None,
                rto: None,
                write_latency: None,
                read_latency: None,
                runway: None,
                budget: None,
            };
            plan.objectives = none;
        },
    ];
    let presets = PRESETS.map(|text| session(codec::from_json(text).unwrap()));
    edges.into_iter().map(session_with).chain(presets).collect()
}

/// Every view, the first in basic and advanced mode; and all of them with nothing folded.
fn pages(sessions: Vec<Session>) -> impl Iterator<Item = String> {
    sessions.into_iter().flat_map(|session| {
        let whole = drawn(&session, everything(&session));
        let shown = move |(view, mode)| {
            let mut session = session.clone().at(view);
            session.mode = mode;
            drawn(&session, views())
        };
        let basic = View::ALL.into_iter().map(|view| (view, Mode::Basic));
        basic.chain([(View::Overview, Mode::Advanced)]).map(shown).chain([whole])
    })
}

/// The values of an attribute; a command may hold the same words as text.
fn values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    let tags = html.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag);
    tags.filter_map(|tag| tag.split_once(&start)?.1.split('"').next()).collect()
}

#[test]
fn every_page_prints_figures_and_words() {
    for html in pages(sessions()) {
        for line in html.lines() {
            for broken in ["NaN", ">inf<", " inf ", "Infinity", "None<", "Some(", "undefined", "$-", "−0 "] {
                assert!(!line.contains(broken), "{broken} in {line}");
            }
        }
    }
}

#[test]
fn what_names_an_element_finds_it() {
    for html in pages(sessions()) {
        let ids = values(&html, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id stands twice: {ids:?}");
        for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
            for id in values(&html, name) {
                assert!(known.contains(id), "{name} names {id}, and there is none");
            }
        }
        assert!(values(&html, "aria-label").iter().all(|label| !label.trim().is_empty()));
    }
}

#[test]
fn what_others_wrote_is_text_on_every_page() {
    let hostile = "\"><img src=x onerror=alert(1)><b>";
    let session = session_with(|plan| {
        plan.name = hostile.to_owned();
        plan.story.summary = hostile.to_owned();
        plan.story.assumed.push(hostile.to_owned());
        plan.regions[1].region = RegionId::new(hostile);
        plan.active.sku = Some(SkuId::new(hostile));
        plan.passive.sku = Some(SkuId::new(hostile));
    });
    for html in pages(vec![session]) {
        assert!(html.contains("onerror"), "it is shown");
        assert!(!html.contains("<img"), "{html}");
    }
}
