//! What happens, when, and where.

use super::Timestamp;
use crate::units::Bytes;
use serde::Serialize;

/// One event of a simulated outage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Place in the plan's regions; `None` where it concerns all.
    pub member: Option<usize>,
    /// Which of its shards; `None` where it concerns the whole member.
    pub shards: Option<ShardClass>,
    /// Bytes that the event is about: lost, missed, at risk; `None` where there are none to tell.
    pub bytes: Option<Bytes>,
}

/// Shards of one member that behave alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShardClass {
    /// The fullest shard.
    Fullest,
    /// All others, at their mean.
    Others,
}

/// The kinds of events, of a group and of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(serde::Deserialize))]
pub enum EventKind {
    /// The region is gone; bytes: changes that no other holds, of the lag (M-04) or since it was the last in sync.
    RegionLost,
    /// The link is gone and both sides go on writing.
    Partitioned,
    /// Its clients arrive at the survivors.
    ClientsMoved,
    /// No member is left to write to.
    NobodyLeft,
    /// The health alert's window has passed (S3).
    HealthAlert,
    /// The memory alert's threshold is reached (D17).
    MemoryAlert,
    /// Eviction begins; live data shrinks, used memory does not (R4).
    EvictionBegins,
    /// Nothing that the policy may evict is left.
    NothingToEvict,
    /// A shard is full: writes are refused, sync with it stops (R1).
    Full,
    /// Below 100 % again: writes are taken.
    WritesTaken,
    /// A person decides to act.
    Decision,
    /// The force-unlink runs.
    UnlinkStarted,
    /// The member is out of the group: growth stops; bytes: its changes that are lost for good (R8).
    Unlinked,
    /// The force-unlink ends without effect: no other member is there to run it.
    UnlinkFailed,
    /// All that was kept for the absent member is freed.
    Drained,
    /// The region is there again.
    RegionBack,
    /// It catches up from the backlog (M-05); bytes: what it missed, fullest shard.
    PartialResync,
    /// It copies everything (M-03, M-05); bytes: what it missed, fullest shard.
    FullSync,
    /// The source of a copy is lost: it starts again later.
    SyncInterrupted,
    /// A shard is full, here or at the source: nothing is copied until a force-unlink frees memory (G1, R1).
    CopyWaits,
    /// Nobody in sync is left to copy from: it takes writes again with what it has; bytes: what it misses, all
    /// shards, at most all live data.
    CarriesOn,
    /// Changes come faster than they can be applied: it is never in sync.
    NeverInSync,
    /// The member holds what the others hold.
    InSync,
    /// The unlinked member is deleted.
    DeleteStarted,
    /// There is no capacity to create it again; it waits.
    NoCapacity,
    /// A new member is created.
    CreateStarted,
    /// The new member is linked and copies everything (M-03).
    NewLink,
    /// Every member is there and in sync.
    Redundant,
    /// The pair's roles are swapped by geo-failover.
    FailoverStarted,
    /// The pair's link is broken by unlinking.
    PairUnlinkStarted,
    /// The secondary is lost before the promotion or the planned failover to it is done.
    PromotionOff,
    /// The secondary takes writes.
    Promoted,
    /// Users are served again.
    Served,
    /// A planned failover back to the first region.
    FailbackStarted,
    /// The first region is the primary again.
    FailbackDone,
}
