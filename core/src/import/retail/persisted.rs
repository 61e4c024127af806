//! A sheet's prices as a short text, to be read again at the next visit: a line a price, by names and not by positions.

use super::row::MOST;
use super::{Conflict, LeftOut, MOST_TIERS, Sheet};
use crate::catalog::{Catalog, Meter, PriceSheet, ReservationTerm, SheetPrice, Target};
use crate::units::{Currency, UnitPrice};
use rust_decimal::Decimal;
use std::fmt::Write;
use std::str::FromStr;

/// A longer text is not kept for the next visit: browsers give a page some five million characters for everything.
pub const MAX_PERSISTED_BYTES: usize = 1_000_000;

const HEAD: &str = "redis-dr-planner.prices.1";

const METERS: [(Meter, &str); 5] = [
    (Meter::PrivateEndpointHour, "endpoint"),
    (Meter::PrivateEndpointIn, "endpoint-in"),
    (Meter::PrivateEndpointOut, "endpoint-out"),
    (Meter::AlertSeries, "alerts"),
    (Meter::LogGb, "logs"),
];

/// The text of a sheet that was read for this catalogue, whatever its length; what the catalogue does not name is not in
/// it.
#[must_use]
pub fn persisted(sheet: &Sheet, catalog: &Catalog) -> String {
    let mut text =
        format!("{HEAD} {} {} {} {}", sheet.list.currency, sheet.rows, sheet.savings, u8::from(sheet.goes_on));
    if let Some(start) = sheet.start {
        let _ = write!(text, " {start}");
    }
    for (reason, rows) in &sheet.left_out {
        if let Some(at) = LeftOut::ALL.iter().position(|it| it == reason) {
            let _ = write!(text, "\nleft {at} {rows}");
        }
    }
    for (target, price) in &sheet.list.prices {
        let day = price.effective.map_or_else(|| "-".to_owned(), |day| day.to_string());
        if let Some(target) = words(*target, catalog) {
            let _ = write!(text, "\nprice {target} {} {day}", price.amount);
        }
    }
    for Conflict { target, kept, other } in &sheet.conflicts {
        if let Some(target) = words(*target, catalog) {
            let _ = write!(text, "\ndiffer {target} {} {}", kept.as_decimal(), other.as_decimal());
        }
    }
    text
}

/// The sheet of a text that [`persisted`] wrote; `None` for anything else, for a size or region that the catalogue lacks, and for a price
/// or a quantity that no row of a sheet can have: below 0 or above 10⁹.
#[must_use]
pub fn read_persisted(text: &str, catalog: &Catalog) -> Option<Sheet> {
    let mut lines = text.lines();
    let mut head = lines.next()?.strip_prefix(HEAD)?.split_ascii_whitespace();
    let mut sheet = Sheet {
        list: PriceSheet { currency: Currency::new(head.next()?)?, prices: Vec::new() },
        rows: next(&mut head)?,
        savings: next(&mut head)?,
        goes_on: next::<u8>(&mut head)? == 1,
        start: next(&mut head),
        ..Sheet::default()
    };
    for line in lines {
        read_line(line, catalog, &mut sheet)?;
    }
    is_of_rows(&sheet).then_some(sheet)
}

/// One line after the first: a count of rows left out, a price, or two prices that differ.
fn read_line(line: &str, catalog: &Catalog, sheet: &mut Sheet) -> Option<()> {
    let mut line = line.split_ascii_whitespace();
    match line.next()? {
        "left" => sheet.left_out.push((*LeftOut::ALL.get(next::<usize>(&mut line)?)?, next(&mut line)?)),
        "price" => {
            let target = target(&mut line, catalog)?;
            let amount = figure(&mut line)?;
            sheet.list.prices.push((target, SheetPrice { amount, effective: line.next()?.parse().ok() }));
        }
        "differ" => sheet.conflicts.push(Conflict {
            target: target(&mut line, catalog)?,
            kept: UnitPrice::new(figure(&mut line)?),
            other: UnitPrice::new(figure(&mut line)?),
        }),
        _ => return None,
    }
    Some(())
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

fn next<T: FromStr>(words: &mut std::str::SplitAsciiWhitespace<'_>) -> Option<T> {
    words.next()?.parse().ok()
}

/// A price or a quantity as a row of a sheet has it.
fn figure(words: &mut std::str::SplitAsciiWhitespace<'_>) -> Option<Decimal> {
    next(words).filter(|figure: &Decimal| !figure.is_sign_negative() && *figure <= MOST)
}

/// Kind, region, size or meter, first quantity.
fn words(target: Target, catalog: &Catalog) -> Option<String> {
    let (kind, region, what, from) = match target {
        Target::Node { sku, region, pair } => {
            (if pair { "pair" } else { "node" }, Some(region), Ok(sku), Decimal::ZERO)
        }
        Target::Reservation { sku, region, term: ReservationTerm::OneYear } => {
            ("1-year", Some(region), Ok(sku), Decimal::ZERO)
        }
        Target::Reservation { sku, region, .. } => ("3-years", Some(region), Ok(sku), Decimal::ZERO),
        Target::Egress { region, from } => ("traffic", Some(region), Err("-"), from),
        Target::Meter { meter, region, from } => {
            ("meter", region, Err(METERS.iter().find(|(it, _)| *it == meter)?.1), from)
        }
    };
    let region = region.map_or(Some("-"), |at| Some(catalog.regions().get(at)?.id.as_str()))?;
    let what = match what {
        Ok(sku) => catalog.skus().get(sku)?.id.as_str(),
        Err(what) => what,
    };
    Some(format!("{kind} {region} {what} {from}"))
}

fn target(words: &mut std::str::SplitAsciiWhitespace<'_>, catalog: &Catalog) -> Option<Target> {
    let (kind, region, what) = (words.next()?, words.next()?, words.next()?);
    let from = figure(words)?;
    let place = catalog.region_at(region);
    if kind == "meter" {
        let meter = METERS.iter().find(|(_, name)| *name == what)?.0;
        return (place.is_some() || region == "-").then_some(Target::Meter { meter, region: place, from });
    }
    let region = place?;
    if kind == "traffic" {
        return Some(Target::Egress { region, from });
    }
    let sku = catalog.sku_at(what)?;
    match kind {
        "node" => Some(Target::Node { sku, region, pair: false }),
        "pair" => Some(Target::Node { sku, region, pair: true }),
        "1-year" => Some(Target::Reservation { sku, region, term: ReservationTerm::OneYear }),
        "3-years" => Some(Target::Reservation { sku, region, term: ReservationTerm::ThreeYears }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        Catalog::bundled().unwrap()
    }

    /// Kept texts that made the page die at every visit: a sum of theirs overflowed.
    #[test]
    fn prices_that_no_sheet_can_have_are_not_read() {
        let hostile = [
            include_str!("../../../../tests/fixtures/hostile/kept-prices-overflow-0.txt"),
            include_str!("../../../../tests/fixtures/hostile/kept-prices-overflow-1.txt"),
            include_str!("../../../../tests/fixtures/hostile/kept-prices-overflow-2.txt"),
        ];
        for text in hostile {
            assert_eq!(read_persisted(text, &catalog()), None, "{text}");
        }
    }

    #[test]
    fn the_bounds_are_those_of_a_sheets_rows() {
        let with = |from: &str, price: &str, differs: &str| {
            let lines = format!("price traffic eastus - 0 0.02 -\nprice traffic eastus - {from} {price} -");
            read_persisted(&format!("{HEAD} USD 2 0 0\n{lines}\ndiffer traffic eastus - 0 {differs} 0.01"), &catalog())
        };
        assert!(with("10", "1000000000", "0.02").is_some());
        for (from, price, differs) in [
            ("10", "1000000000.01", "0.02"),
            ("10", "-0.01", "0.02"),
            ("79228162514264337593543950335", "0.01", "0.02"),
            ("10", "0.01", "-0.02"),
            ("10", "0.01", "2000000000"),
        ] {
            assert_eq!(with(from, price, differs), None, "{from} {price} {differs}");
        }
    }

    /// Each tier that is reached is a line of the bill.
    #[test]
    fn a_schedule_has_few_tiers() {
        let tiers = |count: usize| {
            let mut lines = String::new();
            for from in 0..count {
                let _ = write!(lines, "\nprice traffic eastus - {from} 0.01 -");
            }
            read_persisted(&format!("{HEAD} USD 1000 0 0{lines}"), &catalog())
        };
        assert!(tiers(MOST_TIERS).is_some());
        assert_eq!(tiers(MOST_TIERS + 1), None);
    }
}
