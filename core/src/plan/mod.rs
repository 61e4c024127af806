//! What the user decides: every input of an evaluation besides the catalogue.
//!
//! `None` in a field means "derive it" ([`crate::model::demand`]).

mod assumptions;
mod boxes;
mod calibration;
mod check;
mod data;
mod design;
mod error;
mod evidence;
mod field;
mod fields;
mod figure;
pub(crate) mod file;
mod input;
mod measured_lag;
mod migration;
mod objectives;
mod outage;
mod outage_rates;
mod placement;
mod pricing;
mod profile;
mod readiness;
mod recovery;
mod regions;
mod rows;
mod section;
mod site;
mod story;
mod syncs;
pub(crate) mod table;
mod texts;
mod today;
mod traffic;
mod typed;
#[cfg(test)]
mod typing_laws;
mod variation;
mod workload;

pub use assumptions::Assumptions;
pub use boxes::{
    not_applied, read_first_day, read_own_price, read_round_trip, read_share, round_trip_text, share_text,
    with_not_applied,
};
pub use calibration::{Calibration, MAX_FITTED};
pub use check::{MAX_NAME, check};
pub use data::{Conflicts, Data, DataClass, DataPart, MAX_PARTS, PartShare};
pub(crate) use design::as_it_stands;
pub use design::{
    ActiveChecks, ActiveDesign, ClusteringPolicy, Confirmation, EvictionPolicy, Evicts, Module, Network, PassiveChecks,
    PassiveDesign, RebuildDesign,
};
pub use error::FieldError;
pub use evidence::{
    Basis, DRAIN, ENDPOINT, Evidence, EvidenceKind, IMPORT, LOAD, MAX_DRILLS, print_drills, read_drills, step_label,
};
pub use field::{Field, RangeField};
pub use fields::{FIELDS, RANGES, each_row, field, range_field};
pub use input::Input;
pub use measured_lag::MeasuredLag;
pub use migration::Migration;
pub use objectives::Objectives;
pub use outage::{Failure, OutageScenario};
pub use outage_rates::OutageRates;
pub use placement::{Area, Placement, Residency};
pub use pricing::{EgressBilling, Horizon, PriceOverride, Pricing};
pub use profile::{MAX_RATES, Profile};
pub use readiness::Readiness;
pub use recovery::RecoverySteps;
pub use regions::Share;
pub use section::Section;
pub(crate) use site::known;
pub use site::{GroupAt, RegionSite, Site};
pub use story::{Outcome, OutcomeFigure, Printed, Story, Unmodelled, UnmodelledFigure};
pub use syncs::Syncs;
pub use table::{Choice, Confirm, Kind, PlaceText, Row, Several, Shown, Size, Sizes, Switch, TextField};
pub use today::Today;
pub use traffic::{Traffic, TrafficSwitch};
pub use variation::{Variation, nearest, stops};
pub use workload::{Latency, LoadFigure, Peak, RegionShare, RttOverride, Span, Volumes, Workload, WriteSplit};

pub use crate::catalog::{EgressScheme, ReservationTerm};
use crate::units::Currency;
use rows::table;

/// Members that an active group can have (S3: two to five).
pub const GROUP_MEMBERS: std::ops::RangeInclusive<usize> = 2..=5;

/// Shards of a clustered Premium cache, at most (W1: 30 since May 2023).
pub const MOST_SHARDS: u32 = 30;

table! {
    /// One plan: the input of an evaluation.
    ///
    /// A plan to start from: 10 GB and 5,000 writes/s in two regions. Every value is an ordinary assumption.
    Plan at [] in Hidden {
        /// It names resources in the runbook too.
        name: String = "New plan".to_owned() => special();
        /// What is printed about the case and what is assumed; empty for a user's own plan.
        story: Story = Story::default() => group();
        /// The load.
        workload: Workload = Workload::default() => group();
        /// What the data is: which parts can be rebuilt, which are held only here.
        data: Data = Data::default() => group();
        /// One to five, the primary first, with shares of users and writes.
        regions: Vec<RegionShare> = vec![RegionShare::new("eastus", 0.6, 0.6), RegionShare::new("northeurope", 0.4, 0.4)]
            => special() { section: Section::Regions, basic: true };
        /// Where else caches may stand, for the search of regions.
        placement: Placement = Placement::default() => group();
        /// Requests and round trips.
        latency: Latency = Latency::default() => group();
        /// The baseline: one cache, reloaded from the database.
        rebuild: RebuildDesign = RebuildDesign::default() => group();
        /// Two Premium caches, one read-only: the first two regions.
        passive: PassiveDesign = PassiveDesign::default() => group();
        /// Two to five Azure Managed Redis members, all writable: every region.
        active: ActiveDesign = ActiveDesign::default() => group();
        /// What runs today, where it is no pair.
        today: Today = Today::default() => group();
        /// The targets.
        objectives: Objectives = Objectives::default() => group();
        /// Durations of the recovery steps.
        recovery: RecoverySteps = RecoverySteps::default() => group();
        /// What redirects clients when a region is lost.
        traffic: Traffic = Traffic::default() => group();
        /// The outage that the plan is tried against.
        outage: OutageScenario = OutageScenario::default() => group();
        /// How often a region goes down, for how long, and what that costs.
        outages: OutageRates = OutageRates::default() => group();
        /// What makes a replica copy everything again.
        syncs: Syncs = Syncs::default() => group();
        /// Discounts, reservations, egress scheme, own prices.
        pricing: Pricing = Pricing::default() => group();
        /// When the plan starts and how far it looks.
        horizon: Horizon = Horizon::default() => group();
        /// What moving to Azure Managed Redis takes.
        migration: Migration = Migration::default() => group();
        /// Coefficients that are not published, each with its range.
        assumptions: Assumptions = Assumptions::default() => group();
        /// Real names, ids and people, for the runbooks; no figure reads it.
        site: Site = Site::default() => group();
        /// What calibrated coefficients were fitted to; none: they are assumptions.
        calibration: Option<Calibration> = None => special();
    }
}

impl Plan {
    /// True where a lost region's clients go to another member of a group by themselves: the plan confirms it, a drill within the
    /// last quarter has shown it, and the traffic switch needs no person. Else people notice, decide and point the clients there, as in every other topology.
    #[must_use]
    pub fn redirects_itself(&self) -> bool {
        self.active.checks.application_redirects.is_confirmed()
            && self.recovery.readiness == Readiness::Rehearsed
            && self.traffic.switch.moves_by_itself()
    }

    /// The primary region, if the plan has one.
    #[must_use]
    pub fn primary(&self) -> Option<&RegionShare> {
        self.regions.first()
    }

    /// The targets where prices are in this currency: a budget in another is not held against anything.
    #[must_use]
    pub fn objectives_in(&self, currency: Currency) -> Objectives {
        let budget = self.objectives.budget.filter(|_| self.pricing.currency == currency);
        Objectives { budget, ..self.objectives.clone() }
    }

    /// The region of the passive secondary, if the plan has one.
    #[must_use]
    pub fn secondary(&self) -> Option<&RegionShare> {
        self.regions.get(1)
    }

    /// The second region where it is another one than the first: what is left when the first is lost.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&RegionShare> {
        self.secondary().filter(|_| !self.pair_in_one_region())
    }
}
