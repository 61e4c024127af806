//! Designs are ranked by what they cost over the horizon.

use super::*;
use crate::catalog::SkuId;
use crate::model::horizon::Origin;
use crate::plan::Confirmation;
use crate::presets::others;

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
    assert_eq!(step.month.to_cents(), "4768.56".parse().unwrap());
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
    assert_eq!((&step.design.choice, step.month), (&found.winner().unwrap().choice, Money::ZERO));
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

/// A pair of P4 runs. Another size of it costs a step: a full copy and the 4 hours of a drill at $90; the size that runs costs none.
#[test]
fn another_size_of_a_pair_that_runs_costs_its_step() {
    let mut plan = Plan::default();
    (plan.objectives.runway, plan.objectives.rto, plan.objectives.write_latency) = (None, None, None);
    (plan.workload.growth_per_year, plan.workload.load_growth_per_year) = (Ratio::ZERO, None);
    plan.passive.exists = crate::plan::Confirmation::Confirmed;
    plan.pricing.engineer_hour = Some(crate::units::UnitPrice::new(Decimal::from(90)));
    plan.horizon.months = 18;
    let moving = |plan: &Plan| {
        let found = search(plan, &CATALOG);
        let size = found.of(Topology::Passive).unwrap().choice.size.clone();
        (size, found.over[Topology::Passive as usize].as_ref().unwrap().moving.complete().unwrap())
    };
    let (open, free) = moving(&plan);
    assert_eq!(free, Money::ZERO, "nobody said in which size it runs");
    (plan.passive.sku, plan.passive.shards) = (Some(crate::catalog::SkuId::new("Premium_P4")), Some(1));
    let (other, step) = moving(&plan);
    assert_eq!(open, other, "P4 is no cheaper over the horizon");
    // East US to North Europe at $0.05 a GB, by the dearer list.
    let copy = Money::new(Decimal::new(5, 2) * Decimal::try_from(plan.workload.dataset.as_gb()).unwrap());
    assert_eq!(step, Money::whole(360) + copy);
    open.give_to(Topology::Passive, &mut plan);
    assert_eq!(moving(&plan), (open, Money::ZERO), "that size runs");
}

/// *Enrolment* and where its pair runs: North Europe and UK South.
fn enrolment() -> (Plan, [RegionId; 2]) {
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    let plan = presets.into_iter().find(|it: &Plan| it.name.contains("nrolment")).unwrap();
    assert!(plan.pair_runs());
    let own = [0, 1].map(|at| plan.regions[at].region.clone());
    (plan, own)
}

/// The pair that a search finds for a plan, in these regions.
fn pair_in(plan: &Plan, regions: &[RegionId]) -> DesignChoice {
    let found = search(plan, &CATALOG);
    DesignChoice { regions: regions.to_vec(), ..found.of(Topology::Passive).unwrap().choice.clone() }
}

fn way(plan: &Plan) -> Origin {
    let path = crate::model::horizon::horizon(plan, &CATALOG);
    path.paths.into_iter().find(|it| it.topology == Topology::Passive).unwrap().way
}

/// The Premium caches of *Enrolment* do not follow a search into other regions: a pair whose primary is the old one is linked anew for a copy and
/// hours, every other is moved to, and both hold once the design is taken. In its own two, in either order, it runs and costs nothing once.
#[test]
fn a_pair_in_other_regions_does_not_run() {
    let (plan, own) = enrolment();
    let at = |regions: &[RegionId]| {
        let choice = pair_in(&plan, regions);
        let taken = choice.taken(&plan, &CATALOG);
        assert_eq!(taken.passive.exists, Confirmation::Confirmed, "nobody has said that it does not");
        let moves = crate::evaluate::over_of(Topology::Passive, &taken, &CATALOG).moving;
        (way(&taken), moves.at_least() > Money::ZERO, choice.scales(&plan, &CATALOG), taken)
    };
    let [first, second] = own.clone();
    for stays in [own.clone(), [second.clone(), first.clone()]] {
        let (way, _, _, taken) = at(&stays);
        assert_eq!((way, taken.pair_runs()), (Origin::Runs, true), "{stays:?}");
    }
    let (west, france) = (RegionId::new("westeurope"), RegionId::new("francecentral"));
    for (regions, way) in [
        ([&first, &west], Origin::Builds),
        ([&west, &first], Origin::Moves),
        ([&second, &west], Origin::Moves),
        ([&west, &second], Origin::Moves),
        ([&west, &france], Origin::Moves),
    ] {
        let (is, pays, scales, taken) = at(&regions.map(Clone::clone));
        assert_eq!((is, pays, scales, taken.pair_runs()), (way, true, false, false), "{regions:?}");
        assert_eq!(taken.today_regions(), own, "what runs stays where it runs");
        assert!(taken.today.sku.is_some() && taken.pair_runs_elsewhere());
        assert!(crate::plan::check(&taken).is_empty());
    }
}

/// A taken design in other regions is taken back: by hand, as somebody types the old regions, and by a search. Both are the plan that never left,
/// and by hand what was said of the old place says nothing.
#[test]
fn a_pair_that_is_taken_away_comes_back() {
    let (plan, own) = enrolment();
    let (at_home, west) = (pair_in(&plan, &own), RegionId::new("westeurope"));
    let home = at_home.taken(&plan, &CATALOG);
    for (topology, regions) in
        [(Topology::Passive, vec![own[0].clone(), west.clone()]), (Topology::Rebuild, vec![west.clone()])]
    {
        let managed = crate::model::fit::SizeChoice { sku: SkuId::new("Balanced_B20"), shards: 1 };
        let size = if topology == Topology::Passive { at_home.size.clone() } else { managed };
        let choice = DesignChoice { topology, size, regions, ..at_home.clone() };
        let taken = choice.taken(&plan, &CATALOG);
        let mut typed = taken.clone();
        typed.regions.clone_from(&plan.regions);
        assert!(typed.pair_runs() && !typed.today.elsewhere.is_empty());
        let mut said = typed.clone();
        said.today = plan.today.clone();
        let [typed, said] = [&typed, &said].map(|it| crate::evaluate::evaluate_unread(it, &CATALOG));
        assert_eq!(typed, said, "{topology:?}");
        let back = at_home.taken(&taken, &CATALOG);
        assert_eq!((back.pair_runs(), &back.today), (true, &plan.today), "{topology:?}");
        assert_eq!((way(&back), &back.passive), (Origin::Runs, &home.passive), "{topology:?}");
    }
}

/// A pair that runs is taken in another size: the plan says what runs, the step stands in its horizon, and the sum is the one that was searched. What
/// another design is moved to from is the size that runs, before and after.
#[test]
fn a_pair_that_is_taken_in_another_size_runs_in_its_own_until_it_is_scaled() {
    let (mut plan, _) = enrolment();
    plan.passive.sku = Some(SkuId::new("Premium_P4"));
    let found = search(&plan, &CATALOG);
    let pair = found.of(Topology::Passive).unwrap();
    assert!(pair.choice.scales(&plan, &CATALOG), "{:?}", pair.choice);
    let taken = pair.choice.taken(&plan, &CATALOG);
    assert_eq!(taken.pair_runs_as().map(|it| it.0.short().to_owned()).as_deref(), Some("P4"));
    let searched = found.over[Topology::Passive as usize].as_ref().unwrap();
    let after = over_of(Topology::Passive, &taken, &CATALOG);
    assert_eq!((after.total(), after.moving.at_least() > Money::ZERO), (searched.total(), true));
    let mut paid = taken.clone();
    paid.pricing.reservation = plan.pricing.reservation;
    let [before, moved] = [&plan, &paid].map(|plan| over_of(Topology::Active, plan, &CATALOG).total());
    assert_eq!(before, moved, "the group takes over from P4");
    let words = crate::report::runbook::shown_words(
        Topology::Passive,
        &taken,
        &CATALOG,
        &evaluate(&taken, &CATALOG).comparison,
    );
    assert!(words.starts_with("The passive pair runs today. It is of P4"), "{words}");
    // Taken, it is the plan's own; before, and by another term, it is not.
    let own = |choice: &DesignChoice, plan: &Plan| {
        choice.is_of(plan, &CATALOG, &evaluate(plan, &CATALOG).of(Topology::Passive).design)
    };
    let used = DesignChoice { reservation: None, ..pair.choice.clone() };
    assert!(pair.choice.reservation.is_some(), "{:?}", pair.choice);
    assert_eq!([own(&pair.choice, &plan), own(&pair.choice, &taken), own(&used, &taken)], [false, true, false]);
    // Taken back in the size that runs, nothing is to be scaled.
    let size = SizeChoice { sku: SkuId::new("Premium_P4"), shards: 1 };
    let back = DesignChoice { size, ..pair.choice.clone() };
    assert!(!back.scales(&taken, &CATALOG));
    assert_eq!(back.taken(&taken, &CATALOG).pair_runs_as(), None);
    let mut uneven = plan.clone();
    uneven.passive.secondary_sku = Some(SkuId::new("Premium_P3"));
    assert!(back.scales(&uneven, &CATALOG), "the secondary is of another size");
    let of_one_size = back.taken(&uneven, &CATALOG);
    assert_eq!(of_one_size.pair_runs_as().map(|it| it.0.short().to_owned()).as_deref(), Some("P3"));
    let [step, none] = [&of_one_size, &back.taken(&plan, &CATALOG)]
        .map(|it| over_of(Topology::Passive, it, &CATALOG).moving.at_least());
    assert!(step > none, "the step is in the sum");
}

/// Asked from where it was taken to, the pair in its old regions is scaled where it gets another size than runs there, and a pair elsewhere never.
#[test]
fn only_the_pair_that_runs_is_scaled() {
    let (plan, own) = enrolment();
    let away = [own[0].clone(), RegionId::new("westeurope")];
    let taken = pair_in(&plan, &away).taken(&plan, &CATALOG);
    let runs = crate::model::fit::SizeChoice { sku: taken.today.sku.clone().unwrap(), shards: taken.today.caches };
    let other = crate::model::fit::SizeChoice { sku: SkuId::new("Premium_P5"), ..runs.clone() };
    let scales = |size: &crate::model::fit::SizeChoice, regions: &[RegionId]| {
        DesignChoice { size: size.clone(), ..pair_in(&taken, regions) }.scales(&taken, &CATALOG)
    };
    let all = [(&runs, &own), (&other, &own), (&runs, &away), (&other, &away)].map(|(size, at)| scales(size, at));
    assert_eq!(all, [false, true, false, false]);
}

/// Plans that were saved before say of such a pair that it does not exist: two Premium caches, of which the first may stay.
#[test]
fn old_plans_of_a_pair_elsewhere_open() {
    let (plan, own) = enrolment();
    let taken = pair_in(&plan, &[own[0].clone(), RegionId::new("westeurope")]).taken(&plan, &CATALOG);
    let mut old = taken.clone();
    old.passive.exists = Confirmation::NotSo;
    let opened = crate::codec::from_json(&crate::codec::to_json(&old)).unwrap();
    assert_eq!((&opened, opened.pair_runs(), opened.pair_runs_elsewhere()), (&old, false, false));
    assert_eq!((opened.today_regions(), way(&opened)), (own.to_vec(), Origin::Builds));
}

/// A lone B20 in Brazil South: a rebuild in East US is moved to, there it runs, and back in Brazil South the plan is as before.
#[test]
fn a_rebuild_in_another_region_is_moved_to() {
    let mut plan = Plan::default();
    plan.regions[0].region = RegionId::new("brazilsouth");
    (plan.today.sku, plan.today.regions, plan.passive.exists) =
        (Some(SkuId::new("Balanced_B20")), 1, Confirmation::NotSo);
    let at = |plan: &Plan, region: &str| with_caches(plan, Topology::Rebuild, &[RegionId::new(region)]).unwrap();
    let way = |plan: &Plan| {
        let found = crate::model::horizon::horizon(plan, &CATALOG);
        found.paths.iter().find(|it| it.topology == Topology::Rebuild).map(|it| it.way)
    };
    let moved = at(&plan, "eastus");
    assert_eq!((way(&plan), way(&moved)), (Some(Origin::Runs), Some(Origin::Moves)));
    assert_eq!(moved.today.elsewhere, "brazilsouth");
    assert_eq!(at(&moved, "brazilsouth").today, plan.today);
}

/// A lone B20 in Brazil South, an hour at $100: a month in East US is cheaper, and the move to it costs 160 hours, $16,000, which 36 months do not
/// save. So over regions too it stays, at 36 times its month.
#[test]
fn over_regions_a_rebuild_stays_where_a_move_does_not_pay() {
    let text = r#"{"v":1,"name":"Brazil","regions":[{"region":"brazilsouth","users":1,"writes":1},{"region":"eastus","users":0,"writes":0}],
        "workload":{"dataset":6000000000.0,"writes":50,"reads":300,"growth_per_year":0.0},"placement":{"residency":"named-regions"},
        "objectives":{"rpo":86400.0,"rto":28800.0,"runway":null,"write_latency":1.0},"today":{"sku":"Balanced_B20","regions":1},
        "passive":{"exists":"no","tenant_had_cache":"no"},"pricing":{"engineer_hour":"100"},"data":{"parts":[{"name":"all","share":1.0,
        "writes":1.0,"class":"rebuildable","conflicts":"last-write-wins"}]}}"#;
    let plan: Plan = crate::codec::from_json(text).unwrap();
    let found = RegionSearch::whole(&plan, &CATALOG);
    let all: Vec<(&str, Money, Money)> = found.best[Topology::Rebuild as usize]
        .iter()
        .map(|it| (it.design.choice.regions[0].as_str(), it.design.month.complete().unwrap(), it.over.unwrap()))
        .collect();
    let [(first, stays, own), (second, cheaper, moved)] = all[..] else { panic!("{all:?}") };
    assert_eq!((first, second), ("brazilsouth", "eastus"));
    assert!(cheaper < stays, "{all:?}");
    assert_eq!(own, stays * Decimal::from(36));
    assert!(moved > cheaper * Decimal::from(36) + Money::whole(16_000), "{all:?}");
    assert_eq!(found.winner().map(|it| it.design.choice.regions[0].as_str()), Some("brazilsouth"));
}

/// A group of two B50 runs, far too large. A smaller one is a new group: 160 hours and a month of both. The search weighs it against staying, by every
/// size and term: at $20 an hour it is moved, at $100 it stays.
#[test]
fn a_group_that_is_too_large_stays_where_a_smaller_one_does_not_pay() {
    let catalog = CATALOG.with_sizes(&["B20", "B50", "B100", "M20", "M50"]);
    let mut plan = Plan::default();
    (plan.today.sku, plan.today.regions) = (Some(SkuId::new("Balanced_B50")), 2);
    (plan.today.grouped, plan.passive.exists) = (Confirmation::Confirmed, Confirmation::NotSo);
    for (months, hour, stays) in [(36, 20, false), (36, 100, true), (12, 400, true)] {
        (plan.horizon.months, plan.pricing.engineer_hour) = (months, Some(UnitPrice::new(Decimal::from(hour))));
        let found = search(&plan, &catalog);
        let own = found.over[Topology::Active as usize].as_ref().unwrap();
        let open = plan.with_open_sizes();
        let sizes = designs(Topology::Active, &open, &catalog, &demand(&open)).into_iter();
        let costs = sizes.filter_map(|offer| SizeChoice::of(&offer.design)).flat_map(|size| {
            let choice = DesignChoice { size, ..found.of(Topology::Active).unwrap().choice.clone() };
            terms(&plan).into_iter().map(move |reservation| DesignChoice { reservation, ..choice.clone() })
        });
        let met = costs.filter(|choice| Found::of(choice.clone(), &open, &catalog).is_some_and(|it| it.meets_all()));
        let least = met.map(|it| over_of(Topology::Active, &it.taken(&plan, &catalog), &catalog).total().complete());
        assert_eq!(own.total().complete(), least.min().flatten(), "{months} months");
        assert_eq!(
            (own.way == Origin::Runs, own.moving.complete() > Some(Money::ZERO)),
            (stays, !stays),
            "{months} months"
        );
    }
}

/// A budget of the cheapest first month, which growth of 20 % a year passes: over regions too the budget moves to the dearest month, and never to
/// nothing. Taken with it, the design keeps the budget in every month.
#[test]
fn over_regions_a_budget_moves_to_the_dearest_month() {
    let mut plan = Plan::default();
    plan.workload.growth_per_year = Ratio::percent(20.0);
    (plan.placement.residency, plan.horizon.months) = (Residency::NamedRegions, 36);
    (plan.passive.exists, plan.passive.tenant_had_cache) = (Confirmation::NotSo, Confirmation::NotSo);
    let free =
        search(&Plan { objectives: Objectives { budget: None, ..plan.objectives.clone() }, ..plan.clone() }, &CATALOG);
    let first = free.best.iter().flatten().filter_map(|it| it.month.complete()).min().unwrap();
    plan.objectives.budget = Some(Money::new(first.as_decimal().ceil()));
    let own = search(&plan, &CATALOG);
    assert!(own.winner().is_none(), "growth passes it");
    let found = RegionSearch::whole(&plan, &CATALOG);
    let relaxation = found.relaxation().unwrap();
    assert!(relaxation.distance <= own.relaxation.unwrap().distance + 1e-9);
    let Some((_, Target::Money(budget))) = relaxation.targets.first().copied() else { panic!("{relaxation:?}") };
    let mut taken = relaxation.design.choice.taken(&plan, &CATALOG);
    taken.objectives.budget = Some(budget);
    let cost = crate::evaluate::over_of(relaxation.design.choice.topology, &taken, &CATALOG);
    assert_eq!(cost.own.over(budget), 0, "{relaxation:?}");
    assert!(cost.own.over(budget - Money::whole(1)) > 0, "and no more than that");
    assert_eq!(RegionsFound::from_text(&found.to_text(), &plan, &CATALOG).as_ref(), Some(&found));
}

/// A tenant that never had a cache may create no pair (PAS-EOL): none is worked out, and nothing else changes. One that runs is no new pair,
/// so that its own two regions stay in both orders.
#[test]
fn pairs_that_a_tenant_may_not_create_are_not_worked_out() {
    let mut plan = Plan::default();
    plan.placement.areas = vec![Area::Europe];
    plan.regions[0].region = RegionId::new("westeurope");
    (plan.passive.exists, plan.passive.tenant_had_cache) = (Confirmation::NotSo, Confirmation::NotSo);
    let pairs = place::placements(Topology::Passive, &plan, &CATALOG).len();
    let found = RegionSearch::whole(&plan, &CATALOG);
    assert_eq!((found.barred, found.best[Topology::Passive as usize].len()), (pairs, 0));
    assert!(found.tried <= found.placements && found.placements < pairs);
    plan.passive.exists = Confirmation::Confirmed;
    assert_eq!(RegionSearch::new(&plan, &CATALOG).found(&CATALOG).barred, pairs - 2);
}
