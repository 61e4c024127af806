//! What an estate has become since a portfolio was made of it: caches that came and went, and what changed, cause by cause.
//!
//! Only what a file says now is compared: a field that no file shows keeps what the plan has.

use super::cause::{Cause, What};
use super::deployments::{Deployment, Kind, Member, Role};
use super::facts::Facts;
use super::identity::{Keys, Known, Old};
use super::known::{self, value};
use super::planned::{Estate, Planned};
use super::settings;
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::plan::Plan;
use crate::plan::file::{read_group, write_group};
use crate::portfolio::{Entry, Portfolio, Row, Settings};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What changed by one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The cause.
    pub cause: Cause,
    /// Each change, in the order of the plan's paths.
    pub what: Vec<What>,
    /// A steady month before and with them, the earlier causes being in both; `None` where the plan cannot hold what runs.
    pub month: Option<[Total; 2]>,
}

/// One deployment that is another than it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Drifted {
    /// Its name now.
    pub name: String,
    /// The plan as the portfolio has it.
    pub before: Plan,
    /// The same with what the files say now.
    pub now: Plan,
    /// What changed, in the order of the causes.
    pub changes: Vec<Changes>,
}

/// Caches that came or went.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The deployment's name.
    pub name: String,
    /// Which of its caches.
    pub caches: Vec<String>,
    /// Files of its subscription are imported now; without them a missing cache may still run.
    pub is_covered: bool,
    /// A steady month of the deployment, where all of it came or went.
    pub month: Option<Total>,
}

/// What changed since a portfolio.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drift {
    /// Deployments that are in both, in the order of the estate.
    pub changed: Vec<Drifted>,
    /// Caches that the portfolio has not.
    pub added: Vec<Moved>,
    /// Caches that the files have not.
    pub removed: Vec<Moved>,
    /// Deployments that are as they were.
    pub same: usize,
    /// Plans of the portfolio that no import made: they have no tag `azure-cache`.
    pub others: usize,
    /// Names of deployments with figures that files say now and did not say before: no change.
    pub first_said: Vec<String>,
    /// Names of deployments whose load was said before and is in no file now: no change either.
    pub unsaid: Vec<String>,
}

/// A deployment as it is now.
struct Now<'a> {
    planned: &'a Planned,
    caches: Vec<Known>,
    /// Those that a file describes.
    described: Vec<Known>,
    subscriptions: BTreeSet<String>,
    /// No file has its databases, so that nothing shows whether it is in a group.
    is_silent: bool,
}

impl<'a> Now<'a> {
    fn of(planned: &'a Planned, facts: &Facts) -> Self {
        let Deployment { members, .. } = &planned.deployment;
        let caches = planned.deployment.caches(facts);
        let known = |it: &Member| Known { key: it.key.clone(), name: it.name.clone() };
        Self {
            planned,
            caches: members.iter().map(known).collect(),
            described: members.iter().filter(|it| it.is_known).map(known).collect(),
            subscriptions: caches.filter_map(|(_, cache)| cache.subscription().map(str::to_owned)).collect(),
            is_silent: members.iter().any(|it| facts.lacks_databases(&it.key)),
        }
    }

    /// How many caches of an earlier deployment it has.
    fn shared(&self, old: &Old<'_>, all: &Keys) -> usize {
        let may_be = old.identity.may_be(&self.subscriptions);
        self.caches.iter().filter(|it| may_be && old.identity.has(it, all)).count()
    }

    /// Settings that are others than before, but for those that a field of the plan tells.
    fn settings(&self, before: &Settings, told: &[(Cause, What)]) -> Vec<(Cause, What)> {
        let paths: Vec<&str> = told
            .iter()
            .filter_map(|(_, it)| if let What::Field { path, .. } = it { Some(*path) } else { None })
            .collect();
        let name = |key: &String| {
            let own = self.planned.deployment.members.iter().find(|it| it.key == *key);
            own.map(|it| it.name.clone()).unwrap_or_default()
        };
        let each = settings::changed(before, &self.planned.settings, &paths).into_iter().map(|it| {
            let caches = it.caches.iter().map(name).collect();
            let cause = if settings::is_of_links(&it.property) { Cause::Links } else { Cause::Settings };
            (cause, What::Setting { property: it.property, caches, before: it.before, now: it.now })
        });
        each.collect()
    }

    fn month(&self, catalog: &Catalog) -> Option<Total> {
        month(&self.planned.entry(), catalog).filter(|_| self.planned.draft.unheld.is_none())
    }
}

/// Compares an estate with the portfolio that an earlier import made; prices are those of the catalogue on both sides.
///
/// Caches are found by their ids in the site file, else by name and subscription (the tags `azure-cache` and `azure-subscription`), so that
/// plans may have been renamed and edited in between. The month of each cause follows from the plan of the portfolio with what the files say of that cause and the
/// causes before it.
#[must_use]
pub fn drift(before: &Portfolio, estate: &Estate, facts: &Facts, catalog: &Catalog) -> Drift {
    let old: Vec<Old<'_>> = before.entries.iter().filter_map(|it| Old::of(it)).collect();
    let now: Vec<Now<'_>> = estate.planned.iter().map(|it| Now::of(it, facts)).collect();
    let others = before.entries.len() - old.len();
    let all = Keys {
        old: old.iter().flat_map(|it| it.identity.ids.iter().cloned()).collect(),
        now: now.iter().flat_map(|it| it.caches.iter().map(|it| it.key.clone())).collect(),
    };
    let mut drift = Drift { others, ..Drift::default() };
    for now in &now {
        let best = old.iter().rev().max_by_key(|it| now.shared(it, &all)).filter(|it| now.shared(it, &all) > 0);
        drift.added.extend(added(now, &old, best.is_none(), &all, catalog));
        let Some(best) = best else { continue };
        let plan = &now.planned.draft.plan;
        drift.unsaid.extend(known::is_lost(&best.entry.plan, plan).then(|| plan.name.clone()));
        let (changes, is_first) = changes(best, &before.settings, now, &all, catalog);
        drift.first_said.extend(is_first.then(|| plan.name.clone()));
        if changes.changes.is_empty() {
            drift.same += 1;
        } else {
            drift.changed.push(changes);
        }
    }
    let is_whole = estate.findings.iter().all(|it| it.id != "EST-PAGES");
    let is_listed = |it: &Old<'_>| is_whole && it.identity.is_listed(facts);
    drift.removed = old.iter().filter_map(|it| removed(it, &now, is_listed(it), &all, catalog)).collect();
    drift
}

/// Caches of a deployment that no plan of the portfolio has.
fn added(now: &Now<'_>, old: &[Old<'_>], whole: bool, all: &Keys, catalog: &Catalog) -> Option<Moved> {
    let known =
        |cache: &Known| old.iter().any(|it| it.identity.may_be(&now.subscriptions) && it.identity.has(cache, all));
    let caches: Vec<String> = now.caches.iter().filter(|it| !known(it)).map(|it| it.name.clone()).collect();
    if caches.is_empty() {
        return None;
    }
    let month = if whole { now.month(catalog) } else { None };
    Some(Moved { name: now.planned.draft.plan.name.clone(), caches, is_covered: true, month })
}

/// Caches of a plan that no file has.
fn removed(old: &Old<'_>, now: &[Now<'_>], is_covered: bool, all: &Keys, catalog: &Catalog) -> Option<Moved> {
    let Old { entry, identity } = old;
    let own = now.iter().filter(|it| identity.may_be(&it.subscriptions));
    let named = identity.missing(own.clone().flat_map(|it| &it.caches), all);
    // What others only name may be gone where a whole list has it not.
    let described: Vec<&Known> = own.flat_map(|it| &it.described).collect();
    let gone = if is_covered { identity.undescribed(&described, all) } else { Vec::new() };
    let caches = if gone.len() > named.len() { gone } else { named };
    if caches.is_empty() {
        return None;
    }
    let whole = caches.len() == identity.names.len();
    let month = if whole { month(entry, catalog) } else { None };
    Some(Moved { name: entry.plan.name.clone(), caches, is_covered, month })
}

/// A steady month of a plan whose design is what runs; `None` where it only says what runs, such as Enterprise.
fn month(entry: &Entry, catalog: &Catalog) -> Option<Total> {
    let Plan { today, rebuild, passive, active, .. } = &entry.plan;
    let design = match entry.topology? {
        Topology::Rebuild => &rebuild.sku,
        Topology::Passive => &passive.sku,
        Topology::Active => &active.sku,
    };
    let runs = design.is_some() && (today.sku.is_none() || today.sku == *design);
    runs.then(|| Row::of(&Arc::new(entry.clone()), catalog).monthly).flatten()
}

/// What changed in a deployment, and whether a file says something of it for the first time. Another topology has fields of its own.
fn changes(old: &Old<'_>, settings: &Settings, now: &Now<'_>, all: &Keys, catalog: &Catalog) -> (Drifted, bool) {
    let Old { entry, identity } = old;
    let topology = now.planned.topology();
    let is_same = entry.topology.is_none_or(|it| it == topology);
    let (mut changed, first): (Vec<_>, Vec<_>) =
        fields(&entry.plan, now).into_iter().partition(|(_, what)| !is_same || !is_first(&entry.plan, what));
    // Silence breaks up no group: only what its caches say of themselves is compared.
    if !is_same && now.is_silent {
        changed.clear();
    }
    changed.extend(now.settings(settings, &changed));
    let before = identity.names.clone();
    let mut members: Vec<String> = now.caches.iter().map(|it| it.name.clone()).collect();
    members.sort();
    let is_whole = members.len() == before.len() && now.caches.iter().all(|it| identity.has(it, all));
    if !is_whole && !now.is_silent {
        changed.push((Cause::Links, What::Members { before, now: members }));
    }
    if entry.topology.is_some_and(|it| it != topology) && !now.is_silent {
        changed.push((Cause::Links, What::Topology(entry.topology, topology)));
    }
    let held = now.planned.draft.unheld.is_none();
    let mut at = (*entry).clone();
    let month = |entry: &Entry| month(entry, catalog).filter(|_| held);
    let mut last = if changed.is_empty() { None } else { month(&at) };
    let mut changes = Vec::new();
    for cause in Cause::ALL {
        let what: Vec<What> = changed.iter().filter(|it| it.0 == cause).map(|it| it.1.clone()).collect();
        if what.is_empty() {
            continue;
        }
        for it in &what {
            match it {
                What::Field { path, .. } => at.plan = with(&at.plan, &now.planned.draft.plan, path),
                What::Primary { .. } => at.plan = with(&at.plan, &now.planned.draft.plan, "regions"),
                What::Topology(_, topology) => at.topology = Some(*topology),
                What::Members { .. } | What::Setting { .. } => {}
            }
        }
        let next = month(&at);
        let both = last.take().zip(next.clone()).map(|(one, other)| [one, other]);
        changes.push(Changes { cause, what, month: both });
        last = next;
    }
    let name = now.planned.draft.plan.name.clone();
    (Drifted { name, before: entry.plan.clone(), now: at.plan, changes }, !first.is_empty())
}

fn is_first(before: &Plan, what: &What) -> bool {
    matches!(what, What::Field { path, .. } if !known::is_known(before, path))
}

/// Fields that a file says now and that the plan has otherwise, in the order of their paths.
fn fields(before: &Plan, now: &Now<'_>) -> Vec<(Cause, What)> {
    let [old, new] = [before, &now.planned.draft.plan].map(|plan| write_group(&mut plan.clone()));
    let mut changed: Vec<(Cause, What)> = Vec::new();
    let mut seen = BTreeSet::new();
    let plan = &now.planned.draft.plan;
    let swapped = swapped(before, plan).filter(|_| now.planned.deployment.kind == Kind::Pair);
    // Where no file shows which half is the primary the order of the two is the files' alone.
    let is_open = now.planned.deployment.members.iter().any(|it| it.role == Role::Linked);
    let halves = ["regions", "passive.sku", "passive.secondary_sku"];
    for it in &now.planned.draft.evidence {
        let at = of(it.field);
        // Names are no figure: another cache is told as one that came and one that went.
        let is_assumed = at == "regions" && known::differ_in_shares(before, plan)
            || is_open && halves.contains(&at)
            || at == "passive.lag" && known::is_same_lag(before, plan);
        if let Some((before, now)) = swapped.clone().filter(|_| at == "regions" && !is_open && seen.insert(at)) {
            changed.push((Cause::Links, What::Primary { before, now }));
        }
        if !at.starts_with("site.") && !is_assumed && seen.insert(at) && value(&old, at) != value(&new, at) {
            changed.push((Cause::of(at), What::Field { path: at, from: it.from.clone() }));
        }
    }
    changed
}

/// The primary of a pair before and now, where the two halves have changed places: by their names, else by their regions.
fn swapped(before: &Plan, now: &Plan) -> Option<(String, String)> {
    let place = |plan: &Plan, at: usize| Some(plan.regions.get(at)?.region.clone());
    let both = |plan: &Plan| (plan.regions.len() == 2).then(|| [place(plan, 0), place(plan, 1)]);
    let ([old, new], mut turned) = (both(before)?, both(now)?);
    turned.reverse();
    let name = |plan: &Plan| {
        let own = plan.site_of(0).and_then(|it| it.cache_name()).map(str::to_owned);
        own.or_else(|| place(plan, 0).map(|it| it.to_string())).unwrap_or_default()
    };
    ([old.clone(), new.clone()] == turned && old != new).then(|| (name(before), name(now)))
}

/// What changes together with a field: the shares of the writes add up to all of them.
fn of(path: &'static str) -> &'static str {
    if path.starts_with("workload.split.") { "workload.split" } else { path }
}

/// A plan with one field of another.
fn with(plan: &Plan, other: &Plan, path: &str) -> Plan {
    let given = write_group(&mut other.clone());
    let mut patch = value(&given, path).cloned().unwrap_or_default();
    for part in path.rsplit('.') {
        patch = Value::from_iter([(part, patch)]);
    }
    let mut next = plan.clone();
    // The value was written by a plan, so that it can be read.
    if read_group(&mut next, patch).is_err() {
        return plan.clone();
    }
    next
}
