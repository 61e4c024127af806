//! The evidence pack: what an auditor, or the next on call, wants to see of one plan, on paper to be signed.

use super::{Letterhead, Paper, headed, with_basis};
use crate::codec;
use crate::model::Topology;
use crate::report::bill_text::csv_of_all;
use crate::report::document::{Block, Section, csv, markdown, sources};
use crate::report::drill_kit::signatures;
use crate::report::views::recovery::drill_record;
use crate::report::views::rules::{findings_by_tag, open_by_tag};
use crate::report::views::{Subject, overview};
use crate::units::fingerprint;

/// Who signs.
const ROLES: [&str; 3] = ["Owner of the service", "Operations", "Approver of failovers"];

/// A file of the pack: its name, what it is, its text.
pub type PackFile = (&'static str, &'static str, String);

/// Said where no import gave links and lag.
const NOT_IMPORTED: &str =
    "No import shows them: open the files of az on the page, or give them to dr-planner evidence by --estate.";

/// The pack as one report: the answer, links and lag as an import shows them (`watched`), findings, what nobody has confirmed, the record of
/// the drills, configuration and sources, and lines to sign.
#[must_use]
pub fn evidence(subject: Subject, letterhead: &Letterhead, watched: Option<Section>) -> Paper {
    // Who signs reads what the decision record has: what the search finds beyond it, what decides, what speaks against it, what is unknown.
    let mut sections = vec![overview::verdict_searched(subject)];
    sections.extend(overview::why(subject));
    sections.push(watched.unwrap_or_else(|| Section::new("evidence-links", "Links and lag", NOT_IMPORTED)));
    sections.extend([findings_by_tag(subject), open_by_tag(subject), drill_record(subject)]);
    let mut sections = with_basis(subject, sections);
    sections.push(
        Section::new("signatures", "Signatures", "").with(Block::Table(signatures("Signatures".to_owned(), &ROLES))),
    );
    let mut paper = headed(subject, letterhead, sections);
    paper.title = format!("Evidence: {}", paper.title);
    paper
}

/// The files that stand beside the report in a folder: the plan, its bills, links and lag where an import shows them, the record of its drills,
/// findings; and last a list of them with size and FNV-1a, for who compares two packs.
#[must_use]
pub fn evidence_files(subject: Subject, html: String, watched: Option<&Section>) -> Vec<PackFile> {
    let mut files = vec![
        ("evidence.html", "the report to sign", html),
        ("plan.json", "the plan; the page and the terminal open it", codec::to_json(subject.plan)),
        ("bills.csv", "the bill of a month of each topology", bills(subject)),
        ("links.csv", "state, link, health and lag of each cache", watched.map(links).unwrap_or_default()),
        ("drills.csv", "measured step times beside their ranges", csv(&[drill_record(subject)])),
        ("findings.md", "findings, and what nobody has confirmed", findings_of(subject)),
    ];
    files.retain(|(_, _, text)| !text.is_empty());
    let line =
        |(name, what, text): &PackFile| format!("{name}\t{} bytes\t{:016x}\t{what}\n", text.len(), fingerprint(text));
    let list: String = files.iter().map(line).collect();
    files.push(("FILES.txt", "this list", list));
    files
}

fn links(watched: &Section) -> String {
    csv(std::slice::from_ref(watched))
}

fn bills(subject: Subject) -> String {
    let of = |topology| (topology, &subject.evaluation.of(topology).bill, None);
    csv_of_all(&Topology::ALL.map(of))
}

fn findings_of(subject: Subject) -> String {
    let mut sections = vec![findings_by_tag(subject), open_by_tag(subject)];
    sections.push(sources(&sections, subject.catalog));
    markdown("Findings", &sections)
}
