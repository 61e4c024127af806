//! What holds for a plan and what to do about it.

use super::super::Subject;
use super::counts;
use crate::catalog::Severity;
use crate::model::Topology;
use crate::plan::each_row;
use crate::report::document::{Block, Entry, Run, Section, Style, Text, cited};
use crate::report::open_work::{open, open_words};
use crate::rules::{Finding, IF_NOT_SO};

/// The findings of one topology or of all, what blocks or warns first, remarks and sources folded; one that says the same of several
/// topologies stands once.
#[must_use]
pub fn findings(subject: Subject, only: Option<Topology>) -> Section {
    with_sources(findings_of(subject, only), subject)
}

/// The same of all topologies without the sources: for a report, which spells each out once at its end.
#[must_use]
pub fn findings_by_tag(subject: Subject) -> Section {
    without_paths(findings_of(subject, None))
}

/// What nobody has confirmed yet, of one topology or of all, by how much hangs on it; what blocks nothing, and sources, are folded.
#[must_use]
pub fn open_findings(subject: Subject, only: Option<Topology>) -> Section {
    with_sources(open_of(subject, only), subject)
}

/// The same of all topologies without the sources: for a report, which spells each out once at its end.
#[must_use]
pub fn open_by_tag(subject: Subject) -> Section {
    without_paths(open_of(subject, None))
}

/// Inputs by their labels alone, as the page has them.
fn without_paths(mut section: Section) -> Section {
    fn shorten(blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Entries(entries) => {
                    for run in entries.iter_mut().flat_map(|entry| &mut entry.more).flat_map(|text| &mut text.0) {
                        if let Style::Field(path) = &run.style {
                            run.text = run.text.replace(&format!(" ({path})"), "");
                        }
                    }
                }
                Block::Details { blocks, .. } => shorten(blocks),
                _ => {}
            }
        }
    }
    shorten(&mut section.blocks);
    section
}

fn open_of(subject: Subject, only: Option<Topology>) -> Section {
    let open_words = open_words(subject.evaluation, only);
    let if_not = if open_words.is_some() { "What follows if the answer is no:" } else { "" };
    let says = open_words.unwrap_or_else(|| "Every confirmation is given.".to_owned());
    let (grave, others): (Vec<_>, Vec<_>) =
        open(subject.evaluation, only).partition(|open| open.severity == Severity::Block);
    let asked = |of: &[&Finding]| Block::Entries(of.iter().map(|it| asked(it)).collect());
    let more = format!("Behind rules that do not block: {}", others.len());
    let section = Section::new("open-work", "Open work", says).with(Block::remark(if_not)).with(asked(&grave));
    if others.is_empty() { section } else { section.with(Block::details(more, vec![asked(&others)])) }
}

fn shown(subject: Subject<'_>, only: Option<Topology>) -> impl Iterator<Item = &Finding> {
    let all = &subject.evaluation.findings;
    all.iter().filter(move |finding| only.is_none_or(|topology| topology == finding.topology))
}

fn findings_of(subject: Subject, only: Option<Topology>) -> Section {
    let all = merged(shown(subject, only));
    let (remarks, grave): (Vec<_>, Vec<_>) = all.into_iter().partition(|(it, _)| it.severity == Severity::Info);
    let entries = |of: &[(&Finding, Vec<Topology>)]| Block::Entries(of.iter().map(|(it, of)| entry(it, of)).collect());
    Section::new("findings", "Findings", says(subject))
        .with(entries(&grave))
        .with(Block::details("Notes", vec![entries(&remarks)]))
}

/// The section, and folded each source that it cites.
fn with_sources(section: Section, subject: Subject) -> Section {
    let sources = cited(std::slice::from_ref(&section), subject.catalog);
    section.with(Block::details("Sources", vec![sources]))
}

/// "1 blocker, 2 warnings, 3 notes."; "Nothing blocks: 3 notes."
fn says(subject: Subject) -> String {
    let all = Topology::ALL.map(|topology| counts(subject.evaluation, topology));
    let sum = |at: usize| all.iter().map(|counts| counts[at]).sum::<usize>();
    let counted = Severity::ALL.into_iter().enumerate().map(|(at, severity)| (sum(at), severity));
    let counted: Vec<String> = counted.filter(|(sum, _)| *sum > 0).map(|(sum, it)| it.counted(sum)).collect();
    match (sum(0), counted.is_empty()) {
        (0, true) => "Nothing blocks.".to_owned(),
        (0, false) => format!("Nothing blocks: {}.", counted.join(", ")),
        _ => format!("{}.", counted.join(", ")),
    }
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

fn entry(finding: &Finding, topologies: &[Topology]) -> Entry {
    let run = |text: &str, style| Run { text: text.to_owned(), style };
    let severity = Run::severity(finding.severity);
    let topologies = topologies.iter().map(|topology| run(topology.name(), Style::Of(*topology)));
    // What is the planner's own has no source to look up.
    let source = if finding.source == "model" { String::new() } else { format!("Source: {}", finding.source) };
    let source = Text::styled(source, Style::Quiet);
    let more = [Text::from(finding.remedy.as_str()), input(&finding.field), source];
    Entry {
        id: finding.id.clone(),
        marks: [severity].into_iter().chain(topologies).chain([run(&finding.id, Style::Code)]).collect(),
        text: finding.sentence.as_str().into(),
        more: more.into_iter().filter(|text| !text.is_blank()).collect(),
    }
}

/// What an open confirmation stands for; that it holds only if it is not so is said once, above all of them.
fn asked(open: &Finding) -> Entry {
    let entry = entry(open, &[open.topology]);
    let sentence = open.sentence.strip_prefix(IF_NOT_SO).unwrap_or(&open.sentence);
    Entry { text: sentence.into(), ..entry }
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
