//! The outage that a plan is tried against: what is lost, for how long, and when people act (M-07, M-08).

use crate::units::{BytesPerSec, Range, Secs};
use serde::{Deserialize, Serialize};

/// What happens to the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The region is gone: nobody reaches its cache.
    #[default]
    Loss,
    /// Only the link is gone: both sides go on writing.
    Partition,
}

/// One outage as data. Every duration that is not here comes from [`super::RecoverySteps`], most likely values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutageScenario {
    /// Loss or partition.
    pub failure: Failure,
    /// Place of the lost region in the plan, from 0; one that the plan lacks means the last.
    pub lost: u32,
    /// Place of a second region that is lost; none, or one that is the first again: only one outage.
    pub second: Option<u32>,
    /// Time from the first loss to the second; 0 is at once.
    pub second_after: Secs,
    /// How long each region stays away; [`super::Outages::duration`], most likely, when absent.
    pub length: Option<Secs>,
    /// Somebody acts: a force-unlink for a group, a promotion for a pair. False: everybody waits for the region.
    pub acts: bool,
    /// Time from the loss to the start of that act; detection and decision, most likely values, when absent.
    pub decision: Option<Secs>,
    /// Time until the clients of a lost region arrive at the survivors; the redirect chain of M-06, most likely values, when
    /// absent.
    pub rehome_delay: Option<Secs>,
    /// Wait for capacity before an unlinked member can be created again.
    pub capacity_wait: Secs,
    /// The control plane of the lost region is gone as well: a pair is unlinked instead of failed over (D14).
    pub control_plane_lost: bool,
    /// A pair goes back to its first region once it is in sync again.
    pub failback: bool,
    /// Live data that is evicted, as memory, for each byte by which used memory grows above 80 %; an assumption.
    pub evicted_per_byte: Range<f64>,
    /// Memory that one shard frees a second once all members left have seen the deletes; an assumption, nobody publishes it.
    pub drain_rate: Range<BytesPerSec>,
}

impl Default for OutageScenario {
    /// The first region is lost, and somebody acts after detection and decision. Eviction: from just what
    /// comes in (1) to everything by the time that memory is full (80 % ÷ 20 % = 4, R4's "eviction of all keys").
    fn default() -> Self {
        Self {
            failure: Failure::Loss,
            lost: 0,
            second: None,
            second_after: Secs::ZERO,
            length: None,
            acts: true,
            decision: None,
            rehome_delay: None,
            capacity_wait: Secs::ZERO,
            control_plane_lost: false,
            failback: true,
            evicted_per_byte: Range::new(1.0, 2.0, 4.0),
            drain_rate: Range::new(
                BytesPerSec::mb_per_s(1.0),
                BytesPerSec::mb_per_s(10.0),
                BytesPerSec::mb_per_s(100.0),
            ),
        }
    }
}
