//! Ways back, full sync, recovery point.

mod availability;
mod backlog;
mod candidates;
mod exact;
mod latency;
#[cfg(test)]
mod tests;
mod times;

use super::panel::parts;
use crate::charts::figure;
use crate::document::sections;
use crate::state::Session;
use dr_core::report::chart::{latency_chart, rto_chart};
use dr_core::report::views;
use yew::prelude::*;

pub(super) fn recovery(session: &Session) -> Html {
    let back = html! { <>
        { figure(rto_chart(&session.plan, &session.evaluation)) }
        { times::times(session) }
        <exact::Exact />
    </> };
    let copies = html! { <div class="row even">{ sections(&views::recovery::copies(session.subject())) }</div> };
    let latency = html! { <>
        { figure(latency_chart(&session.plan, &session.catalog, &session.evaluation)) }
        { latency::latency(session) }
    </> };
    parts(
        "Recovery",
        &[
            ("Time to recover", back),
            ("Full sync and RPO", copies),
            ("Backlog over the day", html! { <backlog::Backlog /> }),
            ("Surge on the database", times::surge_panel(session)),
            ("Availability", availability::availability_panel(session)),
            ("Latency", latency),
            ("What moves it", html! { <super::moves::Moves answers={&[0, 1, 2][..]} /> }),
        ],
    )
}
