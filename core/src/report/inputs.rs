//! What stands beside the inputs of a plan: what an empty one stands for, remarks, choices, notes of groups.

pub mod regions;

use crate::catalog::{Catalog, Family};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::demand::{READS_PER_WRITE, peak_ratio};
use crate::model::outage_simulation::{decision, length, rehome_delay};
use crate::plan::{DataClass, Plan, Row, Section, Size, Sizes};
use crate::report::open_work::open;
use crate::units::{Ratio, format};

/// What an inputs' column shows: the plan, its evaluation, and the catalogue behind both.
#[derive(Clone, Copy)]
pub struct InputsContext<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What follows from it.
    pub evaluation: &'a Evaluation,
    /// Regions, sizes and prices.
    pub catalog: &'a Catalog,
    /// True in advanced mode.
    pub advanced: bool,
}

impl InputsContext<'_> {
    /// What an empty field stands for, "20,000/s: 4 × the writes, derived": the value, and after a colon how it comes.
    #[must_use]
    pub fn empty(self, row: &Row) -> String {
        let plan = self.plan;
        match row.path {
            "workload.reads" => {
                let reads = format::ops(self.evaluation.demand.reads);
                format!("{reads}: {} × the writes, derived", format::number(READS_PER_WRITE))
            }
            "workload.load_growth_per_year" => {
                format!("{}: as the data", format::percent(plan.workload.load_growth()))
            }
            "passive.shards" => {
                let shards = self.evaluation.passive.design.caches.first().map_or(1, |cache| cache.shards);
                format!("{shards}: the fewest that fit")
            }
            "outage.length" => format!("{}: the most likely", format::duration(length(plan))),
            "outage.decision" => format!("{}: detect and decide", format::duration(decision(plan))),
            "outage.rehome_delay" => format!("{}: the redirect", format::duration(rehome_delay(plan))),
            _ => row.shown.empty.to_owned(),
        }
    }

    /// The remark below a field; empty without one.
    #[must_use]
    pub fn remark(self, row: &Row) -> String {
        match row.path {
            "workload.writes" if !self.advanced => self.peaks(),
            // Which lines of the plan do not get the discount stands with it.
            "pricing.discount" => {
                let not = self.evaluation.discount_not_applied(self.plan).map(crate::words::bill::not_applied);
                not.map_or_else(|| "negotiated".to_owned(), |not| format!("negotiated. {not}"))
            }
            _ => row.shown.note.to_owned(),
        }
    }

    /// The figure or the words beside a group's heading; empty without any.
    #[must_use]
    pub fn note(self, section: Section) -> String {
        let said = match section {
            Section::Workload => return format!("{} keys", format::large(self.evaluation.demand.keys)),
            Section::Peaks => return self.peaks(),
            Section::Kinds => return format!("adds up to {}", format::percent(self.plan.workload.split.total())),
            Section::Rebuild => return self.design(Topology::Rebuild),
            Section::Passive => return self.design(Topology::Passive),
            Section::Active => return self.design(Topology::Active),
            Section::Prices => {
                let sheet = if self.catalog.has_sheet() { "your sheet over the " } else { "" };
                return format!("{sheet}catalogue of {}", self.catalog.as_of());
            }
            Section::Horizon => {
                let horizon = &self.plan.horizon;
                return format!("{} from {}", format::counted(horizon.months as usize, "month"), horizon.start);
            }
            Section::Data => return self.data(),
            Section::Volumes => "the bill's band follows",
            Section::Regions => "share of users",
            Section::Existing => "what runs today",
            Section::PassiveChecks => return self.open(Topology::Passive),
            Section::ActiveChecks => return self.open(Topology::Active),
            Section::Outages => "assumption",
            Section::Scenario => "the Outage tab plays it",
            Section::Requests => "what a latency is made of",
            Section::Recovery => "durations",
            Section::Traffic => "what redirects clients",
            Section::Syncs => "how often a year",
            Section::Assumptions => "not published by anyone",
            Section::Site => "real names for the runbook",
            Section::Targets | Section::Hidden => "",
        };
        said.to_owned()
    }

    /// "14 open", or that nothing is.
    fn open(self, topology: Topology) -> String {
        match open(self.evaluation, Some(topology)).count() {
            0 => "nothing open".to_owned(),
            count => format!("{count} open"),
        }
    }

    /// Everything that basic mode works out by itself: its name and its value.
    #[must_use]
    pub fn derived(self) -> [(&'static str, String); 6] {
        let demand = &self.evaluation.demand;
        [
            ("Reads", format::ops(demand.reads)),
            ("Replication stream", format::rate(demand.stream)),
            ("In a burst", format::rate(demand.stream_peak)),
            ("Rebuild", self.design(Topology::Rebuild)),
            ("Passive pair", self.design(Topology::Passive)),
            ("Active group", self.design(Topology::Active)),
        ]
    }

    /// The sizes that a field offers, id and label; the first is none: "derived: P4".
    #[must_use]
    pub fn sizes(self, row: &Row, size: &Size) -> Vec<(String, String)> {
        let topology = match row.path {
            "passive.sku" => Some(Topology::Passive),
            "active.sku" => Some(Topology::Active),
            "rebuild.sku" => Some(Topology::Rebuild),
            _ => None,
        };
        let smallest = topology.and_then(|topology| self.evaluation.of(topology).design.smallest.as_ref());
        let empty = row.shown.empty;
        let none = smallest.map_or_else(|| empty.to_owned(), |size| format!("{empty}: {}", size.sku.short()));
        let fits = |family: Family| match size.of {
            Sizes::Premium => family == Family::Premium,
            Sizes::Managed => family.is_managed_redis(),
            Sizes::Running => true,
        };
        let listed = self.catalog.skus().iter().filter(|sku| fits(sku.family));
        let listed = listed.map(|sku| (sku.id.to_string(), sku.label()));
        let ends = self.catalog.retiring_sizes().iter().filter(|_| size.of == Sizes::Running);
        let ends = ends.map(|size| (size.id.to_string(), size.label()));
        std::iter::once((String::new(), none)).chain(ends).chain(listed).collect()
    }

    /// The plan's regions by their places, from 0: place and name.
    #[must_use]
    pub fn places(self) -> Vec<(String, String)> {
        let name = |place: usize| self.plan.place_name(place, self.catalog).into_owned();
        (0..self.plan.regions.len()).map(|place| (place.to_string(), name(place))).collect()
    }

    /// "2 × P4, 1 shard".
    fn design(self, topology: Topology) -> String {
        let caches = &self.evaluation.of(topology).design.caches;
        let Some(first) = caches.first() else { return "not possible".to_owned() };
        let sizes = if caches.iter().all(|cache| cache.sku == first.sku) {
            format!("{} × {}", caches.len(), first.sku.short())
        } else {
            caches.iter().map(|cache| cache.sku.short()).collect::<Vec<_>>().join(" + ")
        };
        if topology == Topology::Passive && first.shards > 1 {
            format!("{sizes}, {} shards", first.shards)
        } else {
            sizes
        }
    }

    /// "3 parts, 10 % without a class": how much of the data the plan says something about.
    fn data(self) -> String {
        let data = &self.plan.data;
        let known = data.parts.iter().filter(|part| part.class != DataClass::Unknown).map(|part| part.share);
        let open = known.sum::<Ratio>().complement();
        let parts = format::counted(data.parts.len(), "part");
        if open.as_fraction() < 0.0005 { parts } else { format!("{} without a class", format::percent(open)) }
    }

    /// "peak 3 × for 20 min, 2 a day", or the series that says it.
    fn peaks(self) -> String {
        if let Some(profile) = &self.plan.workload.profile {
            let highest = format::number(peak_ratio(self.plan));
            return format!("by the series “{}”, highest {highest} × the mean", profile.name);
        }
        let peak = self.plan.workload.peak;
        let (ratio, burst) = (format::number(peak.ratio), format::duration(peak.burst));
        format!("peak {ratio} × for {burst}, {} a day", format::number(peak.per_day))
    }
}

/// What stands below a group's fields; empty for most.
#[must_use]
pub const fn below(section: Section) -> &'static str {
    match section {
        Section::Horizon => {
            "Parallel run and engineering hours are assumptions; they apply only if the pair migrates at Premium's retirement."
        }
        _ => "",
    }
}
