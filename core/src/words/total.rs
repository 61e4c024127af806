//! A sum with what it lacks.

use crate::model::cost::{MissingPrice, PricedNode, Total};
use crate::units::{Currency, Money, format};

/// Names of missing prices that a sentence spells out; the others are counted.
const SPELT_OUT: usize = 2;

/// Said of a total that lacks hours of people ([`Total::is_without_staff`]).
pub const NO_HOURLY_RATE: &str = "Not in the total: hours of people, which have no hourly rate.";

impl Total {
    /// In whole units: "$2,663", "≥ $2,663"; beside it stands [`Total::why`].
    #[must_use]
    pub fn amount(&self, currency: Currency) -> String {
        self.mark(format::money(self.at_least(), currency))
    }

    /// With cents: "$2,663.10", "≥ $2,663.10".
    #[must_use]
    pub fn cents(&self, currency: Currency) -> String {
        self.mark(format::money_cents(self.at_least(), currency))
    }

    /// "$2,663"; "≥ $2,663: M50 in West Europe has no price".
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        self.with_why(&self.amount(currency))
    }

    /// The same of a month: "no month: M50 in West Europe has no price" where nothing of it has one.
    #[must_use]
    pub fn month(&self, currency: Currency) -> String {
        match self.why().filter(|_| self.at_least() == Money::ZERO) {
            Some(why) => format!("no month: {why}"),
            None => self.words(currency),
        }
    }

    /// "$2,663.10"; "≥ $2,663.10: M50 in West Europe has no price".
    #[must_use]
    pub fn words_in_cents(&self, currency: Currency) -> String {
        self.with_why(&self.cents(currency))
    }

    /// "M50 in West Europe has no price", "M50 in West Europe, P3 in West Europe and 2 more have no price"; `None` for a complete sum.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        no_price(self.missing())
    }

    /// What stands beside the amount of a month: "a month", "a month: M50 in West Europe has no price", "a month, without staff time (no
    /// hourly rate)".
    #[must_use]
    pub fn note(&self) -> String {
        match self.why() {
            Some(why) => format!("a month: {why}"),
            None if self.is_without_staff() => "a month, without staff time (no hourly rate)".to_owned(),
            None => "a month".to_owned(),
        }
    }

    fn mark(&self, amount: String) -> String {
        if self.missing().is_empty() { amount } else { format!("≥\u{a0}{amount}") }
    }

    fn with_why(&self, amount: &str) -> String {
        self.why().map_or_else(|| amount.to_owned(), |why| format!("{amount}: {why}"))
    }
}

impl PricedNode {
    /// "M50 in West Europe".
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} in {}", self.sku.short(), self.place.name)
    }
}

impl MissingPrice {
    /// "M50 in West Europe" for nodes, else the line: "Logs, West Europe".
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Node(node) => node.name(),
            Self::Line(label) => label.words(),
            Self::Running => "what runs today".to_owned(),
        }
    }
}

/// "M50 in West Europe has no price"; `None` where nothing is missing.
#[must_use]
pub fn no_price(missing: &[MissingPrice]) -> Option<String> {
    let spelt: Vec<String> = missing.iter().take(SPELT_OUT).map(MissingPrice::what).collect();
    let more = missing.len().saturating_sub(spelt.len());
    match (spelt.as_slice(), more) {
        ([], _) => None,
        ([only], _) => Some(format!("{only} has no price")),
        (several, 0) => Some(format!("{} have no price", several.join(" and "))),
        (several, more) => Some(format!("{} and {more} more have no price", several.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, RegionId, SkuId};
    use crate::evaluate::evaluate;
    use crate::model::Place;
    use crate::plan::{Plan, RegionShare};

    #[test]
    fn a_sum_that_lacks_a_price_is_marked_and_says_what_it_lacks() {
        let total = |regions: &[&str]| {
            let regions = regions.iter().map(|name| RegionShare::new(name, 0.5, 0.5)).collect();
            let plan = Plan { regions, ..Plan::default() };
            let catalog = Catalog::bundled().unwrap().without_node_prices(&RegionId::new("westeurope"));
            evaluate(&plan, &catalog).answers.active.bill.total
        };
        let whole = total(&["eastus", "northeurope"]);
        assert!(whole.why().is_none() && !whole.words(Currency::USD).contains('≥'));
        let words = total(&["westeurope", "northeurope"]).words(Currency::USD).replace('\u{a0}', " ");
        assert!(words.starts_with("≥ $") && words.ends_with(" in West Europe has no price"), "{words}");
    }

    #[test]
    fn names_of_missing_prices_are_spelt_out_or_counted() {
        let missing = |names: &[&str]| {
            let place = |name: &str| Place { region: RegionId::new(name), name: name.to_owned() };
            let node =
                |name: &&str| MissingPrice::Node(PricedNode { sku: SkuId::new("Premium_P3"), place: place(name) });
            no_price(&names.iter().map(node).collect::<Vec<_>>())
        };
        assert_eq!(missing(&[]), None);
        assert_eq!(missing(&["A"]).unwrap(), "P3 in A has no price");
        assert_eq!(missing(&["A", "B"]).unwrap(), "P3 in A and P3 in B have no price");
        assert_eq!(missing(&["A", "B", "C", "D"]).unwrap(), "P3 in A, P3 in B and 2 more have no price");
    }
}
