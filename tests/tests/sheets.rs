//! Price sheets from file to bill: what a sheet replaces, lacks and contradicts, and that no bill mixes two currencies.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::{Catalog, Price, PriceConfidence, SkuId};
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::import::retail::{SheetReport, open_sheet};
use dr_core::model::Topology;
use dr_core::model::cost::states::states;
use dr_core::model::cost::{BillLine, LineKind};
use dr_core::plan::{EgressBilling, EgressScheme, Plan, PriceOverride, RegionShare, ReservationTerm};
use dr_core::report::bill_text;
use dr_core::report::verdict;
use dr_core::units::{Bytes, Currency, Date, Money, OpsPerSec, UnitPrice};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// The first day of an ordinary plan: 2026-12-01.
fn start() -> Date {
    Plan::default().horizon.start
}

fn opened(name: &str) -> (Catalog, SheetReport) {
    let path = format!("{}/fixtures/sheets/{name}", env!("CARGO_MANIFEST_DIR"));
    open_sheet(&std::fs::read_to_string(path).unwrap(), &Catalog::bundled().unwrap(), start()).unwrap()
}

/// A plan of B10 members and P1 caches in East US and North Europe.
fn plan(currency: Currency) -> Plan {
    let mut plan = Plan::default();
    plan.pricing.currency = currency;
    plan.active.sku = Some(SkuId::new("Balanced_B10"));
    plan.rebuild.sku = Some(SkuId::new("Balanced_B10"));
    plan.pricing.engineer_hour = Some(UnitPrice::new("90".parse().unwrap()));
    plan
}

fn told(report: &SheetReport, evaluation: &Evaluation, catalog: &Catalog) -> String {
    let mut text = report.headline();
    for row in &report.prices {
        let far = if row.is_far() { " !" } else { "" };
        write!(text, "\n{}, {}: {}{far}", row.what, row.unit, row.words(report.currency)).unwrap();
    }
    write!(text, "\n\nLeft out: {}", report.left_out_words()).unwrap();
    for contradiction in &report.contradictions {
        write!(text, "\nContradiction: {contradiction}").unwrap();
    }
    for note in &report.notes {
        write!(text, "\nNote: {note}").unwrap();
    }
    for outweighed in dr_core::report::sheet::unused(evaluation, catalog) {
        write!(text, "\nGiven and not taken: {outweighed}").unwrap();
    }
    for lack in dr_core::report::sheet::missing(evaluation, catalog) {
        write!(text, "\nLacks {}: {}", lack.what, lack.instead).unwrap();
    }
    text.replace('\u{a0}', " ")
}

#[test]
fn a_sheet_says_what_it_replaces_lacks_and_contradicts() {
    let (catalog, report) = opened("two-pages.json");
    insta::assert_snapshot!(told(&report, &evaluate(&plan(catalog.currency()), &catalog), &catalog));
}

#[test]
fn a_sheet_in_euros_says_so_and_hides_what_is_in_dollars() {
    let (catalog, report) = opened("euros.ndjson");
    insta::assert_snapshot!(told(&report, &evaluate(&plan(catalog.currency()), &catalog), &catalog));
}

#[test]
fn a_bill_in_euros_prints_no_dollar() {
    let (catalog, _) = opened("euros.ndjson");
    let evaluation = evaluate(&plan(catalog.currency()), &catalog);
    let bill = &evaluation.active.bill;
    insta::assert_snapshot!(bill_text::document("", &[(Topology::Active, bill, None)]).plain());
    assert!(
        bill_text::csv((Topology::Active, bill, None)).contains(",EUR,")
            && !bill_text::csv((Topology::Active, bill, None)).contains("USD")
    );
    let words = verdict::plain(&evaluation.comparison);
    assert!(
        !words.contains('$') && !bill_text::document("", &[(Topology::Active, bill, None)]).markdown().contains('$'),
        "{words}"
    );
}

#[test]
fn the_sheets_prices_make_the_bill() {
    let (catalog, _) = opened("two-pages.json");
    let evaluation = evaluate(&plan(catalog.currency()), &catalog);
    let nodes: Vec<(String, PriceConfidence)> = (evaluation.active.bill.lines.iter())
        .filter(|line| line.kind == LineKind::Nodes)
        .map(|line| (line.amount.unwrap().to_cents().to_string(), line.price.confidence()))
        .collect();
    // By hand: 2 nodes × 730 h × 0.5 and × 0.42, the dearer of the two rows of one day.
    assert_eq!(nodes, [("730.00".to_owned(), PriceConfidence::Yours), ("613.20".to_owned(), PriceConfidence::Yours)]);
}

#[test]
fn what_is_no_sheet_for_a_plan_gets_a_sentence() {
    let path = format!("{}/fixtures/sheets/machines.json", env!("CARGO_MANIFEST_DIR"));
    let error = open_sheet(&std::fs::read_to_string(path).unwrap(), &Catalog::bundled().unwrap(), start()).unwrap_err();
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn a_second_sheet_puts_the_first_away() {
    let (first, _) = opened("euros.ndjson");
    let path = format!("{}/fixtures/sheets/two-pages.json", env!("CARGO_MANIFEST_DIR"));
    let (second, report) = open_sheet(&std::fs::read_to_string(path).unwrap(), &first, start()).unwrap();
    assert_eq!((second.currency(), &report), (Currency::USD, &opened("two-pages.json").1));
    let bundled = Catalog::bundled().unwrap();
    assert!(!second.without_sheet().has_sheet());
    assert_eq!(evaluate(&plan(Currency::USD), &second.without_sheet()), evaluate(&plan(Currency::USD), &bundled));
}

#[test]
fn amounts_in_another_currency_than_the_prices_do_not_count() {
    let (catalog, _) = opened("euros.ndjson");
    let region = RegionShare::new("eastus", 1.0, 1.0).region;
    let per_node_hour = UnitPrice::new("0.7".parse().unwrap());
    for (currency, counts) in [(catalog.currency(), true), (Currency::USD, false)] {
        let mut plan = plan(currency);
        let own = PriceOverride { sku: SkuId::new("Premium_P1"), region: region.clone(), per_node_hour };
        plan.passive.sku = Some(own.sku.clone());
        plan.pricing.overrides.push(own);
        let evaluation = evaluate(&plan, &catalog);
        let priced =
            |kind| evaluation.passive.bill.lines.iter().find(|line| line.kind == kind).unwrap().amount.is_some();
        assert_eq!((priced(LineKind::Nodes), priced(LineKind::Drills)), (counts, counts), "{currency}");
        let cost = &evaluation.active.verdicts[0];
        assert_eq!(cost.target.is_some(), counts, "{currency}");
        assert_eq!(
            verdict::caveat(cost).starts_with("The budget is in USD and the prices are in EUR: enter it in EUR."),
            !counts
        );
    }
}

/// Rows of traffic out of East US: 0.02 from 0, 0.01 from 1,000 GB.
fn tiered_traffic() -> Catalog {
    let row = |from: u32, price: &str| {
        format!(
            r#"{{"currencyCode":"USD","tierMinimumUnits":{from},"retailPrice":{price},"armRegionName":"eastus","effectiveStartDate":"2026-01-01T00:00:00Z","meterName":"Standard Inter-Region Data Transfer","productName":"Rtn Preference: MGN","skuName":"Standard","unitOfMeasure":"1 GB","type":"Consumption"}}"#
        )
    };
    let text = format!(r#"{{"Items":[{},{}]}}"#, row(0, "0.02"), row(1000, "0.01"));
    open_sheet(&text, &Catalog::bundled().unwrap(), start()).unwrap().0
}

/// By hand: `0.02 × min(total, 1,000) + 0.01 × the rest`, the total over stream and full syncs of one source region.
#[test]
fn tiers_of_traffic_are_on_the_months_total_of_the_source() {
    let catalog = tiered_traffic();
    let mut plan = plan(Currency::USD);
    plan.regions = [("eastus", 1.0), ("westus2", 0.0), ("centralus", 0.0)]
        .map(|(region, share)| RegionShare::new(region, share, share))
        .to_vec();
    plan.pricing.active_egress = EgressBilling::ListRate;
    plan.pricing.full_syncs_per_year = Some("240".parse().unwrap());
    plan.workload.dataset = Bytes::gb(4.0);
    for writes in [1.0, 300.0, 2_000.0] {
        plan.workload.writes = OpsPerSec::per_s(writes);
        let evaluation = evaluate(&plan, &catalog);
        for topology in [Topology::Passive, Topology::Active] {
            let lines = || {
                let all = &evaluation.of(topology).bill.lines;
                all.iter().filter(|line| {
                    matches!(line.kind, LineKind::Egress | LineKind::FullSyncs)
                        && line.region.as_ref().is_some_and(|region| region.as_str() == "eastus")
                })
            };
            let total: Decimal = lines().map(|line| line.quantity).sum();
            let first = total.min(Decimal::from(1000));
            let expected = Decimal::new(2, 2) * first + Decimal::new(1, 2) * (total - first);
            let billed: Money = lines().map(|line| line.amount.unwrap()).sum();
            assert_eq!(
                billed.as_decimal().normalize(),
                expected.normalize(),
                "{topology:?} at {writes} writes/s: {total} GB"
            );
            let syncs: Vec<_> = lines().filter(|line| line.kind == LineKind::FullSyncs).collect();
            assert!(
                total <= Decimal::from(1000)
                    || syncs.last().unwrap().price.known().unwrap().amount.as_decimal() == Decimal::new(1, 2)
            );
            assert!(
                lines().count() == if total > Decimal::from(1000) { 3 } else { 2 },
                "{:?}",
                lines().map(BillLine::label).collect::<Vec<_>>()
            );
            // On top of the month comes what the last tier reached says.
            let states = states(&plan, &catalog, &evaluation.demand, evaluation.of(topology));
            let copy = &states.changes[2].lines[0];
            let top = if total >= Decimal::from(1000) { Decimal::new(1, 2) } else { Decimal::new(2, 2) };
            assert_eq!(copy.price.known().unwrap().amount.as_decimal(), top);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// In another currency every amount comes from the sheet or from the plan itself.
    #[test]
    fn no_bill_mixes_two_currencies(
        regions in prop::sample::subsequence(vec!["eastus", "northeurope", "westeurope", "uksouth"], 2..4),
        reserved in any::<bool>(), scheme in 0..3_usize, own in any::<bool>(),
    ) {
        let (catalog, _) = opened("euros.ndjson");
        let mut plan = plan(if own { catalog.currency() } else { Currency::USD });
        let share = 1.0 / regions.len() as f64;
        plan.regions = regions.iter().map(|region| RegionShare::new(region, share, share)).collect();
        plan.pricing.reservation = reserved.then_some(ReservationTerm::OneYear);
        plan.pricing.egress_scheme =
            [EgressScheme::Dearer, EgressScheme::ByContinent, EgressScheme::BySourceRegion][scheme];
        {
            let per_node_hour = UnitPrice::new("0.7".parse().unwrap());
            let sku = SkuId::new("Premium_P1");
            plan.pricing.overrides.push(PriceOverride { sku, region: plan.regions[0].region.clone(), per_node_hour });
        }
        let evaluation = evaluate(&plan, &catalog);
        for bill in Topology::ALL.map(|topology| &evaluation.of(topology).bill) {
            prop_assert_eq!(bill.currency.code(), "EUR");
            for line in &bill.lines {
                let Price::Known(price) = &line.price else { continue };
                let free = price.amount == UnitPrice::default();
                prop_assert!(free || price.confidence == PriceConfidence::Yours, "{}: {price:?}", line.label());
            }
        }
    }
}
