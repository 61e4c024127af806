//! The tab Cost: the bill, the months ahead, what states cost, bands and break-even, the price sheet.

mod bands;
mod beyond;
mod bill;
mod break_even;
mod line;
mod months;
mod off_bill;
mod search;
mod search_regions;
mod search_table;
mod search_targets;
mod sheet;
mod states;
#[cfg(test)]
mod tests;

use super::Subject;
use super::recovery::cost_sensitivity_whole;
use crate::explore::bill_bands::bands_of_all;
use crate::explore::break_even::{By, Grid, by_members, edges};
use crate::report::document::Section;

pub use bands::bands;
pub use beyond::beyond;
pub use bill::{ORIGINS, TABLES as BILLS, bill, without_sources};
pub use break_even::{break_even, by_regions};
pub use line::line_facts;
pub use months::{months, months_document};
pub use off_bill::off_bill;
pub use search::{best_designs, search_on_its_way, search_sections, searched};
pub use search_regions::{in_regions, searched_with_regions};
pub use search_table::own_design;
pub use sheet::{Opened, price_sheet};
pub use states::states;

/// The bill of a steady month, with its bands.
#[must_use]
pub fn bill_with_bands(subject: Subject) -> Vec<Section> {
    let bands = bands_of_all(subject.plan, subject.catalog);
    vec![bill(subject, Some(&bands))]
}

/// The months ahead.
#[must_use]
pub fn ahead(subject: Subject) -> Vec<Section> {
    vec![months(subject)]
}

/// Cost by state, and what is off the bill.
#[must_use]
pub fn by_state(subject: Subject) -> Vec<Section> {
    vec![states(subject), off_bill(subject)]
}

/// Bands, and the inputs that move the cost, worked out at once.
#[must_use]
pub fn band(subject: Subject) -> Vec<Section> {
    let bands = bands(subject, Some(&bands_of_all(subject.plan, subject.catalog)));
    [bands].into_iter().chain(cost_sensitivity_whole(subject)).collect()
}

/// Break-even and the number of regions, worked out at once.
#[must_use]
pub fn break_even_and_regions(subject: Subject) -> Vec<Section> {
    let Subject { plan, catalog, .. } = subject;
    let (grid, members) = (Grid::whole(plan, catalog), by_members(plan, catalog));
    let map = break_even(subject, By::default(), Some((&grid, &edges(&grid, catalog))));
    [map].into_iter().chain(by_regions(subject, Some(&members))).collect()
}

/// The prices, and how to get a sheet; what a file of them held is known to who opened it ([`price_sheet`]).
#[must_use]
pub fn prices(subject: Subject) -> Vec<Section> {
    vec![price_sheet(subject, None)]
}
