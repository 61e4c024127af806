//! Deployments with their plans and findings, and the portfolio that they make.

pub(super) mod alike;
pub(super) mod compare;
pub(super) mod draft;
pub(super) mod health;
pub(super) mod lag;
pub(super) mod link_state;
pub(super) mod load;
pub(super) mod managed;
pub(super) mod odd_times;
pub(super) mod pair;
pub(super) mod rhythm;
pub(super) mod setting_words;
pub(super) mod settings;
pub(super) mod site;
pub(super) mod today;
pub(super) mod watch;

use super::deployments::{Deployment, Kind, Member, Role, deployments};
use super::facts::Facts;
use super::findings::findings;
use crate::catalog::{Catalog, Severity};
use crate::estate::findings::disputes;
use crate::estate::findings::finding::Finding;
use crate::estate::findings::impossible_values;
use crate::estate::findings::of_code;
use crate::estate::id;
use crate::estate::planned::draft::Draft;
use crate::estate::planned::load::measured;
use crate::import::metrics::Quantity;
use crate::model::Topology;
use crate::plan::{GROUP_MEMBERS, LoadFigure, MAX_NAME, RegionShare};
use crate::portfolio::{Entry, Portfolio, Settings, Tags};
use crate::units::format;
use crate::units::lines::id_fault;
use crate::units::quote::as_line;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A deployment with what follows from its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The caches.
    pub deployment: Deployment,
    /// Their plan, with evidence and what is unknown.
    pub draft: Draft,
    /// Tags: those that all its caches share, and where it is.
    pub tags: Tags,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Settings of its caches that the plan does not hold.
    pub settings: Settings,
}

/// Everything that files say of an estate.
#[derive(Debug, Clone, PartialEq)]
pub struct Estate {
    /// One for each deployment, in the order of keys.
    pub planned: Vec<Planned>,
    /// What was found about the files as a whole.
    pub findings: Vec<Finding>,
}

/// Tags that a portfolio takes, as in `portfolio::tags`.
const MOST_TAGS: usize = 60;
pub(super) const LONGEST_TAG: usize = 120;

impl Estate {
    /// The deployments, plans and findings of facts.
    #[must_use]
    pub fn of(facts: &Facts, catalog: &Catalog) -> Self {
        let mut planned = deployments(facts).into_iter().map(|it| Planned::of(it, facts, catalog)).collect::<Vec<_>>();
        tell_apart(&mut planned);
        let mut findings = whole(facts);
        findings.extend(without_load(&planned, facts));
        Self { planned, findings }
    }

    /// The plans as a portfolio: one entry a deployment, whose topology is what runs.
    #[must_use]
    pub fn portfolio(&self) -> Portfolio {
        let entries = self.planned.iter().map(|it| Arc::new(it.entry()));
        let settings = self.planned.iter().flat_map(|it| it.settings.clone()).collect();
        Portfolio { entries: entries.collect(), settings, ..Portfolio::default() }
    }
}

impl Planned {
    fn of(deployment: Deployment, facts: &Facts, catalog: &Catalog) -> Self {
        let mut draft = Draft::new(disputes::fields(&deployment, facts));
        draft.plan.name = name(&deployment);
        regions(&mut draft, &deployment);
        match deployment.kind {
            Kind::Pair => pair::describe(&mut draft, &deployment, facts, catalog),
            Kind::Group => managed::group(&mut draft, &deployment, facts, catalog),
            Kind::Alone => managed::alone(&mut draft, &deployment, facts, catalog),
        }
        let sizes = deployment.members.iter().filter(|it| facts.caches.get(&it.key).is_none_or(|it| it.size.is_none()));
        let without: Vec<&str> = sizes.map(|it| it.name.as_str()).collect();
        // In code the half of a pair without a size has that of the other: nothing runs of which it could be another.
        let has_size = deployment.kind == Kind::Pair && draft.plan.passive.sku.is_some();
        let is_assumed = has_size && !deployment.is_deployed(facts);
        if !without.is_empty() && !is_assumed {
            draft.unheld = Some(format!("the size of {} is not known", format::listed(&without)));
        }
        if draft.unheld.is_none() {
            draft.unheld = without_place(&draft, &deployment);
        }
        today::describe(&mut draft, &deployment, facts, catalog);
        load::describe(&mut draft, &deployment, facts);
        draft.mark_open();
        lag::describe(&mut draft, &deployment, facts);
        site::describe(&mut draft, &deployment, facts);
        impossible_values::ask(&mut draft, &deployment, facts);
        disputes::note(&mut draft, &deployment, facts);
        let tags = tags(&deployment, facts);
        let mut findings = findings(&deployment, facts, &draft.plan);
        findings.extend(of_code::findings(&deployment, facts));
        findings.extend(disputes::findings(&deployment, facts));
        findings.extend(impossible_values::findings(&deployment, facts, catalog));
        findings.sort_by(|one, other| one.order().cmp(&other.order()));
        let settings = settings::of(&deployment, facts);
        Self { deployment, draft: draft.sorted(), tags, findings, settings }
    }

    /// The topology that runs.
    #[must_use]
    pub const fn topology(&self) -> Topology {
        match self.deployment.kind {
            Kind::Pair => Topology::Passive,
            Kind::Group => Topology::Active,
            Kind::Alone => Topology::Rebuild,
        }
    }

    /// Its entry of a portfolio.
    #[must_use]
    pub fn entry(&self) -> Entry {
        Entry { tags: self.tags.clone(), topology: Some(self.topology()), plan: self.draft.plan.clone() }
    }
}

/// Gives plans of one name their subscription, else their caches, behind it.
fn tell_apart(planned: &mut [Planned]) {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, it) in planned.iter().enumerate() {
        same.entry(it.draft.plan.name.to_lowercase()).or_default().push(at);
    }
    for places in same.into_values().filter(|it| it.len() > 1) {
        let tag = |at: &usize, key: &str| {
            let tags = &planned[*at].tags;
            tags.iter().find(|it| it.0 == key).map_or_else(String::new, |it| it.1.clone())
        };
        let of = |key: &str| places.iter().map(|at| tag(at, key)).collect::<Vec<_>>();
        let keys = ["azure-subscription", "azure-cache", "azure-resource-group"];
        let differ = |all: &Vec<String>| all.iter().collect::<BTreeSet<_>>().len() == all.len();
        let Some(told) = keys.into_iter().map(of).find(differ) else { continue };
        let told = id::shortened(&told);
        for (at, told) in places.into_iter().zip(told) {
            let name = &mut planned[at].draft.plan.name;
            let behind = as_line(&format!(" ({told})"), MAX_NAME / 2);
            *name = format!("{}{behind}", as_line(name, MAX_NAME - behind.chars().count()));
        }
    }
}

/// The nickname of a group, else the caches' names.
fn name(deployment: &Deployment) -> String {
    let names: Vec<&str> = deployment.members.iter().map(|it| it.name.as_str()).collect();
    let name = deployment.nickname.clone().unwrap_or_else(|| format::listed(&names));
    as_line(&name, MAX_NAME)
}

fn regions(draft: &mut Draft, deployment: &Deployment) {
    let mut places: Vec<&str> = Vec::new();
    for member in &deployment.members {
        let place = member.location.as_deref().filter(|it| id_fault(it).is_none());
        match place {
            None => draft.miss("regions", format!("No file shows the region of {}.", member.name)),
            // A pair may stand in one region, members of a group each have their own.
            Some(place) if places.contains(&place) && (deployment.kind == Kind::Group || places.len() > 1) => {
                draft.miss(
                    "regions",
                    format!("{} is a second member in {place}; the plan has one a region.", member.name),
                );
            }
            Some(_) if places.len() >= *GROUP_MEMBERS.end() => {
                draft.miss(
                    "regions",
                    format!("{} is left out: a plan has at most {} regions.", member.name, GROUP_MEMBERS.end()),
                );
            }
            Some(place) => places.push(place),
        }
    }
    if places.is_empty() {
        return;
    }
    let share = 1.0 / places.len() as f64;
    let regions: Vec<RegionShare> = places.iter().map(|place| RegionShare::new(place, share, share)).collect();
    let names: Vec<&str> =
        deployment.members.iter().filter(|it| it.location.is_some()).map(|it| it.name.as_str()).collect();
    draft.set("regions", format::listed(&places), format!("location of {}", format::listed(&names)), |plan| {
        plan.regions = regions;
    });
    if deployment.members.iter().any(|it| it.role == Role::Linked) {
        let first = deployment.members.first().map_or("", |it| it.name.as_str());
        draft.miss("regions", format!("No file shows which half is the primary: {first} is assumed."));
    }
    if places.len() > 1 {
        draft.miss("regions", "No file shows where the users are: equal shares are assumed.");
    }
}

/// Why the plan has fewer regions than the deployment has caches, so that its month is that of a part.
fn without_place(draft: &Draft, deployment: &Deployment) -> Option<String> {
    let silent = deployment.members.iter().filter(|it| it.location.is_none());
    let silent: Vec<&str> = silent.map(|it| it.name.as_str()).collect();
    if !silent.is_empty() {
        return Some(format!("the region of {} is not known", format::listed(&silent)));
    }
    let is_part = draft.plan.regions.len() < deployment.members.len();
    is_part.then(|| "a plan has one member a region, and not all of these".to_owned())
}

/// Tags that every imported cache has with one value, then where the deployment is: subscription, resource group, region, caches.
fn tags(deployment: &Deployment, facts: &Facts) -> Tags {
    let mut tags: BTreeMap<String, String> = BTreeMap::new();
    let mut own = |key: &str, mut values: Vec<String>| {
        values.sort();
        values.dedup();
        if !values.is_empty() {
            tags.insert(key.to_owned(), as_line(&values.join(" "), LONGEST_TAG));
        }
    };
    let caches = || deployment.caches(facts).map(|(_, cache)| cache);
    own("azure-subscription", caches().filter_map(|it| it.subscription().map(str::to_owned)).collect());
    own("azure-resource-group", caches().filter_map(|it| it.resource_group().map(str::to_owned)).collect());
    own("azure-region", deployment.members.iter().filter_map(|it| it.location.clone()).collect());
    own("azure-cache", deployment.members.iter().map(|it| it.name.clone()).collect());
    let first = caches().next().and_then(|it| it.tags.clone()).unwrap_or_default();
    let shared = |key: &String, value: &String| {
        caches().all(|it| it.tags.as_ref().is_some_and(|own| own.get(key) == Some(value)))
    };
    for (key, value) in first.iter().filter(|(key, value)| shared(key, value)) {
        let key = as_line(key.trim(), LONGEST_TAG);
        if !key.is_empty() && tags.len() < MOST_TAGS {
            tags.entry(key).or_insert_with(|| as_line(value, LONGEST_TAG));
        }
    }
    tags.into_iter().collect()
}

/// Figures of the load that are open, each with its word, its metric and what a plan starts from.
fn figures() -> [(LoadFigure, &'static str, &'static str, Quantity, String); 3] {
    let load = crate::plan::Workload::default();
    let connections = format!("{} connections", format::count(f64::from(load.connections)));
    [
        (LoadFigure::Data, "data", "usedmemory", Quantity::Memory, format::bytes(load.dataset)),
        (LoadFigure::Operations, "writes", "setcommands", Quantity::Sets, format::ops(load.writes)),
        (LoadFigure::Connections, "connections", "connectedclients", Quantity::Clients, connections),
    ]
}

/// Names of the caches of a deployment that a metric lacks; its own where it lacks all of them or none.
fn unmeasured(planned: &Planned, facts: &Facts, quantity: Quantity) -> String {
    let members = &planned.deployment.members;
    let lacks = |it: &&Member| !matches!(measured(facts, &it.key, quantity), Some(Ok(_)));
    let names: Vec<&str> = members.iter().filter(lacks).map(|it| it.name.as_str()).collect();
    if names.is_empty() || names.len() == members.len() {
        planned.draft.plan.name.clone()
    } else {
        format::listed(&names)
    }
}

/// A figure that is not known: its word, of whom, and the plans of those.
type NotKnown<'a> = (&'static str, String, Vec<&'a str>);

/// "Not known of old-gwc: data and writes; of 2 deployments: connections".
fn not_known(all: &[NotKnown]) -> String {
    let mut whose: Vec<(&NotKnown, Vec<&str>)> = Vec::new();
    for it in all {
        match whose.iter_mut().find(|(first, _)| (&first.1, &first.2) == (&it.1, &it.2)) {
            Some((_, words)) => words.push(it.0),
            None => whose.push((it, vec![it.0])),
        }
    }
    let each: Vec<String> =
        whose.iter().map(|((_, of, _), words)| format!("of {of}: {}", format::listed(words))).collect();
    format!("Not known {}", each.join("; "))
}

/// Deployments whose data, writes or connections are not known, with what their plans start from.
fn without_load(planned: &[Planned], facts: &Facts) -> Option<Finding> {
    let open: Vec<&Planned> = planned.iter().filter(|it| !it.draft.plan.workload.open.is_empty()).collect();
    let first = open.iter().flat_map(|it| it.deployment.caches(facts)).find_map(|(_, cache)| cache.azure_id());
    let (mut whose, mut assumed, mut metrics) = (Vec::new(), Vec::new(), Vec::new());
    for (figure, word, metric, quantity, start) in figures() {
        let without: Vec<&&Planned> = open.iter().filter(|it| it.draft.plan.workload.open.contains(&figure)).collect();
        let of = match without.as_slice() {
            [] => continue,
            [one] => unmeasured(one, facts, quantity),
            several => format::counted(several.len(), "deployment"),
        };
        whose.push((word, of, without.iter().map(|it| it.draft.plan.name.as_str()).collect()));
        assumed.push(start);
        metrics.push(metric);
    }
    let are = if assumed.len() == 1 { "is" } else { "are" };
    let says = format!(
        "{}. Until then {} {are} assumed, and no size is refused.",
        not_known(&whose),
        format::listed(&assumed)
    );
    let id = first.unwrap_or("ID");
    let is_cluster = id.to_ascii_lowercase().contains("/redisenterprise/");
    let clients = if is_cluster && metrics.contains(&"connectedclients") {
        ", and again with --metrics connectedclients --dimension InstanceId --top 100"
    } else {
        ""
    };
    let next = format!(
        "Enter what is known, or open the metrics of each cache together with the other files: az monitor metrics list --resource {id} --metrics {} \
         --aggregation Average Maximum Total --interval PT1H --offset 30d -o json{clients}.",
        metrics.join(" ")
    );
    (!open.is_empty()).then_some(Finding { id: "EST-LOAD", severity: Severity::Info, says, do_next: next })
}

/// So many names stand in a finding.
const NAMED: usize = 20;
/// What to do where a description of a cache is missing.
pub(super) const DESCRIPTIONS: &str =
    "Save az redis list and az redisenterprise list of the subscription, and open them together with the other files.";

fn whole(facts: &Facts) -> Vec<Finding> {
    let mut found = impossible_values::findings_of_none(facts);
    let mut warn = |id, severity, says: String, do_next: &str| {
        found.push(Finding { id, severity, says, do_next: do_next.to_owned() });
    };
    let listed: Vec<&str> =
        facts.listed.iter().filter(|key| !facts.caches.contains_key(*key)).map(|key| id::name(key)).collect();
    if !listed.is_empty() {
        let [be, it] = if listed.len() == 1 { ["is", "it"] } else { ["are", "them"] };
        let says = format!("{} {be} in a list without a size, and no other file describes {it}.", some(&listed));
        warn("EST-LISTED", Severity::Warn, says, DESCRIPTIONS);
    }
    let clusters: BTreeSet<String> = facts.databases.keys().filter_map(|key| id::cache(key)).collect();
    let clusters: Vec<&str> =
        clusters.iter().filter(|key| !facts.caches.contains_key(*key)).map(|key| id::name(key)).collect();
    if !clusters.is_empty() {
        let rest = if clusters.len() == 1 { "the cluster is not" } else { "the clusters are not" };
        let says = format!("The databases of {} are in the files, and {rest}: no size is known.", some(&clusters));
        warn(
            "EST-LISTED",
            Severity::Warn,
            says,
            "Save az redisenterprise list of the subscription, and open it together with the other files.",
        );
    }
    let silent: Vec<&str> =
        facts.caches.keys().filter(|key| facts.misses_databases(key)).map(|key| id::name(key)).collect();
    if !silent.is_empty() {
        let it = if silent.len() == 1 { "it is" } else { "each is" };
        let says =
            format!("No database of {} is in the files, so that nothing shows whether {it} in a group.", some(&silent));
        warn(
            "EST-LISTED",
            Severity::Warn,
            says,
            "Resource Graph has no databases: save az redisenterprise list of the subscription, and open it together with the other files.",
        );
    }
    let strangers = facts.strangers();
    let strangers: Vec<&str> = strangers.iter().map(|it| it.1.as_str()).collect();
    if !strangers.is_empty() {
        let says = format!("The files have metrics of {}, and no description.", some(&strangers));
        warn("EST-METRICS", Severity::Info, says, DESCRIPTIONS);
    }
    found.extend(facts.pages.findings());
    found.extend(disputes::of_alerts(facts));
    found.extend(disputes::of_strangers(facts));
    found
}

/// "a, b and 3 others".
fn some(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|it| (*it).to_owned()).collect();
    if names.len() > NAMED {
        shown.push(format::counted(names.len() - NAMED, "other"));
    }
    format::listed(&shown)
}
