//! What traffic costs: both schemes between regions, and meters with tiers.

use super::*;

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
    assert!(how("eastus", "northeurope", Dearer).contains("the higher of two"));
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
        (Meter::PeeringGb, "westeurope", "0.035", Published, 1), // zone 1
        (Meter::PeeringGb, "japaneast", "0.09", Published, 1), // zone 2
        (Meter::PeeringGb, "brazilsouth", "0.16", Published, 1), // zone 3
        (Meter::DnsZone, "westus", "0.5", Published, 1),
        (Meter::DnsZone, "japaneast", "0.5", Estimated, 1), // West US stands in
        (Meter::ExportGb, "westus", "0.0458", Published, 1), // 2,344.96 for 51,200 GB
    ];
    for (meter, region, amount, word, tiers) in cases {
        let schedule = catalog.meter(meter, &RegionId::new(region)).unwrap();
        let origin = &schedule.origin;
        assert_eq!((origin.amount.as_decimal().normalize().to_string().as_str(), origin.confidence), (amount, word));
        assert_eq!((schedule.tiers.len(), schedule.tiers[0].price), (tiers, origin.amount), "{meter:?} in {region}");
    }
    assert!(catalog.meter(Meter::LogGb, &RegionId::new("atlantis")).is_err());
    assert!(catalog.meter(Meter::PeeringGb, &RegionId::new("brazilsoutheast")).is_err(), "its zone was not read");
}
