//! Goldens of two presets' runbooks; every script is read by a real shell, hostile names included.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "reader_tests.rs"]
mod reader;

use super::shell::{one_line, quote, slug};
use super::watch::{window, window_words};
use super::{Runbook, runbook, to_markdown};
use crate::catalog::{Catalog, RegionId, SkuId};
use crate::codec;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::plan::{Module, Network, Plan, RegionShare, TenantHistory};
use crate::report::markdown::tests::{HOSTILE as HOSTILE_TEXTS, assert_reads};
use crate::report::visible;
use crate::units::Secs;
use proptest::prelude::*;
use std::io::Write;
use std::process::{Command, Stdio};

const MARINE: &str = include_str!("../../../../public/plans/marine-logistics.json");
const GAMING: &str = include_str!("../../../../public/plans/gaming-leaderboard.json");
const HOSTILE: &str = "x'; touch pwned; echo \"$(touch pwned)` touch pwned`\" #\n& | > pwned \\";

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn preset(text: &str) -> Plan {
    codec::from_json(text).expect("a plan file")
}

fn of(topology: Topology, plan: &Plan) -> Runbook {
    let catalog = catalog();
    runbook(topology, plan, &catalog, &evaluate(plan, &catalog))
}

/// A pair whose geo-replicated name is known to lead to both private endpoints, so that the roles are swapped.
fn confirmed() -> Plan {
    let mut plan = preset(MARINE);
    plan.passive.checks.geo_name_reaches_both = true;
    plan
}

/// S1: the roles are swapped where nothing bars it; D14, S1: else the link is broken, and the .geo. name does not follow.
#[test]
fn a_pair_swaps_its_roles_only_where_nothing_bars_it() {
    let text = |plan: &Plan| to_markdown(&of(Topology::Passive, plan), plan);
    let (swapped, unlinked) = (text(&confirmed()), text(&preset(MARINE)));
    for part in
        ["Pause the clients of the primary", "Only if the failover is refused", "that use the .geo. name follow it"]
    {
        assert!(swapped.contains(part) && !unlinked.contains(part), "{part}");
    }
    for part in
        ["geo-failover is not offered here", "none is left on the .geo. name", "A planned change goes by unlink"]
    {
        assert!(unlinked.contains(part) && !swapped.contains(part), "{part}");
    }
}

fn commands(runbook: &Runbook) -> Vec<&str> {
    let steps = runbook.sections.iter().flat_map(|section| &section.steps);
    steps.map(|step| step.commands.as_str()).filter(|commands| !commands.is_empty()).collect()
}

/// A plan whose every free text attacks the shell, with everything that a runbook can print.
fn hostile() -> Plan {
    let mut plan = Plan { name: HOSTILE.to_owned(), ..Plan::default() };
    plan.regions[0].region = RegionId::new(&fence_region());
    plan.regions[1].region = RegionId::new("north'europe; touch pwned\u{1b}[31m\u{0}$(touch pwned)");
    plan.active.sku = Some(SkuId::new("Balanced_B10'; touch pwned #\n`touch pwned`"));
    plan.passive.sku = Some(SkuId::new("Premium_P1$(touch pwned)"));
    plan.rebuild.sku = Some(SkuId::new("`touch pwned`"));
    plan.active.modules = vec![Module::Search, Module::Json];
    plan.passive.exists = false;
    (plan.passive.entra_id, plan.active.entra_id) = (true, true);
    plan
}

/// B1: the region of the link that broke out of a code block.
fn fence_region() -> String {
    let text = include_str!("../../../../tests/fixtures/hostile/fence-region.json");
    let plan: serde_json::Value = serde_json::from_str(text).expect("JSON");
    plan["regions"][0]["region"].as_str().expect("a region").to_owned()
}

/// The variables that a script asks for, each with a value that has to stay one word.
fn variables(script: &str) -> String {
    let names = script.split("${").skip(1).filter_map(|rest| rest.split_once(":?")).map(|(name, _)| name);
    names.map(|name| [name, "='the value of ", name, "'\n"].concat()).collect()
}

/// A shell with these words of its own: `az`, `redis-cli` and `touch` only print their arguments, one a line after `+`.
fn shell(name: &str, options: &[&str], script: &str) -> std::process::Output {
    let stubs = "PATH=/nonexistent; say() { printf '+%s\\n' \"$@\" >&2; }; az() { say az \"$@\"; case \"$*\" in *\"--query provisioningState\"*) printf Succeeded ;; *) printf id ;; esac; }\n\
                 redis_cli() { say redis-cli \"$@\"; printf 1; }; touch() { say PWNED; }; date() { printf 1; }\n";
    let script = format!("{stubs}{}\n", script.replace("redis-cli ", "redis_cli "));
    let mut shell = Command::new(name)
        .args(options)
        .arg("-s")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    shell.wait_with_output().unwrap()
}

/// Runs a script in a POSIX shell with its variables set, and reads it in bash and sh: what `az` and the others were given.
fn run(script: &str) -> String {
    for name in ["/bin/sh", "bash"] {
        let read = shell(name, &["-n"], script);
        assert!(read.status.success(), "{name} -n\n{script}\n{}", String::from_utf8_lossy(&read.stderr));
    }
    let output = shell("/bin/sh", &["-eu"], &format!("{}{script}", variables(script)));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{script}\n{said}");
    said
}

/// Every command that `az` was given, as words.
fn calls(said: &str) -> Vec<Vec<String>> {
    let mut calls: Vec<Vec<String>> = Vec::new();
    if said.is_empty() {
        return calls;
    }
    for line in said.trim_end_matches('\n').trim_start_matches('+').split("\n+") {
        match (line, calls.last_mut()) {
            ("az" | "redis-cli", _) => calls.push(vec![line.to_owned()]),
            (word, Some(call)) => call.push(word.to_owned()),
            (word, None) => panic!("{word}"),
        }
    }
    calls
}

#[test]
fn a_shell_reads_quoted_words_back() {
    for word in ["plain", "", "a b", "it's", "$HOME", "`id`", "a\"b", "\\", "é–✓", "a\nb", "''", HOSTILE] {
        let output = shell("/bin/sh", &["-eu"], &format!("say {}", quote(word)));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said, format!("+{word}\n"));
    }
    assert_eq!(quote("eastus"), "eastus");
    assert_eq!(quote("it's"), r"'it'\''s'");
}

#[test]
fn names_are_made_of_safe_characters() {
    let cases = [
        ("Marine logistics", 40, "marine-logistics"),
        ("  Prüfung – 2027 (EU)!", 40, "pr-fung-2027-eu"),
        ("a very long name that goes on and on and on", 20, "a-very-long-name-tha"),
        ("abc def", 4, "abc"),
        ("…", 40, ""),
    ];
    for (text, most, expected) in cases {
        assert_eq!(slug(text, most), expected, "{text}");
    }
    assert_eq!(one_line("a\nb\tc"), "a b c");
}

#[test]
fn cache_names_are_short_and_unique() {
    let mut plan = Plan { name: "A very long name for a plan that nobody can remember".to_owned(), ..Plan::default() };
    plan.regions = ["eastus", "eastus", "australiasoutheast", "east-us", "eastus"]
        .map(|id| RegionShare::new(id, 0.2, 0.2))
        .to_vec();
    let names = super::Names::of(&plan, &catalog());
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    for (index, cache) in names.caches.iter().enumerate() {
        assert!(cache.name.len() <= 40 && cache.name.chars().all(safe) && !cache.name.contains("--"), "{}", cache.name);
        assert!(names.caches[..index].iter().all(|other| other.name != cache.name), "{}", cache.name);
    }
    assert_eq!(names.caches[0].group, names.caches[4].group, "one region, one group");
    assert_ne!(names.caches[0].group, names.caches[3].group, "another region, another group");
    assert_eq!(
        names.caches.iter().map(|cache| cache.variable.as_str()).collect::<Vec<_>>()[2..4],
        ["AUSTRALIASOUTHEAST", "EAST_US"]
    );
    plan.name = "✓".to_owned();
    assert_eq!(super::Names::of(&plan, &catalog()).caches[0].group, "rg-redis-dr-eastus");
}

#[test]
fn every_script_runs_in_a_shell() {
    for plan in [preset(MARINE), confirmed(), preset(GAMING), Plan::default(), entra(), created(), hostile()] {
        for topology in Topology::ALL {
            for script in commands(&of(topology, &plan)) {
                run(script);
            }
        }
    }
}

/// Nothing that the user typed is run, and the plan's name arrives as one argument.
#[test]
fn hostile_text_stays_text() {
    let plan = hostile();
    for topology in Topology::ALL {
        let book = of(topology, &plan);
        for script in commands(&book) {
            assert!(!run(script).lines().any(|line| line == "+PWNED"), "{script}");
        }
    }
    let create = of(Topology::Active, &plan);
    let said: String = commands(&create).iter().map(|script| run(script)).collect();
    let name = one_line(HOSTILE);
    assert!(said.lines().any(|line| line == format!("+plan={name}")), "{said}");
}

/// The words that `az` receives are the plan's, with what nobody could see made visible.
#[test]
fn az_receives_the_words_of_the_plan() {
    let plan = hostile();
    let seen = |text: &str| visible::line(text);
    for (topology, sku) in [
        (Topology::Active, plan.active.sku.as_ref().unwrap().as_str().to_owned()),
        (Topology::Rebuild, plan.rebuild.sku.as_ref().unwrap().as_str().to_owned()),
    ] {
        let said: String = commands(&of(topology, &plan)).iter().map(|script| run(script)).collect();
        let regions: Vec<String> = plan.regions.iter().map(|share| seen(share.region.as_str())).collect();
        for after in ["--location", "--sku"] {
            let lines: Vec<&str> = said.lines().collect();
            let words = lines.windows(2).filter(|pair| pair[0] == format!("+{after}")).map(|pair| pair[1]);
            for word in words {
                let word = word.strip_prefix('+').unwrap().to_owned();
                let expected = if after == "--sku" { vec![seen(&sku)] } else { regions.clone() };
                assert!(expected.contains(&word), "{after} {word:?} of {expected:?}");
            }
        }
        assert!(said.contains("--object-id\n+the value of APP_OBJECT_ID\n"), "{said}");
    }
}

/// Nothing in a command can move a terminal's cursor or turn the direction of the text: the copy button hands over what is seen.
#[test]
fn control_characters_are_shown_and_not_sent() {
    let plan = hostile();
    for topology in Topology::ALL {
        let book = of(topology, &plan);
        for section in &book.sections {
            assert!(!section.when.contains(char::is_control), "{:?}", section.when);
            for step in &section.steps {
                assert!(!step.text.contains(char::is_control) && !step.check.contains(char::is_control), "{step:?}");
                assert!(!step.commands.contains(|c: char| c.is_control() && c != '\n'), "{:?}", step.commands);
            }
        }
    }
}

/// A variable that is not set stops its command before `az` is called.
#[test]
fn a_missing_variable_stops_the_command() {
    for topology in Topology::ALL {
        let book = of(topology, &created_with_entra());
        for script in commands(&book) {
            let line = script.lines().find(|line| line.contains(":?}"));
            let Some(needed) = line else { continue };
            let output = shell("/bin/sh", &["-eu"], script);
            assert!(!output.status.success(), "{needed}");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!said.contains("the value of"), "{said}");
        }
    }
}

/// B1, B2: the Markdown has exactly the blocks of the runbook, whatever the plan is called.
#[test]
fn hostile_text_stays_text_in_markdown() {
    for name in HOSTILE_TEXTS {
        let mut plan = hostile();
        plan.name = (*name).to_owned();
        plan.regions[1].region = RegionId::new(name);
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            assert_reads(&to_markdown(&book, &plan), &super::markdown::blocks(&book, &plan));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_stays_text_in_markdown_and_shell(name in any::<String>(), region in ".{1,40}", size in ".{1,40}") {
        let mut plan = hostile();
        plan.name = name;
        plan.regions[0].region = RegionId::new(&region);
        plan.active.sku = Some(SkuId::new(&size));
        plan.passive.sku = Some(SkuId::new(&size));
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            assert_reads(&to_markdown(&book, &plan), &super::markdown::blocks(&book, &plan));
            let all = commands(&book).join("\n");
            for name in ["/bin/sh", "bash"] {
                prop_assert!(shell(name, &["-n"], &all).status.success(), "{all}");
            }
        }
    }
}

/// A pair and a group of new caches behind private endpoints, with Entra ID.
fn created_with_entra() -> Plan {
    let mut plan = entra();
    plan.passive.exists = false;
    plan.passive.tenant_had_cache = TenantHistory::Yes;
    plan
}

fn entra() -> Plan {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    (plan.passive.entra_id, plan.active.entra_id) = (true, true);
    (plan.passive.network, plan.active.network) = (Network::PrivateEndpoint, Network::PrivateEndpoint);
    plan
}

fn created() -> Plan {
    let mut plan = confirmed();
    plan.passive.exists = false;
    plan.passive.network = Network::VnetInjected;
    plan
}

/// Words of every command of a runbook.
fn all_calls(topology: Topology, plan: &Plan) -> Vec<Vec<String>> {
    commands(&of(topology, plan)).iter().flat_map(|script| calls(&run(script))).collect()
}

fn value<'a>(call: &'a [String], option: &str) -> Option<&'a str> {
    call.iter().position(|word| word == option).and_then(|at| call.get(at + 1)).map(String::as_str)
}

/// F3: with Entra ID nobody gets in without an access policy: each identity on each member, again after each creation, and keys
/// are never off before.
#[test]
fn every_created_cache_lets_the_identities_in() {
    let plan = created_with_entra();
    for (topology, name, members) in [
        (Topology::Active, "--cluster-name", 2),
        (Topology::Passive, "--name", 2),
        (Topology::Rebuild, "--cluster-name", 2),
    ] {
        let book = of(topology, &plan);
        let mut created = 0;
        for script in commands(&book) {
            let calls = calls(&run(script));
            let made =
                |call: &&Vec<String>| call[2] == "create" && ["redis", "redisenterprise"].contains(&call[1].as_str());
            for cache in calls.iter().filter(made) {
                created += 1;
                let cache = value(cache, name).unwrap();
                let assigned = |call: &&Vec<String>| {
                    call.iter().any(|word| word == "access-policy-assignment") && value(call, name) == Some(cache)
                };
                let identities: Vec<&str> =
                    calls.iter().filter(assigned).filter_map(|call| value(call, "--object-id")).collect();
                assert_eq!(identities, ["the value of APP_OBJECT_ID", "the value of OPERATOR_OBJECT_ID"], "{script}");
            }
        }
        // The members of the plan, and one that is made again after its loss; the rebuild makes its second cache then.
        assert_eq!(created, if topology == Topology::Rebuild { members } else { members + 1 }, "{topology:?}");
        let text = to_markdown(&book, &plan);
        assert!(
            !text.contains("signed-in-user")
                && text.contains("--user \"${OPERATOR\u{5f}OBJECT_ID:?}\"") == (topology != Topology::Rebuild)
        );
    }
    assert!(
        all_calls(Topology::Passive, &plan)
            .iter()
            .any(|call| value(call, "--access-policy-name") == Some("Data Owner"))
    );
    let keys = to_markdown(&of(Topology::Active, &Plan::default()), &Plan::default());
    assert!(!keys.contains("access-policy") && keys.contains("--access-keys-auth Enabled"));
}

/// F5: a group for each region, each command in the group of its cache's region, other caches by id.
#[test]
fn no_two_regions_share_a_group() {
    let plan = created_with_entra();
    for topology in Topology::ALL {
        let calls = all_calls(topology, &plan);
        let groups: Vec<(&str, &str)> = calls
            .iter()
            .filter(|call| call[1..3] == ["group", "create"])
            .map(|call| (value(call, "--name").unwrap(), value(call, "--location").unwrap()))
            .collect();
        let regions: Vec<&str> = plan.regions.iter().take(2).map(|share| share.region.as_str()).collect();
        assert_eq!(groups.iter().map(|(_, region)| *region).collect::<Vec<_>>(), regions);
        assert_ne!(groups[0].0, groups[1].0);
        for call in &calls {
            let cache = value(call, "--cluster-name").or(value(call, "--name")).or(value(call, "--endpoint-name"));
            let (Some(cache), Some(group)) = (cache, value(call, "--resource-group")) else { continue };
            // Endpoints and zones are of the network's region, caches and their alerts of the cache's.
            if call[1] != "network" && call[1] != "group" {
                assert!(cache.starts_with(group.strip_prefix("rg-").unwrap()), "{call:?}");
            }
        }
        for id in calls.iter().filter_map(|call| value(call, "--server-to-link").or(value(call, "--unlink-ids"))) {
            assert!(id.starts_with("/subscriptions/id/resourceGroups/rg-"), "{id}");
        }
        let text = to_markdown(&of(topology, &plan), &plan);
        assert!(!text.contains("only a folder") && text.contains("While the region of a group is down"));
    }
}

/// F5: whoever takes the lost cache out of the pair or the group works in the group of the region that lives.
#[test]
fn the_lost_side_is_unlinked_from_the_side_that_lives() {
    let plan = created_with_entra();
    let survivor = format!("rg-shop-{}", plan.regions[1].region.as_str());
    for (topology, verb) in [(Topology::Passive, "delete"), (Topology::Active, "force-unlink")] {
        let calls = all_calls(topology, &plan);
        let unlinks: Vec<_> = calls
            .iter()
            .filter(|call| call[3] == verb && ["server-link", "database"].contains(&call[2].as_str()))
            .collect();
        assert!(!unlinks.is_empty());
        assert!(unlinks.iter().all(|call| value(call, "--resource-group") == Some(&survivor)), "{unlinks:?}");
    }
}

/// F10: a zone with its link stands in each region before an endpoint's zone group needs it; networks are asked for by region; a
/// member that is made again gets its endpoints again.
#[test]
fn private_endpoints_work_in_every_region() {
    let plan = created_with_entra();
    for (topology, lost) in [(Topology::Passive, 2), (Topology::Active, 2), (Topology::Rebuild, 1)] {
        let calls = all_calls(topology, &plan);
        let at = |words: &[&str]| {
            let found: Vec<usize> =
                (0..calls.len()).filter(|at| calls[*at].windows(words.len()).any(|it| it == words)).collect();
            found
        };
        let (zones, links) = (at(&["private-dns", "zone", "create"]), at(&["private-dns", "link", "vnet", "create"]));
        let (endpoints, records) = (at(&["private-endpoint", "create"]), at(&["dns-zone-group", "create"]));
        assert_eq!((zones.len(), links.len()), (2, 2), "{topology:?}");
        assert!(links.last() < records.first());
        let networks = if topology == Topology::Rebuild { 3 } else { 4 + lost };
        assert_eq!((endpoints.len(), records.len()), (networks, networks), "{topology:?}");
        for endpoint in endpoints {
            let call = &calls[endpoint];
            let region = value(call, "--location").unwrap().to_ascii_uppercase();
            assert_eq!(value(call, "--subnet"), Some(format!("the value of SUBNET_ID_{region}").as_str()));
        }
        let again: Vec<usize> = at(&["private-endpoint", "delete"]);
        assert_eq!(again.len(), 2, "{topology:?}: the old endpoints go with the old cache");
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
    use TenantHistory::{No, Unknown, Yes};
    let mut plan = Plan::default();
    let creates = |plan: &Plan, section: &str| {
        let book = of(Topology::Passive, plan);
        let section = book.sections.iter().find(|it| it.title == section).unwrap().clone();
        let told =
            format!("{} {}", section.when, section.steps.iter().map(|step| step.text.clone()).collect::<String>());
        (section.steps.iter().any(|step| step.commands.contains("az redis create")), told)
    };
    assert!(!creates(&plan, "Create").0);
    for (history, created) in [(Unknown, true), (Yes, true), (No, false)] {
        plan.passive.tenant_had_cache = history;
        plan.passive.exists = true;
        let (again, told) = creates(&plan, "Afterwards");
        assert_eq!((again, told.contains("400 BadRequest")), (created, history != Yes), "{told}");
        plan.passive.exists = false;
        let (new, told) = creates(&plan, "Create");
        assert_eq!((new, told.contains("400 BadRequest")), (created, history != Yes), "{told}");
        assert_eq!(told.contains("withdrawn in July 2026"), history == Unknown, "{told}");
    }
    plan.horizon.start = "2026-03-31".parse().unwrap();
    assert!(creates(&plan, "Create").0);
}

/// Corrections to the field notes' commands (facts, part 6).
#[test]
fn commands_as_the_reference_has_them() {
    let plan = Plan::default();
    let passive = commands(&of(Topology::Passive, &plan)).join("\n");
    assert!(passive.contains("--replication-role Secondary") && !passive.contains("--replication-role Primary"));
    assert!(passive.contains("GeoReplicationHealthy") && !passive.contains("Geo Replication"));
    let active = commands(&of(Topology::Active, &plan)).join("\n");
    assert!(active.contains("database force-unlink") && active.contains("--unlink-ids \""));
    assert!(active.contains("max geoReplicationHealthy < 1"));
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

#[test]
fn windows_of_azure_monitor() {
    let cases = [(0.2, "1m"), (5.0, "5m"), (45.0, "30m"), (60.0, "1h"), (100_000.0, "24h")];
    for (minutes, expected) in cases {
        assert_eq!(window(Secs::mins(minutes)), expected);
    }
    assert_eq!(window_words(Secs::hours(1.0)), "1\u{a0}h");
    assert!(window_words(Secs::mins(45.0)).ends_with("(Azure Monitor's next shorter window is 30m)"));
}

#[test]
fn one_region_is_not_enough_for_two() {
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    assert_eq!(of(Topology::Active, &plan).sections[0].title, "Not possible");
    assert_eq!(of(Topology::Rebuild, &plan).sections.len(), 6);
}

#[test]
fn marine_logistics_passive() {
    let plan = preset(MARINE);
    insta::assert_snapshot!(to_markdown(&of(Topology::Passive, &plan), &plan).replace('\u{a0}', " "));
}

#[test]
fn gaming_leaderboard_active() {
    let plan = preset(GAMING);
    insta::assert_snapshot!(to_markdown(&of(Topology::Active, &plan), &plan).replace('\u{a0}', " "));
}

#[test]
fn marine_logistics_rebuild() {
    let plan = preset(MARINE);
    insta::assert_snapshot!(to_markdown(&of(Topology::Rebuild, &plan), &plan).replace('\u{a0}', " "));
}
