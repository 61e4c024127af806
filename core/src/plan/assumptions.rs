//! Coefficients without a published figure, each low / base / high, shown as assumptions everywhere.

use super::rows::table;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};

table! {
    /// What the models assume; every field says where its default comes from.
    Assumptions at [assumptions] in Assumptions {
        /// Rate of a full sync per shard on nominal bytes: 53 GB in 5–10 min is 88–177 MB/s (S1), the middle is their
        /// geometric mean.
        sync_rate: Range<BytesPerSec> = Range::new(88.0, 125.0, 177.0).map(BytesPerSec::mb_per_s)
            => range("Full-sync rate of a shard", DataRate, "MB/s", 1e3..=1e11, "S1: 53 GB in 5–10 min");
        /// Control-plane time of a new link: 336–367 s recorded on empty P1 caches.
        link_start: Range<Secs> = Range::new(Secs::secs(336.0), Secs::secs(350.0), Secs::secs(367.0))
            => range("Start of a new link", Time, "s", 0.0..=86_400.0, "recorded 336–367 s");
        /// CRDT size over plain size; 2.0 is the documented ceiling (R1).
        crdt_factor: Range<f64> = Range::new(1.1, 1.5, 2.0)
            => range("CRDT factor", Factor, "×", 1.0..=10.0, "R1: up to 2; else assumption");
        /// Bytes kept per deleted or expired key beyond the key's own length; R3 says only less than the key took.
        kept_per_delete: Range<Bytes> = bytes(60.0, 120.0, 600.0)
            => range("Retained per delete", Data, "B", 0.0..=1e9, "assumption, not published");
        /// Bytes kept per removed element; not published.
        kept_per_element: Range<Bytes> = bytes(40.0, 80.0, 160.0)
            => range("Retained per removed element", Data, "B", 0.0..=1e9, "assumption, not published");
        /// Bytes kept per overwrite; not published.
        kept_per_overwrite: Range<Bytes> = bytes(0.0, 16.0, 48.0)
            => range("Retained per overwrite", Data, "B", 0.0..=1e9, "assumption, not published");
        /// Rate that one AMR shard can apply from its peers; placeholder from another product's published 50 MB/s ceiling.
        active_apply_rate: BytesPerSec = BytesPerSec::mb_per_s(50.0)
            => number("Apply rate of an AMR shard", DataRate, "MB/s", 1e3..=1e11);
        /// Commands that a shard applies a second when they have no size: what a command costs beside its bytes (M-03). Measured on
        /// a development machine: 500,000 for SET, 224,000 for a mixture; an Azure node has slower cores, TLS and a busy primary.
        apply_commands: Range<OpsPerSec> = Range::new(60_000.0, 120_000.0, 250_000.0).map(OpsPerSec::per_s)
            => range("Commands that a shard applies", Rate, "/s", 1.0..=1e9, "assumption; measured elsewhere 224,000–500,000/s");
        /// Network of one node of an Azure Managed Redis, 1 to 12.5 Gbit/s; nothing is published.
        member_network: Range<BytesPerSec> = Range::new(125.0, 625.0, 1_562.5).map(BytesPerSec::mb_per_s)
            => range("Network of an AMR node", DataRate, "MB/s", 1e3..=1e12, "assumption, not published");
        /// Share of a node's bandwidth that a sync may use.
        nic_share: Ratio = Ratio::percent(80.0) => number("Bandwidth share of a sync", Share, "%", 0.01..=1.0);
        /// Snapshot bytes over data bytes; 1 on the basis that the sync rate is calibrated on. Never mix bases. Measured:
        /// 0.76–0.82 with random values, 0.07 with repetitive JSON.
        snapshot_ratio: Ratio = Ratio::ONE => number("Snapshot over data", Share, "%", 0.01..=2.0);
        /// Replica output buffer; open-source default 256 MB (R9), Azure's is unpublished.
        replica_buffer: Bytes = Bytes::mb(256.0) => number("Replica output buffer", Data, "MB", 1e3..=1e12);
        /// Replication backlog of a Premium shard; open-source default 1 MB (R9), Azure's is unpublished.
        passive_backlog: Bytes = Bytes::mb(1.0)
            => number("Replication backlog of a Premium shard", Data, "MB", 1e3..=1e12);
        /// Time a change waits in a batch before it is sent.
        batch: Secs = Secs::millis(10.0) => number("Wait in a batch", Time, "ms", 0.0..=60.0);
        /// TLS and TCP bytes over the stream's own (M-01); an assumption, they take 2–5 %.
        wire_overhead: Ratio = Ratio::percent(3.0) => number("TLS and TCP overhead", Share, "%", 0.0..=1.0);
        /// Fullest shard over the mean shard, at least 1.
        hottest_shard: f64 = 1.1 => number("Fullest shard over the mean", Factor, "×", 1.0..=100.0);
        /// Share of the published GET throughput that a mixed load over TLS may plan with.
        throughput_derate: Ratio = Ratio::percent(50.0)
            => number("Usable share of published throughput", Share, "%", 0.01..=1.0);
        /// Share of the dead region's clients that arrive at the survivors.
        rehome_share: Ratio = Ratio::ONE => number("Clients that move to the survivors", Share, "%", 0.0..=1.0);
        /// Time from the decision to the first effect of a force-unlink that is kept as a margin.
        unlink_margin: Secs = Secs::mins(10.0) => number("Margin before memory is full", Time, "min", 0.0..=86_400.0);
    }
}

const fn bytes(low: f64, mode: f64, high: f64) -> Range<Bytes> {
    Range::new(Bytes::bytes(low), Bytes::bytes(mode), Bytes::bytes(high))
}
