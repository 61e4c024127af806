//! What a scenario leaves out, derived.

use crate::model::{Topology, traffic_switch};
use crate::plan::Plan;
use crate::units::Secs;

/// Time from the loss to the act: the plan's own, or detection and decision (most likely values, M-06).
#[must_use]
pub fn decision(plan: &Plan) -> Secs {
    plan.outage.decision.unwrap_or(plan.recovery.detect.mode + plan.recovery.decide.mode)
}

/// How long a region stays away: the scenario's own length, or the most likely one of the plan's outages; at least a second.
#[must_use]
pub fn length(plan: &Plan) -> Secs {
    plan.outage.length.unwrap_or(plan.outages.duration.mode).max(Secs::secs(1.0))
}

/// What a figure of the scenario is while the plan leaves it open, in base units, by its path: [`length`], [`decision`] and
/// [`rehome_delay`]. `None` for every other path.
#[must_use]
pub fn derived(plan: &Plan, path: &str) -> Option<f64> {
    let time = match path {
        "outage.length" => length(plan),
        "outage.decision" => decision(plan),
        "outage.rehome_delay" => rehome_delay(plan),
        _ => return None,
    };
    Some(time.as_secs())
}

/// Time until a lost region's clients arrive at the survivors: the plan's own, or the redirect chain of M-06 without validation, and without the
/// switch of keys where clients use Entra ID (most likely values).
#[must_use]
pub fn rehome_delay(plan: &Plan) -> Secs {
    let recovery = &plan.recovery;
    let keys = if plan.active.entra_id { Secs::ZERO } else { recovery.keys.mode };
    let switch = if plan.redirects_itself() {
        traffic_switch::notice(plan).range().mode + traffic_switch::redirect(plan).range().mode
    } else {
        recovery.detect.mode + recovery.decide.mode + traffic_switch::ordered(plan, Topology::Active).range().mode
    };
    let chain = switch + recovery.reconnect.mode + keys;
    plan.outage.rehome_delay.unwrap_or(chain)
}
