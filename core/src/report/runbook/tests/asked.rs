//! Every name that a night needs is asked for before it: `${NAME:?}` ends a shell where the name is missing.

use super::{GAMING, created, created_with_entra, joined, of, preset, shell};
use crate::model::Topology;
use crate::plan::{Network, Plan, TrafficSwitch};
use crate::report::runbook::Section;
use crate::units::names::Named;
use std::collections::BTreeSet;

const IN_AN_OUTAGE: [&str; 6] =
    ["Watch", "Planned failover", "Unplanned failover", "Loss of the secondary", "Afterwards", "Failback"];

fn text_of(section: &Section) -> String {
    section.steps.iter().flat_map(|step| [step.commands.as_str(), "\n", step.verify.as_str(), "\n"]).collect()
}

/// Names that stand in braces with this behind them.
fn names(text: &str, behind: &str) -> BTreeSet<String> {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let names = text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(inner, _)| inner);
    names.filter_map(|inner| inner.strip_suffix(behind)).filter(|name| is_name(name)).map(str::to_owned).collect()
}

/// Names that a text sets, or asks a person for.
fn set(text: &str) -> BTreeSet<String> {
    let last_word = |before: &str| -> String {
        let letter = |c: &char| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == '_';
        before.chars().rev().take_while(letter).collect::<Vec<_>>().into_iter().rev().collect()
    };
    let assigned = text.match_indices('=').map(|(at, _)| last_word(&text[..at]));
    let asked = text.match_indices(":?set ").map(|(at, _)| last_word(&text[..at]));
    assigned.chain(asked).filter(|name| !name.is_empty()).collect()
}

fn plans() -> Vec<Plan> {
    let mut injected = created();
    injected.passive.network = Network::VnetInjected;
    let mut plans = vec![created(), created_with_entra(), joined(), preset(GAMING), injected];
    for plan in plans.clone() {
        for (_, name, _) in TrafficSwitch::NAMES {
            let mut switched = plan.clone();
            switched.traffic.switch = TrafficSwitch::named(name).unwrap();
            plans.push(switched);
        }
    }
    plans
}

/// Read by hand in a shell: with App Configuration `TRAFFIC_NAME` was set under “Before a change” alone, and the first command of an outage
/// ended the shell; a pair that is injected ended at its new cache, for want of a subnet.
#[test]
fn what_an_outage_needs_is_asked_for_in_every_shell() {
    for plan in plans() {
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            let of = |title: &str| book.sections.iter().find(|it| it.title == title).map(text_of).unwrap_or_default();
            let before = of("Before you start");
            let there = set(&before);
            let seen = format!("{:?} {topology:?} {}", plan.traffic.switch, plan.name);
            let missing: Vec<String> = names(&before, ":?").difference(&there).cloned().collect();
            assert!(missing.is_empty(), "{seen}, Before you start: {missing:?}");
            for title in IN_AN_OUTAGE {
                let text = of(title);
                let own = set(&text);
                let missing: Vec<String> = names(&text, ":?")
                    .into_iter()
                    .filter(|name| !there.contains(name) && !own.contains(name))
                    .collect();
                assert!(missing.is_empty(), "{seen}, {title}: {missing:?}");
                if text.contains("_SUBNET:?}") {
                    let missing: Vec<String> = names(&before, "-")
                        .into_iter()
                        .filter(|name| name.starts_with("SUBNET_ID_") && !there.contains(name))
                        .collect();
                    assert!(missing.is_empty(), "{seen}, {title}: {missing:?}");
                }
            }
            let switch = of("Traffic switch");
            let known: BTreeSet<String> =
                [there, set(&of("Before a change")), set(&switch)].into_iter().flatten().collect();
            let missing: Vec<String> = names(&switch, ":?").difference(&known).cloned().collect();
            assert!(missing.is_empty(), "{seen}, Traffic switch: {missing:?}");
        }
    }
}

/// After an unlink one side stays in Deleting for a minute. What was written and where the record leads speak for the old primary until the
/// record is moved: taking over says neither, and the roles are as ordered.
#[test]
fn taking_over_while_the_link_goes_names_the_new_primary_alone() {
    let mut plan = created();
    plan.passive.network = Network::PrivateEndpoint;
    let book = of(Topology::Passive, &plan);
    let before = book.sections.iter().find(|it| it.title == "Before you start").unwrap();
    let defined = before.steps.iter().find(|it| it.commands.contains("take_over() {")).unwrap();
    let names = super::names_of(Topology::Passive, &plan);
    let ran = |listed: &str| {
        let script = format!(
            "{}{}\naz() {{ say az \"$@\"; case \"$*\" in *\"server-link list\"*\"{}\"*) {listed} ;; esac; }}\n\
             set_primary {} >&2\nNEXT={}\ntake_over >&2\n",
            super::variables(&defined.commands),
            defined.commands,
            names[1],
            names[0],
            names[1]
        );
        let output = shell("/bin/sh", &["-eu"], &script);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let last = format!("Primary: {}; secondary: {}.", names[1], names[0]);
    for listed in ["printf 'Deleting\\tPrimary'", ":"] {
        let said = ran(listed);
        assert_eq!(said.trim_end().lines().last(), Some(last.as_str()), "{said}");
        assert!(!said.contains("set_primary") && !said.contains("setcommands") && !said.contains("cname"), "{said}");
    }
    assert!(ran("printf 'Deleting\\tPrimary'").contains("wait until it is made or gone"));
}
