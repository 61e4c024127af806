//! Flush, scaling and patching.

use crate::document::sections;
use crate::state::Session;
use dr_core::report::views::outage::event_sections;
use yew::prelude::*;

/// What a plan meets without any outage.
pub(super) fn scenarios(session: &Session) -> Html {
    sections(&event_sections(session.subject()))
}
