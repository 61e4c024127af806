//! Recovery: how long it takes to be back, what may be lost, and how far the users are. A file a view.

mod availability;
mod backlog;
mod candidates;
mod exact;
mod latency;
mod steps;
mod surge;
#[cfg(test)]
mod tests;
mod times;

use super::moves::Moves;
use crate::document::sections;
use crate::state::{Session, View};
use dr_core::report::views;
use yew::prelude::*;

/// A view of the tab.
pub(super) fn view(view: View, session: &Session) -> Html {
    match view {
        View::Steps => steps::steps(session),
        View::Sync => sections(&[views::recovery::full_sync(session.subject())]),
        View::Point => sections(&[views::recovery::recovery_point(session.subject())]),
        View::Backlog => html! { <backlog::Backlog /> },
        View::Surge => surge::surge_panel(session),
        View::Availability => availability::availability_panel(session),
        View::Latency => latency::latency(session),
        View::Regions => html! { <candidates::Candidates /> },
        View::RecoveryMoves => html! { <Moves answers={&[0, 1, 2][..]} /> },
        _ => times::times(session),
    }
}
