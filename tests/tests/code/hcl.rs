//! Terraform, read by hcl-edit: it parses, and every address, variable and local that an expression names is declared.

use super::{ends_in, every};
use dr_core::model::Topology;
use dr_core::report::code::{CodeFile, Language};
use hcl_edit::expr::{Expression, Traversal, TraversalOperator};
use hcl_edit::structure::{Block, Body};
use hcl_edit::visit::{Visit, visit_block, visit_traversal};
use std::collections::BTreeSet;

pub(super) fn bodies(files: &[CodeFile]) -> Vec<Body> {
    let code = files.iter().filter(|file| ends_in(file.name, "tf"));
    code.map(|file| file.text.parse::<Body>().unwrap_or_else(|error| panic!("{}\n{error}\n{}", file.name, file.text)))
        .collect()
}

pub(super) fn labels(block: &Block) -> Vec<String> {
    block.labels.iter().map(|label| label.as_str().to_owned()).collect()
}

/// What a configuration declares: `var.x`, `local.x`, `azurerm_x.y`.
fn declared(bodies: &[Body]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for block in bodies.iter().flat_map(Body::blocks) {
        let labels = labels(block);
        match block.ident.as_str() {
            "variable" => assert!(names.insert(format!("var.{}", labels[0])), "twice: {labels:?}"),
            "resource" => assert!(names.insert(labels.join(".")), "twice: {labels:?}"),
            "locals" => names.extend(block.body.attributes().map(|it| format!("local.{}", it.key.as_str()))),
            "terraform" | "provider" | "import" => {}
            other => panic!("{other}"),
        }
    }
    names
}

/// The first two parts of everything that is referred to.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl Visit for Named {
    fn visit_traversal(&mut self, node: &Traversal) {
        if let (Expression::Variable(root), Some(TraversalOperator::GetAttr(part))) =
            (&node.expr, node.operators.first().map(hcl_edit::Decorated::value))
        {
            self.0.insert(format!("{}.{}", root.as_str(), part.as_str()));
        }
        visit_traversal(self, node);
    }

    fn visit_block(&mut self, node: &Block) {
        visit_block(self, node);
    }
}

#[test]
fn terraform_parses_and_every_reference_resolves() {
    for (what, files) in every(Language::Terraform) {
        let bodies = bodies(&files);
        let declared = declared(&bodies);
        let mut named = Named::default();
        for body in &bodies {
            named.visit_body(body);
        }
        let missing: Vec<&String> =
            named.0.iter().filter(|name| !declared.contains(*name) && *name != "path.module").collect();
        assert!(missing.is_empty(), "{what}: {missing:?}");
        let variables = declared.iter().filter(|name| name.starts_with("var."));
        let unused: Vec<&String> = variables.filter(|name| !named.0.contains(*name)).collect();
        assert!(unused.is_empty(), "{what}: {unused:?}");
    }
}

/// What runs is in the state before anything is applied: each cache and its group, by the names of the site file; what does not run is not.
#[test]
fn what_runs_is_imported() {
    let mut plan = super::shop();
    plan.passive.exists = dr_core::plan::Confirmation::Confirmed;
    plan.site_of_mut(0).unwrap().cache = "orders \"x\" ${y}".to_owned();
    let files = super::of(Language::Terraform, Topology::Passive, &plan);
    let all = bodies(&files);
    let imports: Vec<&Block> = all.iter().flat_map(Body::blocks).filter(|it| it.ident.as_str() == "import").collect();
    assert_eq!(imports.len(), 4, "two caches, two groups");
    let text: String = files.iter().filter(|it| it.name == "imports.tf").map(|it| it.text.clone()).collect();
    assert!(text.contains("/providers/Microsoft.Cache/redis/orders \\\"x\\\" $${y}\""), "{text}");
    assert!(super::of(Language::Terraform, Topology::Active, &super::shop()).iter().all(|it| it.name != "imports.tf"));
    // What is there keeps its tags, and a cache the settings that no plan holds.
    let kept = |kind: &str| {
        let of_kind = all.iter().flat_map(Body::blocks).filter(|it| labels(it).first().is_some_and(|it| it == kind));
        let ignored = of_kind.filter_map(|it| it.body.blocks().find(|it| it.ident.as_str() == "lifecycle"));
        ignored
            .filter_map(|it| Some(it.body.get_attribute("ignore_changes")?.value.to_string().trim().to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(kept("azurerm_resource_group"), ["[tags, location]", "[tags, location]"]);
    assert!(
        kept("azurerm_redis_cache").iter().filter(|it| it.contains("maxmemory_policy") && it.contains("[tags")).count()
            == 2
    );
    let bicep = super::of(Language::Bicep, Topology::Passive, &plan);
    let main = &bicep.iter().find(|it| it.name == "main.bicep").unwrap().text;
    assert_eq!(main.matches("resourceGroups@2024-03-01' existing").count(), 2, "{main}");
    assert_eq!(main.matches("Microsoft.Cache/redis@2024-11-01' existing").count(), 2, "{main}");
    for cache in ["primary", "secondary"] {
        assert!(main.contains(&format!("tags: union(running_{cache}.?tags ?? {{}}, tags)")), "{main}");
        assert!(main.contains(&format!("items(running_{cache}.properties.redisConfiguration)")), "{main}");
    }
    let cache = &bicep.iter().find(|it| it.name == "cache.bicep").unwrap().text;
    assert!(cache.contains("redisConfiguration: union(keptSettings, settings)"), "{cache}");
    // A pair that runs has endpoints, whatever their names, and a linked cache takes no new one.
    assert_eq!(main.matches("' = if (createEndpoints) {").count(), 4, "{main}");
    assert!(main.contains("param createEndpoints bool = false"), "{main}");
    plan.passive.exists = dr_core::plan::Confirmation::NotSo;
    (plan.today.sku, plan.today.regions) = (Some(dr_core::catalog::SkuId::new("Balanced_B10")), 2);
    let group = super::of(Language::Bicep, Topology::Active, &plan);
    assert!(group.iter().any(|it| it.text.contains("param firstDeployment bool = false")), "a group that stands");
    let new = super::of(Language::Bicep, Topology::Passive, &super::shop());
    assert!(new.iter().all(|file| !file.text.contains("createEndpoints")));
    assert!(new.iter().all(|file| !file.text.contains("running_") && !file.text.contains("keptSettings")));
}

/// A misspelt reference is found: the check can fail.
#[test]
fn a_reference_to_nothing_is_found() {
    let body: Body = "resource \"a\" \"b\" {\n  x = a.c.id\n}\n".parse().unwrap();
    let mut named = Named::default();
    named.visit_body(&body);
    assert!(!declared(&[body]).contains("a.c") && named.0.contains("a.c"));
    assert!("resource \"a\" \"b\" {\n  x = \n".parse::<Body>().is_err());
}
