//! The runbook of an active group, and the command that creates a member.

use super::names::Cache;
use super::watch::{
    ACTION_GROUP, Alert, Service, alert, memory_alerts, metric, private_endpoint, window, window_words,
};
use super::{Scope, Section, Step, chain_words, section, shell, step};
use crate::catalog::SkuId;
use crate::model::active_outage::{Filling, Runway};
use crate::plan::{ClusteringPolicy, EvictionPolicy, Module, Network};
use crate::report::format;
use crate::units::Secs;

const SUBSCRIPTION: &str = "SUBSCRIPTION=\"$(az account show --query id --output tsv)\"";

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    vec![create(scope), watch(scope), planned(scope), unplanned(scope), afterwards(scope)]
}

/// Resource id of a member's database; `$SUBSCRIPTION` must be set, and the id stand in double quotes.
fn database_id(cache: &Cache, group: &str) -> String {
    format!(
        "/subscriptions/$SUBSCRIPTION/resourceGroups/{group}/providers/Microsoft.Cache/redisEnterprise/{}/databases/default",
        cache.name
    )
}

/// Command that creates an Azure Managed Redis cache; `links` are the members of its group, itself included.
pub(super) fn create_cache(scope: &Scope, cache: &Cache, sku: &str, links: &[Cache]) -> String {
    let active = &scope.plan.active;
    let switch = |on: bool| if on { "Enabled" } else { "Disabled" };
    let mut parts = vec![format!(
        "az redisenterprise create --cluster-name {} --resource-group {} --location {} --sku {}",
        cache.name,
        scope.names.group,
        shell::quote(&cache.region),
        shell::quote(sku)
    )];
    let public = active.network == Network::Public;
    let available = if links.is_empty() { scope.plan.rebuild.high_availability } else { active.high_availability };
    parts.push(format!("--high-availability {} --public-network-access {}", switch(available), switch(public)));
    parts.push(format!("--client-protocol Encrypted --port 10000 --access-keys-auth {}", switch(!active.entra_id)));
    parts.push(format!(
        "--clustering-policy {} --eviction-policy {}",
        policy(active.clustering),
        eviction(active.eviction)
    ));
    parts.extend(active.modules.iter().map(|module| format!("--modules name={}", module_name(*module))));
    if !links.is_empty() {
        parts.push(format!("--group-nickname {}", scope.names.nickname));
        let linked = |cache: &Cache| format!("--linked-databases id=\"{}\"", database_id(cache, &scope.names.group));
        parts.extend(links.iter().map(linked));
    }
    parts.join(" \\\n  ")
}

const fn policy(policy: ClusteringPolicy) -> &'static str {
    match policy {
        ClusteringPolicy::Oss => "OSSCluster",
        ClusteringPolicy::Enterprise => "EnterpriseCluster",
        ClusteringPolicy::NonClustered => "NoCluster",
    }
}

const fn eviction(policy: EvictionPolicy) -> &'static str {
    match policy {
        EvictionPolicy::NoEviction => "NoEviction",
        EvictionPolicy::VolatileLru => "VolatileLRU",
        EvictionPolicy::AllKeysLru => "AllKeysLRU",
    }
}

const fn module_name(module: Module) -> &'static str {
    match module {
        Module::Search => "RediSearch",
        Module::Json => "RedisJSON",
        Module::Bloom => "RedisBloom",
        Module::TimeSeries => "RedisTimeSeries",
    }
}

/// The size of the members; B10 where none fits, so that the commands can still be read.
fn sku<'a>(scope: &'a Scope) -> &'a str {
    let derived = scope.answer.design.caches.first().map(|cache| cache.sku.as_str());
    derived.or(scope.plan.active.sku.as_ref().map(SkuId::as_str)).unwrap_or("Balanced_B10")
}

fn filling<'a>(scope: &'a Scope) -> Option<&'a Filling> {
    match &scope.answer.runway {
        Runway::Fills(filling) => Some(filling),
        Runway::ColdStart | Runway::NotAtRisk | Runway::NotApplicable => None,
    }
}

fn create(scope: &Scope) -> Section {
    let caches = &scope.names.caches;
    let mut steps = vec![scope.group_commands()];
    for (index, cache) in caches.iter().enumerate() {
        let links = caches.get(..=index).unwrap_or(caches);
        let text = if index == 0 {
            format!("Create the first member in {}. Its own database is the group's first link.", cache.place)
        } else {
            format!(
                "Create the member in {}, once the one before is linked; it names every member so far.",
                cache.place
            )
        };
        let command = format!("{SUBSCRIPTION}\n{}", create_cache(scope, cache, sku(scope), links));
        steps.push(step(text, command, "provisioningState is Succeeded (recorded: 6 min 36 s)."));
    }
    if scope.plan.active.network == Network::PrivateEndpoint {
        steps.extend(caches.iter().map(|cache| private_endpoint(Service::Managed, cache, scope)));
    }
    steps.push(states(scope));
    let when = "Once. Clustering policy and modules cannot be changed afterwards; size only upwards, on every member.";
    section("Create", when, steps)
}

fn states(scope: &Scope) -> Step {
    let show = |cache: &Cache| {
        format!(
            "az redisenterprise database show --cluster-name {} --resource-group {} --query 'geoReplication.linkedDatabases[].{{id:id, state:state}}' --output table",
            cache.name, scope.names.group
        )
    };
    let commands: Vec<String> = scope.names.caches.iter().map(show).collect();
    step(
        "See that every member sees every other. LinkFailed and UnlinkFailed are incidents: open a support case.",
        commands.join("\n"),
        format!("Each lists {} databases, all of them Linked.", scope.names.caches.len()),
    )
}

fn watch(scope: &Scope) -> Section {
    let (caches, group) = (&scope.names.caches, &scope.names.group);
    let alert_window = scope.plan.recovery.alert_window;
    let health = |cache| {
        let condition = "max geoReplicationHealthy < 1".to_owned();
        alert(
            Service::Managed,
            cache,
            group,
            &Alert { name: "geo-health", condition, window: window(alert_window), severity: 1 },
        )
    };
    let alerts: Vec<String> = caches.iter().map(health).collect();
    let metrics: Vec<String> = caches
        .iter()
        .map(|cache| metric(Service::Managed, cache, group, "geoReplicationHealthy usedmemorypercentage", "Maximum"))
        .collect();
    let late = match filling(scope) {
        Some(filling) if filling.alert_too_late => format!(
            " That is too late for this plan: memory is full after {}. The memory alert below is the one to act on.",
            format::duration_or(filling.to_full.mode, "never")
        ),
        _ => String::new(),
    };
    let steps = vec![
        step(
            "Read health and memory. There is no lag metric: the age of what a member has not seen yet is measured only with a key \
             of your own.",
            metrics.join("\n"),
            "geoReplicationHealthy is 1 on every member.",
        ),
        step(
            format!("Alert when a member stays unhealthy for {}.{late}", window_words(alert_window)),
            format!("{ACTION_GROUP}\n{}", alerts.join("\n")),
            "",
        ),
        step("Alert on used memory at 75 % of each member.", memory_alerts(Service::Managed, caches, group), ""),
        heartbeat(scope),
    ];
    section("Watch", "Always, from the day that the group stands.", steps)
}

/// Commands that log in to a member and set `HOST`, and the option that names the user.
fn login(scope: &Scope, cache: &Cache) -> (String, &'static str) {
    let group = &scope.names.group;
    let host = format!(
        "HOST=\"$(az redisenterprise show --cluster-name {} --resource-group {group} --query hostName --output tsv)\"",
        cache.name
    );
    if scope.plan.active.entra_id {
        let auth = "REDIS_USER=\"$(az ad signed-in-user show --query id --output tsv)\"\n\
                    REDISCLI_AUTH=\"$(az account get-access-token --resource https://redis.azure.com --query accessToken --output tsv)\"\n\
                    export REDISCLI_AUTH";
        return (format!("{host}\n{auth}"), " --user \"$REDIS_USER\"");
    }
    let auth = format!(
        "REDISCLI_AUTH=\"$(az redisenterprise database list-keys --cluster-name {} --resource-group {group} --query primaryKey --output tsv)\"\n\
         export REDISCLI_AUTH",
        cache.name
    );
    (format!("{host}\n{auth}"), "")
}

fn heartbeat(scope: &Scope) -> Step {
    let [first, second, ..] = scope.names.caches.as_slice() else { return step("", "", "") };
    let ((write, user), (read, _)) = (login(scope, first), login(scope, second));
    step(
        format!(
            "Measure the lag: write the time in {} and read its age in {}. Run it every minute from a job.",
            first.place, second.place
        ),
        format!(
            "{write}\nredis-cli --tls{user} -c -h \"$HOST\" -p 10000 SET dr:heartbeat \"$(date +%s)\" EX 600\n\
             {read}\nSEEN=\"$(redis-cli --tls{user} -c -h \"$HOST\" -p 10000 GET dr:heartbeat)\"\n\
             echo \"$(( $(date +%s) - ${{SEEN:-0}} )) s behind\""
        ),
        "A few seconds at most; no figure is promised.",
    )
}

fn planned(scope: &Scope) -> Section {
    let place = scope.names.caches.first().map_or("", |cache| cache.place.as_str());
    let steps = vec![
        states(scope),
        step(
            format!(
                "Take {place} out of the rotation in the application or the load balancer. A group has no failover command and \
                 needs none: the other members take writes already."
            ),
            "",
            "Connections to the member fall to nothing; the heartbeat of the others stays young.",
        ),
        step(
            "Put it back afterwards. Its changes have reached the others and theirs have reached it: nothing is copied.",
            "",
            "",
        ),
    ];
    section("Planned failover", format!("A drill, or maintenance of {place} that is known beforehand."), steps)
}

fn unplanned(scope: &Scope) -> Section {
    let chain = scope.answer.rto.iter().find(|chain| chain.unplanned);
    let takes = chain.map_or_else(String::new, |chain| format!(" Users are back after {}.", chain_words(chain)));
    let place = scope.names.caches.first().map_or("", |cache| cache.place.as_str());
    let keys = if scope.plan.active.entra_id { "" } else { " Each member has an access key of its own." };
    let mut steps = vec![
        step(
            format!(
                "Send the clients of {place} to the nearest living member, if they did not go by themselves.{keys}"
            ),
            verify_commands(scope),
            "The SET answers OK on a living member.",
        ),
        step(
            "Note the time of the loss and watch the memory of the survivors: it holds what the dead member has not seen, and \
             nothing of it is freed while the member stays in the group.",
            survivors(scope, |cache| {
                metric(Service::Managed, cache, &scope.names.group, "usedmemorypercentage", "Maximum")
            }),
            "",
        ),
    ];
    steps.push(deadline(scope));
    steps.push(force_unlink(scope));
    let when = format!("{place} is down.{takes} Another member: put its name in place of the first.");
    section("Unplanned failover", when, steps)
}

fn survivors(scope: &Scope, command: impl Fn(&Cache) -> String) -> String {
    scope.names.caches.iter().skip(1).map(command).collect::<Vec<_>>().join("\n")
}

fn verify_commands(scope: &Scope) -> String {
    let Some(survivor) = scope.names.caches.get(1) else { return String::new() };
    let (login, user) = login(scope, survivor);
    format!("{login}\nredis-cli --tls{user} -c -h \"$HOST\" -p 10000 SET dr:check ok EX 60")
}

fn deadline(scope: &Scope) -> Step {
    let Some(filling) = filling(scope) else {
        return step("Decide whether the member is waited for or given up.", "", "");
    };
    let level = |time: Option<Secs>| format::duration_or(time, "never");
    let latest = match (filling.latest_unlink, filling.latest_unlink_pessimistic) {
        (Some(base), Some(worst)) => format!(
            "Start the force-unlink no later than {} after the loss ({} in the pessimistic case).",
            format::duration(base),
            format::duration(worst)
        ),
        (Some(base), None) => {
            format!("Start the force-unlink no later than {} after the loss.", format::duration(base))
        }
        (None, Some(worst)) => format!(
            "In the base case memory never fills; in the pessimistic case start the force-unlink no later than {} after the loss.",
            format::duration(worst)
        ),
        (None, None) => "By this plan's figures memory does not fill; the member can be waited for.".to_owned(),
    };
    step(
        format!("Decide whether the member is waited for or given up. {latest}"),
        "",
        format!(
            "By this plan 75 % is reached after {}, 80 % (eviction begins) after {}, 100 % (writes refused, sync stops) after {}; \
             the coefficients are assumptions until a drill has measured them.",
            level(filling.to_alert.mode),
            level(filling.to_eviction.mode),
            level(filling.to_full.mode)
        ),
    )
}

fn force_unlink(scope: &Scope) -> Step {
    let [dead, survivor, ..] = scope.names.caches.as_slice() else { return step("", "", "") };
    let group = &scope.names.group;
    step(
        format!(
            "Force-unlink {} from one living member (the call takes about {}). It protects the survivors' memory; it is not on the \
             way to service. The member cannot come back: it must be deleted and created anew.",
            dead.name,
            format::duration(scope.plan.recovery.force_unlink.mode)
        ),
        format!(
            "{SUBSCRIPTION}\naz redisenterprise database force-unlink --cluster-name {} --resource-group {group} \\\n  \
             --unlink-ids \"{}\"",
            survivor.name,
            database_id(dead, group)
        ),
        "The survivors list only living members, and their used memory stops growing.",
    )
}

fn afterwards(scope: &Scope) -> Section {
    let Some(dead) = scope.names.caches.first() else { return section("Afterwards", "", Vec::new()) };
    let waited = match filling(scope).and_then(|filling| filling.partial_resync_within) {
        Some(time) => {
            let time = format::duration(time);
            format!(" An outage of up to {time} ends in a partial resync, a longer one in a full sync.")
        }
        None => String::new(),
    };
    let (delete, create) = (scope.plan.recovery.delete_member, scope.plan.recovery.create);
    let steps = vec![
        step(
            format!("If nothing was unlinked: do nothing. The member rejoins by itself (D7).{waited}"),
            "",
            "Every member lists every database as Linked.",
        ),
        step(
            format!(
                "If it was unlinked: delete it ({}). Its unsynced writes are lost.",
                format::duration_range(delete)
            ),
            format!(
                "az redisenterprise delete --cluster-name {} --resource-group {} --yes",
                dead.name, scope.names.group
            ),
            "The cache is gone; its name may stay reserved for about an hour (practitioners' report).",
        ),
        step(
            format!(
                "Create it anew with the links of all members ({}). Capacity may be refused: have an alternative region. {}",
                format::duration_range(create),
                scope.link_words()
            ),
            format!("{SUBSCRIPTION}\n{}", create_cache(scope, dead, sku(scope), &scope.names.caches)),
            "provisioningState is Succeeded, and every member lists every database as Linked.",
        ),
        step(
            format!("Bring the clients of {} back, and compare a sample of keys between two members.", dead.place),
            "",
            "",
        ),
        step(
            "To empty a group on purpose there is one way, and it empties every member: FLUSHALL and FLUSHDB are refused.",
            flush(scope),
            "Do not run this in a recovery.",
        ),
    ];
    section("Afterwards", format!("{} is back, or its member was given up.", dead.place), steps)
}

fn flush(scope: &Scope) -> String {
    let [first, others @ ..] = scope.names.caches.as_slice() else { return String::new() };
    let ids: Vec<String> =
        others.iter().map(|cache| format!("\"{}\"", database_id(cache, &scope.names.group))).collect();
    format!(
        "# {SUBSCRIPTION}\n# az redisenterprise database flush --cluster-name {} --resource-group {} --linked-ids {}",
        first.name,
        scope.names.group,
        ids.join(" ")
    )
}
