//! What runs out while a region is down: memory of an active group's survivors by the closed form (M-07).

use super::Topology;
use super::demand::Demand;
use super::fit::Design;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// How long a region may stay down before something runs out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Runway {
    /// No replica: users wait until the reload is done.
    ColdStart,
    /// Nothing fills up while the region is down; the pair stands without a replica until it is linked again.
    NotAtRisk,
    /// The survivors' memory fills.
    Fills(Filling),
    /// The topology is not possible for this plan.
    NotApplicable,
}

/// Memory of one survivor while a member of its group is away (M-07, closed form).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filling {
    /// Usable memory of the fullest shard, scaled to the whole member: `U/φ`.
    pub limit: Bytes,
    /// Used at the moment of the loss, with backlogs: `used₀`.
    pub used: Range<Bytes>,
    /// Growth while the member is away: `κ·dlive/dt + g`.
    pub growth: Range<BytesPerSec>,
    /// Time to 75 % (memory alert); low is the earliest. `None` where it is never reached.
    pub to_alert: Range<Option<Secs>>,
    /// Time to 80 % (eviction begins).
    pub to_eviction: Range<Option<Secs>>,
    /// Time to 100 % (writes refused, sync stops).
    pub to_full: Range<Option<Secs>>,
    /// Latest safe start of the force-unlink, base case: `t(100 %) − T_unlink(high) − margin`, at least 0.
    pub latest_unlink: Option<Secs>,
    /// The same in the pessimistic case.
    pub latest_unlink_pessimistic: Option<Secs>,
    /// The health alert's window ends after memory is full (base case).
    pub alert_too_late: bool,
    /// CRDT backlog of one shard: `clamp(1 % of size ÷ shards, 1 MB, 250 MB)` (M-05).
    pub backlog_per_shard: Bytes,
    /// Outage that the backlog covers: a longer one means a full resync on return. `None` without changes: any outage.
    pub partial_resync_within: Option<Secs>,
    /// Share of usable memory in use at the loss, base case.
    pub fill: Ratio,
}

/// Time to a share `x` of the limit: `t(x) = (x·U/φ − used₀) / growth`.
///
/// 0 when already above; `None` when growth is not positive and the level is not reached.
#[must_use]
pub fn time_to(x: Ratio, limit: Bytes, used: Bytes, growth: BytesPerSec) -> Option<Secs> {
    let _ = (x, limit, used, growth);
    todo!("model")
}

/// The runway of one topology.
#[must_use]
pub fn runway(topology: Topology, plan: &Plan, catalog: &Catalog, demand: &Demand, design: &Design) -> Runway {
    let _ = (topology, plan, catalog, demand, design);
    todo!("model")
}
