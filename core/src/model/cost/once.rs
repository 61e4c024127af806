//! What a step of the horizon costs once.

use super::line::{Item, line};
use super::{BillLine, LineKind, Per, Scope, discount, people, traffic};
use crate::catalog::{Catalog, KnownPrice, Price, PriceWord};
use crate::model::Topology;
use crate::model::demand::Demand;
use crate::model::fit::Design;
use crate::model::sync::FullSync;
use crate::plan::Plan;
use crate::report::format;
use crate::units::{Money, UnitPrice};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What making a link or a group costs once (M-10): a full copy to each cache but the first, at the egress price.
///
/// Empty for the rebuild and for a design without a second cache.
#[must_use]
pub fn copies_once(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    design: &Design,
    sync: &FullSync,
) -> Vec<BillLine> {
    paid(plan, traffic::copies_once(&Scope { per: Per::Event, topology, plan, catalog, demand, design, sync }))
}

/// Less the discount of their family, as in the bill.
fn paid(plan: &Plan, mut lines: Vec<BillLine>) -> Vec<BillLine> {
    discount::apply(&mut lines, &plan.pricing);
    lines
}

/// What the move from a pair to this group costs once (M-10): the first copies, and the hours of people, without an amount
/// where the plan gives no price for them.
#[must_use]
pub fn migration_once(
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    design: &Design,
    sync: &FullSync,
) -> Vec<BillLine> {
    let scope = Scope { per: Per::Event, topology: Topology::Active, plan, catalog, demand, design, sync };
    let mut lines = traffic::copies_once(&scope);
    lines.extend(people::migration_once(&scope));
    paid(plan, lines)
}

/// Months of a prepaid term for which there is no cache any more: paid already, so they count, at what the covered nodes
/// cost by the month. `None` without such months.
#[must_use]
pub fn prepaid_once(months: u32, prepaid: Money) -> Option<BillLine> {
    let item = Item {
        label: "Rest of the prepaid term".to_owned(),
        meter: "Reservation".to_owned(),
        region: None,
        quantity: Decimal::from(months),
        unit: "month",
        formula: format!("{} × the pair's reserved nodes by the month", format::counted(months as usize, "month")),
        note: "Paid already and of no use to a group; whether the vendor exchanges it is open, so it counts."
            .to_owned(),
    };
    let price = Price::Known(KnownPrice {
        amount: UnitPrice::new(prepaid.as_decimal()),
        word: PriceWord::Derived,
        as_of: Arc::default(),
        source: "the pair's own lines".into(),
        how: Arc::default(),
    });
    (months > 0 && prepaid > Money::ZERO).then(|| line(LineKind::Nodes, item, price))
}
