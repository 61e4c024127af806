//! The price tables of the bundled data, by the positions of sizes and regions.

use super::lookup::BASE_REGION;
use super::names::{CONTINENTS, family};
use super::price::{BasePrice, Discount, EgressReach, NodePrice, Origin, PriceTable};
use super::read::{Cells, Data, positive};
use super::terms::ReservationTerm;
use super::{Catalog, CatalogError, FactorBand, KnownPrice, Meter, PriceConfidence, PriceService, Tier, TieredPrice};
use crate::units::UnitPrice;
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

const CONFIDENCES: [(&str, PriceConfidence); 3] = [
    ("published", PriceConfidence::Published),
    ("derived", PriceConfidence::Derived),
    ("estimated", PriceConfidence::Estimated),
];

const TERMS: [(&str, ReservationTerm); 2] = [("1", ReservationTerm::OneYear), ("3", ReservationTerm::ThreeYears)];

const SERVICES: [(&str, PriceService); 4] = [
    ("managed", PriceService::ManagedRedis),
    ("premium", PriceService::Premium),
    ("standard", PriceService::Standard),
    ("enterprise", PriceService::Enterprise),
];

/// Every price, once the sizes and regions are known.
pub(crate) fn prices(data: &Data, catalog: &Catalog) -> Result<PriceTable, CatalogError> {
    let sizes = catalog.skus.len() + catalog.retiring.len();
    let mut table = PriceTable {
        nodes: vec![None; sizes * catalog.regions.len()],
        bases: vec![None; sizes],
        ..PriceTable::default()
    };
    for cells in data.rows("node_bases")? {
        base(cells, catalog, &mut table)?;
    }
    for cells in data.rows("region_factors")? {
        region_factor(cells, catalog, &mut table)?;
    }
    for cells in data.rows("node_rows")? {
        node_row(cells, catalog, &mut table)?;
    }
    for cells in data.rows("reservation_rows")? {
        reservation(cells, catalog, &mut table)?;
    }
    for cells in data.rows("reservation_discounts")? {
        table.discounts.push(discount(cells)?);
    }
    for cells in data.rows("egress_by_continent")? {
        by_continent(cells, &mut table)?;
    }
    for cells in data.rows("egress_by_source")? {
        by_source(cells, catalog, &mut table)?;
    }
    for cells in data.rows("meters")? {
        meter(cells, catalog, &mut table)?;
    }
    Ok(table)
}

fn region_at(cells: &mut Cells<'_>, catalog: &Catalog) -> Result<usize, CatalogError> {
    let name = cells.text();
    catalog.region_at(name).ok_or_else(|| cells.wrong(name))
}

fn sku_at(cells: &mut Cells<'_>, catalog: &Catalog) -> Result<usize, CatalogError> {
    let name = cells.text();
    catalog.size_at(name).ok_or_else(|| cells.wrong(name))
}

/// The base price of a size; it is the price of East US where no row of that region follows.
fn base(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let size = sku_at(&mut cells, catalog)?;
    let amount = UnitPrice::new(cells.price()?);
    let (low, high) = (positive(cells.text()), positive(cells.text()));
    let share = |end: Decimal| end.checked_div(amount.as_decimal());
    let shares = low.and_then(share).zip(high.and_then(share));
    let (as_of, source, how) = (cells.shared(), cells.shared(), cells.shared());
    let slot = table.bases.get_mut(size).ok_or_else(|| cells.wrong("a size"))?;
    *slot = Some(BasePrice { amount, shares, source: Arc::clone(&source) });
    table.origins.push(Origin { confidence: PriceConfidence::Derived, as_of, source, how, band: None });
    let home = catalog.region_at(BASE_REGION).ok_or_else(|| cells.wrong(BASE_REGION))?;
    put_node(table, catalog, (size, home), amount.as_decimal()).ok_or_else(|| cells.wrong("a second base price"))
}

/// The factor of a region for a service: a price for each of its sizes that has a base.
fn region_factor(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let region = region_at(&mut cells, catalog)?;
    let service = cells.one_of(&SERVICES)?;
    let (factor, low, high) = (cells.price()?, positive(cells.text()), positive(cells.text()));
    if catalog.region_at(BASE_REGION) == Some(region) {
        return Ok(());
    }
    let band = low.zip(high).map(|(low, high)| FactorBand { service, factor, low, high });
    if band.is_some_and(|band| band.low > factor || factor > band.high) {
        return Err(cells.wrong("a factor outside its band"));
    }
    let (as_of, source, basis) = (cells.shared(), cells.shared(), cells.text());
    let (confidence, how) = match band {
        None => (
            PriceConfidence::Derived,
            format!("{{sku}} in East US ({{base}}) × {factor}, the factor of this region: {basis}"),
        ),
        Some(FactorBand { low, high, .. }) => (
            PriceConfidence::Estimated,
            format!(
                "{{sku}} in East US ({{base}}) × {factor}, an estimated factor of this region, {low} to {high}: {basis}"
            ),
        ),
    };
    table.origins.push(Origin { confidence, as_of, source, how: how.into(), band });
    for size in 0..table.bases.len() {
        let base = table.bases.get(size).and_then(Option::as_ref).map(|base| base.amount.as_decimal());
        if let Some(base) = base.filter(|_| catalog.service_of(size) == service) {
            let price = carried(base, factor, is_priced_by_the_pair(catalog, size));
            put_node(table, catalog, (size, region), price).ok_or_else(|| cells.wrong("a second factor"))?;
        }
    }
    Ok(())
}

/// Premium's and Standard's meter that was read in every region is that of a pair of nodes.
fn is_priced_by_the_pair(catalog: &Catalog, size: usize) -> bool {
    let retiring = || size.checked_sub(catalog.skus.len()).and_then(|at| catalog.retiring.get(at));
    match catalog.service_of(size) {
        PriceService::Premium => true,
        PriceService::Standard => retiring().is_some_and(|size| size.nodes == 2),
        PriceService::ManagedRedis | PriceService::Enterprise | PriceService::Traffic => false,
    }
}

/// `round(base × factor, 3)`, as the price lists have it; where the list has the pair of nodes, half of it.
fn carried(base: Decimal, factor: Decimal, by_the_pair: bool) -> Decimal {
    let thousandths = |price: Decimal| price.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero);
    let price =
        if by_the_pair { thousandths(base * factor * Decimal::TWO) / Decimal::TWO } else { thousandths(base * factor) };
    price.normalize()
}

/// A quoted price takes the place of one that was worked out.
fn node_row(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let place = (sku_at(&mut cells, catalog)?, region_at(&mut cells, catalog)?);
    let price = cells.price()?;
    let (as_of, source, how) = (cells.shared(), cells.shared(), cells.shared());
    table.origins.push(Origin { confidence: PriceConfidence::Published, as_of, source, how, band: None });
    let published = put_node(table, catalog, place, price);
    if published.is_some() { Err(cells.wrong("a price without a base")) } else { Ok(()) }
}

/// Puts a price of the newest origin at a size and region; `None` when there is one already, which it takes the place of.
fn put_node(table: &mut PriceTable, catalog: &Catalog, place: (usize, usize), price: Decimal) -> Option<()> {
    let origin = u16::try_from(table.origins.len().checked_sub(1)?).ok()?;
    let slot = table.nodes.get_mut(place.0 * catalog.regions.len() + place.1)?;
    let fresh = slot.is_none();
    *slot = Some(NodePrice { amount: UnitPrice::new(price), origin });
    fresh.then_some(())
}

fn reservation(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let key = (sku_at(&mut cells, catalog)?, region_at(&mut cells, catalog)?, cells.one_of(&TERMS)?);
    let (confidence, amount) = (cells.one_of(&CONFIDENCES)?, UnitPrice::new(cells.price()?));
    let price = KnownPrice {
        amount,
        confidence,
        as_of: cells.shared(),
        source: cells.shared(),
        how: cells.shared(),
        band: None,
    };
    match table.reservations.insert(key, price) {
        None => Ok(()),
        Some(_) => Err(cells.wrong("a second total")),
    }
}

fn discount(mut cells: Cells<'_>) -> Result<Discount, CatalogError> {
    let name = cells.text();
    Ok(Discount {
        family: family(name).ok_or_else(|| cells.wrong(name))?,
        term: cells.one_of(&TERMS)?,
        fraction: cells.price()?,
        confidence: cells.one_of(&CONFIDENCES)?,
        source: cells.owned(),
        how: cells.owned(),
    })
}

fn by_continent(mut cells: Cells<'_>, table: &mut PriceTable) -> Result<(), CatalogError> {
    let continent = cells.one_of(&CONTINENTS)?;
    let reach = cells.one_of(&[("within", EgressReach::Within), ("across", EgressReach::Across)])?;
    let amount = UnitPrice::new(cells.price()?);
    let (as_of, source) = (cells.shared(), cells.shared());
    let price =
        KnownPrice { amount, confidence: PriceConfidence::Published, as_of, source, how: Arc::default(), band: None };
    table.egress_by_continent.push((continent, reach, price));
    Ok(())
}

fn by_source(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let amount = UnitPrice::new(cells.price()?);
    let (as_of, source, how) = (cells.shared(), cells.shared(), cells.shared());
    let price = TieredPrice::flat(KnownPrice {
        amount,
        confidence: PriceConfidence::Estimated,
        as_of,
        source,
        how,
        band: None,
    });
    for name in cells.text().split(' ') {
        let region = catalog.region_at(name).ok_or_else(|| cells.wrong(name))?;
        table.egress_by_source.insert(region, price.clone());
    }
    Ok(())
}

fn meter(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let meters: [(&str, &[Meter]); 7] = [
        ("private-endpoint-hour", &[Meter::PrivateEndpointHour]),
        ("private-endpoint-gb", &[Meter::PrivateEndpointIn, Meter::PrivateEndpointOut]),
        ("alert-series", &[Meter::AlertSeries]),
        ("log-gb", &[Meter::LogGb]),
        ("peering-gb", &[Meter::PeeringGb]),
        ("dns-zone", &[Meter::DnsZone]),
        ("export-gb", &[Meter::ExportGb]),
    ];
    let (meters, regions, confidence) = (cells.one_of(&meters)?, cells.text(), cells.one_of(&CONFIDENCES)?);
    let (as_of, source, how) = (cells.shared(), cells.shared(), cells.shared());
    let tiers = tiers(&cells.owned()).ok_or_else(|| cells.wrong("the tiers"))?;
    let amount = tiers.first().map(|tier| tier.price).ok_or_else(|| cells.wrong("no tier"))?;
    let schedule = TieredPrice { tiers, origin: KnownPrice { amount, confidence, as_of, source, how, band: None } };
    for name in regions.split(' ') {
        let region = if name == "*" { None } else { Some(catalog.region_at(name).ok_or_else(|| cells.wrong(name))?) };
        for meter in meters {
            table.meters.insert((*meter, region), schedule.clone());
        }
    }
    Ok(())
}

/// `0:0.01 1000000:0.006` as a schedule that starts at 0 and rises; `None` for any other.
fn tiers(text: &str) -> Option<Vec<Tier>> {
    let mut schedule: Vec<Tier> = Vec::new();
    for step in text.split(' ') {
        let (from, price) = step.split_once(':')?;
        let from: Decimal = from.parse().ok()?;
        let rises = schedule.last().map_or(from.is_zero(), |last| from > last.from);
        if !rises {
            return None;
        }
        schedule.push(Tier { from, price: UnitPrice::new(positive(price)?) });
    }
    Some(schedule)
}
