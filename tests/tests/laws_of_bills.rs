//! A bill adds up: its lines, its rows in a file, and what a person reads; on plans made at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::PriceConfidence;
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::model::cost::Bill;
use dr_core::model::cost::states::states;
use dr_core::model::horizon::horizon;
use dr_core::plan::{EgressBilling, Plan, ReservationTerm};
use dr_core::portfolio::{self, Rows, totals};
use dr_core::report::focus::{FocusFile, Stamp};
use dr_core::report::{self, bill_text};
use dr_core::units::format;
use dr_core::units::{Money, Ratio};
use dr_tests::any_plan::plans;
use dr_tests::{CATALOG, bills, portfolio, presets};
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
            prop_assert_eq!(bill.total.at_least(), lines.clone().filter_map(|line| line.amount).sum::<Money>());
            prop_assert_eq!(bill.total.at_least(), bill.by_confidence.iter().map(|(_, amount)| *amount).sum::<Money>());
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
            let used = file.rows.iter().filter(|row| row.charge_category == "Usage");
            prop_assert_eq!(file.rows.iter().map(|row| row.effective_cost).sum::<Money>(), bill.total.at_least());
            prop_assert_eq!(used.map(|row| row.list_cost).sum::<Money>(), bill.list_total.at_least());
            prop_assert_eq!(file.left_out, bill.unknown_lines);
            let written = csv::records(&file.csv()).unwrap();
            prop_assert_eq!(written.len(), 1 + file.rows.len());
            let effective = column(&file.csv(), "EffectiveCost").iter().sum::<Decimal>();
            prop_assert_eq!(effective.round_dp(2), bill.total.at_least().as_decimal().round_dp(2));
        }
    }
}

/// The cells of a column under its name, as exact figures; empty cells stand for no price.
fn column(text: &str, name: &str) -> Vec<Decimal> {
    let rows = csv::rows(text).unwrap();
    rows.iter()
        .map(|row| row.get(name).unwrap())
        .filter(|cell| !cell.is_empty())
        .map(|it| it.parse().unwrap())
        .collect()
}

/// To the last digit, and so to the cent.
#[test]
fn the_rows_of_every_presets_csv_add_up_to_its_bill() {
    for (name, plan) in presets() {
        let evaluation = evaluate(&plan, &CATALOG);
        let bills = evaluation.bills().map(|(topology, bill)| (topology, bill, None));
        let all = bill_text::csv_of_all(&bills);
        let mut whole = Decimal::ZERO;
        for (topology, bill, _) in &bills {
            let text = bill_text::csv((*topology, bill, None));
            let sum = |name: &str| column(&text, name).iter().sum::<Decimal>();
            assert_eq!(sum("amount"), bill.total.at_least().as_decimal(), "{name}, {topology:?}");
            assert_eq!(sum("list_cost"), bill.list_total.at_least().as_decimal(), "{name}, {topology:?}");
            whole += bill.total.at_least().as_decimal();
        }
        assert_eq!(column(&all, "amount").iter().sum::<Decimal>(), whole, "{name}");
    }
}

#[test]
fn the_rows_of_the_portfolios_csv_add_up_to_its_total() {
    let portfolio = portfolio();
    let rows = Rows::all(&portfolio, &CATALOG).rows;
    let (text, sum) = (dr_core::report::portfolio::csv(&rows, CATALOG.currency()), totals(&rows));
    assert_eq!(rows.len(), 12);
    assert_eq!(column(&text, "monthly").iter().sum::<Decimal>(), sum.monthly.as_decimal());
    assert_eq!(column(&text, "list_monthly").iter().sum::<Decimal>(), sum.list.as_decimal());
}

/// What a person reads as one bill adds up, or the text says that lines are rounded.
fn adds_up_or_says_so(topology: Topology, bill: &Bill) -> Result<(), TestCaseError> {
    let cents: Decimal = bill.lines.iter().filter_map(|line| line.amount).map(Money::to_cents).sum();
    let says = [
        bill_text::document("", &[(topology, bill, None)]).plain(),
        bill_text::document("", &[(topology, bill, None)]).markdown(),
    ]
    .map(|text| text.contains(format::ROUNDED));
    prop_assert!(
        cents == bill.total.at_least().to_cents() || says == [true, true],
        "{cents} against {}",
        bill.total.at_least().to_cents()
    );
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

/// Whatever is on a price list stands on a meter, in a region, at a date; only what the user typed has no date.
#[test]
fn every_line_of_a_price_list_has_meter_region_and_date() {
    for (name, plan) in presets() {
        for bill in bills(&evaluate(&plan, &CATALOG)) {
            for line in bill.lines.iter().filter(|line| line.kind.is_on_price_list()) {
                let known = line.price.known().unwrap();
                assert!(!line.meter().is_empty() && line.region.is_some(), "{name}: {}", line.label());
                assert!(
                    !known.as_of.is_empty() || known.confidence == PriceConfidence::Yours,
                    "{name}: {}",
                    line.label()
                );
            }
        }
    }
}

/// A printed amount: "−$1,083.32" is −1083.32; `None` for what is none.
fn read(cell: &str) -> Option<Decimal> {
    let digits: String = cell.replace('−', "-").chars().filter(|c| c.is_ascii_digit() || "-.".contains(*c)).collect();
    cell.contains('$').then(|| digits.parse().unwrap())
}

/// The cells of the table that begins like this, without its head.
fn table(markdown: &str, heading: &str) -> Vec<Vec<String>> {
    let part = markdown.split("\n\n").find(|part| part.starts_with(heading)).unwrap_or_default();
    let rows = part.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('*').to_owned()).collect())
        .collect()
}

/// Years add up to the whole, and each month leads from one cumulative cost to the next, or the page says that they are rounded.
fn the_months_ahead_add_up(name: &str, plan: &Plan) -> bool {
    let months = horizon(plan, &CATALOG);
    let text = report::views::cost::months_document(plan, &months, &CATALOG).markdown();
    let mut adds_up = true;
    let years = table(&text, "| Period |");
    let (whole, years) = years.split_last().unwrap();
    for column in 1..=3 {
        let sum: Decimal = years.iter().filter_map(|row| read(&row[column])).sum();
        adds_up &= sum == read(&whole[column]).unwrap_or_default();
    }
    let rows = table(&text, "| Month |");
    for pair in rows.windows(2) {
        for column in [5, 8, 11].into_iter().filter(|column| pair[1].len() > *column + 1) {
            let [before, month, after] =
                [&pair[0][column + 1], &pair[1][column], &pair[1][column + 1]].map(|it| read(it));
            adds_up &= after.is_none() || before.unwrap_or_default() + month.unwrap_or_default() == after.unwrap();
        }
    }
    let says = report::horizon::remarks(&months).iter().any(|line| line == format::ROUNDED);
    assert_eq!((says, text.contains(format::ROUNDED)), (!adds_up, !adds_up), "{name}");
    adds_up
}

#[test]
fn the_months_ahead_add_up_or_say_rounded() {
    let mut exact = 0;
    for (name, mut plan) in presets() {
        exact += usize::from(the_months_ahead_add_up(&name, &plan));
        plan.workload.growth_per_year = Ratio::percent(60.0);
        (plan.horizon.months, plan.pricing.reservation) = (48, Some(ReservationTerm::ThreeYears));
        exact += usize::from(the_months_ahead_add_up(&format!("{name}, growing"), &plan));
    }
    assert!(exact < 12, "none is rounded: the case that is looked for is not among them");
}

#[test]
fn states_add_up_or_say_rounded() {
    let mut rounded = 0;
    let listed = presets().into_iter().map(|(name, mut plan)| {
        plan.pricing.active_egress = EgressBilling::ListRate;
        (name + ", at list rates", plan)
    });
    for (name, plan) in presets().into_iter().chain(listed) {
        let evaluation = evaluate(&plan, &CATALOG);
        for topology in Topology::ALL {
            for state in states(&plan, &CATALOG, &evaluation.demand, evaluation.of(topology)).changes {
                let lines: Decimal = state.lines.iter().filter_map(|line| line.amount).map(Money::to_cents).sum();
                let adds_up = lines == state.change.at_least().to_cents();
                assert_eq!(
                    dr_core::report::states::rounding(&state),
                    (!adds_up).then_some(format::ROUNDED),
                    "{name}, {topology:?}, {:?}",
                    state.state
                );
                rounded += usize::from(!adds_up);
            }
        }
    }
    assert!(rounded > 0);
}

/// The months of the table, and the parts of each tag, as a terminal prints them.
#[test]
fn the_portfolio_adds_up_or_says_rounded() {
    let mut portfolio = portfolio();
    for (at, entry) in portfolio.entries.iter_mut().enumerate() {
        // Shares of other sizes: some of them do not add up to the cent.
        std::sync::Arc::make_mut(entry)
            .tags
            .extend((2..7).map(|parts| (format!("of {parts}"), (at % parts).to_string())));
    }
    let rows = Rows::all(&portfolio, &CATALOG).rows;
    let text = dr_core::report::portfolio::document(&portfolio, &rows, &CATALOG).plain();
    let whole = text.lines().find(|line| line.starts_with("12 plans cost ")).unwrap();
    let known = |text: &str| read(text.trim_start_matches(['≥', '\u{a0}', ' ']).split([' ', ':']).next().unwrap());
    let total = known(whole.split_once(" cost ").unwrap().1).unwrap();
    assert!(whole.starts_with("12 plans cost $") && !whole.contains('≥'), "every region has prices: {whole}");
    let months = rows.iter().filter_map(|row| known(&portfolio::cells(row, CATALOG.currency())[3])).sum::<Decimal>();
    assert!(months == total || whole.contains(format::ROUNDED), "{months} against {total}");
    let mut rounded = 0;
    let tags = text.split("\n\nBy ").skip(2).map(|part| part.split("\n\nPlans\n").next().unwrap());
    for part in tags {
        let amounts = part.lines().filter_map(|line| read(line.split_whitespace().find(|word| word.starts_with('$'))?));
        let sum: Decimal = amounts.sum();
        assert!(sum == total || part.contains(format::ROUNDED), "{sum} against {total}: {part}");
        rounded += usize::from(part.contains(format::ROUNDED));
    }
    assert!(rounded > 0, "the case that is looked for is not there");
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
