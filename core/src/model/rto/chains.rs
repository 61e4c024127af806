//! The named steps of each recovery path.

use super::chain::{Barrier, PathReason, RtoChain, RtoPath, RtoStep};
use super::pause::of_swap;
use super::sum::{Sampled, quantile};
use crate::model::Topology;
use crate::model::sync::FullSync;
use crate::model::traffic_switch::{self, SwitchTime};
use crate::plan::{Basis, DRAIN, ENDPOINT, IMPORT, LOAD, Network, Plan, range_field};
use crate::stats::bands::{P50, P95};
use crate::units::{Range, Secs};

/// Builds chains from the plan's steps.
pub(super) struct Steps<'a> {
    pub(super) plan: &'a Plan,
}

/// A step whose duration the plan sets.
macro_rules! step {
    ($steps:expr, $name:literal, $field:ident) => {
        step!($steps, $name, $field, stringify!($field))
    };
    ($steps:expr, $name:literal, $field:ident, $cause:expr) => {
        $steps.planned($name, concat!("recovery.", stringify!($field)), $steps.plan.recovery.$field, $cause)
    };
}

/// How long a private endpoint and its record take (assumption); no client of a private network reaches the new cache before.
pub const ENDPOINT_TIME: Range<Secs> = Range::new(Secs::mins(1.0), Secs::mins(2.0), Secs::mins(10.0));

/// Clients that keep a name for long reconnect late as well: one sample for both.
pub(crate) const CLIENTS: &str = "clients";

impl Steps<'_> {
    /// A step that the traffic switch decides where the plan names one; drills are entered under the same field.
    fn switched(&self, name: &'static str, field: &'static str, time: SwitchTime) -> RtoStep {
        let cause = field.trim_start_matches("recovery.");
        match time {
            SwitchTime::Of(time) => self.step(name, field, time, "traffic switch, M-06", cause),
            SwitchTime::AsPlanned(time) => self.planned(name, field, time, cause),
        }
    }

    fn repoint(&self, topology: Topology) -> RtoStep {
        self.switched("repoint", "recovery.repoint", traffic_switch::ordered(self.plan, topology))
    }

    /// A step of the plan, with the source of its default.
    fn planned(&self, name: &'static str, field: &'static str, time: Range<Secs>, cause: &'static str) -> RtoStep {
        self.step(name, field, time, range_field(field).map_or("", |range| range.source), cause)
    }

    /// A step whose duration comes out of another model, unless it was measured in drills.
    fn computed(&self, name: &'static str, field: &'static str, time: Range<Secs>, source: &'static str) -> RtoStep {
        self.step(name, field, time, source, name)
    }

    fn step(
        &self,
        name: &'static str,
        field: &'static str,
        time: Range<Secs>,
        source: &'static str,
        cause: &'static str,
    ) -> RtoStep {
        let (_, time, basis) = self.plan.step_spread(field, time);
        RtoStep { name, time, field, source, basis, cause }
    }

    pub(super) fn chain(&self, path: RtoPath, steps: Vec<RtoStep>, unplanned: bool, reason: PathReason) -> RtoChain {
        let samples = samples(self.plan, &steps);
        let means = steps.iter().map(|step| step.spread(self.plan).mean());
        let most = |most: (usize, f64), (at, mean): (usize, f64)| if mean > most.1 { (at, mean) } else { most };
        let total = |end: fn(&Range<Secs>) -> Secs| steps.iter().map(|step| end(&step.time)).sum();
        RtoChain {
            path,
            total: Range::new(total(|time| time.low), total(|time| time.mode), total(|time| time.high)),
            p50: quantile(&samples, P50),
            p95: quantile(&samples, P95),
            dominant: means.enumerate().fold((0, f64::MIN), most).0,
            steps,
            unplanned,
            reason,
            barriers: Vec::new(),
        }
    }

    /// Equal sizes, control plane up: the roles are swapped and the geo-replicated name follows.
    pub(super) fn geo_failover(&self) -> RtoChain {
        let mut steps = self.noticed();
        steps.extend([step!(self, "geo-failover", geo_failover), step!(self, "DNS", dns, CLIENTS)]);
        steps.extend(self.arrive(self.plan.passive.entra_id));
        steps.extend([step!(self, "warm-up", warm_up), self.validate()]);
        let private = self.plan.passive.network == Network::PrivateEndpoint;
        self.chain(RtoPath::GeoFailover, steps, true, PathReason::EqualSizes { private })
    }

    /// Nobody has to notice or decide; the clients are paused until the secondary has every change.
    pub(super) fn planned_failover(&self, drain: Range<Secs>) -> RtoChain {
        let mut steps = vec![
            self.computed("drain", DRAIN, drain, "M-04"),
            step!(self, "geo-failover", geo_failover),
            step!(self, "DNS", dns, CLIENTS),
        ];
        steps.extend(self.arrive(self.plan.passive.entra_id));
        steps.push(self.validate());
        let reason = PathReason::Drill { pause: of_swap(self.plan, &steps), planned: self.plan.recovery.client_pause };
        self.chain(RtoPath::PlannedFailover, steps, false, reason)
    }

    /// The link is broken and the clients are pointed to the other name.
    pub(super) fn unlink(&self, barriers: Vec<Barrier>) -> RtoChain {
        let mut steps = self.noticed();
        steps.extend([step!(self, "unlink", unlink), self.repoint(Topology::Passive)]);
        steps.extend(self.arrive(self.plan.passive.entra_id));
        steps.extend([step!(self, "warm-up", warm_up), self.validate()]);
        RtoChain { barriers, ..self.chain(RtoPath::Unlink, steps, true, PathReason::Barred) }
    }

    /// The clients' own health check decides where that is confirmed and drilled, else people; the force-unlink is not on this path:
    /// it protects the survivors.
    pub(super) fn redirect(&self) -> RtoChain {
        let mut steps = if self.plan.redirects_itself() {
            let (detect, redirect) = (traffic_switch::notice(self.plan), traffic_switch::redirect(self.plan));
            vec![
                self.switched("detect", "recovery.client_detect", detect),
                self.switched("redirect", "recovery.redirect", redirect),
            ]
        } else {
            let mut steps = self.noticed();
            steps.push(self.repoint(Topology::Active));
            steps
        };
        steps.extend(self.arrive(self.plan.active.entra_id));
        steps.push(self.validate());
        self.chain(
            RtoPath::Redirect,
            steps,
            true,
            PathReason::OthersTakeWrites { by_itself: self.plan.redirects_itself() },
        )
    }

    /// A new cache with a new name, and in a private network its endpoint: the last export imported where something is held only there, the rest loaded key by key from the database.
    pub(super) fn rebuild(&self, sync: &FullSync, import: Option<Range<Secs>>) -> RtoChain {
        let mut steps = self.noticed();
        steps.push(step!(self, "create", create));
        let private = self.plan.active.network == Network::PrivateEndpoint;
        steps.extend(private.then(|| self.computed("endpoint", ENDPOINT, ENDPOINT_TIME, "assumption")));
        steps.extend(import.map(|time| self.computed("import", IMPORT, time, "M-03")));
        let loads = sync.copy.high > Secs::ZERO;
        steps.extend(loads.then(|| self.computed("load", LOAD, sync.copy, "M-03")));
        steps.push(self.repoint(Topology::Rebuild));
        // The new cache is one of Azure Managed Redis, with keys of its own.
        steps.extend(self.arrive(self.plan.active.entra_id));
        steps.push(self.validate());
        self.chain(RtoPath::Rebuild, steps, true, PathReason::NoReplica)
    }

    fn noticed(&self) -> Vec<RtoStep> {
        vec![step!(self, "detect", detect), step!(self, "decide", decide)]
    }

    /// Clients come back; keys are switched where they do not sign in with Entra ID.
    fn arrive(&self, entra_id: bool) -> impl Iterator<Item = RtoStep> {
        let keys = (!entra_id).then_some(step!(self, "keys", keys));
        [step!(self, "reconnect", reconnect, CLIENTS)].into_iter().chain(keys)
    }

    fn validate(&self) -> RtoStep {
        step!(self, "validate", validate)
    }
}

/// The steps by their causes, each cause one sample.
pub(super) fn samples(plan: &Plan, steps: &[RtoStep]) -> Vec<Sampled> {
    let first = |at: &usize| steps[..*at].iter().all(|step| step.cause != steps[*at].cause);
    let sample = |at: usize| {
        let same: Vec<&RtoStep> = steps.iter().filter(|step| step.cause == steps[at].cause).collect();
        match same.as_slice() {
            [only] if only.basis == Basis::Range => Sampled::Alone(only.time),
            _ => Sampled::Together(same.iter().map(|step| step.spread(plan)).collect()),
        }
    };
    (0..steps.len()).filter(first).map(sample).collect()
}
