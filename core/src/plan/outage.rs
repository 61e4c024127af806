//! The outage that a plan is tried against: what is lost, for how long, and when people act (M-07, M-08).

use super::rows::table;
use crate::units::names::names;
use crate::units::{BytesPerSec, Range, Secs};

names! {
    /// What happens to the region.
    #[derive(Default)]
    Failure {
        /// The region is gone: nobody reaches its cache.
        #[default]
        Loss = "loss", "the region is lost",
        /// Only the link is gone: both sides go on writing.
        Partition = "partition", "only the link: both sides write",
    }
}

table! {
    /// One outage as data. Every duration that is not here comes from [`super::RecoverySteps`], most likely values.
    ///
    /// The first region is lost, and somebody acts after detection and decision. Eviction: from just what
    /// comes in (1) to everything by the time that memory is full (80 % ÷ 20 % = 4, R4's "eviction of all keys").
    OutageScenario at [outage] in Scenario {
        /// Loss or partition.
        failure: Failure = Failure::Loss => choice("What fails");
        /// From 0; a larger one than the plan has: the last.
        lost: u32 = 0 => place("Lost region (index)", Count, "", 0.0..=4.0) { short: "Region" };
        /// None or the first again: one outage.
        second: Option<u32> = None
            => place("Second lost region (index)", Count, "", 0.0..=4.0) { short: "Second region", empty: "none" };
        /// 0: at once.
        second_after: Secs = Secs::ZERO
            => number("Second loss after the first", Time, "h", 0.0..=2_592_000.0)
            { when: |plan| plan.outage.second.is_some() };
        /// Of each region; else `outages.duration`, most likely.
        length: Option<Secs> = None => number("Length of the outage", Time, "h", 1.0..=2_592_000.0);
        /// Force-unlink of a group, promotion of a pair; no: all wait for the region.
        acts: bool = true => switch("Operator acts");
        /// From the loss; else detect and decide, most likely.
        decision: Option<Secs> = None => number("Operator acts after", Time, "min", 0.0..=2_592_000.0);
        /// Else the redirect chain (M-06), most likely.
        rehome_delay: Option<Secs> = None
            => number("Clients arrive at the survivors after", Time, "min", 0.0..=2_592_000.0);
        /// Before an unlinked member is recreated.
        capacity_wait: Secs = Secs::ZERO
            => number("Wait for capacity", Time, "h", 0.0..=2_592_000.0) { note: "assumption: there is capacity" };
        /// A pair is then unlinked, not failed over (D14).
        control_plane_lost: bool = false => switch("Control plane lost as well");
        /// Once the pair is in sync again.
        failback: bool = true => switch("Failback afterwards");
        /// Live data, above 80 % of memory.
        evicted_per_byte: Range<f64> = Range::new(1.0, 2.0, 4.0)
            => range("Evicted for each byte of growth", Factor, "×", 0.0..=100.0, "assumption; R4: up to all keys");
        /// Once all members left have seen the deletes.
        drain_rate: Range<BytesPerSec> = Range::new(1.0, 10.0, 100.0).map(BytesPerSec::mb_per_s)
            => range("Freed by a shard after a force-unlink", DataRate, "MB/s", 1e3..=1e11, "assumption, not published");
    }
}
