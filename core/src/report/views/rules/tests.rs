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
    assert!(says.contains(" blockers, ") && !says.contains(", 0 "), "{says}");
}

/// Two views of one tab counted differently: four warnings in the one, two in the other. A row of the list for each finding.
#[test]
fn everything_checked_counts_what_the_findings_count() {
    let changes: [fn(&mut Plan); 3] = [|_| {}, |plan| plan.remove_region(1), |plan| plan.regions.clear()];
    for change in changes {
        with(change, |subject| {
            let [all, found] = [all_rules(subject), findings(subject, None)].map(|it| it.says.words());
            for severity in Severity::ALL {
                let count = all_of(subject, severity);
                let part = severity.counted(count);
                assert!(
                    all.contains(&part) == (count > 0) && found.contains(&part) == (count > 0),
                    "{part}: {all}; {found}"
                );
            }
            let rows =
                |id| all_rules(subject).tables().iter().filter(|it| it.id == id).map(|it| it.rows.len()).sum::<usize>();
            let grave = all_of(subject, Severity::Block) + all_of(subject, Severity::Warn);
            assert_eq!((rows("rules-broken"), rows("rules-notes")), (grave, all_of(subject, Severity::Info)), "{all}");
            assert!(all.starts_with("70 rules"), "{all}");
        });
    }
}

fn all_of(subject: Subject, severity: Severity) -> usize {
    subject.evaluation.findings.iter().filter(|it| it.severity == severity).count()
}

/// "The RPO is a target: the service guarantees none. The RPO of 60 s is a target; the service guarantees none."
#[test]
fn a_rule_says_one_thing_once() {
    with(
        |plan| plan.objectives.rpo = Some(crate::units::Secs::secs(60.0)),
        |subject| {
            let tables = all_rules(subject).tables();
            let rows = tables.iter().flat_map(|table| &table.rows);
            let row = rows.clone().find(|row| row.cells[0].words() == "PAS-RPO").unwrap();
            assert_eq!(row.cells[1].words().matches("guarantees none").count(), 1, "{:?}", row.cells);
        },
    );
}
