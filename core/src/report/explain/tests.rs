//! Explanations say the cards' figures; a golden of one plan.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{explain, figure_words};
use crate::catalog::{Catalog, SkuId};
use crate::codec;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::plan::{Confirmation, Plan};
use crate::units::{OpsPerSec, Range, Secs};
use std::fmt::Write;

const TAX: &str = include_str!("../../../../public/plans/tax-filing.json");
const GAMING: &str = include_str!("../../../../public/plans/gaming-leaderboard.json");

fn catalog() -> Catalog {
    Catalog::bundled().expect("the bundled catalogue")
}

fn plans() -> Vec<Plan> {
    let mut one_region = Plan::default();
    one_region.regions.truncate(1);
    let mut overrun = Plan::default();
    overrun.workload.writes = OpsPerSec::per_s(900_000.0);
    let mut small = Plan::default();
    small.active.sku = Some(SkuId::new("Balanced_B3"));
    let mut plans: Vec<Plan> = [TAX, GAMING].iter().map(|text| codec::from_json(text).expect("a plan file")).collect();
    plans.extend([Plan::default(), one_region, overrun, small]);
    plans
}

/// The title has the figure of the verdict, and where there is a figure of its own the last lines lead to it.
#[test]
fn explanations_say_the_figures_of_the_verdicts() {
    let catalog = catalog();
    for plan in plans() {
        let evaluation = evaluate(&plan, &catalog);
        for topology in Topology::ALL {
            for objective in Objective::ALL {
                let it = explain(objective, topology, &plan, &catalog, &evaluation);
                let verdict = evaluation.of(topology).verdicts.iter().find(|it| it.objective == objective).unwrap();
                let figure = figure_words(verdict.figure, catalog.currency());
                assert!(it.title.contains(&figure), "{}: {figure}", it.title);
                assert!(!it.formula.is_empty() || !it.caveats.is_empty(), "{} explains nothing", it.title);
                assert!(
                    it.inputs.iter().all(|(name, value, origin)| ![name, value, origin].iter().any(|it| it.is_empty()))
                );
                let shown = match verdict.figure {
                    Figure::AtLeast(amount) => format!("≥\u{a0}{}", crate::units::format::usd_cents(amount)),
                    // The formula is exact to the cent; the card rounds.
                    Figure::Money(amount) => crate::units::format::usd_cents(amount),
                    Figure::Time(time) => crate::units::format::duration(time),
                    Figure::Unlimited | Figure::None => continue,
                };
                assert!(it.formula.iter().any(|line| line.contains(&shown)), "{}: {:?}", it.title, it.formula);
            }
        }
    }
}

/// A changed duration is the user's, an untouched one keeps its source.
#[test]
fn origins_tell_whose_an_input_is() {
    let catalog = catalog();
    let mut plan = Plan::default();
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    let of = |plan: &Plan| explain(Objective::Rto, Topology::Passive, plan, &catalog, &evaluate(plan, &catalog)).inputs;
    let origin = |plan: &Plan, step: &str| of(plan).into_iter().find(|(name, ..)| name == step).unwrap().2;
    assert_eq!(origin(&plan, "Step “geo-failover”"), "S1: a few minutes");
    assert_eq!(origin(&plan, "Step “reconnect”"), "D12: up to 15 min with default TCP settings; rehearsed: assumption");
    plan.recovery.geo_failover = Range::exactly(Secs::mins(5.0));
    assert_eq!(origin(&plan, "Step “geo-failover”"), "your input");
    assert_eq!(origin(&plan, "Step “decide”"), "assumption, by readiness");
}

#[test]
fn tax_filing_explained() {
    let catalog = catalog();
    let plan = codec::from_json(TAX).expect("a plan file");
    let evaluation = evaluate(&plan, &catalog);
    let mut text = String::new();
    for (objective, topology) in [
        (Objective::Cost, Topology::Passive),
        (Objective::Rpo, Topology::Passive),
        (Objective::Rto, Topology::Passive),
        (Objective::Runway, Topology::Active),
        (Objective::Latency, Topology::Active),
    ] {
        let it = explain(objective, topology, &plan, &catalog, &evaluation);
        writeln!(text, "{} [{}]", it.title, it.model).unwrap();
        it.formula.iter().for_each(|line| writeln!(text, "    {line}").unwrap());
        it.inputs.iter().for_each(|(name, value, origin)| writeln!(text, "    · {name}: {value} ({origin})").unwrap());
        it.caveats.iter().for_each(|line| writeln!(text, "    ! {line}").unwrap());
    }
    insta::assert_snapshot!(text.replace('\u{a0}', " "));
}

/// Plans that no check would pass still give text, and no figure that is not a number.
#[test]
fn broken_plans_still_give_text() {
    let catalog = catalog();
    let breaks: [fn(&mut Plan); 7] = [
        |plan| plan.regions.clear(),
        |plan| plan.workload.writes = OpsPerSec::per_s(f64::NAN),
        |plan| plan.workload.writes = OpsPerSec::per_s(f64::INFINITY),
        |plan| plan.workload.dataset = crate::units::Bytes::bytes(-1.0),
        |plan| plan.assumptions.hottest_shard = 0.0,
        |plan| plan.horizon.months = u32::MAX,
        |plan| plan.recovery.detect = Range::new(Secs::hours(1.0), Secs::ZERO, Secs::secs(f64::NAN)),
    ];
    for (index, change) in breaks.into_iter().enumerate() {
        let mut plan = Plan::default();
        change(&mut plan);
        let evaluation = evaluate(&plan, &catalog);
        let mut text = crate::report::decision::decision_record(&plan, &catalog, &evaluation);
        for topology in Topology::ALL {
            let book = crate::report::runbook::runbook(topology, &plan, &catalog, &evaluation);
            text += &crate::report::runbook::to_markdown(&book, &plan);
            for objective in Objective::ALL {
                text += &explain(objective, topology, &plan, &catalog, &evaluation).formula.join("\n");
            }
        }
        assert!(!text.contains("NaN"), "plan {index}");
    }
}

/// S02 dates the list price, S05 the total of the term: a reserved line names both.
#[test]
fn a_reserved_line_names_its_list_price_and_its_term() {
    let (mut plan, catalog) = (Plan::default(), catalog());
    plan.passive.sku = Some(SkuId::new("Premium_P1"));
    plan.pricing.reservation = Some(crate::plan::ReservationTerm::OneYear);
    let evaluation = evaluate(&plan, &catalog);
    let said = explain(Objective::Cost, Topology::Passive, &plan, &catalog, &evaluation);
    let input = |name: &str| {
        let (_, value, origin) = said.inputs.iter().find(|(own, _, _)| own == name).expect("an input");
        format!("{value}, {origin}")
    };
    assert_eq!(input("P1 nodes, East US"), "$0.277 per node-hour, published, 2024-07-01, S02");
    assert_eq!(input("P1 nodes, East US, prepaid"), "$1,553 a node for 1 year, published, 2026-10-01, S05");
}
