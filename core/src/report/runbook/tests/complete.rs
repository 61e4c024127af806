//! No step leaves its reader alone: commands, what to expect, what shows it, how long it takes, what to do if it fails.

use super::{all_plans, of};
use crate::model::Topology;
use crate::plan::{Confirmation, Evidence, EvidenceKind, Plan};
use crate::report::runbook::complete::is_look;
use crate::report::runbook::powershell::programs;
use crate::report::runbook::{Runbook, Step};
use crate::units::Secs;
use std::collections::BTreeSet;

/// Steps that run nothing, by how they begin, and why: people or the application do them.
const BY_PEOPLE: &[(&str, &str)] = &[
    ("Owner:", "people fill it in before an incident"),
    ("Fill in before an incident", "people fill it in before an incident"),
    ("Create the second cache in advance", "the steps of “Unplanned failover” hold its commands"),
    ("Hold the database below", "the application admits users"),
    ("Only if the cache in", "the application writes, has the loader, and admits users"),
    ("Let test clients read", "the application has the clients"),
    ("Reload ", "the application has the loader"),
    ("Spare the users", "the application has the loader"),
    ("Point the configuration of every region's clients", "the application has the configuration"),
    (
        "Before anything is linked, once more",
        "the application has the configuration, where no record leads the clients",
    ),
    ("Only after an unlink", "the application has the configuration, where no record leads the clients"),
    ("Roll out the configuration", "the application has the configuration"),
    ("Watch the clients: their breakers", "the client library moves them"),
    ("Put the transcripts into the plan", "dr-planner runs it, not a shell of the caches"),
    ("Warm what the copy is missing", "the application has the loader"),
    ("Record when the outage began", "people record it"),
    ("Decide", "people decide"),
    ("Choose the way", "people decide"),
    ("Know the price", "people decide"),
    ("In this plan no copy is ever complete", "nothing can be done"),
    (
        "Only if the secondary is lost for good: Restore from the exported description",
        "what differs is known on that day",
    ),
    ("Return in a quiet hour", "it is the section “Failback”"),
    ("Only if the secondary is lost for good: it cannot be replaced", "nothing can be created"),
    ("Keep the configuration for each cache ready", "the application has the configuration"),
    ("Give every client all caches", "the client library is configured"),
    ("Keep the failback by hand", "the client library is configured"),
];

/// Steps that no other command shows, by how they begin, and why.
const SEEN_ELSEWHERE: &[(&str, &str)] = &[
    ("Keep the evidence", "it defines functions; the next step's line in the transcript shows them"),
    ("Define find_primary", "it defines functions; the first step of a section calls them"),
    ("Define set_lost", "it defines functions; the first step of a section calls them"),
    ("Rotate keys", "no client is refused"),
    ("Measure the lag", "it prints the lag itself"),
    ("Check that the member is whole", "it prints metrics and the lag itself"),
    ("Pause the primary's writes", "the answer of the pause is OK"),
    ("End the pause on", "the answer is OK"),
    ("Ask the nearest living member", "the SET answers OK"),
    ("Bring the clients of the member back", "the SET answers OK"),
    ("Verify the new primary", "the SET answers OK"),
    ("Go back at once", "the record is printed and the answer is OK"),
    ("Move the users in", "the name or the page is asked for from the clients' side"),
    ("Bring the users back in", "the name or the page is asked for from the clients' side"),
    ("Set the key redis:target", "the clients read the key"),
    ("Lead the clients' record", "the name is asked for from the clients' side"),
    ("Create the profile", "each command prints what it made"),
    ("Create one origin per region", "each command prints what it made"),
    ("Create the store", "each command prints what it made"),
];

fn begins(step: &Step, list: &[(&str, &str)]) -> bool {
    list.iter().any(|(text, _)| step.text.starts_with(text))
}

/// True where the commands end in a look, or run nothing: their own output shows whether they worked.
fn shows_itself(step: &Step) -> bool {
    programs(&step.commands).is_some_and(|all| all.last().is_none_or(|last| is_look(last)))
}

/// What a step leaves open.
fn open(step: &Step) -> Vec<&'static str> {
    let by_people = begins(step, BY_PEOPLE);
    let shown = !step.verify.is_empty() || by_people || shows_itself(step) || begins(step, SEEN_ELSEWHERE);
    [
        ("commands", !step.commands.is_empty() || by_people),
        ("expected", !step.check.is_empty()),
        ("check command", shown),
        ("time", !step.takes.is_empty()),
        ("if it fails", !step.fails.is_empty()),
    ]
    .into_iter()
    .filter_map(|(what, there)| (!there).then_some(what))
    .collect()
}

/// Every step of every runbook of every preset, and of plans that print the rest, says all of it; exceptions are listed with a reason.
#[test]
fn every_step_of_every_preset_is_complete() {
    let (mut missing, mut excused) = (BTreeSet::new(), BTreeSet::new());
    for plan in super::roles::plans() {
        for topology in Topology::ALL {
            for section in of(topology, &plan).sections {
                for step in &section.steps {
                    let all = || BY_PEOPLE.iter().chain(SEEN_ELSEWHERE).map(|it| it.0);
                    excused.extend(all().filter(|text| step.text.starts_with(text)));
                    let begins: String = step.text.chars().take(60).collect();
                    missing.extend(open(step).into_iter().map(|what| format!("{}: {begins}: {what}", section.title)));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}\n{}", missing.len(), missing.into_iter().collect::<Vec<_>>().join("\n"));
    let idle = BY_PEOPLE.iter().chain(SEEN_ELSEWHERE).map(|it| it.0).filter(|text| !excused.contains(text));
    assert_eq!(idle.collect::<Vec<_>>(), Vec::<&str>::new(), "exceptions of no step");
}

/// A step that changes something says how to take it back, or that nothing does.
#[test]
fn what_changes_something_has_a_way_back() {
    let mut missing = BTreeSet::new();
    for plan in all_plans() {
        for topology in Topology::ALL {
            for section in of(topology, &plan).sections {
                for step in section.steps.iter().filter(|step| step.rollback.is_empty()) {
                    let all = programs(&step.commands).unwrap_or_default();
                    let changes = |words: &Vec<String>| words[0] == "az" && !is_look(words);
                    // What sets up the shell changes nothing in Azure.
                    if all.iter().any(changes) && !section.title.starts_with("Before") {
                        missing.insert(format!(
                            "{}: {}",
                            section.title,
                            step.text.chars().take(60).collect::<String>()
                        ));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
}

/// No loop waits for ever: none is printed outside `settled`, which has a limit and ends on Failed and Canceled.
#[test]
fn no_loop_stands_in_a_step() {
    for plan in all_plans() {
        for topology in Topology::ALL {
            for script in super::commands(&of(topology, &plan)).into_iter().filter(|it| !it.contains("settled() {")) {
                let loops = |line: &str| ["until ", "while "].iter().any(|word| line.trim_start().starts_with(word));
                assert!(!script.lines().flat_map(|line| line.split(';')).any(loops), "{script}");
            }
        }
    }
}

/// A cache that a step deletes is not asked after it: it would answer `NotFound`, which the head explains as a wrong name.
#[test]
fn what_is_deleted_is_asked_nothing() {
    let mut seen = 0;
    for plan in all_plans() {
        for topology in Topology::ALL {
            for step in of(topology, &plan).sections.iter().flat_map(|section| &section.steps) {
                for deleted in ["az redis delete --name ", "az redisenterprise delete --cluster-name "] {
                    for name in
                        step.commands.split(deleted).skip(1).filter_map(|rest| rest.split(" --resource-group").next())
                    {
                        let asked = |line: &str| line.contains(" show ") && line.contains(&format!("name {name} "));
                        assert!(!step.verify.lines().any(asked), "{}: {}", step.text, step.verify);
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

/// The head says that a step without a time takes 10 min at most: one that waits for an update, up to an hour, says its own.
#[test]
fn a_step_that_waits_for_an_update_says_how_long() {
    let mut seen = 0;
    for plan in super::roles::plans() {
        for step in of(Topology::Passive, &plan).sections.iter().flat_map(|section| &section.steps) {
            let waits = step.commands.contains("\nsettled 60 ");
            assert!(!waits || !super::super::complete::is_usual(&step.takes), "{}: {}", step.text, step.takes);
            seen += usize::from(waits);
        }
    }
    assert!(seen > 3, "{seen}");
}

/// A look at a pair that finds it other than expected says what to do: the head speaks only of one without an answer.
#[test]
fn a_look_that_finds_a_pair_unlike_says_what_to_do() {
    let mut plan = Plan::default();
    plan.passive.exists = Confirmation::Confirmed;
    let book = of(Topology::Passive, &plan);
    for (title, begins) in [("Create", "Inspect both"), ("Watch", "Read health"), ("Watch", "Count the full syncs")] {
        let section = book.sections.iter().find(|section| section.title == title).unwrap();
        let step = section.steps.iter().find(|step| step.text.starts_with(begins)).unwrap();
        assert!(step.fails.contains("do not drill"), "{begins}: {}", step.fails);
    }
}

/// What is saved before a drill is asked of the service that the design is of, as its runbook does.
#[test]
fn a_drill_kit_saves_by_the_command_of_its_service() {
    let (plan, catalog) = (Plan::default(), crate::catalog::Catalog::bundled().unwrap());
    let evaluation = crate::evaluate::evaluate(&plan, &catalog);
    let subject = crate::report::views::Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    for (topology, saved) in [
        (Topology::Passive, "redis"),
        (Topology::Active, "redisenterprise database"),
        (Topology::Rebuild, "redisenterprise"),
    ] {
        let kit = crate::report::drill_kit::drill_kit(subject, topology);
        let told = crate::report::document::plain("", &[kit]);
        assert!(told.contains(&format!("az {saved} show of every cache is saved.")), "{topology:?}: {told}");
    }
}

/// A drill took the decision in 9 and 11 minutes and the creation in 25: the steps say those times, and no range of before.
#[test]
fn a_step_says_the_time_that_drills_measured() {
    let mut plan = super::preset(super::GAMING);
    let measured = |step: &str, minutes: &[f64]| Evidence {
        step: step.to_owned(),
        kind: EvidenceKind::Measured,
        times: minutes.iter().map(|minutes| Secs::mins(*minutes)).collect(),
    };
    let before = of(Topology::Active, &plan);
    plan.recovery.evidence = vec![measured("decide", &[9.0, 11.0]), measured("create", &[25.0])];
    let after = of(Topology::Active, &plan);
    let all = |runbook: &Runbook| runbook.sections.iter().flat_map(|section| section.steps.clone()).collect::<Vec<_>>();
    let of_field = |field: &str| {
        all(&after)
            .into_iter()
            .filter(|step| step.field == field)
            .map(|step| step.takes.replace('\u{a0}', " "))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(of_field("decide"), ["Takes 10 min (9 min – 11 min), measured in 2 drills.".to_owned()].into());
    assert_eq!(of_field("create"), ["Takes 25 min, measured in 1 drill.".to_owned()].into());
    let other = |steps: Vec<Step>| {
        steps
            .into_iter()
            .filter(|step| !["decide", "create"].contains(&step.field))
            .map(|it| it.takes)
            .collect::<Vec<_>>()
    };
    assert_eq!(other(all(&before)), other(all(&after)));
}
