use super::*;
use crate::catalog::{Catalog, RegionId};
use crate::evaluate::evaluate;
use crate::explore::bill_bands::bands_of_all;
use crate::import::retail::read_files;
use crate::plan::{Plan, ReservationTerm};
use crate::report::document::{Block, plain};
use crate::units::{Bytes, Ratio, UnitPrice};
use insta::assert_snapshot;
use rust_decimal::Decimal;

fn shown(change: impl Fn(&mut Plan), sections: impl Fn(Subject) -> Vec<Section>) -> String {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    change(&mut plan);
    let evaluation = evaluate(&plan, &catalog);
    plain("", &sections(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation }))
}

fn with_prices(plan: &mut Plan) {
    plan.pricing.engineer_hour = Some(UnitPrice::new(Decimal::from(90)));
    plan.outages.downtime_hour = Some(UnitPrice::new(Decimal::from(1_000)));
}

/// A plan whose downtime and staff have a price.
#[test]
fn states_and_off_bill_costs() {
    assert_snapshot!(shown(with_prices, by_state));
}

/// A plan of little data whose runway asks for a larger size, and one whose latency nothing meets.
#[test]
fn the_search_of_a_new_plan_and_of_one_that_nothing_meets() {
    let small = |plan: &mut Plan| plan.workload.dataset = Bytes::gb(2.1);
    let hurried = |plan: &mut Plan| {
        plan.objectives.write_latency = Some(crate::units::Secs::millis(1.0));
        plan.objectives.rto = Some(crate::units::Secs::mins(20.0));
    };
    assert_snapshot!([shown(small, searched), shown(hurried, searched)].concat());
}

/// What takes long says that it is on its way, and shows no figure.
#[test]
fn what_is_still_worked_out_says_so() {
    let early = |subject: Subject| -> Vec<Section> {
        let all = [bands(subject, None), break_even(subject, By::default(), None)];
        all.into_iter().chain(by_regions(subject, None)).collect()
    };
    let said = shown(|_| {}, early);
    assert_eq!(said.matches("as soon as the typing pauses").count(), 2, "{said}");
    assert!(!said.contains('$'), "{said}");
}

/// What is left of a term is the winner's: it stands before the design that the plan would pay for. By hand: a rest of $1,000 in month 4.
#[test]
fn the_prepaid_term_stands_by_the_design_that_has_it() {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    plan.workload.dataset = Bytes::gb(2.1);
    let evaluation = evaluate(&plan, &catalog);
    let mut found = crate::explore::search::search(&plan, &catalog);
    let (worth, lost) = (crate::units::Money::whole(1_000), crate::units::Money::ZERO);
    let rest =
        crate::model::horizon::Exchanged { month: 4, left: 33, worth, lost, other_service: false, of_today: false };
    let winner = found.winner().unwrap().choice.topology;
    found.over[winner as usize].as_mut().unwrap().exchanged = vec![rest];
    found.as_paid.iter_mut().flatten().for_each(|own| own.choice.size.shards = 9);
    let said = best_designs(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation }, &found);
    let said = plain("", &[said]);
    let (term, own) = (said.find("Its prepaid term").unwrap(), said.find("As planned, ").unwrap());
    assert!(term < own, "{said}");
}

/// What is left of today's prepayment is no term of the design: it is named beside it, and no row of the table has it.
#[test]
fn the_rest_of_what_runs_today_is_named_as_that() {
    let money = crate::units::Money::whole;
    let rest = |of_today: bool| crate::model::horizon::Exchanged {
        month: 2,
        left: 9,
        worth: money(13_500),
        lost: crate::units::Money::ZERO,
        other_service: false,
        of_today,
    };
    let said = |of_today: bool| {
        let cost = crate::model::horizon::HorizonCost { exchanged: vec![rest(of_today)], ..Default::default() };
        crate::report::search::exchanged(&cost, crate::units::Currency::USD).unwrap().replace('\u{a0}', " ")
    };
    let of = "is exchanged or refunded at no cost: with 9 months left, worth $13,500, in month 2 (D6, Z10).";
    assert_eq!(said(true), format!("The prepaid term of what runs today {of}"));
    assert_eq!(said(false), format!("Its prepaid term {of}"));
}

/// The nearest design is moved to as the cheapest would be, so that what is left of today's prepayment is named there too. By hand: 9 of 10
/// months of $15,000 after the month side by side.
#[test]
fn the_rest_is_named_where_no_design_meets_every_target() {
    let prepaid = |plan: &mut Plan| {
        plan.objectives.rto = Some(crate::units::Secs::mins(20.0));
        plan.today.sku = Some(crate::catalog::SkuId::new("Enterprise_E50"));
        (plan.today.prepaid, plan.today.prepaid_months) = (Some(crate::units::Money::whole(15_000)), 10);
    };
    let said = shown(prepaid, searched).replace('\u{a0}', " ");
    let rest = "The prepaid term of what runs today is exchanged or refunded at no cost: with 9 months left, worth $13,500, in month 2";
    assert!(said.contains("The smallest change") && said.contains(rest), "{said}");
}

/// A plan of one region is sent to another search only where that does not stand below; and a chart that is not there is not excused where
/// no design is either.
#[test]
fn a_search_of_one_region_points_to_what_stands_below() {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    plan.placement.residency = crate::plan::Residency::NamedRegions;
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let found = crate::explore::search::search(&plan, &catalog);
    let regions = crate::explore::search::RegionSearch::whole(&plan, &catalog);
    let own = plain("", &search_sections(subject, &found));
    let both = plain("", &searched_with_regions(subject, &found, &regions));
    assert!(own.contains("the search over all regions tries each") && !own.contains("a chart could draw"), "{own}");
    assert!(both.contains("see “In every allowed region”") && !both.contains("tries each"), "{both}");
}

#[test]
fn a_quiet_horizon_says_so() {
    let quiet = |plan: &mut Plan| {
        (plan.workload.dataset, plan.workload.growth_per_year) = (Bytes::gb(1.0), Ratio::ZERO);
        plan.horizon.months = 1;
    };
    let said = shown(quiet, ahead);
    assert!(said.contains("No change in 1 month: no size is outgrown, and no term or product ends."), "{said}");
}

/// West Europe without a price of any node (page 0.2, 0.3).
#[test]
fn sums_without_a_price_name_it() {
    let west = RegionId::new("westeurope");
    let mut plan = Plan::default();
    plan.exchange_region(0, west.clone());
    let catalog = Catalog::bundled().unwrap().without_node_prices(&west);
    let evaluation = evaluate(&plan, &catalog);
    let said = plain("", &[bill(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation }, None)]);
    assert!(said.contains("M20 in West Europe, P1 in West Europe and 1 more have no price."), "{said}");
    assert!(said.contains("M50 in West Europe has no price; ") && said.contains("≥ $1,746.23"), "{said}");
}

/// Page 0.8.
#[test]
fn a_discount_that_does_not_apply_is_named() {
    let discount = |plan: &mut Plan| {
        plan.pricing.discount = Decimal::new(12, 2);
        plan.pricing.reservation = Some(ReservationTerm::ThreeYears);
    };
    let said = shown(discount, |subject| vec![bill(subject, None)]);
    assert!(said.contains("The 12 % discount does not apply to reserved nodes: assumption."), "{said}");
}

/// The group has the CRDT factor as a range from the start; the rebuild has no range.
#[test]
fn the_band_stands_below_the_total_where_an_input_is_a_range() {
    let (mut plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    // Full syncs of a group cost by its data, which the CRDT factor multiplies.
    plan.pricing.active_egress = crate::plan::EgressBilling::ListRate;
    let (evaluation, bands) = (evaluate(&plan, &catalog), bands_of_all(&plan, &catalog));
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let count = |section: &Section| {
        section
            .tables()
            .iter()
            .flat_map(|it| &it.rows)
            .filter(|row| {
                row.kind == crate::report::document::RowKind::Note && row.cells[0].words().starts_with("P05 $")
            })
            .count()
    };
    assert_eq!([count(&bill(subject, Some(&bands))), count(&bill(subject, None))], [2, 0]);
    let said = plain("", &[bill(subject, Some(&bands))]);
    assert!(
        said.contains("CRDT factor and outage rate are ranges.")
            && said.contains("outage rate and regional prices are ranges."),
        "{said}"
    );
}

/// Three bills share meters: the list of them stands once, and the remark on a price once.
#[test]
fn where_lines_come_from_stands_once_for_all_designs() {
    let said = shown(|_| {}, |subject| vec![bill(subject, None)]);
    assert_eq!(said.matches(ORIGINS).count(), 1, "{said}");
    let zone = "a zone has one price in all but sovereign clouds";
    assert_eq!(said.matches(zone).count(), 1, "each design has zones: {said}");
}

/// Every line of every bill opens to a formula, and to its price or the reason why there is none.
#[test]
fn a_line_opens_to_where_it_comes_from() {
    let (plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    let evaluation = evaluate(&plan, &catalog);
    for (topology, bill) in evaluation.bills() {
        for line in &bill.lines {
            let crate::report::document::Block::Facts(facts) = line_facts(line, bill, &catalog) else {
                panic!("facts")
            };
            let names: Vec<String> = facts.iter().map(|(name, _)| name.words()).collect();
            let has = |name: &str| names.iter().any(|it| it == name);
            assert!(has("Quantity × unit price") && has("Formula"), "{topology:?}, {}: {names:?}", line.label());
            assert_ne!(has("List price"), has("No price"), "{topology:?}, {}: {names:?}", line.label());
        }
    }
}

fn sheet(names: &[&str]) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/sheets");
    let read = |name: &&str| ((*name).to_owned(), std::fs::read_to_string(format!("{folder}/{name}")).unwrap());
    let files: Vec<_> = names.iter().map(read).collect();
    let (plan, bundled) = (Plan::default(), Catalog::bundled().unwrap());
    let (catalog, report) = read_files(&files, &bundled, plan.horizon.start).unwrap().over(&bundled);
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let opened = Opened { name: &names.join(", "), report: &report, persisted: true };
    plain("", &[price_sheet(subject, Some(opened))])
}

#[test]
fn what_a_price_sheet_replaces_and_does_not_give() {
    assert_snapshot!("two_pages", sheet(&["east-page-1.json", "east-page-2.json"]));
    let euros = sheet(&["euros.ndjson"]);
    assert!(euros.contains("5 prices in EUR from 6 rows") && !euros.replace("&$filter", "").contains('$'), "{euros}");
}

/// The search says "too close to call" where the verdict would, and shows the nearest of each topology that misses a target.
#[test]
fn the_search_says_what_is_too_close_and_what_is_the_nearest() {
    let of = |name: &str| {
        let catalog = Catalog::bundled().unwrap();
        let plans = crate::presets::PRESETS.iter().map(|text| crate::codec::from_json(text).unwrap());
        let plan: Plan = plans.into_iter().find(|plan: &Plan| plan.name == name).unwrap();
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        (searched(subject)[0].says.words(), plain("", &searched(subject)).replace('\u{a0}', " "))
    };
    let (says, _) = of("Enrolment");
    assert!(says.starts_with("Too close to call: Passive pair of P2"), "{says}");
    let (says, whole) = of("Tax filing");
    assert!(says.starts_with("Too close to call: Active group of M50"), "{says}");
    assert!(whole.contains("Measure “decide”, “unlink” and “point clients elsewhere” first: at 2 min, 2 min or 60 s the passive pair becomes the choice."), "{whole}");
    let (says, _) = of("Gaming leaderboard");
    assert!(says.starts_with("Active group of M50"), "{says}");
    let row = whole.lines().find(|line| line.trim_start().starts_with("Passive pair ")).expect("the pair");
    assert!(row.contains(" RTO "), "{row}");
    let (_, whole) = of("Energy trading");
    let named = |name: &str| whole.lines().any(|line| line.trim_start().starts_with(name));
    assert!(named("Passive pair ") && named("Active group "), "{whole}");
}

/// A plan of one region is told what it lacks, in the verdict, in the search and on the way to the search over regions; nothing blocks it.
#[test]
fn a_lone_region_is_told_what_is_missing() {
    let alone = |plan: &mut Plan| plan.regions.truncate(1);
    let searched = shown(alone, searched);
    let overview = shown(alone, crate::report::views::overview::overview);
    for said in [&searched, &overview] {
        let said = said.replace('\n', " ");
        assert!(said.contains("This plan has one region") && said.contains("Add a second region"), "{said}");
        assert!(!said.contains("is blocked") && !said.contains("free of block"), "{said}");
    }
    // Two regions and a figure that no design has: it is named, and no block is.
    let unknown = shown(
        |plan| {
            plan.objectives.runway = Some(crate::units::Secs::hours(4.0));
            plan.regions[1].region = RegionId::new("eastus");
        },
        super::searched,
    );
    assert!(!unknown.contains("is blocked"), "{unknown}");
}

/// One that is left out is no "others": of designs, of placements, and of the members of a group of two.
#[test]
fn one_other_is_told_as_one() {
    use crate::explore::search::{RegionsFound, search};
    use crate::model::Topology;
    use crate::report::runbook;
    let (catalog, plan) = (Catalog::bundled().unwrap(), Plan::default());
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let mut found = search(&plan, &catalog);
    let least = found.worked_out;
    for (left, said) in [
        (0, "figures of all were worked out."),
        (1, ", the other is dearer and no better."),
        (2, ", the others are dearer"),
    ] {
        found.designs = least + left;
        let text = plain("", &search_sections(subject, &found)).replace('\n', " ");
        assert!(text.contains(said), "{said}: {text}");
    }
    for (placements, said) in [(2, "the nodes alone of the other cost"), (3, "the nodes alone of the others cost")] {
        let text = format!(r#"{{"best":[],"near":[],"placements":{placements},"tried":1,"barred":0,"unplaced":0}}"#);
        let regions = RegionsFound::from_text(&text, &plan, &catalog).unwrap();
        let text = plain("", &[in_regions(subject, Some(&regions), None)]).replace('\n', " ");
        assert!(text.contains(said), "{said}: {text}");
    }
    let book = runbook::runbook(Topology::Active, &plan, &catalog, &evaluation);
    let book = runbook::document(&book, &plan).markdown();
    assert!(!book.contains("the others") && !book.contains("The others"), "{book}");
}

/// A search over regions whose targets have to move names where the design stands: a lone region has no design to go by.
#[test]
fn a_moved_target_of_a_search_over_regions_says_where() {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    plan.objectives.rto = Some(crate::units::Secs::mins(1.0));
    let found = crate::explore::search::RegionSearch::whole(&plan, &catalog);
    let design = &found.relaxation().unwrap().design.choice;
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let said = plain("", &[in_regions(subject, Some(&found), None)]).replace('\n', " ");
    let names: Vec<&str> = design.regions.iter().map(|it| catalog.region_name(it)).collect();
    assert_eq!(names.len(), 2, "{design:?}");
    assert!(names.iter().all(|name| said.contains(name)), "{names:?}: {said}");
    // A row of the nearest placement of each topology that has one, with what it misses.
    let rows: Vec<&crate::explore::search::Found> = found.shown().collect();
    assert!(rows.len() > 1 && rows.iter().all(|it| !it.unmet.is_empty()), "{rows:?}");
    let section = in_regions(subject, Some(&found), None);
    let Some(Block::Table(table)) = section.blocks.iter().find(|it| matches!(it, Block::Table(_))) else {
        panic!("{section:?}")
    };
    assert_eq!(table.rows.len(), rows.len());
    assert!(table.columns.iter().any(|column| column.head.words() == "Misses"), "{:?}", table.columns);
    // Its sums are those once the targets have moved, and it says so; nothing is said to be in their order.
    assert!(table.columns.iter().any(|column| column.head.words().starts_with("Over ")), "{:?}", table.columns);
    assert!(
        said.contains(
            "Each row is the nearest of its topology, with the months that it has once the targets have moved."
        ),
        "{said}"
    );
    assert!(!said.contains("The order is that of the cost over the horizon"), "{said}");
}
