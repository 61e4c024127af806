//! Reserved node-hours: prepaid for a term, for a share of the hours.

use super::line::{Item, line_paying};
use super::nodes::{NodePrice, is_premium, node_of, own_price, pay_as_you_go, price_of};
use super::{BillLine, Formula, Label, LineKind, Note, Part, Scope, TermEnd};
use crate::catalog::{KnownPrice, LifecycleEvent, Price, Service};
use crate::model::fit::Cache;
use crate::plan::ReservationTerm;
use crate::units::{Currency, Date, HOURS_PER_YEAR, Money, UnitPrice};
use rust_decimal::Decimal;
use serde::Serialize;

/// A reserved hour is the term's total over its hours; twelve decimals keep every sum of lines exact.
const RESERVED_DECIMALS: u32 = 12;

/// The reservation behind a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// What one node costs for the whole term, with its own confidence, date and source.
    pub total: KnownPrice,
    /// Nodes that it is paid for: `nodes × coverage`.
    pub nodes: Decimal,
    /// Prepaid for the line's share of its nodes and the whole term: `total of a node × nodes × coverage`.
    pub prepaid: Money,
    /// The first day without it: start of the plan + term.
    pub ends: Date,
    /// What a node-hour costs from that day on if nothing is renewed: pay as you go less the discount; `None` if unknown, and where
    /// the service ends before the term.
    pub then: Option<UnitPrice>,
    /// Months of the term that begin after the last day of the service; 0 where it outlives the term.
    pub months_left: u32,
}

/// The lines of a cache under a reservation: covered hours at the term's total by the hour, the others pay as you go.
///
/// `covered = nodes × 730 h × coverage`, to six decimals; `hour = total of the term ÷ its hours`. The negotiated
/// discount is not applied to covered hours. An own price keeps the reservation's share of the list price. Without a price for the term, or
/// with a coverage of 0, all hours are pay-as-you-go, and the line says why.
pub(super) fn reserved(scope: &Scope, cache: &Cache, term: ReservationTerm, mut item: Item) -> Vec<BillLine> {
    let pricing = &scope.plan.pricing;
    let total = match own_price(scope, cache) {
        Some(own) => scope.catalog.reservation_at(own, &cache.sku, &cache.region, term),
        None => scope.catalog.reservation_price(&cache.sku, &cache.region, term).known().cloned(),
    };
    let Some(total) = total else {
        item.notes.push(Note::NoReservation(term));
        return vec![pay_as_you_go(scope, cache, item)];
    };
    let coverage = pricing.reservation_coverage.clamp(Decimal::ZERO, Decimal::ONE);
    let covered = item.quantity.saturating_mul(coverage).round_dp(6);
    let open = item.quantity - covered;
    let mut lines = Vec::new();
    if open > Decimal::ZERO {
        let mut rest = Item { quantity: open, ..item.clone() };
        if covered > Decimal::ZERO {
            item.quantity = covered;
            part_of(&mut item, Part::Reserved, coverage);
            part_of(&mut rest, Part::PayAsYouGo, Decimal::ONE - coverage);
        }
        lines.push(pay_as_you_go(scope, cache, rest));
    }
    if covered > Decimal::ZERO {
        let nodes = Decimal::from(cache.nodes).saturating_mul(coverage);
        let reserved = Reserved { term, total, nodes, retires: retires(scope, cache) };
        let mut line = covered_line(scope, item, &price_of(scope, cache), reserved);
        line.node = Some(node_of(scope, cache));
        lines.insert(0, line);
    }
    lines
}

/// Names a part of the node-hours of a cache.
fn part_of(item: &mut Item, which: Part, of: Decimal) {
    if let Label::Nodes { part, .. } = &mut item.label {
        *part = which;
    }
    if let Formula::NodeHours { share, .. } = &mut item.formula {
        *share = Some(of);
    }
}

/// What is reserved of a cache.
struct Reserved {
    term: ReservationTerm,
    total: KnownPrice,
    nodes: Decimal,
    /// The last day of the service, where it is known.
    retires: Option<Date>,
}

fn retires(scope: &Scope, cache: &Cache) -> Option<Date> {
    let event = scope.catalog.lifecycle_event(Service::Premium, LifecycleEvent::Retired);
    event.filter(|_| is_premium(scope, cache)).map(|event| event.date)
}

impl Reserved {
    fn months(&self) -> u32 {
        12 * self.term.years()
    }

    /// Months of a term from `start` that begin after the last day of the service.
    fn months_left(&self, start: Date) -> u32 {
        let used = |last: Date| if last < start { 0 } else { start.months_until(last) + 1 };
        self.retires.map_or(0, |last| self.months().saturating_sub(used(last)))
    }

    /// What happens at the end of the term.
    fn expiry(&self, commitment: &Commitment, currency: Currency) -> Note {
        let then = match (self.retires.filter(|_| commitment.months_left > 0), commitment.then) {
            (Some(last), _) => TermEnd::Retires { last, left: commitment.months_left, months: self.months() },
            (None, Some(price)) => TermEnd::PayAsYouGo(price, currency),
            (None, None) => TermEnd::NoPrice,
        };
        Note::TermEnds { ends: commitment.ends, then }
    }
}

/// The list price stays pay-as-you-go with its own date; the term's total stands with its own in the commitment.
fn covered_line(scope: &Scope, mut item: Item, after: &NodePrice, reserved: Reserved) -> BillLine {
    let currency = scope.catalog.currency();
    let start = scope.plan.horizon.start;
    let total = reserved.total.amount.as_decimal();
    let hours = Decimal::from(HOURS_PER_YEAR * reserved.term.years());
    let hour = UnitPrice::new((total / hours).round_dp(RESERVED_DECIMALS));
    let months_left = reserved.months_left(start);
    let commitment = Commitment {
        total: reserved.total.clone(),
        nodes: reserved.nodes,
        prepaid: Money::new(total) * reserved.nodes,
        ends: start.plus_months(reserved.months()),
        then: after.effective.filter(|_| months_left == 0),
        months_left,
    };
    let prepaid = Note::Prepaid { each: Money::new(total), term: reserved.term, all: commitment.prepaid, currency };
    item.notes.insert(0, prepaid);
    if let Formula::NodeHours { not_applied, .. } = &mut item.formula {
        *not_applied = Some(after.discount).filter(|discount| !discount.is_zero());
    }
    item.notes.push(reserved.expiry(&commitment, currency));
    let price = match &after.list {
        Price::Known(_) => after.list.clone(),
        Price::Unknown { .. } => Price::Known(KnownPrice { amount: hour, ..reserved.total }),
    };
    let mut line = line_paying(LineKind::Nodes, item, price, Some(hour));
    line.contracted = after.effective.or(Some(hour));
    line.term = Some(reserved.term);
    line.reservation = Some(commitment);
    line
}
