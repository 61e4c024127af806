use super::*;
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::plan::Plan;
use crate::report::document::{Block, Entry, Style};

fn with<T>(change: impl FnOnce(&mut Plan), then: impl FnOnce(Subject) -> T) -> T {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    change(&mut plan);
    then(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluate(&plan, &catalog) })
}

fn entries(section: &Section) -> Vec<Entry> {
    let of = |block: &Block| match block {
        Block::Entries(all) => all.clone(),
        Block::Details { blocks, .. } => {
            blocks.iter().flat_map(|block| if let Block::Entries(all) = block { all.clone() } else { vec![] }).collect()
        }
        _ => Vec::new(),
    };
    section.blocks.iter().flat_map(of).collect()
}

#[test]
fn what_concerns_several_topologies_stands_once() {
    let (all, of_pair) = with(
        |_| {},
        |subject| (entries(&findings(subject, None)), entries(&findings(subject, Some(Topology::Passive)))),
    );
    let people = |entries: &[Entry]| {
        let found: Vec<usize> =
            entries.iter().filter(|entry| entry.id == "PLAN-PRICE").map(|entry| entry.marks.len()).collect();
        found
    };
    // Severity, topologies, id.
    assert_eq!((people(&all), people(&of_pair)), (vec![5], vec![3]));
}

/// A path of a finding leads somewhere: every entry with a field names it as a link.
#[test]
fn findings_lead_to_their_inputs() {
    with(
        |plan| plan.remove_region(1),
        |subject| {
            let entries = entries(&findings(subject, None));
            for finding in subject.evaluation.findings.iter().filter(|finding| !finding.field.is_empty()) {
                let entry = entries.iter().find(|entry| entry.id == finding.id).unwrap();
                let leads = |style: &Style| *style == Style::Field(finding.field.clone());
                assert!(entry.more.iter().flat_map(|text| &text.0).any(|run| leads(&run.style)), "{}", finding.id);
            }
        },
    );
}

#[test]
fn findings_are_counted_as_the_cards_count_them() {
    let says = with(|plan| plan.remove_region(1), |subject| findings(subject, None).says.words());
    assert!(says.contains("blockers, "), "{says}");
}
