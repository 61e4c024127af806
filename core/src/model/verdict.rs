//! The five objectives, and how a figure of the models does against a target.
//!
//! The models give the figures; [`crate::decide`] judges them.

use super::cost::{LineKind, Total};
use super::fit::{Misfit, SizeName};
use super::runway::Filling;
use crate::units::{Currency, Money, OpsPerSec, Secs};
use serde::Serialize;

/// The five objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// Cost of a steady month.
    Cost,
    /// Age of what may be lost, P95.
    Rpo,
    /// Time to recover, P95.
    Rto,
    /// How long a region may stay down before something runs out: for an active group the time to 100 % of memory that 95 of
    /// 100 cases exceed (P05 of the time over the coefficients' ranges, M-07).
    Runway,
    /// Write request of the worst-served region, P95 of its requests.
    Latency,
}

impl Objective {
    /// In the order of the cards.
    pub const ALL: [Self; 5] = [Self::Cost, Self::Rpo, Self::Rto, Self::Runway, Self::Latency];
}

/// A figure that is held against a target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// Money.
    Money(Money),
    /// The known part of a sum that lacks a price: it costs at least that.
    AtLeast(Money),
    /// Time.
    Time(Secs),
    /// Never runs out.
    Unlimited,
    /// There is none: it has no runway, never drains, or cannot be known.
    None,
}

/// One objective of one topology.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Which objective.
    pub objective: Objective,
    /// The model's figure.
    pub figure: Figure,
    /// The target; `None` when the plan sets none.
    pub target: Option<Figure>,
    /// Met or missed by the model's figure; `None` without a target, or when it cannot be known (an unknown price under the budget).
    pub met: Option<bool>,
    /// That the target is met can be shown, not modelled alone: false for an RPO finer than what metrics show of a lag.
    pub shown: bool,
    /// Why it cannot be known, or what the figure leaves out.
    pub caveats: Vec<Caveat>,
}

impl Verdict {
    /// Met or missed as far as that can be shown: a target that the model alone meets is neither.
    #[must_use]
    pub fn met_and_shown(&self) -> Option<bool> {
        self.met.filter(|met| !met || self.shown)
    }

    /// The model meets the target, and nothing shows it.
    #[must_use]
    pub fn met_unshown(&self) -> bool {
        self.met == Some(true) && !self.shown
    }
}

/// Why a figure cannot be known, what it leaves out, or what it means.
#[derive(Debug, Clone, PartialEq)]
pub enum Caveat {
    /// The topology is not possible for this plan.
    NotPossible,
    /// Nor is it, for this reason.
    Misfit(Misfit),
    /// The budget is in another currency than the prices, and is not held against them.
    OtherCurrency {
        /// That of the plan.
        budget: Currency,
        /// That of the catalogue.
        prices: Currency,
    },
    /// The sum lacks a price.
    Incomplete(Total, Currency),
    /// Hours of people without a rate, by what they are for; the sum does not hold them.
    WithoutHours(Vec<LineKind>),
    /// The first month is inside the budget, and so many of all months are not.
    OverLater {
        /// Months over the budget.
        over: usize,
        /// All months of the design.
        of: usize,
        /// The dearest.
        dearest: Money,
        /// The first month of another size, with that size and its bill.
        next: Option<(u32, Vec<SizeName>, Money)>,
        /// Of the amounts.
        currency: Currency,
    },
    /// The database holds everything: nothing is lost.
    SourceOfTruth,
    /// All data are expendable: no target is held against them.
    Expendable,
    /// What the database does not hold is lost back to the last export.
    LastExport,
    /// A part of the data is held only here and never exported.
    NeverExported,
    /// The plan does not say which data the database holds.
    DataNotSaid,
    /// The lag is measured; the service promises no recovery point all the same.
    Measured,
    /// It was measured at the first rate of writes, and the plan has the second: it is more.
    MeasuredAtFewer([OpsPerSec; 2]),
    /// The service promises no recovery point (S1 for a pair, D1 for a group).
    NoPromise,
    /// No metric shows the lag, and nothing is promised about it (M2, D1).
    NoMetric,
    /// What is not yet copied grows for ever.
    NeverDrains,
    /// No copy is ever complete: the full sync does not end (M-03).
    NoCopy,
    /// Both caches stand in one region.
    OneRegion,
    /// The plan has no second region to rebuild in.
    NoSecondRegion,
    /// No recovery path for this plan.
    NoPath,
    /// The recovery path has no end.
    EndlessPath,
    /// Users wait until the reload is done.
    NoReplica,
    /// Nothing fills up, but there is no replica until the pair is linked again.
    NoSecondCopy,
    /// Memory of the survivors: when it is full, and until when to act (M-07).
    Fills(Box<Filling>),
    /// Memory is never full.
    NeverFull,
    /// A region without a known round trip.
    NoRoundTrip,
    /// A region whose writes nothing takes.
    NoWriter,
}

impl Objective {
    /// The objective in a sentence: "RTO", "write latency".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Rpo => "RPO",
            Self::Rto => "RTO",
            Self::Runway => "runway",
            Self::Latency => "write latency",
        }
    }
}
