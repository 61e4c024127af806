//! Files as they come: a key twice in a row, thousands of pages.

use super::*;

/// serde keeps the last of two and says nothing: the price that counts would be anybody's guess.
#[test]
fn a_row_with_a_price_twice_is_refused() {
    let twice = row(A1500).replacen("\"retailPrice\"", "\"retailPrice\":0.4,\"retailPrice\"", 1);
    let error = read(&page(&[twice]), &catalog(), start()).expect_err("a key twice").to_string();
    assert!(error.contains("the field “retailPrice” is there twice in one group"), "{error}");
}

/// As many prices as a whole download has: lists of a file's length are sorted, never searched,
/// and pages are known by a set.
#[test]
fn a_sheet_of_thousands_of_prices_in_thousands_of_pages_is_read() {
    let catalog = catalog();
    let regions: Vec<&str> = catalog.regions().iter().map(|region| region.id.as_str()).collect();
    let pages: Vec<(String, String)> = regions
        .iter()
        .flat_map(|region| (1..=60).map(move |size| (region, size)))
        .map(|(region, size)| {
            let size = format!("A{}", 250 * size);
            let fields = A1500.replace("westus", region).replace("A1500", &size);
            (format!("{region}-{size}.json"), page(&[row(&fields)]))
        })
        .collect();
    assert!(pages.len() > 3_000, "{}", pages.len());
    let sheet = read_files(&pages, &catalog, start()).expect("a sheet");
    assert_eq!(sheet.rows as usize, pages.len());
    assert!(sheet.used() as usize >= regions.len(), "{} of {} regions", sheet.used(), regions.len());
}
