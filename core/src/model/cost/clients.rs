//! Clients of a region without a cache of its own: their requests and answers cross regions (M-10).

use super::endpoints::requests;
use super::line::{Item, Site, by_region, decimal, line};
use super::no_price::Own;
use super::people::yours;
use super::traffic::{Sent, at_list};
use super::{BillLine, Formula, Label, LineKind, LinePrice, Note, Route, Scope, Traffic};
use crate::catalog::{KnownPrice, Meter, Price, RegionId, TieredPrice};
use crate::model::{Place, Topology};
use crate::plan::Network;
use crate::units::{BytesPerSec, SECS_PER_MONTH, Secs, UnitPrice};
use rust_decimal::Decimal;

/// What one region's clients exchange with a cache elsewhere.
struct Crossing<'a> {
    clients: &'a RegionId,
    cache: &'a RegionId,
    /// Commands and what they write.
    asked: BytesPerSec,
    /// What they read.
    answered: BytesPerSec,
}

/// Each region's clients whose cache is elsewhere: all but the first region's of a rebuild and of a pair, nobody's of a group. The
/// second region's reads stay in it where the plan reads from the secondary.
fn crossings<'a>(scope: &Scope<'a>) -> Vec<Crossing<'a>> {
    let Some(first) = scope.design.caches.first() else { return Vec::new() };
    if scope.topology == Topology::Active {
        return Vec::new();
    }
    let each = requests(scope);
    let nearby = |at: usize| at == 1 && scope.topology == Topology::Passive && scope.plan.passive.reads_from_secondary;
    let regions = scope.plan.regions.iter().enumerate().filter(|(_, share)| share.region != first.region);
    let crossing = |(at, share): (usize, &'a crate::plan::RegionShare)| {
        let users = if nearby(at) { 0.0 } else { share.users.as_fraction().max(0.0) };
        Crossing {
            clients: &share.region,
            cache: &first.region,
            asked: each.written * share.writes.as_fraction().max(0.0) + each.asked * users,
            answered: each.read * users,
        }
    };
    regions.map(crossing).filter(|it| it.asked > BytesPerSec::ZERO || it.answered > BytesPerSec::ZERO).collect()
}

/// `requests out of the clients' region + answers out of the cache's`, each at the egress price of its source.
pub(super) fn traffic<'a>(scope: &Scope<'a>, sent: &mut Sent<'a>) -> Vec<BillLine> {
    let ways = crossings(scope)
        .into_iter()
        .flat_map(|it| [(it.clients, it.cache, it.asked), (it.cache, it.clients, it.answered)]);
    let ways: Vec<_> = ways.filter(|(_, _, rate)| *rate > BytesPerSec::ZERO).collect();
    ways.into_iter().flat_map(|way| one_way(scope, way, sent)).collect()
}

fn one_way<'a>(
    scope: &Scope<'a>,
    (from, to, rate): (&'a RegionId, &'a RegionId, BytesPerSec),
    sent: &mut Sent<'a>,
) -> Vec<BillLine> {
    let (schedule, meter) = scope.egress(from, to);
    let [source, target] = [from, to].map(|region| Place::of(scope.catalog, region));
    let item = Item {
        label: Label::Traffic { what: Traffic::Clients, route: Route { from: source, to: vec![target] }, ended: false },
        meter,
        region: Some(from.clone()),
        quantity: month(rate),
        unit: "GB",
        formula: Formula::EndpointTraffic(rate),
        notes: vec![Note::WithoutProtocol],
    };
    at_list(LineKind::ClientTraffic, item, schedule, from, sent)
}

fn month(rate: BytesPerSec) -> Decimal {
    decimal((rate * Secs::secs(SECS_PER_MONTH)).as_gb())
}

/// `GB of clients into and out of a region × price of a GB peered there`, a line for each side of a crossing. None where the clients
/// reach an endpoint in their own network, which needs no peering, and none for public endpoints.
pub(super) fn peering(scope: &Scope) -> Vec<BillLine> {
    let pricing = &scope.plan.pricing;
    let peered = pricing.peered || pricing.peering.is_some();
    if !peered || scope.network() == Network::Public {
        return Vec::new();
    }
    let mut sides: Vec<(&RegionId, BytesPerSec)> = Vec::new();
    for it in crossings(scope) {
        for region in [it.cache, it.clients] {
            let rate = it.asked + it.answered;
            match sides.iter_mut().find(|(own, _)| *own == region) {
                Some((_, sum)) => *sum += rate,
                None => sides.push((region, rate)),
            }
        }
    }
    let side = |(region, rate): (&RegionId, BytesPerSec)| {
        let item = Item {
            label: Label::Peering(Place::of(scope.catalog, region)),
            meter: None,
            region: Some(region.clone()),
            quantity: month(rate),
            unit: "GB",
            formula: Formula::EndpointTraffic(rate),
            notes: vec![Note::WithoutProtocol],
        };
        line(LineKind::Peering, item, own_or_listed(scope, (pricing.peering, Own::Peering), Meter::PeeringGb, region))
    };
    sides.into_iter().map(side).collect()
}

/// A private DNS zone in each region with a private endpoint, for a month.
pub(super) fn zones(scope: &Scope) -> Vec<BillLine> {
    if scope.network() != Network::PrivateEndpoint {
        return Vec::new();
    }
    let zone = |site: Site| {
        let item = Item {
            label: Label::DnsZone(site.place(scope)),
            meter: None,
            region: Some(site.region.clone()),
            quantity: Decimal::ONE,
            unit: "zone",
            formula: Formula::DnsZone,
            notes: vec![Note::WithoutQueries],
        };
        let price = own_or_listed(scope, (scope.plan.pricing.dns_zone, Own::DnsZone), Meter::DnsZone, site.region);
        line(LineKind::DnsZones, item, price)
    };
    by_region(scope, Meter::DnsZone).into_iter().map(zone).collect()
}

/// The plan's own price where it has one, else the catalogue's of the region.
pub(super) fn own_or_listed(
    scope: &Scope,
    (own, what): (Option<UnitPrice>, Own),
    meter: Meter,
    region: &RegionId,
) -> LinePrice {
    if own.is_some() {
        return yours(scope.plan, scope.catalog, own, what);
    }
    match scope.catalog.meter(meter, region) {
        Ok(TieredPrice { tiers, origin }) => {
            let amount = tiers.first().map_or(origin.amount, |tier| tier.price);
            Price::Known(KnownPrice { amount, ..origin.clone() })
        }
        Err(reason) => Price::Unknown { reason: reason.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::bill;
    use super::*;
    use crate::model::testing::Answers;
    use crate::plan::Plan;
    use crate::units::Ratio;

    fn crossing(topology: Topology, plan: &Plan) -> Vec<(String, String)> {
        let mut all = lines(topology, plan);
        all.retain(|(label, _)| label.starts_with("Clients"));
        all
    }

    fn lines(topology: Topology, plan: &Plan) -> Vec<(String, String)> {
        let answers = Answers::of(topology, plan);
        let bill = bill(&answers.case(topology, plan));
        let kinds = [LineKind::ClientTraffic, LineKind::Peering, LineKind::DnsZones];
        let mine = bill.lines.iter().filter(|line| kinds.contains(&line.kind));
        mine.map(|line| (line.label(), line.amount.map_or_else(String::new, |it| it.to_cents().to_string()))).collect()
    }

    /// Review F17, by hand: 20,000 reads/s of 500 B, 40 % of them in North Europe, are 10,512 GB a month out of East US; writes of 40 %
    /// (4,000/s × 540 B + 100/s × 40 B) and the keys that are asked for (20,000/s × 40 B) 3,115.8 GB the other way; $0.05 a GB (S14, S15).
    #[test]
    fn clients_of_another_region_pay_both_ways() {
        let mut plan = Plan::default();
        let east = ("Clients, East US to North Europe".to_owned(), "525.60".to_owned());
        let north = ("Clients, North Europe to East US".to_owned(), "155.79".to_owned());
        for topology in [Topology::Rebuild, Topology::Passive] {
            assert_eq!(crossing(topology, &plan), [north.clone(), east.clone()], "{topology:?}");
        }
        assert_eq!(crossing(Topology::Active, &plan), [], "every region has a member of its own");
        plan.passive.reads_from_secondary = true;
        let writes = ("Clients, North Europe to East US".to_owned(), "113.74".to_owned());
        assert_eq!(crossing(Topology::Passive, &plan), [writes], "reads stay in their region");
    }

    /// 13,627.8 GB on two sides at $0.035 (S16, S17: zone 1) are twice $476.97, at the dime that is entered $1,362.78; two zones at half
    /// a dollar (S31), at the two that are entered $4.
    #[test]
    fn zones_are_billed_and_peering_where_the_clients_are_peered() {
        let mut plan = Plan::default();
        plan.pricing.endpoint_traffic = Ratio::ZERO;
        let tail = |plan: &Plan| lines(Topology::Passive, plan).split_off(2);
        let said = |all: &[(&str, &str)]| {
            all.iter().map(|(label, amount)| ((*label).to_owned(), (*amount).to_owned())).collect::<Vec<_>>()
        };
        let zones = [("Private DNS zone, East US", "0.50"), ("Private DNS zone, North Europe", "0.50")];
        assert_eq!(tail(&plan), said(&zones), "an endpoint in the clients' own network");
        plan.pricing.peered = true;
        let [east, north] = [("VNet peering, East US", "476.97"), ("VNet peering, North Europe", "476.97")];
        assert_eq!(tail(&plan), said(&[east, north, zones[0], zones[1]]));
        assert_eq!(lines(Topology::Active, &plan), said(&zones), "every region has a member of its own");
        plan.pricing.peering = Some(UnitPrice::new(Decimal::new(1, 1)));
        plan.pricing.dns_zone = Some(UnitPrice::new(Decimal::TWO));
        let own = [
            ("VNet peering, East US", "1362.78"),
            ("VNet peering, North Europe", "1362.78"),
            ("Private DNS zone, East US", "2.00"),
            ("Private DNS zone, North Europe", "2.00"),
        ];
        assert_eq!(tail(&plan), said(&own));
        // Nobody has read the zone of Brazil Southeast: its side has no price, and the sum is no sum.
        plan.pricing.peering = None;
        plan.regions[1].region = RegionId::new("brazilsoutheast");
        assert_eq!(tail(&plan)[1], ("VNet peering, Brazil Southeast".to_owned(), String::new()));
    }
}
