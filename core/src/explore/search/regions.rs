//! The search over regions: every placement of each topology, by branch and bound.
//!
//! The nodes of the cheapest sizes that fit, month by month, are a lower bound of what a placement costs over the horizon ([`Floor`]). So the
//! placements are tried in the order of that bound, and those whose bound is not below the worst of the best few are never tried.

mod nearest;
mod placed;
mod text;

use super::ahead::Ahead;
use super::choice::DesignChoice;
use super::floor::Floor;
use super::found::Found;
use super::place::{placements, with_caches};
use super::pool::{Judge, Pool};
use super::relaxation::Relaxation;
use crate::catalog::{Catalog, RegionId, ReservationTerm, SkuId};
use crate::decide::{Apart, HoursOpen};
use crate::evaluate::{Evaluation, evaluate_unread};
use crate::model::fit::{Last, Offered, SizeChoice, designs};
use crate::model::lifecycle::Creation;
use crate::model::sizing::most_capable;
use crate::model::verdict::Objective;
use crate::model::{Case, Topology};
use crate::plan::Plan;
use crate::stats::sample::Progress;
use crate::units::Money;
use nearest::fixed;
use std::rc::Rc;

pub use placed::Placed;

/// How many placements of a topology are kept.
pub const KEPT: usize = 5;

/// One way to place the caches of a topology, with what it costs at least.
struct Placement {
    topology: Topology,
    regions: Vec<RegionId>,
    /// Of a first month and of the whole horizon; `None` where no size fits.
    least: Option<Least>,
}

/// A placement that misses something.
struct Near {
    /// What a first month of it costs at least, and its dearest.
    least: [Money; 2],
    /// One design of it.
    design: Found,
}

/// What a placement costs at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Least {
    over: Money,
    month: Money,
}

/// A search over regions, worked out in steps of any size.
pub struct RegionSearch {
    /// As it was given: with what runs today in it.
    given: Rc<Plan>,
    plan: Plan,
    /// Its answers: rules read those of the other topologies too.
    own: Rc<Evaluation>,
    todo: Vec<Placement>,
    at: usize,
    /// Of each topology.
    floors: [Option<Floor>; 3],
    /// The placements of each topology that meet every target and cost least over the horizon, the cheapest first.
    best: [Vec<Placed>; 3],
    /// Of each placement that misses something.
    near: Vec<Near>,
    tried: usize,
    barred: usize,
    unplaced: usize,
}

/// What a search over regions found.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionsFound {
    /// The placements of each topology that meet every target and cost least over the horizon, the cheapest first, at most [`KEPT`].
    pub best: [Vec<Placed>; 3],
    /// Where none meets every target: of each topology the smallest move of them, over every placement that was tried.
    pub nearest: [Option<Relaxation>; 3],
    /// Topology of the one that costs least over the horizon.
    pub cheapest: Option<Topology>,
    /// The second-best, where the bands of estimated prices let it cost less over the horizon than the first, and by how much.
    pub doubt: Option<(Found, Apart)>,
    /// Hours of people without a rate that the first of each topology differ by.
    pub hours: Option<HoursOpen>,
    /// How many placements there are.
    pub placements: usize,
    /// How many of them were tried; the bound left the others out.
    pub tried: usize,
    /// How many pairs are none of them, because this tenant may create no Premium cache.
    pub barred: usize,
    /// How many a plan cannot hold: it has at most five regions.
    pub unplaced: usize,
}

impl RegionsFound {
    /// The cheapest of all.
    #[must_use]
    pub fn winner(&self) -> Option<&Placed> {
        self.best[self.cheapest? as usize].first()
    }

    /// Where none meets every target: the smallest move of them.
    #[must_use]
    pub fn relaxation(&self) -> Option<&Relaxation> {
        self.nearest.iter().flatten().min_by(|a, b| a.order(b))
    }

    /// Of a design that meets every target, what it costs over the horizon; `None` of any other.
    #[must_use]
    pub fn placed(&self, found: &Found) -> Option<&Placed> {
        self.best[found.choice.topology as usize].iter().find(|it| it.design.choice == found.choice)
    }

    /// Of a design that is the nearest of its topology, how the targets move for it; `None` of any other.
    #[must_use]
    pub fn near(&self, found: &Found) -> Option<&Relaxation> {
        self.nearest[found.choice.topology as usize].as_ref().filter(|it| it.design.choice == found.choice)
    }

    /// The designs that a reader sees, topology by topology: those that meet every target, else the nearest to them.
    pub fn shown(&self) -> impl Iterator<Item = &Found> {
        self.best.iter().flatten().map(|it| &it.design).chain(self.nearest.iter().flatten().map(|it| &it.design))
    }

    /// Another may cost less at other prices inside the bands, or at a plausible rate of an hour.
    #[must_use]
    pub fn too_close(&self) -> bool {
        self.doubt.is_some() || self.hours.as_ref().is_some_and(|hours| hours.open)
    }
}

impl RegionSearch {
    /// Every placement of a plan, none tried yet.
    #[must_use]
    pub fn new(plan: &Plan, catalog: &Catalog) -> Self {
        let open = plan.with_open_sizes();
        let mut search = Self {
            own: Rc::new(evaluate_unread(&open, catalog)),
            given: Rc::new(plan.clone()),
            plan: open,
            todo: Vec::new(),
            at: 0,
            floors: [const { None }; 3],
            best: [const { Vec::new() }; 3],
            near: Vec::new(),
            tried: 0,
            barred: 0,
            unplaced: 0,
        };
        for topology in Topology::ALL {
            let all = placements(topology, &search.plan, catalog);
            search.bounded(topology, all, catalog);
        }
        search.todo.sort_by_key(|it| (it.least.is_none(), it.least));
        search
    }

    fn bounded(&mut self, topology: Topology, all: Vec<Vec<RegionId>>, catalog: &Catalog) {
        let fits = |regions: &Vec<RegionId>| with_caches(&self.plan, topology, regions);
        let Some(first) = all.iter().find_map(fits) else {
            self.unplaced += all.len();
            return;
        };
        let mut floor = Floor::of(topology, &first, catalog);
        for regions in all {
            let Some(placed) = with_caches(&self.plan, topology, &regions) else {
                self.unplaced += 1;
                continue;
            };
            if topology == Topology::Passive && Creation::bars_pair(&placed, catalog) {
                self.barred += 1;
                continue;
            }
            let month = floor.first.least(&regions, &placed, catalog);
            let least = month.map(|month| Least { over: floor.over(&regions, &placed, catalog), month });
            self.todo.push(Placement { topology, regions, least });
        }
        self.floors[topology as usize] = Some(floor);
    }

    /// Tries the next placements, at most `count`.
    pub fn advance(&mut self, catalog: &Catalog, count: usize) -> Progress {
        let end = self.at.saturating_add(count).min(self.todo.len());
        for at in self.at..end {
            self.step(at, catalog);
        }
        self.at = end;
        let of = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Progress { done: of(end), trials: of(self.todo.len()) }
    }

    /// True when every placement is tried or left out.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.at >= self.todo.len()
    }

    /// Everything at once.
    #[must_use]
    pub fn whole(plan: &Plan, catalog: &Catalog) -> RegionsFound {
        let mut search = Self::new(plan, catalog);
        search.advance(catalog, usize::MAX);
        search.found(catalog)
    }

    fn step(&mut self, at: usize, catalog: &Catalog) {
        let Placement { topology, regions, least } = &self.todo[at];
        let (topology, Some(least)) = (*topology, *least) else { return };
        if self.below(topology).is_some_and(|below| least.over >= below) {
            return;
        }
        let Some(placed) = with_caches(&self.plan, topology, regions) else { return };
        self.tried += 1;
        let (regions, given) = (regions.clone(), Rc::clone(&self.given));
        let ahead = Ahead::new(&given, catalog);
        let Some(tried) = self.cheapest(topology, (&placed, &regions), &ahead) else { return };
        if !tried.meets_all() {
            let floor = self.floors[topology as usize].as_mut();
            let dearest = floor.map_or(Money::ZERO, |floor| floor.dearest(&regions, &placed, catalog));
            self.near.push(Near { least: [least.month, dearest], design: tried });
            return;
        }
        let best = if ahead.may_be_beaten(&tried) {
            let mut pool = Pool::of_one(topology, &placed, catalog, Rc::clone(&self.own));
            pool.judge_months(&placed, &ahead);
            ahead.best(pool.meeting(topology, None)).cloned().unwrap_or(tried)
        } else {
            tried
        };
        let kept = &mut self.best[topology as usize];
        kept.push(Placed::of(Found { choice: DesignChoice { regions, ..best.choice }, ..best }, &ahead));
        kept.sort_by(|a, b| a.order().cmp(&b.order()));
        kept.truncate(KEPT);
    }

    /// What a further placement of a topology has to cost less than.
    fn below(&self, topology: Topology) -> Option<Money> {
        let kept = self.best[topology as usize].get(KEPT - 1)?;
        kept.over.filter(|_| kept.whole && !kept.design.comes_last.is_any())
    }

    /// The cheapest month of one placement that meets every target, else the first that was looked at.
    fn cheapest(&mut self, topology: Topology, (plan, regions): (&Plan, &[RegionId]), ahead: &Ahead) -> Option<Found> {
        let catalog = ahead.catalog();
        let judge = Judge::with_answers(plan, catalog, Rc::clone(&self.own));
        let offers = designs(topology, plan, catalog, &judge.demand);
        let mut order: Vec<(Last, Money, usize, Option<ReservationTerm>)> = Vec::new();
        let floor = self.floors[topology as usize].as_mut()?;
        for (at, offer) in offers.iter().enumerate() {
            let costs = floor.first.cost(&offer.design, &self.plan, catalog);
            order.extend(costs.into_iter().map(|(term, cost)| (offer.comes_last, cost, at, term)));
        }
        order.sort();
        let mut best: Option<Found> = None;
        let mut first: Option<Found> = None;
        for (comes_last, least, at, term) in order {
            let bound = best.as_ref().and_then(|best| best.month.complete());
            if best.as_ref().is_some_and(|best| comes_last > best.comes_last) {
                break;
            }
            if bound.is_some_and(|bound| least >= bound) {
                continue;
            }
            let mut found = judged(topology, (plan, regions), &judge, &offers[at], term);
            let better = best.as_ref().is_none_or(|best| found.order() < best.order());
            if better && found.meets_all() && found.month.is_complete() {
                ahead.judge_months(&mut found);
            }
            if found.meets_all() && found.month.is_complete() {
                best = if better { Some(found) } else { best };
            } else if first.is_none() {
                let hopeless = !hopeful(topology, plan, &judge, &offers, &found);
                first = Some(found);
                if hopeless {
                    break;
                }
            }
        }
        best.or(first)
    }

    /// What was found so far.
    #[must_use]
    pub fn found(&self, catalog: &Catalog) -> RegionsFound {
        let none = self.best.iter().all(Vec::is_empty);
        let best = self.best.clone();
        let Ranked { cheapest, doubt, hours } = ranked(&self.given, catalog, &best);
        RegionsFound {
            nearest: Topology::ALL.map(|it| if none { self.relaxation(it, catalog) } else { None }),
            cheapest,
            doubt,
            hours,
            placements: self.todo.len(),
            tried: self.tried,
            barred: self.barred,
            unplaced: self.unplaced,
            best,
        }
    }
}

/// A design of a placement by a term, judged in full.
fn judged(
    topology: Topology,
    (plan, regions): (&Plan, &[RegionId]),
    judge: &Judge,
    offer: &Offered,
    term: Option<ReservationTerm>,
) -> Found {
    let mut given = plan.clone();
    given.pricing.reservation = term;
    let size = SizeChoice::of(&offer.design);
    if let Some(size) = &size {
        size.give_to(topology, &mut given);
    }
    let answer = judge.answer(topology, &given, &offer.design);
    let candidate = judge.candidate(&given, &answer);
    let choice = DesignChoice {
        topology,
        size: size.unwrap_or_else(|| SizeChoice { sku: SkuId::new(""), shards: 1 }),
        regions: regions.to_vec(),
        reservation: term,
    };
    let figures = (answer.bill.total.clone(), answer.rpo.shown());
    let found = Found::of_candidate(choice, offer.design.fill, figures, candidate, offer.comes_last);
    if judge.waits[topology as usize] { found.may_wait() } else { found }
}

/// Whether another size of a placement may meet what this one misses: no size moves the latency, nor the recovery time of a design
/// that has one, and the most capable sizes tell of the rest.
fn hopeful(topology: Topology, plan: &Plan, judge: &Judge, offers: &[Offered], first: &Found) -> bool {
    if first.unmet.iter().any(|it| fixed(*it, first)) {
        return false;
    }
    let moved: Vec<Objective> = first.unmet.iter().copied().filter(|it| *it != Objective::Cost).collect();
    let Some(offer) = offers.first().filter(|_| !moved.is_empty()) else { return true };
    let case = Case::new(topology, plan, judge.catalog, &judge.demand, &offer.design);
    let able = most_capable(offers.iter().map(|offer| &offer.design), &case);
    let mut left = moved;
    for design in able {
        let answer = judge.answer(topology, plan, design);
        let unmet = crate::decide::candidate(&judge.objectives, &answer, &[]).unmet;
        left.retain(|it| unmet.contains(it));
        if left.is_empty() {
            return true;
        }
    }
    false
}

/// What costs least over the horizon, and what leaves that open.
#[derive(Default)]
struct Ranked {
    cheapest: Option<Topology>,
    doubt: Option<(Found, Apart)>,
    hours: Option<HoursOpen>,
}

/// The topology that costs least over the horizon, the second-best where the bands let it cost less, and hours without a rate.
fn ranked(plan: &Plan, catalog: &Catalog, best: &[Vec<Placed>; 3]) -> Ranked {
    let ahead = Ahead::new(plan, catalog);
    let firsts = || best.iter().filter_map(|of| Some(&of.first()?.design));
    let Some(winner) = ahead.cheapest(firsts()) else { return Ranked::default() };
    let own = winner.choice.topology;
    let others = best.iter().enumerate().filter_map(|(at, of)| Some(&of.get(usize::from(at == own as usize))?.design));
    let second = ahead.cheapest(others);
    let doubt = second.and_then(|it| Some((it.clone(), ahead.apart(winner, it)?)));
    Ranked {
        cheapest: Some(own),
        doubt: doubt.filter(|(_, apart)| apart.low < Money::ZERO),
        hours: ahead.hours(winner, firsts(), catalog.currency()),
    }
}
