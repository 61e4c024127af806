//! Traffic between regions: the replication stream and full syncs.

use super::line::{Item, by_the_month, decimal, joined, line};
use super::{BillLine, LineKind, Scope};
use crate::catalog::{KnownPrice, Price, PriceWord, RegionId};
use crate::model::Topology;
use crate::model::sync::{SyncCause, SyncOutcome, causes};
use crate::plan::EgressBilling;
use crate::report::format;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;

/// D1 bears no date; the facts were read on this day.
const UNDATED: &str = "undated, read 2026-11-21";

/// What is said of a group's traffic at list rates.
const CHARGED: &str = "At the standard rates of the older how-to (S3, 2025-05-18); the newer text says that the service absorbs it today (D1), the reliability page that it might be charged (D7, 2026-01-12).";

/// One source region with the stream that leaves it once for every destination.
struct Flow<'a> {
    from: &'a RegionId,
    rate: BytesPerSec,
    to: Vec<&'a RegionId>,
}

/// Lines for the replication stream, and its volume in a month.
///
/// Passive: `w` once, from the primary to the secondary. Active: every member sends its own writes to each of the
/// others, `(N − 1)·wᵢ`. Rebuild: nothing. Compression takes its share of the bytes off; overhead of TLS and TCP is in `w`.
pub(super) fn egress(scope: &Scope) -> (Vec<BillLine>, Bytes) {
    let flows = flows(scope);
    let volume = flows.iter().map(|flow| volume_of(scope, flow.rate) * flow.to.len() as f64).sum();
    (flows.iter().flat_map(|flow| lines_of(scope, flow)).collect(), volume)
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
    price: Price,
    meter: &'static str,
    to: Vec<&'a RegionId>,
}

/// Destinations of equal price share a line.
fn lines_of(scope: &Scope, flow: &Flow) -> Vec<BillLine> {
    by_price(scope, flow.from, &flow.to).into_iter().map(|charge| stream_line(scope, flow, charge)).collect()
}

fn by_price<'a>(scope: &Scope, from: &RegionId, to: &[&'a RegionId]) -> Vec<Charge<'a>> {
    let mut charges: Vec<Charge<'a>> = Vec::new();
    for destination in to {
        let (price, meter) = match scope.catalog.egress(from, destination, scope.plan.pricing.egress_scheme) {
            Ok(egress) => (Price::Known(egress.ladder.origin), egress.meter),
            Err(reason) => (Price::Unknown { reason }, "Data transfer between regions"),
        };
        let same = |charge: &&mut Charge<'a>| match (charge.price.known(), price.known()) {
            (Some(one), Some(other)) => one.amount == other.amount && one.word == other.word && charge.meter == meter,
            _ => charge.price == price,
        };
        match charges.iter_mut().find(same) {
            Some(charge) => charge.to.push(destination),
            None => charges.push(Charge { price, meter, to: vec![destination] }),
        }
    }
    charges
}

fn stream_line(scope: &Scope, flow: &Flow, Charge { price, meter, to }: Charge) -> BillLine {
    let quantity = decimal(volume_of(scope, flow.rate).as_gb()) * Decimal::from(to.len());
    let compression = scope.plan.pricing.stream_compression;
    let sent = if scope.sent() == Ratio::ONE {
        String::new()
    } else {
        format!(" × (1 − {})", format::percent(compression))
    };
    let copies =
        if to.len() == 1 { String::new() } else { format!(" × {}", format::counted(to.len(), "destination")) };
    let item = Item {
        label: format!("Stream, {}", route(scope, flow.from, &to)),
        meter: meter.to_owned(),
        region: Some(flow.from.clone()),
        quantity,
        unit: "GB",
        formula: format!("{}{sent} × {} h{copies}", format::rate(flow.rate), scope.per.hours()),
        note: overhead(scope),
    };
    billed(scope, LineKind::Egress, item, price)
}

/// What the wire adds to the stream's own bytes; the rate of the stream holds it.
fn overhead(scope: &Scope) -> String {
    let share = scope.plan.assumptions.wire_overhead;
    if share > Ratio::ZERO {
        format!("The rate holds {} for TLS and TCP.", format::percent(share))
    } else {
        String::new()
    }
}

/// "East US to North Europe".
fn route(scope: &Scope, from: &RegionId, to: &[&RegionId]) -> String {
    let names: Vec<&str> = to.iter().map(|region| scope.catalog.region_name(region)).collect();
    format!("{} to {}", scope.catalog.region_name(from), joined(&names))
}

/// At the list price, or absorbed: then the unit price is 0 and the note says what the list rate would be.
fn billed(scope: &Scope, kind: LineKind, mut item: Item, price: Price) -> BillLine {
    let active = scope.topology == Topology::Active;
    let free = price.known().filter(|known| known.amount == UnitPrice::default());
    if let Some(free) = free {
        item.add_note(&free.how);
        return line(kind, item, price);
    }
    if !active || scope.plan.pricing.active_egress == EgressBilling::ListRate {
        if active {
            item.add_note(CHARGED);
        }
        return line(kind, item, price);
    }
    let at_list = price.known().map_or_else(
        || "for which there is no price here".to_owned(),
        |known| {
            let amount = format::money(known.amount * item.quantity, scope.catalog.currency());
            format!("{amount} {}", scope.per.as_str())
        },
    );
    let note = format!(
        "Absorbed today and open to change (D1, newer than S3); at the standard rates of the older how-to (S3, 2025-05-18): {at_list}. The reliability page says that it might be charged (D7, 2026-01-12)."
    );
    item.add_note(&note);
    let free = KnownPrice {
        amount: UnitPrice::default(),
        word: PriceWord::Published,
        as_of: UNDATED.into(),
        source: "D1; S3 says otherwise".into(),
        how: "absorbed by the service".into(),
    };
    line(kind, item, Price::Known(free))
}

/// "24 by patching, 1 by scaling."; nothing where the plan gives the count itself.
fn why(causes: &[SyncCause]) -> String {
    let parts: Vec<String> = causes
        .iter()
        .filter(|cause| cause.per_year > 0.0 && cause.name != "as entered")
        .map(|cause| format!("{} by {}", format::number(cause.per_year), cause.name))
        .collect();
    if parts.is_empty() { String::new() } else { format!("A year: {}.", parts.join(", ")) }
}

/// Full syncs of patching, scaling, drills and outages: `times a year ÷ 12 × bytes copied × egress price`.
///
/// Every one is taken to run from the first cache to another; in a group of several prices at the dearest of them.
pub(super) fn full_syncs(scope: &Scope) -> Option<BillLine> {
    let causes = causes(scope.topology, scope.plan, scope.catalog, scope.demand, scope.design);
    let times = decimal(causes.iter().map(|cause| cause.per_year).sum()).round_dp(2).normalize();
    if times.is_zero() {
        return None;
    }
    let quantity = by_the_month(copied(scope) * times);
    let formula = format!("{} × {times} a year ÷ 12", format::bytes(scope.sync.total_bytes));
    let mut line = sync_line(scope, "Full syncs", quantity, formula)?;
    line.note = [why(&causes), line.note].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    Some(line)
}

/// One full sync: `bytes copied × egress price`; none where there is no replica.
pub(super) fn full_sync(scope: &Scope) -> Option<BillLine> {
    sync_line(scope, "Full sync", copied(scope), format!("{} × 1 copy", format::bytes(scope.sync.total_bytes)))
}

/// GB that a full sync copies.
fn copied(scope: &Scope) -> Decimal {
    decimal(scope.sync.total_bytes.as_gb())
}

fn sync_line(scope: &Scope, label: &str, quantity: Decimal, formula: String) -> Option<BillLine> {
    let replicated = scope.topology != Topology::Rebuild && scope.design.caches.len() > 1;
    if !replicated || matches!(scope.sync.outcome, SyncOutcome::NotApplicable) {
        return None;
    }
    let (first, others) = scope.design.caches.split_first()?;
    let regions: Vec<&RegionId> = others.iter().map(|cache| &cache.region).collect();
    let dearest = |charge: &Charge| charge.price.known().map_or(Decimal::MAX, |it| it.amount.as_decimal());
    let Charge { price, meter, to } = by_price(scope, &first.region, &regions).into_iter().max_by_key(dearest)?;
    let settles = matches!(scope.sync.outcome, SyncOutcome::Converges { .. });
    let item = Item {
        label: format!("{label}, {}", route(scope, &first.region, to.get(..1)?)),
        meter: meter.to_owned(),
        region: Some(first.region.clone()),
        quantity,
        unit: "GB",
        formula,
        note: if settles { String::new() } else { "The sync never ends by itself: the traffic is larger.".to_owned() },
    };
    Some(billed(scope, LineKind::FullSyncs, item, price))
}

/// Full copies that happen once, for a link or a group that is made: the bytes of a full sync to each of the other caches,
/// destinations of one price in a line.
pub(super) fn copies_once(scope: &Scope) -> Vec<BillLine> {
    let Some((first, others)) = scope.design.caches.split_first() else { return Vec::new() };
    let to: Vec<&RegionId> = others.iter().map(|cache| &cache.region).collect();
    let bytes = scope.sync.total_bytes;
    let line = |Charge { price, meter, to }: Charge| {
        let item = Item {
            label: format!("Full copy, {}", route(scope, &first.region, &to)),
            meter: meter.to_owned(),
            region: Some(first.region.clone()),
            quantity: decimal(bytes.as_gb()) * Decimal::from(to.len()),
            unit: "GB",
            formula: format!("{} × {}, once", format::bytes(bytes), format::counted(to.len(), "destination")),
            note: String::new(),
        };
        billed(scope, LineKind::FullSyncs, item, price)
    };
    by_price(scope, &first.region, &to).into_iter().map(line).collect()
}
