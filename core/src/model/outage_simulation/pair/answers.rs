//! What follows from a pair's log: every answer is a fold.

use super::super::answers::{at_risk, redundant};
use super::super::{EventKind, Log, Timestamp};
use crate::model::TopologyAnswer;
use crate::model::rto::RtoPath;
use crate::units::{Bytes, Secs};
use serde::Serialize;

/// Answers for a passive pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairAnswers {
    /// Changes that had not reached the secondary when a primary was lost and the secondary was promoted, sum of all such
    /// promotions; each at a moment outside bursts (M-04).
    pub lost: Bytes,
    /// The same if every such loss comes at the end of a burst (M-04).
    pub lost_in_burst: Bytes,
    /// Time without anybody to write to in this log, every step at its most likely, planned failovers back among it; `None`:
    /// for ever.
    pub unserved: Option<Secs>,
    /// P50 and P95 of the recovery path that the promotion takes: the RTO of the cards (M-06), not the log's most likely steps.
    /// `None` without a promotion.
    pub wait: Option<[Secs; 2]>,
    /// The part of it in planned failovers back, at a time that one chooses.
    pub failback_gap: Secs,
    /// Time from the first loss until there is a replica in sync again; `None`: never.
    pub redundant_after: Option<Secs>,
    /// Time from the first loss until the first region is the primary again; `None` where there is no failback.
    pub failback_after: Option<Secs>,
    /// Most bytes that exist in a single region at a time.
    pub at_risk: Bytes,
    /// Longest wait of such a byte.
    pub at_risk_for: Secs,
}

pub(in super::super) fn answers(log: &Log, pair: &TopologyAnswer) -> PairAnswers {
    let (at_risk, at_risk_for) = at_risk(log);
    let lost = lost(log);
    let burst = |bytes: Bytes| if bytes > Bytes::ZERO { pair.rpo.burst_bytes.max(bytes) } else { bytes };
    let (unserved, failback_gap) = unserved(log);
    PairAnswers {
        lost: lost.iter().copied().sum(),
        lost_in_burst: lost.iter().copied().map(burst).sum(),
        unserved,
        wait: wait(log, pair),
        failback_gap,
        redundant_after: redundant(log),
        failback_after: log.first(EventKind::FailbackDone, None).map(Timestamp::as_secs),
        at_risk,
        at_risk_for,
    }
}

/// The unplanned recovery path that the first promotion takes.
fn wait(log: &Log, pair: &TopologyAnswer) -> Option<[Secs; 2]> {
    log.first(EventKind::Promoted, None)?;
    let path = match log.first(EventKind::FailoverStarted, None) {
        Some(_) => RtoPath::GeoFailover,
        None => RtoPath::Unlink,
    };
    let chain = pair.rto.iter().find(|chain| chain.unplanned && chain.path == path)?;
    Some([chain.p50, chain.p95])
}

/// What each loss took that led to a promotion: a primary that comes back first brings everything back.
fn lost(log: &Log) -> Vec<Bytes> {
    let (mut lost, mut unsent) = (Vec::new(), Bytes::ZERO);
    for event in &log.events {
        match event.kind {
            EventKind::RegionLost => unsent = event.bytes.unwrap_or(unsent),
            EventKind::Promoted => lost.push(std::mem::take(&mut unsent)),
            _ => {}
        }
    }
    lost
}

/// From each loss of whoever serves, and each start of a planned failover, to the next moment at which somebody does; and
/// the part of it that is planned.
fn unserved(log: &Log) -> (Option<Secs>, Secs) {
    let (mut total, mut planned) = (Secs::ZERO, Secs::ZERO);
    let (mut since, mut paused) = (None, None);
    for event in &log.events {
        let from = |since: Option<Timestamp>| since.map_or(Secs::ZERO, |since| event.at.since(since));
        let stops =
            event.kind == EventKind::FailbackStarted || (event.kind == EventKind::RegionLost && event.bytes.is_some());
        if stops {
            since = since.or(Some(event.at));
        }
        match event.kind {
            EventKind::FailbackStarted => paused = Some(event.at),
            EventKind::FailbackDone | EventKind::RegionLost => planned += from(paused.take()),
            _ => {}
        }
        if matches!(event.kind, EventKind::Served | EventKind::FailbackDone) {
            total += from(since.take());
        }
    }
    (since.is_none().then_some(total), planned)
}
