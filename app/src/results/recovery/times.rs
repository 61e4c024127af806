//! How long it takes to be back: every path with its median and its bad case, and behind it the distribution.

use super::exact::Exact;
use crate::document::{blocks, section};
use crate::results::fold::Fold;
use crate::state::{Session, use_session};
use dr_core::report::views::recovery::{recovery_distribution, recovery_times};
use yew::prelude::*;

pub(super) fn times(session: &Session) -> Html {
    html! {
        <>
            { section(&recovery_times(session.subject())) }
            <Fold title="Distribution of every recovery path"><Distribution /></Fold>
            <Fold title="A million trials"><Exact /></Fold>
        </>
    }
}

/// Drawn when its fold is opened.
#[component]
fn Distribution() -> Html {
    let session = use_session();
    blocks(&recovery_distribution(session.subject()).blocks)
}
