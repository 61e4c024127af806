use super::*;
use crate::catalog::SkuId;
use crate::evaluate::evaluate;
use crate::plan::RegionShare;
use crate::report::explored::break_even::{edge_words, members_say};
use crate::units::Ratio;
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

fn grid(plan: &Plan) -> Grid {
    Grid::whole(plan, &CATALOG)
}

#[test]
fn the_middle_is_the_plan_and_six_cells_are_a_power_of_ten() {
    let grid = Grid::new(&Plan::default());
    assert_eq!((grid.writes[OWN.0], grid.data[OWN.1]), (5_000.0, 10e9));
    assert_eq!((grid.writes[OWN.0 + 6], grid.writes[OWN.0 - 6]), (50_000.0, 500.0));
    assert_eq!((grid.writes[0], grid.writes[COLUMNS - 1], grid.data[OWN.1 + 6]), (50.0, 500_000.0, 100e9));
    assert_eq!((grid.writes[OWN.0 + 1], grid.writes[OWN.0 + 2]), (7_300.0, 11_000.0));
    assert!(grid.writes.windows(2).all(|pair| pair[0] < pair[1]) && grid.data.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn figures_at_the_ends_of_their_fields_stay_inside() {
    let mut plan = Plan::default();
    plan.workload.writes = OpsPerSec::per_s(1e8);
    plan.workload.dataset = Bytes::bytes(1e3);
    let grid = Grid::new(&plan);
    assert_eq!((grid.writes[COLUMNS - 1], grid.data[0]), (1e8, 1e3));
    plan.workload.writes = OpsPerSec::ZERO;
    assert_eq!(Grid::new(&plan).writes[OWN.0], 1.0);
}

#[test]
fn steps_of_any_size_give_the_same_cells() {
    let mut plan = Plan::default();
    plan.regions.truncate(2);
    let whole = grid(&plan);
    let mut parts = Grid::new(&plan);
    while parts.advance(&CATALOG, 37).done < 425 {}
    assert_eq!(parts, whole);
    assert_eq!(whole.cell(211, &CATALOG), *whole.at(211 % COLUMNS, 211 / COLUMNS).unwrap());
}

/// Bills by hand: B3 × 2 nodes and P-nodes of the catalogue are compared where the page compares them.
#[test]
fn a_cell_is_the_evaluation_of_its_plan() {
    let plan = Plan::default();
    let evaluation = evaluate(&plan, &CATALOG);
    let cell = Cell::of(&plan, &CATALOG);
    assert_eq!(cell.choice, evaluation.comparison.choice);
    assert_eq!(cell.costs, Topology::ALL.map(|it| CellCost::Month(evaluation.of(it).bill.total.clone())));
    assert_eq!(cell.why.is_none(), cell.choice.is_some());
}

#[test]
fn what_does_not_fit_has_no_cost_but_a_reason() {
    let mut plan = Plan::default();
    plan.workload.dataset = Bytes::tb(500.0);
    let cell = Cell::of(&plan, &CATALOG);
    assert_eq!((cell.choice, cell.cheapest()), (None, None));
    assert_eq!(cell.costs, [CellCost::DoesNotFit, CellCost::DoesNotFit, CellCost::DoesNotFit]);
    assert!(By::ALL.into_iter().all(|by| !cell.lacks_price(by)), "too large is not unpriced");
    assert!(cell.why.is_some());
    plan = Plan::default();
    plan.active.sku = Some(SkuId::new("Balanced_B3"));
    plan.workload.dataset = Bytes::gb(40.0);
    let cell = Cell::of(&plan, &CATALOG);
    assert!(cell.costs[2].month().is_none() && cell.costs[1].month().is_some() && cell.cheaper().is_none());
}

/// West Europe without a price of a node: nobody wins there, and that is not said to be for want of room.
#[test]
fn what_has_no_price_wins_nothing_and_is_told_from_what_does_not_fit() {
    let catalog = CATALOG.without_node_prices(&crate::catalog::RegionId::new("westeurope"));
    let regions = ["westeurope", "northeurope"].map(|name| RegionShare::new(name, 0.5, 0.5));
    let mut plan = Plan { regions: regions.into(), ..Plan::default() };
    let cell = Cell::of(&plan, &catalog);
    assert!(By::ALL.into_iter().all(|by| cell.winner(by).is_none() && cell.lacks_price(by)), "{cell:?}");
    for topology in Topology::ALL {
        let words = cell.cost(topology).words(CATALOG.currency());
        assert!(words.starts_with("≥\u{a0}$") && words.ends_with(" in West Europe has no price"), "{words}");
    }
    plan.active.sku = Some(SkuId::new("Balanced_B3"));
    let cell = Cell::of(&plan, &catalog);
    assert_eq!(cell.cost(Topology::Active).words(CATALOG.currency()), "does not fit");
    assert!(!cell.lacks_price(By::Replica) && cell.lacks_price(By::Cost), "a group that does not fit is not compared");
}

#[test]
fn edges_in_words() {
    let mut plan = Plan::default();
    let mut said = Vec::new();
    for (name, gb, writes) in [("default", 10.0, 5_000.0), ("large", 120.0, 5_000.0), ("busy", 4.0, 60_000.0)] {
        (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(gb), OpsPerSec::per_s(writes));
        let edges = edges(&grid(&plan), &CATALOG);
        said.push(format!("{name}\n{}", edges.iter().map(edge_words).collect::<Vec<_>>().join("\n")));
    }
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn members_are_added_nearby_and_left_out_from_the_end() {
    let mut plan = Plan::default();
    let rows = by_members(&plan, &CATALOG);
    assert_eq!(rows.iter().map(|row| row.count).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert_eq!(rows[0].cell, Cell::of(&plan, &CATALOG));
    assert_eq!((rows[0].added.len(), rows[3].added.len()), (0, 3));
    let group = |row: &Members| row.cell.costs[2].complete().unwrap();
    assert!(rows.windows(2).all(|pair| group(&pair[0]) < group(&pair[1])), "every member costs");
    assert!(rows.iter().all(|row| row.cell.costs[1] == rows[0].cell.costs[1]), "the pair stays");
    let said = members_say(&rows, plan.regions.len());
    insta::assert_snapshot!(said);
    plan.regions =
        rows[3].added.iter().map(|id| RegionShare { region: id.clone(), ..plan.regions[0].clone() }).collect();
    plan.regions.truncate(3);
    for region in &mut plan.regions {
        (region.users, region.writes) = (Ratio::fraction(0.25), Ratio::fraction(0.25));
    }
    plan.regions[0].users = Ratio::fraction(0.5);
    plan.regions[0].writes = Ratio::fraction(0.5);
    let rows = by_members(&plan, &CATALOG);
    let why = rows[0].cell.why.as_ref().map_or_else(String::new, crate::report::verdict::plain);
    assert!(!why.contains("add up"), "{why}");
    plan.regions.clear();
    assert!(by_members(&plan, &CATALOG).is_empty());
}

/// Three rows by hand: the group is the cheaper with two regions only, and the choice with three.
#[test]
fn the_flips_over_members_in_words() {
    let row = |count: usize, active: i64, choice: Option<Topology>| Members {
        count,
        added: Vec::new(),
        cell: Cell {
            costs: [100, 300, active].map(|cost| CellCost::Month(Total::exactly(Money::whole(cost)))),
            choice,
            no_price: false,
            why: None,
        },
    };
    let rows = [row(2, 200, None), row(3, 400, Some(Topology::Active)), row(4, 600, Some(Topology::Active))];
    let from_two = "With 3 regions the active group becomes the choice. With 3 regions the passive pair becomes cheaper than the active group.";
    assert_eq!(members_say(&rows, 2), from_two);
    assert_eq!(members_say(&rows, 1), from_two);
    let from_four = "With 2 regions none of the plan's designs meets every target. With 2 regions the active group becomes cheaper than the passive pair.";
    assert_eq!(members_say(&rows, 4), from_four);
    assert_eq!(members_say(&rows[1..], 9), "The number of regions changes neither the choice nor the order of costs.");
    assert_eq!(members_say(&[], 2), "");
}

/// "No design meets every target … while a larger size would meet it" must be impossible: where none of the plan's designs does and the
/// search finds one, the sentence says so.
#[test]
fn an_edge_beyond_which_another_size_or_term_meets_says_so() {
    let mut plan = Plan::default();
    let mut others = 0;
    for budget in [1_800, 5_000] {
        plan.objectives.budget = Some(crate::units::Money::whole(budget));
        for edge in edges(&grid(&plan), &CATALOG).into_iter().filter(|it| it.kind == Kind::Choice && it.to.is_none()) {
            let moved = if edge.path == "workload.writes" {
                plan_at(&plan, edge.at, plan.workload.dataset.as_bytes())
            } else {
                plan_at(&plan, plan.workload.writes.as_per_s(), edge.at)
            };
            let met = crate::explore::search::search(&moved, &CATALOG).winner().is_some();
            assert_eq!(edge_words(&edge).ends_with("; another size or term does."), met, "{}", edge_words(&edge));
            others += usize::from(met);
        }
    }
    assert!(others > 0, "a case that another term meets");
}

/// The same edge as the whole grid's nearest one of the choice along the writes.
#[test]
fn the_flip_over_writes_needs_no_grid() {
    for writes in [500.0, 5_000.0] {
        let mut plan = Plan::default();
        plan.workload.writes = OpsPerSec::per_s(writes);
        let all = edges(&grid(&plan), &CATALOG);
        let nearest = all.into_iter().find(|edge| edge.kind == Kind::Choice && edge.path == "workload.writes");
        assert!(nearest.is_some(), "a case with a flip");
        assert_eq!(write_flip(&plan, &CATALOG), nearest);
    }
}

/// A pair whose lag was measured at 6 min 40 s (P95) with 1,500 writes/s: more writes make no lag shorter, so what misses 5 min there
/// misses it above, and no write rate makes the pair the choice.
#[test]
fn a_measured_miss_is_no_edge_of_more_writes() {
    let text = r#"{"v":1,"name":"Measured","regions":[{"region":"japaneast","users":0.95,"writes":0.95},
        {"region":"japanwest","users":0.05,"writes":0.05}],"workload":{"dataset":8e9,"writes":1500.0,"reads":9000.0},
        "objectives":{"rpo":300.0,"rto":9000.0,"budget":"12000"},"passive":{"exists":"yes","sku":"Premium_P4","tenant_had_cache":"yes",
        "lag":{"source":"metrics","date":"2026-11-20","points":5000,"p50":3.0,"p95":400.0,"peak":900.0,"writes":1500.0,
        "primary":"japaneast","secondary":"japanwest"}},
        "data":{"parts":[{"name":"s","share":1.0,"writes":1.0,"class":"held-only-here","conflicts":"not-safe"}]}}"#;
    let mut plan: Plan = crate::codec::from_json(text).unwrap();
    for writes in [1_500.0, 1_501.0, 3_000.0] {
        plan.workload.writes = OpsPerSec::per_s(writes);
        let pair = &evaluate(&plan, &CATALOG).passive;
        assert_eq!((pair.rpo.judged(), pair.verdicts[1].met), (Some(crate::units::Secs::secs(400.0)), Some(false)));
    }
    let shown = crate::report::words::shown(&evaluate(&plan, &CATALOG).passive.rpo).replace('\u{a0}', " ");
    assert_eq!(shown, "measured 6 min 40 s (P95), at most 15 min at 1,500/s; more at 3,000/s");
    plan.workload.writes = OpsPerSec::per_s(1_500.0);
    let edge = write_flip(&plan, &CATALOG).filter(|edge| edge.above && edge.to == Some(Topology::Passive));
    assert_eq!(edge, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// At the figure the winner is the new one, one step back it is the plan's own.
    #[test]
    fn an_edge_is_a_real_edge(gb in 1.0_f64..200.0, writes in 200.0_f64..100_000.0) {
        let mut plan = Plan::default();
        (plan.workload.dataset, plan.workload.writes) = (Bytes::gb(gb), OpsPerSec::per_s(writes));
        for edge in edges(&grid(&plan), &CATALOG) {
            let winner = |figure: f64| {
                let load = &plan.workload;
                let moved = if edge.path == "workload.writes" {
                    plan_at(&plan, figure, load.dataset.as_bytes())
                } else {
                    plan_at(&plan, load.writes.as_per_s(), figure)
                };
                let cell = Cell::of(&moved, &CATALOG);
                edge.kind.winner(&cell)
            };
            let back = if edge.above { edge.at - edge.step } else { edge.at + edge.step };
            prop_assert_eq!(winner(edge.at), edge.to, "{}", edge_words(&edge));
            prop_assert_eq!(winner(back), edge.from, "{}", edge_words(&edge));
            prop_assert!(edge.from != edge.to);
        }
    }
}
