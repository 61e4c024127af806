//! The outage of a passive pair.

use crate::document::section;
use crate::state::Session;
use dr_core::report::views::outage::pair_section;
use yew::prelude::*;

/// What happens to the pair, and what is at risk on the way.
pub(super) fn pair(session: &Session) -> Html {
    section(&pair_section(session.subject()))
}
