//! Lines, bands and words of the outage's charts.

use super::{Change, GAMING, TAX, catalog, made, pair_risk, preset, timeline};
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::model::outage_simulation::what_if;
use crate::plan::{Confirmation, Failure, Plan};
use crate::report::chart::{Band, Ink, Plot, timeline_chart};
use crate::units::format;
use crate::units::{OpsPerSec, Secs};

/// Shaded from the loss to the copy in sync, and to the end where none comes; the failback after it is not in the shade.
#[test]
fn the_time_without_a_second_copy_is_shaded() {
    let shades = |change: Change| {
        let mut plan = preset(TAX);
        plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
        change(&mut plan);
        let chart = made(pair_risk, &plan).unwrap();
        let Plot::Lines(panes) = chart.plot else { panic!("lines") };
        let ends = |band: &Band| band.points.iter().map(|point| format::duration(Secs::secs(point.0))).collect();
        let ends: Vec<Vec<String>> = panes[0].bands.iter().map(ends).collect();
        ends.concat().join(", ").replace('\u{a0}', " ")
    };
    assert_eq!(shades(|_| {}), "0 s, 4 h 2 min");
    // As `both lost` above: the second loss is within the same shade.
    assert_eq!(
        shades(|plan| (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(2.0))),
        "0 s, 6 h 2 min"
    );
    // Nothing is promoted where no copy is ever complete; the primary writes on beside a link that never comes back.
    let never = shades(|plan| {
        plan.outage.failure = Failure::Partition;
        plan.assumptions.sync_rate = crate::units::Range::exactly(crate::units::BytesPerSec::mb_per_s(1.0));
        plan.assumptions.passive_backlog = crate::units::Bytes::bytes(1.0);
    });
    assert_eq!(never, "0 s, 4 h 7 min", "the axis ends 3 % after the last event");
}

/// The line of what is at risk is the log's: it ends every step at the bytes that the answer names, and falls to nothing.
#[test]
fn what_is_at_risk_is_drawn_below_the_timeline() {
    let mut plan = preset(GAMING);
    plan.regions.truncate(2);
    let catalog = catalog();
    let story = what_if(&plan, &catalog, &evaluate(&plan, &catalog)).unwrap();
    let Plot::Lines(panes) = timeline_chart(&plan, &catalog, &story).plot else { panic!("lines") };
    let [used, _, risk] = panes.as_slice() else { panic!("three panes") };
    assert_eq!(used.x, risk.x);
    let most = risk.lines[0].points.iter().fold(0.0, |most: f64, point| most.max(point.1));
    assert!((most / story.own(&plan).answers.at_risk.as_bytes() - 1.0).abs() < 1e-9);
    assert!(risk.lines[0].points.last().unwrap().1 < 1.0);
    // Three members: two are always in sync, and there is nothing to draw.
    let Plot::Lines(panes) = made(timeline, &preset(GAMING)).unwrap().plot else { panic!("lines") };
    assert_eq!(panes.len(), 2);
}

/// The shade holds the survivor's line at every moment and ends with the axis.
#[test]
fn the_band_holds_the_line() {
    for acts in [true, false] {
        let mut plan = preset(GAMING);
        plan.outage.acts = acts;
        let Plot::Lines(panes) = made(timeline, &plan).unwrap().plot else { panic!("lines") };
        let (band, line) = (&panes[0].bands[0], &panes[0].lines[0]);
        assert_eq!((band.label.as_str(), band.ink), ("low – high coefficients", line.ink));
        assert_eq!(band.points.last().unwrap().0.to_bits(), line.points.last().unwrap().0.to_bits());
        for (x, low, high) in &band.points {
            let Some(at) = line.points.iter().find(|point| point.0.to_bits() == x.to_bits()) else { continue };
            assert!(*low <= at.1 + 1e-9 && at.1 <= *high + 1e-9, "{x}: {low} {} {high}", at.1);
        }
        assert!(band.points.iter().any(|(_, low, high)| high - low > 5.0), "a band that can be seen");
    }
}

/// Nothing to unlink in time, and nobody left to act for: the sentence says so instead of a time.
#[test]
fn a_timeline_without_a_deadline() {
    let says = |change: fn(&mut Plan)| {
        let mut plan = preset(GAMING);
        change(&mut plan);
        let chart = made(timeline, &plan).unwrap();
        chart.says.iter().map(|span| span.text.replace('\u{a0}', " ")).collect::<String>()
    };
    let late = says(|plan| plan.assumptions.unlink_margin = Secs::hours(12.0));
    assert!(late.starts_with("Act at once after the loss: no later start is in time in 95 of 100 cases"), "{late}");
    let still = says(|plan| plan.workload.writes = OpsPerSec::ZERO);
    assert_eq!(still, "Memory of North Europe does not fill up: there is no deadline.");
}

/// A lost region keeps its last value in grey; who acts has the line of nobody acting beside the survivors'.
#[test]
fn lines_of_a_timeline() {
    let Plot::Lines(panes) = made(timeline, &preset(GAMING)).unwrap().plot else { panic!("lines") };
    let said: Vec<(&str, Ink)> = panes[0].lines.iter().map(|line| (line.label.as_str(), line.ink)).collect();
    let expected = [
        ("North Europe and Southeast Asia", Ink::Topology(Topology::Active)),
        ("West US 2 (lost)", Ink::Quiet),
        ("nobody acts", Ink::Warn),
    ];
    assert_eq!(said, expected);
    let lost = &panes[0].lines[1].points;
    let at_loss = lost[0].1;
    assert!(lost.iter().take_while(|point| point.0 < 4.0 * 3_600.0).all(|point| (point.1 - at_loss).abs() < 1e-9));
    assert!(panes[0].marks.iter().filter(|mark| mark.vertical && mark.strong).count() <= 1);
    assert_eq!(panes[0].x, panes[1].x);
}
