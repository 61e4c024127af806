//! What stands beside the bill and never in it (M-10): the expected cost of downtime, and of reads while a cache is cold.

use super::states::{READS, hours_of, yours};
use crate::catalog::{Catalog, Price};
use crate::model::demand::Demand;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::report::format;
use crate::units::{Money, Range};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Serialize;

/// The two expectations of one topology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    /// Hours without service and their cost; none for a topology that is not possible.
    pub downtime: Option<Yearly>,
    /// Reads that land on the database because the cache is cold; none for a topology that is not possible.
    pub cold_reads: Option<Yearly>,
}

/// An expectation for a year; low, most likely and high follow the plan's outages a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Yearly {
    /// How much in a year, in `unit`.
    pub quantity: Range<Decimal>,
    /// "h", "million reads".
    pub unit: &'static str,
    /// Formula in words with the plan's figures.
    pub formula: String,
    /// What one unit costs: the plan's own figure, or the reason why it is unknown.
    pub price: Price,
    /// `quantity × price`; `None` where the price is unknown, unless nothing needs one.
    pub cost: Option<Range<Money>>,
}

/// Expected cost of a year beside the bill (M-10).
///
/// - Downtime: `outages a year × min(median RTO, most likely length of an outage) × price of an hour`. The RTO is that of
///   the chain which an unplanned loss of the primary region takes. In a group every region's outage stops its own users
///   only; their shares add up to one, so the same product holds.
/// - Cold reads: `outages a year × keys × price of a million reads` for the rebuild, since every missing key is read
///   once, by a miss or by the reload; 0 for a pair and a group, whose data is there.
#[must_use]
pub fn beside(plan: &Plan, catalog: &Catalog, demand: &Demand, answer: &TopologyAnswer) -> Beside {
    let (outages, often) = (&plan.outages, often(plan));
    let downtime = answer.rto.first().map(|chain| {
        let length = chain.p50.min(outages.duration.mode);
        let formula = format!("{often} × {}", format::duration(length));
        let price = yours(plan, catalog, outages.downtime_hour, "an hour without service");
        yearly(plan, hours_of(length), "h", formula, price)
    });
    let cold_reads = answer.rto.first().map(|_| {
        let (keys, formula) = if answer.topology == Topology::Rebuild {
            (demand.keys, format!("{often} × {} keys × 1 read", format::large(demand.keys)))
        } else {
            (0.0, "the data is there: no key is read for a cold cache".to_owned())
        };
        let price = yours(plan, catalog, outages.million_reads, READS);
        yearly(plan, super::line::decimal(keys / 1e6), "million reads", formula, price)
    });
    Beside { downtime, cold_reads }
}

/// "0.25 outages a year".
fn often(plan: &Plan) -> String {
    format!("{} outages a year", format::number(plan.outages.per_year.mode))
}

fn yearly(plan: &Plan, each: Decimal, unit: &'static str, formula: String, price: Price) -> Yearly {
    let times = |rate: f64| Decimal::from_f64(rate.max(0.0)).unwrap_or_default();
    let quantity = plan.outages.per_year.map(|rate| times(rate).saturating_mul(each).round_dp(6));
    let nothing = (quantity.high.is_zero() || each.is_zero()).then_some(Range::exactly(Money::ZERO));
    let cost = price.known().map(|known| quantity.map(|quantity| known.amount * quantity)).or(nothing);
    Yearly { quantity, unit, formula, price, cost }
}
