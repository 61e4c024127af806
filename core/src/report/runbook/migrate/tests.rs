//! Every path of every kind is read and run in a shell; names stay in their quoting; a destructive step waits.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod shells;

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
                // A role that is taken back can be given again.
                let script = script.replace("role assignment delete --", "");
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
                // What an earlier step makes has no name yet: the step itself asks for it.
                let own = |name: &str| script.contains(&format!(": \"${{{name}:?set it to"));
                for (name, _) in
                    script.split("${").skip(1).filter_map(|rest| rest.split_once(":?")).filter(|(name, _)| !own(name))
                {
                    assert!(asked.matches(&format!(": \"${{{name}:?")).count() == 1, "{path:?}: {name} in\n{asked}");
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
        2,
        "of both caches: {commands}"
    );
    assert!(!of(&book, "migrate-clean-up").steps.iter().any(|it| it.commands.contains("server-link delete")));
    let named =
        of(&book, "migrate-clean-up").steps.iter().filter(|it| it.commands.contains("delete ${OLD_NAME_")).count();
    assert_eq!(named, 2, "the word that confirms names the cache");
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
        assert!(steps[at - 2].verify.contains("OLD_NAME_") && steps[at - 2].verify.contains("cachehits"));
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
    let all: Vec<_> = scripts(&book).iter().flat_map(|script| calls(&run(script))).collect();
    let at = |words: &[&str]| {
        all.iter().position(|call| call[1..].starts_with(&words.iter().map(ToString::to_string).collect::<Vec<_>>()))
    };
    let (tag, read, update) = (at(&["tag", "update"]), at(&["tag", "list"]), at(&["redisenterprise", "update"]));
    assert!(tag < read && read < update && tag.is_some(), "the tag is read back before anything changes");
    assert_eq!(value(&all[tag.unwrap()], "--operation"), Some("Merge"));
    assert_eq!(value(&all[update.unwrap()], "--tags"), None);
}

/// In place the endpoints have commands, beside those of Enterprise.
#[test]
fn a_change_in_place_makes_its_endpoints() {
    let book = book(&plans()[8], PathKind::InPlace);
    let moved = &of(&book, "migrate-move").steps;
    let made: Vec<&Step> = moved.iter().filter(|it| it.commands.contains("private-endpoint create")).collect();
    assert!(made.len() == 1 && made[0].commands.contains("--name \"${OLD_NAME_EASTUS:?}-amr-pe\""), "{made:?}");
    assert!(moved.iter().any(|it| it.commands.contains("private-dns zone create")));
}

/// A cache whose delete is refused needs its endpoints: no step deletes both.
#[test]
fn no_step_deletes_a_cache_with_its_endpoints() {
    let (mut caches, mut endpoints) = (0, 0);
    for plan in plans() {
        for (path, book) in books(&plan) {
            for script in scripts(&book) {
                let (cache, endpoint) =
                    (script.contains("redisenterprise delete"), script.contains("private-endpoint delete"));
                assert!(!(cache && endpoint), "{path:?}: {script}");
                (caches, endpoints) = (caches + usize::from(cache), endpoints + usize::from(endpoint));
            }
        }
    }
    assert!(caches > 10 && endpoints > 10, "{caches} {endpoints}");
}

/// After the link is cut: endpoints, tool, the next member and its link, which are what the model sums as the time without a second copy.
#[test]
fn the_time_without_a_second_copy_is_that_of_the_steps() {
    let book = book(&plans()[0], PathKind::UnlinkFirst);
    let steps = &of(&book, "migrate-move").steps;
    let cut = steps.iter().position(|it| it.commands.contains("server-link delete")).unwrap();
    let joined = steps.iter().position(|it| it.commands.contains("redisenterprise create")).unwrap();
    let between: Vec<&str> = steps[cut..=joined].iter().map(|it| it.text.split(' ').next().unwrap()).collect();
    assert_eq!(between, ["Unlink", "Delete", "Let", "Start", "Create"]);
    assert!(
        of(&book, "migrate-prepare").steps.iter().filter(|it| it.commands.contains("redisenterprise create")).count()
            == 1
    );
}

/// What goes comes back: endpoints with their zones, the name, every client, the link; in that order, as far as there was each.
#[test]
fn unlink_first_has_a_whole_way_back() {
    for (plan, private) in [(&plans()[0], true), (&plans()[1], false)] {
        let book = book(plan, PathKind::UnlinkFirst);
        let all: Vec<String> =
            of(&book, "migrate-rollback").steps.iter().map(|it| [&*it.text, &*it.commands].concat()).collect();
        let wanted =
            ["private-endpoint dns-zone-group create", "migration undo", "moved to the old name", "server-link create"];
        let found: Vec<usize> = wanted.iter().filter_map(|text| all.iter().position(|it| it.contains(text))).collect();
        assert_eq!(found, (0..if private { 4 } else { 3 }).collect::<Vec<_>>(), "{all:?}");
        let moved = &of(&book, "migrate-move").steps;
        let start = moved.iter().find(|it| it.commands.contains("migration start")).unwrap();
        assert_eq!(start.fails.contains("private clients do not reach"), private, "{}", start.fails);
        let check = moved.iter().find(|it| it.commands.contains("migration validate")).unwrap();
        assert!(check.rollback.starts_with("“Rollback”"), "the link is cut by then: {}", check.rollback);
        let told: Vec<&str> = steps(&book).map(|it| it.rollback.as_str()).collect();
        assert!(!told.iter().any(|it| it.contains("it still runs") || it.contains("“Way back”")), "{told:?}");
    }
}

/// A move that was taken back leaves no new cache that bills.
#[test]
fn the_way_back_deletes_the_new_caches() {
    for (at, path) in [(0, PathKind::UnlinkFirst), (5, PathKind::Tool)] {
        let book = book(&plans()[at], path);
        let back = &of(&book, "migrate-rollback").steps;
        let undone = back.iter().position(|it| it.commands.contains("migration undo")).unwrap();
        let gone = back.iter().position(|it| it.commands.contains("redisenterprise delete"));
        assert!(gone.is_some_and(|gone| gone > undone), "{path:?}: {back:?}");
    }
}

/// Writes that go on while clients go back region by region would be in two caches: no path leaves them so.
#[test]
fn clients_go_back_as_they_came() {
    let plan = &plans()[0];
    let back = |path| of(&book(plan, path), "migrate-rollback").steps.clone();
    let export = back(PathKind::ExportImport);
    assert!(export[0].text.starts_with("Stop the writes") && export[1].text.contains("all at once"), "{export:?}");
    assert!(export[2].text.starts_with("Let the writes go on"));
    for path in [PathKind::DualWrite, PathKind::Rewarm] {
        assert!(back(path)[0].text.contains("once “Clean up” has turned that off"), "{path:?}");
    }
    let warm = book(plan, PathKind::Rewarm);
    let first = of(&warm, "migrate-move").steps.iter().position(|it| it.text.contains("delete each key")).unwrap();
    let load = of(&warm, "migrate-move").steps.iter().position(|it| it.text.starts_with("Load")).unwrap();
    assert!(first < load, "what is loaded does not turn old");
    let off = &of(&warm, "migrate-clean-up").steps[1];
    // The service's own commands keep the count of all commands above 0.
    assert!(off.text.starts_with("Turn the delete") && off.verify.contains("cachehits cachemisses setcommands"));
}

/// The old caches wait once, and the steps of dual writes add up to the time that is planned.
#[test]
fn the_old_caches_wait_once() {
    let plan = &plans()[0];
    let catalog = Catalog::bundled().unwrap();
    let target = target_of(evaluate(plan, &catalog).comparison.recommended(), plan);
    let moved = migration(plan, &catalog, target, None).unwrap();
    for (path, book) in books(plan) {
        let figures = moved.path(path).and_then(|it| it.figures()).unwrap();
        let wait = crate::units::format::duration(figures.wait());
        let waits = steps(&book)
            .filter(|it| it.takes == wait && (it.text.contains("they bill") || it.text.contains("ones bill")));
        assert_eq!(waits.count(), 1, "{path:?}");
    }
    let dual = moved.path(PathKind::DualWrite).and_then(|it| it.figures()).unwrap();
    let switches = plan.migration.client_switch.mode * moved.design.caches.len() as f64;
    assert_eq!(dual.wait() + plan.migration.longest_ttl + switches, dual.beside);
}
