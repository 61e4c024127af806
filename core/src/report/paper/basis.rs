//! What the answer is based on: where the figures come from.

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
