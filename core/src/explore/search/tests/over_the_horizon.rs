//! Designs are ranked by what they cost over the horizon.

use super::*;
use crate::catalog::SkuId;
use crate::presets::others;
use crate::units::UnitPrice;

/// What a target costs is what the search of the plan without it says: another design, or the same with smaller sizes in later months.
#[test]
fn without_a_target_it_costs_what_the_search_without_it_finds() {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    for plan in presets.into_iter().chain([Plan::default(), within_19_700()]) {
        let found = search(&plan, &CATALOG);
        let Some(winner) = found.winner() else { continue };
        let own = found.over[winner.choice.topology as usize].as_ref().unwrap().rank().unwrap().1;
        for cost in &found.costs {
            let mut freed: Plan = plan.clone();
            match cost.objective {
                Objective::Rpo => freed.objectives.rpo = None,
                Objective::Rto => freed.objectives.rto = None,
                Objective::Runway => freed.objectives.runway = None,
                Objective::Latency => freed.objectives.write_latency = None,
                Objective::Cost => unreachable!(),
            }
            let then = search(&freed, &CATALOG);
            let other = then.winner().unwrap();
            let least = then.over[other.choice.topology as usize].as_ref().unwrap().rank().unwrap().1;
            let said = cost.without.as_ref().map(|it| (&it.design.choice, it.saves));
            let saves = own - least;
            let expected = (saves > Money::ZERO).then_some((&other.choice, saves));
            assert_eq!(said, expected, "{} without {:?}", plan.name, cost.objective);
            let step = cost.step.as_ref().map(|it| it.saves);
            assert!(step <= said.map(|it| it.1), "{}: {step:?} of a target a step looser", plan.name);
        }
    }
}

/// 120 GB of sessions on P4 × 4 shards, a budget of $19,700: the group's later sizes pass it to meet the runway target, and keep it without.
fn within_19_700() -> Plan {
    let text = r#"{"v": 1, "name": "clu", "regions": [{"region": "eastus2", "users": 0.6, "writes": 0.6}, {"region": "centralus",
        "users": 0.4, "writes": 0.4}], "workload": {"dataset": 120000000000.0, "writes": 40000.0, "reads": 200000.0, "key_size": 40.0,
        "value_size": 600.0, "connections": 8000}, "passive": {"exists": "yes", "sku": "Premium_P4", "shards": 4,
        "tenant_had_cache": "yes"}, "objectives": {"rpo": 300.0, "rto": 7200.0, "budget": "19700"}, "pricing": {"engineer_hour": "120"},
        "data": {"parts": [{"name": "sessions", "share": 1.0, "writes": 1.0, "class": "held-only-here",
        "conflicts": "last-write-wins"}]}}"#;
    crate::codec::from_json(text).unwrap()
}

/// Over data from 0.4 to 16 GB, without targets, doubling in a year: a size that fits today and not at the end of the first month is never
/// billed. The search names one that costs no more over the horizon, and where costs are equal one that stands longer.
#[test]
fn a_size_that_is_replaced_at_once_is_not_the_one_that_is_found() {
    let mut plan = Plan::default();
    (plan.objectives.rpo, plan.objectives.rto) = (None, None);
    (plan.objectives.runway, plan.objectives.write_latency, plan.objectives.budget) = (None, None, None);
    plan.workload.growth_per_year = Ratio::percent(100.0);
    plan.horizon.months = 12;
    let mut seen = 0;
    for step in 0..40_u32 {
        plan.workload.dataset = Bytes::gb(0.4 * libm::pow(1.1, f64::from(step)));
        let found = search(&plan, &CATALOG);
        let ahead = Ahead::new(&plan, &CATALOG);
        let evaluation = evaluate(&plan, &CATALOG);
        for best in found.as_paid.iter().flatten() {
            let topology = best.choice.topology;
            let smallest = evaluation.comparison.over.as_ref().unwrap().of(topology);
            let cost = ahead.of(best);
            assert!(cost.rank() <= smallest.rank(), "{topology:?} at {:?}", plan.workload.dataset);
            seen += u32::from(cost.own.grown.steps < smallest.own.grown.steps);
        }
    }
    assert!(seen > 0, "a larger size is taken at once where that costs no more");
}

/// Where the runway target is 2 h 45 min, M350 is outgrown at once by M500, which costs the same over the horizon: M500 stands longer, and a
/// target's row names it. By hand: of M700 and M500 at 2 × 2 nodes a month each, 18,309 − 13,540.
#[test]
fn of_equal_costs_the_size_that_stands_is_found_and_named() {
    let mut plan = within_19_700();
    let found = search(&plan, &CATALOG);
    let runway = found.costs.iter().find(|it| it.objective == Objective::Runway).unwrap();
    let (step, without) = (runway.step.as_ref().unwrap(), runway.without.as_ref().unwrap());
    assert_eq!(step.to, Some(Target::Time(Secs::mins(165.0))));
    assert_eq!((&step.design.choice, step.month, step.saves), (&without.design.choice, without.month, without.saves));
    assert_eq!(step.design.choice.size.sku.as_str(), "MemoryOptimized_M500");
    assert_eq!(step.month.by.to_cents(), "4768.56".parse().unwrap());
    plan.objectives.runway = Some(Secs::mins(165.0));
    assert_eq!(search(&plan, &CATALOG).winner().map(|it| &it.choice), Some(&step.design.choice));
}

/// Counters of three continents under a runway target of 2 h: M20 gives way to M50 in month 18. At the 57 min that M10 has for a month the search
/// takes M20 too, which stands to the end: nothing a month, and M50's months over the horizon.
#[test]
fn a_looser_target_may_save_later_sizes_of_the_same_design() {
    let text = r#"{"v": 1, "name": "rate3", "regions": [{"region": "eastus2", "users": 0.5, "writes": 0.5}, {"region": "westeurope",
        "users": 0.3, "writes": 0.3}, {"region": "southeastasia", "users": 0.2, "writes": 0.2}], "workload": {"dataset": 3000000000.0,
        "writes": 9000.0, "reads": 20000.0, "key_size": 40.0, "value_size": 30.0, "connections": 6000, "growth_per_year": 0.25},
        "objectives": {"rpo": 60.0, "rto": 3600.0, "budget": "4000", "runway": 7200.0, "write_latency": 0.08}, "passive": {"exists": "no",
        "tenant_had_cache": "no"}, "pricing": {"engineer_hour": "100", "active_egress": "list-rate"}, "recovery": {"readiness":
        "rehearsed"}, "data": {"parts": [{"name": "limits", "share": 1.0, "writes": 1.0, "class": "held-only-here",
        "conflicts": "merges"}]}}"#;
    let mut plan: Plan = crate::codec::from_json(text).unwrap();
    let over = |found: &Search| found.over[Topology::Active as usize].as_ref().unwrap().rank().unwrap().1;
    let found = search(&plan, &CATALOG);
    let runway = found.costs.iter().find(|it| it.objective == Objective::Runway).unwrap();
    let step = runway.step.as_ref().unwrap();
    assert_eq!((&step.design.choice, step.month.by), (&found.winner().unwrap().choice, Money::ZERO));
    let Some(Target::Time(to)) = step.to else { panic!("{step:?}") };
    plan.objectives.runway = Some(to);
    let then = search(&plan, &CATALOG);
    assert_eq!(then.winner().map(|it| &it.choice), Some(&step.design.choice));
    assert_eq!(over(&found) - over(&then), step.saves);
    assert!(step.saves > Money::ZERO);
}

/// A pair that runs and a group that is $824 a month cheaper with a move of $14,400 before it: the month says the group, eighteen months
/// say the pair, and the search says what the verdict says, with the cost that the evaluation of the taken plan has.
#[test]
fn the_search_ranks_by_what_the_verdict_ranks_by() {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    let mut plan = presets.into_iter().find(|plan: &Plan| plan.name == "Marine logistics").unwrap();
    plan.pricing.reservation = None;
    plan.horizon.months = 11; // shorter than any term: paid as used
    let found = search(&plan, &CATALOG);
    let month = |topology: Topology| found.of(topology).unwrap().month.complete();
    assert!(month(Topology::Active) < month(Topology::Passive));
    let evaluation = evaluate(&plan, &CATALOG);
    assert_eq!(found.cheapest, evaluation.comparison.choice);
    assert_eq!(found.cheapest, Some(Topology::Passive));
    for best in found.best.iter().flatten() {
        let topology = best.choice.topology;
        let taken = evaluate(&best.choice.taken(&plan, &CATALOG), &CATALOG).comparison.over.unwrap();
        assert_eq!(found.over[topology as usize].as_ref(), Some(taken.of(topology)), "{topology:?}");
    }
}

/// The band of the second-best is that of the verdict: the difference over the horizon at the ends of the factors.
#[test]
fn the_doubt_about_the_second_best_is_the_verdicts() {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    let mut plan = presets.into_iter().find(|plan: &Plan| plan.name == "Marine logistics").unwrap();
    plan.horizon.months = 11;
    // Half of the move: eleven months bring the group within the bands of the pair.
    plan.horizon.migration_hours = 80;
    let found = search(&plan, &CATALOG);
    let (second, apart) = found.doubt.clone().unwrap();
    let doubts = evaluate(&plan, &CATALOG).comparison.price_doubts;
    let said = doubts.iter().find_map(|doubt| match doubt {
        crate::decide::PriceDoubt::OtherCheaper { other, low, high, .. } => Some((*other, *low, *high)),
        crate::decide::PriceDoubt::Budget { .. } => None,
    });
    assert_eq!(said, Some((second, apart.low, apart.high)), "{:?}", found.best);
}

/// P2 in Southeast Asia typed at 0.7435, its very estimate: no bill, choice, design or term is another.
#[test]
fn an_estimate_that_is_typed_turns_nothing() {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    let mut plan = presets.into_iter().find(|plan: &Plan| plan.name == "Marine logistics").unwrap();
    let seen = |plan: &Plan| {
        let (evaluation, found) = (evaluate(plan, &CATALOG), search(plan, &CATALOG));
        let totals = |it: &Option<crate::model::horizon::HorizonCost>| {
            it.as_ref().map(crate::model::horizon::HorizonCost::total)
        };
        let designs = found.best.each_ref().map(|it| it.as_ref().map(|it| it.choice.clone()));
        let bills = Topology::ALL.map(|topology| evaluation.of(topology).bill.total.clone());
        (evaluation.comparison.choice, bills, found.cheapest, designs, found.over.each_ref().map(totals))
    };
    let listed = seen(&plan);
    plan.pricing.overrides.push(crate::plan::PriceOverride {
        sku: SkuId::new("Premium_P2"),
        region: RegionId::new("southeastasia"),
        per_node_hour: UnitPrice::new(Decimal::new(7_435, 4)),
    });
    assert_eq!(seen(&plan), listed);
    let pair = listed.4[Topology::Passive as usize].as_ref().unwrap().complete().unwrap();
    assert_eq!(
        crate::units::format::money(pair, CATALOG.currency()),
        "$38,694",
        "two P2 for a year, and the months after"
    );
}

/// The search is no surer than the ends of its ranges: where a range that is judged as a point is known to be at an end, the whole search of
/// that plan names another topology, or none, exactly where the search says so.
#[test]
fn the_search_names_the_ranges_at_whose_ends_it_finds_another() {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    let others = [others::SESSIONS, others::LEADERBOARD].map(|text| crate::codec::from_json(text).unwrap());
    let mut named = 0;
    for plan in presets.into_iter().chain([Plan::default()]).chain(others) {
        let found = search(&plan, &CATALOG);
        let Some(winner) = found.winner() else {
            assert_eq!(found.turns, []);
            continue;
        };
        let ends =
            crate::plan::Input::all(&plan).into_iter().flat_map(|it| [(it.clone(), it.low), (it.clone(), it.high)]);
        for (input, at) in ends {
            let said = found.turns.iter().find(|turn| turn.input.path == input.path && turn.at.total_cmp(&at).is_eq());
            let turn = Turn { input: input.clone(), at, to: None, cheaper: false };
            if !turn.leaves_open() && said.is_none() {
                continue;
            }
            let mut known = plan.clone();
            input.set(&mut known, at);
            let then = without_turns(&known, &CATALOG).cheapest;
            let other = (then != Some(winner.choice.topology)).then_some(then);
            assert_eq!(said.map(|turn| turn.to), other, "{} with {} at {at}", plan.name, input.path);
            named += usize::from(said.is_some());
        }
    }
    assert!(named > 0, "a plan with such a range");
    // At a factor of 2 no design of the leaderboard meets the budget in every month.
    let leaderboard: Plan = crate::codec::from_json(others::LEADERBOARD).unwrap();
    let found = search(&leaderboard, &CATALOG);
    let said: Vec<_> = found.turns.iter().map(|turn| (turn.input.path, turn.at, turn.to)).collect();
    assert!(said.contains(&("assumptions.crdt_factor", 2.0, None)), "{said:?}");
}

/// The same two designs are as close in the search as in the verdict: taken as it was found, a plan has what the search says of it.
#[test]
fn the_search_is_no_surer_than_the_verdict() {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    for plan in presets.into_iter().chain([Plan::default()]) {
        let Some(found) = search(&plan, &CATALOG).winner().cloned() else { continue };
        let mut paid: Plan = plan.with_open_sizes();
        paid.pricing.reservation = found.choice.reservation;
        let (search, told) = (search(&paid, &CATALOG), evaluate(&paid, &CATALOG).comparison);
        if search.winner().map(|it| (it.choice.topology, it.choice.reservation))
            != told.choice.map(|it| (it, paid.pricing.reservation))
        {
            continue;
        }
        let open: Vec<Turn> = told.turns.into_iter().filter(Turn::leaves_open).collect();
        assert_eq!(search.turns, open, "{}", plan.name);
        assert!(search.too_close() || open.is_empty(), "{}", plan.name);
    }
}

/// One rule for the term of a pair and of a group (M-17): three years inside a horizon of three, though Premium retires in its month 22. What
/// the pair leaves of them is exchanged (D6) and named: 36 − 22 months.
#[test]
fn a_pair_is_searched_by_every_term_that_a_group_is() {
    let mut plan = Plan::default();
    (plan.workload.growth_per_year, plan.workload.load_growth_per_year) = (Ratio::ZERO, None);
    plan.horizon.months = 36;
    let three = Some(ReservationTerm::ThreeYears);
    assert_eq!(terms(&plan), [None, Some(ReservationTerm::OneYear), three]);
    let open = search(&plan, &CATALOG);
    let mut paying = plan.clone();
    paying.pricing.reservation = three;
    let paid = evaluate(&paying, &CATALOG).comparison.over.unwrap();
    for topology in [Topology::Passive, Topology::Active] {
        let found = open.shown().find(|it| it.choice.topology == topology).unwrap();
        assert_eq!(found.choice.reservation, three, "{topology:?}");
        assert_eq!(open.over[topology as usize].as_ref().unwrap().rank(), paid.of(topology).rank(), "{topology:?}");
    }
    let rests = |topology: Topology| {
        let cost = open.over[topology as usize].as_ref().unwrap();
        cost.exchanged.iter().map(|it| (it.month, it.left)).collect::<Vec<_>>()
    };
    assert_eq!(rests(Topology::Passive), [(23, 14)]);
    assert_eq!(rests(Topology::Active), []);
    plan.horizon.months = 35;
    assert_eq!(terms(&plan), [None, Some(ReservationTerm::OneYear)], "a term is no longer than the horizon");
}

/// A pair whose term is worth more than any that follows loses all above the refund (Z10), so a dearer month may cost less over the horizon: of
/// its terms the search has the least. By hand: at a fill of 15 % 30 GB take 220 GB a cache; of three years 14 months are left after month 22, worth
/// more than 36 months of a group of that data and than $50,000.
#[test]
fn a_term_that_is_lost_in_part_is_weighed_against_the_others() {
    let mut plan = Plan::default();
    (plan.objectives.rpo, plan.objectives.rto) = (None, None);
    (plan.objectives.runway, plan.objectives.write_latency, plan.objectives.budget) = (None, None, None);
    (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(30.0), OpsPerSec::per_s(1_000.0));
    (plan.workload.growth_per_year, plan.workload.load_growth_per_year) = (Ratio::ZERO, Some(Ratio::ZERO));
    plan.passive.max_fill = Ratio::percent(15.0);
    plan.passive.tenant_had_cache = crate::plan::Confirmation::Confirmed;
    plan.horizon.months = 36;
    let found = search(&plan, &CATALOG);
    let best = found.of(Topology::Passive).unwrap();
    let by = |reservation: Option<ReservationTerm>| {
        let choice = DesignChoice { reservation, ..best.choice.clone() };
        crate::evaluate::over_of(Topology::Passive, &choice.taken(&plan, &CATALOG), &CATALOG)
    };
    let years = by(Some(ReservationTerm::ThreeYears));
    assert!(years.exchanged.iter().any(|it| it.lost > Money::ZERO), "{years:?}");
    let own = by(best.choice.reservation).rank();
    for term in [None, Some(ReservationTerm::OneYear), Some(ReservationTerm::ThreeYears)] {
        assert!(own <= by(term).rank(), "{own:?} by {term:?}");
    }
}

/// Sizes that the plan gives bind no search, nor what follows a pair at its end: a member of M50 holds the data, and the search says what it says
/// without it.
#[test]
fn a_given_group_does_not_bind_what_follows_a_pair() {
    let mut plan = Plan::default();
    (plan.objectives.rto, plan.objectives.budget) = (Some(Secs::hours(2.0)), None);
    plan.passive.tenant_had_cache = crate::plan::Confirmation::Confirmed;
    plan.horizon.months = 36;
    let open = search(&plan, &CATALOG);
    for sku in ["MemoryOptimized_M50", "ComputeOptimized_X100", "Balanced_B1"] {
        plan.active.sku = Some(crate::catalog::SkuId::new(sku));
        let given = search(&plan, &CATALOG);
        assert_eq!((&given.best, &given.over), (&open.best, &open.over), "{sku}");
        assert_eq!(given.successor, open.successor, "{sku}");
    }
}
