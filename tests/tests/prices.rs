//! Bill lines checked by hand against published prices. Each case names the price and its source; the amounts were worked
//! out on paper: a month is 730 h, a cache with its replica (or a member with high availability) is two nodes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{Catalog, PriceWord, RegionId, SkuId};
use dr_core::model::Topology;
use dr_core::model::cost::{Bill, BillLine, LineKind, bill};
use dr_core::model::demand::demand;
use dr_core::model::fit::{Cache, Design};
use dr_core::model::sync::{FullSync, SyncOutcome};
use dr_core::plan::{EgressBilling, EgressScheme, Network, Plan, PriceOverride, RegionShare, ReservationTerm};
use dr_core::report::bill_text;
use dr_core::units::{Bytes, BytesPerSec, Money, OpsPerSec, Range, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn cents(line: &BillLine) -> String {
    line.amount.unwrap_or_else(|| panic!("{} has no price: {:?}", line.label, line.price)).to_cents().to_string()
}

/// A plan that pays for nodes only, in the given regions with equal shares.
fn nodes_only(regions: &[&str]) -> Plan {
    let mut plan = Plan::default();
    let share = 1.0 / regions.len() as f64;
    plan.regions = regions.iter().map(|region| RegionShare::new(region, share, share)).collect();
    plan.passive.network = Network::Public;
    plan.active.network = Network::Public;
    plan.pricing.alerts_per_cache = 0;
    plan.pricing.logs_per_cache = Bytes::ZERO;
    plan.pricing.full_syncs_per_year = Some(0);
    plan.pricing.drills_per_year = 0;
    plan
}

fn design(sku: &str, shards: u32, nodes: u32, plan: &Plan, caches: usize) -> Design {
    let cache = |region: &RegionShare| Cache { region: region.region.clone(), sku: SkuId::new(sku), shards, nodes };
    Design {
        caches: plan.regions.iter().take(caches).map(cache).collect(),
        possible: true,
        sku_derived: false,
        smallest: None,
        usable: Bytes::ZERO,
        used: Bytes::ZERO,
        fill: Ratio::ZERO,
        misfits: Vec::new(),
    }
}

fn sync_of(total: Bytes) -> FullSync {
    let none = Range::exactly(Secs::ZERO);
    FullSync {
        shard_bytes: total,
        total_bytes: total,
        start: none,
        copy: none,
        apply_rate: BytesPerSec::ZERO,
        outcome: SyncOutcome::Converges { catch_up: none, resync: none, new_link: none, tight: false },
    }
}

/// The bill of caches of one size in every region of the plan, with a full sync of 26 GB.
fn billed(topology: Topology, plan: &Plan, sku: &str, shards: u32, nodes: u32) -> Bill {
    let caches = if topology == Topology::Rebuild { 1 } else { plan.regions.len() };
    let design = design(sku, shards, nodes, plan, caches);
    bill(topology, plan, &Catalog::bundled().unwrap(), &demand(plan), &design, &sync_of(Bytes::gb(26.0)))
}

fn of_kind(bill: &Bill, kind: LineKind) -> Vec<&BillLine> {
    bill.lines.iter().filter(|line| line.kind == kind).collect()
}

/// One cache of one region: the amount of its nodes in cents, and the price's word.
fn one_cache(sku: &str, region: &str, shards: u32, nodes: u32) -> (String, PriceWord) {
    let bill = billed(Topology::Rebuild, &nodes_only(&[region]), sku, shards, nodes);
    let [line] = of_kind(&bill, LineKind::Nodes)[..] else { panic!("one line for one cache") };
    (cents(line), line.price.word())
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
        // S02: 1.109 × 2 × 730.
        ("Premium_P3", "eastus", 1, 2, "1619.14"),
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
        assert_eq!((month.as_str(), word), (amount, PriceWord::Published), "{sku} in {region}");
    }
}

#[test]
fn a_derived_price_says_so() {
    // S02 S06: P4 is P1 × 8 = 2.216 a node: 3,235.36 for two.
    assert_eq!(one_cache("Premium_P4", "eastus", 1, 2), ("3235.36".to_owned(), PriceWord::Derived));
}

#[test]
fn a_pair_is_four_nodes_and_the_pair_meter_is_never_added() {
    // Two P1 caches at 0.277 a node (S02). "P1 Cache" is the meter of two nodes at once (0.554): adding it would double.
    let bill = billed(Topology::Passive, &nodes_only(&["eastus", "australiacentral"]), "Premium_P1", 1, 2);
    let nodes = of_kind(&bill, LineKind::Nodes);
    assert_eq!(nodes.iter().map(|line| cents(line)).collect::<Vec<_>>(), ["404.42", "404.42"]);
    assert!(bill.lines.iter().all(|line| line.meter != "P1 Cache"));
    assert!(nodes.iter().all(|line| line.meter == "P1 Cache Instance" && line.formula == "2 nodes × 730 h"));
    assert_eq!(nodes.iter().map(|line| line.quantity).sum::<Decimal>(), dec("2920"));
}

#[test]
fn shards_stand_in_the_formula() {
    let bill = billed(Topology::Rebuild, &nodes_only(&["eastus"]), "Premium_P2", 3, 6);
    assert_eq!(bill.lines[0].formula, "3 shards × 2 nodes = 6 nodes × 730 h");
}

#[test]
fn a_reservation_is_its_total_by_the_hour() {
    let cases = [
        // S05: 1,553 a node for a year: 2 × 1,553 ÷ 12.
        ("Premium_P1", "eastus", ReservationTerm::OneYear, "258.83"),
        // S05: 3,276 for three years: 2 × 3,276 ÷ 36.
        ("Premium_P1", "eastus", ReservationTerm::ThreeYears, "182.00"),
        // S05: 59,426 for three years.
        ("Premium_P5", "eastus", ReservationTerm::ThreeYears, "3301.44"),
        // S04: 53,284 for a year.
        ("FlashOptimized_A1500", "westus", ReservationTerm::OneYear, "8880.67"),
    ];
    for (sku, region, term, amount) in cases {
        let mut plan = nodes_only(&[region]);
        plan.pricing.reservation = Some(term);
        plan.pricing.discount = dec("0.1");
        let bill = billed(Topology::Rebuild, &plan, sku, 1, 2);
        let line = &bill.lines[0];
        assert_eq!((cents(line).as_str(), line.price.word()), (amount, PriceWord::Published), "{sku} {term:?}");
        assert!(line.note.starts_with("Prepaid: "), "{}", line.note);
        assert!(line.note.contains("discount is not applied"), "{}", line.note);
        assert!(bill.list_total > bill.total, "the list stays pay-as-you-go");
    }
}

#[test]
fn a_discount_lowers_what_is_paid_and_leaves_the_list() {
    let mut plan = nodes_only(&["eastus"]);
    plan.pricing.discount = dec("0.1");
    let bill = billed(Topology::Rebuild, &plan, "Premium_P1", 1, 2);
    // 404.42 × 0.9 = 363.978.
    assert_eq!((bill.total.to_cents(), bill.list_total.to_cents()), (dec("363.98"), dec("404.42")));
}

#[test]
fn a_reservation_covers_its_share_and_the_rest_pays_as_you_go() {
    let mut plan = nodes_only(&["eastus"]);
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    plan.pricing.reservation_coverage = dec("0.6");
    plan.pricing.discount = dec("0.1");
    let bill = billed(Topology::Rebuild, &plan, "Premium_P1", 1, 2);
    let [covered, open] = of_kind(&bill, LineKind::Nodes)[..] else { panic!("a line of each") };
    // S05: 1,553 a node: 2 × 1,553 ÷ 12 × 0.6 = 155.30. S02: 1,460 × 0.4 × 0.277 × 0.9 = 145.5912.
    assert_eq!((cents(covered).as_str(), cents(open).as_str()), ("155.30", "145.59"));
    assert_eq!((covered.quantity, open.quantity), (dec("876"), dec("584")));
    assert_eq!(
        (covered.label.as_str(), open.label.as_str()),
        ("P1 nodes, East US, reserved", "P1 nodes, East US, pay as you go")
    );
    let commitment = covered.reservation.as_ref().unwrap();
    // 2 × 1,553 × 0.6; a year after the plan's start; then 0.277 × 0.9.
    assert_eq!(commitment.prepaid.as_decimal(), dec("1863.6"));
    assert_eq!(
        (commitment.ends.to_string().as_str(), commitment.then),
        ("2027-12-01", Some(UnitPrice::new(dec("0.2493"))))
    );
    assert!(
        covered.note.contains("ends on 2027-12-01; unless it is renewed, a node-hour costs $0.2493"),
        "{}",
        covered.note
    );
    assert_eq!(open.reservation, None);

    plan.pricing.reservation_coverage = Decimal::ZERO;
    let none = billed(Topology::Rebuild, &plan, "Premium_P1", 1, 2);
    // 404.42 × 0.9 = 363.978.
    assert_eq!(none.lines.iter().map(cents).collect::<Vec<_>>(), ["363.98"]);
}

#[test]
fn each_family_of_meters_has_its_own_discount() {
    let mut plan = Plan::default();
    plan.passive.network = Network::PrivateEndpoint;
    plan.pricing.engineer_hour = Some(UnitPrice::new(dec("90")));
    plan.pricing.run_hours_per_month = Decimal::ONE;
    plan.pricing.drill_cache_hours = Decimal::ONE;
    plan.pricing.discount = dec("0.1");
    plan.pricing.discount_bandwidth = dec("0.2");
    plan.pricing.discount_endpoints = dec("0.3");
    plan.pricing.discount_monitoring = dec("0.4");
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    for line in &bill.lines {
        let left = match line.kind {
            LineKind::Nodes | LineKind::DrillCaches => "0.9",
            LineKind::Egress | LineKind::FullSyncs => "0.8",
            LineKind::EndpointHours | LineKind::EndpointData => "0.7",
            LineKind::Alerts | LineKind::Logs => "0.6",
            LineKind::Drills | LineKind::Run | LineKind::Migration => "1",
        };
        let list = line.price.known().unwrap().amount.as_decimal();
        assert_eq!(line.effective.unwrap().as_decimal(), list * dec(left), "{}", line.label);
        assert_eq!(line.note.contains("Your discount of "), left != "1", "{}", line.note);
    }
    let kinds: Vec<LineKind> = bill.lines.iter().map(|line| line.kind).collect();
    assert!(kinds.contains(&LineKind::Run) && kinds.contains(&LineKind::DrillCaches) && kinds.is_sorted());
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
    assert_eq!((cents(&bill.lines[0]).as_str(), bill.lines[0].price.word()), ("292.00", PriceWord::Yours));
    assert_eq!(bill.by_word, [(PriceWord::Yours, Money::whole(292))]);
}

#[test]
fn a_missing_price_is_a_line_without_amount() {
    let bill = billed(Topology::Rebuild, &nodes_only(&["atlantis"]), "Premium_P1", 1, 2);
    let line = &bill.lines[0];
    assert_eq!((line.amount, line.list_cost, line.price.word()), (None, None, PriceWord::Unknown));
    assert_eq!((bill.total, bill.unknown_lines), (Money::ZERO, 1));
    assert!(bill_text::plain(Topology::Rebuild, &bill).contains("no price"));
}

/// 1,000 writes/s of one byte count that makes the stream exactly 1 MB/s.
fn one_mb_per_s(plan: &mut Plan) {
    let bytes = demand(plan).stream;
    plan.workload.writes = plan.workload.writes * (BytesPerSec::mb_per_s(1.0) / bytes);
}

#[test]
fn egress_by_route_and_scheme() {
    // 1 MB/s × 2,628,000 s = 2,628 GB.
    let cases = [
        // S15 S14, by continent: North America to another 0.05; inside Europe 0.02; Asia inside 0.08.
        (["eastus", "northeurope"], EgressScheme::ByContinent, "131.40"),
        (["northeurope", "uksouth"], EgressScheme::ByContinent, "52.56"),
        (["eastasia", "southeastasia"], EgressScheme::ByContinent, "210.24"),
        // S14, by source meter: East US 0.02, South Africa North 0.16.
        (["eastus", "northeurope"], EgressScheme::BySourceRegion, "52.56"),
        (["southafricanorth", "uaenorth"], EgressScheme::BySourceRegion, "420.48"),
        // The dearer of the two.
        (["eastus", "northeurope"], EgressScheme::Dearer, "131.40"),
        (["southafricanorth", "uaenorth"], EgressScheme::Dearer, "420.48"),
    ];
    for (regions, scheme, amount) in cases {
        let mut plan = nodes_only(&regions);
        one_mb_per_s(&mut plan);
        plan.pricing.egress_scheme = scheme;
        let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
        let [line] = of_kind(&bill, LineKind::Egress)[..] else { panic!("one stream") };
        assert_eq!((cents(line).as_str(), line.quantity.round_dp(3)), (amount, dec("2628")), "{regions:?} {scheme:?}");
    }
}

#[test]
fn egress_inside_one_region_is_free_and_says_why() {
    let mut plan = nodes_only(&["eastus", "eastus"]);
    one_mb_per_s(&mut plan);
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    let [line] = of_kind(&bill, LineKind::Egress)[..] else { panic!("one stream") };
    assert_eq!(line.amount, Some(Money::ZERO));
    assert!(line.note.contains("region"), "{}", line.note);
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
    assert_eq!(lines[0].label, "Stream, East US to North Europe and UK South");
    assert!((bill.egress_volume.as_gb() - 5_256.0).abs() < 1e-6, "(N − 1) × 2,628 GB");

    plan.pricing.active_egress = EgressBilling::Absorbed;
    let absorbed = billed(Topology::Active, &plan, "Balanced_B10", 1, 2);
    assert_eq!(absorbed.egress_volume, bill.egress_volume, "the volume is shown either way");
    let lines = of_kind(&absorbed, LineKind::Egress);
    assert!(lines.iter().all(|line| line.amount == Some(Money::ZERO)));
    let note = &lines[0].note;
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
    assert!(of_kind(&less, LineKind::Egress)[0].formula.contains("× (1 − 40\u{a0}%) × 730 h"));
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
fn private_endpoints_by_hour_and_by_tiers_of_volume() {
    let mut plan = nodes_only(&["eastus", "northeurope"]);
    plan.passive.network = Network::PrivateEndpoint;
    plan.workload.writes = OpsPerSec::ZERO;
    plan.workload.key_size = Bytes::ZERO;
    plan.workload.value_size = Bytes::kb(1.0);
    plan.workload.reads = Some(OpsPerSec::per_s(1e6));
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // S19 S18: 0.01 an hour: 2 × 730 × 0.01.
    let [hours] = of_kind(&bill, LineKind::EndpointHours)[..] else { panic!("one line for both caches") };
    assert_eq!(cents(hours), "14.60");
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
    // S03 S20: 8 series × 0.10. S03: 2 GB × 2.30 and × 2.76.
    assert_eq!(of_kind(&bill, LineKind::Alerts).iter().map(|it| cents(it)).collect::<Vec<_>>(), ["0.80"]);
    assert_eq!(of_kind(&bill, LineKind::Logs).iter().map(|it| cents(it)).collect::<Vec<_>>(), ["4.60", "5.52"]);
    let [drills] = of_kind(&bill, LineKind::Drills)[..] else { panic!("one line of drills") };
    assert_eq!((drills.amount, bill.unknown_lines), (None, 1), "nobody said what an hour costs");

    plan.pricing.engineer_hour = Some(UnitPrice::new(dec("90")));
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // 2 drills × 4 h ÷ 12 × 90.
    let [drills] = of_kind(&bill, LineKind::Drills)[..] else { panic!("one line of drills") };
    assert_eq!((cents(drills).as_str(), drills.price.word()), ("60.00", PriceWord::Yours));

    plan.regions[1].region = RegionId::new("australiacentral");
    plan.pricing.drill_cache_hours = dec("3");
    plan.pricing.run_hours_per_month = dec("10");
    let bill = billed(Topology::Passive, &plan, "Premium_P1", 1, 2);
    // 2 drills × 3 h × 2 nodes ÷ 12 × 0.277 (S02); 10 h × 90.
    let [caches] = of_kind(&bill, LineKind::DrillCaches)[..] else { panic!("one extra cache") };
    assert_eq!((cents(caches).as_str(), caches.label.as_str()), ("0.28", "Drills, extra P1 nodes, Australia Central"));
    let [run] = of_kind(&bill, LineKind::Run)[..] else { panic!("one line of engineers") };
    assert_eq!((cents(run).as_str(), run.formula.as_str()), ("900.00", "10 h a month"));
}

#[test]
fn a_rebuild_pays_no_traffic_between_regions() {
    let bill = billed(Topology::Rebuild, &Plan::default(), "Balanced_B10", 1, 2);
    assert!(of_kind(&bill, LineKind::Egress).is_empty() && of_kind(&bill, LineKind::FullSyncs).is_empty());
    assert_eq!(bill.egress_volume, Bytes::ZERO);
}

#[test]
fn the_printed_bill_of_a_reserved_pair() {
    let mut plan = Plan::default();
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    one_mb_per_s(&mut plan);
    let bill = billed(Topology::Passive, &plan, "Premium_P3", 2, 4);
    insta::assert_snapshot!("reserved_pair", bill_text::plain(Topology::Passive, &bill));
    insta::assert_snapshot!("reserved_pair_csv", bill_text::csv(&bill));
}

#[test]
fn the_printed_bill_of_a_group() {
    let mut plan = Plan::default();
    plan.pricing.active_egress = EgressBilling::Absorbed;
    one_mb_per_s(&mut plan);
    let bill = billed(Topology::Active, &plan, "Balanced_B10", 1, 2);
    insta::assert_snapshot!("group", bill_text::plain(Topology::Active, &bill));
    insta::assert_snapshot!("group_markdown", bill_text::markdown(&bill));
}
