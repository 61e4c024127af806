//! Why this design: what decides, what speaks against it, what is unknown, how sure its price is.

use super::super::Subject;
use crate::report::document::{Block, Section};
use crate::report::why::texts;

/// The lines as a list; `None` where no design is recommended.
#[must_use]
pub fn why(subject: Subject) -> Option<Section> {
    let lines = texts(subject);
    (!lines.is_empty()).then(|| Section::new("why", "Why this design", "").with(Block::list(lines)))
}
