//! The search of a portfolio: what each entry's row says is what the search of its plan finds.
#![allow(clippy::unwrap_used)]

use dr_core::catalog::Catalog;
use dr_core::explore::search::search;
use dr_core::portfolio::{Rows, read, totals};
use dr_core::units::Money;

/// The example has three service tiers. Every entry has a design that meets its tier, the cheapest that the search finds in its own
/// regions over every size and term, and the total is their sum.
#[test]
fn every_entry_has_the_cheapest_design_of_its_tier() {
    let (portfolio, catalog) = (dr_tests::portfolio(), Catalog::bundled().unwrap());
    let rows = Rows::all(&portfolio, &catalog).rows;
    assert_eq!(rows.len(), 12);
    let mut sum = Money::ZERO;
    for row in &rows {
        let (plan, name) = (&row.entry.plan, &row.entry.plan.name);
        let cheapest = row.cheapest.as_ref().unwrap_or_else(|| panic!("{name} meets no target"));
        let found = search(plan, &catalog);
        let own = found.winner().unwrap_or_else(|| panic!("{name}: nothing found"));
        assert_eq!((cheapest.topology, &cheapest.size), (own.choice.topology, &own.choice.size), "{name}");
        assert_eq!(cheapest.term, own.choice.reservation, "{name}");
        assert_eq!(Some(cheapest.monthly), own.month.complete(), "{name}");
        sum += cheapest.monthly;
    }
    let total = totals(&rows);
    assert_eq!((total.cheapest, total.without_cheapest), (sum, 0));
    let tiers: Vec<&str> = rows.iter().filter_map(|row| row.entry.tag("tier")).collect();
    assert_eq!(["1", "2", "3"].map(|tier| tiers.iter().filter(|it| **it == tier).count()), [4, 5, 3]);
    // A search that found only what there is would be none: two pairs miss their two hours, and a group for less does not.
    let other: Vec<&str> = rows
        .iter()
        .filter(|row| row.topology != row.cheapest.as_ref().map(|it| it.topology))
        .map(|row| row.entry.plan.name.as_str())
        .collect();
    assert_eq!(other, ["Product catalogue", "Customer profiles"]);
}

/// Where the load grows the cheapest month is not always what the search takes: a B5 of $587 is outgrown, a budget is held against every month,
/// and a pair follows where the plan names what runs.
#[test]
fn an_entry_that_grows_has_the_design_that_the_search_takes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/portfolios/growing.json");
    let text = std::fs::read_to_string(path).unwrap();
    let (portfolio, catalog) = (read(&text).unwrap(), Catalog::bundled().unwrap());
    let sizes = Rows::all(&portfolio, &catalog).rows.into_iter().map(|row| {
        let cheapest = row.cheapest.unwrap();
        let found = search(&row.entry.plan, &catalog);
        assert_eq!(found.winner().map(|it| &it.choice.size), Some(&cheapest.size), "{}", row.entry.plan.name);
        (cheapest.size.sku.short().to_owned(), cheapest.size.shards)
    });
    let sizes: Vec<(String, u32)> = sizes.collect();
    assert_eq!(sizes, [("M10".to_owned(), 2), ("P2".to_owned(), 8), ("P2".to_owned(), 2)]);
}
