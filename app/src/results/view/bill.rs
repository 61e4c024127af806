//! Lines of a bill as the page prints them.

use dr_core::catalog::{Catalog, Price, PriceWord};
use dr_core::model::cost::{Bill, BillLine};
use dr_core::report::bill_text;
use dr_core::units::format;

/// One line, with what it opens to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::results) struct LineView {
    pub(in crate::results) label: String,
    pub(in crate::results) sum: String,
    pub(in crate::results) word: &'static str,
    pub(in crate::results) amount: String,
    /// Name and text of every detail.
    pub(in crate::results) details: Vec<(&'static str, String)>,
}

/// A line, ready to print.
pub(in crate::results) fn line(line: &BillLine, bill: &Bill, catalog: &Catalog) -> LineView {
    let unit = line
        .price
        .known()
        .map_or_else(|| "?".to_owned(), |known| format::price(line.effective.unwrap_or(known.amount), bill.currency));
    LineView {
        label: line.label.clone(),
        sum: format!("{} {} × {unit}", format::quantity(line.quantity), plural(line)),
        word: line.word().as_str(),
        amount: line.amount.map_or_else(|| "no price".to_owned(), |amount| format::money_cents(amount, bill.currency)),
        details: details(line, bill, catalog),
    }
}

/// "node-hours", "GB", "time series": units that are alike in both numbers stay.
fn plural(line: &BillLine) -> String {
    let one = line.quantity == 1.into();
    if one || line.unit.ends_with(['B', 's']) { line.unit.to_owned() } else { format!("{}s", line.unit) }
}

fn details(line: &BillLine, bill: &Bill, catalog: &Catalog) -> Vec<(&'static str, String)> {
    let mut details = vec![("Formula", line.formula.clone()), ("Meter", line.meter.clone())];
    if let Some(region) = &line.region {
        details.push(("Region", catalog.region_name(region).to_owned()));
    }
    match &line.price {
        Price::Known(known) => {
            let per_unit = |price| format!("{} for one {}", format::price(price, bill.currency), line.unit);
            let own = line.reservation.as_ref().map(|_| format!(" ({})", bill_text::origin_of(known)));
            details.push(("List price", per_unit(known.amount) + &own.unwrap_or_default()));
            if let Some(effective) = line.effective.filter(|effective| *effective != known.amount) {
                details.push(("Effective price", per_unit(effective)));
            }
            let known = line.paid().unwrap_or(known);
            let word = [known.word.as_str(), &*known.as_of].into_iter().filter(|part| !part.is_empty());
            details.push(("Price is", word.collect::<Vec<_>>().join(", ")));
            details.push(("Source", source(&known.source, catalog)));
            details.push(("How", known.how.to_string()));
        }
        Price::Unknown { reason } => details.push(("No price", reason.clone())),
    }
    details.push(("Remark", line.note.clone()));
    details.retain(|(_, text)| !text.is_empty());
    details
}

/// What the sources say of themselves, by tag; a text with more than tags stands before it.
pub(in crate::results) fn source(text: &str, catalog: &Catalog) -> String {
    let words = || text.split([' ', ';', ',', '(', ')']).filter(|word| !word.is_empty());
    let mut known: Vec<String> = Vec::new();
    for word in words() {
        let expanded =
            catalog.sources().iter().find(|source| source.tag == word).map(|source| format!("{word}: {}", source.text));
        known.extend(expanded.filter(|line| !known.contains(line)));
    }
    let only_tags = words().all(|word| catalog.sources().iter().any(|source| source.tag == word));
    let said = (!only_tags || known.is_empty()).then(|| text.to_owned());
    said.into_iter().chain(known).collect::<Vec<_>>().join(" · ")
}

/// "91 % published, 9 % estimated": how much of the total stands on each word. A sum that lacks a price has no parts of a whole:
/// "M50 in West Europe has no price; what is known is published, estimated".
pub(in crate::results) fn words_of(bill: &Bill) -> String {
    let total = bill.total.at_least().as_f64_for_charts();
    if let Some(why) = bill.total.why() {
        let words: Vec<&str> = bill.by_word.iter().map(|(word, _)| word.as_str()).collect();
        return if words.is_empty() { why } else { format!("{why}; what is known is {}", words.join(", ")) };
    }
    if total <= 0.0 {
        return String::new();
    }
    let part = |(word, amount): &(PriceWord, dr_core::units::Money)| {
        let share = dr_core::units::Ratio::fraction(amount.as_f64_for_charts() / total);
        format!("{} {}", format::percent(share), word.as_str())
    };
    bill.by_word.iter().map(part).collect::<Vec<_>>().join(", ")
}
