//! Every runbook from its first step to its last, against a stub of az that knows only real commands and options
//! (`tests/fixtures/az/commands.txt`), with the names of the plan's site file.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod answers;
mod drills;
mod losses;
mod moves;
mod plans;
mod rights;
mod stage;
mod transcript;

use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::plan::{Plan, TrafficSwitch, check};
use dr_core::report::runbook::{Runbook, Shell, runbook};
use dr_core::units::names::Named;
use plans::{confirmation, first_cache, joined, preset, private, public, said, script, site, value};
use proptest::prelude::*;
use stage::Stage;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const STUB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/az");

fn book(topology: Topology, plan: &Plan) -> Runbook {
    let catalog = Catalog::bundled().unwrap();
    runbook(topology, plan, &catalog, &evaluate(plan, &catalog))
}

/// The whole runbook runs; az takes every command, the transcript has each with its time, and what was saved is JSON.
fn full_rehearsal(topology: Topology) {
    let sited = [preset("gaming-leaderboard.json"), private(), joined(private())].map(|plan| site(plan, "Orders"));
    for (at, plan) in [preset("marine-logistics.json"), public()].into_iter().chain(sited).enumerate() {
        let book = book(topology, &plan);
        assert_eq!(book.sections.len(), if topology == Topology::Active { 13 } else { 14 });
        let stage = Stage::new(&format!("{}-{at}", topology.slug()));
        // A pair that exists is linked already.
        stage.link(&first_cache(&plan));
        let script = script(&book);
        // Each plan in one shell, in turn: both read every kind of step.
        let shell = if at % 2 == 0 { "bash" } else { "sh" };
        let output = stage.run(shell, &script);
        assert!(output.status.success(), "{shell}: {}\n{script}", said(&output));
        let calls = stage.calls();
        assert!(calls.len() > 30, "{}", calls.len());
        let transcript = stage.transcripts().concat();
        // The first calls ask for the tools, before there is a transcript.
        let noted = transcript.lines().filter(|line| line.contains("Z az ")).count();
        assert!(noted + 2 >= calls.len() && transcript.starts_with("20"), "{noted} of {}", calls.len());
        let saved: Vec<PathBuf> = std::fs::read_dir(stage.0.join("evidence"))
            .unwrap()
            .map(|it| it.unwrap().path())
            .filter(|it| it.extension().is_some_and(|it| it == "json"))
            .collect();
        assert!(saved.len() > 2, "{saved:?}");
        for file in saved {
            serde_json::from_str::<serde_json::Value>(&std::fs::read_to_string(&file).unwrap()).unwrap();
        }
    }
}

#[test]
fn full_rehearsal_of_the_pair() {
    full_rehearsal(Topology::Passive);
}

#[test]
fn full_rehearsal_of_the_group() {
    full_rehearsal(Topology::Active);
}

#[test]
fn full_rehearsal_of_the_rebuild() {
    full_rehearsal(Topology::Rebuild);
}

/// A cache that runs gets a partner: it is created first, then the old link goes and the new one is made, and only then the old partner is deleted;
/// nothing is created or deleted of the cache that stays.
#[test]
fn a_partner_is_created_beside_what_runs() {
    let mut lone = public();
    lone.today.sku = Some(dr_core::catalog::SkuId::new("Premium_P1"));
    for (at, plan) in [joined(private()), joined(public()), lone].into_iter().enumerate() {
        let was_linked = plan.pair_runs_elsewhere();
        let plan = site(plan, "Orders");
        let mut book = book(Topology::Passive, &plan);
        assert_eq!(unread(&book), Vec::<String>::new());
        book.sections.retain(|it| it.title.starts_with("Before") || it.title == "Create");
        let stage = Stage::new(&format!("partner-{at}"));
        if was_linked {
            stage.link("Orders cache0");
        }
        let output = stage.run("sh", &script(&book));
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(stage.linked().as_deref(), Some("Orders cache0"));
        let calls = stage.calls();
        let of = |words: &[&str], name: &str| -> Vec<usize> {
            let begins = |call: &[String]| call.iter().map(String::as_str).take(words.len()).eq(words.iter().copied());
            let all = calls.iter().enumerate();
            all.filter(|(_, call)| begins(call) && value(call, "--name") == Some(name)).map(|it| it.0).collect()
        };
        let (stays, partner, old) = ("Orders cache0", "Orders cache1", "asked OLD_CACHE_WESTUS");
        let made = of(&["redis", "create"], partner);
        let [cut, linked] = ["delete", "create"].map(|verb| of(&["redis", "server-link", verb], stays));
        let gone = of(&["redis", "delete"], old);
        let order = [made, cut, linked, gone].concat();
        assert_eq!(order.len(), if was_linked { 4 } else { 2 }, "{order:?}");
        assert!(order.is_sorted(), "{order:?}");
        assert!(of(&["redis", "create"], stays).is_empty() && of(&["redis", "delete"], stays).is_empty());
        assert_eq!(
            calls.iter().filter(|call| call.starts_with(&["redis".to_owned(), "delete".to_owned()])).count(),
            usize::from(was_linked)
        );
    }
}

/// Settings of the traffic switches, and every failover with each of them.
#[test]
fn the_switches_are_rehearsed() {
    let all = [
        TrafficSwitch::TrafficManager,
        TrafficSwitch::FrontDoor,
        TrafficSwitch::AppConfiguration,
        TrafficSwitch::DnsRecord,
    ];
    for switch in all {
        for topology in Topology::ALL {
            let mut plan = private();
            plan.traffic.switch = switch;
            let mut book = book(topology, &plan);
            assert_eq!(unread(&book), Vec::<String>::new(), "{switch:?} {topology:?}");
            let moves = ["Traffic switch", "Planned failover", "Unplanned failover", "Afterwards", "Failback"];
            book.sections.retain(|it| it.title.starts_with("Before") || moves.contains(&it.title.as_str()));
            let stage = Stage::new(&format!("switch-{}-{}", switch.name(), topology.slug()));
            stage.link(&first_cache(&plan));
            let output = stage.run("sh", &script(&book));
            assert!(output.status.success(), "{switch:?}: {}", said(&output));
            assert!(stage.calls().len() > 20, "{switch:?}");
        }
    }
}

/// Nothing is asked for that the site file knows, and what it does not know is asked for once.
#[test]
fn what_the_site_file_knows_is_not_asked_for() {
    for topology in Topology::ALL {
        let plan = site(private(), "Orders");
        let steps = |book: &Runbook| {
            let all = book.sections.iter().flat_map(|section| &section.steps);
            all.map(|step| step.commands.clone()).collect::<Vec<_>>().join("\n")
        };
        let known = steps(&book(topology, &plan));
        let asked: Vec<&str> =
            known.split(": \"${").skip(1).filter_map(|it| it.split_once(":?")).map(|(it, _)| it).collect();
        for name in
            ["SUBSCRIPTION", "APP_OBJECT_ID", "OPERATOR_OBJECT_ID", "ACTION_GROUP", "DNS_ZONE", "SUBNET_ID_EASTUS"]
        {
            assert!(!asked.contains(&name), "{topology:?} {name}");
        }
        let unknown = steps(&book(topology, &private()));
        // Which member is lost is asked at each loss.
        let names = unknown.split(": \"${").skip(1).filter_map(|it| it.split_once(":?"));
        for (name, _) in names.filter(|(name, _)| *name != "MEMBER") {
            assert_eq!(unknown.matches(&format!(": \"${{{name}:?set it to")).count(), 1, "{topology:?} {name}");
        }
        assert!(known.contains("'Orders rg0'") && !known.contains("rg-shop-"), "{known}");
    }
}

/// The stub is no rubber stamp: it refuses what az refuses, the seeds' own mistakes among them (facts, commands, part 5).
#[test]
fn the_stub_refuses_what_az_refuses() {
    let stage = Stage::new("refuses");
    for (call, why) in [
        ("az redis shw --name a --resource-group g", "is no command"),
        ("az redis enterprise create --name a", "is no command"),
        ("az redis show --nam a --resource-group g", "unrecognized argument: --nam"),
        ("az redis show --name a", "required: --resource-group"),
        ("az redis show --name --resource-group g", "--name: expected a value"),
        ("az redis show --name a b --resource-group g", "--name: too many values"),
        ("az redis delete --name a --resource-group g --yes please", "--yes: too many values"),
        (
            "az redis server-link delete --name a --resource-group g --linked-server-name b --yes",
            "unrecognized argument: --yes",
        ),
        ("az redisenterprise database force-unlink --cluster-name a --resource-group g", "required: --unlink-ids"),
        ("az monitor metrics list --resource a --metric-names b", "unrecognized argument: --metric-names"),
        (
            "az redisenterprise create --cluster-name a --resource-group g --location l --sku s",
            "required: --public-network-access",
        ),
        ("az redis show --name -x --resource-group g", "--name: expected a value"),
        ("az redis show --name a --resource-group /subscriptions/s/resourceGroups/g", "is no name"),
        (
            "az monitor metrics list --resource /subscriptions/s/resourceGroups//subscriptions/t/resourceGroups/g",
            "is no id",
        ),
        ("az monitor metrics list --resource /subscriptions/s/resourceGroups/g/providers/N/T", "is no id"),
        ("az monitor metrics list --resource /subscriptions/s/virtualNetworks/v", "is no id"),
        (
            "az role definition create --role-definition '{\"Name\":\"r\",\"AssignableScopes\":[\"/subscriptions/s\"]}' && \
             az role assignment create --role r --scope /subscriptions/t/resourceGroups/g",
            "the role is not known in t",
        ),
    ] {
        let output = stage.run("sh", call);
        assert!(!output.status.success() && said(&output).contains(why), "{call}: {}", said(&output));
    }
    let output = stage.run("sh", "az redis show --name 'a b' --resource-group g --query id --output tsv");
    assert!(
        output.status.success()
            && stage.calls()
                == [["redis", "show", "--name", "a b", "--resource-group", "g", "--query", "id", "--output", "tsv"]]
    );
}

/// The linter of shell scripts finds nothing in whole runbooks, where it is installed.
#[test]
fn whole_runbooks_are_clean() {
    for topology in Topology::ALL {
        for (at, plan) in [private(), public(), site(private(), "Orders & 'Sons'")].into_iter().enumerate() {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("runbook-{}-{at}.sh", topology.slug()));
            std::fs::write(&file, script(&book(topology, &plan))).unwrap();
            for shell in ["bash", "sh"] {
                assert!(Command::new(shell).arg("-n").arg(&file).status().unwrap().success());
            }
            let lint = Command::new("shellcheck").args(["--shell=sh", "--severity=warning"]).arg(&file).output();
            let Ok(output) = lint else { continue };
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
    }
}

/// What a grammar of PowerShell cannot read of a runbook's steps.
fn unread(book: &Runbook) -> Vec<String> {
    let steps = book.sections.iter().flat_map(|section| &section.steps);
    unread_of(steps.flat_map(|step| <[String; 2]>::from(step.commands_in(Shell::PowerShell))))
}

/// What a grammar of PowerShell cannot read of these scripts.
fn unread_of(scripts: impl Iterator<Item = String>) -> Vec<String> {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    scripts.filter(|script| !script.is_empty() && parser.parse(script, None).unwrap().root_node().has_error()).collect()
}

/// Every step in PowerShell is read by a grammar of it; one that is broken is not.
#[test]
fn powershell_is_read_by_its_grammar() {
    for topology in Topology::ALL {
        for plan in
            [preset("marine-logistics.json"), private(), public(), site(private(), "Orders & 'Sons' \"$x\" `y`")]
        {
            assert_eq!(unread(&book(topology, &plan)), Vec::<String>::new());
        }
    }
    let mut broken = book(Topology::Rebuild, &private());
    broken.sections[1].steps[0].powershell = "Save x { az 'never ended }".to_owned();
    assert_eq!(unread(&broken).len(), 1);
}

/// Names with what a shell would take for its own; no leading dash and no line break: the plan refuses those.
fn name() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("$(touch pwned)".to_owned()),
        Just("`touch pwned`".to_owned()),
        Just("; touch pwned; ".to_owned()),
        Just("${HOME}".to_owned()),
        Just("\\".to_owned()),
        Just("*".to_owned()),
        Just("!".to_owned()),
        "[a-z0-9 ]{1,4}",
        "\\PC{1,2}",
    ];
    prop::collection::vec(part, 1..5).prop_map(|parts| format!("n{}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 10, ..ProptestConfig::default() })]

    /// The words that az receives are the plan's, whatever the resources are called, and nothing of a name is run.
    #[test]
    fn az_receives_the_names_of_the_site_file(name in name()) {
        let plan = site(private(), &name);
        prop_assume!(check(&plan).is_empty());
        for topology in Topology::ALL {
            let book = book(topology, &plan);
            prop_assert!(unread(&book).is_empty(), "{:?}", unread(&book));
            let stage = Stage::new(&format!("hostile-{}", topology.slug()));
            let output = stage.run("sh", &script(&book));
            prop_assert!(output.status.success(), "{}", said(&output));
            prop_assert!(!stage.0.join("pwned").exists());
            let own = |what: &str| -> BTreeSet<String> { (0..2).map(|place| format!("{name} {what}{place}")).collect() };
            let groups: BTreeSet<String> = [own("rg"), own("zones"), own("dns")].into_iter().flatten().chain(["asked NEW_GROUP".to_owned()]).collect();
            let caches: BTreeSet<String> = own("cache").into_iter().chain(["asked NEW_CACHE".to_owned()]).collect();
            let own_ids = (0..2).map(|place| format!("/resourceGroups/{name} rg{place}/providers/Microsoft.Cache/"));
            let ids: Vec<String> = own_ids.chain(["/resourceGroups/asked NEW_GROUP/providers/Microsoft.Cache/".to_owned()]).collect();
            let mut seen = 0;
            for call in stage.calls() {
                if let Some(group) = value(&call, "--resource-group") {
                    prop_assert!(groups.contains(group), "{call:?}");
                    seen += 1;
                }
                let cache = if call[0] == "redis" { value(&call, "--name") } else { value(&call, "--cluster-name") };
                prop_assert!(cache.is_none_or(|cache| caches.contains(cache)), "{call:?}");
                for option in ["--server-to-link", "--unlink-ids"] {
                    let id = value(&call, option);
                    prop_assert!(id.is_none_or(|id| ids.iter().any(|part| id.contains(part.as_str()))), "{call:?}");
                }
                for (option, expected) in [
                    ("--virtual-network", plans::network(&name)),
                    ("--group-nickname", format!("{name} group")),
                    ("--action", plan.site.action_group.clone()),
                ] {
                    // Blanks at the end of a value are none of it.
                    prop_assert!(value(&call, option).is_none_or(|it| it == expected.trim_end()), "{call:?}");
                }
            }
            prop_assert!(seen > 30);
        }
    }

    /// What no quoting can make a value of az's is refused before it comes to a runbook.
    #[test]
    fn leading_dashes_and_line_breaks_are_refused(rest in "[a-z]{1,5}", bad in prop_oneof![Just("-"), Just("a\n"), Just("a\u{1b}"), Just("a\u{202e}")]) {
        let mut plan = private();
        plan.site_of_mut(0).unwrap().resource_group = format!("{bad}{rest}");
        let errors = check(&plan);
        prop_assert!(errors.len() == 1 && errors[0].message.starts_with("Resource group in eastus"), "{errors:?}");
        prop_assert!(codec::from_json(&codec::to_json(&plan)).is_err());
    }
}
