//! Coefficients without a published figure, each low / base / high, shown as assumptions everywhere.

use crate::units::{Bytes, BytesPerSec, Range, Ratio, Secs};
use serde::{Deserialize, Serialize};

/// What the models assume; every field says where its default comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    /// TLS and TCP bytes over the stream's own (design M-01: 3 %).
    pub wire_overhead: Ratio,
    /// Rate of a full sync per shard on nominal bytes: 53 GB in 5–10 min is 88–177 MB/s (S1).
    pub sync_rate: Range<BytesPerSec>,
    /// Share of a node's published bandwidth that a sync may use.
    pub nic_share: Ratio,
    /// Snapshot bytes over data bytes; 1 on the basis that the sync rate is calibrated on. Never mix bases.
    pub snapshot_ratio: Ratio,
    /// Replica output buffer; open-source default 256 MB (R9), Azure's is unpublished.
    pub replica_buffer: Bytes,
    /// Replication backlog of a Premium shard; open-source default 1 MB (R9), Azure's is unpublished.
    pub passive_backlog: Bytes,
    /// Control-plane time of a new link: 336–367 s recorded.
    pub link_start: Range<Secs>,
    /// Rate that one AMR shard can apply from its peers; placeholder from another product's published 50 MB/s ceiling.
    pub active_apply_rate: BytesPerSec,
    /// Time a change waits in a batch before it is sent.
    pub batch: Secs,
    /// CRDT size over plain size; 2.0 is the documented ceiling (R1).
    pub crdt_factor: Range<f64>,
    /// Bytes kept per deleted or expired key beyond the key's own length; not published.
    pub kept_per_delete: Range<Bytes>,
    /// Bytes kept per removed element; not published.
    pub kept_per_element: Range<Bytes>,
    /// Bytes kept per overwrite; not published.
    pub kept_per_overwrite: Range<Bytes>,
    /// Fullest shard over the mean shard, at least 1.
    pub hottest_shard: f64,
    /// Share of the published GET throughput that a mixed load over TLS may plan with.
    pub throughput_derate: Ratio,
    /// Share of the dead region's clients that arrive at the survivors.
    pub rehome_share: Ratio,
    /// Time from the decision to the first effect of a force-unlink that is kept as a margin.
    pub unlink_margin: Secs,
}

const fn bytes(low: f64, mode: f64, high: f64) -> Range<Bytes> {
    Range::new(Bytes::bytes(low), Bytes::bytes(mode), Bytes::bytes(high))
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            wire_overhead: Ratio::percent(3.0),
            sync_rate: Range::new(
                BytesPerSec::mb_per_s(88.0),
                BytesPerSec::mb_per_s(125.0),
                BytesPerSec::mb_per_s(177.0),
            ),
            nic_share: Ratio::percent(80.0),
            snapshot_ratio: Ratio::ONE,
            replica_buffer: Bytes::mb(256.0),
            passive_backlog: Bytes::mb(1.0),
            link_start: Range::new(Secs::secs(336.0), Secs::secs(350.0), Secs::secs(367.0)),
            active_apply_rate: BytesPerSec::mb_per_s(50.0),
            batch: Secs::millis(10.0),
            crdt_factor: Range::new(1.1, 1.5, 2.0),
            kept_per_delete: bytes(60.0, 120.0, 600.0),
            kept_per_element: bytes(40.0, 80.0, 160.0),
            kept_per_overwrite: bytes(0.0, 16.0, 48.0),
            hottest_shard: 1.1,
            throughput_derate: Ratio::percent(50.0),
            rehome_share: Ratio::ONE,
            unlink_margin: Secs::mins(10.0),
        }
    }
}
