//! A member is away: planned, unplanned, and afterwards.

use super::watch::login;
use super::{create_member, database_id, filling, links_of, save_link, save_links, sku, states};
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::report::coefficients::basis;
use crate::report::runbook::confirm::confirmed_of;
use crate::report::runbook::names::Cache;
use crate::report::runbook::only::but;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Case, Scope, Section, Step, chain_words, section, step};
use crate::rules::act_by::{act_by_sentence, full};
use crate::units::Secs;
use crate::units::format;

pub(super) fn planned(scope: &Scope) -> Section {
    let (lost, living) = roles(scope);
    // As in an outage: the member that users are sent to has answered first.
    let mut steps = vec![
        scope.name_the_lost("goes out"),
        states(scope),
        answers(scope, &living, "Ask the nearest living member, which takes the clients in the next steps.").at_once(),
    ];
    steps.extend(scope.traffic_away(&lost, &living));
    steps.push(out_of_rotation(scope, &lost));
    section("Planned failover", "A drill, or planned maintenance of one member's region.", steps)
}

/// The member that is lost or goes out, and one that lives: the shell knows which.
fn roles(scope: &Scope) -> (Cache, Cache) {
    (scope.held("LOST", "the lost member"), scope.held("LIVING", "the living member"))
}

fn out_of_rotation(scope: &Scope, lost: &Cache) -> Step {
    let (moves, time) = scope.moves();
    step(
        "Take the member out of rotation in the application or load balancer; the rest of the group takes writes already.",
        metric(Service::Managed, lost, "cachehits cachemisses", "Total"),
        "Reads at the member fall to those of the heartbeat; that of the rest of the group stays recent.",
    )
    .timed(moves, time)
    .if_fails("Reads arrive: the clients' configuration or their breaker names this member first.")
    .rolled_back("“Failback”: replication went on in both directions, so nothing is copied.")
}

pub(super) fn unplanned(scope: &Scope) -> Section {
    let chain = scope.answer.rto.iter().find(|chain| chain.unplanned);
    let takes = chain.map_or_else(String::new, |chain| format!(" Users recover in {}.", chain_words(chain)));
    let (lost, living) = roles(scope);
    let (mut steps, recorded) = (vec![scope.name_the_lost("is lost")], scope.record_the_time());
    // Where the clients move by themselves nobody decides it, and no person's notice is on their path.
    if scope.plan.redirects_itself() {
        steps.push(Step { field: "", ..recorded.at_once() });
    } else {
        steps.extend([recorded, scope.decide_to_fail_over()]);
    }
    steps.extend(clients_move(scope, &lost, &living));
    steps.extend([memory(scope), deadline(scope), save_survivors(scope, "before")]);
    steps.extend([force_unlink(scope, &lost, &living), save_survivors(scope, "after")]);
    section("Unplanned failover", format!("A member's region is down, whichever it is.{takes}"), steps)
}

/// The member that users are sent to has answered first. One step is timed as their move: the switch's, where the plan names one.
fn clients_move(scope: &Scope, lost: &Cache, living: &Cache) -> Vec<Step> {
    if let Some(moved) = scope.traffic_away(lost, living) {
        let asks = "Ask the nearest living member, which takes the clients of the lost one in the next step.";
        return vec![answers(scope, living, asks).at_once(), moved];
    }
    let asks =
        "Ask the nearest living member; if it answers, send it the clients of the lost one, unless they moved already.";
    let (moves, time) = scope.moves();
    vec![answers(scope, living, asks).timed(moves, time)]
}

fn answers(scope: &Scope, living: &Cache, asks: &str) -> Step {
    let keys = if scope.plan.active.entra_id { "" } else { " Each member has its own access key." };
    let (login, user) = login(scope, living);
    step(
        format!("{asks}{keys}"),
        format!("{login}\nredis-cli --tls{user} -c -h \"$HOST\" -p 10000 SET dr:check ok EX 60"),
        "The SET answers OK on a living member.",
    )
    .if_fails("NOAUTH or WRONGPASS: key or access policy of that member. No answer: its endpoint, zone or firewall; or set_living with another.")
    .rolled_back("Send the clients back: every member takes writes.")
}

fn memory(scope: &Scope) -> Step {
    step(
        "Watch the survivors' memory: it retains all changes until the member is unlinked.",
        survivors(scope, |cache| metric(Service::Managed, cache, "usedmemorypercentage", "Maximum")),
        "Each survivor's memory is in the record, with its time.",
    )
    .at_once()
    .if_fails("No figure for minutes: read it in the portal of that member.")
    .only_looks()
}

/// Commands for every member but the lost one.
fn survivors(scope: &Scope, command: impl Fn(&Cache) -> String) -> String {
    let one = |cache: &Cache| but("LOST", cache, &command(cache));
    scope.names.caches.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The links of the survivors as JSON: what stood there before or after.
fn save_survivors(scope: &Scope, moment: &str) -> Step {
    let saved = save_links(scope.names.caches.iter(), moment);
    Step { commands: survivors(scope, |cache| save_link(cache, moment)), ..saved }
}

/// Users were moved before: to wait for a region is no step of their recovery, so that no time of it is measured.
fn deadline(scope: &Scope) -> Step {
    let Some(filling) = filling(scope) else {
        return step("Decide: wait for the member, or give it up.", "", "The decision is in the record.")
            .takes(scope.plan.recovery.decide)
            .if_fails("Nobody to decide: the contacts are in “Before you start”.")
            .only_looks();
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
    .takes(scope.plan.recovery.decide)
    .if_fails("Nobody to decide before the deadline: the contacts are in “Before you start”.")
    .only_looks()
}

fn force_unlink(scope: &Scope, lost: &Cache, living: &Cache) -> Step {
    let (dead, unlink) = (lost.said(), scope.plan.recovery.force_unlink);
    let others = if scope.names.caches.len() > 2 {
        " One living member is enough; where it refuses, set_living with another one and run the step there."
    } else {
        ""
    };
    step(
        format!(
            "Only with {}'s word, and when the deadline above comes before the region: force-unlink the lost member from the living \
             one (about {}). It protects the survivors' memory, not service. Warning: the member cannot rejoin: it must be deleted \
             and recreated.{others}",
            scope.approver(),
            format::duration(unlink.mode)
        ),
        confirmed_of(
            lost,
            &format!("force-unlink {dead}"),
            &format!("gives up the unsynced writes of {dead}, which must then be deleted"),
            &format!(
                "az redisenterprise database force-unlink --cluster-name {} --resource-group {} \\\n  \
                 --unlink-ids \"{}\"",
                living.name,
                living.group,
                database_id(lost)
            ),
        ),
        "The survivors list only living members; their used memory stops growing.",
    )
    .verified(survivors(scope, |cache| {
        format!("{}\n{}", links_of(std::slice::from_ref(cache)), metric(Service::Managed, cache, "usedmemory", "Maximum"))
    }))
    .timed("force_unlink", unlink)
    .if_fails("Run it on another survivor (set_living). UnlinkFailed: open a support case of severity A, and watch the memory.")
    .rolled_back("None: the member comes back empty, by “Afterwards”.")
    .in_case(Case::Replaced)
}

pub(super) fn afterwards(scope: &Scope) -> Section {
    let (lost, _) = roles(scope);
    let waited = match filling(scope).and_then(|filling| filling.partial_resync_within) {
        Some(time) => {
            let time = format::duration(time);
            format!(" Up to {time} of outage needs a partial sync, more a full sync.")
        }
        None => String::new(),
    };
    let rejoins = step(
        format!("If nothing was unlinked, do nothing: the member rejoins by itself (D7).{waited}"),
        links_of(&scope.names.caches),
        "Every member lists every database as Linked: go on with “Failback”.",
    )
    .at_once()
    .if_fails("LinkFailed, or no change for an hour after the region is back: open a support case.")
    .only_looks();
    let mut steps = vec![scope.name_the_lost("was lost"), rejoins.in_case(Case::Returned)];
    let replaced = recreate(scope, &lost).into_iter().chain(scope.endpoints(Service::Managed, &lost, &scope.regions()));
    steps.extend(replaced.map(|step| step.in_case(Case::Replaced)));
    section("Afterwards", "The lost member's region is back, or the member was given up.", steps)
}

/// Delete a member that was unlinked and create it again.
fn recreate(scope: &Scope, dead: &Cache) -> Vec<Step> {
    let (delete, create) = (scope.plan.recovery.delete_member, scope.plan.recovery.create);
    let gone = [scope.deletion(
            format!(
                "If it was unlinked, delete it once its region answers ({}). Its unsynced writes are lost; its name may stay reserved for an hour.",
                format::duration_range(delete)
            ),
            dead,
            "The region does not answer yet: wait; the survivors go on.",
            "None; it comes back empty.",
        )];
    let made = step(
            format!(
                "Recreate it with the links of all members ({}). Azure may refuse capacity: have an alternative region. {}{}",
                format::duration_range(create),
                scope.link_words(),
                scope.access_words()
            ),
            create_member(scope, dead, sku(scope), &scope.names.caches),
            "Succeeded; every member lists every database as Linked.",
        )
        .verified(links_of(&scope.names.caches))
        .timed("create", create)
        .if_fails("The name is reserved: wait an hour, or enter another. LinkFailed: delete it and create it again.")
        .rolled_back("Delete the member; the survivors go on.");
    gone.into_iter().chain(scope.endpoints_go(dead)).chain([made]).collect()
}

/// The clients of the lost member come home, once it holds what the others hold.
pub(super) fn failback(scope: &Scope) -> Section {
    let (lost, living) = roles(scope);
    let mut steps = vec![scope.name_the_lost("takes its clients back"), states(scope), whole(scope, &lost, &living)];
    steps.extend(scope.traffic_back(&lost));
    steps.push(home(scope, &lost));
    let when = "The member is Linked again, after an outage, a drill or maintenance: in a quiet hour, with the approver's word.";
    section("Failback", when, steps)
}

/// Nobody comes back to a member that is empty or behind.
fn whole(scope: &Scope, lost: &Cache, living: &Cache) -> Step {
    let of = |cache| metric(Service::Managed, cache, "geoReplicationHealthy totalkeys usedmemory", "Maximum");
    let ((write, user), (read, _)) = (login(scope, living), login(scope, lost));
    step(
        "Check that the member is whole and up to date: its clients will read it. The last line is its lag.",
        format!(
            "{}\n{}\n{write}\nredis-cli --tls{user} -c -h \"$HOST\" -p 10000 SET dr:heartbeat \"$(date +%s)\" EX 600\n\
             {read}\nSEEN=\"$(redis-cli --tls{user} -c -h \"$HOST\" -p 10000 GET dr:heartbeat)\"\n\
             echo \"$(( $(date +%s) - ${{SEEN:-0}} )) s behind\"",
            of(living),
            of(lost)
        ),
        "geoReplicationHealthy is 1 on both, totalkeys and usedmemory are equal within 1 % and not 0, and it is a few seconds behind.",
    )
    .timed("validate", scope.plan.recovery.validate)
    .if_fails("Stop: clients would find an empty or an old member. The full sync runs on: wait; LinkFailed: “Afterwards”.")
    .only_looks()
}

fn home(scope: &Scope, lost: &Cache) -> Step {
    let (login, user) = login(scope, lost);
    let (moves, time) = scope.moves();
    step(
        "Bring the clients of the member back, a tenth first, and compare a sample of keys between two members.",
        format!("{login}\nredis-cli --tls{user} -c -h \"$HOST\" -p 10000 SET dr:check ok EX 60"),
        "SET answers OK; the samples are equal; the heartbeat is recent.",
    )
    .timed(moves, time)
    .if_fails(
        "NOAUTH or WRONGPASS: access policies or keys of a new cache (“Afterwards”). No answer: endpoint or zone.",
    )
    .rolled_back("Send the clients to another member again.")
}
