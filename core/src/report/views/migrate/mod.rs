//! The tab Migrate: from what runs today to Azure Managed Redis before its service ends (M-18).

mod dates;
mod document;
mod paths;
mod runbook;
mod sizes;
#[cfg(test)]
mod tests;

use super::Subject;
use crate::model::horizon::Origin;
use crate::model::migration::{Migration, NothingToMove, PathKind, migration, target_of};
use crate::report::document::{Block, Section, Style, Text};
use crate::report::runbook::Shell;
use crate::units::{Date, format};

pub use dates::dates_section;
pub use document::{document, json};
pub use paths::paths_section;
pub use runbook::{applying, chosen, runbook_sections};
pub use sizes::sizes_section;

/// The move of a plan, judged from a day, or from its first where none is given.
///
/// # Errors
/// Why there is nothing to move.
pub fn moved(subject: Subject, from: Option<Date>) -> Result<Migration, NothingToMove> {
    let target = target_of(subject.evaluation.comparison.recommended(), subject.plan);
    migration(subject.plan, subject.catalog, target, from)
}

/// Sizes by the mapping and by need.
#[must_use]
pub fn sizes(subject: Subject) -> Vec<Section> {
    of(subject, |moved| sizes_section(subject, moved))
}

/// Every path with its figures.
#[must_use]
pub fn paths(subject: Subject) -> Vec<Section> {
    of(subject, |moved| paths_section(subject, moved))
}

/// When each path has to begin.
#[must_use]
pub fn dates(subject: Subject) -> Vec<Section> {
    of(subject, |moved| dates_section(subject, moved))
}

/// The runbook of the first path.
#[must_use]
pub fn commands(subject: Subject) -> Vec<Section> {
    match moved(subject, None) {
        Ok(moved) => runbook_sections(subject, &moved, chosen(&moved, None), Shell::default()),
        Err(why) => vec![nothing(subject, why)],
    }
}

/// Names of the paths that apply, the first one first: what a page offers.
#[must_use]
pub fn offered(subject: Subject) -> Vec<PathKind> {
    moved(subject, None).map(|moved| applying(&moved)).unwrap_or_default()
}

/// The id of the section that stands where nothing is to be moved.
pub(crate) const NOTHING: &str = "migrate-nothing";

fn of(subject: Subject, section: impl Fn(&Migration) -> Section) -> Vec<Section> {
    vec![moved(subject, None).map_or_else(|why| nothing(subject, why), |moved| section(&moved))]
}

/// What stands there where nothing is to be moved; it leads to the field that would say so.
fn nothing(subject: Subject, why: NothingToMove) -> Section {
    let section = Section::new(NOTHING, "Nothing to move", why.words());
    let asked = Text::from("Say what runs: ")
        .and("the size that runs today", Style::Field("today.sku".to_owned()))
        .then(", or ")
        .and("that a pair exists", Style::Field("passive.exists".to_owned()))
        .then(".");
    match why {
        NothingToMove::Managed => match another(subject) {
            Some(says) => Section::new(NOTHING, "No service ends", why.words()).with(Block::Paragraph(says.into())),
            None => section,
        },
        NothingToMove::Nothing => section,
        NothingToMove::Unsaid | NothingToMove::Unknown => section.with(Block::Paragraph(asked)),
    }
}

/// "The active group of M20 is another one: …" of a recommended design that does not keep the Managed Redis that runs; `None` of one that does.
fn another(subject: Subject) -> Option<String> {
    let comparison = &subject.evaluation.comparison;
    let topology = comparison.recommended()?;
    let cost = comparison.over.as_ref()?.of(topology);
    let hours = format::count(f64::from(subject.plan.horizon.migration_hours));
    (cost.way == Origin::Moves).then(|| {
        format!(
            "The {} is no part of it: it is made beside what runs and moved to in month 1, with {hours} hours of people and {} of both. “Months \
             ahead” under Cost has the sum. Write to both until every key is in the new one, or export and import.",
            topology.name().to_ascii_lowercase(),
            format::counted(subject.plan.horizon.parallel_months as usize, "month"),
        )
    })
}
