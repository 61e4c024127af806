//! What a member, its link, its clients, its memory and a pair's service can be, and what moves them (M-07, M-08).
//!
//! An event of the log is what moves a state, in a group and in a pair alike. An event without a row for a state leaves it as
//! it is. The tables stand in `docs/model.md` as well; a test holds both together.

#[cfg(test)]
pub(super) mod tests;

use super::EventKind;
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::units::Ratio;
use serde::Serialize;

/// What a member of a group, or a cache of a pair, does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// In the group and in sync.
    Up,
    /// Lost, still in the group.
    Away,
    /// Cut off and still writing, still in the group.
    Cut,
    /// Lost and out of the group.
    Unlinked,
    /// Being deleted, waiting for capacity or being created.
    Rebuilding,
    /// Linked, catching up.
    Syncing,
    /// There again, with nobody to copy from.
    Waiting,
    /// Linked; its copy waits because a shard is full, there or at the source.
    Held,
}

impl Phase {
    /// Belongs to the group, and so holds back what the others may free.
    #[must_use]
    pub const fn linked(self) -> bool {
        !matches!(self, Self::Unlinked | Self::Rebuilding)
    }

    /// Takes writes: of a group's member.
    #[must_use]
    pub const fn serves(self) -> bool {
        matches!(self, Self::Up | Self::Cut)
    }

    /// Its region is neither lost nor cut off.
    pub(super) const fn there(self) -> bool {
        !matches!(self, Self::Away | Self::Cut | Self::Unlinked)
    }

    /// The phase after an event of this member; `None` where the event moves nothing.
    pub(super) const fn next(self, link: Link, event: EventKind) -> Option<Self> {
        use EventKind as Kind;
        let next = match (self, event) {
            (Self::Up | Self::Away | Self::Cut, Kind::RegionLost) => Self::Away,
            (Self::Up | Self::Away | Self::Cut, Kind::Partitioned) => Self::Cut,
            (Self::Syncing | Self::Waiting | Self::Held, Kind::RegionLost | Kind::Partitioned) => match (link, event) {
                (Link::New, _) => Self::Unlinked,
                (_, Kind::RegionLost) => Self::Away,
                _ => Self::Cut,
            },
            (Self::Unlinked | Self::Rebuilding, Kind::RegionLost | Kind::Partitioned)
            | (Self::Up | Self::Away | Self::Cut | Self::Syncing | Self::Held, Kind::Unlinked)
            | (Self::Away, Kind::PairUnlinkStarted) => Self::Unlinked,
            (Self::Away | Self::Cut | Self::Unlinked, Kind::RegionBack)
            | (Self::Syncing | Self::Held | Self::Rebuilding, Kind::SyncInterrupted) => Self::Waiting,
            (Self::Unlinked | Self::Waiting, Kind::DeleteStarted) => Self::Rebuilding,
            (Self::Waiting, Kind::PartialResync | Kind::FullSync | Kind::NewLink)
            | (Self::Rebuilding, Kind::NewLink) => Self::Syncing,
            (Self::Waiting | Self::Syncing | Self::Rebuilding, Kind::CopyWaits) => Self::Held,
            (Self::Syncing, Kind::InSync) | (Self::Waiting, Kind::CarriesOn | Kind::Served) => Self::Up,
            _ => return None,
        };
        Some(next)
    }
}

/// What a member that is behind has to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The link exists: what was missed, or everything where the backlog does not hold that (M-05).
    Kept,
    /// The link exists and everything is copied: a pair's roles were swapped, or no copy was ever complete.
    Whole,
    /// A new link, and everything.
    New,
}

impl Link {
    /// The link after an event; `None` where the event moves nothing.
    pub(super) const fn next(self, event: EventKind) -> Option<Self> {
        match (self, event) {
            (Self::Kept | Self::Whole, EventKind::Unlinked | EventKind::PairUnlinkStarted) => Some(Self::New),
            (Self::Kept, EventKind::Promoted) => Some(Self::Whole),
            (Self::Whole | Self::New, EventKind::InSync) => Some(Self::Kept),
            _ => None,
        }
    }
}

/// Where the clients of a group's region are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clients {
    /// With their own member.
    Here,
    /// Neither here nor there.
    OnTheWay,
    /// With the members in sync.
    Moved,
}

impl Clients {
    /// Where they are after an event of their member; `None` where the event moves nothing.
    pub(super) const fn next(self, event: EventKind) -> Option<Self> {
        match (self, event) {
            (_, EventKind::RegionLost)
            | (Self::Here, EventKind::FullSync | EventKind::CopyWaits | EventKind::Unlinked) => Some(Self::OnTheWay),
            (Self::OnTheWay, EventKind::ClientsMoved) => Some(Self::Moved),
            (Self::OnTheWay | Self::Moved, EventKind::InSync | EventKind::CarriesOn) => Some(Self::Here),
            _ => None,
        }
    }
}

/// What the users of a pair have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// The primary serves.
    Serving,
    /// The primary is lost, and nothing has been decided.
    Down,
    /// A promotion is decided and runs.
    Promoting,
    /// The secondary takes writes; users are on their way to it.
    Redirecting,
    /// A planned failover runs: clients are paused.
    FailingBack,
}

impl Service {
    /// The service after an event of the pair, a lost secondary's left out; `None` where the event moves nothing.
    pub(super) const fn next(self, event: EventKind) -> Option<Self> {
        use EventKind as Kind;
        let next = match (self, event) {
            (Self::Serving | Self::Promoting | Self::Redirecting | Self::FailingBack, Kind::RegionLost)
            | (Self::Promoting | Self::FailingBack, Kind::PromotionOff) => Self::Down,
            (Self::Down, Kind::FailoverStarted | Kind::PairUnlinkStarted) => Self::Promoting,
            (Self::Promoting, Kind::Promoted) => Self::Redirecting,
            (Self::Down | Self::Redirecting, Kind::Served) | (Self::FailingBack, Kind::FailbackDone) => Self::Serving,
            (Self::Serving, Kind::FailbackStarted) => Self::FailingBack,
            _ => return None,
        };
        Some(next)
    }
}

/// The highest threshold that the memory of a class of shards has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Threshold {
    /// None.
    Below,
    /// [`ALERT`].
    Alert,
    /// [`EVICTION`].
    Eviction,
    /// [`FULL`]: writes and copies are turned away.
    Full,
}

impl Threshold {
    /// Each of them with its share of the usable memory and the event that tells of it, rising.
    pub(super) const ALL: [(Self, Ratio, EventKind); 3] = [
        (Self::Alert, ALERT, EventKind::MemoryAlert),
        (Self::Eviction, EVICTION, EventKind::EvictionBegins),
        (Self::Full, FULL, EventKind::Full),
    ];

    /// The threshold after an event of the class; `None` where the event moves nothing. Falling memory moves it as well.
    pub(super) const fn next(self, event: EventKind) -> Option<Self> {
        match (self, event) {
            (Self::Below, EventKind::MemoryAlert) => Some(Self::Alert),
            (Self::Alert, EventKind::EvictionBegins) | (Self::Full, EventKind::WritesTaken | EventKind::InSync) => {
                Some(Self::Eviction)
            }
            (Self::Eviction, EventKind::Full) => Some(Self::Full),
            _ => None,
        }
    }
}

/// What a class of shards can give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reclaim {
    /// Nothing of note.
    Idle,
    /// A member is behind, and nothing that the policy may evict is left.
    Spent,
    /// Nobody is behind: what was kept for the absent member is being freed.
    Draining,
}

impl Reclaim {
    /// What it can give back after an event of the class; `None` where the event moves nothing.
    pub(super) const fn next(self, event: EventKind) -> Option<Self> {
        match (self, event) {
            (Self::Idle, EventKind::NothingToEvict) => Some(Self::Spent),
            (Self::Draining, EventKind::Drained) => Some(Self::Idle),
            _ => None,
        }
    }
}
