//! Recovery: how long it takes to be back, what may be lost, and how far the users are. The sections are the core's; a file here for
//! each view with controls.

mod backlog;
mod candidates;
mod drills;
mod exact;
#[cfg(test)]
mod tests;
mod times;

use super::sensitivity::SensitivityView;
use crate::results::fold::first_open;
use crate::state::{Session, View};
use dr_core::report::views::recovery;
use yew::prelude::*;

/// A view of the tab.
pub(super) fn view(view: View, session: &Session) -> Html {
    let subject = session.subject();
    match view {
        View::Steps => first_open(&recovery::steps(subject)),
        View::Drills => html! { <drills::Drills /> },
        View::Sync => first_open(&recovery::sync(subject)),
        View::Point => first_open(&recovery::point(subject)),
        View::Backlog => html! { <backlog::Backlog /> },
        View::Surge => first_open(&recovery::surge(subject)),
        View::Availability => first_open(&recovery::availability(subject)),
        View::Latency => first_open(&recovery::latencies(subject)),
        View::Regions => html! { <candidates::Candidates /> },
        View::RecoverySensitivity => html! { <SensitivityView answers={&[0, 1, 2][..]} /> },
        _ => times::times(session),
    }
}
