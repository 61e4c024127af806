//! How a pair is created and changes sides.

use super::{MARINE, catalog, commands, confirmed, created, created_with_entra, of, preset, value};
use crate::catalog::SkuId;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::plan::{Confirmation, Plan};
use crate::report::runbook::to_markdown;
use crate::units::Secs;

/// S1: the roles are swapped where nothing bars it; D14, S1: else the link is broken, and the .geo. name does not follow.
#[test]
fn a_pair_swaps_its_roles_only_where_nothing_bars_it() {
    let text = |plan: &Plan| to_markdown(&of(Topology::Passive, plan), plan);
    let (swapped, unlinked) = (text(&confirmed()), text(&preset(MARINE)));
    for part in [
        "the secondary takes the primary as its secondary",
        "Only if the failover is refused",
        "that use the .geo. name follow it",
    ] {
        assert!(swapped.contains(part) && !unlinked.contains(part), "{part}");
    }
    for part in
        ["geo-failover is not offered here", "none is left on the .geo. name", "A planned change goes by unlink"]
    {
        assert!(unlinked.contains(part) && !swapped.contains(part), "{part}");
    }
}

/// redis.io: CLIENT PAUSE without WRITE stops the reads too; domain review: it needs Data Owner under Entra ID.
#[test]
fn the_pause_leaves_the_reads_alone() {
    let mut plan = confirmed();
    let text = to_markdown(&of(Topology::Passive, &plan), &plan);
    assert!(
        text.contains("CLIENT PAUSE 1800000 WRITE") && text.contains("CLIENT UNPAUSE") && !text.contains("Data Owner")
    );
    plan.passive.entra_id = true;
    assert!(to_markdown(&of(Topology::Passive, &plan), &plan).contains("needs the access policy Data Owner"));
}

/// A pair that exists is looked at, never created; a new one is, unless the tenant had no cache before 2026-04-01 (C2).
#[test]
fn premium_is_created_only_while_that_is_possible() {
    use crate::plan::Confirmation::{Confirmed as Yes, NotSo as No, Unknown};
    let mut plan = Plan::default();
    let creates = |plan: &Plan, section: &str| {
        let book = of(Topology::Passive, plan);
        let section = book.sections.iter().find(|it| it.title == section).unwrap().clone();
        let told =
            format!("{} {}", section.when, section.steps.iter().map(|step| step.text.clone()).collect::<String>());
        (section.steps.iter().any(|step| step.commands.contains("az redis create")), told)
    };
    plan.passive.exists = Yes;
    assert!(!creates(&plan, "Create").0);
    for (history, created) in [(Unknown, true), (Yes, true), (No, false)] {
        plan.passive.tenant_had_cache = history;
        plan.passive.exists = Confirmation::Confirmed;
        let (again, told) = creates(&plan, "Afterwards");
        assert_eq!((again, told.contains("400 BadRequest")), (created, history != Yes), "{told}");
        plan.passive.exists = Confirmation::NotSo;
        let (new, told) = creates(&plan, "Create");
        assert_eq!((new, told.contains("400 BadRequest")), (created, history != Yes), "{told}");
        assert_eq!(told.contains("withdrawn in July 2026"), history == Unknown, "{told}");
    }
    plan.horizon.start = "2026-03-31".parse().unwrap();
    assert!(creates(&plan, "Create").0);
}

/// A pair of unequal sizes has no geo-failover: its only way is to unlink (S1).
#[test]
fn unequal_sizes_unlink() {
    let mut plan = Plan::default();
    plan.passive.sku = Some(SkuId::new("Premium_P3"));
    plan.passive.secondary_sku = Some(SkuId::new("Premium_P4"));
    let book = of(Topology::Passive, &plan);
    let unplanned = book.sections.iter().find(|section| section.title == "Unplanned failover").unwrap();
    let scripts: Vec<&str> = unplanned.steps.iter().map(|step| step.commands.as_str()).collect();
    assert!(scripts.iter().any(|script| script.contains("server-link delete")));
    assert!(!scripts.iter().any(|script| script.contains("server-link create")));
}

/// The planned section of a pair, as one text and as what `az` is called with.
fn planned(plan: &Plan) -> (String, Vec<Vec<String>>) {
    let book = of(Topology::Passive, plan);
    let section = book.sections.into_iter().find(|it| it.title == "Planned failover").unwrap();
    let calls = section.steps.iter().filter(|step| !step.commands.is_empty());
    let calls = calls.flat_map(|step| super::calls(&super::run(&step.commands))).collect();
    let parts = section.steps.iter().flat_map(|step| [step.text.as_str(), " ", step.check.as_str(), "\n"]);
    let text: String = parts.collect();
    (text, calls)
}

/// F9: behind private endpoints a planned change has commands, in order: the names are looked at, writes wait, the link goes, the
/// record leads to the other cache in the zone of each network, the SET checks it; and the failback leads to the first cache.
#[test]
fn a_planned_change_behind_private_endpoints_switches_the_names() {
    let plan = created_with_entra();
    let (text, calls) = planned(&plan);
    let at = |words: &[&str]| -> Vec<usize> {
        let has = |call: &Vec<String>| words.iter().all(|word| call.iter().any(|it| it == word));
        (0..calls.len()).filter(|at| has(&calls[*at])).collect()
    };
    let (seen, links) = (at(&["record-set", "a", "show"]), at(&["vnet", "list"]));
    let (pause, unlink) = (at(&["PAUSE"]), at(&["server-link", "delete"]));
    let (set, read) = (at(&["cname", "set-record"]), at(&["cname", "show"]));
    let (check, resume) = (at(&["SET", "dr:check"]), at(&["UNPAUSE"]));
    assert_eq!((seen.len(), links.len(), pause.len(), unlink.len()), (2, 2, 1, 1), "{calls:#?}");
    assert_eq!((set.len(), read.len(), check.len(), resume.len()), (4, 4, 1, 1), "{calls:#?}");
    assert!(seen[1] < pause[0] && pause[0] < unlink[0] && unlink[0] < set[0] && set[1] < check[0] && check[0] < set[2]);
    assert!(set[3] < resume[0], "the names lead back before writes go on");
    let host = |at: usize| value(&calls[at], "--cname").unwrap().split('.').next().unwrap();
    let (first, second) = (host(set[2]), host(set[0]));
    assert!(host(set[1]) == second && host(set[3]) == first && first != second);
    assert!(value(&calls[seen[0]], "--name") == Some(second) && text.contains(&format!("{second}-pe")));
    for (at, region) in set.iter().zip(plan.regions.iter().cycle()) {
        let group = format!("the value of DNS_GROUP_{}", region.region.as_str().to_ascii_uppercase());
        assert_eq!(value(&calls[*at], "--resource-group"), Some(group.as_str()));
    }
    assert!(text.contains("before a client has written"), "{text}");
}

/// Where the .geo. name follows, the names are looked at and not switched, and the failback is the same command; without private
/// endpoints there is no zone to ask; and an outage asks the zone of the region that lives alone.
#[test]
fn names_are_switched_only_where_no_name_follows() {
    let words = |calls: &[Vec<String>]| calls.iter().map(|call| call.join(" ")).collect::<Vec<_>>().join("\n");
    let mut plan = created_with_entra();
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    let swapped = words(&planned(&plan).1);
    assert!(swapped.contains("record-set a show") && !swapped.contains("cname"), "{swapped}");
    assert_eq!(swapped.matches("server-link create").count(), 2, "there and back");
    plan.passive.network = crate::plan::Network::Public;
    plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo;
    assert!(!words(&planned(&plan).1).contains("private-dns"));
    let book = of(Topology::Passive, &created_with_entra());
    let lost = book.sections.iter().find(|it| it.title == "Unplanned failover").unwrap();
    let scripts: String = lost.steps.iter().map(|step| step.commands.as_str()).collect();
    assert_eq!(scripts.matches("cname set-record").count(), 1);
    assert!(scripts.contains("DNS_GROUP_NORTHEUROPE"), "{scripts}");
}

/// Review, F12: thresholds of a shard, every rule on both sides so that it survives a swap of the roles, and no page for one bad
/// minute: health is the best minute of fifteen, the offset the least of five.
#[test]
fn alerts_of_the_link_stand_on_both_sides_and_wait_out_a_bad_minute() {
    let mut plan = confirmed();
    (plan.passive.shards, plan.objectives.rpo) = (Some(3), Some(Secs::secs(60.0)));
    let book = of(Topology::Passive, &plan);
    let watch = book.sections.iter().find(|section| section.title == "Watch").unwrap();
    let alerts: String = watch.steps.iter().map(|step| step.commands.as_str()).collect();
    let stream = evaluate(&plan, &catalog()).demand.stream;
    let bytes = (stream * Secs::secs(60.0)).as_bytes() * 1.1 / 3.0;
    let rules = [
        "max GeoReplicationHealthy < 1 where ShardId includes *' --window-size 15m".to_owned(),
        format!("min GeoReplicationDataSyncOffset > {bytes:.0} where ShardId includes *' --window-size 5m"),
    ];
    for rule in rules {
        assert_eq!(alerts.matches(&rule).count(), 2, "{rule}: {alerts}");
    }
    plan.objectives.rpo = None;
    let book = of(Topology::Passive, &plan);
    let watch = book.sections.iter().find(|section| section.title == "Watch").unwrap();
    let alerts: String = watch.steps.iter().map(|step| step.commands.as_str()).collect();
    assert!(alerts.contains("-link-down ") && !alerts.contains("GeoReplicationDataSyncOffset >"));
}

/// `passive.shards`: 0 is not clustered, 1 a cluster of one shard (az redis create --shard-count 1), whose commands go to the cluster.
#[test]
fn one_shard_that_is_asked_for_is_a_cluster() {
    for (shards, count, expected) in
        [(None, 0, ", not clustered"), (Some(0), 0, ", not clustered"), (Some(1), 2, " with 1 shard")]
    {
        let mut plan = created();
        (plan.workload.dataset, plan.passive.shards) = (crate::units::Bytes::gb(1.0), shards);
        let book = of(Topology::Passive, &plan);
        let all = commands(&book).join("\n");
        assert!(all.matches("--shard-count 1").count() >= count, "{shards:?}");
        assert_eq!(all.contains("--shard-count"), count > 0, "{shards:?}");
        assert_eq!(all.contains("--cluster call"), count > 0, "{shards:?}");
        let mut there = confirmed();
        (there.workload.dataset, there.passive.shards) = (crate::units::Bytes::gb(1.0), shards);
        there.passive.exists = Confirmation::Confirmed;
        let said = to_markdown(&of(Topology::Passive, &there), &there);
        assert!(said.contains(expected), "{shards:?}: {expected}");
    }
}
