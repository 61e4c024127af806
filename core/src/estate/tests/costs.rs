//! What was paid beside the plan's month: the fixture's figures, the law that the parts add up, no currency with another.

use super::*;
use crate::estate::costs::{Actual, Cause, Compared, actual, compared};
use crate::evaluate::evaluate_unread;
use crate::units::{Currency, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;

const FOCUS: &str = "costs/focus-november.csv";
const DETAILS: &str = "costs/cost-details-november.csv";

fn with(names: &[&str]) -> Facts {
    facts(&[&ESTATE[..], names].concat())
}

fn of(facts: &Facts, name: &str) -> Vec<Compared> {
    let catalog = Catalog::bundled().unwrap();
    let estate = Estate::of(facts, &catalog);
    let planned = planned(&estate, name);
    let evaluation = evaluate_unread(&planned.draft.plan, &catalog);
    compared(&planned.deployment, facts, &evaluation.of(planned.topology()).bill)
}

fn part(it: &Compared, cause: Cause) -> Decimal {
    it.parts.iter().find(|it| it.cause == cause).map_or(Decimal::ZERO, |it| it.amount.as_decimal()).normalize()
}

fn dollars(text: &str) -> Decimal {
    text.parse::<Decimal>().unwrap().normalize()
}

/// November by hand: 30 × 86.40 and 30 × 50.40, a gigabyte's 20, an unknown meter's 7.50; ten days of a B20 with an endpoint's 2.40;
/// euros by themselves. Taxes and a virtual machine are in no figure.
#[test]
fn what_was_paid_is_told_by_cache_month_and_currency() {
    let facts = with(&[FOCUS]);
    let told: Vec<(String, String, String, u32)> = actual(&facts)
        .iter()
        .map(|it| {
            (
                id_name(&it.cache).to_owned(),
                format!("{} {}", it.effective().to_cents(), it.currency),
                it.billed().to_cents().to_string(),
                it.days(),
            )
        })
        .collect();
    let expected = [
        ("pair-neu", "1512.00 USD", "0.00", 30),
        ("pair-weu", "2619.50 USD", "2619.50", 30),
        ("amr-weu", "156.00 USD", "156.00", 10),
        ("solo", "221.12 EUR", "221.12", 30),
    ];
    let expected = expected
        .map(|(name, effective, billed, days)| (name.to_owned(), effective.to_owned(), billed.to_owned(), days));
    assert_eq!(told, expected);
}

/// P2 at 0.6 an hour and reserved at 0.35, 4,320 node-hours each, against the plan's 12 nodes at 0.555: no node-hour too many, price
/// 4,320 × 0.045, reservation 4,320 × −0.205.
#[test]
fn the_difference_is_explained_by_line() {
    let months = of(&with(&[FOCUS]), "pair-weu and pair-neu");
    let [it] = months.as_slice() else { panic!("{months:#?}") };
    assert_eq!((it.days, it.currency, it.paid.to_cents()), (30, Currency::USD, dollars("4131.50")));
    assert_eq!(
        [Cause::NodeHours, Cause::Price, Cause::Commitment, Cause::UnknownMeters].map(|cause| part(it, cause)),
        [dollars("0"), dollars("194.4"), dollars("-885.6"), dollars("7.5"),]
    );
    // 720 h of 730 h.
    let days = it.modelled.as_decimal() * (dollars("720") / dollars("730") - Decimal::ONE);
    assert!((part(it, Cause::Days) - days).abs() < dollars("0.000001"));
    assert_eq!(
        it.parts.iter().find(|it| it.cause == Cause::UnknownMeters).unwrap().meters,
        ["=HYPERLINK(\"http://example.com\")"]
    );
}

/// Ten days of one of two members with two nodes: 480 node-hours of the plan's 4 × 240.
#[test]
fn days_that_are_not_paid_are_no_saving() {
    let months = of(&with(&[FOCUS]), "orders");
    let [it] = months.as_slice() else { panic!("{months:#?}") };
    let hourly = it.parts.iter().find(|it| it.cause == Cause::NodeHours).unwrap();
    let each = hourly.modelled.as_decimal() / dollars("2920");
    assert_eq!(it.days, 10);
    assert!(
        (hourly.amount.as_decimal() - (dollars("480") - dollars("960")) * each).abs() < dollars("0.000001"),
        "{hourly:?}"
    );
    // The endpoint's charge is the cache's by the list of endpoints.
    assert_eq!(
        it.parts.iter().find(|it| it.cause == Cause::EndpointHours).unwrap().paid,
        Some(Money::new(dollars("2.4")))
    );
}

#[test]
fn another_currency_is_never_subtracted() {
    let months = of(&with(&[FOCUS]), "solo");
    let [it] = months.as_slice() else { panic!("{months:#?}") };
    assert_eq!((it.currency.code(), it.modelled_in, it.difference(), it.parts.len()), ("EUR", Currency::USD, None, 0));
}

/// "P2 Cache" is a pair's meter at 1.2 an hour: 72 hours a day are 144 node-hours. Reserved hours at 0 are said to be so.
#[test]
fn a_pairs_meter_is_two_nodes_and_hours_at_0_are_told() {
    let months = of(&with(&[DETAILS]), "pair-weu and pair-neu");
    let [it] = months.as_slice() else { panic!("{months:#?}") };
    assert_eq!(
        (part(it, Cause::NodeHours), part(it, Cause::Price), it.unamortised),
        (dollars("0"), dollars("194.4"), true)
    );
}

/// An export of the month so far and the next day's one: each day counts once, the greater amount where they differ, in any order.
#[test]
fn exports_that_overlap_count_each_day_once() {
    let text = String::from_utf8(bytes(FOCUS)).unwrap();
    let half: String = text.lines().take(31).collect::<Vec<_>>().join("\n").replace("86.40,86.40,86.40", "80,80,80");
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let whole = read(vec![file("a", &text)]).facts;
    for names in [["a", "b"], ["b", "a"]] {
        let read = read(vec![file(names[0], &text), file(names[1], &half)]);
        let sums = |facts: &Facts| actual(facts).iter().map(Actual::effective).collect::<Vec<_>>();
        assert_eq!(sums(&read.facts), sums(&whole), "{:?}", read.unread);
    }
}

/// November by the day and as one charge of 30 days: 2,592 once. A purchase of one unit beside it is another charge.
#[test]
fn a_month_and_its_days_are_paid_once() {
    let id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/a";
    let head = "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ResourceId,x_SkuMeterName,ConsumedQuantity,ChargeCategory";
    let row = |from: u32, to: u32, cost: f64, quantity: u32| {
        format!(
            "{cost},{cost},USD,2026-11-{from:02}T00:00:00Z,2026-{}T00:00:00Z,{id},P2 Cache Instance,{quantity},Usage",
            if to > 30 { "12-01".to_owned() } else { format!("11-{to:02}") }
        )
    };
    let days = |cost: f64| (1..=30).map(|day| row(day, day + 1, cost, 144)).collect::<Vec<_>>().join("\n");
    let told = |rows: &[String]| {
        let files = rows.iter().map(|it| (it.clone(), format!("{head}\n{it}\n").into_bytes())).collect();
        let all = actual(&read(files).facts);
        let [it] = all.as_slice() else { panic!("{all:#?}") };
        (it.effective().to_cents().normalize(), it.days(), it.contested())
    };
    let month = |cost: f64| row(1, 31, cost, 4_320);
    assert_eq!(told(&[days(86.4), month(2_592.0)]), (dollars("2592"), 30, 0));
    assert_eq!(told(&[days(86.4), month(2_600.0)]), (dollars("2600"), 30, 1));
    assert_eq!(told(&[days(86.4), month(2_000.0)]), (dollars("2592"), 30, 1));
    assert_eq!(told(&[days(86.4), row(1, 31, 1_500.0, 1)]), (dollars("4092"), 30, 0));
    // An export by the month that has its first day alone.
    assert_eq!(told(&[days(86.4), row(1, 2, 2_592.0, 4_320)]), (dollars("2592"), 30, 1));
    // The same beside the days from the 10th on: 21 × 144 are 3,024 units of its 4,320.
    let some = |from: u32, to: u32| (from..=to).map(|day| row(day, day + 1, 86.4, 144)).collect::<Vec<_>>().join("\n");
    assert_eq!(told(&[some(10, 30), row(1, 2, 2_592.0, 4_320)]), (dollars("2592"), 30, 1));
    // The month so far of 18 days, and 20 days: 20 × 86.4.
    let (amount, paid, _) = told(&[some(1, 20), row(1, 31, 1_555.2, 2_592)]);
    assert_eq!((amount, paid), (dollars("1728"), 20));
}

#[test]
fn an_export_without_ids_or_with_two_readings_is_refused_with_a_sentence() {
    let unread = |name: &str| read(files(&[name])).unread.concat();
    assert!(unread("files/cost-export.csv").contains("no column of resources"), "{}", unread("files/cost-export.csv"));
    let said = unread("files/cost-details-mca.csv");
    assert!(
        said.contains("2026-01-11 with the day first and 2026-11-01 with the month first") && said.contains("--dates"),
        "{said}"
    );
    let settled = read_dated(files(&["files/cost-details-mca.csv"]), Some(DateOrder::MonthFirst));
    let paid: Vec<String> =
        actual(&settled.facts).iter().map(|it| format!("{} {}", it.effective().to_cents(), it.currency)).collect();
    assert_eq!((paid, settled.unread), (vec!["4.56 USD".to_owned()], Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever was paid, the parts add up to the difference to a billionth, and nothing panics.
    #[test]
    fn the_parts_add_up(
        rows in prop::collection::vec((1..31_u32, 0..7_usize, 0.0..1e9_f64, -1e9..1e9_f64, any::<bool>()), 1..20),
    ) {
        const METERS: [&str; 7] = ["P2 Cache Instance", "P2 Cache", "Standard Inter-Region Data Transfer", "Standard Private Endpoint",
            "Standard Data Processed - Ingress", "Alerts Metric Monitored", "x"];
        let id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.Cache/Redis/pair-weu";
        let lines = rows.iter().map(|(day, meter, quantity, cost, committed)| {
            let model = if *committed { "Reservation" } else { "OnDemand" };
            format!("2026-11-{day:02},{},{quantity},{cost},USD,{id},{model}", METERS[*meter])
        });
        let text = format!("date,meterName,quantity,cost,currency,resourceId,pricingModel\n{}", lines.collect::<Vec<_>>().join("\n"));
        let mut all = files(&ESTATE);
        all.push(("costs.csv".to_owned(), text.into_bytes()));
        let read = read(all);
        prop_assert!(read.unread.is_empty(), "{:?}", read.unread);
        for it in of(&read.facts, "pair-weu and pair-neu") {
            let sum: Decimal = it.parts.iter().map(|it| it.amount.as_decimal()).sum();
            let difference = it.difference().unwrap().as_decimal();
            prop_assert!((sum - difference).abs() < Decimal::new(1, 6), "{} {}", sum, difference);
        }
    }
}

/// What was paid for a lone Standard cache stands beside its two nodes, $100.74 a month, with the parts of the difference; of members of two
/// sizes nothing stands beside it.
#[test]
fn what_no_plan_holds_is_compared_with_the_nodes_that_run() {
    use crate::portfolio::Rows;
    use crate::report::estate::{Answer, json};
    let catalog = Catalog::bundled().unwrap();
    let of = |name: &str, change: &dyn Fn(String) -> String| {
        let costs = String::from_utf8(bytes(FOCUS)).unwrap().replace("Redis/pair-weu", "Redis/small");
        let costs = costs.replace("redis/pair-weu", "redis/small");
        let mut all: Vec<(String, Vec<u8>)> = files(&ESTATE);
        for (_, bytes) in &mut all {
            *bytes = change(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
        }
        all.push(("costs.csv".to_owned(), costs.into_bytes()));
        let read = read(all);
        let estate = Estate::of(&read.facts, &catalog);
        let rows = Rows::all(&estate.portfolio(), &catalog);
        let answer = Answer::new(&read, &estate, &rows, &catalog);
        let value: serde_json::Value = serde_json::from_str(&json(&answer)).unwrap();
        let all = value["deployments"].as_array().unwrap();
        let own = all.iter().find(|it| it["name"] == name).unwrap()["paid"][0].clone();
        let document = answer.document(false);
        let text = format!("{} {}", document.plain(), document.csv()).replace('\u{a0}', " ");
        (own, text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (paid, csv) = of("small", &|text| text);
    let money = |value: &serde_json::Value| dollars(value.as_str().unwrap());
    assert_eq!(money(&paid["modelled"]), dollars("100.74"), "{paid}");
    assert_eq!(money(&paid["difference"]), money(&paid["paid"]) - dollars("100.74"));
    let parts = paid["parts"].as_array().unwrap();
    let sum: Decimal = parts.iter().map(|it| money(&it["amount"])).sum();
    assert!((sum - money(&paid["difference"])).abs() < dollars("0.000001"), "{paid}");
    assert!(["days", "node-hours", "price"].iter().all(|cause| parts.iter().any(|it| it["cause"] == *cause)), "{paid}");
    assert!(csv.contains("$100.74, nodes alone"), "{csv}");
    // The pair's other half is paid, this one's charges are those of `small`.
    assert!(csv.contains("pair-weu and pair-neu, 2026-11: no charge of pair-weu is in the files."), "{csv}");
    let (paid, _) = of("orders", &|text| text.replacen("Balanced_B20", "Balanced_B50", 1));
    assert!(paid["modelled"].is_null() && paid["difference"].is_null(), "{paid}");
}
