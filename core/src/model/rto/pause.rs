//! How long a planned change pauses the writes.

use super::chain::{RtoChain, RtoPath, RtoStep};
use crate::plan::{EvidenceKind, Plan, field, range_field};
use crate::units::{Range, Secs};

/// How long the offset of the sync stays unknown: its metric is of a minute and comes minutes late (assumption).
pub const OFFSET_SEEN: Range<Secs> = Range::new(Secs::mins(1.0), Secs::mins(2.0), Secs::mins(3.0));

/// From so many different times on the longest measured one stands for the longest; below, the plan's own range does where it is longer. Equal
/// times may be one drill that was entered twice.
const ENOUGH: usize = 3;

/// How long a planned change of a pair pauses the writes (M-06): the plan's pause, or as long as the change takes at worst, in whole minutes:
/// the old primary takes writes once the pause ends, and the swap or the relink empties it. By geo-failover until the roles have changed
/// ([`RtoChain::pause`]), by unlink until the clients have moved; before either the offset is awaited. Without such a path the plan's pause.
#[must_use]
pub fn planned_pause(plan: &Plan, chains: &[RtoChain]) -> Secs {
    let of = |path: RtoPath| chains.iter().find(|chain| chain.path == path);
    if of(RtoPath::GeoFailover).is_some() {
        return of(RtoPath::PlannedFailover).map_or(plan.recovery.client_pause, |chain| chain.pause(plan));
    }
    of(RtoPath::Unlink).map_or(plan.recovery.client_pause, |chain| chain.pause_of_unlink(plan))
}

impl RtoChain {
    /// The steps of a planned change by this path: nobody has to notice or to decide.
    fn ordered(&self) -> impl Iterator<Item = &RtoStep> {
        self.steps.iter().filter(|step| !["recovery.detect", "recovery.decide"].contains(&step.field))
    }

    /// How long a planned change by unlink pauses the writes: see [`planned_pause`].
    #[must_use]
    pub fn pause_of_unlink(&self, plan: &Plan) -> Secs {
        covering(plan, OFFSET_SEEN.high + self.ordered().map(|step| at_worst(plan, step)).sum::<Secs>())
    }

    /// How long writes wait in a planned change by unlink: until the offset is seen ([`OFFSET_SEEN`]) and the clients have moved.
    #[must_use]
    pub fn wait_of_unlink(&self) -> Range<Secs> {
        let sum =
            |of: fn(&Range<Secs>) -> Secs| of(&OFFSET_SEEN) + self.ordered().map(|step| of(&step.time)).sum::<Secs>();
        Range::new(sum(|it| it.low), sum(|it| it.mode), sum(|it| it.high))
    }
}

/// The pause of a swap: drain and geo-failover at worst, of a planned failover's steps.
pub(super) fn of_swap(plan: &Plan, steps: &[RtoStep]) -> Secs {
    let longest = |name: &str| steps.iter().find(|step| step.name == name).map_or(Secs::ZERO, |it| at_worst(plan, it));
    covering(plan, longest("drain").max(OFFSET_SEEN.high) + longest("geo-failover"))
}

/// The plan's pause, or this in whole minutes where it is longer.
fn covering(plan: &Plan, longest: Secs) -> Secs {
    plan.recovery.client_pause.max(Secs::mins(libm::ceil(longest.as_secs() / 60.0)))
}

/// The longest time of a step. One or two drills were quick by chance: the plan's range holds beside them.
fn at_worst(plan: &Plan, step: &RtoStep) -> Secs {
    let few = plan.evidence(step.field).filter(|it| it.kind == EvidenceKind::Measured && different(&it.times) < ENOUGH);
    let range = few.and_then(|_| (field(range_field(step.field)?.parts[2])?.get)(plan));
    step.time.high.max(range.map_or(Secs::ZERO, Secs::secs))
}

fn different(times: &[Secs]) -> usize {
    let is_first =
        |(at, time): (usize, &Secs)| times[..at].iter().all(|other| other.as_secs().total_cmp(&time.as_secs()).is_ne());
    times.iter().enumerate().filter(|it| is_first(*it)).count()
}
