//! A design that waits for the end of the service of what runs today (M-10).

use super::{Change, Origin, Path, under_load};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::demand::demand;
use crate::model::fit::{Design, SizeName};
use crate::model::sizing::sized;
use crate::plan::Plan;
use crate::units::Date;

/// What is paid until a design takes over at the end of the old service, and what from then on.
#[derive(Debug, Clone, PartialEq)]
pub struct Waits {
    /// The size that runs until then.
    pub from: Vec<SizeName>,
    /// Its month, at first.
    pub before: Total,
    /// The last day of its service.
    pub until: Date,
    /// The month, from 1, in which the design first runs.
    pub month: u32,
    /// The size that takes over: the load of that month asks for it.
    pub to: Vec<SizeName>,
    /// Its bill of that month.
    pub after: Total,
}

impl Waits {
    pub(super) fn of(path: &Path) -> Option<Self> {
        if path.way == Origin::Moves { Self::becoming(path.topology, path) } else { None }
    }

    /// The same of the group that follows a pair.
    pub(super) fn after_pair(pair: &Path) -> Option<Self> {
        Self::becoming(Topology::Active, pair)
    }

    fn becoming(topology: Topology, path: &Path) -> Option<Self> {
        path.steps.iter().find_map(|step| match &step.change {
            Change::Migration {
                becomes,
                ends: Some((_, until)),
                from,
                to,
                last_month,
                side_by_side,
                before,
                after,
                ..
            } if *becomes == topology => {
                let first = path.months.first().filter(|month| month.number < step.month);
                Some(Self {
                    from: from.clone(),
                    before: first.map_or(before, |month| &month.bill).clone(),
                    until: *until,
                    month: if *side_by_side == 0 { last_month.saturating_add(1) } else { step.month },
                    to: to.clone(),
                    after: after.clone(),
                })
            }
            _ => None,
        })
    }

    /// The plan at the end of the month in which the design first runs, of the size that takes over.
    #[must_use]
    pub fn plan(&self, topology: Topology, plan: &Plan) -> Plan {
        let mut late = under_load(plan, self.month);
        let [first, second] = [0, 1].map(|at| self.to.get(at));
        let size = first.map(|it| it.sku.clone());
        match topology {
            Topology::Rebuild => late.rebuild.sku = size,
            Topology::Passive => {
                (late.passive.sku, late.passive.secondary_sku) = (size, second.map(|it| it.sku.clone()));
                late.passive.shards = first.and_then(|it| it.shards);
            }
            Topology::Active => late.active.sku = size,
        }
        late
    }

    /// The design that takes over, under the load of that month.
    #[must_use]
    pub fn design(&self, topology: Topology, plan: &Plan, catalog: &Catalog) -> Design {
        let late = self.plan(topology, plan);
        sized(topology, &late, catalog, &demand(&late))
    }
}
