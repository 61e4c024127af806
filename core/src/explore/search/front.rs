//! Cost against one objective: the front, what a target costs, what the next step up buys.

use super::ahead::{Ahead, MonthApart};
use super::figures::{WEIGHED, better, rank};
use super::found::Found;
use super::pool::Pool;
use crate::decide::{Relaxed, Target, relaxed};
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::plan::Objectives;
use crate::units::Money;
use rust_decimal::Decimal;

/// Designs that no other beats in cost and in one objective.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// The objective.
    pub objective: Objective,
    /// Its target; `None` where the plan sets none.
    pub target: Option<Figure>,
    /// Rising in cost, each with a better figure than the one before.
    pub points: Vec<Found>,
    /// The same of each topology alone, in the order of [`Topology::ALL`].
    pub of: [Vec<Found>; 3],
    /// They meet every other target but the budget; where no design does, all that stand free are there.
    pub others_met: bool,
}

/// What a target costs: what could be saved without it.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetCost {
    /// Which target.
    pub objective: Objective,
    /// The first looser target at which something is saved; `None` where the target costs nothing.
    pub step: Option<Saved>,
    /// Without the target at all.
    pub without: Option<Saved>,
}

/// Another design, or the same with smaller sizes in later months, and what it saves.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The target that it meets; `None` without the target at all.
    pub to: Option<Target>,
    /// What it costs less over the horizon.
    pub saves: Money,
    /// What its month costs less; below 0 where the month is the dearer one.
    pub month: MonthApart,
    /// The design.
    pub design: Found,
}

/// What the next step up buys.
#[derive(Debug, Clone, PartialEq)]
pub struct StepUp {
    /// Which objective gets better.
    pub objective: Objective,
    /// By so much more over the horizon.
    pub more: Money,
    /// By so much more a month; below 0 where the month is the cheaper one.
    pub month: MonthApart,
    /// The design.
    pub design: Found,
}

/// A step is worth a word where a figure gets better by more than this share.
const WORTH: f64 = 0.01;

/// The front of an objective.
pub(super) fn front(objective: Objective, pool: &Pool) -> Front {
    let others_met = |it: &&Found| it.unmet.iter().all(|unmet| [objective, Objective::Cost].contains(unmet));
    let mut all: Vec<&Found> = pool.ranked().filter(others_met).collect();
    let meets = !all.is_empty();
    if !meets {
        all = pool.ranked().collect();
    }
    all.sort_by(|a, b| (a.month.complete(), a.order()).cmp(&(b.month.complete(), b.order())));
    let of = |topology: Topology| {
        let own: Vec<&Found> = all.iter().copied().filter(|it| it.choice.topology == topology).collect();
        rising(objective, &own)
    };
    Front {
        objective,
        target: pool.target(objective),
        points: rising(objective, &all),
        of: Topology::ALL.map(of),
        others_met: meets,
    }
}

/// Of designs in the order of their cost those that are better than all cheaper ones.
fn rising(objective: Objective, all: &[&Found]) -> Vec<Found> {
    let mut points: Vec<Found> = Vec::new();
    for it in all.iter().filter(|it| it.figure(objective) != Figure::None) {
        let improves = |last: &Found| better(objective, it.figure(objective), last.figure(objective));
        if points.last().is_none_or(improves) {
            points.push((*it).clone());
        }
    }
    points
}

/// What each target of the plan costs, beside the budget: the winner over the horizon less the one that the search finds without it, whose
/// sizes of later months have no such target to meet either. A step names a design that the search chooses once its target has moved.
pub(super) fn costs(objectives: &Objectives, winner: &Found, pool: &Pool, ahead: &Ahead) -> Vec<TargetCost> {
    let set = WEIGHED.into_iter().filter(|objective| pool.is_set(*objective));
    let cost = |objective: Objective| {
        let then = ahead.moved(&freed(objectives, objective));
        // Months that pass the budget to meet the target may keep it without.
        let first = pool.by_first_months();
        let mut pool = first.clone();
        for topology in Topology::ALL {
            pool.judge_until(&then, |pool| then.best(pool.meeting(topology, Some(objective))).cloned());
        }
        // Without the target all of these meet every target that is left.
        let all: Vec<&Found> = pool.ranked().filter(|it| it.unmet.iter().all(|unmet| *unmet == objective)).collect();
        let firsts: Vec<&Found> =
            Topology::ALL.into_iter().filter_map(|it| then.best(pool.meeting(it, Some(objective)))).collect();
        let saves = |it: &Found| ahead.saves(winner, it, &then).filter(|saves| *saves > Money::ZERO);
        // Of a topology whose best saves nothing no other design does.
        let cheaper: Vec<(&Found, Money)> = firsts.iter().filter_map(|it| Some((*it, saves(it)?))).collect();
        let near = |it: &Found| rank(objective, it.figure(objective));
        let mut steps: Vec<&Found> =
            all.iter().copied().filter(|it| !it.unmet.is_empty() && near(it).is_finite()).collect();
        steps.retain(|it| cheaper.iter().any(|(first, least)| may_save(it, first, *least, ahead.months())));
        steps.sort_by(|a, b| near(a).total_cmp(&near(b)).then_with(|| a.order().cmp(&b.order())));
        let steps = steps.into_iter().filter(|it| is_chosen(it, objective, objectives, &all));
        TargetCost {
            objective,
            step: steps.take(TRIED).find_map(|it| saved(objectives, winner, it, objective, &first, ahead)),
            without: then.cheapest(firsts.iter().copied()).and_then(|it| {
                let month = ahead.month_less(winner, it, &then)?;
                Some(Saved { to: None, saves: saves(it)?, month, design: it.clone() })
            }),
        }
    };
    set.map(cost).collect()
}

/// Once the target has moved to what a design can do, no other of its topology that meets it is cheaper by its month.
fn is_chosen(it: &Found, objective: Objective, objectives: &Objectives, all: &[&Found]) -> bool {
    let Some((to, _)) = moved(objectives, it) else { return false };
    let least = rank(objective, to.figure());
    let meets = |other: &&&Found| other.unmet.is_empty() || rank(objective, other.figure(objective)) <= least;
    let own = all.iter().filter(|other| other.choice.topology == it.choice.topology).filter(meets);
    own.min_by(|a, b| a.order().cmp(&b.order())).is_some_and(|first| *first == it)
}

/// The one target that a design misses, moved to what it can do; and all targets then.
fn moved(objectives: &Objectives, it: &Found) -> Option<(Target, Objectives)> {
    let Relaxed { targets, objectives, .. } = relaxed(objectives, &it.candidate())?;
    Some((targets.first()?.1, objectives))
}

/// Designs near the target that are worked out month by month, at most.
const TRIED: usize = 5;

/// The targets without one of them.
fn freed(objectives: &Objectives, objective: Objective) -> Objectives {
    let mut freed = objectives.clone();
    match objective {
        Objective::Cost => freed.budget = None,
        Objective::Rpo => freed.rpo = None,
        Objective::Rto => freed.rto = None,
        Objective::Runway => freed.runway = None,
        Objective::Latency => freed.write_latency = None,
    }
    freed
}

/// What is saved against the winner once the target has moved to what a design can do, with the one of its topology that the search takes
/// then: of equal costs over the horizon another may stand longer, the winner itself too. `None` where nothing is saved.
fn saved(
    objectives: &Objectives,
    winner: &Found,
    it: &Found,
    objective: Objective,
    pool: &Pool,
    ahead: &Ahead,
) -> Option<Saved> {
    let (to, targets) = moved(objectives, it)?;
    let then = ahead.moved(&targets);
    let worth = |it: &Found| ahead.saves(winner, it, &then).filter(|saves| *saves > Money::ZERO && then.within(it));
    worth(it)?;
    let least = rank(objective, to.figure());
    let meets = |other: &&Found| other.unmet.is_empty() || rank(objective, other.figure(objective)) <= least;
    let first = |pool: &Pool| then.best(pool.meeting(it.choice.topology, Some(objective)).filter(meets)).cloned();
    let mut pool = pool.clone();
    pool.judge_until(&then, first);
    let design = first(&pool)?;
    let (saves, month) = (worth(&design)?, ahead.month_less(winner, &design, &then)?);
    Some(Saved { to: Some(to), saves, month, design })
}

/// By its month a design still saves something where the cheapest of its topology saves so much.
fn may_save(it: &Found, first: &Found, least: Money, months: u32) -> bool {
    let dearer =
        it.month.complete().zip(first.month.complete()).map(|(own, first)| (own - first) * Decimal::from(months));
    it.choice.topology == first.choice.topology && dearer.is_some_and(|more| more < least)
}

/// For each objective the cheapest design that meets every target and is better in it than the winner.
pub(super) fn steps(winner: &Found, pool: &Pool, ahead: &Ahead) -> Vec<StepUp> {
    let step = |objective: Objective| {
        let now = rank(objective, winner.figure(objective));
        let enough = |it: &&Found| {
            let then = rank(objective, it.figure(objective));
            then < now && (!now.is_finite() || !then.is_finite() || now - then > WORTH * now.abs())
        };
        let better = || pool.ranked().filter(|it| it.meets_all()).filter(enough);
        let of = |topology: Topology| ahead.best(better().filter(|it| it.choice.topology == topology));
        let design = ahead.cheapest(Topology::ALL.into_iter().filter_map(of).filter(|it| ahead.within(it)))?;
        let (more, month) = (ahead.more(winner, design)?, ahead.month_more(winner, design)?);
        Some(StepUp { objective, more, month, design: design.clone() })
    };
    WEIGHED.into_iter().filter_map(step).collect()
}
