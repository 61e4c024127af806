//! A recovery path: its steps and what they add up to.

use crate::plan::{Basis, Plan};
use crate::stats::spread::Spread;
use crate::units::{Range, Secs};
use serde::Serialize;

/// One way back to service.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// Why this path applies, or does not, in one sentence.
    pub reason: String,
    /// What keeps a pair from the geo-failover; empty on every other way back.
    pub barriers: Vec<Barrier>,
}

impl RtoChain {
    /// How long users wait, low, P50 and P95: as long as the way back; of a planned failover at least the clients' pause,
    /// which the new primary keeps (S1).
    #[must_use]
    pub fn users_wait(&self, plan: &Plan) -> Range<Secs> {
        let least = if self.path == RtoPath::PlannedFailover { plan.recovery.client_pause } else { Secs::ZERO };
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

impl Barrier {
    /// One sentence with its source.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::UnequalSizes => {
                "The two caches differ in size, so geo-failover is not available and the link has to be broken (S1)."
            }
            Self::NoPrivateEndpoint => {
                "The secondary has no private endpoint, and none can be added while the caches are linked: the link has to be broken first (S1)."
            }
            Self::PrivateName => {
                "Private clients do not reach the new primary by the geo-replicated name: no source says that it resolves to a private endpoint, so the clients are pointed to the other cache. Once a drill shows that it leads to both, confirm “Geo-replicated name leads to both” of the passive pair, and the geo-failover comes first."
            }
            Self::ControlPlane => {
                "The control plane of the primary's region is lost with it: geo-failover needs it, unlinking does not (D14)."
            }
        }
    }
}

/// The ways back.
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
    /// What its duration stands on.
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
}
