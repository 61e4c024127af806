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

/// Fresh readers: the switch is a step of the failover and of the failback; its service is in a group that is asked for, or known, and in
/// none of the regions' own; and the configuration store is reached where the serving cache is.
#[test]
fn the_switch_is_ordered_inside_the_sequences() {
    let cases = [
        (TrafficSwitch::TrafficManager, "traffic-manager endpoint update"),
        (TrafficSwitch::FrontDoor, "afd origin update"),
        (TrafficSwitch::AppConfiguration, "appconfig kv set --endpoint"),
    ];
    for (switch, command) in cases {
        for topology in Topology::ALL {
            let book = of(topology, &with(switch));
            for title in ["Unplanned failover", "Failback"] {
                let section = book.sections.iter().find(|it| it.title == title).unwrap();
                assert!(
                    section.steps.iter().any(|step| step.commands.contains(command)),
                    "{switch:?} {topology:?} {title}"
                );
            }
            let all = commands(&book).join("\n");
            let lines: Vec<String> = all.replace("\\\n", "").lines().map(str::to_owned).collect();
            let service = |line: &&String| {
                ["traffic-manager", "az afd", "appconfig create", "appconfig replica"]
                    .iter()
                    .any(|it| line.contains(it))
            };
            assert!(
                lines.iter().filter(service).all(|line| line.contains("--resource-group \"${TRAFFIC_GROUP:?}\"")),
                "{all}"
            );
            assert!(all.contains(": \"${TRAFFIC_GROUP:?set it to"), "{switch:?} {topology:?}");
        }
    }
    let front = commands(&of(Topology::Active, &with(TrafficSwitch::FrontDoor))).join("\n");
    assert!(front.contains("az extension add --name cdn "), "az afd is no part of the CLI: {front}");
    let mut known = with(TrafficSwitch::TrafficManager);
    (known.site.traffic_group, known.site.traffic_name) = ("rg-global".to_owned(), "shop".to_owned());
    let all = commands(&of(Topology::Active, &known)).join("\n");
    assert!(all.contains("TRAFFIC_GROUP=rg-global\nTRAFFIC_NAME=shop") && !all.contains("TRAFFIC_GROUP:?set"), "{all}");
    // The first region's endpoint is the store's own, another's that of its replica.
    let store = commands(&of(Topology::Passive, &with(TrafficSwitch::AppConfiguration))).join("\n");
    assert!(store.contains("PRIMARY_STORE=\"https://${TRAFFIC_NAME:?}.azconfig.io\""), "{store}");
    assert!(store.contains("PRIMARY_STORE=\"https://${TRAFFIC_NAME:?}-northeurope.azconfig.io\""), "{store}");
}

/// Whom users are sent to has answered, in maintenance as in an outage; and the member that goes out is left alone after they have moved.
#[test]
fn users_are_sent_to_a_member_that_answered() {
    for switch in [TrafficSwitch::TrafficManager, TrafficSwitch::FrontDoor, TrafficSwitch::AppConfiguration] {
        let book = of(Topology::Active, &with(switch));
        for title in ["Planned failover", "Unplanned failover"] {
            let steps = &book.sections.iter().find(|it| it.title == title).unwrap().steps;
            let at = |part: &str| steps.iter().position(|step| step.commands.contains(part));
            let moved = ["traffic-manager", "az afd", "appconfig kv"].iter().find_map(|it| at(it));
            assert!(at("SET dr:check") < moved && moved.is_some(), "{switch:?} {title}");
            assert!(at("cachemisses").is_none_or(|left| Some(left) > moved), "{switch:?} {title}");
        }
    }
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
                    // The files of an export are asked for by the step that imports them.
                    let here = script.contains(&format!(": \"${{{}:?set it to", part.0));
                    assert!(here || before.contains(part.0), "{name}: {} is not asked for in {asked}", part.0);
                }
            }
        }
    }
}

/// The step that moves a group's clients takes what M-06 counts for it, with every switch and without one; where a switch moves them, the step
/// before it only asks.
#[test]
fn the_clients_of_a_group_move_in_the_time_of_the_model() {
    for (switch, ..) in TrafficSwitch::NAMES {
        for by_itself in [false, true] {
            let mut plan = with(*switch);
            if by_itself {
                plan.active.checks.application_redirects = crate::plan::Confirmation::Confirmed;
                plan.recovery = plan.recovery.at(crate::plan::Readiness::Rehearsed);
            }
            let field = if plan.redirects_itself() { "redirect" } else { "repoint" };
            let catalog = crate::catalog::Catalog::bundled().unwrap();
            let evaluation = crate::evaluate::evaluate(&plan, &catalog);
            let chain = &evaluation.of(Topology::Active).rto[0];
            let counted = chain.steps.iter().find(|step| step.field.ends_with(field)).unwrap().time;
            let book = of(Topology::Active, &plan);
            let section = book.sections.iter().find(|it| it.title == "Unplanned failover").unwrap();
            let moved: Vec<_> = section.steps.iter().filter(|step| step.field == field).collect();
            let [step] = moved.as_slice() else { panic!("{switch:?}: {moved:?}") };
            assert_eq!(step.takes, super::super::Step::default().takes(counted).takes, "{switch:?} {by_itself}");
        }
    }
}

/// A rebuild's record is set in every zone; clients of the lost region reach the new cache only once their network has its endpoint, which
/// “Afterwards” makes.
#[test]
fn a_rebuilds_record_says_who_does_not_reach_it_yet() {
    let mut plan = with(TrafficSwitch::DnsRecord);
    for network in [crate::plan::Network::PrivateEndpoint, crate::plan::Network::Public] {
        plan.active.network = network;
        let book = of(Topology::Rebuild, &plan);
        for (title, waits) in
            [("Unplanned failover", network == crate::plan::Network::PrivateEndpoint), ("Failback", false)]
        {
            let section = book.sections.iter().find(|it| it.title == title).unwrap();
            let step = section.steps.iter().find(|it| it.text.starts_with("Lead the clients' record")).unwrap();
            assert!(step.text.contains("in the zone of each region"), "{}", step.text);
            assert_eq!(
                step.text.contains("once “Afterwards” has made their endpoint"),
                waits,
                "{title}: {}",
                step.text
            );
            assert_eq!(step.commands.matches("cname set-record").count(), 2);
        }
    }
}
