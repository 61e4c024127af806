//! What the choice costs and what the others lack, as data.

use super::choose::{Candidate, Judged};
use super::judge::{Measure, left_out, target};
use super::outcome::{Against, Difference, Miss, Outcome, Priced, Rival, Shortcoming, Successor};
use crate::catalog::Catalog;
use crate::model::cost::Total;
use crate::model::horizon::Months;
use crate::model::runway::{Deadline, Runway};
use crate::model::verdict::{Figure, Objective};
use crate::model::{Place, Topology, TopologyAnswer};
use crate::plan::Objectives;
use crate::rules::Finding;
use crate::units::Date;
use std::cmp::Ordering;

/// Until when to act, of a group whose memory fills.
pub(super) fn deadline(candidate: &Candidate) -> Option<Deadline> {
    let Runway::Fills(filling) = &candidate.answer.runway else { return None };
    filling.deadline.act_by?;
    Some(filling.deadline)
}

fn priced(objectives: &Objectives, candidate: &Candidate) -> Priced {
    Priced {
        topology: candidate.topology(),
        cost: candidate.cost.cloned(),
        without: left_out(candidate.answer),
        unshown: candidate.unshown(objectives).collect(),
    }
}

/// One passes: who, for how much, and what the other design lacks.
pub(super) fn chosen(
    objectives: &Objectives,
    catalog: &Catalog,
    choice: &Candidate,
    candidates: &[Candidate],
    in_full: bool,
) -> Outcome {
    let rival = rival(choice, candidates).map(|other| Rival {
        topology: other.topology(),
        against: against(objectives, catalog, choice, other, in_full),
    });
    Outcome::Chosen { choice: priced(objectives, choice), rival }
}

/// The design that the choice is weighed against: the other one with a replica; for a rebuild the cheaper of the two.
fn rival<'s, 'a>(choice: &Candidate, candidates: &'s [Candidate<'a>]) -> Option<&'s Candidate<'a>> {
    let others = candidates.iter().filter(|it| it.topology() != choice.topology());
    others
        .filter(|it| it.topology() != Topology::Rebuild)
        .min_by_key(|it| (!it.answer.design.possible, it.complete().is_none(), it.complete()))
}

fn against(
    objectives: &Objectives,
    catalog: &Catalog,
    choice: &Candidate,
    other: &Candidate,
    in_full: bool,
) -> Against {
    if !other.answer.design.possible {
        return Against::NotPossible(other.answer.design.misfits.first().cloned());
    }
    let over = (in_full && choice.over().whole && other.over().whole)
        .then(|| apart(&choice.over().total(), &other.over().total()));
    let months = if in_full {
        choice.months_beside(other)
    } else {
        choice.cost.zip(other.cost).map(|(own, other)| (own, other, Months::All))
    };
    let (difference, months) =
        months.map_or((Difference::NoCost, Months::All), |(own, other, months)| (apart(own, other), months));
    let unshown = other.unshown(objectives).collect();
    Against::Weighed { difference, months, over, lacks: shortcomings(objectives, catalog, other), unshown }
}

fn apart(base: &Total, other: &Total) -> Difference {
    let (least, known) = (other.at_least(), base.at_least());
    match (base.certainly(other), other.missing().is_empty()) {
        (Some(Ordering::Equal), true) => Difference::Same,
        (Some(_), true) if least < known => Difference::Less(known - least),
        (Some(_), true) => Difference::More(least - known),
        (Some(Ordering::Less), false) if least > known => Difference::AtLeastMore(least - known, other.clone()),
        _ => Difference::Costs(other.clone()),
    }
}

/// Targets that are missed or open, figures that there are not, and what else stands in the way.
fn shortcomings(objectives: &Objectives, catalog: &Catalog, candidate: &Judged) -> Vec<Shortcoming> {
    let mut found = Vec::new();
    let unmet: Vec<&Measure> = candidate.unmet(objectives).collect();
    let (open, missed): (Vec<&Measure>, Vec<&Measure>) = unmet.into_iter().partition(|measure| {
        let target = target(objectives, measure.objective);
        measure.met(target).is_none()
    });
    let (bare, missed): (Vec<&Measure>, Vec<&Measure>) =
        missed.into_iter().partition(|measure| measure.figure == Figure::None);
    if !missed.is_empty() {
        let each = missed.into_iter().map(|it| miss(objectives, catalog, candidate, it));
        found.push(Shortcoming::Misses(each.collect()));
    }
    found.extend(bare.into_iter().map(|measure| Shortcoming::Without(measure.objective)));
    if !open.is_empty() {
        found.push(Shortcoming::NotJudged(open.into_iter().map(|measure| measure.objective).collect()));
    }
    found.extend(obstacles(candidate));
    found
}

/// What stands in the way besides the targets: size, and the rules that refuse the design.
fn obstacles(candidate: &Judged) -> Vec<Shortcoming> {
    // That a design does not fit is a finding too; it is said once.
    let rules: Vec<&str> = candidate.blocks.iter().copied().filter(|id| !id.starts_with("FIT-")).collect();
    let found = [
        (!candidate.fits()).then_some(Shortcoming::TooSmall),
        (!candidate.copies()).then_some(Shortcoming::NeverCopies),
        rules.split_first().map(|(first, rest)| Shortcoming::Blocked((*first).to_owned(), rest.len())),
    ];
    found.into_iter().flatten().collect()
}

/// By how much a target is missed, and where of a latency.
fn miss(objectives: &Objectives, catalog: &Catalog, candidate: &Judged, measure: &Measure) -> Miss {
    let objective = measure.objective;
    let worst = candidate.answer.latency.worst_write.as_ref().filter(|_| objective == Objective::Latency);
    let by = match (measure.figure, target(objectives, objective)) {
        (Figure::Money(amount), Some(Figure::Money(most))) => Figure::Money(amount - most),
        (Figure::AtLeast(amount), Some(Figure::Money(most))) => Figure::AtLeast(amount - most),
        (Figure::Time(time), Some(Figure::Time(bound))) if objective == Objective::Runway => Figure::Time(bound - time),
        (Figure::Time(time), Some(Figure::Time(bound))) => Figure::Time(time - bound),
        _ => Figure::None,
    };
    let dearest = match measure.figure {
        Figure::Money(amount) if objective == Objective::Cost => candidate.dearest_month.map(|month| (month, amount)),
        _ => None,
    };
    Miss { objective, place: worst.map(|(region, _)| Place::of(catalog, region)), by, dearest }
}

/// Why nothing is chosen: prices that are missing, targets that the nearest misses, or that no design is possible.
pub(super) fn without_choice(
    objectives: &Objectives,
    catalog: &Catalog,
    nearest: Option<&Candidate>,
    open: &[&Candidate],
    candidates: &[Candidate],
) -> Outcome {
    match nearest {
        Some(_) if !open.is_empty() => no_cost_verdict(objectives, open),
        Some(nearest) => none_passes(objectives, catalog, nearest),
        None => none_possible(candidates),
    }
}

/// None passes: the nearest and what it lacks.
fn none_passes(objectives: &Objectives, catalog: &Catalog, nearest: &Candidate) -> Outcome {
    Outcome::NoneMeets { nearest: priced(objectives, nearest), lacks: shortcomings(objectives, catalog, nearest) }
}

/// A missing price keeps open which of those that may meet every target is the cheapest, or whether the only one meets the budget.
fn no_cost_verdict(objectives: &Objectives, open: &[&Candidate]) -> Outcome {
    let (complete, lacking): (Vec<&Candidate>, Vec<&Candidate>) =
        open.iter().copied().partition(|it| it.complete().is_some());
    Outcome::Open {
        budget: objectives.budget.is_some(),
        lacking: lacking.iter().map(|it| it.topology()).collect(),
        complete: complete.into_iter().map(|it| priced(objectives, it)).collect(),
    }
}

/// None is possible at all.
fn none_possible(candidates: &[Candidate]) -> Outcome {
    Outcome::NonePossible(candidates.first().and_then(|it| it.answer.design.misfits.first().cloned()))
}

/// What the group lacks that follows a pair at the end of its service, but for the budget, which the pair's own months hold; `None` where it
/// lacks nothing. `group` and `findings` are those of the group that follows.
#[must_use]
pub fn successor(
    objectives: &Objectives,
    catalog: &Catalog,
    until: Date,
    group: &TopologyAnswer,
    findings: &[Finding],
) -> Option<Successor> {
    let lacks = shortcomings(objectives, catalog, &Judged::of(group, findings)).into_iter();
    let lacks: Vec<Shortcoming> = lacks
        .filter_map(|lack| match lack {
            Shortcoming::Misses(mut missed) => {
                missed.retain(|miss| miss.objective != Objective::Cost);
                (!missed.is_empty()).then_some(Shortcoming::Misses(missed))
            }
            Shortcoming::NotJudged(_) => None,
            other => Some(other),
        })
        .collect();
    (!lacks.is_empty()).then_some(Successor { until, lacks })
}
