//! Findings on what is deployed: facts that contradict each other, and states that a plan cannot know.

pub(super) mod commands;
pub(super) mod disputes;
pub(super) mod finding;
pub(super) mod impossible_values;
pub(super) mod of_code;
pub(super) mod open_values;
pub(super) mod strangers;

use super::deployments::{Deployment, Kind, Member, Role};
use super::facts::Facts;
use super::id;
use super::measure::Measured;
use crate::catalog::Severity;
use crate::estate::findings::finding::{Finding, finding};
use crate::estate::measure::of_cache::worst;
use crate::estate::planned::alike::unlike;
use crate::estate::planned::health::quiet_since;
use crate::estate::planned::link_state::one_sided;
use crate::estate::planned::load::{day, events, measured, window, written_bytes};
use crate::estate::planned::odd_times::moved;
use crate::estate::planned::pair::{is_unreachable, links_of};
use crate::import::metrics::{AGGREGATES, AVERAGE, Quantity};
use crate::model::demand::StreamBytes;
use crate::model::thresholds::ALERT;
use crate::plan::{LoadFigure, Plan};
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};
use std::collections::BTreeSet;

/// Full syncs in a window from which on they are said to repeat: one is what a link begins with.
const REPEATED: f64 = 2.0;

/// What is found about a deployment; `plan` gives the RPO target and the size of a write.
#[must_use]
pub fn findings(deployment: &Deployment, facts: &Facts, plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    half(deployment, facts, &mut found);
    match deployment.kind {
        Kind::Pair => links(deployment, facts, &mut found),
        Kind::Group => sets(deployment, facts, &mut found),
        Kind::Alone => {}
    }
    found.extend(unlike(deployment, facts).into_iter().map(|says| {
        let next = "Set all alike, so that a failover changes the region alone.";
        finding("EST-DIFFERS", Severity::Warn, says, next)
    }));
    for (member, cache) in deployment.caches(facts) {
        state(&member.name, [&cache.state, &cache.resource_state], &mut found);
        found.extend(is_unreachable(facts, &member.key).then(|| {
            let says = format!(
                "No client reaches {}: public access is off, and it has no approved private endpoint.",
                member.name
            );
            finding(
                "EST-ACCESS",
                Severity::Warn,
                says,
                "Approve or create a private endpoint, then list the cache again.",
            )
        }));
        for (key, it) in facts.databases_of(&member.key) {
            let name = format!("The database {} of {}", id::name(key), member.name);
            state(&name, [&it.state, &it.resource_state], &mut found);
        }
        found.extend(metrics(&Metrics { deployment, key: &member.key, name: &member.name, facts, plan }));
        if facts.watches_memory(&member.key) == Some(false) {
            found.push(finding(
                "EST-ALERT",
                Severity::Warn,
                format!("No alert watches the used memory of {}.", member.name),
                format!("Create an alert on usedmemorypercentage at {}.", format::percent(ALERT)),
            ));
        }
        if facts.may_lack_alerts(&member.key) {
            let says = format!(
                "No alert on the used memory of {} is in the files, and one list is empty: if it is the list of alerts, there is none.",
                member.name
            );
            let next = format!("Create an alert on usedmemorypercentage at {}", format::percent(ALERT));
            let next = match commands::alerts(&member.key) {
                Some(command) => format!("{next}, or save the alerts of its subscription: {command}"),
                None => format!("{next}."),
            };
            found.push(finding("EST-ALERT", Severity::Warn, says, next));
        }
    }
    found.sort_by(|one, other| one.order().cmp(&other.order()));
    found
}

fn half(deployment: &Deployment, facts: &Facts, found: &mut Vec<Finding>) {
    let of = |is_known: bool| deployment.members.iter().filter(move |it| it.is_known == is_known);
    let others: Vec<String> = of(true).map(Member::shown).collect();
    let place = |member: &Member| {
        let place = id::part(&member.key, "subscriptions").filter(|_| !id::is_stand_in(&member.key));
        place.map_or_else(String::new, |it| format!(" of subscription {it}"))
    };
    if others.is_empty() {
        let names: Vec<&str> = of(false).map(|it| it.name.as_str()).collect();
        let from = of(false).next().map(place).unwrap_or_default();
        let says = format!("{} are linked, and none of them is in the files.", format::listed(&names));
        let commands: Vec<String> = of(false).filter_map(|it| commands::description(it, facts)).collect();
        let next = match commands.as_slice() {
            [] => format!("Add the list of caches{from}."),
            some => format!("Save their descriptions and open them with the other files: {}", some.join("; ")),
        };
        found.push(finding("EST-HALF", Severity::Warn, says, next));
        return;
    }
    let whole = if deployment.kind == Kind::Pair { "pair" } else { "group" };
    for member in of(false) {
        let (name, from) = (member.shown(), place(member));
        found.push(finding(
            "EST-HALF",
            Severity::Warn,
            format!(
                "{} {} linked with {name}, which is not in the files: half the {whole} is known.",
                format::listed(&others),
                if others.len() == 1 { "is" } else { "are" }
            ),
            match commands::description(member, facts) {
                Some(command) => {
                    format!("Save its description and open it with the other files: {command} – or look whether {name} still exists.")
                }
                None => format!("Add the list of caches{from}, or look whether {name} still exists."),
            },
        ));
    }
}

fn links(deployment: &Deployment, facts: &Facts, found: &mut Vec<Finding>) {
    let names: Vec<&str> = deployment.members.iter().map(|it| it.name.as_str()).collect();
    let pair = format::listed(&names);
    let known = || deployment.members.iter().filter(|it| it.role == Role::Linked && it.is_known);
    let own = facts.links.iter().filter(|((owner, _), _)| deployment.members.iter().any(|it| it.key == *owner));
    let is_silent = !deployment.roles_disagree && own.clone().all(|(_, it)| !it.disputed.contains_key("serverRole"));
    if let Some(command) = known().find_map(|it| commands::links(it, facts)).filter(|_| is_silent) {
        found.push(finding(
            "EST-PRIMARY",
            Severity::Warn,
            format!("No file shows which of {pair} is the primary: writes, lag and the state of the link are open."),
            format!("Save the links and open them with the other files: {command}"),
        ));
    }
    found.extend(moved(deployment, facts).map(|says| {
        let next = "Import the metrics from after the failover alone: writes and profile are open until then.";
        finding("EST-FILES", Severity::Warn, says, next)
    }));
    if deployment.roles_disagree {
        found.push(finding(
            "EST-ROLES",
            Severity::Block,
            format!("The two sides of {pair} name different primaries, so that neither counts as one."),
            "Run az redis server-link list on both again; a failover may be under way.",
        ));
    }
    for member in &deployment.members {
        let count = links_of(facts, &member.key);
        if count > 1 {
            found.push(finding(
                "EST-LINKS",
                Severity::Block,
                format!("{} has {count} links; a cache has one at most.", member.name),
                "Run az redis server-link list on it again.",
            ));
        }
    }
    link_states(deployment, facts, &pair, found);
}

/// A link that one side alone shows, and one that is not in place.
fn link_states(deployment: &Deployment, facts: &Facts, pair: &str, found: &mut Vec<Finding>) {
    let mut states: Vec<(&str, &str)> = facts
        .links
        .iter()
        .filter(|((one, other), _)| deployment.members.iter().all(|it| it.key == *one || it.key == *other))
        .filter_map(|((owner, _), link)| Some((id::name(owner), link.state.as_deref()?)))
        .collect();
    states.sort_unstable();
    found.extend(one_sided(deployment, facts).map(|says| {
        let next = "A link or an unlink is half done: list the links of both again, then unlink on the side that still shows one.";
        finding("EST-LINK", Severity::Warn, says, next)
    }));
    if states.iter().any(|(_, state)| !state.eq_ignore_ascii_case("Succeeded")) {
        let shown: Vec<String> = states.iter().map(|(owner, state)| format!("{state} as {owner} shows it")).collect();
        let differs = if states.windows(2).any(|it| it[0].1 != it[1].1) {
            "The link states disagree"
        } else {
            "The link is not in place"
        };
        found.push(finding(
            "EST-LINK",
            Severity::Warn,
            format!("{differs} for {pair}: {}.", format::listed(&shown)),
            "Wait until both show Succeeded; a link that stays so is unlinked and linked again.",
        ));
    }
}

fn sets(deployment: &Deployment, facts: &Facts, found: &mut Vec<Finding>) {
    type Sets<'a> = Vec<(&'a str, Vec<&'a str>)>;
    let databases: Vec<_> = deployment
        .members
        .iter()
        .flat_map(|it| facts.grouped_of(&it.key).map(move |(_, database)| (it, database)))
        .collect();
    let lists: Sets<'_> = databases
        .iter()
        .filter(|(_, it)| !it.disputed.contains_key("linkedDatabases"))
        .map(|(member, it)| {
            let names = it.linked.iter().flatten().filter_map(|(key, _)| cluster_name(key)).collect();
            (member.name.as_str(), names)
        })
        .collect();
    if lists.windows(2).any(|pair| pair[0].1 != pair[1].1) {
        let each: Vec<String> = lists
            .iter()
            .map(|(name, list)| {
                format!("{name} names {}", if list.is_empty() { "no member".to_owned() } else { format::listed(list) })
            })
            .collect();
        found.push(finding(
            "EST-SETS",
            Severity::Block,
            format!("Members list different sets: {}.", format::listed(&each)),
            "A link or an unlink is half done: list the databases again, then force-unlink the member that is gone.",
        ));
    }
    let mut states: Vec<String> = databases
        .iter()
        .flat_map(|(member, it)| it.linked.iter().flatten().map(move |(key, state)| (member, key, state)))
        .filter(|(_, _, state)| !state.eq_ignore_ascii_case("Linked") && !state.is_empty())
        .map(|(member, key, state)| {
            format!("{} is {state} as {} shows it", cluster_name(key).unwrap_or(key), member.name)
        })
        .collect();
    states.sort();
    if !states.is_empty() {
        found.push(finding(
            "EST-LINK",
            Severity::Warn,
            format!("Not every member is linked: {}.", format::listed(&states)),
            "Wait until every member shows Linked; after LinkFailed unlink the member and link it again.",
        ));
    }
}

/// "amr-weu" of the key of its database.
fn cluster_name(key: &str) -> Option<&str> {
    id::part(key, "redisenterprise")
}

fn state(name: &str, [change, now]: [&Option<String>; 2], found: &mut Vec<Finding>) {
    let bad = |state: &Option<String>, good: &str| state.clone().filter(|it| !it.eq_ignore_ascii_case(good));
    let states: BTreeSet<String> = [bad(change, "Succeeded"), bad(now, "Running")].into_iter().flatten().collect();
    let states: Vec<String> = states.into_iter().collect();
    if !states.is_empty() {
        found.push(finding(
            "EST-STATE",
            Severity::Warn,
            format!("{name} is {}.", format::listed(&states)),
            "Look at it in the portal; list it again when the change is done.",
        ));
    }
}

/// The metrics of one cache, with the plan whose targets judge them.
struct Metrics<'a> {
    deployment: &'a Deployment,
    key: &'a str,
    name: &'a str,
    facts: &'a Facts,
    plan: &'a Plan,
}

fn metrics(of: &Metrics<'_>) -> impl Iterator<Item = Finding> {
    [of.lag(), of.offset(), of.health(), of.full_syncs(), of.fill(), of.evictions()].into_iter().flatten()
}

impl Metrics<'_> {
    fn of(&self, quantity: Quantity) -> Option<Measured> {
        measured(self.facts, self.key, quantity).and_then(Result::ok)
    }

    fn worst(&self, quantity: Quantity) -> Option<Measured> {
        worst(self.facts, self.key, quantity)
    }

    fn warn(&self, id: &'static str, says: String, measured: &Measured, metric: &str) -> Finding {
        finding(id, Severity::Warn, says, format!("Based on the {}.", window(measured, metric, self.name)))
    }

    fn lag(&self) -> Option<Finding> {
        let (lag, target) = (self.worst(Quantity::Lag)?, self.plan.objectives.rpo?);
        let [peak, p95] = [lag.peak, lag.p95].map(|it| format::duration(Secs::secs(it)));
        let says = || {
            let (name, target) = (self.name, format::duration(target));
            let least = if lag.aggregate == AGGREGATES[AVERAGE] { "at least " } else { "" };
            format!(
                "The replication lag of {name} reached {least}{peak} (P95 {p95}), above the RPO target of {target}."
            )
        };
        (lag.peak > target.as_secs()).then(|| self.warn("EST-LAG", says(), &lag, "GeoReplicationConnectivityLag"))
    }

    /// Bytes a second that clients write to the primary, measured, else as measured writes of the plan's size make them, and how that is
    /// said; `None` where no file has the writes.
    fn written(&self) -> Option<(f64, String)> {
        if self.deployment.members.iter().any(|it| it.role == Role::Linked) {
            return None;
        }
        let measured = written_bytes(self.deployment, self.facts);
        if let Some(bytes) = measured {
            return Some((bytes.iter().map(|(_, it)| it.mean).sum(), String::new()));
        }
        let each = StreamBytes::of(self.plan).mean(&self.plan.workload.split);
        let rate = each.as_bytes() * self.plan.workload.writes.as_per_s();
        let is_open = self.plan.workload.open.contains(&LoadFigure::Operations);
        (!is_open).then(|| (rate, format!(" at the plan’s {} each", format::bytes(each))))
    }

    /// Bytes behind as time, over the bytes a second that are written; not judged where no file has those.
    fn offset(&self) -> Option<Finding> {
        const METRIC: &str = "GeoReplicationDataSyncOffset";
        let (offset, target) = (self.of(Quantity::Offset)?, self.plan.objectives.rpo?);
        let (name, peak) = (self.name, format::bytes(Bytes::bytes(offset.peak)));
        let Some((rate, size)) = self.written() else {
            let says = format!(
                "The copy of {name} was {peak} behind. The time is not judged: no file has the writes of the primary."
            );
            let basis = window(&offset, METRIC, name);
            let next =
                format!("Add setcommands of the primary, or enter the writes in the plan. Based on the {basis}.");
            return (offset.peak > 0.0).then(|| finding("EST-OFFSET", Severity::Info, says, next));
        };
        if rate <= 0.0 || offset.peak / rate <= target.as_secs() {
            return None;
        }
        let [behind, target] = [Secs::secs(offset.peak / rate), target].map(format::duration);
        let says = format!(
            "The copy of {name} was {peak} behind, {behind} of its writes{size}, above the RPO target of {target}."
        );
        Some(self.warn("EST-OFFSET", says, &offset, METRIC))
    }

    fn health(&self) -> Option<Finding> {
        let health = self.worst(Quantity::Healthy)?;
        let name = self.name;
        let says = match quiet_since(&health) {
            _ if health.peak < 1.0 => {
                let when = match (health.mean > 0.0, health.last >= 1.0) {
                    (false, _) => format!("in any of {}", format::counted(health.points, "interval")),
                    (true, false) => "for a time, and is not at the end".to_owned(),
                    (true, true) => "for a time".to_owned(),
                };
                format!("Geo-replication of {name} was not healthy {when}.")
            }
            Some(since) => format!("The health of geo-replication of {name} has no value since {}.", day(since)),
            None => return None,
        };
        Some(self.warn("EST-HEALTH", says, &health, "GeoReplicationHealthy"))
    }

    fn full_syncs(&self) -> Option<Finding> {
        let counted = [Quantity::FullSyncs, Quantity::FullSyncEnds].into_iter();
        let counted = counted.filter_map(|it| events(self.facts, self.key, it));
        let most = counted.max_by(|one, other| one.0.total_cmp(&other.0));
        let (count, it) = most.filter(|(count, _)| *count >= REPEATED)?;
        let says = format!("{} copied everything {} times: full syncs repeat.", self.name, format::count(count));
        Some(self.warn("EST-SYNC", says, &it, "GeoReplicationFullSyncEventStarted"))
    }

    fn fill(&self) -> Option<Finding> {
        let fill = self.worst(Quantity::Fill).filter(|it| it.peak > ALERT.as_percent())?;
        let [peak, alert] = [Ratio::percent(fill.peak), ALERT].map(format::percent);
        let says = format!("The memory of {} was {peak} full, above {alert}.", self.name);
        Some(self.warn("EST-FILL", says, &fill, "usedmemorypercentage"))
    }

    fn evictions(&self) -> Option<Finding> {
        let evicted = self.of(Quantity::Evictions).filter(|it| it.mean > 0.0)?;
        let count = libm::round(evicted.mean * evicted.covered().as_secs());
        let noun = if count > 1.0 { "keys" } else { "key" };
        let says = format!("{} evicted {} {noun}.", self.name, format::count(count));
        Some(self.warn("EST-EVICT", says, &evicted, "evictedkeys"))
    }
}
