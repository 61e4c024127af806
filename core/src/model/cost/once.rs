//! What a step of the horizon costs once, and what an emptied group costs to fill again.

use super::{BillLine, Formula, Per, Scope, discount, nodes, people, states, traffic};
use crate::model::Case;
use crate::model::fit::Cache;
use crate::plan::{EgressBilling, Plan};
use crate::units::{Bytes, HOURS_PER_MONTH, Money};
use rust_decimal::Decimal;

/// What it costs once to fill an emptied group again.
#[derive(Debug, Clone, PartialEq)]
pub struct Refill {
    /// Every key read once from the database; without an amount until the plan says what a million reads costs.
    pub reads: BillLine,
    /// What is loaded, sent to each member but the first.
    pub copies: Vec<BillLine>,
    /// How much that is.
    pub sent: Bytes,
    /// What the copies cost, as the plan bills a group's traffic; `None` where one of them has no price.
    pub paid: Option<Money>,
    /// What they cost at list rates, whether or not the service absorbs them.
    pub at_list: Option<Money>,
}

/// What making a link or a group costs once (M-10): a full copy to each cache but the first, at the egress price.
///
/// Empty for the rebuild and for a design without a second cache.
#[must_use]
pub fn copies_once(case: &Case) -> Vec<BillLine> {
    paid(case.plan, traffic::copies_once(&Scope::new(Per::Event, case)))
}

/// Less the discount of their family, as in the bill.
fn paid(plan: &Plan, mut lines: Vec<BillLine>) -> Vec<BillLine> {
    discount::apply(&mut lines, &plan.pricing);
    lines
}

/// What the move from a pair to this group costs once (M-10): the first copies, and the hours of people, without an amount
/// where the plan gives no price for them.
#[must_use]
pub fn migration_once(case: &Case) -> Vec<BillLine> {
    copies_with(case, people::migration_once)
}

/// Another size, or another region, of a pair that runs (M-17): unlinked, scaled and linked again, its full copy and hours of people as for a
/// drill (assumption).
#[must_use]
pub fn resize_once(case: &Case) -> Vec<BillLine> {
    copies_with(case, people::drill_once)
}

/// Full copies, and the hours of people beside them.
fn copies_with(case: &Case, hours: fn(&Scope) -> Option<BillLine>) -> Vec<BillLine> {
    let scope = Scope::new(Per::Event, case);
    let mut lines = traffic::copies_once(&scope);
    lines.extend(hours(&scope));
    paid(case.plan, lines)
}

/// Fills a group that a flush emptied (M-10): the keys once from the database, as in the cost by state, and as many bytes as
/// a full copy to each of the other members. Nodes cost what they cost anyway.
///
/// Assumption: the first member is loaded and the others get its writes. A group of one sends nothing.
#[must_use]
pub fn refill_once(case: &Case) -> Refill {
    let Case { plan, design, ref sync, .. } = *case;
    let scope = Scope::new(Per::Event, case);
    let copies = paid(plan, traffic::copies_once(&scope));
    let sum = |lines: &[BillLine]| lines.iter().map(|line| line.amount).sum::<Option<Money>>();
    let mut list = plan.clone();
    list.pricing.active_egress = EgressBilling::ListRate;
    let listed = Case { plan: &list, ..case.clone() };
    let at_list = paid(&list, traffic::copies_once(&Scope::new(Per::Event, &listed)));
    Refill {
        reads: states::reload(&scope),
        paid: sum(&copies),
        at_list: sum(&at_list),
        sent: sync.total_bytes * design.caches.len().saturating_sub(1) as f64,
        copies,
    }
}

/// The nodes of caches that run today, for a month, pay as you go less the discount (M-10).
#[must_use]
pub fn running(case: &Case, caches: &[Cache]) -> Vec<BillLine> {
    let scope = Scope::new(Per::Month, case);
    let line = |cache: &Cache| {
        let hours = Decimal::from(cache.nodes) * Decimal::from(HOURS_PER_MONTH);
        let formula = Formula::NodeHours { nodes: nodes::nodes(&scope, cache), share: None, not_applied: None };
        nodes::pay_as_you_go(&scope, cache, nodes::node_hours(&scope, cache, hours, formula))
    };
    caches.iter().map(line).collect()
}
