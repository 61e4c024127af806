#![allow(clippy::unwrap_used, clippy::expect_used, clippy::float_cmp)]

use super::*;
use super::{EgressScheme, ReservationTerm};
use crate::units::Ratio;

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn node(sku: &str, region: &str) -> Price {
    catalog().node_price(&SkuId::new(sku), &RegionId::new(region))
}

fn known(price: &Price) -> (String, PriceConfidence) {
    let price = price.known().expect("a price");
    (price.amount.as_decimal().normalize().to_string(), price.confidence)
}

/// Hand-checked: the expected amount, and its arithmetic in the comment.
#[test]
fn node_prices() {
    use PriceConfidence::{Derived, Estimated, Published};
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

/// The list price has one meter for a node and one for the pair: a node's price is never the pair's, and never half of it twice.
#[test]
fn a_pair_meter_is_two_nodes() {
    // Facts, prices.csv: P1 in East US is 0.277 a node ("P1 Cache Instance") and 0.554 a pair ("P1 Cache").
    assert_eq!(known(&node("Premium_P1", "eastus")).0, "0.277");
    // P2 in UAE North is printed for the pair only: 1.465.
    let price = node("Premium_P2", "uaenorth");
    assert_eq!(known(&price).0, "0.7325");
    assert!(price.known().unwrap().how.contains("the pair of nodes, 1.465"));
}

#[test]
fn unknown_prices_say_what_to_enter() {
    let cases = [
        ("Premium_P3", "westeurope", "no price for P3 in West Europe: enter one"),
        ("Balanced_B10", "japaneast", "no price for B10 in Japan East: enter one"),
        ("Balanced_B7", "eastus", "the catalogue has no size “Balanced_B7”: choose one of its list"),
        ("Balanced_B10", "atlantis", "the catalogue has no region “atlantis”: choose one of its 57"),
        ("", "", "the catalogue has no size “”: choose one of its list"),
    ];
    for (sku, region, reason) in cases {
        assert_eq!(node(sku, region), Price::Unknown { reason: reason.to_owned() });
        let reserved = catalog().reservation_price(&SkuId::new(sku), &RegionId::new(region), ReservationTerm::OneYear);
        assert_eq!(reserved.confidence(), PriceConfidence::Unknown);
    }
}

#[test]
fn reservations() {
    use PriceConfidence::{Derived, Estimated, Published};
    use ReservationTerm::{OneYear, ThreeYears};
    let cases = [
        ("Premium_P1", "eastus", OneYear, "1553", Published),
        ("Premium_P5", "eastus", ThreeYears, "59426", Published),
        ("Premium_P3", "eastus", OneYear, "6217", Derived), // 1.109 × 8,760 × 0.64
        ("Premium_P4", "eastus", ThreeYears, "26230", Derived), // 1.109 × 8 ÷ 4 × 26,280 × 0.45
        ("FlashOptimized_A1500", "westus", OneYear, "53284", Published),
        ("FlashOptimized_A250", "westus", OneYear, "8881", Derived), // 53,284 ÷ 6
        ("Balanced_B5", "northeurope", OneYear, "979", Estimated),   // 0.172 × 8,760 × 0.65 = 979.4
        ("Premium_P1", "northeurope", ThreeYears, "3612", Estimated), // 0.3054 × 26,280 × 0.45 = 3,611.7
    ];
    for (sku, region, term, amount, word) in cases {
        let price = catalog().reservation_price(&SkuId::new(sku), &RegionId::new(region), term);
        assert_eq!(known(&price), (amount.to_owned(), word), "{sku} in {region}, {term:?}");
    }
}

/// Every size in a region with any price has one, and every price has a date and sources that the list explains.
#[test]
fn every_price_can_be_traced() {
    let catalog = catalog();
    let mut counted = 0;
    for region in catalog.regions() {
        let prices: Vec<Price> = catalog.skus().iter().map(|sku| catalog.node_price(&sku.id, &region.id)).collect();
        let known = prices.iter().filter_map(Price::known).count();
        assert!(known == 0 || known == prices.len(), "{} has {known} prices", region.name);
        for price in prices.iter().filter_map(Price::known) {
            assert!(!price.as_of.is_empty() && price.amount.as_decimal() > rust_decimal::Decimal::ZERO);
            assert!(price.confidence == PriceConfidence::Published || price.how.len() > 20);
            for tag in price.source.split(' ') {
                assert!(catalog.sources().iter().any(|source| source.tag == tag), "{tag}");
            }
            counted += 1;
        }
    }
    // 12 regions with a published point × 49 sizes.
    assert_eq!(counted, 588);
}

fn egress(from: &str, to: &str, scheme: EgressScheme) -> Price {
    catalog().egress_price(&RegionId::new(from), &RegionId::new(to), scheme)
}

/// Facts, bandwidth.csv: the two schemes and where they disagree.
#[test]
fn both_schemes_stand_side_by_side() {
    let catalog = catalog();
    // S14 and S15 by continent, S14 by source region.
    let cases = [
        ("eastus", "northeurope", Some("0.05"), Some("0.02"), true),
        ("eastus", "westus", Some("0.02"), Some("0.02"), false),
        ("uaenorth", "southafricanorth", Some("0.08"), Some("0.16"), true),
        ("eastus", "eastus", Some("0"), Some("0"), false),
        ("atlantis", "eastus", None, None, false),
    ];
    for (from, to, continent, source, differ) in cases {
        let both = catalog.egress_prices(&RegionId::new(from), &RegionId::new(to));
        let amount = |price: &Price| price.known().map(|it| it.amount.as_decimal().to_string());
        assert_eq!(amount(&both.by_continent).as_deref(), continent, "{from} to {to}");
        assert_eq!(amount(&both.by_source).as_deref(), source, "{from} to {to}");
        assert_eq!(both.differ(), differ, "{from} to {to}");
    }
}

#[test]
fn egress_by_both_schemes() {
    use EgressScheme::{ByContinent, BySourceRegion, Dearer};
    use PriceConfidence::{Estimated, Published};
    let cases = [
        ("eastus", "northeurope", ByContinent, "0.05", Published),
        ("eastus", "northeurope", BySourceRegion, "0.02", Estimated),
        ("eastus", "northeurope", Dearer, "0.05", Published),
        ("eastus", "westus2", Dearer, "0.02", Published), // both say 0.02: the published one
        ("uaenorth", "eastus", ByContinent, "0.08", Published),
        ("uaenorth", "eastus", Dearer, "0.16", Estimated),
        ("polandcentral", "northeurope", BySourceRegion, "0.02", Published), // no meter: the other scheme
        ("brazilsoutheast", "brazilsouth", Dearer, "0.16", Published),
        ("eastus", "eastus", Dearer, "0", Published),
    ];
    for (from, to, scheme, amount, word) in cases {
        assert_eq!(known(&egress(from, to, scheme)), (amount.to_owned(), word), "{from} → {to}, {scheme:?}");
    }
    let how = |from, to, scheme| egress(from, to, scheme).known().unwrap().how.clone();
    assert!(how("eastus", "northeurope", Dearer).contains("the dearer of two"));
    assert!(how("polandcentral", "northeurope", BySourceRegion).contains("no price by the source region's meter"));
    assert!(how("eastus", "eastus", ByContinent).contains("both ends are in East US"));
    assert_eq!(egress("eastus", "atlantis", Dearer).confidence(), PriceConfidence::Unknown);
}

#[test]
fn meters_by_region() {
    use PriceConfidence::{Estimated, Published};
    let catalog = catalog();
    let cases = [
        (Meter::PrivateEndpointHour, "japaneast", "0.01", Published, 1),
        (Meter::PrivateEndpointIn, "eastus", "0.01", Published, 3), // 0.01, 0.006 from 1 PB, 0.004 from 5 PB
        (Meter::PrivateEndpointOut, "eastus", "0.01", Published, 3),
        (Meter::AlertSeries, "uksouth", "0.1", Published, 1),
        (Meter::AlertSeries, "japaneast", "0.1", Estimated, 1),
        (Meter::LogGb, "uksouth", "2.88", Published, 1),
        (Meter::LogGb, "uaenorth", "3.29", Published, 1),
        (Meter::LogGb, "japaneast", "2.3", Estimated, 1), // East US stands in
    ];
    for (meter, region, amount, word, tiers) in cases {
        let schedule = catalog.meter(meter, &RegionId::new(region)).unwrap();
        let origin = &schedule.origin;
        assert_eq!((origin.amount.as_decimal().normalize().to_string().as_str(), origin.confidence), (amount, word));
        assert_eq!((schedule.tiers.len(), schedule.tiers[0].price), (tiers, origin.amount), "{meter:?} in {region}");
    }
    assert!(catalog.meter(Meter::LogGb, &RegionId::new("atlantis")).is_err());
}

#[test]
fn round_trips_are_means_and_symmetric() {
    let catalog = catalog();
    let between = |a: &str, b: &str| catalog.round_trip(&RegionId::new(a), &RegionId::new(b)).map(|trip| trip.rtt);
    // Facts, latency-p50-ms.csv: 24 and 24; 166 and 167; 100 and 118.
    assert_eq!(between("westus", "westus2").unwrap().as_millis(), 24.0);
    assert_eq!(between("westus2", "australiacentral").unwrap().as_millis(), 166.5);
    assert_eq!(between("germanywestcentral", "uaenorth").unwrap().as_millis(), 109.0);
    for a in catalog.regions() {
        for b in catalog.regions() {
            let (there, back) = (between(a.id.as_str(), b.id.as_str()), between(b.id.as_str(), a.id.as_str()));
            assert_eq!(there, back);
            assert!(there.is_none_or(|rtt| rtt.as_millis() > 0.0 && rtt.as_millis() < 500.0));
            assert!(a.id != b.id || there.is_none());
        }
    }
    // Four regions are not in the matrix; the other 53 all are.
    let alone = |region: &&Region| between(region.id.as_str(), "eastus").is_none() && region.id.as_str() != "eastus";
    let alone: Vec<&str> = catalog.regions().iter().filter(alone).map(|region| region.id.as_str()).collect();
    assert_eq!(alone, ["brazilsoutheast", "chilecentral", "indiasouthcentral", "westindia"]);
}

#[test]
fn regions_resolve_and_pairs_are_known() {
    let catalog = catalog();
    assert_eq!(catalog.regions().len(), 57);
    assert!(catalog.regions().is_sorted_by(|a, b| a.name < b.name));
    for region in catalog.regions() {
        assert_eq!(catalog.region(&region.id), Some(region));
    }
    let one_way: Vec<&str> = catalog
        .regions()
        .iter()
        .filter(|region| region.pair.is_some() && !region.pair_is_mutual)
        .map(|region| region.id.as_str())
        .collect();
    assert_eq!(one_way, ["brazilsouth", "brazilsoutheast", "indiasouthcentral", "westindia", "westus3"]);
}

/// Facts, skus.csv and D1: what may be linked, and what is published of a size.
#[test]
fn sizes() {
    let catalog = catalog();
    assert_eq!(catalog.skus().len(), 49);
    for sku in catalog.skus() {
        assert_eq!(catalog.sku(&sku.id), Some(sku));
        assert_eq!(sku.passive_geo, sku.family == Family::Premium);
        let small = ["B0", "B1"].contains(&sku.id.short());
        let outside = small || [Family::FlashOptimized, Family::Premium].contains(&sku.family);
        assert_eq!(sku.active_geo, !outside, "{}", sku.id);
        let published = sku.memory.as_gb() <= 120.0;
        assert_eq!(sku.throughput.is_some(), published, "{}", sku.id);
        assert_eq!(sku.bandwidth.is_some(), sku.family == Family::Premium);
    }
    let x20 = catalog.sku(&SkuId::new("ComputeOptimized_X20")).unwrap();
    assert_eq!((x20.memory.as_gb(), x20.vcpus, x20.shards, x20.connections), (24.0, 16, 12, 150_000));
    assert_eq!(x20.throughput.unwrap().as_per_s(), 1_600_000.0);
    let p4 = catalog.sku(&SkuId::new("Premium_P4")).unwrap();
    assert_eq!((p4.memory.as_gb(), p4.bandwidth.unwrap().as_mbit_per_s()), (53.0, 6_000.0));
}

/// A tag is a letter and a number, as the list writes it; words between tags are remarks.
#[test]
fn rules_have_sources_that_the_list_explains() {
    let catalog = catalog();
    assert_eq!(catalog.rules().len(), 70);
    assert_eq!(catalog.rules().iter().filter(|rule| rule.id.starts_with("PAS-")).count(), 33);
    let texts = catalog.rules().iter().map(|rule| (&rule.id, &rule.source));
    let dated = catalog.lifecycle().iter().map(|entry| (&entry.text, &entry.source));
    let promised = catalog.slas().iter().map(|sla| (&sla.note, &sla.source));
    for (what, source) in texts.chain(dated).chain(promised) {
        let words = source.split(|letter: char| !letter.is_ascii_alphanumeric());
        let tags: Vec<&str> = words.filter(|word| is_tag(word)).collect();
        assert!(!tags.is_empty(), "{what}: {source}");
        for tag in tags {
            assert!(catalog.sources().iter().any(|known| known.tag == tag), "{what}: {tag}");
        }
    }
}

fn is_tag(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && (2..=3).contains(&word.len())
        && letters.all(|digit| digit.is_ascii_digit())
}

/// Facts, part 4 and 5.
#[test]
fn lifecycle_and_sla() {
    use LifecycleEvent::{CreationBlockWithdrawn, CreationBlockedNew, Retired};
    let catalog = catalog();
    let cases = [
        (Service::Premium, CreationBlockedNew, "2026-04-01"),
        (Service::Premium, CreationBlockWithdrawn, "2026-10-01"),
        (Service::Premium, Retired, "2028-09-30"),
        (Service::Enterprise, CreationBlockedNew, "2026-04-01"),
        (Service::Enterprise, Retired, "2027-03-31"),
    ];
    for (service, event, date) in cases {
        assert_eq!(catalog.lifecycle_event(service, event).unwrap().date.to_string(), date);
    }
    assert_eq!(catalog.lifecycle().len(), cases.len());
    let percent = |configuration| catalog.sla(configuration).unwrap().availability.map(Ratio::as_percent);
    assert_eq!(percent(SlaConfiguration::Premium), Some(99.9));
    assert_eq!(percent(SlaConfiguration::ManagedZones), Some(99.99));
    assert_eq!(percent(SlaConfiguration::ManagedWithoutHa), None);
}
