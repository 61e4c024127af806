//! The smallest move of the targets: it is enough, none that is tried at random is smaller, and the design is the one that the search takes then.

use super::*;
use crate::decide::{Relaxed, target_of, with_target};

/// Plans that grow, with targets that exclude each other more often than not.
fn tight() -> impl Strategy<Value = Plan> {
    let growth = prop_oneof![Just(0.0), 0.0..1.5_f64];
    let load = prop_oneof![2 => Just(None), 1 => (-0.5..0.8_f64).prop_map(|it| Some(Ratio::fraction(it)))];
    (prop_oneof![plans(), waiting()], growth, load, 300..6_000_i64, 600.0..200_000.0_f64).prop_map(
        |(mut plan, growth, load, budget, runway)| {
            plan.workload.growth_per_year = Ratio::fraction(growth);
            plan.workload.load_growth_per_year = load;
            (plan.objectives.budget, plan.objectives.runway) = (Some(Money::whole(budget)), Some(Secs::secs(runway)));
            plan
        },
    )
}

/// Each target moved out by its part of a distance, to a figure that prints in full; `None` where one would be nothing.
fn moved_by(old: &Objectives, distance: f64, parts: [f64; 5]) -> Option<Relaxed> {
    let set = || Objective::ALL.into_iter().zip(parts).filter_map(|(it, part)| Some((it, target_of(old, it)?, part)));
    let all: f64 = set().map(|it| it.2).sum();
    let mut new = old.clone();
    for (objective, target, part) in set().filter(|it| it.2 > 0.0) {
        let by = distance * part / all;
        let out = if objective == Objective::Runway { 1.0 - by } else { 1.0 + by };
        let to = match target {
            Figure::Money(most) => Figure::Money(most * Decimal::try_from(out).unwrap()),
            Figure::Time(time) => Figure::Time(time * out),
            other => unreachable!("{other:?}"),
        };
        new = with_target(&new, objective, to)?;
    }
    Some(Relaxed::between(old, new))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_smallest_move_is_enough_and_no_smaller_one_is(
        plan in tight(),
        tried in prop::collection::vec((0.3..0.99_f64, prop::array::uniform5(0.0..1.0_f64), 0..6_usize), 12),
    ) {
        let search = search(&plan, &SMALL);
        let Some(relaxation) = &search.relaxation else { return Ok(()) };
        // Sizes that no load replaces leave nothing to halve.
        let distance = relaxation.moved.distance;
        let grows = [plan.workload.growth_per_year, plan.workload.load_growth()].iter().any(|it| *it != Ratio::ZERO);
        let alike = if grows { distance.max(1.0) / 64.0 } else { 1e-9 };
        let then = super::super::search(&with_targets(&plan, &relaxation.moved.targets), &SMALL);
        let taken = then.winner().map(|it| &it.choice);
        prop_assert_eq!(taken, Some(&relaxation.design.choice), "{:?}", relaxation);
        prop_assert_eq!(then.over[relaxation.design.choice.topology as usize].as_ref(), Some(&relaxation.over));
        let moved = with_targets(&plan, &relaxation.moved.targets).objectives;
        prop_assert_eq!(Relaxed::between(&plan.objectives, moved).distance, distance);
        for (share, mut parts, alone) in tried {
            // Along one target alone, or along all at once.
            if alone < 5 {
                parts = [0.0; 5];
                parts[alone] = 1.0;
            }
            let Some(moved) = moved_by(&plan.objectives, distance * share, parts) else { continue };
            let nearer = moved.distance < distance - alike && !moved.targets.is_empty();
            let then = with_targets(&plan, &moved.targets);
            prop_assert!(!nearer || !is_met(&then, &SMALL), "{moved:?} is enough, and nearer than {relaxation:?}");
        }
        for nearest in search.nearest.iter().flatten() {
            prop_assert!(nearest.moved.distance >= distance);
            let topology = nearest.design.choice.topology;
            let then = super::super::search(&with_targets(&plan, &nearest.moved.targets), &SMALL);
            prop_assert_eq!(then.of(topology).map(|it| &it.choice), Some(&nearest.design.choice));
        }
    }
}
