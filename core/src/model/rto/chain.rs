//! A recovery path: its steps and what they add up to.

use super::pause::of_swap;
use crate::plan::{Basis, Plan};
use crate::stats::bands::{P05, P95};
use crate::stats::spread::Spread;
use crate::units::{Range, Secs};
use serde::Serialize;

/// One recovery path: from the loss until users are served.
#[derive(Debug, Clone, PartialEq)]
pub struct RtoChain {
    /// Which way.
    pub path: RtoPath,
    /// Its steps in order.
    pub steps: Vec<RtoStep>,
    /// Sum of the lows, modes and highs.
    pub total: Range<Secs>,
    /// Median of the sum, to the millisecond: steps of one cause together, all else independent.
    pub p50: Secs,
    /// 95 % quantile of the same sum.
    pub p95: Secs,
    /// Index of the step with the largest mean.
    pub dominant: usize,
    /// True when it applies to an unplanned outage of the primary region.
    pub unplanned: bool,
    /// Why this path applies, or when.
    pub reason: PathReason,
    /// What keeps a pair from the geo-failover; empty on every other recovery path.
    pub barriers: Vec<Barrier>,
}

impl RtoChain {
    /// How long a planned failover pauses the clients: the plan's pause, or until the roles have changed at worst where that is longer, in
    /// whole minutes. Nobody is paused on the other paths.
    #[must_use]
    pub fn pause(&self, plan: &Plan) -> Secs {
        if self.path == RtoPath::PlannedFailover { of_swap(plan, &self.steps) } else { Secs::ZERO }
    }

    /// How long users wait, low, P50 and P95: as long as the recovery path; of a planned failover at least the clients' pause,
    /// which the new primary keeps (S1).
    #[must_use]
    pub fn users_wait(&self, plan: &Plan) -> Range<Secs> {
        let least = self.pause(plan);
        Range::new(self.total.low, self.p50, self.p95).map(|time| time.max(least))
    }
}

/// What keeps a passive pair from a geo-failover, so that the link has to be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Barrier {
    /// The caches differ in size.
    UnequalSizes,
    /// The secondary has no private endpoint, and none can be added while the caches are linked.
    NoPrivateEndpoint,
    /// Private clients do not reach the new primary by the geo-replicated name.
    PrivateName,
    /// The control plane of the primary's region is lost with it.
    ControlPlane,
}

/// Why a recovery path is taken, or when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathReason {
    /// The caches of the pair are of one size: the secondary takes over the role (S1).
    EqualSizes {
        /// With private endpoints the plan confirms that the geo-replicated name leads to both caches.
        private: bool,
    },
    /// For drills and maintenance: the clients are paused until the link is drained (S1).
    Drill {
        /// How long they are paused.
        pause: Secs,
        /// The plan's own pause; shorter where drain and geo-failover may outlast it.
        planned: Secs,
    },
    /// The chain's barriers keep the pair from the geo-failover; without one, the control plane may be gone as well (D14).
    Barred,
    /// The other members of a group take writes already (D4, D7).
    OthersTakeWrites {
        /// The application redirects itself, confirmed and drilled; else people point the clients there.
        by_itself: bool,
    },
    /// There is no replica: a new cache is loaded from the database.
    NoReplica,
}

/// The recovery paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RtoPath {
    /// Create a cache and reload it.
    Rebuild,
    /// Swap the roles of the pair (equal sizes, control plane up).
    GeoFailover,
    /// The same, planned: drained first.
    PlannedFailover,
    /// Break the link and point the clients to the secondary.
    Unlink,
    /// Send clients of an active group to another member.
    Redirect,
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RtoStep {
    /// "detect", "decide", "geo-failover".
    pub name: &'static str,
    /// Its duration; of measured times the smallest, the median and the largest.
    pub time: Range<Secs>,
    /// Field of the plan that sets it, `recovery.detect`; of a computed one the name that drills are entered under.
    pub field: &'static str,
    /// Source tag, or "assumption".
    pub source: &'static str,
    /// What its duration is based on.
    pub basis: Basis,
    /// The common cause that places it: steps with one cause are early or late together, in every chain.
    pub cause: &'static str,
}

impl RtoStep {
    /// The spread of its duration, in seconds.
    #[must_use]
    pub fn spread(&self, plan: &Plan) -> Spread {
        plan.step_spread(self.field, self.time).0
    }

    /// P05 and P95 of its duration.
    #[must_use]
    pub fn band(&self, plan: &Plan) -> (Secs, Secs) {
        let spread = self.spread(plan);
        (Secs::secs(spread.at(P05)), Secs::secs(spread.at(P95)))
    }
}
