//! What runs is never created over, and never called by a made-up name.

use super::{catalog, commands, of};
use crate::catalog::{RegionId, SkuId};
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::plan::{Confirmation, Plan};
use crate::presets::PRESETS;
use crate::report::code::{Language, files};
use crate::report::runbook::what_runs::{placed, running, shown_first};
use crate::report::runbook::{Runbook, shown_words, why_shown};
use crate::units::names::Named;

/// Every preset as it is, and with each kind of what runs, its caches named by the site file.
fn plans() -> Vec<Plan> {
    let mut all = Vec::new();
    for text in PRESETS {
        let plan = crate::codec::from_json(text).unwrap();
        for (sku, regions, grouped) in [
            (None, 2, Confirmation::Unknown),
            (Some("Premium_P2"), 1, Confirmation::Unknown),
            (Some("Standard_C3"), 2, Confirmation::Unknown),
            (Some("Enterprise_E10"), 1, Confirmation::Unknown),
            (Some("Enterprise_E10"), 2, Confirmation::Unknown),
            (Some("Balanced_B20"), 1, Confirmation::Unknown),
            (Some("Balanced_B20"), 2, Confirmation::Unknown),
            (Some("Balanced_B20"), 2, Confirmation::NotSo),
        ] {
            let mut plan: Plan = plan.clone();
            plan.passive.exists = if sku.is_none() { Confirmation::Confirmed } else { Confirmation::NotSo };
            plan.today.sku = sku.map(SkuId::new);
            (plan.today.regions, plan.today.grouped) = (regions, grouped);
            for place in 0..plan.regions.len().min(regions as usize) {
                let site = plan.site_of_mut(place).unwrap();
                site.cache = format!("live{place}");
                site.resource_group = format!("live-rg{place}");
            }
            all.push(plan);
        }
    }
    all
}

/// The section of a title, as one text.
fn text(book: &Runbook, title: &str) -> String {
    let section = book.sections.iter().find(|it| it.title == title);
    let steps = section.into_iter().flat_map(|it| &it.steps);
    steps.flat_map(|step| [step.commands.as_str(), "\n"]).collect()
}

fn creates(text: &str, name: &str) -> bool {
    ["az redis create --name", "az redisenterprise create --cluster-name"]
        .iter()
        .any(|command| text.contains(&format!("{command} {name} ")))
}

/// Over every preset, kind of what runs and topology: a design that does not run never creates, scales or deletes what does, in commands or
/// in code; one that runs creates none of its own caches but after its deletion.
#[test]
fn nothing_is_created_over_what_runs() {
    let catalog = catalog();
    for plan in plans() {
        let evaluation = evaluate(&plan, &catalog);
        for topology in Topology::ALL {
            let book = of(topology, &plan);
            let whole = commands(&book).join("\n");
            let what = format!("{} {:?} {topology:?}", plan.name, plan.today.sku);
            for name in ["live0", "live1"] {
                let joins = topology == Topology::Passive && plan.primary_stays() && name == "live0";
                if crate::report::runbook::runs(topology, &plan, &catalog) || joins {
                    assert!(!creates(&text(&book, "Create"), name), "{what} {name}");
                    assert!(!creates(&text(&book, "Unplanned failover"), name), "{what} {name}");
                    let group = format!("zone create --resource-group {} ", name.replace("live", "live-rg"));
                    assert!(!text(&book, "Create").contains(&group), "{what}: a region with a cache has its zone");
                } else {
                    assert!(!whole.contains(&format!("name {name} ")), "{what}: {name} is touched");
                    for language in Language::NAMES.iter().map(|it| it.0) {
                        for file in files(language, topology, &plan, &catalog, &evaluation) {
                            let quoted = [format!("'{name}'"), format!("\"{name}\"")];
                            assert!(!quoted.iter().any(|it| file.text.contains(it)), "{what} {name} in {}", file.name);
                        }
                    }
                }
            }
            let roles = text(&book, "Roles");
            let tagged =
                ["live-rg0 ", "live-rg1 "].iter().any(|group| roles.contains(&format!("group create --name {group}")));
            assert!(!tagged, "{what}: a group that is there gets new tags");
        }
    }
}

/// What the migration creates is called as the runbook of its target calls it.
#[test]
fn a_design_beside_a_pair_has_the_names_of_its_migration() {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    plan.passive.exists = Confirmation::Confirmed;
    plan.site_of_mut(0).unwrap().cache = "orders".to_owned();
    let placed = placed(Topology::Active, &plan, &catalog());
    assert_eq!(placed.site_of(0).and_then(crate::plan::RegionSite::cache_name), Some("orders-amr"));
    assert!(commands(&of(Topology::Active, &plan)).join("\n").contains("create --cluster-name orders-amr "));
    // A name that is as long as a name may be is cut, and never comes out as itself.
    plan.site_of_mut(0).unwrap().cache = format!("{}-amr", "x".repeat(56));
    let name = super::super::placed(Topology::Active, &plan, &catalog()).site_of(0).unwrap().cache.clone();
    assert!(name != plan.site_of(0).unwrap().cache && name.len() <= 60, "{name}");
}

/// An id in the site file is of a cache that exists, whatever else the plan says.
#[test]
fn an_id_is_of_a_cache_that_exists() {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    plan.site_of_mut(0).unwrap().cache =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Cache/Redis/orders".to_owned();
    for topology in Topology::ALL {
        assert!(!creates(&commands(&of(topology, &plan)).join("\n"), "orders"), "{topology:?}");
    }
}

/// Names of what runs are asked for once, at the top, where the site file does not hold them; nothing is made up for them.
#[test]
fn what_runs_is_asked_for_and_never_made_up() {
    let running = |sku: Option<&str>| {
        let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
        plan.passive.exists = if sku.is_none() { Confirmation::Confirmed } else { Confirmation::NotSo };
        plan.today.sku = sku.map(SkuId::new);
        plan.today.regions = 2;
        plan
    };
    for (topology, plan) in [(Topology::Passive, running(None)), (Topology::Active, running(Some("Balanced_B20")))] {
        let book = of(topology, &plan);
        let whole = commands(&book).join("\n");
        let top = text(&book, "Before you start");
        for share in &plan.regions {
            let region: &RegionId = &share.region;
            for what in ["CACHE", "GROUP"] {
                let asked = format!(": \"${{{what}_{}:?set it to ", region.as_str().to_ascii_uppercase());
                assert_eq!(
                    (top.matches(&asked).count(), whole.matches(&asked).count()),
                    (1, 1),
                    "{topology:?} {asked}"
                );
            }
            for made in [format!("shop-{}", region.as_str()), format!("rg-shop-{}", region.as_str())] {
                assert!(!whole.contains(&made), "{topology:?}: {made} is made up");
            }
        }
        assert_eq!(whole.contains("GROUP_NICKNAME"), topology == Topology::Active);
        assert!(!whole.contains("shop-group"), "{topology:?}");
        // In code they are parameters without a default.
        let (catalog, evaluation) = (catalog(), evaluate(&plan, &catalog()));
        for (language, asked) in
            [(Language::Bicep, "param cacheName_"), (Language::Terraform, "variable \"cache_name_")]
        {
            let all: String =
                files(language, topology, &plan, &catalog, &evaluation).iter().map(|it| it.text.as_str()).collect();
            assert_eq!(all.matches(asked).count(), 2, "{topology:?} {language:?}");
            assert!(!all.contains("shop-eastus"), "{topology:?} {language:?}");
        }
    }
}

/// One rule: the design that runs, else the recommended one; the first words say which and why.
#[test]
fn what_runs_is_shown_first() {
    let catalog = catalog();
    for plan in plans() {
        let comparison = evaluate(&plan, &catalog).comparison;
        let first = shown_first(&plan, &comparison);
        // One in a size that it has no way to is made beside what runs.
        let kept = |it: &Topology| crate::report::runbook::runs(*it, &plan, &catalog);
        let running = running(&plan).filter(kept);
        match running {
            Some(runs) => {
                assert_eq!(first, runs);
                assert!(shown_words(first, &plan, &catalog, &comparison).contains(" runs today"), "{}", plan.name);
            }
            None => assert_eq!(first, crate::report::runbook::recommended(&comparison)),
        }
        for topology in Topology::ALL {
            let said = why_shown(topology, &plan, &catalog, &comparison);
            assert_eq!(of(topology, &plan).why, said);
            let beside = said.contains("beside");
            assert_eq!(beside, !crate::report::runbook::runs(topology, &plan, &catalog), "{said}");
        }
    }
}

/// What runs before a pair in North Europe and West Europe: a name, and what the plan says of it.
fn before_a_pair() -> Vec<(&'static str, Plan, bool)> {
    let plan = |today: Option<(&str, u32, &str)>, exists: Confirmation| {
        let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
        for (at, region) in ["northeurope", "westeurope"].into_iter().enumerate() {
            plan.regions[at].region = RegionId::new(region);
        }
        plan.workload.dataset = crate::units::Bytes::gb(3.0);
        (plan.passive.sku, plan.passive.shards) = (Some(SkuId::new("Premium_P2")), Some(0));
        (plan.passive.exists, plan.passive.tenant_had_cache) = (exists, Confirmation::Confirmed);
        let Some((sku, caches, elsewhere)) = today else { return plan };
        plan.today = crate::plan::Today {
            sku: Some(SkuId::new(sku)),
            caches,
            elsewhere: elsewhere.to_owned(),
            ..crate::plan::Today::default()
        };
        plan
    };
    let (is, no) = (Confirmation::Confirmed, Confirmation::NotSo);
    let mut both = plan(Some(("Premium_P2", 1, "")), no);
    both.today.regions = 2;
    vec![
        ("lone, at the primary", plan(Some(("Premium_P2", 1, "")), no), true),
        ("lone, and nothing said of a pair", plan(Some(("Premium_P2", 1, "")), Confirmation::Unknown), true),
        ("lone, of another size", plan(Some(("Premium_P4", 1, "")), no), true),
        ("lone, a cluster", plan(Some(("Premium_P2", 3, "")), no), true),
        ("lone, at the secondary", plan(Some(("Premium_P2", 1, "westeurope")), no), false),
        ("lone, in neither", plan(Some(("Premium_P2", 1, "uksouth")), no), false),
        ("two lone ones, at both places", both, true),
        ("two lone ones, one at the primary", plan(Some(("Premium_P2", 1, "uksouth, northeurope")), no), true),
        ("of a pair the primary, at the primary", plan(Some(("Premium_P2", 1, "northeurope, uksouth")), is), true),
        ("the same of another size", plan(Some(("Premium_P4", 1, "northeurope, uksouth")), is), true),
        ("of a pair the primary, at the secondary", plan(Some(("Premium_P2", 1, "westeurope, uksouth")), is), false),
        ("of a pair the secondary, at the primary", plan(Some(("Premium_P2", 1, "uksouth, northeurope")), is), false),
        ("of a pair the secondary, at the secondary", plan(Some(("Premium_P2", 1, "uksouth, westeurope")), is), false),
        ("a pair in neither", plan(Some(("Premium_P2", 1, "uksouth, ukwest")), is), false),
        ("Standard, at the primary", plan(Some(("Standard_C3", 1, "")), no), false),
        ("a cluster of Managed Redis", plan(Some(("Balanced_B20", 1, "")), no), false),
    ]
}

/// One plan, one truth: the horizon, the first words, the steps and the code agree on whether a cache stays as the primary of the pair, over every
/// way in which a pair is partly there.
#[test]
fn a_cache_that_stays_is_the_same_everywhere() {
    use crate::model::horizon::{Change, Origin, horizon};
    let catalog = catalog();
    for (what, mut plan, stays) in before_a_pair() {
        let there = [0, 1].map(|at| plan.today_regions().contains(&plan.regions[at].region));
        for place in (0..2).filter(|place| there[*place]) {
            let site = plan.site_of_mut(place).unwrap();
            site.cache = format!("live{place}");
            site.resource_group = format!("live-rg{place}");
        }
        let evaluation = evaluate(&plan, &catalog);
        let path = horizon(&plan, &catalog).paths.into_iter().find(|it| it.topology == Topology::Passive).unwrap();
        let beside = path.months[0].caches.len() > 2;
        let moved = path.steps.iter().any(|step| matches!(step.change, Change::Migration { ends: None, .. }));
        let seen = (path.way, beside, moved);
        let told = if stays { (Origin::Builds, false, false) } else { (Origin::Moves, true, true) };
        assert_eq!(seen, told, "{what}");
        let partly = path.steps.iter().any(|step| matches!(step.change, Change::Build { joining: 1, .. }));
        assert_eq!(partly, stays, "{what}");
        let said = shown_words(Topology::Passive, &plan, &catalog, &evaluation.comparison);
        let partner = "The cache in North Europe runs today; its partner is created beside it.";
        assert_eq!(said.starts_with(partner), stays, "{what}: {said}");
        assert_eq!(said.contains("is built beside"), !stays, "{what}: {said}");

        let book = of(Topology::Passive, &plan);
        let create = text(&book, "Create");
        let section = book.sections.iter().find(|it| it.title == "Create").unwrap();
        assert_eq!(section.when.starts_with("The cache in North Europe stays"), stays, "{what}: {}", section.when);
        assert_eq!(create.matches("az redis create").count(), if stays { 1 } else { 2 }, "{what}: {create}");
        assert!(!creates(&create, "live0") && !creates(&create, "live1"), "{what}: {create}");
        assert_eq!(create.contains("az redis server-link create --name live0 "), stays, "{what}: {create}");
        // What is left goes at the end, once the link stands, and each is unlinked before.
        let at = |part: &str| create.find(part);
        let link = at("server-link create").unwrap();
        let left = plan.today_leaves();
        assert_eq!(create.matches("az redis delete").count(), left.len(), "{what}");
        assert!(at("az redis delete").is_none_or(|gone| gone > link), "{what}: {create}");
        assert_eq!(create.matches("server-link delete --name live0 ").count(), left.len(), "{what}");
        assert!(at("server-link delete").is_none_or(|cut| at("az redis create").unwrap() < cut && cut < link));
        // Another size is given while nothing is linked, and a cluster stays one, as its partner.
        let scales = stays && !plan.runs_in_size(&SkuId::new("Premium_P2"), 0);
        let resize = at("az redis update --name live0 --resource-group live-rg0 --sku Premium --vm-size p2");
        assert_eq!(resize.is_some(), scales, "{what}: {create}");
        assert!(resize.is_none_or(|at| at < link), "{what}");
        let cluster = stays && plan.today.caches > 1;
        assert_eq!((create.contains("shardCount=1"), create.contains("--shard-count 1")), (cluster, cluster), "{what}");

        for language in Language::NAMES.iter().map(|it| it.0) {
            let code: String = files(language, Topology::Passive, &plan, &catalog, &evaluation)
                .iter()
                .map(|it| it.text.as_str())
                .collect();
            let named = |name: &str| [format!("'{name}'"), format!("\"{name}\"")].iter().any(|it| code.contains(it));
            assert_eq!((named("live0"), named("live1")), (stays, false), "{what} {language:?}");
            let taken =
                code.contains("resource running_primary ") || code.contains("to = azurerm_redis_cache.primary\n");
            assert_eq!(taken, stays, "{what} {language:?}: {code}");
            assert!(!code.contains("running_secondary") && !code.contains("to = azurerm_redis_cache.secondary\n"));
        }
    }
}

/// One sentence about a design that is what runs sizes it once: a lone cache, a group, and its member that stays alone, each of B5 and scaled. What
/// is kept is what the horizon keeps.
#[test]
fn a_design_that_runs_is_sized_once_for_its_sentence() {
    use crate::model::horizon::{keeps_what_runs, resized_from};
    use crate::report::runbook::what_runs::SIZED;
    let (catalog, mut plan) = (catalog(), Plan::default());
    plan.today.sku = Some(SkuId::new("Balanced_B5"));
    plan.today.caches = 1;
    for (regions, topology, says) in [
        (1, Topology::Rebuild, "The rebuild runs today. It is of B5: "),
        (2, Topology::Active, "The active group runs today. It is of B5: "),
        (2, Topology::Rebuild, " runs today and stays alone. It is of B5: "),
    ] {
        plan.today.regions = regions;
        for own in [&mut plan.rebuild.sku, &mut plan.active.sku] {
            *own = Some(SkuId::new("Balanced_B20"));
        }
        let comparison = evaluate(&plan, &catalog).comparison;
        SIZED.set(0);
        let said = shown_words(topology, &plan, &catalog, &comparison);
        assert_eq!(SIZED.get(), 1, "{said}");
        let kept = keeps_what_runs(topology, &plan, &catalog);
        assert_eq!((kept, resized_from(topology, &plan, &catalog).is_some()), (true, true), "{said}");
        assert!(said.contains(says), "{says}: {said}");
    }
}
