//! Findings on what is deployed: facts that contradict each other, and states that a plan cannot know.

use super::compare::Compared;
use super::deployments::{Deployment, Kind};
use super::facts::{Cache, Facts};
use super::id;
use super::load::{measured, window};
use super::measure::Measured;
use super::pair::links_of;
use crate::catalog::Severity;
use crate::import::metrics::Quantity;
use crate::model::demand::StreamBytes;
use crate::model::thresholds::ALERT;
use crate::plan::Plan;
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};

/// One thing that somebody should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable name: `EST-HALF`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What holds, in a sentence.
    pub says: String,
    /// What shows it, and what to do.
    pub do_next: String,
}

/// Full syncs in a window from which on they are said to repeat: one is what a link begins with.
const REPEATED: f64 = 2.0;

/// What is found about a deployment; `plan` gives the RPO target and the size of a write.
#[must_use]
pub fn findings(deployment: &Deployment, facts: &Facts, plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    half(deployment, &mut found);
    match deployment.kind {
        Kind::Pair => links(deployment, facts, &mut found),
        Kind::Group => sets(deployment, facts, &mut found),
        Kind::Alone => {}
    }
    for (member, cache) in deployment.caches(facts) {
        state(&member.name, cache, &mut found);
        metrics(&member.key, &member.name, facts, plan, &mut found);
        if facts.watches_memory(&member.key) == Some(false) {
            found.push(finding(
                "EST-ALERT",
                Severity::Warn,
                format!("No alert watches the used memory of {}.", member.name),
                format!("Create an alert on usedmemorypercentage at {}.", format::percent(ALERT)),
            ));
        }
    }
    found.sort_by(|one, other| (one.severity, one.id, &one.says).cmp(&(other.severity, other.id, &other.says)));
    found
}

fn finding(id: &'static str, severity: Severity, says: String, do_next: impl Into<String>) -> Finding {
    Finding { id, severity, says, do_next: do_next.into() }
}

fn half(deployment: &Deployment, found: &mut Vec<Finding>) {
    for member in deployment.members.iter().filter(|it| !it.is_known) {
        let others: Vec<&str> = deployment.members.iter().filter(|it| it.is_known).map(|it| it.name.as_str()).collect();
        let whole = if deployment.kind == Kind::Pair { "pair" } else { "group" };
        let place = id::part(&member.key, "subscriptions").filter(|it| *it != "template");
        let from = place.map_or_else(String::new, |it| format!(" of subscription {it}"));
        found.push(finding(
            "EST-HALF",
            Severity::Warn,
            format!(
                "{} is linked with {}, which is not in the files: half the {whole} is known.",
                format::listed(&others),
                member.name
            ),
            format!("Add the list of caches{from}, or look whether {} still exists.", member.name),
        ));
    }
}

fn links(deployment: &Deployment, facts: &Facts, found: &mut Vec<Finding>) {
    let names: Vec<&str> = deployment.members.iter().map(|it| it.name.as_str()).collect();
    let pair = format::listed(&names);
    if deployment.roles_disagree {
        found.push(finding(
            "EST-ROLES",
            Severity::Block,
            format!("The two sides of {pair} name different primaries."),
            "Run az redis server-link show on both again; a failover may be under way.",
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
    let mut states: Vec<(&str, &str)> = facts
        .links
        .iter()
        .filter(|((one, other), _)| deployment.members.iter().all(|it| it.key == *one || it.key == *other))
        .filter_map(|((owner, _), link)| Some((id::name(owner), link.state.as_deref()?)))
        .collect();
    states.sort_unstable();
    if states.iter().any(|(_, state)| *state != "Succeeded") {
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
    alike(deployment, facts, found);
}

/// Settings that a failover changes where the two caches differ in them.
fn alike(deployment: &Deployment, facts: &Facts, found: &mut Vec<Finding>) {
    let settings: [(&'static str, fn(&Cache) -> Option<String>); 3] = [
        ("maxmemory-policy", |it| it.eviction.clone()),
        ("sku", |it| it.size.clone()),
        ("zones", |it| it.zones.as_ref().map(|zones| zones.join(" "))),
    ];
    for (property, get) in settings {
        let Some(compared) = Compared::of(deployment, facts, property, get).filter(|it| !it.equal()) else { continue };
        found.push(finding(
            "EST-DIFFERS",
            Severity::Warn,
            format!("The caches of the pair differ: {}.", compared.shown(Clone::clone)),
            "Set both alike, so that a failover changes the region alone.",
        ));
    }
}

fn sets(deployment: &Deployment, facts: &Facts, found: &mut Vec<Finding>) {
    type Sets<'a> = Vec<(&'a str, Vec<&'a str>)>;
    let databases: Vec<_> = deployment
        .members
        .iter()
        .flat_map(|it| facts.databases_of(&it.key).map(move |(_, database)| (it, database)))
        .collect();
    let lists: Sets<'_> = databases
        .iter()
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
        .filter(|(_, _, state)| *state != "Linked" && !state.is_empty())
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

fn state(name: &str, cache: &Cache, found: &mut Vec<Finding>) {
    let bad = |state: &Option<String>, good: &[&str]| state.clone().filter(|it| !good.contains(&it.as_str()));
    let states = [bad(&cache.state, &["Succeeded"]), bad(&cache.resource_state, &["Running"])];
    let states: Vec<String> = states.into_iter().flatten().collect();
    if !states.is_empty() {
        found.push(finding(
            "EST-STATE",
            Severity::Warn,
            format!("{name} is {}.", format::listed(&states)),
            "Look at it in the portal; list it again when the change is done.",
        ));
    }
    if !cache.contradicted.is_empty() {
        let fields: Vec<&str> = cache.contradicted.iter().copied().collect();
        found.push(finding(
            "EST-FILES",
            Severity::Info,
            format!("Files say different things of {name}: {}.", format::listed(&fields)),
            "They were saved at different times: list it again and leave the older files out.",
        ));
    }
}

fn metrics(key: &str, name: &str, facts: &Facts, plan: &Plan, found: &mut Vec<Finding>) {
    let of = |quantity| measured(facts, key, quantity).and_then(Result::ok);
    let target = plan.objectives.rpo;
    if let (Some(lag), Some(target)) = (of(Quantity::Lag), target)
        && Secs::secs(lag.peak) > target
    {
        let (peak, p95) = (format::duration(Secs::secs(lag.peak)), format::duration(Secs::secs(lag.p95)));
        found.push(finding(
            "EST-LAG",
            Severity::Warn,
            format!(
                "The replication lag of {name} reached {peak} (P95 {p95}), above the RPO target of {}.",
                format::duration(target)
            ),
            from(&lag, "GeoReplicationConnectivityLag", name),
        ));
    }
    if let (Some(offset), Some(target)) = (of(Quantity::Offset), target) {
        offset_behind(name, &offset, of(Quantity::WriteBytes), plan, target, found);
    }
    if let Some(health) = of(Quantity::Healthy).filter(|it| it.peak < 1.0) {
        found.push(finding(
            "EST-HEALTH",
            Severity::Warn,
            format!("Geo-replication of {name} was not healthy for a time."),
            from(&health, "GeoReplicationHealthy", name),
        ));
    }
    let syncs = [Quantity::FullSyncs, Quantity::FullSyncEnds]
        .into_iter()
        .filter_map(of)
        .map(|it| (it.mean * it.points as f64, it));
    if let Some((count, it)) =
        syncs.max_by(|one, other| one.0.total_cmp(&other.0)).filter(|(count, _)| *count >= REPEATED)
    {
        found.push(finding(
            "EST-SYNC",
            Severity::Warn,
            format!("{name} copied everything {} times: full syncs repeat.", format::count(count)),
            from(&it, "GeoReplicationFullSyncEventStarted", name),
        ));
    }
    if let Some(fill) = of(Quantity::Fill).filter(|it| it.peak > ALERT.as_percent()) {
        let (peak, alert) = (format::percent(Ratio::percent(fill.peak)), format::percent(ALERT));
        found.push(finding(
            "EST-FILL",
            Severity::Warn,
            format!("The memory of {name} was {peak} full, above {alert}."),
            from(&fill, "usedmemorypercentage", name),
        ));
    }
    if let Some(evicted) = of(Quantity::Evictions).filter(|it| it.mean > 0.0) {
        let keys = format::count(libm::round(evicted.mean * evicted.covered().as_secs()));
        found.push(finding(
            "EST-EVICT",
            Severity::Warn,
            format!("{name} evicted {keys} keys."),
            from(&evicted, "evictedkeys", name),
        ));
    }
}

/// Bytes behind as time: over the bytes a second that clients write, measured, else as the plan's writes make them.
fn offset_behind(
    name: &str,
    offset: &Measured,
    written: Option<Measured>,
    plan: &Plan,
    target: Secs,
    found: &mut Vec<Finding>,
) {
    let by_plan = || {
        let bytes = StreamBytes::of(plan).mean(&plan.workload.split).as_bytes();
        bytes * plan.workload.writes.as_per_s()
    };
    let rate = written.map_or_else(by_plan, |it| it.mean);
    if rate <= 0.0 || offset.peak / rate <= target.as_secs() {
        return;
    }
    let (peak, behind) = (format::bytes(Bytes::bytes(offset.peak)), format::duration(Secs::secs(offset.peak / rate)));
    found.push(finding(
        "EST-OFFSET",
        Severity::Warn,
        format!(
            "The copy of {name} was {peak} behind, {behind} of its writes, above the RPO target of {}.",
            format::duration(target)
        ),
        from(offset, "GeoReplicationDataSyncOffset", name),
    ));
}

fn from(measured: &Measured, metric: &str, name: &str) -> String {
    format!("Based on the {}.", window(measured, metric, name))
}
