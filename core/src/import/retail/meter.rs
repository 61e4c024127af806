//! Which price of a plan a row is, by the names of its product, size and meter.

use super::LeftOut;
use super::row::Row;
use crate::catalog::{Catalog, Family, Meter, RegionId, SkuId};
use crate::plan::ReservationTerm;

/// What a row prices.
pub(super) enum Target {
    /// An hour of one node of a size.
    Node(SkuId, RegionId),
    /// An hour of a shard's pair of nodes.
    NodePair(SkuId, RegionId),
    /// A node for a whole term.
    Reservation(SkuId, RegionId, ReservationTerm),
    /// A GB to another region.
    Egress(RegionId),
    /// A meter without a size.
    Meter(Meter, RegionId),
}

/// Products of the families, as the price list names them.
const PRODUCTS: [(&str, Family); 5] = [
    ("Azure Managed Redis - Memory Optimized", Family::MemoryOptimized),
    ("Azure Managed Redis - Balanced", Family::Balanced),
    ("Azure Managed Redis - Compute Optimized", Family::ComputeOptimized),
    ("Azure Managed Redis - Flash Optimized", Family::FlashOptimized),
    ("Azure Redis Cache Premium", Family::Premium),
];

/// Decides what a row prices, or why it is left out.
pub(super) fn target(row: &Row<'_>, catalog: &Catalog) -> Result<Target, LeftOut> {
    match row.kind {
        "DevTestConsumption" => return Err(LeftOut::DevTest),
        "SavingsPlan" => return Err(LeftOut::SavingsPlan),
        _ => {}
    }
    if let Some((_, family)) = PRODUCTS.iter().find(|(product, _)| *product == row.product) {
        return cache(row, *family, catalog);
    }
    let region = || {
        let id = RegionId::new(row.region);
        catalog.region(&id).map(|_| id).ok_or(LeftOut::UnknownPlace)
    };
    match (row.product, row.meter) {
        ("Rtn Preference: MGN", "Standard Inter-Region Data Transfer") => Ok(Target::Egress(region()?)),
        (_, "Standard Private Endpoint") => Ok(Target::Meter(Meter::PrivateEndpointHour, region()?)),
        (_, "Standard Data Processed - Ingress") => Ok(Target::Meter(Meter::PrivateEndpointGb, region()?)),
        ("Azure Monitor", "Alerts Metric Monitored") => Ok(Target::Meter(Meter::AlertSeries, region()?)),
        ("Log Analytics", "Analytics Logs Data Ingestion") => Ok(Target::Meter(Meter::LogGb, region()?)),
        _ => Err(LeftOut::Foreign),
    }
}

/// A row of a cache. `P4 Cache Instance` is one node, `P4 Cache` the pair of a shard: never both for one node.
fn cache(row: &Row<'_>, family: Family, catalog: &Catalog) -> Result<Target, LeftOut> {
    let (short, is_node) = match row.meter.strip_suffix(" Cache Instance") {
        Some(short) => (short, true),
        None => (row.meter.strip_suffix(" Cache").ok_or(LeftOut::Foreign)?, false),
    };
    if short != row.sku || row.unit != "1 Hour" {
        return Err(LeftOut::Foreign);
    }
    let sku = catalog.skus().iter().find(|sku| sku.family == family && sku.id.short() == short);
    let region = RegionId::new(row.region);
    let (Some(sku), Some(_)) = (sku, catalog.region(&region)) else { return Err(LeftOut::UnknownPlace) };
    let term = match (row.kind, row.term) {
        ("Consumption", _) if is_node => return Ok(Target::Node(sku.id.clone(), region)),
        ("Consumption", _) => return Ok(Target::NodePair(sku.id.clone(), region)),
        ("Reservation", "1 Year") => ReservationTerm::OneYear,
        ("Reservation", "3 Years") => ReservationTerm::ThreeYears,
        _ => return Err(LeftOut::Foreign),
    };
    if is_node { Ok(Target::Reservation(sku.id.clone(), region, term)) } else { Err(LeftOut::Foreign) }
}
