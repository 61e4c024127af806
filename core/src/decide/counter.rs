//! What speaks against a recommended design most: data, which `report::why` words.

use super::choose::Candidate;
use super::judge::{Measure, target};
use super::tipping_point::{distance, relax};
use crate::catalog::{Catalog, LifecycleEvent, Service, Severity};
use crate::model::Topology;
use crate::model::horizon::Months;
use crate::model::rpo::METRIC_GRAIN;
use crate::model::verdict::{Figure, Objective};
use crate::plan::{Objectives, Plan};
use crate::rules::Finding;
use crate::units::{Date, Money, Secs};
use std::cmp::Reverse;

/// A target is met narrowly where less than this share of it is left.
const NARROW: f64 = 0.2;

/// Data of a group that is not safe under concurrent writes.
const UNSAFE: &str = "DATA-UNSAFE";

/// The strongest argument against the choice.
#[derive(Debug, Clone, PartialEq)]
pub enum Counter {
    /// A design that misses these targets, and nothing else stands in its way, costs less over the horizon; of several the one that misses
    /// the fewest.
    CheaperWithoutTargets {
        /// Which.
        other: Topology,
        /// By how much.
        by: Money,
        /// What it misses.
        misses: Vec<Objective>,
        /// What it cannot be judged on.
        unjudged: Vec<Objective>,
    },
    /// A design that meets every target costs less in a month, and more over the horizon.
    CheaperMonth {
        /// Which.
        other: Topology,
        /// By how much a month.
        by: Money,
        /// Of which months that is.
        months: Months,
    },
    /// The nearest misses this target, by the largest share of it, and no other does better in anything.
    Missed {
        /// Which.
        objective: Objective,
        /// The share: |figure − target| ÷ target.
        by: f64,
    },
    /// Another design does better in this objective, for so much more a month, or less.
    Better {
        /// Which.
        other: Topology,
        /// In what.
        objective: Objective,
        /// Its figure.
        figure: Figure,
        /// By how much a month; below 0 where it costs less.
        more: Money,
        /// See [`Counter::CheaperMonth`].
        months: Months,
        /// The targets that it misses.
        misses: Vec<Objective>,
    },
    /// The choice meets this target narrowly.
    Narrow {
        /// Which.
        objective: Objective,
        /// What is left of it.
        spare: Figure,
    },
    /// Data that is not safe under concurrent writes is in a group: the finding with this id says when two regions write.
    Warned(String),
    /// One region: nothing is left to recover in when it is lost.
    OneRegion,
    /// No metric shows its recovery point; true where a target of it is met in the model alone.
    NotShown(bool),
    /// So many open confirmations bar it if the answer is no.
    Unconfirmed(usize),
    /// Its service ends on this day, and another design has to follow.
    Ends(Date),
    /// It has no replica: users wait so long, P95; `None` without a figure.
    NoReplica(Option<Secs>),
}

/// What speaks against it most. In this order: one region, data that a group may lose to concurrent writes, what a rival does better, what of
/// the design cannot be shown, what would bar it, and what its kind brings with it.
pub(super) fn counter(objectives: &Objectives, choice: &Candidate, candidates: &[Candidate], known: &Known) -> Counter {
    let alone = known.plan.elsewhere().is_none().then_some(Counter::OneRegion);
    let unshown = || (choice.unshown(objectives).next().is_some()).then_some(Counter::NotShown(true));
    let found = alone.or_else(|| known.warned(choice)).or_else(|| rival(objectives, choice, candidates));
    found.or_else(unshown).or_else(|| known.unconfirmed(choice)).unwrap_or_else(|| known.kind(choice))
}

/// What else is known of a plan.
pub(super) struct Known<'a> {
    pub(super) plan: &'a Plan,
    pub(super) catalog: &'a Catalog,
    pub(super) findings: &'a [Finding],
    pub(super) unconfirmed: &'a [Finding],
}

impl Known<'_> {
    fn warned(&self, choice: &Candidate) -> Option<Counter> {
        let own = self.findings.iter().filter(|it| it.topology == choice.topology() && it.severity == Severity::Warn);
        own.map(|it| &it.id).find(|id| *id == UNSAFE).map(|id| Counter::Warned(id.clone()))
    }

    fn unconfirmed(&self, choice: &Candidate) -> Option<Counter> {
        let bars = |it: &&Finding| it.topology == choice.topology() && it.severity == Severity::Block;
        let count = self.unconfirmed.iter().filter(bars).count();
        (count > 0).then_some(Counter::Unconfirmed(count))
    }

    /// What each kind of design brings with it.
    fn kind(&self, choice: &Candidate) -> Counter {
        let ends = || self.catalog.lifecycle_event(Service::Premium, LifecycleEvent::Retired);
        match choice.topology() {
            Topology::Passive => ends().map_or(Counter::NotShown(false), |it| Counter::Ends(it.date)),
            Topology::Rebuild => Counter::NoReplica(time(choice, Objective::Rto)),
            Topology::Active => Counter::NotShown(false),
        }
    }
}

/// What a rival does better: cheaper, or by a figure; of the nearest the target that it misses by the most, and what it meets narrowly.
fn rival(objectives: &Objectives, choice: &Candidate, candidates: &[Candidate]) -> Option<Counter> {
    let others = || candidates.iter().filter(|it| it.topology() != choice.topology() && it.free());
    let own = choice.over();
    let missing = others().filter_map(|it| {
        let unmet: Vec<&Measure> = it.unmet(objectives).collect();
        let comparable = it.over().whole && own.whole && !unmet.is_empty();
        let by = own.total().complete()? - it.over().total().complete().filter(|_| comparable)?;
        (by > Money::ZERO).then_some((by, it.topology(), unmet))
    });
    if let Some((by, other, unmet)) = missing.max_by_key(|(by, _, unmet)| (Reverse(unmet.len()), *by)) {
        let is_open = |it: &&Measure| it.met(target(objectives, it.objective)).is_none();
        let (unjudged, misses): (Vec<&Measure>, Vec<&Measure>) = unmet.into_iter().partition(is_open);
        let [misses, unjudged] = [misses, unjudged].map(|all| all.into_iter().map(|it| it.objective).collect());
        return Some(Counter::CheaperWithoutTargets { other, by, misses, unjudged });
    }
    let month = others().filter(|it| it.unmet(objectives).next().is_none()).filter_map(|it| {
        let (own, dearer, months) = it.months_beside(choice)?;
        let by = dearer.complete()? - own.complete()?;
        (by > Money::ZERO).then_some((by, it.topology(), months))
    });
    let month = month.max().map(|(by, other, months)| Counter::CheaperMonth { other, by, months });
    let better = || better(objectives, choice, &others().collect::<Vec<_>>());
    // What the nearest misses is in the verdict: what another does better says more.
    let nearest = missed(objectives, choice).map(|missed| better().unwrap_or(missed));
    nearest.or(month).or_else(|| narrow(objectives, choice)).or_else(better)
}

/// What a month of the second costs over one of the first once it runs; `None` where a price is missing.
fn more(own: &Candidate, other: &Candidate) -> Option<(Money, Months)> {
    own.over().more_once_it_runs(own.cost?, (other.cost?, other.over()))
}

fn narrow(objectives: &Objectives, choice: &Candidate) -> Option<Counter> {
    let spare = choice.measures.iter().filter_map(|measure| spare(objectives, measure));
    let narrow = spare.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(share, ..)| *share < NARROW);
    narrow.map(|(_, objective, spare)| Counter::Narrow { objective, spare })
}

/// A time of a design; `None` without one.
fn time(of: &Candidate, objective: Objective) -> Option<Secs> {
    of.measures.iter().find(|measure| measure.objective == objective).and_then(|measure| match measure.figure {
        Figure::Time(time) => Some(time),
        _ => None,
    })
}

/// The rival that recovers sooner, loses less or lasts longer while a region is away: first of those that meet every target, for the least a
/// month.
fn better(objectives: &Objectives, choice: &Candidate, others: &[&Candidate]) -> Option<Counter> {
    [Objective::Rto, Objective::Rpo, Objective::Runway].into_iter().find_map(|objective| {
        let own = time(choice, objective)?;
        let beats = |it: &Candidate| {
            let figure = it.measures.iter().find(|measure| measure.objective == objective)?.figure;
            let beats = match figure {
                Figure::Unlimited => objective == Objective::Runway,
                Figure::Time(time) if objective == Objective::Runway => time > own,
                // What is finer than the metrics is no argument.
                Figure::Time(time) if objective == Objective::Rpo => own - time > METRIC_GRAIN,
                Figure::Time(time) => time < own,
                _ => false,
            };
            beats.then_some(figure)
        };
        let misses = |it: &Candidate| -> Vec<Objective> {
            let missed = it.unmet(objectives).filter(|it| it.met(target(objectives, it.objective)) == Some(false));
            missed.map(|it| it.objective).collect()
        };
        let each = others.iter().filter_map(|it| Some((more(choice, it)?, it.topology(), beats(it)?, misses(it))));
        let ((more, months), other, figure, misses) = each.min_by_key(|it| (!it.3.is_empty(), it.0, it.1))?;
        Some(Counter::Better { other, objective, figure, more, months, misses })
    })
}

/// The target that the nearest misses by the largest share; `None` where it misses none that has a figure.
fn missed(objectives: &Objectives, nearest: &Candidate) -> Option<Counter> {
    let shares = nearest.unmet(objectives).filter_map(|measure| {
        let mut moved = objectives.clone();
        relax(&mut moved, measure.objective, measure.known())?;
        Some((measure.objective, distance(objectives, &moved)))
    });
    let (objective, by) = shares.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Counter::Missed { objective, by })
}

/// The share of a target that is left, and what that is.
fn spare(objectives: &Objectives, measure: &Measure) -> Option<(f64, Objective, Figure)> {
    let (share, left) = match (measure.figure, target(objectives, measure.objective)?) {
        (Figure::Money(amount), Figure::Money(most)) => {
            let left = most - amount;
            (left.as_f64_for_charts() / most.as_f64_for_charts(), Figure::Money(left))
        }
        (Figure::Time(time), Figure::Time(bound)) => {
            let left = if measure.objective == Objective::Runway { time - bound } else { bound - time };
            (left.max(Secs::ZERO) / bound, Figure::Time(left))
        }
        _ => return None,
    };
    share.is_finite().then_some((share, measure.objective, left))
}
