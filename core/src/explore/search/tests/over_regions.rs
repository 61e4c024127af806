//! The search over regions: which placements there are, and that it finds the best of them.

use super::*;
use crate::catalog::SkuId;
use crate::evaluate::over_of;
use crate::plan::{Area, Confirmation, Residency};
use crate::units::UnitPrice;

/// Over few regions, the two of the plan and those of one continent: every pair in either order, every group, every rebuild; what runs today in
/// some of them, and growth that replaces sizes.
#[test]
fn the_search_of_regions_finds_what_trying_everything_finds() {
    let regions = vec![RegionShare::new("australiaeast", 0.7, 0.7), RegionShare::new("newzealandnorth", 0.3, 0.3)];
    let mut plan = Plan { regions, ..Plan::default() };
    plan.placement.areas = vec![Area::Oceania];
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(100)));
    for (gb, latency, growth, runs) in [
        (2.0, Some(100.0), 0.0, None),
        (8.0, None, 40.0, None),
        (8.0, Some(1.0), 10.0, None),
        (2.0, None, 0.0, Some("Balanced_B10")),
        (4.0, None, 30.0, Some("Premium_P1")),
        (4.0, None, -20.0, Some("Premium_P1")),
    ] {
        plan.workload.dataset = Bytes::gb(gb);
        plan.workload.growth_per_year = Ratio::percent(growth);
        plan.objectives.write_latency = latency.map(Secs::millis);
        (plan.today.sku, plan.passive.exists) = (runs.map(SkuId::new), Confirmation::NotSo);
        let found = RegionSearch::whole(&plan, &SMALL);
        let names: Vec<RegionId> = allowed(&plan, &SMALL).iter().map(|region| region.id.clone()).collect();
        assert!(names.len() >= 3, "{names:?}");
        for topology in Topology::ALL {
            let own: Vec<_> = found.best[topology as usize].iter().map(|it| (it.whole, it.over)).collect();
            assert_eq!(own, tried(&plan, topology), "{topology:?} at {gb} GB, {growth} %, {runs:?}");
            for it in &found.best[topology as usize] {
                let choice = it.design.choice.clone();
                assert_eq!(Found::of(choice, &plan.with_open_sizes(), &SMALL).as_ref(), Some(&it.design));
            }
        }
        let searches: Vec<Search> = Topology::ALL
            .into_iter()
            .flat_map(|topology| {
                let placed = place::placements(topology, &plan, &SMALL);
                placed.into_iter().map(move |regions| (topology, regions))
            })
            .filter_map(|(topology, regions)| with_caches(&plan, topology, &regions))
            .map(|plan| super::search(&plan, &SMALL))
            .collect();
        let none = searches.iter().all(|search| search.winner().is_none());
        let least =
            searches.iter().filter_map(|it| it.relaxation.as_ref()).map(|it| it.moved.distance).reduce(f64::min);
        assert_eq!(found.relaxation().map(|it| it.moved.distance), least.filter(|_| none), "{gb} GB");
        let text = found.to_text();
        assert_eq!(RegionsFound::from_text(&text, &plan, &SMALL).as_ref(), Some(&found), "{text}");
    }
}

/// What the best placements of a topology cost over the horizon: every size by every term in every placement is taken into the plan, judged and
/// walked month by month.
fn tried(plan: &Plan, topology: Topology) -> Vec<(bool, Option<Money>)> {
    let open = plan.with_open_sizes();
    let of = |regions: Vec<RegionId>| {
        let placed = with_caches(&open, topology, &regions)?;
        let sizes = designs(topology, &placed, &SMALL, &demand(&placed)).into_iter();
        let sizes = sizes.filter_map(|offer| SizeChoice::of(&offer.design));
        let choices = sizes.flat_map(|size| {
            let choice = DesignChoice { topology, size, regions: regions.clone(), reservation: None };
            terms(plan).into_iter().map(move |reservation| DesignChoice { reservation, ..choice.clone() })
        });
        let costs = choices.filter_map(|choice| {
            let mut taken = choice.taken(plan, &SMALL);
            taken.active.sku = taken.active.sku.filter(|_| topology == Topology::Active);
            let found = Found::of(choice, &open, &SMALL).filter(Found::meets_all)?;
            let cost = over_of(topology, &taken, &SMALL);
            let total = cost.total().complete()?;
            Some((found.comes_last, !cost.whole, total))
        });
        costs.min()
    };
    let mut all: Vec<_> = place::placements(topology, plan, &SMALL).into_iter().filter_map(of).collect();
    all.sort_unstable();
    all.truncate(regions::KEPT);
    all.into_iter().map(|(_, stops, total)| (!stops, Some(total))).collect()
}

/// Another member where people have their own makes no figure better, and costs: what leaves it out of the search.
#[test]
fn a_member_without_users_helps_nobody() {
    let mut plan = Plan::default();
    for gb in [2.0, 20.0] {
        plan.workload.dataset = Bytes::gb(gb);
        let mut more = plan.clone();
        more.add_member(RegionId::new("uksouth"));
        let [before, after] = [&plan, &more].map(|plan| search(plan, &CATALOG));
        let [before, after] = [&before, &after].map(|it| it.of(Topology::Active).unwrap().clone());
        assert!(after.month.complete() > before.month.complete());
        for objective in WEIGHED {
            let mut given = more.clone();
            before.choice.size.give_to(Topology::Active, &mut given);
            let same = evaluate(&given, &CATALOG);
            let figures = candidate(&plan.objectives, &same.active, &same.findings).figures;
            let then = super::figures::figure(&figures, objective);
            assert!(!better(objective, then, before.figure(objective)), "{objective:?}");
        }
    }
}

#[test]
fn residency_and_continents_bound_the_regions() {
    let mut plan = Plan::default();
    let all = allowed(&plan, &CATALOG).len();
    plan.placement.residency = Residency::OneGeography;
    let own: Vec<&str> = allowed(&plan, &CATALOG).iter().map(|region| region.geography.as_str()).collect();
    assert!(own.len() < all && own.iter().all(|it| *it == own[0]), "{own:?}");
    plan.placement.residency = Residency::NamedRegions;
    assert_eq!(allowed(&plan, &CATALOG).len(), 2);
    plan.placement.areas = vec![Area::Europe];
    let names: Vec<&str> = allowed(&plan, &CATALOG).iter().map(|region| region.id.as_str()).collect();
    assert_eq!(names, ["northeurope"]);
    assert!(place::placements(Topology::Active, &plan, &CATALOG).is_empty(), "people in East US have no member");
}

/// A rebuild comes back where the plan lets a cache stand, or is none: in the plan's own regions it is blocked, and over all regions it
/// comes back in the paired region of the same geography. Its plan, taken, has the design without a blocker.
#[test]
fn a_rebuild_is_searched_with_a_region_to_come_back_in() {
    let plan: Plan = crate::codec::from_json(crate::presets::others::UNITED_KINGDOM).unwrap();
    let own = search(&plan, &CATALOG);
    assert!(own.winner().is_none() && own.relaxation.is_none(), "{:?}", own.best);
    let found = RegionSearch::whole(&plan, &CATALOG);
    let rebuilt = &found.best[Topology::Rebuild as usize];
    assert!(!rebuilt.is_empty());
    for it in rebuilt {
        let it = &it.design;
        let taken = it.choice.taken(&plan, &CATALOG);
        let back = taken.comes_back(&CATALOG).unwrap();
        assert!(allowed(&plan, &CATALOG).iter().any(|region| region.id == back.region), "{:?}", it.choice);
        let answers = evaluate(&taken, &CATALOG);
        assert!(answers.findings.iter().all(|it| it.topology != Topology::Rebuild || it.id != "PLAN-PLACEMENT"));
        assert_eq!(answers.rebuild.bill.total, it.month);
    }
    let south = rebuilt.iter().map(|it| &it.design).find(|it| it.choice.regions[0].as_str() == "uksouth").unwrap();
    assert_eq!(crate::report::search::places(&south.choice, &CATALOG), "UK South, back in UK West");
    let text = found.to_text();
    assert_eq!(RegionsFound::from_text(&text, &plan, &CATALOG).as_ref(), Some(&found), "{text}");
}

/// Nobody moves: users and writes stay where they are, the caches come first.
#[test]
fn caches_move_and_people_stay() {
    let plan = Plan::default();
    let names = |plan: &Plan| -> Vec<String> { plan.regions.iter().map(|it| it.region.as_str().to_owned()).collect() };
    let pair = ["westeurope", "eastus"].map(RegionId::new);
    let moved = with_caches(&plan, Topology::Passive, &pair).unwrap();
    assert_eq!(names(&moved), ["westeurope", "eastus", "northeurope"]);
    assert_eq!(moved.regions[0].users, Ratio::ZERO);
    assert_eq!(moved.regions[1].users, plan.regions[0].users);
    assert_eq!(with_caches(&plan, Topology::Active, &pair), None, "a member is missing where people are");
    assert_eq!(with_caches(&plan, Topology::Passive, &["eastus", "northeurope"].map(RegionId::new)), Some(plan));
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
    assert!(relaxation.moved.distance <= own.relaxation.unwrap().moved.distance + 1e-9);
    let Some((_, Target::Money(budget))) = relaxation.moved.targets.first().copied() else { panic!("{relaxation:?}") };
    let mut taken = relaxation.design.choice.taken(&with_targets(&plan, &relaxation.moved.targets), &CATALOG);
    taken.active.sku = taken.active.sku.filter(|_| relaxation.design.choice.topology == Topology::Active);
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
