//! A rebuild says what its reload brings back, what it does not, and when the way home may be taken.

use super::of;
use crate::model::Topology;
use crate::plan::Plan;

/// What the source of truth does not have is no part of the reload: it comes from the last export, or it is lost, and both are said.
#[test]
fn a_rebuild_says_what_no_reload_brings_back() {
    use crate::plan::{Conflicts, DataClass, DataPart};
    use crate::units::Secs;
    let mut plan = Plan::default();
    let load_of = |plan: &Plan| {
        let answers = crate::evaluate::evaluate(plan, &super::catalog());
        answers.of(Topology::Rebuild).rto[0].steps.iter().find(|step| step.name == "load").unwrap().time
    };
    let every_key = load_of(&plan);
    let part = |name: &str, share, class| DataPart::new(name, share, share, class, Conflicts::Unknown);
    plan.data.parts = vec![part("sessions", 0.5, DataClass::HeldOnlyHere), part("prices", 0.5, DataClass::Rebuildable)];
    for (exported, said) in
        [(None, "so lost: sessions (50 %)"), (Some(Secs::hours(6.0)), "as old as the last export: sessions (50 %)")]
    {
        plan.data.export_interval = exported;
        let book = of(Topology::Rebuild, &plan);
        for title in ["Unplanned failover", "Failback"] {
            let steps = &book.sections.iter().find(|it| it.title == title).unwrap().steps;
            let text = |at: usize| steps[at].text.replace('\u{a0}', " ");
            let reload = (0..steps.len()).find(|at| text(*at).contains("Reload 50 % of ")).unwrap();
            // On the way home the cache that serves has it all: the loader is for one that does not answer.
            assert_eq!(text(reload).starts_with("Only if the cache in"), title == "Failback");
            let twice = steps.iter().position(|it| it.text.contains("Let the application write to both"));
            assert_eq!(twice.is_some_and(|at| text(at).contains("It alone holds sessions")), title == "Failback");
            assert!(text(reload).contains(said), "{}", text(reload));
            // One figure for the step, the RTO and the drill: half of the time of all keys.
            let load = load_of(&plan);
            assert!((load.high.as_secs() * 2.0 - every_key.high.as_secs()).abs() < 1e-6, "{load:?}");
            let figure = crate::units::format::duration_range(load);
            assert!(steps[reload].takes.contains(&figure), "{figure}: {}", steps[reload].takes);
            let import = steps.iter().position(|it| it.commands.contains("database import"));
            assert_eq!(import.is_some(), exported.is_some(), "{title}");
            assert!(import.is_none_or(|at| at < reload && text(at).contains("sessions (50 %)")));
        }
    }
    plan.data.export_interval = None;
    let book = of(Topology::Rebuild, &plan);
    let drill = &book.sections.iter().find(|it| it.title == "Drill").unwrap().steps;
    let said: String = drill.iter().flat_map(|it| [it.text.as_str(), &it.fails]).collect();
    // A rehearsal takes nothing from users, and loses nothing.
    assert!(said.contains("Spare the users") && !said.contains("admit") && !said.contains("so lost"), "{said}");
    plan.data.parts.clear();
    let book = of(Topology::Rebuild, &plan);
    let all: String = book.sections.iter().flat_map(|it| &it.steps).map(|it| it.text.as_str()).collect();
    assert!(all.replace('\u{a0}', " ").contains("Reload 100 %") && !all.contains("Held only here"));
}

/// What is held only here comes back with the old cache after an outage of the network: it is exported before that cache is deleted.
#[test]
fn a_rebuild_exports_the_old_cache_where_it_alone_holds_something() {
    use crate::plan::{Conflicts, DataClass, DataPart};
    let mut plan = Plan::default();
    for class in [DataClass::HeldOnlyHere, DataClass::Rebuildable, DataClass::Expendable] {
        plan.data.parts = vec![DataPart::new("sessions", 0.5, 0.5, class, Conflicts::Unknown)];
        for exported in [None, Some(crate::units::Secs::hours(6.0))] {
            plan.data.export_interval = exported;
            let book = of(Topology::Rebuild, &plan);
            let steps = &book.sections.iter().find(|it| it.title == "Afterwards").unwrap().steps;
            let gone = steps.iter().find(|it| it.commands.contains("az redisenterprise delete")).unwrap();
            let held = class == DataClass::HeldOnlyHere;
            assert_eq!(gone.text.contains("export it first (“Recovery point”)"), held, "{}", gone.text);
            assert_eq!(gone.rollback.contains("import of that export"), held, "{}", gone.rollback);
        }
    }
}

/// What nobody waits for is no part of the reload, and is named; where that is all, there is no reload.
#[test]
fn a_rebuild_leaves_out_what_is_expendable() {
    use crate::plan::{Conflicts, DataClass, DataPart};
    let mut plan = Plan::default();
    let failover = |plan: &Plan| {
        let book = of(Topology::Rebuild, plan);
        let steps = &book.sections.iter().find(|it| it.title == "Unplanned failover").unwrap().steps;
        steps.iter().map(|it| it.text.replace('\u{a0}', " ")).collect::<String>()
    };
    plan.data.parts = vec![DataPart::new("hints", 0.8, 0.8, DataClass::Expendable, Conflicts::Unknown)];
    let text = failover(&plan);
    assert!(text.contains("Reload 20 % of ") && text.contains("Expendable, so left out: hints (80 %)."), "{text}");
    plan.data.parts[0].share = crate::units::Ratio::ONE;
    assert!(!failover(&plan).contains("Reload "), "{}", failover(&plan));
}

/// Where the database has nothing to give back, no step of an incident, of the way home or of a drill reloads a share of 0 %, and the database
/// is not held for it; what is lost or left out is said all the same, and the recovery time has no load.
#[test]
fn a_rebuild_without_a_reload_has_no_step_for_one() {
    use crate::plan::{Conflicts, DataClass, DataPart};
    use crate::units::Secs;
    let mut plan = Plan::default();
    let part = |class| vec![DataPart::new("sessions", 1.0, 1.0, class, Conflicts::Unknown)];
    let (held, spare) = (DataClass::HeldOnlyHere, DataClass::Expendable);
    for (class, exported, said) in [
        (held, None, "so lost: sessions (100 %)."),
        (held, Some(Secs::mins(15.0)), "as old as the last export: sessions (100 %)."),
        (spare, None, "Expendable, so left out: sessions (100 %)."),
    ] {
        (plan.data.parts, plan.data.export_interval) = (part(class), exported);
        let book = of(Topology::Rebuild, &plan);
        let steps = book.sections.iter().flat_map(|it| &it.steps);
        let all: String = steps.flat_map(|it| [it.text.as_str(), &it.fails, &it.takes]).collect();
        for absent in ["Reload ", "eload", "Hold the database", "Spare the users", "guard below"] {
            assert!(!all.contains(absent), "{absent}: {all}");
        }
        assert_eq!(
            all.contains("Import the last export: the source of truth does not have sessions"),
            exported.is_some()
        );
        for title in ["Unplanned failover", "Failback"] {
            let when = &book.sections.iter().find(|it| it.title == title).unwrap().when.replace('\u{a0}', " ");
            assert!(when.contains("Nothing is reloaded") && when.contains(said), "{when}");
        }
        let answers = crate::evaluate::evaluate(&plan, &super::catalog());
        let chain = &answers.of(Topology::Rebuild).rto[0];
        assert!(chain.steps.iter().all(|step| step.name != "load"), "{:?}", chain.steps);
    }
}

/// The way home of a rebuild: both caches are written only while the other answers, the second write ends before that one is deleted, and
/// nothing of the first region goes while it serves.
#[test]
fn the_way_home_of_a_rebuild_says_its_conditions() {
    let mut plan = Plan::default();
    plan.active.network = crate::plan::Network::PrivateEndpoint;
    let book = of(Topology::Rebuild, &plan);
    let steps = |title: &str| &book.sections.iter().find(|it| it.title == title).unwrap().steps;
    let home = steps("Failback");
    let at = |part: &str| home.iter().position(|it| it.text.contains(part)).unwrap();
    let (twice, once) = (at("write to both caches"), at("turn the second write off"));
    assert!([twice, once].iter().all(|at| home[*at].text.contains(" answers: ")), "{}", home[twice].text);
    let gone = home.iter().position(|it| it.commands.contains("az redisenterprise delete")).unwrap();
    assert!(twice < once && once < gone && home[once].verify.contains("setcommands"));
    let deletes: Vec<_> = steps("Afterwards").iter().filter(|it| it.commands.contains(" delete ")).collect();
    assert_eq!(deletes.len(), 2, "the cache and its endpoints");
    assert!(deletes.iter().all(|it| it.text.starts_with("Only if the cache that serves is in another region: ")));
}
