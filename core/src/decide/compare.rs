//! Three judged topologies become one recommendation.

use super::choose::{Candidate, Costs, at_defaults, choose, contenders, nearest, passes, targets_set};
use super::counter::{self, Known};
use super::{Comparison, Reader, TippingPoint, people, price_doubt, tipping_point, weigh, why};
use crate::catalog::Catalog;
use crate::model::TopologyAnswer;
use crate::model::cost::MissingPrice;
use crate::model::horizon::{OverHorizon, may_wait};
use crate::model::verdict::Objective;
use crate::plan::{Objectives, Plan};
use crate::rules::Finding;

/// Compares three judged topologies (M-12): targets first, then cost over the horizon; the reason and the nearest tipping point with it.
///
/// `over` gives what the designs cost over the horizon; it is asked where two designs are left, and where the comparison is for a
/// `reader`. Without a person the costs over the horizon and the doubts about prices are left out of it; the choice is the same. `holds` tells
/// whether the plan with the targets of a tipping point has its choice.
///
/// `findings` are of all designs, and those that are `unconfirmed`. What has to follow a pair is asked of [`super::successor`].
///
/// The budget is held against the dearest month of a design's own path, which the load may scale.
///
/// The choice is `None` when none meets every target without a block, and when a missing price keeps open which of those that do is
/// the cheapest; then `nearest` names the one that misses least.
#[must_use]
pub fn compare(
    plan: &Plan,
    catalog: &Catalog,
    answers: [&TopologyAnswer; 3],
    (findings, unconfirmed): (&[Finding], &[Finding]),
    over: &dyn Fn() -> OverHorizon,
    reader: Reader,
    holds: &dyn Fn(&TippingPoint) -> bool,
) -> Comparison {
    let in_full = reader == Reader::Person;
    let costs = Costs::new(over);
    let objectives = &plan.objectives_in(catalog.currency());
    let candidates = answers.map(|answer| {
        let waits = || may_wait(answer.topology, plan, catalog);
        judged(Candidate::of(answer, findings, &costs), objectives, reader, waits)
    });
    let choice = choose(objectives, &candidates);
    let nearest = if choice.is_none() { nearest(objectives, &candidates) } else { None };
    let open = if choice.is_none() { contenders(objectives, &candidates) } else { Vec::new() };
    let price_doubts = if in_full { price_doubt::doubts(objectives, &candidates) } else { Vec::new() };
    let fully = choice.filter(|_| in_full);
    let hours = fully.and_then(|choice| {
        let rivals = contenders(objectives, &candidates).into_iter().map(|it| (it.topology(), it.over()));
        people::hours_open((choice.topology(), choice.over()), rivals, catalog.currency())
    });
    let near = nearest.filter(|_| in_full && open.is_empty());
    let reason = match (fully, near) {
        (Some(choice), _) => why::reason(objectives, choice, &candidates, &price_doubts, hours.as_ref()),
        (None, near) => near.map(|near| why::nearest(objectives, near, &candidates)),
    };
    Comparison {
        choice: choice.map(|it| it.topology()),
        nearest: nearest.map(|it| it.topology()),
        outcome: match (choice, nearest) {
            (Some(choice), _) => weigh::chosen(objectives, catalog, choice, &candidates, in_full),
            (None, nearest) => weigh::without_choice(objectives, catalog, nearest, &open, &candidates),
        },
        targets: targets_set(objectives),
        defaults: at_defaults(objectives),
        currency: catalog.currency(),
        deadline: choice.or(nearest).and_then(weigh::deadline),
        tipping_point: tipping_point::tipping_point(objectives, choice, &candidates, holds),
        missing: missing(&open),
        open: open.iter().map(|it| it.topology()).collect(),
        reason,
        counter: fully.or(near).map(|it| {
            let known = Known { plan, catalog, findings, unconfirmed };
            counter::counter(objectives, it, &candidates, &known)
        }),
        successor: None,
        price_doubts,
        hours,
        turns: Vec::new(),
        over: in_full.then(|| costs.get().clone()),
    }
}

/// A design with its later months against the budget; one that nobody reads about is asked for them where that can turn the choice: it misses
/// nothing, or the budget of a month that it may never pay.
fn judged<'a>(
    mut it: Candidate<'a>,
    objectives: &Objectives,
    reader: Reader,
    waits: impl Fn() -> bool,
) -> Candidate<'a> {
    let missed = || it.unmet(objectives).all(|measure| measure.objective == Objective::Cost) && waits();
    let turns = || it.free() && (passes(objectives, &it) || missed());
    if objectives.budget.is_some() && (reader > Reader::Nobody || turns()) {
        it.judge_months();
    }
    it
}

/// What the sums lack of which one is the choice: of the month, else of the months ahead.
fn missing(open: &[&Candidate]) -> Vec<MissingPrice> {
    let month = MissingPrice::of_all(open.iter().filter_map(|it| it.cost));
    if month.is_empty() && !open.is_empty() {
        MissingPrice::of_all(open.iter().map(|it| &it.over().paid))
    } else {
        month
    }
}
