//! A line of a bill: its cells, and where it comes from.

use crate::catalog::{Catalog, FactorBand, KnownPrice, Price, PriceConfidence};
use crate::model::cost::{self, Bill, BillLine};
use crate::report::bill_text::{between, origin_of};
use crate::report::document::{Block, Style, Text};
use crate::report::sources;
use crate::units::{Currency, Money, Ratio, UnitPrice, format};

/// What a line opens to: quantity and price, formula, meter, region, prices with their origin, remark. Blank ones are left out.
#[must_use]
pub fn line_facts(line: &BillLine, bill: &Bill, catalog: &Catalog) -> Block {
    Block::facts([(PRODUCT, product(line, bill.currency))].into_iter().chain(origin(line, bill, catalog)))
}

/// The name of quantity × unit price.
pub(super) const PRODUCT: &str = "Quantity × unit price";

/// "4,380 node-hours × $0.277"; "?" where there is no price.
pub(super) fn product(line: &BillLine, currency: Currency) -> String {
    let unit = line.price.known().map(|known| format::price(line.effective.unwrap_or(known.amount), currency));
    format!("{} {} × {}", format::quantity(line.quantity), units(line), unit.unwrap_or_else(|| "?".to_owned()))
}

/// How sure the price is, with the band of an estimate: "estimated (−2.5 % to +1.7 %)".
pub(super) fn confidence(line: &BillLine) -> Text {
    let text = Text::styled(line.confidence().as_str(), Style::Price(line.confidence()));
    match line.factor() {
        Some((_, band)) => text.then(off(band)),
        None => text,
    }
}

/// " (−2.5 % to +1.7 %)"; " (+0 % to +20 %)".
fn off(band: FactorBand) -> String {
    let (low, high) = band.shares();
    let share = |share: f64| {
        let sign = if share < 1.0 { '−' } else { '+' };
        format!("{sign}{}", format::percent(Ratio::fraction((share - 1.0).abs())))
    };
    format!(" ({} to {})", share(low), share(high))
}

/// "2 unpriced" in the colour of what has no price; nothing for none.
pub(super) fn unpriced(lines: u32) -> Text {
    if lines == 0 { Text::default() } else { missing(format!("{lines} unpriced")) }
}

/// What a total is without: "2 unpriced", "without staff time"; blank for a whole one.
pub(super) fn missing_prices(bill: &Bill) -> Text {
    match cost::unpriced(&bill.lines) {
        0 if bill.total.is_without_staff() => missing("without staff time"),
        lines => unpriced(lines),
    }
}

/// In the colour of what has no price.
pub(super) fn missing(text: impl Into<String>) -> Text {
    Text::styled(text, Style::Price(PriceConfidence::Unknown))
}

/// "58.8 % published, 41.2 % estimated": how sure the prices behind a total are. A sum that lacks a price has no parts of a whole: "M50 in
/// West Europe has no price; what is known is published, estimated".
pub(super) fn confidence_of(bill: &Bill) -> String {
    let total = bill.total.at_least().as_f64_for_charts();
    if let Some(why) = bill.total.why() {
        let words: Vec<&str> = bill.by_confidence.iter().map(|(confidence, _)| confidence.as_str()).collect();
        return if words.is_empty() { why } else { format!("{why}; what is known is {}", words.join(", ")) };
    }
    if total <= 0.0 {
        return String::new();
    }
    let part = |(confidence, amount): &(PriceConfidence, Money)| {
        let share = format::percent(Ratio::fraction(amount.as_f64_for_charts() / total));
        // A part that rounds to nothing says nothing.
        (share != format::percent(Ratio::ZERO)).then(|| format!("{share} {}", confidence.as_str()))
    };
    bill.by_confidence.iter().filter_map(part).collect::<Vec<_>>().join(", ")
}

/// Formula, meter, region, price, source, remark: names and texts, without the blank ones.
pub(super) fn origin(line: &BillLine, bill: &Bill, catalog: &Catalog) -> Vec<(&'static str, String)> {
    let region = line.region.as_ref().map_or_else(String::new, |region| catalog.region_name(region).to_owned());
    let mut facts = vec![("Formula", line.formula()), ("Meter", line.meter()), ("Region", region)];
    match &line.price {
        Price::Known(known) => facts.extend(of_price(line, known, bill.currency, catalog)),
        Price::Unknown { reason } => facts.push(("No price", reason.words())),
    }
    facts.push(("Remark", line.note()));
    facts.retain(|(_, text)| !text.is_empty());
    facts
}

fn of_price(line: &BillLine, list: &KnownPrice, currency: Currency, catalog: &Catalog) -> Vec<(&'static str, String)> {
    let per_unit = |price: UnitPrice| format!("{} for one {}", format::price(price, currency), line.unit);
    let own = line.reservation.as_ref().map_or_else(String::new, |_| format!(" ({})", origin_of(list)));
    let effective = line.effective.filter(|effective| *effective != list.amount);
    let paid = line.paid().unwrap_or(list);
    let word = [paid.confidence.as_str(), &*paid.as_of].into_iter().filter(|part| !part.is_empty());
    vec![
        ("List price", per_unit(list.amount) + &own),
        ("Effective price", effective.map_or_else(String::new, per_unit)),
        ("Price is", word.collect::<Vec<_>>().join(", ")),
        ("Price between", between(paid, currency).unwrap_or_default()),
        ("Source", sources::spelt_out(&paid.source, catalog)),
        ("How", paid.how.to_string()),
    ]
}

/// "node-hours", "GB", "time series": units that are alike in both numbers stay.
fn units(line: &BillLine) -> String {
    let one = line.quantity == 1.into();
    if one || line.unit.ends_with(['B', 's']) { line.unit.to_owned() } else { format!("{}s", line.unit) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::cost::Total;
    use crate::plan::Plan;
    use rust_decimal::Decimal;

    fn pair() -> Bill {
        evaluate(&Plan::default(), &Catalog::bundled().unwrap()).passive.bill.clone()
    }

    #[test]
    fn units_are_plural_where_they_can_be() {
        let bill = pair();
        let cases = [
            (1, "node-hour", "1 node-hour × "),
            (2, "node-hour", "2 node-hours × "),
            (2, "GB", "2 GB × "),
            (1, "time series", "1 time series × "),
            (8, "time series", "8 time series × "),
            (0, "hour", "0 hours × "),
        ];
        for (quantity, unit, start) in cases {
            let line = BillLine { quantity: Decimal::from(quantity), unit, ..bill.lines[0].clone() };
            let said = product(&line, bill.currency).replace('\u{a0}', " ");
            assert!(said.starts_with(start), "{said}");
        }
    }

    #[test]
    fn shares_of_a_bill_add_up_and_no_bill_has_none() {
        let bill = pair();
        let said = confidence_of(&bill).replace('\u{a0}', " ");
        let share = |part: &str| part.split(' ').next().and_then(|share| share.parse::<f64>().ok()).unwrap();
        let shares: f64 = said.split(", ").map(share).sum();
        assert!((shares - 100.0).abs() < 0.2, "{said}");
        assert_eq!(confidence_of(&Bill { total: Total::default(), ..bill }), "");
    }
}
