//! What a comparison comes to, as data: who, for how much, and what the others lack.

use crate::model::cost::{LineKind, Total};
use crate::model::fit::Misfit;
use crate::model::horizon::Months;
use crate::model::verdict::{Figure, Objective};
use crate::model::{Place, Topology};
use crate::units::{Date, Money, Secs};

/// The answer of a comparison; `report::verdict` says it.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The cheapest that meets every target.
    Chosen {
        /// The choice with its cost.
        choice: Priced,
        /// The design that it is weighed against; `None` where there is no other with a replica.
        rival: Option<Rival>,
    },
    /// A missing price keeps open which is the cheapest, or whether the only one meets the budget.
    Open {
        /// True where the plan has a budget, which then is the target that cannot be judged.
        budget: bool,
        /// Those whose cost lacks a price.
        lacking: Vec<Topology>,
        /// Those that meet every target and have a cost.
        complete: Vec<Priced>,
    },
    /// None meets every target without an obstacle; the nearest, and what it lacks.
    NoneMeets {
        /// The nearest with its cost.
        nearest: Priced,
        /// What it lacks.
        lacks: Vec<Shortcoming>,
    },
    /// None is possible at all, with the first reason.
    NonePossible(Option<Misfit>),
}

/// What the group lacks that has to follow a pair at the end of its service.
#[derive(Debug, Clone, PartialEq)]
pub struct Successor {
    /// The last day of the service.
    pub until: Date,
    /// What it lacks, but for the budget, which the pair's own months hold.
    pub lacks: Vec<Shortcoming>,
}

/// A topology with what its month costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Priced {
    /// Which.
    pub topology: Topology,
    /// What the month costs; `None` where it is not possible.
    pub cost: Option<Total>,
    /// Hours of people without a rate, by what they are for: the cost does not hold them.
    pub without: Vec<LineKind>,
    /// Targets that the model meets and nothing shows.
    pub unshown: Vec<Objective>,
}

/// The design that a choice is weighed against.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// Which.
    pub topology: Topology,
    /// How it compares.
    pub against: Against,
}

/// How a rival compares with the choice.
#[derive(Debug, Clone, PartialEq)]
pub enum Against {
    /// It is not possible, with the first reason.
    NotPossible(Option<Misfit>),
    /// It costs more or less, and lacks something or nothing.
    Weighed {
        /// What its month costs over or under the choice's.
        difference: Difference,
        /// Of which months that is.
        months: Months,
        /// The same over the horizon; `None` where one of them ends before it, and in a comparison that is not for a reader.
        over: Option<Difference>,
        /// What it lacks; empty where it meets the targets too.
        lacks: Vec<Shortcoming>,
        /// Targets that it meets in the model, and that nothing shows.
        unshown: Vec<Objective>,
    },
}

/// What one design costs against another.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// One of them has no cost.
    NoCost,
    /// The same.
    Same,
    /// So much less.
    Less(Money),
    /// So much more.
    More(Money),
    /// At least so much more: the sum lacks a price.
    AtLeastMore(Money, Total),
    /// Nobody can say which costs more: its own cost.
    Costs(Total),
}

/// One thing that keeps a design from being the choice.
#[derive(Debug, Clone, PartialEq)]
pub enum Shortcoming {
    /// Targets that it misses.
    Misses(Vec<Miss>),
    /// It has no figure for this objective.
    Without(Objective),
    /// Targets that cannot be judged.
    NotJudged(Vec<Objective>),
    /// The load does not fit.
    TooSmall,
    /// No copy of its data is ever complete.
    NeverCopies,
    /// Rules refuse it: the first by its id, and how many more.
    Blocked(String, usize),
}

/// A target that is missed.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// Which.
    pub objective: Objective,
    /// Where, of a latency: the worst-served region.
    pub place: Option<Place>,
    /// By how much; [`Figure::AtLeast`] where the sum lacks a price, [`Figure::None`] where there is no difference to name.
    pub by: Figure,
    /// Of a budget, the month, from 1, that misses it by so much and what it costs; `None` where that is the first month.
    pub dearest: Option<(u32, Money)>,
}

/// The smallest change of the targets that makes another topology the choice.
#[derive(Debug, Clone, PartialEq)]
pub struct TippingPoint {
    /// Which becomes the choice.
    pub topology: Topology,
    /// The targets that move, each to this figure.
    pub targets: Vec<(Objective, Target)>,
}

/// A target that a tipping point moves to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// The budget of a month.
    Money(Money),
    /// A time.
    Time(Secs),
}

impl Target {
    /// The figure that just meets it.
    #[must_use]
    pub const fn figure(self) -> Figure {
        match self {
            Self::Money(most) => Figure::Money(most),
            Self::Time(time) => Figure::Time(time),
        }
    }
}
