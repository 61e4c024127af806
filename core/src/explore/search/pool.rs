//! Every design in the plan's regions that is not both dearer and no better than another.
//!
//! Months come first: they cost little. Figures are worked out in the order of the months, and no further than until a design that stands to the
//! end of the horizon has the best figures that its topology can have, which the most capable sizes tell ([`most_capable`]).

use super::ahead::Ahead;
use super::choice::DesignChoice;
use super::figures::{WEIGHED, figure, rank};
use super::found::Found;
use crate::catalog::{Catalog, ReservationTerm};
use crate::decide::{Candidate, candidate, target_of};
use crate::evaluate::{Evaluation, answer_to, evaluate_unread};
use crate::model::cost::{Flows, Total, terms};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{Design, Offered, SizeChoice, designs};
use crate::model::horizon::{may_keep, may_wait, sizes_ahead};
use crate::model::runway::Trials;
use crate::model::sizing::most_capable;
use crate::model::verdict::{Figure, Objective};
use crate::model::{Case, Topology, TopologyAnswer};
use crate::plan::{Objectives, Plan};
use crate::rules;
use crate::units::{Money, Ratio};
use std::rc::Rc;

/// What the designs are judged with.
pub(super) struct Judge<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) demand: Demand,
    pub(super) objectives: Objectives,
    /// The plan's own answers: rules read all three.
    own: Rc<Evaluation>,
    trials: Trials,
    /// The topologies whose designs may wait for the end of what runs.
    pub(super) waits: [bool; 3],
}

impl<'a> Judge<'a> {
    pub(super) fn of(plan: &Plan, catalog: &'a Catalog) -> Self {
        Self::with_answers(plan, catalog, Rc::new(evaluate_unread(plan, catalog)))
    }

    /// The same where the answers of the other topologies are known.
    pub(super) fn with_answers(plan: &Plan, catalog: &'a Catalog, own: Rc<Evaluation>) -> Self {
        let objectives = plan.objectives_in(catalog.currency());
        let waits = Topology::ALL.map(|topology| may_wait(topology, plan, catalog));
        Self { catalog, demand: demand(plan), objectives, own, trials: Trials::default(), waits }
    }

    /// The answer of a design in a plan that gives its size.
    pub(super) fn answer(&self, topology: Topology, plan: &Plan, design: &Design) -> TopologyAnswer {
        answer_to(&Case::new(topology, plan, self.catalog, &self.demand, design).with_trials(&self.trials))
    }

    /// How it stands, rules and all.
    pub(super) fn candidate(&self, plan: &Plan, answer: &TopologyAnswer) -> Candidate {
        let own = |topology: Topology| {
            if topology == answer.topology { answer } else { self.own.of(topology) }
        };
        let found = rules::findings(plan, self.catalog, &self.demand, Topology::ALL.map(own), None);
        candidate(&self.objectives, answer, &found.findings)
    }
}

/// The designs of a plan.
#[derive(Clone)]
pub(super) struct Pool {
    found: Vec<Found>,
    objectives: Objectives,
    /// See [`Judge::waits`].
    waits: [bool; 3],
    pub(super) designs: usize,
    pub(super) worked_out: usize,
}

/// A design with its month by each term.
struct Billed {
    offered: Offered,
    months: Vec<(Option<ReservationTerm>, Total)>,
}

impl Billed {
    fn least(&self) -> Money {
        self.months.iter().map(|(_, month)| month.at_least()).min().unwrap_or_default()
    }

    /// By every term it costs at least as much as the other; one that lacks a price may always cost less.
    fn is_dearer(&self, other: &Self) -> bool {
        let mut both = self.months.iter().zip(&other.months);
        both.all(|((_, own), (_, other))| own.complete() >= other.complete() && own.is_complete())
    }
}

/// Until which design those of a topology are worked out, in the order of their months.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// One has the best figures: what is dearer is on no front.
    BestFigures,
    /// One meets every target but the budget: what is dearer is not the cheapest.
    TargetsMet,
}

impl Pool {
    pub(super) fn of(plan: &Plan, catalog: &Catalog) -> Self {
        Self::until(Until::BestFigures, plan, catalog)
    }

    /// Those alone that may be the cheapest that meets every target.
    pub(super) fn of_cheapest(plan: &Plan, catalog: &Catalog) -> Self {
        Self::until(Until::TargetsMet, plan, catalog)
    }

    fn until(until: Until, plan: &Plan, catalog: &Catalog) -> Self {
        let open = plan.with_open_sizes();
        let judge = Judge::of(&open, catalog);
        let mut pool = Self::empty(&judge);
        for topology in Topology::ALL {
            pool.add(topology, &open, &judge, until, |_| true);
        }
        pool
    }

    /// The designs whose fill is asked for; `None` where no size has it.
    pub(super) fn beyond(plan: &Plan, catalog: &Catalog, asked: impl Fn(Topology, Ratio) -> bool) -> Option<Self> {
        let open = plan.with_open_sizes();
        let demand = demand(&open);
        let has = |topology: &Topology| {
            let all = designs(*topology, &open, catalog, &demand);
            all.iter().any(|offered| asked(*topology, offered.design.fill))
        };
        let topologies: Vec<Topology> = Topology::ALL.into_iter().filter(has).collect();
        if topologies.is_empty() {
            return None;
        }
        let judge = Judge::of(&open, catalog);
        let mut pool = Self::empty(&judge);
        for topology in topologies {
            pool.add(topology, &open, &judge, Until::BestFigures, |design| asked(topology, design.fill));
        }
        Some(pool)
    }

    /// The designs of one topology, where the answers of the others are known.
    pub(super) fn of_one(topology: Topology, plan: &Plan, catalog: &Catalog, own: Rc<Evaluation>) -> Self {
        let judge = Judge::with_answers(plan, catalog, own);
        let mut pool = Self::empty(&judge);
        pool.add(topology, plan, &judge, Until::BestFigures, |_| true);
        pool
    }

    fn empty(judge: &Judge) -> Self {
        let (objectives, waits) = (judge.objectives.clone(), judge.waits);
        Self { found: Vec::new(), objectives, waits, designs: 0, worked_out: 0 }
    }

    fn add(&mut self, topology: Topology, plan: &Plan, judge: &Judge, until: Until, asked: impl Fn(&Design) -> bool) {
        let mut offers = designs(topology, plan, judge.catalog, &judge.demand);
        offers.retain(|offered| asked(&offered.design));
        self.designs += offers.len();
        let ideal = ideal(topology, plan, judge, &offers);
        if until == Until::TargetsMet && !self.may_meet(&ideal) {
            return;
        }
        let mut all = billed(topology, plan, judge, offers);
        all.sort_by_key(Billed::least);
        let mut reached: Vec<&Billed> = Vec::new();
        for design in &all {
            let later = |it: &&Billed| it.offered.comes_last > design.offered.comes_last;
            let made = &design.offered.design;
            if reached.iter().any(|it| design.is_dearer(it) && !later(it)) && !runs(topology, plan, judge, made) {
                continue;
            }
            self.worked_out += 1;
            let before = self.found.len();
            let best = self.judged(topology, plan, judge, design);
            let is_enough = match until {
                Until::BestFigures => best.is_some_and(|own| own.iter().zip(&ideal).all(|(own, ideal)| own <= ideal)),
                Until::TargetsMet => {
                    self.found[before..].iter().all(|it| it.free && it.meets_but(Some(Objective::Cost)))
                }
            };
            if is_enough && stands(topology, plan, judge, made) {
                reached.push(design);
            }
        }
    }

    /// Figures that no design beats miss none of the targets.
    fn may_meet(&self, ideal: &[f64; 4]) -> bool {
        let mut each = WEIGHED.into_iter().zip(ideal);
        each.all(|(objective, best)| self.target(objective).is_none_or(|most| *best <= rank(objective, most)))
    }

    /// Takes a design in by each of its terms; the ranks of its figures where it stands free.
    fn judged(&mut self, topology: Topology, plan: &Plan, judge: &Judge, design: &Billed) -> Option<[f64; 4]> {
        let made = &design.offered.design;
        let size = SizeChoice::of(made)?;
        let mut given = plan.clone();
        size.give_to(topology, &mut given);
        let mut answer = judge.answer(topology, &given, made);
        let candidate = judge.candidate(&given, &answer);
        for (term, month) in &design.months {
            answer.bill.total.clone_from(month);
            let candidate = Candidate { free: candidate.free, ..decide_cost(&judge.objectives, &answer, &candidate) };
            let choice = DesignChoice {
                topology,
                size: size.clone(),
                regions: made.caches.iter().map(|cache| cache.region.clone()).collect(),
                reservation: *term,
            };
            let figures = (month.clone(), answer.rpo.shown());
            let found = Found::of_candidate(choice, made.fill, figures, candidate, design.offered.comes_last);
            self.found.push(if judge.waits[topology as usize] { found.may_wait() } else { found });
        }
        candidate.free.then(|| ranks(&candidate.figures))
    }

    /// Judges the months ahead of whatever the search would take, until what it takes stands: of each topology by every term and by the
    /// plan's.
    pub(super) fn judge_months(&mut self, plan: &Plan, ahead: &Ahead) {
        if self.objectives.budget.is_none() {
            return;
        }
        for topology in Topology::ALL {
            let paid = |it: &&Found| it.choice.reservation == plan.pricing.reservation;
            self.judge_until(ahead, |pool| ahead.best(pool.meeting(topology, None)).cloned());
            self.judge_until(ahead, |pool| ahead.best(pool.meeting(topology, None).filter(paid)).cloned());
        }
    }

    /// The same as their first months stand against the budget: under other targets other sizes follow them.
    pub(super) fn by_first_months(&self) -> Self {
        self.under(&self.objectives)
    }

    /// The same as they stand on the first day against targets of which none is tighter.
    pub(super) fn under(&self, targets: &Objectives) -> Self {
        let mut all = self.clone();
        all.objectives = targets.clone();
        for it in &mut all.found {
            let (figures, month) = (it.figures, it.month.complete());
            let moved = |unmet: Objective| target_of(&self.objectives, unmet) != target_of(targets, unmet);
            let still = |unmet: Objective| {
                !moved(unmet)
                    || target_of(targets, unmet)
                        .is_some_and(|most| rank(unmet, figure(&figures, unmet)) > rank(unmet, most))
            };
            it.unmet.retain(|unmet| *unmet == Objective::Cost || still(*unmet));
            let Some(month) = month else { continue };
            it.figures[0] = Figure::Money(month);
            if self.waits(it.choice.topology) || targets.budget.is_none_or(|most| month <= most) {
                it.unmet.retain(|unmet| *unmet != Objective::Cost);
            }
        }
        all
    }

    /// The best of each topology that meets every target.
    pub(super) fn best(&self, ahead: &Ahead) -> [Option<Found>; 3] {
        Topology::ALL.map(|topology| ahead.best(self.meeting(topology, None)).cloned())
    }

    /// What the search takes of these topologies under targets of which none is tighter, with the costs then.
    pub(super) fn taken<'a>(
        &self,
        targets: &Objectives,
        topologies: &[Topology],
        ahead: &Ahead<'a>,
    ) -> Option<(Found, Ahead<'a>)> {
        let (then, mut pool) = (ahead.moved(targets), self.under(targets));
        for topology in topologies {
            pool.judge_until(&then, |pool| then.best(pool.meeting(*topology, None)).cloned());
        }
        let firsts = topologies.iter().filter_map(|it| then.best(pool.meeting(*it, None)));
        let taken = then.cheapest(firsts)?.clone();
        Some((taken, then))
    }

    /// Takes and judges until what is taken stands as it did.
    pub(super) fn judge_until(&mut self, ahead: &Ahead, take: impl Fn(&Self) -> Option<Found>) {
        while let Some(taken) = take(self) {
            let own = self.found.iter_mut().find(|it| it.choice == taken.choice);
            if !own.is_some_and(|own| ahead.judge_months(own)) {
                return;
            }
        }
    }

    /// Those of a topology with a complete month that meet every target but these.
    pub(super) fn meeting(&self, topology: Topology, but: Option<Objective>) -> impl Iterator<Item = &Found> {
        let meets = move |it: &&Found| it.free && it.meets_but(but);
        let of = move |it: &&Found| it.choice.topology == topology && it.month.is_complete();
        self.found.iter().filter(of).filter(meets)
    }

    /// Those that stand free with a complete month; [`Found::order`] puts what comes last behind its equals.
    pub(super) fn ranked(&self) -> impl Iterator<Item = &Found> {
        self.free().filter(|it| it.month.is_complete())
    }

    /// Those that stand free, with a price or without.
    pub(super) fn free(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|it| it.free)
    }

    /// Those without a complete month that miss no target but the budget, which cannot be judged.
    pub(super) fn unpriced(&self) -> impl Iterator<Item = &Found> {
        let unpriced = |it: &&Found| it.free && !it.month.is_complete() && it.meets_but(Some(Objective::Cost));
        self.found.iter().filter(unpriced)
    }
}

/// The candidate of an answer whose bill alone is another one.
fn decide_cost(objectives: &Objectives, answer: &TopologyAnswer, other: &Candidate) -> Candidate {
    let judged = candidate(objectives, answer, &[]);
    let mut unmet: Vec<Objective> = judged.unmet.iter().copied().filter(|it| *it == Objective::Cost).collect();
    unmet.extend(other.unmet.iter().copied().filter(|it| *it != Objective::Cost));
    Candidate { figures: judged.figures, unmet, unshown: judged.unshown, free: other.free }
}

fn billed(topology: Topology, plan: &Plan, judge: &Judge, offers: Vec<Offered>) -> Vec<Billed> {
    let terms = terms(plan);
    let paid: Vec<Plan> = terms.iter().map(|term| plan.paid_by(*term)).collect();
    let flows = Flows::default();
    let of = |offered: Offered| {
        let case = Case::new(topology, plan, judge.catalog, &judge.demand, &offered.design);
        let months = flows.by_terms(&case, &paid);
        Billed { offered, months: terms.iter().copied().zip(months).collect() }
    };
    offers.into_iter().map(of).collect()
}

/// It is what runs, as it is or scaled where it stands: a dearer month of it may be cheaper than a move.
fn runs(topology: Topology, plan: &Plan, judge: &Judge, design: &Design) -> bool {
    design.caches.first().is_some_and(|cache| may_keep(topology, plan, &cache.sku, judge.catalog))
}

/// No month of the horizon outgrows it. One that is replaced may lose the rest of its term, and cost more in the end than a dearer one that stands.
fn stands(topology: Topology, plan: &Plan, judge: &Judge, design: &Design) -> bool {
    sizes_ahead(topology, plan, judge.catalog, design).next().is_none()
}

/// The ranks of figures that no design of the topology beats.
fn ideal(topology: Topology, plan: &Plan, judge: &Judge, all: &[Offered]) -> [f64; 4] {
    let Some(first) = all.first() else { return [f64::INFINITY; 4] };
    let case = Case::new(topology, plan, judge.catalog, &judge.demand, &first.design);
    let able = most_capable(all.iter().map(|it| &it.design), &case);
    able.into_iter().fold([f64::INFINITY; 4], |least, design| {
        let answer = judge.answer(topology, plan, design);
        let own = ranks(&candidate(&judge.objectives, &answer, &[]).figures);
        let mut least = least;
        least.iter_mut().zip(own).for_each(|(least, own)| *least = least.min(own));
        least
    })
}

fn ranks(figures: &[Figure; 5]) -> [f64; 4] {
    WEIGHED.map(|objective| rank(objective, figure(figures, objective)))
}

impl Pool {
    /// The targets that it stands against.
    pub(super) const fn objectives(&self) -> &Objectives {
        &self.objectives
    }

    /// Whether designs of a topology may wait for the end of what runs.
    pub(super) const fn waits(&self, topology: Topology) -> bool {
        self.waits[topology as usize]
    }

    /// Whether a target of an objective is set.
    pub(super) fn is_set(&self, objective: Objective) -> bool {
        target_of(&self.objectives, objective).is_some()
    }

    /// The target of an objective.
    pub(super) fn target(&self, objective: Objective) -> Option<Figure> {
        target_of(&self.objectives, objective)
    }
}
