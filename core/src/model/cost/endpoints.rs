//! Private endpoints: by the hour and by the volume of the clients' traffic.

use super::line::{Item, by_ladder, decimal, tiered};
use super::{BillLine, LineKind, Scope};
use crate::catalog::Meter;
use crate::plan::Network;
use crate::report::format;
use crate::units::{BytesPerSec, HOURS_PER_MONTH, SECS_PER_MONTH, Secs};
use rust_decimal::Decimal;

/// `endpoints × 730 h × price`: one endpoint for each cache, which is the least that the plan can have.
pub(super) fn hours(scope: &Scope) -> Vec<BillLine> {
    if scope.network() != Network::PrivateEndpoint {
        return Vec::new();
    }
    let groups = by_ladder(scope, Meter::PrivateEndpointHour);
    groups
        .into_iter()
        .flat_map(|group| {
            let item = Item {
                label: "Private endpoints".to_owned(),
                meter: "Standard Private Endpoint".to_owned(),
                region: group.region(),
                quantity: group.len() * Decimal::from(HOURS_PER_MONTH),
                unit: "hour",
                formula: format!("{} × 1 endpoint × {HOURS_PER_MONTH} h", group.caches_in_words()),
                note: String::new(),
            };
            tiered(LineKind::EndpointHours, item, group.ladder)
        })
        .collect()
}

/// The clients' traffic by direction, each with the tiers of its own meter on the month's total.
///
/// To the cache: `creates and overwrites × (key + value) + everything else × key`; from it: `reads × value`.
/// Assumes that each read finds its value, and leaves out the protocol's few bytes a command.
pub(super) fn data(scope: &Scope) -> Vec<BillLine> {
    let share = scope.plan.pricing.endpoint_traffic;
    let Some(cache) = scope.design.caches.first() else { return Vec::new() };
    if scope.network() != Network::PrivateEndpoint || share.as_fraction() <= 0.0 {
        return Vec::new();
    }
    let (demand, workload) = (scope.demand, &scope.plan.workload);
    let deletes = demand.writes * workload.split.deletes;
    let stores = demand.creates + demand.overwrites;
    let to_cache = stores * (workload.key_size + workload.value_size)
        + (demand.reads + deletes + demand.element_removals) * workload.key_size;
    let from_cache = demand.reads * workload.value_size;
    let directions = [
        ("to", "Ingress", Meter::PrivateEndpointIn, to_cache),
        ("from", "Egress", Meter::PrivateEndpointOut, from_cache),
    ];
    directions
        .into_iter()
        .flat_map(|(way, name, meter, rate)| {
            let rate: BytesPerSec = rate * share;
            let item = Item {
                label: format!("Endpoint traffic {way} the caches"),
                meter: format!("Standard Data Processed - {name}"),
                region: None,
                quantity: decimal((rate * Secs::secs(SECS_PER_MONTH)).as_gb()),
                unit: "GB",
                formula: format!("{} × {HOURS_PER_MONTH} h", format::rate(rate)),
                note: "Keys and values of all clients, assumed without protocol overhead.".to_owned(),
            };
            tiered(LineKind::EndpointData, item, scope.catalog.meter(meter, &cache.region))
        })
        .collect()
}
