//! The code as a document: the alerts, the dashboards, and every file of a language.

use super::{CodeFile, Language, files};
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::plan::Plan;
use crate::report::document::{Block, Document, Section};
use crate::report::runbook::why_shown;
use crate::report::watching::{alerts_section, dashboards};
use crate::units::format;
use crate::units::names::Named;

/// Every language, in the order in which it is offered.
#[must_use]
pub fn languages() -> Vec<Language> {
    Language::NAMES.iter().map(|(language, ..)| *language).collect()
}

/// Alerts, dashboards and the files of one language.
#[must_use]
pub fn document(
    language: Language,
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
) -> Document {
    let files = files(language, topology, plan, catalog, evaluation);
    Document {
        title: format!("Code: {}, {}", plan.name, topology.name().to_ascii_lowercase()),
        opening: vec![
            Block::paragraph(why_shown(topology, plan, catalog, &evaluation.comparison)),
            Block::remark(
                "Parsed by the tools of both languages, never deployed: read it, and try it outside production first.",
            ),
        ],
        sections: vec![
            code(language, topology, &files),
            alerts_section(topology, plan, evaluation),
            dashboards(topology),
        ],
    }
}

fn code(language: Language, topology: Topology, files: &[CodeFile]) -> Section {
    let name = language.label();
    if files.is_empty() {
        let says = format!("The plan has too few regions for the {}: add one.", topology.name().to_ascii_lowercase());
        return Section::new("code", name, says);
    }
    let says = format!(
        "{} in one folder; what the plan does not know is asked for as a parameter.",
        format::counted(files.len(), "file")
    );
    let mut section = Section::new("code", name, says);
    for file in files {
        section = section.with(Block::details(file.name, vec![Block::Commands(file.text.clone())]));
    }
    section
}
