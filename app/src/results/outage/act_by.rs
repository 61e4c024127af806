//! Until when a person must act: the survivors' memory, and what follows from the outage.

use super::no_group;
use crate::document::section;
use crate::state::Session;
use dr_core::model::outage_simulation::WhatIf;
use dr_core::report::views::outage::act_by_section;
use yew::prelude::*;

/// The memory of the group; `story` is the outage of the session's plan.
pub(super) fn act_by(session: &Session, story: Option<&WhatIf>) -> Html {
    story.map_or_else(|| no_group("outage-act-by"), |story| section(&act_by_section(session.subject(), story)))
}
