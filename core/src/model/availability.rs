//! What the service publishes, and what outages of regions take away: two figures that are not multiplied.

use super::rto::RtoChain;
use super::{Topology, TopologyAnswer};
use crate::catalog::{Catalog, SlaConfiguration};
use crate::plan::Plan;
use crate::units::{Range, Ratio, SECS_PER_DAY, Secs};
use serde::Serialize;

/// A year of 365 days.
pub const YEAR: Secs = Secs::secs(365.0 * SECS_PER_DAY);

/// Members that the highest published level asks for (D7: at least three regions).
const REGIONS_OF_THE_HIGHEST: usize = 3;

/// Availability of one topology.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// Time a year that an average user is without the cache because a region is down: a band, an assumption.
    pub regional: Range<Secs>,
    /// What keeps the plan from 99.999 %, in a few words each; empty where it is met or does not apply.
    pub lacking: Vec<String>,
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

/// The availability of one topology; `None` where it is not possible. Without a way back the outage lasts until the region
/// returns.
///
/// `downtime = outages a year × ((1 − c)·min(length, RTO) + c·length)`: service is back when the way back is gone or when
/// the region returns, whichever is first; in the share `c` with a common cause no other region helps. Low, most likely and
/// high take those of the outages, and of the RTO the sum of the lows, P50 and P95. A pair is down with its primary's
/// region, a member of a group takes its own users with it, so that an average user sees one region's outages in each.
///
/// Regions share a control plane, names, identity, deployments and people: their levels are never multiplied as if one
/// failed without the other.
#[must_use]
pub fn availability(plan: &Plan, catalog: &Catalog, answer: &TopologyAnswer) -> Option<Availability> {
    let chain = answer.rto.iter().find(|chain| chain.unplanned);
    if !answer.design.possible {
        return None;
    }
    let back = |of: fn(&RtoChain) -> Secs| chain.map(of);
    let zoneless = zoneless(plan, catalog);
    let configuration = configuration(plan, zoneless.is_empty(), answer.topology);
    let level = catalog.slas().iter().find(|level| level.configuration == configuration);
    let published = level.and_then(|level| level.availability);
    let elsewhere = plan.elsewhere().is_some();
    let (outages, shared) = (&plan.outages, plan.outages.common_cause.as_fraction().clamp(0.0, 1.0));
    let down = |per_year: f64, lasts: Secs, back: Option<Secs>| {
        let alone = back.filter(|_| elsewhere).map_or(lasts, |back| lasts.min(back));
        (alone * (1.0 - shared) + lasts * shared) * per_year
    };
    let (often, lasts) = (outages.per_year, outages.duration);
    Some(Availability {
        configuration,
        published,
        allowed: published.map(|level| YEAR * level.complement().as_fraction()),
        source: level.map(|level| level.source.clone()).unwrap_or_default(),
        note: level.map(|level| level.note.clone()).unwrap_or_default(),
        regional: Range::new(
            down(often.low, lasts.low, back(|chain| chain.total.low)),
            down(often.mode, lasts.mode, back(|chain| chain.p50)),
            down(often.high, lasts.high, back(|chain| chain.p95)),
        ),
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

/// The configuration of which a level is published. A pair and the rebuild are planned without zones; of a pair the level
/// with them is the same (D14).
fn configuration(plan: &Plan, zones_everywhere: bool, topology: Topology) -> SlaConfiguration {
    match topology {
        Topology::Passive => SlaConfiguration::Premium,
        Topology::Rebuild if plan.rebuild.high_availability => SlaConfiguration::Managed,
        Topology::Active if plan.active.high_availability => match plan.active.zone_redundant && zones_everywhere {
            true if plan.regions.len() >= REGIONS_OF_THE_HIGHEST => SlaConfiguration::ActiveThreeRegions,
            true => SlaConfiguration::ManagedZones,
            false => SlaConfiguration::Managed,
        },
        _ => SlaConfiguration::ManagedWithoutHa,
    }
}

/// Conditions of 99.999 % that a group does not meet (D7).
fn lacking(plan: &Plan, zoneless: &[&str], answer: &TopologyAnswer) -> Vec<String> {
    if answer.topology != Topology::Active {
        return Vec::new();
    }
    let members = answer.design.caches.len();
    let conditions = [
        (plan.active.high_availability, "high availability of every member".to_owned()),
        (plan.active.zone_redundant, "zone-redundant members".to_owned()),
        (zoneless.is_empty(), format!("availability zones in {}", zoneless.join(" and in "))),
        (members >= REGIONS_OF_THE_HIGHEST, format!("three regions, and the plan has {members}")),
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
        assert_eq!(of(Topology::Active, &plan).unwrap().lacking, ["three regions, and the plan has 2"]);
        plan.active.zone_redundant = false;
        assert_eq!(level(&plan, Topology::Active), Some(99.9));
        plan.active.zone_redundant = true;
        plan.regions = even_regions(&["eastus", "northeurope", "westus2"]);
        assert_eq!(level(&plan, Topology::Active), Some(99.999));
        assert_eq!(of(Topology::Active, &plan).unwrap().level(), "99.999\u{a0}%");
        assert_eq!(of(Topology::Active, &plan).unwrap().lacking, Vec::<String>::new());
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
        assert_eq!(group.lacking, ["availability zones in West US and in North Central US and in UK West"]);
        plan.regions = even_regions(&["eastus", "westus"]);
        assert_eq!(of(Topology::Active, &plan).unwrap().published, Some(Ratio::percent(99.9)), "one member is enough");
    }

    /// By hand: one outage a year of 4 h, a tenth of them everywhere: 0.9 × RTO + 0.1 × 4 h.
    #[test]
    fn downtime_is_the_way_back_and_the_common_cause() {
        let mut plan = Plan::default();
        plan.outages.per_year = Range::exactly(1.0);
        plan.outages.duration = Range::exactly(Secs::hours(4.0));
        plan.outages.common_cause = Ratio::percent(10.0);
        for topology in Topology::ALL {
            let evaluation = evaluate(&plan, &CATALOG);
            let back = evaluation.of(topology).rto[0].p50.min(Secs::hours(4.0));
            let regional = of(topology, &plan).unwrap().regional;
            assert!((regional.mode - (back * 0.9 + Secs::hours(0.4))).as_secs().abs() < 1e-6, "{topology:?}");
            assert!(regional.low <= regional.mode && regional.mode <= regional.high);
        }
        plan.outages.common_cause = Ratio::ONE;
        assert!((of(Topology::Active, &plan).unwrap().regional.mode - Secs::hours(4.0)).as_secs().abs() < 1e-9);
        plan.regions.truncate(1);
        assert_eq!(of(Topology::Active, &plan), None);
        assert_eq!(of(Topology::Rebuild, &plan).unwrap().regional.mode, Secs::hours(4.0), "nowhere to go");
    }
}
