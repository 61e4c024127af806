//! What the service publishes, and what outages of regions take away: two figures that are not multiplied.

use super::fit::Cache;
use super::{Topology, TopologyAnswer};
use crate::catalog::{Catalog, SlaConfiguration};
use crate::plan::Plan;
use crate::units::{Ratio, SECS_PER_YEAR, Secs};
use serde::Serialize;

/// A year of 365 days.
pub const YEAR: Secs = Secs::secs(SECS_PER_YEAR);

/// Members that the highest published level asks for (D7: at least three regions).
const REGIONS_OF_THE_HIGHEST: usize = 3;

/// Availability of one topology.
#[derive(Debug, Clone, PartialEq)]
pub struct Availability {
    /// The configuration that the service publishes a level for.
    pub configuration: SlaConfiguration,
    /// The published level; `None` where nothing is promised.
    pub published: Option<Ratio>,
    /// Time a year that the published level allows; it covers connecting to the endpoint and nothing else (D7, D16).
    pub allowed: Option<Secs>,
    /// Source tags of the level, and the catalogue's remark.
    pub source: String,
    /// Remark; may be empty.
    pub note: String,
    /// What keeps the plan from 99.999 %; empty where it is met or does not apply.
    pub lacking: Vec<Condition>,
}

/// A condition of the highest published level (D7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// High availability of every member.
    HighAvailability,
    /// Zone-redundant members.
    ZoneRedundancy,
    /// Availability zones in these regions, which have none.
    ZonesIn(Vec<String>),
    /// Three regions; the plan has this many.
    ThreeRegions(usize),
}

impl Availability {
    /// "99.999 %" with every digit of the published level, "none" without one: rounded to one digit it would be 100 %.
    #[must_use]
    pub fn level(&self) -> String {
        self.published.map_or_else(
            || "none".to_owned(),
            |level| format!("{}\u{a0}%", libm::round(level.as_percent() * 1e6) / 1e6),
        )
    }
}

/// What outages of whole regions take from an average user in a year, as [`crate::explore::downtime`] finds it: the
/// ranges behind it are assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Downtime {
    /// Mean number of outages a year.
    pub often: f64,
    /// Mean time without service of one of them.
    pub each: Secs,
    /// Expectation of a year: `often × each`.
    pub mean: Secs,
    /// P05 of a year when every range is drawn.
    pub p05: Secs,
    /// P95 of the same.
    pub p95: Secs,
}

/// The published level for one topology and what it allows; `None` where the topology is not possible.
///
/// Regions share a control plane, names, identity, deployments and people: their levels are never multiplied as if one
/// failed without the other.
#[must_use]
pub fn availability(plan: &Plan, catalog: &Catalog, answer: &TopologyAnswer) -> Option<Availability> {
    if !answer.design.possible {
        return None;
    }
    let zoneless = zoneless(plan, catalog);
    let has_zones = |cache: &Cache| catalog.region(&cache.region).is_some_and(|known| known.zones);
    let configuration = configuration(plan, answer.design.caches.iter().all(has_zones), answer.topology);
    let level = catalog.slas().iter().find(|level| level.configuration == configuration);
    let published = level.and_then(|level| level.availability);
    Some(Availability {
        configuration,
        published,
        allowed: published.map(|level| YEAR * level.complement().as_fraction()),
        source: level.map(|level| level.source.clone()).unwrap_or_default(),
        note: level.map(|level| level.note.clone()).unwrap_or_default(),
        lacking: lacking(plan, &zoneless, answer),
    })
}

/// Names of the members' regions that have no availability zones, or that the catalogue does not know: a member there
/// cannot be zone redundant, whatever the plan says (D7).
pub(crate) fn zoneless<'a>(plan: &'a Plan, catalog: &'a Catalog) -> Vec<&'a str> {
    let regions = plan.regions.iter().map(|share| &share.region);
    let without = regions.filter(|region| catalog.region(region).is_none_or(|known| !known.zones));
    without.map(|region| catalog.region_name(region)).collect()
}

/// The configuration of which a level is published; `zones` where every cache's region has them. A pair is planned without
/// zones: the level with them is the same (D14).
fn configuration(plan: &Plan, zones: bool, topology: Topology) -> SlaConfiguration {
    match topology {
        Topology::Passive => SlaConfiguration::Premium,
        Topology::Rebuild if !plan.rebuild.high_availability => SlaConfiguration::ManagedWithoutHa,
        Topology::Rebuild if plan.rebuild.zone_redundant && zones => SlaConfiguration::ManagedZones,
        Topology::Rebuild => SlaConfiguration::Managed,
        Topology::Active if plan.active.high_availability => match plan.active.zone_redundant && zones {
            true if plan.regions.len() >= REGIONS_OF_THE_HIGHEST => SlaConfiguration::ActiveThreeRegions,
            true => SlaConfiguration::ManagedZones,
            false => SlaConfiguration::Managed,
        },
        Topology::Active => SlaConfiguration::ManagedWithoutHa,
    }
}

/// Conditions of 99.999 % that a group does not meet (D7).
fn lacking(plan: &Plan, zoneless: &[&str], answer: &TopologyAnswer) -> Vec<Condition> {
    if answer.topology != Topology::Active {
        return Vec::new();
    }
    let members = answer.design.caches.len();
    let conditions = [
        (plan.active.high_availability, Condition::HighAvailability),
        (plan.active.zone_redundant, Condition::ZoneRedundancy),
        (zoneless.is_empty(), Condition::ZonesIn(zoneless.iter().map(|name| (*name).to_owned()).collect())),
        (members >= REGIONS_OF_THE_HIGHEST, Condition::ThreeRegions(members)),
    ];
    conditions.into_iter().filter(|(met, _)| !met).map(|(_, what)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::testing::{CATALOG, even_regions};

    fn of(topology: Topology, plan: &Plan) -> Option<Availability> {
        let evaluation = evaluate(plan, &CATALOG);
        availability(plan, &CATALOG, evaluation.of(topology))
    }

    /// Published levels: D14, D20, D7 (facts, section 5); 99.9 % of a year of 365 days allow 8.76 h.
    #[test]
    fn the_level_follows_the_configuration() {
        let mut plan = Plan::default();
        let level = |plan: &Plan, topology| of(topology, plan).unwrap().published.map(Ratio::as_percent);
        assert_eq!(level(&plan, Topology::Passive), Some(99.9));
        assert_eq!(level(&plan, Topology::Rebuild), Some(99.9));
        assert!((of(Topology::Passive, &plan).unwrap().allowed.unwrap().as_secs() / 3_600.0 - 8.76).abs() < 1e-9);
        assert_eq!(level(&plan, Topology::Active), Some(99.99));
        assert_eq!(of(Topology::Active, &plan).unwrap().lacking, [Condition::ThreeRegions(2)]);
        plan.active.zone_redundant = false;
        assert_eq!(level(&plan, Topology::Active), Some(99.9));
        plan.active.zone_redundant = true;
        plan.regions = even_regions(&["eastus", "northeurope", "westus2"]);
        assert_eq!(level(&plan, Topology::Active), Some(99.999));
        assert_eq!(of(Topology::Active, &plan).unwrap().level(), "99.999\u{a0}%");
        assert_eq!(of(Topology::Active, &plan).unwrap().lacking, []);
        plan.active.high_availability = false;
        plan.rebuild.high_availability = false;
        assert_eq!((level(&plan, Topology::Active), level(&plan, Topology::Rebuild)), (None, None));
    }

    /// regions.csv: West US, North Central US and UK West have no zones, East US has.
    #[test]
    fn members_in_regions_without_zones_are_not_zone_redundant() {
        let mut plan = Plan { regions: even_regions(&["westus", "northcentralus", "ukwest"]), ..Plan::default() };
        let group = of(Topology::Active, &plan).unwrap();
        assert_eq!(group.published, Some(Ratio::percent(99.9)));
        let said: Vec<String> = group.lacking.iter().map(Condition::words).collect();
        assert_eq!(said, ["availability zones in West US and in North Central US and in UK West"]);
        // The rebuilt cache stands in the first region: West US has no zones, East US has.
        plan.rebuild.zone_redundant = true;
        let rebuild = |plan: &Plan| of(Topology::Rebuild, plan).unwrap().published;
        assert_eq!(rebuild(&plan), Some(Ratio::percent(99.9)));
        plan.regions = even_regions(&["eastus", "westus"]);
        assert_eq!(rebuild(&plan), Some(Ratio::percent(99.99)));
        assert_eq!(of(Topology::Active, &plan).unwrap().published, Some(Ratio::percent(99.9)), "one member is enough");
    }
}
