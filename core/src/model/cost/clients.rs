//! Clients of a region without a cache of its own: their requests and answers cross regions (M-10).

use super::endpoints::requests;
use super::line::{Item, decimal, line};
use super::no_price::Own;
use super::people::yours;
use super::traffic::{Sent, at_list};
use super::{BillLine, Formula, Label, LineKind, Note, Route, Scope, Traffic};
use crate::catalog::RegionId;
use crate::model::{Place, Topology};
use crate::plan::Network;
use crate::units::{BytesPerSec, SECS_PER_MONTH, Secs};
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

/// `GB of clients that cross regions × 2 sides × price of a GB peered`; no line until the plan has that price, and none for public
/// endpoints.
pub(super) fn peering(scope: &Scope) -> Option<BillLine> {
    let price = scope.plan.pricing.peering?;
    if scope.network() == Network::Public {
        return None;
    }
    let rate =
        crossings(scope).into_iter().map(|it| it.asked + it.answered).fold(BytesPerSec::ZERO, |sum, it| sum + it);
    let item = Item {
        label: Label::Peering,
        meter: None,
        region: None,
        quantity: month(rate) * Decimal::TWO,
        unit: "GB",
        formula: Formula::Peering(rate),
        notes: Vec::new(),
    };
    (rate > BytesPerSec::ZERO)
        .then(|| line(LineKind::Peering, item, yours(scope.plan, scope.catalog, Some(price), Own::Peering)))
}

/// `regions with a private endpoint × price of a zone`; no line until the plan has that price.
pub(super) fn zones(scope: &Scope) -> Option<BillLine> {
    let price = scope.plan.pricing.dns_zone?;
    let mut regions: Vec<&RegionId> = scope.design.caches.iter().map(|cache| &cache.region).collect();
    regions.dedup();
    let private = scope.network() == Network::PrivateEndpoint;
    let item = Item {
        label: Label::DnsZones,
        meter: None,
        region: None,
        quantity: Decimal::from(regions.len()),
        unit: "zone",
        formula: Formula::DnsZones(regions.len()),
        notes: Vec::new(),
    };
    private.then(|| line(LineKind::DnsZones, item, yours(scope.plan, scope.catalog, Some(price), Own::DnsZone)))
}

#[cfg(test)]
mod tests {
    use super::super::bill;
    use super::*;
    use crate::model::testing::Answers;
    use crate::plan::Plan;
    use crate::units::UnitPrice;

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
            assert_eq!(lines(topology, &plan), [north.clone(), east.clone()], "{topology:?}");
        }
        assert_eq!(lines(Topology::Active, &plan), [], "every region has a member of its own");
        plan.passive.reads_from_secondary = true;
        let writes = ("Clients, North Europe to East US".to_owned(), "113.74".to_owned());
        assert_eq!(lines(Topology::Passive, &plan), [writes], "reads stay in their region");
    }

    /// 13,627.8 GB on two sides at $0.035 (S16, 2026-04, zone 1) are $953.94; two zones at the half dollar that is entered.
    #[test]
    fn peering_and_zones_are_billed_once_they_have_a_price() {
        let mut plan = Plan::default();
        plan.pricing.peering = Some(UnitPrice::new(Decimal::new(35, 3)));
        plan.pricing.dns_zone = Some(UnitPrice::new(Decimal::new(5, 1)));
        let found = lines(Topology::Passive, &plan);
        let tail = [("VNet peering of clients", "953.94"), ("Private DNS zones", "1.00")];
        assert_eq!(found[2..], tail.map(|(label, amount)| (label.to_owned(), amount.to_owned())));
    }
}
