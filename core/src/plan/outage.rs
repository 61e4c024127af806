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
        /// Place of the lost region in the plan, from 0; one that the plan lacks means the last.
        lost: u32 = 0 => place("Lost region (index)", Count, "", 0.0..=4.0) { short: "Region" };
        /// Place of a second region that is lost; none, or one that is the first again: only one outage.
        second: Option<u32> = None
            => place("Second lost region (index)", Count, "", 0.0..=4.0) { short: "Second region", empty: "none" };
        /// Time from the first loss to the second; 0 is at once.
        second_after: Secs = Secs::ZERO
            => number("Second loss after the first", Time, "h", 0.0..=2_592_000.0)
            { when: |plan| plan.outage.second.is_some() };
        /// How long each region stays away; `outages.duration`, most likely, when absent.
        length: Option<Secs> = None => number("Length of the outage", Time, "h", 1.0..=2_592_000.0);
        /// Somebody acts: a force-unlink for a group, a promotion for a pair. False: everybody waits for the region.
        acts: bool = true => switch("Operator acts");
        /// Time from the loss to the start of that act; detection and decision, most likely values, when absent.
        decision: Option<Secs> = None => number("Operator acts after", Time, "min", 0.0..=2_592_000.0);
        /// Time until the clients of a lost region arrive at the survivors; the redirect chain of M-06, most likely values, when
        /// absent.
        rehome_delay: Option<Secs> = None
            => number("Clients arrive at the survivors after", Time, "min", 0.0..=2_592_000.0);
        /// Wait for capacity before an unlinked member can be created again.
        capacity_wait: Secs = Secs::ZERO
            => number("Wait for capacity", Time, "h", 0.0..=2_592_000.0) { note: "assumption: there is capacity" };
        /// The control plane of the lost region is gone as well: a pair is unlinked instead of failed over (D14).
        control_plane_lost: bool = false => switch("Control plane lost as well");
        /// A pair goes back to its first region once it is in sync again.
        failback: bool = true => switch("Failback afterwards");
        /// Live data that is evicted, as memory, for each byte by which used memory grows above 80 %; an assumption.
        evicted_per_byte: Range<f64> = Range::new(1.0, 2.0, 4.0)
            => range("Evicted for each byte of growth", Factor, "×", 0.0..=100.0, "assumption; R4: up to all keys");
        /// Memory that one shard frees a second once all members left have seen the deletes; an assumption, nobody publishes it.
        drain_rate: Range<BytesPerSec> = Range::new(1.0, 10.0, 100.0).map(BytesPerSec::mb_per_s)
            => range("Freed by a shard after a force-unlink", DataRate, "MB/s", 1e3..=1e11, "assumption, not published");
    }
}
