//! Every rule with a plan that breaks it and one that does not; goldens of what they say.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cases;

use super::{Finding, RuleStatus, Status, TABLES, audit};
use crate::catalog::{Catalog, RegionId, Severity, SkuId};
use crate::evaluate::{Evaluation, evaluate};
use crate::model::Topology;
use crate::plan::{Confirmation, Plan};
use crate::units::Ratio;
use cases::CASES;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn changed(mutate: fn(&mut Plan)) -> Plan {
    let mut plan = Plan::default();
    mutate(&mut plan);
    plan
}

fn judged(plan: &Plan, catalog: &Catalog) -> (Evaluation, Vec<RuleStatus>) {
    let it = evaluate(plan, catalog);
    let statuses =
        audit(plan, catalog, &it.demand, [&it.rebuild, &it.passive, &it.active], it.comparison.over.as_ref());
    (it, statuses)
}

fn found<'a>(evaluation: &'a Evaluation, id: &str) -> Vec<&'a Finding> {
    evaluation.findings.iter().filter(|finding| finding.id == id).collect()
}

#[test]
fn every_rule_of_the_catalogue_has_one_predicate() {
    let catalog = catalog();
    let rules: Vec<&str> = catalog.rules().iter().map(|rule| rule.id.as_str()).collect();
    let predicates: Vec<&str> = TABLES.iter().flat_map(|table| table.iter()).map(|(id, _)| *id).collect();
    assert_eq!(rules.len(), 70, "facts, rules.json");
    assert_eq!(predicates.len(), 70);
    assert_eq!(rules.iter().collect::<BTreeSet<_>>(), predicates.iter().collect::<BTreeSet<_>>());
}

#[test]
fn every_rule_is_seen_broken_and_not() {
    let catalog = catalog();
    let mut seen: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for (id, expected, mutate) in CASES {
        let (evaluation, statuses) = judged(&changed(*mutate), &catalog);
        let status = statuses.iter().find(|status| status.id == *id).expect("a rule of the catalogue");
        assert_eq!(status.status, *expected, "{id}: {}", status.sentence);
        let speaks = matches!(expected, Status::Broken | Status::Applies);
        assert_eq!(found(&evaluation, id).len(), usize::from(speaks), "{id}");
        let entry = seen.entry(id).or_default();
        if speaks { entry.0 = true } else { entry.1 = true }
    }
    for rule in catalog.rules() {
        let (broken, other) = seen.get(rule.id.as_str()).copied().unwrap_or_default();
        assert!(broken && other, "{} needs a plan that breaks it and one that does not", rule.id);
    }
}

/// A finding's field is where the page takes the user: it must be in the plan file.
#[test]
fn every_field_exists_in_a_plan_file() {
    let catalog = catalog();
    let file = crate::plan::file::write_group(&mut Plan::default());
    let exists = |path: &str| path.split('.').try_fold(&file, |at, part| at.get(part)).is_some();
    for (id, _, mutate) in CASES {
        for finding in evaluate(&changed(*mutate), &catalog).findings {
            assert!(finding.field.is_empty() || exists(&finding.field), "{id}: {} has {}", finding.id, finding.field);
        }
    }
    assert!(!exists("passive.no_such_field"));
}

/// What a person reads when each rule is broken.
#[test]
fn what_broken_rules_say() {
    let catalog = catalog();
    let mut text = String::new();
    for (id, expected, mutate) in CASES {
        if !matches!(expected, Status::Broken | Status::Applies) {
            continue;
        }
        let evaluation = evaluate(&changed(*mutate), &catalog);
        for it in found(&evaluation, id) {
            let severity = format!("{:?}", it.severity).to_ascii_lowercase();
            writeln!(text, "{id} ({severity}): {}", it.sentence).unwrap();
            writeln!(text, "    {} [{}] {}", it.remedy, it.source, it.field).unwrap();
        }
    }
    insta::assert_snapshot!(text.replace('\u{a0}', " "));
}

#[test]
fn findings_come_with_blocks_first() {
    let plan = changed(|plan| plan.active.persistence = true);
    let severities: Vec<Severity> = evaluate(&plan, &catalog()).findings.iter().map(|it| it.severity).collect();
    assert_eq!(severities.first(), Some(&Severity::Block));
    assert!(severities.is_sorted());
}

/// Facts, part 4: a horizon that crosses the retirement is a warning, a start after it a block; a pair still to be made is
/// refused to a tenant that had no cache before 2026-04-01, and to nobody else (N2).
#[test]
fn dates_of_premium() {
    use Confirmation::{Confirmed as Yes, NotSo as No, Unknown};
    let cases = [
        ("2026-12-01", 18, Yes, Unknown, None, ""),
        ("2026-12-01", 36, Yes, No, Some(Severity::Warn), "month 22 of 36"),
        ("2028-09-30", 12, Yes, Yes, Some(Severity::Block), "starts on 2028-09-30"),
        ("2026-12-01", 12, No, No, Some(Severity::Block), "without Azure Cache for Redis before 2026-04-01 is refused"),
        ("2026-12-01", 12, No, Unknown, None, ""),
        ("2026-12-01", 36, No, Unknown, Some(Severity::Warn), "whether this is one is open"),
        ("2026-12-01", 12, Unknown, No, None, ""),
        ("2026-12-01", 12, No, Yes, None, ""),
        ("2026-05-01", 12, No, No, Some(Severity::Block), "before 2026-04-01"),
        ("2026-01-01", 12, No, No, None, ""),
    ];
    let catalog = catalog();
    for (start, months, exists, history, severity, words) in cases {
        let mut plan = Plan::default();
        plan.horizon.start = start.parse().unwrap();
        plan.horizon.months = months;
        (plan.passive.exists, plan.passive.tenant_had_cache) = (exists, history);
        let evaluation = evaluate(&plan, &catalog);
        let finding = found(&evaluation, "PAS-EOL").first().copied();
        assert_eq!(finding.map(|it| it.severity), severity, "{start} {months} {exists:?} {history:?}");
        assert!(finding.is_none_or(|it| it.sentence.contains(words)), "{start}: {finding:?}");
        let dated = ["N1 (2025-10 to 2026-07-28", "N2 (captured 2026-09-17"];
        assert!(finding.is_none_or(|it| dated.iter().all(|source| it.source.contains(source))), "{finding:?}");
    }
}

/// C2: only a tenant without a cache before 2026-04-01 is refused; whoever has not looked is asked.
#[test]
fn a_lost_cache_of_a_pair_is_replaced_where_the_tenant_may_create_one() {
    use Confirmation::{Confirmed as Yes, NotSo as No, Unknown};
    for (history, severity) in [(Yes, None), (Unknown, None), (No, Some(Severity::Block))] {
        let mut plan = Plan::default();
        plan.passive.tenant_had_cache = history;
        plan.passive.checks.goes_on_without_new_premium = No;
        let evaluation = evaluate(&plan, &catalog());
        let finding = found(&evaluation, "PAS-REBUILD").first().copied();
        assert_eq!(finding.map(|it| it.severity), severity, "{history:?}");
        let asked = evaluation.open.iter().any(|open| open.id == "PAS-REBUILD");
        assert_eq!(asked, history == Unknown, "{history:?}");
    }
}

/// Both sources stand with their dates where they disagree.
#[test]
fn conflicting_sources_are_both_named() {
    let plan = changed(|plan| plan.active.sku = Some(SkuId::new("FlashOptimized_A250")));
    let evaluation = evaluate(&plan, &catalog());
    for (id, tags) in [("ACT-FLASH", ["D1", "S3 (2025-05-18)"]), ("ACT-EGRESS", ["D1", "S3 (2025-05-18)"])] {
        let it = found(&evaluation, id).first().copied().expect("a finding");
        assert!(tags.iter().all(|tag| it.source.contains(tag)), "{id}: {}", it.source);
    }
}

type WholeCase = (&'static str, Topology, Severity, fn(&mut Plan));

#[test]
fn the_plan_as_a_whole() {
    let catalog = catalog();
    let cases: [WholeCase; 9] = [
        ("PLAN-SHARES", Topology::Rebuild, Severity::Warn, |plan| plan.regions[0].users = Ratio::percent(90.0)),
        ("PLAN-SHARES", Topology::Active, Severity::Warn, |plan| plan.workload.split.deletes = Ratio::percent(12.0)),
        ("PLAN-REGION", Topology::Active, Severity::Block, |plan| plan.regions[1].region = RegionId::new("atlantis")),
        ("PLAN-SKU", Topology::Passive, Severity::Block, |plan| plan.passive.sku = Some(SkuId::new("Premium_P9"))),
        ("PLAN-RESTRICTED", Topology::Passive, Severity::Warn, |plan| {
            plan.regions[1].region = RegionId::new("australiacentral2");
        }),
        ("PLAN-PAIR", Topology::Passive, Severity::Info, |_| {}),
        ("PLAN-RESIDENCY", Topology::Active, Severity::Info, |_| {}),
        ("PLAN-PRICE", Topology::Rebuild, Severity::Info, |_| {}),
        ("FIT-ACTIVE", Topology::Active, Severity::Block, |plan| plan.active.sku = Some(SkuId::new("Balanced_B3"))),
    ];
    for (id, topology, severity, mutate) in cases {
        let evaluation = evaluate(&changed(mutate), &catalog);
        let it = found(&evaluation, id).into_iter().find(|it| it.topology == topology);
        assert_eq!(it.map(|it| it.severity), Some(severity), "{id}");
    }
    let paired = changed(|plan| plan.regions[1].region = RegionId::new("westus"));
    let evaluation = evaluate(&paired, &catalog);
    for quiet in ["PLAN-SHARES", "PLAN-REGION", "PLAN-SKU", "PLAN-RESTRICTED", "PLAN-PAIR", "PLAN-RESIDENCY"] {
        assert!(found(&evaluation, quiet).is_empty(), "{quiet}");
    }
}

/// A region that the plan lets no cache stand in bars every design that has one there: East US is in Europe's plan no choice.
#[test]
fn a_region_outside_the_plans_own_bounds_bars_its_designs() {
    let catalog = catalog();
    let bound: [fn(&mut Plan); 2] = [
        |plan| plan.placement.residency = crate::plan::Residency::OneGeography,
        |plan| plan.placement.areas = vec![crate::plan::Area::NorthAmerica],
    ];
    for mutate in bound {
        let plan = changed(mutate);
        let evaluation = evaluate(&plan, &catalog);
        let barred: Vec<Topology> = found(&evaluation, "PLAN-PLACEMENT").iter().map(|it| it.topology).collect();
        assert_eq!(barred, Topology::ALL, "the rebuild stands in East US, and comes back in North Europe");
        assert!(found(&evaluation, "PLAN-PLACEMENT").iter().all(|it| it.severity == Severity::Block));
        assert_eq!(evaluation.comparison.choice, None);
        assert!(found(&evaluate(&Plan::default(), &catalog), "PLAN-PLACEMENT").is_empty());
        let mut alone = plan.clone();
        alone.remove_region(1);
        assert!(found(&evaluate(&alone, &catalog), "PLAN-PLACEMENT").is_empty(), "it comes back nowhere");
    }
}

/// Where the plan names a region in which it may come back, the rebuild does, whatever the second one is: for rules, runbook, drills, latency
/// and exports alike.
#[test]
fn a_rebuild_comes_back_where_the_plan_lets_a_cache_stand() {
    let catalog = catalog();
    let mut plan: Plan = crate::codec::from_json(crate::presets::others::UNITED_KINGDOM).unwrap();
    let barred = |plan: &Plan| -> Vec<Topology> {
        found(&evaluate(plan, &catalog), "PLAN-PLACEMENT").iter().map(|it| it.topology).collect()
    };
    assert_eq!(barred(&plan), Topology::ALL);
    assert_eq!(evaluate(&plan, &catalog).comparison.choice, None, "North Europe is not in the United Kingdom");
    let [second, third] = ["northeurope", "ukwest"].map(RegionId::new);
    assert_eq!(plan.comes_back(&catalog).map(|it| &it.region), Some(&second), "and is where it would come back");
    plan.add_member(third.clone());
    plan.data.export_interval = Some(crate::units::Secs::hours(1.0));
    (plan.pricing.drills_per_year, plan.pricing.drill_cache_hours) = (2, rust_decimal::Decimal::from(4));
    assert_eq!(barred(&plan), [Topology::Passive, Topology::Active]);
    let evaluation = evaluate(&plan, &catalog);
    assert_eq!(evaluation.comparison.choice, Some(Topology::Rebuild));
    let lost = &evaluation.rebuild.latency.primary_down[0];
    assert_eq!(lost.writes_to.as_ref(), Some(&third));
    let lines = &evaluation.rebuild.bill.lines;
    let drills = lines.iter().find(|line| line.kind == crate::model::cost::LineKind::DrillCaches).unwrap();
    assert_eq!(drills.node.as_ref().map(|node| &node.place.region), Some(&third));
    let copies = lines.iter().find(|line| line.kind == crate::model::cost::LineKind::ExportCopies).unwrap();
    assert!(copies.label().contains("UK West"), "{}", copies.label());
    let book = crate::report::runbook::runbook(Topology::Rebuild, &plan, &catalog, &evaluation);
    for title in ["Unplanned failover", "Failback", "Drill"] {
        let steps = &book.sections.iter().find(|it| it.title == title).unwrap().steps;
        let all: String = steps.iter().flat_map(|it| [it.text.as_str(), &it.commands]).collect();
        assert!(all.contains("ukwest") && !all.contains("northeurope"), "{title}: {all}");
    }
}

/// Facts, migration.md 2.3: what sources say of the tool for migration, with their dates.
#[test]
fn the_tool_for_migration_has_sources_that_disagree() {
    let evaluation = evaluate(&Plan::default(), &catalog());
    let it = found(&evaluation, "PAS-MIGTOOL").first().copied().expect("a finding");
    for source in ["D5 (2026-03-26)", "N4 (2026-03)", "N5 (2026-08-20)", "N6 (undated)"] {
        assert!(it.source.contains(source), "{}", it.source);
    }
    assert!(it.sentence.contains("Sources disagree on injected caches and on moving data"), "{}", it.sentence);
}

/// The recommended design comes first, then where a no would block; inside a severity what the costs hang on too, then the answer that decides
/// most rules.
#[test]
fn open_work_is_ranked_by_what_an_answer_changes() {
    for text in crate::presets::PRESETS {
        let plan: Plan = crate::codec::from_json(text).unwrap();
        let evaluation = evaluate(&plan, &catalog());
        let recommended = evaluation.comparison.recommended();
        let decides = |it: &Finding| evaluation.open.iter().filter(|other| other.field == it.field).count();
        let keys: Vec<_> = evaluation
            .open
            .iter()
            .map(|it| {
                let most = ["passive.exists", "passive.tenant_had_cache"].contains(&it.field.as_str());
                (Some(it.topology) != recommended, it.severity, !most, std::cmp::Reverse(decides(it)))
            })
            .collect();
        assert!(keys.is_sorted(), "{}: {keys:?}", plan.name);
    }
    let open = Plan::default();
    let evaluation = evaluate(&open, &catalog());
    let asked = evaluation.open.iter().find(|it| it.id == "PAS-REBUILD").expect("the tenant's history is open");
    assert_eq!(asked.severity, Severity::Block, "a no refuses new caches");
}

/// One date of outgrowing: the finding has that of the months ahead, where a target that a size asks for comes before memory does.
#[test]
fn a_size_is_outgrown_in_the_month_in_which_the_months_ahead_replace_it() {
    let catalog = catalog();
    let presets = crate::presets::PRESETS.map(|text| crate::codec::from_json(text).unwrap());
    let mut sooner = Plan::default();
    sooner.workload.growth_per_year = Ratio::percent(20.0);
    let mut seen = 0;
    for plan in presets.into_iter().chain([Plan::default(), sooner]) {
        let evaluation = evaluate(&plan, &catalog);
        let over = evaluation.comparison.over.as_ref().unwrap();
        for (id, topology) in [("PAS-SCALE-LOCK", Topology::Passive), ("ACT-SCALE-LOCK", Topology::Active)] {
            let asked = evaluation.open.iter().find(|it| it.id == id);
            let when = over.of(topology).own.outgrown.as_ref();
            assert_eq!(asked.is_some(), when.is_some(), "{}: {id}", plan.name);
            let (Some(asked), Some((month, why))) = (asked, when) else { continue };
            let said = format!("in month {month} ({})", why[0].limit());
            assert!(asked.sentence.contains(&said), "{}", asked.sentence);
            seen += 1;
        }
    }
    assert!(seen > 0);
}
