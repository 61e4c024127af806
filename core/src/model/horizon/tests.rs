//! Months by hand, and laws.

mod premiums_end;
mod targets;
mod terms;
mod unpriced;

use super::*;
use crate::model::cost::{Bill, LineKind, bill};
use crate::model::testing::{Answers, CATALOG, even_regions, plain, sku};
use crate::units::UnitPrice;
use crate::words::misfit::sizes as named;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A steady plan that ends before Premium does, with every size given.
fn fixed(growth: f64, load_growth: f64) -> Plan {
    let mut plan = plain(3.0, 1_000.0);
    (plan.workload.growth_per_year, plan.workload.load_growth_per_year) =
        (Ratio::fraction(growth), Some(Ratio::fraction(load_growth)));
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
    (plan.rebuild.sku, plan.active.sku) = (sku("Balanced_B5"), sku("Balanced_B5"));
    plan.horizon.months = 20;
    plan
}

fn bill_of(topology: Topology, plan: &Plan) -> Bill {
    let answers = Answers::of(topology, plan);
    bill(&answers.case(topology, plan))
}

/// "8: P1 with 1 shard → P1 with 2 shards", one a step.
fn steps(path: &Path) -> Vec<String> {
    let said = |change: &Change| match change {
        Change::Scale { from, to, .. } => format!("{} → {}", named(from), named(to)),
        Change::NothingLarger { size } => format!("nothing after {}", named(size)),
        Change::TargetMissed { size, asked } => format!("{} misses {asked:?}", named(size)),
        Change::Renewal { .. } => "renewal".to_owned(),
        Change::Build { to, .. } => format!("{} is made", named(to)),
        Change::Resize { from, to, .. } => format!("{} becomes {}", named(from), named(to)),
        Change::Migration { from, to, last_month, .. } => {
            format!("{} ends with {last_month}, then {}", named(from), named(to))
        }
    };
    path.steps.iter().map(|step| format!("{}: {}", step.month, said(&step.change))).collect()
}

fn caches(path: &Path, month: usize) -> String {
    named(&sizes(&path.months[month - 1].caches, &CATALOG))
}

/// The tax filing with 60 % growth: P4 with 1 shard holds month 18 for $1 more than P1 with 8. That its copy may overrun an assumed
/// buffer decides nothing (F4); a copy that changes outrun does.
#[test]
fn a_pair_scales_only_to_sizes_that_can_be_linked() {
    let mut plan = crate::codec::from_json(include_str!("../../../../public/plans/tax-filing.json")).unwrap();
    plan.workload.growth_per_year = Ratio::percent(60.0);
    plan.workload.load_growth_per_year = None;
    let pair = &horizon(&plan, &CATALOG).paths[1];
    for step in &pair.steps {
        if let Change::Scale { relink: Some(sync), to, .. } = &step.change {
            let looping = sync.never_complete(Topology::Passive);
            assert!(!looping || pair.unsynced == Some(step.month), "month {}: {to:?}", step.month);
        }
    }
    let last = steps(pair).pop();
    assert_eq!((last.as_deref(), pair.unsynced), (Some("18: P1 with 8 shards → P3 with 2 shards"), None));
    // A rate that no size of the catalogue has shards enough for: flagged, not hidden.
    plan.assumptions.sync_rate = crate::units::Range::exactly(crate::units::BytesPerSec::bytes_per_s(1_000.0));
    let pair = &horizon(&plan, &CATALOG).paths[1];
    assert!(pair.unsynced == Some(1) && !pair.months.is_empty());
}

/// 3 GB growing 50 % a year. P1: 6 GB × 0.8 usable × 0.8 fill = 3.84 GB, passed after 12·ln 1.28 ÷ ln 1.5 = 7.3 months. B5:
/// 6 GB × 0.8 × 0.75 = 3.6 GB, passed after 12·ln 1.2 ÷ ln 1.5 = 5.4 months; a plain member holds as much as a rebuild.
#[test]
fn memory_is_outgrown_in_the_month_worked_out_by_hand() {
    let horizon = horizon(&fixed(0.5, 0.0), &CATALOG);
    let seen = Topology::ALL.map(|topology| steps(horizon.of(topology)).join("; "));
    let expected = ["6: B5 → M10", "8: P1 with 1 shard → P1 with 2 shards", "6: B5 → M10"];
    assert_eq!(seen, expected);
    let reason = "B5 may hold 3.6 GB (75 % of 4.8 GB usable); the data needs 3.67 GB.";
    let said: Vec<String> =
        horizon.of(Topology::Rebuild).steps[0].reasons.iter().map(|it| it.words().replace('\u{a0}', " ")).collect();
    assert_eq!(said, [reason]);
}

/// Everything is at the load of the month's beginning, and the month of the step is billed at the new size.
#[test]
fn a_month_is_the_bill_at_its_load() {
    let plan = fixed(0.5, 0.5);
    let path = horizon(&plan, &CATALOG).of(Topology::Passive).clone();
    let mut then = plan.clone();
    then.workload.dataset = path.months[12].data;
    then.workload.writes = path.months[12].writes;
    assert!(
        (path.months[12].data.as_gb() - 4.5).abs() < 1e-9 && (then.workload.writes.as_per_s() - 1_500.0).abs() < 1e-9
    );
    then.passive.shards = Some(path.months[12].caches[0].shards);
    then.passive.sku = Some(path.months[12].caches[0].sku.clone());
    assert_eq!(path.months[12].bill, bill_of(Topology::Passive, &then).total);
    assert_eq!(path.months[0].bill, bill_of(Topology::Passive, &plan).total);
}

/// Linking a pair anew copies the data once: 3 GB × 1.5^(7 ÷ 12) from East US to North Europe, at the dearer list. People take the hours of
/// a drill, 4 in a new plan: in no cost without a rate, and 4 × $90 = $360 with one.
#[test]
fn a_pairs_step_costs_a_full_copy_once() {
    let mut plan = fixed(0.5, 0.0);
    let path = horizon(&plan, &CATALOG).of(Topology::Passive).clone();
    let step = &path.steps[0];
    let [line, people] = &step.once[..] else { panic!("a copy, and hours of people") };
    assert_eq!((people.quantity, people.amount), (Decimal::from(4), None));
    let gb = 3.0 * libm::pow(1.5, 7.0 / 12.0);
    assert_eq!(line.quantity, Decimal::try_from(gb).unwrap().round_dp(6));
    let month = &path.months[7];
    assert_eq!((month.number, month.once.complete()), (8, line.amount));
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    let priced = horizon(&plan, &CATALOG).of(Topology::Passive).months[7].once.complete();
    assert_eq!(priced.zip(line.amount).map(|(all, copy)| all - copy), Some(Money::whole(360)));
    let Change::Scale { before, after, relink: Some(relink), .. } = &step.change else { panic!("a scale") };
    assert!(before.complete() < after.complete() && (relink.total_bytes.as_gb() - gb).abs() < 1e-9);
}

/// B5 serves 230,000/s published (D9), so 115,000 planned; 5,000 operations a second that grow tenfold in a year pass it
/// after 12·log 23 = 16.3 months.
#[test]
fn throughput_is_outgrown_too() {
    let mut plan = fixed(0.0, 9.0);
    plan.workload.reads = Some(OpsPerSec::per_s(4_000.0));
    let horizon = horizon(&plan, &CATALOG);
    let step = &horizon.of(Topology::Rebuild).steps[0];
    let reason = "B5 may be planned with 115,000/s (50\u{a0}% of the published figure); the peak with a region down is 130,508/s.";
    let reasons: Vec<String> = step.reasons.iter().map(Misfit::words).collect();
    assert_eq!((step.month, reasons.as_slice()), (17, [reason.to_owned()].as_slice()));
}

/// The largest pair may hold 120 GB × 30 × 0.8 × 0.8 = 2,304 GB; 1,200 GB that double in a year pass it after 11.3 months.
#[test]
fn nothing_larger_is_said_once_and_the_size_stays() {
    let mut plan = fixed(1.0, 0.0);
    plan.workload.dataset = Bytes::gb(1_200.0);
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P5"), Some(30));
    let horizon = horizon(&plan, &CATALOG);
    let path = horizon.of(Topology::Passive);
    assert_eq!(steps(path), ["12: nothing after P5 with 30 shards"]);
    assert_eq!((path.months.len(), caches(path, 20).as_str()), (20, "P5 with 30 shards"));
}

#[test]
fn a_size_that_does_not_fit_today_stands_as_given() {
    let mut plan = fixed(0.5, 0.0);
    plan.workload.dataset = Bytes::gb(30.0);
    let horizon = horizon(&plan, &CATALOG);
    for path in &horizon.paths {
        assert!(!path.lacks.is_empty() && path.steps.is_empty() && path.months.len() == 20, "{:?}", path.topology);
    }
}

/// Terms of a year end after months 12 and 24; the pair's third is paid to month 36 and the pair ends with month 22.
#[test]
fn prepaid_terms_are_renewed_and_what_is_left_is_said() {
    let mut plan = fixed(0.0, 0.0);
    plan.horizon.months = 36;
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    let horizon = horizon(&plan, &CATALOG);
    assert_eq!(steps(horizon.of(Topology::Active)), ["13: renewal", "25: renewal"]);
    let pair = horizon.of(Topology::Passive);
    assert_eq!(steps(pair), ["13: renewal", "22: P1 with 1 shard ends with 22, then B5", "34: renewal"]);
    let Change::Migration { prepaid_left: Some((months, paid)), .. } = &pair.steps[1].change else { panic!("a move") };
    assert_eq!((*months, *paid), (2, pair.months[0].prepaid * Decimal::TWO));
    // D6, retirement-faq.yml of 2025-10-02: "you can cancel or exchange your existing reservation earlier than that date".
    assert_eq!(
        pair.months[21].once.complete(),
        Some(Money::ZERO),
        "exchanged; people have no price and the group's copies are absorbed"
    );
}

/// B5 is outgrown on the way, and its term is exchanged then: the new one ends a year later, and the rest of the old one is named.
#[test]
fn a_step_exchanges_the_term_and_begins_a_new_one() {
    let mut plan = fixed(0.8, 0.0);
    plan.horizon.months = 36;
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    let horizon = horizon(&plan, &CATALOG);
    let group = horizon.of(Topology::Active);
    let scaled: Vec<u32> =
        group.steps.iter().filter(|it| matches!(it.change, Change::Scale { .. })).map(|it| it.month).collect();
    let renewed: Vec<u32> =
        group.steps.iter().filter(|it| matches!(it.change, Change::Renewal { .. })).map(|it| it.month).collect();
    let first = *scaled.first().expect("a step");
    assert!((2..=12).contains(&first), "{scaled:?}");
    // Twelve months after a step where no other comes first, and never twelve after the start.
    let due = |at: &u32| {
        let next = scaled.iter().copied().find(|it| it > at).unwrap_or(u32::MAX);
        (1..=3).map(|run| at + 12 * run).take_while(|month| *month <= next.min(36)).collect::<Vec<_>>()
    };
    assert_eq!(renewed, scaled.iter().flat_map(due).collect::<Vec<_>>(), "{scaled:?}");
    let costs = horizon.costs([None; 3]);
    let rest = costs.of(Topology::Active).exchanged[0];
    assert_eq!((rest.month, rest.left), (first, 13 - first));
    assert_eq!(rest.worth, group.months[0].prepaid * Decimal::from(13 - first));
}

/// Half the hours prepaid are half of what is left; pay as you go, the month costs what a plan without a term costs.
#[test]
fn only_what_is_prepaid_is_renewed_or_left() {
    let mut plan = fixed(0.0, 0.0);
    plan.horizon.months = 36;
    let open = horizon(&plan, &CATALOG);
    let whole = bill_of(Topology::Active, &plan).total;
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    let left = |coverage: i64| {
        let mut plan = plan.clone();
        plan.pricing.reservation_coverage = Decimal::new(coverage, 2);
        let horizon = horizon(&plan, &CATALOG);
        let moved = horizon.of(Topology::Passive).steps.iter().find_map(|step| match &step.change {
            Change::Migration { prepaid_left, .. } => *prepaid_left,
            _ => None,
        });
        (moved.map(|(_, paid)| paid), horizon.of(Topology::Active).steps.clone())
    };
    let (all, steps_of_all) = left(100);
    assert_eq!(left(50).0.map(|half| half * Decimal::TWO), all);
    let Change::Renewal { renewed, otherwise, .. } = &steps_of_all[0].change else { panic!("a renewal") };
    assert!(renewed.complete() < otherwise.complete() && *otherwise == whole);
    let (none, steps_of_none) = left(0);
    assert!(none.is_none() && steps_of_none == open.of(Topology::Active).steps);
}

/// By hand: 100 a month against 10 once and 90 a month, from the second month on, cross at the end of month 3 … no sooner.
#[test]
fn the_crossing_is_the_first_month_of_the_new_order() {
    let mut plan = fixed(0.0, 0.0);
    plan.horizon.months = 24;
    let mut paths = horizon(&plan, &CATALOG).paths;
    let spent = [[50_i64, 150, 250, 350], [60, 140, 250, 360], [70, 170, 270, 370]];
    for (path, spent) in paths.iter_mut().zip(spent) {
        path.months.truncate(4);
        path.months
            .iter_mut()
            .zip(spent)
            .for_each(|(month, spent)| month.cumulative = Total::exactly(Money::whole(spent)));
    }
    let said = crossing::crossings(&paths).into_iter().map(|it| (it.month, it.passes, it.passed, it.at));
    let [rebuild, passive, _] = Topology::ALL;
    let money = |a, b| [a, b].map(|amount| Total::exactly(Money::whole(amount)));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [(2, rebuild, passive, money(150, 140)), (4, passive, rebuild, money(360, 350))]
    );
}

#[test]
fn a_plan_without_a_second_region_has_one_path() {
    let mut plan = fixed(0.5, 0.0);
    plan.regions = even_regions(&["eastus"]);
    let lengths = horizon(&plan, &CATALOG).paths.map(|path| (path.months.len(), path.stops.is_some()));
    assert_eq!(lengths, [(20, false), (0, true), (0, true)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Cumulative cost is the sum, months follow each other, and the years add up to the total.
    #[test]
    fn cumulative_is_the_sum(growth in -0.9..3.0_f64, load in -0.9..3.0_f64, gb in 0.1..300.0_f64, months in 1..60_u32) {
        let mut plan = Plan::default();
        plan.workload.dataset = Bytes::gb(gb);
        (plan.workload.growth_per_year, plan.workload.load_growth_per_year) = (Ratio::fraction(growth), Some(Ratio::fraction(load)));
        plan.horizon.months = months;
        for path in horizon(&plan, &CATALOG).paths {
            let mut sum = Total::default();
            for (index, month) in path.months.iter().enumerate() {
                sum += &month.cost();
                prop_assert_eq!((month.number as usize, &month.cumulative), (index + 1, &sum));
                prop_assert_eq!(month.starts, plan.horizon.start.plus_months(month.number - 1));
            }
            prop_assert_eq!(path.years().into_iter().sum::<Total>(), path.total());
            prop_assert!(path.months.len() == months as usize || path.stops.is_some());
            prop_assert!(path.steps.windows(2).all(|pair| pair[0].month <= pair[1].month));
        }
    }

    /// Without growth and without an end of the service, the horizon is months × the bill.
    #[test]
    fn without_growth_every_month_is_the_bill(gb in 0.1..300.0_f64, writes in 1.0..20_000.0_f64, months in 1..22_u32) {
        let mut plan = Plan::default();
        (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(gb), OpsPerSec::per_s(writes));
        (plan.workload.growth_per_year, plan.horizon.months) = (Ratio::ZERO, months);
        for path in horizon(&plan, &CATALOG).paths {
            prop_assert_eq!(path.total().at_least(), bill_of(path.topology, &plan).total.at_least() * Decimal::from(months));
        }
    }

    /// Faster growth never costs less where the sizes are derived.
    #[test]
    fn the_total_rises_with_growth(gb in 1.0..60.0_f64, writes in 1.0..5_000.0_f64, growth in 0.0..0.8_f64, more in 0.0..0.8_f64) {
        let total = |growth: f64| {
            let mut plan = Plan::default();
            (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(gb), OpsPerSec::per_s(writes));
            plan.workload.growth_per_year = Ratio::fraction(growth);
            plan.horizon.months = 18;
            horizon(&plan, &CATALOG).paths.map(|path| path.months.iter().map(|month| month.bill.at_least()).sum::<Money>())
        };
        let (slow, fast) = (total(growth), total(growth + more));
        prop_assert!(slow.iter().zip(&fast).all(|(slow, fast)| slow <= fast), "{:?} {:?}", slow, fast);
    }
}

/// M-10: nodes of what runs × 730 h at the catalogue's price: one of Basic, two of Standard, Premium and Enterprise, three of flash (S30).
#[test]
fn a_month_of_what_runs_today_is_that_of_its_nodes() {
    let catalog = &*CATALOG;
    let region = crate::catalog::RegionId::new("westeurope");
    for (size, caches, nodes) in [
        ("Basic_C1", 1, 1),
        ("Standard_C1", 1, 2),
        ("Premium_P1", 3, 6),
        ("Enterprise_E10", 2, 4),
        ("EnterpriseFlash_F300", 1, 3),
    ] {
        let mut plan = Plan::default();
        plan.regions = vec![crate::plan::RegionShare::new("westeurope", 1.0, 1.0)];
        (plan.today.sku, plan.today.caches) = (sku(size), caches);
        let hour = catalog.node_amount(&sku(size).unwrap(), &region).unwrap().as_decimal();
        let month = month_of_today(&plan, catalog).unwrap().complete().unwrap();
        assert_eq!(month.as_decimal(), hour * Decimal::from(nodes * 730), "{size}");
        plan.today.month = Some(Money::whole(9));
        assert_eq!(month_of_today(&plan, catalog), Some(Total::exactly(Money::whole(9))));
    }
    // A lone cluster without high availability has one node, as its design.
    let mut plan = Plan::default();
    plan.regions = vec![crate::plan::RegionShare::new("westeurope", 1.0, 1.0)];
    (plan.today.sku, plan.rebuild.sku) = (sku("Balanced_B3"), sku("Balanced_B3"));
    let hour = catalog.node_amount(&sku("Balanced_B3").unwrap(), &region).unwrap().as_decimal();
    for (has_second, nodes) in [(true, 2), (false, 1)] {
        plan.rebuild.high_availability = has_second;
        let month = month_of_today(&plan, catalog).unwrap().complete().unwrap();
        assert_eq!(month.as_decimal(), hour * Decimal::from(nodes * 730), "{has_second}");
    }
    assert_eq!(month_of_today(&Plan::default(), catalog), None);
}
