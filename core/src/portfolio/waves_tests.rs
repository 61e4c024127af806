//! Waves by hand.

use super::waves::waves;
use crate::catalog::Service;
use crate::model::cost::Total;
use crate::model::migration::{Kind, PathKind};
use crate::portfolio::{Entry, Move, Row};
use crate::units::{Date, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::Arc;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A deployment that pays 100 before, 60 after and 100 while both run, for a month.
fn row(last_day: &str, risk: u8, old: i64) -> Row {
    let entry = Arc::new(Entry { tags: Vec::new(), topology: None, plan: crate::plan::Plan::default() });
    let exactly = |amount| Total::exactly(Money::whole(amount));
    Row {
        entry,
        topology: None,
        size: None,
        monthly: None,
        today: None,
        list: None,
        rpo: None,
        rpo_shown: crate::model::rpo::Shown::Itself,
        unshown: Vec::new(),
        misses: Vec::new(),
        budget_open: false,
        later: None,
        until: None,
        waits: None,
        rto: None,
        findings: [0; 3],
        unpriced_lines: 0,
        open: Vec::new(),
        by_term: None,
        cheapest: None,
        moves: Some(Move {
            kind: Kind::Pair,
            service: if last_day < "2028" { Service::Enterprise } else { Service::Premium },
            last_day: day(last_day),
            path: PathKind::DualWrite,
            old: exactly(old),
            new: exactly(60),
            twice: exactly(old),
            once: Total::default(),
            prepare: 0,
            beside: 1,
            planned: Decimal::ONE,
            // 29 days before the end: in the month of the end.
            begin_by: day(last_day).minus_days(29),
            starts: day("2026-12-01"),
            risk,
        }),
    }
}

/// Four weeks of preparation and three days side by side before 2027-03-31: the latest day to begin is 2027-02-28, though 31 days are one
/// month. From 2027-03-01 all are late; from 2027-02-01 that month alone is left.
#[test]
fn a_month_that_begins_after_the_latest_day_is_too_late() {
    let mut rows: Vec<Row> = (0..4).map(|_| row("2027-03-31", 0, 100)).collect();
    rows.iter_mut().filter_map(|row| row.moves.as_mut()).for_each(|it| it.begin_by = day("2027-02-28"));
    let of = |from: &str| {
        let waves = waves(&rows, Some(day(from)), None).unwrap();
        (waves.late.len(), waves.deadlines[0].last_begin)
    };
    assert_eq!((of("2027-03-01"), of("2027-02-01")), ((4, 0), (0, 1)));
}

/// From 2026-12-01 the month of 2027-03-31 is the 4th and that of 2028-09-30 the 22nd. 10 of Enterprise in 4 months are 3 a month; the
/// other 18 have 18 months then: 1 a month. Costs of the first month: 25 × 100 old, 3 × 60 new, 3 × 100 twice.
#[test]
fn the_pace_is_the_lowest_with_which_all_are_in_time() {
    let rows: Vec<Row> = (0..28).map(|at| row(if at < 10 { "2027-03-31" } else { "2028-09-30" }, 0, 100)).collect();
    let waves = waves(&rows, None, None).unwrap();
    let ends: Vec<_> =
        waves.deadlines.iter().map(|end| (end.month, end.last_begin, end.deployments, end.per_month)).collect();
    assert_eq!(ends, [(4, 4, 10, 3), (22, 22, 18, 1)]);
    assert_eq!(waves.months.len(), 22);
    let begun: Vec<usize> = waves.months.iter().map(|month| month.begin.len()).take(6).collect();
    assert_eq!(begun, [3, 3, 3, 1, 1, 1]);
    assert!(waves.late.is_empty());
    let first = &waves.months[0];
    let paid = [&first.old, &first.new, &first.twice].map(|it| it.complete().unwrap());
    assert_eq!(paid, [Money::whole(2_500), Money::whole(180), Money::whole(300)]);
    let last = waves.months[21].total().complete();
    assert_eq!(last, Some(Money::whole(28 * 60 + 100)));
    assert_eq!(
        waves.words(),
        "28 deployments move: 3 a month to be done by 2027-03-31, then 1 a month to be done by 2028-09-30."
    );
}

/// The same with a month of preparation before both run: who has to be done in month 4 begins in month 3 at the latest, so 10 in 3 months
/// are 4 a month; the other 18 begin in months 4 to 21. In the first month the old caches alone are paid; in the second 4 run twice:
/// 24 × 100 old, 4 × 60 new, 4 × 100 twice. The last that begins in month 21 is done in month 22.
#[test]
fn the_preparation_comes_before_both_run() {
    let mut rows: Vec<Row> = (0..28).map(|at| row(if at < 10 { "2027-03-31" } else { "2028-09-30" }, 0, 100)).collect();
    rows.iter_mut().filter_map(|row| row.moves.as_mut()).for_each(|it| {
        (it.prepare, it.begin_by) = (1, it.last_day.minus_days(29 + 28));
    });
    let waves = waves(&rows, None, None).unwrap();
    let ends: Vec<_> =
        waves.deadlines.iter().map(|end| (end.month, end.last_begin, end.deployments, end.per_month)).collect();
    assert_eq!(ends, [(4, 3, 10, 4), (22, 21, 18, 1)]);
    assert!(waves.late.is_empty());
    let paid = |at: usize| {
        let month = &waves.months[at];
        [&month.old, &month.new, &month.twice].map(|it| it.complete().unwrap())
    };
    assert_eq!(paid(0), [2_800, 0, 0].map(Money::whole));
    assert_eq!(paid(1), [2_400, 240, 400].map(Money::whole));
    assert_eq!((waves.months.len(), waves.order[27].1), (22, 21));
    assert_eq!(paid(21), [0, 28 * 60, 100].map(Money::whole));
    let slow = super::waves::waves(&rows, None, Some(3)).unwrap();
    assert_eq!(slow.late, [9], "3 a month begin 9 by month 3");
}

/// 160 h of one person are 28 days, both run for 43 at most: 71 days are three months, of which two are side by side (M-18).
#[test]
fn a_move_has_the_preparation_of_its_path() {
    let catalog = crate::catalog::Catalog::bundled().unwrap();
    let of = |change: &dyn Fn(&mut crate::plan::Plan)| {
        let mut plan = crate::plan::Plan::default();
        change(&mut plan);
        let evaluation = crate::evaluate::evaluate(&plan, &catalog);
        let moves = Move::of(&plan, &evaluation, &catalog).unwrap();
        (moves.path, moves.prepare, moves.beside)
    };
    let pair = of(&|plan| plan.passive.exists = crate::plan::Confirmation::Confirmed);
    assert_eq!(pair, (PathKind::DualWrite, 1, 2));
}

/// Old nodes of 100 a month run on for the planned time, and not for a part of each month that it may reach into. By hand, of two months: a month
/// is 100 and 0, a month and a half 100 and 50, half a month 50 and 0.
#[test]
fn nodes_that_run_twice_are_paid_for_the_planned_time() {
    let paid = |twice: i64, planned: Decimal| {
        let mut rows = vec![row("2028-09-30", 0, 100)];
        rows.iter_mut().filter_map(|row| row.moves.as_mut()).for_each(|it| {
            (it.beside, it.planned, it.twice) = (2, planned, Total::exactly(Money::whole(twice)));
        });
        let waves = waves(&rows, None, None).unwrap();
        [0, 1, 2].map(|at| waves.months[at].twice.at_least())
    };
    assert_eq!(paid(100, Decimal::ONE), [100, 0, 0].map(Money::whole));
    assert_eq!(paid(50, Decimal::new(5, 1)), [50, 0, 0].map(Money::whole));
    let [first, second, third] = paid(150, Decimal::new(15, 1)).map(|it| it.as_decimal().round_dp(6));
    assert_eq!([first, second, third], [100, 50, 0].map(Decimal::from));
}

/// The later deadline sets the pace where it asks for more: 1 by month 4 and 40 by month 22 are 41 ÷ 22, 2 a month from the first on.
#[test]
fn a_later_deadline_may_set_the_pace_from_the_first_month_on() {
    let rows: Vec<Row> = (0..41).map(|at| row(if at == 0 { "2027-03-31" } else { "2028-09-30" }, 0, 100)).collect();
    let waves = waves(&rows, None, None).unwrap();
    assert_eq!(waves.deadlines.iter().map(|end| end.per_month).collect::<Vec<_>>(), [2, 2]);
}

/// The nearest end first, then the least at stake, then the lower cost.
#[test]
fn the_order_is_end_then_risk_then_cost() {
    let rows =
        vec![row("2028-09-30", 0, 10), row("2027-03-31", 2, 50), row("2027-03-31", 0, 90), row("2027-03-31", 2, 40)];
    let order: Vec<usize> = waves(&rows, None, Some(1)).unwrap().order.iter().map(|(at, _)| *at).collect();
    assert_eq!(order, [2, 3, 1, 0]);
}

/// From the day after a service has ended nobody is in time, and all begin at once; a pace that is too low makes the rest late.
#[test]
fn who_is_late_is_named() {
    let rows: Vec<Row> = (0..6).map(|_| row("2027-03-31", 0, 100)).collect();
    let late = waves(&rows, Some(day("2027-05-01")), None).unwrap();
    assert_eq!((late.late.len(), late.deadlines[0].last_begin, late.order[5].1), (6, 0, 1));
    let slow = waves(&rows, None, Some(1)).unwrap();
    assert_eq!(slow.late, [4, 5], "four months for six");
    assert!(slow.words().ends_with("; 2 of them too late."), "{}", slow.words());
    assert_eq!(waves(&[], None, None), None);
}

proptest! {
    /// Everybody moves once; nobody is late who need not be; the months add up to what each pays.
    #[test]
    fn everybody_moves_once_and_in_time(early in 0_usize..30, late in 0_usize..60, from in 0_u32..3) {
        let rows: Vec<Row> =
            (0..early + late).map(|at| row(if at < early { "2027-03-31" } else { "2028-09-30" }, 0, 100)).collect();
        let start = day("2026-12-01").plus_months(from);
        let Some(waves) = waves(&rows, Some(start), None) else { return Ok(()) };
        let mut all: Vec<usize> = waves.order.iter().map(|(at, _)| *at).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..early + late).collect::<Vec<_>>());
        prop_assert!(waves.late.is_empty());
        let begun: usize = waves.months.iter().map(|month| month.begin.len()).sum();
        prop_assert_eq!(begun, early + late);
    }
}
