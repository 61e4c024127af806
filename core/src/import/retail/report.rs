//! What there is to say about an opened sheet.

use super::{LeftOut, Sheet, left_out};
use crate::catalog::{Catalog, FAR, RegionId, SheetRow};
use crate::units::format;
use crate::units::{Currency, Date};

/// What a sheet replaced, left out and contradicts, ready to print.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetReport {
    /// The currency of the catalogue from now on.
    pub currency: Currency,
    /// Rows in the file.
    pub rows: u32,
    /// Rows that became prices.
    pub used: u32,
    /// First and last day from which its prices hold; none when no row has a date.
    pub effective: Option<(Date, Date)>,
    /// Every price that it gives, by size and region.
    pub prices: Vec<SheetRow>,
    /// Rows left out, by reason.
    pub left_out: Vec<(LeftOut, u32)>,
    /// Two rows of one meter and date with different prices: "P4 node in North Europe: $3 is taken, another row says $2".
    pub contradictions: Vec<String>,
    /// What else to know: savings plans, a missing page, allowances, another currency.
    pub notes: Vec<String>,
    /// The first day of the plan that its rows were chosen for; none for a sheet that an earlier version kept.
    pub start: Option<Date>,
}

impl SheetReport {
    pub(crate) fn new(sheet: &Sheet, catalog: &Catalog, prices: Vec<SheetRow>) -> Self {
        let days = || prices.iter().filter_map(|row| row.effective);
        let contradictions = sheet.conflicts.iter().map(|it| {
            let (kept, other) =
                (format::price(it.kept, sheet.list.currency), format::price(it.other, sheet.list.currency));
            format!("{}: {kept} is taken, another row of the same date has {other}", it.target.what(catalog))
        });
        Self {
            currency: sheet.list.currency,
            rows: sheet.rows,
            used: sheet.used(),
            effective: days().min().zip(days().max()),
            left_out: sheet.left_out.clone(),
            contradictions: contradictions.collect(),
            notes: notes(sheet),
            start: sheet.start,
            prices,
        }
    }

    /// "16 prices in USD from 21 rows, effective 2025-12-01 to 2026-03-01."; behind it how many rows are in another currency.
    #[must_use]
    pub fn headline(&self) -> String {
        let dates = match self.effective {
            None => String::new(),
            Some((first, last)) if first == last => format!(", effective {first}"),
            Some((first, last)) => format!(", effective {first} to {last}"),
        };
        let [prices, rows] =
            [(self.prices.len(), "price"), (self.rows as usize, "row")].map(|it| format::counted(it.0, it.1));
        let left_out = self.left_out.iter().find(|(why, _)| *why == LeftOut::OtherCurrency).map_or(0, |it| it.1);
        let others = match left_out {
            0 => String::new(),
            1 => " 1 row is left out: it is in another currency.".to_owned(),
            rows => format!(" {rows} rows are left out: they are in another currency."),
        };
        format!("{prices} in {} from {rows}{dates}.{others}", self.currency)
    }

    /// What the sheet did, for a plan that needs `lacks` prices which it does not give: "9 differ from the bundled ones, 5 of
    /// them by more than 20 %. 6 prices of this plan are missing."
    #[must_use]
    pub fn answer(&self, lacks: usize) -> String {
        let differ = self.prices.iter().filter(|row| row.differs()).count();
        let far = format!("{} of them by more than {}", self.far().count(), format::percent(FAR));
        let given = match (self.prices.iter().any(|row| row.before.is_some()), differ) {
            (false, _) => "None can be held against a bundled price".to_owned(),
            (true, 0) => "None differs from its bundled price".to_owned(),
            (true, 1) => "1 differs from its bundled price".to_owned(),
            (true, some) => format!("{some} differ from the bundled ones, {far}"),
        };
        let lacking = match lacks {
            0 => "No price of this plan is missing.".to_owned(),
            1 => "1 price of this plan is missing.".to_owned(),
            some => format!("{some} prices of this plan are missing."),
        };
        format!("{given}. {lacking}")
    }

    /// The rows for a plan in these regions and those for every region: what differs most comes first, then what differs,
    /// then what the bundled prices lack, then what is as before.
    #[must_use]
    pub fn rows_in(&self, regions: &[RegionId]) -> Vec<&SheetRow> {
        let here: Vec<&SheetRow> = self
            .prices
            .iter()
            .filter(|row| row.region.as_ref().is_none_or(|region| regions.contains(region)))
            .collect();
        let rank = |row: &SheetRow| match (row.is_far(), row.differs(), row.before.is_none()) {
            (true, ..) => 0,
            (_, true, _) => 1,
            (.., true) => 2,
            _ => 3,
        };
        (0..4).flat_map(|wanted| here.iter().copied().filter(move |row| rank(row) == wanted)).collect()
    }

    /// The prices that are more than [`FAR`] off the catalogue's.
    pub fn far(&self) -> impl Iterator<Item = &SheetRow> {
        self.prices.iter().filter(|row| row.is_far())
    }

    /// What to do where the sheet was read for another first day than the plan's and the day decided which rows count.
    #[must_use]
    pub fn reread(&self, start: Date) -> Option<String> {
        let dated = self.left_out.iter().any(|(why, _)| matches!(why, LeftOut::NotYet | LeftOut::Ended));
        let read = self.start.filter(|read| *read != start)?;
        (dated || self.effective.is_some_and(|(_, last)| last > start)).then(|| {
            format!("Its rows were chosen for a plan that starts on {read}; this one starts on {start}: open the sheet again.")
        })
    }

    /// "3 of other services or meters; 1 at a price of 0, which is not taken"; empty when every row was used.
    #[must_use]
    pub fn left_out_words(&self) -> String {
        left_out::in_words(&self.left_out)
    }
}

fn notes(sheet: &Sheet) -> Vec<String> {
    let mut notes = Vec::new();
    if sheet.list.currency != Currency::USD {
        notes.push(format!(
            "All prices are in {0} now and nothing is converted. What is missing in the sheet has no price, because the catalogue’s are in US dollars. A budget, an hour of an engineer and own prices that were typed in another currency do not count until they are entered in {0}.",
            sheet.list.currency
        ));
    }
    if sheet.goes_on {
        notes.push(
            "A page names a next one that is not among the files, so rows may be missing: open all pages together."
                .to_owned(),
        );
    }
    if sheet.list.prices.iter().any(|(target, price)| target.tier().is_some() && price.amount.is_zero()) {
        notes.push("Free allowances belong to the whole billing account and are not subtracted.".to_owned());
    }
    if sheet.terms > 0 {
        notes.push(format!(
            "The table names no terms: of {} the term follows from the amount (one of a year costs less than a year of the hourly price).",
            format::counted(sheet.terms as usize, "reservation")
        ));
    }
    if sheet.agreed > 0 {
        notes.push(format!(
            "{} of an agreement: these are its unit prices, after what was negotiated. Set the plan’s discount to 0, or it is taken off again.",
            if sheet.agreed == 1 { "1 price is".to_owned() } else { format!("{} prices are", format::count(f64::from(sheet.agreed))) }
        ));
    }
    if sheet.savings > 0 {
        notes.push(format!("Rows that also offer savings plans, which the planner does not model: {}.", sheet.savings));
    }
    notes
}
