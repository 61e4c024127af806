//! How long a pair pauses its writes, and what that costs.

use super::pair::acted;
use super::{catalog, commands, confirmed, created, created_with_entra, of};
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::model::rto::{RtoPath, planned_pause};
use crate::plan::{Confirmation, Plan};
use crate::units::Secs;

/// One quick drill shortens no pause: the plan's range of the unlink, 2 to 15 min, holds until three are known.
#[test]
fn one_drill_does_not_shorten_the_pause() {
    let mut plan = created();
    plan.passive.network = crate::plan::Network::PrivateEndpoint;
    plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo;
    let pause = |plan: &Plan| planned_pause(plan, &evaluate(plan, &catalog()).of(Topology::Passive).rto).as_secs();
    let before = pause(&plan);
    let drilled = |times: &[f64]| {
        let mut plan = plan.clone();
        plan.recovery.evidence.push(crate::plan::Evidence {
            step: "unlink".to_owned(),
            kind: crate::plan::EvidenceKind::Measured,
            times: times.iter().map(|time| Secs::mins(*time)).collect(),
        });
        pause(&plan)
    };
    assert!((drilled(&[6.0]) - before).abs() < 1.0, "one drill");
    assert!((drilled(&[6.0, 20.0]) - before - 300.0).abs() < 1.0, "a slower one lengthens it by 5 min");
    assert!((before - drilled(&[6.0, 5.0, 4.0]) - 540.0).abs() < 1.0, "three take its place: 6 for 15 min");
    assert!((drilled(&[6.0, 6.0, 5.0, 6.0]) - before).abs() < 1.0, "two drills, one of them entered again");
}

/// Only the way by unlink is open: the pause outlasts it, or the old primary takes writes that the relink deletes. By hand, default steps
/// without detect and decide: the text's own high end and 3 min for a metric that comes late, rounded up to whole minutes; a longer pause of
/// the plan stands.
#[test]
fn the_pause_outlasts_the_way_by_unlink() {
    let pause = |plan: &Plan| -> Vec<f64> {
        let text = commands(&of(Topology::Passive, plan)).concat();
        text.split("CLIENT PAUSE ").skip(1).filter_map(|it| it.split_once(" WRITE")?.0.parse().ok()).collect()
    };
    let mut plan = created();
    plan.passive.network = crate::plan::Network::PrivateEndpoint;
    plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo;
    let evaluation = evaluate(&plan, &catalog());
    let chain = evaluation.of(Topology::Passive).rto.iter().find(|chain| chain.path == RtoPath::Unlink).unwrap();
    let acts = chain.steps.iter().filter(|step| !["recovery.detect", "recovery.decide"].contains(&step.field));
    let longest = (acts.map(|step| step.time.high).sum::<Secs>() + Secs::mins(3.0)).as_secs() * 1e3;
    assert!(longest > 1_800_000.0, "longer than the plan's pause of 30 min");
    let all = pause(&plan);
    assert!(all.len() >= 2 && all.iter().all(|it| *it >= longest && *it < longest + 6e4), "{all:?} {longest}");
    plan.recovery.client_pause = Secs::hours(3.0);
    assert!(pause(&plan).iter().all(|it| (it - 10_800_000.0).abs() < 1.0));
}

/// Fresh readers: the pause is weighed against the way around it, with the figures of M-05 and of the copy (M-03).
#[test]
fn the_pause_is_weighed_against_the_way_around_it() {
    for plan in [confirmed(), created_with_entra()] {
        let evaluation = evaluate(&plan, &catalog());
        let chain = |path| evaluation.of(Topology::Passive).rto.iter().find(|chain| chain.path == path);
        let unlink = chain(RtoPath::Unlink).unwrap();
        let noticed = |step: &&crate::model::rto::RtoStep| !["detect", "decide"].contains(&step.name);
        // The offset is seen a minute late at best.
        let least = Secs::mins(1.0) + unlink.steps.iter().filter(noticed).map(|step| step.time.low).sum::<Secs>();
        for title in ["Planned failover", "Failback"] {
            let text = acted(&plan, title).0;
            let figure = crate::units::format::duration(least);
            let least = figure.split('\u{a0}').next().unwrap();
            let pause = planned_pause(&plan, &evaluation.of(Topology::Passive).rto);
            let pause = crate::units::format::duration(pause);
            assert!(text.contains(&pause) && text.contains(least), "{pause} {least}: {text}");
            assert!(
                text.contains("until the relink is complete no other region has the data. The full sync of"),
                "{text}"
            );
        }
    }
}

/// The metric of the offset comes 1 to 3 min late, however fast the link drains: step, recovery path and pause have one figure. A drill by the
/// other way pauses for as long as that takes at worst.
#[test]
fn the_wait_for_the_offset_is_that_of_the_recovery_path() {
    use crate::units::format::{duration, duration_range};
    let plan = confirmed();
    let evaluation = evaluate(&plan, &catalog());
    let chain = |path| evaluation.of(Topology::Passive).rto.iter().find(|chain| chain.path == path).unwrap();
    let drain = chain(RtoPath::PlannedFailover).steps[0].time;
    assert_eq!([drain.low, drain.mode, drain.high].map(Secs::as_mins), [1.0, 2.0, 3.0]);
    let book = of(Topology::Passive, &plan);
    let section = book.sections.iter().find(|it| it.title == "Planned failover").unwrap();
    let wait = section.steps.iter().find(|it| it.text.starts_with("Wait until the offset is below")).unwrap();
    assert!(wait.takes.contains(&duration_range(drain)), "{}", wait.takes);
    let choice = section.steps.iter().find(|it| it.text.starts_with("Choose the way")).unwrap();
    let unlink = chain(RtoPath::Unlink);
    let pause = format!("for the other way pause for {} in them", duration(unlink.pause_of_unlink(&plan)));
    assert!(
        choice.text.contains(&pause) && choice.text.contains(&duration_range(unlink.wait_of_unlink())),
        "{}",
        choice.text
    );
    assert!(unlink.pause_of_unlink(&plan) >= unlink.wait_of_unlink().high);
}
