//! How a pair is created and changes sides.

use super::{MARINE, catalog, commands, confirmed, created, created_with_entra, of, preset, value};
use crate::catalog::SkuId;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::model::rto::{RtoPath, planned_pause};
use crate::plan::{Confirmation, Plan};
use crate::report::document::{Block, plain};
use crate::report::runbook::{Step, document, step_by_step, to_markdown};
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
        text.contains("CLIENT PAUSE 1980000 WRITE") && text.contains("CLIENT UNPAUSE") && !text.contains("Data Owner")
    );
    plan.passive.entra_id = true;
    assert!(to_markdown(&of(Topology::Passive, &plan), &plan).contains("needs the access policy Data Owner"));
}

/// By geo-failover too the pause outlasts the change of roles. By hand, default steps: 3 min for a metric that comes late and 30 min for the
/// swap are 33 min, over the plan's pause of 30; and what to do at its end is said.
#[test]
fn the_pause_outlasts_the_geo_failover() {
    let plan = confirmed();
    let pause = planned_pause(&plan, &evaluate(&plan, &catalog()).of(Topology::Passive).rto);
    assert!((pause.as_secs() - 1_980.0).abs() < 1.0, "{pause:?}");
    let text = to_markdown(&of(Topology::Passive, &plan), &plan);
    assert!(text.contains("CLIENT PAUSE 1980000 WRITE") && text.contains("pause the writes again first"));
    // The page and the command line say the same.
    let evaluation = evaluate(&plan, &catalog());
    let planned = evaluation.of(Topology::Passive).rto.iter().find(|it| it.path == RtoPath::PlannedFailover).unwrap();
    assert_eq!(planned.pause(&plan), pause);
    assert!(planned.why().replace('\u{a0}', " ").contains("paused for 33 min"), "{}", planned.why());
}

/// Whoever goes back at once is on the old primary, in the shell too: the relink behind it empties the other cache. And before any relink
/// a look at who writes.
#[test]
fn nothing_is_emptied_that_serves() {
    let mut plan = created();
    plan.passive.network = crate::plan::Network::PrivateEndpoint;
    plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo;
    for title in ["Planned failover", "Afterwards", "Failback"] {
        let book = of(Topology::Passive, &plan);
        let steps = &book.sections.iter().find(|it| it.title == title).unwrap().steps;
        let back = steps.iter().find(|it| it.text.starts_with("Go back at once"));
        assert!(back.is_none_or(|it| it.commands.ends_with("set_primary \"${SECONDARY:?}\"")), "{title}");
        assert_eq!(back.is_some(), title != "Afterwards");
        let relink = steps.iter().position(|it| it.text.contains("elink, so that the data has a copy")).unwrap();
        let look = &steps[relink - 1];
        assert!(
            look.commands.contains("setcommands") && look.commands.contains("${SECONDARY:?}"),
            "{title}: {}",
            look.text
        );
    }
    let book = of(Topology::Passive, &plan);
    let recovery = book.sections.iter().find(|it| it.title == "Recovery point").unwrap();
    assert!(recovery.steps.iter().any(|it| it.commands.contains("az redis export --name \"${SECONDARY:?}\"")));
}

/// A pair that was relinked is not deleted: every step that replaces a cache says for what it is, and the relink where to go on.
#[test]
fn what_replaces_a_cache_says_so_in_every_step() {
    let plan = created();
    let book = of(Topology::Passive, &plan);
    let steps = &book.sections.iter().find(|it| it.title == "Afterwards").unwrap().steps;
    let relink = steps.iter().position(|it| it.text.starts_with("If the other cache is there again")).unwrap();
    assert!(steps[relink].text.contains("go on with “Return in a quiet hour”"), "{}", steps[relink].text);
    let (last, replaces) = steps[relink + 1..].split_last().unwrap();
    assert!(last.text.starts_with("Return in a quiet hour"));
    assert!(replaces.len() > 4 && replaces.iter().all(|it| it.text.contains("the secondary is lost for good")));
    let at = |text: &str| steps.iter().position(|it| it.text.contains(text)).unwrap();
    assert!(
        at("List the links") < at("once more for the region that was lost"),
        "links are looked at before any name is led"
    );
}

/// A pair that exists is looked at, never created; a new one is, unless the tenant had no cache before 2026-04-01 (N2).
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
        assert_eq!(told.contains("The plan does not say which this is"), history == Unknown, "{told}");
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

/// A section of a pair whose first cache is the primary, as one text and as what `az` is called with, each confirmation given.
pub(super) fn acted(plan: &Plan, title: &str) -> (String, Vec<Vec<String>>) {
    let book = of(Topology::Passive, plan);
    let section = book.sections.iter().find(|it| it.title == title).unwrap();
    let mut script = String::new();
    for step in &section.steps {
        script.extend(super::asked(&step.commands).into_iter().flat_map(|word| ["CONFIRM=", word, "\n"]));
        script.extend([step.commands.as_str(), "\n"]);
    }
    let first = super::names_of(Topology::Passive, plan).swap_remove(0);
    let calls = super::calls(&super::run_tonight(&book, &first, &script));
    let parts = section.steps.iter().flat_map(|step| [step.text.as_str(), " ", step.check.as_str(), "\n"]);
    let text: String = parts.collect();
    (text, calls)
}

fn planned(plan: &Plan) -> (String, Vec<Vec<String>>) {
    acted(plan, "Planned failover")
}

/// F9: behind private endpoints a planned change has commands, in order: the names are looked at, writes wait, the link goes, the
/// record leads to the other cache in the zone of each network, the SET checks it; going back at once leads to the first cache; and the
/// relink empties the cache that clients do not write to. “Failback” is the same from the other side.
#[test]
fn a_planned_change_behind_private_endpoints_switches_the_names() {
    let plan = created_with_entra();
    for title in ["Planned failover", "Failback"] {
        let (text, calls) = acted(&plan, title);
        let at = |words: &[&str]| -> Vec<usize> {
            let has = |call: &Vec<String>| words.iter().all(|word| call.iter().any(|it| it == word));
            (0..calls.len()).filter(|at| has(&calls[*at])).collect()
        };
        let (seen, links) = (at(&["record-set", "a", "show"]), at(&["vnet", "list"]));
        let (pause, unlink) = (at(&["PAUSE"]), at(&["server-link", "delete"]));
        let (set, read) = (at(&["cname", "set-record"]), at(&["cname", "show"]));
        let (check, resume) = (at(&["SET", "dr:check"]), at(&["UNPAUSE"]));
        let relink = at(&["server-link", "create"]);
        assert_eq!((seen.len(), links.len(), pause.len(), unlink.len()), (2, 2, 1, 1), "{calls:#?}");
        assert_eq!((set.len(), read.len(), check.len(), resume.len()), (4, 4, 1, 1), "{calls:#?}");
        assert!(
            seen[1] < pause[0] && pause[0] < unlink[0] && unlink[0] < set[0] && set[1] < check[0] && check[0] < set[2]
        );
        assert!(set[3] < resume[0], "the names lead back before writes go on");
        assert!(relink.len() == 1 && resume[0] < relink[0], "{calls:#?}");
        let host = |at: usize| value(&calls[at], "--cname").unwrap().split('.').next().unwrap();
        let (first, second) = (host(set[2]), host(set[0]));
        assert!(host(set[1]) == second && host(set[3]) == first && first != second);
        assert_eq!(value(&calls[seen[0]], "--name"), Some(second));
        // Who went back writes to the first cache: the other is emptied.
        assert_eq!(value(&calls[relink[0]], "--name"), Some(first));
        assert!(value(&calls[relink[0]], "--server-to-link").unwrap().ends_with(&format!("/{second}")));
        for (at, region) in set.iter().zip(plan.regions.iter().cycle()) {
            let group = format!("the value of DNS_GROUP_{}", region.region.as_str().to_ascii_uppercase());
            assert_eq!(value(&calls[*at], "--resource-group"), Some(group.as_str()));
        }
        assert!(text.contains("no client has written"), "{text}");
        let counted = at(&["totalkeys"]).len()
            + at(&["GeoReplicationFullSyncEventFinished"]).len()
            + at(&["GeoReplicationHealthy"]).len();
        assert_eq!(counted, 4, "{title}: nobody goes to a copy that is empty or behind");
    }
}

/// Fresh readers: a step that acts on roles asks Azure first; no such section names the first region's cache as the primary.
#[test]
fn what_acts_on_roles_asks_azure_first() {
    let acts = ["server-link create", "server-link delete", "redis flush", "redis import", "redis export", "PAUSE"];
    for plan in [confirmed(), created_with_entra(), Plan::default()] {
        let names: Vec<String> = super::names_of(Topology::Passive, &plan);
        for section in of(Topology::Passive, &plan)
            .sections
            .iter()
            .filter(|it| !["Create", "Roles", "Clean up"].contains(&it.title.as_str()))
        {
            let asks = section
                .steps
                .iter()
                .position(|step| step.commands.contains("find_primary") && !step.commands.contains("() {"));
            for (at, step) in
                section.steps.iter().enumerate().filter(|(_, step)| acts.iter().any(|it| step.commands.contains(it)))
            {
                assert!(asks.is_some_and(|asks| asks < at), "{}: {}", section.title, step.commands);
                let named = names.iter().any(|name| step.commands.contains(name.as_str()));
                assert!(!named, "{}: {}", section.title, step.commands);
            }
        }
    }
}

/// New steps say from the start what they take, what to expect, and what to do if it fails.
#[test]
fn the_steps_of_a_loss_are_whole() {
    let mut plan = created_with_entra();
    plan.traffic.switch = crate::plan::TrafficSwitch::TrafficManager;
    for topology in [Topology::Passive, Topology::Active] {
        for section in of(topology, &plan).sections {
            if !["Loss of the secondary", "Failback", "Unplanned failover"].contains(&section.title.as_str()) {
                continue;
            }
            let saved = |step: &&crate::report::runbook::Step| step.text.starts_with("Save the ");
            for step in section.steps.iter().filter(|step| !saved(step)) {
                assert!(
                    !step.takes.is_empty() && !step.check.is_empty() && !step.fails.is_empty(),
                    "{}: {step:?}",
                    section.title
                );
            }
        }
    }
}

/// Where the .geo. name follows, the names are looked at and not switched, and the failback is the same command; without private
/// endpoints there is no zone to ask; and an outage leads the clients of both regions, in the zones of both.
#[test]
fn names_are_switched_only_where_no_name_follows() {
    let words = |calls: &[Vec<String>]| calls.iter().map(|call| call.join(" ")).collect::<Vec<_>>().join("\n");
    let mut plan = created_with_entra();
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    let swapped = words(&planned(&plan).1);
    assert!(swapped.contains("record-set a show") && !swapped.contains("cname"), "{swapped}");
    assert_eq!(swapped.matches("server-link create").count(), 1, "{swapped}");
    let back = words(&acted(&plan, "Failback").1);
    assert!(back.contains("server-link create") && !back.contains("cname"), "{back}");
    plan.passive.network = crate::plan::Network::Public;
    plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo;
    assert!(!words(&planned(&plan).1).contains("private-dns"));
    let book = of(Topology::Passive, &created_with_entra());
    let lost = book.sections.iter().find(|it| it.title == "Unplanned failover").unwrap();
    let scripts: String = lost.steps.iter().map(|step| step.commands.as_str()).collect();
    assert_eq!(scripts.matches("cname set-record").count(), 2);
    assert!(scripts.contains("DNS_GROUP_NORTHEUROPE") && scripts.contains("DNS_GROUP_EASTUS"), "{scripts}");
    // Once more before the relink, for the zone that could not be changed while its region was down.
    let calls = acted(&created_with_entra(), "Afterwards").1;
    let position =
        |words: [&str; 2]| calls.iter().position(|call| words.iter().all(|word| call.iter().any(|it| it == word)));
    let (set, relink) = (position(["cname", "set-record"]), position(["server-link", "create"]));
    assert!(set < relink && set.is_some());
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

/// The way back is the way there: the printed runbook has its steps once, the night's all of them; what differs stands in both. Every named
/// run is one of equal steps.
#[test]
fn the_steps_of_the_way_back_are_printed_once() {
    for plan in [confirmed(), created_with_entra()] {
        let book = of(Topology::Passive, &plan);
        let of_title = |title: &str| book.sections.iter().find(|it| it.title == title).unwrap();
        let (there, back) = (of_title("Planned failover"), of_title("Failback"));
        let printed = document(&book, &plan);
        let text = printed
            .sections
            .iter()
            .find(|it| it.id == "failback")
            .map(|it| plain("", std::slice::from_ref(it)))
            .unwrap();
        let runs: Vec<Vec<usize>> = text
            .lines()
            .filter(|line| line.contains("Do steps "))
            .map(|line| line.split_whitespace().filter_map(|word| word.parse().ok()).collect())
            .collect();
        assert!(!runs.is_empty(), "{text}");
        for run in &runs {
            let [first, last] = run[..] else { panic!("two numbers: {text}") };
            let equal = |step: &Step| back.steps.contains(step);
            assert!(first < last && there.steps[first - 1..last].iter().all(equal), "{text}");
        }
        let named: usize = runs.iter().map(|run| run[1] + 1 - run[0]).sum();
        let others = back.steps.iter().filter(|it| !there.steps.contains(it));
        assert!(named >= 10 && others.clone().count() <= 2, "{named}: {text}");
        assert!(others.clone().all(|it| text.contains(it.text.as_str())), "{text}");
        let night = step_by_step(&book, &plan);
        let night = night.sections.iter().find(|it| it.id == "failback").unwrap();
        assert!(matches!(&night.blocks[..], [Block::Steps(steps)] if steps.len() == back.steps.len()));
    }
}
