use super::*;
use crate::model::testing::{Answers, CATALOG, even_regions, region};
use crate::plan::RttOverride;
use crate::words::no_latency;

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

/// `calls × (RTT + service) + rest`: 4 × 80.5 + 100 ms in the median; a slow request takes 200 % of it.
#[test]
fn calls_in_sequence_add_up() {
    let mut plan = plan();
    (plan.latency.calls_in_sequence, plan.latency.rest_of_request) = (4, Secs::millis(100.0));
    let latency = Answers::of(Topology::Passive, &plan).latency;
    let (worst, time) = latency.worst_write.unwrap();
    assert_eq!((worst, time.as_millis().round()), (region("northeurope"), 844.0));
    assert_eq!(latency.worst_write_median.unwrap().as_millis().round(), 422.0);
}

/// Writes take 1.5 and 80.5 ms in the median, 3 and 161 ms at P95: the target is held against P95.
#[test]
fn the_share_inside_the_target_counts_users_at_p95() {
    let mut plan = plan();
    for (target, share) in [(1.0, 0.0), (2.9, 0.0), (10.0, 0.6), (100.0, 0.6), (162.0, 1.0)] {
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

/// Writes and reads of a scenario, and the age of the reads, in ms; -1 unknown, 0 current.
fn figures(scenario: &Scenario) -> Vec<(f64, f64, f64)> {
    let ages = scenario.ages.iter().map(|age| match age {
        Age::Current => 0.0,
        Age::Behind(time) => time.as_millis().round(),
        Age::Unknown => -1.0,
    });
    millis(&scenario.rows).into_iter().zip(ages).map(|((_, write, read), age)| (write, read, age)).collect()
}

/// East US – North Europe 80 ms (own); East US – UK South 78, North Europe – UK South 12.5 (S21); 10 ms of batch.
#[test]
fn every_region_may_be_the_one_that_is_down() {
    let mut plan = plan();
    plan.passive.reads_from_secondary = true;
    plan.add_member(region("uksouth"));
    let of = |topology| scenarios(&Answers::of(topology, &plan).case(topology, &plan));
    let (us, eu, uk) = (1.5, 1.5, 1.5);
    let active = of(Topology::Active);
    let downs: Vec<_> = active.iter().map(|it| it.down.as_ref().map(RegionId::as_str)).collect();
    assert_eq!(downs, [None, Some("eastus"), Some("northeurope"), Some("uksouth")]);
    assert_eq!(figures(&active[0]), [(us, us, 50.0), (eu, eu, 50.0), (uk, uk, 49.0)]);
    assert_eq!(figures(&active[1]), [(78.5, 78.5, 16.0), (eu, eu, 16.0), (uk, uk, 16.0)]);
    assert_eq!(figures(&active[2]), [(us, us, 49.0), (13.0, 13.0, 49.0), (uk, uk, 49.0)]);
    assert_eq!(figures(&active[3]), [(us, us, 50.0), (eu, eu, 50.0), (13.0, 13.0, 50.0)]);
    let passive = of(Topology::Passive);
    assert_eq!(figures(&passive[0]), [(us, us, 0.0), (80.5, eu, 50.0), (78.5, 13.0, 50.0)]);
    assert_eq!(figures(&passive[1]), [(80.5, 80.5, 0.0), (eu, eu, 0.0), (13.0, 13.0, 0.0)]);
    assert_eq!(figures(&passive[2]), [(us, us, 0.0), (80.5, 80.5, 0.0), (78.5, 78.5, 0.0)], "reads fall back");
    assert_eq!(figures(&passive[3]), figures(&passive[0]), "the third region holds no cache of the pair");
    let rebuild = of(Topology::Rebuild);
    assert_eq!(figures(&rebuild[1]), figures(&passive[1]));
    assert_eq!(figures(&rebuild[2]), figures(&rebuild[0]));
}

#[test]
fn scenarios_are_the_answer_that_the_cards_show() {
    for plan in [plan(), Plan { regions: even_regions(&["eastus", "nowhere", "uksouth"]), ..Plan::default() }] {
        for topology in Topology::ALL {
            let answers = Answers::of(topology, &plan);
            let scenarios = scenarios(&answers.case(topology, &plan));
            assert_eq!(scenarios[0].rows, answers.latency.normal);
            assert_eq!(scenarios[1].rows, answers.latency.primary_down);
            assert_eq!(scenarios[0].writes.worst, answers.latency.worst_write);
            assert_eq!(scenarios[0].writes.within, answers.latency.users_within_target);
        }
    }
}

/// 60 % of the users sit in East US; only there reads take 1.5 ms while writes have 100 ms.
#[test]
fn reads_have_a_target_of_their_own() {
    let mut plan = plan();
    let normal = |plan: &Plan| scenario(&Answers::of(Topology::Passive, plan).case(Topology::Passive, plan), None);
    assert_eq!(normal(&plan).reads.within, None);
    plan.objectives.read_latency = Some(Secs::millis(10.0));
    let (target, scenario) = (plan.objectives.read_latency, normal(&plan));
    assert_eq!(scenario.reads.within, Some(Ratio::fraction(0.6)));
    assert_eq!(scenario.writes.within, Some(Ratio::fraction(0.6)));
    assert_eq!((scenario.reads.meets(target), scenario.reads.meets(None)), (Some(false), None));
    assert_eq!(shortest_request(&plan), Secs::millis(3.0));
}

#[test]
fn what_is_unknown_has_its_reason() {
    let plan = Plan { regions: even_regions(&["eastus", "nowhere"]), ..Plan::default() };
    let answers = Answers::of(Topology::Active, &plan);
    let case = answers.case(Topology::Active, &plan);
    let down = scenario(&case, Some(&region("eastus")));
    assert_eq!((down.rows[0].write, down.ages[0]), (None, Age::Current));
    assert_eq!(
        no_latency(&CATALOG, &down.rows[0].users_in, down.rows[0].writes_to.as_ref()),
        "no round trip East US – nowhere is published"
    );
    let normal = scenario(&case, None);
    assert_eq!(normal.ages, [Age::Unknown, Age::Unknown]);
    assert_eq!(no_latency(&CATALOG, &region("eastus"), None), "nothing serves them");
    assert_eq!(
        scenarios(&crate::model::Case { plan: &Plan { regions: Vec::new(), ..plan.clone() }, ..case.clone() }).len(),
        1
    );
}
