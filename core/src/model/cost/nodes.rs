//! Nodes by the hour: list price, discount, reservation, own price.

use super::line::{Item, line_paying};
use super::{BillLine, LineKind, Scope};
use crate::catalog::{Family, KnownPrice, Price, PriceWord};
use crate::model::fit::Cache;
use crate::plan::ReservationTerm;
use crate::report::format;
use crate::units::{HOURS_PER_MONTH, HOURS_PER_YEAR, Money, UnitPrice};
use rust_decimal::Decimal;

/// A reserved hour is the term's total over its hours; twelve decimals keep every sum of lines exact.
const RESERVED_DECIMALS: u32 = 12;

/// What one node-hour costs.
struct NodePrice {
    list: Price,
    effective: Option<UnitPrice>,
    /// Before a reservation.
    contracted: Option<UnitPrice>,
    /// The reservation that was found.
    term: Option<ReservationTerm>,
    note: String,
}

/// One line for each cache: `nodes × 730 h × price of a node-hour`.
///
/// The meter is always the one of a single node (`P4 Cache Instance`). The price list also has a meter for a pair of
/// nodes (`P4 Cache`); adding it would count every node twice.
pub(super) fn lines(scope: &Scope) -> Vec<BillLine> {
    scope.design.caches.iter().map(|cache| line_of(scope, cache)).collect()
}

fn line_of(scope: &Scope, cache: &Cache) -> BillLine {
    let price = price_of(scope, cache);
    let item = Item {
        label: format!("{} nodes, {}", cache.sku.short(), scope.catalog.region_name(&cache.region)),
        meter: format!("{} Cache Instance", cache.sku.short()),
        region: Some(cache.region.clone()),
        quantity: Decimal::from(cache.nodes) * Decimal::from(HOURS_PER_MONTH),
        unit: "node-hour",
        formula: formula(scope, cache),
        note: price.note,
    };
    let (contracted, term) = (price.contracted, price.term);
    BillLine { contracted, term, ..line_paying(LineKind::Nodes, item, price.list, price.effective) }
}

/// "2 nodes × 730 h"; with the shards spelt out where there are several.
fn formula(scope: &Scope, cache: &Cache) -> String {
    let nodes = format::counted(cache.nodes as usize, "node");
    let premium = scope.catalog.sku(&cache.sku).is_some_and(|sku| sku.family == Family::Premium);
    if premium && cache.shards > 1 {
        let each = format::counted((cache.nodes / cache.shards) as usize, "node");
        return format!("{} shards × {each} = {nodes} × {HOURS_PER_MONTH} h", cache.shards);
    }
    format!("{nodes} × {HOURS_PER_MONTH} h")
}

/// The user's own price wins over the catalogue; a reservation wins over the discount.
fn price_of(scope: &Scope, cache: &Cache) -> NodePrice {
    let pricing = &scope.plan.pricing;
    let own = pricing.own_price(&cache.sku, &cache.region, scope.catalog.currency());
    let list = own.map_or_else(
        || scope.catalog.node_price(&cache.sku, &cache.region),
        |own| {
            Price::Known(KnownPrice {
                amount: own.per_node_hour,
                word: PriceWord::Yours,
                as_of: String::new(),
                source: "your input".to_owned(),
                how: String::new(),
            })
        },
    );
    match (pricing.reservation, own) {
        (None, _) => discounted(list, pricing.discount, String::new()),
        (Some(_), Some(_)) => {
            let note = "Your own price stands; the reservation is not applied to it.".to_owned();
            discounted(list, pricing.discount, note)
        }
        (Some(term), None) => reserved(scope, cache, term, list),
    }
}

/// Pay as you go, less the negotiated discount.
fn discounted(list: Price, discount: Decimal, note: String) -> NodePrice {
    let discount = discount.clamp(Decimal::ZERO, Decimal::ONE);
    let effective = list.known().map(|known| less(known.amount, discount));
    let discounted = if discount.is_zero() {
        String::new()
    } else {
        format!("Your discount of {}\u{a0}% on the list price.", format::quantity(discount * Decimal::ONE_HUNDRED))
    };
    let note = [discounted, note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    NodePrice { list, effective, contracted: effective, term: None, note }
}

fn less(price: UnitPrice, discount: Decimal) -> UnitPrice {
    let discount = discount.clamp(Decimal::ZERO, Decimal::ONE);
    UnitPrice::new(price.as_decimal().saturating_mul(Decimal::ONE - discount))
}

/// Prepaid for the term: the term's total by the hour. Its word, date and source stand on the line, while the list price
/// stays pay-as-you-go, so that both can be seen.
fn reserved(scope: &Scope, cache: &Cache, term: ReservationTerm, list: Price) -> NodePrice {
    let words = term_in_words(term);
    let Price::Known(total) = scope.catalog.reservation_price(&cache.sku, &cache.region, term) else {
        let note = format!("No price for a reservation of {words}: pay as you go.");
        return discounted(list, scope.plan.pricing.discount, note);
    };
    let hours = Decimal::from(HOURS_PER_YEAR * years(term));
    let hour = UnitPrice::new((total.amount.as_decimal() / hours).round_dp(RESERVED_DECIMALS));
    let prepaid = Money::new(total.amount.as_decimal());
    let mut note =
        format!("Prepaid: {} a node for {words}, here by the hour.", format::money(prepaid, scope.catalog.currency()));
    if !scope.plan.pricing.discount.is_zero() {
        note.push_str(" The discount is not applied to it.");
    }
    let list_amount = list.known().map_or(hour, |known| known.amount);
    if list.known().is_none() {
        note.push_str(" There is no pay-as-you-go price to compare with.");
    }
    NodePrice {
        contracted: list.known().map_or(Some(hour), |known| Some(less(known.amount, scope.plan.pricing.discount))),
        list: Price::Known(KnownPrice { amount: list_amount, ..total }),
        effective: Some(hour),
        term: Some(term),
        note,
    }
}

const fn years(term: ReservationTerm) -> u32 {
    match term {
        ReservationTerm::OneYear => 1,
        ReservationTerm::ThreeYears => 3,
    }
}

const fn term_in_words(term: ReservationTerm) -> &'static str {
    match term {
        ReservationTerm::OneYear => "1 year",
        ReservationTerm::ThreeYears => "3 years",
    }
}
