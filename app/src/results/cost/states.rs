//! What each state costs over the steady month, and what is off the bill.

use crate::results::fold::first_open;
use crate::state::use_session;
use dr_core::report::views;
use yew::prelude::*;

/// The bill's lines by state, then off-bill costs.
#[component]
pub(super) fn StatesView() -> Html {
    let session = use_session();
    first_open(&views::cost::by_state(session.subject()))
}
