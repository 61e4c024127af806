//! Months that lack a price.

use super::*;

/// A path that lacks a price is never passed, nor passes another: its sums are lower bounds.
#[test]
fn a_path_that_lacks_a_price_crosses_nothing() {
    let mut plan = fixed(0.0, 0.0);
    plan.horizon.months = 24;
    let mut paths = horizon(&plan, &CATALOG).paths;
    let west = in_west_europe(&plan);
    let missing = crate::evaluate::evaluate(&west, &without_west_europe()).of(Topology::Active).bill.total.clone();
    let lacking = |known| Total::exactly(Money::whole(known)) + &missing.divided_by(1_000_000);
    assert!(!lacking(1).is_complete());
    for (path, spent) in paths.iter_mut().zip([[50_i64, 150, 250, 350], [60, 140, 250, 360], [70, 170, 270, 370]]) {
        path.months.truncate(4);
        path.months
            .iter_mut()
            .zip(spent)
            .for_each(|(month, spent)| month.cumulative = Total::exactly(Money::whole(spent)));
    }
    for month in &mut paths[1].months {
        month.cumulative = lacking(month.cumulative.at_least().as_decimal().try_into().unwrap());
    }
    assert_eq!(crossing::crossings(&paths), []);
}

fn in_west_europe(plan: &Plan) -> Plan {
    Plan { regions: even_regions(&["westeurope", "northeurope"]), ..plan.clone() }
}

fn without_west_europe() -> crate::catalog::Catalog {
    CATALOG.without_node_prices(&crate::catalog::RegionId::new("westeurope"))
}

/// Without a price of a node in West Europe: every sum of every month says so.
#[test]
fn months_without_a_price_are_lower_bounds_to_the_end() {
    let months = horizon(&in_west_europe(&Plan::default()), &without_west_europe());
    assert_eq!(months.crossings, []);
    for path in &months.paths {
        assert!(path.months.iter().all(|month| !month.bill.is_complete() && !month.cumulative.is_complete()));
        assert!(path.years().iter().chain([&path.total()]).all(|sum| sum.complete().is_none()));
    }
}
