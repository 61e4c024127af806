//! The named steps of each way back.

use super::sum::{Moments, quantile};
use super::{RtoChain, RtoPath, RtoStep};
use crate::model::sync::FullSync;
use crate::plan::Plan;
use crate::units::{Range, Secs};

/// Builds chains from the plan's steps.
pub(super) struct Steps<'a> {
    pub(super) plan: &'a Plan,
}

/// A step whose duration the plan sets.
macro_rules! step {
    ($steps:expr, $name:literal, $field:ident, $source:literal) => {
        RtoStep {
            name: $name,
            time: $steps.plan.recovery.$field,
            field: concat!("recovery.", stringify!($field)),
            source: $source,
        }
    };
}

impl Steps<'_> {
    /// Equal sizes, control plane up: the roles are swapped and the geo-replicated name follows.
    pub(super) fn geo_failover(&self) -> RtoChain {
        let mut steps = self.noticed();
        steps.extend([step!(self, "geo-failover", geo_failover, "S1"), step!(self, "DNS", dns, "T1")]);
        steps.extend(self.arrive(self.plan.passive.entra_id));
        steps.extend([step!(self, "warm-up", warm_up, "assumption"), self.validate()]);
        let reason =
            "The caches are of one size: the secondary takes over the role and the clients keep their name (S1).";
        chain(RtoPath::GeoFailover, steps, true, reason)
    }

    /// Nobody has to notice or decide; the clients are paused until the secondary has every change.
    pub(super) fn planned_failover(&self, drain: Range<Secs>) -> RtoChain {
        let mut steps = vec![
            RtoStep { name: "drain", time: drain, field: "", source: "M-04" },
            step!(self, "geo-failover", geo_failover, "S1"),
            step!(self, "DNS", dns, "T1"),
        ];
        steps.extend(self.arrive(self.plan.passive.entra_id));
        steps.push(self.validate());
        let reason =
            "For drills and maintenance: clients are paused, the link drains, then the roles are swapped (S1).";
        chain(RtoPath::PlannedFailover, steps, false, reason)
    }

    /// The link is broken and the clients are pointed to the other name.
    pub(super) fn unlink(&self, reason: &str) -> RtoChain {
        let mut steps = self.noticed();
        steps.extend([step!(self, "unlink", unlink, "T1"), step!(self, "repoint", repoint, "assumption")]);
        steps.extend(self.arrive(self.plan.passive.entra_id));
        steps.push(self.validate());
        chain(RtoPath::Unlink, steps, true, reason)
    }

    /// The clients' own health check decides; the force-unlink is not on this path: it protects the survivors.
    pub(super) fn redirect(&self) -> RtoChain {
        let mut steps =
            vec![step!(self, "detect", client_detect, "assumption"), step!(self, "redirect", redirect, "D7")];
        steps.extend(self.arrive(self.plan.active.entra_id));
        let reason = "The other members take writes already: the application sends its clients there (D4, D7).";
        chain(RtoPath::Redirect, steps, true, reason)
    }

    /// A new cache with a new name, loaded key by key from the database.
    pub(super) fn rebuild(&self, sync: &FullSync) -> RtoChain {
        let mut steps = self.noticed();
        steps.extend([
            step!(self, "create", create, "recorded"),
            RtoStep { name: "load", time: sync.copy, field: "rebuild.reload_rate", source: "M-03" },
            step!(self, "repoint", repoint, "assumption"),
            step!(self, "reconnect", reconnect, "D12"),
            self.validate(),
        ]);
        let reason = "There is no replica: a new cache is created and reloaded from the database.";
        chain(RtoPath::Rebuild, steps, true, reason)
    }

    fn noticed(&self) -> Vec<RtoStep> {
        vec![step!(self, "detect", detect, "assumption"), step!(self, "decide", decide, "assumption")]
    }

    /// Clients come back; keys are switched where they do not sign in with Entra ID.
    fn arrive(&self, entra_id: bool) -> impl Iterator<Item = RtoStep> {
        let keys = (!entra_id).then_some(step!(self, "keys", keys, "assumption"));
        [step!(self, "reconnect", reconnect, "D12")].into_iter().chain(keys)
    }

    fn validate(&self) -> RtoStep {
        step!(self, "validate", validate, "assumption")
    }
}

fn chain(path: RtoPath, steps: Vec<RtoStep>, unplanned: bool, reason: &str) -> RtoChain {
    let times: Vec<_> = steps.iter().map(|step| step.time).collect();
    let means: Vec<_> = times.iter().map(|time| Moments::of(*time).mean).collect();
    let total = |end: fn(&Range<Secs>) -> Secs| times.iter().map(end).sum();
    RtoChain {
        path,
        total: Range::new(total(|time| time.low), total(|time| time.mode), total(|time| time.high)),
        p50: quantile(&times, 0.5),
        p95: quantile(&times, 0.95),
        dominant: (0..means.len()).fold(0, |most, next| if means[next] > means[most] { next } else { most }),
        steps,
        unplanned,
        reason: reason.to_owned(),
    }
}
