//! The table of designs that a search found.

use super::super::{NONE, Subject};
use super::search::span;
use crate::catalog::Catalog;
use crate::explore::search::{Found, Search, WEIGHED};
use crate::model::Topology;
use crate::report::document::{Column, Row, Style, Table, Text};
use crate::report::search::{figure_of, paid, places};
use crate::report::verdict::until;
use crate::report::words::size;
use crate::units::format;
use crate::words::shown::unshown;

/// Whose designs a table has.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// Of the search of the plan's own regions.
    Plan(&'a Search),
    /// Of that of all regions: with their places, and where none meets every target with what they miss.
    Regions { misses: bool },
}

pub(super) fn table(id: &'static str, name: &str, all: &[&Found], subject: Subject, of: Of) -> Table {
    let (of, with_misses) = match of {
        Of::Plan(found) => (Some(found), true),
        Of::Regions { misses } => (None, misses),
    };
    let (currency, with_places) = (subject.catalog.currency(), of.is_none());
    let whole = |found: &Found| {
        let cost = of?.over[found.choice.topology as usize].as_ref();
        let total = cost.filter(|it| it.whole).and_then(|it| it.total().complete());
        Some(Text::from(total.map_or_else(|| NONE.to_owned(), |total| format::money(total, currency))))
    };
    let row = |found: &Found| {
        let topology = found.choice.topology;
        let name = Text::styled(topology.name(), Style::Of(topology));
        let places = with_places.then(|| Text::from(places(&found.choice, subject.catalog)));
        let figures = WEIGHED.map(|objective| Text::from(figure_of(found, objective, currency)));
        let first = [name].into_iter().chain(places);
        let rest = [
            size_of(found, subject.catalog).into(),
            paid_until(found, of).into(),
            format::percent(found.fill).into(),
            found.month.amount(currency).into(),
        ];
        let misses = with_misses.then(|| Text::from(misses(found, of)));
        Row::of(first.chain(rest).chain(whole(found)).chain(misses).chain(figures))
    };
    let places = with_places.then(|| Column::text("Regions"));
    let first = [Column::names("Design")].into_iter().chain(places);
    let rest =
        [Column::text("Size"), Column::text("Paid"), Column::figures("Fill").wide_only(), Column::figures("A month")];
    let months = of.map(|of| Column::figures(format!("Over {}", span(of))));
    Table {
        id,
        name: name.to_owned(),
        columns: first
            .chain(rest)
            .chain(months)
            .chain(with_misses.then(|| Column::text("Misses")))
            .chain(WEIGHED.map(|objective| Column::figures(objective.heading()).wide_only()))
            .collect(),
        rows: all.iter().map(|found| row(found)).collect(),
    }
}

/// "M50"; "M350, in preview" where Microsoft does not guarantee it yet.
fn size_of(found: &Found, catalog: &Catalog) -> String {
    let preview = catalog.sku(&found.choice.size.sku).is_some_and(|sku| sku.preview);
    size(&found.choice.size, found.choice.topology) + if preview { ", in preview" } else { "" }
}

/// "reserved for 3 years", "reserved for 3 years, exchanged in month 4".
fn paid_until(found: &Found, of: Option<&Search>) -> String {
    let cost = of.and_then(|of| of.over[found.choice.topology as usize].as_ref());
    let months: Vec<String> = cost
        .into_iter()
        .flat_map(|it| &it.exchanged)
        .filter(|it| !it.of_today)
        .map(|it| it.month.to_string())
        .collect();
    let until = match months.as_slice() {
        [] => String::new(),
        [one] => format!(", exchanged in month {one}"),
        all => format!(", exchanged in months {}", format::listed(all)),
    };
    paid(&found.choice) + &until
}

/// "RTO and write latency"; "nothing (RPO in the model alone)"; "nothing until 2028-09-30" of a pair whose group lacks something; "–" of a
/// design that meets every target, as can be shown.
fn misses(found: &Found, of: Option<&Search>) -> String {
    let names: Vec<&str> = found.unmet.iter().map(|it| it.name()).collect();
    let pair = found.choice.topology == Topology::Passive;
    let until = until(of.and_then(|of| of.successor.as_ref()).filter(|_| pair && names.is_empty()));
    match (names.is_empty(), found.unshown.is_empty()) {
        _ if !until.is_empty() => format!("nothing{}{until}", unshown(&found.unshown)),
        (true, true) => NONE.to_owned(),
        (true, false) => format!("nothing{}", unshown(&found.unshown)),
        (false, _) => format!("{}{}", format::listed(&names), unshown(&found.unshown)),
    }
}
