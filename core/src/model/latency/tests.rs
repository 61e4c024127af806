use super::*;
use crate::model::testing::{Answers, CATALOG, even_regions, region};
use crate::plan::RttOverride;

/// One call, 1 ms inside a region and 0.5 ms of service, 80 ms between the two that the tests' plan has.
fn plan() -> Plan {
    let mut plan = Plan::default();
    plan.latency.round_trips =
        vec![RttOverride { a: region("northeurope"), b: region("eastus"), rtt: Secs::millis(80.0) }];
    plan
}

/// Milliseconds of a write and a read by region, and who takes the writes.
fn millis(rows: &[RegionLatency]) -> Vec<(Option<&str>, f64, f64)> {
    let whole = |time: Option<Secs>| time.map_or(-1.0, |time| (time.as_millis() * 10.0).round() / 10.0);
    rows.iter().map(|row| (row.writes_to.as_ref().map(RegionId::as_str), whole(row.write), whole(row.read))).collect()
}

#[test]
fn each_topology_serves_from_where_it_stands() {
    let (us, eu) = (Some("eastus"), Some("northeurope"));
    let mut plan = plan();
    let at = |topology, plan: &Plan| Answers::of(topology, plan).latency;
    let passive = at(Topology::Passive, &plan);
    assert_eq!(millis(&passive.normal), [(us, 1.5, 1.5), (us, 80.5, 80.5)]);
    assert_eq!(millis(&passive.primary_down), [(eu, 80.5, 80.5), (eu, 1.5, 1.5)]);
    assert_eq!(passive.staleness, None);
    plan.passive.reads_from_secondary = true;
    let passive = at(Topology::Passive, &plan);
    assert_eq!(millis(&passive.normal), [(us, 1.5, 1.5), (us, 80.5, 1.5)]);
    assert_eq!(passive.staleness, Some(Secs::millis(50.0)), "80 ÷ 2 + 10 ms of batch");
    let active = at(Topology::Active, &plan);
    assert_eq!(millis(&active.normal), [(us, 1.5, 1.5), (eu, 1.5, 1.5)]);
    assert_eq!(millis(&active.primary_down), [(eu, 80.5, 80.5), (eu, 1.5, 1.5)]);
    let rebuild = at(Topology::Rebuild, &plan);
    assert_eq!(millis(&rebuild.primary_down), millis(&active.primary_down), "once it is reloaded");
    plan.regions.truncate(1);
    assert_eq!(millis(&at(Topology::Rebuild, &plan).primary_down), [(None, -1.0, -1.0)]);
}

/// `calls × (RTT + service) + rest`: 4 × 80.5 + 100 ms.
#[test]
fn calls_in_sequence_add_up() {
    let mut plan = plan();
    (plan.latency.calls_in_sequence, plan.latency.rest_of_request) = (4, Secs::millis(100.0));
    let (worst, time) = Answers::of(Topology::Passive, &plan).latency.worst_write.unwrap();
    assert_eq!((worst, time.as_millis().round()), (region("northeurope"), 422.0));
}

#[test]
fn the_share_inside_the_target_counts_users() {
    let mut plan = plan();
    for (target, share) in [(1.0, 0.0), (10.0, 0.6), (100.0, 1.0)] {
        plan.objectives.write_latency = Some(Secs::millis(target));
        let inside = Answers::of(Topology::Passive, &plan).latency.users_within_target.unwrap();
        assert!((inside.as_fraction() - share).abs() < 1e-12, "{target} ms");
    }
    plan.objectives.write_latency = None;
    assert_eq!(Answers::of(Topology::Passive, &plan).latency.users_within_target, None);
}

/// A round trip that nobody published is unknown, unless nobody is there to feel it.
#[test]
fn an_unknown_round_trip_leaves_the_worst_write_open() {
    let mut plan = Plan { regions: even_regions(&["eastus", "nowhere"]), ..Plan::default() };
    let latency = Answers::of(Topology::Passive, &plan).latency;
    assert_eq!((latency.normal[1].write, &latency.worst_write, latency.users_within_target), (None, &None, None));
    assert_eq!(latency.normal[1].writes_to, Some(region("eastus")));
    (plan.regions[1].users, plan.regions[1].writes) = (Ratio::ZERO, Ratio::ZERO);
    let latency = Answers::of(Topology::Passive, &plan).latency;
    assert_eq!(latency.worst_write.map(|(region, _)| region), Some(region("eastus")));
    assert_eq!(latency.users_within_target, Some(Ratio::ONE));
    let lag = Answers::of(Topology::Passive, &plan).rpo.steady.as_millis();
    assert!((lag - 350.0 / 2.0 - 10.0).abs() < 1e-9, "the lag takes a long one: {lag} ms");
}

#[test]
fn own_round_trips_win_in_either_direction() {
    let plan = plan();
    let (us, eu) = (region("eastus"), region("northeurope"));
    for (a, b) in [(&us, &eu), (&eu, &us)] {
        let trip = round_trip(&plan, &CATALOG, a, b).unwrap();
        assert_eq!((trip.rtt, trip.yours), (Secs::millis(80.0), true));
    }
    let published = round_trip(&Plan::default(), &CATALOG, &us, &eu).unwrap();
    assert!(!published.yours && published.as_of.is_some());
    assert_eq!(round_trip(&plan, &CATALOG, &us, &us).unwrap().rtt, Secs::millis(1.0));
}
