//! Lines of nodes checked by hand against published prices. Each case names the price and its source; the amounts were worked
//! out on paper: a month is 730 h, a cache with its replica (or a member with high availability) is two nodes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{PriceConfidence, RegionId, SkuId};
use dr_core::model::Topology;
use dr_core::model::cost::LineKind;
use dr_core::plan::PriceOverride;
use dr_core::report::bill_text;
use dr_core::units::{Money, UnitPrice};
use dr_tests::on_paper::{billed, cents, dec, nodes_only, of_kind};
use rust_decimal::Decimal;

/// One cache of one region: the amount of its nodes in cents, and the price's word.
fn one_cache(sku: &str, region: &str, shards: u32, nodes: u32) -> (String, PriceConfidence) {
    let bill = billed(Topology::Rebuild, &nodes_only(&[region]), sku, shards, nodes);
    let [line] = of_kind(&bill, LineKind::Nodes)[..] else { panic!("one line for one cache") };
    (cents(line), line.price.confidence())
}

#[test]
fn published_node_prices_give_the_months_that_paper_gives() {
    let cases = [
        // S02: a P1 cache with one replica is $404.42 a month, printed so in the source.
        ("Premium_P1", "eastus", 1, 2, "404.42"),
        // S02: P1 in Australia Central at 0.277.
        ("Premium_P1", "australiacentral", 1, 2, "404.42"),
        // S02: 0.555 × 3 shards × 2 nodes × 730.
        ("Premium_P2", "eastus", 3, 6, "2430.90"),
        // S01: 0.216, 0.583, 0.065, 4.68 in East US.
        ("MemoryOptimized_M10", "eastus", 1, 2, "315.36"),
        ("ComputeOptimized_X10", "eastus", 1, 2, "851.18"),
        ("Balanced_B3", "eastus", 1, 2, "94.90"),
        ("FlashOptimized_A700", "eastus", 1, 2, "6832.80"),
        // S03: 0.156 in West US 2, 0.179 in UK South, 0.172 in North Europe.
        ("Balanced_B5", "westus2", 1, 2, "227.76"),
        ("Balanced_B5", "uksouth", 1, 2, "261.34"),
        ("Balanced_B5", "northeurope", 1, 2, "251.12"),
        // S07: 0.45045 in UAE North: 657.657.
        ("Balanced_B10", "uaenorth", 1, 2, "657.66"),
        // S04: 9.358 in West US, without high availability one node.
        ("FlashOptimized_A1500", "westus", 1, 1, "6831.34"),
    ];
    for (sku, region, shards, nodes, amount) in cases {
        let (month, word) = one_cache(sku, region, shards, nodes);
        assert_eq!((month.as_str(), word), (amount, PriceConfidence::Published), "{sku} in {region}");
    }
}

#[test]
fn a_derived_price_says_so() {
    // V1 V3: the pair of P4 is 4.44, 2.22 a node: 3,241.20 for two.
    // V1: the pair of P3 is 2.219: × 730.
    assert_eq!(one_cache("Premium_P3", "eastus", 1, 2), ("1619.87".to_owned(), PriceConfidence::Derived));
    assert_eq!(one_cache("Premium_P4", "eastus", 1, 2), ("3241.20".to_owned(), PriceConfidence::Derived));
}

#[test]
fn a_pair_is_four_nodes_and_the_pair_meter_is_never_added() {
    // Two P1 caches at 0.277 a node (S02). "P1 Cache" is the meter of two nodes at once (0.554): adding it would double.
    let bill = billed(Topology::Passive, &nodes_only(&["eastus", "australiacentral"]), "Premium_P1", 1, 2);
    let nodes = of_kind(&bill, LineKind::Nodes);
    assert_eq!(nodes.iter().map(|line| cents(line)).collect::<Vec<_>>(), ["404.42", "404.42"]);
    assert!(bill.lines.iter().all(|line| line.meter() != "P1 Cache"));
    assert!(nodes.iter().all(|line| line.meter() == "P1 Cache Instance" && line.formula() == "2 nodes × 730 h"));
    assert_eq!(nodes.iter().map(|line| line.quantity).sum::<Decimal>(), dec("2920"));
}

#[test]
fn shards_stand_in_the_formula() {
    let bill = billed(Topology::Rebuild, &nodes_only(&["eastus"]), "Premium_P2", 3, 6);
    assert_eq!(bill.lines[0].formula(), "3 shards × 2 nodes = 6 nodes × 730 h");
}

#[test]
fn an_own_price_wins_and_says_so() {
    let mut plan = nodes_only(&["eastus"]);
    plan.pricing.overrides.push(PriceOverride {
        sku: SkuId::new("Premium_P1"),
        region: RegionId::new("eastus"),
        per_node_hour: UnitPrice::new(dec("0.2")),
    });
    let bill = billed(Topology::Rebuild, &plan, "Premium_P1", 1, 2);
    assert_eq!((cents(&bill.lines[0]).as_str(), bill.lines[0].price.confidence()), ("292.00", PriceConfidence::Yours));
    assert_eq!(bill.by_confidence, [(PriceConfidence::Yours, Money::whole(292))]);
}

#[test]
fn a_missing_price_is_a_line_without_amount() {
    let bill = billed(Topology::Rebuild, &nodes_only(&["atlantis"]), "Premium_P1", 1, 2);
    let line = &bill.lines[0];
    assert_eq!((line.amount, line.list_cost, line.price.confidence()), (None, None, PriceConfidence::Unknown));
    assert_eq!((bill.total.at_least(), bill.total.complete(), bill.unknown_lines), (Money::ZERO, None, 1));
    assert!(bill_text::document("", &[(Topology::Rebuild, &bill, None)]).plain().contains("no price"));
}
