//! The runbook of each path of a move: its PowerShell is read by its grammar, and a shell finds no fault in the whole of it.

use super::{confirmation, private, public, unread_of};
use dr_core::catalog::{Catalog, SkuId};
use dr_core::evaluate::evaluate;
use dr_core::plan::{Confirmation, Plan};
use dr_core::report::runbook::{MoveSection, Shell, moving};
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
    [private(), public()].into_iter().flat_map(one).collect()
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
