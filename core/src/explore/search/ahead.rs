//! What designs of a search cost over the horizon: what the verdict ranks by, so that the search does.

use super::choice::{DesignChoice, answer};
use super::pool::Found;
use crate::catalog::Catalog;
use crate::decide::{Apart, apart};
use crate::evaluate::over_of;
use crate::model::horizon::HorizonCost;
use crate::plan::{Objectives, Plan};
use crate::units::Money;
use std::cell::RefCell;

/// Costs over the horizon, each worked out when it is first asked for.
pub(super) struct Ahead<'a> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    known: RefCell<Vec<(DesignChoice, HorizonCost)>>,
}

impl<'a> Ahead<'a> {
    pub(super) const fn new(plan: &'a Plan, catalog: &'a Catalog) -> Self {
        Self { plan, catalog, known: RefCell::new(Vec::new()) }
    }

    /// Months of the horizon.
    pub(super) const fn months(&self) -> u32 {
        self.plan.horizon.months
    }

    /// What the evaluation says of the plan that has taken the design.
    pub(super) fn of(&self, found: &Found) -> HorizonCost {
        let known =
            self.known.borrow().iter().find(|(choice, _)| *choice == found.choice).map(|(_, cost)| cost.clone());
        known.unwrap_or_else(|| {
            let cost = over_of(found.choice.topology, &found.choice.taken(self.plan), self.catalog);
            self.known.borrow_mut().push((found.choice.clone(), cost.clone()));
            cost
        })
    }

    /// The least over the horizon of designs that are each the cheapest month of their topology or placement; one whose months lack a
    /// price after all others.
    pub(super) fn cheapest<'f>(&self, of: impl Iterator<Item = &'f Found>) -> Option<&'f Found> {
        let key = |it: &Found| {
            let rank = self.of(it).rank();
            (rank.is_none(), rank)
        };
        of.map(|it| (key(it), it))
            .min_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.order().cmp(&other.order())))
            .map(|it| it.1)
    }

    /// What the bands of estimated prices let the second cost over the first.
    pub(super) fn apart(&self, own: &Found, other: &Found) -> Option<Apart> {
        let [first, second] = [own, other].map(|it| answer(&it.choice, self.plan, self.catalog).bill);
        apart((&self.of(own), &first), (&self.of(other), &second))
    }

    /// What the second costs less than the first, where the targets of the second are looser: its sizes of later months have those to meet.
    pub(super) fn saves(&self, own: &Found, other: &Found, then: &Objectives) -> Option<Money> {
        let mut plan = other.choice.taken(self.plan);
        plan.objectives.clone_from(then);
        let then = over_of(other.choice.topology, &plan, self.catalog);
        let ((ends, cost), (other_ends, other)) = (self.of(own).rank()?, then.rank()?);
        (ends == other_ends).then(|| cost - other)
    }

    /// What the second costs over the first; `None` where a price is missing, and where one path ends before the horizon does.
    pub(super) fn more(&self, own: &Found, other: &Found) -> Option<Money> {
        let ((ends, cost), (other_ends, other)) = (self.of(own).rank()?, self.of(other).rank()?);
        (ends == other_ends).then(|| other - cost)
    }
}
