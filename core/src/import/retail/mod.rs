//! Files of the Azure Retail Prices: the API's own JSON, one page, several after each other, a list of pages, or rows alone; or
//! the same rows as a table (CSV); and the price sheets of agreements (EA, MCA). Several files are the pages of one sheet.
//!
//! A row becomes a price only if its meter is one that a plan is billed on; every other row is counted under the reason
//! for leaving it out, so that nothing is guessed and nothing is silently dropped.

mod address;
pub(crate) mod agreement;
mod csv;
mod left_out;
mod meter;
mod pages;
mod persisted;
mod report;
mod row;
mod sieve;
#[cfg(test)]
mod tests;

pub use address::{price_list_address, whole_price_list_address};
pub use left_out::LeftOut;
pub use persisted::{MAX_PERSISTED_BYTES, persisted, read_persisted};
pub use report::SheetReport;
pub use sieve::{SIEVE_SHOWN, Sieve};

use crate::catalog::{Catalog, PriceSheet, SheetPrice, Target};
use crate::codec::json::documents;
use crate::import::dates::DateOrder;
use crate::import::text::unmarked;
use crate::units::sentence_error;
use crate::units::{Currency, Date, UnitPrice};
use row::Row;
use rust_decimal::Decimal;
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Sheets above this size are refused unread.
pub const MAX_SHEET_BYTES: usize = 64_000_000;

sentence_error! {
    /// Why a file is no price sheet.
    SheetError
}

/// Rows of one meter and date that name different prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) target: Target,
    /// The dearer, which is taken, so that a budget holds.
    pub(crate) kept: UnitPrice,
    /// The cheapest of the others.
    pub(crate) other: UnitPrice,
}

/// What a sheet says, by the positions of sizes and regions in the catalogue that it was read for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    pub(crate) list: PriceSheet,
    pub(crate) conflicts: Vec<Conflict>,
    rows: u32,
    left_out: Vec<(LeftOut, u32)>,
    /// Rows that offer savings plans beside their price.
    savings: u32,
    /// A page names a next one that is not there.
    goes_on: bool,
    /// The first day of the plan that it was read for; none for a sheet that an earlier version kept.
    start: Option<Date>,
    /// Reservations whose term follows from their amount, because a table has no column for it.
    terms: u32,
    /// Rows of an agreement's price sheet that became prices.
    agreed: u32,
}

impl Sheet {
    /// The one currency of its prices.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.list.currency
    }

    /// The catalogue with the sheet's prices over the bundled ones, and what that changes: [`Catalog::with_sheet`].
    #[must_use]
    pub fn over(&self, catalog: &Catalog) -> (Catalog, SheetReport) {
        let (with, rows) = catalog.with_sheet(&self.list);
        let report = SheetReport::new(self, catalog, rows);
        (with, report)
    }

    /// How many rows became prices.
    #[must_use]
    pub fn used(&self) -> u32 {
        self.rows - self.left_out.iter().map(|(_, rows)| rows).sum::<u32>()
    }

    /// Counts a row, the reasons in their order.
    fn leave_out(&mut self, reason: LeftOut) {
        let at = self.left_out.iter().position(|(known, _)| *known >= reason).unwrap_or(self.left_out.len());
        match self.left_out.get_mut(at) {
            Some((known, rows)) if *known == reason => *rows += 1,
            _ => self.left_out.insert(at, (reason, 1)),
        }
    }

    /// Of the rows of one price the newest counts; of two with one date the dearer, noting the contradiction.
    ///
    /// A node's own meter wins over half of the pair's: the two differ by rounding and are one price.
    fn keep(&mut self, mut rows: Vec<(Target, SheetPrice)>) {
        rows.sort_unstable_by_key(|(target, price)| (*target, Reverse((price.effective, price.amount))));
        for (target, price) in rows {
            let Some((kept, best)) = self.list.prices.last().filter(|(kept, _)| kept.is_price_of(target)) else {
                self.list.prices.push((target, price));
                continue;
            };
            if *kept == target && best.effective == price.effective && best.amount != price.amount {
                let (kept, other) = (UnitPrice::new(best.amount), UnitPrice::new(price.amount));
                match self.conflicts.last_mut() {
                    Some(known) if known.target == target => known.other = other,
                    _ => self.conflicts.push(Conflict { target, kept, other }),
                }
            }
            self.leave_out(LeftOut::Superseded);
        }
        for (target, price) in &mut self.list.prices {
            if let Target::Node { pair, .. } = target
                && *pair
            {
                *pair = false;
                price.amount = (price.amount * HALF).normalize();
            }
        }
    }

    /// A schedule of tiers counts only from its first tier on, and only with a tier that is paid.
    fn drop_broken_schedules(&mut self) {
        let all = std::mem::take(&mut self.list.prices);
        for schedule in
            all.chunk_by(|(one, _), (other, _)| one.schedule().is_some() && one.schedule() == other.schedule())
        {
            let reason = match schedule.first().and_then(|(first, _)| first.tier()) {
                Some(from) if !from.is_zero() => LeftOut::NoFirstTier,
                Some(_) if schedule.iter().all(|(_, price)| price.amount.is_zero()) => LeftOut::Free,
                Some(_) if schedule.len() > MOST_TIERS => LeftOut::Broken,
                _ => {
                    self.list.prices.extend_from_slice(schedule);
                    continue;
                }
            };
            for _ in schedule {
                self.leave_out(reason);
            }
        }
    }
}

/// Most tiers of one schedule: the price list has up to six, and each that is reached is a line of the bill.
const MOST_TIERS: usize = 50;
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// A sheet as far as it is read: its rows with their currencies, which are weighed at the end.
struct Draft {
    start: Date,
    sheet: Sheet,
    found: Vec<(Currency, Target, SheetPrice)>,
    /// Places in `found` of prices of an agreement.
    agreed: BTreeSet<usize>,
    pages: pages::Pages,
}

impl Draft {
    /// A page, a list of pages or rows, or a row.
    fn read(&mut self, value: &Value, catalog: &Catalog) {
        match value {
            Value::Array(list) => {
                for entry in list {
                    if entry.get("Items").is_some() { self.read(entry, catalog) } else { self.row(entry, catalog) }
                }
            }
            Value::Object(page) => {
                if let Some(Value::Array(list)) = page.get("Items") {
                    for item in list {
                        self.row(item, catalog);
                    }
                    self.pages.add(page.get("NextPageLink").and_then(Value::as_str).unwrap_or_default());
                } else if page.contains_key("meterName") {
                    self.row(value, catalog);
                }
            }
            _ => {}
        }
    }

    /// The rows of a table; it has no pages. False for a table of another kind.
    fn table(&mut self, text: &str, catalog: &Catalog, dates: Option<DateOrder>) -> Result<bool, String> {
        let begun = self.found.len();
        if csv::is_prices(text) {
            let (rows, terms) = csv::rows(text, dates)?;
            self.sheet.terms += terms;
            for row in &rows {
                self.row(row, catalog);
            }
        } else if agreement::is_prices(text) {
            for row in &agreement::rows(text, catalog, dates)? {
                self.row(row, catalog);
            }
            self.agreed.extend(begun..self.found.len());
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn row(&mut self, item: &Value, catalog: &Catalog) {
        self.sheet.rows += 1;
        let read = Row::read(item).and_then(|row| {
            let target = meter::target(&row, catalog)?;
            row.holds_on(self.start)?;
            Ok((target, row))
        });
        match read {
            Ok((target, row)) => {
                self.sheet.savings += u32::from(row.savings);
                self.found.push((row.currency, target, SheetPrice { amount: row.price, effective: row.effective }));
            }
            Err(reason) => self.sheet.leave_out(reason),
        }
    }

    /// The currency of most prices; of equally many the first.
    fn currency(&self) -> Option<Currency> {
        // How many rows, and how far from the end the first one stands.
        let mut counted: BTreeMap<Currency, (usize, usize)> = BTreeMap::new();
        for (at, (currency, ..)) in self.found.iter().enumerate() {
            counted.entry(*currency).or_insert((0, self.found.len() - at)).0 += 1;
        }
        counted.into_iter().max_by_key(|(_, rows)| *rows).map(|(currency, _)| currency)
    }

    fn finish(mut self) -> Sheet {
        self.sheet.goes_on = self.pages.lack_one();
        self.sheet.start = Some(self.start);
        self.sheet.list.currency = self.currency().unwrap_or_default();
        let currency = self.sheet.list.currency;
        let found = std::mem::take(&mut self.found);
        // What is agreed is paid, whatever the price list says beside it.
        let agreed = |at: usize| found.get(at).filter(|it| it.0 == currency).map(|it| it.1.of_the_node());
        let agreed: BTreeSet<Target> = self.agreed.iter().filter_map(|at| agreed(*at)).collect();
        let mut rows = Vec::new();
        for (at, (of, target, price)) in found.into_iter().enumerate() {
            let is_agreed = self.agreed.contains(&at);
            if of != currency {
                self.sheet.leave_out(LeftOut::OtherCurrency);
            } else if !is_agreed && agreed.contains(&target.of_the_node()) {
                self.sheet.leave_out(LeftOut::Superseded);
            } else {
                self.sheet.agreed += u32::from(is_agreed);
                rows.push((target, price));
            }
        }
        self.sheet.keep(rows);
        self.sheet.drop_broken_schedules();
        self.sheet
    }
}

/// Reads a sheet from its files, each a name and a text; several are its pages, in any order.
///
/// Of the rows of a price the newest counts that holds on `start`, the first day of the plan: a row that takes effect later
/// (`effectiveStartDate`) or ended before (`effectiveEndDate`, itself the last day) is counted and left out.
///
/// Errors, which name the file where there are several: more than [`MAX_SHEET_BYTES`] together, no JSON, no rows, or none
/// that a plan is billed on. Positions of sizes and regions are those of `catalog`.
pub fn read_files(files: &[(String, String)], catalog: &Catalog, start: Date) -> Result<Sheet, SheetError> {
    read_files_dated(files, catalog, start, None)
}

/// As [`read_files`]; `dates` says which of the first two numbers of a date with slashes is the month, where the person knows it.
///
/// Errors as [`read_files`], and a table whose dates can be read both ways.
pub fn read_files_dated(
    files: &[(String, String)],
    catalog: &Catalog,
    start: Date,
    dates: Option<DateOrder>,
) -> Result<Sheet, SheetError> {
    let size: usize = files.iter().map(|(_, text)| text.len()).sum();
    if size > MAX_SHEET_BYTES {
        let size = crate::units::file_size::size_above(size as u64, MAX_SHEET_BYTES);
        return Err(SheetError(format!(
            "This price sheet has {size}, and 64 MB are read at most: ask the API for the services and regions of the plan only, or keep an agreement’s header and its lines of Redis, Bandwidth, Private Link and Azure Monitor."
        )));
    }
    let mut draft = Draft {
        start,
        sheet: Sheet::default(),
        found: Vec::new(),
        agreed: BTreeSet::new(),
        pages: pages::Pages::default(),
    };
    for (name, text) in files {
        let text = unmarked(text);
        let which = if files.len() > 1 { name.as_str() } else { "This" };
        if draft
            .table(text, catalog, dates)
            .map_err(|why| SheetError(format!("{which} price sheet is not read: {why}")))?
        {
            continue;
        }
        for document in documents(text) {
            let document = document.map_err(|error| {
                if error.is_data() {
                    return SheetError(format!("{which} price sheet cannot be taken as it is: {error}."));
                }
                SheetError(format!(
                    "{which} is no price sheet: it is not whole JSON ({error}). Save the answer of the Retail Prices API as it comes."
                ))
            })?;
            draft.read(&document, catalog);
        }
    }
    let sheet = draft.finish();
    match (sheet.rows, sheet.list.prices.is_empty()) {
        (0, _) => Err(SheetError(
            "This is no price sheet: it has no “Items”. Save the answer of the Retail Prices API as it comes."
                .to_owned(),
        )),
        (rows, true) => Err(SheetError(format!(
            "This price sheet has no price of Redis, bandwidth, private endpoints or monitoring that a plan is billed on; its {rows} rows: {}. Ask the API for these services.",
            left_out::in_words(&sheet.left_out)
        ))),
        _ => Ok(sheet),
    }
}

/// Reads a sheet of one file. Errors as [`read_files`].
pub fn read(text: &str, catalog: &Catalog, start: Date) -> Result<Sheet, SheetError> {
    read_files(&[(String::new(), text.to_owned())], catalog, start)
}

/// Opens a sheet over a catalogue: the catalogue with its prices, and what there is to say about it.
///
/// The sheet of an earlier call is put away first. Errors as [`read_files`].
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::import::retail::open_sheet;
/// use dr_core::plan::Plan;
///
/// let page = r#"{"Items":[{"currencyCode":"USD","retailPrice":0.5,"unitPrice":0.5,"tierMinimumUnits":0,
///     "armRegionName":"eastus","productName":"Azure Managed Redis - Balanced","skuName":"B10",
///     "meterName":"B10 Cache Instance","serviceName":"Redis Cache","unitOfMeasure":"1 Hour","type":"Consumption"}]}"#;
/// match open_sheet(page, &Catalog::bundled()?, Plan::default().horizon.start) {
///     Ok((catalog, report)) => println!("{} {}", report.headline(), catalog.has_sheet()),
///     Err(why) => println!("{why}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open_sheet(text: &str, catalog: &Catalog, start: Date) -> Result<(Catalog, SheetReport), SheetError> {
    read(text, catalog, start).map(|sheet| sheet.over(catalog))
}
