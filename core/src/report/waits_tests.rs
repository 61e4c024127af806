//! What is said of a design that waits for the end of what runs.
#![allow(clippy::unwrap_used)]

use super::document::plain;
use super::views::{Subject, migrate};
use crate::catalog::{Catalog, SkuId};
use crate::evaluate::evaluate;
use crate::plan::Plan;

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
        let moving = migrate::document(subject, None, None, runbook::Shell::Bash).unwrap().markdown();
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
    assert!(
        said.contains("The active group costs $1,945 more a month until 2028-09-30, $58,874 more over 36 months"),
        "{said}"
    );
    let cards = overview::cards(subject);
    assert_eq!(cards[0].design, "M20 · Central US, by today’s load");
    assert_eq!(cards[2].design, "2 × M50 · Central US, South Central US");
    let card = &cards[0].measures[0];
    assert_eq!(card.value, "$1,240");
    assert_eq!(card.note, "a month, C5 until 2028-09-30, then $1,931 (M50)");
    let record = decision::decision_document(subject).markdown().replace('\u{a0}', " ");
    for said in [
        "$1,240 (C5) until 2028-09-30, then $1,931 (M50) ✓ meets $2,500",
        "M20 in Central US, by today’s load",
        "for $1,945 more a month until 2028-09-30, but misses the budget",
    ] {
        assert!(record.contains(said), "{record}");
    }
    assert!(!record.contains("$1,166") && !record.contains("$2,019"), "{record}");
    let waits = "The rebuild waits: C5 at $1,240 a month until 2028-09-30, then $1,931 (M50). Its bill here is by today’s load.";
    let bill = plain("", &[cost::bill(subject, None)]).replace('\u{a0}', " ");
    assert!(bill.contains(waits) && !bill.contains("The active group waits"), "{bill}");
    assert!(bill.contains("The rebuild is the cheapest by today’s load: $1,166 a month"), "{bill}");
    let members = crate::explore::break_even::by_members(&plan, &catalog);
    let regions = plain("", &[cost::by_regions(subject, Some(&members)).unwrap()]).replace('\u{a0}', " ");
    let bands = crate::explore::bill_bands::bands_of_all(&plan, &catalog);
    let bands = plain("", &[cost::bands(subject, Some(&bands))]).replace('\u{a0}', " ");
    assert!(regions.contains(waits) && bands.contains(waits), "{regions}\n{bands}");
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
    assert!(beyond.starts_with("The search finds another term: "), "M50 takes over in both: {beyond}");
    for part in [
        "$674 (C5) until 2028-09-30, then $1,170 (M50)",
        "is the rebuild on M50: C5 at $674 a month until 2028-09-30, then $1,931 (M50), $64,001 overall.",
        "For $989 more a month until 2028-09-30 the RTO is 1 h 48 min",
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

/// The price of C5 is sure until it ends, and then that of M50: of C5's $1,240.42 a month $60 are of drills (4 h × $90 × 2 ÷ 12), the person's own,
/// and of M50's $1,931 by then too. Where the plan gives $200 for C5, those are its own too: $260 of $674.
#[test]
fn how_sure_the_price_of_a_design_that_waits_is_has_two_parts() {
    let catalog = Catalog::bundled().unwrap();
    let said = |plan: &Plan| {
        let evaluation = evaluate(plan, &catalog);
        let lines = crate::report::why::texts(Subject { plan, catalog: &catalog, evaluation: &evaluation });
        lines.into_iter().find(|it| it.starts_with("How sure")).unwrap().replace('\u{a0}', " ")
    };
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    let (before, after) = (" 4.8 % yours until 2028-09-30, then ", " 3.1 % yours.");
    assert!(said(&plan).contains(before) && said(&plan).ends_with(after), "{}", said(&plan));
    plan.today.month = Some(crate::units::Money::whole(200));
    let (before, own) = (" 38.6 % yours until 2028-09-30, then ", said(&plan));
    assert!(own.contains(before) && own.ends_with(after), "{own}");
}

/// Two designs that keep the same Enterprise group until its end cost the same up to it: $238 less a month are the group's $3,193 less the pair's
/// $2,955, which the same group follows.
#[test]
fn designs_that_keep_the_same_caches_differ_after_them() {
    use crate::plan::{Confirmation, DataClass, DataPart};
    let catalog = Catalog::bundled().unwrap();
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    (plan.today.sku, plan.today.regions) = (Some(SkuId::new("Enterprise_E10")), 2);
    plan.workload.dataset = crate::units::Bytes::gb(10.0);
    (plan.today.grouped, plan.objectives.budget, plan.outages.downtime_hour) = (Confirmation::Confirmed, None, None);
    plan.data.parts =
        plan.data.parts.iter().map(|it| DataPart { class: DataClass::HeldOnlyHere, ..it.clone() }).collect();
    let evaluation = evaluate(&plan, &catalog);
    let said = crate::report::verdict::plain(&evaluation.comparison).replace('\u{a0}', " ");
    let apart = "The passive pair costs the same until 2027-03-31, then $238 less a month, $27,341 more over 36 months";
    assert!(said.contains(apart), "{said}");
    let [pair, group] = [&evaluation.passive, &evaluation.active].map(|it| evaluation.comparison.waits(it.topology));
    let (pair, group) = (pair.unwrap(), group.unwrap());
    assert_eq!(pair.before, group.before);
    let less = group.after.complete().unwrap() - pair.after.complete().unwrap();
    assert_eq!(crate::units::format::money(less, catalog.currency()), "$238");
}

/// A load that falls by 30 % a year: C5 costs $1,240, and M50 takes over in month 22 at $1,671, $1,858 by today's load. A budget of $1,750 is kept in
/// every month that is paid, and one of $1,500 missed by $171 in 15. The search of the regions and of all of them finds it so.
#[test]
fn a_budget_is_held_against_no_month_by_todays_load() {
    use crate::evaluate::evaluate_unread;
    use crate::explore::search::{RegionSearch, search};
    use crate::model::Topology;
    let catalog = Catalog::bundled().unwrap();
    let text = include_str!("../../../tests/fixtures/growing/waits.json");
    let mut plan: Plan = crate::codec::from_json(text).unwrap();
    plan.placement.residency = crate::plan::Residency::NamedRegions;
    let evaluation = evaluate(&plan, &catalog);
    let own = &evaluation.rebuild;
    assert_eq!(crate::units::format::money(own.bill.total.complete().unwrap(), catalog.currency()), "$1,858");
    assert_eq!((own.verdicts[0].met, evaluation.comparison.choice), (Some(true), Some(Topology::Rebuild)));
    assert_eq!(evaluate_unread(&plan, &catalog).comparison.choice, Some(Topology::Rebuild));
    let found = search(&plan, &catalog).as_paid[Topology::Rebuild as usize].clone().unwrap();
    assert!(found.meets_all() && found.month.complete() > plan.objectives.budget, "{found:?}");
    let regions = RegionSearch::whole(&plan, &catalog);
    assert!(!regions.best[Topology::Rebuild as usize].is_empty());
    plan.objectives.budget = Some(crate::units::Money::whole(1_500));
    let evaluation = evaluate(&plan, &catalog);
    let why = crate::report::verdict::caveat(&evaluation.rebuild.verdicts[0]).replace('\u{a0}', " ");
    assert_eq!(why, "Over the budget in 15 of 36 months: from month 22 on $1,671 (M50).");
    let said = crate::report::verdict::plain(&evaluation.comparison).replace('\u{a0}', " ");
    assert!(said.contains("it misses the budget by $171 in month 22 ($1,671)"), "{said}");
    assert_eq!(evaluate_unread(&plan, &catalog).comparison.choice, None);
}

/// A budget between the months of M20 and of M50 is missed in the months in which M50 runs: 22 to 36.
#[test]
fn a_budget_is_missed_in_months_that_are_paid() {
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    plan.objectives.budget = Some(crate::units::Money::whole(1_500));
    let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
    let why = crate::report::verdict::caveat(&evaluation.rebuild.verdicts[0]).replace('\u{a0}', " ");
    assert_eq!(why, "Over the budget in 15 of 36 months: from month 22 on $1,931 (M50).");
}

/// Over regions the nearest that waits is said by what is paid for it too: no rebuild recovers in a minute. In a portfolio its month is one after
/// the end of what runs.
#[test]
fn a_nearest_and_a_row_that_wait_say_so() {
    use crate::explore::search::RegionSearch;
    use crate::portfolio::{Rows, cells, read};
    use crate::report::views::cost;
    use crate::units::Secs;
    let catalog = Catalog::bundled().unwrap();
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    plan.today.month = Some(crate::units::Money::whole(200));
    let entry = format!(r#"{{"portfolio": 1, "plans": [{{"plan": {}}}]}}"#, crate::codec::to_json(&plan));
    let rows = Rows::all(&read(&entry).unwrap(), &catalog).rows;
    let [.., design, _, _, _, _, _, _, cheapest] = cells(&rows[0], catalog.currency());
    assert_eq!(design, "Rebuild after 2028-09-30");
    assert!(cheapest.contains(" after 2028-09-30"), "{cheapest}");
    plan.placement.residency = crate::plan::Residency::NamedRegions;
    plan.objectives.rto = Some(Secs::mins(1.0));
    plan.data.export_interval = None;
    let found = RegionSearch::whole(&plan, &catalog);
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let said = plain("", &[cost::in_regions(subject, Some(&found), None)]).replace('\u{a0}', " ");
    assert!(said.contains("$674 (C5) until 2028-09-30, then $1,170 (M50)"), "{said}");
}

/// C5 has 26 GB. 12 GB that double every year are 26.2 GB in the 14th month: it holds them to no end of Standard, and the design moves now. A C1 of
/// 1 GB does not hold them today.
#[test]
fn what_does_not_hold_the_data_is_not_waited_for() {
    use crate::model::Topology;
    use crate::model::horizon::may_wait;
    let catalog = Catalog::bundled().unwrap();
    let mut plan: Plan = crate::codec::from_json(WAITS).unwrap();
    assert!(may_wait(Topology::Rebuild, &plan, &catalog));
    plan.workload.growth_per_year = crate::units::Ratio::percent(100.0);
    assert!(!may_wait(Topology::Rebuild, &plan, &catalog));
    assert_eq!(evaluate(&plan, &catalog).comparison.waits(Topology::Rebuild), None);
    let mut small: Plan = crate::codec::from_json(WAITS).unwrap();
    small.today.sku = Some(SkuId::new("Standard_C1"));
    assert!(!may_wait(Topology::Rebuild, &small, &catalog));
}

/// A traffic manager without a price is in every month of both ways: it moves when it would with a price of it, and the budget is open instead of
/// missed by a month that nobody pays.
#[test]
fn a_price_that_both_ways_lack_decides_nothing() {
    use crate::model::Topology;
    use crate::plan::TrafficSwitch;
    let catalog = Catalog::bundled().unwrap();
    let text = include_str!("../../../tests/fixtures/growing/waits.json");
    let mut plan: Plan = crate::codec::from_json(text).unwrap();
    plan.traffic.switch = TrafficSwitch::TrafficManager;
    let evaluation = evaluate(&plan, &catalog);
    assert!(evaluation.comparison.waits(Topology::Rebuild).is_some());
    assert_eq!(evaluation.rebuild.verdicts[0].met, None);
    let said = crate::report::verdict::plain(&evaluation.comparison);
    assert!(!said.contains("misses the budget by at least"), "{said}");
}
