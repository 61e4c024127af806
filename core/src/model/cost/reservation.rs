//! Reserved node-hours: prepaid for a term, for a share of the hours.

use super::line::{Item, line_paying};
use super::nodes::{NodePrice, pay_as_you_go, price_of};
use super::{BillLine, LineKind, Scope};
use crate::catalog::{KnownPrice, Price};
use crate::model::fit::Cache;
use crate::plan::ReservationTerm;
use crate::report::format;
use crate::units::{Date, HOURS_PER_YEAR, Money, Ratio, UnitPrice};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

/// A reserved hour is the term's total over its hours; twelve decimals keep every sum of lines exact.
const RESERVED_DECIMALS: u32 = 12;

/// The reservation behind a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// Prepaid for the line's share of its nodes and the whole term: `total of a node × nodes × coverage`.
    pub prepaid: Money,
    /// The first day without it: start of the plan + term.
    pub ends: Date,
    /// What a node-hour costs from that day on if nothing is renewed: pay as you go less the discount; `None` if unknown.
    pub then: Option<UnitPrice>,
}

/// The lines of a cache under a reservation: covered hours at the term's total by the hour, the others pay as you go.
///
/// `covered = nodes × 730 h × coverage`, to six decimals; `hour = total of the term ÷ its hours`. The negotiated
/// discount is not applied to covered hours. With an own price, without a price for the term, or with a coverage of 0
/// all hours are pay-as-you-go, and the line says why.
pub(super) fn reserved(scope: &Scope, cache: &Cache, term: ReservationTerm, mut item: Item) -> Vec<BillLine> {
    let pricing = &scope.plan.pricing;
    if pricing.own_price(&cache.sku, &cache.region, scope.catalog.currency()).is_some() {
        item.add_note("Your own price stands; the reservation is not applied to it.");
        return vec![pay_as_you_go(scope, cache, item)];
    }
    let Price::Known(total) = scope.catalog.reservation_price(&cache.sku, &cache.region, term) else {
        item.add_note(&format!("No price for a reservation of {}: pay as you go.", term.as_str()));
        return vec![pay_as_you_go(scope, cache, item)];
    };
    let coverage = pricing.reservation_coverage.clamp(Decimal::ZERO, Decimal::ONE);
    let covered = (item.quantity * coverage).round_dp(6);
    let open = item.quantity - covered;
    let share = |part: Decimal| format::percent(Ratio::fraction(part.to_f64().unwrap_or_default()));
    let mut lines = Vec::new();
    if open > Decimal::ZERO {
        let mut rest = Item { quantity: open, ..item.clone() };
        if covered > Decimal::ZERO {
            item.quantity = covered;
            item.label.push_str(", reserved");
            item.formula = format!("{} × {}", item.formula, share(coverage));
            rest.label.push_str(", pay as you go");
            rest.formula = format!("{} × {}", rest.formula, share(Decimal::ONE - coverage));
        }
        lines.push(pay_as_you_go(scope, cache, rest));
    }
    if covered > Decimal::ZERO {
        let prepaid = Money::new(total.amount.as_decimal()) * Decimal::from(cache.nodes) * coverage;
        lines.insert(0, covered_line(scope, term, item, &price_of(scope, cache), total, prepaid));
    }
    lines
}

/// The word, date and source of the term's total stand on the line, while the list price stays pay-as-you-go, so that
/// both can be seen.
fn covered_line(
    scope: &Scope,
    term: ReservationTerm,
    mut item: Item,
    after: &NodePrice,
    total: KnownPrice,
    prepaid: Money,
) -> BillLine {
    let currency = scope.catalog.currency();
    let money = |amount| format::money(amount, currency);
    let ends = scope.plan.horizon.start.plus_months(12 * term.years());
    let hours = Decimal::from(HOURS_PER_YEAR * term.years());
    let hour = UnitPrice::new((total.amount.as_decimal() / hours).round_dp(RESERVED_DECIMALS));
    let each = money(Money::new(total.amount.as_decimal()));
    item.note.insert_str(0, if item.note.is_empty() { "" } else { " " });
    let prepaid_words =
        format!("Prepaid: {each} a node for {}, {} in all, here by the hour.", term.as_str(), money(prepaid));
    item.note.insert_str(0, &prepaid_words);
    if !scope.plan.pricing.discount.is_zero() {
        item.add_note("The discount is not applied to it.");
    }
    item.add_note(&match after.effective {
        Some(price) => format!(
            "It ends on {ends}; unless it is renewed, a node-hour costs {} from then on.",
            format::price(price, currency)
        ),
        None => format!("It ends on {ends}, and there is no pay-as-you-go price for the time after it."),
    });
    let list = after.list.known().map_or(hour, |known| known.amount);
    let price = Price::Known(KnownPrice { amount: list, ..total });
    let mut line = line_paying(LineKind::Nodes, item, price, Some(hour));
    line.contracted = after.effective.or(Some(hour));
    line.term = Some(term);
    line.reservation = Some(Commitment { prepaid, ends, then: after.effective });
    line
}
