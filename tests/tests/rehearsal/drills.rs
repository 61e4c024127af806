//! A drill ends in the state in which it began: roles, link, caches and what leads the clients.

use super::losses::{asked, group, names, pairs, run, script};
use super::stage::Stage;
use super::{book, private, value};
use dr_core::model::Topology;
use dr_core::plan::{Plan, TrafficSwitch};
use dr_core::report::drill_kit::drill_parts;
use dr_core::report::runbook::Step;

/// The steps of the kit, out and back; going back at once is for a drill that failed.
fn drill(topology: Topology, plan: &Plan) -> [String; 2] {
    let book = book(topology, plan);
    let (out, back) = drill_parts(topology);
    let taken = |step: &Step| !step.text.starts_with("Go back at once") && !step.text.contains("lost for good");
    let before = [asked(&book), script(&book, &["Before you start"], |_| true)].concat();
    [out, back].map(|parts| [before.clone(), script(&book, parts, taken)].concat())
}

/// A pair with either cache as its primary: linked as before, and the last word on every record and switch is the first cache's.
#[test]
fn a_drill_of_a_pair_ends_linked_as_it_began() {
    for (at, plan) in pairs().into_iter().enumerate() {
        let names = names(&plan);
        let stage = Stage::new(&format!("drill-pair-{at}"));
        stage.link(&names[0]);
        let [out, back] = drill(Topology::Passive, &plan);
        run(&stage, &out);
        assert_eq!(stage.linked().as_deref(), Some(names[1].as_str()), "{at}: the other cache serves, with a copy");
        let calls = run(&stage, &back);
        assert_eq!(
            stage.linked().as_deref(),
            Some(names[0].as_str()),
            "{at}: roles and link are those of the beginning"
        );
        let led = |option: &str| calls.iter().rev().find_map(|call| value(call, option)).map(str::to_owned);
        let host = format!("{}.redis.cache.windows.net", names[0]);
        assert!(led("--cname").is_none_or(|cname| cname == host), "{at}");
        assert!(!calls.iter().any(|call| call.iter().any(|word| word == "Disabled")), "{at}: every switch is on again");
    }
}

/// A group: no member is given up, deleted or created, and the clients of the member come back to it.
#[test]
fn a_drill_of_a_group_ends_with_every_member() {
    for switch in [TrafficSwitch::Unsaid, TrafficSwitch::TrafficManager, TrafficSwitch::AppConfiguration] {
        let plan = group(switch);
        let region = plan.regions[0].region.as_str();
        let stage = Stage::new(&format!("drill-group-{}", switch as u8));
        let [out, back] = drill(Topology::Active, &plan).map(|it| format!("MEMBER={region}\n{it}"));
        let mut calls = run(&stage, &out);
        let home = run(&stage, &back);
        calls.extend(home.iter().cloned());
        for verb in ["create", "delete", "force-unlink", "flush"] {
            let acts = |call: &&Vec<String>| {
                call.first().is_some_and(|it| it == "redisenterprise") && call.iter().any(|word| word == verb)
            };
            assert_eq!(calls.iter().find(acts), None, "{switch:?} {verb}");
        }
        let first = names(&plan)[0].clone();
        let last = home.iter().rev().find_map(|call| value(call, "--value")).map(str::to_owned);
        assert!(switch != TrafficSwitch::AppConfiguration || last.is_some(), "{switch:?}");
        let targets = home.iter().filter(|call| call.iter().any(|word| word == "redis:target"));
        assert!(targets.clone().all(|call| value(call, "--value") == Some(first.as_str())), "{switch:?}");
        assert!(!home.iter().any(|call| call.iter().any(|word| word == "Disabled")), "{switch:?}");
    }
}

/// A rebuild: what the drill created is deleted, and nothing else; no switch of the users moves.
#[test]
fn a_drill_of_a_rebuild_ends_with_the_first_cache_alone() {
    let mut plan = private();
    plan.traffic.switch = TrafficSwitch::TrafficManager;
    let names = names(&plan);
    let stage = Stage::new("drill-rebuild");
    let [out, back] = drill(Topology::Rebuild, &plan);
    let calls = [run(&stage, &out), run(&stage, &back)].concat();
    let mut there = vec![names[0].clone()];
    for call in calls.iter().filter(|call| call[0] == "redisenterprise") {
        let name = value(call, "--cluster-name").unwrap_or_default().to_owned();
        match call[1].as_str() {
            "create" => {
                assert!(!there.contains(&name), "{name} is created over one that is there");
                there.push(name);
            }
            "delete" => {
                assert_ne!(name, names[0], "the cache that serves");
                there.retain(|it| *it != name);
            }
            _ => {}
        }
    }
    assert_eq!(there, names[..1], "one cache, the first");
    assert!(!calls.iter().any(|call| call.iter().any(|word| word == "traffic-manager")));
}
