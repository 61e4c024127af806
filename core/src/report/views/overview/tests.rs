use super::*;
use crate::catalog::{Catalog, RegionId};
use crate::codec;
use crate::evaluate::evaluate;
use crate::model::runway::Runway;
use crate::model::verdict::Objective;
use crate::plan::{EgressBilling, Plan};
use crate::presets::PRESETS;
use crate::report::document::Style;
use crate::report::verdict::{deadline, tipping_point};

fn with<T>(plan: &Plan, then: impl FnOnce(Subject) -> T) -> T {
    let catalog = Catalog::bundled().unwrap();
    then(Subject { plan, catalog: &catalog, evaluation: &evaluate(plan, &catalog) })
}

fn changed(change: impl FnOnce(&mut Plan)) -> Plan {
    let mut plan = Plan::default();
    change(&mut plan);
    plan
}

/// The cells of a row of the only table of a section.
fn cells(section: &Section, name: &str) -> Vec<String> {
    let tables = section.tables();
    let row = tables[0].rows.iter().find(|row| row.cells[0].words() == name).expect("a row");
    row.cells.iter().skip(1).map(|cell| cell.words().replace('\u{a0}', " ")).collect()
}

#[test]
fn a_plan_of_one_region_says_what_is_not_possible() {
    let plan = changed(|plan| plan.remove_region(1));
    let cards = with(&plan, cards);
    assert_eq!(cards.iter().filter(|card| card.badge.text == "not possible").count(), 2);
    assert!(cards[1].measures.iter().all(|measure| measure.value == "–"));
}

#[test]
fn cards_line_up_and_share_their_scales() {
    let cards = with(&Plan::default(), cards);
    for card in &cards {
        let order: Vec<Objective> = card.measures.iter().map(|measure| measure.objective).collect();
        assert_eq!(order, Objective::ALL);
        assert!(card.measures.iter().all(|measure| (0.0..=100.0).contains(&measure.bar) && !measure.open));
    }
    let marks = |at: usize| cards.iter().map(|card| card.measures[at].mark).collect::<Vec<_>>();
    assert!((0..5).all(|at| marks(at).windows(2).all(|pair| pair[0] == pair[1])));
    assert_eq!(cards.iter().filter(|card| card.chosen).count(), 1);
}

/// A price that is missing is neither a target that is missed nor a design that cannot be. West Europe without a price of any
/// node.
#[test]
fn a_design_that_waits_for_a_price_says_no_price() {
    let west = RegionId::new("westeurope");
    let plan = changed(|plan| plan.exchange_region(0, west.clone()));
    let catalog = Catalog::bundled().unwrap().without_node_prices(&west);
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let cards = cards(subject);
    assert_eq!((cards[2].badge.text.as_str(), &cards[2].badge.style), ("no price", &Style::Plain));
    assert!(cards.iter().all(|card| card.measures[0].value.starts_with("≥\u{a0}$")));
    assert!(cards.iter().all(|card| card.measures[0].note.ends_with(" in West Europe has no price")));
    let open = |at: usize| cards.iter().filter(|card| card.measures[at].open).count();
    assert_eq!([0, 1, 2, 3, 4].map(open), [3, 0, 0, 0, 0], "the bars of sums alone, which lack a price");
    let cost = cells(&targets(subject), "Cost a month, as planned");
    assert!(cost[1..].iter().all(|cell| cell.starts_with('≥')), "{cost:?}");
}

/// The report has what the cards have: figure, note, target, mark and badge of each.
#[test]
fn the_table_of_targets_has_every_figure_of_the_cards() {
    for text in PRESETS {
        let plan = codec::from_json(text).unwrap();
        let (cards, targets) = with(&plan, |subject| (cards(subject), targets(subject)));
        for (at, card) in cards.iter().enumerate() {
            assert!(targets.says.words().contains(&format!("{}: {}.", card.topology.name(), card.badge.text)));
            let counts: Vec<&str> = card.counts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
            let findings = &cells(&targets, "Findings")[at + 1];
            assert_eq!(*findings, counts.join(", "));
            assert!(!findings.is_empty() && !findings.split(", ").any(|it| it.starts_with("0 ")), "{findings}");
            for measure in &card.measures {
                let row = cells(&targets, measure.objective.heading());
                let mark = measure.met.map_or("", |met| if met { " ✓" } else { " ✕" });
                let note = if measure.note.is_empty() { String::new() } else { format!(" · {}", measure.note) };
                let whole = format!("{}{mark}{note}", measure.value).replace('\u{a0}', " ");
                assert_eq!(row[0], measure.target.replace('\u{a0}', " "));
                assert_eq!(row[at + 1], whole);
            }
        }
    }
}

/// Memory at a loss is one figure: the overview prints what the tab Outage does.
#[test]
fn memory_in_use_is_one_figure() {
    let (fill, cells) = with(&Plan::default(), |subject| {
        let Runway::Fills(filling) = &subject.evaluation.active.runway else { panic!("a group") };
        (crate::units::format::percent(filling.fill), cells(&side_by_side(subject), "Memory in use"))
    });
    assert!(cells[2].starts_with(&fill.replace('\u{a0}', " ")), "{} against {fill}", cells[2]);
}

#[test]
fn billed_egress_of_a_group_has_a_price() {
    let egress = |billing: EgressBilling| {
        let plan = changed(|plan| plan.pricing.active_egress = billing);
        let cells = with(&plan, |subject| cells(&side_by_side(subject), "Replication traffic a month"));
        assert_eq!(cells[0], "none");
        cells[2].clone()
    };
    assert!(egress(EgressBilling::Absorbed).ends_with("· not billed"));
    assert!(egress(EgressBilling::ListRate).contains("· $"));
}

#[test]
fn the_verdict_has_the_deadline_and_the_tipping_point() {
    with(&Plan::default(), |subject| {
        let (said, comparison) = (verdict(subject).says.words(), &subject.evaluation.comparison);
        for part in [deadline(comparison), tipping_point(comparison)].into_iter().flatten() {
            assert!(said.contains(part.as_str()), "{said}");
        }
    });
}

fn preset(name: &str) -> Plan {
    let plans = PRESETS.iter().map(|text| codec::from_json(text).unwrap());
    plans.into_iter().find(|plan: &Plan| plan.name == name).unwrap()
}

/// A verdict never says that no design meets the targets where the search finds one, and names it: another size, another term.
#[test]
fn a_verdict_without_a_choice_names_what_the_search_finds() {
    let paid_otherwise = changed(|plan| {
        (plan.workload.dataset, plan.workload.writes) =
            (crate::units::Bytes::gb(8.0), crate::units::OpsPerSec::per_s(20_000.0));
        plan.objectives.rto = Some(crate::units::Secs::hours(2.0));
    });
    for (plan, design) in [
        (preset("Gaming leaderboard"), "active group of M50, reserved for 3 years, for $2,317 a month"),
        (paid_otherwise, "active group of M100, reserved for 3 years, for $3,763 a month"),
    ] {
        with(&plan, |subject| {
            let said = verdict_searched(subject).says.words();
            assert!(said.starts_with("None of the plan's designs meets all "), "{said}");
            assert!(
                said.contains(&format!(
                    "The search finds a design that meets all (RPO in the model alone): {design}, "
                )),
                "{said}"
            );
            assert!(!said.contains("becomes the choice"), "the search says more: {said}");
        });
    }
    // Nothing in the regions does: the smallest change over all sizes and terms.
    with(&preset("Energy trading"), |subject| {
        let said = verdict_searched(subject).says.words().replace('\u{a0}', " ");
        let smallest = "No other size or term in these regions meets every target. The smallest change that makes one feasible is a write latency \
                        target of 252 ms; then the active group of M20";
        assert!(said.contains(smallest), "{said}");
        // The page has the search's sentence below the same verdict: neither has a second change.
        let page = verdict(subject).says.words();
        assert!(!said.contains("becomes the choice") && !page.contains("becomes the choice"), "{page}");
        assert!(tipping_point(&subject.evaluation.comparison).is_some());
    });
}

/// While the search waits for the price of another size, the smallest change is that over the plan's own designs.
#[test]
fn a_search_that_waits_for_a_price_leaves_the_smallest_change_of_the_plans_own_designs() {
    let plan = preset("Energy trading");
    with(&plan, |subject| {
        let mut found = crate::explore::search::search(subject.plan, subject.catalog);
        found.missing = vec![crate::model::cost::MissingPrice::Running];
        let said = crate::report::views::cost::beyond(subject, &found).map(|it| it.words());
        assert_eq!(said, tipping_point(&subject.evaluation.comparison));
    });
}

/// Where the search's winner is another topology, size or term than the plan's choice, verdict and record name it: paid as used Enrolment's
/// choice is the group, reserved for a year it is the pair. Paid as the search pays, they are one design and nothing is said.
#[test]
fn a_verdict_with_a_choice_names_the_winner_of_the_search_where_it_is_another() {
    let mut plan = preset("Enrolment");
    with(&plan, |subject| {
        let said = searched(subject).unwrap().words().replace('\u{a0}', " ");
        assert_eq!(subject.evaluation.comparison.choice, Some(crate::model::Topology::Active));
        let first = "The search finds another topology and term, too close to call: passive pair of P2";
        assert!(said.starts_with(first) && said.contains(", reserved for 1 year, for $"), "{said}");
        assert!(said.ends_with(", $28,863 over 18 months."), "{said}");
        assert!(verdict_searched(subject).says.words().replace('\u{a0}', " ").contains(&said));
        let record = crate::report::decision::decision_document(subject).markdown().replace('\u{a0}', " ");
        assert!(record.contains("$28,863 over 18 months"), "{record}");
    });
    plan.pricing.reservation = Some(crate::plan::ReservationTerm::OneYear);
    with(&plan, |subject| assert_eq!(searched(subject), None));
}

/// The card leads with what metrics show, 60 s of a pair and nothing of a group: a finer target is met in the model alone.
#[test]
fn a_recovery_point_that_no_metric_shows_has_no_tick() {
    let rpo = |target: f64| {
        let plan = changed(|plan| plan.objectives.rpo = Some(crate::units::Secs::secs(target)));
        let points: Vec<Measure> = with(&plan, cards).into_iter().map(|card| card.measures[1].clone()).collect();
        points
    };
    let [fine, coarse] = [rpo(1.0), rpo(60.0)];
    assert_eq!((fine[1].met, coarse[1].met), (None, Some(true)));
    assert_eq!((fine[2].met, coarse[2].met), (None, None));
    assert!(fine[1].note.starts_with("by metrics; modelled P95 "), "{}", fine[1].note);
    assert!(fine[2].note.starts_with("modelled P95 "), "{}", fine[2].note);
    assert_eq!(fine[1].note, coarse[1].note, "the badge says that the model alone meets a target");
    assert_eq!(rpo(0.001)[1].met, Some(false), "a target that the model misses is missed");
}

/// A plan with these targets whose group outgrows M20 in month 4: `dr-planner horizon` has $1,744.53 in month 1 and M50 at $3,190.90 in month 4.
fn outgrown(budget: Option<i64>) -> Plan {
    let text = r#"{"v":1,"name":"Outgrown","regions":[{"region":"westeurope","users":0.7,"writes":0.7},
        {"region":"northeurope","users":0.3,"writes":0.3}],"workload":{"dataset":8000000000.0,"writes":1500.0,"reads":12000.0,
        "key_size":40.0,"value_size":600.0,"connections":1500},"objectives":{"rpo":300.0,"rto":7800.0},
        "pricing":{"engineer_hour":"90"},"passive":{"exists":"no","tenant_had_cache":"no"}}"#;
    let mut plan: Plan = codec::from_json(text).unwrap();
    plan.objectives.budget = budget.map(crate::units::Money::whole);
    plan
}

/// A budget of a month is one of every month: $2,000 holds M20's three months and none of M50's 33. The verdict says from which month the
/// cost is another.
#[test]
fn a_budget_is_held_against_every_month() {
    with(&outgrown(Some(4_000)), |subject| {
        let said = verdict_searched(subject).says.words().replace('\u{a0}', " ");
        assert!(
            said.starts_with(
                "Active group meets all five targets (RPO in the model alone) for \
             $1,745 a month"
            ),
            "{said}"
        );
        assert!(said.contains(", from month 4 on $3,191 (M50), $111,580 over 36 months."), "{said}");
        // Month 36 is the dearest.
        let note = cards(subject)[2].measures[0].note.replace('\u{a0}', " ");
        assert_eq!(note, "a month, at most $3,257");
    });
    with(&outgrown(Some(2_000)), |subject| {
        let evaluation = subject.evaluation;
        assert_eq!(evaluation.comparison.choice, None);
        assert_eq!(
            crate::evaluate::evaluate_unread(subject.plan, subject.catalog).comparison.choice,
            None,
            "unread the same"
        );
        let cost = &evaluation.active.verdicts[0];
        assert_eq!(cost.met, Some(false));
        let why = crate::report::verdict::caveat(cost).replace('\u{a0}', " ");
        assert_eq!(why, "Over the budget in 33 of 36 months: from month 4 on $3,191 (M50).");
        let said = verdict_searched(subject).says.words().replace('\u{a0}', " ");
        // A row of a portfolio names the month too: its own month is inside the budget.
        let topology = Some(crate::model::Topology::Active);
        let entry = crate::portfolio::Entry { tags: Vec::new(), topology, plan: subject.plan.clone() };
        let row = crate::portfolio::Row::of(&std::sync::Arc::new(entry), subject.catalog);
        let cells = crate::portfolio::cells(&row, subject.catalog.currency());
        assert_eq!(cells[2], "Active group, misses budget (from month 4 $3,191)");
        // $3,256.70 in month 36 less $2,000.
        let misses =
            "for $1,745 a month, from month 4 on $3,191 (M50): it misses the budget by $1,257 in month 36 ($3,257)";
        assert!(said.contains(misses), "{said}");
    });
}

/// The search holds its designs to the same: M20, reserved, is $952 a month and $1,606 from month 4 on, so that it misses $1,000 and meets
/// $2,000.
#[test]
fn the_search_holds_a_budget_against_every_month() {
    let found = |budget| {
        let plan = outgrown(Some(budget));
        with(&plan, |subject| {
            let found = crate::explore::search::search(subject.plan, subject.catalog);
            let said =
                crate::report::document::plain("", &crate::report::views::cost::search_sections(subject, &found));
            (found.winner().cloned(), found.relaxation.clone(), said.replace('\u{a0}', " "))
        })
    };
    let (winner, _, said) = found(2_000);
    assert_eq!(winner.unwrap().choice.size.sku.short(), "M20");
    assert!(said.contains(" for $952 a month, from month 4 on $1,606 (M50), $56,892 over 36 months"), "{said}");
    let (winner, relaxation, said) = found(1_000);
    assert_eq!(winner, None, "{said}");
    assert!(
        said.contains("The smallest change that makes one feasible is a budget of $1,")
            && said.contains(", up to that budget as the load grows, $56,892 over 36 months."),
        "{said}"
    );
    let crate::decide::Target::Money(to) = relaxation.unwrap().moved.targets[0].1 else { panic!("{said}") };
    let mut plan = outgrown(None);
    plan.objectives.budget = Some(to);
    let catalog = Catalog::bundled().unwrap();
    assert!(crate::explore::search::search(&plan, &catalog).winner().is_some(), "the named budget is enough");
}

/// A pair is judged to the end of the plan: $4,000 hold its own months, and the group's that follows in month 23 is over $3,000. A portfolio
/// judges the same months.
#[test]
fn a_pair_is_judged_beyond_the_end_of_its_service() {
    let mut plan = outgrown(None);
    plan.passive.tenant_had_cache = crate::plan::Confirmation::Confirmed;
    let catalog = Catalog::bundled().unwrap();
    let own = evaluate(&plan, &catalog).comparison.over.unwrap().of(crate::model::Topology::Passive).own.clone();
    let (pair, group) = (own.bills[0], own.dearest());
    assert!(own.follows.is_some() && group > pair, "{own:?}");
    plan.objectives.budget = Some(crate::units::Money::whole(3_000));
    assert!(pair.as_f64_for_charts() < 3_000.0 && group.as_f64_for_charts() > 3_000.0, "{own:?}");
    with(&plan, |subject| {
        let cost = &subject.evaluation.passive.verdicts[0];
        assert_eq!(cost.met, Some(false));
        let why = crate::report::verdict::caveat(cost).replace('\u{a0}', " ");
        assert!(why.starts_with("Over the budget in 14 of 36 months: from month 23 on $3,"), "{why}");
        // The card does not hold a first month of less against the budget that it misses.
        let cards = super::cards::cards(subject);
        let most = crate::units::format::money(group, subject.catalog.currency());
        assert_eq!(
            cards[1].measures[0].note,
            format!("{}, at most {most}", subject.evaluation.passive.bill.total.note())
        );
        let listed = crate::evaluate::evaluate_listed(subject.plan, subject.catalog, None);
        let comparison = &subject.evaluation.comparison;
        assert_eq!(listed.comparison.recommended(), comparison.recommended());
        for topology in crate::model::Topology::ALL {
            let met =
                |it: &crate::evaluate::Evaluation| it.of(topology).verdicts.iter().map(|it| it.met).collect::<Vec<_>>();
            assert_eq!(met(&listed), met(subject.evaluation), "{topology:?}");
        }
    });
}

/// A pair that a barred group has to follow meets its targets until its service ends, and says so: data that are not safe under concurrent
/// writes bar the group.
#[test]
fn what_has_to_follow_a_pair_is_said() {
    let mut plan = outgrown(None);
    plan.passive.tenant_had_cache = crate::plan::Confirmation::Confirmed;
    let unsafe_part = |class| crate::plan::DataPart::new("locks", 1.0, 1.0, class, crate::plan::Conflicts::NotSafe);
    plan.data.parts = vec![unsafe_part(crate::plan::DataClass::Rebuildable)];
    with(&plan, |subject| {
        let comparison = &subject.evaluation.comparison;
        assert_eq!(comparison.choice, Some(crate::model::Topology::Passive), "{:?}", subject.evaluation.findings);
        let said = verdict(subject).says.words().replace('\u{a0}', " ");
        assert!(said.contains(" until 2028-09-30"), "{said}");
        assert!(said.contains("The active group that has to follow by 2028-09-30 is blocked by DATA-UNSAFE"), "{said}");
        assert!(
            cards(subject)[1].badge.text.starts_with("meets all until 2028-09-30"),
            "{:?}",
            cards(subject)[1].badge
        );
        // A row of a portfolio too, without what only a reader of one plan is told.
        let listed = crate::evaluate::evaluate_listed(subject.plan, subject.catalog, None);
        assert_eq!(listed.comparison.successor, comparison.successor);
        let entry = crate::portfolio::Entry { tags: Vec::new(), topology: None, plan: subject.plan.clone() };
        let row = crate::portfolio::Row::of(&std::sync::Arc::new(entry), subject.catalog);
        assert_eq!(crate::portfolio::cells(&row, subject.catalog.currency())[2], "Passive pair until 2028-09-30");
        // A group whose given size does not hold the load is none that follows: the open one is judged.
        let mut small = subject.plan.clone();
        small.active.sku = Some(crate::catalog::SkuId::new("Balanced_B5"));
        assert_eq!(evaluate(&small, subject.catalog).comparison.successor, comparison.successor);
        // The search has the same pair, paid by any term.
        let found = crate::explore::search::search(subject.plan, subject.catalog);
        let section = crate::report::views::cost::best_designs(subject, &found);
        let said = crate::report::document::plain("", &[section]).replace('\u{a0}', " ");
        assert!(said.contains(" until 2028-09-30"), "{said}");
        assert!(said.contains("The active group that has to follow by 2028-09-30 is blocked by DATA-UNSAFE"), "{said}");
    });
}
