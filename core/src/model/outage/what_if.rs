//! The same outage with and without an act.

use super::{GroupOutage, group_outage};
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::plan::Plan;

/// One outage of an active group, played through twice (M-07).
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// With the force-unlink at the plan's decision, whether or not the plan says that somebody acts.
    pub acts: GroupOutage,
    /// Everybody waits for the region.
    pub never: GroupOutage,
}

impl WhatIf {
    /// The one that the plan says.
    #[must_use]
    pub const fn own(&self, plan: &Plan) -> &GroupOutage {
        if plan.outage.acts { &self.acts } else { &self.never }
    }
}

/// Both ways of the plan's outage; `None` without a group.
///
/// Where the region is back before the decision, both are equal.
#[must_use]
pub fn what_if(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Option<WhatIf> {
    let way = |acts: bool| {
        let mut plan = plan.clone();
        plan.outage.acts = acts;
        group_outage(&plan, catalog, evaluation)
    };
    Some(WhatIf { acts: way(true)?, never: way(false)? })
}
