//! The service that redirects clients.

use super::item::{Formula, Label};
use super::line::{Item, line};
use super::no_price::Own;
use super::people::yours;
use super::{BillLine, LineKind, Scope};
use rust_decimal::Decimal;

/// `1 month × the plan's price of the traffic switch`: unknown until it is entered, as no price of these services is bundled. No line where
/// nothing redirects by a service of its own.
pub(super) fn service(scope: &Scope) -> Option<BillLine> {
    let traffic = &scope.plan.traffic;
    let first = &scope.design.caches.first()?.region;
    let item = Item {
        label: Label::TrafficSwitch(traffic.switch),
        meter: None,
        region: Some(first.clone()),
        quantity: Decimal::ONE,
        unit: "month",
        formula: Formula::TrafficSwitch,
        notes: Vec::new(),
    };
    let price = || yours(scope.plan, scope.catalog, traffic.price, Own::TrafficSwitch);
    traffic.switch.is_billed().then(|| line(LineKind::TrafficSwitch, item, price()))
}

#[cfg(test)]
mod tests {
    use super::super::bill;
    use super::*;
    use crate::model::Topology;
    use crate::model::testing::{Answers, plain};
    use crate::plan::TrafficSwitch;
    use crate::units::UnitPrice;
    use crate::units::names::Named;

    /// A switch without a price makes the total incomplete where it is used, and nowhere else; a price of 12 adds 12.
    #[test]
    fn only_a_plan_that_uses_a_service_misses_its_price() {
        for topology in Topology::ALL {
            let mut plan = plain(4.0, 100.0);
            let total = |plan: &crate::plan::Plan| {
                let answers = Answers::of(topology, plan);
                bill(&answers.case(topology, plan)).total
            };
            let before = total(&plan);
            for (_, name, _) in TrafficSwitch::NAMES {
                plan.traffic.switch = TrafficSwitch::named(name).unwrap();
                plan.traffic.price = None;
                let without = total(&plan);
                let billed = plan.traffic.switch.is_billed();
                assert_eq!(without.is_complete(), before.is_complete() && !billed, "{name}");
                plan.traffic.price = Some(UnitPrice::new(Decimal::from(12)));
                let priced = total(&plan);
                let more = crate::units::Money::whole(if billed { 12 } else { 0 });
                assert_eq!(priced.at_least(), before.at_least() + more, "{name}");
            }
        }
    }
}
