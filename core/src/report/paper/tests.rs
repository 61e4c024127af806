//! The report has its parts, each once, and its link opens its plan.

use super::*;
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::plan::Plan;

fn report(plan: &Plan, letterhead: &Letterhead) -> Paper {
    let catalog = Catalog::bundled().expect("the bundled catalogue");
    let evaluation = evaluate(plan, &catalog);
    paper(Subject { plan, catalog: &catalog, evaluation: &evaluation }, letterhead)
}

fn letterhead() -> Letterhead {
    Letterhead { date: Some("2026-11-28".parse().unwrap()), page: Some("https://example.com/dr/#cost".to_owned()) }
}

fn figures(blocks: &[Block]) -> Vec<&'static str> {
    let of = |block: &Block| match block {
        Block::Figure(chart) => vec![chart.id],
        Block::Details { blocks, .. } => figures(blocks),
        _ => Vec::new(),
    };
    blocks.iter().flat_map(of).collect()
}

/// Name, date, link, inputs, assumptions and sources stand in it, and every view of the page.
#[test]
fn every_report_has_its_parts_each_once() {
    let mut no_region = Plan::default();
    no_region.regions.clear();
    for plan in [Plan::default(), no_region] {
        let paper = report(&plan, &letterhead());
        let ids: Vec<&str> = paper.sections.iter().map(|section| section.id).collect();
        for id in ["verdict", "targets", "findings", "inputs", "assumptions", "sources"] {
            assert_eq!(ids.iter().filter(|known| **known == id).count(), 1, "{id} in {ids:?}");
        }
        let mut drawn: Vec<&str> = paper.sections.iter().flat_map(|section| figures(&section.blocks)).collect();
        let all = drawn.len();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), all, "a chart is there twice");
        assert_eq!(paper.facts[0].1.words(), "2026-11-28");
    }
}

#[test]
fn a_chart_that_two_views_show_stands_with_the_first() {
    let plan = Plan::default();
    let sections = report(&plan, &letterhead()).sections;
    let drawn = |sections: &[Section]| sections.iter().flat_map(|it| figures(&it.blocks)).collect::<Vec<_>>();
    let first = sections.iter().find(|section| !figures(&section.blocks).is_empty()).unwrap();
    let again: Vec<Section> = sections
        .iter()
        .cloned()
        .chain([Section {
            blocks: vec![Block::details("Again", first.blocks.clone())],
            ..Section::new("again", "Again", "Once more.")
        }])
        .collect();
    assert_eq!(drawn(&once_each(again)), drawn(&sections));
}

#[test]
fn the_link_opens_the_plan_on_the_page_of_the_letterhead() {
    let plan = Plan { name: "Orders".to_owned(), ..Plan::default() };
    let link = report(&plan, &letterhead()).link.unwrap();
    let fragment = link.strip_prefix("https://example.com/dr/#").unwrap();
    assert_eq!(codec::from_fragment(fragment).unwrap(), plan);
    for page in [None, Some("javascript:alert(1)//"), Some("https://example.com/a b")] {
        let letterhead = Letterhead { date: None, page: page.map(str::to_owned) };
        assert_eq!(report(&plan, &letterhead).link, None, "{page:?}");
    }
}

#[test]
fn sections_are_chosen_by_name_and_a_strange_name_gets_the_list() {
    let (plan, catalog) = (Plan::default(), Catalog::bundled().expect("the bundled catalogue"));
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let of =
        |names: &[&str]| paper_of(subject, &letterhead(), &names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    let two = of(&["sources", "verdict"]).unwrap();
    assert_eq!(two.sections.iter().map(|it| it.id).collect::<Vec<_>>(), ["verdict", "sources"]);
    assert_eq!(of(&["sensitivity"]).unwrap().sections.len(), 1, "a view that comes on request");
    let rules = of(&["rules"]).unwrap();
    assert_eq!(rules.sections.iter().map(|it| it.id).collect::<Vec<_>>(), ["findings"], "a view and its sections");
    let error = of(&["soruces"]).unwrap_err();
    assert!(error.contains("“soruces”") && error.contains("overview, verdict, "), "{error}");
    let error = of(&["published-case"]).unwrap_err();
    assert!(error.contains("“published-case”"), "a plan without a case: {error}");
}

/// A strange name worked out every view, nine seconds of them, before it was refused. Views that take seconds
/// are left out here.
#[test]
fn each_section_has_its_name_in_the_list_of_its_view() {
    let catalog = Catalog::bundled().expect("the bundled catalogue");
    for text in crate::presets::PRESETS.iter().take(1).chain(crate::presets::PRESETS.last()) {
        let plan = codec::from_json(text).expect("a preset");
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let slow = ["cost-break-even", "cost-search", "cost-bands", "recovery-moves", "outage-decide"];
        for view in VIEWS.iter().filter(|view| !slow.contains(&view.id)) {
            for section in (view.sections)(subject) {
                assert!(names::holds(view, section.id), "{} of {}", section.id, view.id);
            }
        }
        for section in basis(subject) {
            assert!(names::names().contains(&section.id), "{}", section.id);
        }
    }
    let once = names::names().iter().filter(|name| VIEWS.iter().any(|view| view.id == **name)).count();
    assert_eq!(once, VIEWS.len(), "each view once");
}

/// Who signs the evidence reads what the decision record says beside the verdict: what decides, what speaks against it, what is unknown.
#[test]
fn the_paper_to_sign_says_why() {
    let plan: Plan = crate::codec::from_json(crate::presets::PRESETS[1]).unwrap();
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let paper = super::evidence::evidence(subject, &letterhead(), None).markdown();
    for line in crate::report::why::texts(subject) {
        assert!(paper.contains(line.split(':').next().unwrap()), "{line}");
    }
    assert!(paper.contains("The search finds another"), "{paper}");
}
