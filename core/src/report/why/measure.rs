//! What to enter, look up or measure first where the designs are too close to call.

use super::super::horizon::name;
use super::super::price_doubt::look_up;
use super::super::views::Subject;
use crate::decide::{HoursOpen, PriceDoubt, Reason, Turn};
use crate::explore::sensitivity::{Moved, moved_most_between};
use crate::model::Topology;
use crate::units::{Currency, Money, format};

/// What to enter, look up or measure first, in the order in which it counts; `None` where the choice is not too close to call.
pub(super) fn measure_first(subject: Subject, choice: Topology) -> Option<String> {
    let comparison = &subject.evaluation.comparison;
    if !comparison.too_close() {
        return None;
    }
    let hours = comparison.hours.as_ref().filter(|hours| hours.open).and_then(|it| match comparison.reason {
        // The reason has the rate.
        Some(Reason::WithoutHours { .. }) => Some("Enter what an hour of an engineer costs first.".to_owned()),
        _ => rate_first(it, comparison.currency),
    });
    let mut said: Vec<String> = hours.into_iter().chain(closest(subject, choice)).collect();
    let by_price = said.is_empty() && matches!(comparison.reason, Some(Reason::Turns { .. }));
    said.extend(comparison.price_doubts.iter().filter(|_| by_price).take(1).filter_map(|doubt| match doubt {
        PriceDoubt::OtherCheaper { price, .. } | PriceDoubt::Budget { price, .. } => {
            price.as_ref().map(|price| look_up(price, " first"))
        }
    }));
    let first = said.is_empty();
    said.extend(measure(&comparison.turns, first, NONE_MEETS));
    (!said.is_empty()).then(|| said.join(" "))
}

/// "Measure “decide” and “unlink” first: at 2 min or 5 min the passive pair becomes the choice." of the ranges that leave a choice open, a few
/// at most, those with one outcome together; `none` says that no design meets every target. `None` where none does.
pub(in crate::report) fn measure(turns: &[Turn], first: bool, none: &str) -> Option<String> {
    let open: Vec<&Turn> = turns.iter().filter(|turn| turn.leaves_open()).take(MOST_NAMED).collect();
    let each = by_outcome(&open).into_iter().enumerate().map(|(index, (to, turns))| {
        let when = if first && index == 0 { "first" } else { "too" };
        let names: Vec<String> = turns.iter().map(|turn| input_name(turn)).collect();
        let ends: Vec<String> = turns.iter().map(|turn| turn.input.text(turn.at)).collect();
        let becomes = if to.is_none() { none.to_owned() } else { becomes(to) };
        format!("Measure {} {when}: at {} {becomes}.", format::listed(&names), one_of(&ends))
    });
    let said: Vec<String> = each.collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Turns with the same outcome together, in the order of their first.
pub(super) fn by_outcome<'a>(turns: &[&'a Turn]) -> Vec<(Option<Topology>, Vec<&'a Turn>)> {
    let mut groups: Vec<(Option<Topology>, Vec<&Turn>)> = Vec::new();
    for turn in turns {
        match groups.iter_mut().find(|(to, _)| *to == turn.to) {
            Some((_, of)) => of.push(turn),
            None => groups.push((turn.to, vec![turn])),
        }
    }
    groups
}

/// "“decide”", so that the name of a step is no verb of the sentence.
pub(super) fn input_name(turn: &Turn) -> String {
    format!("“{}”", format::in_sentence(turn.input.label))
}

/// "2 min, 5 min or 60 s".
pub(super) fn one_of(texts: &[String]) -> String {
    match texts {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => texts.concat(),
    }
}

/// "the passive pair becomes the choice".
pub(super) fn becomes(to: Option<Topology>) -> String {
    to.map_or_else(|| NONE_MEETS.to_owned(), |to| format!("the {} becomes the choice", name(to)))
}

/// Another size or term may.
const NONE_MEETS: &str = "none of the plan's designs meets every target";

/// The same of a search, whose designs are not the plan's.
pub(in crate::report) const NONE_HERE: &str = "no design in these regions meets every target";

/// So many ranges are named at most.
pub(super) const MOST_NAMED: usize = 3;

/// "Enter what an hour of an engineer costs first: from $92.70 on the passive pair costs less."
pub(in crate::report) fn rate_first(hours: &HoursOpen, currency: Currency) -> Option<String> {
    let rate = format::money_cents(hours.turns_at?, currency);
    Some(format!("Enter what an hour of an engineer costs first: from {rate} on the {} costs less.", name(hours.than)))
}

/// "at 2 × the passive pair becomes the choice", "at 20 min none of the plan's designs meets every target".
fn at(turn: &Turn) -> String {
    format!("at {} {}", turn.input.text(turn.at), becomes(turn.to))
}

/// "CRDT factor: at 2 × the passive pair becomes the choice."
#[must_use]
pub fn turn(turn: &Turn) -> String {
    format!("{}: {}.", turn.input.label, at(turn))
}

/// "Look up P2 in Southeast Asia first, … Then measure data: at 90 % of it …", the wider of both first; `None` where the costs of two designs
/// are not what is too close.
fn closest(subject: Subject, choice: Topology) -> Option<String> {
    let comparison = &subject.evaluation.comparison;
    let Some(Reason::TooClose { next, .. }) = comparison.reason else { return None };
    let over = comparison.over.as_ref()?;
    let price = comparison.price_doubts.iter().find_map(|doubt| match doubt {
        PriceDoubt::OtherCheaper { low, high, price, .. } => Some((*high - *low, price.as_ref()?)),
        PriceDoubt::Budget { .. } => None,
    });
    let input = moved_most_between(subject.plan, subject.catalog, over, [choice, next]);
    let moved = |input: &Moved| {
        let [low, high] = [input.low, input.high].map(|by| more_or_less(by, comparison.currency));
        let ends = [input.input.low, input.input.high].map(|end| input.input.text(end));
        let [at_low, at_high] = ends;
        let months = format::counted(over.months as usize, "month");
        format!(
            "{}: at {at_low} the {} costs {low} over {months}, at {at_high} {high}",
            format::in_sentence(input.input.label),
            name(next)
        )
    };
    Some(match (price, input) {
        (Some((band, node)), Some(input)) if input.width() > band => {
            format!("Measure {}. Then {}", first(&moved(&input)), format::in_sentence(&look_up(node, "")))
        }
        (Some((_, node)), Some(input)) => {
            format!("{} Then measure {}.", look_up(node, " first"), moved(&input))
        }
        (Some((_, node)), None) => look_up(node, " first"),
        (None, Some(input)) => format!("Measure {}.", first(&moved(&input))),
        (None, None) => "No range of the plan moves the difference: either design will do.".to_owned(),
    })
}

/// "data: at 90 % …" as "data first: at 90 % …".
fn first(said: &str) -> String {
    said.replacen(": at ", " first: at ", 1)
}

/// "$1,179 less", "$2,126 more", "the same".
pub(super) fn more_or_less(by: Money, currency: Currency) -> String {
    if by == Money::ZERO {
        return "the same".to_owned();
    }
    let word = if by < Money::ZERO { "less" } else { "more" };
    format!("{} {word}", format::money(Money::new(by.as_decimal().abs()), currency))
}
