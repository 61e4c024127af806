//! The outage with and without the force-unlink.

use super::no_group;
use crate::document::section;
use crate::state::Session;
use dr_core::model::outage_simulation::WhatIf;
use dr_core::report::views::outage::ways_section;
use yew::prelude::*;

/// Both options side by side; `story` is the outage of the session's plan.
pub(super) fn ways(session: &Session, story: Option<&WhatIf>) -> Html {
    story.map_or_else(|| no_group("outage-ways"), |story| section(&ways_section(session.subject(), story)))
}
