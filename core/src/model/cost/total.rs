//! What lines add up to: a sum that knows whether it is complete.
//!
//! A sum without the price of a line is a lower bound. The type has no amount to take out of it but through
//! [`Total::complete`], which an incomplete sum does not have, and [`Total::at_least`], which says what it is.

use super::{BillLine, Label, LineKind};
use crate::catalog::SkuId;
use crate::model::Place;
use crate::units::Money;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// What a sum lacks: a line of the price list, or of the plan's own prices, that has no price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingPrice {
    /// The node whose price the plan may give itself (`pricing.overrides`).
    Node(PricedNode),
    /// Every other line.
    Line(Label),
    /// Caches that run, of which a size or a price is not known.
    Running,
}

/// A size in a region, which has one price of a node-hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedNode {
    /// The size.
    pub sku: SkuId,
    /// Where it runs.
    pub place: Place,
}

/// What lines add up to, in the currency of the catalogue.
///
/// A line without a price that is on a price list makes the sum incomplete: it is a lower bound then, and is printed with "≥" and
/// with what it lacks (`words::total`). People whose hour has no rate are outside the sum in every design alike, so that they do not make it
/// incomplete; [`Total::hours_without_rate`] counts them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Total {
    known: Money,
    missing: Vec<MissingPrice>,
    hours: Decimal,
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
                None if line.kind.is_staff() => total.hours = total.hours.saturating_add(line.quantity),
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
        Self { known, missing: Vec::new(), hours: Decimal::ZERO }
    }

    /// The least that runs: what is known of it, where a size or a price of it is not.
    #[must_use]
    pub fn least_running(known: Money) -> Self {
        Self { known, missing: vec![MissingPrice::Running], hours: Decimal::ZERO }
    }

    /// Hours of people alone, without a rate.
    #[cfg(test)]
    pub(crate) fn without_rate(hours: Decimal) -> Self {
        Self { hours, ..Self::default() }
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
    pub fn is_without_staff(&self) -> bool {
        !self.hours.is_zero()
    }

    /// How many hours of people are not in the sum, because the plan has no hourly rate for them; 0 where it holds all.
    #[must_use]
    pub const fn hours_without_rate(&self) -> Decimal {
        self.hours
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

    /// The same of two sums of the same months: where both lack the same lines, and no node, these cost the same in both.
    #[must_use]
    pub(crate) fn beside(&self, other: &Self) -> Option<Ordering> {
        let is_line = |it: &MissingPrice| matches!(it, MissingPrice::Line(_));
        let same = self.missing.iter().all(|it| is_line(it) && other.missing.contains(it))
            && self.missing.len() == other.missing.len();
        if same { Some(self.known.cmp(&other.known)) } else { self.certainly(other) }
    }

    /// A part of it, the same for everything that it holds.
    #[must_use]
    pub(crate) fn divided_by(&self, parts: u32) -> Self {
        if self.known.is_too_large() {
            return self.clone();
        }
        let each = |whole: Decimal| whole.checked_div(Decimal::from(parts)).unwrap_or_default();
        Self { known: Money::new(each(self.known.as_decimal())), hours: each(self.hours), ..self.clone() }
    }

    /// A share of it, the same for everything that it holds: what lacks a price goes on lacking it, unless the share is 0.
    #[must_use]
    pub(crate) fn part(&self, share: Decimal) -> Self {
        if share.is_zero() {
            return Self::default();
        }
        if self.known.is_too_large() {
            return self.clone();
        }
        Self { known: self.known * share, hours: self.hours.saturating_mul(share), ..self.clone() }
    }

    fn miss(&mut self, missing: MissingPrice) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }
}

impl MissingPrice {
    fn of(line: &BillLine) -> Self {
        line.node.clone().map_or_else(|| Self::Line(line.label.clone()), Self::Node)
    }

    /// The node, where it is one.
    #[must_use]
    pub fn into_node(self) -> Option<PricedNode> {
        match self {
            Self::Node(node) => Some(node),
            Self::Line(_) | Self::Running => None,
        }
    }

    /// What several sums lack, each once.
    #[must_use]
    pub fn of_all<'a>(totals: impl IntoIterator<Item = &'a Total>) -> Vec<Self> {
        totals.into_iter().cloned().sum::<Total>().missing
    }
}

/// How many lines have no amount, whatever for; hours of people without a rate among them.
pub(in crate::model) fn without_amount<'a>(lines: impl IntoIterator<Item = &'a BillLine>) -> u32 {
    count(lines, |line| line.amount.is_none())
}

fn count<'a>(lines: impl IntoIterator<Item = &'a BillLine>, of: impl Fn(&BillLine) -> bool) -> u32 {
    u32::try_from(lines.into_iter().filter(|line| of(line)).count()).unwrap_or(u32::MAX)
}

/// How many lines lack a price: no amount, a quantity, and no hours of people, whose rate is on no price list
/// ([`Total::is_without_staff`] tells of those). 0 where every line has one.
#[must_use]
pub fn unpriced<'a>(lines: impl IntoIterator<Item = &'a BillLine>) -> u32 {
    count(lines, |line| line.amount.is_none() && !line.quantity.is_zero() && !line.kind.is_staff())
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
        self.hours = self.hours.saturating_add(other.hours);
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
        assert!(whole.complete().is_some() && whole.missing().is_empty());
        let open = group(&["westeurope", "northeurope"]);
        assert_eq!(open.complete(), None);
        assert_eq!(open.missing().len(), 1, "North Europe has a price: {open:?}");
        assert!(open.at_least() > Money::ZERO && open.at_least() < whole.at_least());
    }

    #[test]
    fn the_order_of_sums_is_said_where_it_is_certain_alone() {
        let exactly = |amount| Total::exactly(Money::whole(amount));
        let lacking = |amount| {
            let missing = group(&["westeurope", "northeurope"]).missing;
            Total { known: Money::whole(amount), missing, hours: Decimal::ZERO }
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
}
