//! What moves the cost over the horizon between two designs that are too close to call (M-16): what to measure first.

use crate::catalog::Catalog;
use crate::evaluate::{answer_alone, over_of};
use crate::model::Topology;
use crate::model::cost::loss::expected_loss;
use crate::model::demand::demand;
use crate::model::horizon::{Origin, OverHorizon};
use crate::plan::{Input, Plan};
use crate::units::{Money, sorted};
use rust_decimal::Decimal;

/// One input, with what the next design costs over the choice at either end of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The input. One that the plan gives as a point is tried a tenth below and above it.
    pub input: Input,
    /// What the next costs over the choice, over the horizon, with the input at its low end; below 0 where it is the cheaper one.
    pub low: Money,
    /// The same at its high end.
    pub high: Money,
}

impl Moved {
    /// How far apart the ends are.
    #[must_use]
    pub fn width(&self) -> Money {
        if self.low < self.high { self.high - self.low } else { self.low - self.high }
    }
}

/// The input that moves the difference of two designs over the horizon most; `None` where none does, or where a cost is not known.
///
/// Every range of the plan at its ends, and operations, data and the hours of a move a tenth below and above where they are points. They
/// are ranked by `months × difference of a steady month`, expected loss and hours beside it; the first is worked out month by month.
#[must_use]
pub fn moved_most_between(plan: &Plan, catalog: &Catalog, over: &OverHorizon, pair: [Topology; 2]) -> Option<Moved> {
    let inputs = Input::all_with_points(plan);
    let mut ranked: Vec<(f64, Input)> = inputs
        .into_iter()
        .filter_map(|input| {
            let [low, high] =
                [input.low, input.high].map(|end| apart_by_the_month(&at(&input, plan, end), catalog, over, pair));
            let width = libm::fabs(high? - low?);
            (width >= 1.0).then_some((width, input))
        })
        .collect();
    sorted::sort_by(&mut ranked, |(a, one), (b, other)| b.total_cmp(a).then_with(|| one.path.cmp(other.path)));
    ranked.into_iter().find_map(|(_, input)| {
        let [low, high] = [input.low, input.high].map(|end| apart(&at(&input, plan, end), catalog, pair));
        let moved = Moved { low: low?, high: high?, input };
        (moved.width() > Money::ZERO).then_some(moved)
    })
}

fn at(input: &Input, plan: &Plan, value: f64) -> Plan {
    let mut changed = plan.clone();
    input.set(&mut changed, value);
    changed
}

/// What the second design costs over the first, month by month.
fn apart(plan: &Plan, catalog: &Catalog, [choice, next]: [Topology; 2]) -> Option<Money> {
    let cost = |topology: Topology| over_of(topology, plan, catalog).total().complete();
    Some(cost(next)? - cost(choice)?)
}

/// The same from one steady month, with the loss of a year and the hours of a move.
fn apart_by_the_month(
    plan: &Plan,
    catalog: &Catalog,
    over: &OverHorizon,
    [choice, next]: [Topology; 2],
) -> Option<f64> {
    let months = f64::from(over.months);
    let keys = demand(plan).keys;
    let cost = |topology: Topology| {
        let answer = answer_alone(topology, plan, catalog);
        let month = answer.bill.total.complete()?.as_f64_for_charts();
        let loss = expected_loss(plan, catalog, keys, &answer).map_or(0.0, Money::as_f64_for_charts);
        let people = plan.pricing.engineer_hour.filter(|_| over.of(topology).way == Origin::Moves);
        let people = people.map(|hour| hour * Decimal::from(plan.horizon.migration_hours));
        let moves = people.map_or(0.0, Money::as_f64_for_charts);
        Some(months * month + months / 12.0 * loss + moves)
    };
    Some(cost(next)? - cost(choice)?)
}
