//! The nearest change of the targets that changes the choice.
//!
//! Every candidate is judged again with the changed targets on the figures that are already there, which finds the changes to try. An open
//! size follows the targets (M-17), so that each is then decided by its own plan. A target that the plan does not set is not invented.

use super::choose::{Candidate, choose};
use super::judge::target;
use super::outcome::{Target, TippingPoint};
use crate::model::verdict::{Figure, Objective};
use crate::plan::{Objectives, Plan};
use crate::units::{Money, Secs, sorted};
use crate::units::{SECS_PER_DAY, SECS_PER_HOUR};
use rust_decimal::RoundingStrategy;

/// A change is near when the targets move by no more than this, as the sum of |new − old| ÷ old.
const NEAR: f64 = 3.0;
/// More changed targets than this are another plan, no tipping point of a choice.
const MOST_CHANGES: usize = 2;
/// Changes that are decided by their own plan, at most: each costs an evaluation.
const TRIED: usize = 2;

/// How often a runway target is halved towards the plan's own, an evaluation each: to 1/64 of the way.
const HALVED: usize = 6;

/// Which topology becomes the choice, and at which targets; `None` when no near change makes another choice. Without a choice the least
/// change is asked for, however far it is. `holds` tells whether the plan with those targets has that choice.
pub(super) fn tipping_point(
    objectives: &Objectives,
    choice: Option<&Candidate>,
    candidates: &[Candidate],
    holds: &dyn Fn(&TippingPoint) -> bool,
) -> Option<TippingPoint> {
    let others = candidates.iter().filter(|it| Some(it.topology()) != choice.map(|it| it.topology()) && it.free());
    let tried = others.flat_map(|other| {
        let relaxed = relaxed(objectives, other, if choice.is_some() { MOST_CHANGES } else { usize::MAX });
        let tightened = choice.map(|choice| tightened(objectives, choice)).unwrap_or_default();
        relaxed.into_iter().chain(tightened).map(move |changed| (other, changed))
    });
    let mut found: Vec<(TippingPoint, f64)> = tried
        .filter(|(other, changed)| choose(changed, candidates).map(|it| it.topology()) == Some(other.topology()))
        .map(|(other, changed)| {
            let distance = distance(objectives, &changed);
            (TippingPoint { topology: other.topology(), targets: moved(objectives, &changed) }, distance)
        })
        .filter(|(_, distance)| choice.is_none() || *distance <= NEAR)
        .collect();
    sorted::sort_by(&mut found, |(_, a), (_, b)| a.total_cmp(b));
    let far = found.into_iter().map(|(tipping, _)| tipping).take(TRIED).find(|tipping| holds(tipping))?;
    Some(halved(objectives, far, holds))
}

/// A runway target alone turns the choice before the figure of today's size does: under a longer one an open size is outgrown sooner. So it
/// is halved towards the plan's own, and the nearest figure that was found to turn the choice is taken.
fn halved(objectives: &Objectives, far: TippingPoint, holds: &dyn Fn(&TippingPoint) -> bool) -> TippingPoint {
    let ([(Objective::Runway, Target::Time(to))], Some(own)) = (&far.targets[..], objectives.runway) else {
        return far;
    };
    let (mut own, mut nearest) = (own, *to);
    let at = |time| TippingPoint { topology: far.topology, targets: vec![(Objective::Runway, Target::Time(time))] };
    for _ in 0..HALVED {
        let middle = shown(Figure::Time((own + nearest) * 0.5), nearest > own);
        let Some(Figure::Time(middle)) = middle.filter(|it| *it != Figure::Time(nearest)) else { break };
        if holds(&at(middle)) { nearest = middle } else { own = middle }
    }
    at(nearest)
}

impl TippingPoint {
    /// The plan with these targets.
    #[must_use]
    pub fn of(&self, plan: &Plan) -> Plan {
        let mut changed = plan.clone();
        for (objective, to) in &self.targets {
            set(&mut changed.objectives, *objective, to.figure());
        }
        changed
    }
}

/// The targets moved out to what the topology can do, where it misses at most so many of them.
fn relaxed(objectives: &Objectives, other: &Candidate, most: usize) -> Option<Objectives> {
    let missed: Vec<_> = other.unmet(objectives).collect();
    if missed.is_empty() || missed.len() > most || missed.iter().any(|measure| measure.open) {
        return None;
    }
    let mut changed = objectives.clone();
    for measure in missed {
        relax(&mut changed, measure.objective, measure.figure)?;
    }
    Some(changed)
}

/// Moves one target out to what a design can do; `None` where it has no figure.
pub(super) fn relax(objectives: &mut Objectives, objective: Objective, figure: Figure) -> Option<()> {
    let up = objective != Objective::Runway;
    set(objectives, objective, shown(figure, up)?);
    Some(())
}

/// One target at a time moved in to just past what the choice can do.
fn tightened(objectives: &Objectives, choice: &Candidate) -> Vec<Objectives> {
    choice
        .measures
        .iter()
        .filter(|measure| target(objectives, measure.objective).is_some() && !measure.open)
        .filter_map(|measure| {
            let mut changed = objectives.clone();
            set(&mut changed, measure.objective, past(measure.figure, measure.objective == Objective::Runway)?);
            Some(changed)
        })
        .collect()
}

fn set(objectives: &mut Objectives, objective: Objective, figure: Figure) {
    match (objective, figure) {
        (Objective::Cost, Figure::Money(amount)) => objectives.budget = Some(amount),
        (Objective::Rpo, Figure::Time(time)) => objectives.rpo = Some(time),
        (Objective::Rto, Figure::Time(time)) => objectives.rto = Some(time),
        (Objective::Runway, Figure::Time(time)) => objectives.runway = Some(time),
        (Objective::Latency, Figure::Time(time)) => objectives.write_latency = Some(time),
        _ => {}
    }
}

/// The figure moved up or down to one that prints in full, so that the printed target is the one that was judged.
fn shown(figure: Figure, up: bool) -> Option<Figure> {
    match figure {
        Figure::Money(amount) => {
            let strategy = if up { RoundingStrategy::ToPositiveInfinity } else { RoundingStrategy::ToNegativeInfinity };
            Some(Figure::Money(Money::new(amount.as_decimal().round_dp_with_strategy(0, strategy))))
        }
        Figure::Time(time) => {
            let step = step(time);
            let steps = if up { libm::ceil(time / step) } else { libm::floor(time / step) };
            (steps > 0.0).then(|| Figure::Time(step * steps))
        }
        Figure::AtLeast(_) | Figure::Unlimited | Figure::None => None,
    }
}

/// The first figure that prints in full and that this one does not reach: below it, above it for a runway.
fn past(figure: Figure, up: bool) -> Option<Figure> {
    let next = match figure {
        Figure::Money(amount) => Figure::Money(amount - Money::whole(1)),
        Figure::Time(time) if up => Figure::Time(time + step(time)),
        Figure::Time(time) => Figure::Time(time - step(time)),
        Figure::AtLeast(_) | Figure::Unlimited | Figure::None => return None,
    };
    // Rounding towards the old figure keeps the change small; a step away never comes back to it.
    shown(next, !up).filter(|moved| *moved != figure)
}

/// The grain in which [`crate::units::format::duration`] prints a time of this size.
fn step(time: Secs) -> Secs {
    match time.as_secs() {
        s if s < 0.01 => Secs::millis(0.1),
        s if s < 0.999 => Secs::millis(1.0),
        s if s < 9.9 => Secs::millis(100.0),
        s if s < 599.0 => Secs::secs(1.0),
        s if s < 47.0 * SECS_PER_HOUR => Secs::mins(1.0),
        s if s < 14.0 * SECS_PER_DAY => Secs::hours(1.0),
        _ => Secs::days(1.0),
    }
}

pub(super) fn distance(old: &Objectives, new: &Objectives) -> f64 {
    let moved = |objective| match (target(old, objective), target(new, objective)) {
        (Some(Figure::Money(a)), Some(Figure::Money(b))) => relative(a.as_f64_for_charts(), b.as_f64_for_charts()),
        (Some(Figure::Time(a)), Some(Figure::Time(b))) => relative(a.as_secs(), b.as_secs()),
        _ => 0.0,
    };
    Objective::ALL.into_iter().map(moved).sum()
}

/// Of a target of 0 all of the new one: as far as one that is twice as large.
fn relative(old: f64, new: f64) -> f64 {
    let change = (new - old).abs();
    let of = if old == 0.0 { new.abs() } else { old.abs() };
    if change > 0.0 { change / of } else { 0.0 }
}

/// Every target that moved, with its new figure.
pub(super) fn moved(old: &Objectives, new: &Objectives) -> Vec<(Objective, Target)> {
    let moved = Objective::ALL.into_iter().filter(|objective| target(old, *objective) != target(new, *objective));
    moved
        .filter_map(|objective| match target(new, objective)? {
            Figure::Money(amount) => Some((objective, Target::Money(amount))),
            Figure::Time(time) => Some((objective, Target::Time(time))),
            Figure::AtLeast(_) | Figure::Unlimited | Figure::None => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::format;
    use proptest::prelude::*;

    /// Reads "4 h 52 min" back.
    fn read(text: &str) -> f64 {
        let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
        let scale = |unit| match unit {
            "ms" => 1e-3,
            "s" => 1.0,
            "min" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            other => panic!("no unit {other} in {text}"),
        };
        words.chunks(2).map(|pair| pair[0].parse::<f64>().expect("a figure") * scale(pair[1])).sum()
    }

    proptest! {
        #[test]
        fn the_target_that_is_printed_is_the_one_that_was_judged(
            secs in prop_oneof![0.001..1.0_f64, 1.0..1_000.0, 1_000.0..200_000.0, 200_000.0..3e7], up in any::<bool>(),
        ) {
            let Some(Figure::Time(target)) = shown(Figure::Time(Secs::secs(secs)), up) else {
                return Err(TestCaseError::fail("a time has a target"));
            };
            let printed = read(&format::duration(target));
            prop_assert!((printed / target.as_secs() - 1.0).abs() < 1e-9, "{target:?} prints {printed}");
            let outward = if up { target.as_secs() >= secs } else { target.as_secs() <= secs };
            prop_assert!(outward, "{target:?}");
            prop_assert!((target.as_secs() / secs - 1.0).abs() < 0.12, "and near: {target:?}");
        }

        #[test]
        fn past_a_figure_is_out_of_its_reach(secs in 0.01..1e6_f64) {
            for up in [false, true] {
                let Some(Figure::Time(target)) = past(Figure::Time(Secs::secs(secs)), up) else { continue };
                let out = if up { target.as_secs() > secs } else { target.as_secs() < secs };
                prop_assert!(out, "{target:?}");
            }
        }
    }
}
