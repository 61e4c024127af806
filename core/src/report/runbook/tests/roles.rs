//! The roles of “Roles” let every printed command run, and hold nothing that no command needs.

use super::{all_plans, calls, commands, of, run, value};
use crate::model::Topology;
use crate::plan::{Confirmation, Network, Plan, TrafficSwitch};
use crate::presets::PRESETS;
use crate::report::runbook::Runbook;
use crate::units::names::Named;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(in crate::report::runbook) fn table() -> BTreeMap<&'static str, Vec<&'static str>> {
    crate::report::runbook::actions::rows().map(|(path, all)| (path, all.split_whitespace().collect())).collect()
}

/// Words of a call before its first option: `redis server-link create`.
pub(in crate::report::runbook) fn path(call: &[String]) -> String {
    call.iter().skip(1).take_while(|word| !word.starts_with('-')).cloned().collect::<Vec<_>>().join(" ")
}

/// The calls of every runbook of [`plans`]: each script is run once for all tests that look at them.
static CALLS: LazyLock<Vec<(Topology, Vec<Vec<String>>)>> = LazyLock::new(|| {
    let books = plans().into_iter().flat_map(|plan| Topology::ALL.map(|topology| (topology, of(topology, &plan))));
    books.map(|(topology, book)| (topology, all_of(&book))).collect()
});

fn all_of(book: &Runbook) -> Vec<Vec<String>> {
    let all = commands(book).into_iter().flat_map(|script| calls(&run(script)));
    all.filter(|call| call[0] == "az").collect()
}

/// Actions of the roles that a runbook creates.
pub(in crate::report::runbook) fn granted(calls: &[Vec<String>]) -> BTreeSet<String> {
    let json = calls.iter().filter_map(|call| value(call, "--role-definition"));
    json.flat_map(|json| {
        let role: serde_json::Value = serde_json::from_str(json).unwrap();
        let listed = [&role["Actions"], &role["DataActions"]];
        let actions = listed.into_iter().filter_map(|it| it.as_array()).flatten();
        actions.map(|it| it.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    })
    .collect()
}

pub(super) fn plans() -> Vec<Plan> {
    let switched = TrafficSwitch::NAMES.iter().map(|(_, name, _)| {
        let mut plan = super::created_with_entra();
        plan.traffic.switch = TrafficSwitch::named(name).unwrap();
        plan
    });
    let (mut refused, mut open) = (super::created_with_entra(), super::created_with_entra());
    refused.passive.tenant_had_cache = Confirmation::NotSo;
    open.passive.network = Network::Public;
    PRESETS.iter().map(|text| super::preset(text)).chain(all_plans()).chain(switched).chain([refused, open]).collect()
}

/// Each command of each runbook of each preset, and of plans that print the rest, is granted by one of the roles; those of an owner (roles,
/// groups) and of nobody (tools) are marked in the table.
#[test]
fn every_printed_command_is_granted_by_a_role() {
    let table = table();
    let mut missing = BTreeSet::new();
    for (topology, calls) in CALLS.iter() {
        let granted = granted(calls);
        for call in calls {
            let path = path(call);
            let Some(needed) = table.get(path.as_str()) else {
                missing.insert(format!("{path} is in no row of az-actions.txt"));
                continue;
            };
            let held = |action: &&&str| action.split('|').any(|one| granted.contains(one));
            let lacks = needed.iter().filter(|action| action.contains('/') && !held(action));
            missing.extend(lacks.map(|action| format!("{topology:?} {path}: {action}")));
        }
    }
    assert!(missing.is_empty(), "{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Least privilege: an action of a role is needed by a command of a runbook of that topology.
#[test]
fn no_role_holds_what_no_command_needs() {
    let table = table();
    for topology in Topology::ALL {
        let (mut held, mut used) = (BTreeSet::new(), BTreeSet::new());
        for (_, calls) in CALLS.iter().filter(|(of, _)| *of == topology) {
            held.extend(granted(calls));
            let needed = calls.iter().filter_map(|call| table.get(path(call).as_str())).flatten();
            used.extend(needed.flat_map(|it| it.split('|')).map(str::to_owned));
        }
        let idle: Vec<&String> = held.difference(&used).collect();
        assert!(idle.is_empty(), "{topology:?}: {idle:?}");
    }
}

/// A role is given where its deed reaches: the group of each region, the networks and zones, the action group.
#[test]
fn roles_are_assigned_where_their_deeds_reach() {
    let calls = all_of(&of(Topology::Passive, &super::created_with_entra()));
    let scopes = |deed: &str| -> Vec<String> {
        let of = |call: &&Vec<String>| {
            path(call) == "role assignment create" && value(call, "--role").unwrap().ends_with(deed)
        };
        calls.iter().filter(of).map(|call| value(call, "--scope").unwrap().to_owned()).collect()
    };
    assert_eq!(scopes(" link").len(), 2);
    let create = scopes(" create");
    for reach in ["the value of ACTION_GROUP", "the value of VNET_ID_EASTUS", "/resourceGroups/rg-shop-"] {
        assert!(create.iter().any(|scope| scope.contains(reach)), "{reach}: {create:?}");
    }
    assert!(scopes(" names").iter().all(|scope| scope.contains("the value of DNS_GROUP_")));
    let groups = calls.iter().position(|call| call[1..3] == ["group", "create"]);
    let assigned = calls.iter().position(|call| path(call) == "role assignment create");
    assert!(groups < assigned, "a role is assigned on a group that is there");
}

/// Where zones, networks, the action group and a member are in other subscriptions, each role names all of them, and no id stands inside
/// another, whatever the plan holds.
#[test]
fn a_role_names_every_subscription_of_the_plan() {
    let mut plan = super::created_with_entra();
    plan.traffic.switch = TrafficSwitch::DnsRecord;
    "spoke".clone_into(&mut plan.site.subscription);
    "/subscriptions/watch\"/resourceGroups/g/providers/i/actionGroups/a".clone_into(&mut plan.site.action_group);
    let site = plan.site_of_mut(1).unwrap();
    "far".clone_into(&mut site.subscription);
    site.subnet = "/subscriptions/net/resourceGroups/n/providers/N/virtualNetworks/v/subnets/s".to_owned();
    site.zone_group = "/subscriptions/hub/resourceGroups/rg-dns".to_owned();
    site.dns_group = "/subscriptions/names/resourceGroups/rg-dns".to_owned();
    for topology in Topology::ALL {
        let calls = all_of(&of(topology, &plan));
        let roles: Vec<&str> = calls.iter().filter_map(|call| value(call, "--role-definition")).collect();
        assert!(!roles.is_empty());
        for json in roles {
            let role: serde_json::Value = serde_json::from_str(json).unwrap();
            let expected = ["the value of SUBSCRIPTION", "far", "hub", "names", "net", "watch\""];
            let expected = expected.map(|it| serde_json::Value::from(format!("/subscriptions/{it}")));
            assert_eq!(role["AssignableScopes"].as_array().unwrap(), &expected, "{topology:?}");
        }
        for word in calls.iter().flatten() {
            let listed = word.starts_with(['{', '[']);
            assert!(listed || word.matches("/subscriptions/").count() < 2, "{topology:?}: {word}");
        }
        let groups = calls.iter().filter_map(|call| value(call, "--resource-group"));
        assert!(groups.into_iter().all(|group| !group.contains('/')), "{topology:?}");
    }
}
