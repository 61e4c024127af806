//! The runbook of an active group, and the command that creates a member.

pub(super) mod change;
mod outage;
mod watch;

use super::confirm::confirmed_of;
use super::names::Cache;
use super::recovery_point::recovery_point;
use super::watch::Service;
use super::{Scope, Section, Step, section, shell, step};
use crate::catalog::SkuId;
use crate::model::runway::{Filling, Runway};
use crate::plan::{ClusteringPolicy, EvictionPolicy, Module, Network};

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let caches: Vec<&Cache> = scope.names.caches.iter().collect();
    let mut sections = vec![
        create(scope),
        scope.readiness(Service::Managed, &caches),
        watch::watch(scope),
        outage::planned(scope),
        outage::unplanned(scope),
        outage::afterwards(scope),
        outage::failback(scope),
        change::change(scope),
    ];
    sections.extend(caches.first().map(|first| recovery_point(scope, Service::Managed, first)));
    sections.push(scope.clean_up("", delete));
    sections
}

pub(super) fn delete(cache: &Cache) -> String {
    format!("az redisenterprise delete --cluster-name {} --resource-group {} --yes", cache.name, cache.group)
}

/// Resource id of a member's database; it stands in double quotes.
pub(super) fn database_id(cache: &Cache) -> String {
    format!("{}/providers/Microsoft.Cache/redisEnterprise/{}/databases/default", cache.scope, cache.spliced)
}

/// Commands that create an Azure Managed Redis cache and let its identities in: access keys are off from the start with Entra
/// ID, so that nobody could log in between the two.
pub(super) fn create_member(scope: &Scope, cache: &Cache, sku: &str, links: &[Cache]) -> String {
    let create = create_cache(scope, cache, sku, links);
    [vec![create], scope.access(Service::Managed, cache)].concat().join("\n")
}

/// Command that creates an Azure Managed Redis cache; `links` are the members of its group, itself included.
fn create_cache(scope: &Scope, cache: &Cache, sku: &str, links: &[Cache]) -> String {
    let active = &scope.plan.active;
    let switch = |on: bool| if on { "Enabled" } else { "Disabled" };
    let mut parts = vec![format!(
        "az redisenterprise create --cluster-name {} --resource-group {} --location {} --sku {}",
        cache.name,
        cache.group,
        cache.location,
        shell::arg(sku)
    )];
    let public = active.network == Network::Public;
    let available = if links.is_empty() { scope.plan.rebuild.high_availability } else { active.high_availability };
    parts.push(format!("--tags {}", scope.tags()));
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
        let linked = |cache: &Cache| format!("--linked-databases id=\"{}\"", database_id(cache));
        parts.extend(links.iter().map(linked));
    }
    parts.join(" \\\n  ")
}

/// Commands that delete a cache, once that is confirmed. Its endpoints are a step of their own: one whose delete is refused needs them.
pub(super) fn delete_cache(cache: &Cache) -> String {
    let name = cache.said();
    confirmed_of(cache, &format!("delete {name}"), &format!("deletes {name} and everything in it"), &delete(cache))
}

pub(in crate::report) const fn policy(policy: ClusteringPolicy) -> &'static str {
    match policy {
        ClusteringPolicy::Oss => "OSSCluster",
        ClusteringPolicy::Enterprise => "EnterpriseCluster",
        ClusteringPolicy::NonClustered => "NoCluster",
    }
}

pub(in crate::report) const fn eviction(policy: EvictionPolicy) -> &'static str {
    match policy {
        EvictionPolicy::NoEviction => "NoEviction",
        EvictionPolicy::VolatileLru => "VolatileLRU",
        EvictionPolicy::VolatileLfu => "VolatileLFU",
        EvictionPolicy::VolatileRandom => "VolatileRandom",
        EvictionPolicy::VolatileTtl => "VolatileTTL",
        EvictionPolicy::AllKeysLru => "AllKeysLRU",
        EvictionPolicy::AllKeysLfu => "AllKeysLFU",
        EvictionPolicy::AllKeysRandom => "AllKeysRandom",
    }
}

pub(in crate::report) const fn module_name(module: Module) -> &'static str {
    match module {
        Module::Search => "RediSearch",
        Module::Json => "RedisJSON",
        Module::Bloom => "RedisBloom",
        Module::TimeSeries => "RedisTimeSeries",
    }
}

/// The size of the members; B10 where none fits, so that the commands can still be read.
pub(super) fn sku<'a>(scope: &'a Scope) -> &'a str {
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
    let new: Vec<&Cache> = caches.iter().filter(|cache| !cache.live).collect();
    if new.is_empty() {
        return section("Create", "The group runs: nothing is created.", vec![states(scope)]);
    }
    let mut steps: Vec<Step> = scope.new_zones(Service::Managed).into_iter().collect();
    steps.push(Scope::free_names(&new));
    for (index, cache) in caches.iter().enumerate().filter(|(_, cache)| !cache.live) {
        let links = caches.get(..=index).unwrap_or(caches);
        let text = if index == 0 {
            format!(
                "Create the first member in {}; its own database is the group's first link.{}",
                cache.place,
                scope.access_words()
            )
        } else {
            format!("Create the member in {} once the previous one is linked.", cache.place)
        };
        let command = create_member(scope, cache, sku(scope), links);
        steps.push(
            step(text, command, "provisioningState is Succeeded (recorded: 6 min 36 s).")
                .verified(state_of(cache))
                .timed("create", scope.plan.recovery.create)
                .if_fails("No capacity: another size or region. A failed link: delete this member, look at the rest of the group, create it again.")
                .rolled_back("Delete the member; the rest of the group goes on."),
        );
    }
    let regions = scope.regions();
    steps.extend(new.iter().filter_map(|cache| scope.endpoints(Service::Managed, cache, &regions)));
    // Clients of the new regions redirect to the members that run.
    let runs = caches.iter().filter(|cache| cache.live);
    steps.extend(runs.filter_map(|cache| scope.endpoints(Service::Managed, cache, &new)));
    steps.push(states(scope));
    let when = if new.len() < caches.len() {
        "Once, for the members that the group that runs does not have. They take its policy, modules and size."
    } else {
        "Once. Clustering policy and modules are final; size can only grow, on every member."
    };
    section("Create", when, steps)
}

/// A command that prints the state of a cache.
pub(super) fn state_of(cache: &Cache) -> String {
    format!(
        "az redisenterprise show --cluster-name {} --resource-group {} --query provisioningState --output tsv",
        cache.name, cache.group
    )
}

/// Commands that print what each of these members is linked to.
fn links_of(caches: &[Cache]) -> String {
    let show = |Cache { name, group, .. }: &Cache| {
        format!(
            "az redisenterprise database show --cluster-name {name} --resource-group {group} --query 'geoReplication.linkedDatabases[].{{id:id, state:state}}' --output table"
        )
    };
    caches.iter().map(show).collect::<Vec<_>>().join("\n")
}

pub(super) fn states(scope: &Scope) -> Step {
    step(
        "Check all links.",
        links_of(&scope.names.caches),
        format!("Each lists {} databases, all Linked.", scope.names.caches.len()),
    )
    .if_fails("LinkFailed or UnlinkFailed: open a support case. Linking or Unlinking: wait some minutes, look again.")
}

fn save_link(cache: &Cache, moment: &str) -> String {
    let tag = shell::slug(&format!("group-{moment}-{}", cache.plain), 60);
    let Cache { name, group, .. } = cache;
    format!("save {tag} az redisenterprise database show --cluster-name {name} --resource-group {group} --output json")
}

/// The links of these members as JSON: what stood there before or after a change.
fn save_links<'a>(caches: impl Iterator<Item = &'a Cache>, moment: &str) -> Step {
    let commands: Vec<String> = caches.map(|cache| save_link(cache, moment)).collect();
    step(
        format!("Save the members {moment} the change."),
        commands.join("\n"),
        "A file for each is in the evidence folder.",
    )
}
