//! The sources that a document cites, read from its finished words.

use super::{Block, Section, Style, Text, markdown};
use crate::catalog::Catalog;
use std::collections::BTreeSet;

/// Each source of the catalogue whose tag is a word of these sections, spelt out, in the order of the catalogue: "S1" in "(S1, 2024-11-15)".
/// Without one the block is blank.
///
/// The words decide, not what they were made from: a sentence with a tag of its own is read, too. No size has a name like a tag; a
/// test of the catalogue holds that.
#[must_use]
pub fn cited(sections: &[Section], catalog: &Catalog) -> Block {
    let text = markdown("", sections);
    let words: BTreeSet<&str> = text.split(|it: char| !it.is_ascii_alphanumeric()).collect();
    let known = catalog.sources().iter().filter(|source| words.contains(source.tag.as_str()));
    Block::list(known.map(|source| Text::styled(&source.tag, Style::Strong).then(format!(": {}", source.text))))
}

/// The same as the last section of a report.
#[must_use]
pub fn sources(sections: &[Section], catalog: &Catalog) -> Section {
    Section::new("sources", "Sources", "").with(cited(sections, catalog))
}
