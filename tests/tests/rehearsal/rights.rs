//! Who may do what, and in which subscription.

use super::plans::elsewhere;
use super::stage::Stage;
use super::{book, first_cache, private, said, script, unread, value};
use dr_core::model::Topology;
use dr_core::plan::TrafficSwitch;
use std::collections::BTreeSet;

/// Zones, networks and the action group in subscriptions of their own, of a group also a member: every command runs, says its subscription, and
/// each role is given where it is known. The stub refuses an id inside an id.
#[test]
fn what_is_in_other_subscriptions_is_rehearsed() {
    for topology in Topology::ALL {
        let mut plan = elsewhere(private(), topology == Topology::Active);
        plan.traffic.switch = TrafficSwitch::DnsRecord;
        let book = book(topology, &plan);
        assert_eq!(unread(&book), Vec::<String>::new(), "{topology:?}");
        let stage = Stage::new(&format!("elsewhere-{}", topology.slug()));
        let output = stage.run("sh", &script(&book));
        assert!(output.status.success(), "{topology:?}: {}", said(&output));
        let calls = stage.calls();
        let of = |words: &[&str]| {
            calls
                .iter()
                .filter(|call| call.starts_with(&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()))
                .collect::<Vec<_>>()
        };
        let zones = [of(&["network", "private-dns", "link"]), of(&["network", "private-dns", "record-set"])].concat();
        assert!(zones.len() > 4, "{topology:?}");
        for call in zones {
            let group = value(call, "--resource-group").unwrap();
            assert!(group.starts_with("rg-zone-") || group.starts_with("rg-dns-"), "{call:?}");
            assert_eq!(value(call, "--subscription"), Some("hub"), "{call:?}");
        }
        for call in of(&["network", "private-endpoint", "dns-zone-group"]) {
            let zone = value(call, "--private-dns-zone").unwrap();
            assert!(zone.starts_with("/subscriptions/hub/resourceGroups/rg-zone-"), "{call:?}");
        }
        let far =
            of(&["redisenterprise", "create"]).into_iter().filter(|it| value(it, "--subscription") == Some("far"));
        assert_eq!(far.count() > 0, topology == Topology::Active, "{topology:?}");
        let scopes: BTreeSet<&str> = of(&["role", "assignment", "create"])
            .iter()
            .filter_map(|call| value(call, "--scope")?.strip_prefix("/subscriptions/")?.split('/').next())
            .collect();
        let mut expected = BTreeSet::from(["spoke", "hub", "watch", "x"]);
        expected.extend((topology == Topology::Active).then_some("far"));
        assert_eq!(scopes, expected, "{topology:?}");
    }
}

/// The roles are JSON with the actions of one task and the scope of the subscription.
#[test]
fn the_roles_hold_one_deed_each() {
    let deeds = [
        ("link", "Microsoft.Cache/redis/linkedServers/write"),
        ("unlink", "Microsoft.Cache/redis/linkedServers/delete"),
        ("sign-in", "Microsoft.Cache/redis/listKeys/action"),
        ("names", "Microsoft.Network/privateDnsZones/CNAME/write"),
        ("flush", "Microsoft.Cache/redis/flush/action"),
    ];
    let mut plan = private();
    plan.passive.entra_id = false;
    let book = book(Topology::Passive, &plan);
    let stage = Stage::new("roles");
    stage.link(&first_cache(&plan));
    let output = stage.run("sh", &script(&book));
    assert!(output.status.success(), "{}", said(&output));
    let calls = stage.calls();
    let roles: Vec<serde_json::Value> = calls
        .iter()
        .filter_map(|call| value(call, "--role-definition"))
        .map(|json| serde_json::from_str(json).unwrap())
        .collect();
    let actions = |role: &serde_json::Value| -> Vec<String> {
        role["Actions"].as_array().unwrap().iter().filter_map(|it| it.as_str()).map(str::to_owned).collect()
    };
    for (deed, action) in deeds {
        let role = roles.iter().find(|role| role["Name"] == format!("shop {deed}")).unwrap();
        assert_eq!(actions(role), [action]);
        assert_eq!(role["AssignableScopes"][0], "/subscriptions/asked SUBSCRIPTION");
    }
    let look = roles.iter().find(|role| role["Name"] == "shop look").unwrap();
    assert!(actions(look).iter().all(|action| action.ends_with("/read")), "{look}");
    let force = super::book(Topology::Active, &private());
    assert!(script(&force).contains("Microsoft.Cache/redisEnterprise/databases/forceUnlink/action"));
}
