#![allow(clippy::unwrap_used, clippy::expect_used, clippy::float_cmp)]

mod traffic;

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

/// Hand-checked: the expected amount, and its arithmetic in the comment. Sources: core/data/sources/README.md.
#[test]
fn node_prices() {
    use PriceConfidence::{Derived, Estimated, Published};
    let cases = [
        ("Balanced_B5", "eastus", "0.156", Published),
        ("Premium_P3", "eastus", "1.1095", Derived),
        ("Premium_P4", "eastus", "2.22", Derived),  // the pair 4.44 ÷ 2
        ("Premium_P5", "eastus", "5.025", Derived), // the pair 10.05 ÷ 2
        ("ComputeOptimized_X500", "eastus", "18.651", Derived), // V1: 20.330 in Canada Central ÷ 1.09
        ("MemoryOptimized_M20", "eastus", "0.431", Derived), // V1: 0.470 in Canada Central ÷ 1.09
        ("Balanced_B10", "northeurope", "0.347", Derived), // 0.315 × 1.10 = 0.3465
        ("MemoryOptimized_M10", "northeurope", "0.238", Derived), // 0.216 × 1.10 = 0.2376: another family, one factor
        ("Balanced_B10", "canadacentral", "0.343", Derived), // V1: CAD 354.707 ÷ 730 h ÷ 1.41655
        ("MemoryOptimized_M500", "canadacentral", "7.534", Derived), // V1: CAD 7,790.779 ÷ 730 h ÷ 1.41655
        ("Premium_P4", "canadacentral", "2.664", Derived), // V1: the pair 5.328 ÷ 2
        ("FlashOptimized_A4500", "centralus", "27.449", Derived), // 24.954 × 1.10
        ("Balanced_B10", "uksouth", "0.362", Published),
        ("Premium_P2", "uaenorth", "0.7325", Published), // the pair 1.465 ÷ 2
        ("Premium_P4", "uaenorth", "2.9305", Derived),   // the pair 4.44 × 1.32 = 5.8608 → 5.861, ÷ 2
        ("Balanced_B10", "westeurope", "0.375", Estimated), // 0.315 × 1.19
        ("Balanced_B0", "westeurope", "0.019", Published),
        ("Premium_P1", "westeurope", "0.2775", Estimated), // the pair 0.555 × 1.00
        ("Balanced_B10", "japaneast", "0.403", Estimated), // 0.315 × 1.28
    ];
    for (sku, region, amount, word) in cases {
        let price = node(sku, region);
        assert_eq!(known(&price), (amount.to_owned(), word), "{sku} in {region}");
        let price = price.known().unwrap();
        assert!(
            word == Published || (price.how.len() > 20 && !price.how.contains('{')),
            "{sku} in {region}: {}",
            price.how
        );
        assert_eq!(price.band.is_some(), word == Estimated, "{sku} in {region}");
    }
}

/// West Europe: the factor lies between 1.16 and 1.21 (B0 at 0.019 allows no other), so B10 between 0.315 × 1.16 ÷ 1.19 … of
/// 0.375. Facts: prices-2026-11, amr-factors.csv.
#[test]
fn an_estimate_has_a_band_and_its_words() {
    let price = node("Balanced_B10", "westeurope");
    let price = price.known().unwrap();
    let (low, high) = price.ends().unwrap();
    assert_eq!((low.as_decimal().to_string(), high.as_decimal().to_string()), ("0.366".to_owned(), "0.381".to_owned()));
    assert_eq!(
        price.how.as_ref(),
        "B10 in East US (0.315) × 1.19, an estimated factor of this region, 1.16 to 1.21: B0 there is 0.019, which factors from 1.16 to 1.21 give"
    );
    let json = serde_json::to_value(price).unwrap();
    assert_eq!(
        (&json["low"], &json["high"], &json["band"]["service"]),
        (&"0.366".into(), &"0.381".into(), &"managed-redis".into())
    );
    let exact = serde_json::to_value(node("Balanced_B10", "northeurope").known().unwrap()).unwrap();
    assert!(exact.get("band").is_none() && exact.get("low").is_none());
}

/// One factor of a service in a region: every estimate there is off by the same share, whatever the size and the term.
#[test]
fn prices_of_one_service_in_a_region_have_one_band() {
    let catalog = catalog();
    for region in catalog.regions() {
        for managed in [true, false] {
            let sizes = catalog.skus().iter().filter(|sku| sku.family.is_managed_redis() == managed);
            let prices = sizes.filter_map(|sku| {
                let reserved = catalog.reservation_price(&sku.id, &region.id, ReservationTerm::OneYear);
                let prices = [catalog.node_price(&sku.id, &region.id), reserved];
                prices.into_iter().find_map(|price| price.known()?.band)
            });
            let bands: Vec<FactorBand> = prices.collect();
            assert!(bands.windows(2).all(|pair| pair[0] == pair[1]), "{}", region.name);
            for band in bands {
                let (low, high) = band.shares();
                assert!(low > 0.7 && low <= 1.0 && (1.0..=1.4).contains(&high), "{}: {band:?}", region.name);
            }
        }
    }
}

/// Facts, prices-2026-11: 71 sizes of two lists follow from one factor each, to the last digit.
#[test]
fn retiring_sizes_have_prices_and_stand_in_no_list() {
    use PriceConfidence::{Derived, Published};
    let catalog = catalog();
    assert_eq!(catalog.retiring_sizes().len(), 25);
    assert!(catalog.skus().iter().all(|sku| !sku.id.as_str().starts_with("Enterprise")));
    let cases = [
        ("Enterprise_E10", "eastus", "0.48", Derived),
        ("Enterprise_E100", "eastus", "3.769", Derived), // 5.2766 ÷ 1.40
        ("Enterprise_E100", "chilecentral", "5.2766", Published),
        ("EnterpriseFlash_F1500", "westus3", "8.023", Published),
        ("Enterprise_E10", "northeurope", "0.528", PriceConfidence::Estimated), // 0.48 × 1.10
        // Facts, prices-2026-11/rows.csv: meters of a pair of nodes and of a node.
        ("Standard_C3", "eastus", "0.225", Published),
        ("Standard_C1", "centralus", "0.069", Derived),    // 0.138 a pair
        ("Standard_C6", "canadacentral", "1.05", Derived), // 2.100 a pair
        ("Standard_C4", "uaenorth", "0.3465", Derived),    // 0.693 a pair
        ("Standard_C3", "uksouth", "0.2815", Published),   // 0.563 a pair
        ("Standard_C6", "ukwest", "1.312", Published),
        ("Basic_C3", "canadacentral", "0.18", Derived),
        ("Basic_C3", "uksouth", "0.225", Published),
        ("Basic_C1", "westeurope", "0.055", PriceConfidence::Estimated), // read there in 2021
        ("Standard_C0", "japaneast", "0.038", PriceConfidence::Estimated), // 0.055 × 1.39, of a pair
    ];
    for (sku, region, amount, word) in cases {
        assert_eq!(known(&node(sku, region)), (amount.to_owned(), word), "{sku} in {region}");
    }
    // No row of these was read: by the price a GB of the sizes beside them, with a band that the region's factor widens.
    for (sku, amount, low, high) in [
        ("Enterprise_E5", "0.16", "0.15", "0.24"),
        ("Enterprise_E200", "7.538", "6.786", "8.001"), // 2 × 3.769; 200 × 0.03393 and 200 × 0.040
        ("Enterprise_E400", "15.076", "13.572", "16.002"),
    ] {
        let price = node(sku, "eastus");
        assert_eq!(known(&price), (amount.to_owned(), PriceConfidence::Estimated), "{sku}");
        let ends = price.known().unwrap().ends().unwrap();
        assert_eq!([ends.0, ends.1].map(|end| end.as_decimal().normalize().to_string()), [low, high], "{sku}");
        let far = node(sku, "northeurope");
        let (band, factor) =
            (far.known().unwrap().band.unwrap(), node("Enterprise_E10", "northeurope").known().unwrap().band.unwrap());
        assert!(band.shares().0 < factor.shares().0 && band.shares().1 > factor.shares().1, "{sku}: both bands");
    }
    let reserved =
        |sku: &str| catalog.reservation_price(&SkuId::new(sku), &RegionId::new("eastus"), ReservationTerm::OneYear);
    assert_eq!(known(&reserved("Enterprise_E10")), ("2736".to_owned(), Published));
    assert_eq!(reserved("Enterprise_E20").confidence(), PriceConfidence::Unknown);
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
        ("Premium_P3", "eastus", OneYear, "6220", Derived), // 1.1095 × 8,760 × 0.64
        ("Premium_P4", "eastus", ThreeYears, "26254", Derived), // 2.22 × 26,280 × 0.45
        ("FlashOptimized_A1500", "westus", OneYear, "53284", Published),
        ("Balanced_B0", "eastus2", OneYear, "91", Published),
        ("FlashOptimized_A250", "westus", OneYear, "8883", Derived), // 1.56 × 8,760 × 0.65 = 8,882.6
        ("Balanced_B5", "northeurope", OneYear, "979", Derived),     // 0.172 × 8,760 × 0.65 = 979.4
        ("MemoryOptimized_M500", "canadacentral", OneYear, "42899", Derived), // 7.534 × 8,760 × 0.65 = 42,898.6
        ("Premium_P1", "canadacentral", ThreeYears, "3938", Estimated), // 0.333 × 26,280 × 0.45 = 3,938.1
        ("Balanced_B10", "japaneast", OneYear, "2295", Estimated),   // 0.403 × 8,760 × 0.65 = 2,294.7
    ];
    for (sku, region, term, amount, word) in cases {
        let price = catalog().reservation_price(&SkuId::new(sku), &RegionId::new(region), term);
        assert_eq!(known(&price), (amount.to_owned(), word), "{sku} in {region}, {term:?}");
    }
}

/// Every size has a price in every region, and every price a date and sources that the list explains.
#[test]
fn every_price_can_be_traced() {
    let catalog = catalog();
    let mut words = std::collections::BTreeMap::new();
    for region in catalog.regions() {
        for sku in catalog.skus() {
            let price = catalog.node_price(&sku.id, &region.id);
            let price = price.known().unwrap_or_else(|| panic!("{} in {}", sku.id, region.name));
            assert!(!price.as_of.is_empty() && price.amount.as_decimal() > rust_decimal::Decimal::ZERO);
            assert!(price.confidence == PriceConfidence::Published || price.how.len() > 20);
            for tag in price.source.split(' ') {
                assert!(catalog.sources().iter().any(|source| source.tag == tag), "{tag}");
            }
            *words.entry(price.confidence).or_insert(0) += 1;
        }
    }
    // 49 sizes × 57 regions: 15 regions of Managed Redis (44 sizes) and 5 of Premium (5 sizes) have a factor that lists gave, 685 cells;
    // of the 44 quoted 41 stand there.
    let counts: Vec<i32> = words.values().copied().collect();
    assert_eq!(counts.iter().sum::<i32>(), 49 * 57);
    assert_eq!(counts, [43, 645, 2_105]);
}

/// A region without prices is said to have none; every other has what it had.
#[test]
fn a_region_can_be_asked_about_without_its_prices() {
    let west = RegionId::new("westeurope");
    let without = catalog().without_node_prices(&west);
    assert_eq!(without.price_gap(&west), Some("no price"));
    assert_eq!(catalog().price_gap(&west), None);
    let b10 = SkuId::new("Balanced_B10");
    let unknown = Price::Unknown { reason: "no price for B10 in West Europe: enter one".to_owned() };
    assert_eq!(without.node_price(&b10, &west), unknown);
    assert_eq!(without.node_price(&b10, &RegionId::new("eastus")), node("Balanced_B10", "eastus"));
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

/// In a sentence a tag is told from a size by its letters alone: "P1" and "C1" were both.
#[test]
fn no_source_has_the_name_of_a_size() {
    let catalog = catalog();
    let sizes = catalog.skus().iter().map(|it| it.id.short());
    let retiring = catalog.retiring_sizes().iter().map(|it| it.id.short());
    let mapped = catalog.mappings.iter().map(|it| it.from.short());
    let names: Vec<&str> = sizes.chain(retiring).chain(mapped).collect();
    assert!(["P1", "C1", "B3"].iter().all(|size| names.contains(size)));
    for source in catalog.sources() {
        assert!(!names.contains(&source.tag.as_str()), "{}", source.tag);
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

/// S14 and S15: the meter of UAE North is $0.16 a GB, its name lost; to Qatar, inside the continent, the other list says $0.08, and by region Qatar's
/// own is $0.08 as well. East US's $0.02 is below its continent's published $0.05 to Europe, which counts and has no band.
#[test]
fn an_inferred_price_of_traffic_reaches_to_the_other_list() {
    let price = |from: &str, to: &str, scheme| {
        let egress = catalog().egress(&RegionId::new(from), &RegionId::new(to), scheme).unwrap();
        let origin = egress.schedule.origin;
        let ends = origin.ends().map(|(low, high)| [low, high].map(|end| end.as_decimal().normalize().to_string()));
        (origin.amount.as_decimal().normalize().to_string(), ends)
    };
    let both = |low: &str, high: &str| Some([low.to_owned(), high.to_owned()]);
    assert_eq!(price("uaenorth", "qatarcentral", EgressScheme::Dearer), ("0.16".to_owned(), both("0.08", "0.16")));
    assert_eq!(price("qatarcentral", "uaenorth", EgressScheme::Dearer), ("0.08".to_owned(), None));
    assert_eq!(price("eastus", "northeurope", EgressScheme::Dearer), ("0.05".to_owned(), None));
    assert_eq!(price("eastus", "northeurope", EgressScheme::BySourceRegion), ("0.02".to_owned(), both("0.02", "0.05")));
    assert_eq!(price("uaenorth", "qatarcentral", EgressScheme::ByContinent), ("0.08".to_owned(), None));
}
