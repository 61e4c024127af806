//! A member is away: planned, unplanned, and afterwards.

use super::watch::login;
use super::{create_member, database_id, delete_cache, filling, save_links, sku, states};
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::report::coefficients::basis;
use crate::report::runbook::confirm::confirmed;
use crate::report::runbook::names::Cache;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Scope, Section, Step, chain_words, section, step};
use crate::rules::act_by::{act_by_sentence, full};
use crate::units::Secs;
use crate::units::format;

pub(super) fn planned(scope: &Scope) -> Section {
    let place = scope.names.caches.first().map_or("", |cache| cache.place.as_str());
    let steps = vec![
        states(scope),
        step(
            format!(
                "Take {place} out of rotation in the application or load balancer. A group needs no failover command: the \
                 other members already take writes."
            ),
            "",
            "The member has no connections; the others' heartbeat stays young.",
        ),
        step("Put it back afterwards: replication went on in both directions, so nothing is copied.", "", ""),
    ];
    section("Planned failover", format!("A drill, or planned maintenance of {place}."), steps)
}

pub(super) fn unplanned(scope: &Scope) -> Section {
    let chain = scope.answer.rto.iter().find(|chain| chain.unplanned);
    let takes = chain.map_or_else(String::new, |chain| format!(" Users recover in {}.", chain_words(chain)));
    let place = scope.names.caches.first().map_or("", |cache| cache.place.as_str());
    let keys = if scope.plan.active.entra_id { "" } else { " Each member has its own access key." };
    let mut steps = vec![
        step(
            format!("Send the clients of {place} to the nearest living member, unless they moved already.{keys}"),
            verify_commands(scope),
            "The SET answers OK on a living member.",
        )
        .takes(scope.plan.recovery.redirect)
        .if_fails(
            "NOAUTH or WRONGPASS: key or access policy of that member. No answer: its endpoint, zone or firewall.",
        )
        .rolled_back("Send the clients back: every member takes writes."),
        step(
            "Note the time of the loss and watch the survivors' memory: it retains all changes until the member is unlinked.",
            survivors(scope, |cache| metric(Service::Managed, cache, "usedmemorypercentage", "Maximum")),
            "",
        ),
    ];
    steps.push(deadline(scope));
    steps.push(save_links(scope.names.caches.iter().skip(1), "before"));
    steps.push(force_unlink(scope));
    steps.push(save_links(scope.names.caches.iter().skip(1), "after"));
    let when = format!("{place} is down.{takes} If another member is down, use its name instead.");
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
        return step("Decide: wait for the member, or give it up.", "", "");
    };
    let level = |time: Option<Secs>| format::duration_or(time, "never");
    let latest = act_by_sentence(&filling.deadline);
    step(
        format!("Decide: wait for the member, or give it up. {latest}"),
        "",
        format!(
            "Typically memory reaches {} after {}, {} (eviction begins) after {}, {} (writes refused, sync stops) after {}. \
             Memory is {}. {}",
            format::percent(ALERT),
            level(filling.to_alert.mode),
            format::percent(EVICTION),
            level(filling.to_eviction.mode),
            format::percent(FULL),
            level(filling.to_full.mode),
            full(filling),
            basis(scope.plan)
        ),
    )
}

fn force_unlink(scope: &Scope) -> Step {
    let [dead, survivor, ..] = scope.names.caches.as_slice() else { return step("", "", "") };
    step(
        format!(
            "Only with {}'s word, and when the deadline above comes before the region: force-unlink {} from one living member \
             (about {}). It protects the survivors' memory, not service. Warning: the member cannot rejoin: it must be deleted \
             and recreated.",
            scope.approver(),
            dead.plain,
            format::duration(scope.plan.recovery.force_unlink.mode)
        ),
        confirmed(
            &format!("force-unlink {}", dead.plain),
            &format!("gives up the unsynced writes of {}, which must then be deleted", dead.plain),
            &format!(
                "az redisenterprise database force-unlink --cluster-name {} --resource-group {} \\\n  \
                 --unlink-ids \"{}\"",
                survivor.name,
                survivor.group,
                database_id(dead)
            ),
        ),
        "The survivors list only living members; their used memory stops growing.",
    )
    .verified(survivors(scope, database_show))
    .takes(scope.plan.recovery.force_unlink)
    .if_fails("Run it on another survivor. UnlinkFailed: open a support case of severity A, and watch the memory.")
    .rolled_back("None: the member comes back empty, by “Afterwards”.")
}

fn database_show(cache: &Cache) -> String {
    format!(
        "az redisenterprise database show --cluster-name {} --resource-group {} --query 'geoReplication.linkedDatabases[].{{id:id, state:state}}' --output table",
        cache.name, cache.group
    )
}

pub(super) fn afterwards(scope: &Scope) -> Section {
    let Some(dead) = scope.names.caches.first() else { return section("Afterwards", "", Vec::new()) };
    let waited = match filling(scope).and_then(|filling| filling.partial_resync_within) {
        Some(time) => {
            let time = format::duration(time);
            format!(" Up to {time} of outage needs a partial sync, more a full sync.")
        }
        None => String::new(),
    };
    let mut steps = vec![step(
        format!("If nothing was unlinked, do nothing: the member rejoins by itself (D7).{waited}"),
        "",
        "Every member lists every database as Linked.",
    )];
    steps.extend(recreate(scope, dead));
    steps.extend(scope.endpoints(Service::Managed, dead, &scope.regions()));
    steps.extend([step(
        format!("Bring the clients of {} back and compare a sample of keys between two members.", dead.place),
        "",
        "The samples are equal; the heartbeat is young.",
    )
    .rolled_back("Send the clients to another member again.")]);
    section("Afterwards", format!("{} is back, or its member was given up.", dead.place), steps)
}

/// Delete a member that was unlinked and create it again.
fn recreate(scope: &Scope, dead: &Cache) -> [Step; 2] {
    let (delete, create) = (scope.plan.recovery.delete_member, scope.plan.recovery.create);
    [
        step(
            format!(
                "If it was unlinked, delete it once its region answers ({}). Its unsynced writes are lost.",
                format::duration_range(delete)
            ),
            delete_cache(scope, dead),
            "It is gone; its name may stay reserved for an hour (practitioners' report).",
        )
        .takes(delete)
        .if_fails("The region does not answer yet: wait; the survivors go on."),
        step(
            format!(
                "Recreate it with the links of all members ({}). Azure may refuse capacity: have an alternative region. {}{}",
                format::duration_range(create),
                scope.link_words(),
                scope.access_words()
            ),
            create_member(scope, dead, sku(scope), &scope.names.caches),
            "Succeeded; every member lists every database as Linked.",
        )
        .verified(scope.names.caches.iter().map(database_show).collect::<Vec<_>>().join("\n"))
        .takes(create)
        .if_fails("The name is still reserved: wait an hour, or another name in the site file. LinkFailed: delete it and create it again.")
        .rolled_back("Delete the member; the survivors go on."),
    ]
}
