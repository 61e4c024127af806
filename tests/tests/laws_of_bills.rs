//! A bill adds up: its lines, its rows in a file, and what a person reads; on plans made at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::model::cost::Bill;
use dr_core::report::bill_text;
use dr_core::report::focus::{FocusFile, Stamp};
use dr_core::units::Money;
use dr_tests::any_plan::plans;
use dr_tests::{CATALOG, bills, presets};
use proptest::prelude::*;
use rust_decimal::Decimal;
use xtask::catalogue::csv;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bill_is_the_sum_of_its_lines(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        for bill in bills(&evaluation) {
            let lines = bill.lines.iter();
            prop_assert_eq!(bill.total, lines.clone().filter_map(|line| line.amount).sum::<Money>());
            prop_assert_eq!(bill.total, bill.by_word.iter().map(|(_, amount)| *amount).sum::<Money>());
            prop_assert_eq!(bill.unknown_lines as usize, lines.clone().filter(|line| line.amount.is_none()).count());
            for line in lines {
                prop_assert_eq!(line.amount, line.effective.map(|price| price * line.quantity));
                prop_assert_eq!(line.amount.is_none(), line.price.known().is_none());
                prop_assert!(line.quantity >= Decimal::ZERO);
            }
            prop_assert!(bill.lines.is_sorted_by_key(|line| line.kind), "the order in which bills are printed");
        }
    }

    /// Exactly: no cent is lost between the bill and the file.
    #[test]
    fn the_rows_of_a_focus_file_add_up_to_the_bill(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        let stamp = Stamp { date: CATALOG.as_of(), tags: &[], version: "1" };
        for (topology, bill) in evaluation.bills() {
            let file = FocusFile::of(&plan, &CATALOG, evaluation.of(topology), &stamp);
            prop_assert_eq!(file.rows.iter().map(|row| row.billed_cost).sum::<Money>(), bill.total);
            prop_assert_eq!(file.rows.iter().map(|row| row.list_cost).sum::<Money>(), bill.list_total);
            prop_assert_eq!(file.left_out, bill.unknown_lines);
            let written = csv::records(&file.csv()).unwrap();
            prop_assert_eq!(written.len(), 1 + file.rows.len());
            let billed = written[1..].iter().map(|row| row[0].parse::<Decimal>().unwrap()).sum::<Decimal>();
            prop_assert_eq!(billed.round_dp(2), bill.total.as_decimal().round_dp(2));
        }
    }
}

/// What a person reads as one bill adds up, or the text says that lines are rounded.
fn adds_up_or_says_so(topology: Topology, bill: &Bill) -> Result<(), TestCaseError> {
    let cents: Decimal = bill.lines.iter().filter_map(|line| line.amount).map(Money::to_cents).sum();
    let says = [bill_text::plain(topology, bill), bill_text::markdown(bill)].map(|text| text.contains("rounded"));
    prop_assert!(cents == bill.total.to_cents() || says == [true, true], "{cents} against {}", bill.total.to_cents());
    prop_assert_eq!(bill_text::rounding(bill).is_some(), says[0]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_lines_add_up_to_the_printed_total_or_it_says_rounded(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        for (topology, bill) in evaluation.bills() {
            adds_up_or_says_so(topology, bill)?;
        }
    }
}

#[test]
fn the_presets_add_up_or_say_rounded() {
    let presets = presets();
    assert!(presets.len() >= 6, "{} presets", presets.len());
    for (_, plan) in presets {
        for (topology, bill) in evaluate(&plan, &CATALOG).bills() {
            adds_up_or_says_so(topology, bill).unwrap();
        }
    }
}
