//! The runbook of the baseline: one cache, recreated and reloaded from the database.

/// What to look at where a client does not reach the new cache.
const UNREACHED: &str = "No answer: its endpoint, zone or firewall. NOAUTH or WRONGPASS: key or access policy.";

use super::active::{create_member, state_of};
use super::names::Cache;
use super::recovery_point::{import, recovery_point};
use super::watch::{Service, metric};
use super::{Scope, Section, Step, chain_words, section, step};
use crate::catalog::SkuId;
use crate::model::rto::RtoPath;
use crate::plan::{DataClass, IMPORT, LOAD};
use crate::report::visible;
use crate::units::{Ratio, format};

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let first: Vec<&Cache> = scope.names.caches.iter().take(1).collect();
    let mut sections = vec![
        create(scope),
        scope.readiness(Service::Managed, &first),
        watch(scope),
        planned(scope),
        unplanned(scope),
        afterwards(scope),
        failback(scope),
        drill(scope),
    ];
    sections.push(super::active::change::change_of_one(scope, sku(scope)));
    sections.extend(first.first().map(|first| recovery_point(scope, Service::Managed, first)));
    sections.push(scope.clean_up("", super::active::delete));
    sections
}

fn sku<'a>(scope: &'a Scope) -> &'a str {
    let derived = scope.answer.design.caches.first().map(|cache| cache.sku.as_str());
    derived.or(scope.plan.rebuild.sku.as_ref().map(SkuId::as_str)).unwrap_or("Balanced_B10")
}

/// The cache that is made in an outage: where the rebuild comes back, or in the first where there is no other, beside the one that is lost.
fn target(scope: &Scope) -> Option<Cache> {
    scope.names.caches.get(1).cloned().or_else(|| scope.names.caches.first().map(Cache::with_new_name))
}

fn create(scope: &Scope) -> Section {
    let mut steps: Vec<Step> = scope.new_zones(Service::Managed).into_iter().collect();
    if let Some(first) = scope.names.caches.first().filter(|first| first.live) {
        steps.push(step("Look at the cache that runs.", state_of(first), "Succeeded.").only_looks());
        return section("Create", "The cache runs: none is created.", steps);
    }
    if let Some(first) = scope.names.caches.first() {
        steps.push(Scope::free_names(&[first]));
        let text = format!("Create the cache in {}.{}", first.place, scope.access_words());
        steps.push(
            step(text, create_member(scope, first, sku(scope), &[]), "provisioningState is Succeeded.")
                .verified(state_of(first))
                .timed("create", scope.plan.recovery.create)
                .if_fails("No capacity: another size or region. The name is taken: enter another in the Site inputs.")
                .rolled_back("Delete the cache; nothing uses it yet."),
        );
        steps.extend(scope.endpoints(Service::Managed, first, &scope.regions()));
    }
    section("Create", "Once.", steps)
}

fn watch(scope: &Scope) -> Section {
    let when = format!("Always. No replica exists in another region, so no link is watched. {}", scope.series_words());
    section("Watch", when, scope.alerts())
}

fn planned(scope: &Scope) -> Section {
    let text = "Create the second cache in advance, let the application fill both for a day, then move the clients to a warm \
                cache.";
    let move_over = step(text, "", "The hit rate of the new cache is that of the old one before the clients move.")
        .timed("warm_up", scope.plan.recovery.warm_up)
        .if_fails("The second write fails or slows the first: turn it off; the old cache is whole.")
        .rolled_back("Point the clients to the old cache while both are filled.");
    section("Planned failover", "A move to another region, known in advance.", vec![move_over])
}

fn unplanned(scope: &Scope) -> Section {
    let chain = scope.answer.rto.iter().find(|chain| chain.path == RtoPath::Rebuild);
    let takes = chain.map_or_else(String::new, |chain| format!(" It takes {}.", chain_words(chain)));
    let (Some(target), Some(first)) = (target(scope), scope.names.caches.first()) else {
        return section("Unplanned failover", "", Vec::new());
    };
    let mut steps = vec![scope.record_the_time(), scope.decide_to_fail_over()];
    // The network of the lost region may be down: “Afterwards” makes its endpoint.
    steps.extend(made(scope, &target, &[&target]));
    steps.extend(filled(scope, &target));
    steps.extend(scope.traffic_away(first, &target));
    steps.push(repoint(scope, &target));
    let when = format!(
        "{} is down.{takes}{} If the cache is in another region by then and that one is down, build it in {0} by “Failback”.",
        first.place,
        not_loaded(scope)
    );
    section("Unplanned failover", when, steps)
}

/// A cache in a region with endpoints in these networks.
fn made(scope: &Scope, target: &Cache, networks: &[&Cache]) -> Vec<Step> {
    let mut steps = vec![
        step(
            format!(
                "Create a cache in {} ({}). Azure may refuse capacity while others recover.{}",
                target.place,
                format::duration_range(scope.plan.recovery.create),
                scope.access_words()
            ),
            create_member(scope, target, sku(scope), &[]),
            "provisioningState is Succeeded.",
        )
        .verified(state_of(target))
        .timed("create", scope.plan.recovery.create)
        .if_fails(if loads(scope) {
            "No capacity: the next size, or another region; the database's guard below holds meanwhile."
        } else {
            "No capacity: the next size, or another region."
        })
        .rolled_back("Delete the new cache."),
    ];
    steps.extend(scope.endpoints(Service::Managed, target, networks));
    steps
}

/// Something is there to load: all that is neither held only here nor expendable.
fn loads(scope: &Scope) -> bool {
    scope.plan.data.reloaded() > Ratio::ZERO
}

/// What a person who has no reload to run waits for in vain; empty where there is one, which says it.
fn not_loaded(scope: &Scope) -> String {
    if loads(scope) {
        return String::new();
    }
    format!(" Nothing is reloaded: the source of truth has none of the data.{}{}", lost_words(scope), left_out(scope))
}

/// It is filled from the last export and the source of truth; the database is held for as long as it is read.
fn filled(scope: &Scope, target: &Cache) -> Vec<Step> {
    let held = loads(scope).then(|| {
        let limit = format::ops(scope.plan.rebuild.database_limit);
        step(
            format!(
                "Hold the database below {limit} until the cache is warm: admit part of the users, or serve the most needed pages only."
            ),
            "",
            "Database requests do not queue.",
        )
        .about("as long as the reload")
        .if_fails("They queue: admit fewer users.")
        .rolled_back("Admit all users again.")
    });
    let loaded = loads(scope).then(|| loaded(scope, &format!("{}{}", lost_words(scope), left_out(scope))));
    [held, import_last(scope, target), loaded].into_iter().flatten().collect()
}

/// The reload, with what it does not bring back.
fn loaded(scope: &Scope, lost: &str) -> Step {
    let (rebuild, share) = (&scope.plan.rebuild, scope.plan.data.reloaded());
    let counted = scope.answer.rto.iter().flat_map(|chain| &chain.steps).find(|step| step.field == LOAD);
    let load = counted.map_or(scope.answer.sync.copy, |step| step.time);
    step(
        format!(
            "Reload {} of {} at {} from the source of truth, most needed keys first. Use the application's own loader; Azure has \
             none.{lost}",
            format::percent(share),
            format::bytes(scope.plan.workload.dataset),
            format::ops(rebuild.reload_rate)
        ),
        "",
        "The hit rate is back to normal.",
    )
    .timed("load", load)
    .if_fails("The database queues: load slower. The loader stops: start it again; keys that are there are not harmed.")
    .rolled_back("None is needed: clients do not read it yet.")
}

/// The same in a rehearsal: the users whom the database serves come first, and what the loader does not bring is not lost.
fn rehearsed(scope: &Scope, target: &Cache) -> Vec<Step> {
    let spared = step(
        format!(
            "Spare the users: load slower where they or the database feel it, and stop the loader where the database serves more than {}.",
            format::ops(scope.plan.rebuild.database_limit)
        ),
        "",
        "Database requests do not queue.",
    )
    .about("as long as the reload")
    .if_fails("They queue: stop the loader.")
    .rolled_back("None is needed: no user was moved.");
    let reload = || Step {
        check: "A sample of 1,000 keys is equal in the database and the cache.".to_owned(),
        ..loaded(scope, "")
    };
    let loads = loads(scope);
    [loads.then_some(spared), import_last(scope, target), loads.then(reload)].into_iter().flatten().collect()
}

/// What is held only here, by name; empty where nothing is.
fn only_here(scope: &Scope) -> String {
    of_class(scope, DataClass::HeldOnlyHere)
}

/// " Expendable, so left out: hints (40 %)."
fn left_out(scope: &Scope) -> String {
    match of_class(scope, DataClass::Expendable) {
        none if none.is_empty() => none,
        parts => format!(" Expendable, so left out: {parts}."),
    }
}

/// The parts of a class, by name.
fn of_class(scope: &Scope, class: DataClass) -> String {
    let parts = scope.plan.data.parts.iter();
    let own = parts.filter(|part| part.class == class && part.share.as_fraction() > 0.0);
    let said = own.map(|part| format!("{} ({})", visible::line(&part.name), format::percent(part.share)));
    let said: Vec<String> = said.collect();
    format::listed(&said.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What the source of truth does not have is in the last export, where one is made.
fn import_last(scope: &Scope, target: &Cache) -> Option<Step> {
    let held = only_here(scope);
    let exported = scope.plan.data.export_interval.filter(|_| !held.is_empty())?;
    let step = import(scope, Service::Managed, target);
    let text = format!(
        "Import the last export{}: the source of truth does not have {held}. The export is up to {} old. The role “change” has the \
         right. Warning: it deletes everything that {} holds.",
        if loads(scope) { ", before the reload" } else { "" },
        format::duration(exported),
        target.plain
    );
    let imported =
        scope.answer.rto.iter().flat_map(|chain| &chain.steps).find(|it| it.field == IMPORT).map(|it| it.time);
    let step = Step { text: visible::line(&text), ..step };
    Some(match imported {
        Some(time) => step.timed("import", time),
        None => step,
    })
}

/// What no reload brings back.
fn lost_words(scope: &Scope) -> String {
    match (only_here(scope), scope.plan.data.export_interval) {
        (held, _) if held.is_empty() => String::new(),
        (held, Some(_)) => format!(" Held only here, and as old as the last export: {held}."),
        (held, None) => format!(" Held only here and never exported, so lost: {held}."),
    }
}

fn repoint(scope: &Scope, target: &Cache) -> Step {
    let keys = if scope.entra() { "" } else { ", with its key" };
    step(
        format!("Point the configuration of every region's clients to {}{keys}.", target.plain),
        "",
        "Requests succeed.",
    )
    .timed("repoint", scope.plan.recovery.repoint)
    .if_fails(UNREACHED)
    .rolled_back("Point it to the old cache again, if that answers.")
}

/// When what the first region held is deleted: after an outage of the other region it is what serves.
const ELSEWHERE: &str = "Only if the cache that serves is in another region:";

/// A step that is one only then.
fn only_if(when: &str, step: Step) -> Step {
    Step { text: visible::line(&format!("{when} {}", step.text)), ..step }
}

fn afterwards(scope: &Scope) -> Section {
    let Some(first) = scope.names.caches.first() else { return section("Afterwards", "", Vec::new()) };
    // After an outage of the network the old cache has again what the new one never got.
    let (held, back) = match only_here(scope) {
        held if held.is_empty() => (held, "None: it held old data."),
        held => (
            format!(
                " It alone may hold {held} of before the outage: export it first (“Recovery point”) if they are still wanted."
            ),
            "None but an import of that export.",
        ),
    };
    let mut steps = vec![
        scope.deletion(
            format!("{ELSEWHERE} When {} is back, its cache holds old data.{held} Delete it before anybody reads it.", first.place),
            first,
            "The region does not answer yet: wait; clients no longer know the old name.",
            back,
        ),
        step(
            "Put the transcripts into the plan: dr-planner drill plan.json --log dr-evidence/transcript-DATE*.txt, where DATE is the day in their \
             names (UTC; of a night with two days give both), or the box on the Recovery tab.",
            "",
            "The steps of this outage are under “Drills so far”.",
        )
        .about("a minute")
        .if_fails("A step that no transcript names is typed, as in “decide 24 min”."),
    ];
    steps.splice(1..1, scope.endpoints_go(first).map(|step| only_if(ELSEWHERE, step)));
    // The clients of the region that was lost come to the new cache through their own network.
    let target = scope.names.caches.get(1);
    if let Some(endpoint) = target.and_then(|target| scope.endpoints(Service::Managed, target, &[first])) {
        let text = format!("Once {} answers: {}", first.place, endpoint.text.replacen("Create", "create", 1));
        steps.insert(0, Step { text: visible::line(&text), ..endpoint });
    }
    section("Afterwards", "The users are served.", steps)
}

/// Back to the first region: the same, with the old cache serving while both are written, or lost.
fn failback(scope: &Scope) -> Section {
    let (Some(first), Some(second)) = (scope.names.caches.first(), scope.names.caches.get(1)) else {
        return section("Failback", "The plan has one region: there is none to go back to.", Vec::new());
    };
    let mut steps = vec![Scope::free_names(&[first])];
    steps.extend(made(scope, first, &scope.regions()));
    let (answers, silent) = (
        format!("Only if the cache in {} answers:", second.place),
        format!("Only if the cache in {} does not answer:", second.place),
    );
    steps.push(only_if(&answers, written_twice(scope, second)));
    // What is held only in the cache that serves comes from there, as long as it answers.
    steps.extend(filled(scope, first).into_iter().map(|step| only_if(&silent, step)));
    steps.extend(scope.traffic_back(first));
    steps.push(repoint(scope, first));
    steps.push(only_if(&answers, written_once(scope, second)));
    steps.push(scope.deletion(
        format!("Delete the cache in {} a day later, once no client is connected to it.", second.place),
        second,
        "Clients are connected: point them away first.",
        "None; “Unplanned failover” builds it again.",
    ));
    steps.extend(scope.endpoints_go(second));
    let when = format!(
        "{} is well and “Afterwards” is done: both caches are written for {}, then the clients move in a quiet hour. Or {} is down while \
         its cache serves.{}",
        first.place,
        format::duration(scope.plan.migration.longest_ttl),
        second.place,
        not_loaded(scope)
    );
    section("Failback", when, steps)
}

/// Nothing is lost on the way home: the application fills the new cache while the other serves.
fn written_twice(scope: &Scope, serves: &Cache) -> Step {
    let held = only_here(scope);
    let only = if held.is_empty() { String::new() } else { format!(" It alone holds {held}.") };
    step(
        format!(
            "Let the application write to both caches and read from the one in {}, until every key has been written again; it copies those without a time to live.{only}",
            serves.place
        ),
        "",
        "A sample of 1,000 keys is equal in both.",
    )
    .about(&format!("{}, the longest time to live", format::duration(scope.plan.migration.longest_ttl)))
    .if_fails("The second write fails or slows the first: turn it off; the cache that serves is whole.")
    .rolled_back("Turn the second write off.")
}

/// A cache that is still written is never free of clients, and is not deleted under them.
fn written_once(scope: &Scope, old: &Cache) -> Step {
    step(
        "Once every client reads from the new cache, turn the second write off in all of them.",
        "",
        format!("No write arrives in {}.", old.place),
    )
    .verified(metric(Service::Managed, old, "setcommands", "Total"))
    .takes(scope.plan.recovery.repoint)
    .if_fails("A client still writes: find it by its address in CLIENT LIST.")
    .rolled_back("Turn the second write on; it lacks what was written meanwhile.")
}

/// A rebuild is rehearsed beside the cache that serves: no client of users is moved, and only what the drill made is deleted.
fn drill(scope: &Scope) -> Section {
    let Some(target) = target(scope) else { return section("Drill", "", Vec::new()) };
    let mut steps = vec![Scope::free_names(&[&target])];
    steps.extend(made(scope, &target, &[&target]));
    steps.extend(rehearsed(scope, &target));
    steps.push(
        step(
            format!("Let test clients read {}, with its key or identity; users stay where they are.", target.plain),
            "",
            "The users' paths answer from it.",
        )
        .timed("validate", scope.plan.recovery.validate)
        .if_fails(UNREACHED)
        .rolled_back("Nothing has changed for users."),
    );
    steps.push(scope.deletion(
        format!("Delete {}, the cache of the drill, and no other.", target.plain),
        &target,
        "A lock is in the way: remove it, and run the step again.",
        "None: it held a copy.",
    ));
    steps.extend(scope.endpoints_go(&target));
    section("Drill", "A rehearsal of the rebuild, beside the cache that serves.", steps)
}
