//! The bill of a steady month (M-10): lines of quantity × unit price, all decimal.
//!
//! A model's rate becomes a decimal quantity once, in [`line::decimal`]; from there on nothing is rounded before it is
//! shown. What has no price is a line without an amount, never a 0.

mod clients;
mod discount;
mod endpoints;
mod exports;
mod factors;
mod item;
mod line;
pub mod loss;
mod month;
mod no_price;
mod nodes;
pub mod off_bill;
mod once;
mod people;
mod reservation;
pub mod states;
mod terms;
mod total;
mod traffic;
mod traffic_switch;
mod watch;

pub(crate) use discount::not_applied;
pub use factors::{FactorKey, FactorPart, LookUp};
pub(super) use factors::{by_factor, merged};
pub use item::{Extra, Formula, Label, Nodes, Note, Part, Route, TermEnd, Traffic};
pub use month::Flows;
pub(super) use month::{Months, Sums};
pub use no_price::{LinePrice, NoPrice, Own};
pub use once::{Refill, copies_once, migration_once, refill_once, resize_once, running};
pub use reservation::Commitment;
pub use terms::terms;
pub(super) use total::without_amount;
pub use total::{MissingPrice, PricedNode, Total, unpriced};

use super::{Case, Topology};
use crate::catalog::{KnownPrice, PriceConfidence, RegionId};
use crate::plan::{Network, ReservationTerm};
use crate::units::{Bytes, Currency, HOURS_PER_MONTH, Money, Ratio, UnitPrice, sorted};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::ops::Deref;

/// A month's bill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bill {
    /// The one currency of every amount: the catalogue's.
    pub currency: Currency,
    /// The lines, in the order in which they are printed.
    pub lines: Vec<BillLine>,
    /// Sum of the lines at effective prices; a lower bound where a price is missing.
    pub total: Total,
    /// Sum of the lines at list prices, likewise.
    pub list_total: Total,
    /// Lines without an amount, hours of people among them; the total does not hold them.
    pub unknown_lines: u32,
    /// Inter-region volume of the replication stream in a month after compression, billed or not.
    pub egress_volume: Bytes,
    /// Inter-region volume of full syncs in a month, billed or not: times a year ÷ 12 × bytes copied.
    pub sync_volume: Bytes,
    /// How much of the total is of each price confidence, in the order of [`PriceConfidence`], zero amounts left out.
    pub by_confidence: Vec<(PriceConfidence, Money)>,
}

/// One line: quantity × unit price = amount; `words::bill` says it.
#[derive(Debug, Clone, PartialEq)]
pub struct BillLine {
    /// What kind of cost.
    pub kind: LineKind,
    /// What it is for.
    pub label: Label,
    /// The catalogue's name of the meter, of traffic between regions; `None` where the label has a meter of its own.
    pub meter: Option<&'static str>,
    /// Where it is billed; none for people.
    pub region: Option<RegionId>,
    /// How many units in the month.
    pub quantity: Decimal,
    /// The unit: "node-hour", "GB", "hour".
    pub unit: &'static str,
    /// How the quantity comes about, with this plan's figures.
    pub formula: Formula,
    /// The list price of one unit; what a reserved line is paid by has its own origin ([`BillLine::paid`]).
    pub price: LinePrice,
    /// What is paid for one unit after discount or reservation; `None` with an unknown price.
    pub effective: Option<UnitPrice>,
    /// The list price of one unit less the negotiated discount, before any reservation; `None` with an unknown price.
    pub contracted: Option<UnitPrice>,
    /// The reservation that covers the line; `None` when it is paid as it is used.
    pub term: Option<ReservationTerm>,
    /// `quantity × list price`; `None` with an unknown price.
    pub list_cost: Option<Money>,
    /// `quantity × effective price`; `None` with an unknown price.
    pub amount: Option<Money>,
    /// Remarks: why an amount is 0, which source says otherwise.
    pub notes: Vec<Note>,
    /// The reservation that the line is paid by: what was prepaid, when it ends, what a unit costs then.
    pub reservation: Option<Commitment>,
    /// Place in the design of the cache whose nodes the line is for; `None` for every other kind of line.
    pub cache: Option<usize>,
    /// The node that the line's price is for; `None` for every line that is not of nodes.
    pub node: Option<PricedNode>,
}

impl Bill {
    /// What the lines of one kind add up to.
    #[must_use]
    pub fn total_of(&self, kind: LineKind) -> Total {
        Total::of(self.lines.iter().filter(|line| line.kind == kind), |line| line.amount)
    }
}

impl BillLine {
    /// The price that the amount is based on, with its confidence, date and source: the term's total of a reserved line, else the list
    /// price; `None` without a price.
    #[must_use]
    pub fn paid(&self) -> Option<&KnownPrice> {
        self.reservation.as_ref().map_or_else(|| self.price.known(), |reserved| Some(&reserved.total))
    }

    /// How sure the amount is: the confidence of [`BillLine::paid`]; [`PriceConfidence::Unknown`] without a price.
    #[must_use]
    pub fn confidence(&self) -> PriceConfidence {
        self.paid().map_or(PriceConfidence::Unknown, |price| price.confidence)
    }
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
    /// Traffic of clients whose cache is in another region.
    ClientTraffic,
    /// Private endpoints by the hour.
    EndpointHours,
    /// Traffic through private endpoints.
    EndpointData,
    /// Peering of virtual networks, for clients of another region.
    Peering,
    /// Private DNS zones.
    DnsZones,
    /// The service that redirects clients.
    TrafficSwitch,
    /// Alert rules.
    Alerts,
    /// Log ingestion.
    Logs,
    /// Exports that are kept.
    Exports,
    /// Traffic of exports to another region.
    ExportCopies,
    /// People in drills.
    Drills,
    /// People who move a pair to a group; stands among the costs of a step, never in the bill of a month.
    Migration,
    /// Extra caches in drills.
    DrillCaches,
    /// Engineers who run the design.
    Run,
}

impl LineKind {
    /// The kind in a sentence: "egress", "drills".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Egress => "egress",
            Self::FullSyncs => "full syncs",
            Self::ClientTraffic => "client traffic",
            Self::EndpointHours => "endpoint hours",
            Self::EndpointData => "endpoint traffic",
            Self::Peering => "peering",
            Self::DnsZones => "DNS zones",
            Self::TrafficSwitch => "traffic switch",
            Self::Alerts => "alerts",
            Self::Logs => "logs",
            Self::Exports => "exports",
            Self::ExportCopies => "copies of exports",
            Self::Drills => "drills",
            Self::Migration => "migration",
            Self::DrillCaches => "drill caches",
            Self::Run => "run cost",
        }
    }

    /// True for what the cloud bills by a meter of its price list; people are on no list.
    #[must_use]
    pub const fn is_on_price_list(self) -> bool {
        !matches!(self, Self::Drills | Self::Migration | Self::Run)
    }
}

/// The time or the event that lines are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// A month of 730 h.
    Month,
    /// An hour.
    Hour,
    /// One time that it happens.
    Event,
}

impl Per {
    /// "a month", "an hour", "each time".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "a month",
            Self::Hour => "an hour",
            Self::Event => "each time",
        }
    }

    /// Hours of a stream that it holds.
    const fn hours(self) -> u32 {
        match self {
            Self::Month => HOURS_PER_MONTH,
            Self::Hour | Self::Event => 1,
        }
    }
}

/// What every kind of line looks at.
#[derive(Clone, Copy)]
struct Scope<'a> {
    per: Per,
    case: &'a Case<'a>,
    /// Charges between regions that were asked for before, where many months share them.
    tariffs: Option<&'a traffic::Tariffs>,
}

impl<'a> Deref for Scope<'a> {
    type Target = Case<'a>;

    fn deref(&self) -> &Case<'a> {
        self.case
    }
}

impl<'a> Scope<'a> {
    const fn new(per: Per, case: &'a Case<'a>) -> Self {
        Self { per, case, tariffs: None }
    }

    /// Share of the stream's bytes that is left after compression.
    fn sent(&self) -> Ratio {
        Ratio::fraction(1.0 - self.plan.pricing.stream_compression.as_fraction().clamp(0.0, 1.0))
    }

    /// How clients reach the caches; the rebuilt cache is an AMR like the group's members and is reached like them.
    fn network(&self) -> Network {
        match self.topology {
            Topology::Passive => self.plan.passive.network,
            Topology::Active | Topology::Rebuild => self.plan.active.network,
        }
    }
}

/// The bill of one topology in a steady month, in the currency of the catalogue (M-10): `Σ quantity × unit price` over
/// nodes, egress, full syncs, clients of other regions, private endpoints, peering, DNS zones, the traffic switch, alerts, logs, exports, drills and the engineers who run it, each less the
/// discount of its family.
///
/// A month is 730 h. A design without caches has a bill without lines.
#[must_use]
pub fn bill(case: &Case) -> Bill {
    let Case { catalog, design, .. } = *case;
    if design.caches.is_empty() {
        return sum(Vec::new(), Bytes::ZERO, catalog.currency());
    }
    let scope = Scope::new(Per::Month, case);
    let (flowing, volume) = month::flowing(&scope);
    let mut lines = month::steady(&scope);
    lines.extend(flowing);
    sorted::sort_by_key(&mut lines, |line| line.kind);
    sum(lines, volume, catalog.currency())
}

/// What the nodes of a design cost in a month, as [`bill`] has them: all other lines of it are at least 0, so that no bill of the
/// design is below it.
#[must_use]
pub fn nodes_alone(case: &Case) -> Total {
    Total::of(&nodes::lines(&Scope::new(Per::Month, case)), |line| line.amount)
}

/// Amounts by how sure each is, in the order of [`PriceConfidence`]; zero amounts are left out.
pub(super) fn by_confidence(amounts: impl Iterator<Item = (PriceConfidence, Money)>) -> Vec<(PriceConfidence, Money)> {
    let all =
        [PriceConfidence::Published, PriceConfidence::Derived, PriceConfidence::Estimated, PriceConfidence::Yours];
    let mut sums = all.map(|confidence| (confidence, Money::ZERO));
    for (confidence, amount) in amounts {
        if let Some((_, sum)) = sums.iter_mut().find(|it| it.0 == confidence) {
            *sum += amount;
        }
    }
    sums.into_iter().filter(|(_, amount)| *amount != Money::ZERO).collect()
}

/// Adds the lines up.
fn sum(lines: Vec<BillLine>, egress_volume: Bytes, currency: Currency) -> Bill {
    let total = Total::of(&lines, |line| line.amount);
    let list_total = Total::of(&lines, |line| line.list_cost);
    let by_confidence = by_confidence(lines.iter().filter_map(|line| Some((line.confidence(), line.amount?))));
    let unknown_lines = without_amount(&lines);
    let syncs = lines.iter().filter(|line| line.kind == LineKind::FullSyncs).map(|line| line.quantity);
    let syncs = syncs.fold(Decimal::ZERO, Decimal::saturating_add);
    let sync_volume = Bytes::gb(syncs.to_f64().unwrap_or_default());
    Bill { currency, lines, total, list_total, unknown_lines, egress_volume, sync_volume, by_confidence }
}
