//! Recovery: how long it takes to be back, what may be lost, and how far the users are. A file a view.

mod availability;
mod backlog;
mod candidates;
mod exact;
mod latency;
mod point;
mod steps;
mod surge;
mod sync;
#[cfg(test)]
mod tests;
mod times;

use super::moves::Moves;
use crate::state::{Session, View};
use yew::prelude::*;

/// A view of the tab.
pub(super) fn view(view: View, session: &Session) -> Html {
    match view {
        View::Steps => steps::steps(session),
        View::Sync => sync::sync(session),
        View::Point => point::recovery_point(session),
        View::Backlog => html! { <backlog::Backlog /> },
        View::Surge => surge::surge_panel(session),
        View::Availability => availability::availability_panel(session),
        View::Latency => latency::latency(session),
        View::Regions => html! { <candidates::Candidates /> },
        View::RecoveryMoves => html! { <Moves answers={&[0, 1, 2][..]} /> },
        _ => times::times(session),
    }
}
