//! The lines in which earlier releases kept a sheet; they are read, and no longer written.

use super::super::row::MOST;
use super::super::{Conflict, LeftOut, Sheet};
use super::{METERS, is_of_rows};
use crate::catalog::{Catalog, PriceSheet, ReservationTerm, SheetPrice, Target};
use crate::units::{Currency, UnitPrice};
use rust_decimal::Decimal;
use std::str::FromStr;

const HEAD: &str = "redis-dr-planner.prices.1";

/// The sheet of a text of that form; `None` as for the newer one.
pub(super) fn read(text: &str, catalog: &Catalog) -> Option<Sheet> {
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

fn next<T: FromStr>(words: &mut std::str::SplitAsciiWhitespace<'_>) -> Option<T> {
    words.next()?.parse().ok()
}

/// A price or a quantity as a row of a sheet has it.
fn figure(words: &mut std::str::SplitAsciiWhitespace<'_>) -> Option<Decimal> {
    next(words).filter(|figure: &Decimal| !figure.is_sign_negative() && *figure <= MOST)
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
