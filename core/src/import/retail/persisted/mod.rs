//! A sheet's prices as JSON, to be read again at the next visit: by names and not by positions.

mod lines;

use super::row::MOST;
use super::{Conflict, LeftOut, MOST_TIERS, Sheet};
use crate::catalog::{Catalog, Meter, PriceSheet, ReservationTerm, SheetPrice, Target};
use crate::units::{Currency, Date, UnitPrice};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A longer text is not kept for the next visit: browsers give a page some five million characters for everything.
pub const MAX_PERSISTED_BYTES: usize = 1_000_000;

/// The version that is written.
const VERSION: u32 = 2;

const METERS: [(Meter, &str); 5] = [
    (Meter::PrivateEndpointHour, "endpoint"),
    (Meter::PrivateEndpointIn, "endpoint-in"),
    (Meter::PrivateEndpointOut, "endpoint-out"),
    (Meter::AlertSeries, "alerts"),
    (Meter::LogGb, "logs"),
];

/// A sheet with names in place of the catalogue's positions.
#[derive(Serialize, Deserialize)]
struct Kept {
    prices_version: u32,
    currency: String,
    rows: u32,
    savings: u32,
    goes_on: bool,
    start: Option<Date>,
    #[serde(default)]
    terms: u32,
    #[serde(default)]
    agreed: u32,
    left_out: Vec<(LeftOut, u32)>,
    prices: Vec<KeptPrice>,
    differ: Vec<KeptConflict>,
}

/// A price: what it is of, the amount, and the day from which it holds.
#[derive(Serialize, Deserialize)]
struct KeptPrice(Named, Decimal, Option<Date>);

/// Two rows of one price that differ: what they are of, the amount that is taken, and the other.
#[derive(Serialize, Deserialize)]
struct KeptConflict(Named, Decimal, Decimal);

/// What a price is of: kind; region, null for a meter without one; size or meter; first quantity.
#[derive(Serialize, Deserialize)]
struct Named(Kind, Option<String>, Option<String>, Decimal);

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Node,
    Pair,
    OneYear,
    ThreeYears,
    Traffic,
    Meter,
}

/// The text of a sheet that was read for this catalogue, whatever its length; what the catalogue does not name is not in it.
#[must_use]
pub fn persisted(sheet: &Sheet, catalog: &Catalog) -> String {
    let price =
        |(target, it): &(Target, SheetPrice)| Some(KeptPrice(named(*target, catalog)?, it.amount, it.effective));
    let differ =
        |it: &Conflict| Some(KeptConflict(named(it.target, catalog)?, it.kept.as_decimal(), it.other.as_decimal()));
    let kept = Kept {
        prices_version: VERSION,
        currency: sheet.list.currency.to_string(),
        rows: sheet.rows,
        savings: sheet.savings,
        goes_on: sheet.goes_on,
        start: sheet.start,
        terms: sheet.terms,
        agreed: sheet.agreed,
        left_out: sheet.left_out.clone(),
        prices: sheet.list.prices.iter().filter_map(price).collect(),
        differ: sheet.conflicts.iter().filter_map(differ).collect(),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

/// The sheet of a text that [`persisted`] or an earlier release wrote; `None` for anything else, for a size or region that the catalogue
/// lacks, and for a price or a quantity that no row of a sheet can have: below 0 or above 10⁹.
#[must_use]
pub fn read_persisted(text: &str, catalog: &Catalog) -> Option<Sheet> {
    if !text.starts_with('{') {
        return lines::read(text, catalog);
    }
    let kept: Kept = serde_json::from_str(text).ok().filter(|kept: &Kept| kept.prices_version == VERSION)?;
    let price = |KeptPrice(of, amount, effective): KeptPrice| {
        Some((target(&of, catalog)?, SheetPrice { amount: figure(amount)?, effective }))
    };
    let conflict = |KeptConflict(of, kept, other): KeptConflict| {
        let [kept, other] = [figure(kept)?, figure(other)?].map(UnitPrice::new);
        Some(Conflict { target: target(&of, catalog)?, kept, other })
    };
    let sheet = Sheet {
        list: PriceSheet {
            currency: Currency::new(&kept.currency)?,
            prices: kept.prices.into_iter().map(price).collect::<Option<_>>()?,
        },
        conflicts: kept.differ.into_iter().map(conflict).collect::<Option<_>>()?,
        rows: kept.rows,
        left_out: kept.left_out,
        savings: kept.savings,
        goes_on: kept.goes_on,
        start: kept.start,
        terms: kept.terms,
        agreed: kept.agreed,
    };
    is_of_rows(&sheet).then_some(sheet)
}

/// True for what the rows of a sheet can give: prices in order, few tiers, no more rows left out than there were.
fn is_of_rows(sheet: &Sheet) -> bool {
    let left_out = sheet.left_out.iter().try_fold(0_u32, |sum, (_, rows)| sum.checked_add(*rows));
    let prices = &sheet.list.prices;
    let mut schedules =
        prices.chunk_by(|(one, _), (other, _)| one.schedule().is_some() && one.schedule() == other.schedule());
    left_out.is_some_and(|rows| rows <= sheet.rows)
        && schedules.all(|schedule| schedule.len() <= MOST_TIERS)
        && prices.is_sorted_by(|(one, _), (other, _)| one < other)
        && !prices.is_empty()
}

/// A price or a quantity as a row of a sheet has it.
fn figure(figure: Decimal) -> Option<Decimal> {
    (!figure.is_sign_negative() && figure <= MOST).then_some(figure)
}

fn named(target: Target, catalog: &Catalog) -> Option<Named> {
    let (kind, region, sku, from) = match target {
        Target::Node { sku, region, pair } => {
            (if pair { Kind::Pair } else { Kind::Node }, Some(region), Some(sku), Decimal::ZERO)
        }
        Target::Reservation { sku, region, term: ReservationTerm::OneYear } => {
            (Kind::OneYear, Some(region), Some(sku), Decimal::ZERO)
        }
        Target::Reservation { sku, region, .. } => (Kind::ThreeYears, Some(region), Some(sku), Decimal::ZERO),
        Target::Egress { region, from } => (Kind::Traffic, Some(region), None, from),
        Target::Meter { region, from, .. } => (Kind::Meter, region, None, from),
    };
    let region = match region {
        Some(at) => Some(catalog.regions().get(at)?.id.as_str().to_owned()),
        None => None,
    };
    let what = match (target, sku) {
        (Target::Meter { meter, .. }, _) => Some(METERS.iter().find(|(it, _)| *it == meter)?.1.to_owned()),
        (_, Some(sku)) => Some(catalog.size_id(sku)?.as_str().to_owned()),
        _ => None,
    };
    Some(Named(kind, region, what, from))
}

fn target(Named(kind, region, what, from): &Named, catalog: &Catalog) -> Option<Target> {
    let (place, from) = (region.as_deref().map(|it| catalog.region_at(it)), figure(*from)?);
    let what = what.as_deref().unwrap_or_default();
    if let Kind::Meter = kind {
        let meter = METERS.iter().find(|(_, name)| *name == what)?.0;
        let region = match place {
            Some(place) => Some(place?),
            None => None,
        };
        return Some(Target::Meter { meter, region, from });
    }
    let region = place??;
    let sku = || catalog.size_at(what);
    Some(match kind {
        Kind::Node => Target::Node { sku: sku()?, region, pair: false },
        Kind::Pair => Target::Node { sku: sku()?, region, pair: true },
        Kind::OneYear => Target::Reservation { sku: sku()?, region, term: ReservationTerm::OneYear },
        Kind::ThreeYears => Target::Reservation { sku: sku()?, region, term: ReservationTerm::ThreeYears },
        Kind::Traffic | Kind::Meter => Target::Egress { region, from },
    })
}

#[cfg(test)]
mod tests;
