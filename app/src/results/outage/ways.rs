//! The outage with and without the force-unlink.

use super::no_group;
use crate::charts::table_view;
use crate::results::panel::panel;
use crate::state::Session;
use dr_core::model::outage::WhatIf;
use dr_core::report::outage_ways::two_ways;
use yew::prelude::*;

/// Both ways side by side; `story` is the outage of the session's plan.
pub(super) fn ways(session: &Session, story: Option<&WhatIf>) -> Html {
    let Some(story) = story else { return no_group() };
    let (says, ways) = two_ways(&session.plan, story);
    let title = "With and without the force-unlink";
    panel(title, &says, Html::default(), table_view(&ways, title))
}
