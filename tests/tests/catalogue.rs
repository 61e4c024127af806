//! The bundled catalogue against the rows that it was made from.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::{Catalog, KnownPrice, PriceConfidence, RegionId, SkuId};
use dr_core::plan::ReservationTerm;
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};
use xtask::catalogue::{self, csv};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn rows(path: &str) -> Vec<csv::Row> {
    csv::rows(&std::fs::read_to_string(folder(path)).unwrap()).unwrap()
}

/// The catalogue's answer to a row of a price file.
fn answer(catalog: &Catalog, row: &csv::Row) -> KnownPrice {
    let (sku, region) = (SkuId::new(row.get("sku").unwrap()), RegionId::new(row.get("region").unwrap()));
    let price = match row.get("term").unwrap() {
        "1 Year" => catalog.reservation_price(&sku, &region, ReservationTerm::OneYear),
        "3 Years" => catalog.reservation_price(&sku, &region, ReservationTerm::ThreeYears),
        _ => catalog.node_price(&sku, &region),
    };
    price.known().unwrap_or_else(|| panic!("{sku} in {region}: {price:?}")).clone()
}

#[test]
fn is_what_its_sources_give() {
    let made = catalogue::generate(&folder("../core/data/sources")).unwrap();
    let bundled = std::fs::read_to_string(folder("../core/data/catalog.json")).unwrap();
    assert!(made == bundled, "core/data/catalog.json is stale: run `cargo xtask catalogue`");
}

/// All 76 dollar rows that were quoted, the retiring tiers' among them; the two in pounds are reference values.
#[test]
fn keeps_every_quoted_price() {
    let catalog = Catalog::bundled().unwrap();
    let mut counted = 0;
    for row in rows("../core/data/sources/prices.csv") {
        if (row.get("status").unwrap(), row.get("currency").unwrap()) != ("QUOTED", "USD") {
            continue;
        }
        let nodes = if row.get("basis").unwrap().starts_with("per pair") { Decimal::TWO } else { Decimal::ONE };
        let (found, quoted) = (answer(&catalog, &row), row.get("price").unwrap().parse::<Decimal>().unwrap());
        assert_eq!(found.amount.as_decimal() * nodes, quoted, "{row:?}");
        assert_eq!(found.confidence, PriceConfidence::Published, "{row:?}");
        counted += 1;
    }
    assert_eq!(counted, 76);
}

/// One factor of the region gives every price of a list: 27 hours and 44 terms of Managed Redis (1.09), five pairs of Premium (1.20), read
/// for Canada Central on 2026-10-07 (V1). A term's total is whole dollars; a pair is rounded once and not twice.
#[test]
fn one_factor_gives_every_price_of_a_list() {
    let catalog = Catalog::bundled().unwrap();
    let rows = rows("fixtures/canada-central-prices.csv");
    for row in &rows {
        let (found, theirs) = (answer(&catalog, row), row.get("price").unwrap().parse::<Decimal>().unwrap());
        let pair = row.get("basis") == Ok("pair");
        let (found, allowed) = match (pair, row.get("term").unwrap()) {
            (true, _) => (found.amount.as_decimal() * Decimal::TWO, Decimal::ZERO),
            (false, "") => (found.amount.as_decimal(), Decimal::ZERO),
            (false, _) => (found.amount.as_decimal(), Decimal::ONE),
        };
        assert!((found - theirs).abs() <= allowed, "{found} against {theirs}: {row:?}");
    }
    assert_eq!(rows.len(), 76);
}

/// Prices that were derived elsewhere by the vendor's size ratios, which are rounded: ours, by the regional factor, agree within
/// 0.3 % and half a thousandth.
#[test]
fn agrees_with_prices_derived_elsewhere() {
    let catalog = Catalog::bundled().unwrap();
    let rows = rows("fixtures/derived-prices.csv");
    assert_eq!(rows.len(), 128);
    for row in rows {
        let (found, theirs) = (answer(&catalog, &row), row.get("price").unwrap().parse::<Decimal>().unwrap());
        let apart = (found.amount.as_decimal() - theirs).abs();
        let allowed = (theirs * Decimal::new(32, 4)).max(Decimal::new(6, 4));
        assert!(apart <= allowed, "{found:?} against {theirs} of {row:?}");
        assert!(found.confidence <= PriceConfidence::Derived, "{row:?}");
    }
}

/// Every cell of the published matrix whose two regions are in the list: the mean of both directions.
#[test]
fn round_trips_are_the_published_ones() {
    let catalog = Catalog::bundled().unwrap();
    let text = std::fs::read_to_string(folder("../core/data/sources/latency-p50-ms.csv")).unwrap();
    let records = csv::records(&text).unwrap();
    let region = |name: &str| catalog.regions().iter().find(|region| region.name == name).map(|region| &region.id);
    let mut counted = 0;
    for here in 1..records.len() {
        for there in (1..here).filter(|&there| !records[here][there].is_empty()) {
            let (Some(a), Some(b)) = (region(&records[here][0]), region(&records[there][0])) else { continue };
            let both: u32 =
                [&records[here][there], &records[there][here]].map(|cell| cell.parse::<u32>().unwrap()).iter().sum();
            let found = catalog.round_trip(a, b).unwrap().rtt.as_millis();
            assert!((found - f64::from(both) / 2.0).abs() < 1e-9, "{a} – {b}: {found}");
            counted += 1;
        }
    }
    assert_eq!(counted, 53 * 52 / 2);
}
