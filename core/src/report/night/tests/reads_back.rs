//! What a night measured comes back: its log is read again.

use super::*;
use crate::units::names::Named;

/// Whatever a night of any design times comes back from its saved log as it is there: each step's field, and its time. Clients that are pointed
/// elsewhere in parts, by a record and by their configuration, are one step: 4 min.
#[test]
fn every_step_of_a_night_reads_back_from_its_log() {
    let catalog = Catalog::bundled().unwrap();
    let mut fields = std::collections::BTreeSet::new();
    for text in PRESETS {
        let plan = crate::codec::from_json(text).unwrap();
        let evaluation = evaluate(&plan, &catalog);
        for topology in Topology::ALL {
            for loss in [Loss::Serving, Loss::Copy] {
                let night =
                    night_of(topology, loss, Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation });
                let (mut log, mut expected) = (NightLog::of(&night), Vec::<(String, Secs)>::new());
                log.began = Some(at(0.0));
                for (done, step) in night.steps.iter().enumerate() {
                    log.tick(step, at(2.0 * (1 + done) as f64));
                    let took = if step.field == "detect" { 2.0 * (1 + done) as f64 } else { 2.0 };
                    fields.insert(step.field);
                    match expected.last_mut() {
                        _ if step.field.is_empty() => {}
                        Some((before, sum)) if step.field == "repoint" && before == "repoint" => {
                            *sum += Secs::mins(took);
                        }
                        _ => expected.push((step.field.to_owned(), Secs::mins(took))),
                    }
                }
                let text = log.document(&clock(at(9_000.0))).markdown();
                assert_eq!(crate::import::drill_log::read_drill_log(&text), Ok(expected), "{text}");
            }
        }
    }
    assert!(["warm_up", "force_unlink", "detect", "create"].iter().all(|it| fields.contains(it)), "{fields:?}");
}

/// Setting up a shell and finding the primary end no detection: 14 min since the outage began, not the 2 since the step before.
#[test]
fn detection_is_counted_from_the_outage() {
    let night = of(Topology::Passive, &Plan::default());
    let detect = night.steps.iter().position(|step| step.field == "detect").unwrap();
    assert!(detect >= 2, "steps stand before it");
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    for (step, minutes) in night.steps[..detect].iter().zip([11.0, 12.0, 13.0]) {
        log.tick(step, at(minutes));
    }
    log.tick(&night.steps[detect], at(14.0));
    let took: Vec<_> = log.timed().filter(|(entry, _)| entry.step.is_some()).map(|(_, took)| took).collect();
    assert_eq!(took, [Some(Secs::mins(14.0))]);
}

/// Plans of every switch, their clients moved by people or by themselves.
fn moved_by() -> Vec<Plan> {
    let mut plans = Vec::new();
    for (switch, ..) in crate::plan::TrafficSwitch::NAMES {
        for by_itself in [false, true] {
            let mut plan = Plan::default();
            plan.traffic.switch = *switch;
            if by_itself {
                plan.active.checks.application_redirects = crate::plan::Confirmation::Confirmed;
                plan.recovery = plan.recovery.at(crate::plan::Readiness::Rehearsed);
            }
            plans.push(plan);
        }
    }
    let by_themselves = plans.iter().filter(|plan| plan.redirects_itself()).count();
    assert!((2..plans.len()).contains(&by_themselves), "{by_themselves}");
    plans
}

/// What a night times goes into the recovery of users: a step of the chains of an outage (M-06) of its design, or the force-unlink.
#[test]
fn a_failover_times_the_steps_of_its_chain() {
    let catalog = Catalog::bundled().unwrap();
    let presets = PRESETS.iter().map(|text| crate::codec::from_json(text).unwrap());
    for plan in presets.chain(moved_by()) {
        let evaluation = evaluate(&plan, &catalog);
        for topology in Topology::ALL {
            let chains: Vec<_> = evaluation.of(topology).rto.iter().filter(|chain| chain.unplanned).collect();
            let night = night(topology, Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation });
            for step in night.steps.iter().filter(|step| !chains.is_empty() && step.part == night.main) {
                let path = format!("recovery.{}", step.field);
                let counted = chains.iter().any(|chain| chain.steps.iter().any(|it| it.field == path));
                let known = step.field.is_empty() || step.field == "force_unlink" || counted;
                assert!(known, "{} {topology:?}: {} times {}", plan.name, step.words, step.field);
            }
        }
    }
}

/// A group's users are back when they were moved, not when the member that takes them has answered: by hand, each step 10 min after the one
/// before.
#[test]
fn users_are_back_with_the_step_that_moves_them() {
    for plan in moved_by() {
        let mut night = of(Topology::Active, &plan);
        night.deadline = None;
        let moves = if plan.redirects_itself() { "redirect" } else { "repoint" };
        let last = night.steps.iter().rposition(|step| step.part == night.main && step.field == moves).unwrap();
        let mut log = NightLog::of(&night);
        log.began = Some(at(0.0));
        for (step, minutes) in night.steps[..=last].iter().zip((1..).map(|step| 10.0 * f64::from(step))) {
            let head = countdown(&night, &log, &clock(at(minutes))).unwrap().head;
            assert!(!head.starts_with("Users are back since"), "{:?}: {head}", plan.traffic.switch);
            log.tick(step, at(minutes));
        }
        let head = countdown(&night, &log, &clock(at(900.0))).unwrap().head;
        let moved = clock(at(900.0)).time_of(at(10.0 * (last + 1) as f64));
        assert_eq!(head, format!("Users are back since {moved}"), "{:?}", plan.traffic.switch);
        let asked = night.steps.iter().position(|step| step.words.starts_with("Ask the nearest")).unwrap();
        let switched = crate::plan::TrafficSwitch::Unsaid != plan.traffic.switch;
        assert_eq!(last, asked + usize::from(switched), "{:?}: one step moves them", plan.traffic.switch);
    }
}

/// What waits for a region, for people, for a sync or for a quiet hour is no time of a step. With an hour before every tick but those that only
/// a command takes, 2 min each, nothing longer comes back than those: no range of the plan gets an hour.
#[test]
fn a_wait_times_nothing() {
    const COMMANDS: [&str; 7] = ["create", "force_unlink", "geo_failover", "import", "load", "unlink", "warm_up"];
    let catalog = Catalog::bundled().unwrap();
    let presets = PRESETS.iter().map(|text| crate::codec::from_json(text).unwrap());
    for plan in presets.chain(moved_by()) {
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let nights = Topology::ALL.into_iter().flat_map(|it| [(it, Loss::Serving), (it, Loss::Copy)]);
        for (topology, loss) in nights.filter(|(it, loss)| *loss == Loss::Serving || losses(*it).contains(loss)) {
            let night = night_of(topology, loss, subject);
            let (mut log, mut minutes) = (NightLog::of(&night), 0.0);
            log.began = Some(at(0.0));
            for step in &night.steps {
                let users_wait = loss == Loss::Serving && step.part == night.main;
                minutes += if users_wait || COMMANDS.contains(&step.field) { 2.0 } else { 60.0 };
                log.tick(step, at(minutes));
            }
            for (entry, took) in log.timed().filter(|(entry, _)| entry.step.as_deref().is_some_and(|it| it != "detect"))
            {
                assert_eq!(took, Some(Secs::mins(2.0)), "{} {topology:?} {loss:?}: {}", plan.name, entry.words());
            }
            let timed = night.steps.iter().any(|step| !step.field.is_empty());
            assert!(timed || evaluation.of(topology).rto.is_empty(), "{topology:?}");
        }
    }
}

/// An outage that begins tomorrow would move every deadline.
#[test]
fn an_outage_ahead_is_told() {
    let (night, mut log) = (group(), NightLog::of(&group()));
    log.began = Some(at(24.0 * 60.0));
    let said = countdown(&night, &log, &clock(at(0.0))).unwrap();
    assert_eq!((said.left.as_str(), said.weight), ("", Weight::Bad));
    assert!(said.head.starts_with("The outage begins in the future, at 03:14 on 2026-11-30"), "{}", said.head);
}

/// A log of the first version reads, and is written as one of this.
#[test]
fn an_old_log_reads() {
    let old = format!(
        r#"{{"v":1,"title":"Orders · passive pair","began":{BEGAN},"entries":[{{"at":{BEGAN},"what":{{"done":"Unlink"}},"step":"unlink"}}]}}"#
    );
    let log = NightLog::from_text(&old).unwrap();
    assert_eq!(log.entries().len(), 1);
    assert!(log.to_text().starts_with("{\"v\":2,"), "{}", log.to_text());
}
