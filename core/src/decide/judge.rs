//! Each objective of one topology: its figure, and whether a target is met.

use crate::model::TopologyAnswer;
use crate::model::rpo::RpoBasis;
use crate::model::runway::Runway;
use crate::model::verdict::{Figure, Objective, Verdict};
use crate::plan::{Objectives, Plan};
use crate::rules::act_by::{act_by_sentence, full};
use crate::units::Secs;
use crate::units::format;

/// A figure before it is held against a target.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) objective: Objective,
    /// The figure; of an open cost the part that is known.
    pub(super) figure: Figure,
    /// Something that it needs is not known: a node's price, a round trip.
    pub(super) open: bool,
    pub(super) caveat: String,
}

impl Measure {
    fn of(objective: Objective, figure: Figure, caveat: impl Into<String>) -> Self {
        Self { objective, figure, open: false, caveat: caveat.into() }
    }

    fn open(objective: Objective, figure: Figure, caveat: impl Into<String>) -> Self {
        Self { objective, figure, open: true, caveat: caveat.into() }
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

    fn verdict(self, target: Option<Figure>) -> Verdict {
        let met = self.met(target);
        Verdict { objective: self.objective, figure: self.figure, target, met, caveat: self.caveat }
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
                let own = plan.pricing.currency;
                let why = format!("The budget is in {own} and the prices are in {currency}: enter it in {currency}.");
                let caveat = std::mem::replace(&mut measure.caveat, why);
                if !caveat.is_empty() {
                    measure.caveat.push(' ');
                    measure.caveat.push_str(&caveat);
                }
            }
            let target = target(&objectives, measure.objective);
            measure.verdict(target)
        })
        .collect()
}

/// The five figures of one topology, in the order of [`Objective::ALL`].
pub(super) fn measures(answer: &TopologyAnswer) -> [Measure; 5] {
    if !answer.design.possible {
        let why = answer.design.misfits.first().map_or("Not possible for this plan.", String::as_str);
        return Objective::ALL.map(|objective| Measure::of(objective, Figure::None, why));
    }
    [cost(answer), rpo(answer), rto(answer), runway(answer), latency(answer)]
}

fn time(objective: Objective, time: Secs, caveat: &str, never: &str) -> Measure {
    if time.is_finite() {
        Measure::of(objective, Figure::Time(time), caveat)
    } else {
        Measure::of(objective, Figure::None, never)
    }
}

/// Hours of people without a rate, by what they are for: "drills"; empty when there are none.
pub(super) fn left_out(answer: &TopologyAnswer) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for line in answer.bill.lines.iter().filter(|line| line.amount.is_none() && line.kind.is_staff()) {
        if !kinds.contains(&line.kind.as_str()) {
            kinds.push(line.kind.as_str());
        }
    }
    format::listed(&kinds)
}

fn cost(answer: &TopologyAnswer) -> Measure {
    let total = &answer.bill.total;
    let Some(amount) = total.complete() else {
        let least = format!("{}.", total.words(answer.bill.currency));
        return Measure::open(Objective::Cost, Figure::AtLeast(total.at_least()), least);
    };
    let without = left_out(answer);
    let caveat = if without.is_empty() { without } else { format!("Without {without}: no price.") };
    Measure::of(Objective::Cost, Figure::Money(amount), caveat)
}

fn rpo(answer: &TopologyAnswer) -> Measure {
    let caveat = match answer.rpo.basis {
        RpoBasis::SourceOfTruth => "The database holds everything: nothing is lost, the cache starts cold.",
        RpoBasis::Expendable => "All data are expendable: no target is held against them.",
        RpoBasis::LastExport => "What the database does not hold is lost back to the last export.",
        RpoBasis::HeldOnlyHere => {
            let lost = "A part of the data is held only here and never exported: it is lost entirely.";
            return Measure::of(Objective::Rpo, Figure::None, lost);
        }
        RpoBasis::NotSaid => {
            let ask = "The plan does not say which data the database holds: name the parts of the data.";
            return Measure::open(Objective::Rpo, Figure::None, ask);
        }
        RpoBasis::Replication => "The service promises no recovery point (S1).",
        RpoBasis::NotApplicable => return Measure::of(Objective::Rpo, Figure::None, "Not possible for this plan."),
    };
    match answer.rpo.p95 {
        Some(p95) => time(Objective::Rpo, p95, caveat, ""),
        None if answer.sync.never_complete(answer.topology) => Measure::of(Objective::Rpo, Figure::None, NO_COPY),
        None => Measure::of(Objective::Rpo, Figure::None, "The backlog never drains."),
    }
}

/// Why a pair that cannot sync has neither a recovery point nor a way back.
const NO_COPY: &str =
    "No copy is ever complete: the full sync does not end, and the secondary holds nothing to go on with.";

/// Why a pair in one region has no way back.
const ONE_REGION: &str = "Both caches stand in one region: its loss takes both, and users wait for the region.";

fn rto(answer: &TopologyAnswer) -> Measure {
    let Some(chain) = answer.rto.first() else {
        let looping = answer.sync.never_complete(answer.topology);
        let why = match (answer.design.in_one_region(), looping) {
            (true, _) => ONE_REGION,
            (_, true) => NO_COPY,
            _ => "There is no way back for this plan.",
        };
        return Measure::of(Objective::Rto, Figure::None, why);
    };
    time(Objective::Rto, chain.p95, "", "The way back does not end.")
}

fn runway(answer: &TopologyAnswer) -> Measure {
    let filling = match &answer.runway {
        Runway::ColdStart => {
            return Measure::of(Objective::Runway, Figure::None, "No replica: users wait until the reload is done.");
        }
        Runway::NotApplicable => return Measure::of(Objective::Runway, Figure::None, "Not possible for this plan."),
        Runway::NotAtRisk => {
            let exposed = "Nothing fills up, but the pair has no replica until it is linked again.";
            return Measure::of(Objective::Runway, Figure::Unlimited, exposed);
        }
        Runway::Fills(filling) => filling,
    };
    let caveat = format!("Memory is {}. {}", full(filling), act_by_sentence(&filling.deadline));
    match filling.full_p05 {
        Some(safe) => time(Objective::Runway, safe, &caveat, "Never full."),
        None => Measure::of(Objective::Runway, Figure::Unlimited, caveat),
    }
}

fn latency(answer: &TopologyAnswer) -> Measure {
    let Some((_, worst)) = &answer.latency.worst_write else {
        return Measure::open(Objective::Latency, Figure::None, "No round trip is known for a region: enter one.");
    };
    time(Objective::Latency, *worst, "", "Nothing takes the writes of a region.")
}
