//! What a portfolio says of designs that miss a target, and of other terms.

use super::*;

/// A plan whose topology is fixed may miss its targets: its row, the table, the CSV and the totals say which, and the headline says how each
/// plan pays.
#[test]
fn a_fixed_topology_that_misses_a_target_says_so() {
    let catalog = catalog();
    let mut pinned = entry("Pinned", 500.0, Some(Topology::Passive), "team=a");
    let plan = &mut Arc::make_mut(&mut pinned).plan;
    plan.objectives.rto = Some(crate::units::Secs::mins(5.0));
    plan.pricing.reservation = Some(crate::plan::ReservationTerm::ThreeYears);
    let mut free = entry("Free", 500.0, Some(Topology::Passive), "team=a");
    let targets = &mut Arc::make_mut(&mut free).plan.objectives;
    *targets = crate::plan::Objectives {
        budget: None,
        rpo: None,
        rto: None,
        runway: None,
        write_latency: None,
        ..targets.clone()
    };
    let rows = Rows::all(&Portfolio { entries: vec![pinned, free], ..Portfolio::default() }, &catalog).rows;
    assert!(rows[0].misses.contains(&crate::model::verdict::Objective::Rto) && rows[1].misses.is_empty(), "{rows:?}");
    let currency = catalog.currency();
    let [misses, meets] = [0, 1].map(|at: usize| cells(&rows[at], currency)[2].clone());
    assert!(misses.starts_with("Passive pair, misses ") && misses.contains("RTO"), "{misses}");
    assert_eq!(meets, "Passive pair");
    let said = totals(&rows).says(currency);
    assert!(said.contains("(1 paid as used, 1 reserved for 3 years)"), "{said}");
    assert!(said.contains("With a design that misses a target: 1 plan."), "{said}");
    let table = csv(&rows, currency);
    let [head, first, ..] = table.lines().collect::<Vec<_>>()[..] else { panic!("{table}") };
    let at = head.split(',').position(|name| name == "misses").unwrap();
    assert!(first.split(',').nth(at).unwrap().contains("RTO"), "{table}");
}

/// What is the term and what is the design: the same designs by their cheapest term stand between what the plans pay and what the cheapest
/// designs cost. By hand: each plan's own design, its bill by that term.
#[test]
fn the_same_designs_by_their_cheapest_term_stand_between() {
    let catalog = catalog();
    let rows = Rows::all(&portfolio(), &catalog).rows;
    let mut sum = crate::units::Money::ZERO;
    assert_eq!(rows.iter().filter(|row| row.by_term.is_some()).count(), 3, "one has no possible topology");
    for row in &rows {
        let Some(own) = row.by_term else { continue };
        let mut paid = row.entry.plan.clone();
        paid.pricing.reservation = own.term;
        let topology = row.topology.unwrap();
        let evaluated = crate::evaluate::evaluate(&row.entry.plan, &catalog);
        let size = crate::model::fit::SizeChoice::of(&evaluated.of(topology).design);
        size.unwrap().give_to(topology, &mut paid);
        let evaluated = crate::evaluate::evaluate(&paid, &catalog);
        let bill = &evaluated.of(topology).bill.total;
        assert_eq!(bill.complete(), Some(own.monthly), "{}", row.entry.plan.name);
        assert!(own.monthly <= row.known());
        sum += own.monthly;
    }
    let all = totals(&rows);
    assert_eq!(all.by_term, sum);
    let said = all.says(catalog.currency());
    let by_term = said.find("The same designs by their cheapest term: ").unwrap();
    assert!(by_term < said.find("With the cheapest design").unwrap(), "{said}");
}

/// An open size beside what runs is another design where the derived size is another: C5 runs, and no rebuild is of Standard. Where the very
/// size runs, it is none.
#[test]
fn a_derived_size_is_another_than_what_runs() {
    let catalog = catalog();
    let of = |runs: Option<crate::catalog::SkuId>| {
        let mut own = entry("Catalog", 500.0, Some(Topology::Rebuild), "team=a");
        let plan = &mut Arc::make_mut(&mut own).plan;
        (plan.today.sku, plan.passive.exists) = (runs, crate::plan::Confirmation::NotSo);
        Row::of(&own, &catalog)
    };
    let open = of(None);
    assert!(!open.plans_another() && open.entry.plan.rebuild.sku.is_none());
    assert!(!of(open.size.clone()).plans_another(), "{:?}", open.size);
    let beside = of(Some(crate::catalog::SkuId::new("Standard_C5")));
    assert!(beside.plans_another());
    let said = totals(&[beside]).says(catalog.currency());
    assert!(said.contains("for 1 plan of another design than what runs today; the nodes that run cost $"), "{said}");
}
