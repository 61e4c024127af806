//! The cost of states in words.

use crate::model::cost::states::{Basis, Refusal, StateCost};
use crate::units::{Currency, Money, format};
use rust_decimal::Decimal;

/// What a state costs over the steady one: "+$0.63", "−$0.18", "≥ +$0.63: Logs, West Europe has no price"; "no price" where no line has
/// one, and "unknown: …" where a line without a price falls away, so that the sum has no bound.
#[must_use]
pub fn change(cost: &StateCost, currency: Currency) -> String {
    if cost.unknown_lines > 0 && cost.lines.iter().all(|line| line.amount.is_none()) {
        return cost.change.why().unwrap_or_else(|| "no price".to_owned());
    }
    let known = cost.change.at_least();
    let plus = if known.to_cents() > Decimal::ZERO { "+" } else { "" };
    let amount = format!("{plus}{}", format::money_cents(known, currency));
    let falls = cost.lines.iter().any(|line| line.amount.is_none() && line.quantity.is_sign_negative());
    match cost.change.why() {
        None => amount,
        Some(why) if falls => format!("unknown: {why}"),
        Some(why) => format!("≥\u{a0}{amount}: {why}"),
    }
}

/// [`format::ROUNDED`] where the lines, each rounded to cents, do not add up to the sum rounded to cents; `None` where they do.
#[must_use]
pub fn rounding(cost: &StateCost) -> Option<&'static str> {
    format::rounding(cost.lines.iter().filter_map(|line| line.amount), cost.change.at_least(), Money::to_cents)
}

/// What the cost is based on, or why the state cannot be, in sentences.
#[must_use]
pub fn basis(basis: &Basis) -> String {
    match basis {
        Basis::DrillsInTheBill => "The bill spreads the drills of a year over its months.".to_owned(),
        Basis::LostNodesBilled => "The lost region’s nodes are billed until they are deleted.".to_owned(),
        Basis::SyncsInTheBill => "The bill counts the full syncs of a year that are no outage.".to_owned(),
        Basis::OldCacheBilled { creation_assumed } => {
            let assumed = if *creation_assumed { " Assumption: the tenant may create Premium caches." } else { "" };
            format!("The old cache is billed until the new one is filled.{assumed}")
        }
        Basis::MoveToGroup { refused, member: None } => format!("{} No group can follow.", refusal(*refused)),
        Basis::MoveToGroup { refused, member: Some(member) } => format!(
            "{} Instead the pair moves to an active group of {}: first copies and people; its month is in its own bill.",
            refusal(*refused),
            member.words()
        ),
    }
}

fn refusal(refused: Refusal) -> String {
    match refused {
        Refusal::NoCacheBefore(day) => format!(
            "Refused: a tenant without Azure Cache for Redis before {day} cannot create Premium caches (N1, N2)."
        ),
        Refusal::Retires(day) => format!("Refused: Premium retires on {day} (D6)."),
    }
}
