//! The panels of the recovery tab, as HTML.

use super::backlog::backlog;
use crate::state::{Act, Session};
use crate::testing::{drawn, element, session_with};
use dr_core::plan::Profile;
use dr_core::units::Secs;
use insta::assert_snapshot;

fn with_series() -> Session {
    session_with(|plan| {
        let (name, rates) = ("day <1>.csv".to_owned(), vec![0.5, 0.5, 2.0]);
        plan.workload.profile = Some(Profile { name, step: Secs::hours(8.0), rates });
    })
}

#[test]
fn the_backlog_says_what_the_writes_follow() {
    for (name, session) in [("bursts", session_with(|_| {})), ("series", with_series())] {
        let html = drawn(&session, backlog(&session, &Act::noop()));
        assert_snapshot!(format!("backlog_{name}"), element(&html, "class=\"panel chart\""));
    }
}

#[test]
fn one_region_has_no_backlog() {
    let session = session_with(|plan| plan.remove_region(1));
    assert_eq!(drawn(&session, backlog(&session, &Act::noop())).trim(), "");
}
