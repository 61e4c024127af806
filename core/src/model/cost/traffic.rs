//! Traffic between regions: the replication stream and full syncs.

use super::line::{Item, by_the_month, decimal, line, tiered_after};
use super::{BillLine, Formula, Label, LineKind, Note, Per, Route, Scope, Traffic};
use crate::catalog::{Egress, KnownPrice, Price, PriceConfidence, RegionId, TieredPrice};
use crate::model::sync::{Cause, SyncCause, SyncOutcome, causes};
use crate::model::{Place, Topology};
use crate::plan::EgressBilling;
use crate::units::{Bytes, BytesPerSec, Money, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use std::cell::RefCell;

/// D1 bears no date; the facts were read on this day.
const UNDATED: &str = "undated, read 2026-11-21";

/// Charges between regions, kept with their words once they are made.
#[derive(Default)]
pub(super) struct Tariffs(RefCell<Vec<Tariff>>);

/// From where, to where, at what.
type Tariff = (RegionId, RegionId, Result<Egress, String>);

impl Scope<'_> {
    /// The tiers of a GB from one region to another in the plan's scheme, with their meter.
    pub(super) fn egress(&self, from: &RegionId, to: &RegionId) -> (Result<TieredPrice, String>, Option<&'static str>) {
        let ask = || self.catalog.egress(from, to, self.plan.pricing.egress_scheme);
        let found = match self.tariffs {
            None => ask(),
            Some(Tariffs(kept)) => {
                let known = kept.borrow().iter().find(|it| it.0 == *from && it.1 == *to).map(|it| it.2.clone());
                known.unwrap_or_else(|| {
                    let asked = ask();
                    kept.borrow_mut().push((from.clone(), to.clone(), asked.clone()));
                    asked
                })
            }
        };
        match found {
            Ok(egress) => (Ok(egress.schedule), Some(egress.meter)),
            Err(reason) => (Err(reason), None),
        }
    }
}

/// One source region with the stream that leaves it once for every destination.
struct Flow<'a> {
    from: &'a RegionId,
    rate: BytesPerSec,
    to: Vec<&'a RegionId>,
}

/// What has left each source region in the month, as far as its meter has tiers: they are on the month's total of the source,
/// whatever was sent and wherever it went.
#[derive(Default, Clone)]
pub(super) struct Sent<'a>(Vec<(&'a RegionId, Decimal)>);

impl<'a> Sent<'a> {
    /// Adds a quantity, and gives what was there before it.
    fn add(&mut self, from: &'a RegionId, quantity: Decimal) -> Decimal {
        if let Some((_, total)) = self.0.iter_mut().find(|(region, _)| *region == from) {
            return std::mem::replace(total, total.saturating_add(quantity));
        }
        self.0.push((from, quantity));
        Decimal::ZERO
    }

    /// All of a steady month: what comes on top of it is priced in the tiers that it has reached.
    pub(super) fn steady(scope: &Scope<'a>) -> Self {
        let (month, mut sent) = (Scope { per: Per::Month, ..*scope }, Self::default());
        egress(&month, &mut sent);
        full_syncs(&month, &mut sent);
        sent
    }
}

/// Lines for the replication stream, and its volume in a month.
///
/// Passive: `w` once, from the primary to the secondary. Active: every member sends its own writes to each of the
/// others, `(N − 1)·wᵢ`. Rebuild: nothing. Compression takes its share of the bytes off; overhead of TLS and TCP is in `w`.
pub(super) fn egress<'a>(scope: &Scope<'a>, sent: &mut Sent<'a>) -> (Vec<BillLine>, Bytes) {
    let flows = flows(scope);
    let volume = flows.iter().map(|flow| volume_of(scope, flow.rate) * flow.to.len() as f64).sum();
    (flows.iter().flat_map(|flow| lines_of(scope, flow, sent)).collect(), volume)
}

/// What is sent of a stream in the month, or the hour.
fn volume_of(scope: &Scope, rate: BytesPerSec) -> Bytes {
    rate * scope.sent() * Secs::hours(f64::from(scope.per.hours()))
}

fn flows<'a>(scope: &Scope<'a>) -> Vec<Flow<'a>> {
    let caches = &scope.design.caches;
    match scope.topology {
        Topology::Rebuild => Vec::new(),
        Topology::Passive => match caches.as_slice() {
            [primary, secondary, ..] => {
                vec![Flow { from: &primary.region, rate: scope.demand.stream, to: vec![&secondary.region] }]
            }
            _ => Vec::new(),
        },
        Topology::Active => {
            let shares = scope.plan.regions.iter().map(|region| region.writes.as_fraction());
            let whole: f64 = shares.clone().sum();
            let part = |share: f64| if whole > 0.0 { share / whole } else { 0.0 };
            let members = caches.iter().zip(shares.chain(std::iter::repeat(0.0))).enumerate();
            members
                .map(|(index, (cache, share))| Flow {
                    from: &cache.region,
                    rate: scope.demand.stream * part(share),
                    to: caches.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, it)| &it.region).collect(),
                })
                .collect()
        }
    }
}

/// Destinations of one price, with the meter that it is of.
struct Charge<'a> {
    schedule: Result<TieredPrice, String>,
    meter: Option<&'static str>,
    to: Vec<&'a RegionId>,
}

/// Destinations of equal price share a line.
fn lines_of<'a>(scope: &Scope<'a>, flow: &Flow<'a>, sent: &mut Sent<'a>) -> Vec<BillLine> {
    let charges = by_price(scope, flow.from, &flow.to).into_iter();
    charges.flat_map(|charge| stream_lines(scope, flow, charge, sent)).collect()
}

fn by_price<'a>(scope: &Scope, from: &RegionId, to: &[&'a RegionId]) -> Vec<Charge<'a>> {
    let mut charges: Vec<Charge<'a>> = Vec::new();
    for destination in to {
        let (schedule, meter) = scope.egress(from, destination);
        let same = |charge: &&mut Charge<'a>| match (&charge.schedule, &schedule) {
            (Ok(one), Ok(other)) => {
                let alike = one.origin.confidence == other.origin.confidence && one.origin.band == other.origin.band;
                one.tiers == other.tiers && alike && charge.meter == meter
            }
            (one, other) => one == other,
        };
        match charges.iter_mut().find(same) {
            Some(charge) => charge.to.push(destination),
            None => charges.push(Charge { schedule, meter, to: vec![destination] }),
        }
    }
    charges
}

fn stream_lines<'a>(
    scope: &Scope<'a>,
    flow: &Flow<'a>,
    Charge { schedule, meter, to }: Charge,
    sent: &mut Sent<'a>,
) -> Vec<BillLine> {
    let quantity = decimal(volume_of(scope, flow.rate).as_gb()) * Decimal::from(to.len());
    let compression = scope.plan.pricing.stream_compression;
    let item = Item {
        label: traffic(scope, Traffic::Stream, flow.from, &to),
        meter,
        region: Some(flow.from.clone()),
        quantity,
        unit: "GB",
        formula: Formula::Stream {
            rate: flow.rate,
            compression: (scope.sent() != Ratio::ONE).then_some(compression),
            hours: scope.per.hours(),
            destinations: to.len(),
        },
        notes: overhead(scope).into_iter().collect(),
    };
    billed(scope, LineKind::Egress, item, schedule, (flow.from, sent))
}

/// What the wire adds to the stream's own bytes; the rate of the stream holds it.
fn overhead(scope: &Scope) -> Option<Note> {
    let share = scope.plan.assumptions.wire_overhead;
    (share > Ratio::ZERO).then_some(Note::WireOverhead(share))
}

/// Traffic from a region to others; to itself for a pair in one region.
fn traffic(scope: &Scope, what: Traffic, from: &RegionId, to: &[&RegionId]) -> Label {
    let place = |region| Place::of(scope.catalog, region);
    let route = Route { from: place(from), to: to.iter().map(|region| place(region)).collect() };
    Label::Traffic { what, route, ended: false }
}

/// At the list price, a line for each tier, or absorbed: then the unit price is 0 and the note says what the list rate would
/// be. A tiered quantity counts to the month's total of its source.
fn billed<'a>(
    scope: &Scope,
    kind: LineKind,
    mut item: Item,
    schedule: Result<TieredPrice, String>,
    (from, sent): (&'a RegionId, &mut Sent<'a>),
) -> Vec<BillLine> {
    if let Some(free) = schedule.as_ref().ok().filter(|schedule| schedule.origin.amount == UnitPrice::default()) {
        let how = Some(&free.origin.how).filter(|how| !how.is_empty());
        item.notes.extend(how.cloned().map(Note::Origin));
        return vec![line(kind, item, Price::Known(free.origin.clone()))];
    }
    if scope.topology != Topology::Active {
        return at_list(kind, item, schedule, from, sent);
    }
    if scope.plan.pricing.active_egress == EgressBilling::ListRate {
        item.notes.push(Note::Charged);
        return at_list(kind, item, schedule, from, sent);
    }
    let listed = at_list(kind, item.clone(), schedule, from, sent);
    let listed = listed.iter().map(|line| line.amount).sum::<Option<Money>>();
    item.notes.push(Note::Absorbed { listed, currency: scope.catalog.currency(), per: scope.per });
    let free = KnownPrice {
        amount: UnitPrice::default(),
        confidence: PriceConfidence::Published,
        as_of: UNDATED.into(),
        source: "D1; S3 says otherwise".into(),
        how: "absorbed by the service".into(),
        band: None,
    };
    vec![line(kind, item, Price::Known(free))]
}

/// A line for each tier that is reached; most schedules have one, and a quantity of 0 has its line as well.
pub(super) fn at_list<'a>(
    kind: LineKind,
    item: Item,
    schedule: Result<TieredPrice, String>,
    from: &'a RegionId,
    sent: &mut Sent<'a>,
) -> Vec<BillLine> {
    match schedule {
        Err(reason) => vec![line(kind, item, Price::Unknown { reason: reason.into() })],
        Ok(schedule) if schedule.tiers.len() < 2 || item.quantity.is_zero() => {
            vec![line(kind, item, Price::Known(schedule.origin))]
        }
        Ok(schedule) => tiered_after(sent.add(from, item.quantity), kind, item, &schedule),
    }
}

/// Full syncs of patching, scaling, drills and outages: `times a year ÷ 12 × bytes copied × egress price`.
///
/// Every one is taken to run from the first cache to another; in a group of several prices at the dearest of them.
pub(super) fn full_syncs<'a>(scope: &Scope<'a>, sent: &mut Sent<'a>) -> Vec<BillLine> {
    let causes = causes(scope.case);
    let times = decimal(causes.iter().map(|cause| cause.per_year).sum()).round_dp(2).normalize();
    if times.is_zero() {
        return Vec::new();
    }
    let quantity = by_the_month(copied(scope).saturating_mul(times));
    let formula = Formula::FullSyncs { bytes: scope.sync.total_bytes, times };
    sync_lines(scope, Traffic::FullSyncs, quantity, (formula, notable(causes).into_iter().collect()), sent)
}

/// The causes that count; a count of the plan's own needs no remark.
fn notable(mut causes: Vec<SyncCause>) -> Option<Note> {
    causes.retain(|it| it.per_year > 0.0 && it.cause != Cause::Entered);
    (!causes.is_empty()).then_some(Note::Causes(causes))
}

/// One full sync on top of the month: `bytes copied × egress price`; nothing where there is no replica.
pub(super) fn full_sync(scope: &Scope) -> Vec<BillLine> {
    let formula = Formula::FullSync(scope.sync.total_bytes);
    sync_lines(scope, Traffic::FullSync, copied(scope), (formula, Vec::new()), &mut Sent::steady(scope))
}

/// GB that a full sync copies.
fn copied(scope: &Scope) -> Decimal {
    decimal(scope.sync.total_bytes.as_gb())
}

fn sync_lines<'a>(
    scope: &Scope<'a>,
    what: Traffic,
    quantity: Decimal,
    (formula, notes): (Formula, Vec<Note>),
    sent: &mut Sent<'a>,
) -> Vec<BillLine> {
    let replicated = scope.topology != Topology::Rebuild && scope.design.caches.len() > 1;
    if !replicated || matches!(scope.sync.outcome, SyncOutcome::NotApplicable) {
        return Vec::new();
    }
    let Some((first, others)) = scope.design.caches.split_first() else { return Vec::new() };
    let regions: Vec<&RegionId> = others.iter().map(|cache| &cache.region).collect();
    let dearest = |charge: &Charge| charge.schedule.as_ref().map_or(Decimal::MAX, |it| it.origin.amount.as_decimal());
    let dearest = by_price(scope, &first.region, &regions).into_iter().max_by_key(dearest);
    let Some(Charge { schedule, meter, to }) = dearest else { return Vec::new() };
    let mut item = Item {
        label: traffic(scope, what, &first.region, to.get(..1).unwrap_or_default()),
        meter,
        region: Some(first.region.clone()),
        quantity,
        unit: "GB",
        formula,
        notes,
    };
    if !matches!(scope.sync.outcome, SyncOutcome::Converges { .. }) {
        item.notes.push(Note::NeverEnds);
    }
    billed(scope, LineKind::FullSyncs, item, schedule, (&first.region, sent))
}

/// Full copies that happen once, for a link or a group that is made: the bytes of a full sync to each of the other caches,
/// destinations of one price in a line, on top of the month's traffic.
pub(super) fn copies_once(scope: &Scope) -> Vec<BillLine> {
    let Some((first, others)) = scope.design.caches.split_first() else { return Vec::new() };
    let to: Vec<&RegionId> = others.iter().map(|cache| &cache.region).collect();
    let bytes = scope.sync.total_bytes;
    let mut sent = Sent::steady(scope);
    let lines = |Charge { schedule, meter, to }: Charge| {
        let item = Item {
            label: traffic(scope, Traffic::FullCopy, &first.region, &to),
            meter,
            region: Some(first.region.clone()),
            quantity: decimal(bytes.as_gb()) * Decimal::from(to.len()),
            unit: "GB",
            formula: Formula::Copies { bytes, destinations: to.len() },
            notes: Vec::new(),
        };
        billed(scope, LineKind::FullSyncs, item, schedule, (&first.region, &mut sent))
    };
    by_price(scope, &first.region, &to).into_iter().flat_map(lines).collect()
}
