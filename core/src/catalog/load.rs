//! Reading and checking the bundled data.

use super::lookup::Names;
use super::names::{CONTINENTS, family};
use super::read::{Cells, Data};
use super::region::RoundTripTable;
use super::{
    Catalog, CatalogError, Lifecycle, LifecycleEvent, MappedSize, Region, RegionId, RetiringSize, RuleInfo, Service,
    Severity, Sku, SkuId, Sla, SlaConfiguration, Source, load_prices,
};
use crate::units::{Bytes, BytesPerSec, Date, OpsPerSec, Ratio, float};
use std::sync::Arc;

/// Last day of the month that the published round trips are medians of (S21).
const ROUND_TRIPS_AS_OF: (i32, u8, u8) = (2026, 7, 30);

impl Catalog {
    /// The catalogue that ships with the product, checked: unique ids, positive prices, known regions, pairs that are
    /// mutual unless the data says one-way, tier schedules that start at 0 and rise.
    pub fn bundled() -> Result<Self, CatalogError> {
        let data = Data::bundled()?;
        let skus = data.rows("skus")?.map(sku).collect::<Result<Vec<_>, _>>()?;
        let regions = data.rows("regions")?.map(region).collect::<Result<Vec<_>, _>>()?;
        let mut catalog = Self {
            as_of: data.as_of,
            sku_index: Names::of(skus.iter().map(|sku| sku.id.as_str()))?,
            region_index: Names::of(regions.iter().map(|region| region.id.as_str()))?,
            skus,
            retiring: data.rows("retiring")?.map(retiring).collect::<Result<_, _>>()?,
            mappings: data.rows("mapping")?.map(mapping).collect::<Result<_, _>>()?,
            regions,
            rules: data.rows("rules")?.map(rule).collect::<Result<_, _>>()?,
            sources: data.rows("sources")?.map(source).collect(),
            lifecycle: data.rows("lifecycle")?.map(lifecycle).collect::<Result<_, _>>()?,
            slas: data.rows("sla")?.map(sla).collect::<Result<_, _>>()?,
            prices: Arc::default(),
            sheet: None,
            round_trips: RoundTripTable::default(),
        };
        check_pairs(&catalog)?;
        check_mappings(&catalog)?;
        Names::of(catalog.rules.iter().map(|rule| rule.id.as_str()))?;
        Names::of(catalog.sources.iter().map(|source| source.tag.as_str()))?;
        catalog.prices = Arc::new(load_prices::prices(&data, &catalog)?);
        catalog.round_trips = round_trips(&data, &catalog)?;
        Ok(catalog)
    }
}

fn sku(mut cells: Cells<'_>) -> Result<Sku, CatalogError> {
    let id = SkuId::new(cells.text());
    let family = family(id.as_str()).ok_or_else(|| cells.wrong(id.as_str()))?;
    let memory = Bytes::gb(cells.float()?);
    let (vcpus, shards, connections) = (cells.number()?, cells.number()?, cells.number()?);
    let bandwidth = cells.optional_float()?.map(BytesPerSec::mbit_per_s);
    let throughput = cells.optional_float()?.map(OpsPerSec::per_s);
    let geo = cells.text();
    Ok(Sku {
        id,
        family,
        memory,
        vcpus,
        shards,
        connections,
        throughput,
        bandwidth,
        active_geo: geo == "active",
        passive_geo: geo == "passive",
        preview: cells.flag(),
        nodes_with_ha: cells.number()?,
        source: cells.owned(),
    })
}

fn retiring(mut cells: Cells<'_>) -> Result<RetiringSize, CatalogError> {
    Ok(RetiringSize {
        id: SkuId::new(cells.text()),
        memory: Bytes::gb(cells.float()?),
        nodes: cells.number()?,
        source: cells.owned(),
    })
}

fn mapping(mut cells: Cells<'_>) -> Result<MappedSize, CatalogError> {
    let (from, units, to, also) = (SkuId::new(cells.text()), cells.number()?, SkuId::new(cells.text()), cells.text());
    Ok(MappedSize { from, units, to, also: (!also.is_empty()).then(|| SkuId::new(also)), source: cells.owned() })
}

/// Every size of the mapping is in the catalogue: the old one runs today, the new one is of Azure Managed Redis.
fn check_mappings(catalog: &Catalog) -> Result<(), CatalogError> {
    let old = |id: &SkuId| catalog.sku(id).is_some() || catalog.retiring.iter().any(|size| size.id == *id);
    let new = |id: &SkuId| catalog.sku(id).is_some_and(|sku| sku.family.is_managed_redis());
    for row in &catalog.mappings {
        let strange = [(&row.from, old(&row.from)), (&row.to, new(&row.to))].into_iter().find(|(_, known)| !known);
        let also = row.also.iter().find(|id| !new(id)).map(|id| (id, false));
        if let Some((id, _)) = strange.or(also) {
            return Err(CatalogError(format!("mapping: {id} of the row of {} is no size for it", row.from)));
        }
    }
    Ok(())
}

fn region(mut cells: Cells<'_>) -> Result<Region, CatalogError> {
    let (id, name, geography) = (RegionId::new(cells.text()), cells.owned(), cells.owned());
    let continent = cells.one_of(&CONTINENTS)?;
    let (zones, pair, restricted) = (cells.flag(), cells.text(), cells.flag());
    let paired = pair.trim_end_matches('>');
    Ok(Region {
        id,
        name,
        geography,
        continent,
        zones,
        pair: (!paired.is_empty()).then(|| RegionId::new(paired)),
        pair_is_mutual: !paired.is_empty() && paired == pair,
        restricted,
        latitude: cells.float()?,
        longitude: cells.float()?,
        source: cells.owned(),
    })
}

/// Every pair is a region of the list, and leads back unless the data marks it one-way.
///
/// The list of regions has one-way pairs (West US 3 → East US, whose own pair is West US): they are kept and marked,
/// so a finding can say that the other side recovers with another region.
fn check_pairs(catalog: &Catalog) -> Result<(), CatalogError> {
    for region in &catalog.regions {
        let Some(pair) = &region.pair else { continue };
        let back = catalog.region(pair).map(|pair| pair.pair.as_ref() == Some(&region.id));
        if back != Some(region.pair_is_mutual) || *pair == region.id {
            return Err(CatalogError(format!("the pair {} → {pair} differs from the data", region.id)));
        }
    }
    Ok(())
}

fn rule(mut cells: Cells<'_>) -> Result<RuleInfo, CatalogError> {
    let severities = [("block", Severity::Block), ("warn", Severity::Warn), ("info", Severity::Info)];
    Ok(RuleInfo {
        id: cells.owned(),
        severity: cells.one_of(&severities)?,
        check: cells.owned(),
        source: cells.owned(),
        note: cells.owned(),
    })
}

fn source(mut cells: Cells<'_>) -> Source {
    Source { tag: cells.owned(), text: cells.owned() }
}

fn lifecycle(mut cells: Cells<'_>) -> Result<Lifecycle, CatalogError> {
    let events = [
        ("creation-blocked-new", LifecycleEvent::CreationBlockedNew),
        ("creation-block-withdrawn", LifecycleEvent::CreationBlockWithdrawn),
        ("retired", LifecycleEvent::Retired),
    ];
    Ok(Lifecycle {
        service: cells.one_of(&[("premium", Service::Premium), ("enterprise", Service::Enterprise)])?,
        event: cells.one_of(&events)?,
        date: cells.number()?,
        source: cells.owned(),
        text: cells.owned(),
    })
}

fn sla(mut cells: Cells<'_>) -> Result<Sla, CatalogError> {
    let configurations = [
        ("premium", SlaConfiguration::Premium),
        ("premium-zones", SlaConfiguration::PremiumZones),
        ("managed", SlaConfiguration::Managed),
        ("managed-zones", SlaConfiguration::ManagedZones),
        ("active-three-regions", SlaConfiguration::ActiveThreeRegions),
        ("managed-without-ha", SlaConfiguration::ManagedWithoutHa),
    ];
    Ok(Sla {
        configuration: cells.one_of(&configurations)?,
        availability: cells.optional_float()?.map(Ratio::percent),
        source: cells.owned(),
        note: cells.owned(),
    })
}

/// The matrix of round trips: a row holds the mean of both directions to every earlier row, in milliseconds.
fn round_trips(data: &Data, catalog: &Catalog) -> Result<RoundTripTable, CatalogError> {
    let width = catalog.regions.len();
    let mut table = RoundTripTable { width, millis: vec![None; width * width], ..RoundTripTable::default() };
    let mut earlier = Vec::new();
    for mut cells in data.rows("round_trips")? {
        let name = cells.text();
        let here = catalog.region_at(name).ok_or_else(|| cells.wrong(name))?;
        let means: Vec<&str> = cells.text().split_whitespace().collect();
        if means.len() != earlier.len() {
            return Err(cells.wrong(name));
        }
        for (&there, mean) in earlier.iter().zip(means) {
            let mean = float(mean).filter(|mean| *mean > 0.0).ok_or_else(|| cells.wrong(mean))?;
            table.millis[here * width + there] = Some(mean);
            table.millis[there * width + here] = Some(mean);
        }
        earlier.push(here);
    }
    let (year, month, day) = ROUND_TRIPS_AS_OF;
    table.as_of = Date::new(year, month, day).ok();
    Ok(table)
}
