//! The table of designs that a search found.

use super::super::{NONE, Subject};
use crate::catalog::Catalog;
use crate::explore::search::{DesignChoice, Found, RegionsFound, Search, WEIGHED};
use crate::model::Topology;
use crate::model::horizon::OverHorizon;
use crate::report::document::{Column, Row, Style, Table, Text};
use crate::report::search::{figure_of, paid, places};
use crate::report::verdict::until;
use crate::report::words::size;
use crate::units::{Money, format};
use crate::words::shown::unshown;
use crate::words::waits::short;

/// Whose designs a table has.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// Of the search of the plan's own regions.
    Plan(&'a Search),
    /// Of that of all regions: with their places, and where none meets every target with what they miss.
    Regions(&'a RegionsFound),
}

impl Of<'_> {
    /// What a design costs over the horizon; `None` where a price is missing, and where its months end before the horizon does.
    fn over(self, found: &Found) -> Option<Money> {
        match self {
            Of::Plan(of) => of.over[found.choice.topology as usize].as_ref().filter(|it| it.whole)?.total().complete(),
            Of::Regions(of) => match of.near(found) {
                Some(near) => near.over.total().complete().filter(|_| near.over.whole),
                None => of.placed(found).filter(|it| it.whole)?.over,
            },
        }
    }

    /// What is paid while it waits for the end of the old service ([`Waits::words`](crate::model::horizon::Waits::words)).
    fn waiting(self, found: &Found, subject: Subject) -> Option<[String; 3]> {
        match self {
            Of::Plan(of) => of.over[found.choice.topology as usize].as_ref()?.waiting(subject.catalog.currency()),
            Of::Regions(of) => match of.near(found) {
                Some(near) => near.over.waiting(subject.catalog.currency()),
                None => of.placed(found)?.waiting.clone(),
            },
        }
    }

    /// The months in which the rest of its own term is exchanged or refunded.
    fn exchanged(self, found: &Found) -> Vec<u32> {
        match self {
            Of::Plan(of) => {
                let cost = of.over[found.choice.topology as usize].as_ref();
                let own = cost.into_iter().flat_map(|it| &it.exchanged).filter(|it| !it.of_today);
                own.map(|it| it.month).collect()
            }
            Of::Regions(of) => of.placed(found).map(|it| it.exchanged.clone()).unwrap_or_default(),
        }
    }
}

/// "18 months", "18 months with the expected loss" where the plan prices that.
pub(super) fn span(found: &Search) -> String {
    span_of(found.months, found.counts_loss())
}

/// The same of a number of months.
pub(super) fn span_of(months: u32, with_loss: bool) -> String {
    let loss = if with_loss { " with the expected loss" } else { "" };
    format!("{}{loss}", format::counted(months as usize, "month"))
}

/// Said in place of a way to take a design that is the plan's own already; `None` of any other.
#[must_use]
pub fn own_design(subject: Subject, choice: &DesignChoice) -> Option<&'static str> {
    let own = &subject.evaluation.of(choice.topology).design;
    choice.is_of(subject.plan, subject.catalog, own).then_some("The plan’s own design")
}

pub(super) fn table(id: &'static str, name: &str, all: &[&Found], subject: Subject, of: Of) -> Table {
    let (with_places, with_misses) = match of {
        Of::Plan(_) => (false, true),
        Of::Regions(found) => (true, found.winner().is_none()),
    };
    let currency = subject.catalog.currency();
    let over = |found: &Found| {
        let over = of.over(found).map_or_else(|| NONE.to_owned(), |over| format::money(over, currency));
        Text::from(over)
    };
    let row = |found: &Found| {
        let topology = found.choice.topology;
        let name = Text::styled(topology.name(), Style::Of(topology));
        let places = with_places.then(|| Text::from(places(&found.choice, subject.catalog)));
        let figures = WEIGHED.map(|objective| Text::from(figure_of(found, objective, currency)));
        let first = [name].into_iter().chain(places);
        let waiting = of.waiting(found, subject);
        let rest = [
            (size_of(found, subject.catalog) + by_load(found, waiting.as_ref())).into(),
            paid_until(found, of).into(),
            format::percent(found.fill).into(),
            waiting.map_or_else(|| found.month.amount(currency), short).into(),
        ];
        let misses = with_misses.then(|| Text::from(misses(found, of)));
        Row::of(first.chain(rest).chain([over(found)]).chain(misses).chain(figures))
    };
    let places = with_places.then(|| Column::text("Regions"));
    let first = [Column::names("Design")].into_iter().chain(places);
    let rest =
        [Column::text("Size"), Column::text("Paid"), Column::figures("Fill").wide_only(), Column::figures("A month")];
    let lossy = match of {
        Of::Plan(found) => found.counts_loss(),
        Of::Regions(_) => subject.evaluation.comparison.over.as_ref().is_some_and(OverHorizon::counts_loss),
    };
    let months = Column::figures(format!("Over {}", span_of(subject.plan.horizon.months, lossy)));
    Table {
        id,
        name: name.to_owned(),
        columns: first
            .chain(rest)
            .chain([months])
            .chain(with_misses.then(|| Column::text("Misses")))
            .chain(WEIGHED.map(|objective| Column::figures(objective.heading()).wide_only()))
            .collect(),
        rows: all.iter().map(|found| row(found)).collect(),
    }
}

/// ", by today’s load" of a design that waits and is made in another size then.
fn by_load(found: &Found, waiting: Option<&[String; 3]>) -> &'static str {
    let other = |[.., then]: &[String; 3]| !then.ends_with(&format!("({})", found.choice.size.sku.short()));
    if waiting.is_some_and(other) { ", by today’s load" } else { "" }
}

/// "M50"; "M350, in preview" where Microsoft does not guarantee it yet.
fn size_of(found: &Found, catalog: &Catalog) -> String {
    let preview = catalog.sku(&found.choice.size.sku).is_some_and(|sku| sku.preview);
    size(&found.choice.size, found.choice.topology) + if preview { ", in preview" } else { "" }
}

/// "reserved for 3 years", "reserved for 3 years, exchanged in month 4".
fn paid_until(found: &Found, of: Of) -> String {
    let months: Vec<String> = of.exchanged(found).iter().map(u32::to_string).collect();
    let until = match months.as_slice() {
        [] => String::new(),
        [one] => format!(", exchanged in month {one}"),
        all => format!(", exchanged in months {}", format::listed(all)),
    };
    paid(&found.choice) + &until
}

/// "RTO and write latency"; "nothing (RPO in the model alone)"; "nothing until 2028-09-30" of a pair whose group lacks something; "–" of a
/// design that meets every target, as can be shown.
fn misses(found: &Found, of: Of) -> String {
    let names: Vec<&str> = found.unmet.iter().map(|it| it.name()).collect();
    let pair = found.choice.topology == Topology::Passive;
    let successor = if let Of::Plan(of) = of { of.successor.as_ref() } else { None };
    let until = until(successor.filter(|_| pair && names.is_empty()));
    match (names.is_empty(), found.unshown.is_empty()) {
        _ if !until.is_empty() => format!("nothing{}{until}", unshown(&found.unshown)),
        (true, true) => NONE.to_owned(),
        (true, false) => format!("nothing{}", unshown(&found.unshown)),
        (false, _) => format!("{}{}", format::listed(&names), unshown(&found.unshown)),
    }
}
