//! The largest fill: what a fuller cache would save.

use super::ahead::{Ahead, MonthApart};
use super::found::Found;
use super::pool::Pool;
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::thresholds::EVICTION;
use crate::plan::Plan;
use crate::units::{Money, Ratio};

/// A design that fits once the largest fill of the plan is raised to where eviction begins.
#[derive(Debug, Clone, PartialEq)]
pub struct FillCost {
    /// The largest fill that it takes.
    pub to: Ratio,
    /// What it costs less over the horizon.
    pub saves: Money,
    /// What its month costs less; below 0 where the month is the dearer one.
    pub month: MonthApart,
    /// The design.
    pub design: Found,
}

/// The largest fill of a topology's caches, as the plan has it; the rebuilt cache takes the group's.
const fn largest(topology: Topology, plan: &Plan) -> Ratio {
    if matches!(topology, Topology::Passive) { plan.passive.max_fill } else { plan.active.max_fill }
}

/// The plan with its largest fills where eviction begins, unless they are there already.
fn raised(plan: &Plan) -> Plan {
    let mut raised = plan.clone();
    for fill in [&mut raised.passive.max_fill, &mut raised.active.max_fill] {
        *fill = if *fill < EVICTION { EVICTION } else { *fill };
    }
    raised
}

/// The design that a fuller cache makes possible and that saves the most against the winner; `None` where none saves anything.
pub(super) fn fuller(plan: &Plan, catalog: &Catalog, winner: &Found, ahead: &Ahead) -> Option<FillCost> {
    let raised = raised(plan);
    let pool = Pool::beyond(&raised, catalog, |topology, fill| fill > largest(topology, plan))?;
    let then = Ahead::new(&raised, catalog);
    let saved = |topology: Topology| {
        let design = then.best(pool.meeting(topology, None)).filter(|it| then.within(it))?.clone();
        let ((ends, cost), (other_ends, other)) = (ahead.of(winner).rank()?, then.of(&design).rank()?);
        let month = ahead.month_less(winner, &design, &then)?;
        let saves = cost - other;
        (ends == other_ends && saves > Money::ZERO).then(|| FillCost {
            to: largest(topology, &raised),
            saves,
            month,
            design,
        })
    };
    Topology::ALL.into_iter().filter_map(saved).max_by(|a, b| a.saves.cmp(&b.saves))
}
