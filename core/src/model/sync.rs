//! Full sync (M-03): start, copy, catch-up; or it loops, or never converges.

use super::Topology;
use super::demand::Demand;
use super::fit::Design;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Range, Secs};
use serde::Serialize;

/// How long a full copy takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FullSync {
    /// What is copied by the fullest shard.
    pub shard_bytes: Bytes,
    /// What is copied altogether.
    pub total_bytes: Bytes,
    /// Control-plane time of a new link.
    pub start: Range<Secs>,
    /// The copy itself, fullest shard.
    pub copy: Range<Secs>,
    /// The rate that each shard can apply afterwards (`R`).
    pub apply_rate: BytesPerSec,
    /// How it ends.
    pub outcome: SyncOutcome,
}

/// How a full sync ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum SyncOutcome {
    /// It converges.
    Converges {
        /// Catch-up after the copy.
        catch_up: Range<Secs>,
        /// Copy and catch-up of a link that exists (automatic resync).
        resync: Range<Secs>,
        /// Start, copy and catch-up of a new link.
        new_link: Range<Secs>,
        /// At the slow end of the sync rate the changes would overrun the replica buffer: it may loop.
        tight: bool,
    },
    /// The changes during the copy overrun the replica buffer: the sync restarts for ever.
    Loops {
        /// Changes of one shard during the copy.
        pending: Bytes,
        /// The buffer they overrun.
        buffer: Bytes,
    },
    /// Changes come faster than they can be applied.
    NeverConverges {
        /// Changes of one shard per second.
        incoming: BytesPerSec,
        /// What a shard can apply.
        apply: BytesPerSec,
    },
    /// There is nothing to copy to: the topology is not possible or has no replica.
    NotApplicable,
}

/// The full sync of one topology; for the rebuild the reload from the database at its own rate.
#[must_use]
pub fn full_sync(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand, design: &Design) -> FullSync {
    let _ = (topology, plan, catalog, demand, design);
    todo!("model")
}
