//! Below the cards: the three side by side, what the case printed, latency by region.

use crate::results::fold::first_open;
use crate::state::Session;
use dr_core::report::views::overview::compared;
use yew::prelude::*;

pub(super) fn compare(session: &Session) -> Html {
    first_open(&compared(session.subject()))
}
