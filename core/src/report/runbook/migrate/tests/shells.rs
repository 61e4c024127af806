//! Both shells, roles, and names that attack them.

use super::*;

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
            assert!(book[0].steps[0].commands.contains("/transcript-"), "{path:?}");
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

/// The role that an Owner gives for a move, an Owner takes back where it ends: the operators may not, by the role itself.
#[test]
fn the_role_of_a_path_is_taken_back() {
    for plan in plans() {
        for (path, book) in books(&plan) {
            let end = book.iter().find(|it| it.id == "migrate-clean-up").unwrap().steps.last().unwrap();
            assert!(
                end.text.contains("an Owner runs this") && book[1].when.contains("takes the role back"),
                "{path:?}"
            );
            let all: Vec<_> = scripts(&book).iter().flat_map(|script| calls(&run(script))).collect();
            let given = all.iter().find(|call| path_of(call) == "role assignment create").unwrap();
            let listed =
                all.iter().find(|it| path_of(it) == "role assignment list" && value(it, "--role").is_some()).unwrap();
            assert_eq!(value(listed, "--role"), value(given, "--role"), "{path:?}");
            assert!(end.commands.contains("one_by_one \"$ASSIGNMENTS\" az role assignment delete --ids"), "{path:?}");
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
