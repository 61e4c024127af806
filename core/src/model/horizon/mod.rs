//! The horizon (M-10): the bill month by month while data and load grow, the sizes that follow, and the day a service ends.

mod alone;
mod crossing;
mod ends;
mod exchange;
mod first;
mod from_today;
mod least;
mod month_of_today;
mod over;
mod own;
mod retirement;
mod sizes_ahead;
mod staying;
#[cfg(test)]
mod tests;
mod today;
mod waits;
mod walk;
mod walked;
mod way;
#[cfg(test)]
mod way_tests;

use super::Topology;
use super::cost::{BillLine, FactorPart, Total};
use super::fit::{Asked, Cache, Design, Misfit, SizeName};
use super::sync::FullSync;
use crate::catalog::{Catalog, Service};
use crate::plan::{Plan, ReservationTerm};
use crate::units::{Bytes, Currency, Date, Money, OpsPerSec, Ratio};
use serde::Serialize;

pub use alone::{cost_alone, follows_pair, waits};
pub use crossing::Crossing;
pub use ends::{Retirement, last_month};
pub use exchange::Exchanged;
pub use first::first_design;
pub use least::{LeastWay, least_way};
pub use month_of_today::{month_of_half, month_of_today, nodes_of_today};
pub use over::{Grown, HorizonCost, OverHorizon};
pub use own::OwnMonths;
pub use sizes_ahead::sizes_ahead;
pub use staying::confidence_of_today;
pub use today::{keeps_what_runs, may_keep, resized_from};
pub use waits::{Months, Waits, compared, may_wait};
pub use walk::under_load;
pub use walked::{Walked, followed};
pub use way::Origin;

/// The months of a plan for every topology.
#[derive(Debug, Clone, PartialEq)]
pub struct Horizon {
    /// The one currency of every amount.
    pub currency: Currency,
    /// First day of the first month.
    pub start: Date,
    /// Months that the plan covers.
    pub months: u32,
    /// Growth of the data in a year.
    pub growth: Ratio,
    /// Growth of writes and reads in a year.
    pub load_growth: Ratio,
    /// The prepaid term of the nodes, if the plan has one.
    pub reservation: Option<ReservationTerm>,
    /// One path for each topology, in the order of [`Topology::ALL`].
    pub paths: [Path; 3],
    /// Months in which one topology's cumulative cost passes another's, by month; empty when no line crosses another.
    pub crossings: Vec<Crossing>,
    /// The end of the pair's service, where it falls into the horizon or before it.
    pub retirement: Option<Retirement>,
    /// The months of each topology by itself, in the order of [`Topology::ALL`].
    pub own: [OwnMonths; 3],
}

/// One topology through the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Which one the plan starts with.
    pub topology: Topology,
    /// The months from the first, without a gap; fewer than the horizon's where `stops` says why.
    pub months: Vec<Month>,
    /// What the caches of the first day lack already; growth forces no step then.
    pub lacks: Vec<Misfit>,
    /// What changes on the way, by month.
    pub steps: Vec<Step>,
    /// The first month of a pair in which a full sync would never end: an interruption leaves it without a replica from then
    /// on.
    pub unsynced: Option<u32>,
    /// Why the path ends inside the horizon, or with its last month where nothing can follow.
    pub stops: Option<Stop>,
    /// How it comes about from what runs today.
    pub way: Origin,
    /// Its first design where the months ahead ask for another one than the first month does ([`first_design`]).
    pub begins: Option<Design>,
}

/// One month: the load at its beginning, what runs, what it costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month {
    /// From 1.
    pub number: u32,
    /// Its first day.
    pub starts: Date,
    /// Data at the beginning: today's × `(1 + growth)^((number − 1) ÷ 12)`.
    pub data: Bytes,
    /// Writes at the beginning, likewise.
    pub writes: OpsPerSec,
    /// The caches that run; a pair's and a group's while both run side by side.
    pub caches: Vec<Cache>,
    /// The bill of the month.
    pub bill: Total,
    /// The part of it that is for other things than nodes.
    pub other: Total,
    /// The part of it that was prepaid for a term, by the month; of what follows while both run.
    pub prepaid: Money,
    /// What of it is in proportion to each estimated factor of prices.
    #[serde(skip)]
    pub by_factor: Vec<FactorPart>,
    /// What a step of this month costs once.
    pub once: Total,
    /// `bill + once` of all months up to this one: incomplete from the first month on that lacks a price.
    pub cumulative: Total,
    /// Lines without an amount, of the bill and of what happens once.
    pub unknown_lines: u32,
}

/// Something that changes in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The month, from 1.
    pub month: u32,
    /// What.
    pub change: Change,
    /// Each limit that is passed, with its figure at the end of the month; empty for what follows from a date.
    pub reasons: Vec<Misfit>,
    /// What is billed once.
    pub once: Vec<BillLine>,
}

/// Kinds of steps.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// All caches go to the next size: of a group together, of a pair unlinked and linked again.
    Scale {
        /// The size before.
        from: Vec<SizeName>,
        /// The size after.
        to: Vec<SizeName>,
        /// The month's bill at the size before.
        before: Total,
        /// The month's bill at the size after.
        after: Total,
        /// The copy that linking a pair anew costs; none for a group and for a single cache.
        relink: Option<FullSync>,
    },
    /// No size of the catalogue fits any more; the caches stay as they are, too small.
    NothingLarger {
        /// The size that stays.
        size: Vec<SizeName>,
    },
    /// No size meets a target any more that the design met on the first day; the caches stay as they are.
    TargetMissed {
        /// The size that stays.
        size: Vec<SizeName>,
        /// The target.
        asked: Asked,
    },
    /// A prepaid term has ended and is taken to be renewed at the same price.
    Renewal {
        /// The term.
        term: ReservationTerm,
        /// The month's bill as it is renewed.
        renewed: Total,
        /// The same bill if it were not: pay as you go, less the discount.
        otherwise: Total,
    },
    /// The design is made where nothing of another service runs: its first copies.
    Build {
        /// Its size.
        to: Vec<SizeName>,
        /// The first copy.
        load: FullSync,
        /// Caches that join what runs: members of a group, the partner of a primary; 0 where all of it is made.
        joining: usize,
    },
    /// What runs is kept, in the design's size instead of its own.
    Resize {
        /// The size that runs.
        from: Vec<SizeName>,
        /// The design's.
        to: Vec<SizeName>,
        /// The copy that linking a pair anew costs; none for a group and for a single cache.
        relink: Option<FullSync>,
    },
    /// What runs ends, at the end of its service or before it: the design that follows is made beside it and takes over.
    Migration {
        /// What follows: a group after a pair whose service ends, else the path's own topology.
        becomes: Topology,
        /// The service whose end forces it, with its last day; `None` for a move before that.
        ends: Option<(Service, Date)>,
        /// The size before.
        from: Vec<SizeName>,
        /// The size after.
        to: Vec<SizeName>,
        /// The last month of what ran; 0 where it ends before the first.
        last_month: u32,
        /// Months in which both run.
        side_by_side: u32,
        /// The bill before in the first of these months.
        before: Total,
        /// The bill after in the same month.
        after: Total,
        /// The first copy.
        load: FullSync,
        /// What the whole path costs by the other moment, now or at the end of the service; `None` where there is no other.
        otherwise: Option<Total>,
        /// What was prepaid for the old design and is neither exchanged nor refunded; part of what the step costs once.
        lost: Money,
        /// Months of a prepaid term that are left when the pair ends, with what was paid for them. They are exchanged
        /// or refunded (D6, Z10); only `lost` is a cost of the step.
        prepaid_left: Option<(u32, Money)>,
    },
}

/// Why a path ends before the horizon does.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// The first month without the topology.
    pub month: u32,
    /// Why.
    pub reason: StopReason,
}

/// Why a topology ends, or never begins.
#[derive(Debug, Clone, PartialEq)]
pub enum StopReason {
    /// It is not possible for this plan.
    NotPossible(Vec<Misfit>),
    /// Its service ended on this day, before the plan starts.
    RetiredBefore(Date),
    /// Its service ends on this day, and no group can follow.
    NothingFollows {
        /// The last day of the service.
        retires: Date,
        /// Why the group is not possible.
        group: Vec<Misfit>,
    },
}

impl Horizon {
    /// The path of a topology.
    #[must_use]
    pub fn of(&self, topology: Topology) -> &Path {
        let [rebuild, passive, active] = &self.paths;
        match topology {
            Topology::Rebuild => rebuild,
            Topology::Passive => passive,
            Topology::Active => active,
        }
    }
}

impl Step {
    /// What it costs once: its lines, and what is lost of a prepaid term.
    #[must_use]
    pub fn cost_once(&self) -> Total {
        let lost = match self.change {
            Change::Migration { lost, .. } => lost,
            _ => Money::ZERO,
        };
        walk::sum(&self.once) + &Total::exactly(lost)
    }
}

impl Month {
    /// The bill, and what a step costs once.
    #[must_use]
    pub fn cost(&self) -> Total {
        self.bill.clone() + &self.once
    }
}

impl Path {
    /// Everything that the path costs.
    #[must_use]
    pub fn total(&self) -> Total {
        self.months.last().map_or_else(Total::default, |month| month.cumulative.clone())
    }

    /// Cost of each year of twelve months from the start, the last one as long as the path is.
    #[must_use]
    pub fn years(&self) -> Vec<Total> {
        self.months.chunks(12).map(|year| year.iter().map(Month::cost).sum()).collect()
    }
}

/// The most months that a plan may cover.
const MOST_MONTHS: u32 = 120;

/// The horizon of a plan (M-10), on demand: every month's bill at the load of its beginning.
///
/// - Data grow by the plan's growth, writes and reads by theirs, `(1 + g)^(months ÷ 12)`; connections and shares stay.
/// - A size that the load passes by the end of a month is replaced in that month by the cheapest that fits then, and billed
///   for the whole of it. Of a group all members scale, never to less memory or fewer shards (D3); a pair is unlinked, both
///   caches scaled and linked again, for a full copy and the hours of a drill, once. A size that does not fit on the first day stands as
///   given.
/// - An open size whose months ahead pass the budget gives way to the cheapest whose months keep it ([`first_design`]).
/// - The same for a target that a size can move and that the design meets on the first day (M-17): from the month at whose end it is
///   missed the cheapest size that meets it is billed.
/// - A prepaid term that ends is taken to be renewed at the same price.
/// - A pair that passes Premium's last day becomes a group: side by side for [`crate::plan::Horizon::parallel_months`] up to
///   the month of that day, with the copies and people's hours once, then the group's bill.
/// - A design that is not what runs today begins with its own way from there ([`Origin`]): the same copies, hours and months side by
///   side, now or at the end of the old service, whichever costs less over the horizon.
///
/// A topology that the plan cannot have gives a path without months. Unknown prices are left out and counted.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::model::Topology;
/// use dr_core::model::horizon::horizon;
/// use dr_core::plan::Plan;
///
/// let plan = Plan::default();
/// let months = horizon(&plan, &Catalog::bundled()?);
/// assert_eq!(months.of(Topology::Active).months.len(), plan.horizon.months as usize);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn horizon(plan: &Plan, catalog: &Catalog) -> Horizon {
    if plan.horizon.months > MOST_MONTHS {
        // No plan that was checked: a longer horizon is cut rather than walked for ever.
        let mut cut = plan.clone();
        cut.horizon.months = MOST_MONTHS;
        return horizon(&cut, catalog);
    }
    let walked = Walked::default();
    let [(rebuild, of_rebuild), (passive, of_passive), (active, of_active)] =
        Topology::ALL.map(|topology| alone::path_of(topology, plan, catalog, &walked));
    let paths = [rebuild, passive, active];
    Horizon {
        currency: catalog.currency(),
        start: plan.horizon.start,
        months: plan.horizon.months,
        growth: plan.workload.growth_per_year,
        load_growth: plan.workload.load_growth(),
        reservation: plan.pricing.reservation,
        crossings: crossing::crossings(&paths),
        retirement: ends::retirement(plan, catalog),
        paths,
        own: [of_rebuild, of_passive, of_active],
    }
}

/// The sizes of caches, each once: P2 with 3 shards; P2 with 1 shard, B10.
#[must_use]
pub fn sizes(caches: &[Cache], catalog: &Catalog) -> Vec<SizeName> {
    let mut names: Vec<SizeName> = Vec::new();
    for cache in caches {
        let name = cache.size_name(catalog);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
