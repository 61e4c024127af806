//! What a reader with fresh eyes found: settings that a command cannot make, looks that do not look, copies that destroy.

use super::{all_calls, commands, confirmed, created, created_with_entra, entra, of, preset, value};
use crate::model::Topology;
use crate::plan::{Confirmation, Plan};
use crate::report::runbook::to_markdown;
use crate::report::watching::Window;
use crate::units::Secs;

fn exists() -> Plan {
    let mut plan = entra();
    plan.passive.exists = Confirmation::Confirmed;
    plan.passive.tenant_had_cache = Confirmation::Confirmed;
    plan
}

fn has(call: &[String], words: &[&str]) -> bool {
    words.iter().all(|word| call.iter().any(|it| it == word))
}

/// Facts 1.1: create has no --public-network-access, and update returns at once: poll before the next step.
#[test]
fn every_created_premium_cache_is_closed_before_it_is_linked() {
    for (plan, made) in [(created_with_entra(), 3), (exists(), 1)] {
        let calls = all_calls(Topology::Passive, &plan);
        let create = |call: &&Vec<String>| call[1..3] == ["redis", "create"];
        assert_eq!(calls.iter().filter(create).count(), made);
        for (at, call) in calls.iter().enumerate().filter(|(_, call)| create(call)) {
            let name = value(call, "--name").unwrap();
            let rest = &calls[at..];
            let closed = rest
                .iter()
                .position(|it| {
                    has(it, &["update", "publicNetworkAccess=Disabled"]) && value(it, "--name") == Some(name)
                })
                .unwrap();
            assert!(
                has(&rest[closed + 1], &["show", "provisioningState"])
                    && value(&rest[closed + 1], "--name") == Some(name)
            );
            let linked = rest.iter().position(|it| has(it, &["server-link", "create"])).unwrap();
            assert!(closed < linked);
        }
    }
    let mut public = Plan::default();
    public.passive.network = crate::plan::Network::Public;
    assert!(!all_calls(Topology::Passive, &public).iter().any(|call| has(call, &["publicNetworkAccess=Disabled"])));
}

/// Without `aadEnabled` (azure-cli, tests of az redis: as the CLI prints and sets it) a policy lets nobody in: it is asked and switched on first, on both caches.
#[test]
fn entra_is_on_before_policies_are_assigned() {
    let plan = exists();
    let calls = all_calls(Topology::Passive, &plan);
    let on: Vec<usize> =
        (0..calls.len()).filter(|at| has(&calls[*at], &["update", "redisConfiguration.aadEnabled=true"])).collect();
    let assigned = calls.iter().position(|call| has(call, &["access-policy-assignment", "create"])).unwrap();
    assert!(on.len() == 2 && on.iter().all(|at| *at < assigned), "{on:?}");
    let book = of(Topology::Passive, &plan);
    let verify =
        book.sections.iter().flat_map(|it| &it.steps).filter(|step| step.text.contains("Clients with Entra ID"));
    for step in verify {
        assert!(step.text.contains("if the first command answers true"), "{}", step.text);
        assert!(
            step.commands.starts_with("az redis show") && step.commands.contains("aadEnabled"),
            "{}",
            step.commands
        );
    }
}

/// The look asks what its text names.
#[test]
fn the_look_at_a_pair_looks_at_what_it_says() {
    let book = of(Topology::Passive, &exists());
    let create = book.sections.iter().find(|it| it.title == "Create").unwrap();
    let look = &create.steps[0];
    for asked in [
        "replicasPerMaster",
        "replicasPerPrimary",
        "rdbBackupEnabled",
        "aofBackupEnabled",
        "enableNonSslPort",
        "minimumTlsVersion",
        "aadEnabled",
        "firewall-rules list",
        "sku.capacity",
        "shardCount",
        "redisVersion",
    ] {
        assert!(look.commands.contains(asked), "{asked}");
    }
}

/// A pair that exists got no zones: they are made before the new cache's endpoints; and nothing is asked for in vain.
#[test]
fn variables_are_asked_for_only_where_a_step_uses_them() {
    let calls = all_calls(Topology::Passive, &exists());
    let at = |words: &[&str]| (0..calls.len()).filter(|at| has(&calls[*at], words)).collect::<Vec<_>>();
    let (made, endpoint) = (at(&["redis", "create", "--sku"])[0], at(&["dns-zone-group", "create"])[0]);
    let zones = at(&["private-dns", "vnet", "create"]);
    assert!(zones.iter().any(|zone| made < *zone && *zone < endpoint), "{made} {zones:?} {endpoint}");
    let mut refused = exists();
    refused.passive.tenant_had_cache = Confirmation::NotSo;
    for plan in [exists(), refused, created(), Plan::default(), created_with_entra()] {
        for topology in Topology::ALL {
            let scripts = commands(&of(topology, &plan)).join("\n");
            let asked = scripts.split(": \"${").skip(1).filter_map(|rest| rest.split_once(":?set it to"));
            for (name, _) in asked.filter(|(name, _)| !name.contains(' ')) {
                assert!(scripts.contains(&format!("${{{name}:?}}")), "{topology:?} {name}");
            }
        }
    }
}

/// Whoever copies a look gets nothing else, and linking, which empties a cache, waits for its variable.
#[test]
fn no_block_looks_and_destroys() {
    for plan in [exists(), created_with_entra(), confirmed(), Plan::default()] {
        for topology in Topology::ALL {
            for script in commands(&of(topology, &plan)) {
                let lines = script.lines().map(str::trim_start);
                let plain: Vec<&str> = lines.filter(|line| line.starts_with("az ") && !line.contains("$(")).collect();
                let any = |words: &[&str]| plain.iter().any(|line| words.iter().any(|word| line.contains(word)));
                let destroys = any(&["server-link create", " delete ", "database flush", "force-unlink"]);
                assert!(!(destroys && any(&[" list ", " show "])), "{script}");
            }
        }
        let book = of(Topology::Passive, &plan);
        for section in book.sections.iter().filter(|it| ["Create", "Afterwards"].contains(&it.title.as_str())) {
            let links = section.steps.iter().filter(|step| step.commands.contains("server-link create"));
            assert!(!(section.title == "Create" && plan.passive.exists.is_confirmed() && links.clone().count() > 0));
            for step in links {
                let output = super::shell("/bin/sh", &["-eu"], &step.commands);
                assert!(!output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("server-link"));
            }
        }
    }
}

/// What the plan knows is printed; what it does not know is named.
#[test]
fn a_cache_made_anew_has_what_the_plan_knows() {
    let plan = exists();
    let calls = all_calls(Topology::Passive, &plan);
    let create = calls.iter().find(|call| call[1..3] == ["redis", "create"]).unwrap();
    let settings = value(create, "--redis-configuration").unwrap();
    assert!(
        settings.contains("\"maxmemory-reserved\":\"") && settings.contains("\"maxfragmentationmemory-reserved\":\"")
    );
    assert_eq!(value(create, "--tags"), Some("plan=Shop"));
    let text = to_markdown(&of(Topology::Passive, &plan), &plan);
    assert!(!text.contains("with what it had") && text.contains("firewall rules, patch schedule"));
    assert!(calls.iter().any(|call| has(call, &["patch-schedule", "show"])));
}

/// Azure Monitor has eight windows (facts, part 3): the one that is told is the one in the command.
#[test]
fn the_window_that_is_told_is_one_that_azure_has() {
    let cases = [(0.5, None), (48.0, Some("30m")), (60.0, Some("1h")), (800.0, Some("12h"))];
    for (minutes, expected) in cases {
        assert_eq!(Window::within(Secs::mins(minutes)).map(Window::name), expected);
    }
    let plan = preset(super::GAMING);
    let book = of(Topology::Active, &plan);
    let health =
        book.sections.iter().flat_map(|it| &it.steps).find(|step| step.commands.contains("geo-health")).unwrap();
    assert!(health.commands.contains("--window-size 30m") && health.text.contains("30\u{a0}min"), "{}", health.text);
}

/// An incident's shell may be a new one: the extension is added before anything, and only there.
#[test]
fn the_extension_comes_first() {
    for topology in [Topology::Active, Topology::Rebuild] {
        let book = of(topology, &Plan::default());
        let add = "az extension add --name redisenterprise";
        assert!(book.sections[0].steps[1].commands.contains(add) && book.sections[0].when.contains("incident"));
        assert_eq!(commands(&book).join("\n").matches(add).count(), 1);
    }
}
