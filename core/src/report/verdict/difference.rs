//! What one design costs against another, in words.

use crate::decide::Difference;
use crate::model::cost::Total;
use crate::units::{Currency, format};

/// "$20,000 more"; `None` where that is not known.
pub(super) fn more_or_less(difference: &Difference, currency: Currency) -> Option<String> {
    match difference {
        Difference::Less(by) => Some(format!("{} less", format::money(*by, currency))),
        Difference::More(by) => Some(format!("{} more", format::money(*by, currency))),
        Difference::Same => Some("the same".to_owned()),
        Difference::NoCost | Difference::AtLeastMore(..) | Difference::Costs(_) => None,
    }
}

/// "costs $1,018 less", "costs ≥ $2,663 (M50 in West Europe has no price)".
pub(super) fn costs(difference: &Difference, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let lacking = |total: &Total| total.why().map_or_else(String::new, |why| format!(" ({why})"));
    match difference {
        Difference::NoCost => "has no cost".to_owned(),
        Difference::Same => "costs the same".to_owned(),
        Difference::Less(by) => format!("costs {} less", money(*by)),
        Difference::More(by) => format!("costs {} more", money(*by)),
        Difference::AtLeastMore(by, total) => format!("costs at least {} more{}", money(*by), lacking(total)),
        Difference::Costs(total) => format!("costs {}{}", total.amount(currency), lacking(total)),
    }
}
