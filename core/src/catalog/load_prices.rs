//! The price tables of the bundled data, by the positions of sizes and regions.

use super::names::{CONTINENTS, family};
use super::price::{Discount, EgressReach, NodePrice, Origin, PriceTable};
use super::read::{Cells, Data, positive};
use super::terms::ReservationTerm;
use super::{Catalog, CatalogError, KnownPrice, Meter, PriceConfidence, Tier, TieredPrice};
use crate::units::UnitPrice;
use rust_decimal::Decimal;
use std::sync::Arc;

const CONFIDENCES: [(&str, PriceConfidence); 3] = [
    ("published", PriceConfidence::Published),
    ("derived", PriceConfidence::Derived),
    ("estimated", PriceConfidence::Estimated),
];

const TERMS: [(&str, ReservationTerm); 2] = [("1", ReservationTerm::OneYear), ("3", ReservationTerm::ThreeYears)];

/// Every price, once the sizes and regions are known.
pub(crate) fn prices(data: &Data, catalog: &Catalog) -> Result<PriceTable, CatalogError> {
    let mut table =
        PriceTable { nodes: vec![None; catalog.skus.len() * catalog.regions.len()], ..PriceTable::default() };
    for cells in data.rows("node_groups")? {
        node_group(cells, catalog, &mut table)?;
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
    catalog.sku_at(name).ok_or_else(|| cells.wrong(name))
}

/// One region and family: an origin for all, the amounts in the order of the sizes, `-` where a row of its own follows.
fn node_group(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let region = region_at(&mut cells, catalog)?;
    let name = cells.text();
    let family = family(name).ok_or_else(|| cells.wrong(name))?;
    let confidence = cells.one_of(&CONFIDENCES)?;
    table.origins.push(Origin { confidence, as_of: cells.shared(), source: cells.shared(), how: cells.shared() });
    let amounts = cells.text();
    let skus = catalog.skus.iter().enumerate().filter(|(_, sku)| sku.family == family);
    for ((at, _), amount) in skus.zip(amounts.split(' ')).filter(|(_, amount)| *amount != "-") {
        let price = positive(amount).ok_or_else(|| cells.wrong(amount))?;
        put_node(table, catalog, (at, region), price).ok_or_else(|| cells.wrong(amount))?;
    }
    Ok(())
}

fn node_row(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let place = (sku_at(&mut cells, catalog)?, region_at(&mut cells, catalog)?);
    let (confidence, price) = (cells.one_of(&CONFIDENCES)?, cells.price()?);
    table.origins.push(Origin { confidence, as_of: cells.shared(), source: cells.shared(), how: cells.shared() });
    put_node(table, catalog, place, price).ok_or_else(|| cells.wrong("a second price"))
}

/// Puts a price of the newest origin at a size and region; `None` when there is one already.
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
    let price = KnownPrice { amount, confidence, as_of: cells.shared(), source: cells.shared(), how: cells.shared() };
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
        source: cells.owned(),
        how: cells.owned(),
    })
}

fn by_continent(mut cells: Cells<'_>, table: &mut PriceTable) -> Result<(), CatalogError> {
    let continent = cells.one_of(&CONTINENTS)?;
    let reach = cells.one_of(&[("within", EgressReach::Within), ("across", EgressReach::Across)])?;
    let amount = UnitPrice::new(cells.price()?);
    let (as_of, source) = (cells.shared(), cells.shared());
    let price = KnownPrice { amount, confidence: PriceConfidence::Published, as_of, source, how: Arc::default() };
    table.egress_by_continent.push((continent, reach, price));
    Ok(())
}

fn by_source(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let amount = UnitPrice::new(cells.price()?);
    let (as_of, source, how) = (cells.shared(), cells.shared(), cells.shared());
    let price = TieredPrice::flat(KnownPrice { amount, confidence: PriceConfidence::Estimated, as_of, source, how });
    for name in cells.text().split(' ') {
        let region = catalog.region_at(name).ok_or_else(|| cells.wrong(name))?;
        table.egress_by_source.insert(region, price.clone());
    }
    Ok(())
}

fn meter(mut cells: Cells<'_>, catalog: &Catalog, table: &mut PriceTable) -> Result<(), CatalogError> {
    let meters: [(&str, &[Meter]); 4] = [
        ("private-endpoint-hour", &[Meter::PrivateEndpointHour]),
        ("private-endpoint-gb", &[Meter::PrivateEndpointIn, Meter::PrivateEndpointOut]),
        ("alert-series", &[Meter::AlertSeries]),
        ("log-gb", &[Meter::LogGb]),
    ];
    let (meters, regions, confidence) = (cells.one_of(&meters)?, cells.text(), cells.one_of(&CONFIDENCES)?);
    let (as_of, source, how) = (cells.shared(), cells.shared(), cells.shared());
    let tiers = tiers(&cells.owned()).ok_or_else(|| cells.wrong("the tiers"))?;
    let amount = tiers.first().map(|tier| tier.price).ok_or_else(|| cells.wrong("no tier"))?;
    let schedule = TieredPrice { tiers, origin: KnownPrice { amount, confidence, as_of, source, how } };
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
