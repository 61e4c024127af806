//! What is paid while a design waits for the end of the old service.

use super::misfit::sizes;
use crate::model::cost::Total;
use crate::model::horizon::{HorizonCost, Months, Waits};
use crate::units::Currency;

impl Waits {
    /// What is paid meanwhile, by which size, and what follows: "$1,240", "C5", "until 2028-09-30, then $1,931 (M50)".
    #[must_use]
    pub fn words(&self, currency: Currency) -> [String; 3] {
        let [before, after] = [&self.before, &self.after].map(|month| month.amount(currency));
        [before, sizes(&self.from), format!("until {}, then {after} ({})", self.until, sizes(&self.to))]
    }

    /// "$1,240 (C5) until 2028-09-30, then $1,931 (M50)", for a cell.
    #[must_use]
    pub fn short(&self, currency: Currency) -> String {
        short(self.words(currency))
    }
}

/// " until 2028-09-30", " after 2028-09-30"; "" of all months.
#[must_use]
pub fn of_months(months: Months) -> String {
    match months {
        Months::All => String::new(),
        Months::Until(day) => format!(" until {day}"),
        Months::After(day) => format!(" after {day}"),
    }
}

/// The same of the words.
#[must_use]
pub fn short([paid, size, then]: [String; 3]) -> String {
    format!("{paid} ({size}) {then}")
}

impl HorizonCost {
    /// The same of a design with this cost; `None` where it does not wait.
    #[must_use]
    pub fn waiting(&self, currency: Currency) -> Option<[String; 3]> {
        self.waits.as_ref().map(|it| it.words(currency))
    }
}

/// What months of a design cost, first the figure, then what follows it: "$3,412 a month" and ""; of one that waits, whose own month nobody pays
/// yet, "C5 at $1,240 a month" and " until 2028-09-30, then $1,931 (M50)".
#[must_use]
pub fn months(own: &Total, waiting: Option<&[String; 3]>, currency: Currency) -> [String; 2] {
    match waiting {
        Some([paid, size, then]) => [format!("{size} at {paid} a month"), format!(" {then}")],
        None => [format!("{} a month", own.amount(currency)), String::new()],
    }
}
