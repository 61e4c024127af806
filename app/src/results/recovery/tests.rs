//! The views of the recovery tab that have controls, as HTML.

use super::backlog::Backlog;
use super::candidates::Candidates;
use crate::testing::{drawn, session_with};
use dr_core::plan::Profile;
use dr_core::units::Secs;
use yew::prelude::*;

/// The way to a measured series, and back to the bursts where there is one.
#[test]
fn a_series_can_be_opened_and_put_away() {
    let bursts = drawn(&session_with(|_| {}), html! { <Backlog /> });
    assert!(bursts.contains("Open a series of writes…") && !bursts.contains("Back to the plan's bursts"), "{bursts}");
    let series = session_with(|plan| {
        let (name, rates) = ("day <1>.csv".to_owned(), vec![0.5, 0.5, 2.0]);
        plan.workload.profile = Some(Profile { name, step: Secs::hours(8.0), rates });
    });
    let series = drawn(&series, html! { <Backlog /> });
    assert!(series.contains("day &lt;1>.csv") || series.contains("day &lt;1&gt;.csv"), "{series}");
    assert!(series.contains("Open another series…") && series.contains("Back to the plan's bursts"), "{series}");
}

#[test]
fn one_region_has_no_backlog() {
    let session = session_with(|plan| plan.remove_region(1));
    assert_eq!(drawn(&session, html! { <Backlog /> }).trim(), "");
}

/// Every candidate has its button, and the plan as it is has none.
#[test]
fn a_region_is_added_from_its_row() {
    let html = drawn(&session_with(|_| {}), crate::results::fold::unfolded(html! { <Candidates /> }));
    assert_eq!(html.matches(">Add</button>").count(), 10, "{html}");
    assert_eq!(html.matches(">Make primary</button>").count(), 10);
    assert!(html.contains("aria-label=\"Add Canada Central\""), "{html}");
}
