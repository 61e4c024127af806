//! Settings that a failover changes where the caches of a deployment differ in them.

use crate::estate::deployments::{Deployment, Kind};
use crate::estate::facts::{Cache, Database, Facts};
use crate::estate::planned::compare::Compared;
use crate::estate::planned::managed::{is_zone_redundant, of_databases, yes};
use crate::units::format;

pub(in crate::estate) type OfCache = (&'static str, fn(&Cache) -> Option<String>);
pub(in crate::estate) type OfDatabase = (&'static str, fn(&Database) -> Option<String>);

pub(in crate::estate) const OF_CACHES: [OfCache; 10] = [
    ("maxmemory-policy", |it| it.eviction.clone()),
    ("sku", |it| it.size.clone()),
    ("sku.capacity", |it| it.capacity.map(|it| it.to_string())),
    ("zones", |it| it.zones.as_ref().map(|zones| zones.join(" "))),
    ("minimumTlsVersion", |it| it.tls.clone()),
    ("redundancyMode", |it| it.redundancy.clone()),
    ("enableNonSslPort", |it| it.plain_port.map(|it| it.to_string())),
    ("highAvailability", |it| it.high_availability.map(|it| it.to_string())),
    ("replicasPerPrimary", |it| it.replicas.map(|it| it.to_string())),
    ("persistence", |it| saved(it.rdb, it.aof)),
];

pub(in crate::estate) const OF_DATABASES: [OfDatabase; 5] = [
    ("evictionPolicy", |it| it.eviction.clone()),
    ("clusteringPolicy", |it| it.clustering.clone()),
    ("clientProtocol", |it| it.protocol.clone()),
    ("modules", |it| it.modules.as_ref().map(|it| if it.is_empty() { "none".to_owned() } else { format::listed(it) })),
    ("persistence", |it| saved(it.rdb, it.aof)),
];

/// No setting of a member: all of a group have one.
const NICKNAME: OfDatabase = ("groupNickname", |it| it.group.clone());
const ZONES: &str = "zone redundant";

/// "RDB", "off"; `None` where no file says.
fn saved(rdb: Option<bool>, aof: Option<bool>) -> Option<String> {
    let kinds = [("RDB", rdb), ("AOF", aof)].into_iter().filter(|(_, on)| *on == Some(true)).map(|it| it.0);
    let kinds: Vec<&str> = kinds.collect();
    let said = rdb.is_some() || aof.is_some();
    said.then(|| if kinds.is_empty() { "off".to_owned() } else { format::listed(&kinds) })
}

/// A sentence for each setting in which the caches differ; what a file does not say of every cache is no difference.
pub(in crate::estate) fn unlike(deployment: &Deployment, facts: &Facts) -> Vec<String> {
    let whole = match deployment.kind {
        Kind::Pair => "caches of the pair",
        Kind::Group => "members of the group",
        Kind::Alone => return Vec::new(),
    };
    let caches = OF_CACHES.into_iter().filter_map(|(property, get)| Compared::of(deployment, facts, property, get));
    let each = deployment.members.iter().map(|it| Some((it.name.clone(), facts.shards_of(&it.key)?.to_string())));
    let shards = each.collect::<Option<Vec<_>>>().map(|each| Compared::new("shardCount", each));
    let databases = OF_DATABASES
        .into_iter()
        .chain([NICKNAME])
        .filter_map(|(property, get)| Some(Compared::new(property, of_databases(deployment, facts, get)?)));
    let mut all: Vec<Compared<String>> = caches.chain(shards).chain(databases).filter(|it| !it.equal()).collect();
    // One member may say it by its zones and another by its redundancy.
    let zones = Compared::of(deployment, facts, ZONES, |it| is_zone_redundant(it).map(|on| yes(on).to_owned()));
    let is_told = all.iter().any(|it| ["zones", "redundancyMode"].contains(&it.property()));
    all.extend(zones.filter(|it| !is_told && !it.equal()));
    all.iter().map(|it| format!("The {whole} differ: {}.", it.shown(Clone::clone))).collect()
}
