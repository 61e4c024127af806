//! The verdict in words: which topology and why, until when to act, its tipping point, and what each figure leaves out.

mod caveat;
mod difference;

pub use caveat::caveat;
pub(crate) use caveat::{all_waiting, waiting};
use difference::{costs, more_or_less};

use super::Span;
use crate::decide::{
    Against, Comparison, Difference, Miss, Outcome, Priced, Rival, Shortcoming, Successor, Target, TippingPoint,
};
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::fit::{Misfit, SizeName};
use crate::model::horizon::{HorizonCost, Months, OverHorizon};
use crate::model::verdict::{Figure, Objective};
use crate::rules::act_by::act_by_inside;
use crate::units::{Currency, Money, format};
use crate::words::misfit::sizes;
use crate::words::shown::unshown;
use crate::words::total::no_price;
use crate::words::waits::{months as months_paid, of_months};
use std::fmt::Write as _;

/// The answer in one or two sentences: choice, cost, what the others lack.
#[must_use]
pub fn sentence(comparison: &Comparison) -> Vec<Span> {
    let mut spans = answer(comparison);
    spans.extend(follows(comparison.follows(), comparison.currency).map(Span::plain));
    spans
}

/// " The active group that follows on 2028-09-30 misses runway by 29 min."; `None` where it lacks nothing.
pub(crate) fn follows(successor: Option<&Successor>, currency: Currency) -> Option<String> {
    let Successor { until, lacks } = successor?;
    let lacks: Vec<String> = lacks.iter().map(|lack| shortcoming(lack, currency)).collect();
    Some(format!(" The active group that has to follow by {until} {}.", format::listed(&lacks)))
}

/// " until 2028-09-30" of a pair whose group lacks something; "" of all else.
pub(crate) fn until(successor: Option<&Successor>) -> String {
    successor.map_or_else(String::new, |it| format!(" until {}", it.until))
}

fn answer(comparison: &Comparison) -> Vec<Span> {
    match &comparison.outcome {
        Outcome::Chosen { choice, rival } => chosen(comparison, choice, rival.as_ref()),
        Outcome::Open { budget, lacking, complete } => open(comparison, *budget, lacking, complete),
        Outcome::NoneMeets { nearest, lacks } => none_meets(comparison, nearest, lacks),
        Outcome::NonePossible(why) => {
            vec![
                Span::strong("No design is possible"),
                Span::plain(format!(" for this plan: {}", impossible(why.as_ref()))),
            ]
        }
    }
}

/// The same as one text.
#[must_use]
pub fn plain(comparison: &Comparison) -> String {
    sentence(comparison).into_iter().map(|span| span.text).collect()
}

/// "If a region is lost, act by 3 h 45 min after the loss (in time in 95 of 100 cases)."; `None` unless memory of a group fills.
#[must_use]
pub fn deadline(comparison: &Comparison) -> Option<String> {
    comparison.deadline.as_ref().map(|deadline| format!("If a region is lost, {}.", act_by_inside(deadline)))
}

/// "The passive pair becomes the choice at an RTO target of 46 min."; `None` when no near change makes another choice.
#[must_use]
pub fn tipping_point(comparison: &Comparison) -> Option<String> {
    let TippingPoint { topology, targets } = comparison.tipping_point.as_ref()?;
    let each: Vec<String> = targets.iter().map(|(objective, to)| moved(*objective, *to, comparison.currency)).collect();
    Some(format!("{} becomes the choice at {}.", at_start(*topology), format::listed(&each)))
}

/// "an RTO target of 46 min", "a budget of $3,412 a month".
pub(crate) fn moved(objective: Objective, to: Target, currency: Currency) -> String {
    let figure = match to {
        Target::Money(amount) => format::money(amount, currency),
        Target::Time(time) => format::duration(time),
    };
    match objective {
        Objective::Cost => format!("a budget of {figure} a month"),
        Objective::Rpo | Objective::Rto => format!("an {} target of {figure}", objective.name()),
        Objective::Runway | Objective::Latency => format!("a {} target of {figure}", objective.name()),
    }
}

/// "the passive pair", for the middle of a sentence.
const fn in_sentence(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "the rebuild",
        Topology::Passive => "the passive pair",
        Topology::Active => "the active group",
    }
}

/// "The passive pair", for the start of one.
const fn at_start(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "The rebuild",
        Topology::Passive => "The passive pair",
        Topology::Active => "The active group",
    }
}

pub(crate) fn all_targets(number: usize) -> &'static str {
    match number {
        1 => "the one target",
        2 => "both targets",
        3 => "all three targets",
        4 => "all four targets",
        _ => "all five targets",
    }
}

/// "the cheapest", of designs that are ranked with their expected loss "the cheapest with its expected loss".
pub(crate) const fn cheapest(with_loss: bool) -> &'static str {
    if with_loss { "the cheapest with its expected loss" } else { "the cheapest" }
}

fn chosen(comparison: &Comparison, choice: &Priced, rival: Option<&Rival>) -> Vec<Span> {
    let number = comparison.targets;
    let lossy = comparison.over.as_ref().is_some_and(OverHorizon::counts_loss);
    let meets =
        if number == 0 { format!(" is {}", cheapest(lossy)) } else { format!(" meets {}", all_targets(number)) };
    let until = until(comparison.follows());
    let close = comparison.too_close().then(|| Span::plain("Too close to call: "));
    let mut spans: Vec<Span> = close.into_iter().collect();
    spans.extend([
        Span::strong(choice.topology.name()),
        Span::plain(format!("{meets}{}{until}", remarks(comparison, &choice.unshown))),
    ]);
    spans.extend(price(comparison, choice));
    spans.extend(later(comparison, choice.topology).map(Span::plain));
    spans.extend(whole(comparison, choice.topology).map(Span::plain));
    spans.push(Span::plain(if number == 0 { "; the plan sets no targets." } else { "." }));
    if let Some(rival) = rival {
        spans.push(Span::plain(format!(" {}", weighed(comparison, rival))));
    }
    spans
}

/// " (RPO in the model alone; defaults)": what of the targets nothing shows, and that all of them are a new plan's.
fn remarks(comparison: &Comparison, shy: &[Objective]) -> String {
    let shown = unshown(shy);
    match shown.strip_suffix(')') {
        _ if !comparison.defaults => shown,
        Some(shown) => format!("{shown}; defaults)"),
        None => " (defaults)".to_owned(),
    }
}

/// "budget", "RTO".
pub(crate) const fn target_name(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "budget",
        other => other.name(),
    }
}

/// What a design misses: "the budget", "RTO".
pub(crate) const fn judged_on(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "the budget",
        other => other.name(),
    }
}

/// " for **$3,412 a month**, not counting drills"; " at **≥ $2,663 a month** (M50 in West Europe has no price)"; " for **C5 at $1,240 a month**
/// until 2028-09-30, then $1,931 (M50)" of a design that waits for the end of the old service.
fn price(comparison: &Comparison, priced: &Priced) -> Vec<Span> {
    let Some(cost) = &priced.cost else { return Vec::new() };
    let [amount, then] = months_of(comparison, priced.topology, cost);
    let amount = Span::strong(amount);
    if let Some(why) = cost.why() {
        return vec![Span::plain(" at "), amount, Span::plain(format!("{then} ({why})"))];
    }
    let kinds: Vec<&str> = priced.without.iter().map(|kind| kind.as_str()).collect();
    let without = if kinds.is_empty() { String::new() } else { format!(", not counting {}", format::listed(&kinds)) };
    vec![Span::plain(" for "), amount, Span::plain(then + &without)]
        .into_iter()
        .filter(|it| !it.text.is_empty())
        .collect()
}

/// What the months of a design cost, as far as the comparison has them ([`months_paid`]).
fn months_of(comparison: &Comparison, topology: Topology, month: &Total) -> [String; 2] {
    let currency = comparison.currency;
    months_paid(month, comparison.waits(topology).map(|it| it.words(currency)).as_ref(), currency)
}

/// ", from month 4 on $3,191 (M50)"; `None` where the load replaces no size.
fn later(comparison: &Comparison, topology: Topology) -> Option<String> {
    Some(format!(", {}", from_month(comparison.over.as_ref()?.of(topology), comparison.currency)?))
}

/// "from month 4 on $3,191 (M50)", "from month 23 on $3,228 (group of M50)" where a group follows a pair; `None` where none is so. Of a design that
/// waits for the end of the old service later months alone count.
pub(crate) fn from_month(cost: &HorizonCost, currency: Currency) -> Option<String> {
    let (own, waits) = (&cost.own, cost.waits.as_ref());
    let change = |of: &Option<(u32, Vec<SizeName>)>, kind: &str| {
        let (month, to) = of.as_ref().filter(|(month, _)| waits.is_none_or(|it| *month > it.month))?;
        Some(next_size(*month, &format!("{kind}{}", sizes(to)), own.bill(*month)?, currency))
    };
    let said: Vec<String> = [change(&own.next, ""), change(&own.follows, "group of ")].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn next_size(month: u32, to: &str, bill: Money, currency: Currency) -> String {
    let bill = format::money(bill, currency);
    // A size that its first month outgrows is paid in no month.
    let already = if month == 1 { "outgrown at once: " } else { "" };
    format!("{already}from month {month} on {bill} ({to})")
}

/// ", $87,133 over 36 months", with the expected loss beside it where the plan prices that; `None` where a price is missing, and where the path ends before the horizon does.
fn whole(comparison: &Comparison, topology: Topology) -> Option<String> {
    let over = comparison.over.as_ref()?;
    let cost = over.of(topology);
    let total = cost.paid.complete().filter(|_| cost.whole)?;
    let loss = cost.loss.map_or_else(String::new, |loss| {
        format!(" and an expected loss of {} by outages", format::money(loss, comparison.currency))
    });
    Some(format!(", {} over {}{loss}", format::money(total, comparison.currency), months(over.months)))
}

fn months(count: u32) -> String {
    format::counted(count as usize, "month")
}

/// "The passive pair costs $1,018 less and misses RTO by 16 min."; over the horizon too where that is known: "costs $1,018 less a month,
/// $20,000 more over 36 months and misses RTO by 16 min".
fn weighed(comparison: &Comparison, rival: &Rival) -> String {
    let name = at_start(rival.topology);
    let (difference, span, ahead, lacks, shy) = match &rival.against {
        Against::NotPossible(why) => return format!("{name} is not possible: {}", impossible(why.as_ref())),
        Against::Weighed { difference, months, over, lacks, unshown } => {
            (difference, *months, over.as_ref(), lacks, unshown)
        }
    };
    let ahead = ahead.zip(comparison.over.as_ref()).and_then(|(difference, over)| {
        let more = more_or_less(difference, comparison.currency)?;
        let loss = if over.counts_loss() { " with the expected loss" } else { "" };
        Some(format!("{more} over {}{loss}{}", months(over.months), turned(comparison, rival, difference)))
    });
    let month = match (span, more_or_less(difference, comparison.currency)) {
        (Months::After(day), Some(more)) => format!("costs the same until {day}, then {more}"),
        _ => costs(difference, comparison.currency),
    };
    let until = if matches!(span, Months::Until(_)) { of_months(span) } else { String::new() };
    let by_the_month = matches!(difference, Difference::Less(_) | Difference::More(_)) && ahead.is_some();
    let mut parts = vec![if by_the_month { format!("{month} a month{until}") } else { month }];
    let costs_alone = 1 + usize::from(ahead.is_some());
    parts.extend(ahead);
    parts.extend(lacks.iter().map(|lack| shortcoming(lack, comparison.currency)));
    if parts.len() == costs_alone {
        let passes = if comparison.targets == 0 { "is possible too" } else { "meets the targets too" };
        parts.push(format!("{passes}{}", unshown(shy)));
    }
    format!("{name} {}.", format::listed(&parts))
}

/// " (the move to the active group costs $14,400 once)" of the choice, where the rival costs more a month and less over the horizon; "" else.
fn turned(comparison: &Comparison, rival: &Rival, ahead: &Difference) -> String {
    let Against::Weighed { difference: Difference::More(_), .. } = &rival.against else { return String::new() };
    let chosen = comparison.choice.zip(comparison.over.as_ref()).filter(|_| matches!(ahead, Difference::Less(_)));
    let moving = chosen.and_then(|(choice, over)| Some((choice, over.of(choice).moving.complete()?)));
    match moving {
        Some((choice, once)) if once > Money::ZERO => {
            format!(" (the move to {} costs {} once)", in_sentence(choice), format::money(once, comparison.currency))
        }
        _ => String::new(),
    }
}

/// "misses RTO by 16 min and write latency in East US by 4 ms", "has no runway", "is blocked by PAS-SIZE".
fn shortcoming(lack: &Shortcoming, currency: Currency) -> String {
    match lack {
        Shortcoming::Misses(missed) => {
            let each: Vec<String> = missed.iter().map(|it| miss(it, currency)).collect();
            format!("misses {}", format::listed(&each))
        }
        Shortcoming::Without(Objective::Runway) => "has no runway".to_owned(),
        Shortcoming::Without(other) => format!("has no bound on its {}", other.name()),
        Shortcoming::NotJudged(objectives) => {
            let each: Vec<&str> = objectives.iter().map(|it| judged_on(*it)).collect();
            format!("cannot be judged on {}", format::listed(&each))
        }
        Shortcoming::TooSmall => "is too small for the load".to_owned(),
        Shortcoming::NeverCopies => "never completes a copy".to_owned(),
        Shortcoming::Blocked(first, 0) => format!("is blocked by {first}"),
        Shortcoming::Blocked(first, more) => format!("is blocked by {first} and {more} more"),
    }
}

/// "RTO by 16 min", "write latency in East US by 4 ms", "the budget by $200", "the budget by $200 in month 36 ($5,200)".
fn miss(miss: &Miss, currency: Currency) -> String {
    let name = match (miss.objective, &miss.place) {
        (Objective::Cost, _) | (_, None) => judged_on(miss.objective).to_owned(),
        (other, Some(place)) => format!("{} in {}", other.name(), place.name),
    };
    let when = miss
        .dearest
        .map_or_else(String::new, |(month, amount)| format!(" in month {month} ({})", format::money(amount, currency)));
    match miss.by {
        Figure::Money(amount) => format!("{name} by {}{when}", format::money(amount, currency)),
        Figure::AtLeast(amount) => format!("{name} by at least {}", format::money(amount, currency)),
        Figure::Time(time) => format!("{name} by {}", format::duration(time)),
        Figure::Unlimited | Figure::None => name,
    }
}

fn none_meets(comparison: &Comparison, nearest: &Priced, lacks: &[Shortcoming]) -> Vec<Span> {
    let opening = if comparison.targets == 0 {
        "Every design has obstacles. Nearest is ".to_owned()
    } else {
        format!("None of the plan's designs meets {}. Nearest is ", all_targets(comparison.targets))
    };
    let mut spans = vec![Span::plain(opening), Span::strong(in_sentence(nearest.topology))];
    spans.extend(price(comparison, nearest));
    spans.extend(later(comparison, nearest.topology).map(Span::plain));
    let lacks: Vec<String> = lacks.iter().map(|lack| shortcoming(lack, comparison.currency)).collect();
    spans.push(Span::plain(format!(": it {}{}.", format::listed(&lacks), shy(&nearest.unshown))));
    spans
}

/// ", and meets RPO in the model alone"; "" where all that is met can be shown.
fn shy(targets: &[Objective]) -> String {
    let names: Vec<&str> = targets.iter().map(|it| it.name()).collect();
    if names.is_empty() { String::new() } else { format!(", and meets {} in the model alone", format::listed(&names)) }
}

/// "**No cost verdict yet**: M50 in West Europe has no price. The active group meets the other four targets."
fn open(comparison: &Comparison, budget: bool, lacking: &[Topology], complete: &[Priced]) -> Vec<Span> {
    let why = no_price(&comparison.missing).unwrap_or_default();
    let names: Vec<&str> = lacking.iter().map(|topology| in_sentence(*topology)).collect();
    let (number, one) = (comparison.targets, names.len() == 1);
    let others = if budget { other_targets(number) } else { all_or_none(number) };
    let does = match (others, one) {
        (None, true) => "is possible".to_owned(),
        (None, false) => "are possible".to_owned(),
        (Some(targets), true) => format!("meets {targets}"),
        (Some(targets), false) => format!("meet {targets}"),
    };
    let mut text = format!(": {why}. {} {does}.", capital(&format::listed(&names)));
    for it in complete {
        let meets = all_or_none(number)
            .map_or_else(|| "is possible".to_owned(), |targets| format!("meets {targets}{}", unshown(&it.unshown)));
        let cost = it.cost.as_ref().map_or_else(String::new, |cost| months_of(comparison, it.topology, cost).concat());
        let _ = write!(text, " {} {meets} for {cost}.", at_start(it.topology));
    }
    vec![Span::strong("No cost verdict yet"), Span::plain(text)]
}

fn all_or_none(number: usize) -> Option<&'static str> {
    (number > 0).then(|| all_targets(number))
}

/// All targets but the budget.
const fn other_targets(number: usize) -> Option<&'static str> {
    match number {
        0 | 1 => None,
        2 => Some("the other target"),
        3 => Some("the other two targets"),
        4 => Some("the other three targets"),
        _ => Some("the other four targets"),
    }
}

fn capital(text: &str) -> String {
    text.get(..1).map_or_else(String::new, |first| first.to_ascii_uppercase() + &text[1..])
}

fn impossible(why: Option<&Misfit>) -> String {
    why.map_or_else(
        || "something is missing in the plan.".to_owned(),
        |why| format!("{}.", why.words().trim_end_matches('.')),
    )
}
