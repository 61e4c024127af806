//! What designs of a search cost over the horizon: what the verdict ranks by, so that the search does.

use super::choice::{DesignChoice, answer};
use super::found::Found;
use crate::catalog::{Catalog, SkuId};
use crate::decide::{Apart, HoursOpen, apart, hours_open};
use crate::evaluate::over_beside;
use crate::model::Topology;
use crate::model::horizon::{HorizonCost, Months, Origin, Walked, compared, may_keep};
use crate::model::verdict::{Figure, Objective};
use crate::plan::{Objectives, Plan};
use crate::units::{Currency, Money};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// What two designs cost apart in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthApart {
    /// By how much.
    pub by: Money,
    /// Of which months that is.
    pub months: Months,
}

/// Costs over the horizon, each worked out when it is first asked for.
pub(super) struct Ahead<'a> {
    plan: Cow<'a, Plan>,
    catalog: &'a Catalog,
    /// Of a month, in the currency of the prices.
    budget: Option<Money>,
    known: RefCell<Vec<(DesignChoice, HorizonCost)>>,
    walked: Rc<Walked>,
}

impl<'a> Ahead<'a> {
    pub(super) fn new(plan: &'a Plan, catalog: &'a Catalog) -> Self {
        let budget = plan.objectives_in(catalog.currency()).budget;
        Self { plan: Cow::Borrowed(plan), catalog, budget, known: RefCell::default(), walked: Rc::default() }
    }

    /// Months of the horizon.
    pub(super) fn months(&self) -> u32 {
        self.plan.horizon.months
    }

    /// What the evaluation says of the plan that has taken the design; a pair is followed by a group of an open size.
    pub(super) fn of(&self, found: &Found) -> HorizonCost {
        let known =
            self.known.borrow().iter().find(|(choice, _)| *choice == found.choice).map(|(_, cost)| cost.clone());
        known.unwrap_or_else(|| {
            let mut taken = found.choice.taken(&self.plan, self.catalog);
            if found.choice.topology == Topology::Passive {
                // A size that the plan gives binds no search: what follows a pair is open too.
                taken.active.sku = None;
            }
            let cost = over_beside(found.choice.topology, &taken, self.catalog, &self.walked);
            self.known.borrow_mut().push((found.choice.clone(), cost.clone()));
            cost
        })
    }

    /// A dearer month may cost less over the horizon: the load replaces this design's size, its term is lost on the way, or it is moved to where
    /// another is what runs.
    pub(super) fn may_be_beaten(&self, found: &Found) -> bool {
        let cost = self.of(found);
        let moved = || cost.way == Origin::Moves && self.may_keep(found.choice.topology, None);
        cost.own.grown.steps > 0 || lost(&cost) > Money::ZERO || moved()
    }

    /// A design of this size, or of any, is what runs, as it is or scaled where it stands.
    fn may_keep(&self, topology: Topology, size: Option<&SkuId>) -> bool {
        let runs = self.plan.today.sku.as_ref();
        runs.is_some_and(|runs| may_keep(topology, &self.plan, size.unwrap_or(runs), self.catalog))
    }

    /// Of designs of one topology, or of one placement, the least over the horizon; what comes last only where nothing else is there.
    ///
    /// Inside a topology the bills of two sizes differ by the same amount under every load: traffic, endpoints and copies are of the data.
    /// So where no load replaces the cheapest month's size, it is the cheapest in every month, and no other is worked out. Where one does,
    /// each design whose month is not above the dearest that follows is: a size that stands may cost less than one that is replaced at once. Where
    /// it loses the rest of a term, those are that the loss would pay for, and the cheapest of each other term; where it is moved to, those that keep
    /// what runs, as far as the move would pay for them. Of equal costs the one that is replaced less often.
    pub(super) fn best<'f>(&self, all: impl Iterator<Item = &'f Found>) -> Option<&'f Found> {
        let mut all: Vec<&Found> = all.collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        let first = *all.first()?;
        let cost = self.of(first);
        let lost = lost(&cost);
        let loses = lost > Money::ZERO;
        if !self.may_be_beaten(first) || cost.rank().is_none() {
            return Some(first);
        }
        // What the way costs beside the design's own months: the step, and what runs beside it.
        let beside_own = cost.paid.at_least() - cost.own.bills.iter().copied().sum::<Money>();
        let mut terms = vec![first.choice.reservation];
        let below = |it: &&Found| {
            let own = it.choice.reservation;
            let other_term = loses && !terms.contains(&own);
            if other_term {
                terms.push(own);
            }
            let moved = cost.way == Origin::Moves && self.may_keep(it.choice.topology, Some(&it.choice.size.sku));
            let cheaper = it.month.complete().is_some_and(|month| {
                let more = month - cost.own.grown.dearest;
                let dearer = |least: Money| (month - least) * Decimal::from(self.months());
                let stays = moved && dearer(first.month.at_least()) <= beside_own;
                more <= Money::ZERO || loses && dearer(cost.own.grown.dearest) <= lost || stays
            });
            it.comes_last == first.comes_last && (cheaper || other_term)
        };
        let key = |it: &Found| {
            let cost = self.of(it);
            (cost.rank().is_none(), cost.rank(), cost.own.grown.steps)
        };
        let others = all.into_iter().skip(1).filter(below);
        std::iter::once(first)
            .chain(others)
            .map(|it| (key(it), it))
            .min_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.order().cmp(&other.order())))
            .map(|it| it.1)
    }

    /// The least over the horizon of designs that are each the best of their topology or placement; one whose months lack a
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

    /// No month of its own is over the budget.
    pub(super) fn within(&self, found: &Found) -> bool {
        self.budget.is_none_or(|most| self.of(found).own.over(most) == 0)
    }

    /// Holds the dearest of its own months against the budget (M-12); true where that changes how the design stands. Of one that waits for the
    /// end of what runs its first month counts for nothing.
    pub(super) fn judge_months(&self, found: &mut Found) -> bool {
        let Some(month) = found.month.complete().filter(|_| self.budget.is_some()) else { return false };
        let (cost, missed) = (self.of(found), found.unmet.contains(&Objective::Cost));
        let waits = cost.waits.is_some();
        if self.within(found) {
            if waits {
                found.unmet.retain(|unmet| *unmet != Objective::Cost);
            }
            return waits && missed;
        }
        let dearest = Figure::Money(if waits { cost.own.dearest() } else { cost.own.dearest().max(month) });
        if found.figures[0] == dearest && missed {
            return false;
        }
        found.figures[0] = dearest;
        if !missed {
            found.unmet.insert(0, Objective::Cost);
        }
        true
    }

    /// Hours of people without a rate that a winner and the best of other topologies differ by.
    pub(super) fn hours<'f>(
        &self,
        winner: &Found,
        rivals: impl Iterator<Item = &'f Found>,
        currency: Currency,
    ) -> Option<HoursOpen> {
        let rivals: Vec<(Topology, HorizonCost)> = rivals.map(|it| (it.choice.topology, self.of(it))).collect();
        let own = (winner.choice.topology, &self.of(winner));
        hours_open(own, rivals.iter().map(|(topology, cost)| (*topology, cost)), currency)
    }

    /// What the bands of estimated prices let the second cost over the first.
    pub(super) fn apart(&self, own: &Found, other: &Found) -> Option<Apart> {
        let [first, second] = [own, other].map(|it| answer(&it.choice, &self.plan, self.catalog).bill);
        apart((&self.of(own), &first), (&self.of(other), &second))
    }

    /// The same under other targets: sizes of later months have those to meet.
    pub(super) fn moved(&self, targets: &Objectives) -> Self {
        // A budget in another currency than the prices' is none of these targets, and stays.
        let budget = self.budget.and(targets.budget);
        let objectives = Objectives { budget: budget.or(self.plan.objectives.budget), ..targets.clone() };
        let plan = Cow::Owned(Plan { objectives, ..Plan::clone(&self.plan) });
        Self { plan, catalog: self.catalog, budget, known: RefCell::default(), walked: Rc::clone(&self.walked) }
    }

    /// The plan.
    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The catalogue of the prices.
    pub(super) const fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// What a month of the first costs over one of the second, which stands under other targets ([`compared`]); `None` where a price is missing.
    pub(super) fn month_less(&self, own: &Found, other: &Found, then: &Self) -> Option<MonthApart> {
        let (own_cost, other_cost) = (self.of(own), then.of(other));
        let (own, other, months) =
            compared((&own.month, own_cost.waits.as_ref()), (&other.month, other_cost.waits.as_ref()));
        Some(MonthApart { by: own.complete()? - other.complete()?, months })
    }

    /// What a month of the second costs over one of the first once it runs ([`HorizonCost::more_once_it_runs`]).
    pub(super) fn month_more(&self, own: &Found, other: &Found) -> Option<MonthApart> {
        let (by, months) = self.of(own).more_once_it_runs(&own.month, (&other.month, &self.of(other)))?;
        Some(MonthApart { by, months })
    }

    /// What the first costs over the second, which stands under other targets.
    pub(super) fn saves(&self, own: &Found, other: &Found, then: &Self) -> Option<Money> {
        let ((ends, cost), (other_ends, other)) = (self.of(own).rank()?, then.of(other).rank()?);
        (ends == other_ends).then(|| cost - other)
    }

    /// What the second costs over the first; `None` where a price is missing, and where one path ends before the horizon does.
    pub(super) fn more(&self, own: &Found, other: &Found) -> Option<Money> {
        let ((ends, cost), (other_ends, other)) = (self.of(own).rank()?, self.of(other).rank()?);
        (ends == other_ends).then(|| other - cost)
    }
}

/// What is neither exchanged nor refunded of prepaid terms on the way.
fn lost(cost: &HorizonCost) -> Money {
    cost.exchanged.iter().map(|it| it.lost).sum()
}
