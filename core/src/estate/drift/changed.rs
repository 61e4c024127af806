//! Fields of a plan that files say otherwise than an earlier plan, and confirmations that they speak against.

use crate::estate::deployments::{Kind, Role};
use crate::estate::drift::cause::{Cause, What};
use crate::estate::drift::known_fields::{self, value};
use crate::estate::planned::Planned;
use crate::estate::planned::settings::has_link;
use crate::plan::file::{Leaf, read_group, write_group};
use crate::plan::{Confirmation, Plan};
use crate::portfolio::Settings;
use serde_json::Value;
use std::collections::BTreeSet;

/// Confirmations of a plan that files now speak against; a state or a health that is told is that already.
pub(in crate::estate) fn doubts(before: &Plan, now: &Planned, told: &[(Cause, What)]) -> Vec<(Cause, What)> {
    let is_told = |it: &(Cause, What)| matches!(&it.1, What::Setting { .. }) && it.0 == Cause::Links;
    if told.iter().any(is_told) {
        return Vec::new();
    }
    // What the plan of today confirms as well is no doubt that is new.
    let [before, after] = [before, &now.draft.plan].map(|plan| write_group(&mut plan.clone()));
    let is_lost = |field: &str| is_confirmed(&before, field) && !is_confirmed(&after, field);
    let mut seen = BTreeSet::new();
    let lost = now.draft.unknown.iter().filter(|it| it.is_against && is_lost(it.field));
    lost.filter(|it| seen.insert(it.field))
        .map(|it| (Cause::of(it.field), What::Doubt { path: it.field, why: it.why.clone() }))
        .collect()
}

/// True for a confirmation that a plan has, by its path.
fn is_confirmed(plan: &Value, path: &str) -> bool {
    value(plan, path).is_some_and(|it| *it == Confirmation::Confirmed.to_value())
}

/// True for what a file says for the first time: a field, or which half of a pair is the primary.
pub(in crate::estate) fn is_first(before: &Plan, settings: &Settings, now: &Planned, what: &What) -> bool {
    match what {
        // Of a pair with one region the other half was only named.
        What::Field { path: "regions", .. } if now.deployment.kind == Kind::Pair && before.regions.len() < 2 => true,
        What::Field { path, .. } => !known_fields::is_known(before, path),
        What::Primary { .. } => !was_primary_shown(before, settings, now),
        _ => false,
    }
}

/// True for a field that a plan has of a part of its caches alone: what it starts from, and fewer regions than caches.
pub(in crate::estate) fn is_of_a_half(before: &Plan, now: &Planned, what: &What) -> bool {
    match what {
        What::Field { path: "regions", .. } => before.regions.len() < now.deployment.members.len(),
        What::Field { path, .. } => known_fields::is_start(before, path),
        _ => false,
    }
}

/// True where the earlier import had the links of the pair, and with them who is primary.
fn was_primary_shown(before: &Plan, settings: &Settings, now: &Planned) -> bool {
    let members = &now.deployment.members;
    before.passive.exists.is_confirmed() || members.iter().any(|it| has_link(settings, &it.key))
}

/// True for a size of a half that only changed places with the other.
fn is_exchanged(before: &Plan, now: &Plan, path: &str) -> bool {
    let halves = |plan: &Plan| {
        let primary = plan.passive.sku.clone();
        (plan.passive.secondary_sku.clone().or_else(|| primary.clone()), primary)
    };
    let ((old_copy, old), (copy, own)) = (halves(before), halves(now));
    match path {
        "passive.sku" => own == old_copy,
        "passive.secondary_sku" => copy == old,
        _ => false,
    }
}

/// Fields that a file says now and that the plan has otherwise, in the order of their paths.
pub(in crate::estate) fn fields(before: &Plan, settings: &Settings, now: &Planned) -> Vec<(Cause, What)> {
    let [old, new] = [before, &now.draft.plan].map(|plan| write_group(&mut plan.clone()));
    let mut changed: Vec<(Cause, What)> = Vec::new();
    let mut seen = BTreeSet::new();
    let plan = &now.draft.plan;
    let swapped = swapped(before, plan).filter(|_| now.deployment.kind == Kind::Pair);
    let is_news = swapped.is_some() && !was_primary_shown(before, settings, now);
    // Where no file shows which half is the primary the order of the two is the files' alone.
    let is_open = now.deployment.members.iter().any(|it| it.role == Role::Linked);
    let halves = ["regions", "passive.sku", "passive.secondary_sku"];
    // Of a cache that others only name no file has the region: it is not gone with it.
    let is_hidden = now.deployment.members.iter().any(|it| it.location.is_none());
    for it in &now.draft.evidence {
        let at = of(it.field);
        // Names are no figure: another cache is told as one that came and one that went.
        let is_assumed = at == "regions" && known_fields::differ_in_shares(before, plan)
            || is_open && halves.contains(&at)
            || is_news && is_exchanged(before, plan, at)
            || is_hidden && ["regions", "today.regions"].contains(&at);
        if let Some((before, now)) = swapped.clone().filter(|_| at == "regions" && !is_open && seen.insert(at)) {
            changed.push((Cause::Links, What::Primary { before, now }));
        }
        let is_other =
            || value(&old, at) != value(&new, at) && !known_fields::reads_alike([before, plan], [&old, &new], at);
        if !at.starts_with("site.") && !is_assumed && seen.insert(at) && is_other() {
            changed.push((Cause::of(at), What::Field { path: at, from: it.from.clone() }));
        }
    }
    changed
}

/// The primary of a pair before and now, where the two halves have changed places: by their ids, else by their regions.
fn swapped(before: &Plan, now: &Plan) -> Option<(String, String)> {
    let place = |plan: &Plan, at: usize| Some(plan.regions.get(at)?.region.to_string());
    let id = |plan: &Plan, at: usize| Some(plan.site_of(at)?.cache.to_ascii_lowercase()).filter(|it| it.contains('/'));
    let both = |of: &dyn Fn(&Plan, usize) -> Option<String>| {
        let two = |plan: &Plan| (plan.regions.len() == 2).then(|| Some([of(plan, 0)?, of(plan, 1)?])).flatten();
        Some([two(before)?, two(now)?])
    };
    let [old, [first, second]] = both(&id).or_else(|| both(&place))?;
    let name = |plan: &Plan| {
        let own = plan.site_of(0).and_then(|it| it.cache_name()).map(str::to_owned);
        own.or_else(|| place(plan, 0)).unwrap_or_default()
    };
    (first != second && old == [second, first]).then(|| (name(before), name(now)))
}

/// What changes together with a field: the shares of the writes add up to all of them.
fn of(path: &'static str) -> &'static str {
    if path.starts_with("workload.split.") { "workload.split" } else { path }
}

/// A plan with one field of another.
pub(in crate::estate) fn with(plan: &Plan, other: &Plan, path: &str) -> Plan {
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
