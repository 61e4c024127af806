//! The traffic switch: settings of the plan, commands that a shell reads, every variable asked for.

use super::{commands, hostile, of, run};
use crate::model::Topology;
use crate::plan::{Plan, TrafficSwitch};
use crate::units::Secs;
use crate::units::names::Named;

fn with(switch: TrafficSwitch) -> Plan {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    (plan.traffic.switch, plan.traffic.ttl) = (switch, Secs::secs(90.0));
    (plan.traffic.probe_interval, plan.traffic.probe_failures) = (Secs::secs(10.0), 2);
    plan
}

/// Nothing is added to a plan that names no switch, and one section to any other.
#[test]
fn a_plan_that_names_a_switch_gets_its_settings() {
    for (_, name, _) in TrafficSwitch::NAMES {
        let switch = TrafficSwitch::named(name).unwrap();
        for topology in Topology::ALL {
            let book = of(topology, &with(switch));
            let found = book.sections.iter().filter(|section| section.title == "Traffic switch").count();
            assert_eq!(found, usize::from(switch != TrafficSwitch::Unsaid), "{name}");
        }
    }
}

/// The figures of the plan are those of the commands.
#[test]
fn the_settings_are_the_plans() {
    let book = of(Topology::Active, &with(TrafficSwitch::TrafficManager));
    let all = commands(&book).join("\n");
    assert!(all.contains("--ttl 90 ") && all.contains("--interval 10 --timeout 10 --max-failures 2"), "{all}");
    let all = commands(&of(Topology::Passive, &with(TrafficSwitch::DnsRecord))).join("\n");
    assert!(all.contains("--ttl 90"), "{all}");
    let front = commands(&of(Topology::Active, &with(TrafficSwitch::FrontDoor))).join("\n");
    assert!(front.contains("--probe-interval-in-seconds 10") && front.contains("--sample-size 3"), "{front}");
}

/// Names that attack stay one word; every variable is asked for before the first step.
#[test]
fn hostile_names_stay_inside_their_quoting() {
    for (_, name, _) in TrafficSwitch::NAMES {
        let mut plan = hostile();
        plan.traffic.switch = TrafficSwitch::named(name).unwrap();
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            let asked = commands(&book).first().map(|first| (*first).to_owned()).unwrap_or_default();
            // What no outage needs is asked for in a section of its own.
            let asks = book.sections.iter().filter(|it| it.title.starts_with("Before"));
            let before: String = asks.flat_map(|it| &it.steps).map(|step| step.commands.as_str()).collect();
            for script in commands(&book) {
                assert!(!run(script).lines().any(|line| line == "+PWNED"), "{name}: {script}");
                for part in script.split("${").skip(1).filter_map(|rest| rest.split_once(":?")) {
                    assert!(before.contains(part.0), "{name}: {} is not asked for in {asked}", part.0);
                }
            }
        }
    }
}
