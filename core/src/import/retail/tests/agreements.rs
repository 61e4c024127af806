//! Price sheets of agreements and tables that spreadsheets saved: the prices that the file names, whatever its units and dates.

use super::*;
use crate::import::dates::DateOrder;

fn text(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn opened(names: &[&str]) -> Sheet {
    let files: Vec<(String, String)> = names.iter().map(|name| ((*name).to_owned(), text(name))).collect();
    read_files(&files, &catalog(), start()).expect("a sheet")
}

fn reserved(sheet: &Sheet, sku: &str, region: &str) -> Option<String> {
    let (with, _) = sheet.over(&catalog());
    let price = with.reservation_price(&SkuId::new(sku), &RegionId::new(region), ReservationTerm::OneYear);
    price.known().filter(|it| it.confidence == PriceConfidence::Yours).map(|it| it.amount.as_decimal().to_string())
}

/// 45 for 100 hours is 0.45 an hour; 9 for 10 hours of a pair is 0.45 a node; a term is not divided. Of the seven rows one is of another
/// service, one in another currency, one of last month, one a savings plan's.
#[test]
fn a_sheet_of_an_enterprise_agreement_gives_its_unit_prices() {
    let sheet = opened(&["sheets/agreement-ea.csv"]);
    assert_eq!(
        node(&sheet, "Balanced_B20", "westus"),
        ("0.45".to_owned(), "2026-12-01".to_owned(), PriceConfidence::Yours)
    );
    assert_eq!(amount(&sheet, "Premium_P2", "northeurope"), "0.45");
    assert_eq!(reserved(&sheet, "Balanced_B20", "westeurope").as_deref(), Some("3100"));
    let counted =
        [LeftOut::Foreign, LeftOut::OtherCurrency, LeftOut::Ended, LeftOut::SavingsPlan].map(|it| count(&sheet, it));
    assert_eq!((sheet.rows, sheet.used(), counted), (7, 3, [1; 4]));
    let (_, report) = sheet.over(&catalog());
    assert!(report.notes.iter().any(|it| it.contains("3 prices are of an agreement")), "{:?}", report.notes);
}

/// Amounts are in `currency` (USD), not in the one of the invoice (EUR); a free first tier stays one.
#[test]
fn a_sheet_of_a_customer_agreement_gives_its_unit_prices() {
    let sheet = opened(&["sheets/agreement-mca.csv"]);
    assert_eq!((amount(&sheet, "Balanced_B20", "westus"), sheet.currency()), ("0.45".to_owned(), Currency::USD));
    assert_eq!(schedule(&sheet, Meter::PrivateEndpointHour, "westeurope").0, "0: 0.009");
    assert_eq!((sheet.rows, sheet.used()), (4, 4));
}

/// "Redis Cache - B20 Cache Instance - US West" under two lines of titles, in the older portal's sheet.
#[test]
fn a_sheet_of_the_older_portal_is_read_below_its_titles() {
    let sheet = opened(&["files/price-sheet-ea-portal.csv"]);
    assert_eq!(amount(&sheet, "Balanced_B20", "westus"), "0.45");
}

/// The list says 0.9 for the same node from a later day; what was agreed is paid.
#[test]
fn of_a_list_and_an_agreement_the_agreement_counts() {
    let list = r#"{"Items":[{"currencyCode":"USD","retailPrice":0.9,"armRegionName":"westus","effectiveStartDate":"2026-12-01T00:00:00Z",
        "productName":"Azure Managed Redis - Balanced","skuName":"B20","meterName":"B20 Cache Instance","unitOfMeasure":"1 Hour","type":"Consumption"},
        {"currencyCode":"USD","retailPrice":0.3,"armRegionName":"eastus","productName":"Azure Managed Redis - Balanced","skuName":"B20",
        "meterName":"B20 Cache Instance","unitOfMeasure":"1 Hour","type":"Consumption"}]}"#;
    let files = [("list.json", list.to_owned()), ("ea.csv", text("sheets/agreement-ea.csv"))];
    let mut files: Vec<(String, String)> = files.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    for _ in 0..2 {
        let sheet = read_files(&files, &catalog(), start()).expect("a sheet");
        assert_eq!(
            [amount(&sheet, "Balanced_B20", "westus"), amount(&sheet, "Balanced_B20", "eastus")],
            ["0.45", "0.3"]
        );
        assert_eq!((count(&sheet, LeftOut::Superseded), sheet.conflicts.len()), (1, 0));
        files.reverse();
    }
}

/// Decimal commas, semicolons, days first: 15/11 settles it.
#[test]
fn a_list_that_a_spreadsheet_saved_is_the_list() {
    let sheet = opened(&["sheets/retail-spreadsheet.csv"]);
    assert_eq!((amount(&sheet, "Balanced_B20", "westeurope"), sheet.currency().code()), ("0.61".to_owned(), "EUR"));
    assert_eq!(node(&sheet, "Premium_P2", "northeurope").1, "2026-11-15");
}

/// 1/12/2026 is the first of December or the twelfth of January: one holds at the plan's start and the other ends before.
#[test]
fn dates_that_nothing_settles_are_asked_for() {
    let text = text("sheets/agreement-ea.csv")
        .replace("12/01/2026", "11/12/2026")
        .replace("12/31/2026", "12/01/2027")
        .replace("11/30/2026", "11/12/2026")
        .replace("11/01/2026", "11/12/2026");
    let files = [("ea.csv".to_owned(), text)];
    let error = read_files(&files, &catalog(), start()).expect_err("two readings").to_string();
    assert!(
        error.contains("“11/12/2026” is 2026-12-11 with the day first and 2026-11-12 with the month first")
            && error.contains("--dates"),
        "{error}"
    );
    let used = [DateOrder::MonthFirst, DateOrder::DayFirst]
        .map(|order| read_files_dated(&files, &catalog(), start(), Some(order)).map_or(0, |sheet| sheet.used()));
    assert_eq!(used, [3, 0]);
}

/// A block of a reservation or of a tier is of no known unit: nothing is guessed.
#[test]
fn blocks_of_terms_and_tiers_are_left_out() {
    let text = text("sheets/agreement-ea.csv").replace("P1Y,1 Hour,3100", "P1Y,100 Hours,3100");
    let sheet = read(&text, &catalog(), start()).expect("a sheet");
    assert_eq!(reserved(&sheet, "Balanced_B20", "westeurope"), None);
    let text = self::text("sheets/agreement-mca.csv").replace(",5,1 GB,0.018", ",5,100 GB,1.8");
    let sheet = read(&text, &catalog(), start()).expect("a sheet");
    assert_eq!(count(&sheet, LeftOut::OtherUnit), 1);
}

/// The sheet as a spreadsheet saves it elsewhere: 1,050 and 1,050.00 for 100 hours are 10.5 an hour in each spelling that a row settles, and
/// refused with both readings where none does.
#[test]
fn figures_of_a_sheet_have_one_decimal_sign() {
    let with = |price: &str, others: &str, separator: &str| {
        let plain = text("sheets/agreement-ea.csv").replace(",45.00", ",PRICE");
        let lines = plain.lines().map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if let Some(last) = cells.last_mut().filter(|it| it.parse::<f64>().is_ok()) {
                *last = others;
            }
            cells.join(separator).replace("PRICE", price)
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        read_files(&[("ea.csv".to_owned(), text)], &catalog(), start()).map(|it| amount(&it, "Balanced_B20", "westus"))
    };
    for (price, others, separator) in [
        ("1.050,00", "3", ";"),
        ("1.050", "0,3", ";"),
        ("1050,00", "3", ";"),
        ("1,050.00", "3", ";"),
        ("1,050", "0.3", "\t"),
        ("\"1,050.00\"", "3", ","),
        ("\"1,050\"", "3", ","),
    ] {
        assert_eq!(with(price, others, separator).as_deref(), Ok("10.5"), "{price} {others} {separator}");
    }
    assert_eq!(with("1.050", "3", ",").as_deref(), Ok("0.0105"));
    let says = with("1.050", "3", ";").expect_err("two readings").to_string();
    assert!(says.starts_with("This price sheet is not read: “1.050” is 1050 or 1.050"), "{says}");
}
