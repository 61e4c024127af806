//! What runs today, of each tier.

use super::*;
use crate::model::horizon::{Origin, horizon};
use crate::plan::{Confirmation, Today};

/// Size, caches and regions of each deployment; of a pair its own fields have them.
#[test]
fn every_deployment_says_what_runs_today() {
    let all = estate(&[
        "estate/az-redis-list.json",
        "estate/az-redisenterprise-list.json",
        "estate/az-redisenterprise-show-e10.json",
        "code/terraform-state.json",
    ]);
    let rows = [
        ("pair-neu and pair-weu", None, 1, 1),
        ("small", Some("Standard_C1"), 1, 1),
        ("lone-p1", Some("Premium_P1"), 1, 1),
        ("old-e10", Some("Enterprise_E10"), 1, 1),
        // A capacity of 4 are two of the smallest cluster, of two nodes (S30).
        ("old-e20", Some("Enterprise_E20"), 2, 1),
        ("solo", Some("Balanced_B10"), 1, 1),
        ("orders", Some("Balanced_B20"), 1, 2),
        ("carts", Some("Balanced_B20"), 1, 3),
    ];
    for (name, sku, caches, regions) in rows {
        let plan = &planned(&all, name).draft.plan;
        let today = &plan.today;
        let own = today.sku.as_ref().map(crate::catalog::SkuId::as_str);
        assert_eq!((own, today.caches, today.regions), (sku, caches, regions), "{name}");
        // Neither a list of caches nor a state of one without a link shows whether a link is in place.
        let is_open = sku.is_none() || name == "lone-p1";
        let exists = if is_open { Confirmation::Unknown } else { Confirmation::NotSo };
        assert_eq!(plan.passive.exists, exists, "{name}");
    }
    let small = planned(&all, "small");
    assert!(small.draft.unknown.iter().all(|it| it.field != "today.month"), "C1 has a price");
    assert_eq!(small.draft.plan.passive.tenant_had_cache, Confirmation::Confirmed);
    // No list has E5: its price is estimated, with a band.
    let estimated = r#"[{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/e",
        "type":"Microsoft.Cache/redisEnterprise","location":"West Europe","sku":{"name":"Enterprise_E5","capacity":2}}]"#;
    let facts = read(vec![("a".to_owned(), estimated.as_bytes().to_vec())]).facts;
    let estate = Estate::of(&facts, &Catalog::bundled().unwrap());
    assert!(estate.planned[0].draft.unknown.iter().all(|it| it.field != "today.month"), "E5 has a price");
    let sharded = r#"[{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c","location":"West Europe",
        "sku":{"name":"Premium","family":"P","capacity":2},"shardCount":4}]"#;
    let facts = read(vec![("a".to_owned(), sharded.as_bytes().to_vec())]).facts;
    let estate = Estate::of(&facts, &Catalog::bundled().unwrap());
    let today = &estate.planned[0].draft.plan.today;
    assert_eq!((today.sku.as_ref().unwrap().as_str(), today.caches), ("Premium_P2", 4));
}

/// The design that runs is one that runs; every other is moved to.
#[test]
fn the_way_from_what_runs_begins_there() {
    let catalog = Catalog::bundled().unwrap();
    let all = estate(&["estate/az-redisenterprise-list.json", "estate/az-redisenterprise-show-e10.json"]);
    let ways = |name: &str| {
        let paths = horizon(&planned(&all, name).draft.plan, &catalog).paths;
        paths.map(|path| path.way)
    };
    assert_eq!(ways("solo")[0], Origin::Runs);
    assert_eq!(ways("orders")[2], Origin::Runs);
    assert_eq!(ways("old-e10")[0], Origin::Moves);
}

/// Members of two sizes have no one size that runs, and code alone shows nothing that runs.
#[test]
fn what_is_not_known_to_run_is_left_open() {
    let all = estate(&["findings/EST-DIFFERS.json", "code/group-export.json", "code/bicep-build.json"]);
    for (name, part) in [("g", "members differ"), ("play", "no answer of Azure shows what runs")] {
        let draft = &planned(&all, name).draft;
        assert_eq!(draft.plan.today, Today::default(), "{name}");
        assert!(
            draft.unknown.iter().any(|it| it.field == "today.sku" && it.why.contains(part)),
            "{:#?}",
            draft.unknown
        );
    }
}

/// P1 in West Europe is $0.2775 a node and hour (base-prices.csv × 1.00); a primary with its replicas are 1 + replicas nodes, for 730 h (M-10).
#[test]
fn more_replicas_of_a_lone_premium_cache_cost_more() {
    let catalog = Catalog::bundled().unwrap();
    let month = |replicas: &str, shards: u32| {
        let file = format!(
            r#"[{{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c","location":"West Europe",
            "sku":{{"name":"Premium","family":"P","capacity":1}},"shardCount":{shards}{replicas}}}]"#
        );
        let facts = read(vec![("a".to_owned(), file.into_bytes())]).facts;
        let plan = &Estate::of(&facts, &catalog).planned[0].draft.plan;
        let month = crate::model::horizon::month_of_today(plan, &catalog).unwrap();
        crate::units::format::exact(month.complete().unwrap().as_decimal())
    };
    for (replicas, shards, expected) in [
        ("", 1, "405.15"),
        (r#","replicasPerPrimary":1"#, 1, "405.15"),
        (r#","replicasPerPrimary":2"#, 1, "607.725"),
        (r#","replicasPerPrimary":3"#, 1, "810.3"),
        (r#","replicasPerPrimary":2"#, 2, "1215.45"),
    ] {
        let own: rust_decimal::Decimal = month(replicas, shards).parse().unwrap();
        assert_eq!(own, expected.parse().unwrap(), "{replicas} {shards}");
    }
}

/// A lone cache that is public has no private endpoint in its bill; of one whose access no file shows that is told.
#[test]
fn a_lone_cache_is_reached_as_files_say_and_billed_so() {
    use crate::evaluate::evaluate;
    use crate::model::Topology;
    use crate::model::cost::LineKind;
    use crate::plan::Network;
    let of = |kind: &str, sku: &str, more: &str| {
        let text = format!(
            r#"[{{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/{kind}/c","type":"Microsoft.Cache/{kind}",
            "location":"West Europe","sku":{{{sku}}}{more}}}]"#
        );
        Estate::of(&read(vec![("a".to_owned(), text.into_bytes())]).facts, &Catalog::bundled().unwrap())
    };
    let has_endpoints = |estate: &Estate| {
        let evaluation = evaluate(&estate.planned[0].draft.plan, &Catalog::bundled().unwrap());
        let lines = &evaluation.of(Topology::Rebuild).bill.lines;
        lines.iter().any(|it| [LineKind::EndpointHours, LineKind::EndpointData].contains(&it.kind))
    };
    let managed = ("redisEnterprise", r#""name":"Balanced_B50""#);
    let basic = ("Redis", r#""name":"Basic","family":"C","capacity":0"#);
    let public = r#","publicNetworkAccess":"Enabled","privateEndpointConnections":[]"#;
    for ((kind, sku), more, network, is_said) in [
        (managed, public, Network::Public, true),
        (managed, r#","publicNetworkAccess":"Disabled""#, Network::PrivateEndpoint, true),
        (managed, "", Network::PrivateEndpoint, false),
        (basic, public, Network::Public, true),
    ] {
        let estate = of(kind, sku, more);
        let draft = &estate.planned[0].draft;
        assert_eq!(draft.plan.active.network, network, "{sku}{more}");
        assert_eq!(draft.evidence.iter().any(|it| it.field == "active.network"), is_said, "{sku}{more}");
        assert_eq!(draft.unknown.iter().any(|it| it.field == "active.network"), !is_said, "{sku}{more}");
        assert_eq!(has_endpoints(&estate), network == Network::PrivateEndpoint, "{sku}{more}");
    }
}
