//! Traffic, endpoints, watching and drills checked by hand against published prices. Each case names the price and its source; the amounts were worked
//! out on paper: a month is 730 h, a cache with its replica (or a member with high availability) is two nodes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{PriceConfidence, RegionId};
use dr_core::model::Topology;
use dr_core::model::cost::{Bill, LineKind};
use dr_core::plan::{EgressBilling, EgressScheme, Network, Plan};
use dr_core::units::{Bytes, Money, OpsPerSec, Ratio, UnitPrice};
use dr_tests::on_paper::{billed, cents, dec, nodes_only, of_kind, one_mb_per_s};

#[test]
fn egress_by_route_and_scheme() {
    // 1 MB/s × 2,628,000 s = 2,628 GB.
    let [within, across] = ["Intra-continental data transfer", "Inter-continental data transfer"];
    let own = "Standard Inter-Region Data Transfer";
    let cases = [
        // S15 S14, by continent: North America to another 0.05; inside Europe 0.02; Asia inside 0.08.
        (["eastus", "northeurope"], EgressScheme::ByContinent, "131.40", across),
        (["northeurope", "uksouth"], EgressScheme::ByContinent, "52.56", within),
        (["eastasia", "southeastasia"], EgressScheme::ByContinent, "210.24", within),
        // S14, by source meter: East US 0.02, South Africa North 0.16.
        (["eastus", "northeurope"], EgressScheme::BySourceRegion, "52.56", own),
        (["southafricanorth", "uaenorth"], EgressScheme::BySourceRegion, "420.48", own),
        // The dearer of the two.
        (["eastus", "northeurope"], EgressScheme::Dearer, "131.40", across),
        (["southafricanorth", "uaenorth"], EgressScheme::Dearer, "420.48", own),
    ];
    for (regions, scheme, amount, meter) in cases {
        let mut plan = nodes_only(&regions);
        one_mb_per_s(&mut plan);
        plan.pricing.egress_scheme = scheme;
        let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
        let [line] = of_kind(&bill, LineKind::Egress)[..] else { panic!("one stream") };
        assert_eq!((cents(line).as_str(), line.quantity.round_dp(3)), (amount, dec("2628")), "{regions:?} {scheme:?}");
        assert_eq!(line.meter(), meter, "{regions:?} {scheme:?}: the meter of the scheme that is applied");
    }
}

#[test]
fn egress_inside_one_region_is_free_and_says_why() {
    let mut plan = nodes_only(&["eastus", "eastus"]);
    one_mb_per_s(&mut plan);
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    let [line] = of_kind(&bill, LineKind::Egress)[..] else { panic!("one stream") };
    assert_eq!(line.amount, Some(Money::ZERO));
    assert!(line.note().contains("region"), "{}", line.note());
}

#[test]
fn a_group_sends_each_members_writes_to_every_other() {
    let mut plan = nodes_only(&["eastus", "northeurope", "uksouth"]);
    one_mb_per_s(&mut plan);
    plan.pricing.active_egress = EgressBilling::ListRate;
    let bill = billed(Topology::Active, &plan, "Balanced_B10", 1, 2);
    // 876 GB from each: East US to two of another continent 876 × 2 × 0.05; North Europe and UK South each 876 × 0.05 to
    // East US and 876 × 0.02 to the other (S15 S14).
    let lines = of_kind(&bill, LineKind::Egress);
    let amounts: Vec<String> = lines.iter().map(|line| cents(line)).collect();
    assert_eq!(amounts, ["87.60", "43.80", "17.52", "43.80", "17.52"]);
    assert_eq!(lines[0].label(), "Stream, East US to North Europe and UK South");
    assert!((bill.egress_volume.as_gb() - 5_256.0).abs() < 1e-6, "(N − 1) × 2,628 GB");

    plan.pricing.active_egress = EgressBilling::Absorbed;
    let absorbed = billed(Topology::Active, &plan, "Balanced_B10", 1, 2);
    assert_eq!(absorbed.egress_volume, bill.egress_volume, "the volume is shown either way");
    let lines = of_kind(&absorbed, LineKind::Egress);
    assert!(lines.iter().all(|line| line.amount == Some(Money::ZERO)));
    let note = lines[0].note();
    assert!(["D1", "S3", "$88 a month"].iter().all(|part| note.contains(part)), "{note}");
}

#[test]
fn compression_takes_its_share_of_the_stream() {
    let mut plan = nodes_only(&["eastus", "northeurope"]);
    plan.pricing.full_syncs_per_year = Some(6);
    let whole = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    plan.pricing.stream_compression = Ratio::percent(40.0);
    let less = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    let quantity = |bill: &Bill, kind| of_kind(bill, kind)[0].quantity;
    assert_eq!(quantity(&less, LineKind::Egress), (quantity(&whole, LineKind::Egress) * dec("0.6")).round_dp(6));
    assert!((less.egress_volume / whole.egress_volume - 0.6).abs() < 1e-12);
    assert!(of_kind(&less, LineKind::Egress)[0].formula().contains("× (1 − 40\u{a0}%) × 730 h"));
    // A full sync copies a snapshot, not the stream: 26 GB × 6 ÷ 12.
    assert_eq!(quantity(&less, LineKind::FullSyncs), dec("13"));
    assert!((less.sync_volume.as_gb() - 13.0).abs() < 1e-9);
}

#[test]
fn full_syncs_of_a_year_by_the_month() {
    let mut plan = nodes_only(&["eastus", "northeurope"]);
    plan.pricing.full_syncs_per_year = Some(6);
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // 26 GB × 6 ÷ 12 × 0.05.
    let [line] = of_kind(&bill, LineKind::FullSyncs)[..] else { panic!("one line of full syncs") };
    assert_eq!((cents(line).as_str(), line.quantity), ("0.65", dec("13")));
}

#[test]
fn a_rebuild_pays_no_traffic_between_regions() {
    let bill = billed(Topology::Rebuild, &Plan::default(), "Balanced_B10", 1, 2);
    assert!(of_kind(&bill, LineKind::Egress).is_empty() && of_kind(&bill, LineKind::FullSyncs).is_empty());
    assert_eq!(bill.egress_volume, Bytes::ZERO);
}

#[test]
fn private_endpoints_by_hour_and_by_tiers_of_volume() {
    let mut plan = nodes_only(&["eastus", "northeurope"]);
    plan.passive.network = Network::PrivateEndpoint;
    plan.workload.writes = OpsPerSec::ZERO;
    plan.workload.key_size = Bytes::ZERO;
    plan.workload.value_size = Bytes::kb(1.0);
    plan.workload.reads = Some(OpsPerSec::per_s(1e6));
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // S19 S18: 0.01 an hour: 730 × 0.01 each.
    let hours = of_kind(&bill, LineKind::EndpointHours);
    assert_eq!(hours.iter().map(|it| cents(it)).collect::<Vec<_>>(), ["7.30", "7.30"], "a line for each region");
    // 1 GB/s is 2,628,000 GB: the first million at 0.01, the rest at 0.006 (S19 S18).
    let data = of_kind(&bill, LineKind::EndpointData);
    let rows: Vec<(String, String)> =
        data.iter().map(|line| (line.quantity.normalize().to_string(), cents(line))).collect();
    let expected = [("1000000", "10000.00"), ("1628000", "9768.00")];
    assert_eq!(rows, expected.map(|(gb, usd)| (gb.to_owned(), usd.to_owned())));
}

#[test]
fn watching_and_drills() {
    let mut plan = nodes_only(&["eastus", "northeurope"]);
    plan.pricing.alerts_per_cache = 4;
    plan.pricing.logs_per_cache = Bytes::gb(2.0);
    plan.pricing.drills_per_year = 2;
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // S03 S20: 4 series × 0.10 each. S03: 2 GB × 2.30 and × 2.76.
    assert_eq!(of_kind(&bill, LineKind::Alerts).iter().map(|it| cents(it)).collect::<Vec<_>>(), ["0.40", "0.40"]);
    assert_eq!(of_kind(&bill, LineKind::Logs).iter().map(|it| cents(it)).collect::<Vec<_>>(), ["4.60", "5.52"]);
    let [drills] = of_kind(&bill, LineKind::Drills)[..] else { panic!("one line of drills") };
    assert_eq!((drills.amount, bill.unknown_lines), (None, 1), "nobody said what an hour costs");

    plan.pricing.engineer_hour = Some(UnitPrice::new(dec("90")));
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // 2 drills × 4 h ÷ 12 × 90.
    let [drills] = of_kind(&bill, LineKind::Drills)[..] else { panic!("one line of drills") };
    assert_eq!((cents(drills).as_str(), drills.price.confidence()), ("60.00", PriceConfidence::Yours));

    plan.regions[1].region = RegionId::new("australiacentral");
    plan.pricing.drill_cache_hours = dec("3");
    plan.pricing.run_hours_per_month = dec("10");
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // 2 drills × 3 h × 2 nodes ÷ 12 × 0.277 (S02); 10 h × 90.
    let [caches] = of_kind(&bill, LineKind::DrillCaches)[..] else { panic!("one extra cache") };
    assert_eq!(
        (cents(caches).as_str(), caches.label().as_str()),
        ("0.28", "Drills, extra P1 nodes, Australia Central")
    );
    let [run] = of_kind(&bill, LineKind::Run)[..] else { panic!("one line of engineers") };
    assert_eq!((cents(run).as_str(), run.formula().as_str()), ("900.00", "10 h a month"));
}
