//! What a night measured comes back: its log is read again.

use super::*;

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

/// What waits for a region, a sync or a quiet hour is no time of a step.
#[test]
fn a_wait_times_nothing() {
    for topology in Topology::ALL {
        let night = of(topology, &Plan::default());
        let main = |step: &&NightStep| step.part == night.main;
        assert!(
            night.steps.iter().filter(|step| !main(step)).all(|step| step.field != "delete_member"),
            "{topology:?}"
        );
        assert!(night.steps.iter().filter(main).any(|step| !step.field.is_empty()), "{topology:?}");
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
