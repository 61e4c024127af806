//! Each objective of one topology: its figure, and whether a target is met.

use crate::model::cost::LineKind;
use crate::model::horizon::HorizonCost;
use crate::model::rpo::RpoBasis;
use crate::model::runway::Runway;
use crate::model::verdict::{Caveat, Figure, Objective, Verdict};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Objectives, Plan};
use crate::units::{Currency, Secs};

/// A figure before it is held against a target.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) objective: Objective,
    /// The figure; of an open cost the part that is known.
    pub(super) figure: Figure,
    /// Something that it needs is not known: a node's price, a round trip.
    pub(super) open: bool,
    pub(super) caveats: Vec<Caveat>,
}

impl Measure {
    fn of(objective: Objective, figure: Figure, caveats: impl IntoIterator<Item = Caveat>) -> Self {
        Self { objective, figure, open: false, caveats: caveats.into_iter().collect() }
    }

    fn open(objective: Objective, figure: Figure, caveat: Caveat) -> Self {
        Self { objective, figure, open: true, caveats: vec![caveat] }
    }

    /// Met or missed; `None` without a target, or when it cannot be known.
    pub(super) fn met(&self, target: Option<Figure>) -> Option<bool> {
        let met = match (self.figure, target?) {
            (Figure::Money(amount) | Figure::AtLeast(amount), Figure::Money(most)) => amount <= most,
            (Figure::Time(time), Figure::Time(least)) if self.objective == Objective::Runway => time >= least,
            (Figure::Time(time), Figure::Time(most)) => time <= most,
            (Figure::Unlimited, _) => true,
            _ => return (!self.open).then_some(false),
        };
        if self.open && met { None } else { Some(met) }
    }

    /// The figure; of a sum that lacks a price what is known of it.
    pub(super) const fn known(&self) -> Figure {
        match self.figure {
            Figure::AtLeast(amount) => Figure::Money(amount),
            other => other,
        }
    }

    fn verdict(self, target: Option<Figure>, shown: bool) -> Verdict {
        let met = self.met(target);
        Verdict { objective: self.objective, figure: self.figure, target, met, shown, caveats: self.caveats }
    }
}

/// The one rule on what can be shown: a lag is modelled, and a target finer than what metrics show of it is met in the model alone. Every
/// other figure stands for itself, and so does any without a target.
pub(super) fn can_be_shown(objective: Objective, target: Option<Figure>, answer: &TopologyAnswer) -> bool {
    match target {
        Some(Figure::Time(target)) if objective == Objective::Rpo => answer.rpo.shown().reaches(target),
        _ => true,
    }
}

/// The target of an objective, as the plan sets it.
pub(super) fn target(objectives: &Objectives, objective: Objective) -> Option<Figure> {
    match objective {
        Objective::Cost => objectives.budget.map(Figure::Money),
        Objective::Rpo => objectives.rpo.map(Figure::Time),
        Objective::Rto => objectives.rto.map(Figure::Time),
        Objective::Runway => objectives.runway.map(Figure::Time),
        Objective::Latency => objectives.write_latency.map(Figure::Time),
    }
}

/// Judges one topology against the plan's objectives, in the order of [`Objective::ALL`] (M-12).
///
/// Cost is the bill's total; with a node of unknown price it is judged only when the known part alone is over the budget.
/// A target that the model meets and nothing shows is marked so ([`Verdict::shown`]).
/// RPO and RTO are the 95 % quantiles, RTO of the path that an unplanned outage takes. Runway is the time to 100 % of memory
/// that 95 of 100 cases exceed. Latency is P95 of the worst region's write requests. A topology that is not possible has no figure and meets nothing.
#[must_use]
pub fn verdicts(plan: &Plan, answer: &TopologyAnswer) -> Vec<Verdict> {
    let currency = answer.bill.currency;
    let objectives = plan.objectives_in(currency);
    let foreign = plan.objectives.budget.is_some() && objectives.budget.is_none();
    measures(answer)
        .into_iter()
        .map(|mut measure| {
            if foreign && measure.objective == Objective::Cost {
                let other = Caveat::OtherCurrency { budget: plan.pricing.currency, prices: currency };
                measure.caveats.insert(0, other);
            }
            let target = target(&objectives, measure.objective);
            let shown = can_be_shown(measure.objective, target, answer);
            measure.verdict(target, shown)
        })
        .collect()
}

/// What the months of a design say of its budget: one that the first month meets, or leaves open for want of a price, is missed where any of its own
/// months is over it. Of one that waits for the end of the old service the months that are paid decide alone: no first month is.
pub fn judge_months(verdicts: &mut [Verdict], over: &HorizonCost, currency: Currency) {
    let Some(cost) = verdicts.iter_mut().find(|it| it.objective == Objective::Cost) else { return };
    let Some(Figure::Money(budget)) = cost.target else { return };
    let (own, waits) = (&over.own, over.waits.as_ref());
    let is_complete = matches!(cost.figure, Figure::Money(_)) && waits.is_none_or(|it| it.before.is_complete());
    if waits.is_none() && cost.met == Some(false) {
        return;
    }
    if let Some(waits) = waits {
        let dearest = own.dearest();
        cost.figure = if is_complete { Figure::Money(dearest) } else { Figure::AtLeast(dearest) };
        for caveat in &mut cost.caveats {
            if let Caveat::Incomplete(total, _) = caveat {
                total.clone_from(&waits.before);
            }
        }
    }
    let count = own.over(budget);
    if count == 0 {
        cost.met = is_complete.then_some(true);
        return;
    }
    let moved = waits.map(|it| (it.month, it.to.clone()));
    let changes = moved.iter().chain(&own.next).chain(&own.follows);
    let mut changes = changes.filter_map(|(month, to)| Some((*month, to.clone(), own.bill(*month)?)));
    let dearer = changes.clone().find(|(.., bill)| *bill > budget);
    // What runs may pass it from the first month on.
    let inside = waits.is_none() || own.bill(1).is_some_and(|first| first <= budget);
    let next = dearer.or_else(|| changes.next().filter(|_| waits.is_none())).filter(|_| inside);
    cost.met = Some(false);
    let later = Caveat::OverLater { over: count, of: own.bills.len(), dearest: own.dearest(), next, currency };
    cost.caveats.insert(0, later);
}

/// The five figures of one topology, in the order of [`Objective::ALL`].
pub(super) fn measures(answer: &TopologyAnswer) -> [Measure; 5] {
    if !answer.design.possible {
        let why = answer.design.misfits.first().cloned().map_or(Caveat::NotPossible, Caveat::Misfit);
        return Objective::ALL.map(|objective| Measure::of(objective, Figure::None, [why.clone()]));
    }
    [cost(answer), rpo(answer), rto(answer), runway(answer), latency(answer)]
}

fn time(objective: Objective, time: Secs, caveat: Option<Caveat>, never: Option<Caveat>) -> Measure {
    if time.is_finite() {
        Measure::of(objective, Figure::Time(time), caveat)
    } else {
        Measure::of(objective, Figure::None, never)
    }
}

/// Hours of people without a rate, by what they are for, each kind once.
pub(super) fn left_out(answer: &TopologyAnswer) -> Vec<LineKind> {
    let mut kinds: Vec<LineKind> = Vec::new();
    for line in answer.bill.lines.iter().filter(|line| line.amount.is_none() && line.kind.is_staff()) {
        if !kinds.contains(&line.kind) {
            kinds.push(line.kind);
        }
    }
    kinds
}

fn cost(answer: &TopologyAnswer) -> Measure {
    let total = &answer.bill.total;
    let Some(amount) = total.complete() else {
        let least = Figure::AtLeast(total.at_least());
        return Measure::open(Objective::Cost, least, Caveat::Incomplete(total.clone(), answer.bill.currency));
    };
    let without = left_out(answer);
    let caveat = (!without.is_empty()).then_some(Caveat::WithoutHours(without));
    Measure::of(Objective::Cost, Figure::Money(amount), caveat)
}

fn rpo(answer: &TopologyAnswer) -> Measure {
    let caveat = match answer.rpo.basis {
        RpoBasis::SourceOfTruth => Caveat::SourceOfTruth,
        RpoBasis::Expendable => Caveat::Expendable,
        RpoBasis::LastExport => Caveat::LastExport,
        RpoBasis::HeldOnlyHere => return Measure::of(Objective::Rpo, Figure::None, [Caveat::NeverExported]),
        RpoBasis::NotSaid => return Measure::open(Objective::Rpo, Figure::None, Caveat::DataNotSaid),
        RpoBasis::Replication => match (&answer.rpo.measured, answer.rpo.provable) {
            (Some(it), _) => it.writes.map_or(Caveat::Measured, Caveat::MeasuredAtFewer),
            (None, Some(_)) => Caveat::NoPromise,
            (None, None) => Caveat::NoMetric,
        },
        RpoBasis::NotApplicable => return Measure::of(Objective::Rpo, Figure::None, [Caveat::NotPossible]),
    };
    match answer.rpo.judged() {
        Some(p95) => time(Objective::Rpo, p95, Some(caveat), None),
        None if answer.sync.never_complete(answer.topology) => {
            Measure::of(Objective::Rpo, Figure::None, [Caveat::NoCopy])
        }
        None => Measure::of(Objective::Rpo, Figure::None, [Caveat::NeverDrains]),
    }
}

fn rto(answer: &TopologyAnswer) -> Measure {
    let Some(chain) = answer.rto.first() else {
        let looping = answer.sync.never_complete(answer.topology);
        let why = match (answer.topology, answer.design.in_one_region(), looping) {
            (Topology::Rebuild, ..) => Caveat::NoSecondRegion,
            (_, true, _) => Caveat::OneRegion,
            (_, _, true) => Caveat::NoCopy,
            _ => Caveat::NoPath,
        };
        return Measure::of(Objective::Rto, Figure::None, [why]);
    };
    time(Objective::Rto, chain.p95, None, Some(Caveat::EndlessPath))
}

fn runway(answer: &TopologyAnswer) -> Measure {
    let filling = match &answer.runway {
        Runway::ColdStart => return Measure::of(Objective::Runway, Figure::None, [Caveat::NoReplica]),
        Runway::NotApplicable => return Measure::of(Objective::Runway, Figure::None, [Caveat::NotPossible]),
        Runway::NotAtRisk => return Measure::of(Objective::Runway, Figure::Unlimited, [Caveat::NoSecondCopy]),
        Runway::Fills(filling) => filling,
    };
    let caveat = Some(Caveat::Fills(Box::new(filling.clone())));
    match filling.full_p05 {
        Some(safe) => time(Objective::Runway, safe, caveat, Some(Caveat::NeverFull)),
        None => Measure::of(Objective::Runway, Figure::Unlimited, caveat),
    }
}

fn latency(answer: &TopologyAnswer) -> Measure {
    let Some((_, worst)) = &answer.latency.worst_write else {
        return Measure::open(Objective::Latency, Figure::None, Caveat::NoRoundTrip);
    };
    time(Objective::Latency, *worst, None, Some(Caveat::NoWriter))
}
