#![allow(clippy::unwrap_used, clippy::expect_used, clippy::float_cmp)]

use super::*;
use crate::plan::{EgressScheme, ReservationTerm};

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn node(sku: &str, region: &str) -> Price {
    catalog().node_price(&SkuId::new(sku), &RegionId::new(region))
}

fn known(price: &Price) -> (String, PriceWord) {
    let price = price.known().expect("a price");
    (price.amount.as_decimal().normalize().to_string(), price.word)
}

/// Hand-checked: the expected amount, and its arithmetic in the comment.
#[test]
fn node_prices() {
    use PriceWord::{Derived, Estimated, Published};
    let cases = [
        ("Balanced_B5", "eastus", "0.156", Published),
        ("Premium_P3", "eastus", "1.109", Published),
        ("Premium_P4", "eastus", "2.216", Derived),           // P1 0.277 × 8
        ("Premium_P5", "eastus", "5.025", Derived),           // 28,172 ÷ 8,760 ÷ 0.64
        ("Balanced_B10", "northeurope", "0.3474", Derived),   // B5 0.172 × 19.69 ÷ 9.75
        ("ComputeOptimized_X20", "eastus", "1.166", Derived), // X10 0.583 × 8 ÷ 4
        ("Premium_P2", "uaenorth", "0.7325", Published),      // the pair 1.465 ÷ 2
        ("Premium_P4", "uaenorth", "2.93", Derived),          // P2 0.7325 × 8 ÷ 2
        ("MemoryOptimized_M10", "northeurope", "0.2382", Estimated), // 0.216 × 0.172 ÷ 0.156
        ("Premium_P1", "westus", "0.2769", Estimated),        // 0.277 × A1500: 9.358 ÷ 9.36
    ];
    for (sku, region, amount, word) in cases {
        let price = node(sku, region);
        assert_eq!(known(&price), (amount.to_owned(), word), "{sku} in {region}");
        let how = &price.known().unwrap().how;
        assert!(word == Published || (how.len() > 20 && !how.contains('{')), "{sku} in {region}: {how}");
    }
}
