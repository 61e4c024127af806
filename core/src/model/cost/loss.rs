//! Expected loss of a year for the choice (M-10): hours without service and writes that are lost, where the plan prices them.

use super::Own;
use super::people::yours;
use super::states::hours_of;
use crate::catalog::Catalog;
use crate::model::TopologyAnswer;
use crate::model::rpo::Loss;
use crate::plan::Plan;
use crate::stats::spread::Spread;
use crate::units::{Money, Secs, UnitPrice};

/// A distribution by its P05, median and P95 (Pearson and Tukey's three points): 0.185, 0.63, 0.185.
const POINTS: [(f64, f64); 3] = [(0.05, 0.185), (0.5, 0.63), (0.95, 0.185)];

/// What outages of regions are expected to cost in a year, in the catalogue's currency: `None` where the plan prices neither an hour
/// without service nor a lost write in that currency.
///
/// - downtime: outages a year × ((1 − c)·E[min(length, RTO)] + c·E[length]) × price of an hour, the mean of the shorter over three
///   points of each (`explore::downtime` samples the same mean for what stands beside the bill);
/// - lost writes: outages a year × mean age of what is lost × writes × price of a write, by the parts of the data; of a part that is held
///   only here and never exported every key. What the plan does not say of a part is not counted.
#[must_use]
pub fn expected_loss(plan: &Plan, catalog: &Catalog, keys: f64, answer: &TopologyAnswer) -> Option<Money> {
    let price = |amount: Option<UnitPrice>, what| yours(plan, catalog, amount, what).known().map(|known| known.amount);
    let hour = price(plan.outages.downtime_hour, Own::DowntimeHour);
    let write = price(plan.outages.lost_record, Own::LostRecord);
    if hour.is_none() && write.is_none() || !answer.design.possible {
        return None;
    }
    let rate = plan.outages.per_year;
    let often = Spread::triangular(rate.low, rate.mode, rate.high).mean();
    let down = hour.map(|price| price * hours_of(Secs::secs(often * each(plan, answer))));
    let lost = write.map(|price| price * super::line::decimal(often * lost_writes(plan, keys, answer)));
    Some(down.unwrap_or(Money::ZERO) + lost.unwrap_or(Money::ZERO))
}

/// Mean seconds without service of one outage.
fn each(plan: &Plan, answer: &TopologyAnswer) -> f64 {
    let lasts = Spread::from(plan.outages.duration);
    let chain = answer.rto.iter().find(|chain| chain.unplanned && plan.elsewhere().is_some());
    let Some(chain) = chain else { return lasts.mean() };
    // A sum of steps is skewed like a lognormal: its P05 is as far below the median as its P95 is above it, in factors.
    let early = if chain.p95 > Secs::ZERO { chain.p50 * (chain.p50 / chain.p95) } else { Secs::ZERO };
    let back = [early, chain.p50, chain.p95];
    let shorter: f64 = POINTS
        .iter()
        .flat_map(|(at, share)| {
            let length = lasts.at(*at);
            back.iter().zip(POINTS).map(move |(back, (_, of))| share * of * back.as_secs().min(length))
        })
        .sum();
    let shared = plan.outages.common_cause.as_fraction().clamp(0.0, 1.0);
    shorter * (1.0 - shared) + lasts.mean() * shared
}

/// Mean number of writes, or keys, that one outage loses, of the parts that the plan says something of.
pub(super) fn lost_writes(plan: &Plan, keys: f64, answer: &TopologyAnswer) -> f64 {
    let rate = plan.workload.writes.as_per_s();
    let lag = answer.rpo.mean.map_or(0.0, Secs::as_secs);
    let of = |part: &crate::model::rpo::PartLoss| match part.loss {
        Loss::Nothing | Loss::NotSaid | Loss::NotJudged => 0.0,
        Loss::Lag => lag * rate * part.writes.as_fraction(),
        Loss::SinceExport { interval, .. } => interval.as_secs() / 2.0 * rate * part.writes.as_fraction(),
        Loss::Everything => keys * part.share.as_fraction(),
    };
    answer.rpo.parts.iter().map(of).sum()
}
