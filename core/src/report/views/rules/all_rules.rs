//! Every rule of the catalogue with its status for a plan, and what is found of the plan itself.

use super::super::Subject;
use super::counts;
use crate::catalog::Severity;
use crate::model::Topology;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::open_work::open;
use crate::rules::{Finding, RuleStatus, Status, audit};

/// Statuses without a finding, in the order in which they are read: in a sentence, as a title, and the name of the table.
const FOLDED: [(Status, &str, &str, &str); 4] = [
    (Status::Open, "open", "Open", "rules-open"),
    (Status::Holds, "hold", "Hold", "rules-hold"),
    (Status::NotApplicable, "do not apply", "Do not apply", "rules-do-not-apply"),
    (Status::NotVisible, "not visible in a plan", "Not visible in a plan", "rules-not-visible"),
];

/// How many rules hold; a table of those that block or warn, and folded one of notes and one of each other status. Findings are counted as
/// the view of findings counts them: those of no rule of the catalogue are here too.
#[must_use]
pub fn all_rules(subject: Subject) -> Section {
    let evaluation = subject.evaluation;
    let answers = [&evaluation.rebuild, &evaluation.passive, &evaluation.active];
    let over = evaluation.comparison.over.as_ref();
    let mut rules = audit(subject.plan, subject.catalog, &evaluation.demand, answers, over);
    let count = rules.len();
    rules.extend(of_the_plan(subject));
    let found = |info: bool| {
        let severity = move |rule: &&RuleStatus| (rule.severity == Severity::Info) == info;
        rules.iter().filter(|rule| is_found(rule)).filter(severity).collect::<Vec<_>>()
    };
    let of = |status| rules.iter().filter(|rule| rule.status == status).collect::<Vec<_>>();
    let section = Section::new("all-rules", "Everything checked", says(subject, &rules, count))
        .with(Block::Table(table("rules-broken", "Rules that block or warn", &found(false))));
    let notes = folded("Notes", "rules-notes", &found(true));
    let others = FOLDED.map(|(status, _, title, id)| folded(title, id, &of(status)));
    [notes].into_iter().chain(others).fold(section, Section::with)
}

fn folded(title: &str, id: &'static str, rules: &[&RuleStatus]) -> Block {
    Block::details(format!("{title}: {}", rules.len()), vec![Block::Table(table(id, title, rules))])
}

/// Findings and questions of no rule of the catalogue: sizes, prices, regions and data of this plan.
fn of_the_plan(subject: Subject<'_>) -> impl Iterator<Item = RuleStatus> {
    let found = subject.evaluation.findings.iter().map(|it| (it, Status::Broken));
    let open = open(subject.evaluation, None).map(|it| (it, Status::Open));
    let own = |(finding, _): &(&Finding, Status)| subject.catalog.rules().iter().all(|rule| rule.id != finding.id);
    found.chain(open).filter(own).map(|(finding, status)| RuleStatus {
        id: finding.id.clone(),
        topology: finding.topology,
        severity: finding.severity,
        check: String::new(),
        source: finding.source.clone(),
        status,
        sentence: format!("{}: {}", finding.topology.name(), finding.sentence),
    })
}

/// True where there is a finding.
fn is_found(rule: &RuleStatus) -> bool {
    matches!(rule.status, Status::Broken | Status::Applies)
}

/// "70 rules, and 5 of the plan itself: 1 blocker, 2 warnings, 9 notes, 40 open, …".
fn says(subject: Subject, rules: &[RuleStatus], of_the_catalogue: usize) -> String {
    let all = Topology::ALL.map(|topology| counts(subject.evaluation, topology));
    let severities = Severity::ALL.into_iter().enumerate();
    let found = severities.filter_map(|(at, severity)| {
        let count = all.iter().map(|counts| counts[at]).sum();
        (count > 0).then(|| severity.counted(count))
    });
    let count = |status| rules.iter().filter(|rule| rule.status == status).count();
    let rest = FOLDED.into_iter().map(|(status, word, ..)| (count(status), word));
    let rest = rest.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let parts: Vec<String> = found.chain(rest).collect();
    let own = rules.len() - of_the_catalogue;
    let own = if own == 0 { String::new() } else { format!(", and {own} of the plan itself") };
    format!("{of_the_catalogue} rules{own}: {}.", parts.join(", "))
}

/// What is found says what the rule checks; of the others the check stands before why it does not apply.
fn table(id: &'static str, name: &str, rules: &[&RuleStatus]) -> Table {
    let row = |rule: &&RuleStatus| {
        let after = if rule.sentence.is_empty() { String::new() } else { format!(" {}", rule.sentence) };
        let text = match rule.sentence.as_str() {
            sentence if is_found(rule) && !sentence.is_empty() => Text::from(sentence),
            _ => Text::from(rule.check.as_str()).and(after, Style::Quiet),
        };
        Row::of([Text::styled(rule.id.as_str(), Style::Code), text, Text::styled(rule.source.as_str(), Style::Quiet)])
    };
    Table {
        id,
        name: name.to_owned(),
        columns: ["Rule", "What is checked", "Source"].map(Column::text).to_vec(),
        rows: rules.iter().map(row).collect(),
    }
}
