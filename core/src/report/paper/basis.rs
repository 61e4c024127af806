//! What the answer is based on: where the figures come from, sources.

use super::{Subject, topologies};
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::report::document::{Block, Section, Style, Text};
use crate::report::explain::{Explanation, explain};

fn explained(subject: Subject) -> Vec<(Topology, Objective, Explanation)> {
    let of = |topology| {
        let explained = move |objective| {
            let told = explain(objective, topology, subject.plan, subject.catalog, subject.evaluation);
            (topology, objective, told)
        };
        Objective::ALL.map(explained)
    };
    topologies(subject).into_iter().flat_map(of).collect()
}

/// Where the figures of what is recommended come from; that of the cost stands line by line in the bill.
pub(super) fn figures(subject: Subject) -> Option<Section> {
    let says = "How each figure of the recommendation is made.";
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

/// The sources that findings, figures, ranges and prices name.
pub(super) fn sources(subject: Subject) -> Section {
    let explained = explained(subject);
    let inputs = explained.iter().flat_map(|(_, _, told)| &told.inputs).map(|(_, _, origin)| origin.as_str());
    let findings = subject.evaluation.findings.iter().map(|finding| finding.source.as_str());
    let ranges = crate::plan::RANGES.iter().map(|range| range.source);
    let prices = crate::report::views::cost::cited(subject);
    let tags = findings.chain(inputs).chain(ranges).chain(prices);
    let cited: Vec<&str> = tags.flat_map(|tags| tags.split(|it: char| !it.is_ascii_alphanumeric())).collect();
    let known = subject.catalog.sources().iter().filter(|source| cited.contains(&source.tag.as_str()));
    let lines = known.map(|source| Text::styled(&source.tag, Style::Strong).then(format!(": {}", source.text)));
    Section::new("sources", "Sources", "").with(Block::list(lines))
}
