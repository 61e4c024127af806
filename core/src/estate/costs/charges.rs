//! Charges of cost exports, by resource, period and meter.

pub use crate::import::costs::CostMeter;
use crate::units::{Currency, Date};
use rust_decimal::Decimal;

/// What a charge is for: rows with one key are one charge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChargeOf {
    /// Key of the resource: of a cache, or of a private endpoint.
    pub resource: String,
    /// First day of its period.
    pub from: Date,
    /// Days of its period.
    pub days: u32,
    /// What the meter is for.
    pub meter: CostMeter,
    /// The meter's name.
    pub name: String,
    /// The currency of the invoice.
    pub currency: Currency,
    /// It is paid by a reservation or a savings plan.
    pub committed: bool,
}

/// What a charge comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spent {
    /// With commitments spread over their term.
    pub effective: Decimal,
    /// On the invoice.
    pub billed: Decimal,
    /// In the meter's unit.
    pub quantity: Decimal,
    /// Two files say different amounts; the greater counts.
    pub contested: bool,
}

impl Spent {
    /// What another file says of the same charge: exports of a month so far repeat its days. The same way in any order.
    pub(in crate::estate) fn join(&mut self, other: Self) {
        if *self == Self::default() {
            *self = other;
            return;
        }
        let figures = |it: &Self| (it.effective, it.billed, it.quantity);
        let contested = self.contested || other.contested || figures(self) != figures(&other);
        *self = if figures(self) >= figures(&other) { *self } else { other };
        self.contested = contested;
    }
}
