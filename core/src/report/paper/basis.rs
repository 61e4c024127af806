//! What the answer stands on: findings, where the figures come from, sources.

use super::{Subject, told};
use crate::catalog::Severity;
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::report::document::{Block, Entry, Run, Section, Style, Text};
use crate::report::explain::{Explanation, explain};
use crate::rules::Finding;

/// The findings, blocks first; remarks on what is not recommended are left out.
pub(super) fn findings(subject: Subject) -> Option<Section> {
    let told = told(subject);
    let kept = |finding: &&Finding| finding.severity != Severity::Info || told.contains(&finding.topology);
    let entries: Vec<Entry> = subject.evaluation.findings.iter().filter(kept).map(entry).collect();
    let says = format!("{} of the rules concern this plan.", entries.len());
    (!entries.is_empty()).then(|| Section::new("findings", "Findings", says).with(Block::Entries(entries)))
}

fn entry(finding: &Finding) -> Entry {
    let (word, style) = match finding.severity {
        Severity::Block => ("block", Style::Bad),
        Severity::Warn => ("warn", Style::Warn),
        Severity::Info => ("info", Style::Quiet),
    };
    let run = |text: &str, style| Run { text: text.to_owned(), style };
    let topology = run(finding.topology.name(), Style::Of(finding.topology));
    let source = Text::styled(format!("({})", finding.source), Style::Quiet);
    let more = [Text::from(finding.remedy.as_str()), source].into_iter().filter(|text| !text.is_blank());
    Entry {
        id: finding.id.clone(),
        marks: vec![run(word, style), topology, run(&finding.id, Style::Code)],
        text: finding.sentence.as_str().into(),
        more: more.collect(),
    }
}

fn explained(subject: Subject) -> Vec<(Topology, Objective, Explanation)> {
    let of = |topology| {
        let explained = move |objective| {
            let told = explain(objective, topology, subject.plan, subject.catalog, subject.evaluation);
            (topology, objective, told)
        };
        Objective::ALL.map(explained)
    };
    told(subject).into_iter().flat_map(of).collect()
}

/// Where the figures of what is recommended come from; that of the cost stands line by line in the bill.
pub(super) fn figures(subject: Subject) -> Option<Section> {
    let says = "How each figure of what is recommended is made, and what it leaves out.";
    let section = Section::new("figures", "Where the figures come from", says);
    let beside_bill = explained(subject).into_iter().filter(|(_, objective, _)| *objective != Objective::Cost);
    let section = beside_bill.fold(section, |section, (topology, objective, told)| {
        let title =
            Text::styled(told.title, Style::Explained(topology, objective)).then(" ").and(told.model, Style::Code);
        let told_aside = told.caveats.join(" ");
        section.with(Block::Heading(title)).with(Block::list(told.formula)).with(Block::remark(told_aside))
    });
    (!section.blocks.is_empty()).then_some(section)
}

/// The sources that findings, figures and ranges name.
pub(super) fn sources(subject: Subject) -> Section {
    let explained = explained(subject);
    let inputs = explained.iter().flat_map(|(_, _, told)| &told.inputs).map(|(_, _, origin)| origin.as_str());
    let findings = subject.evaluation.findings.iter().map(|finding| finding.source.as_str());
    let ranges = crate::plan::RANGES.iter().map(|range| range.source);
    let tags = findings.chain(inputs).chain(ranges);
    let cited: Vec<&str> = tags.flat_map(|tags| tags.split(|it: char| !it.is_ascii_alphanumeric())).collect();
    let known = subject.catalog.sources().iter().filter(|source| cited.contains(&source.tag.as_str()));
    let lines = known.map(|source| Text::styled(&source.tag, Style::Strong).then(format!(": {}", source.text)));
    Section::new("sources", "Sources", "").with(Block::list(lines))
}
