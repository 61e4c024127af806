mod agreements;
mod whole_files;

use super::*;
use crate::catalog::{Catalog, Meter, Price, PriceConfidence, RegionId, SkuId};
use crate::plan::{EgressScheme, ReservationTerm};
use proptest::prelude::*;

fn catalog() -> Catalog {
    Catalog::bundled().expect("a catalogue")
}

/// The first day of an ordinary plan: 2026-12-01.
fn start() -> Date {
    crate::plan::Plan::default().horizon.start
}

fn row(fields: &str) -> String {
    format!(r#"{{"currencyCode":"USD","tierMinimumUnits":0.0,"unitOfMeasure":"1 Hour","type":"Consumption",{fields}}}"#)
}

fn sheet(rows: &[String]) -> Sheet {
    read(&page(rows), &catalog(), start()).expect("a sheet")
}

fn page(rows: &[String]) -> String {
    format!(r#"{{"Items":[{}],"NextPageLink":null}}"#, rows.join(","))
}

/// A node's price with the sheet: amount, date and word.
fn node(sheet: &Sheet, sku: &str, region: &str) -> (String, String, PriceConfidence) {
    let (catalog, _) = sheet.over(&catalog());
    match catalog.node_price(&SkuId::new(sku), &RegionId::new(region)) {
        Price::Known(price) => (price.amount.as_decimal().to_string(), price.as_of.to_string(), price.confidence),
        Price::Unknown { reason } => panic!("{reason}"),
    }
}

fn amount(sheet: &Sheet, sku: &str, region: &str) -> String {
    node(sheet, sku, region).0
}

fn count(sheet: &Sheet, reason: LeftOut) -> u32 {
    sheet.left_out.iter().find(|(known, _)| *known == reason).map_or(0, |(_, rows)| *rows)
}

const A1500: &str = r#""retailPrice":9.358,"armRegionName":"westus","effectiveStartDate":"2025-12-01T00:00:00Z","meterName":"A1500 Cache Instance","productName":"Azure Managed Redis - Flash Optimized","skuName":"A1500""#;
const P1_NODE: &str = r#""retailPrice":0.277,"armRegionName":"eastus","meterName":"P1 Cache Instance","productName":"Azure Redis Cache Premium","skuName":"P1""#;
const P1_PAIR: &str = r#""retailPrice":0.555,"armRegionName":"eastus","meterName":"P1 Cache","productName":"Azure Redis Cache Premium","skuName":"P1""#;

fn tier(meter: &str, product: &str, unit: &str, region: &str, from: &str, price: &str) -> String {
    format!(
        r#"{{"currencyCode":"USD","tierMinimumUnits":{from},"retailPrice":{price},"armRegionName":"{region}","meterName":"{meter}","productName":"{product}","skuName":"Standard","unitOfMeasure":"{unit}","type":"Consumption"}}"#
    )
}

fn endpoint_gb(region: &str, from: &str, price: &str) -> String {
    tier("Standard Data Processed - Ingress", "Virtual Network Private Link", "1 GB", region, from, price)
}

fn logs(from: &str, price: &str) -> String {
    tier("Analytics Logs Data Ingestion", "Log Analytics", "1 GB", "eastus", from, price)
}

/// A meter's schedule with the sheet, "0: 0.01, 1000000: 0.006", and its remark.
fn schedule(sheet: &Sheet, meter: Meter, region: &str) -> (String, String) {
    let (catalog, _) = sheet.over(&catalog());
    let schedule = catalog.meter(meter, &RegionId::new(region)).expect("a schedule");
    let tiers: Vec<String> =
        schedule.tiers.iter().map(|tier| format!("{}: {}", tier.from, tier.price.as_decimal())).collect();
    (tiers.join(", "), schedule.origin.how.to_string())
}

#[test]
fn a_row_of_the_api_becomes_a_price() {
    let sheet = sheet(&[row(A1500)]);
    let expected = ("9.358".to_owned(), "2025-12-01".to_owned(), PriceConfidence::Yours);
    assert_eq!(node(&sheet, "FlashOptimized_A1500", "westus"), expected);
    assert_eq!((sheet.currency(), sheet.rows, sheet.used()), (Currency::USD, 1, 1));
}

#[test]
fn the_pair_of_nodes_is_never_added_to_the_node() {
    let both = sheet(&[row(P1_PAIR), row(P1_NODE)]);
    assert_eq!(amount(&both, "Premium_P1", "eastus"), "0.277");
    assert_eq!((both.used(), count(&both, LeftOut::Superseded), both.conflicts.len()), (1, 1, 0));
    assert_eq!(amount(&sheet(&[row(P1_PAIR)]), "Premium_P1", "eastus"), "0.2775");
}

#[test]
fn a_sheet_replaces_exactly_its_own_prices() {
    let dearer = sheet(&[row(P1_NODE).replace("0.277", "0.5")]);
    assert_eq!(amount(&dearer, "Premium_P1", "eastus"), "0.5");
    // P2 in East US is published beside it, P1 in West US derived from bundled points: neither moves.
    for (sku, region) in [("Premium_P2", "eastus"), ("Premium_P1", "westus"), ("Balanced_B10", "eastus")] {
        let (sku, region) = (SkuId::new(sku), RegionId::new(region));
        let (with, _) = dearer.over(&catalog());
        assert_eq!(with.node_price(&sku, &region), catalog().node_price(&sku, &region));
        assert_eq!(with.without_sheet().node_price(&sku, &region), catalog().node_price(&sku, &region));
    }
}

#[test]
fn terms_are_whole_totals_and_savings_plans_are_left_out() {
    let reserved = |term: &str, price: u32| {
        row(P1_NODE)
            .replace("0.277", &price.to_string())
            .replace("\"Consumption\"", &format!("\"Reservation\",\"reservationTerm\":\"{term}\""))
    };
    let savings = row(P1_NODE).replace("\"Consumption\"", "\"SavingsPlan\"");
    let sheet = sheet(&[reserved("1 Year", 1_600), reserved("3 Years", 3_300), reserved("5 Years", 1), savings]);
    let (with, _) = sheet.over(&catalog());
    let total = |term| {
        let price = with.reservation_price(&SkuId::new("Premium_P1"), &RegionId::new("eastus"), term);
        let known = price.known().expect("a total");
        (known.amount.as_decimal().to_string(), known.confidence)
    };
    assert_eq!(total(ReservationTerm::OneYear), ("1600".to_owned(), PriceConfidence::Yours));
    assert_eq!(total(ReservationTerm::ThreeYears), ("3300".to_owned(), PriceConfidence::Yours));
    assert_eq!((count(&sheet, LeftOut::SavingsPlan), count(&sheet, LeftOut::OtherUnit)), (1, 1));
}

#[test]
fn newer_rows_win_and_rows_of_one_day_that_differ_contradict() {
    let older = row(A1500).replace("9.358", "12").replace("2025-12-01", "2024-12-01");
    let dearer = row(A1500).replace("9.358", "10");
    let newer_wins = sheet(&[row(A1500), older]);
    assert_eq!(amount(&newer_wins, "FlashOptimized_A1500", "westus"), "9.358");
    assert_eq!(newer_wins.conflicts, []);
    let differ = sheet(&[row(A1500), dearer]);
    assert_eq!(differ.conflicts[0].kept.as_decimal().to_string(), "10");
    assert_eq!(amount(&differ, "FlashOptimized_A1500", "westus"), "10");
    let three = sheet(&[row(A1500), row(A1500).replace("9.358", "8"), row(A1500).replace("9.358", "10")]);
    assert_eq!((three.conflicts.len(), three.conflicts[0].other.as_decimal().to_string()), (1, "8".to_owned()));
}

#[test]
fn rows_that_do_not_belong_are_counted() {
    let cases = [
        (row(A1500).replace("9.358", "\"9.358\""), LeftOut::Broken),
        (row(A1500).replace("9.358", "-1"), LeftOut::Broken),
        (row(A1500).replace("9.358", "1e300"), LeftOut::Broken),
        (row(A1500).replace("\"USD\"", "\"\""), LeftOut::Broken),
        ("7".to_owned(), LeftOut::Broken),
        (row(A1500).replace("westus", "atlantis"), LeftOut::UnknownPlace),
        (row(A1500).replace("A1500", "A9"), LeftOut::UnknownPlace),
        (row(A1500).replace("\"USD\"", "\"GBP\""), LeftOut::OtherCurrency),
        (row(A1500).replace("\"Consumption\"", "\"DevTestConsumption\""), LeftOut::DevTest),
        (row(A1500).replace("Azure Managed Redis", "Azure Unmanaged Redis"), LeftOut::Foreign),
        (row(A1500).replace("Cache Instance", "Cache"), LeftOut::Foreign),
        (row(A1500).replace("1 Hour", "1 Month"), LeftOut::OtherUnit),
        (row(A1500).replace("9.358", "0.0"), LeftOut::Free),
        (logs("0", "2.3").replace("1 GB", "100 GB"), LeftOut::OtherUnit),
        (logs("0", "0"), LeftOut::Free),
        (endpoint_gb("Global", "1000000", "0.006"), LeftOut::NoFirstTier),
    ];
    for (wrong, reason) in cases {
        let sheet = sheet(&[row(P1_NODE), wrong.clone()]);
        assert_eq!((sheet.rows, sheet.used(), count(&sheet, reason)), (2, 1, 1), "{wrong}");
    }
}

#[test]
fn meters_stand_in_order_of_their_tiers_and_global_rows_hold_everywhere() {
    let pages = format!(
        "[{},{}]",
        page(&[endpoint_gb("Global", "1000000", "0.005")]),
        page(&[endpoint_gb("Global", "0", "0.02"), endpoint_gb("uksouth", "0.0", "0.03")])
    );
    let sheet = read(&pages, &catalog(), start()).expect("a sheet");
    assert_eq!(schedule(&sheet, Meter::PrivateEndpointIn, "eastus").0, "0: 0.02, 1000000: 0.005");
    assert_eq!(schedule(&sheet, Meter::PrivateEndpointIn, "uksouth").0, "0: 0.03");
    // The other direction has a meter of its own, which the sheet does not name.
    assert_eq!(schedule(&sheet, Meter::PrivateEndpointOut, "eastus").0, "0: 0.01, 1000000: 0.006, 5000000: 0.004");
}

#[test]
fn a_free_first_tier_is_named_and_not_subtracted() {
    let sheet = sheet(&[logs("0", "0"), logs("5", "3.5")]);
    let (tiers, how) = schedule(&sheet, Meter::LogGb, "eastus");
    assert_eq!((tiers.as_str(), how.as_str()), ("0: 3.5", "5 a month free for a billing account are not subtracted"));
    assert_eq!(sheet.used(), 2);
}

fn traffic(from: &str, price: &str) -> String {
    tier("Standard Inter-Region Data Transfer", "Rtn Preference: MGN", "1 GB", "eastus", from, price)
}

/// The prices of the list are tiered by the quantity of the month (`tierMinimumUnits`), traffic like any other.
#[test]
fn traffic_between_regions_has_its_tiers() {
    let sheet = sheet(&[traffic("1000", "0.01"), traffic("0", "0.02")]);
    assert_eq!((sheet.used(), &sheet.conflicts[..]), (2, &[][..]));
    let (with, report) = sheet.over(&catalog());
    assert_eq!(report.prices.len(), 1);
    let (east, west) = (RegionId::new("eastus"), RegionId::new("westus2"));
    let schedule = with.egress(&east, &west, EgressScheme::Dearer).expect("a schedule").schedule;
    let tiers: Vec<String> =
        schedule.tiers.iter().map(|it| format!("{}: {}", it.from, it.price.as_decimal())).collect();
    assert_eq!(tiers, ["0: 0.02", "1000: 0.01"]);
    let alone = read(&page(&[row(P1_NODE), traffic("10000", "0.02")]), &catalog(), start());
    assert_eq!(count(&alone.expect("a sheet"), LeftOut::NoFirstTier), 1);
}

/// Bundled: 0.02 by continent and by the meter of East US. A sheet that says the same is the user's own.
#[test]
fn of_two_schemes_that_agree_the_sheets_own_counts() {
    let (east, west) = (RegionId::new("eastus"), RegionId::new("westus2"));
    for (price, amount, word) in [
        ("0.01", "0.02", PriceConfidence::Published),
        ("0.02", "0.02", PriceConfidence::Yours),
        ("0.03", "0.03", PriceConfidence::Yours),
    ] {
        let (with, _) = sheet(&[traffic("0", price)]).over(&catalog());
        let known = with.egress_price(&east, &west, EgressScheme::Dearer).known().cloned().expect("a price");
        assert_eq!((known.amount.as_decimal().to_string().as_str(), known.confidence), (amount, word), "{price}");
        let mut plan = crate::plan::Plan::default();
        plan.regions[1].region = west.clone();
        let evaluation = crate::evaluate::evaluate(&plan, &with);
        let lacks: Vec<String> =
            crate::report::sheet::missing(&evaluation, &with).into_iter().map(|lack| lack.what).collect();
        assert!(lacks.iter().all(|what| !what.contains("East US to West US 2")), "{lacks:?}");
        let said = crate::report::sheet::unused(&evaluation, &with).join("; ");
        let expected = "Stream, East US to West US 2: $0.01 in the sheet; the higher rate of $0.02 is used";
        assert_eq!(said.contains(expected), price == "0.01", "{said}");
        assert_eq!(said.is_empty(), price != "0.01", "{said}");
    }
}

/// The first day of the plan decides: later rows and ended ones are counted and left out.
#[test]
fn rows_that_do_not_hold_on_the_first_day_are_left_out() {
    let dated = |price: &str, from: &str, to: &str| {
        let row = row(A1500).replace("9.358", price).replace("2025-12-01", from);
        row.replacen('{', &format!("{{\"effectiveEndDate\":\"{to}\","), 1)
    };
    let open = dated("9", "2026-01-01", "");
    let cases = [
        (dated("12", "2030-01-01", ""), "9", LeftOut::NotYet),
        (dated("8", "2026-06-01", "2026-10-15T00:00:00Z"), "9", LeftOut::Ended),
        (dated("8", "2026-06-01", "2026-12-01T00:00:00Z"), "8", LeftOut::Superseded), // its last day
        (dated("8", "2026-12-01", "2027-01-01T00:00:00Z"), "8", LeftOut::Superseded),
    ];
    for (other, price, reason) in cases {
        let sheet = sheet(&[other.clone(), open.clone()]);
        assert_eq!(amount(&sheet, "FlashOptimized_A1500", "westus"), price, "{other}");
        assert_eq!((sheet.used(), count(&sheet, reason)), (1, 1), "{other}");
        assert_eq!(read_persisted(&persisted(&sheet, &catalog()), &catalog()), Some(sheet));
    }
    let (_, report) = sheet(&[dated("12", "2030-01-01", ""), open.clone()]).over(&catalog());
    assert_eq!(report.left_out_words(), "1 that take effect after the plan’s start");
    assert_eq!(report.reread(start()), None);
    let later = "2030-06-01".parse().expect("a day");
    assert!(report.reread(later).is_some_and(|said| said.contains("2026-12-01") && said.contains("2030-06-01")));
    let later = read(&page(&[dated("12", "2030-01-01", ""), open]), &catalog(), later).expect("a sheet");
    assert_eq!(amount(&later, "FlashOptimized_A1500", "westus"), "12");
}

#[test]
fn pages_rows_and_lists_are_read_alike() {
    let (one, two) = (row(P1_NODE), row(A1500));
    let texts = [
        page(&[one.clone(), two.clone()]),
        format!("{}\n{}", page(std::slice::from_ref(&one)), page(std::slice::from_ref(&two))),
        format!("[{},{two}]", page(std::slice::from_ref(&one))),
        format!("[{one},{two}]"),
        format!("{one}\r\n{two}\n"),
        format!("\u{feff}{}", page(&[one.clone(), two.clone()])),
    ];
    for text in texts {
        let sheet = read(&text, &catalog(), start()).expect("a sheet");
        assert_eq!((sheet.rows, sheet.used()), (2, 2), "{text}");
    }
}

#[test]
fn several_files_are_pages_of_one_sheet_and_an_error_names_its_file() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let page = |rows: &[String], next: &str| page(rows).replace("null", &format!("\"{next}\""));
    let next = "https://prices.azure.com:443/api/retail/prices?$filter=x&$skip=1000";
    let one = file("1.json", &format!("\u{feff}{}", page(&[row(P1_NODE)], next)));
    let two = file("2.json", &format!("\u{feff}{}", page(&[row(A1500)], "")));
    for files in [[one.clone(), two.clone()], [two.clone(), one.clone()]] {
        let sheet = read_files(&files, &catalog(), start()).expect("a sheet");
        assert_eq!((sheet.rows, sheet.used(), sheet.goes_on), (2, 2, false));
    }
    assert!(read_files(std::slice::from_ref(&one), &catalog(), start()).expect("a sheet").goes_on);
    let cut = file("2.json", &two.1[..80]);
    let said = read_files(&[one, cut], &catalog(), start()).expect_err("a cut page").to_string();
    assert!(said.starts_with("2.json is no price sheet: it is not whole JSON"), "{said}");
}

#[test]
fn what_was_not_kept_here_is_not_read() {
    let sheet = sheet(&[row(A1500), row(P1_PAIR)]);
    let text = persisted(&sheet, &catalog());
    assert_eq!(read_persisted(&text, &catalog()), Some(sheet));
    let damaged = [
        String::new(),
        text.replace("\"prices_version\":2", "\"prices_version\":9"),
        text.replace("FlashOptimized_A1500", "FlashOptimized_A9"),
        text.replace("westus", "atlantis"),
        text.replace("9.358", "much"),
        text.replace("USD", "$"),
        format!("{text}\nleft 99 1"),
        format!("{text}\nleft 0 4294967295\nleft 1 4294967295"),
        text.chars().rev().collect::<String>(),
    ];
    for text in damaged {
        assert_eq!(read_persisted(&text, &catalog()), None, "{text}");
    }
}

#[test]
fn what_is_no_sheet_gets_a_sentence() {
    let garbage = "Ünsinn ".repeat(1_500_000);
    let endless = " ".repeat(MAX_SHEET_BYTES + 1);
    let cases = [
        ("", "no “Items”"),
        ("{\"Items\":[", "not whole JSON"),
        ("{}", "no “Items”"),
        ("[]", "no “Items”"),
        ("{\"Items\":7}", "no “Items”"),
        ("[1,2]", "2 rows"),
        ("<html>", "not whole JSON"),
        (&garbage, "not whole JSON"),
        (&"[".repeat(100_000), "not whole JSON"),
        (&endless, "64 MB are read at most"),
    ];
    for (text, part) in cases {
        let error = read(text, &catalog(), start()).expect_err(part).to_string();
        assert!(error.contains(part) && error.len() < 400, "{error}");
    }
}

fn any_row() -> impl Strategy<Value = String> {
    let skus = ["P1", "P4", "B10", "B10", "X"];
    let regions = ["eastus", "Global", "", "northeurope", "atlantis"];
    let products =
        ["Azure Redis Cache Premium", "Azure Managed Redis - Balanced", "Rtn Preference: MGN", "Log Analytics"];
    let meters = [
        "P1 Cache",
        "P1 Cache Instance",
        "B10 Cache Instance",
        "Standard Inter-Region Data Transfer",
        "Analytics Logs Data Ingestion",
    ];
    let kinds = ["Consumption", "Reservation", "SavingsPlan"];
    let days = ["2026-01-01", "2026-02-30", "2025-07-31"];
    (0..5_usize, 0..5_usize, 0..4_usize, 0..5_usize, 0..3_usize, 0..3_usize, 0..4_u32, 0..3_u32, any::<bool>()).prop_map(
        move |(sku, region, product, meter, kind, day, price, tier, gb)| {
            format!(
                r#"{{"currencyCode":"USD","tierMinimumUnits":{tier},"retailPrice":{price}.5e-1,"armRegionName":"{}","effectiveStartDate":"{}T00:00:00Z","meterName":"{}","productName":"{}","skuName":"{}","unitOfMeasure":"{}","type":"{}","reservationTerm":"1 Year"}}"#,
                regions[region], days[day], meters[meter], products[product], skus[sku],
                if gb { "1 GB" } else { "1 Hour" }, kinds[kind],
            )
        },
    )
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = open_sheet(&text, &catalog(), start());
        let _ = read_persisted(&text, &catalog());
        let _ = read_persisted(&format!("redis-dr-planner.prices.1 USD 1 0 0\n{text}"), &catalog());
    }

    #[test]
    fn no_cut_or_damaged_sheet_breaks_the_reader(at in 0..600_usize, byte in any::<char>()) {
        let whole = page(&[row(A1500), row(P1_PAIR), logs("5", "3.5"), logs("0", "0")]);
        let cut: String = whole.chars().take(at).collect();
        let rest: String = whole.chars().skip(at + 1).collect();
        let _ = open_sheet(&cut, &catalog(), start());
        let _ = open_sheet(&format!("{cut}{byte}{rest}"), &catalog(), start());
    }

    #[test]
    fn every_row_is_used_or_counted_and_their_order_is_no_matter(
        rows in prop::collection::vec(any_row(), 1..24), turn in 0..24_usize,
    ) {
        let catalog = catalog();
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        match (read(&page(&rows), &catalog, start()), read(&page(&turned), &catalog, start())) {
            (Ok(sheet), Ok(other)) => {
                prop_assert_eq!(sheet.used() as usize, sheet.list.prices.len());
                let text = persisted(&sheet, &catalog);
                let again = read_persisted(&text, &catalog);
                prop_assert_eq!(again.as_ref(), Some(&sheet));
                prop_assert_eq!(&sheet.list.prices, &other.list.prices);
                prop_assert_eq!(&sheet.left_out, &other.left_out);
            }
            (one, other) => prop_assert_eq!(one, other),
        }
    }
}
