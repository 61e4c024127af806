//! The runbook of each path of a move: its PowerShell is read by its grammar, a shell finds no fault in the whole of it, it runs from its
//! first step to its last, and nothing that harms runs behind a refusal.

use super::losses::with;
use super::stage::Stage;
use super::{book, confirmation, joined, private, public, said, unread_of, value};
use dr_core::catalog::{Catalog, SkuId};
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::plan::{Confirmation, Plan};
use dr_core::report::runbook::{MoveSection, Shell, Step, moving};
use dr_core::report::views::{Subject, migrate};
use std::path::Path;
use std::process::Command;

/// Every kind of what runs, private and public.
fn plans() -> Vec<Plan> {
    let kinds = [
        None,
        Some(("Premium_P2", 1)),
        Some(("Standard_C3", 1)),
        Some(("Enterprise_E10", 1)),
        Some(("Enterprise_E10", 2)),
    ];
    let one = |plan: Plan| {
        kinds.map(|kind| {
            let mut plan = plan.clone();
            plan.passive.exists = if kind.is_none() { Confirmation::Confirmed } else { Confirmation::NotSo };
            plan.today.sku = kind.map(|(sku, _)| SkuId::new(sku));
            plan.today.regions = kind.map_or(1, |(_, regions)| regions);
            plan
        })
    };
    let elsewhere = [private(), public()].map(joined);
    [private(), public()].into_iter().flat_map(one).chain(elsewhere).collect()
}

fn books(plan: &Plan) -> Vec<Vec<MoveSection>> {
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(plan, &catalog);
    let subject = Subject { plan, catalog: &catalog, evaluation: &evaluation };
    let moved = migrate::moved(subject, None).unwrap();
    migrate::applying(&moved).into_iter().map(|path| moving(path, &moved, plan, &catalog, &evaluation)).collect()
}

/// The first runbook of a move with such a command.
pub(super) fn book_with(command: &str) -> Vec<MoveSection> {
    let has = |book: &Vec<MoveSection>| book.iter().flat_map(|it| &it.steps).any(|it| it.commands.contains(command));
    plans().iter().flat_map(books).find(has).unwrap()
}

#[test]
fn moves_are_read_by_both_shells() {
    for (at, book) in plans().iter().flat_map(books).enumerate() {
        let steps: Vec<_> = book.iter().flat_map(|section| &section.steps).collect();
        let scripts = steps.iter().flat_map(|step| <[String; 2]>::from(step.commands_in(Shell::PowerShell)));
        assert_eq!(unread_of(scripts), Vec::<String>::new());
        let mut whole = String::new();
        for step in &steps {
            whole.extend(confirmation(&step.commands).map(|word| format!("CONFIRM={word}\n")));
            whole.extend([step.commands.as_str(), "\n", step.verify.as_str(), "\n"]);
        }
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("move-{at}.sh"));
        std::fs::write(&file, &whole).unwrap();
        for shell in ["bash", "sh"] {
            assert!(Command::new(shell).arg("-n").arg(&file).status().unwrap().success(), "{whole}");
        }
        let Ok(lint) = Command::new("shellcheck").args(["--shell=sh", "--severity=warning"]).arg(&file).output() else {
            continue;
        };
        assert!(lint.status.success(), "{}", String::from_utf8_lossy(&lint.stdout));
    }
}

/// Steps as an operator runs them: the functions of the first step, what is asked for, and each confirmation before its step.
fn script<'a>(functions: &str, steps: impl Iterator<Item = &'a Step>) -> String {
    let mut run = String::new();
    for step in steps {
        run.extend(confirmation(&step.commands).map(|word| format!("CONFIRM={word}\n")));
        run.extend([step.commands.as_str(), "\n", step.verify.as_str(), "\n"]);
    }
    let names: std::collections::BTreeSet<&str> =
        run.split("${").skip(1).filter_map(|it| it.split_once(":?")).map(|(name, _)| name).collect();
    // What the commands set themselves is not asked for.
    let asked = names.into_iter().filter(|name| !run.contains(&format!("{name}=\"$(")));
    let set = asked.map(|name| format!("{name}='asked {name}'\n")).collect::<Vec<_>>().concat();
    format!("{set}DATA_PRESERVE=\"${{PRESERVE-True}}\"\n{functions}\n{run}")
}

fn functions(book: &[MoveSection]) -> &str {
    &book[0].steps[0].commands
}

fn section<'a>(book: &'a [MoveSection], id: &str) -> &'a MoveSection {
    book.iter().find(|it| it.id == id).unwrap()
}

/// Every path of every kind, each in one shell, which stops at the first command that az refuses.
#[test]
fn moves_run_from_the_first_step_to_the_last() {
    let mut seen = 0;
    for (at, plan) in plans().iter().enumerate() {
        for (path, book) in books(plan).iter().enumerate() {
            let stage = Stage::new(&format!("move-{at}-{path}"));
            let all = script("", book.iter().flat_map(|it| &it.steps));
            let output = stage.run(if at % 2 == 0 { "bash" } else { "sh" }, &all);
            assert!(output.status.success(), "{at} {path}: {}\n{all}", said(&output));
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// A lock saves the cache; its clients keep their endpoints. Every step that deletes a cache, of every runbook and every move.
#[test]
fn a_refused_delete_keeps_the_endpoints() {
    let stage = Stage::new("locked");
    stage.refuse(&["redisenterprise delete", "redis delete"]);
    let deletes = |step: &&Step| ["redisenterprise delete", "redis delete"].iter().any(|it| step.commands.contains(it));
    let (mut seen, mut whole) = (0, Vec::new());
    for book in Topology::ALL.map(|topology| book(topology, &private())) {
        let functions = book.sections[0].steps[0].commands.clone();
        whole.push((functions, book.sections.into_iter().flat_map(|it| it.steps).collect::<Vec<_>>()));
    }
    for book in plans().iter().take(5).flat_map(books) {
        let functions = functions(&book).to_owned();
        whole.push((functions, book.into_iter().flat_map(|it| it.steps).collect()));
    }
    for (functions, steps) in &whole {
        for step in steps.iter().filter(deletes) {
            // The check would succeed: only what the step itself does counts.
            let alone = Step { verify: String::new(), ..step.clone() };
            let output = stage.run_on("sh", &["-u"], &script(functions, [&alone].into_iter()));
            assert!(!output.status.success() && said(&output).contains("AuthorizationFailed"), "{}", said(&output));
            assert_eq!(with(&stage.calls(), &["private-endpoint"]), Vec::<&Vec<String>>::new(), "{}", step.text);
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen}");
}

/// The tag decides whether the data is kept: the cluster changes only where it stands as it was asked for.
#[test]
fn a_refused_tag_changes_no_cluster() {
    let book = book_with("amr-migration-data-preserve");
    let step = book.iter().flat_map(|it| &it.steps).find(|it| it.commands.contains("tag update")).unwrap();
    for (refused, preserve, changes) in [
        ("", "True", 1),
        ("", "False", 1),
        ("tag update", "True", 0),
        ("tag list", "False", 0),
        ("redisenterprise show", "True", 1),
        ("", "yes", 0),
        ("", "true", 0),
        ("", "unsaid", 0),
    ] {
        let stage = Stage::new("tag");
        stage.refuse(&[refused]);
        let alone = Step { verify: String::new(), ..step.clone() };
        let run = format!("PRESERVE={preserve}\n{}", script(functions(&book), [&alone].into_iter()));
        let output = stage.run_on("sh", &["-u"], &run);
        let calls = stage.calls();
        assert_eq!(
            with(&calls, &["redisenterprise", "update"]).len(),
            changes,
            "{refused} {preserve}: {}",
            said(&output)
        );
        assert_eq!(output.status.success(), changes == 1, "{refused} {preserve}");
        let tags = with(&calls, &["tag", "update"]);
        assert!(
            tags.iter().all(|call| value(call, "--tags") == Some(&format!("amr-migration-data-preserve={preserve}")))
        );
    }
}

/// What is cut on the way comes back: the old caches get an endpoint in each network before the name and the link; a refusal of the list or of
/// a delete leaves the rest alone.
#[test]
fn unlink_first_comes_back() {
    let book = book_with("private-endpoint delete --ids");
    let stage = Stage::new("unlink-first");
    let back = section(&book, "migrate-rollback");
    let run = script(functions(&book), back.steps.iter());
    let output = stage.run("sh", &run);
    assert!(output.status.success(), "{}", said(&output));
    let calls = stage.calls();
    let at = |words: &[&str]| calls.iter().position(|call| words.iter().all(|word| call.iter().any(|it| it == word)));
    let made = with(&calls, &["private-endpoint", "create", "redisCache"]);
    assert_eq!(made.len(), 4, "two caches, two networks: {made:?}");
    let zones: Vec<_> = with(&calls, &["dns-zone-group", "create"])
        .iter()
        .filter_map(|call| value(call, "--private-dns-zone"))
        .collect();
    assert!(zones.len() == 4 && zones.iter().all(|zone| zone.starts_with("asked OLD_ZONE_")), "{zones:?}");
    let order = [at(&["private-endpoint", "create"]), at(&["migration", "undo"]), at(&["server-link", "create"])];
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");

    // The first refusal ends the deletion of a cache's endpoints, and an empty list deletes nothing.
    let cut =
        book.iter().flat_map(|it| &it.steps).find(|it| it.commands.contains("private-endpoint delete --ids")).unwrap();
    for (refused, deletes) in [("network private-endpoint delete", 2), ("redis show", 0)] {
        stage.refuse(&[refused]);
        stage.run_on("sh", &["-u"], &script(functions(&book), [cut].into_iter()));
        assert_eq!(with(&stage.calls(), &["private-endpoint", "delete"]).len(), deletes, "{refused}");
    }
}

/// An endpoint may stand in a group of its own: the role is given on each.
#[test]
fn the_role_reaches_every_old_endpoint() {
    let book = book_with("private-endpoint delete --ids");
    let stage = Stage::new("endpoint-roles");
    let output = stage.run("sh", &script(functions(&book), section(&book, "migrate-roles").steps.iter()));
    assert!(output.status.success(), "{}", said(&output));
    let given = stage
        .calls()
        .iter()
        .filter(|call| call[..3] == ["role", "assignment", "create"])
        .filter_map(|call| value(call, "--scope").map(str::to_owned))
        .filter(|scope| scope.contains("/providers/Microsoft.Cache/redis/stub-"))
        .count();
    assert_eq!(given, 4, "both endpoints of both caches");
}

/// An import's files have no address before the export: the step of the import asks for them.
#[test]
fn no_file_is_asked_for_before_it_exists() {
    for (name, texts) in [
        (
            "IMPORT_FILES",
            Topology::ALL
                .map(|topology| book(topology, &private()))
                .iter()
                .flat_map(|book| &book.sections)
                .filter(|it| it.title.starts_with("Before"))
                .flat_map(|it| &it.steps)
                .map(|it| it.commands.clone())
                .collect::<Vec<_>>(),
        ),
        ("RDB_SAS", book_with("RDB_SAS")[0].steps.iter().map(|it| it.commands.clone()).collect()),
    ] {
        assert!(!texts.is_empty() && !texts.iter().any(|text| text.contains(name)), "{name}");
    }
    let book = book_with("RDB_SAS");
    let import = book.iter().flat_map(|it| &it.steps).find(|it| it.commands.contains("database import")).unwrap();
    let stage = Stage::new("no-files");
    let run = script(functions(&book), [import].into_iter()).replace("RDB_SAS='asked RDB_SAS'\n", "");
    let output = stage.run_on("sh", &[], &run);
    assert!(!output.status.success() && said(&output).contains("RDB_SAS"), "{}", said(&output));
    assert_eq!(with(&stage.calls(), &["import"]).len(), 0);
}
