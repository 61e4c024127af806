//! Totals, and how they are shared out by a tag.

use super::Row;
use crate::report::format;
use crate::units::{Currency, Money, Ratio};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a list of rows adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// How many plans.
    pub plans: usize,
    /// `Σ` of the steady months at effective prices.
    pub monthly: Money,
    /// `Σ` at list prices.
    pub list: Money,
    /// Plans of which no topology is possible, or not the one that is fixed; they are not in the sums.
    pub without_bill: usize,
    /// Plans with a line without a price; the sums hold what is known of them.
    pub with_unknown: usize,
    /// Lines without a price.
    pub unknown_lines: u32,
    /// Plans with a finding that blocks.
    pub blocked: usize,
    /// What the rows' months at effective and at list prices add up to as they are printed.
    pub printed: [Decimal; 2],
}

/// Adds rows up.
#[must_use]
pub fn totals<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Totals {
    rows.into_iter().fold(Totals::default(), |sum, row| Totals {
        plans: sum.plans + 1,
        monthly: sum.monthly + row.monthly.unwrap_or_default(),
        list: sum.list + row.list.unwrap_or_default(),
        without_bill: sum.without_bill + usize::from(row.monthly.is_none()),
        with_unknown: sum.with_unknown + usize::from(row.unknown_lines > 0),
        unknown_lines: sum.unknown_lines.saturating_add(row.unknown_lines),
        blocked: sum.blocked + usize::from(row.findings[0] > 0),
        printed: [
            sum.printed[0].saturating_add(format::whole(row.monthly.unwrap_or_default())),
            sum.printed[1].saturating_add(format::whole(row.list.unwrap_or_default())),
        ],
    })
}

impl Totals {
    /// The totals in words: "12 plans cost $34,567 a month, $40,120 at list prices. 2 plans have …"; where the printed months of the
    /// rows do not add up to them, it says that they are rounded.
    #[must_use]
    pub fn says(&self, currency: Currency) -> String {
        if self.plans == 0 {
            return "No plan.".to_owned();
        }
        let one = self.plans == 1;
        let cost = if one { "costs" } else { "cost" };
        let plans = format::counted(self.plans, "plan");
        let list = if self.list == self.monthly {
            String::new()
        } else {
            format!(", {} at list prices", format::money(self.list, currency))
        };
        let mut said = vec![format!("{plans} {cost} {} a month{list}.", format::money(self.monthly, currency))];
        if self.unknown_lines > 0 {
            let lines = format::counted(self.unknown_lines as usize, "line");
            let of = format::counted(self.with_unknown, "plan");
            said.push(format!("Not in it: {lines} without a price in {of}."));
        }
        if self.without_bill > 0 {
            said.push(format!("Without a possible topology: {}.", format::counted(self.without_bill, "plan")));
        }
        if self.blocked > 0 {
            said.push(format!("With a finding that blocks: {}.", format::counted(self.blocked, "plan")));
        }
        let added = ![self.monthly, self.list].iter().any(|sum| sum.is_too_large());
        if added && self.printed != [self.monthly, self.list].map(format::whole) {
            said.push(format::ROUNDED.to_owned());
        }
        said.join(" ")
    }
}

/// The part of one value of a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The value; `None` for plans without the tag.
    pub value: Option<String>,
    /// Plans with that value.
    pub plans: usize,
    /// Their months together.
    pub monthly: Money,
    /// Of the total of all rows; 0 where that is 0.
    pub share: Ratio,
}

/// The total by the values of a tag, the dearest first; plans without the tag stand last, so that the parts add up to the total.
#[must_use]
pub fn shares(rows: &[Row], key: &str) -> Vec<Share> {
    let whole = totals(rows).monthly.as_f64_for_charts();
    let mut found: BTreeMap<Option<&str>, (usize, Money)> = BTreeMap::new();
    for row in rows {
        let (plans, monthly) = found.entry(row.entry.tag(key)).or_default();
        *plans += 1;
        *monthly += row.monthly.unwrap_or_default();
    }
    let part = |(value, (plans, monthly)): (Option<&str>, (usize, Money))| Share {
        value: value.map(str::to_owned),
        plans,
        monthly,
        share: Ratio::ZERO,
    };
    let mut parts: Vec<Share> = found.into_iter().map(part).collect();
    for part in &mut parts {
        let amount = part.monthly.as_f64_for_charts();
        part.share = Ratio::fraction(if whole > 0.0 { amount / whole } else { 0.0 });
    }
    parts.sort_by_key(|part| (part.value.is_none(), Reverse(part.monthly)));
    parts
}

/// [`format::ROUNDED`] where the printed months of the parts do not add up to the printed month of all, in whole units or in
/// cents; `None` where they do.
#[must_use]
pub fn rounding(parts: &[Share]) -> Option<&'static str> {
    let months = || parts.iter().map(|part| part.monthly);
    let whole: Money = months().sum();
    format::rounding(months(), whole, format::whole).or_else(|| format::rounding(months(), whole, Money::to_cents))
}
