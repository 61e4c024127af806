//! The report: a plan's whole answer on a few pages, as sections that text, Markdown and HTML print alike.
//!
//! The answer stands first, then what it is based on tab by tab, then inputs, assumptions and sources. A view of
//! [`super::views::VIEWS`] comes in by being listed there; a chart that two of them show stands once.

mod basis;
mod evidence;
mod inputs;
mod names;
#[cfg(test)]
mod tests;

use super::document::{Block, Section, Text, sources};
use super::views::cost::without_sources;
use super::views::migrate::NOTHING;
use super::views::rules::{findings_by_tag, open_by_tag};
use super::views::{Subject, VIEWS, View, view};
use crate::codec;
use crate::model::Topology;
use crate::model::verdict::Objective;
use crate::units::Date;
pub use evidence::{PackFile, evidence, evidence_files};
use names::{holds, names};

/// What a report says of itself that its plan does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The day on which it is made; the core has no clock.
    pub date: Option<Date>,
    /// Address of the page on which its link opens the plan: `https://example.com/dr/`; without one there is no link.
    pub page: Option<String>,
}

/// A report, ready for a renderer.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The plan's name.
    pub title: String,
    /// What stands below the title: date, prices, period.
    pub facts: Vec<(Text, Text)>,
    /// An address that opens the plan, where the page has one.
    pub link: Option<String>,
    /// Its sections, the answer first; their ids are unique.
    pub sections: Vec<Section>,
}

/// The views of the report, in its order. The others come in where they are asked for: what to measure or to try next is no part of
/// the answer, and the runbook is a document of its own.
const REPORT: [&str; 15] = [
    "overview",
    "cost-bill",
    "cost-months",
    "recovery-times",
    "recovery-sync",
    "recovery-point",
    "recovery-availability",
    "recovery-latency",
    "outage-act-by",
    "outage-happens",
    "outage-pair",
    "migrate-paths",
    "migrate-dates",
    "rules",
    "rules-open",
];
/// Sections of those views that have a view of their own, or that only say what all others say, or that nothing has to move.
const NOT_IN_REPORT: [&str; 2] = ["recovery-distribution", NOTHING];

/// The id of the list of sources, the last section of a report.
const SOURCES: &str = "sources";

/// The report of a plan.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::draw::html;
/// use dr_core::evaluate::evaluate;
/// use dr_core::plan::Plan;
/// use dr_core::report::paper::{Letterhead, paper};
/// use dr_core::report::views::Subject;
///
/// let (plan, catalog) = (Plan::default(), Catalog::bundled()?);
/// let evaluation = evaluate(&plan, &catalog);
/// let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
/// let report = paper(subject, &Letterhead { date: Some("2026-11-29".parse()?), page: None });
/// assert!(report.markdown().starts_with("# "));
/// assert!(html::file(&report).starts_with("<!DOCTYPE html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn paper(subject: Subject, letterhead: &Letterhead) -> Paper {
    let mut sections = of_views(subject, REPORT.into_iter().filter_map(view));
    sections.retain(|section| !NOT_IN_REPORT.contains(&section.id));
    // Of a move the report has the paths and the date; its view and `migrate` have the rest.
    for section in sections.iter_mut().filter(|section| section.id.starts_with("migrate-")) {
        let paths = section.id == "migrate-paths";
        section.blocks.retain(|block| paths && matches!(block, Block::Table(_)));
    }
    // The report spells each source out once, at its end.
    if let Some(findings) = sections.iter_mut().find(|section| section.id == "findings") {
        *findings = findings_by_tag(subject);
    }
    if let Some(open) = sections.iter_mut().find(|section| section.id == "open-work") {
        *open = open_by_tag(subject);
    }
    if let Some(bill) = sections.iter_mut().find(|section| section.id == "bill") {
        *bill = without_sources(bill.clone());
    }
    headed(subject, letterhead, with_basis(subject, sections))
}

/// The sections with these ids, in the order of the page; the id of a view stands for all of its sections. Without an id the whole
/// report.
///
/// # Errors
///
/// An id of no section, with all that there are, before anything is worked out; an id of a section that this plan does not have.
pub fn paper_of(subject: Subject, letterhead: &Letterhead, ids: &[String]) -> Result<Paper, String> {
    if ids.is_empty() {
        return Ok(paper(subject, letterhead));
    }
    let names = names();
    if let Some(strange) = ids.iter().find(|id| !names.contains(&id.as_str())) {
        return Err(no_section(strange, &names));
    }
    let asked = |id: &str| ids.iter().any(|it| it == id);
    let views = VIEWS.iter().filter(|view| ids.iter().any(|id| holds(view, id)));
    let mut parts: Vec<(&str, Section)> = Vec::new();
    for view in views {
        parts.extend((view.sections)(subject).into_iter().map(|section| (view.id, section)));
    }
    parts.extend(basis(subject).into_iter().map(|section| (section.id, section)));
    if asked(SOURCES) {
        parts.extend(paper(subject, letterhead).sections.pop().map(|section| (section.id, section)));
    }
    parts.retain(|(view, section)| asked(view) || asked(section.id));
    match ids.iter().find(|id| parts.iter().all(|(view, section)| ![*view, section.id].contains(&id.as_str()))) {
        Some(missing) => Err(format!("This plan has nothing to say in the section “{missing}”; leave it out.")),
        None => Ok(headed(subject, letterhead, parts.into_iter().map(|(_, section)| section).collect())),
    }
}

/// What is said of an id without a section: those that there are.
fn no_section(strange: &str, names: &[&str]) -> String {
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(name) {
            once.push(name);
        }
    }
    let strange = crate::units::quote::short(strange);
    format!("“{strange}” is no section of this report; enter one of: {}.", once.join(", "))
}

fn headed(subject: Subject, letterhead: &Letterhead, sections: Vec<Section>) -> Paper {
    let (facts, link) = (facts(subject, letterhead), link(subject, letterhead));
    Paper { title: subject.plan.name.clone(), facts, link, sections: once_each(sections) }
}

fn of_views<'v>(subject: Subject, views: impl Iterator<Item = &'v View>) -> Vec<Section> {
    views.flat_map(|view| (view.sections)(subject)).collect()
}

/// What the answer is based on: where its figures are from, inputs, assumptions.
fn basis(subject: Subject) -> Vec<Section> {
    let mut sections: Vec<Section> = basis::figures(subject).into_iter().collect();
    sections.extend(inputs::inputs(subject));
    sections.push(inputs::assumptions(subject));
    sections
}

/// The sections, what they are based on, and last each source that any of them cites.
fn with_basis(subject: Subject, mut sections: Vec<Section>) -> Vec<Section> {
    sections.extend(basis(subject));
    let mut sections = once_each(sections);
    sections.push(sources(&sections, subject.catalog));
    sections
}

impl Paper {
    /// The report as text for a terminal.
    #[must_use]
    pub fn plain(&self) -> String {
        super::document::plain(&self.title, &self.with_head())
    }

    /// The tables of the report as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        super::document::csv(&self.sections)
    }

    /// The report as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        super::document::markdown(&self.title, &self.with_head())
    }

    /// The sections with what stands below the title as the first.
    fn with_head(&self) -> Vec<Section> {
        let link = self.link.iter().map(|link| (Text::from(LINK), Text::from(link.as_str())));
        let facts = self.facts.iter().cloned().chain(link).collect();
        let head = Section::new("report", HEADING, "").with(Block::Facts(facts));
        std::iter::once(head).chain(self.sections.iter().cloned()).collect()
    }
}

/// What every report is.
pub const HEADING: &str = "Redis disaster recovery report";
/// What the link is called.
pub const LINK: &str = "Opens this plan";
/// A longer address fills lines of a sheet, and nobody types it.
const LONGEST_PRINTED: usize = 300;

/// What stands after the link in a file that may be printed: its address, or what opens the plan instead.
#[must_use]
pub fn after_link(link: &str) -> String {
    if link.len() <= LONGEST_PRINTED {
        return format!(": {link}");
    }
    " (a PDF keeps the link; on paper, the plan’s file opens it).".to_owned()
}

/// Each section and each chart once: what two views share stands with the first.
fn once_each(sections: Vec<Section>) -> Vec<Section> {
    let mut drawn = Vec::new();
    let mut kept: Vec<Section> = Vec::new();
    for mut section in sections {
        keep_new(&mut section.blocks, &mut drawn);
        let blank = section.blocks.is_empty() && section.says.is_blank();
        if !blank && kept.iter().all(|other| other.id != section.id) {
            kept.push(section);
        }
    }
    kept
}

/// Takes out the charts that stand elsewhere, and the details that held nothing else.
fn keep_new(blocks: &mut Vec<Block>, drawn: &mut Vec<&'static str>) {
    blocks.retain_mut(|block| match block {
        Block::Figure(chart) if drawn.contains(&chart.id) => false,
        Block::Figure(chart) => {
            drawn.push(chart.id);
            true
        }
        Block::Details { blocks, .. } => {
            keep_new(blocks, drawn);
            !blocks.is_empty()
        }
        _ => true,
    });
}

fn facts(subject: Subject, letterhead: &Letterhead) -> Vec<(Text, Text)> {
    let horizon = &subject.plan.horizon;
    let date = letterhead.date.map(|date| ("Date", date.to_string()));
    let rest = [
        ("Prices and rules as of", subject.catalog.as_of().to_string()),
        ("Period", format!("{} months from {}", horizon.months, horizon.start)),
        ("Model", subject.catalog.model_version()),
    ];
    date.into_iter().chain(rest).map(|(name, value)| (name.into(), value.into())).collect()
}

fn link(subject: Subject, letterhead: &Letterhead) -> Option<String> {
    let page = letterhead.page.as_deref().filter(|page| is_address(page))?;
    let before = page.split('#').next().unwrap_or_default();
    Some(format!("{before}#{}", codec::to_fragment(subject.plan)))
}

/// An address that a click may open: never one that runs something.
fn is_address(page: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| page.starts_with(scheme))
        && page.chars().all(|it| it.is_ascii_graphic())
}

/// What the report argues for: the recommended topology, else those between which a price decides.
fn topologies(subject: Subject) -> Vec<Topology> {
    let comparison = &subject.evaluation.comparison;
    comparison.recommended().map_or_else(|| comparison.open.clone(), |chosen| vec![chosen])
}

/// The name of the place that says where a figure comes from.
#[must_use]
pub fn why(topology: Topology, objective: Objective) -> String {
    format!("why-{}-{}", topology.slug(), objective.name().to_ascii_lowercase().replace(' ', "-"))
}
