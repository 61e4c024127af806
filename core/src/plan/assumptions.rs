//! Coefficients without a published figure, each low / base / high, shown as assumptions everywhere.

use super::rows::table;
use crate::units::SECS_PER_DAY;
use crate::units::{Bytes, BytesPerSec, OpsPerSec, Range, Ratio, Secs};

table! {
    /// What the models assume; every field says where its default comes from.
    Assumptions at [assumptions] in Assumptions {
        /// Nominal bytes; the middle is the geometric mean.
        sync_rate: Range<BytesPerSec> = Range::new(88.0, 125.0, 177.0).map(BytesPerSec::mb_per_s)
            => range("Full-sync rate of a shard", DataRate, "MB/s", 1e3..=1e11, "S1: 53 GB in 5–10 min");
        /// Control plane, on empty P1 caches.
        link_start: Range<Secs> = Range::new(Secs::secs(336.0), Secs::secs(350.0), Secs::secs(367.0))
            => range("Start of a new link", Time, "s", 0.0..=SECS_PER_DAY, "recorded 336–367 s");
        /// CRDT size ÷ plain size.
        crdt_factor: Range<f64> = Range::new(1.1, 1.5, 2.0)
            => range("CRDT factor", Factor, "×", 1.0..=10.0, "R1: up to 2; else assumption");
        /// Beyond the key; less than the key took (R3).
        kept_per_delete: Range<Bytes> = bytes(60.0, 120.0, 600.0)
            => range("Retained per delete", Data, "B", 0.0..=1e9, "assumption, not published");
        /// Retained per removed element.
        kept_per_element: Range<Bytes> = bytes(40.0, 80.0, 160.0)
            => range("Retained per removed element", Data, "B", 0.0..=1e9, "assumption, not published");
        /// Retained per overwrite.
        kept_per_overwrite: Range<Bytes> = bytes(0.0, 16.0, 48.0)
            => range("Retained per overwrite", Data, "B", 0.0..=1e9, "assumption, not published");
        /// From its peers; placeholder: another product's published ceiling.
        active_apply_rate: BytesPerSec = BytesPerSec::mb_per_s(50.0)
            => number("Apply rate of an AMR shard", DataRate, "MB/s", 1e3..=1e11);
        /// Their cost beside the bytes (M-03). Measured on a development machine: SET 500,000, a mixture 224,000; Azure nodes are
        /// slower, with TLS and a busy primary.
        apply_commands: Range<OpsPerSec> = Range::new(60_000.0, 120_000.0, 250_000.0).map(OpsPerSec::per_s)
            => range("Commands that a shard applies", Rate, "/s", 1.0..=1e9, "assumption; measured elsewhere 224,000–500,000/s");
        /// 1 to 12.5 Gbit/s.
        member_network: Range<BytesPerSec> = Range::new(125.0, 625.0, 1_562.5).map(BytesPerSec::mb_per_s)
            => range("Network of an AMR node", DataRate, "MB/s", 1e3..=1e12, "assumption, not published");
        /// Of a node's network.
        nic_share: Ratio = Ratio::percent(80.0) => number("Bandwidth share of a sync", Share, "%", 0.01..=1.0);
        /// 1 on the basis of the sync rate; never mix bases. Measured: random values 0.76–0.82, repetitive JSON 0.07.
        snapshot_ratio: Ratio = Ratio::ONE => number("Snapshot over data", Share, "%", 0.01..=2.0);
        /// Open-source default (R9); Azure's is not published.
        replica_buffer: Bytes = Bytes::mb(256.0) => number("Replica output buffer", Data, "MB", 1e3..=1e12);
        /// Open-source default (R9); Azure's is not published.
        passive_backlog: Bytes = Bytes::mb(1.0)
            => number("Replication backlog of a Premium shard", Data, "MB", 1e3..=1e12);
        /// Before a change is sent.
        batch: Secs = Secs::millis(10.0) => number("Wait in a batch", Time, "ms", 0.0..=60.0);
        /// Over the stream (M-01); assumption, usual 2–5 %.
        wire_overhead: Ratio = Ratio::percent(3.0) => number("TLS and TCP overhead", Share, "%", 0.0..=1.0);
        /// Fullest shard over the mean.
        hottest_shard: f64 = 1.1 => number("Fullest shard over the mean", Factor, "×", 1.0..=100.0);
        /// Of GET, for a mixed load over TLS.
        throughput_derate: Ratio = Ratio::percent(50.0)
            => number("Usable share of published throughput", Share, "%", 0.01..=1.0);
        /// Of the dead region.
        rehome_share: Ratio = Ratio::ONE => number("Clients that move to the survivors", Share, "%", 0.0..=1.0);
        /// From the decision to the first effect of a force-unlink.
        unlink_margin: Secs = Secs::mins(10.0) => number("Margin before memory is full", Time, "min", 0.0..=SECS_PER_DAY);
    }
}

const fn bytes(low: f64, mode: f64, high: f64) -> Range<Bytes> {
    Range::new(Bytes::bytes(low), Bytes::bytes(mode), Bytes::bytes(high))
}
