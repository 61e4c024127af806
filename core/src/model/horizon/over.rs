//! What each design costs over the horizon (M-10): what the choice ranks by.

use super::exchange::{Exchanged, exchanged};
use super::{Change, Horizon, Months, Origin, OwnMonths, Path, Waits, compared};
use crate::catalog::Service;
use crate::model::Topology;
use crate::model::cost::{FactorPart, Total, merged};
use crate::plan::ReservationTerm;
use crate::units::{Date, Money};
use rust_decimal::Decimal;
use serde::Serialize;

/// What one design costs from the first month to the last, its way from what runs today included.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HorizonCost {
    /// Bills and what happens once.
    pub paid: Total,
    /// The part of it that its way from what runs today, and at the end of a service, costs once.
    pub moving: Total,
    /// Expected loss of downtime and of lost writes over the same months; `None` where the plan has no price for them, and then it is
    /// in no design's cost.
    pub loss: Option<Money>,
    /// False where the path ends inside the horizon, in its last month too: its sum lacks what has to follow and is not compared.
    pub whole: bool,
    /// How it comes about from what runs today.
    pub way: Origin,
    /// When it leaves a service that ends, with the service; `None` for a move now and for none.
    pub leaves: Option<(Service, Date)>,
    /// How it waits for the end of the old service; `None` where it moves now, or not at all.
    pub waits: Option<Waits>,
    /// What of it is in proportion to each estimated factor of prices.
    pub by_factor: Vec<FactorPart>,
    /// Rests of prepaid terms that it exchanges on the way, by month.
    pub exchanged: Vec<Exchanged>,
    /// Its months by itself.
    pub own: OwnMonths,
}

/// Sizes of a design that the load replaces, up to the end of its service.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Grown {
    /// How often.
    pub steps: u32,
    /// The dearest month's bill right after one; 0 without any.
    pub dearest: Money,
}

impl Grown {
    /// Of the path of a design by itself: a move to it makes the size at once that it has by then, and no step is left to see.
    pub(super) fn of(own: &Path, last: u32) -> Self {
        let scaled = own.steps.iter().filter_map(|step| match &step.change {
            Change::Scale { after, .. } if step.month <= last => Some(after.at_least()),
            _ => None,
        });
        scaled.fold(Self::default(), |all, month| Self { steps: all.steps + 1, dearest: all.dearest.max(month) })
    }
}

/// The costs of the three designs, in the order of [`crate::model::Topology::ALL`], with the months that they cover.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OverHorizon {
    /// Months of the horizon.
    pub months: u32,
    /// One for each design.
    #[serde(skip)]
    pub costs: [HorizonCost; 3],
}

impl OverHorizon {
    /// An expected loss by outages is in what is ranked.
    #[must_use]
    pub fn counts_loss(&self) -> bool {
        self.costs.iter().any(|cost| cost.loss.is_some())
    }

    /// The same months with other losses expected in a year.
    #[must_use]
    pub fn losing(&self, losses: [Option<Money>; 3]) -> Self {
        let mut other = self.clone();
        for (cost, loss) in other.costs.iter_mut().zip(losses) {
            cost.loss = loss.map(|year| over_months(year, self.months));
        }
        other
    }

    /// The cost of one design.
    #[must_use]
    pub fn of(&self, topology: Topology) -> &HorizonCost {
        let [rebuild, passive, active] = &self.costs;
        match topology {
            Topology::Rebuild => rebuild,
            Topology::Passive => passive,
            Topology::Active => active,
        }
    }
}

impl HorizonCost {
    /// The same as a key: a path that ends before the horizon does after all others, with its sum; `None` where a price is missing.
    #[must_use]
    pub fn rank(&self) -> Option<(bool, Money)> {
        self.total().complete().map(|cost| (!self.whole, cost))
    }

    /// What is ranked: what is paid, and the expected loss where the plan prices it.
    #[must_use]
    pub fn total(&self) -> Total {
        self.paid.clone() + &Total::exactly(self.loss.unwrap_or(Money::ZERO))
    }

    /// What a month of another design costs over one of this, each with its own month, once the other runs, whose figures hold from then on only;
    /// `None` where a price is missing.
    #[must_use]
    pub fn more_once_it_runs(&self, own: &Total, other: (&Total, &Self)) -> Option<(Money, Months)> {
        if let (None, Some(waits)) = (&self.waits, &other.1.waits) {
            let now = self.own.bill(waits.month).filter(|_| own.is_complete())?;
            return Some((waits.after.complete()? - now, Months::After(waits.until)));
        }
        let (own, other, months) = compared((own, self.waits.as_ref()), (other.0, other.1.waits.as_ref()));
        Some((other.complete()? - own.complete()?, months))
    }

    pub(super) fn of(
        path: &Path,
        own: OwnMonths,
        months: u32,
        term: Option<ReservationTerm>,
        loss: Option<Money>,
    ) -> Self {
        let moves = path.steps.iter().filter(|step| {
            matches!(step.change, Change::Migration { .. } | Change::Build { .. } | Change::Resize { .. })
        });
        let leaves = path.steps.iter().find_map(|step| match step.change {
            Change::Migration { ends, .. } => ends,
            _ => None,
        });
        Self {
            paid: path.total(),
            moving: moves.map(super::Step::cost_once).sum(),
            loss: loss.map(|year| over_months(year, months)),
            whole: path.stops.is_none(),
            way: path.way,
            leaves,
            waits: Waits::of(path),
            exchanged: exchanged(path, term),
            own,
            by_factor: path.months.iter().fold(Vec::new(), |sum, month| merged(sum, &month.by_factor)),
        }
    }
}

/// What is lost in so many months.
fn over_months(year: Money, months: u32) -> Money {
    year * (Decimal::from(months) / Decimal::from(12))
}

impl Horizon {
    /// What each design costs over it, with the loss that is expected of it in a year (M-10), where the plan prices it.
    #[must_use]
    pub fn costs(&self, losses: [Option<Money>; 3]) -> OverHorizon {
        let [rebuild, passive, active] = &self.paths;
        let of = |path: &Path, loss| {
            HorizonCost::of(path, self.own[path.topology as usize].clone(), self.months, self.reservation, loss)
        };
        let costs = [of(rebuild, losses[0]), of(passive, losses[1]), of(active, losses[2])];
        OverHorizon { months: self.months, costs }
    }
}
