//! A member is away: planned, unplanned, and afterwards.

use super::watch::login;
use super::{create_member, database_id, delete_cache, filling, sku, states};
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::report::coefficients::basis;
use crate::report::runbook::confirm::confirmed;
use crate::report::runbook::names::Cache;
use crate::report::runbook::site::SUBSCRIPTION;
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

pub(super) fn unplanned(scope: &Scope) -> Section {
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
            survivors(scope, |cache| metric(Service::Managed, cache, "usedmemorypercentage", "Maximum")),
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
    let latest = act_by_sentence(&filling.deadline);
    step(
        format!("Decide whether the member is waited for or given up. {latest}"),
        "",
        format!(
            "In the typical case {} is reached after {}, {} (eviction begins) after {}, {} (writes refused, sync stops) after {}. Memory is {}. {}",
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
            "Force-unlink {} from one living member (the call takes about {}). It protects the survivors' memory; it is not on the \
             way to service. The member cannot come back: it must be deleted and created anew.",
            dead.name,
            format::duration(scope.plan.recovery.force_unlink.mode)
        ),
        confirmed(
            &format!("force-unlink {}", dead.name),
            &format!("gives up the unsynced writes of {}, which has to be deleted then", dead.name),
            &format!(
                "{SUBSCRIPTION}\naz redisenterprise database force-unlink --cluster-name {} --resource-group {} \\\n  \
                 --unlink-ids \"{}\"",
                survivor.name,
                survivor.group,
                database_id(dead)
            ),
        ),
        "The survivors list only living members, and their used memory stops growing.",
    )
}

pub(super) fn afterwards(scope: &Scope) -> Section {
    let Some(dead) = scope.names.caches.first() else { return section("Afterwards", "", Vec::new()) };
    let waited = match filling(scope).and_then(|filling| filling.partial_resync_within) {
        Some(time) => {
            let time = format::duration(time);
            format!(" An outage of up to {time} ends in a partial resync, a longer one in a full sync.")
        }
        None => String::new(),
    };
    let (delete, create) = (scope.plan.recovery.delete_member, scope.plan.recovery.create);
    let mut steps = vec![
        step(
            format!("If nothing was unlinked: do nothing. The member rejoins by itself (D7).{waited}"),
            "",
            "Every member lists every database as Linked.",
        ),
        step(
            format!(
                "If it was unlinked: delete it once its region answers ({}). Its unsynced writes are lost.",
                format::duration_range(delete)
            ),
            delete_cache(scope, dead),
            "The cache is gone; its name may stay reserved for about an hour (practitioners' report).",
        ),
        step(
            format!(
                "Create it anew with the links of all members ({}). Capacity may be refused: have an alternative region. {}{}",
                format::duration_range(create),
                scope.link_words(),
                scope.access_words()
            ),
            format!("{SUBSCRIPTION}\n{}", create_member(scope, dead, sku(scope), &scope.names.caches)),
            "provisioningState is Succeeded, and every member lists every database as Linked.",
        ),
    ];
    steps.extend(scope.endpoints(Service::Managed, dead, &scope.regions()));
    steps.extend([
        step(
            format!("Bring the clients of {} back, and compare a sample of keys between two members.", dead.place),
            "",
            "",
        ),
        step(
            "To empty a group on purpose there is one way, and it empties every member: FLUSHALL and FLUSHDB are refused.",
            flush(scope),
            "Every member is empty. Do not run this in a recovery.",
        ),
    ]);
    section("Afterwards", format!("{} is back, or its member was given up.", dead.place), steps)
}

fn flush(scope: &Scope) -> String {
    let [first, others @ ..] = scope.names.caches.as_slice() else { return String::new() };
    let ids: Vec<String> = others.iter().map(|cache| format!("\"{}\"", database_id(cache))).collect();
    let flush = format!(
        "{SUBSCRIPTION}\naz redisenterprise database flush --cluster-name {} --resource-group {} --linked-ids {}",
        first.name,
        first.group,
        ids.join(" ")
    );
    let nickname = &scope.names.nickname;
    confirmed(&format!("flush {nickname}"), &format!("empties every member of {nickname}"), &flush)
}
