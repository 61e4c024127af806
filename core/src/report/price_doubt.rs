//! What the bands of estimated prices leave open, in words.

use crate::decide::{Apart, Comparison, PriceDoubt};
use crate::model::cost::LookUp;
use crate::report::horizon::name;
use crate::units::{Currency, Money, format};

/// A sentence or two for each doubt: what another price inside the bands would change, and which price to look up first. Empty where
/// the choice holds over all bands.
#[must_use]
pub fn sentences(comparison: &Comparison) -> Vec<String> {
    comparison.price_doubts.iter().filter_map(|doubt| sentence(doubt, comparison)).collect()
}

fn sentence(doubt: &PriceDoubt, comparison: &Comparison) -> Option<String> {
    let currency = comparison.currency;
    let (said, price) = match doubt {
        PriceDoubt::OtherCheaper { other, low, high, price, .. } => {
            let range = cheaper_or_dearer(*low, *high, currency);
            let (other, choice) = (name(*other), name(comparison.choice?));
            let over = comparison.over.as_ref().map_or(0, |over| over.months as usize);
            let over = format::counted(over, "month");
            (format!("the choice open: the {other} costs {range} over {over} than the {choice}"), price)
        }
        PriceDoubt::Budget { of, low, high, price, .. } => {
            let (low, high) = (format::money(*low, currency), format::money(*high, currency));
            (format!("the budget open: the {} costs between {low} and {high} in its dearest month", name(*of)), price)
        }
    };
    Some(format!("Estimated prices leave {said}.{}", first(price.as_ref())))
}

/// "The second-best, the passive pair, lies within the bands of estimated prices: it costs between $312 less and $540 more over 18
/// months. Look up …"
#[must_use]
pub fn second_best(second: &str, apart: &Apart, months: u32, currency: Currency) -> String {
    let months = format::counted(months as usize, "month");
    let range = cheaper_or_dearer(apart.low, apart.high, currency);
    format!(
        "The second-best, {second}, lies within the bands of estimated prices: it costs {range} over {months}.{}",
        first(apart.price.as_ref())
    )
}

/// "between $312 less and $540 more"; "between $80 and $312 less" where it is never more.
fn cheaper_or_dearer(low: Money, high: Money, currency: Currency) -> String {
    let money = |amount: Money| format::money(Money::new(amount.as_decimal().abs()), currency);
    if high > Money::ZERO {
        format!("between {} less and {} more", money(low), money(high))
    } else {
        format!("between {} and {} less", money(high), money(low))
    }
}

/// " Look up M50 in Japan East first, …"; empty where no price can be named.
fn first(price: Option<&LookUp>) -> String {
    price.map_or_else(String::new, |price| format!(" {}", look_up(price, " first")))
}

/// The same with another word for when. Neither a typed price nor a row of a sheet anchors those of other sizes.
pub(super) fn look_up(price: &LookUp, when: &str) -> String {
    match price {
        LookUp::Node(node) => format!(
            "Look up {}{when}, best by a price sheet: a typed price counts for {} alone.",
            node.name(),
            node.sku.short()
        ),
        LookUp::Traffic(from) => format!("Look up a GB of traffic out of {}{when}: two lists differ.", from.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, RegionId, SkuId};
    use crate::evaluate::{Evaluation, evaluate};
    use crate::model::Topology;
    use crate::plan::{Plan, PriceOverride, RegionShare};
    use crate::units::{Bytes, Ratio, Secs, UnitPrice};
    use rust_decimal::Decimal;

    /// B50 against P3 with one replica, whatever else they are good for: in East US and Japan East the months are $18 apart.
    fn plan(regions: [&str; 2]) -> Plan {
        // All clients are where the first cache is: none of them crosses regions.
        let [first, second] = regions;
        let regions = vec![RegionShare::new(first, 1.0, 1.0), RegionShare::new(second, 0.0, 0.0)];
        let mut plan = Plan { regions, ..Plan::default() };
        plan.horizon.months = 12;
        (plan.workload.growth_per_year, plan.workload.load_growth_per_year) = (Ratio::ZERO, None);
        plan.workload.dataset = Bytes::gb(4.0);
        (plan.active.sku, plan.passive.sku) = (Some(SkuId::new("Balanced_B50")), Some(SkuId::new("Premium_P3")));
        plan.passive.shards = Some(1);
        let targets = &mut plan.objectives;
        (targets.runway, targets.rpo, targets.write_latency, targets.budget) = (None, None, None, None);
        targets.rto = Some(Secs::mins(150.0));
        plan
    }

    fn said(plan: &Plan) -> (Evaluation, Vec<String>) {
        let catalog = Catalog::bundled().unwrap();
        let evaluation = evaluate(plan, &catalog);
        let sentences = sentences(&evaluation.comparison);
        (evaluation, sentences)
    }

    /// A price of the plan's own in place of a node's.
    fn typed(plan: &mut Plan, sku: &str, region: &str, price: Decimal) {
        let (sku, region) = (SkuId::new(sku), RegionId::new(region));
        plan.pricing.overrides.push(PriceOverride { sku, region, per_node_hour: UnitPrice::new(price) });
    }

    /// By hand, twelve months in Japan East: B50 is 1.257 × 1.28 (1.10 to 1.51), two nodes of 730 h; a pair's P3 half of 2.219 × 1.39 (1.03 to
    /// 1.51), two nodes.
    #[test]
    fn what_may_turn_the_choice_is_said_with_the_price_to_look_up() {
        let (evaluation, sentences) = said(&plan(["eastus", "japaneast"]));
        let [PriceDoubt::OtherCheaper { other, low, high, .. }] = evaluation.comparison.price_doubts.as_slice() else {
            panic!(
                "one doubt: {:?}, {}",
                evaluation.comparison.price_doubts,
                crate::report::verdict::plain(&evaluation.comparison)
            )
        };
        assert_eq!((evaluation.comparison.choice, *other), (Some(Topology::Active), Topology::Passive));
        let month = |topology| evaluation.of(topology).bill.total.complete().unwrap().as_f64_for_charts();
        let apart = month(Topology::Passive) - month(Topology::Active);
        let (group, pair) = (1.609 * 1_460.0, 1.542 * 1_460.0);
        let lowest = apart + pair * (1.03 / 1.39 - 1.0) - group * (1.51 / 1.28 - 1.0);
        let highest = apart + pair * (1.51 / 1.39 - 1.0) - group * (1.10 / 1.28 - 1.0);
        assert!((low.as_f64_for_charts() - 12.0 * lowest).abs() < 36.0, "{low:?} against {lowest}");
        assert!((high.as_f64_for_charts() - 12.0 * highest).abs() < 36.0, "{high:?} against {highest}");
        insta::assert_snapshot!(sentences.join("\n"));
    }

    /// Typing the price that was asked for turns the choice where the band said that it may, and ends the doubt of that factor.
    #[test]
    fn prices_at_the_low_end_turn_the_choice() {
        let mut plan = plan(["eastus", "japaneast"]);
        typed(&mut plan, "Balanced_B50", "japaneast", Decimal::new(1_898, 3)); // 1.257 × 1.51
        typed(&mut plan, "Premium_P3", "japaneast", Decimal::new(1_143, 3)); // 1.1095 × 1.03
        let (evaluation, sentences) = said(&plan);
        assert_eq!(evaluation.comparison.choice, Some(Topology::Passive));
        assert_eq!(sentences, [""; 0]);
    }

    #[test]
    fn a_budget_inside_the_band_is_open() {
        let mut plan = plan(["japaneast", "swedencentral"]);
        // Half of the clients are elsewhere, and the pair misses their write latency.
        plan.regions = ["japaneast", "swedencentral"].map(|name| RegionShare::new(name, 0.5, 0.5)).into();
        plan.objectives.write_latency = Some(Secs::millis(20.0));
        plan.objectives.budget = Some(Money::whole(5_000));
        let (evaluation, sentences) = said(&plan);
        insta::assert_snapshot!(sentences.join("\n"));
        assert!(evaluation.comparison.too_close(), "a budget that prices leave open is no firm answer");
        plan.objectives.budget = Some(Money::whole(50_000));
        assert_eq!(said(&plan).1, [""; 0]);
    }

    /// A budget is held against every month, and so is the band: of data that grow by half in a year the last month's, which no first month
    /// comes near.
    #[test]
    fn the_band_of_a_budget_is_that_of_the_dearest_month() {
        let mut plan = plan(["japaneast", "swedencentral"]);
        plan.regions = ["japaneast", "swedencentral"].map(|name| RegionShare::new(name, 0.5, 0.5)).into();
        plan.objectives.write_latency = Some(Secs::millis(20.0));
        plan.active.sku = None;
        plan.workload.growth_per_year = Ratio::percent(400.0);
        plan.objectives.budget = Some(Money::whole(1_000_000));
        let own = said(&plan).0.comparison.over.unwrap().of(Topology::Active).own.clone();
        assert!(own.next.is_some() && own.dearest() > own.bills[0], "{own:?}");
        plan.objectives.budget = Some(own.dearest() + Money::whole(1));
        let evaluation = said(&plan).0;
        let doubts = &evaluation.comparison.price_doubts;
        let budget = doubts.iter().find_map(|doubt| match doubt {
            PriceDoubt::Budget { of: Topology::Active, low, high, .. } => Some((*low, *high)),
            _ => None,
        });
        let (low, high) = budget.expect("Japan East's factor is an estimate");
        assert!(low < own.dearest() && own.dearest() < high, "{low:?} {high:?} about {:?}", own.dearest());
    }

    /// Caches of P2 become a group of M150, and from month 11 on of M250; both are estimated in UK West.
    fn group_that_grows() -> Plan {
        let text = r#"{"v": 1, "name": "grows", "regions": [{"region": "uksouth", "users": 0.6, "writes": 0.6}, {"region": "ukwest",
            "users": 0.4, "writes": 0.4}], "workload": {"dataset": 60000000000.0, "writes": 9000.0, "reads": 60000.0, "key_size": 40.0,
            "value_size": 700.0, "connections": 6000, "growth_per_year": 0.1}, "objectives": {"rpo": 60.0, "rto": 5400.0,
            "budget": "14000"}, "today": {"sku": "Premium_P2", "caches": 6, "regions": 2}, "passive": {"exists": "no",
            "tenant_had_cache": "yes"}, "pricing": {"engineer_hour": "100"}, "recovery": {"readiness": "rehearsed"}, "assumptions":
            {"crdt_factor": {"low": 1.5, "mode": 1.5, "high": 1.5}, "kept_per_delete": {"low": 120.0, "mode": 120.0, "high": 120.0}},
            "data": {"parts": [{"name": "sessions", "share": 1.0, "writes": 1.0, "class": "held-only-here",
            "conflicts": "last-write-wins"}]}}"#;
        crate::codec::from_json(text).unwrap()
    }

    /// By hand: month 36 costs $13,621.18, of which 1,460 h × 4.113 are M250 in UK West, 3.456 × 1.19 (1.02 to 1.40). The price of the first
    /// month's M150 ends nothing of that; M250's does: at 3.456 × 1.40 = 4.838 the month is
    /// 1,460 h × 0.725 dearer, $14,680.
    #[test]
    fn the_size_of_a_later_month_keeps_the_budget_open() {
        let mut plan = group_that_grows();
        for first in ["estimated", "typed"] {
            let (evaluation, sentences) = said(&plan);
            let budget = evaluation.comparison.price_doubts.iter().find_map(|doubt| match doubt {
                PriceDoubt::Budget { of: Topology::Active, low, high, .. } => Some((*low, *high)),
                _ => None,
            });
            let (low, high) = budget.unwrap_or_else(|| panic!("{first}: {sentences:?}"));
            for (end, factor) in [(low, 1.02), (high, 1.40)] {
                let expected = 13_621.18 + 1_460.0 * 4.113 * (factor / 1.19 - 1.0);
                assert!((end.as_f64_for_charts() - expected).abs() < 0.02, "{first}: {end:?} against {expected}");
            }
            assert!(evaluation.comparison.too_close(), "{first}");
            assert!(sentences.iter().any(|it| it.contains("Look up M250 in UK West first")), "{first}: {sentences:?}");
            typed(&mut plan, "MemoryOptimized_M150", "ukwest", Decimal::new(3_084, 3));
        }
        for (price, choice) in [(4_113, Some(Topology::Active)), (4_838, None)] {
            let mut plan = plan.clone();
            typed(&mut plan, "MemoryOptimized_M250", "ukwest", Decimal::new(price, 3));
            let (evaluation, sentences) = said(&plan);
            assert_eq!((evaluation.comparison.choice, sentences), (choice, Vec::new()), "{price}");
        }
    }

    /// A rival that is cheaper over three months, because the group pays its move, and whose month is beyond the budget at every price inside the
    /// bands, leaves nothing open.
    #[test]
    fn a_rival_that_no_price_brings_into_the_budget_is_no_doubt() {
        let mut plan = plan(["eastus", "japaneast"]);
        (plan.horizon.months, plan.passive.shards) = (3, Some(2));
        plan.passive.exists = crate::plan::Confirmation::Confirmed;
        plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
        let free = said(&plan).0;
        assert_eq!(free.comparison.choice, Some(Topology::Passive), "without a budget");
        let month = |topology| free.of(topology).bill.total.complete().unwrap();
        plan.objectives.budget = Some(month(Topology::Active) + Money::whole(10));
        let bound = said(&plan).0.comparison;
        assert_eq!(bound.choice, Some(Topology::Active));
        let other = |doubt: &PriceDoubt| matches!(doubt, PriceDoubt::OtherCheaper { .. });
        assert!(!bound.price_doubts.iter().any(other), "{:?}", bound.price_doubts);
    }

    /// Where price lists gave the factors nothing is open.
    #[test]
    fn listed_prices_leave_no_doubt() {
        assert_eq!(said(&plan(["eastus", "canadacentral"])).1, [""; 0]);
        let mut missing = plan(["eastus", "japaneast"]);
        missing.active.sku = Some(SkuId::new("Balanced_B7"));
        assert_eq!(said(&missing).1, [""; 0]);
    }
}
