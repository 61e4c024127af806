//! What the Outage tab looks like, as HTML.

use super::view;
use crate::results::fold::unfolded;
use crate::state::{Session, Tab};
use crate::testing::{drawn, element, parts, session_with};
use insta::assert_snapshot;
use yew::prelude::*;

/// Every view of the tab, with nothing folded.
fn outage(session: &Session) -> Html {
    unfolded(Tab::Outage.views().map(|it| view(it, session)).collect())
}

/// The controls of the player; the words around them are the core's.
#[test]
fn the_controls_of_the_first_plan() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    assert_snapshot!(parts(&[
        ("what may be turned", element(&html, "class=\"knobs\"")),
        ("player", element(&html, "class=\"transport\"")),
    ]));
}

/// Every event leads to its moment and has its time; the moment's own is marked for who hears the page.
#[test]
fn every_event_leads_to_its_moment() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    let log = element(&html, "class=\"log\"");
    let events = log.matches("<li").count();
    assert!(events > 5 && log.matches("aria-label=\"Show the time after 0").count() == events, "{log}");
    assert_eq!(log.matches("aria-current=\"step\"").count(), 1, "{log}");
    assert_eq!(log.matches("aria-hidden=\"true\"").count(), events, "{log}");
}

/// Each view is the core's section: its heading, what it says, and its table.
#[test]
fn views_are_sections_of_the_core() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    let sections = ["outage-act-by", "outage-ways", "outage-pair", "outage-events", "outage-calibration"];
    for section in sections {
        assert_eq!(html.matches(&format!("data-section=\"{section}\"")).count(), 1, "{section}: {html}");
    }
    assert!(html.contains("data-table=\"outage-ways\"") && html.contains("data-table=\"outage-members\""), "{html}");
}

#[test]
fn one_region_has_no_outage_to_show() {
    let session = session_with(|plan| plan.remove_region(1));
    let html = drawn(&session, outage(&session));
    assert!(
        html.contains("This plan has no") && html.contains("active group") && !html.contains("class=\"transport\""),
        "{html}"
    );
}

/// Nobody acts: the slider says so, and the box is empty.
#[test]
fn nobody_acts() {
    let session = session_with(|plan| plan.outage.acts = false);
    let html = drawn(&session, outage(&session));
    let knobs = element(&html, "class=\"knobs\"");
    assert!(knobs.contains("nobody acts") && !knobs.contains("checked"), "{knobs}");
    assert!(html.contains("In this plan nobody acts."), "{html}");
}

/// It waits to be played, and who scrubs with the keys hears what has happened by then.
#[test]
fn the_scrubber_says_the_sentence_of_the_moment() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    let transport = element(&html, "class=\"transport\"");
    assert!(transport.contains(">Play<") && !transport.contains("aria-live"), "{transport}");
    let text = |before: &str, after: char| {
        let rest = transport.split(before).nth(1).expect("a text");
        rest.split(after).next().expect("an end").to_owned()
    };
    assert_eq!(text("aria-valuetext=\"", '"'), text("class=\"moment\">", '<'));
}

/// Nothing is wider than a narrow screen: every table stands in a region that scrolls and that the keyboard reaches.
#[test]
fn tables_scroll_inside_themselves() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    let before: Vec<&str> = html.split("<table").collect();
    assert!(before.len() > 2, "{html}");
    for before in &before[..before.len() - 1] {
        let around = before.rsplit("<div").next().expect("an element");
        assert!(around.contains("class=\"scroll\"") && around.contains("tabindex=\"0\""), "{around}");
        assert!(!around.contains("</div>"), "{around}");
    }
}

/// The band of the timeline is part of the drawing, so that a saved file has it.
#[test]
fn a_saved_timeline_has_its_band() {
    use dr_core::model::outage_simulation::what_if;
    use dr_core::report::chart::{Plot, timeline_chart};
    let session = session_with(|_| {});
    let story = what_if(&session.plan, &session.catalog, &session.evaluation).expect("a group");
    let chart = timeline_chart(&session.plan, &session.catalog, &story);
    let shapes =
        |plot: &Plot| dr_core::draw::svg(plot, &dr_core::draw::Palette::LIGHT, 960).matches("<polygon").count();
    let with = shapes(&chart.plot);
    let Plot::Lines(mut panes) = chart.plot else { panic!("lines") };
    for pane in &mut panes {
        pane.bands.clear();
    }
    assert_eq!(with, shapes(&Plot::Lines(panes)) + 1);
}

/// Every slider and button has a name, and the scrubber's text is a sentence.
#[test]
fn everything_is_named() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    for input in html.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
        let named = input.contains("type=\"checkbox\"")
            || input.contains("aria-label=\"")
            || (input.contains("id=\"") && input.contains("aria-valuetext=\""));
        assert!(named, "{input}");
    }
}
