//! A sum that lacks a price is a lower bound: it is never ranked, and is printed with "≥" and with what it lacks. On plans made at
//! random, of which a good part is in the regions whose prices [`dr_tests::GAPPY`] leaves out; and one plan in words, from the sentence to the exports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::evaluate::evaluate;
use dr_core::explore::bill_bands::bands_of_all;
use dr_core::explore::break_even::{By, Cell, CellCost, Grid};
use dr_core::model::Topology;
use dr_core::model::cost::Total;
use dr_core::model::horizon::horizon;
use dr_core::model::verdict::{Caveat, Figure, Objective};
use dr_core::plan::{Plan, RegionShare};
use dr_core::portfolio::{Entry, Query, Row, SortBy, cells, shares, totals, view};
use dr_core::report::bill_text::{self, banded};
use dr_core::report::chart::{bill_chart, break_even_chart, by_year, horizon_chart};
use dr_core::report::decision::decision_record;
use dr_core::report::explain::explain;
use dr_core::report::focus::{self, Stamp};
use dr_core::report::horizon::remarks;
use dr_core::report::verdict;
use dr_core::units::Money;
use dr_core::words::bill::not_applied;
use dr_tests::GAPPY as CATALOG;
use dr_tests::any_plan::plans;
use proptest::prelude::*;
use std::sync::Arc;

fn lacks_nothing(total: &Total) -> bool {
    total.complete().is_some()
}

/// What is printed of a sum: with "≥" and a name where it lacks a price, as no month where it lacks all, without any of them where it lacks none.
fn says_what_it_is(total: &Total, printed: &str) -> Result<(), TestCaseError> {
    let Some(missing) = total.missing().first() else {
        prop_assert!(!["≥", "no price", "no month"].iter().any(|word| printed.contains(word)), "{printed}");
        return Ok(());
    };
    let mark = if total.at_least() == Money::ZERO && printed.starts_with("no month") { "no month" } else { "≥" };
    prop_assert!(printed.contains(mark) && printed.contains(&missing.what()), "{} in {printed}", missing.what());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A choice among several, and a budget that is met, stand on complete sums; a budget that a lower bound misses is missed.
    #[test]
    fn only_complete_sums_are_ranked_or_meet_a_budget(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        for topology in Topology::ALL {
            let answer = evaluation.of(topology);
            let verdict = answer.verdicts.iter().find(|it| it.objective == Objective::Cost).unwrap();
            if answer.design.possible {
                prop_assert_eq!(matches!(verdict.figure, Figure::AtLeast(_)), !lacks_nothing(&answer.bill.total));
            }
            if verdict.met == Some(true) {
                prop_assert!(lacks_nothing(&answer.bill.total));
            }
            if let (Figure::AtLeast(least), Some(Figure::Money(most)), Some(false)) = (verdict.figure, verdict.target, verdict.met) {
                // What is known of a later month may pass it too.
                let later = verdict.caveats.iter().any(|it| matches!(it, Caveat::OverLater { dearest, .. } if *dearest > most));
                prop_assert!(least > most || later);
            }
        }
        if let Some(choice) = evaluation.comparison.choice {
            let total = &evaluation.of(choice).bill.total;
            // One that lacks a price stands alone, without a budget to meet.
            prop_assert!(lacks_nothing(total) || plan.objectives_in(CATALOG.currency()).budget.is_none());
            prop_assert!(evaluation.comparison.missing.is_empty());
        }
        let cell = Cell::from(&evaluation);
        for by in [By::Cost, By::Replica] {
            if let Some(winner) = cell.winner(by) {
                prop_assert!(cell.cost(winner).complete().is_some(), "{:?}", cell);
            }
        }
    }

    /// Cards, titles, bills and portfolios print a lower bound as one and name what it lacks.
    #[test]
    fn every_printed_sum_says_what_it_is(plan in plans()) {
        let evaluation = evaluate(&plan, &CATALOG);
        for (topology, bill) in evaluation.bills() {
            if bill.lines.is_empty() || !evaluation.of(topology).design.possible {
                continue;
            }
            says_what_it_is(&bill.total, &bill.total.words(bill.currency))?;
            says_what_it_is(&bill.total, &explain(Objective::Cost, topology, &plan, &CATALOG, &evaluation).title)?;
            let text = bill_text::document("", &[(topology, bill, None)]).plain();
            let total = text.lines().find(|line| line.trim_start().starts_with("Total")).unwrap();
            prop_assert_eq!(total.contains('≥'), !lacks_nothing(&bill.total), "{}", total);
            let entry = Entry { tags: Vec::new(), topology: Some(topology), plan: plan.clone() };
            let row = Row::of(&Arc::new(entry), &CATALOG);
            says_what_it_is(&bill.total, &cells(&row, bill.currency)[3])?;
            prop_assert_eq!(totals([&row]).says(bill.currency).contains('≥'), !lacks_nothing(&bill.total));
        }
        let sentence = verdict::plain(&evaluation.comparison);
        if let Some(missing) = evaluation.comparison.missing.first() {
            prop_assert!(sentence.starts_with("No cost verdict yet") && sentence.contains(&missing.what()), "{}", sentence);
        }
        if let Some(chart) = bill_chart(&plan, &evaluation) {
            let says: String = chart.says.iter().map(|span| span.text.as_str()).collect();
            if says.contains(" is the cheapest") {
                let named = Topology::ALL.into_iter().find(|it| says.starts_with(&format!("The {} ", it.name().to_ascii_lowercase())));
                prop_assert!(lacks_nothing(&evaluation.of(named.unwrap()).bill.total), "{}", says);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Months ahead: a path that costs least has a complete sum, and every other cell is marked.
    #[test]
    fn months_ahead_rank_complete_sums_alone(plan in plans()) {
        let mut plan = plan;
        plan.horizon.months = plan.horizon.months.clamp(1, 14);
        let months = horizon(&plan, &CATALOG);
        let Some(chart) = horizon_chart(&months, &CATALOG) else { return Ok(()) };
        let says: String = chart.says.iter().map(|span| span.text.as_str()).collect();
        for path in &months.paths {
            let named = format!("the {} costs least", path.topology.name().to_ascii_lowercase());
            prop_assert!(!says.contains(&named) || lacks_nothing(&path.total()), "{}", says);
        }
        let years = by_year(&months);
        for (at, path) in months.paths.iter().enumerate() {
            let whole = years.rows.last().unwrap()[at + 1].clone();
            prop_assert_eq!(whole.contains('≥'), !lacks_nothing(&path.total()), "{}", whole);
            if let Some(missing) = path.total().missing().first() {
                prop_assert!(remarks(&months).iter().any(|remark| remark.contains(&missing.what())), "{}", missing.what());
            }
        }
    }
}

/// The default plan in West Europe, here without a price of any node, and North Europe.
fn west_europe() -> Plan {
    let regions = ["westeurope", "northeurope"].map(|name| RegionShare::new(name, 0.5, 0.5));
    Plan { regions: regions.into(), ..Plan::default() }
}

fn plain(spans: &[dr_core::report::Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Page 0.2, 0.3, 0.4: one figure, the same face everywhere.
#[test]
fn west_europe_in_every_view() {
    let plan = west_europe();
    let evaluation = evaluate(&plan, &CATALOG);
    let mut said = vec![format!("verdict: {}", verdict::plain(&evaluation.comparison))];
    for topology in Topology::ALL {
        said.push(explain(Objective::Cost, topology, &plan, &CATALOG, &evaluation).title);
    }
    said.push(format!("bars: {}", plain(&bill_chart(&plan, &evaluation).unwrap().says)));
    let months = horizon(&plan, &CATALOG);
    said.push(format!("months: {}", plain(&horizon_chart(&months, &CATALOG).unwrap().says)));
    said.push(format!("years: {}", by_year(&months).rows.last().unwrap().join(" | ")));
    said.extend(remarks(&months));
    let mut grid = Grid::new(&plan);
    grid.advance(&CATALOG, usize::MAX);
    let map = break_even_chart(&grid, &[], CATALOG.currency());
    said.push(format!("map: {}", plain(&map.says)));
    let record = decision_record(&plan, &CATALOG, &evaluation);
    said.extend(record.lines().filter(|line| line.starts_with("| Cost a month")).map(str::to_owned));
    let bands = bands_of_all(&plan, &CATALOG);
    for bill in banded(&evaluation, &bands) {
        let text = bill_text::document("", &[bill]).plain();
        said.extend(text.lines().filter(|line| line.contains('≥')).map(str::to_owned));
        said.push(bill_text::csv(bill).lines().nth(1).unwrap().to_owned());
    }
    let row = Row::of(&Arc::new(Entry { tags: Vec::new(), topology: None, plan: plan.clone() }), &CATALOG);
    said.push(cells(&row, CATALOG.currency()).join(" | "));
    said.push(totals([&row]).says(CATALOG.currency()));
    let stamp = Stamp { date: CATALOG.as_of(), tags: &[], version: "1" };
    said.push(format!("focus: {}", focus::file(&plan, &CATALOG, &evaluation, None, &stamp).unwrap_err()));
    let (_, file) = focus::file(&plan, &CATALOG, &evaluation, Some(Topology::Active), &stamp).unwrap();
    said.extend(file.left_out_note());
    assert!(file.rows.iter().all(|row| row.missing_prices.is_some()), "every row of FOCUS carries it");
    insta::assert_snapshot!(said.join("\n").replace('\u{a0}', " "));
}

/// The map tells what has no price from what does not fit, in colour, letter and word.
#[test]
fn the_map_has_a_colour_for_each() {
    use dr_core::report::chart::{HeatCell, Plot};
    let mut plan = west_europe();
    plan.workload.dataset = dr_core::units::Bytes::gb(600.0);
    let map = break_even_chart(&Grid::whole(&plan, &CATALOG), &[], CATALOG.currency());
    let Plot::Heat(heat) = &map.plot else { panic!("a map") };
    let named =
        |word: &str| heat.legend.iter().find(|(_, text)| text.contains(word)).map(|(cell, _)| cell.clone()).unwrap();
    let (open, small) = (named("no price"), named("does not fit"));
    let look = |cell: &HeatCell| (cell.ink, cell.letter);
    assert!(open.ink != small.ink && open.letter != small.letter);
    let count = |key: &HeatCell| heat.cells.iter().filter(|cell| look(cell) == look(key)).count();
    assert!(count(&open) > 0 && count(&small) > 0, "{} {}", count(&open), count(&small));
    for cell in &heat.cells {
        assert!(look(cell) != look(&open) || cell.says.contains("no price"), "{}", cell.says);
        assert!(look(cell) != look(&small) || cell.says.contains("does not fit"), "{}", cell.says);
    }
}

/// An own price of each missing node makes the sum complete, and the verdict follows.
#[test]
fn the_price_that_is_asked_for_is_the_one_that_is_missing() {
    let mut plan = west_europe();
    for _ in 0..4 {
        let missing = evaluate(&plan, &CATALOG).missing_nodes();
        plan.pricing.overrides.extend(missing.into_iter().map(|node| dr_core::plan::PriceOverride {
            sku: node.sku,
            region: node.place.region,
            per_node_hour: dr_core::units::UnitPrice::new("0.7".parse().unwrap()),
        }));
    }
    let evaluation = evaluate(&plan, &CATALOG);
    assert!(evaluation.bills().iter().all(|(_, bill)| lacks_nothing(&bill.total)), "{:?}", evaluation.missing_nodes());
    assert!(evaluation.comparison.missing.is_empty() && !verdict::plain(&evaluation.comparison).contains("no price"));
}

/// Complete months come first in either direction, then lower bounds by what is known of them.
#[test]
fn a_portfolio_sorts_what_lacks_a_price_after_what_does_not() {
    let entry = |plan: Plan| Arc::new(Entry { tags: Vec::new(), topology: Some(Topology::Active), plan });
    let rows = [west_europe(), Plan::default()].map(|plan| Row::of(&entry(plan), &CATALOG));
    assert!(rows[0].known() < rows[1].known(), "what is known of it is less");
    for order in [dr_core::portfolio::Order::Rising, dr_core::portfolio::Order::Falling] {
        for sort in [SortBy::Monthly, SortBy::List] {
            assert_eq!(view(&rows, &Query { sort, order, ..Query::default() }), [1, 0], "{sort:?} {order:?}");
        }
    }
    let tagged = rows.into_iter().zip(["open", "whole"]).map(|(row, team)| {
        let tags = vec![("team".to_owned(), team.to_owned())];
        Row { entry: Arc::new(Entry { tags, ..(*row.entry).clone() }), ..row }
    });
    let rows: Vec<Row> = tagged.collect();
    let parts: Vec<_> = shares(&rows, "team").into_iter().map(|part| (part.value.unwrap(), part.incomplete)).collect();
    assert_eq!(parts, [("whole".to_owned(), 0), ("open".to_owned(), 1)]);
    let sum = totals(&rows);
    assert_eq!((sum.incomplete, sum.monthly), (1, rows[0].known() + rows[1].known()));
}

/// Trust E4: no file without a bill, and one sentence for page and terminal.
#[test]
fn there_is_no_focus_file_without_a_bill() {
    let mut plan = Plan::default();
    plan.regions.clear();
    let evaluation = evaluate(&plan, &CATALOG);
    let stamp = Stamp { date: CATALOG.as_of(), tags: &[], version: "1" };
    let refused = |plan: &Plan, topology| {
        focus::file(plan, &CATALOG, &evaluate(plan, &CATALOG), topology, &stamp).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(evaluation.comparison.recommended(), None);
    assert_eq!(refused(&plan, None), "No topology is possible for this plan: there is no bill to write.");
    let mut plan = Plan::default();
    plan.remove_region(1);
    let said = refused(&plan, Some(Topology::Passive));
    assert!(said.starts_with("The passive pair is not possible for this plan: there is no bill to write. "), "{said}");
}

/// Page 0.8: M50 in East US, $1,258.52 at list (0.862 × 1,460 h), 55 % off for three years; 12 % negotiated that a reservation does not get.
#[test]
fn a_discount_that_does_not_apply_says_so() {
    let mut plan = Plan { regions: vec![RegionShare::new("eastus", 1.0, 1.0)], ..Plan::default() };
    plan.rebuild.sku = Some(dr_core::catalog::SkuId::new("MemoryOptimized_M50"));
    plan.pricing.discount = "0.12".parse().unwrap();
    plan.pricing.reservation = Some(dr_core::plan::ReservationTerm::ThreeYears);
    let evaluation = evaluate(&plan, &CATALOG);
    let line = &evaluation.rebuild.bill.lines[0];
    let cents = |amount: Option<Money>| amount.unwrap().to_cents().to_string();
    assert_eq!((cents(line.list_cost), cents(line.amount)), ("1258.52".to_owned(), "566.33".to_owned()));
    let says = "12\u{a0}% discount does not apply to reserved nodes: assumption";
    assert!(line.formula().contains(says), "{}", line.formula());
    let finding =
        evaluation.findings.iter().find(|it| it.id == "PLAN-DISCOUNT" && it.topology == Topology::Rebuild).unwrap();
    assert_eq!((finding.field.as_str(), finding.sentence.clone()), ("pricing.discount", format!("The {says}.")));
    assert_eq!(evaluation.discount_not_applied(&plan).map(not_applied), Some(format!("The {says}.")));
    let record = decision_record(&plan, &CATALOG, &evaluation);
    assert!(record.contains("discount does not apply to reserved nodes"), "{record}");
    plan.pricing.reservation = None;
    assert_eq!(evaluate(&plan, &CATALOG).discount_not_applied(&plan), None, "pay as you go gets it");
}

/// What the finding above advises: 0.862 less 12 % is 0.75856. Reserved for three years at $10,194 ÷ 0.862 it is $8,970.72, which is 12 % below
/// $566.33 a month; paid as used 1,460 h × 0.75856, and $719.78 at the 0.493 that were negotiated.
#[test]
fn an_own_price_has_its_discount_and_keeps_its_reservation() {
    let mut plan = Plan { regions: vec![RegionShare::new("eastus", 1.0, 1.0)], ..Plan::default() };
    plan.rebuild.sku = Some(dr_core::catalog::SkuId::new("MemoryOptimized_M50"));
    plan.pricing.discount = "0.12".parse().unwrap();
    let month = |plan: &Plan| {
        let evaluation = evaluate(plan, &CATALOG);
        assert_eq!(evaluation.discount_not_applied(plan), None);
        let of_rebuild = |it: &dr_core::rules::Finding| it.id == "PLAN-DISCOUNT" && it.topology == Topology::Rebuild;
        assert!(!evaluation.findings.iter().any(of_rebuild));
        evaluation.rebuild.bill.lines[0].amount.unwrap().to_cents().to_string()
    };
    let cases = [("0.75856", true, "498.37"), ("0.75856", false, "1107.50"), ("0.493", false, "719.78")];
    for (price, reserved, amount) in cases {
        plan.pricing.reservation = reserved.then_some(dr_core::plan::ReservationTerm::ThreeYears);
        plan.pricing.overrides = vec![dr_core::plan::PriceOverride {
            sku: dr_core::catalog::SkuId::new("MemoryOptimized_M50"),
            region: dr_core::catalog::RegionId::new("eastus"),
            per_node_hour: dr_core::units::UnitPrice::new(price.parse().unwrap()),
        }];
        assert_eq!(month(&plan), amount, "{price}");
    }
}

/// A cell is a sum or a lack of room, never an amount that is neither.
#[test]
fn a_cell_that_does_not_fit_has_no_sum() {
    let mut plan = west_europe();
    plan.workload.dataset = dr_core::units::Bytes::tb(500.0);
    assert!(Cell::of(&plan, &CATALOG).costs.iter().all(|cost| *cost == CellCost::DoesNotFit));
}
