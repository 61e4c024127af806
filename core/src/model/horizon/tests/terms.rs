//! What is left of a prepaid term, by hand.

use super::*;

/// Z10: of the rest of a pair's term as much is exchanged as the new term is worth, and up to $50,000 are refunded. By hand: three years of two
/// P4 × 2 shards leave 36 − 22 = 14 months; 36 months of a group of B5 take a part, so all above that and $50,000 is lost. A group of X500
/// takes it.
#[test]
fn the_rest_of_a_pair_that_no_term_takes_is_refunded_up_to_the_limit() {
    let mut plan = fixed(0.0, 0.0);
    plan.horizon.months = 36;
    plan.pricing.reservation = Some(ReservationTerm::ThreeYears);
    (plan.passive.sku, plan.passive.shards) = (sku("Premium_P4"), Some(2));
    let small = horizon(&plan, &CATALOG);
    let rest = small.of(Topology::Passive).months[0].prepaid * Decimal::from(14);
    let worth = small.of(Topology::Active).months[0].prepaid * Decimal::from(36);
    let lost = rest - worth - Money::whole(50_000);
    assert!(worth > Money::ZERO && lost > Money::ZERO, "{rest:?} {worth:?}");
    assert_eq!(small.of(Topology::Passive).months[21].once.complete(), Some(lost));
    let costs = small.costs([None; 3]);
    let said = costs.of(Topology::Passive).exchanged[0];
    assert_eq!((said.month, said.left, said.worth, said.lost), (23, 14, rest, lost));
    plan.active.sku = sku("ComputeOptimized_X500");
    let large = horizon(&plan, &CATALOG).costs([None; 3]);
    assert_eq!(large.of(Topology::Passive).exchanged[0].lost, Money::ZERO);
}

/// A group beside the pair from month 1 to 22 is outgrown in between: what is left of the term then is the group's own, and no part of it the
/// pair's P3. By hand: a year bought in month 1 and exchanged in month k leaves 13 − k months.
#[test]
fn a_step_beside_the_pair_exchanges_the_term_of_the_group_alone() {
    let mut plan = fixed(0.8, 0.0);
    plan.passive.sku = sku("Premium_P3");
    (plan.horizon.months, plan.horizon.parallel_months) = (36, 22);
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    let horizon = horizon(&plan, &CATALOG);
    let group = horizon.of(Topology::Active);
    let scaled = group.steps.iter().find(|it| matches!(it.change, Change::Scale { .. })).expect("B5 is outgrown");
    let costs = horizon.costs([None; 3]);
    let rest = costs.of(Topology::Passive).exchanged.iter().find(|it| it.month == scaled.month).expect("a rest");
    let left = 13 - scaled.month;
    assert_eq!((rest.left, rest.worth), (left, group.months[0].prepaid * Decimal::from(left)));
}
