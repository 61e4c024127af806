//! The bill, line by line (M-10).

use super::Draft;
use crate::catalog::Price;
use crate::model::cost::{Bill, BillLine, not_applied, unpriced};
use crate::report::bill_text::origin_of;
use crate::report::verdict::waiting;
use crate::units::format;
use crate::units::{Currency, HOURS_PER_MONTH, Money};
use crate::words::bill::not_applied as not_applied_words;
use crate::words::total::NO_HOURLY_RATE;

pub(super) fn explain(draft: &mut Draft) {
    let bill = &draft.answer.bill;
    for line in &bill.lines {
        draft.line(line_words(line, bill.currency));
        price(draft, line, bill.currency);
        draft.caveat(line.note());
    }
    let sign = if bill.total.is_complete() { "= " } else { "" };
    draft.line(format!("total {sign}{}", bill.total.words_in_cents(bill.currency)));
    if bill.list_total != bill.total {
        draft.line(format!("at list prices {}", bill.list_total.cents(bill.currency)));
    }
    caveats(draft, bill);
}

/// The price of a line, with what was prepaid, or why there is none.
fn price(draft: &mut Draft, line: &BillLine, currency: Currency) {
    let price = match &line.price {
        Price::Known(price) => price,
        Price::Unknown { reason } => return draft.input(line.label(), "unknown".to_owned(), reason.words()),
    };
    let value = format!("{} per {}", format::price(price.amount, currency), line.unit);
    draft.input(line.label(), value, origin_of(price));
    if let (Some(reserved), Some(term)) = (&line.reservation, line.term) {
        let total = format::money(Money::new(reserved.total.amount.as_decimal()), currency);
        let value = format!("{total} a node for {}", term.as_str());
        draft.input(format!("{}, prepaid", line.label()), value, origin_of(&reserved.total));
    }
    if !price.how.is_empty() {
        draft.caveat(format!("{}: {}", line.label(), price.how));
    }
}

fn caveats(draft: &mut Draft, bill: &Bill) {
    draft.caveat(waiting(&draft.evaluation.comparison, draft.answer.topology).unwrap_or_default());
    draft.caveat(not_applied(&bill.lines, &draft.plan.pricing).map_or_else(String::new, not_applied_words));
    let words: Vec<String> =
        bill.by_confidence.iter().map(|(word, amount)| share(*amount, bill, word.as_str())).collect();
    if !words.is_empty() {
        let of = if bill.total.is_complete() { "the total" } else { "what is known of the total" };
        draft.caveat(format!("Prices of {of}: {}.", words.join(", ")));
    }
    match unpriced(&bill.lines) {
        0 => {}
        lines => draft.caveat(format!("{} without a price, not in the total.", lines_in_words(lines))),
    }
    if bill.total.is_without_staff() {
        draft.caveat(NO_HOURLY_RATE);
    }
    draft.caveat(format!("A month is {HOURS_PER_MONTH} h; without taxes and expected downtime."));
}

fn line_words(line: &BillLine, currency: Currency) -> String {
    let quantity = format!("{} {}", format::quantity(line.quantity), line.unit);
    match (line.effective, line.amount) {
        (Some(price), Some(amount)) => format!(
            "{}: {} = {quantity} × {} = {}",
            line.label(),
            line.formula(),
            format::price(price, currency),
            format::money_cents(amount, currency)
        ),
        _ => format!("{}: {} = {quantity} × unknown price", line.label(), line.formula()),
    }
}

/// "91 % published"; of a lower bound an amount, for it has no parts of a whole.
fn share(amount: Money, bill: &Bill, word: &str) -> String {
    let known = bill.total.at_least();
    if known == Money::ZERO || !bill.total.is_complete() {
        return format!("{} {word}", format::money(amount, bill.currency));
    }
    let part = amount.as_f64_for_charts() / known.as_f64_for_charts();
    format!("{} {word}", format::percent(crate::units::Ratio::fraction(part)))
}

fn lines_in_words(count: u32) -> String {
    if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") }
}
