//! The recommendation in words.

use super::Span;
use super::choose::{Candidate, targets_set};
use super::judge::{Measure, left_out, target};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::{MissingPrice, no_price};
use crate::model::runway::Runway;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::rules::act_by::act_by_inside;
use crate::units::format;
use std::cmp::Ordering;
use std::fmt::Write as _;

/// "the passive pair", for the middle of a sentence.
pub(super) const fn in_sentence(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "the rebuild",
        Topology::Passive => "the passive pair",
        Topology::Active => "the active group",
    }
}

/// "The passive pair", for the start of one.
pub(super) const fn at_start(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "The rebuild",
        Topology::Passive => "The passive pair",
        Topology::Active => "The active group",
    }
}

fn all_targets(number: usize) -> &'static str {
    match number {
        1 => "the one target",
        2 => "both targets",
        3 => "all three targets",
        4 => "all four targets",
        _ => "all five targets",
    }
}

/// "If a region is lost, act by 3 h 45 min after the loss (in time in 95 of 100 cases)." of a group whose memory fills.
pub(super) fn deadline(candidate: &Candidate) -> Option<String> {
    let Runway::Fills(filling) = &candidate.answer.runway else { return None };
    filling.deadline.act_by?;
    Some(format!("If a region is lost, {}.", act_by_inside(&filling.deadline)))
}

/// One passes: who, for how much, and what the other design lacks.
pub(super) fn chosen(
    objectives: &Objectives,
    catalog: &Catalog,
    choice: &Candidate,
    candidates: &[Candidate],
) -> Vec<Span> {
    let number = targets_set(objectives);
    let meets = if number == 0 { " is the cheapest" } else { " meets " };
    let targets = if number == 0 { "" } else { all_targets(number) };
    let mut spans = vec![Span::strong(choice.topology().name()), Span::plain(format!("{meets}{targets}"))];
    spans.extend(price(choice));
    spans.push(Span::plain(if number == 0 { "; the plan sets no targets." } else { "." }));
    if let Some(other) = rival(choice, candidates) {
        spans.push(Span::plain(format!(" {}", against(objectives, catalog, choice, other))));
    }
    spans
}

/// " for **$3,412 a month**, not counting drills"; " at **≥ $2,663 a month** (M50 in West Europe has no price)".
fn price(candidate: &Candidate) -> Vec<Span> {
    let Some(cost) = candidate.cost else { return Vec::new() };
    let amount = Span::strong(format!("{} a month", cost.amount(candidate.currency())));
    if let Some(why) = cost.why() {
        return vec![Span::plain(" at "), amount, Span::plain(format!(" ({why})"))];
    }
    let without = left_out(candidate.answer);
    let without = if without.is_empty() { without } else { format!(", not counting {without}") };
    vec![Span::plain(" for "), amount, Span::plain(without)].into_iter().filter(|it| !it.text.is_empty()).collect()
}

/// The design that the choice is weighed against: the other one with a replica; for a rebuild the cheaper of the two.
fn rival<'s, 'a>(choice: &Candidate, candidates: &'s [Candidate<'a>]) -> Option<&'s Candidate<'a>> {
    let others = candidates.iter().filter(|it| it.topology() != choice.topology());
    others
        .filter(|it| it.topology() != Topology::Rebuild)
        .min_by_key(|it| (!it.answer.design.possible, it.complete().is_none(), it.complete()))
}

/// "The passive pair costs $1,018 less and misses RTO by 16 min."
fn against(objectives: &Objectives, catalog: &Catalog, choice: &Candidate, other: &Candidate) -> String {
    let name = at_start(other.topology());
    if !other.answer.design.possible {
        return format!("{name} is not possible: {}", why_impossible(other));
    }
    let mut parts = vec![difference(choice, other)];
    parts.extend(shortcomings(objectives, catalog, other));
    if parts.len() == 1 {
        let passes = if targets_set(objectives) == 0 { "is possible too" } else { "meets the targets too" };
        parts.push(passes.to_owned());
    }
    format!("{name} {}.", format::listed(&parts))
}

fn difference(base: &Candidate, other: &Candidate) -> String {
    let currency = base.currency();
    let (Some(base), Some(other)) = (base.cost, other.cost) else { return "has no cost".to_owned() };
    let (least, known) = (other.at_least(), base.at_least());
    match (base.certainly(other), other.why()) {
        (Some(Ordering::Equal), None) => "costs the same".to_owned(),
        (Some(_), None) if least < known => format!("costs {} less", format::money(known - least, currency)),
        (Some(_), None) => format!("costs {} more", format::money(least - known, currency)),
        (Some(Ordering::Less), Some(why)) if least > known => {
            format!("costs at least {} more ({why})", format::money(least - known, currency))
        }
        (_, Some(why)) => format!("costs {} ({why})", other.amount(currency)),
        (None, None) => format!("costs {}", other.amount(currency)),
    }
}

/// "misses RTO by 16 min and write latency in East US by 4 ms", "has no runway", "is blocked by PAS-SIZE".
fn shortcomings(objectives: &Objectives, catalog: &Catalog, candidate: &Candidate) -> Vec<String> {
    let mut parts = Vec::new();
    let unmet: Vec<&Measure> = candidate.unmet(objectives).collect();
    let (open, missed): (Vec<&Measure>, Vec<&Measure>) = unmet.into_iter().partition(|measure| {
        let target = target(objectives, measure.objective);
        measure.met(target).is_none()
    });
    let (bare, missed): (Vec<&Measure>, Vec<&Measure>) =
        missed.into_iter().partition(|measure| measure.figure == Figure::None);
    if !missed.is_empty() {
        let each: Vec<String> = missed.into_iter().map(|it| miss(objectives, catalog, candidate, it)).collect();
        parts.push(format!("misses {}", format::listed(&each)));
    }
    parts.extend(bare.into_iter().map(|measure| match measure.objective {
        Objective::Runway => "has no runway".to_owned(),
        other => format!("has no bound on its {}", other.name()),
    }));
    if !open.is_empty() {
        let each: Vec<String> = open.into_iter().map(|measure| measure.objective.name().to_owned()).collect();
        parts.push(format!("cannot be judged on {}", format::listed(&each)));
    }
    parts.extend(obstacles(candidate));
    parts
}

/// What stands in the way besides the targets: size, and the rules that refuse the design.
fn obstacles(candidate: &Candidate) -> Vec<String> {
    let mut parts = Vec::new();
    if !candidate.fits() {
        parts.push("is too small for the load".to_owned());
    }
    if !candidate.copies() {
        parts.push("never completes a copy".to_owned());
    }
    // That a design does not fit is a finding too; it is said once.
    let rules: Vec<&str> = candidate.blocks.iter().copied().filter(|id| !id.starts_with("FIT-")).collect();
    match rules.as_slice() {
        [] => {}
        [only] => parts.push(format!("is blocked by {only}")),
        [first, rest @ ..] => parts.push(format!("is blocked by {first} and {} more", rest.len())),
    }
    parts
}

/// "RTO by 16 min", "write latency in East US by 4 ms", "the budget by $200".
fn miss(objectives: &Objectives, catalog: &Catalog, candidate: &Candidate, measure: &Measure) -> String {
    let name = match measure.objective {
        Objective::Cost => "the budget".to_owned(),
        Objective::Latency => candidate.answer.latency.worst_write.as_ref().map_or_else(
            || Objective::Latency.name().to_owned(),
            |(region, _)| format!("{} in {}", Objective::Latency.name(), catalog.region_name(region)),
        ),
        other => other.name().to_owned(),
    };
    match (measure.figure, target(objectives, measure.objective)) {
        (Figure::Money(amount), Some(Figure::Money(most))) => {
            format!("{name} by {}", format::money(amount - most, candidate.currency()))
        }
        (Figure::AtLeast(amount), Some(Figure::Money(most))) => {
            format!("{name} by at least {}", format::money(amount - most, candidate.currency()))
        }
        (Figure::Time(time), Some(Figure::Time(bound))) => {
            let by = if measure.objective == Objective::Runway { bound - time } else { time - bound };
            format!("{name} by {}", format::duration(by))
        }
        _ => name,
    }
}

/// None passes: the nearest and what it lacks.
pub(super) fn none_passes(objectives: &Objectives, catalog: &Catalog, nearest: &Candidate) -> Vec<Span> {
    let number = targets_set(objectives);
    let opening = if number == 0 {
        "No design is free of obstacles. Nearest is ".to_owned()
    } else {
        format!("No design meets {}. Nearest is ", all_targets(number))
    };
    let name = in_sentence(nearest.topology());
    let mut spans = vec![Span::plain(opening), Span::strong(name)];
    spans.extend(price(nearest));
    spans.push(Span::plain(format!(": it {}.", format::listed(&shortcomings(objectives, catalog, nearest)))));
    spans
}

/// A missing price keeps open which of those that may meet every target is the cheapest, or whether the only one meets the budget.
pub(super) fn no_cost_verdict(objectives: &Objectives, open: &[&Candidate]) -> Vec<Span> {
    let lacking = MissingPrice::of_all(open.iter().filter_map(|it| it.cost));
    let why = no_price(&lacking).unwrap_or_default();
    let (whole, parts): (Vec<&Candidate>, Vec<&Candidate>) =
        open.iter().copied().partition(|it| it.complete().is_some());
    let names: Vec<&str> = parts.iter().map(|it| in_sentence(it.topology())).collect();
    let (number, one) = (targets_set(objectives), names.len() == 1);
    let others = if objectives.budget.is_some() { other_targets(number) } else { all_or_none(number) };
    let does = match (others, one) {
        (None, true) => "is possible".to_owned(),
        (None, false) => "are possible".to_owned(),
        (Some(targets), true) => format!("meets {targets}"),
        (Some(targets), false) => format!("meet {targets}"),
    };
    let mut text = format!(": {why}. {} {does}.", capital(&format::listed(&names)));
    for it in whole {
        let meets = all_or_none(number).map_or_else(|| "is possible".to_owned(), |targets| format!("meets {targets}"));
        let cost = it.cost.map_or_else(String::new, |cost| cost.amount(it.currency()));
        let _ = write!(text, " {} {meets} for {cost} a month.", at_start(it.topology()));
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

/// None is possible at all.
pub(super) fn none_possible(candidates: &[Candidate]) -> Vec<Span> {
    let why = candidates.first().map_or_else(String::new, why_impossible);
    vec![Span::strong("No design is possible"), Span::plain(format!(" for this plan: {why}"))]
}

fn why_impossible(candidate: &Candidate) -> String {
    let why = candidate.answer.design.misfits.first();
    why.map_or_else(|| "the plan lacks what it needs.".to_owned(), |why| format!("{}.", why.trim_end_matches('.')))
}
