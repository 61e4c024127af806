//! What is kept reads back, in both forms, and what no sheet can have does not.

use super::*;
use std::fmt::Write;

const HEAD: &str = "redis-dr-planner.prices.1";

fn catalog() -> Catalog {
    Catalog::bundled().unwrap()
}

/// Kept texts that made the page die at every visit: a sum of theirs overflowed.
#[test]
fn prices_that_no_sheet_can_have_are_not_read() {
    let hostile = [
        include_str!("../../../../../tests/fixtures/hostile/kept-prices-overflow-0.txt"),
        include_str!("../../../../../tests/fixtures/hostile/kept-prices-overflow-1.txt"),
        include_str!("../../../../../tests/fixtures/hostile/kept-prices-overflow-2.txt"),
    ];
    for text in hostile {
        assert_eq!(read_persisted(text, &catalog()), None, "{text}");
    }
}

#[test]
fn the_bounds_are_those_of_a_sheets_rows() {
    let with = |from: &str, price: &str, differs: &str| {
        let lines = format!("price traffic eastus - 0 0.02 -\nprice traffic eastus - {from} {price} -");
        read_persisted(&format!("{HEAD} USD 2 0 0\n{lines}\ndiffer traffic eastus - 0 {differs} 0.01"), &catalog())
    };
    assert!(with("10", "1000000000", "0.02").is_some());
    for (from, price, differs) in [
        ("10", "1000000000.01", "0.02"),
        ("10", "-0.01", "0.02"),
        ("79228162514264337593543950335", "0.01", "0.02"),
        ("10", "0.01", "-0.02"),
        ("10", "0.01", "2000000000"),
    ] {
        assert_eq!(with(from, price, differs), None, "{from} {price} {differs}");
    }
}

/// Each tier that is reached is a line of the bill.
#[test]
fn a_schedule_has_few_tiers() {
    let tiers = |count: usize| {
        let mut lines = String::new();
        for from in 0..count {
            let _ = write!(lines, "\nprice traffic eastus - {from} 0.01 -");
        }
        read_persisted(&format!("{HEAD} USD 1000 0 0{lines}"), &catalog())
    };
    assert!(tiers(MOST_TIERS).is_some());
    assert_eq!(tiers(MOST_TIERS + 1), None);
}

/// Every kind of price, a contradiction and counts, as a release before wrote them.
const OLD: &str = "redis-dr-planner.prices.1 EUR 40 2 1 2026-12-01
left 1 7
left 9 2
price node westeurope Balanced_B10 0 0.4 2026-10-01
price 1-year westeurope Balanced_B10 0 2100 -
price 3-years westeurope Balanced_B10 0 4200 -
price traffic westeurope - 0 0 -
price traffic westeurope - 100 0.02 2026-01-01
price meter - endpoint 0 0.01 -
differ node westeurope Balanced_B10 0 0.4 0.39";

#[test]
fn a_sheet_of_the_form_before_is_read_and_kept_as_json() {
    let old = read_persisted(OLD, &catalog()).unwrap();
    assert_eq!((old.rows, old.savings, old.goes_on, old.used(), old.list.prices.len()), (40, 2, true, 31, 6));
    let text = persisted(&old, &catalog());
    assert!(text.starts_with(r#"{"prices_version":2,"currency":"EUR","rows":40"#), "{text}");
    assert_eq!(read_persisted(&text, &catalog()), Some(old));
}

#[test]
fn hostile_json_is_not_read() {
    let good = persisted(&read_persisted(OLD, &catalog()).unwrap(), &catalog());
    for (part, other) in [
        (r#""prices_version":2"#, r#""prices_version":3"#),
        ("EUR", "EURO"),
        ("westeurope", "atlantis"),
        ("Balanced_B10", "Balanced_B11"),
        (r#""0.4""#, r#""-0.4""#),
        (r#""4200""#, r#""79228162514264337593543950335""#),
        (r#""rows":40"#, r#""rows":4"#),
        (r#"["foreign",7]"#, r#"["foreign",4294967295]"#),
        (r#""foreign""#, r#""strange""#),
        ("endpoint", "start"),
    ] {
        let text = good.replace(part, other);
        assert_ne!(text, good, "{part}");
        assert_eq!(read_persisted(&text, &catalog()), None, "{other}");
    }
    assert_eq!(read_persisted(&good[..good.len() - 1], &catalog()), None);
}
