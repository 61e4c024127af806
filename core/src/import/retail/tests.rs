use super::*;

fn catalog() -> Catalog {
    Catalog::bundled().expect("a catalogue")
}

fn row(fields: &str) -> String {
    format!(r#"{{"currencyCode":"USD","tierMinimumUnits":0.0,"unitOfMeasure":"1 Hour","type":"Consumption",{fields}}}"#)
}

fn sheet(rows: &[String]) -> Result<Sheet, SheetError> {
    read(&format!(r#"{{"Items":[{}],"NextPageLink":null}}"#, rows.join(",")), &catalog())
}

fn node(sku: &str, region: &str) -> (SkuId, RegionId) {
    (SkuId::new(sku), RegionId::new(region))
}

const A1500: &str = r#""retailPrice":9.358,"armRegionName":"westus","effectiveStartDate":"2025-12-01T00:00:00Z","meterName":"A1500 Cache Instance","productName":"Azure Managed Redis - Flash Optimized","skuName":"A1500""#;
const P1_NODE: &str = r#""retailPrice":0.277,"armRegionName":"eastus","meterName":"P1 Cache Instance","productName":"Azure Redis Cache Premium","skuName":"P1""#;
const P1_PAIR: &str = r#""retailPrice":0.555,"armRegionName":"eastus","meterName":"P1 Cache","productName":"Azure Redis Cache Premium","skuName":"P1""#;

#[test]
fn a_row_of_the_api_becomes_a_price() {
    let sheet = sheet(&[row(A1500)]).expect("a sheet");
    let price = &sheet.nodes[&node("FlashOptimized_A1500", "westus")];
    assert_eq!(price.amount.as_decimal().to_string(), "9.358");
    assert_eq!(price.effective, "2025-12-01");
    assert_eq!((sheet.currency.as_str(), sheet.rows, sheet.used()), ("USD", 1, 1));
}

#[test]
fn the_pair_of_nodes_is_never_added_to_the_node() {
    let both = sheet(&[row(P1_PAIR), row(P1_NODE)]).expect("a sheet");
    assert_eq!(both.nodes[&node("Premium_P1", "eastus")].amount.as_decimal().to_string(), "0.277");
    assert_eq!((both.used(), both.left_out[&LeftOut::Superseded], both.contradictions.len()), (1, 1, 0));
    let alone = sheet(&[row(P1_PAIR)]).expect("a sheet");
    assert_eq!(alone.nodes[&node("Premium_P1", "eastus")].amount.as_decimal().to_string(), "0.2775");
}

#[test]
fn terms_are_whole_totals_and_savings_plans_are_left_out() {
    let reserved = |term: &str, price: u32| {
        row(P1_NODE)
            .replace("0.277", &price.to_string())
            .replace("\"Consumption\"", &format!("\"Reservation\",\"reservationTerm\":\"{term}\""))
    };
    let savings = row(P1_NODE).replace("\"Consumption\"", "\"SavingsPlan\"");
    let sheet = sheet(&[reserved("1 Year", 1_553), reserved("3 Years", 3_276), savings]).expect("a sheet");
    let (sku, region) = node("Premium_P1", "eastus");
    let total = |term| sheet.reservations[&(sku.clone(), region.clone(), term)].amount.as_decimal().to_string();
    assert_eq!((total(ReservationTerm::OneYear), total(ReservationTerm::ThreeYears)), ("1553".into(), "3276".into()));
    assert_eq!(sheet.left_out[&LeftOut::SavingsPlan], 1);
}

#[test]
fn newer_rows_win_and_rows_of_one_day_that_differ_contradict() {
    let older = row(A1500).replace("9.358", "8").replace("2025-12-01", "2024-12-01");
    let dearer = row(A1500).replace("9.358", "10");
    let newer_wins = sheet(&[row(A1500), older]).expect("a sheet");
    assert_eq!(newer_wins.nodes[&node("FlashOptimized_A1500", "westus")].amount.as_decimal().to_string(), "9.358");
    assert_eq!(newer_wins.contradictions, []);
    let differ = sheet(&[row(A1500), dearer]).expect("a sheet");
    assert_eq!(differ.contradictions[0].kept.to_string(), "10");
    assert_eq!(differ.nodes[&node("FlashOptimized_A1500", "westus")].amount.as_decimal().to_string(), "10");
}

#[test]
fn rows_that_do_not_belong_are_counted() {
    let cases = [
        (row(A1500).replace("9.358", "\"9.358\""), LeftOut::Broken),
        (row(A1500).replace("9.358", "-1"), LeftOut::Broken),
        (row(A1500).replace("USD", ""), LeftOut::Broken),
        ("7".to_owned(), LeftOut::Broken),
        (row(A1500).replace("westus", "atlantis"), LeftOut::UnknownPlace),
        (row(A1500).replace("A1500", "A9"), LeftOut::UnknownPlace),
        (row(A1500).replace("USD", "GBP"), LeftOut::OtherCurrency),
        (row(A1500).replace("\"Consumption\"", "\"DevTestConsumption\""), LeftOut::DevTest),
        (row(A1500).replace("Azure Managed Redis", "Azure Unmanaged Redis"), LeftOut::Foreign),
        (row(A1500).replace("1 Hour", "1 Month"), LeftOut::Foreign),
    ];
    for (wrong, reason) in cases {
        let sheet = sheet(&[row(P1_NODE), wrong.clone()]).expect("a sheet");
        assert_eq!((sheet.rows, sheet.used(), sheet.left_out.get(&reason)), (2, 1, Some(&1)), "{wrong}");
    }
}

#[test]
fn pages_are_joined_and_tiers_are_in_order() {
    let endpoint = |from: u32, price: &str| {
        format!(
            r#"{{"currencyCode":"USD","tierMinimumUnits":{from},"retailPrice":{price},"armRegionName":"eastus","meterName":"Standard Data Processed - Ingress","productName":"Virtual Network Private Link","skuName":"Standard","unitOfMeasure":"1 GB","type":"Consumption"}}"#
        )
    };
    let pages = format!(r#"[{{"Items":[{}]}},{{"Items":[{}]}}]"#, endpoint(1_000_000, "0.006"), endpoint(0, "0.01"));
    let sheet = read(&pages, &catalog()).expect("a sheet");
    let ladder = &sheet.meters[&(Meter::PrivateEndpointGb, RegionId::new("eastus"))];
    let starts: Vec<String> =
        ladder.iter().map(|(from, price)| format!("{from}: {}", price.amount.as_decimal())).collect();
    assert_eq!(starts, ["0: 0.01", "1000000: 0.006"]);
}

#[test]
fn what_is_no_sheet_gets_a_sentence() {
    let cases = [
        ("", "not whole JSON"),
        ("{\"Items\":[", "not whole JSON"),
        ("{}", "no “Items”"),
        ("[]", "no “Items”"),
        ("[1,2]", "2 rows"),
    ];
    for (text, part) in cases {
        let error = read(text, &catalog()).expect_err(part).to_string();
        assert!(error.contains(part), "{error}");
    }
}
