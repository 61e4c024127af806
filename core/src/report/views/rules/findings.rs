//! What holds for a plan and what to do about it.

use super::super::Subject;
use super::counts;
use crate::catalog::Severity;
use crate::model::Topology;
use crate::plan::each_row;
use crate::report::document::{Block, Entry, Run, Section, Style, Text};
use crate::report::open_work::{open, open_words};
use crate::report::sources::spelt_out;
use crate::rules::Finding;
use crate::units::format;

/// The findings, blocks first, of one topology or of all; one that says the same of several topologies stands once. What nobody has
/// confirmed yet follows as open work, by how much hangs on it.
#[must_use]
pub fn findings(subject: Subject, only: Option<Topology>) -> Section {
    section(subject, only, &|finding| spelt_out(&finding.source, subject.catalog))
}

/// The same of all topologies with the tags of the sources alone: for a report, which spells each out once at its end.
#[must_use]
pub fn findings_by_tag(subject: Subject) -> Section {
    section(subject, None, &|finding| finding.source.clone())
}

fn section(subject: Subject, only: Option<Topology>, source: &dyn Fn(&Finding) -> String) -> Section {
    let all = &subject.evaluation.findings;
    let shown = all.iter().filter(|finding| only.is_none_or(|topology| topology == finding.topology));
    let entries = merged(shown).into_iter().map(|(finding, topologies)| entry(finding, &topologies, &source(finding)));
    let section = Section::new("findings", "Findings", says(subject)).with(Block::Entries(entries.collect()));
    let Some(words) = open_words(subject.evaluation, only) else { return section };
    let asked = open(subject.evaluation, only).map(|open| entry(open, &[open.topology], &source(open)));
    section.with(Block::paragraph(words)).with(Block::Entries(asked.collect()))
}

fn says(subject: Subject) -> String {
    let all = Topology::ALL.map(|topology| counts(subject.evaluation, topology));
    let [block, warn, info] = [0, 1, 2].map(|at| all.iter().map(|counts| counts[at]).sum::<usize>());
    let blocks = if block == 0 { "Nothing blocks.".to_owned() } else { format!("{block} blocking,") };
    format!("{blocks} {}, {}.", format::counted(warn, "warning"), format::counted(info, "remark"))
}

fn merged<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(&'a Finding, Vec<Topology>)> {
    let mut merged: Vec<(&Finding, Vec<Topology>)> = Vec::new();
    for finding in findings {
        let same = |first: &Finding| {
            (&first.id, first.severity, &first.sentence) == (&finding.id, finding.severity, &finding.sentence)
        };
        match merged.iter_mut().find(|(first, _)| same(first)) {
            Some((_, topologies)) => topologies.push(finding.topology),
            None => merged.push((finding, vec![finding.topology])),
        }
    }
    merged
}

fn entry(finding: &Finding, topologies: &[Topology], source: &str) -> Entry {
    let run = |text: &str, style| Run { text: text.to_owned(), style };
    let severity = match finding.severity {
        Severity::Block => run("block", Style::Bad),
        Severity::Warn => run("warn", Style::Warn),
        Severity::Info => run("info", Style::Quiet),
    };
    let topologies = topologies.iter().map(|topology| run(topology.name(), Style::Of(*topology)));
    let source = Text::styled(format!("Source: {source}"), Style::Quiet);
    let more = [Text::from(finding.remedy.as_str()), input(&finding.field), source];
    Entry {
        id: finding.id.clone(),
        marks: [severity].into_iter().chain(topologies).chain([run(&finding.id, Style::Code)]).collect(),
        text: finding.sentence.as_str().into(),
        more: more.into_iter().filter(|text| !text.is_blank()).collect(),
    }
}

/// "Input: Writes (workload.writes).", which leads to the input; empty without a path.
fn input(path: &str) -> Text {
    if path.is_empty() {
        return Text::default();
    }
    let mut label = "";
    each_row(&mut |row| {
        if row.path == path {
            label = row.label();
        }
    });
    let words = if label.is_empty() { path.to_owned() } else { format!("{label} ({path})") };
    Text::from("Input: ").and(words, Style::Field(path.to_owned())).then(".")
}
