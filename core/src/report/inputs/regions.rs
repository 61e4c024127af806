//! What stands beside the regions of a plan, and beside amounts in another currency.

use crate::catalog::{Catalog, RegionId};
use crate::plan::Plan;
use crate::units::{Currency, Secs, format};

/// What a place in the plan's list of regions means: "primary of the pair".
#[must_use]
pub const fn role(index: usize) -> &'static str {
    match index {
        0 => "primary of the pair",
        1 => "secondary of the pair",
        _ => "member of the group only",
    }
}

/// What the list has no room to say of a region that is chosen: "West Europe: no price", "utopia-1 is not in the catalogue"; `None`
/// where nothing is missing.
#[must_use]
pub fn gap(catalog: &Catalog, region: &RegionId) -> Option<String> {
    match catalog.region(region) {
        Some(known) => catalog.price_gap(&known.id).map(|gap| format!("{}: {gap}", known.name)),
        None => Some(format!("{region} is not in the catalogue")),
    }
}

/// The round trip between two regions as its box shows it: what stands in the empty box, and where the figure comes from. `own` is
/// the plan's own figure.
#[must_use]
pub fn round_trip(catalog: &Catalog, a: &RegionId, b: &RegionId, own: Option<Secs>) -> (String, String) {
    let published = catalog.round_trip(a, b);
    let from = match (own, &published) {
        (Some(_), _) => "your figure".to_owned(),
        (None, Some(trip)) => trip.as_of.map_or_else(String::new, |date| format!("median of 30 days to {date}")),
        (None, None) => "not published: enter your own figure".to_owned(),
    };
    let empty = published.map_or_else(|| "unknown".to_owned(), |trip| format::number(trip.rtt.as_millis()));
    (empty, from)
}

/// "Prices are in EUR; this plan’s own amounts (budget) are in USD and do not count. Nothing is converted."
#[must_use]
pub fn amounts_do_not_count(plan: &Plan, prices: Currency) -> String {
    let typed = plan.typed_amounts().join(", ").to_ascii_lowercase();
    let own = plan.pricing.currency;
    format!(
        "Prices are in {prices}; this plan’s own amounts ({typed}) are in {own} and do not count. Nothing is converted."
    )
}
