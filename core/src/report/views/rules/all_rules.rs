//! Every rule of the catalogue with its status for a plan.

use super::super::Subject;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::rules::{RuleStatus, Status, audit};
use crate::units::format;

/// Statuses in the order in which they are read: the word for a count, and the name of the table.
const ORDER: [(Status, &str, &str); 6] = [
    (Status::Broken, "broken", "rules-broken"),
    (Status::Applies, "to know", "rules-to-know"),
    (Status::Open, "open", "rules-open"),
    (Status::Holds, "kept", "rules-kept"),
    (Status::NotApplicable, "not applicable", "rules-not-applicable"),
    (Status::NotVisible, "not visible in a plan", "rules-not-visible"),
];

/// How many rules hold; a table of those that are broken, and folded one of each other status.
#[must_use]
pub fn all_rules(subject: Subject) -> Section {
    let evaluation = subject.evaluation;
    let answers = [&evaluation.rebuild, &evaluation.passive, &evaluation.active];
    let rules = audit(subject.plan, subject.catalog, &evaluation.demand, answers);
    let of = |status| rules.iter().filter(|rule| rule.status == status).collect::<Vec<_>>();
    let mut section = Section::new("all-rules", "Everything checked", says(&rules));
    for (status, word, id) in ORDER {
        let (some, name) = (of(status), format!("Rules that are {word}"));
        if some.is_empty() {
            continue;
        }
        let summary = format!("{} {word}", format::counted(some.len(), "rule"));
        let table = Block::Table(table(id, name, &some));
        let folded = Block::details(summary, vec![table.clone()]);
        section = section.with(if status == Status::Broken { table } else { folded });
    }
    section
}

/// "70 rules: 3 broken, 9 to know, 40 open, …".
fn says(rules: &[RuleStatus]) -> String {
    let count = |status| rules.iter().filter(|rule| rule.status == status).count();
    let parts = ORDER.map(|(status, word, _)| format!("{} {word}", count(status)));
    format!("{} rules: {}.", rules.len(), parts.join(", "))
}

fn table(id: &'static str, name: String, rules: &[&RuleStatus]) -> Table {
    let row = |rule: &&RuleStatus| {
        let sentence = if rule.sentence.is_empty() { String::new() } else { format!(" {}", rule.sentence) };
        Row::of([
            Text::styled(rule.id.as_str(), Style::Code),
            Text::from(rule.check.as_str()).and(sentence, Style::Quiet),
            rule.status.as_str().into(),
            Text::styled(rule.source.as_str(), Style::Quiet),
        ])
    };
    Table {
        id,
        name,
        columns: ["Rule", "What is checked", "Status", "Source"].map(Column::text).to_vec(),
        rows: rules.iter().map(row).collect(),
    }
}
