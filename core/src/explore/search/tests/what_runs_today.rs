//! What runs today costs nothing once where it stays, and does not follow a design into other regions or sizes.

use super::*;
use crate::catalog::SkuId;
use crate::evaluate::over_of;
use crate::model::horizon::Origin;
use crate::plan::Confirmation;
use crate::units::UnitPrice;

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
