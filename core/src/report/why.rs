//! Why this design, in words: what decides, what speaks against it, what is unknown, and how sure its price is.

use super::horizon::name;
use crate::catalog::PriceConfidence;
use crate::decide::{Counter, Reason};
use crate::evaluate::Evaluation;
use crate::model::cost::Bill;
use crate::model::horizon::{HorizonCost, Way};
use crate::model::rpo::RpoBasis;
use crate::model::verdict::{Figure, Objective};
use crate::model::{Topology, TopologyAnswer};
use crate::units::{Currency, Money, Ratio, format};

/// One line each: what decides, the strongest counter-argument, what is unknown and would change the choice, and how sure the price is;
/// empty where no design is recommended.
#[must_use]
pub fn lines(evaluation: &Evaluation) -> Vec<String> {
    let comparison = &evaluation.comparison;
    let Some(topology) = comparison.recommended() else { return Vec::new() };
    let answer = evaluation.of(topology);
    let cost = comparison.over.as_ref().map(|over| (over.months, over.of(topology)));
    let decisive = comparison.reason.as_ref().map(|reason| decisive(reason, topology, comparison.currency, cost));
    let counter = comparison.counter.as_ref().map(|it| against(it, comparison.currency, cost.map(|it| it.0)));
    let way = cost.map(|(months, cost)| way(cost, months, comparison.currency));
    let said = [decisive, counter, way.flatten(), unknown(evaluation, answer, cost), price(&answer.bill)];
    said.into_iter().flatten().collect()
}

fn over(months: Option<u32>) -> String {
    months.map_or_else(String::new, |months| format!(" over {}", format::counted(months as usize, "month")))
}

fn decisive(reason: &Reason, choice: Topology, currency: Currency, cost: Option<(u32, &HorizonCost)>) -> String {
    let over = over(cost.map(|it| it.0));
    match reason {
        Reason::Alone => "Decisive: no other design meets every target without an obstacle.".to_owned(),
        Reason::Cheapest { next, by } => format!(
            "Decisive: {} less{over} than the {}, which meets every target too.",
            format::money(*by, currency),
            name(*next)
        ),
        Reason::TooClose { next, by } if *by == Money::ZERO => {
            format!("Not decided: the {} and the {} cost the same{over}.", name(choice), name(*next))
        }
        Reason::TooClose { next, by } => format!(
            "Not decided: the {} and the {} are {} apart{over}, inside the bands of the prices. Look up the price named above first.",
            name(choice),
            name(*next),
            format::money(*by, currency)
        ),
    }
}

fn against(counter: &Counter, currency: Currency, months: Option<u32>) -> String {
    match counter {
        Counter::CheaperWithoutTargets { other, by, misses } => {
            let misses: Vec<&str> = misses.iter().map(|it| it.name()).collect();
            format!(
                "Against it: the {} costs {} less{} and misses {}.",
                name(*other),
                format::money(*by, currency),
                over(months),
                format::listed(&misses)
            )
        }
        Counter::CheaperMonth { other, by } => {
            format!("Against it: the {} costs {} a month less.", name(*other), format::money(*by, currency))
        }
        Counter::Narrow { objective, spare } => {
            format!(
                "Against it: its {} target is met by {} only.",
                target_name(*objective),
                spare_words(*spare, currency)
            )
        }
    }
}

const fn target_name(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "budget",
        other => other.name(),
    }
}

fn spare_words(spare: Figure, currency: Currency) -> String {
    match spare {
        Figure::Money(amount) => format::money(amount, currency),
        Figure::Time(time) => format::duration(time),
        Figure::AtLeast(_) | Figure::Unlimited | Figure::None => String::new(),
    }
}

/// "Its way there from what runs today costs $14,400 once, in $87,133 over 36 months."
fn way(cost: &HorizonCost, months: u32, currency: Currency) -> Option<String> {
    let total = cost.paid.amount(currency);
    let over = over(Some(months));
    let loss = cost.loss.map_or_else(String::new, |loss| {
        format!(" An expected loss of {} by outages is ranked beside them.", format::money(loss, currency))
    });
    let moving = cost.moving.at_least() > Money::ZERO;
    let what = match (cost.way, cost.leaves) {
        (_, Some((_, date))) if moving => {
            format!(
                "{} of them once, for the move at the end of the old service on {date}",
                cost.moving.amount(currency)
            )
        }
        (Way::Moves, None) if moving => format!("{} of them once, for the move now", cost.moving.amount(currency)),
        (Way::Builds, _) if moving => format!("{} of them once, for the first copies", cost.moving.amount(currency)),
        _ if cost.loss.is_none() => return None,
        _ => return Some(format!("It costs {total}{over}.{loss}")),
    };
    Some(format!("It costs {total}{over}, {what}.{loss}"))
}

/// What nobody has said, and what would follow.
fn unknown(evaluation: &Evaluation, answer: &TopologyAnswer, cost: Option<(u32, &HorizonCost)>) -> Option<String> {
    let rebuild = &evaluation.rebuild;
    let found = [
        cost.is_some_and(|(_, cost)| cost.way == Way::Unsaid).then_some("what runs today, so that no move is counted"),
        cost.is_some_and(|(_, cost)| cost.paid.lacks_staff()).then_some("what an hour of an engineer costs"),
        (rebuild.rpo.basis == RpoBasis::NotSaid).then_some("which data the database holds, which may let a rebuild do"),
        answer.capacity.enough.is_none().then_some("what throughput its size has"),
    ];
    let found: Vec<&str> = found.into_iter().flatten().collect();
    (!found.is_empty()).then(|| format!("Unknown, and able to change this: {}.", format::listed(&found)))
}

/// "Of its price 62 % are published and 38 % estimated."
fn price(bill: &Bill) -> Option<String> {
    let total: Money = bill.by_confidence.iter().map(|(_, amount)| *amount).sum();
    let whole = total.as_f64_for_charts();
    if whole <= 0.0 {
        return None;
    }
    let part = |(confidence, amount): &(PriceConfidence, Money)| {
        let share = Ratio::fraction(amount.as_f64_for_charts() / whole);
        format!("{} {}", format::percent(share), confidence.as_str())
    };
    let parts: Vec<String> = bill.by_confidence.iter().map(part).collect();
    Some(format!("How sure its price is: {}.", format::listed(&parts)))
}
