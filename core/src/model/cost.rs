//! The bill of a steady month (M-10): lines of quantity × unit price, all decimal.

use super::Topology;
use super::demand::Demand;
use super::fit::Design;
use super::sync::FullSync;
use crate::catalog::{Catalog, Price, PriceWord, RegionId};
use crate::plan::Plan;
use crate::units::{Bytes, Usd, UsdPerUnit};
use rust_decimal::Decimal;
use serde::Serialize;

/// A month's bill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bill {
    /// The lines, in the order in which they are printed.
    pub lines: Vec<BillLine>,
    /// Sum of the known lines at effective prices.
    pub total: Usd,
    /// Sum of the known lines at list prices.
    pub list_total: Usd,
    /// Lines without a price; the total does not hold them.
    pub unknown_lines: u32,
    /// Inter-region volume of a month, billed or not.
    pub egress_volume: Bytes,
    /// How much of the total stands on each price word, in the order of [`PriceWord`], zero amounts left out.
    pub by_word: Vec<(PriceWord, Usd)>,
}

/// One line: quantity × unit price = amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillLine {
    /// What kind of cost.
    pub kind: LineKind,
    /// "P4 nodes, North Europe".
    pub label: String,
    /// The meter's name on the vendor's price list.
    pub meter: String,
    /// Where it is billed; none for people.
    pub region: Option<RegionId>,
    /// How many units in the month.
    pub quantity: Decimal,
    /// The unit: "node-hour", "GB", "hour".
    pub unit: &'static str,
    /// Formula in words with this plan's figures: "2 nodes × 730 h".
    pub formula: String,
    /// The list price of one unit.
    pub price: Price,
    /// What is paid for one unit after discount or reservation; `None` with an unknown price.
    pub effective: Option<UsdPerUnit>,
    /// `quantity × list price`; `None` with an unknown price.
    pub list_cost: Option<Usd>,
    /// `quantity × effective price`; `None` with an unknown price.
    pub amount: Option<Usd>,
    /// A remark: why an amount is 0, which source says otherwise. May be empty.
    pub note: String,
}

/// Kinds of cost, in the order of the bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// Nodes by the hour or reserved.
    Nodes,
    /// Inter-region traffic of the replication stream.
    Egress,
    /// Traffic of full syncs.
    FullSyncs,
    /// Private endpoints by the hour.
    EndpointHours,
    /// Traffic through private endpoints.
    EndpointData,
    /// Alert rules.
    Alerts,
    /// Log ingestion.
    Logs,
    /// Drills.
    Drills,
}

/// The bill of one topology.
#[must_use]
pub fn bill(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    design: &Design,
    sync: &FullSync,
) -> Bill {
    let _ = (topology, plan, catalog, demand, design, sync);
    todo!("cost")
}
