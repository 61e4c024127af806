//! Code of estates: what it says, what it leaves open, and nothing of its secrets.

mod expressions;
mod parameters;

use crate::catalog::Catalog;
use crate::estate::tests::{bytes, estate, facts, files, ids, planned};
use crate::estate::{Estate, Facts, Kind, Planned, read};
use crate::plan::Confirmation;

fn sizes(facts: &Facts) -> Vec<(&str, Option<&str>, Option<&str>)> {
    let caches = facts.caches.values();
    caches.map(|it| (it.name(), it.size.as_deref(), it.location.as_deref())).collect()
}

fn unknown<'a>(planned: &'a Planned, field: &str) -> Vec<&'a str> {
    planned.draft.unknown.iter().filter(|it| it.field == field).map(|it| it.why.as_str()).collect()
}

fn says<'a>(planned: &'a Planned, id: &str) -> Vec<&'a str> {
    planned.findings.iter().filter(|it| it.id == id).map(|it| it.says.as_str()).collect()
}

/// Every type of the fixture in its module: a pair two modules deep, three members, a lone P1, Enterprise and what azapi makes.
#[test]
fn a_terraform_state_is_the_estate_that_it_keeps() {
    let facts = facts(&["code/terraform-state.json"]);
    let expected = [
        ("bill-neu", Some("Premium_P2"), Some("northeurope")),
        ("bill-weu", Some("Premium_P2"), Some("westeurope")),
        ("lone-p1", Some("Premium_P1"), Some("uksouth")),
        ("api-b10", Some("Balanced_B10"), Some("swedencentral")),
        ("old-e20", Some("Enterprise_E20"), Some("westeurope")),
        ("cart-neu", Some("Balanced_B20"), Some("northeurope")),
        ("cart-sec", Some("Balanced_B20"), Some("swedencentral")),
        ("cart-weu", Some("Balanced_B20"), Some("westeurope")),
    ];
    assert_eq!(sizes(&facts), expected);
    let estate = Estate::of(&facts, &Catalog::bundled().unwrap());
    let pair = planned(&estate, "bill-weu and bill-neu");
    let plan = &pair.draft.plan.passive;
    assert_eq!((pair.deployment.kind, plan.shards, plan.persistence), (Kind::Pair, Some(3), true));
    let confirmed = [
        plan.exists,
        plan.checks.same_version,
        plan.checks.same_shards,
        plan.checks.same_port_and_tls,
        plan.checks.endpoints_before_link,
        plan.checks.access_keys_enabled,
    ];
    assert_eq!(confirmed, [Confirmation::Confirmed; 6], "{:#?}", pair.draft.evidence);
    // One of the two has an alert; that of the other may be in another state.
    let watched: Vec<Option<bool>> = pair.deployment.members.iter().map(|it| facts.watches_memory(&it.key)).collect();
    assert_eq!((watched, says(pair, "EST-ALERT")), (vec![Some(true), None], Vec::<&str>::new()));
    let group = planned(&estate, "carts");
    let active = &group.draft.plan.active;
    assert_eq!((group.deployment.kind, group.deployment.members.len(), active.entra_id), (Kind::Group, 3, true));
    assert_eq!(active.checks.all_linked, Confirmation::Unknown, "code knows no state of a link");
    assert!(unknown(group, "active.checks.all_linked")[0].contains("az redisenterprise list"));
    let old = planned(&estate, "old-e20");
    assert_eq!(
        (&old.draft.plan.today.sku.as_ref().unwrap().to_string()[..], old.draft.plan.today.caches),
        ("Enterprise_E20", 2)
    );
    assert_eq!(
        facts.databases_of(&old.deployment.members[0].key).next().unwrap().1.modules,
        Some(vec!["RediSearch".to_owned()])
    );
}

/// Nothing of a plan has an id before it is applied: names and the code's references find each other, and the rest is asked.
#[test]
fn a_terraform_plan_asks_for_what_is_known_after_it() {
    let estate = estate(&["code/terraform-plan.json"]);
    let pair = planned(&estate, "new-a and new-b");
    let roles: Vec<&str> = pair.deployment.members.iter().map(|it| it.role.name()).collect();
    assert_eq!((pair.deployment.kind, roles), (Kind::Pair, vec!["primary", "secondary"]));
    assert_eq!(pair.draft.plan.passive.exists, Confirmation::Unknown);
    assert_eq!(pair.draft.plan.passive.checks.same_shards, Confirmation::Unknown, "those of new-b are open");
    assert_eq!(
        says(pair, "EST-ASKED"),
        [r#"Code leaves open for new-b: shardCount (shard_count of module.new["x"].azurerm_redis_cache.b)."#]
    );
    assert_eq!(unknown(pair, "passive.shards").len(), 1);
    assert_eq!(pair.tags.iter().find(|(key, _)| key == "azure-subscription"), None, "there is none yet");
    let group = planned(&estate, "feed");
    assert_eq!((group.deployment.kind, group.deployment.members.len()), (Kind::Group, 2));
    assert_eq!(group.draft.plan.today.sku, None);
    assert!(unknown(group, "today.sku")[0].contains("no answer of Azure shows what runs"));
    // The peer comes from another module.
    let far = planned(&estate, "new-c and {peer-of-new-c}");
    assert_eq!(ids(&far.findings), ["EST-HALF", "EST-ASKED", "EST-PLANNED"]);
    assert!(says(far, "EST-ASKED")[0].contains("linkedRedisCacheId"), "{:?}", far.findings);
}

/// `az group export` writes every name as a parameter with its value.
#[test]
fn an_exported_template_has_its_names_in_parameters() {
    let estate = estate(&["code/group-export.json"]);
    let pair = planned(&estate, "mail-weu and mail-neu");
    let plan = &pair.draft.plan;
    assert_eq!((plan.passive.shards, plan.passive.persistence), (Some(2), true));
    assert_eq!(plan.regions.iter().map(|it| it.region.as_str()).collect::<Vec<_>>(), ["westeurope", "northeurope"]);
    assert_eq!(ids(&pair.findings), ["EST-PLANNED", "EST-PLANNED"]);
    assert_eq!(estate.planned.len(), 1, "the id of another group and the template’s own cache are one");
}

/// What Bicep writes: symbolic names, modules, loops, conditions. Parameters without a value are asked by their names.
#[test]
fn what_bicep_builds_asks_for_parameters() {
    let read = read(files(&["code/bicep-build.json"]));
    assert_eq!(read.unread, Vec::<String>::new());
    let remarks: Vec<&String> = read.remarks.iter().collect();
    assert_eq!(
        remarks,
        [
            "“pe” (Microsoft.Network/privateEndpoints) depends on a condition on the parameter withEndpoint; it is not read."
        ]
    );
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    let names: Vec<&str> = estate.planned.iter().map(|it| it.draft.plan.name.as_str()).collect();
    assert_eq!(names, ["{primaryName} and {primaryName}-second", "play"]);
    let pair = &estate.planned[0];
    assert_eq!(pair.draft.plan.passive.shards, Some(3));
    assert_eq!(pair.draft.plan.passive.sku, None, "the capacity is a parameter");
    assert_eq!(
        says(pair, "EST-ASKED"),
        [
            "Code leaves open for {primaryName}-second: name (the parameter primaryName) and sku (the parameter capacity).",
            "Code leaves open for {primaryName}: location (resourceGroup().location), name (the parameter primaryName) and sku (the parameter capacity).",
        ]
    );
    let asked: Vec<&str> = pair.draft.unknown.iter().map(|it| it.field).collect();
    for field in ["passive.sku", "regions", "name"] {
        assert!(asked.contains(&field), "{field}: {asked:?}");
    }
    let cache = read.facts.caches.values().find(|it| it.name() == "{primaryName}").unwrap();
    assert_eq!(cache.zones.as_ref().map(Vec::len), Some(3));
    let group = &estate.planned[1];
    assert_eq!(group.draft.plan.active.sku.as_ref().unwrap().to_string(), "Balanced_B50");
    let regions: Vec<&str> = group.draft.plan.regions.iter().map(|it| it.region.as_str()).collect();
    assert_eq!(regions, ["francecentral", "swedencentral"]);
}

/// The same caches in code and in an answer of Azure are one; Azure's word counts, and the difference is a finding.
#[test]
fn code_and_azure_are_one_estate() {
    let template = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
        "resources": [{"type": "Microsoft.Cache/redis", "name": "pair-weu", "location": "West Europe",
            "properties": {"sku": {"name": "Premium", "family": "P", "capacity": 2}, "shardCount": 4, "redisVersion": "6", "minimumTlsVersion": "1.2"}}]}"#;
    let list = "estate/az-redis-list.json";
    let mut both = files(&[list]);
    both.push(("main.json".to_owned(), template.as_bytes().to_vec()));
    let (read, alone) = (read(both), facts(&[list]));
    assert_eq!(read.facts.caches.len(), alone.caches.len());
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    let pair = planned(&estate, "pair-neu and pair-weu");
    assert_eq!(pair.draft.plan.passive.shards, Some(3));
    assert_eq!(says(pair, "EST-CODE"), ["Code and Azure differ on pair-weu: shardCount."]);
    assert_eq!(says(pair, "EST-PLANNED"), Vec::<&str>::new());
}

/// A value that the state marks as sensitive is taken out, whatever it is.
#[test]
fn what_is_marked_as_sensitive_is_not_read() {
    let text = String::from_utf8(bytes("code/terraform-state.json")).unwrap();
    let mut state: serde_json::Value = serde_json::from_str(&text).unwrap();
    state["values"]["root_module"]["resources"][1]["sensitive_values"]["location"] = true.into();
    let facts = read(vec![("state".to_owned(), state.to_string().into_bytes())]).facts;
    let lone = facts.caches.values().find(|it| it.name() == "lone-p1").unwrap();
    assert_eq!((lone.location.as_deref(), lone.size.as_deref()), (None, Some("Premium_P1")));
    // A whole resource: its address alone is left, which names it.
    let lone = &mut state["values"]["root_module"]["resources"][1];
    lone["sensitive_values"] = true.into();
    lone["values"]["tags"] = serde_json::json!({"cost-centre": "planted-4711"});
    let address = lone["address"].as_str().unwrap().to_owned();
    let facts = read(vec![("state".to_owned(), state.to_string().into_bytes())]).facts;
    let said = format!("{facts:?}");
    assert!(!said.contains("planted-4711") && !said.contains("lone-p1"), "{said}");
    let cache = facts.caches.values().find(|it| it.name() == format!("{{{address}}}")).unwrap();
    assert_eq!((cache.size.as_deref(), cache.shards), (None, None));
}

/// A mark within a block takes its own value, and a plan's changes mark as the values do.
#[test]
fn marks_in_blocks_and_changes_count_too() {
    let text = String::from_utf8(bytes("code/terraform-state.json")).unwrap();
    let mut state: serde_json::Value = serde_json::from_str(&text).unwrap();
    let lone = &mut state["values"]["root_module"]["resources"][1];
    lone["values"]["redis_configuration"] =
        serde_json::json!([{"maxmemory_policy": "allkeys-lru", "maxmemory_reserved": 50}]);
    lone["sensitive_values"] =
        serde_json::json!({"redis_configuration": [{"maxmemory_policy": true, "rdb_storage_connection_string": true}]});
    let facts = read(vec![("state".to_owned(), state.to_string().into_bytes())]).facts;
    let lone = facts.caches.values().find(|it| it.name() == "lone-p1").unwrap();
    assert_eq!((lone.eviction.as_deref(), lone.reserved_mb), (None, Some(50)));
    let text = String::from_utf8(bytes("code/terraform-plan.json")).unwrap();
    let mut plan: serde_json::Value = serde_json::from_str(&text).unwrap();
    let sizes = |plan: &serde_json::Value| {
        let facts = read(vec![("plan".to_owned(), plan.to_string().into_bytes())]).facts;
        facts.caches.values().filter(|it| it.version.is_some() || it.tls.is_some()).count()
    };
    let before = sizes(&plan);
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        change["change"]["after_sensitive"] = serde_json::json!({"redis_version": true, "minimum_tls_version": true});
    }
    // One of the three caches has no change.
    assert_eq!((before, sizes(&plan)), (3, 1));
}
