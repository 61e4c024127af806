//! What was found: as it is kept, counted, and as entries of a list.

use super::super::NONE;
use super::Found;
use crate::catalog::Severity;
use crate::estate::Finding;
use crate::report::document::{Block, Entry, Run, Style};

pub(super) fn found(findings: &[Finding]) -> Vec<Found> {
    let one = |it: &Finding| Found {
        severity: it.severity,
        id: it.id.to_owned(),
        says: it.says.clone(),
        next: it.do_next.clone(),
    };
    findings.iter().map(one).collect()
}

/// "1 blocker, 3 warnings"; a dash where nothing was found.
pub(super) fn counts(findings: &[Found]) -> String {
    if findings.is_empty() { NONE.to_owned() } else { counted(findings.iter()) }
}

/// "1 blocker, 3 warnings", the worst first; "none".
pub(super) fn counted<'a>(findings: impl Iterator<Item = &'a Found>) -> String {
    let mut counts = Severity::ALL.map(|severity| (severity, 0));
    for found in findings {
        counts.iter_mut().filter(|(severity, _)| *severity == found.severity).for_each(|(_, count)| *count += 1);
    }
    let said = counts.iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = said.map(|(severity, count)| severity.counted(*count)).collect();
    if said.is_empty() { "none".to_owned() } else { said.join(", ") }
}

pub(super) fn entries(findings: &[Found]) -> Block {
    let run = |text: &str, style| Run { text: text.to_owned(), style };
    let entry = |it: &Found| Entry {
        id: it.id.clone(),
        marks: vec![Run::severity(it.severity), run(&it.id, Style::Code)],
        text: it.says.as_str().into(),
        more: vec![it.next.as_str().into()],
    };
    Block::Entries(findings.iter().map(entry).collect())
}
