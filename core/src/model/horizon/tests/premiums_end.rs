//! The last day of Premium splits the months of a pair from those of what follows it.

use super::*;

/// Premium's last day is 2028-09-30 (D6): month 22 of a plan that starts on 2026-12-01.
#[test]
fn a_pair_becomes_a_group_at_premiums_end() {
    let mut plan = fixed(0.0, 0.0);
    (plan.horizon.months, plan.horizon.parallel_months) = (36, 2);
    let horizon = horizon(&plan, &CATALOG);
    assert_eq!(
        horizon.retirement.as_ref().map(|ends| (ends.date.to_string(), ends.month)),
        Some(("2028-09-30".to_owned(), 22))
    );
    let (pair, group) = (horizon.of(Topology::Passive), horizon.of(Topology::Active));
    let seen = [20, 21, 22, 23].map(|month| caches(pair, month));
    assert_eq!(seen, ["P1 with 1 shard", "P1 with 1 shard and B5", "P1 with 1 shard and B5", "B5"]);
    assert_eq!(steps(pair), ["21: P1 with 1 shard ends with 22, then B5"]);
    let [alone, both, after] = [19, 20, 22].map(|index| pair.months[index].bill.clone());
    assert_eq!((both, after), (alone + &group.months[0].bill, group.months[0].bill.clone()));
    // Two regions: one copy, absorbed; 160 hours without a price.
    let kinds: Vec<(LineKind, Option<Money>)> =
        pair.steps[0].once.iter().map(|line| (line.kind, line.amount)).collect();
    assert_eq!(kinds, [(LineKind::FullSyncs, Some(Money::ZERO)), (LineKind::Migration, None)]);
    assert_eq!(pair.months[20].unknown_lines, pair.months[19].unknown_lines + group.months[0].unknown_lines + 1);
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    let priced = super::horizon(&plan, &CATALOG);
    assert_eq!(priced.of(Topology::Passive).months[20].once, Total::exactly(Money::whole(14_400)));
}

#[test]
fn the_split_at_the_ends_of_the_horizon() {
    let cases = [
        ("2026-12-01", 21, 1, 21, 0, ""),
        ("2026-12-01", 22, 1, 22, 22, "22: P1 with 1 shard ends with 22, then B5"),
        ("2026-12-01", 23, 0, 23, 22, "22: P1 with 1 shard ends with 22, then B5"),
        ("2028-08-15", 6, 12, 6, 2, "1: P1 with 1 shard ends with 2, then B5"),
        ("2028-09-30", 6, 1, 0, 0, ""),
        ("2030-01-01", 6, 1, 0, 0, ""),
    ];
    for (start, months, parallel, length, month, step) in cases {
        let mut plan = fixed(0.0, 0.0);
        plan.horizon.start = start.parse().unwrap();
        (plan.horizon.months, plan.horizon.parallel_months) = (months, parallel);
        let horizon = horizon(&plan, &CATALOG);
        let pair = horizon.of(Topology::Passive);
        assert_eq!((pair.months.len(), steps(pair).concat().as_str()), (length, step), "{start} {months}");
        assert_eq!(horizon.retirement.as_ref().map_or(0, |ends| ends.month), month, "{start} {months}");
        assert_eq!(pair.stops.is_some(), length == 0, "{start} {months}");
    }
}

#[test]
fn a_pair_without_a_group_to_follow_stops() {
    let mut plan = fixed(0.0, 0.0);
    plan.horizon.months = 36;
    let pair = horizon(&plan, &CATALOG.with_sizes(&["P1"])).of(Topology::Passive).clone();
    assert_eq!((pair.months.len(), pair.stops.map(|stop| stop.month)), (22, Some(23)));
}

/// Premium ends on 2028-09-30 (D6). Where no group can follow, a horizon that holds that day has no whole path of a pair, whether it ends with
/// the day, two weeks after it or a month later; one that ends a month before has. So it is for a pair that is moved to.
#[test]
fn a_pair_that_nothing_follows_is_whole_only_up_to_the_end_of_its_service() {
    let small = CATALOG.with_sizes(&["P1"]);
    let mut plan = fixed(0.0, 0.0);
    for sku in [None, sku("Enterprise_E10")] {
        plan.today.sku = sku;
        for (start, months, whole) in
            [("2026-12-01", 21, true), ("2026-12-01", 22, false), ("2026-12-15", 22, false), ("2026-12-01", 23, false)]
        {
            (plan.horizon.start, plan.horizon.months) = (start.parse().unwrap(), months);
            let horizon = horizon(&plan, &small);
            let pair = horizon.of(Topology::Passive);
            assert_eq!(pair.months.len(), months.min(22) as usize, "{start} {months}");
            assert_eq!(
                horizon.costs([None; 3]).of(Topology::Passive).whole,
                whole,
                "{start} {months} {:?}",
                plan.today.sku
            );
            assert_eq!(pair.stops.as_ref().map(|stop| stop.month), (!whole).then_some(23), "{start} {months}");
        }
    }
}
