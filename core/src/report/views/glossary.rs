//! The glossary as a view of the tab Rules.

use super::Subject;
use crate::report::document::Section;
use crate::report::glossary::section;

/// The glossary, the same for every plan.
#[must_use]
pub fn glossary(_: Subject) -> Vec<Section> {
    vec![section()]
}
