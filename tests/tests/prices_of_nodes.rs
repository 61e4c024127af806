//! Lines of nodes checked by hand against published prices. Each case names the price and its source; the amounts were worked
//! out on paper: a month is 730 h, a cache with its replica (or a member with high availability) is two nodes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{PriceConfidence, RegionId, ReservationTerm, SkuId};
use dr_core::model::Topology;
use dr_core::model::cost::LineKind;
use dr_core::plan::{Plan, PriceOverride};
use dr_core::report::bill_text;
use dr_core::units::{Money, UnitPrice};
use dr_tests::CATALOG;
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

/// A plan with a price of its own for a size in its one region, reserved for a term over a share of the hours.
fn typed(sku: &SkuId, region: &str, price: Option<UnitPrice>, term: Option<ReservationTerm>, share: &str) -> Plan {
    let mut plan = nodes_only(&[region]);
    (plan.pricing.reservation, plan.pricing.reservation_coverage) = (term, dec(share));
    let own =
        price.map(|per_node_hour| PriceOverride { sku: sku.clone(), region: RegionId::new(region), per_node_hour });
    plan.pricing.overrides.extend(own);
    plan
}

/// Typing the price that the catalogue has changes no amount: of no size, in no region, published or estimated, by no term.
#[test]
fn the_catalogues_price_typed_costs_what_it_costs() {
    let terms = [None, Some(ReservationTerm::OneYear), Some(ReservationTerm::ThreeYears)];
    for region in ["eastus", "australiacentral", "southeastasia", "ukwest"] {
        for sku in CATALOG.skus() {
            let price = CATALOG.node_amount(&sku.id, &RegionId::new(region)).unwrap();
            for term in terms {
                let [listed, own] = [None, Some(price)].map(|price| {
                    let plan = typed(&sku.id, region, price, term, "0.7");
                    let bill = billed(Topology::Rebuild, &plan, sku.id.as_str(), 1, 2);
                    bill.lines.iter().map(|line| (line.amount, line.term)).collect::<Vec<_>>()
                });
                assert_eq!(own, listed, "{} in {region}, {term:?}", sku.id);
            }
        }
    }
}

/// P2 in Southeast Asia is 0.7435 an hour and $4,168 for a year (0.7435 × 8,760 h × 0.64). At 0.6 as used a year is 4,168 × 0.6 ÷ 0.7435 =
/// $3,363.55, and a month 1,460 h × 3,363.55 ÷ 8,760.
#[test]
fn an_own_price_keeps_the_reservation_of_its_size() {
    let sku = SkuId::new("Premium_P2");
    let price = Some(UnitPrice::new(dec("0.6")));
    let plan = typed(&sku, "southeastasia", price, Some(ReservationTerm::OneYear), "1");
    let bill = billed(Topology::Rebuild, &plan, sku.as_str(), 1, 2);
    let line = &bill.lines[0];
    assert_eq!((cents(line).as_str(), line.confidence()), ("560.59", PriceConfidence::Yours));
    let paid = line.paid().unwrap();
    assert_eq!((paid.amount, paid.band), (UnitPrice::new(dec("3363.55")), None));
    assert_eq!(&*paid.how, "0.6 an hour (yours) × 8760 h × 64 %, the term's share of the list price");
}

#[test]
fn a_missing_price_is_a_line_without_amount() {
    let bill = billed(Topology::Rebuild, &nodes_only(&["atlantis"]), "Premium_P1", 1, 2);
    let line = &bill.lines[0];
    assert_eq!((line.amount, line.list_cost, line.price.confidence()), (None, None, PriceConfidence::Unknown));
    assert_eq!((bill.total.at_least(), bill.total.complete(), bill.unknown_lines), (Money::ZERO, None, 1));
    assert!(bill_text::document("", &[(Topology::Rebuild, &bill, None)]).plain().contains("no price"));
}
