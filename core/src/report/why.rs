//! Why this design, in words: what decides, what speaks against it, what is unknown, and how sure its price is.

mod measure;
mod unknown;

use super::horizon::name;
use super::search::rest_of_today;
use super::verdict::{judged_on, target_name};
use super::views::Subject;
use crate::catalog::PriceConfidence;
use crate::decide::{Comparison, Counter, HoursOpen, Reason};
use crate::evaluate::{Evaluation, answer_alone};
use crate::model::horizon::{HorizonCost, Origin, OverHorizon, confidence_of_today};
use crate::model::verdict::{Figure, Objective};
use crate::model::{Topology, TopologyAnswer};
use crate::units::{Currency, Money, Ratio, format};
use crate::words::waits::of_months;
pub use measure::turn;
pub(super) use measure::{NONE_HERE, measure, rate_first};
use measure::{becomes, measure_first, more_or_less};
use rust_decimal::Decimal;
use serde::Serialize;
use unknown::unknown;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What decides for the design, or that nothing does.
    Decisive,
    /// What to measure or look up first, where the designs are too close to call.
    MeasureFirst,
    /// The strongest counter-argument.
    Against,
    /// What it costs over the horizon, and what of it is for the way there.
    Way,
    /// What nobody has said, and what would change it.
    Unknown,
    /// The shares of the price's confidence.
    PriceConfidence,
}

/// One line of the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it says.
    pub kind: Kind,
    /// The sentence.
    pub text: String,
}

/// One line each: what decides, what to measure first where nothing does, the strongest counter-argument, what is unknown and would
/// change the choice, and how sure the price is; empty where no design is recommended.
#[must_use]
pub fn lines(subject: Subject) -> Vec<Line> {
    let evaluation = subject.evaluation;
    let comparison = &evaluation.comparison;
    let Some(topology) = comparison.recommended() else { return Vec::new() };
    let answer = evaluation.of(topology);
    let cost = comparison.over.as_ref().map(|over| (over.months, over.of(topology)));
    let span = comparison.over.as_ref().map_or_else(String::new, over);
    let decisive = comparison.reason.as_ref().map(|reason| decisive(reason, topology, comparison, &span));
    let counter = comparison.counter.as_ref().map(|it| against(it, evaluation, &span));
    let chosen = comparison.choice.is_some();
    let way = cost.map(|(months, cost)| cost_over(cost, months, comparison.currency, chosen));
    let mut said = [
        (Kind::Decisive, decisive),
        (Kind::MeasureFirst, measure_first(subject, topology)),
        (Kind::Against, counter),
        (Kind::Way, way.flatten()),
        (Kind::Unknown, unknown(subject, answer)),
        (Kind::PriceConfidence, price(subject, answer)),
    ];
    if !subject.plan.workload.open.is_empty() {
        // What is based on a load that nobody has measured decides nothing: that it is unknown comes first.
        said[..5].rotate_right(1);
    }
    said.into_iter().filter_map(|(kind, text)| Some(Line { kind, text: text? })).collect()
}

/// The same as texts.
#[must_use]
pub fn texts(subject: Subject) -> Vec<String> {
    lines(subject).into_iter().map(|line| line.text).collect()
}

/// " over 36 months", " over 36 months with the expected loss".
fn over(over: &OverHorizon) -> String {
    let loss = if over.counts_loss() { " with the expected loss" } else { "" };
    format!(" over {}{loss}", format::counted(over.months as usize, "month"))
}

fn decisive(reason: &Reason, choice: Topology, comparison: &Comparison, over: &str) -> String {
    let currency = comparison.currency;
    // Ranges that are counted in what is judged, and at whose end another one or none is the choice: they are named under what is unknown.
    let turned = comparison.turns.iter().any(|turn| !turn.leaves_open());
    let decisive = if turned { "Decisive, but for the named ends of ranges" } else { "Decisive" };
    match reason {
        Reason::Nearest { away, next } => nearest(*away, *next),
        Reason::Alone => format!("{decisive}: no other design meets every target without an obstacle."),
        Reason::Cheapest { next, by } => format!(
            "{decisive}: {} less{over} than the {}{}.",
            format::money(*by, currency),
            name(*next),
            if comparison.targets == 0 { "" } else { ", which meets every target too" }
        ),
        Reason::WithoutHours { next, by, hours, turns_at } => format!(
            "Not decided: the {} costs {} less{over} than the {}, without the price of {} more; from {} an hour on \
             the {} costs less.",
            name(choice),
            format::money(*by, currency),
            name(*next),
            hours_of_people(*hours),
            format::money_cents(*turns_at, currency),
            name(*next)
        ),
        Reason::Turns { to, next } => {
            let least = next.map_or_else(
                || "no other design meets every target".to_owned(),
                |(next, by)| format!("{} less{over} than the {}", format::money(by, currency), name(next)),
            );
            format!("Not decided: {least}, but inside the ranges of the plan and its prices {}.", becomes(*to))
        }
        Reason::TooClose { next, by } if *by == Money::ZERO => {
            format!("Not decided: the {} and the {} cost the same{over}.", name(choice), name(*next))
        }
        Reason::TooClose { next, by } => format!(
            "Not decided: the {} and the {} are {} apart{over}, inside the bands of the prices.",
            name(choice),
            name(*next),
            format::money(*by, currency)
        ),
    }
}

/// "Closest to its targets: 49 % away in all; the passive pair is 345 % away."
fn nearest(away: f64, next: Option<(Topology, f64)>) -> String {
    let share = |away: f64| format::percent(Ratio::fraction(away));
    let next =
        next.map_or_else(String::new, |(topology, away)| format!("; the {} is {} away", name(topology), share(away)));
    format!("Closest to its targets: {} away in all{next}. An obstacle counts 100 %.", share(away))
}

/// "160 hours of people".
fn hours_of_people(hours: Decimal) -> String {
    let noun = if hours.round() == Decimal::ONE { "hour" } else { "hours" };
    format!("{} {noun} of people", format::quantity(hours.round()))
}

/// "The active group takes 160 hours of people more than the passive pair, in no cost; from $412 an hour on the passive pair costs less."
fn hours(hours: &HoursOpen, currency: Currency) -> String {
    let turns = hours.turns_at.map_or_else(
        || "no rate turns the choice".to_owned(),
        |rate| format!("from {} an hour on the {} costs less", format::money_cents(rate, currency), name(hours.than)),
    );
    format!(
        "The {} takes {} more than the {}, in no cost; {turns}.",
        name(hours.more_of),
        hours_of_people(hours.hours),
        name(hours.than)
    )
}

/// What speaks against the design of an evaluation.
fn against(counter: &Counter, evaluation: &Evaluation, over: &str) -> String {
    let currency = evaluation.comparison.currency;
    let money = |amount| format::money(amount, currency);
    let said = match counter {
        Counter::Missed { objective: Objective::Cost, by } if *by > 1.0 => {
            format!("its dearest month is {:.1} times the budget", by + 1.0)
        }
        Counter::Missed { objective, by } => {
            format!(
                "it misses its {} target by {} of it",
                target_name(*objective),
                format::percent(Ratio::fraction(*by))
            )
        }
        Counter::CheaperWithoutTargets { other, by, misses, unjudged } => {
            let of = |does: &str, which: &[Objective]| {
                let names: Vec<&str> = which.iter().map(|it| judged_on(*it)).collect();
                (!names.is_empty()).then(|| format!("{does} {}", format::listed(&names)))
            };
            let costs = format!("costs {} less{over}", money(*by));
            let said = [Some(costs), of("misses", misses), of("cannot be judged on", unjudged)];
            let said: Vec<String> = said.into_iter().flatten().collect();
            format!("the {} {}", name(*other), format::listed(&said))
        }
        Counter::CheaperMonth { other, by, months } => {
            format!("the {} costs {} a month less{}", name(*other), money(*by), of_months(*months))
        }
        Counter::Better { other, objective, figure, more, months, misses } => {
            let misses: Vec<&str> = misses.iter().map(|it| judged_on(*it)).collect();
            let but =
                if misses.is_empty() { String::new() } else { format!(", but misses {}", format::listed(&misses)) };
            let more = more_or_less(*more, currency);
            format!("the {} {}, for {more} a month{}{but}", name(*other), does(*objective, *figure), of_months(*months))
        }
        Counter::Narrow { objective, spare } => {
            format!("its {} target is met by {} only", target_name(*objective), spare_words(*spare, currency))
        }
        Counter::Warned(id) => {
            let found = evaluation.findings.iter().find(|it| it.id == *id);
            let said = found.map_or_else(String::new, |it| format::in_sentence(it.sentence.trim_end_matches('.')));
            format!("{said} ({id})")
        }
        Counter::OneRegion => "it has one region, and nothing is left to recover in when that is lost".to_owned(),
        Counter::NotShown(true) => "its RPO target is met in the model alone; no metric shows it".to_owned(),
        Counter::NotShown(false) => "no metric shows its RPO".to_owned(),
        Counter::Unconfirmed(count) => {
            let bars = if *count == 1 { "bars" } else { "bar" };
            format!("{} {bars} it if the answer is no", format::counted(*count, "open confirmation"))
        }
        Counter::Ends(date) => format!("its service ends on {date}, and a group has to follow"),
        Counter::NoReplica(Some(time)) => format!("it has no replica; users wait {} (P95)", format::duration(*time)),
        Counter::NoReplica(None) => "it has no replica, and its recovery time is open".to_owned(),
    };
    format!("Against it: {said}.")
}

/// "recovers in 3 min (P95)", "loses 60 s (P95)", "does not run out of memory while a region is away".
fn does(objective: Objective, figure: Figure) -> String {
    match (objective, figure) {
        (Objective::Rto, Figure::Time(time)) => format!("recovers in {} (P95)", format::duration(time)),
        (Objective::Rpo, Figure::Time(time)) => format!("loses the last {} (P95)", format::duration(time)),
        (Objective::Runway, Figure::Time(time)) => format!("has a runway of {}", format::duration(time)),
        (Objective::Runway, _) => "does not run out of memory while a region is away".to_owned(),
        (other, _) => format!("does better in {}", other.name()),
    }
}

fn spare_words(spare: Figure, currency: Currency) -> String {
    match spare {
        Figure::Money(amount) => format::money(amount, currency),
        Figure::Time(time) => format::duration(time),
        Figure::AtLeast(_) | Figure::Unlimited | Figure::None => String::new(),
    }
}

/// "It costs $87,133 over 36 months, $14,400 of them once, for the move now.", "It costs $199,423 over 36 months, and 160 hours of people for
/// the move now, which have no price yet.", and what is left of today's prepaid term; for the nearest its cost alone too.
fn cost_over(cost: &HorizonCost, months: u32, currency: Currency, chosen: bool) -> Option<String> {
    let total = cost.paid.amount(currency);
    let over = format!(" over {}", format::counted(months as usize, "month"));
    let loss = cost.loss.map_or_else(String::new, |loss| {
        format!(" An expected loss of {} by outages is ranked beside them.", format::money(loss, currency))
    });
    let moving = cost.moving.at_least() > Money::ZERO || cost.moving.is_without_staff();
    let unpriced = cost.moving.hours_without_rate();
    let rest = rest_of_today(cost, currency).map_or_else(String::new, |rest| format!(" {rest}"));
    let once = |way: String| {
        let amount = format!("{} of them once", cost.moving.amount(currency));
        let hours = format!("{} {way}, which have no price yet", hours_of_people(unpriced));
        match (unpriced.is_zero(), cost.moving.at_least() == Money::ZERO) {
            (true, _) => format!("{amount}, {way}"),
            (false, true) => format!("and {hours}"),
            (false, false) => format!("{amount} and {hours}"),
        }
    };
    if !cost.whole {
        return Some(format!(
            "It costs {total} up to the end of its service, and nothing that is possible follows it.{loss}"
        ));
    }
    let what = match (cost.way, cost.leaves) {
        (_, Some((_, date))) if moving => once(format!("for the move at the end of the old service on {date}")),
        (Origin::Moves, None) if moving => once("for the move now".to_owned()),
        (Origin::Builds, _) if moving => once("to set it up".to_owned()),
        // The verdict gives the cost of a choice over the horizon.
        _ if cost.loss.is_none() && chosen && rest.is_empty() => return None,
        _ => return Some(format!("It costs {total}{over}.{loss}{rest}")),
    };
    Some(format!("It costs {total}{over}, {what}.{loss}{rest}"))
}

/// "How sure its price is: 62 % published and 38 % estimated."; of a design that waits that of what runs, and of what takes over: "55 % yours and
/// 45 % published until 2028-09-30, then 72 % published and 28 % derived".
fn price(subject: Subject, answer: &TopologyAnswer) -> Option<String> {
    let Subject { plan, catalog, evaluation } = subject;
    let Some(waits) = evaluation.comparison.waits(answer.topology) else {
        return Some(format!("How sure its price is: {}.", shares(&answer.bill.by_confidence)?));
    };
    let late = waits.plan_at_move(answer.topology, plan);
    let then = answer_alone(answer.topology, &late, catalog).bill;
    let parts = [shares(&confidence_of_today(plan, catalog)?)?, shares(&then.by_confidence)?];
    let [before, after] = parts;
    Some(format!("How sure its price is: {before} until {}, then {after}.", waits.until))
}

/// "62 % published and 38 % estimated"; `None` of nothing.
fn shares(by_confidence: &[(PriceConfidence, Money)]) -> Option<String> {
    let total: Money = by_confidence.iter().map(|(_, amount)| *amount).sum();
    let whole = total.as_f64_for_charts();
    if whole <= 0.0 {
        return None;
    }
    let part = |(confidence, amount): &(PriceConfidence, Money)| {
        let share = format::percent(Ratio::fraction(amount.as_f64_for_charts() / whole));
        // A part that rounds to nothing says nothing.
        (share != format::percent(Ratio::ZERO)).then(|| format!("{share} {}", confidence.as_str()))
    };
    let parts: Vec<String> = by_confidence.iter().filter_map(part).collect();
    Some(format::listed(&parts))
}

#[cfg(test)]
mod tests;
