//! Targets first, then cost (M-12): verdicts, the recommendation, the tipping point.

mod candidate;
mod choose;
mod compare;
mod counter;
mod judge;
mod outcome;
mod people;
mod price_doubt;
#[cfg(test)]
mod tests;
mod tipping_point;
mod turn;
mod weigh;
mod why;

pub use candidate::{Candidate, Relaxed, candidate, relaxed, target_of, with_target};
pub use compare::compare;
pub use counter::Counter;
pub use judge::{judge_months, verdicts};
pub use outcome::{Against, Difference, Miss, Outcome, Priced, Rival, Shortcoming, Successor, Target, TippingPoint};
pub use people::{HoursOpen, MOST_AN_HOUR, hours_open};
pub use price_doubt::{Apart, apart};
pub use turn::Turn;
pub use weigh::successor;
pub use why::Reason;

use crate::model::Topology;
use crate::model::cost::{FactorKey, LookUp, MissingPrice};
use crate::model::horizon::{OverHorizon, Waits};
use crate::model::runway::Deadline;
use crate::units::{Currency, Money};

/// For whom a comparison is made: what nobody reads is not worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// One of many, whose choice alone counts.
    Nobody,
    /// A row of a list: the nearest counts too.
    List,
    /// A person.
    Person,
}

/// Which topology, and why; `report::verdict` says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The cheapest over the horizon among those that meet every target and have no blocking finding; `None` when none does, or when a design whose
    /// cost lacks a price could be cheaper.
    pub choice: Option<Topology>,
    /// The topology that meets the most targets, when none meets all.
    pub nearest: Option<Topology>,
    /// The answer: choice, cost, what the others lack.
    pub outcome: Outcome,
    /// How many of the five targets the plan sets.
    pub targets: usize,
    /// All of them are a new plan's.
    pub defaults: bool,
    /// The one currency of every amount: the catalogue's.
    pub currency: Currency,
    /// Until when a person must act once a region is lost; `None` unless the choice, or the nearest to it, is a group whose memory
    /// fills.
    pub deadline: Option<Deadline>,
    /// The smallest change of the targets that changes the choice: the plan with them has that choice. `None` when none is near, and in a
    /// comparison that is not for a reader.
    pub tipping_point: Option<TippingPoint>,
    /// The prices without which nobody can say which is the cheapest; empty where there is a choice, and where no design could
    /// be one.
    pub missing: Vec<MissingPrice>,
    /// The designs of which one is the choice once `missing` is known; empty where there is a choice, and where no design could be one.
    pub open: Vec<Topology>,
    /// What the bands of estimated prices leave open about the choice; empty where it holds over all of them.
    pub price_doubts: Vec<PriceDoubt>,
    /// Hours of people without a rate that the choice and its rivals differ by; `None` where none do, and in a comparison that is not
    /// for a reader.
    pub hours: Option<HoursOpen>,
    /// Ranges of the plan at an end of which the choice is another one; empty in a comparison that is not for a reader.
    pub turns: Vec<Turn>,
    /// What each design costs over the horizon; `None` in a comparison that is not for a reader.
    pub over: Option<OverHorizon>,
    /// What the group lacks that has to follow the pair at the end of Premium; `None` where it lacks nothing, and in a comparison that nobody
    /// reads.
    pub successor: Option<Successor>,
    /// What decides for the choice, or for the nearest; `None` where a price is missing, and in a comparison that is not for a reader.
    pub reason: Option<Reason>,
    /// What speaks against it most: there is always something. `None` where no design is recommended, and in a comparison that is not for a
    /// reader.
    pub counter: Option<Counter>,
}

/// An answer that another price inside the bands of the catalogue would change. `core::report` words it.
#[derive(Debug, Clone, PartialEq)]
pub enum PriceDoubt {
    /// A design that misses no target, but for the budget at most, may cost less than the choice.
    OtherCheaper {
        /// Which.
        other: Topology,
        /// Its cost over the horizon less the choice's, in the catalogue's currency, where the factors favour it; below 0.
        low: Money,
        /// The same where they favour the choice.
        high: Money,
        /// The factor that moves the difference most.
        look_up: FactorKey,
        /// The price that tells that factor; `None` where no line of a first or a dearest month has it.
        price: Option<LookUp>,
    },
    /// The dearest month of the choice, or of the nearest to it, is inside the budget at one end of the bands and beyond it at the other.
    Budget {
        /// Whose month.
        of: Topology,
        /// Lowest month.
        low: Money,
        /// Highest month.
        high: Money,
        /// The factor that moves it most.
        look_up: FactorKey,
        /// The price that tells that factor; `None` where no line of a first or a dearest month has it.
        price: Option<LookUp>,
    },
}

impl Comparison {
    /// Nobody can say which is the best: prices, a rate or a range of the plan inside its bounds turn the choice.
    #[must_use]
    pub fn too_close(&self) -> bool {
        self.reason.as_ref().is_some_and(Reason::is_open)
    }

    /// What the group lacks that has to follow, of a recommended pair.
    #[must_use]
    pub fn follows(&self) -> Option<&Successor> {
        self.successor.as_ref().filter(|_| self.recommended() == Some(Topology::Passive))
    }

    /// How a design waits for the end of what runs; `None` where it does not, or the costs over the horizon were not worked out.
    #[must_use]
    pub fn waits(&self, topology: Topology) -> Option<&Waits> {
        self.over.as_ref()?.of(topology).waits.as_ref()
    }

    /// The choice, else the nearest to it; `None` when no topology is possible, and while the choice waits for a price: what is not
    /// ranked is not recommended either.
    #[must_use]
    pub fn recommended(&self) -> Option<Topology> {
        self.choice.or(self.nearest.filter(|_| self.open.is_empty()))
    }
}
