//! What to measure first, in words.

use crate::explore::bill_bands::money;
use crate::explore::sensitivity::{ANSWERS, Outcome, Swing};
use crate::model::verdict::Objective;
use crate::units::format;
use crate::units::{Currency, Secs};

/// "the RTO P95", "the planned monthly cost".
#[must_use]
pub const fn name(answer: Objective) -> &'static str {
    match answer {
        Objective::Rto => "the RTO P95",
        Objective::Rpo => "the RPO P95",
        Objective::Runway => "the runway P05",
        Objective::Cost => "the planned monthly cost",
        Objective::Latency => "the write latency P95",
    }
}

/// An answer as the cards print it: "38 min", "$3,013", "none", "never".
#[must_use]
pub fn text(answer: Objective, value: Option<f64>, currency: Currency) -> String {
    match value {
        None => "none".to_owned(),
        Some(value) if !value.is_finite() => "not at risk".to_owned(),
        Some(value) if answer == Objective::Cost => format::money(money(value), currency),
        Some(value) => format::duration(Secs::secs(value)),
    }
}

/// One input for these answers (places in [`ANSWERS`]): the one that decides most targets, then the one with the largest swing of an answer as a
/// share of the plan's own. "Measure the CRDT factor first: between 1.1 and 2 the monthly cost goes from $1,687 to $3,013."
///
/// `None` where no range moves any of them.
#[must_use]
pub fn measure_first(swings: &[Swing], base: &[Outcome; 4], answers: &[usize], currency: Currency) -> Option<String> {
    let share = |swing: &Swing, answer: usize| {
        let own = base[answer].value.map_or(0.0, libm::fabs);
        swing.moves(answer).map_or(0.0, |moved| if own > 0.0 && own.is_finite() { moved / own } else { 0.0 })
    };
    let decided = |swing: &Swing| answers.iter().filter(|answer| swing.decides(**answer)).count();
    let widest = |swing: &Swing| answers.iter().map(|answer| share(swing, *answer)).fold(0.0, f64::max);
    let first = swings.iter().filter(|it| decided(it) > 0 || widest(it) > 0.0).reduce(|best, next| {
        let order = decided(next).cmp(&decided(best)).then(widest(next).total_cmp(&widest(best)));
        if order.is_gt() { next } else { best }
    })?;
    let effects: Vec<String> = answers
        .iter()
        .copied()
        .filter(|answer| first.decides(*answer) || share(first, *answer) >= 0.01)
        .map(|answer| {
            let [low, high] =
                [first.low[answer], first.high[answer]].map(|it| text(ANSWERS[answer], it.value, currency));
            let target = if first.decides(answer) { ", which decides its target" } else { "" };
            format!("{} goes from {low} to {high}{target}", name(ANSWERS[answer]))
        })
        .collect();
    let input = &first.input;
    let (low, high) = (input.text(input.low), input.text(input.high));
    Some(format!(
        "Measure {} first: between {low} and {high} {}.",
        format::in_sentence(input.label),
        effects.join("; ")
    ))
}
