//! Which price of a plan a row is, by the names of its product, size and meter.

use super::LeftOut;
use super::row::Row;
use crate::catalog::ReservationTerm;
use crate::catalog::{Catalog, Family, Meter, Target};

/// Products of the families, as the price list names them.
pub(super) const FAMILIES: [(&str, Family); 5] = [
    ("Azure Managed Redis - Memory Optimized", Family::MemoryOptimized),
    ("Azure Managed Redis - Balanced", Family::Balanced),
    ("Azure Managed Redis - Compute Optimized", Family::ComputeOptimized),
    ("Azure Managed Redis - Flash Optimized", Family::FlashOptimized),
    ("Azure Redis Cache Premium", Family::Premium),
];

/// Products of sizes that only run today, with the tier in the names of their sizes.
pub(super) const TODAY: [(&str, &str); 4] = [
    ("Azure Redis Cache Basic", "Basic"),
    ("Azure Redis Cache Standard", "Standard"),
    ("Azure Redis Cache Enterprise", "Enterprise"),
    ("Azure Redis Cache Enterprise Flash", "EnterpriseFlash"),
];

/// Meters without a size: product, meter, unit. Those of private endpoints stand under the region "Global".
const METERS: [(&str, &str, &str, Meter); 5] = [
    ("Virtual Network Private Link", "Standard Private Endpoint", HOUR, Meter::PrivateEndpointHour),
    ("Virtual Network Private Link", "Standard Data Processed - Ingress", GB, Meter::PrivateEndpointIn),
    ("Virtual Network Private Link", "Standard Data Processed - Egress", GB, Meter::PrivateEndpointOut),
    ("Azure Monitor", "Alerts Metric Monitored", "1/Month", Meter::AlertSeries),
    ("Log Analytics", "Analytics Logs Data Ingestion", GB, Meter::LogGb),
];

/// Traffic over the provider's own network, by source region.
const TRAFFIC: &str = "Rtn Preference: MGN";
const HOUR: &str = "1 Hour";
const GB: &str = "1 GB";

/// Every product that a plan is billed on, once.
pub(super) fn products() -> Vec<&'static str> {
    let caches = FAMILIES.iter().map(|it| it.0).chain(TODAY.iter().map(|it| it.0));
    let mut products: Vec<&str> = caches.chain([TRAFFIC]).collect();
    for (product, ..) in METERS {
        if !products.contains(&product) {
            products.push(product);
        }
    }
    products
}

/// Decides what a row prices, or why it is left out.
pub(super) fn target(row: &Row<'_>, catalog: &Catalog) -> Result<Target, LeftOut> {
    let found = by_name(row, catalog)?;
    match found {
        // A free first tier is an allowance of the whole account; any other price of 0 is a placeholder.
        Target::Meter { from, .. } | Target::Egress { from, .. } if from.is_zero() => Ok(found),
        _ if row.price.is_zero() => Err(LeftOut::Free),
        _ => Ok(found),
    }
}

fn by_name(row: &Row<'_>, catalog: &Catalog) -> Result<Target, LeftOut> {
    if let Some((_, family)) = FAMILIES.iter().find(|(product, _)| *product == row.product) {
        return cache(row, *family, catalog);
    }
    if let Some((_, tier)) = TODAY.iter().find(|(product, _)| *product == row.product) {
        return today(row, tier, catalog);
    }
    let egress = row.product == TRAFFIC && row.meter == "Standard Inter-Region Data Transfer";
    let known = METERS.iter().find(|(product, meter, ..)| *product == row.product && *meter == row.meter);
    let unit = known.map_or(GB, |(_, _, unit, _)| unit);
    if !egress && known.is_none() {
        return Err(LeftOut::Foreign);
    }
    pay_as_you_go(row, unit)?;
    let region = catalog.region_at(row.region);
    match known {
        None => region.map(|region| Target::Egress { region, from: row.tier }).ok_or(LeftOut::UnknownPlace),
        Some((.., meter)) if region.is_some() || matches!(row.region, "Global" | "") => {
            Ok(Target::Meter { meter: *meter, region, from: row.tier })
        }
        Some(_) => Err(LeftOut::UnknownPlace),
    }
}

fn pay_as_you_go(row: &Row<'_>, unit: &str) -> Result<(), LeftOut> {
    match row.kind {
        "DevTestConsumption" => Err(LeftOut::DevTest),
        "SavingsPlan" => Err(LeftOut::SavingsPlan),
        "Consumption" if row.unit == unit => Ok(()),
        _ => Err(LeftOut::OtherUnit),
    }
}

/// The size in a cache's meter: "P4 Cache Instance" and "P4 Cache" → "P4"; the meter's own name where it is of no cache.
pub(super) fn size_of(meter: &str) -> &str {
    meter.strip_suffix(" Cache Instance").or_else(|| meter.strip_suffix(" Cache")).unwrap_or(meter)
}

/// The size in the meter of a row, and whether it is of one node by its name; `Foreign` where it is of no cache or another size.
fn named<'a>(row: &Row<'a>) -> Result<(&'a str, bool), LeftOut> {
    let (short, is_node) = match row.meter.strip_suffix(" Cache Instance") {
        Some(short) => (short, true),
        None => (row.meter.strip_suffix(" Cache").ok_or(LeftOut::Foreign)?, false),
    };
    if short == row.sku { Ok((short, is_node)) } else { Err(LeftOut::Foreign) }
}

/// A row of a size that only runs today. `C1 Cache` of Standard is the pair; of Basic, Enterprise and Flash it is one node (S30).
fn today(row: &Row<'_>, tier: &str, catalog: &Catalog) -> Result<Target, LeftOut> {
    let (short, is_node) = named(row)?;
    let (size, region) = (catalog.size_at(&format!("{tier}_{short}")), catalog.region_at(row.region));
    let (Some(sku), Some(region)) = (size, region) else { return Err(LeftOut::UnknownPlace) };
    pay_as_you_go(row, HOUR)?;
    Ok(Target::Node { sku, region, pair: tier == "Standard" && !is_node })
}

/// A row of a cache. `P4 Cache Instance` is one node, `P4 Cache` the pair of a shard: never both for one node.
fn cache(row: &Row<'_>, family: Family, catalog: &Catalog) -> Result<Target, LeftOut> {
    let (short, is_node) = named(row)?;
    if !(is_node || family == Family::Premium) {
        return Err(LeftOut::Foreign);
    }
    let sku = catalog.skus().iter().position(|sku| sku.family == family && sku.id.short() == short);
    let (Some(sku), Some(region)) = (sku, catalog.region_at(row.region)) else { return Err(LeftOut::UnknownPlace) };
    if row.kind == "Reservation" {
        let term = match row.term {
            "1 Year" => ReservationTerm::OneYear,
            "3 Years" => ReservationTerm::ThreeYears,
            _ => return Err(LeftOut::OtherUnit),
        };
        return if is_node { Ok(Target::Reservation { sku, region, term }) } else { Err(LeftOut::OtherUnit) };
    }
    pay_as_you_go(row, HOUR)?;
    Ok(Target::Node { sku, region, pair: !is_node })
}

#[cfg(test)]
mod tests {
    use crate::catalog::{Catalog, RegionId, SkuId};
    use crate::import::retail::{persisted, read_files, read_persisted};
    use crate::plan::Plan;

    fn row(product: &str, size: &str, meter: &str, price: &str) -> String {
        format!(
            r#"{{"currencyCode":"EUR","retailPrice":{price},"armRegionName":"westeurope","effectiveStartDate":"2026-01-01T00:00:00Z","meterName":"{size} {meter}","productName":"{product}","skuName":"{size}","unitOfMeasure":"1 Hour","type":"Consumption"}}"#
        )
    }

    /// Sizes that only run today have the sheet's prices too: of Standard the pair's meter is two nodes (S30), every other one. An internal size
    /// is none of them.
    #[test]
    fn what_runs_today_is_priced_by_the_sheet() {
        let rows = [
            row("Azure Redis Cache Basic", "C0", "Cache", "0.02"),
            row("Azure Redis Cache Standard", "C1", "Cache", "0.10"),
            row("Azure Redis Cache Standard", "C2", "Cache", "0.31"),
            row("Azure Redis Cache Standard", "C2", "Cache Instance", "0.15"),
            row("Azure Redis Cache Enterprise", "E20", "Cache", "1.5"),
            row("Azure Redis Cache Enterprise Flash", "F300", "Cache Instance", "3"),
            row("Azure Redis Cache Enterprise", "E1 Internal", "Cache", "0.01"),
        ];
        let text = format!(r#"{{"Items":[{}],"NextPageLink":null}}"#, rows.join(","));
        let bundled = Catalog::bundled().unwrap();
        let sheet = read_files(&[("a".to_owned(), text)], &bundled, Plan::default().horizon.start).unwrap();
        let kept = read_persisted(&persisted(&sheet, &sheet.over(&bundled).0), &bundled).unwrap();
        for sheet in [sheet, kept] {
            let (catalog, report) = sheet.over(&bundled);
            for (size, price) in [
                ("Basic_C0", "0.02"),
                ("Standard_C1", "0.05"),
                ("Standard_C2", "0.15"),
                ("Enterprise_E20", "1.5"),
                ("EnterpriseFlash_F300", "3"),
            ] {
                let found = catalog.node_amount(&SkuId::new(size), &RegionId::new("westeurope")).unwrap();
                assert_eq!(found.as_decimal(), price.parse().unwrap(), "{size}");
            }
            assert_eq!(report.prices.len(), 5);
            assert!(report.prices.iter().any(|it| it.what == "Standard C1 node in West Europe"), "{:?}", report.prices);
            let other = SkuId::new("Standard_C3");
            assert_eq!(catalog.node_amount(&other, &RegionId::new("westeurope")), None, "no euro of a dollar");
        }
    }
}
