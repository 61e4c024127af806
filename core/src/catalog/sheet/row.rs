//! One price of a sheet beside the bundled one.

use crate::catalog::{KnownPrice, RegionId};
use crate::units::{Currency, Date, Ratio, UnitPrice, format};
use rust_decimal::prelude::ToPrimitive;

/// A price further than this from the catalogue's deserves a look.
pub const FAR: Ratio = Ratio::fraction(0.2);

/// One price that the sheet gives.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// "P4 node in North Europe".
    pub what: String,
    /// The region that it holds in; none for every region.
    pub region: Option<RegionId>,
    /// What one unit is: "node-hour", "GB".
    pub unit: &'static str,
    /// The catalogue's price, where it has one in the same currency.
    pub before: Option<KnownPrice>,
    /// The sheet's price; of a tiered price the first tier that is paid.
    pub now: UnitPrice,
    /// Day from which the row holds.
    pub effective: Option<Date>,
    /// `now ÷ before − 1`.
    pub change: Option<Ratio>,
}

impl SheetRow {
    /// More than [`FAR`] off the catalogue's price.
    #[must_use]
    pub fn is_far(&self) -> bool {
        self.change.is_some_and(|change| change.as_fraction().abs() > FAR.as_fraction() + 1e-9)
    }

    /// The bundled catalogue has another price for it.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.amount != self.now)
    }

    /// "$0.277 → $0.3 (8.3 % more)", "$0.277, as before", "€0.3" where there is nothing to compare with.
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        let now = format::price(self.now, currency);
        let Some(before) = &self.before else { return now };
        if before.amount == self.now {
            return format!("{now}, as before");
        }
        let Some(change) = self.change.map(Ratio::as_fraction) else { return now };
        let by = format::percent(Ratio::fraction(change.abs()));
        let way = if change > 0.0 { "more" } else { "less" };
        format!("{} → {now} ({by} {way})", format::price(before.amount, currency))
    }
}

/// `now ÷ before − 1`; none for a price of 0.
pub(super) fn change(before: UnitPrice, now: UnitPrice) -> Option<Ratio> {
    let ratio = now.as_decimal().to_f64()? / before.as_decimal().to_f64()? - 1.0;
    ratio.is_finite().then(|| Ratio::fraction(ratio))
}
