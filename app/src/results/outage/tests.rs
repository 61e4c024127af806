//! What the Outage tab looks like, as HTML.

use super::outage;
use crate::testing::{drawn, element, session_with};
use insta::assert_snapshot;

#[test]
fn the_outage_of_the_first_plan() {
    let session = session_with(|_| {});
    let html = drawn(&session, outage(&session));
    assert_snapshot!("says", element(&html, "class=\"say\""));
    assert_snapshot!("knobs", element(&html, "class=\"knobs\""));
    assert_snapshot!("transport", element(&html, "class=\"transport\""));
    assert_snapshot!("members", element(&html, "class=\"members\""));
    assert_snapshot!("events", element(&html, "class=\"log\""));
    assert_snapshot!("ways", element(&html, "aria-label=\"With and without the force-unlink\""));
}

/// What a pair and a group meet without an outage, each as a sentence.
#[test]
fn scenarios_of_the_first_plan() {
    let session = session_with(|_| {});
    let html = drawn(&session, super::scenarios(&session));
    let titles = ["Management flush", "Scaling a member", "Monthly patch of the pair"];
    assert!(titles.iter().all(|title| html.contains(title)), "{html}");
    assert_eq!(html.matches("class=\"say\"").count(), 3, "{html}");
}

#[test]
fn one_region_has_no_outage_to_show() {
    let session = session_with(|plan| plan.remove_region(1));
    assert_snapshot!("one_region", drawn(&session, outage(&session)));
}

/// Nobody acts: the slider says so, and the box is empty.
#[test]
fn nobody_acts() {
    let session = session_with(|plan| plan.outage.acts = false);
    let html = drawn(&session, outage(&session));
    let knobs = element(&html, "class=\"knobs\"");
    assert!(knobs.contains("nobody acts") && !knobs.contains("checked"), "{knobs}");
    assert!(html.contains("In this plan nobody does."), "{html}");
}

/// Every slider and button has a name, and the scrubber's text is a time.
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
