//! How long the traffic switch takes (M-06): from probes, TTL and polls to ranges of the steps that it stands for.

use super::Topology;
use crate::plan::{Plan, TrafficSwitch};
use crate::units::{Range, Secs};

/// A person runs one prepared command; assumption.
pub const ORDERED: Range<Secs> = Range::new(Secs::secs(30.0), Secs::secs(120.0), Secs::secs(300.0));
/// Clients that know the other cache use it with their next request; assumption.
const IN_THE_CLIENT: Range<Secs> = Range::new(Secs::ZERO, Secs::secs(1.0), Secs::secs(5.0));
/// Every edge follows its own probes; assumption.
const AT_THE_EDGE: Range<Secs> = Range::new(Secs::secs(1.0), Secs::secs(10.0), Secs::secs(60.0));
/// Beyond the TTL on resolvers that hold answers longer: 15 min at a TTL of 60 s (T1).
pub const SLOW_RESOLVERS: Secs = Secs::mins(14.0);

/// The time of a step, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SwitchTime {
    /// The plan's recovery step as it stands.
    AsPlanned(Range<Secs>),
    /// What the settings of the traffic switch give.
    Of(Range<Secs>),
}

impl SwitchTime {
    /// The time.
    #[must_use]
    pub const fn range(self) -> Range<Secs> {
        match self {
            Self::AsPlanned(time) | Self::Of(time) => time,
        }
    }
}

/// Until the probes have noticed: with `I` between probes, `F` failures tolerated and a timeout `T`, from `F·I` (a probe begins with the
/// loss, and every one fails at once) over `(F + ½)·I` to `(F + 1)·I + T`. The plan's step "clients notice" without probes.
#[must_use]
pub fn notice(plan: &Plan) -> SwitchTime {
    if !plan.traffic.switch.probes() {
        return SwitchTime::AsPlanned(plan.recovery.client_detect);
    }
    let (each, tolerated) = (plan.traffic.probe_interval, f64::from(plan.traffic.probe_failures));
    let ends = Range::new(each * tolerated, each * (tolerated + 0.5), each * (tolerated + 1.0));
    SwitchTime::Of(Range::new(ends.low, ends.mode, ends.high + plan.traffic.probe_timeout))
}

/// From there until clients are at the other member; the plan's step "redirect" without probes.
#[must_use]
pub fn redirect(plan: &Plan) -> SwitchTime {
    match plan.traffic.switch {
        TrafficSwitch::CircuitBreaker => SwitchTime::Of(IN_THE_CLIENT),
        TrafficSwitch::TrafficManager => SwitchTime::Of(answers_expire(plan)),
        TrafficSwitch::FrontDoor => SwitchTime::Of(AT_THE_EDGE),
        TrafficSwitch::Unsaid | TrafficSwitch::ByHand | TrafficSwitch::AppConfiguration | TrafficSwitch::DnsRecord => {
            SwitchTime::AsPlanned(plan.recovery.redirect)
        }
    }
}

/// From a person's order until clients are at the cache that is left: [`ORDERED`] and what the switch takes to reach every client. The
/// plan's step "repoint" where people reconfigure the clients: by hand, where nothing is said, and where the cache of a rebuild has a
/// name that breaker and edge do not know.
#[must_use]
pub fn ordered(plan: &Plan, topology: Topology) -> SwitchTime {
    let traffic = &plan.traffic;
    let known_before = topology != Topology::Rebuild;
    let spreads = match traffic.switch {
        // It tries the other cache with each probe, and stays where writes are taken.
        TrafficSwitch::CircuitBreaker if known_before => {
            let each = traffic.probe_interval;
            return SwitchTime::Of(Range::new(Secs::ZERO, each * 0.5, each + traffic.probe_timeout));
        }
        TrafficSwitch::FrontDoor if known_before => AT_THE_EDGE,
        TrafficSwitch::TrafficManager | TrafficSwitch::DnsRecord => answers_expire(plan),
        TrafficSwitch::AppConfiguration => Range::new(Secs::ZERO, traffic.refresh, traffic.refresh * 2.0),
        TrafficSwitch::Unsaid | TrafficSwitch::ByHand | TrafficSwitch::CircuitBreaker | TrafficSwitch::FrontDoor => {
            return SwitchTime::AsPlanned(plan.recovery.repoint);
        }
    };
    SwitchTime::Of(Range::new(ORDERED.low + spreads.low, ORDERED.mode + spreads.mode, ORDERED.high + spreads.high))
}

/// Until the last client has dropped the old answer: the TTL, twice the TTL, the TTL and [`SLOW_RESOLVERS`]; at 60 s the range of the plan's
/// name resolution (T1).
fn answers_expire(plan: &Plan) -> Range<Secs> {
    let ttl = plan.traffic.ttl;
    let late = ttl * 2.0;
    Range::new(ttl, late, late.max(ttl + SLOW_RESOLVERS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;
    use crate::evaluate::evaluate;
    use crate::model::testing::{Answers, CATALOG, plain};
    use crate::plan::{Confirmation, Readiness, RecoverySteps};
    use crate::units::names::Named;

    fn with(switch: TrafficSwitch) -> Plan {
        let mut plan = plain(4.0, 100.0);
        plan.recovery = plan.recovery.at(Readiness::Rehearsed);
        plan.active.checks.application_redirects = Confirmation::Confirmed;
        plan.traffic.switch = switch;
        plan
    }

    fn secs(time: SwitchTime) -> (f64, f64, f64) {
        let range = time.range();
        (range.low.as_secs(), range.mode.as_secs(), range.high.as_secs())
    }

    /// By hand, from Traffic Manager's defaults (30 s, 3 tolerated, 10 s): the fourth failure counts, so 90 s to 120 s and the timeout. Its
    /// documentation has the same default values (Traffic Manager endpoint monitoring).
    #[test]
    fn probes_notice_after_the_last_tolerated_failure() {
        assert_eq!(secs(notice(&with(TrafficSwitch::TrafficManager))), (90.0, 105.0, 130.0));
        let mut quick = with(TrafficSwitch::CircuitBreaker);
        (quick.traffic.probe_interval, quick.traffic.probe_failures) = (Secs::secs(1.0), 0);
        quick.traffic.probe_timeout = Secs::secs(1.0);
        assert_eq!(secs(notice(&quick)), (0.0, 0.5, 2.0));
    }

    /// T1: TTL about 60 s, 5 to 15 min on some resolvers; the plan's own range of name resolution is the same.
    #[test]
    fn names_at_a_minute_take_what_the_plan_says_of_name_resolution() {
        assert_eq!(redirect(&with(TrafficSwitch::TrafficManager)).range(), RecoverySteps::default().dns);
        let ordered = secs(ordered(&with(TrafficSwitch::DnsRecord), Topology::Passive));
        assert_eq!(ordered, (30.0 + 60.0, 120.0 + 120.0, 300.0 + 900.0));
    }

    /// Nothing said: every step is the plan's, and a plan from before there was a switch answers as it did.
    #[test]
    fn without_a_word_every_figure_stays() {
        let plan = with(TrafficSwitch::Unsaid);
        for time in [notice(&plan), redirect(&plan), ordered(&plan, Topology::Active)] {
            assert!(matches!(time, SwitchTime::AsPlanned(_)));
        }
        let old = codec::from_json(r#"{"v":1,"name":"Old"}"#).unwrap();
        assert_eq!(old.traffic.switch, TrafficSwitch::Unsaid);
        let mut moved = old.clone();
        (moved.traffic.ttl, moved.traffic.probe_interval) = (Secs::mins(90.0), Secs::mins(50.0));
        for topology in Topology::ALL {
            let [before, after] = [&old, &moved].map(|plan| evaluate(plan, &CATALOG).of(topology).clone());
            assert_eq!(before, after);
        }
    }

    /// A record and a key move when people order it: a confirmed redirect does not make them automatic.
    #[test]
    fn what_people_order_detects_and_decides_first() {
        for (_, name, _) in TrafficSwitch::NAMES {
            let switch = TrafficSwitch::named(name).unwrap();
            let plan = with(switch);
            let chain = &Answers::of(Topology::Active, &plan).rto[0];
            let decides = chain.steps.iter().any(|step| step.name == "decide");
            assert_eq!(decides, !switch.moves_by_itself(), "{name}");
            let sources: Vec<_> = chain.steps.iter().map(|step| step.source).collect();
            let said = !matches!(switch, TrafficSwitch::Unsaid | TrafficSwitch::ByHand);
            assert_eq!(sources.contains(&"traffic switch, M-06"), said, "{name}");
        }
    }

    /// The new cache of a rebuild is nobody's second address.
    #[test]
    fn a_rebuilt_cache_is_unknown_to_breaker_and_edge() {
        for switch in [TrafficSwitch::CircuitBreaker, TrafficSwitch::FrontDoor] {
            let plan = with(switch);
            assert_eq!(ordered(&plan, Topology::Rebuild), SwitchTime::AsPlanned(plan.recovery.repoint));
            assert!(matches!(ordered(&plan, Topology::Passive), SwitchTime::Of(_)));
        }
    }

    /// Longer intervals, time-outs, TTLs and polls never bring users back earlier.
    #[test]
    fn slower_settings_are_never_faster() {
        for (_, name, _) in TrafficSwitch::NAMES {
            let plan = with(TrafficSwitch::named(name).unwrap());
            let mut slow = plan.clone();
            let traffic = &mut slow.traffic;
            (traffic.probe_interval, traffic.probe_timeout) = (Secs::mins(2.0), Secs::mins(1.0));
            (traffic.ttl, traffic.refresh, traffic.probe_failures) = (Secs::mins(30.0), Secs::mins(30.0), 9);
            for topology in Topology::ALL {
                let [fast, slow] = [&plan, &slow].map(|plan| Answers::of(topology, plan).rto[0].p95);
                assert!(slow >= fast, "{name} {topology:?}");
            }
        }
    }
}
