//! Changes of a group, or of one cache: size, members, keys, and emptying it.

use super::{create_member, database_id, delete_cache, links_of, save_links, sku, states};
use crate::model::Topology;
use crate::report::runbook::confirm::{confirmed, confirmed_now};
use crate::report::runbook::keys::rotated;
use crate::report::runbook::names::{Cache, NICKNAME};
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{SOON, Scope, Section, Step, section, shell, step};

pub(super) fn change(scope: &Scope) -> Section {
    let mut steps = vec![save_links(scope.names.caches.iter(), "before")];
    steps.extend(scale(scope, &scope.names.caches));
    steps.extend(add(scope));
    steps.extend(remove(scope));
    if !scope.entra() {
        steps.extend(keys(scope, &scope.names.caches));
    }
    steps.push(flush(scope));
    steps.push(save_links(scope.names.caches.iter(), "after"));
    let when = "In the change window, with the approver's word, while every member is Linked.";
    section("Change", when, steps)
}

/// The changes of a cache that stands alone.
pub(in crate::report::runbook) fn change_of_one(scope: &Scope, sku: &str) -> Section {
    let first = scope.names.caches.get(..1).unwrap_or_default();
    let mut steps: Vec<Step> = first.iter().map(|cache| scale_to(scope, cache, sku)).collect();
    if !scope.entra() {
        steps.extend(keys(scope, first));
    }
    section("Change", "In the change window, with the approver's word.", steps)
}

fn scale(scope: &Scope, caches: &[Cache]) -> Vec<Step> {
    caches.iter().map(|cache| scale_to(scope, cache, sku(scope))).collect()
}

/// A group is scaled member by member; a smaller size is refused while the group exists.
fn scale_to(scope: &Scope, cache: &Cache, sku: &str) -> Step {
    let Cache { name, group, plain, .. } = cache;
    let alone = scope.answer.topology == Topology::Rebuild;
    let (next, failed, back) = if alone {
        ("", "", "Scale back to a size that list-skus-for-scaling names, while the data fits.")
    } else {
        (
            " One member at a time; the next only when this one is done. Sizes can only grow.",
            " before the next member",
            "None: a group cannot shrink. Build a new one beside it.",
        )
    };
    step(
        format!("Scale {plain} to the plan's size.{next}"),
        format!(
            "az redisenterprise list-skus-for-scaling --cluster-name {name} --resource-group {group} --query 'skus[].name' --output json\n\
             az redisenterprise update --cluster-name {name} --resource-group {group} --sku {}",
            shell::arg(sku)
        ),
        "resourceState is Running and sku.name is the plan's.",
    )
    .verified(format!(
        "az redisenterprise show --cluster-name {name} --resource-group {group} --query '{{state:resourceState, size:sku.name}}' --output json"
    ))
    .takes(scope.plan.recovery.create)
    .if_fails(format!(
        "The size is not listed: choose one that is. Failed: the old size runs on; open a support case{failed}."
    ))
    .rolled_back(back)
}

/// A member whose names are asked for; or a cache that exists, whose data goes.
fn add(scope: &Scope) -> Vec<Step> {
    let new = Cache::asked();
    let mut all = scope.names.caches.clone();
    all.push(new.clone());
    let ids: Vec<String> = all.iter().map(|cache| format!("{{\"id\":\"'\"{}\"'\"}}", database_id(cache))).collect();
    let force = format!(
        "az redisenterprise database force-link-to-replication-group --cluster-name {} --resource-group {} \\\n  \
         --database-name default --group-nickname {} \\\n  --linked-databases '[{}]'",
        new.name,
        new.group,
        scope.names.nickname,
        ids.join(",")
    );
    vec![
        step(
            "Add a member: create it with the links of all, itself included; then its endpoints and zone as in “Create”. At most \
             five members, one a region.",
            create_member(scope, &new, sku(scope), &all),
            "Every member lists every database as Linked.",
        )
        .verified(states(scope).commands)
        .timed("create", scope.plan.recovery.create)
        .if_fails("LinkFailed: delete the new member and create it again; the group goes on.")
        .rolled_back("Delete the new member."),
        step(
            format!(
                "Or join a cache that exists: force-link. Warning: its own data is discarded, and it is away for minutes. It has \
                 the group's size, modules, policies and protocol. {}",
                scope.link_words()
            )
            .trim_end(),
            confirmed_now("force-link ${NEW_CACHE:?}", "discards everything in ${NEW_CACHE:?}, which joins", &force),
            "Every member lists every database as Linked.",
        )
        .verified(states(scope).commands)
        .takes(scope.link_time())
        .if_fails("Refused: a setting differs from the group's, or the list of members is not whole.")
        .rolled_back("Force-unlink it; its former data is gone: export it first."),
    ]
}

/// Removal in peace: no force, for nobody lets go of unsynced writes.
fn remove(scope: &Scope) -> Vec<Step> {
    let Some((last, others)) = scope.names.caches.split_last() else { return Vec::new() };
    let remove = step(
        format!(
            "Remove a member, here {0}: send its clients away, wait until the heartbeat is recent, then delete it. Warning: this \
             deletes {0}; a group has no unlink without force.",
            last.plain
        ),
        delete_cache(last),
        "The rest of the group lists only itself, all Linked.",
    );
    let remove = remove
        .verified(links_of(others))
        .timed("delete_member", scope.plan.recovery.delete_member)
        .if_fails("It stays listed: force-unlink it from a member that stays.")
        .rolled_back("Add it again; it comes back with a full sync.");
    [remove].into_iter().chain(scope.endpoints_go(last)).collect()
}

fn keys(scope: &Scope, caches: &[Cache]) -> Vec<Step> {
    let renew = |Cache { name, group, .. }: &Cache, key: &str| {
        format!(
            "az redisenterprise database regenerate-key --cluster-name {name} --resource-group {group} --key-type {key} --output none"
        )
    };
    let of = if scope.answer.topology == Topology::Rebuild { "cache" } else { "member" };
    let steps = rotated(of, |key| caches.iter().map(|cache| renew(cache, key)).collect());
    steps.into_iter().map(|step| step.takes(scope.plan.recovery.keys)).collect()
}

fn flush(scope: &Scope) -> Step {
    let [first, others @ ..] = scope.names.caches.as_slice() else { return Step::default() };
    let ids: Vec<String> = others.iter().map(|cache| format!("\"{}\"", database_id(cache))).collect();
    let flush = format!(
        "az redisenterprise database flush --cluster-name {} --resource-group {} --linked-ids {}",
        first.name,
        first.group,
        ids.join(" ")
    );
    let called = &scope.names.called;
    let (word, harm) = (format!("flush {called}"), format!("empties every member of {called}"));
    let confirm = if scope.names.asks(NICKNAME) { confirmed_now } else { confirmed };
    step(
        "Never in a recovery. Warning: this flush empties every member; FLUSHALL and FLUSHDB are refused.",
        confirm(&word, &harm, &flush),
        "totalkeys is 0 on every member.",
    )
    .verified(
        scope
            .names
            .caches
            .iter()
            .map(|cache| metric(Service::Managed, cache, "totalkeys", "Maximum"))
            .collect::<Vec<_>>()
            .join("\n"),
    )
    .takes(SOON)
    .if_fails("A member that is not listed keeps its data and fills the rest of the group again: list them all.")
    .rolled_back("None but an import of an export (“Recovery point”).")
}
