//! What a row and its cells look like; the rules of the profile are tested on written files.

use super::row::{Cell, Row};
use super::{COLUMNS, FocusFile, Stamp, push_record};
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::explore::bill_bands;
use crate::model::Topology;
use crate::plan::{Plan, ReservationTerm};
use crate::stats::sample::Sampling;
use crate::units::format::exact;
use crate::units::{Money, UnitPrice};
use rust_decimal::Decimal;

fn file(change: impl FnOnce(&mut Plan), topology: Topology, tags: &[(String, String)]) -> FocusFile {
    let mut plan = Plan::default();
    change(&mut plan);
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(&plan, &catalog);
    let stamp = Stamp { date: "2026-11-21".parse().unwrap(), tags, version: "VERSION+HASH" };
    FocusFile::of(&plan, &catalog, evaluation.of(topology), &stamp)
}

/// Every column of a row as `name: value`, nulls left out.
fn listed(row: &Row) -> String {
    let mut text = String::new();
    for (column, cell) in COLUMNS.iter().zip(row.cells()) {
        let words = match cell {
            Cell::Null => continue,
            Cell::Number(number) => exact(number),
            Cell::Text(words) => words,
        };
        text.push_str(&[*column, ": ", &words, "\n"].concat());
    }
    text
}

#[test]
fn a_reserved_node_of_a_pair() {
    let tags = [("environment".to_owned(), "production".to_owned()), ("team".to_owned(), "=cmd".to_owned())];
    let reserve = |plan: &mut Plan| plan.pricing.reservation = Some(ReservationTerm::OneYear);
    let file = file(reserve, Topology::Passive, &tags);
    let purchase = file.rows.iter().find(|row| row.charge_category == "Purchase").unwrap();
    insta::assert_snapshot!([listed(&file.rows[0]), listed(purchase)].join("\n\nThe purchase of its term\n"));
}

#[test]
fn a_reservation_keeps_the_negotiated_price_beside_its_own() {
    let change = |plan: &mut Plan| {
        plan.pricing.reservation = Some(ReservationTerm::ThreeYears);
        plan.pricing.discount = Decimal::new(10, 2);
    };
    for row in &file(change, Topology::Active, &[]).rows {
        if row.service_category != "Databases" || row.charge_category != "Usage" {
            continue;
        }
        assert_eq!(row.pricing_category, "Committed");
        assert_eq!(row.contracted_unit_price.as_decimal(), row.list_unit_price.as_decimal() * Decimal::new(9, 1));
        assert!(row.effective_cost < row.contracted_cost, "three years are cheaper than a tenth less");
    }
}

#[test]
fn people_without_a_price_are_left_out_and_counted() {
    let without = file(|_| {}, Topology::Passive, &[]);
    assert_eq!(without.left_out_note().unwrap(), "1 line has no price and is not in the file.");
    assert!(without.rows.iter().all(|row| row.dr_state != "Drill"));
    let hour = |plan: &mut Plan| plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(100)));
    let with = file(hour, Topology::Passive, &[]);
    assert_eq!((with.left_out_note(), with.rows.len()), (None, without.rows.len() + 1));
    assert_eq!(with.rows.last().unwrap().provider_name, "Own staff");
    let one_region = file(|plan| plan.remove_region(1), Topology::Active, &[]);
    assert_eq!((one_region.rows.len(), one_region.left_out), (0, 0));
}

#[test]
fn numbers_stay_numbers_and_formulas_become_text() {
    let mut text = String::new();
    let number = |digits: &str| Cell::Number(digits.parse().unwrap());
    let cells = [number("-12.50"), number("0.00"), Cell::Text("-2".to_owned()), Cell::Null, number("1000000.10")];
    push_record(&mut text, &cells);
    assert_eq!(text, "-12.5,0,'-2,,1000000.1\r\n");
}

#[test]
fn two_files_are_one() {
    let (mut both, other) = (file(|_| {}, Topology::Passive, &[]), file(|_| {}, Topology::Active, &[]));
    let total = |file: &FocusFile| file.rows.iter().map(|row| row.billed_cost).sum::<Money>();
    let (sum, count) = (total(&both) + total(&other), both.rows.len() + other.rows.len());
    both.append(other);
    assert_eq!((total(&both), both.rows.len(), both.left_out), (sum, count, 2));
}

#[test]
fn the_version_names_library_and_facts() {
    let version = Catalog::bundled().unwrap().model_version();
    let (library, facts) = version.split_once('+').unwrap();
    assert_eq!((library, facts.len()), (env!("CARGO_PKG_VERSION"), 16), "{version}");
}

#[test]
fn rows_have_bands_where_a_volume_is_a_range() {
    let catalog = Catalog::bundled().unwrap();
    let plan = Plan::default();
    let stamp = Stamp { date: catalog.as_of(), tags: &[], version: "1" };
    let evaluation = evaluate(&plan, &catalog);
    for topology in [Topology::Passive, Topology::Active] {
        let bands = bill_bands(&plan, &catalog, topology, Sampling { seed: 1, trials: 160 });
        let file = FocusFile::of(&plan, &catalog, evaluation.of(topology), &stamp).with_bands(&bands);
        for row in &file.rows {
            assert_eq!(row.cost_p50.is_some(), !bands.is_point());
            assert!(row.cost_p05 <= row.cost_p50 && row.cost_p50 <= row.cost_p95);
        }
    }
    assert!(!bill_bands(&plan, &catalog, Topology::Active, Sampling { seed: 1, trials: 16 }).is_point());
}
