//! Every rule of the catalogue with its status for a plan.

use super::super::Subject;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::rules::{RuleStatus, Status, audit};

/// How many rules hold, and the table of all of them with what a plan cannot show.
#[must_use]
pub fn all_rules(subject: Subject) -> Section {
    let evaluation = subject.evaluation;
    let answers = [&evaluation.rebuild, &evaluation.passive, &evaluation.active];
    let over = evaluation.comparison.over.as_ref();
    let rules = audit(subject.plan, subject.catalog, &evaluation.demand, answers, over);
    Section::new("all-rules", "Everything checked", says(&rules)).with(Block::Table(table(&rules)))
}

/// "Of 70 rules 3 are broken, 9 apply, 40 hold, …".
fn says(rules: &[RuleStatus]) -> String {
    let count = |status| rules.iter().filter(|rule| rule.status == status).count();
    let parts = [
        (Status::Broken, "broken"),
        (Status::Applies, "to know"),
        (Status::Open, "open"),
        (Status::Holds, "kept"),
        (Status::NotApplicable, "not applicable"),
        (Status::NotVisible, "not visible in a plan"),
    ]
    .map(|(status, word)| format!("{} {word}", count(status)));
    format!("{} rules: {}.", rules.len(), parts.join(", "))
}

fn table(rules: &[RuleStatus]) -> Table {
    let row = |rule: &RuleStatus| {
        let sentence = if rule.sentence.is_empty() { String::new() } else { format!(" · {}", rule.sentence) };
        Row::of([
            Text::styled(rule.id.as_str(), Style::Code),
            Text::from(rule.check.as_str()).and(sentence, Style::Quiet),
            rule.status.as_str().into(),
            Text::styled(rule.source.as_str(), Style::Quiet),
        ])
    };
    Table {
        id: "rules",
        name: "All rules".to_owned(),
        columns: ["Rule", "What is checked", "Status", "Source"].map(Column::text).to_vec(),
        rows: rules.iter().map(row).collect(),
    }
}
