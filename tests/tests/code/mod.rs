//! Infrastructure as code: read by the languages' own grammars, every reference resolves, types and values are those of the services, and
//! no name leaves its quoting.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bicep;
mod hcl;
mod quoting;
mod services;

use dr_core::catalog::{RegionId, SkuId};
use dr_core::evaluate::evaluate;
use dr_core::model::Topology;
use dr_core::plan::{Confirmation, Module, Network, Plan};
use dr_core::report::code::{CodeFile, Language, files, joined};
use dr_core::units::Secs;
use dr_tests::CATALOG;
use dr_tests::once::Once;

fn of(language: Language, topology: Topology, plan: &Plan) -> Vec<CodeFile> {
    files(language, topology, plan, &CATALOG, &evaluate(plan, &CATALOG))
}

/// New caches behind private endpoints with Entra ID: what most plans become.
fn shop() -> Plan {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    (plan.passive.entra_id, plan.active.entra_id) = (true, true);
    plan.passive.exists = Confirmation::NotSo;
    plan.passive.tenant_had_cache = Confirmation::Confirmed;
    plan.objectives.rpo = Some(Secs::secs(60.0));
    plan
}

/// Names that attack either language, everywhere that a plan holds a text.
fn hostile() -> Plan {
    let attack = "x' }\" ${resourceGroup().id} %{ if true }$${a}%%{b} \\ */ // # \n'''<<EOF\nEOF\u{0}\u{2028}";
    let mut plan = shop();
    attack.clone_into(&mut plan.name);
    plan.regions[0].region = RegionId::new(&format!("east{attack}"));
    plan.regions[1].region = RegionId::new("north'europe\"${x}");
    plan.active.sku = Some(SkuId::new(&format!("Balanced_B10{attack}")));
    plan.passive.sku = Some(SkuId::new(&format!("Premium_P1{attack}")));
    plan.active.modules = vec![Module::Search, Module::Json];
    for place in 0..2 {
        let site = plan.site_of_mut(place).unwrap();
        (site.resource_group, site.cache) = (format!("rg{place}{attack}"), format!("cache{place}{attack}"));
        (site.vnet, site.subnet, site.zone_group) = (attack.to_owned(), attack.to_owned(), attack.to_owned());
    }
    let site = &mut plan.site;
    (site.nickname, site.action_group) = (attack.to_owned(), attack.to_owned());
    (site.application, site.operators, site.subscription) = (attack.to_owned(), attack.to_owned(), attack.to_owned());
    plan
}

/// Plans that together have every branch of the code.
fn plans() -> Vec<Plan> {
    let mut public = shop();
    (public.passive.network, public.active.network) = (Network::Public, Network::Public);
    (public.passive.entra_id, public.active.entra_id) = (false, false);
    let mut injected = shop();
    (injected.passive.network, injected.passive.shards) = (Network::VnetInjected, Some(3));
    let mut twins = shop();
    twins.regions[1].region = twins.regions[0].region.clone();
    let mut three = shop();
    three.regions.push(dr_core::plan::RegionShare::new("southeastasia", 0.0, 0.0));
    three.active.modules = vec![Module::Search];
    let mut far = three.clone();
    "far".clone_into(&mut far.site_of_mut(2).unwrap().subscription);
    let mut all = vec![shop(), public, injected, twins, three, far, hostile(), Plan::default()];
    all.extend(dr_tests::presets().into_iter().map(|(_, plan)| plan));
    all
}

/// Every file of every plan and design in one language.
fn every(language: Language) -> Vec<(String, Vec<CodeFile>)> {
    let mut found = Vec::new();
    for plan in plans() {
        for topology in Topology::ALL {
            let files = of(language, topology, &plan);
            if !files.is_empty() {
                found.push((format!("{topology:?} of {:.30}", plan.name), files));
            }
        }
    }
    assert!(found.len() > 20);
    found
}

/// Goldens that a person would read: a pair and a group in each language, each without the lines of those before.
#[test]
fn a_pair_and_a_group_in_each_language() {
    let mut once = Once::default();
    for (language, topology, name) in [
        (Language::Bicep, Topology::Passive, "bicep-pair"),
        (Language::Bicep, Topology::Active, "bicep-group"),
        (Language::Terraform, Topology::Passive, "terraform-pair"),
        (Language::Terraform, Topology::Active, "terraform-group"),
    ] {
        insta::assert_snapshot!(name, once.text(&joined(&of(language, topology, &shop()))));
    }
}

/// What the site file knows is a default, and nothing else has one.
#[test]
fn the_site_file_gives_the_defaults() {
    let mut plan = shop();
    plan.site.action_group = "/subscriptions/s/ag".to_owned();
    let site = plan.site_of_mut(0).unwrap();
    (site.resource_group, site.cache, site.subnet) =
        ("rg-real".to_owned(), "orders".to_owned(), "/v/1/subnets/a".to_owned());
    let main =
        |language| of(language, Topology::Passive, &plan).iter().map(|file| file.text.clone()).collect::<String>();
    let bicep = main(Language::Bicep);
    for part in [
        "name: 'rg-real'",
        "name: 'orders'",
        "param actionGroupId string = '/subscriptions/s/ag'",
        "param subnetId_eastus string = '/v/1/subnets/a'",
        "param vnetId_eastus string = '/v/1'",
        "param appObjectId string\n",
    ] {
        assert!(bicep.contains(part), "{part}");
    }
    let terraform = main(Language::Terraform);
    for part in
        ["\"rg-real\"", "\"orders\"", "default     = \"/subscriptions/s/ag\"", "default     = \"/v/1/subnets/a\""]
    {
        assert!(terraform.contains(part), "{part}");
    }
}

/// A hub's zone and a member of a group in another subscription: each id is whole, the group names the member, and the code says that it does
/// not make it.
#[test]
fn what_is_in_another_subscription_has_its_own_id() {
    let mut plan = shop();
    "spoke".clone_into(&mut plan.site.subscription);
    for place in 0..2 {
        plan.site_of_mut(place).unwrap().zone_group = "/subscriptions/hub/resourceGroups/rg-dns".to_owned();
    }
    let all = |language, topology, plan: &Plan| {
        of(language, topology, plan)
            .into_iter()
            .filter(|it| it.name != "workbook.json")
            .map(|file| file.text)
            .collect::<String>()
    };
    for language in [Language::Bicep, Language::Terraform] {
        for topology in Topology::ALL {
            let text = all(language, topology, &plan);
            assert!(text.contains("/subscriptions/hub/resourceGroups/rg-dns/providers/Microsoft.Network/"), "{text}");
            assert!(!text.contains("resourceGroups//"), "{text}");
        }
    }
    let site = plan.site_of_mut(1).unwrap();
    (site.subscription, site.resource_group, site.cache) = ("far".to_owned(), "rg-far".to_owned(), "orders".to_owned());
    let id = "/subscriptions/far/resourceGroups/rg-far/providers/Microsoft.Cache/redisEnterprise/orders";
    for (language, member) in [
        (Language::Bicep, format!("var database_member_2 = '{id}/databases/default'")),
        (Language::Terraform, format!("[\"{id}\"]")),
    ] {
        let text = all(language, Topology::Active, &plan);
        assert!(text.contains(&member), "{text}");
        assert!(text.contains("is in another subscription, which this code does not reach"), "{text}");
        assert!(
            !text.contains("module member_2") && !text.contains("\"azurerm_managed_redis\" \"member_2\""),
            "{text}"
        );
        assert!(!text.contains("rg_northeurope") && !text.contains("northeurope'"), "{text}");
    }
    let bicep = all(Language::Bicep, Topology::Active, &plan);
    assert!(
        bicep.contains(
            "firstDeployment ? [{ id: database_member_1 }] : [{ id: database_member_1 }, { id: database_member_2 }]"
        ),
        "{bicep}"
    );
    // All of a design in one other subscription is no other: it is the code's.
    let site = plan.site_of_mut(0).unwrap();
    "far".clone_into(&mut site.subscription);
    let terraform = all(Language::Terraform, Topology::Active, &plan);
    assert!(terraform.contains("default     = \"far\"") && terraform.contains("\"member_2\""), "{terraform}");
}

/// Chargeback counts what runs by its tags, which Terraform leaves alone: the command for each cache is whole.
#[test]
fn what_runs_is_tagged_by_a_printed_command() {
    let mut plan = shop();
    plan.passive.exists = Confirmation::Confirmed;
    "s-1".clone_into(&mut plan.site.subscription);
    for place in 0..2 {
        let site = plan.site_of_mut(place).unwrap();
        (site.resource_group, site.cache) = (format!("rg-{place}"), format!("orders-{place}"));
    }
    let files = of(Language::Terraform, Topology::Passive, &plan);
    let imports = &files.iter().find(|file| file.name == "imports.tf").unwrap().text;
    for place in 0..2 {
        let command = format!(
            "# az tag update --resource-id \"/subscriptions/s-1/resourceGroups/rg-{place}/providers/Microsoft.Cache/redis/orders-{place}\" --operation Merge --tags \
             plan=Shop workload=shop dr-topology=passive dr-unit=shop-passive\n"
        );
        assert!(imports.contains(&command), "{imports}");
    }
}

/// The file's name ends in this.
fn ends_in(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end == ending)
}
