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

/// A C5 with 12 GB, growing 10 % a year, all of it from a database: the old service ends on 2028-09-30 (D6), in month 22.
const WAITS: &str = r#"{"v":1,"name":"catalog","regions":[{"region":"centralus","users":0.9,"writes":0.9},{"region":"southcentralus",
    "users":0.1,"writes":0.1}],"workload":{"dataset":12000000000.0,"writes":300.0,"reads":6000.0,"key_size":50.0,"value_size":2000.0,
    "connections":600,"growth_per_year":0.1},"objectives":{"rpo":3600.0,"rto":21600.0,"budget":"2500","runway":null,"write_latency":null},
    "today":{"sku":"Standard_C5","caches":1,"regions":1},"passive":{"exists":"no","tenant_had_cache":"yes"},
    "pricing":{"engineer_hour":"90"},"rebuild":{"reload_rate":6000.0,"database_limit":15000.0},"outages":{"downtime_hour":"1500"},
    "data":{"parts":[{"name":"products","share":1.0,"writes":1.0,"class":"rebuildable","conflicts":"last-write-wins"}]}}"#;

/// What a design costs until it takes over, and its size then, are those of the horizon: M20 holds 14.4 GB, and 12 GB × 1.1^(22 ÷ 12) × 1.1 of
/// the fullest shard are 15.7 GB, so M50. Its own months, M50 from month 11 on, are paid by nobody. Where what runs costs $5,000 it moves now,
/// by today's load.
#[test]
fn a_design_that_waits_is_sized_for_its_move() {
    use crate::model::Topology;
    use crate::report::code::{Language, files, joined};
    use crate::report::{runbook, verdict};
    let catalog = Catalog::bundled().unwrap();
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    let of = |plan: &Plan| {
        let evaluation = evaluate(plan, &catalog);
        let subject = Subject { plan, catalog: &catalog, evaluation: &evaluation };
        let moving = document(subject, None, None, Shell::Bash).unwrap().markdown();
        let code = joined(&files(Language::Bicep, Topology::Rebuild, plan, &catalog, &evaluation));
        let book = runbook::runbook(Topology::Rebuild, plan, &catalog, &evaluation);
        let book = runbook::document(&book, plan).markdown();
        let said = verdict::plain(&evaluation.comparison);
        [said, moving, code, book].map(|text| text.replace('\u{a0}', " "))
    };
    let [said, moving, code, book] = of(&plan);
    let paid = "for C5 at $1,240 a month until 2028-09-30, then $1,931 (M50), $71,308 over 36 months";
    assert!(said.contains(paid) && !said.contains("month 11"), "{said}");
    assert!(
        moving.contains("M50 replaces C5: the mapping gives M50") && moving.contains("It moves in month 22"),
        "{moving}"
    );
    assert!(moving.contains("Sized for the load at its move, by 2028-09-30."), "{moving}");
    assert!(book.contains("Sized for its move by 2028-09-30: M50."), "{book}");
    for text in [&moving, &code, &book] {
        assert!(text.contains("MemoryOptimized_M50") && !text.contains("MemoryOptimized_M20"), "{text}");
    }
    plan.today.month = Some(crate::units::Money::whole(5_000));
    let [said, moving, code, book] = of(&plan);
    assert!(said.contains(", from month 11 on $1,891 (M50), ") && !said.contains(" until 2028"), "{said}");
    assert!(moving.contains("M20 replaces C5") && !moving.contains("Sized for"), "{moving}");
    for text in [&moving, &code, &book] {
        assert!(text.contains("MemoryOptimized_M20") && !text.contains("MemoryOptimized_M50"), "{text}");
    }
}

/// Nobody pays M20's $1,166 a month: `dr-planner horizon` has C5 at $1,240.42 in month 1 and M50 at $1,931 after it, and the group at $3,185.34,
/// $1,945 more. Verdict, card, record, bill and explanation lead with that.
#[test]
fn what_months_of_a_design_that_waits_cost_leads() {
    use crate::model::Topology;
    use crate::model::verdict::Objective;
    use crate::report::views::{cost, overview};
    use crate::report::{decision, explain, verdict};
    let catalog = Catalog::bundled().unwrap();
    let plan: Plan = crate::codec::from_json(WAITS).unwrap();
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let said = verdict::plain(&evaluation.comparison).replace('\u{a0}', " ");
    assert!(said.contains("The active group costs $1,945 more a month, $58,874 more over 36 months"), "{said}");
    let cards = overview::cards(subject);
    assert_eq!(cards[0].design, "M20 · Central US, by today’s load");
    assert_eq!(cards[2].design, "2 × M50 · Central US, South Central US");
    let card = &cards[0].measures[0];
    assert_eq!(card.value, "$1,240");
    assert_eq!(card.note, "a month, C5 until 2028-09-30, then $1,931 (M50), at most $1,987");
    let record = decision::decision_document(subject).markdown().replace('\u{a0}', " ");
    for said in [
        "$1,240 (C5) until 2028-09-30, then $1,931 (M50) ✓ meets $2,500",
        "M20 in Central US, by today’s load",
        "for $1,945 more a month, but misses the budget",
    ] {
        assert!(record.contains(said), "{record}");
    }
    assert!(!record.contains("$1,166") && !record.contains("$2,019"), "{record}");
    let waits = "The rebuild waits: C5 at $1,240 a month until 2028-09-30, then $1,931 (M50). Its bill here is by today’s load.";
    let bill = plain("", &[cost::bill(subject, None)]).replace('\u{a0}', " ");
    assert!(bill.contains(waits) && !bill.contains("The active group waits"), "{bill}");
    let made = explain::explain(Objective::Cost, Topology::Rebuild, &plan, &catalog, &evaluation);
    assert!(made.caveats.iter().any(|it| it.replace('\u{a0}', " ") == waits), "{:?}", made.caveats);
}

/// The same of the search: with nodes of today at $200 a month C5 costs $200 and what is billed beside its nodes, $473.92, and the group of M50,
/// reserved for 3 years, $1,662.85: $989 more.
#[test]
fn what_months_of_a_searched_design_that_waits_cost_leads() {
    use crate::explore::search::{RegionSearch, RegionsFound, search};
    use crate::model::Topology;
    use crate::plan::{Area, Residency};
    use crate::report::views::cost;
    let catalog = Catalog::bundled().unwrap();
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    plan.today.month = Some(crate::units::Money::whole(200));
    (plan.placement.residency, plan.placement.areas) = (Residency::OneGeography, vec![Area::NorthAmerica]);
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let found = search(&plan, &catalog);
    let said = plain("", &cost::search_sections(subject, &found)).replace('\u{a0}', " ");
    let beyond = cost::beyond(subject, &found).unwrap().words().replace('\u{a0}', " ");
    let paid = " for C5 at $674 a month until 2028-09-30, then $1,170 (M50), $52,583 over 36 months";
    assert!(said.contains(paid) && beyond.contains(paid), "{said}\n{beyond}");
    for part in [
        "$674 (C5) until 2028-09-30, then $1,170 (M50)",
        "is the rebuild on M50: C5 at $674 a month until 2028-09-30, then $1,931 (M50).",
        "For $989 more a month the RTO is 1 h 48 min",
        "is shown at its own month",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Over regions too, and the same once it has come back as a text.
    let regions = RegionSearch::whole(&plan, &catalog);
    let said = plain("", &[cost::in_regions(subject, Some(&regions), None)]).replace('\u{a0}', " ");
    let paid = ": C5 at $674 a month until 2028-09-30, then $1,170 (M50), $52,583 over 36 months";
    assert!(said.contains(paid) && said.contains("$674 (C5) until 2028-09-30"), "{said}");
    let waiting =
        |it: &RegionsFound| it.best[Topology::Rebuild as usize].iter().map(|it| it.waiting.clone()).collect::<Vec<_>>();
    let back = RegionsFound::from_text(&regions.to_text(), &plan, &catalog).unwrap();
    assert_eq!(waiting(&regions), waiting(&back));
}

/// A budget between the months of M20 and of M50 is missed in the months in which M50 runs: 22 to 36. No month is named in which the size is
/// another, since C5 runs then.
#[test]
fn a_budget_is_missed_in_months_that_are_paid() {
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    plan.objectives.budget = Some(crate::units::Money::whole(1_500));
    let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
    let why = crate::report::verdict::caveat(&evaluation.rebuild.verdicts[0]).replace('\u{a0}', " ");
    assert_eq!(why, "Over the budget in 15 of 36 months: its dearest month is $1,987.");
}
