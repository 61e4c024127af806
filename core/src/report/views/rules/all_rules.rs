//! Every rule of the catalogue with its status for a plan.

use super::super::Subject;
use crate::catalog::Severity;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::rules::{RuleStatus, Status, audit};

/// Statuses that are folded, in the order in which they are read: in a sentence, as a title, and the name of the table.
const FOLDED: [(Status, &str, &str, &str); 5] = [
    (Status::Applies, "notes", "Notes", "rules-notes"),
    (Status::Open, "open", "Open", "rules-open"),
    (Status::Holds, "hold", "Hold", "rules-hold"),
    (Status::NotApplicable, "do not apply", "Do not apply", "rules-do-not-apply"),
    (Status::NotVisible, "not visible in a plan", "Not visible in a plan", "rules-not-visible"),
];

/// How many rules hold; a table of those that block or warn, and folded one of each other status.
#[must_use]
pub fn all_rules(subject: Subject) -> Section {
    let evaluation = subject.evaluation;
    let answers = [&evaluation.rebuild, &evaluation.passive, &evaluation.active];
    let over = evaluation.comparison.over.as_ref();
    let rules = audit(subject.plan, subject.catalog, &evaluation.demand, answers, over);
    let of = |status| rules.iter().filter(|rule| rule.status == status).collect::<Vec<_>>();
    let section = Section::new("all-rules", "Everything checked", says(&rules));
    let broken = of(Status::Broken);
    let broken = (!broken.is_empty()).then(|| Block::Table(table("rules-broken", "Rules that block or warn", &broken)));
    let folded = FOLDED.map(|(status, _, title, id)| {
        let some = of(status);
        let table = (!some.is_empty()).then(|| Block::Table(table(id, title, &some)));
        Block::details(format!("{title}: {}", some.len()), table.into_iter().collect())
    });
    broken.into_iter().chain(folded).fold(section, Section::with)
}

/// "70 rules: 1 blocker, 2 warnings, 9 notes, 40 open, …".
fn says(rules: &[RuleStatus]) -> String {
    let count = |status| rules.iter().filter(|rule| rule.status == status).count();
    let broken = |severity: Severity| {
        severity.counted(rules.iter().filter(|rule| rule.status == Status::Broken && rule.severity == severity).count())
    };
    let folded = FOLDED.map(|(status, word, ..)| format!("{} {word}", count(status))).join(", ");
    let [block, warn] = [Severity::Block, Severity::Warn].map(broken);
    format!("{} rules: {block}, {warn}, {folded}.", rules.len())
}

fn table(id: &'static str, name: &str, rules: &[&RuleStatus]) -> Table {
    let row = |rule: &&RuleStatus| {
        let sentence = if rule.sentence.is_empty() { String::new() } else { format!(" {}", rule.sentence) };
        Row::of([
            Text::styled(rule.id.as_str(), Style::Code),
            Text::from(rule.check.as_str()).and(sentence, Style::Quiet),
            Text::styled(rule.source.as_str(), Style::Quiet),
        ])
    };
    Table {
        id,
        name: name.to_owned(),
        columns: ["Rule", "What is checked", "Source"].map(Column::text).to_vec(),
        rows: rules.iter().map(row).collect(),
    }
}
