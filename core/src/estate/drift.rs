//! What an estate has become since a portfolio was made of it: caches that came and went, and what changed, cause by cause.
//!
//! Only what a file says now is compared: a field that no file shows keeps what the plan has.

pub(super) mod cause;
pub(super) mod changed;
pub(super) mod identity;
pub(super) mod known_fields;

use super::deployments::Member;
use super::facts::Facts;
use super::planned::{Estate, Planned};
use crate::catalog::Catalog;
use crate::estate::drift::cause::{Cause, What};
use crate::estate::drift::identity::{Current, Found, Old, current};
use crate::estate::facts::lists::Listed;
use crate::estate::planned::settings;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::horizon::month_of_today;
use crate::plan::{Confirmation, Plan};
use crate::portfolio::{Entry, Portfolio, Row, Settings};
use std::collections::BTreeMap;
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
    /// What lists show of them: a cache that no whole list lacks may still run.
    pub listed: Listed,
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
    /// Its caches, with the place of each among all.
    caches: Vec<(usize, &'a Member)>,
    /// No file has its databases, so that nothing shows whether it is in a group.
    is_silent: bool,
}

impl<'a> Now<'a> {
    fn of(at: usize, planned: &'a Planned, all: &[Current<'a>], facts: &Facts) -> Self {
        let own = all.iter().enumerate().filter(|(_, it)| it.deployment == at);
        let caches: Vec<(usize, &Member)> = own.map(|(place, it)| (place, it.member)).collect();
        let is_silent = caches.iter().any(|(_, it)| facts.misses_databases(&it.key));
        Self { planned, caches, is_silent }
    }

    /// Its caches that no plan has; of a plan whose names are cut those that a plan has no place for may be behind the cut.
    fn unknown(&self, old: Option<&Old<'_>>, found: &Found) -> Vec<&'a Member> {
        let plan = &self.planned.draft.plan;
        let has_place = |it: &Member| plan.site.regions.iter().any(|site| site.cache.eq_ignore_ascii_case(&it.key));
        let is_seen = |it: &Member| old.is_none_or(|old| !old.is_cut) || has_place(it);
        let unknown = self.caches.iter().filter(|(place, it)| !found.is_known(*place) && is_seen(it));
        unknown.map(|(_, it)| *it).collect()
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

    /// True where a cache of it is described now, and the plan only had its name: the plan's fields were those of a part.
    fn was_half(&self, settings: &Settings, old: &Old<'_>, at: usize, found: &Found) -> bool {
        // An old portfolio keeps no settings: of it ids say what was described.
        let keeps = !settings.is_empty() || old.caches.iter().any(|it| !it.was_described());
        let is_new = |it: &Member| it.is_known && !settings::is_described(settings, &it.key);
        keeps && self.caches.iter().any(|(place, it)| found.is_of(at, *place) && is_new(it))
    }

    fn month(&self, catalog: &Catalog) -> Option<Total> {
        let is_lone = self.planned.topology() == Topology::Rebuild;
        month(&self.planned.entry(), catalog).filter(|_| is_lone || self.planned.draft.unheld.is_none())
    }
}

/// Compares an estate with the portfolio that an earlier import made; prices are those of the catalogue on both sides.
///
/// Caches are found by the ids of the site file, else by their names and where they are (the tags that begin with `azure-`), so that plans
/// may have been renamed and edited in between. The month of each cause follows from the plan of the portfolio with what the files say of
/// that cause and the causes before it.
#[must_use]
pub fn drift(before: &Portfolio, estate: &Estate, facts: &Facts, catalog: &Catalog) -> Drift {
    let old: Vec<Old<'_>> = before.entries.iter().filter_map(|it| Old::of(it)).collect();
    let all = current(estate);
    let found = Found::of(&old, &all);
    let others = before.entries.len() - old.len();
    let mut drift = Drift { others, ..Drift::default() };
    for (at, planned) in estate.planned.iter().enumerate() {
        let now = Now::of(at, planned, &all, facts);
        let best = (0..old.len()).rev().max_by_key(|old| found.shared(*old, at));
        let best = best.filter(|old| found.shared(*old, at) > 0);
        drift.added.extend(added(&now, best.map(|it| &old[it]), &found, catalog));
        let Some(best) = best else { continue };
        let Compared { drifted, is_first } = compared(&old[best], best, &before.settings, &now, &found, catalog);
        let name = &planned.draft.plan.name;
        drift.unsaid.extend(known_fields::is_lost(&old[best].entry.plan, &planned.draft.plan).then(|| name.clone()));
        drift.first_said.extend(is_first.then(|| name.clone()));
        if drifted.changes.is_empty() {
            drift.same += 1;
        } else {
            drift.changed.push(drifted);
        }
    }
    let removed = |(at, old)| removed(old, found.places(at), &all, &found, facts, catalog);
    drift.removed = old.iter().enumerate().flat_map(removed).collect();
    drift
}

/// Caches of a deployment that no plan of the portfolio has.
fn added(now: &Now<'_>, old: Option<&Old<'_>>, found: &Found, catalog: &Catalog) -> Option<Moved> {
    let caches: Vec<String> = now.unknown(old, found).into_iter().map(|it| found.named(it)).collect();
    if caches.is_empty() {
        return None;
    }
    let month = if old.is_none() { now.month(catalog) } else { None };
    Some(Moved { name: now.planned.draft.plan.name.clone(), caches, listed: Listed::Whole, month })
}

/// Caches of a plan that no file has, those alike together of which lists show the same. One that others only name is in none where a file
/// had described it and a list lacks it.
fn removed(
    old: &Old<'_>,
    places: &[Option<usize>],
    all: &[Current<'_>],
    found: &Found,
    facts: &Facts,
    catalog: &Catalog,
) -> Vec<Moved> {
    let is_there = |place: &Option<usize>, was_described: bool| {
        place.and_then(|at| all.get(at)).is_some_and(|it| it.member.is_known || !was_described)
    };
    let mut gone: BTreeMap<Listed, Vec<String>> = BTreeMap::new();
    for (past, place) in old.caches.iter().zip(places) {
        if is_there(place, past.was_described()) || past.is_in_a_list(facts) {
            continue;
        }
        let listed = old.listed(past, facts);
        // Without a list the peer that names it is all that is known.
        if place.is_none() || listed != Listed::No {
            gone.entry(listed).or_default().push(found.shown(past));
        }
    }
    let moved = |(listed, mut caches): (Listed, Vec<String>)| {
        caches.sort();
        let whole = caches.len() == old.caches.len();
        let month = if whole { month(old.entry, catalog) } else { None };
        Moved { name: old.entry.plan.name.clone(), caches, listed, month }
    };
    gone.into_iter().map(moved).collect()
}

/// A steady month of a plan whose design is what runs, of a lone cache that no plan holds that of its nodes; `None` for a group that no plan
/// holds, such as Enterprise.
fn month(entry: &Entry, catalog: &Catalog) -> Option<Total> {
    let Plan { rebuild, passive, active, .. } = &entry.plan;
    let today = entry.plan.today.sku.as_ref().filter(|_| !entry.plan.pair_runs());
    let design = match entry.topology? {
        Topology::Rebuild => &rebuild.sku,
        Topology::Passive => &passive.sku,
        Topology::Active => &active.sku,
    };
    let runs = design.is_some() && today.is_none_or(|it| design.as_ref() == Some(it));
    if runs {
        return Row::of(&Arc::new(entry.clone()), catalog).monthly;
    }
    let is_lone = entry.topology == Some(Topology::Rebuild);
    is_lone.then(|| month_of_today(&entry.plan, catalog)).flatten().filter(Total::is_complete)
}

/// What comparing gives: what changed, and whether a file says something of the deployment for the first time.
struct Compared {
    drifted: Drifted,
    is_first: bool,
}

/// What runs today, of which a lone cache and a member of a group have the same field.
const SIZE_TODAY: &str = "today.sku";

/// Compares a deployment with its plan. Another topology has fields of its own.
fn compared(
    old: &Old<'_>,
    at: usize,
    settings: &Settings,
    now: &Now<'_>,
    found: &Found,
    catalog: &Catalog,
) -> Compared {
    let entry = old.entry;
    let topology = now.planned.topology();
    let is_same = entry.topology.is_none_or(|it| it == topology);
    // Before, no file had shown whether the cache is linked.
    let was_silent =
        entry.topology == Some(Topology::Rebuild) && !is_same && entry.plan.passive.exists == Confirmation::Unknown;
    let is_silent = now.is_silent && !is_same || was_silent;
    let was_half = now.was_half(settings, old, at, found);
    let is_first = |what: &What| {
        changed::is_first(&entry.plan, settings, now.planned, what)
            || was_half && changed::is_of_a_half(&entry.plan, now.planned, what)
    };
    let (mut changed, first): (Vec<_>, Vec<_>) = changed::fields(&entry.plan, settings, now.planned)
        .into_iter()
        .partition(|(_, what)| !is_same && !is_silent || !is_first(what));
    // Silence makes and breaks no group: only what its caches say of themselves is compared.
    if is_silent {
        changed.retain(|(_, what)| matches!(what, What::Field { path, .. } if *path == SIZE_TODAY));
    }
    let together = if is_silent { None } else { together(old, at, now, found) };
    // Other members have other links.
    let mut own = now.settings(settings, &changed);
    own.retain(|(cause, _)| together.is_none() || *cause != Cause::Links);
    changed.extend(own);
    changed.extend(changed::doubts(&entry.plan, now.planned, &changed));
    changed.extend(together.map(|it| (Cause::Links, it)));
    let is_other = !is_silent && entry.topology.is_some_and(|it| it != topology);
    changed.extend(is_other.then_some((Cause::Links, What::Topology(entry.topology, topology))));
    let is_first = was_silent || !first.is_empty() && !is_silent;
    Compared { drifted: by_cause(entry, now, &changed, catalog), is_first }
}

/// Which caches belong together, where that are others than before; whether one is in a group is open where no file has its databases.
fn together(old: &Old<'_>, at: usize, now: &Now<'_>, found: &Found) -> Option<What> {
    let of = |place: &Option<usize>| place.is_some_and(|place| now.caches.iter().any(|(own, _)| *own == place));
    let is_whole = found.places(at).iter().all(of);
    let is_more = now.caches.iter().any(|(place, _)| found.is_known(*place) && !found.is_of(at, *place))
        || !now.unknown(Some(old), found).is_empty();
    if (is_whole && !is_more) || now.is_silent {
        return None;
    }
    let mut before: Vec<String> = old.caches.iter().map(|it| found.shown(it)).collect();
    let mut members: Vec<String> = now.caches.iter().map(|(_, it)| found.named(it)).collect();
    before.sort();
    members.sort();
    Some(What::Members { before, now: members })
}

/// What changed by each cause, and what that makes of the month.
fn by_cause(entry: &Entry, now: &Now<'_>, changed: &[(Cause, What)], catalog: &Catalog) -> Drifted {
    // An import says the month of what runs where its members differ: the plan of then is of another design.
    let was_held = entry.topology != Some(Topology::Active) || entry.plan.today.month.is_none();
    let is_lone = [entry.topology, Some(now.planned.topology())].iter().all(|it| *it == Some(Topology::Rebuild));
    let held = was_held && (is_lone || now.planned.draft.unheld.is_none());
    let mut at = entry.clone();
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
                What::Field { path, .. } => at.plan = changed::with(&at.plan, &now.planned.draft.plan, path),
                What::Primary { .. } => at.plan = changed::with(&at.plan, &now.planned.draft.plan, "regions"),
                What::Topology(_, topology) => at.topology = Some(*topology),
                What::Members { .. } | What::Setting { .. } | What::Doubt { .. } => {}
            }
        }
        let next = month(&at);
        let both = last.take().zip(next.clone()).map(|(one, other)| [one, other]);
        changes.push(Changes { cause, what, month: both });
        last = next;
    }
    let name = now.planned.draft.plan.name.clone();
    Drifted { name, before: entry.plan.clone(), now: at.plan, changes }
}
