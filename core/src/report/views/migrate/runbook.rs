//! The runbook of a path as sections of a view.

use super::super::Subject;
use crate::model::migration::{Migration, PathAnswer, PathKind};
use crate::report::document::{Section, Style, Text};
use crate::report::runbook::{Shell, moving};
use crate::units::format;

/// The paths that have a runbook, in their order.
#[must_use]
pub fn applying(moved: &Migration) -> Vec<PathKind> {
    moved.applying().map(|(path, _)| path.path).collect()
}

/// The path that was asked for, where it applies; else the first.
#[must_use]
pub fn chosen(moved: &Migration, asked: Option<PathKind>) -> Option<PathKind> {
    let first = moved.first_choice().or_else(|| moved.applying().next().map(|(path, _)| path));
    asked.filter(|asked| applying(moved).contains(asked)).or(first.map(|path| path.path))
}

/// The runbook of a path: what it is, what every shell needs, then its sections; one sentence where none applies.
#[must_use]
pub fn runbook_sections(subject: Subject, moved: &Migration, path: Option<PathKind>, shell: Shell) -> Vec<Section> {
    let Some(answer) = path.and_then(|path| moved.path(path)) else {
        return vec![Section::new("migrate-runbook", "Runbook", "No path applies, so there is no runbook.")];
    };
    let parts = moving(answer.path, moved, subject.plan, subject.catalog, subject.evaluation);
    [head(answer)].into_iter().chain(parts.iter().map(|part| part.document(shell))).collect()
}

fn head(answer: &PathAnswer) -> Section {
    let says = match answer.figures().map(|figures| &figures.schedule) {
        Some(at) => {
            let days = format::counted(at.prepare as usize + at.beside as usize, "day");
            Text::styled(answer.path.name(), Style::Strong)
                .then(format!(" takes {days} at most and has to begin by {}.", at.latest))
        }
        None => Text::styled(answer.path.name(), Style::Strong).then("."),
    };
    Section::new("migrate-runbook", "Runbook", says)
}
