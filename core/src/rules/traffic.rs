//! Findings about the traffic switch: what it cannot redirect, whom it needs, and how long it takes.

use super::Finding;
use super::view::View;
use super::whole_plan::ours;
use crate::catalog::Severity;
use crate::model::{Topology, traffic_switch};
use crate::plan::{Network, TrafficSwitch};
use crate::units::names::Named;
use crate::units::{Secs, format};

const FIELD: &str = "traffic.switch";
/// The services' own documentation, read 2026-11-29.
const OF_FRONT_DOOR: &str = "Azure Front Door, health probes (2026-11-29): HTTP and HTTPS";
const OF_TRAFFIC_MANAGER: &str =
    "Azure Traffic Manager, endpoint monitoring (2026-11-29): HTTP, HTTPS or TCP from the internet";

/// Every finding about the switch of this plan; none where the plan does not name one.
pub(super) fn findings(view: &View) -> Vec<Finding> {
    if view.plan.traffic.switch == TrafficSwitch::Unsaid {
        return Vec::new();
    }
    let found = [http_alone(view), not_probed(view), foreign_name(view), reads_alone(view), unknown_cache(view)];
    let more = [needs_people(view), one_store(view), too_slow(view)];
    found.into_iter().chain(more).flatten().collect()
}

/// The design that a finding of both is told of: the group's clients have the most to redirect.
const BOTH: Topology = Topology::Active;

fn with_source(finding: Finding, source: &str) -> Finding {
    Finding { source: source.to_owned(), ..finding }
}

fn http_alone(view: &View) -> Option<Finding> {
    let sentence = "Azure Front Door carries HTTP and HTTPS: it redirects the application, never a Redis client.";
    let remedy = "Run the application in each region with its own cache in its settings.";
    let of = ours("PLAN-SWITCH-HTTP", BOTH, Severity::Warn, sentence.to_owned(), remedy, FIELD);
    (view.plan.traffic.switch == TrafficSwitch::FrontDoor).then(|| with_source(of, OF_FRONT_DOOR))
}

fn not_probed(view: &View) -> Option<Finding> {
    let private = [(Topology::Passive, view.plan.passive.network), (Topology::Active, view.plan.active.network)];
    let (topology, _) = private.into_iter().rev().find(|(_, network)| *network != Network::Public)?;
    let sentence = "Azure Traffic Manager probes from the internet: it sees no cache behind a private endpoint.";
    let remedy = "Let it probe a public health page of the application that writes to the cache.";
    let of = ours("PLAN-SWITCH-PRIVATE", topology, Severity::Warn, sentence.to_owned(), remedy, FIELD);
    (view.plan.traffic.switch == TrafficSwitch::TrafficManager).then(|| with_source(of, OF_TRAFFIC_MANAGER))
}

fn foreign_name(view: &View) -> Option<Finding> {
    let sentence = format!(
        "The certificate names the cache, not the name that {} answers: clients refuse it.",
        view.plan.traffic.switch.label()
    );
    let remedy =
        "Let clients check the cache’s own name (sslHost in StackExchange.Redis), or redirect the application.";
    let of = ours("PLAN-SWITCH-TLS", BOTH, Severity::Info, sentence, remedy, FIELD);
    view.plan.traffic.switch.by_name().then_some(of)
}

/// Clients that leave the primary by themselves are early: nobody has promoted the secondary yet.
fn reads_alone(view: &View) -> Option<Finding> {
    view.pair_regions()?;
    let sentence = format!(
        "{} may reach the pair’s secondary before the failover: it refuses writes until then (S1).",
        capital(view.plan.traffic.switch.label())
    );
    let remedy = "Let the probe write a key; hold or drop writes until it succeeds.";
    let of = ours("PLAN-SWITCH-READS", Topology::Passive, Severity::Warn, sentence, remedy, FIELD);
    view.plan.traffic.switch.probes().then_some(of)
}

fn unknown_cache(view: &View) -> Option<Finding> {
    let switch = view.plan.traffic.switch;
    let sentence = format!("A rebuilt cache has a new name that {} does not know: people enter it.", switch.label());
    let remedy = "Count with the step “Point clients elsewhere”, or use Azure App Configuration or a DNS record.";
    let of = ours("PLAN-SWITCH-NEW", Topology::Rebuild, Severity::Info, sentence, remedy, FIELD);
    matches!(switch, TrafficSwitch::CircuitBreaker | TrafficSwitch::FrontDoor).then_some(of)
}

fn needs_people(view: &View) -> Option<Finding> {
    let (switch, checks) = (view.plan.traffic.switch, &view.plan.active.checks);
    let sentence = format!(
        "The plan confirms that the application redirects itself, but {} moves on a person’s order: the RTO has both.",
        switch.label()
    );
    let remedy = "Choose a switch that probes, or take the confirmation back.";
    let of = ours("PLAN-SWITCH-PEOPLE", Topology::Active, Severity::Warn, sentence, remedy, FIELD);
    (!switch.moves_by_itself() && checks.application_redirects.is_confirmed()).then_some(of)
}

fn one_store(view: &View) -> Option<Finding> {
    view.plan.elsewhere()?;
    let sentence = "A store of Azure App Configuration is in one region: lost with it, nobody can set the key.";
    let remedy = "Replicate the store to the other region, and let clients know both endpoints.";
    let of = ours("PLAN-SWITCH-STORE", BOTH, Severity::Warn, sentence.to_owned(), remedy, FIELD);
    (view.plan.traffic.switch == TrafficSwitch::AppConfiguration).then_some(of)
}

/// Probes and answers that are held, at their longest, against the RTO target.
fn too_slow(view: &View) -> Option<Finding> {
    let (plan, target) = (view.plan, view.plan.objectives.rto?);
    let switch = plan.traffic.switch;
    let noticed = if switch.probes() { traffic_switch::notice(plan).range().high } else { Secs::ZERO };
    let moved =
        if switch.probes() { traffic_switch::redirect(plan) } else { traffic_switch::ordered(plan, Topology::Active) };
    let longest = noticed + moved.range().high;
    let sentence = format!(
        "The traffic switch alone takes up to {}: longer than the RTO target of {}.",
        format::duration(longest),
        format::duration(target)
    );
    let remedy = "Shorten interval, failures tolerated, TTL or refresh.";
    let of = ours("PLAN-SWITCH-SLOW", BOTH, Severity::Warn, sentence, remedy, "traffic.ttl");
    (longest > target).then_some(of)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::plan::{Confirmation, Network, Plan, TrafficSwitch};
    use crate::units::Secs;

    fn ids(plan: &Plan) -> Vec<String> {
        let found = evaluate(plan, &Catalog::bundled().unwrap()).findings;
        let mut ids: Vec<_> = found.into_iter().map(|it| it.id).filter(|id| id.starts_with("PLAN-SWITCH")).collect();
        ids.sort();
        ids
    }

    /// What each switch cannot do, in a plan of two regions behind private endpoints with a confirmed redirect and an RTO of 2 h.
    #[test]
    fn each_switch_says_what_it_cannot_redirect() {
        let mut plan = Plan::default();
        assert_eq!((plan.passive.network, plan.active.network), (Network::PrivateEndpoint, Network::PrivateEndpoint));
        plan.active.checks.application_redirects = Confirmation::Confirmed;
        plan.objectives.rto = Some(Secs::hours(2.0));
        let cases: [(TrafficSwitch, &[&str]); 7] = [
            (TrafficSwitch::Unsaid, &[]),
            (TrafficSwitch::ByHand, &["PEOPLE"]),
            (TrafficSwitch::CircuitBreaker, &["NEW", "READS"]),
            (TrafficSwitch::TrafficManager, &["PRIVATE", "READS", "TLS"]),
            (TrafficSwitch::FrontDoor, &["HTTP", "NEW", "READS"]),
            (TrafficSwitch::AppConfiguration, &["PEOPLE", "STORE"]),
            (TrafficSwitch::DnsRecord, &["PEOPLE", "TLS"]),
        ];
        for (switch, expected) in cases {
            plan.traffic.switch = switch;
            let expected: Vec<String> = expected.iter().map(|end| format!("PLAN-SWITCH-{end}")).collect();
            assert_eq!(ids(&plan), expected, "{switch:?}");
        }
    }

    /// By hand: 130 s for the probes and 60 s + 14 min for the name are 17 min 10 s.
    #[test]
    fn a_switch_that_is_slower_than_the_target_is_told_of() {
        let mut plan = Plan::default();
        plan.traffic.switch = TrafficSwitch::TrafficManager;
        for (target, slow) in [(1_029.0, true), (1_030.0, false)] {
            plan.objectives.rto = Some(Secs::secs(target));
            assert_eq!(ids(&plan).contains(&"PLAN-SWITCH-SLOW".to_owned()), slow, "{target}");
        }
    }
}
