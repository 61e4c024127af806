//! Files that disagree on one resource, where nothing tells which is newer: what they disagree on is unknown, and asked for.

use crate::catalog::Severity;
use crate::estate::deployments::{Deployment, Kind, Member};
use crate::estate::facts::settle::{Dispute, sources, worded};
use crate::estate::facts::{Alert, Facts};
use crate::estate::findings::commands;
use crate::estate::findings::finding::{Finding, finding};
use crate::estate::findings::open_values::field_of;
use crate::estate::id;
use crate::estate::measure::{Measured, Measurements};
use crate::estate::planned::draft::Draft;
use crate::estate::planned::load::{day, measured, writes_of};
use crate::import::metrics::{Metric, Quantity, Shards};
use crate::units::{Secs, format};
use std::collections::{BTreeMap, BTreeSet};

type Disputes = BTreeMap<&'static str, Dispute>;

/// Properties that no sentence names: another stands for each.
const SILENT: [&str; 4] = ["tier", "deployed", "id", "listed"];
const LINKED: &str = "linkedServers";
const STATE: &str = "provisioningState";
const CONNECTIONS: &str = "privateEndpointConnections";
const NO_LINK: &str = "no link";

const UNKNOWN: &str =
    "Nothing shows which file is newer, so this counts as unknown. Save it again, and leave the older file out";

/// Fields of the plan that hang on a property, of a pair, a group, and a cache alone, beside those that code may leave open.
const FIELDS: [(&str, [&str; 3]); 10] = [
    (STATE, ["passive.checks.both_running_unlinked", "", ""]),
    ("linkedDatabases", ["", "active.checks.all_linked", ""]),
    ("maxmemory-reserved", ["passive.reserved", "", ""]),
    ("maxfragmentationmemory-reserved", ["passive.fragmentation_reserved", "", ""]),
    ("RDB persistence", ["passive.persistence", "active.persistence", ""]),
    ("AOF persistence", ["passive.persistence", "active.persistence", ""]),
    ("redundancyMode", ["", "active.zone_redundant", "rebuild.zone_redundant"]),
    ("sku.capacity", ["", "", "today.caches"]),
    ("status", ["passive.checks.endpoints_before_link", "active.network", "active.network"]),
    (CONNECTIONS, ["passive.checks.endpoints_before_link", "active.network", "active.network"]),
];

fn field(property: &str, at: usize, kind: Kind) -> &'static str {
    if (property, kind, at) == ("sku", Kind::Pair, 1) {
        return "passive.secondary_sku";
    }
    let place = match kind {
        Kind::Pair => 0,
        Kind::Group => 1,
        Kind::Alone => 2,
    };
    let own = FIELDS.iter().find(|it| it.0 == property).map(|it| it.1[place]);
    own.unwrap_or_else(|| field_of(property, kind))
}

/// One resource on which files disagree.
struct Disputed {
    /// "the link of a with b".
    what: String,
    /// The command that prints it anew.
    command: Option<String>,
    on: Disputes,
}

impl Disputed {
    fn new(what: String, command: Option<String>, on: Disputes) -> Option<Self> {
        on.keys().any(|it| !SILENT.contains(it)).then_some(Self { what, command, on })
    }

    fn said(&self) -> impl Iterator<Item = (&'static str, &Dispute)> {
        self.on.iter().filter(|(property, _)| !SILENT.contains(property)).map(|(property, it)| (*property, it))
    }

    fn finding(&self) -> Finding {
        let each: Vec<String> = self.said().map(|(property, it)| format!("{property} is {}", worded(it))).collect();
        let severity =
            if self.said().all(|(property, _)| property == "tags") { Severity::Info } else { Severity::Warn };
        let next = match &self.command {
            Some(command) => format!("{UNKNOWN}: {command}"),
            None => format!("{UNKNOWN}."),
        };
        let says = format!("Files disagree on {}: {}.", self.what, each.join("; "));
        finding("EST-FILES", severity, says, next)
    }
}

/// Every resource of a member on which files disagree.
fn of(member: &Member, facts: &Facts) -> Vec<Disputed> {
    let (key, name) = (&member.key, &member.name);
    let own = || commands::description(member, facts);
    let cache = facts.caches.get(key).and_then(|it| Disputed::new(name.clone(), own(), it.disputed.clone()));
    let databases = facts.databases_of(key).filter_map(|(database, it)| {
        Disputed::new(format!("the database {} of {name}", id::name(database)), own(), it.disputed.clone())
    });
    let links = facts.links.iter().filter(|((owner, _), _)| owner == key).filter_map(|((_, peer), it)| {
        let what = format!("the link of {name} with {}", id::name(peer));
        Disputed::new(what, commands::links(member, facts), it.disputed.clone())
    });
    let endpoints = endpoints(facts, key).filter_map(|(endpoint, on)| {
        let what = format!("the private endpoint {} of {name}", id::name(endpoint));
        let place = facts.subnets.get(endpoint).map(|it| it.disputed.clone()).unwrap_or_default();
        Disputed::new(what, commands::endpoints(endpoint), on.clone().into_iter().chain(place).collect())
    });
    cache.into_iter().chain(databases).chain(links).chain(endpoints).collect()
}

fn endpoints<'a>(facts: &'a Facts, cache: &'a str) -> impl Iterator<Item = (&'a str, &'a Disputes)> {
    let all = facts.endpoints.range((cache.to_owned(), String::new())..).take_while(move |((of, _), _)| of == cache);
    all.map(|((_, endpoint), it)| (endpoint.as_str(), &it.disputed))
}

/// A finding for each resource of a deployment on which files disagree, and for each of its metrics.
pub(in crate::estate) fn findings(deployment: &Deployment, facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in &deployment.members {
        found.extend(of(member, facts).iter().map(Disputed::finding));
        found.extend(of_metrics(facts, &member.key, &member.name));
    }
    found.extend(apart(deployment, facts));
    found
}

/// A finding where the set commands of members have less than half of their time in common: their sum is of no one time.
fn apart(deployment: &Deployment, facts: &Facts) -> Option<Finding> {
    let writers = deployment.members.iter().filter(|it| deployment.kind == Kind::Group && writes_of(it.role));
    let all: Vec<(&str, Measured)> =
        writers.filter_map(|it| Some((it.name.as_str(), measured(facts, &it.key, Quantity::Sets)?.ok()?))).collect();
    let ends = |it: &Measured| (it.window.0, it.window.1 + it.interval.as_secs());
    let begin = all.iter().map(|it| ends(&it.1).0).reduce(f64::max)?;
    let common = all.iter().map(|it| ends(&it.1).1).reduce(f64::min)? - begin;
    let longest = all.iter().map(|it| ends(&it.1).1 - ends(&it.1).0).reduce(f64::max)?;
    let each: Vec<String> =
        all.iter().map(|(name, it)| format!("{name} from {} to {}", day(it.window.0), day(it.window.1))).collect();
    let shared =
        if common > 0.0 { format!("; {} in common", format::duration(Secs::secs(common))) } else { String::new() };
    let says = format!("The set commands of the members are of different times: {}{shared}.", format::listed(&each));
    let next = "Their sum is of no one time: save the metrics of all members for the same days.";
    (common < longest * 0.5).then(|| finding("EST-FILES", Severity::Warn, says, next))
}

/// A finding for each metric of a cache that has two values at one time.
fn of_metrics(facts: &Facts, cache: &str, name: &str) -> Vec<Finding> {
    let twice = facts.metrics.get(cache).map(Measurements::twice).unwrap_or_default();
    let one = |(metric, times, first): (&Metric, usize, i64)| {
        let counts = if metric.shards == Shards::Least { "lesser" } else { "greater" };
        let says = format!(
            "The files have two values of {} of {name} at {}, the first on {}: the {counts} one counts.",
            metric.words,
            format::counted(times, "time"),
            day(first as f64 / 1e3)
        );
        let next =
            "Leave out the older file; where they are shards, save the metric with --dimension ShardId --top 30.";
        finding("EST-FILES", Severity::Warn, says, next)
    };
    twice.into_iter().map(one).collect()
}

/// The same for alerts, which are of no one deployment.
pub(in crate::estate) fn of_alerts(facts: &Facts) -> Vec<Finding> {
    let one = |(key, alert): (&String, &'_ Alert)| {
        let command = commands::alerts(key);
        Some(Disputed::new(format!("the alert {}", id::name(key)), command, alert.disputed.clone())?.finding())
    };
    facts.alerts.iter().filter_map(one).collect()
}

/// The same for metrics of caches whose description is in no file.
pub(in crate::estate) fn of_strangers(facts: &Facts) -> Vec<Finding> {
    let strangers = facts.metrics.keys().filter(|key| !facts.caches.contains_key(*key));
    strangers.flat_map(|key| of_metrics(facts, key, id::name(key))).collect()
}

/// The fields of the plan that hang on what files disagree on, each with the sentence that says on what.
fn doubts(deployment: &Deployment, facts: &Facts) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (at, member) in deployment.members.iter().enumerate() {
        for disputed in of(member, facts) {
            let what = &disputed.what;
            all.extend(disputed.said().map(|(property, dispute)| {
                let says = format!("Files disagree on {property} of {what}: {}.", worded(dispute));
                (field(property, at, deployment.kind), says)
            }));
        }
    }
    all.retain(|(field, _)| !field.is_empty());
    all
}

/// The fields of the plan that hang on what files disagree on.
pub(in crate::estate) fn fields(deployment: &Deployment, facts: &Facts) -> BTreeSet<&'static str> {
    doubts(deployment, facts).into_iter().map(|it| it.0).collect()
}

/// Lists what files disagree on as unknown, at the fields of the plan that hang on it.
pub(in crate::estate) fn note(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    for (field, why) in doubts(deployment, facts) {
        draft.unknown.retain(|it| it.field != field || !it.why.starts_with("No file "));
        draft.doubt(field, why);
    }
}

/// True where files disagree on whether the caches of a deployment are linked.
pub(in crate::estate) fn of_links(deployment: &Deployment, facts: &Facts) -> bool {
    let lists = deployment.caches(facts).any(|(_, it)| it.disputed.contains_key(LINKED));
    let is_of = |key: &String| deployment.members.iter().any(|it| it.key == *key);
    lists
        || facts
            .links
            .iter()
            .filter(|((owner, _), _)| is_of(owner))
            .any(|(_, link)| link.disputed.get(STATE).is_some_and(|it| it.contains_key(NO_LINK)))
}

/// True where files disagree on the private endpoints of a cache.
pub(in crate::estate) fn of_endpoints(facts: &Facts, cache: &str) -> bool {
    facts.caches.get(cache).is_some_and(|it| it.disputed.contains_key(CONNECTIONS))
        || endpoints(facts, cache).any(|(_, on)| !on.is_empty())
}

/// Notes links that the list of one file has and its cache in another has not: nothing tells which of the two is newer.
pub(in crate::estate) fn settle_links(facts: &mut Facts) {
    for ((owner, peer), link) in &mut facts.links {
        let Some(cache) = facts.caches.get(owner).filter(|it| !it.disputed.contains_key(LINKED)) else { continue };
        let Some(listed) = &cache.linked else { continue };
        if listed.iter().any(|it| id::name(it) == id::name(peer)) {
            continue;
        }
        let by = sources(link.origin, link.each.iter().map(|it| it.origin));
        let state = link.state.take().unwrap_or_else(|| "a link".to_owned());
        let dispute = link.disputed.entry(STATE).or_insert_with(|| Dispute::from([(state, by)]));
        let by = sources(cache.origin, cache.each.iter().map(|it| it.origin));
        dispute.insert(NO_LINK.to_owned(), by);
    }
}
