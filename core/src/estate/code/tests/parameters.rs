//! Files of parameters beside their templates. Source of the two forms: `az bicep build-params`, to a file and to standard output.

use super::{estate, files, planned, read, says, sizes, unknown};
use crate::catalog::Catalog;
use crate::estate::{Estate, Read};
use serde_json::{Value, json};

const TEMPLATE: &str = "code/bicep-build.json";
const PARAMETERS: &str = "code/bicep-build.parameters.json";

fn of(documents: &[Value]) -> Read {
    let file = |(at, it): (usize, &Value)| (format!("{at}.json"), it.to_string().into_bytes());
    read(documents.iter().enumerate().map(file).collect())
}

/// A template of one cache that has a name and a size to be given.
fn template() -> Value {
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
        "parameters": {"cacheName": {"type": "string"}, "capacity": {"type": "int"}, "key": {"type": "securestring"}},
        "resources": [{"type": "Microsoft.Cache/redis", "name": "[parameters('cacheName')]", "location": "westeurope",
            "tags": {"note": "[parameters('key')]"},
            "properties": {"sku": {"name": "Premium", "family": "P", "capacity": "[parameters('capacity')]"}}}],
    })
}

fn given(name: &str, capacity: u32) -> Value {
    json!({"contentVersion": "1.0.0.0", "parameters": {"cacheName": {"value": name}, "capacity": {"value": capacity}, "key": {"value": "planted"}}})
}

#[test]
fn parameters_beside_their_template_are_its_values() {
    let estate = estate(&[TEMPLATE, PARAMETERS]);
    let pair = planned(&estate, "play-weu and play-weu-second");
    let plan = &pair.draft.plan;
    assert_eq!(plan.passive.sku.as_ref().map(ToString::to_string).as_deref(), Some("Premium_P2"));
    let regions: Vec<&str> = plan.regions.iter().map(|it| it.region.as_str()).collect();
    assert_eq!(regions, ["westeurope", "northeurope"]);
    // What a vault keeps has the template's own value.
    assert_eq!(
        (plan.passive.shards, says(pair, "EST-ASKED"), unknown(pair, "passive.sku")),
        (Some(3), Vec::new(), Vec::new())
    );
}

#[test]
fn no_order_and_no_name_of_the_files_changes_it() {
    let mut both = files(&[TEMPLATE, PARAMETERS]);
    let first = read(both.clone());
    for (name, other) in [("a", "b"), ("b", "a")] {
        (both[0].0, both[1].0) = (name.to_owned(), other.to_owned());
        assert_eq!(read(both.clone()), first);
    }
    assert_eq!(first.taken, 2);
}

/// Two environments of one template are two deployments.
#[test]
fn each_file_of_parameters_is_a_deployment() {
    let read = of(&[given("dev", 1), template(), given("prod", 3)]);
    let expected = [("dev", Some("Premium_P1"), Some("westeurope")), ("prod", Some("Premium_P3"), Some("westeurope"))];
    assert_eq!((sizes(&read.facts), read.unread), (expected.to_vec(), Vec::new()));
}

#[test]
fn what_bicep_packs_as_texts_is_read() {
    let packed = json!({"parametersJson": given("one", 2).to_string(), "templateJson": template().to_string(), "templateSpecId": null});
    for documents in [vec![packed.clone()], vec![json!({"parametersJson": given("one", 2).to_string()}), template()]] {
        let read = of(&documents);
        assert_eq!(
            (sizes(&read.facts), read.unread),
            (vec![("one", Some("Premium_P2"), Some("westeurope"))], Vec::new())
        );
    }
}

/// A deployment with a parameter that the template does not declare is refused by Azure; a secret parameter has no value.
#[test]
fn parameters_of_another_template_are_named_and_secrets_are_dropped() {
    let mut other = given("x", 1);
    other["parameters"]["more"] = json!({"value": 1});
    let read = of(&[other, template()]);
    assert_eq!(sizes(&read.facts), [("{cacheName}", None, Some("westeurope"))]);
    assert_eq!(read.unread.len(), 1);
    let said = &read.unread[0];
    assert!(said.starts_with("0.json: This is an ARM parameter file") && said.contains("template"), "{said}");
    let read = of(&[given("x", 1), template()]);
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    assert!(!format!("{read:?} {estate:?}").contains("planted"));
}
