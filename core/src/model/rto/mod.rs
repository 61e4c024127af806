//! RTO (M-06): named chains of steps, each low / mode / high, summed.

mod chain;
mod chains;
mod moments;
mod pause;
mod solve;
mod sum;
mod together;

use super::backlog::{Lag, LoadProfile};
use super::sync::import;
use super::{Case, Topology};
use crate::plan::{Network, Plan};
use crate::stats::bands::{P50, P95};
use crate::units::{Bytes, Range, Secs};
pub use chain::{Barrier, PathReason, RtoChain, RtoPath, RtoStep};
pub(crate) use chains::CLIENTS;
pub use chains::ENDPOINT_TIME;
use chains::Steps;
pub use pause::{OFFSET_SEEN, planned_pause};

/// The common cause of a step, by its field: "clients" for `recovery.dns` and `recovery.reconnect`, else the field itself.
pub(crate) fn cause_of(field: &'static str) -> &'static str {
    if matches!(field, "recovery.dns" | "recovery.reconnect") { CLIENTS } else { field }
}

impl RtoChain {
    /// P50 and P95 of the same recovery path without one of its steps.
    #[must_use]
    pub fn without(&self, plan: &Plan, step: &str) -> [Secs; 2] {
        let steps: Vec<RtoStep> = self.steps.iter().filter(|it| it.name != step).cloned().collect();
        let samples = chains::samples(plan, &steps);
        [P50, P95].map(|share| sum::quantile(&samples, share))
    }

    /// The same recovery path with these steps alone, by their fields, and what they add up to (M-06): what a drill of a part of it takes.
    #[must_use]
    pub fn with_only(&self, plan: &Plan, fields: &[&str]) -> Self {
        let steps = self.steps.iter().filter(|it| fields.contains(&it.field)).cloned().collect();
        Self { barriers: self.barriers.clone(), ..Steps { plan }.chain(self.path, steps, self.unplanned, self.reason) }
    }
}

/// What keeps this pair from a geo-failover, derived from sizes, network and what the plan confirms; empty for none.
fn barriers(plan: &Plan, equal: bool) -> Vec<Barrier> {
    let (checks, private) = (&plan.passive.checks, plan.passive.network == Network::PrivateEndpoint);
    let found = [
        (!equal, Barrier::UnequalSizes),
        (private && checks.endpoints_before_link.is_not_so(), Barrier::NoPrivateEndpoint),
        (private && !checks.geo_name_reaches_both.is_confirmed(), Barrier::PrivateName),
        (plan.outage.control_plane_lost, Barrier::ControlPlane),
    ];
    found.into_iter().filter(|(holds, _)| *holds).map(|(_, barrier)| barrier).collect()
}

/// The chains of one topology (M-06); empty when it is not possible. The first is what an unplanned loss of the primary
/// region takes.
///
/// A pair has no geo-failover, planned or not, where a [`Barrier`] stands before it; a control plane that is lost with its
/// region bars the unplanned one only, and unlinking comes first. The planned failover is left out as well where the link
/// cannot drain: the changes never stop being late. A pair of which no copy is ever complete has no recovery path: the secondary
/// holds nothing to take over with (M-03). Nor has a pair in one region: what takes the primary takes the secondary. Nor has a rebuild without a
/// second region in the plan: nothing is left to rebuild in.
#[must_use]
pub fn rto(case: &Case) -> Vec<RtoChain> {
    let Case { topology, plan, design, ref sync, .. } = *case;
    let steps = Steps { plan };
    match (topology, design.caches.as_slice()) {
        (_, []) => Vec::new(),
        (Topology::Passive, _) if sync.never_complete(topology) || design.in_one_region() => Vec::new(),
        (Topology::Rebuild, _) if plan.elsewhere().is_none() => Vec::new(),
        (Topology::Rebuild, _) => vec![steps.rebuild(sync, import(case))],
        (Topology::Active, _) => vec![steps.redirect()],
        (Topology::Passive, [primary, secondary, ..]) => {
            let barriers = barriers(plan, primary.sku == secondary.sku);
            if barriers.iter().any(|barrier| *barrier != Barrier::ControlPlane) {
                return vec![steps.unlink(barriers)];
            }
            let drain = drain(case);
            let planned = drain.map(|drain| steps.planned_failover(drain));
            let mut ways = vec![steps.geo_failover(), steps.unlink(barriers.clone())];
            if !barriers.is_empty() {
                ways.reverse();
            }
            ways.extend(planned);
            ways
        }
        (Topology::Passive, _) => Vec::new(),
    }
}

/// A planned failover starts when less than this is unsent (S1: "fewer than 14 bytes").
pub const DRAINED: Bytes = Bytes::bytes(14.0);

/// Time until less than [`DRAINED`] is known to be unsent, clients paused: a batch, and the backlog at `R`; at least [`OFFSET_SEEN`], which the
/// metric takes to say it.
///
/// The most likely case has no backlog; the high end pauses the clients at the largest backlog of the day (M-04). `None` where `R` does not
/// exceed the day's mean.
fn drain(case: &Case) -> Option<Range<Secs>> {
    let (plan, rate) = (case.plan, case.sync.apply_rate);
    if rate <= case.shard.incoming {
        return None;
    }
    let batch = plan.assumptions.batch;
    let waiting = case.shard.incoming * batch;
    let load = LoadProfile::of(plan, case.demand, case.shard.share);
    let backlog = Bytes::bytes(Lag::of(&load, rate, Secs::ZERO)?.most());
    let quiet = batch + (waiting - DRAINED).max(Bytes::ZERO) / rate;
    let Range { low, mode, high } = OFFSET_SEEN;
    Some(Range::new(quiet.max(low), quiet.max(mode), (quiet + backlog / rate).max(high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{Answers, plain, sku};
    use crate::plan::{Basis, Confirmation, PassiveChecks, Readiness};

    fn paths(topology: Topology, plan: &Plan) -> Vec<(RtoPath, bool)> {
        Answers::of(topology, plan).rto.iter().map(|chain| (chain.path, chain.unplanned)).collect()
    }

    /// S1: geo-failover needs equal sizes; D14: with the region gone the way is to unlink.
    #[test]
    fn the_sizes_decide_the_way() {
        use RtoPath::{GeoFailover, PlannedFailover, Rebuild, Redirect, Unlink};
        let mut plan = plain(4.0, 100.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        let equal = [(GeoFailover, true), (Unlink, true), (PlannedFailover, false)];
        assert_eq!(paths(Topology::Passive, &plan), equal);
        plan.passive.secondary_sku = sku("Premium_P2");
        assert_eq!(paths(Topology::Passive, &plan), [(Unlink, true)]);
        assert_eq!(paths(Topology::Active, &plan), [(Redirect, true)]);
        assert_eq!(paths(Topology::Rebuild, &plan), [(Rebuild, true)]);
        plan.regions.truncate(1);
        assert_eq!(paths(Topology::Active, &plan), []);
        assert_eq!(paths(Topology::Rebuild, &plan), [], "nothing is left to rebuild in");
    }

    /// S1: endpoints come before the link. D14: without the control plane the way is to unlink; it may be up in a drill.
    #[test]
    fn the_network_and_the_control_plane_decide_the_way() {
        use RtoPath::{GeoFailover, PlannedFailover, Unlink};
        type Case = (fn(&mut Plan), Vec<RtoPath>, Vec<Barrier>);
        let way = |change: fn(&mut Plan)| {
            let mut plan = plain(4.0, 100.0);
            (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
            change(&mut plan);
            let chains = Answers::of(Topology::Passive, &plan).rto;
            let unlink = chains.iter().find(|chain| chain.path == Unlink).unwrap();
            (chains.iter().map(|chain| chain.path).collect::<Vec<_>>(), unlink.barriers.clone())
        };
        let cases: [Case; 6] = [
            (|plan| plan.passive.checks = PassiveChecks::default(), vec![Unlink], vec![Barrier::PrivateName]),
            (|_| {}, vec![GeoFailover, Unlink, PlannedFailover], vec![]),
            (
                |plan| plan.passive.checks.endpoints_before_link = Confirmation::NotSo,
                vec![Unlink],
                vec![Barrier::NoPrivateEndpoint],
            ),
            (
                |plan| plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo,
                vec![Unlink],
                vec![Barrier::PrivateName],
            ),
            (
                |plan| plan.outage.control_plane_lost = true,
                vec![Unlink, GeoFailover, PlannedFailover],
                vec![Barrier::ControlPlane],
            ),
            (
                |plan| {
                    plan.passive.network = Network::Public;
                    plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo;
                },
                vec![GeoFailover, Unlink, PlannedFailover],
                vec![],
            ),
        ];
        for (change, paths, barriers) in cases {
            assert_eq!(way(change), (paths, barriers));
        }
    }

    /// S1 suggests 1,800,000 ms. By hand: 3 min for a metric that comes late, and the failover at its longest; the pause covers both.
    #[test]
    fn the_planned_failover_says_whether_the_pause_is_long_enough() {
        let mut plan = plain(4.0, 100.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        let reason = |plan: &Plan| Answers::of(Topology::Passive, plan).rto[2].why().replace('\u{a0}', " ");
        plan.recovery.geo_failover.high = Secs::mins(27.0);
        assert!(
            reason(&plan).contains("paused for 30 min (S1 suggests CLIENT PAUSE 1,800,000 ms)")
                && reason(&plan).ends_with("it covers drain and geo-failover at their longest."),
            "{}",
            reason(&plan)
        );
        plan.recovery.geo_failover.high = Secs::mins(31.0);
        assert!(
            reason(&plan).contains("paused for 34 min") && reason(&plan).contains("the plan's 30 min"),
            "{}",
            reason(&plan)
        );
    }

    #[test]
    fn chains_name_their_steps() {
        let mut plan = plain(4.0, 100.0);
        plan.passive.sku = sku("Premium_P1");
        let chains = Topology::ALL.into_iter().flat_map(|topology| Answers::of(topology, &plan).rto);
        let lines = chains.map(|chain| {
            let steps: Vec<_> = chain.steps.iter().map(|step| step.name).collect();
            format!("{:?}: {}; longest: {}", chain.path, steps.join(", "), steps[chain.dominant])
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(text, @r"
        Rebuild: detect, decide, create, endpoint, load, repoint, reconnect, keys, validate; longest: load
        GeoFailover: detect, decide, geo-failover, DNS, reconnect, keys, warm-up, validate; longest: decide
        Unlink: detect, decide, unlink, repoint, reconnect, keys, warm-up, validate; longest: decide
        PlannedFailover: drain, geo-failover, DNS, reconnect, keys, validate; longest: geo-failover
        Redirect: detect, redirect, reconnect, keys, validate; longest: validate
        ");
    }

    /// People take the same steps in every topology; those of a group leave out what is automated and drilled, and
    /// neither alone is enough.
    #[test]
    fn people_take_the_same_steps_in_every_topology_unless_they_are_automated_and_drilled() {
        let people = ["detect", "decide", "reconnect", "keys", "validate"];
        for (answer, readiness, by_itself) in [
            (Confirmation::Unknown, Readiness::FirstTime, false),
            (Confirmation::Unknown, Readiness::Rehearsed, false),
            (Confirmation::Confirmed, Readiness::FirstTime, false),
            (Confirmation::NotSo, Readiness::Rehearsed, false),
            (Confirmation::Confirmed, Readiness::Rehearsed, true),
        ] {
            let mut plan = Plan::default();
            plan.passive.sku = sku("Premium_P1");
            plan.active.checks.application_redirects = answer;
            plan.recovery = plan.recovery.at(readiness);
            for topology in Topology::ALL {
                let chains = Answers::of(topology, &plan).rto;
                let named: Vec<_> = chains[0].steps.iter().map(|step| (step.name, step.field)).collect();
                let has = |name: &str| named.iter().any(|(step, _)| *step == name);
                let automated = by_itself && topology == Topology::Active;
                assert_eq!(people.iter().all(|step| has(step)), !automated, "{topology:?}: {named:?}");
                assert_eq!(named.contains(&("detect", "recovery.client_detect")), automated, "{named:?}");
                assert!(has("validate") && has("reconnect") && has("keys"), "{named:?}");
            }
        }
    }

    #[test]
    fn entra_id_saves_the_keys() {
        let mut plan = plain(4.0, 100.0);
        (plan.passive.entra_id, plan.active.entra_id) = (true, true);
        for topology in Topology::ALL {
            let chains = Answers::of(topology, &plan).rto;
            assert!(chains.iter().all(|chain| chain.steps.iter().all(|step| step.name != "keys")), "{topology:?}");
        }
    }

    /// S1: the new primary keeps the pause, so that it is the least that users wait for a planned failover. By hand: 30 min for the swap and 3
    /// for a metric that comes late.
    #[test]
    fn users_wait_for_the_pause_of_a_planned_failover() {
        let mut plan = plain(4.0, 100.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        let planned = |plan: &Plan| Answers::of(Topology::Passive, plan).rto[2].clone();
        let chain = planned(&plan);
        let pause = Secs::mins(33.0);
        assert!(chain.total.low < pause, "{chain:?}");
        assert_eq!(chain.users_wait(&plan), Range::new(pause, chain.p50.max(pause), chain.p95.max(pause)));
        plan.recovery.client_pause = Secs::mins(90.0);
        assert_eq!(planned(&plan).users_wait(&plan), Range::exactly(Secs::mins(90.0)));
        let failover = Answers::of(Topology::Passive, &plan).rto[0].clone();
        assert_eq!(failover.users_wait(&plan).high, failover.p95, "nobody is paused in an outage");
    }

    /// A reload has the spread of what it reaches of its rate; measured drills replace it, and the drain likewise.
    #[test]
    fn load_and_drain_have_a_spread_and_can_be_measured() {
        use crate::plan::{Evidence, EvidenceKind};
        let mut plan = plain(4.0, 100.0);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        let step = |plan: &Plan, topology, name: &str| {
            let chains = Answers::of(topology, plan).rto;
            chains.iter().flat_map(|chain| &chain.steps).find(|step| step.name == name).unwrap().clone()
        };
        let load = step(&plan, Topology::Rebuild, "load");
        assert!((load.time.low.as_secs() * 1.2 - load.time.mode.as_secs()).abs() < 1e-6, "{load:?}");
        assert!((load.time.high.as_secs() * 0.6 - load.time.mode.as_secs()).abs() < 1e-6, "{load:?}");
        let measured = |step: &str, times: &[f64]| Evidence {
            step: step.to_owned(),
            kind: EvidenceKind::Measured,
            times: times.iter().map(|time| Secs::mins(*time)).collect(),
        };
        plan.recovery.evidence = vec![measured("load", &[70.0, 95.0, 80.0]), measured("drain", &[0.5])];
        let load = step(&plan, Topology::Rebuild, "load");
        assert_eq!((load.basis, load.time.mode), (Basis::Measured(3), Secs::mins(80.0)));
        assert_eq!(step(&plan, Topology::Passive, "drain").time, Range::exactly(Secs::secs(30.0)));
    }

    /// By hand, 4 GB in a rebuilt cache: sessions (half of the data) are held only here and exported each hour. The export is imported, all of it,
    /// at 88 to 177 MB/s; the database gives the other half of the keys at its own rate, in half of the time, with an export or without. Where
    /// nothing is exported there is nothing to import.
    #[test]
    fn what_is_exported_comes_back_by_its_import() {
        use crate::plan::{Conflicts, DataClass, DataPart};
        let mut plan = plain(4.0, 100.0);
        plan.rebuild.sku = sku("Balanced_B10");
        let parts =
            |share: f64| vec![DataPart::new("sessions", share, share, DataClass::HeldOnlyHere, Conflicts::Merges)];
        let steps = |plan: &Plan| Answers::of(Topology::Rebuild, plan).rto[0].steps.clone();
        let time = |steps: &[RtoStep], name: &str| steps.iter().find(|step| step.name == name).map(|step| step.time);
        let load = time(&steps(&plan), "load").unwrap();
        plan.data.parts = parts(0.5);
        let never = steps(&plan);
        let half = |load: Range<Secs>| load.map(|time| time * 0.5);
        assert_eq!((time(&never, "import"), time(&never, "load")), (None, Some(half(load))));
        plan.data.export_interval = Some(Secs::hours(1.0));
        let exported = steps(&plan);
        let names: Vec<&str> = exported.iter().map(|step| step.name).collect();
        assert!(names.windows(4).any(|it| it == ["create", "endpoint", "import", "load"]), "{names:?}");
        let answers = Answers::of(Topology::Rebuild, &plan);
        let shards = f64::from(answers.design.caches[0].shards);
        let bytes = 4e9 * plan.assumptions.snapshot_ratio.as_fraction() / shards;
        let import = time(&exported, "import").unwrap();
        assert!((import.low.as_secs() - bytes / 177e6).abs() < 0.1, "{import:?} of {shards} shards");
        assert!((import.high.as_secs() - bytes / 88e6).abs() < 0.1, "{import:?} of {shards} shards");
        assert!((time(&exported, "load").unwrap().mode.as_secs() * 2.0 - load.mode.as_secs()).abs() < 1e-6);
        plan.data.parts = parts(1.0);
        let whole = steps(&plan);
        assert_eq!((time(&whole, "import"), time(&whole, "load")), (Some(import), None), "the database has none of it");
    }

    /// No client of a private network reaches a rebuilt cache before its endpoint stands: 1 – 2 – 10 min between create and load; drills replace
    /// them.
    #[test]
    fn a_rebuilt_cache_in_a_private_network_waits_for_its_endpoint() {
        use crate::plan::{Evidence, EvidenceKind, Network};
        let mut plan = plain(4.0, 100.0);
        plan.active.network = Network::Public;
        let public = Answers::of(Topology::Rebuild, &plan).rto[0].clone();
        plan.active.network = Network::PrivateEndpoint;
        let private = Answers::of(Topology::Rebuild, &plan).rto[0].clone();
        let names: Vec<&str> = private.steps.iter().map(|step| step.name).collect();
        assert!(names.windows(3).any(|it| it == ["create", "endpoint", "load"]), "{names:?}");
        assert!(((private.total.mode - public.total.mode).as_secs() - 120.0).abs() < 1e-6);
        assert!(((private.total.high - public.total.high).as_secs() - 600.0).abs() < 1e-6);
        let (step, kind) = ("endpoint".to_owned(), EvidenceKind::Measured);
        plan.recovery.evidence = vec![Evidence { step, kind, times: vec![Secs::mins(4.0)] }];
        let drilled = Answers::of(Topology::Rebuild, &plan).rto[0].clone();
        assert!(((drilled.total.mode - public.total.mode).as_secs() - 240.0).abs() < 1e-6);
    }

    /// Sums of the ends; the quantiles lie inside, in order.
    #[test]
    fn totals_are_sums_and_quantiles_lie_inside() {
        for topology in Topology::ALL {
            for chain in Answers::of(topology, &Plan::default()).rto {
                let highs: Secs = chain.steps.iter().map(|step| step.time.high).sum();
                assert_eq!(chain.total.high, highs);
                assert!(chain.total.low < chain.p50 && chain.p50 < chain.p95 && chain.p95 < chain.total.high);
            }
        }
    }

    /// Changes that come faster than they are applied overrun any buffer: no copy is ever complete.
    #[test]
    fn a_pair_that_never_converges_has_no_recovery_path() {
        let mut plan = plain(4.0, 5e6);
        (plan.passive.sku, plan.passive.shards) = (sku("Premium_P1"), Some(1));
        assert_eq!(paths(Topology::Passive, &plan), []);
    }
}
