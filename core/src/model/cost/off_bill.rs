//! What stands beside the bill and never in it (M-10): the expected cost of downtime, and of reads while a cache is cold.

use super::loss::lost_writes;
use super::people::yours;
use super::states::hours_of;
use super::{LinePrice, Own};
use crate::catalog::Catalog;
use crate::model::availability::Downtime;
use crate::model::demand::Demand;
use crate::model::rpo::Loss;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::stats::bands::{P05, P95};
use crate::stats::spread::Spread;
use crate::units::{Money, Range, Secs};
use rust_decimal::Decimal;
use serde::Serialize;

/// The expectations of one topology.
#[derive(Debug, Clone, PartialEq)]
pub struct OffBill {
    /// Hours without service and their cost; none for a topology that is not possible.
    pub downtime: Option<Yearly>,
    /// Writes, or keys, that are lost, and their cost; none where the plan does not say of a part whether the database holds it.
    pub lost: Option<Yearly>,
    /// Reads that land on the database because the cache is cold; none for a topology that is not possible.
    pub cold_reads: Option<Yearly>,
}

/// What is expected in a year, and P05 and P95 over the plan's ranges.
#[derive(Debug, Clone, PartialEq)]
pub struct Yearly {
    /// How much in a year, in `unit`: P05, expectation, P95.
    pub quantity: Range<Decimal>,
    /// "h", "record", "million reads".
    pub unit: &'static str,
    /// What `quantity.mode` is the product of.
    pub product: Product,
    /// What one unit costs: the plan's own figure, or the reason why it is unknown.
    pub price: LinePrice,
    /// `quantity × price`; `None` where the price is unknown, unless nothing needs one.
    pub cost: Option<Range<Money>>,
}

/// What the expectation of a year is a product of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Product {
    /// Outages a year × the mean length without service.
    Downtime {
        /// Mean of the plan's range.
        outages: f64,
        /// Mean of one.
        each: Secs,
    },
    /// Outages a year × the mean number of records that one loses.
    Lost {
        /// Mean of the plan's range.
        outages: f64,
        /// Mean of one.
        each: f64,
    },
    /// Outages a year × keys × 1 read.
    Reads {
        /// Mean of the plan's range.
        outages: f64,
        /// Keys that a rebuild reads.
        keys: f64,
    },
    /// The data is there: no key is read for a cold cache.
    NoReads,
}

/// Expected cost of a year beside the bill (M-10).
///
/// - Downtime: that of [`crate::explore::downtime()`] × price of an hour; none where `downtime` is `None`.
/// - Lost records: outages a year × mean age of what is lost × writes × price of one, as in [`super::loss::expected_loss`].
/// - Cold reads: `outages a year × keys × price of a million reads` for the rebuild, since every key of
///   [`crate::plan::Data::reloaded`] is read once, by a miss or by the reload; 0 for a pair and a group, whose data is there.
#[must_use]
pub fn off_bill(
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    answer: &TopologyAnswer,
    downtime: Option<Downtime>,
) -> OffBill {
    let rate = plan.outages.per_year;
    let rate = Spread::triangular(rate.low, rate.mode, rate.high);
    let outages = rate.mean();
    let downtime = downtime.map(|found| {
        let product = Product::Downtime { outages, each: found.each };
        let price = yours(plan, catalog, plan.outages.downtime_hour, Own::DowntimeHour);
        yearly(Range::new(found.p05, found.mean, found.p95).map(hours_of), "h", product, price)
    });
    let said = answer.rpo.parts.iter().all(|part| part.loss != Loss::NotSaid);
    let lost = (said && !answer.rpo.parts.is_empty()).then(|| {
        let each = lost_writes(plan, demand.keys, answer);
        let price = yours(plan, catalog, plan.outages.lost_record, Own::LostRecord);
        let times = Range::new(rate.at(P05), outages, rate.at(P95));
        let product = Product::Lost { outages, each };
        yearly(times.map(|times| super::line::decimal(each * times)), "record", product, price)
    });
    let cold_reads = answer.rto.first().map(|_| {
        let (keys, product) = match answer.topology {
            Topology::Rebuild => {
                let keys = demand.reloaded(plan);
                (keys, Product::Reads { outages, keys })
            }
            Topology::Passive | Topology::Active => (0.0, Product::NoReads),
        };
        let price = yours(plan, catalog, plan.outages.million_reads, Own::MillionReads);
        let times = Range::new(rate.at(P05), rate.mean(), rate.at(P95));
        yearly(times.map(|times| super::line::decimal(keys / 1e6 * times)), "million reads", product, price)
    });
    OffBill { downtime, lost, cold_reads }
}

fn yearly(quantity: Range<Decimal>, unit: &'static str, product: Product, price: LinePrice) -> Yearly {
    let quantity = quantity.map(|quantity| quantity.max(Decimal::ZERO).round_dp(6));
    let nothing = quantity.high.is_zero().then_some(Range::exactly(Money::ZERO));
    let cost = price.known().map(|known| quantity.map(|quantity| known.amount * quantity)).or(nothing);
    Yearly { quantity, unit, product, price, cost }
}
