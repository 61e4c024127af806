//! Reservations and discounts checked by hand against published prices. Each case names the price and its source; the amounts were worked
//! out on paper: a month is 730 h, a cache with its replica (or a member with high availability) is two nodes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::PriceConfidence;
use dr_core::model::Topology;
use dr_core::model::cost::LineKind;
use dr_core::plan::{Network, Plan, ReservationTerm};
use dr_core::units::UnitPrice;
use dr_tests::on_paper::{billed, cents, dec, nodes_only, of_kind};
use rust_decimal::Decimal;

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
        assert_eq!((cents(line).as_str(), line.confidence()), (amount, PriceConfidence::Published), "{sku} {term:?}");
        assert!(line.note().starts_with("Prepaid: "), "{}", line.note());
        assert!(line.formula().contains("discount does not apply to reserved nodes: assumption"), "{}", line.formula());
        assert!(bill.list_total.complete() > bill.total.complete(), "the list stays pay-as-you-go");
    }
}

/// The last day of Premium is 2028-09-30 (D6): a term of three years from 2026-12-01 has used up 22 months then, one of a year ends before.
#[test]
fn a_term_that_outlives_premium_says_so() {
    let cases = [
        ("2026-12-01", ReservationTerm::ThreeYears, "Premium_P1", 14),
        ("2026-12-01", ReservationTerm::OneYear, "Premium_P1", 0),
        ("2025-10-01", ReservationTerm::ThreeYears, "Premium_P1", 0),
        ("2025-11-01", ReservationTerm::ThreeYears, "Premium_P1", 1),
        ("2028-10-01", ReservationTerm::OneYear, "Premium_P1", 12),
        ("2026-12-01", ReservationTerm::ThreeYears, "Balanced_B10", 0),
    ];
    for (start, term, sku, left) in cases {
        let mut plan = nodes_only(&["eastus"]);
        (plan.pricing.reservation, plan.horizon.start) = (Some(term), start.parse().unwrap());
        let bill = billed(Topology::Rebuild, &plan, sku, 1, 2);
        let (line, commitment) = (&bill.lines[0], bill.lines[0].reservation.as_ref().unwrap());
        assert_eq!((commitment.months_left, commitment.then.is_none()), (left, left > 0), "{sku} {start}");
        let said = format!("Premium retires on 2028-09-30, before the term ends on {}: {left} of ", commitment.ends);
        assert_eq!(line.note().contains(&said), left > 0, "{}", line.note());
        assert_eq!(line.note().contains("; unrenewed, "), left == 0, "{}", line.note());
    }
}

/// V1 2026-10-07 is the list price of P3 in East US, half of its pair; its term is derived from another day's totals (S05).
#[test]
fn a_reserved_line_dates_its_list_price_and_its_term_apart() {
    let mut plan = nodes_only(&["eastus"]);
    let list = billed(Topology::Rebuild, &plan, "Premium_P3", 1, 2).lines[0].price.clone();
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    let bill = billed(Topology::Rebuild, &plan, "Premium_P3", 1, 2);
    assert_eq!(bill.lines[0].price, list);
    assert_eq!(
        list.known().map(|it| (&*it.as_of, &*it.source, it.confidence)),
        Some(("2026-10-07", "V1", PriceConfidence::Derived))
    );
    let paid = bill.lines[0].paid().unwrap();
    assert_eq!((&*paid.as_of, paid.confidence), ("2026-10-01", PriceConfidence::Derived));
    assert_eq!(bill.by_confidence, [(PriceConfidence::Derived, bill.total.complete().unwrap())]);
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
        (covered.label().as_str(), open.label().as_str()),
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
        covered.note().contains("ends on 2027-12-01; unrenewed, a node-hour then costs $0.2493"),
        "{}",
        covered.note()
    );
    assert_eq!(open.reservation, None);

    plan.pricing.reservation_coverage = Decimal::ZERO;
    let none = billed(Topology::Rebuild, &plan, "Premium_P1", 1, 2);
    // 404.42 × 0.9 = 363.978.
    assert_eq!(none.lines.iter().map(cents).collect::<Vec<_>>(), ["363.98"]);
}

#[test]
fn a_discount_lowers_what_is_paid_and_leaves_the_list() {
    let mut plan = nodes_only(&["eastus"]);
    plan.pricing.discount = dec("0.1");
    let bill = billed(Topology::Rebuild, &plan, "Premium_P1", 1, 2);
    // 404.42 × 0.9 = 363.978.
    assert_eq!(
        (bill.total.at_least().to_cents(), bill.list_total.at_least().to_cents()),
        (dec("363.98"), dec("404.42"))
    );
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
            LineKind::Egress | LineKind::FullSyncs | LineKind::ClientTraffic | LineKind::ExportCopies => "0.8",
            LineKind::EndpointHours | LineKind::EndpointData => "0.7",
            LineKind::Alerts | LineKind::Logs => "0.6",
            LineKind::Peering
            | LineKind::DnsZones
            | LineKind::TrafficSwitch
            | LineKind::Exports
            | LineKind::Drills
            | LineKind::Run
            | LineKind::Migration => "1",
        };
        let list = line.price.known().unwrap().amount.as_decimal();
        assert_eq!(line.effective.unwrap().as_decimal(), list * dec(left), "{}", line.label());
        assert_eq!(line.note().contains("Your discount of "), left != "1", "{}", line.note());
    }
    let kinds: Vec<LineKind> = bill.lines.iter().map(|line| line.kind).collect();
    assert!(kinds.contains(&LineKind::Run) && kinds.contains(&LineKind::DrillCaches) && kinds.is_sorted());
}
