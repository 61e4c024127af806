//! A whole document: a title, what stands below it, sections.

use super::{Block, Section};
use crate::report::markdown as writer;

/// What is printed or saved as one text: a runbook, a decision record, a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is, and of which plan.
    pub title: String,
    /// What stands between the title and the first section; may be empty.
    pub opening: Vec<Block>,
    /// Its sections in order; their ids are unique.
    pub sections: Vec<Section>,
}

impl Document {
    /// As Markdown that reads back with the same words; ends in a line break.
    #[must_use]
    pub fn markdown(&self) -> String {
        writer::write(&self.blocks())
    }

    /// The blocks of its Markdown.
    pub(crate) fn blocks(&self) -> Vec<writer::Block> {
        super::markdown::blocks(&self.title, &self.opening, &self.sections)
    }

    /// Its tables as CSV, as [`super::csv`] writes them.
    #[must_use]
    pub fn csv(&self) -> String {
        let opening = Section { blocks: self.opening.clone(), ..Section::new("opening", "", "") };
        super::csv(std::iter::once(&opening).chain(&self.sections))
    }

    /// The same without its figures, for who reads a terminal: a log says what their tables give at each moment.
    #[must_use]
    pub fn in_words(mut self) -> Self {
        for section in &mut self.sections {
            section.blocks.retain(|block| !matches!(block, Block::Figure(_)));
        }
        self
    }

    /// As text for a terminal; ends in a line break.
    #[must_use]
    pub fn plain(&self) -> String {
        super::plain::of(&self.title, &self.opening, &self.sections)
    }
}
