//! Every path of every kind is read and run in a shell; names stay in their quoting; a destructive step waits.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::super::Step;
use super::*;
use crate::catalog::{RegionId, SkuId};
use crate::evaluate::evaluate;
use crate::model::migration::{migration, target_of};
use crate::plan::{Confirmation, Network, Plan};
use crate::report::runbook::Shell;
use crate::report::runbook::tests::roles::{granted, path as path_of, table};
use crate::report::runbook::tests::{HOSTILE, calls, run, shell, value};
use proptest::prelude::*;

/// Everything that runs, with a public network, private endpoints and Entra ID.
fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for (sku, regions) in [
        (None, 2),
        (Some("Premium_P2"), 1),
        (Some("Standard_C3"), 1),
        (Some("Basic_C1"), 1),
        (Some("Enterprise_E10"), 1),
        (Some("Enterprise_E10"), 2),
        (Some("EnterpriseFlash_F300"), 2),
    ] {
        for network in [Network::PrivateEndpoint, Network::Public] {
            let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
            plan.passive.exists = if sku.is_none() { Confirmation::Confirmed } else { Confirmation::NotSo };
            plan.today.sku = sku.map(SkuId::new);
            plan.today.regions = regions;
            (plan.passive.network, plan.active.network) = (network, network);
            (plan.passive.entra_id, plan.active.entra_id) = (network == Network::Public, network == Network::Public);
            plans.push(plan);
        }
    }
    plans
}

/// The runbooks of all paths that apply.
fn books(plan: &Plan) -> Vec<(PathKind, Vec<MoveSection>)> {
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(plan, &catalog);
    let target = target_of(evaluation.comparison.recommended(), plan);
    let moved = migration(plan, &catalog, target, None).unwrap();
    moved.applying().map(|(path, _)| (path.path, moving(path.path, &moved, plan, &catalog, &evaluation))).collect()
}

fn steps(book: &[MoveSection]) -> impl Iterator<Item = &Step> {
    book.iter().flat_map(|section| &section.steps)
}

/// Commands and checks, each a script.
fn scripts(book: &[MoveSection]) -> Vec<&str> {
    steps(book).flat_map(|step| [step.commands.as_str(), step.verify.as_str()]).filter(|it| !it.is_empty()).collect()
}

#[test]
fn every_script_of_every_path_runs_in_a_shell() {
    let mut seen = Vec::new();
    for plan in plans() {
        for (path, book) in books(&plan) {
            if !seen.contains(&path) {
                seen.push(path);
            }
            for script in scripts(&book) {
                run(script);
            }
        }
    }
    assert_eq!(seen.len(), PathKind::ALL.len(), "{seen:?}");
}

/// Clause 8: every step has a result to see, a time, what to do if it fails, and the way back.
#[test]
fn every_step_says_what_to_see_how_long_it_takes_and_the_way_back() {
    for plan in plans() {
        for (path, book) in books(&plan) {
            for step in steps(&book) {
                for (what, text) in
                    [("expected", &step.check), ("time", &step.takes), ("fails", &step.fails), ("back", &step.rollback)]
                {
                    assert!(!text.is_empty(), "{path:?}: {what} of {step:?}");
                }
            }
        }
    }
}

/// Commands that end something run only after CONFIRM: unlink, delete, import, the tool's start and undo, the change in place.
#[test]
fn what_destroys_waits_for_a_confirmation() {
    let destroys = [
        "server-link delete",
        " delete --",
        "database import",
        "migration start",
        "migration undo",
        "redisenterprise update",
    ];
    for plan in plans() {
        for (path, book) in books(&plan) {
            for script in scripts(&book) {
                let found = destroys.iter().find(|it| script.contains(*it));
                assert!(found.is_none() || script.contains("${CONFIRM-}"), "{path:?}: {script}");
            }
        }
    }
}

/// Variables are asked for once, at the top, and every one that a command uses is.
#[test]
fn what_the_plan_does_not_hold_is_asked_for_at_the_top() {
    for plan in plans() {
        for (path, book) in books(&plan) {
            let asked = &book[0].steps[2].commands;
            for script in scripts(&book[1..]) {
                for (name, _) in script.split("${").skip(1).filter_map(|rest| rest.split_once(":?")) {
                    // The files of an export have no address before it: the import asks for them.
                    let here = script.contains(&format!(": \"${{{name}:?set it to"));
                    let times = asked.matches(&format!(": \"${{{name}:?")).count();
                    assert_eq!(times, usize::from(!here), "{path:?}: {name} in\n{asked}");
                    assert!(!asked.contains(&format!("${{{name}:?set it to its value}}")), "{name} has a meaning");
                }
            }
        }
    }
}

/// commands.md: migration validate and start need source, data and DNS switches; force-unlink's siblings have no `--yes`; a member that joins
/// lists all members and itself.
#[test]
fn the_commands_are_those_of_the_reference() {
    let all = plans();
    let calls_of = |plan: &Plan, path: PathKind| -> Vec<Vec<String>> {
        let (_, book) = books(plan).into_iter().find(|(it, _)| *it == path).unwrap();
        scripts(&book).iter().flat_map(|script| calls(&run(script))).collect()
    };
    let tool = calls_of(&all[5], PathKind::Tool);
    for action in ["validate", "start"] {
        let call = tool.iter().find(|call| call[1..4] == ["redisenterprise", "migration", action]).unwrap();
        assert_eq!((value(call, "--skip-data-migration"), value(call, "--switch-dns")), (Some("true"), Some("true")));
        assert!(value(call, "--source-resource-id").is_some() && value(call, "--cluster-name").is_some(), "{call:?}");
    }
    let rolling = calls_of(&all[10], PathKind::Rolling);
    let creates: Vec<&Vec<String>> =
        rolling.iter().filter(|call| call[1..3] == ["redisenterprise", "create"]).collect();
    let linked = |call: &Vec<String>| call.iter().filter(|word| *word == "--linked-databases").count();
    assert_eq!(
        creates.iter().map(|call| linked(call)).collect::<Vec<_>>(),
        [3, 3],
        "two members and itself, each time"
    );
    let unlink = calls_of(&all[0], PathKind::UnlinkFirst);
    let cut = unlink.iter().find(|call| call[1..4] == ["redis", "server-link", "delete"]).unwrap();
    assert!(!cut.contains(&"--yes".to_owned()) && value(cut, "--linked-server-name").is_some(), "{cut:?}");
    let export = calls_of(&all[0], PathKind::ExportImport);
    let call = export.iter().find(|call| call[1..3] == ["redis", "export"]).unwrap();
    assert!(value(call, "--prefix").is_some() && value(call, "--container").is_some(), "{call:?}");
}

fn book(plan: &Plan, path: PathKind) -> Vec<MoveSection> {
    books(plan).into_iter().find(|(it, _)| *it == path).unwrap().1
}

fn of<'a>(book: &'a [MoveSection], id: &str) -> &'a MoveSection {
    book.iter().find(|it| it.id == id).unwrap()
}

/// Writes that stop go on again, in the same section, once every region has moved; a clustered cache's files are all imported.
#[test]
fn writes_that_stop_go_on_again() {
    let book = book(&plans()[0], PathKind::ExportImport);
    let steps = &of(&book, "migrate-move").steps;
    let at = |text: &str| steps.iter().position(|it| it.text.contains(text)).unwrap_or_else(|| panic!("{text}"));
    assert!(
        at("Stop the writes") < at("every region at once") && at("every region at once") < at("Let the writes go on")
    );
    assert_eq!(at("Let the writes go on"), steps.len() - 1);
    assert!(book.iter().all(|it| it.id != "migrate-clients-switch"), "no region moves alone");
    let import = calls(&run(&steps[at("Import every file")].commands));
    let import = import.iter().find(|call| call.contains(&"import".to_owned())).unwrap();
    let files = import.iter().skip_while(|word| *word != "--sas-uris").count() - 1;
    assert_eq!(files, "the value of RDB_SAS".split(' ').count(), "{import:?}");
}

/// The link is cut before the clients are, every endpoint that the old caches have goes, and no link is cut twice.
#[test]
fn unlink_first_cuts_each_thing_once() {
    let book = book(&plans()[0], PathKind::UnlinkFirst);
    let steps = &of(&book, "migrate-move").steps;
    let at = |text: &str| steps.iter().position(|it| it.commands.contains(text)).unwrap();
    assert!(at("server-link delete") < at("private-endpoint delete"));
    let commands = &steps[at("private-endpoint delete")].commands;
    assert_eq!(
        commands.matches("privateEndpointConnections[].privateEndpoint.id").count(),
        4,
        "of both caches, saved and deleted: {commands}"
    );
    assert!(!of(&book, "migrate-clean-up").steps.iter().any(|it| it.commands.contains("server-link delete")));
    let named =
        of(&book, "migrate-clean-up").steps.iter().filter(|it| it.commands.contains("delete ${OLD_NAME_")).count();
    assert_eq!(named, 2, "the word that confirms names the cache");
}

/// Unlink first is taken back whole: endpoints, the name, the clients, the second copy; and an address of what moved is in no text of the
/// paths that keep the name.
#[test]
fn unlink_first_comes_back_whole() {
    let book = book(&plans()[0], PathKind::UnlinkFirst);
    let back = &of(&book, "migrate-rollback").steps;
    let at = |text: &str| back.iter().position(|it| it.commands.contains(text) || it.text.contains(text)).unwrap();
    let order = ["private-endpoint create", "migration undo", "Point the clients that", "server-link create"].map(at);
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(
        back[order[0]].commands.matches("--private-dns-zone \"${OLD_ZONE_").count(),
        4,
        "two caches, two networks"
    );
    assert!(back[order[3]].commands.contains("empty ${OLD_NAME_"), "the word names the cache");
    let deleted = steps(&book).find(|it| it.commands.contains("private-endpoint delete")).unwrap();
    assert!(deleted.commands.find("private-endpoint show") < deleted.commands.find("private-endpoint delete"));
    assert!(
        !steps(&book)
            .any(|it| it.rollback.contains("it still runs")
                || it.rollback == "Point the clients to the old cache again.")
    );
}

/// In place the endpoints have commands, beside those of Enterprise.
#[test]
fn a_change_in_place_makes_its_endpoints() {
    let book = book(&plans()[8], PathKind::InPlace);
    let moved = &of(&book, "migrate-move").steps;
    let made: Vec<&Step> = moved.iter().filter(|it| it.commands.contains("private-endpoint create")).collect();
    assert!(made.len() == 1 && made[0].commands.contains("--name \"${OLD_NAME_EASTUS:?}\"-amr-pe "), "{made:?}");
    assert!(moved.iter().any(|it| it.commands.contains("privatelink.redis.azure.net")));
}

/// Both caches are written until “Clean up”, and the way back says until when it loses nothing.
#[test]
fn dual_writes_end_in_a_step_of_their_own() {
    let book = book(&plans()[0], PathKind::DualWrite);
    let switch = of(&book, "migrate-clients-switch");
    assert!(switch.steps.iter().all(|it| it.text.contains("Keep writing to both") && it.check.contains("not read")));
    let clean = &of(&book, "migrate-clean-up").steps;
    let off = clean.iter().position(|it| it.text.starts_with("Turn the write to the old caches off")).unwrap();
    let gone = clean.iter().position(|it| it.commands.contains("delete")).unwrap();
    assert!(off < gone, "{off} {gone}");
    assert!(of(&book, "migrate-rollback").steps[0].text.contains("once “Clean up” has turned that off"));
}

/// No Enterprise member goes before both have been looked at, by what the old one counts; the new one carries the tags of the unit.
#[test]
fn a_member_goes_only_after_a_look_at_both() {
    let book = book(&plans()[10], PathKind::Rolling);
    let steps = &of(&book, "migrate-move").steps;
    let looks = |it: &Step| it.commands.matches("totalkeys").count() == 2 && it.commands.contains("OLD_NAME_");
    for (at, step) in steps.iter().enumerate().filter(|(_, it)| it.commands.contains("redisenterprise delete")) {
        assert!(looks(&steps[at - 1]), "{}", step.text);
        assert!(steps[at - 2].verify.contains("OLD_NAME_") && steps[at - 2].verify.contains("connectedclients"));
    }
    let tagged = |it: &&Step| it.commands.contains("redisenterprise create") && it.commands.contains("dr-unit=");
    assert_eq!(steps.iter().filter(tagged).count(), 2);
    assert!(of(&book, "migrate-prepare").steps.iter().any(|it| it.commands.contains("policy:clusteringPolicy")));
}

/// The zone of Enterprise has another name: what the site file knows of it is no zone of Azure Managed Redis, which is created.
#[test]
fn the_zone_of_what_follows_is_created() {
    for at in [0, 8, 10] {
        let mut plan = plans().swap_remove(at);
        plan.site_of_mut(0).unwrap().zone_group = "rg-zones".to_owned();
        for (path, book) in books(&plan).into_iter().filter(|(path, _)| *path != PathKind::InPlace) {
            let all = scripts(&book).join("\n");
            assert!(!all.contains("rg-zones") && all.contains("private-dns zone create"), "{at} {path:?}");
        }
    }
}

/// `--tags` of an update would replace all that the cluster has.
#[test]
fn a_change_in_place_keeps_the_tags() {
    let book = book(&plans()[8], PathKind::InPlace);
    let all = scripts(&book).join("\n");
    let at = |text: &str| all.find(text).unwrap_or_else(|| panic!("{text}"));
    let update = at("az redisenterprise update");
    assert!(!all[update..].lines().next().unwrap().contains("--tags"));
    // The tag is read back, and only where it stands the cluster changes.
    assert!(at("az tag update") < at("az tag list") && at("if [ \"$TAG\" = \"${DATA_PRESERVE:?}\" ]") < update);
    let called: Vec<_> = scripts(&book).iter().flat_map(|script| calls(&run(script))).collect();
    let tag = called.iter().find(|call| call[1..3] == ["tag", "update"]).unwrap();
    assert_eq!(value(tag, "--operation"), Some("Merge"));
    assert!(called.iter().any(|call| call[1..3] == ["redisenterprise", "update"]));
    let step = steps(&book).find(|it| it.commands.contains("az tag list")).unwrap();
    let other = format!(
        "OLD_NAME_EASTUS=a OLD_GROUP_EASTUS=b DATA_PRESERVE=True CONFIRM='change a'\n{}",
        step.commands.replace("az tag list", "az tag lists")
    );
    let refused = shell("/bin/sh", &["-eu"], &other);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("The tag is not set") && !said.contains("+update\n+--cluster-name"),
        "{said}"
    );
}

/// Every script is PowerShell too, word by word, and the transcript and the role stand in every path.
#[test]
fn every_path_has_powershell_a_transcript_and_a_role() {
    for plan in plans() {
        for (path, book) in books(&plan) {
            for step in steps(&book) {
                let (commands, verify) = step.commands_in(Shell::PowerShell);
                let told = [commands, verify].concat();
                assert!(!told.contains("# Run this in a POSIX shell"), "{path:?}: {}", step.commands);
            }
            assert!(book[0].steps[0].commands.contains("transcript.txt"), "{path:?}");
            let watched = steps(&book).any(|step| step.commands.contains("alert create"));
            assert_eq!(watched, path != PathKind::InPlace, "{path:?}: what follows is watched");
            assert_eq!((book[0].id, book[1].id), ("migrate-before", "migrate-roles"), "{path:?}");
        }
    }
}

/// Each command is granted by the role of its path, which holds nothing that no command of the path needs.
#[test]
fn the_role_of_a_path_grants_its_commands_and_no_more() {
    let table = table();
    for plan in plans() {
        for (path, book) in books(&plan) {
            let all: Vec<_> =
                scripts(&book).iter().flat_map(|script| calls(&run(script))).filter(|it| it[0] == "az").collect();
            let granted = granted(&all);
            let mut used = std::collections::BTreeSet::new();
            for call in &all {
                let command = path_of(call);
                let needed = table.get(command.as_str());
                for action in
                    needed.unwrap_or_else(|| panic!("{command} is in no row")).iter().filter(|it| it.contains('/'))
                {
                    let mut held = action.split('|').filter(|one| granted.contains(*one)).peekable();
                    assert!(held.peek().is_some(), "{path:?} {command}: {action}");
                    used.extend(held.map(str::to_owned));
                }
            }
            assert_eq!(granted.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "{path:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Names that attack stay in their quoting: nothing of them runs, and a shell reads the scripts.
    #[test]
    fn hostile_names_stay_in_their_quoting(name in any::<String>(), region in ".{1,30}", at in 0_usize..14) {
        let mut plan = plans().swap_remove(at);
        plan.name = format!("{name}{HOSTILE}");
        plan.regions[0].region = RegionId::new(&format!("{region}'; touch pwned #"));
        for (path, book) in books(&plan) {
            let all = scripts(&book).join("\n");
            for shell_name in ["/bin/sh", "bash"] {
                prop_assert!(shell(shell_name, &["-n"], &all).status.success(), "{:?}: {}", path, all);
            }
            for script in scripts(&book) {
                prop_assert!(!run(script).lines().any(|line| line == "+PWNED"), "{}", script);
            }
        }
    }
}
