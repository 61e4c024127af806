//! What a line of a bill is for and how its quantity comes about, as data; `words::bill` says it.

use super::Per;
use crate::catalog::SkuId;
use crate::model::Place;
use crate::model::sync::SyncCause;
use crate::plan::{ReservationTerm, TrafficSwitch};
use crate::units::{Bytes, BytesPerSec, Currency, Date, Money, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// The nodes of a cache.
    Nodes {
        /// Its size.
        sku: SkuId,
        /// Where it stands.
        place: Place,
        /// The part of their hours.
        part: Part,
        /// It is the second of two caches in one region.
        secondary: bool,
    },
    /// The nodes of a cache that runs for a while beside the design's own.
    ExtraNodes {
        /// What for.
        why: Extra,
        /// Its size.
        sku: SkuId,
        /// Where it stands.
        place: Place,
    },
    /// Bytes between regions.
    Traffic {
        /// Which.
        what: Traffic,
        /// From where to where.
        route: Route,
        /// What ends in a state: taken off the steady month.
        ended: bool,
    },
    /// Private endpoints by the hour.
    PrivateEndpoints(Place),
    /// The clients' traffic to the cache.
    ToCache(Place),
    /// The clients' traffic from the cache.
    FromCache(Place),
    /// Peering of virtual networks, one side of it.
    Peering(Place),
    /// A private DNS zone.
    DnsZone(Place),
    /// The service that redirects clients.
    TrafficSwitch(TrafficSwitch),
    /// Metric alerts.
    Alerts(Place),
    /// Logs.
    Logs(Place),
    /// Exports kept.
    Exports,
    /// Copies of exports in another region.
    ExportCopies(Route),
    /// People in the drills of a year.
    Drills,
    /// People in one drill.
    OneDrill,
    /// Engineers who run the design.
    Engineers,
    /// People who move a pair to a group.
    Migration,
    /// The move of a pair to a group.
    MoveToGroup,
    /// The data read anew from the database.
    Reload,
}

/// A part of a cache's node-hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// Those that a reservation covers, where it covers a part.
    Reserved,
    /// The others.
    PayAsYouGo,
}

/// What an extra cache is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// The drills of a year.
    Drills,
    /// One drill.
    OneDrill,
    /// An outage, where the rebuild comes back.
    SecondRegion,
    /// A member that is recreated.
    NewMember,
}

/// Kinds of traffic between regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traffic {
    /// The replication stream.
    Stream,
    /// The full syncs of a year.
    FullSyncs,
    /// One full sync.
    FullSync,
    /// A copy that a new link or group takes.
    FullCopy,
    /// Requests and answers of clients whose cache is in another region.
    Clients,
}

/// From where traffic goes to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The source.
    pub from: Place,
    /// The destinations.
    pub to: Vec<Place>,
}

/// The nodes of a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nodes {
    /// How many.
    pub count: u32,
    /// Shards of a Premium cache that has several; `None` elsewhere.
    pub shards: Option<u32>,
}

/// How a quantity comes about, with this plan's figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// `nodes × 730 h`.
    NodeHours {
        /// The nodes.
        nodes: Nodes,
        /// The share of their hours, where a reservation splits them.
        share: Option<Decimal>,
        /// The discount that a reserved hour does not get.
        not_applied: Option<Decimal>,
    },
    /// `drills a year × hours × nodes ÷ 12`.
    DrillCaches {
        /// Drills a year.
        drills: u32,
        /// Hours of each.
        hours: Decimal,
        /// The nodes of the extra cache.
        nodes: Nodes,
    },
    /// `nodes × hours`.
    ExtraNodes {
        /// How many nodes.
        nodes: u32,
        /// Hours.
        hours: Decimal,
        /// The time that a new member takes to be created, linked and filled; `None` for another extra cache.
        filled_in: Option<Secs>,
    },
    /// `drills a year × hours ÷ 12`.
    Drills {
        /// Drills a year.
        drills: u32,
        /// Hours of people in each.
        hours: Decimal,
    },
    /// Hours of people in one drill.
    OneDrill(Decimal),
    /// Hours of engineers a month.
    Run(Decimal),
    /// Hours of people, once.
    Migration(Decimal),
    /// `caches × 1 endpoint × 730 h`.
    Endpoints(usize),
    /// `rate × 730 h`.
    EndpointTraffic(BytesPerSec),
    /// One zone for the endpoints of a region.
    DnsZone,
    /// One service for a month.
    TrafficSwitch,
    /// `caches × alert rules`.
    Alerts {
        /// Caches.
        caches: usize,
        /// Rules of each.
        rules: u32,
    },
    /// `caches × volume`.
    Logs {
        /// Caches.
        caches: usize,
        /// Volume of each.
        each: Bytes,
    },
    /// `bytes × exports kept`.
    Exports {
        /// Bytes of one.
        bytes: Bytes,
        /// How many are kept.
        kept: u32,
    },
    /// `bytes × 730 h ÷ interval`.
    ExportCopies {
        /// Bytes of one.
        bytes: Bytes,
        /// The time from one to the next.
        interval: Secs,
    },
    /// `rate × (1 − compression) × hours × destinations`.
    Stream {
        /// The stream.
        rate: BytesPerSec,
        /// The share that compression takes off; `None` without it.
        compression: Option<Ratio>,
        /// Hours.
        hours: u32,
        /// Destinations of one price.
        destinations: usize,
    },
    /// `bytes × times a year ÷ 12`.
    FullSyncs {
        /// Bytes of one.
        bytes: Bytes,
        /// Times a year.
        times: Decimal,
    },
    /// `bytes × 1 copy`.
    FullSync(Bytes),
    /// `bytes × destinations`, once.
    Copies {
        /// Bytes of one.
        bytes: Bytes,
        /// Destinations of one price.
        destinations: usize,
    },
    /// `keys × 1 read`.
    Reload(f64),
    /// One move.
    Move,
}

/// A remark on a line: why an amount is 0, which source says otherwise, what it leaves out.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// The line is the part beyond this quantity.
    Tier(Decimal, &'static str),
    /// The plan's own discount on the list price.
    Discount(Decimal),
    /// An AMR without high availability has one node.
    OneNode,
    /// With it two, and zones have no meter.
    TwoNodes,
    /// The reservation has no price.
    NoReservation(ReservationTerm),
    /// Prepaid for a term.
    Prepaid {
        /// A node for the term.
        each: Money,
        /// The term.
        term: ReservationTerm,
        /// All nodes of the line.
        all: Money,
        /// In this currency.
        currency: Currency,
    },
    /// What happens at the end of the term.
    TermEnds {
        /// The first day without it.
        ends: Date,
        /// What comes then.
        then: TermEnd,
    },
    /// The rate of the stream holds this share for TLS and TCP.
    WireOverhead(Ratio),
    /// What the price's own row says of it.
    Origin(Arc<str>),
    /// A group's traffic at list rates, on which the sources differ.
    Charged,
    /// The service absorbs a group's traffic today, on which the sources differ.
    Absorbed {
        /// What it would cost at list rates; `None` where a price is missing.
        listed: Option<Money>,
        /// In this currency.
        currency: Currency,
        /// For this time or event.
        per: Per,
    },
    /// The causes of the full syncs of a year.
    Causes(Vec<SyncCause>),
    /// A full sync that never ends by itself sends more.
    NeverEnds,
    /// A new member whose sync never ends is counted until it is created.
    CreationAlone,
    /// Keys and values alone.
    WithoutProtocol,
    /// A time series for each alert rule.
    SeriesPerRule,
    /// The free volume of logs is not deducted.
    FreeLogs,
    /// Queries are left out.
    WithoutQueries,
    /// Write operations of the storage are left out.
    WithoutWrites,
    /// Why a copy goes to another region.
    ExportLost,
    /// The copies of exports of a design whose other cache holds the data too: they are for what is deleted or corrupted.
    ExportGuards,
    /// Hours of people are an assumption.
    HoursAssumed,
}

/// What comes after a prepaid term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TermEnd {
    /// The service ends before the term.
    Retires {
        /// The last day of the service.
        last: Date,
        /// Months of the term that are left then.
        left: u32,
        /// Months of the whole term.
        months: u32,
    },
    /// A node-hour costs this unless the term is renewed.
    PayAsYouGo(UnitPrice, Currency),
    /// There is no other price.
    NoPrice,
}
