//! What lines add up to: a sum that knows whether it is complete.
//!
//! A sum without the price of a line is a lower bound. The type has no amount to take out of it but through
//! [`Total::complete`], which an incomplete sum does not have, and [`Total::at_least`], which says what it is.

use super::{BillLine, LineKind};
use crate::catalog::{RegionId, SkuId};
use crate::units::format;
use crate::units::{Currency, Money};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// Names of missing prices that a sentence spells out; the others are counted.
const SPELT_OUT: usize = 2;

/// What a sum lacks: a line of the price list, or of the plan's own prices, that has no price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingPrice {
    /// "M50 in West Europe" for nodes, else the line: "Logs, West Europe".
    pub what: String,
    /// The node whose price the plan may give itself (`pricing.overrides`); `None` for every other line.
    pub node: Option<PricedNode>,
}

/// A size in a region, which has one price of a node-hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricedNode {
    /// The size.
    pub sku: SkuId,
    /// Where it runs.
    pub region: RegionId,
    /// "M50 in West Europe".
    pub name: String,
}

/// What lines add up to, in the currency of the catalogue.
///
/// A line without a price that is on a price list makes the sum incomplete: it is a lower bound then, and is printed with "≥" and
/// with what it lacks. People whose hour has no rate are outside the sum in every design alike, so that they do not make it
/// incomplete; [`Total::lacks_staff`] says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Total {
    known: Money,
    missing: Vec<MissingPrice>,
    staff: bool,
}

impl Total {
    /// Sum of the lines by one of their amounts; a line of the quantity 0 costs nothing at any price and is never missing.
    pub(crate) fn of<'a>(
        lines: impl IntoIterator<Item = &'a BillLine>,
        amount: impl Fn(&BillLine) -> Option<Money>,
    ) -> Self {
        let mut total = Self::default();
        for line in lines {
            match amount(line) {
                Some(amount) => total.known += amount,
                None if line.quantity.is_zero() => {}
                None if line.kind.is_staff() => total.staff = true,
                None => total.miss(MissingPrice::of(line)),
            }
        }
        total
    }

    /// The least that a sum can be which may turn out to be any of several, with all that they lack.
    #[must_use]
    pub fn least_of<'a>(sums: impl IntoIterator<Item = &'a Self>, missing: &[MissingPrice]) -> Option<Self> {
        let least = sums.into_iter().min_by_key(|sum| sum.known)?;
        Some(Self { missing: missing.to_vec(), ..least.clone() })
    }

    /// A sum that lacks nothing.
    #[must_use]
    pub fn exactly(known: Money) -> Self {
        Self { known, missing: Vec::new(), staff: false }
    }

    /// The amount of a complete sum: the only one that may be ranked or held against a budget; `None` where a price is missing.
    #[must_use]
    pub fn complete(&self) -> Option<Money> {
        self.is_complete().then_some(self.known)
    }

    /// The lines with a price: the whole of a complete sum, the least that an incomplete one can be.
    #[must_use]
    pub fn at_least(&self) -> Money {
        self.known
    }

    /// True where every line on a price list has a price and the sum is within the decimal's range.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.known.is_too_large()
    }

    /// What the sum lacks, each once, in the order of the lines; empty for a complete sum.
    #[must_use]
    pub fn missing(&self) -> &[MissingPrice] {
        &self.missing
    }

    /// True where hours of people are not in the sum, because the plan has no hourly rate for them.
    #[must_use]
    pub fn lacks_staff(&self) -> bool {
        self.staff
    }

    /// Which of two sums is the smaller, where that is certain: between complete ones, and where what is known of an incomplete one
    /// is already as much as a complete one. `None` otherwise.
    #[must_use]
    pub fn certainly(&self, other: &Self) -> Option<Ordering> {
        match (self.complete(), other.complete()) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            (Some(a), None) if other.known >= a => Some(Ordering::Less),
            (None, Some(b)) if self.known >= b => Some(Ordering::Greater),
            _ => None,
        }
    }

    /// In whole units: "$2,663", "≥ $2,663"; beside it stands [`Total::why`].
    #[must_use]
    pub fn amount(&self, currency: Currency) -> String {
        self.mark(format::money(self.known, currency))
    }

    /// With cents: "$2,663.10", "≥ $2,663.10".
    #[must_use]
    pub fn cents(&self, currency: Currency) -> String {
        self.mark(format::money_cents(self.known, currency))
    }

    /// "$2,663"; "≥ $2,663: M50 in West Europe has no price".
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        self.with_why(&self.amount(currency))
    }

    /// "$2,663.10"; "≥ $2,663.10: M50 in West Europe has no price".
    #[must_use]
    pub fn words_in_cents(&self, currency: Currency) -> String {
        self.with_why(&self.cents(currency))
    }

    /// "M50 in West Europe has no price", "M50 in West Europe, P3 in West Europe and 2 more have no price"; `None` for a complete sum.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        no_price(&self.missing)
    }

    /// What stands beside the amount of a month: "a month", "a month: M50 in West Europe has no price", "a month, without staff time (no
    /// hourly rate)".
    #[must_use]
    pub fn note(&self) -> String {
        match self.why() {
            Some(why) => format!("a month: {why}"),
            None if self.staff => "a month, without staff time (no hourly rate)".to_owned(),
            None => "a month".to_owned(),
        }
    }

    /// A part of it, the same for everything that it holds.
    #[must_use]
    pub(crate) fn divided_by(&self, parts: u32) -> Self {
        if self.known.is_too_large() {
            return self.clone();
        }
        let each = self.known.as_decimal().checked_div(Decimal::from(parts)).unwrap_or_default();
        Self { known: Money::new(each), ..self.clone() }
    }

    fn mark(&self, amount: String) -> String {
        if self.missing.is_empty() { amount } else { format!("≥\u{a0}{amount}") }
    }

    fn with_why(&self, amount: &str) -> String {
        self.why().map_or_else(|| amount.to_owned(), |why| format!("{amount}: {why}"))
    }

    fn miss(&mut self, missing: MissingPrice) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }
}

/// "M50 in West Europe has no price"; `None` where nothing is missing.
#[must_use]
pub fn no_price(missing: &[MissingPrice]) -> Option<String> {
    let spelt: Vec<&str> = missing.iter().take(SPELT_OUT).map(|it| it.what.as_str()).collect();
    let more = missing.len().saturating_sub(spelt.len());
    match (spelt.as_slice(), more) {
        ([], _) => None,
        ([only], _) => Some(format!("{only} has no price")),
        (several, 0) => Some(format!("{} have no price", several.join(" and "))),
        (several, more) => Some(format!("{} and {more} more have no price", several.join(", "))),
    }
}

impl MissingPrice {
    fn of(line: &BillLine) -> Self {
        Self {
            what: line.node.as_ref().map_or_else(|| line.label.clone(), |node| node.name.clone()),
            node: line.node.clone(),
        }
    }

    /// What several sums lack, each once.
    #[must_use]
    pub fn of_all<'a>(totals: impl IntoIterator<Item = &'a Total>) -> Vec<Self> {
        totals.into_iter().cloned().sum::<Total>().missing
    }
}

/// Said of a total that lacks hours of people ([`Total::lacks_staff`]).
pub const NO_HOURLY_RATE: &str = "Not in the total: hours of people, which have no hourly rate.";

/// How many lines lack a price: no amount, a quantity, and no hours of people, whose rate is on no price list
/// ([`Total::lacks_staff`] tells of those). 0 where every line has one.
#[must_use]
pub fn unpriced<'a>(lines: impl IntoIterator<Item = &'a BillLine>) -> u32 {
    let lacks = |line: &&BillLine| line.amount.is_none() && !line.quantity.is_zero() && !line.kind.is_staff();
    u32::try_from(lines.into_iter().filter(lacks).count()).unwrap_or(u32::MAX)
}

impl LineKind {
    /// True for hours of people, whose rate is on no price list.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        !self.is_on_price_list()
    }
}

impl AddAssign<&Total> for Total {
    fn add_assign(&mut self, other: &Self) {
        self.known += other.known;
        self.staff |= other.staff;
        for missing in &other.missing {
            if !self.missing.contains(missing) {
                self.missing.push(missing.clone());
            }
        }
    }
}

impl Add<&Total> for Total {
    type Output = Self;
    fn add(mut self, other: &Self) -> Self {
        self += other;
        self
    }
}

impl Sum for Total {
    fn sum<I: Iterator<Item = Self>>(totals: I) -> Self {
        totals.fold(Self::default(), |sum, total| sum + &total)
    }
}

/// A complete sum is its decimal text; an incomplete one is no number: `{"at_least": "2663.1", "missing": ["M50 in West Europe"]}`.
impl Serialize for Total {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct AtLeast<'a> {
            at_least: Money,
            missing: Vec<&'a str>,
        }
        if self.is_complete() {
            return self.known.serialize(serializer);
        }
        let missing = self.missing.iter().map(|it| it.what.as_str()).collect();
        AtLeast { at_least: self.known, missing }.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::testing::{CATALOG, even_regions};
    use crate::plan::Plan;

    /// Without a price of a node in West Europe.
    fn group(regions: &[&str]) -> Total {
        let plan = Plan { regions: even_regions(regions), ..Plan::default() };
        let catalog = CATALOG.without_node_prices(&crate::catalog::RegionId::new("westeurope"));
        evaluate(&plan, &catalog).answers.active.bill.total
    }

    #[test]
    fn a_sum_that_lacks_a_price_has_no_amount_but_a_least_one_and_a_name() {
        let whole = group(&["eastus", "northeurope"]);
        assert!(whole.complete().is_some() && whole.why().is_none() && !whole.words(Currency::USD).contains('≥'));
        let open = group(&["westeurope", "northeurope"]);
        assert_eq!(open.complete(), None);
        assert_eq!(open.missing().len(), 1, "North Europe has a price: {open:?}");
        let words = open.words(Currency::USD).replace('\u{a0}', " ");
        assert!(words.starts_with("≥ $") && words.ends_with(" in West Europe has no price"), "{words}");
        assert!(open.at_least() > Money::ZERO && open.at_least() < whole.at_least());
    }

    #[test]
    fn the_order_of_sums_is_said_where_it_is_certain_alone() {
        let exactly = |amount| Total::exactly(Money::whole(amount));
        let lacking = |amount| {
            let missing = group(&["westeurope", "northeurope"]).missing;
            Total { known: Money::whole(amount), missing, staff: false }
        };
        let cases = [
            (exactly(5), exactly(6), Some(Ordering::Less)),
            (exactly(5), exactly(5), Some(Ordering::Equal)),
            (exactly(5), lacking(5), Some(Ordering::Less)),
            (exactly(5), lacking(4), None),
            (lacking(9), exactly(5), Some(Ordering::Greater)),
            (lacking(9), lacking(5), None),
        ];
        for (a, b, order) in cases {
            assert_eq!((a.certainly(&b), b.certainly(&a)), (order, order.map(Ordering::reverse)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn names_of_missing_prices_are_spelt_out_or_counted() {
        let missing = |names: &[&str]| {
            let all: Vec<MissingPrice> =
                names.iter().map(|name| MissingPrice { what: (*name).to_owned(), node: None }).collect();
            no_price(&all)
        };
        assert_eq!(missing(&[]), None);
        assert_eq!(missing(&["A"]).unwrap(), "A has no price");
        assert_eq!(missing(&["A", "B"]).unwrap(), "A and B have no price");
        assert_eq!(missing(&["A", "B", "C", "D"]).unwrap(), "A, B and 2 more have no price");
    }

    #[test]
    fn an_incomplete_sum_is_no_number_in_json() {
        assert_eq!(serde_json::to_string(&Total::exactly(Money::whole(7))).unwrap(), "\"7\"");
        let text = serde_json::to_string(&group(&["westeurope", "northeurope"])).unwrap();
        assert!(text.starts_with("{\"at_least\":\"") && text.contains("in West Europe\"]"), "{text}");
    }
}
