//! The plan's own amounts of money, all in the one currency that it names.

use super::{FIELDS, Plan};
use crate::units::{Currency, Dimension};

impl Plan {
    /// What was typed as money: the labels of the fields that hold an amount other than 0, and own prices of nodes.
    #[must_use]
    pub fn typed_amounts(&self) -> Vec<String> {
        let money = FIELDS.iter().filter(|field| field.dimension == Dimension::Money);
        let typed = money.filter(|field| (field.get)(self).is_some_and(|amount| amount != 0.0));
        let mut labels: Vec<String> = typed.map(|field| field.label.to_owned()).collect();
        match self.pricing.overrides.len() {
            0 => {}
            1 => labels.push("1 own price of a node".to_owned()),
            several => labels.push(format!("{several} own prices of nodes")),
        }
        labels
    }

    /// The currency that a newly typed amount is in where prices are in `prices`: the plan's own while it holds amounts,
    /// because all of them are in one; else that of the prices.
    #[must_use]
    pub fn typing_currency(&self, prices: Currency) -> Currency {
        let own = self.pricing.currency;
        if own == prices || self.typed_amounts().is_empty() { prices } else { own }
    }

    /// True when the plan holds amounts in another currency than that of the prices: they do not count.
    #[must_use]
    pub fn amounts_do_not_count(&self, prices: Currency) -> bool {
        self.typing_currency(prices) != prices
    }

    /// Says that every typed amount is in this currency; no figure changes.
    pub fn amounts_are_in(&mut self, currency: Currency) {
        self.pricing.currency = currency;
    }

    /// Takes every typed amount out, so that new ones can be typed in this currency.
    pub fn retype_amounts_in(&mut self, currency: Currency) {
        for field in FIELDS.iter().filter(|field| field.dimension == Dimension::Money) {
            (field.set)(self, if field.optional { None } else { Some(0.0) });
        }
        self.pricing.overrides.clear();
        self.pricing.currency = currency;
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::{RegionId, SkuId};
    use crate::plan::{Plan, PriceOverride, check};
    use crate::units::{Currency, Money, UnitPrice};

    #[test]
    fn typed_amounts_are_in_one_currency_until_said_otherwise() {
        let eur = Currency::new("EUR").expect("a currency");
        let mut plan = Plan::default();
        assert_eq!(plan.typed_amounts(), ["Budget"]);
        plan.objectives.budget = None;
        assert!(!plan.amounts_do_not_count(eur));
        assert_eq!(plan.typing_currency(eur), eur, "nothing is typed, so the next amount is in euros");
        plan.objectives.budget = Some(Money::whole(3_000));
        let per_node_hour = UnitPrice::new("0.3".parse().expect("a price"));
        let own = PriceOverride { sku: SkuId::new("Premium_P1"), region: RegionId::new("eastus"), per_node_hour };
        plan.pricing.overrides.push(own);
        assert_eq!(plan.typed_amounts(), ["Budget", "1 own price of a node"]);
        assert!(plan.amounts_do_not_count(eur) && !plan.amounts_do_not_count(Currency::USD));
        assert_eq!(plan.typing_currency(eur), Currency::USD);
        let mut same = plan.clone();
        same.amounts_are_in(eur);
        assert!(!same.amounts_do_not_count(eur) && same.objectives == plan.objectives);
        plan.retype_amounts_in(eur);
        assert_eq!((plan.typed_amounts().len(), plan.pricing.currency), (0, eur));
        assert_eq!(check(&plan), []);
    }
}
