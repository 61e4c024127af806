//! Lag over the day (M-04).

use super::Draft;
use crate::catalog::RoundTrip;
use crate::model::Topology;
use crate::model::latency::round_trip;
use crate::model::rpo::RpoBasis;
use crate::report::words;
use crate::stats::bands::{P50, P95};
use crate::units::Secs;
use crate::units::format;
use crate::words::shown;

pub(super) fn explain(draft: &mut Draft) {
    if draft.answer.rpo.basis != RpoBasis::Replication {
        return without_replica(draft);
    }
    stream(draft);
    let trip = slowest_trip(draft);
    lag(draft, trip.as_ref());
    inputs(draft);
    if let Some((between, trip)) = trip {
        let date = trip.as_of.map_or_else(String::new, |date| format!(", month to {date}"));
        let origin = if trip.yours { "your input".to_owned() } else { format!("{}{date}", trip.source) };
        draft.input(format!("Round trip {between}"), format::duration(trip.rtt), origin);
    } else {
        draft.caveat("One round trip is unpublished: 350 ms are used.");
    }
    caveats(draft);
}

/// What is written, and what a shard of the other side applies.
fn stream(draft: &mut Draft) {
    let demand = &draft.evaluation.demand;
    let peak = &draft.plan.workload.peak;
    draft.line(format!(
        "w = {} × {} × (1 + {}) = {}",
        format::ops(demand.writes),
        format::bytes(demand.bytes_per_write),
        format::percent(draft.plan.assumptions.wire_overhead),
        format::rate(demand.stream)
    ));
    draft.line(match &draft.plan.workload.profile {
        Some(profile) => format!(
            "by the series “{}”, {} of {}: highest {}, lowest {}",
            profile.name,
            format::counted(profile.rates.len(), "sample"),
            format::duration(profile.step),
            format::rate(demand.stream_peak),
            format::rate(demand.stream_quiet)
        ),
        None => format!(
            "in a burst {} × w = {} for {}, outside it {}",
            format::number(peak.ratio),
            format::rate(demand.stream_peak),
            format::duration(peak.burst),
            format::rate(demand.stream_quiet)
        ),
    });
    draft.line(format!(
        "R = {} a shard, {} commands/s",
        format::rate(draft.answer.sync.apply_rate),
        format::number(draft.plan.assumptions.apply_commands.mode.as_per_s())
    ));
}

/// The lag without and with a backlog, and with interruptions.
fn lag(draft: &mut Draft, trip: Option<&(String, RoundTrip)>) {
    let rpo = &draft.answer.rpo;
    let steady = format::duration(rpo.steady);
    draft.line(match trip {
        Some((between, trip)) => format!(
            "lag without backlog = RTT/2 + batch = {}/2 + {} = {steady} ({between})",
            format::duration(trip.rtt),
            format::duration(draft.plan.assumptions.batch)
        ),
        None => format!("lag without backlog = {steady}"),
    });
    draft.line(format!("unsent after a burst: {}", format::bytes(rpo.burst_bytes)));
    if draft.answer.sync.never_complete(draft.answer.topology) {
        draft.line("the full sync never ends: no copy is complete (M-03)".to_owned());
    }
    let quantile = |time: Option<Secs>| format::duration_or(time, "for ever");
    draft.line(format!(
        "with interruptions: median {}, P95 {}, worst of a day {}, at most {}",
        quantile(rpo.median),
        quantile(rpo.p95),
        quantile(rpo.worst_of_day),
        quantile(rpo.max)
    ));
}

/// One cache: part by part, since the worst that is not expendable decides.
fn without_replica(draft: &mut Draft) {
    let parts = &draft.answer.rpo.parts;
    let lines: Vec<String> = parts
        .iter()
        .map(|part| format!("{}, {} of the data: {}", part.name, format::percent(part.share), words::loss(part.loss)))
        .collect();
    for line in lines {
        draft.line(line);
    }
    if draft.answer.rpo.p95 == Some(Secs::ZERO) {
        draft.line(format!("{}: nothing that counts is lost", format::duration(Secs::ZERO)));
    }
    let exported = draft.answer.rpo.basis == RpoBasis::LastExport;
    if let Some(interval) = draft.plan.data.export_interval.filter(|_| exported) {
        let [median, p95] = [P50, P95].map(|share| format::duration(interval * share));
        draft.line(format!("age of the last export: 0 to {}, median {median}, P95 {p95}", format::duration(interval)));
        draft.caveat("An export's own duration is not modelled.");
    }
    draft.caveat("The worst part not expendable decides.");
}

fn inputs(draft: &mut Draft) {
    let demand = draft.evaluation.demand.clone();
    draft.setting("workload.writes", |writes| format::ops(*writes), |plan| plan.workload.writes, "starting value");
    draft.setting("workload.key_size", |size| format::bytes(*size), |plan| plan.workload.key_size, "starting value");
    draft.setting(
        "workload.value_size",
        |size| format::bytes(*size),
        |plan| plan.workload.value_size,
        "starting value",
    );
    draft.input("Stream bytes of one write", format::bytes(demand.bytes_per_write), "derived (M-01), measured frames");
    if draft.plan.workload.profile.is_none() {
        bursts(draft);
    }
    draft.setting(
        "assumptions.wire_overhead",
        |share| format::percent(*share),
        |plan| plan.assumptions.wire_overhead,
        "assumption",
    );
    draft.setting("assumptions.batch", |time| format::duration(*time), |plan| plan.assumptions.batch, "assumption");
    if draft.answer.topology == Topology::Active {
        let rate = |plan: &crate::plan::Plan| plan.assumptions.active_apply_rate;
        draft.setting(
            "assumptions.active_apply_rate",
            |rate| format::rate(*rate),
            rate,
            "assumption: another product's ceiling",
        );
    } else {
        let rate = |plan: &crate::plan::Plan| plan.assumptions.sync_rate.mode;
        draft.setting("assumptions.sync_rate", |rate| format::rate(*rate), rate, "S1, 2024-11-15: 53 GB in 5–10 min");
    }
}

fn bursts(draft: &mut Draft) {
    draft.setting("workload.peak.ratio", |ratio| format::number(*ratio), |plan| plan.workload.peak.ratio, "assumption");
    draft.setting("workload.peak.burst", |time| format::duration(*time), |plan| plan.workload.peak.burst, "assumption");
    draft.setting(
        "workload.peak.per_day",
        |count| format::number(*count),
        |plan| plan.workload.peak.per_day,
        "assumption",
    );
}

fn caveats(draft: &mut Draft) {
    let rpo = &draft.answer.rpo;
    if let Some(it) = &rpo.measured {
        let [p95, max] = [it.p95, it.max].map(format::duration);
        let (source, fewer) =
            (&it.source, it.writes.map_or_else(String::new, |writes| format!(" {}", shown::fewer(writes))));
        let says = format!("The target is held against what was measured: P95 {p95}, at most {max}{fewer} ({source}).");
        draft.caveat(says);
    }
    draft.caveat(match rpo.provable {
        Some(grain) => {
            format!("Metrics have a grain of {}: no finer RPO can be shown.", format::duration(grain))
        }
        None => "A group exposes no lag metric: only your heartbeat key shows it.".to_owned(),
    });
    if let (Some(target), Some(share)) = (draft.plan.objectives.rpo, rpo.share_within_target) {
        let (target, share) = (format::duration(target), format::percent(share));
        draft.caveat(format!("The target of {target} is met {share} of the time."));
    }
    draft.caveat("A full sync makes the secondary unreadable; the last completed one is the recovery point.");
}

/// The slowest pair of the design's regions, "East US – North Europe"; `None` when a round trip is not published.
fn slowest_trip(draft: &Draft) -> Option<(String, RoundTrip)> {
    let caches = &draft.answer.design.caches;
    let mut slowest: Option<(String, RoundTrip)> = None;
    for (index, a) in caches.iter().enumerate() {
        for b in caches.iter().skip(index + 1) {
            let trip = round_trip(draft.plan, draft.catalog, &a.region, &b.region)?;
            if slowest.as_ref().is_none_or(|(_, known)| trip.rtt > known.rtt) {
                let names = [&a.region, &b.region].map(|region| draft.catalog.region_name(region));
                slowest = Some((names.join(" – "), trip));
            }
        }
    }
    slowest
}
