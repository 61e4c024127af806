//! What the tab says where nothing moves, of a price that is missing, of a path that does not apply, of sizes that differ.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::catalog::{Catalog, SkuId};
use crate::evaluate::evaluate;
use crate::plan::{Confirmation, Plan};
use crate::report::document::plain;
use crate::report::runbook::Shell;
use crate::units::{Bytes, Range, UnitPrice};
use rust_decimal::Decimal;

fn told(plan: &Plan, sections: impl Fn(Subject) -> Vec<Section>) -> String {
    told_by(&Catalog::bundled().unwrap(), plan, sections)
}

fn told_by(catalog: &Catalog, plan: &Plan, sections: impl Fn(Subject) -> Vec<Section>) -> String {
    let evaluation = evaluate(plan, catalog);
    plain(&plan.name, &sections(Subject { plan, catalog, evaluation: &evaluation }))
}

fn pair() -> Plan {
    let mut plan = Plan { name: "A pair".to_owned(), ..Plan::default() };
    plan.passive.exists = Confirmation::Confirmed;
    (plan.passive.sku, plan.passive.shards) = (Some(SkuId::new("Premium_P2")), Some(2));
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    plan
}

fn running(size: &str, regions: u32) -> Plan {
    let mut plan = Plan { name: format!("{size} today"), ..Plan::default() };
    plan.passive.exists = Confirmation::NotSo;
    (plan.today.sku, plan.today.regions) = (Some(SkuId::new(size)), regions);
    plan.workload.dataset = Bytes::gb(4.0);
    plan
}

/// It asks, with a link to the field; nothing else stands there.
#[test]
fn where_nothing_runs_it_asks_for_the_field() {
    for view in [sizes, paths, dates, commands] {
        let catalog = Catalog::bundled().unwrap();
        let plan = Plan::default();
        let evaluation = evaluate(&plan, &catalog);
        let found = view(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation });
        let [section] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(section.id, NOTHING);
        let [Block::Paragraph(asked)] = section.blocks.as_slice() else { panic!("{section:?}") };
        let leads = |path: &str| asked.0.iter().any(|run| run.style == Style::Field(path.to_owned()));
        assert!(leads("today.sku") && leads("passive.exists"), "{asked:?}");
    }
}

/// A region without a price: the paths stay without an order, and every sum is marked.
#[test]
fn an_unknown_price_is_said_and_never_ranked() {
    let catalog = Catalog::bundled().unwrap().without_node_prices(&crate::catalog::RegionId::new("eastus"));
    let text = told_by(&catalog, &running("Enterprise_E5", 2), paths);
    assert!(text.contains("The order of the paths is open: E5 in East US") && text.contains('≥'), "{text}");
    assert!(!text.contains("comes first"), "{text}");
}

/// A path that was asked for and does not apply is refused with the reason and the paths that do.
#[test]
fn a_path_that_does_not_apply_is_refused_by_name() {
    let (plan, catalog) = (pair(), Catalog::bundled().unwrap());
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let why = document(subject, None, Some(PathKind::Rolling), Shell::Bash).unwrap_err();
    assert!(why.starts_with("--path rolling: Only an active group") && why.contains("dual-write"), "{why}");
    let other = document(subject, None, Some(PathKind::ExportImport), Shell::Bash).unwrap();
    assert!(other.markdown().contains("az redis export"));
}

/// Where mapping, need and the plan's design differ, the first words say by which quantity: memory of the old size, data × CRDT factor,
/// what the mapped size lacks, the family; and which of them the plan takes.
#[test]
fn a_difference_of_sizes_is_explained_with_its_figures() {
    let catalog = Catalog::bundled().unwrap();
    let (mut seen, gb) = (std::collections::BTreeSet::new(), [0.5, 2.0, 5.0, 8.0, 12.0, 20.0, 24.0, 60.0]);
    for size in ["Premium_P1", "Premium_P2", "Premium_P3", "Premium_P4", "Standard_C3", "Standard_C5", "Enterprise_E10"]
    {
        for (data, ops) in gb.iter().flat_map(|gb| [(*gb, 1.0), (*gb, 40.0)]) {
            let mut plan = running(size, 1);
            plan.workload.dataset = Bytes::gb(data);
            plan.workload.writes = plan.workload.writes * ops;
            let evaluation = evaluate(&plan, &catalog);
            let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
            let moved = moved(subject, None).unwrap();
            let said = plain("", &[sizes_section(subject, &moved)]);
            let Some(mapped) = &moved.sizes.mapped else { continue };
            let need = moved.sizes.needs[moved.sizes.needs.len() / 2].sku.clone();
            if need.as_ref() != Some(mapped) {
                let reasons = [
                    "asks for at least",
                    "For the mapped size",
                    "same memory. ",
                    "cannot be a member",
                    "No size holds",
                ];
                assert!(reasons.iter().any(|it| said.contains(it)), "{size} {data} GB: {said}");
            }
            let design = &moved.design.caches[0].sku;
            if need.as_ref() != Some(design) {
                assert!(said.contains(&format!("; {} is the cheapest", design.short())), "{size} {data} GB: {said}");
            }
            seen.insert(format!("{:?}", moved.sizes.differs));
        }
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

/// A larger CRDT factor is in the table, and the reason for the difference is said.
#[test]
fn both_sizes_and_the_reason_are_shown() {
    let mut plan = pair();
    plan.assumptions.crdt_factor = Range::new(1.0, 2.0, 2.0);
    let text = told(&plan, sizes);
    assert!(text.contains("what the mapping and the need give") && text.contains("CRDT × 2"), "{text}");
}

/// A P2 without shards maps to B10 or B20 (Z1), of 12 and 24 GB: 7.2 and 14.4 GB of data with 80 % usable, 75 % of it filled. By hand for data of
/// 5 GB B10, which its peak fits; for 9 GB B20, which a factor of 1 needs too: no sentence says that both sizes of the row are the need.
#[test]
fn of_two_mapped_sizes_the_one_that_is_taken_is_said_with_the_reason() {
    for (data, taken, passed) in
        [(5.0, "Mapping, if the month's peak fits: taken", false), (9.0, "Mapping, the larger: taken", true)]
    {
        let mut plan = running("Premium_P2", 1);
        plan.workload.dataset = Bytes::gb(data);
        plan.assumptions.crdt_factor = Range::new(1.0, 1.0, 1.0);
        let text = told(&plan, sizes).replace('\u{a0}', " ");
        assert!(text.contains(taken), "{data} GB: {text}");
        let said = text.contains("The mapping offers B10 or B20.") && text.contains("B10 may hold 7.2 GB");
        assert_eq!(said && text.contains("So B20 is taken."), passed, "{data} GB: {text}");
        assert!(!passed || !text.contains("give the same size"), "{data} GB: {text}");
    }
}
