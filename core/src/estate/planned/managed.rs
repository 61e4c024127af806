//! Clusters as a plan: an active group, or one cache that is rebuilt.

use crate::catalog::{Catalog, SkuId};
use crate::estate::deployments::Deployment;
use crate::estate::facts::{Cache, Database, Facts, Tier};
use crate::estate::planned::compare::Compared;
use crate::estate::planned::draft::Draft;
use crate::estate::planned::health::{ends_quiet, health};
use crate::estate::planned::pair::network_of;
use crate::estate::planned::watch;
use crate::plan::{ClusteringPolicy, EvictionPolicy, Module, Network};
use crate::units::format;
use crate::units::names::Named;

/// Sets what facts say of an active group.
pub(in crate::estate) fn group(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    size(draft, deployment, facts, catalog);
    if has_mixed_availability(deployment, facts) {
        draft.unheld = Some("members differ in high availability".to_owned());
    }
    if let Some((on, from)) = of_all(deployment, facts, "highAvailability", |it| it.high_availability) {
        draft.set("active.high_availability", yes(on), from, |plan| plan.active.high_availability = on);
    }
    // One without it settles the risk, and not what the others cost.
    let is_known = |key: &String| facts.caches.get(key).is_some_and(|it| it.high_availability.is_some());
    if !deployment.members.iter().all(|it| is_known(&it.key)) {
        let why = "No file shows high availability of every member: az redisenterprise list does.";
        draft.miss("active.high_availability", why);
    }
    if let Some((on, from)) = of_all(deployment, facts, "zones", is_zone_redundant) {
        draft.set("active.zone_redundant", yes(on), from, |plan| plan.active.zone_redundant = on);
    } else {
        draft.miss("active.zone_redundant", "No file shows for every member whether it is zone redundant.");
    }
    databases(draft, deployment, facts);
    let silent = "No file shows how clients reach every member, or they are reached in different ways.";
    network(draft, deployment, facts, silent);
    watch::describe(draft, deployment, facts);
}

/// Sets how clients reach the caches, from which the bill has endpoints; none where that is a virtual network, which Azure Managed Redis has not.
fn network(draft: &mut Draft, deployment: &Deployment, facts: &Facts, silent: &str) {
    match network_of(deployment, facts).filter(|(network, _)| *network != Network::VnetInjected) {
        Some((network, from)) => {
            draft.set("active.network", network.label(), from, |plan| plan.active.network = network);
        }
        None => draft.miss("active.network", silent),
    }
}

/// True where one member has high availability and another has none: a group of the plan has one for all.
pub(in crate::estate) fn has_mixed_availability(deployment: &Deployment, facts: &Facts) -> bool {
    let has = |on: bool| deployment.caches(facts).any(|(_, cache)| cache.high_availability == Some(on));
    has(true) && has(false)
}

/// Whether every member has something, with what shows it: one that has it not settles it, all that have it only where each is known.
fn of_all(
    deployment: &Deployment,
    facts: &Facts,
    property: &'static str,
    get: impl Fn(&Cache) -> Option<bool>,
) -> Option<(bool, String)> {
    let known = deployment.caches(facts).filter_map(|(member, cache)| Some((member.name.clone(), get(cache)?)));
    let known: Vec<(String, bool)> = known.collect();
    let is_whole = known.len() == deployment.members.len();
    let compared = Compared::new(property, known);
    let on = compared.all(|on| *on);
    (is_whole || !on).then(|| (on, compared.shown(|on| yes(*on).to_owned())))
}

/// Sets what facts say of one cache that stands alone.
pub(in crate::estate) fn alone(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    let Some((member, cache)) = deployment.caches(facts).next() else { return };
    let why = if cache.subnet.is_some() {
        format!("{} is in a virtual network, which Azure Managed Redis has not", member.name)
    } else {
        format!("No file shows how clients reach {}", member.name)
    };
    network(draft, deployment, facts, &format!("{why}: private endpoints are assumed."));
    let Some(size) = cache.size.clone() else {
        if facts.open(&member.key).all(|(name, _)| name != "sku") {
            draft.miss("rebuild.sku", format!("The size of {} is not known.", member.name));
        }
        return;
    };
    let sku = SkuId::new(&size);
    if cache.tier == Some(Tier::Managed) && catalog.sku(&sku).is_some() {
        draft.set("rebuild.sku", size, format!("sku of {}", member.name), |plan| plan.rebuild.sku = Some(sku));
    } else {
        draft.unheld = Some(format!("the plan holds no {size} that runs alone"));
        let why = format!(
            "{} is {size}; the plan’s design for it is the smallest Azure Managed Redis that fits.",
            member.name
        );
        draft.miss("rebuild.sku", why);
    }
    if let Some(on) = cache.high_availability {
        let from = format!("highAvailability of {}", member.name);
        draft.set("rebuild.high_availability", yes(on), from, |plan| plan.rebuild.high_availability = on);
    }
    if let Some(on) = is_zone_redundant(cache) {
        let from = format!("zones of {}", member.name);
        draft.set("rebuild.zone_redundant", yes(on), from, |plan| plan.rebuild.zone_redundant = on);
    }
}

pub(in crate::estate) const fn yes(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

/// By the redundancy that the cluster says, else by its zones; unknown without either.
pub(in crate::estate) fn is_zone_redundant(cache: &Cache) -> Option<bool> {
    let by_zones = cache.zones.as_ref().map(|zones| zones.len() > 1);
    cache.redundancy.as_deref().map(|it| it.eq_ignore_ascii_case("ZR")).or(by_zones)
}

fn size(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    let sizes: Vec<(String, String)> = deployment
        .caches(facts)
        .filter_map(|(member, cache)| Some((member.name.clone(), cache.size.clone()?)))
        .collect();
    let Some((_, first)) = sizes.first().cloned() else {
        draft.miss(
            "active.sku",
            "No member is in the files: az redisenterprise list of its subscription gives its size.",
        );
        return;
    };
    let compared = Compared::new("sku", sizes);
    let sku = SkuId::new(&first);
    if !compared.equal() {
        draft.unheld = Some("members have different sizes".to_owned());
        draft.miss(
            "active.sku",
            format!("Members have different sizes, and a group of the plan has one: {}.", compared.shown(Clone::clone)),
        );
    } else if deployment.tier(facts) == Some(Tier::Managed) && catalog.sku(&sku).is_some() {
        draft.set("active.sku", first, compared.shown(Clone::clone), |plan| plan.active.sku = Some(sku));
    } else {
        draft.unheld = Some(format!("the plan holds no {first} in a group"));
        draft.miss(
            "active.sku",
            format!("Members are {first}, and a group of the plan has sizes of Azure Managed Redis."),
        );
    }
}

/// What every database of the group says; none where one of them is missing.
pub(in crate::estate) fn of_databases<T>(
    deployment: &Deployment,
    facts: &Facts,
    get: impl Fn(&Database) -> Option<T>,
) -> Option<Vec<(String, T)>> {
    let each = |key: &str, name: &str| {
        let values: Option<Vec<(String, T)>> =
            facts.databases_of(key).map(|(_, it)| Some((name.to_owned(), get(it)?))).collect();
        values.filter(|it| !it.is_empty())
    };
    let all: Option<Vec<Vec<(String, T)>>> = deployment.members.iter().map(|it| each(&it.key, &it.name)).collect();
    all.map(|all| all.into_iter().flatten().collect())
}

/// What a property of the databases is where every one has it alike and the plan knows it; why it is open, else.
fn one_of<T>(
    deployment: &Deployment,
    facts: &Facts,
    property: &'static str,
    get: impl Fn(&Database) -> Option<String>,
    known: impl Fn(&str) -> Option<T>,
) -> Result<(T, String), String> {
    let Some(values) = of_databases(deployment, facts, get) else {
        return Err(format!("No file shows {property} of every member: az redisenterprise list does."));
    };
    let first = values.first().map(|it| it.1.clone()).unwrap_or_default();
    let compared = Compared::new(property, values);
    let shown = compared.shown(Clone::clone);
    if !compared.equal() {
        return Err(format!("Members differ in {shown}; the plan has one."));
    }
    known(&first).map(|it| (it, shown.clone())).ok_or_else(|| format!("The plan knows no such {shown}: enter it."))
}

fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn databases(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let named =
        |text: &str| EvictionPolicy::NAMES.iter().find(|(_, name, _)| plain(name) == plain(text)).map(|it| it.0);
    match one_of(deployment, facts, "evictionPolicy", |it| it.eviction.clone(), named) {
        Ok((policy, from)) => {
            draft.set("active.eviction", policy.label(), from, |plan| plan.active.eviction = policy);
        }
        Err(why) => draft.miss("active.eviction", why),
    }
    let named = |text: &str| match plain(text).as_str() {
        "osscluster" => Some(ClusteringPolicy::Oss),
        "enterprisecluster" => Some(ClusteringPolicy::Enterprise),
        "nocluster" => Some(ClusteringPolicy::NonClustered),
        _ => None,
    };
    match one_of(deployment, facts, "clusteringPolicy", |it| it.clustering.clone(), named) {
        Ok((policy, from)) => {
            draft.set("active.clustering", policy.label(), from.clone(), |plan| plan.active.clustering = policy);
            draft.confirm("active.checks.clustering_decided", Some(true), from, |plan| {
                &mut plan.active.checks.clustering_decided
            });
        }
        Err(why) => draft.miss("active.clustering", why),
    }
    modules(draft, deployment, facts);
    alike(draft, deployment, facts);
    linked(draft, deployment, facts);
}

/// The modules where every member has the same.
fn modules(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let Some(values) = of_databases(deployment, facts, |it| it.modules.clone()) else {
        draft.miss("active.modules", "No file shows the modules of every member: az redisenterprise list does.");
        return;
    };
    let names = values.first().map(|it| it.1.clone()).unwrap_or_default();
    let compared = Compared::new("modules", values);
    if !compared.equal() {
        let shown = compared.shown(|it| if it.is_empty() { "none".to_owned() } else { format::listed(it) });
        draft.miss("active.modules", format!("Members differ in {shown}; the plan has those of all."));
        return;
    }
    let has = |label: &str| names.iter().any(|name| plain(name) == plain(label));
    let modules: Vec<Module> = Module::NAMES.iter().filter(|(.., label)| has(label)).map(|it| it.0).collect();
    if !modules.is_empty() {
        let from = compared.shown(|names| format::listed(names));
        draft.set("active.modules", format::counted(modules.len(), "module"), from, |plan| {
            plan.active.modules = modules;
        });
    }
}

fn alike(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    // Azure leaves out what is off; what files disagree on is neither.
    let open = |it: &Database| ["RDB persistence", "AOF persistence"].iter().any(|of| it.disputed.contains_key(of));
    let saved = |it: &Database| {
        let on = it.rdb == Some(true) || it.aof == Some(true);
        (on || !open(it)).then_some(on)
    };
    if let Some(values) = of_databases(deployment, facts, saved) {
        let compared = Compared::new("persistence", values);
        let on = !compared.all(|on| !on);
        draft.set("active.persistence", yes(on), compared.shown(|on| yes(*on).to_owned()), |plan| {
            plan.active.persistence = on;
        });
    } else {
        let why = "No file shows persistence of every member: az redisenterprise list does.";
        draft.miss("active.persistence", why);
    }
    if let Some(values) = of_databases(deployment, facts, |it| it.access_keys) {
        let compared = Compared::new("accessKeysAuthentication", values);
        if compared.all(|on| !on) {
            draft.set("active.entra_id", "yes", compared.shown(|on| yes(*on).to_owned()), |plan| {
                plan.active.entra_id = true;
            });
        }
    }
    let setting = |it: &Database| {
        let texts = [it.clustering.clone()?, it.eviction.clone()?, it.protocol.clone()?];
        Some(format!("{}, modules {}", texts.join(", "), format::listed(&it.modules.clone().unwrap_or_default())))
    };
    let Some(values) = of_databases(deployment, facts, setting) else {
        let why = disputed(deployment, facts).unwrap_or_else(|| {
            "No file shows policies, protocol and modules of every member: az redisenterprise list does.".to_owned()
        });
        draft.miss("active.checks.same_configuration", why);
        return;
    };
    let compared = Compared::new("policies, protocol and modules", values);
    let tls = Compared::of(deployment, facts, "minimumTlsVersion", |it| it.tls.clone());
    let equal = compared.equal() && tls.as_ref().is_none_or(Compared::equal);
    let shown = tls.map(|it| it.shown(Clone::clone));
    let from = [Some(compared.shown(|it| it.trim_end_matches(", modules ").to_owned())), shown];
    draft.confirm(
        "active.checks.same_configuration",
        Some(equal),
        from.into_iter().flatten().collect::<Vec<_>>().join("; "),
        |plan| &mut plan.active.checks.same_configuration,
    );
}

/// "Files disagree on evictionPolicy of a.": the first setting of a database of which files say different values.
fn disputed(deployment: &Deployment, facts: &Facts) -> Option<String> {
    const SETTINGS: [&str; 4] = ["evictionPolicy", "clusteringPolicy", "clientProtocol", "modules"];
    deployment.members.iter().find_map(|member| {
        let mut all = facts.databases_of(&member.key);
        let on = all.find_map(|(_, it)| SETTINGS.into_iter().find(|name| it.disputed.contains_key(name)))?;
        Some(format!("Files disagree on {on} of {}.", member.name))
    })
}

fn is_linked(state: &str) -> bool {
    state.eq_ignore_ascii_case("Linked")
}

fn linked(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let keys: Vec<&String> =
        deployment.members.iter().flat_map(|it| facts.grouped_of(&it.key)).map(|(key, _)| key).collect();
    let silent = "No file shows the link states of every member: az redisenterprise list does.";
    let each = deployment.members.iter().flat_map(|it| facts.grouped_of(&it.key).map(move |own| (it, own.1)));
    let values: Option<Vec<_>> = each.map(|(it, own)| Some((it.name.clone(), own.linked.clone()?))).collect();
    let is_whole = deployment.members.iter().all(|it| facts.databases_of(&it.key).next().is_some());
    let Some(values) = values.filter(|_| is_whole) else {
        draft.miss("active.checks.all_linked", silent);
        return;
    };
    if values.iter().flat_map(|(_, list)| list).any(|(_, state)| state.is_empty()) {
        draft.miss("active.checks.all_linked", silent);
        return;
    }
    // Each member sees every member, and each as linked.
    let whole = |list: &Vec<(String, String)>| {
        list.len() == keys.len() && list.iter().all(|(key, state)| is_linked(state) && keys.contains(&key))
    };
    let compared = Compared::new("linkedDatabases", values);
    let from = compared.shown(|list| {
        let linked = list.iter().filter(|(_, state)| is_linked(state)).count();
        format!("{linked} of {} linked", list.len())
    });
    let (healthy, health) =
        health(deployment, facts).map_or((None, String::new()), |(now, from)| (now, format!("; {from}")));
    let so = compared.all(whole) && healthy != Some(false);
    let quiet = deployment.members.iter().any(|it| ends_quiet(facts, &it.key));
    let going = deployment.caches(facts).find(|(_, cache)| cache.is_going());
    if so && (quiet || going.is_some()) {
        let state =
            going.map_or_else(String::new, |(member, _)| format!("; {} is being deleted or failed", member.name));
        draft.doubt(
            "active.checks.all_linked",
            format!("Whether every member is linked is open: {from}{health}{state}."),
        );
        return;
    }
    draft.confirm("active.checks.all_linked", Some(so), format!("{from}{health}"), |plan| {
        &mut plan.active.checks.all_linked
    });
}
