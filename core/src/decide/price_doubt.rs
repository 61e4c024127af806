//! What the bands of estimated prices leave open: whether another design may be the cheaper one, whether the budget holds.
//!
//! Prices of one service in one region are based on one factor, in every candidate alike. So candidates are not compared by their own
//! ends, which may never come together, but by their difference over the factors, which is straight in each of them.

use super::PriceDoubt;
use super::choose::{Candidate, choose, nearest};
use crate::catalog::FactorBand;
use crate::model::cost::{Bill, FactorKey, FactorPart, LookUp};
use crate::model::horizon::HorizonCost;
use crate::model::verdict::Objective;
use crate::plan::Objectives;
use crate::units::Money;
use rust_decimal::Decimal;

/// Every doubt about the choice, and about the nearest where there is none; empty where the answer holds over all bands, and where a
/// price is missing (that is asked for first).
pub(super) fn doubts(objectives: &Objectives, candidates: &[Candidate]) -> Vec<PriceDoubt> {
    let choice = choose(objectives, candidates);
    let budget = choice.or_else(|| nearest(objectives, candidates));
    let budget = budget.and_then(|it| over_budget(objectives, it, candidates));
    let cheaper = choice.and_then(|choice| cheaper(objectives, choice, candidates));
    cheaper.into_iter().chain(budget).collect()
}

/// Among those that miss nothing, or a budget that their dearest month may be inside of, the one that may be cheaper than the choice by the most.
fn cheaper(objectives: &Objectives, choice: &Candidate, candidates: &[Candidate]) -> Option<PriceDoubt> {
    let rivals = candidates.iter().filter(|it| {
        let inside = |most| dearest(it).is_none_or(|month| month.low <= most);
        it.topology() != choice.topology() && costs_alone(objectives, it) && objectives.budget.is_none_or(inside)
    });
    let ranges = rivals.filter_map(|other| {
        let Apart { low, high, look_up, price } =
            apart((choice.over(), &choice.answer.bill), (other.over(), &other.answer.bill))?;
        (low < Money::ZERO).then(|| PriceDoubt::OtherCheaper { other: other.topology(), low, high, look_up, price })
    });
    ranges.min_by_key(|doubt| match doubt {
        PriceDoubt::OtherCheaper { low, .. } | PriceDoubt::Budget { low, .. } => *low,
    })
}

/// What one design costs over another, at the ends of the bands of all estimated prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// Where the factors favour it; below 0 where it may be the cheaper one.
    pub low: Money,
    /// Where they favour the other.
    pub high: Money,
    /// The factor that moves the difference most.
    pub look_up: FactorKey,
    /// The price that tells that factor; `None` where neither a first month nor a dearest one has a line at it.
    pub price: Option<LookUp>,
}

/// What the second design costs over the first, over the horizon (M-12); `None` where a sum lacks a price or a path ends before the
/// horizon does, and where no estimated price moves the difference. The bills name the price to look up.
#[must_use]
pub fn apart(own: (&HorizonCost, &Bill), other: (&HorizonCost, &Bill)) -> Option<Apart> {
    let total = |it: &HorizonCost| it.total().complete().filter(|_| own.0.whole && other.0.whole);
    let range = Spread::over(other.0) - Spread::over(own.0);
    let difference = total(other.0)?.as_decimal() - total(own.0)?.as_decimal();
    let (low, high) = range.around(difference);
    let look_up = range.first()?;
    let later = || [other.0, own.0].into_iter().find_map(|it| in_dearest(it, &look_up));
    let price = [other.1, own.1].into_iter().find_map(|it| price_of(it, &look_up)).or_else(later);
    Some(Apart { low: Money::new(low), high: Money::new(high), look_up, price })
}

/// The dearest of a design's own months at the ends of the bands (M-12), the factor that moves it most, and whether it is a later one than the
/// first.
struct Dearest {
    low: Money,
    high: Money,
    look_up: Option<FactorKey>,
    later: bool,
}

/// `None` where a price of the first month is missing.
fn dearest(candidate: &Candidate) -> Option<Dearest> {
    let (first, over) = (candidate.complete()?, candidate.over());
    let own = &over.own;
    let later = over.waits.is_some() || own.dearest() > first;
    let spread = if later { Spread::parts(&own.dearest_by_factor) } else { Spread::of(&candidate.answer.bill) };
    let (low, high) = spread.around(if later { own.dearest() } else { first }.as_decimal());
    Some(Dearest { low: Money::new(low), high: Money::new(high), look_up: spread.first(), later })
}

/// The budget lies inside the band of the dearest month of a design that misses nothing else.
fn over_budget(objectives: &Objectives, candidate: &Candidate, candidates: &[Candidate]) -> Option<PriceDoubt> {
    let budget = objectives.budget.filter(|_| costs_alone(objectives, candidate))?;
    let Dearest { low, high, look_up, later } = dearest(candidate)?;
    let look_up = look_up?;
    // A later month has its own size. Of a pair it may be the group's that follows.
    let own = if later { in_dearest(candidate.over(), &look_up) } else { None };
    let mut bills = std::iter::once(candidate).chain(candidates).map(|it| &it.answer.bill);
    let price = own.or_else(|| bills.find_map(|bill| price_of(bill, &look_up)));
    (low <= budget && budget < high).then(|| PriceDoubt::Budget { of: candidate.topology(), low, high, look_up, price })
}

/// Nothing stands against it but the budget, if anything.
fn costs_alone(objectives: &Objectives, candidate: &Candidate) -> bool {
    candidate.free() && candidate.unmet(objectives).all(|it| it.objective == Objective::Cost)
}

/// The price of a node of the dearest month at a factor.
fn in_dearest(cost: &HorizonCost, key: &FactorKey) -> Option<LookUp> {
    cost.own.node_at(key).cloned().map(LookUp::Node)
}

/// The price of the largest amount of a bill at a factor.
fn price_of(bill: &Bill, key: &FactorKey) -> Option<LookUp> {
    let lines = bill.lines.iter().filter(|line| line.factor().is_some_and(|(of, _)| of == *key));
    let priced = lines.filter_map(|line| Some((line.amount, line.look_up()?)));
    priced.max_by_key(|(amount, _)| *amount).map(|(_, price)| price)
}

/// What is in proportion to each estimated factor.
struct Spread(Vec<(FactorKey, FactorBand, Decimal)>);

impl Spread {
    fn of(bill: &Bill) -> Self {
        Self(bill.by_factor().into_iter().map(|part| (part.key, part.band, part.amount.as_decimal())).collect())
    }

    /// Of the months of the horizon.
    fn over(cost: &HorizonCost) -> Self {
        Self::parts(&cost.by_factor)
    }

    fn parts(parts: &[FactorPart]) -> Self {
        Self(parts.iter().map(|part| (part.key.clone(), part.band, part.amount.as_decimal())).collect())
    }

    /// Lowest and highest amount over every factor at its ends: each moves `amount × (end − factor) ÷ factor`.
    fn around(&self, amount: Decimal) -> (Decimal, Decimal) {
        self.0.iter().fold((amount, amount), |(low, high), (_, band, part)| {
            let (a, b) = moved(band, *part);
            (low.saturating_add(a.min(b)), high.saturating_add(a.max(b)))
        })
    }

    /// The factor that moves the most: its price is looked up first.
    fn first(&self) -> Option<FactorKey> {
        let width = |band: &FactorBand, part: Decimal| {
            let (a, b) = moved(band, part);
            a.saturating_sub(b).abs()
        };
        let widest = self.0.iter().max_by_key(|(_, band, part)| width(band, *part))?;
        (!width(&widest.1, widest.2).is_zero()).then(|| widest.0.clone())
    }
}

fn moved(band: &FactorBand, part: Decimal) -> (Decimal, Decimal) {
    let at = |end: Decimal| part.saturating_mul(end - band.factor).checked_div(band.factor).unwrap_or_default();
    (at(band.low), at(band.high))
}

impl std::ops::Sub for Spread {
    type Output = Self;

    fn sub(mut self, other: Self) -> Self {
        for (key, band, part) in other.0 {
            match self.0.iter_mut().find(|(own, ..)| *own == key) {
                Some((_, _, own)) => *own = own.saturating_sub(part),
                None => self.0.push((key, band, -part)),
            }
        }
        self
    }
}
