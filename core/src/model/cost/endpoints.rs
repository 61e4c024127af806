//! Private endpoints: by the hour and by the volume of the clients' traffic.

use super::line::{Item, by_region, decimal, tiered};
use super::{BillLine, Formula, Label, LineKind, Note, Scope};
use crate::catalog::{Meter, RegionId};
use crate::model::{Place, Topology};
use crate::plan::Network;
use crate::units::{BytesPerSec, HOURS_PER_MONTH, SECS_PER_MONTH, Secs};
use rust_decimal::Decimal;

/// `endpoints × 730 h × price`, by region: one endpoint for each cache, which is the least that the plan can have.
pub(super) fn hours(scope: &Scope) -> Vec<BillLine> {
    if scope.network() != Network::PrivateEndpoint {
        return Vec::new();
    }
    by_region(scope, Meter::PrivateEndpointHour)
        .into_iter()
        .flat_map(|site| {
            let item = Item {
                label: Label::PrivateEndpoints(site.place(scope)),
                meter: None,
                region: Some(site.region.clone()),
                quantity: site.len() * Decimal::from(HOURS_PER_MONTH),
                unit: "hour",
                formula: Formula::Endpoints(site.caches),
                notes: Vec::new(),
            };
            tiered(LineKind::EndpointHours, item, site.schedule)
        })
        .collect()
}

/// The clients' traffic by region and direction, each with the tiers of its own meter on the region's total of the month.
///
/// To the cache: `creates and overwrites × (key + value) + everything else × key`; from it: `reads × value`. In a group reads
/// follow the users of a region and writes its share of them; else all of it is counted where the first cache is, reads of
/// a secondary too. Assumes that each read finds its value, and leaves out the protocol's few bytes a command.
pub(super) fn data(scope: &Scope) -> Vec<BillLine> {
    let share = scope.plan.pricing.endpoint_traffic;
    if scope.network() != Network::PrivateEndpoint || share.as_fraction() <= 0.0 {
        return Vec::new();
    }
    let each = requests(scope);
    let (written, asked, read) = (each.written * share, each.asked * share, each.read * share);
    let mut lines = Vec::new();
    for (region, writes, reads) in clients(scope) {
        let directions = [
            (Label::ToCache as fn(Place) -> Label, Meter::PrivateEndpointIn, written * writes + asked * reads),
            (Label::FromCache as fn(Place) -> Label, Meter::PrivateEndpointOut, read * reads),
        ];
        lines.extend(directions.into_iter().flat_map(|direction| one_way(scope, region, direction)));
    }
    lines
}

/// Bytes of the clients' commands and answers, all regions together.
pub(super) struct Requests {
    /// Keys and values of what is written, and the keys of deletes and removals.
    pub(super) written: BytesPerSec,
    /// Keys that are read.
    pub(super) asked: BytesPerSec,
    /// Values that are read.
    pub(super) read: BytesPerSec,
}

pub(super) fn requests(scope: &Scope) -> Requests {
    let (demand, workload) = (scope.demand, &scope.plan.workload);
    let deletes = demand.writes * workload.split.deletes;
    let stores = demand.creates + demand.overwrites;
    Requests {
        written: stores * (workload.key_size + workload.value_size)
            + (deletes + demand.element_removals) * workload.key_size,
        asked: demand.reads * workload.key_size,
        read: demand.reads * workload.value_size,
    }
}

fn one_way(
    scope: &Scope,
    region: &RegionId,
    (label, meter, rate): (fn(Place) -> Label, Meter, BytesPerSec),
) -> Vec<BillLine> {
    let item = Item {
        label: label(Place::of(scope.catalog, region)),
        meter: None,
        region: Some(region.clone()),
        quantity: decimal((rate * Secs::secs(SECS_PER_MONTH)).as_gb()),
        unit: "GB",
        formula: Formula::EndpointTraffic(rate),
        notes: vec![Note::WithoutProtocol],
    };
    tiered(LineKind::EndpointData, item, scope.catalog.meter(meter, region))
}

/// Where the clients' traffic arrives: each region with its share of the writes and of the reads.
fn clients<'a>(scope: &Scope<'a>) -> Vec<(&'a RegionId, f64, f64)> {
    let caches = &scope.design.caches;
    let Some(first) = caches.first() else { return Vec::new() };
    let shares = || caches.iter().zip(&scope.plan.regions);
    let writes: f64 = shares().map(|(_, region)| region.writes.as_fraction()).sum();
    let users: f64 = shares().map(|(_, region)| region.users.as_fraction()).sum();
    if scope.topology != Topology::Active || writes <= 0.0 || users <= 0.0 {
        return vec![(&first.region, 1.0, 1.0)];
    }
    let mut places: Vec<(&RegionId, f64, f64)> = Vec::with_capacity(caches.len());
    for (cache, share) in shares() {
        let (writes, users) = (share.writes.as_fraction() / writes, share.users.as_fraction() / users);
        match places.iter_mut().find(|(region, _, _)| *region == &cache.region) {
            Some(place) => (place.1, place.2) = (place.1 + writes, place.2 + users),
            None => places.push((&cache.region, writes, users)),
        }
    }
    places.retain(|(_, writes, reads)| writes + reads > 0.0);
    places
}
