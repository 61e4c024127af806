//! The field's own words: what each term means, where a text of a section uses it, and the glossary as a section.

mod terms;
#[cfg(test)]
mod tests;

use super::document::{Block, Section, Style, Text, markdown};

/// A term of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// As it is written in the middle of a sentence: "full sync".
    pub name: &'static str,
    /// Other spellings that lead to it.
    pub also: &'static [&'static str],
    /// What it means, in one or two sentences, with its unit.
    pub means: &'static str,
    /// Part of `docs/model.md` that defines the figure; may be empty.
    pub from: &'static str,
}

/// Every term, subject by subject.
pub fn terms() -> impl Iterator<Item = &'static Term> {
    terms::SUBJECTS.iter().flat_map(|(_, terms)| *terms)
}

/// What a term means and which part of the model defines it; `None` for a name that is no term.
///
/// # Examples
///
/// ```
/// use dr_core::report::glossary::meaning;
///
/// assert!(meaning("RPO").is_some_and(|text| text.starts_with("Recovery point objective")));
/// assert_eq!(meaning("rpo"), None);
/// ```
#[must_use]
pub fn meaning(name: &str) -> Option<String> {
    terms().find(|term| term.name == name).map(Term::words)
}

impl Term {
    fn words(&self) -> String {
        if self.from.is_empty() { self.means.to_owned() } else { format!("{} ({})", self.means, self.from) }
    }
}

/// A term's name and its other spellings, without what it means: all that marking a text needs, so that a page can load the meanings
/// later.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    name: &'static str,
    also: &'static [&'static str],
}

const COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < terms::SUBJECTS.len() {
        count += terms::SUBJECTS[at].1.len();
        at += 1;
    }
    count
};

static SPELLINGS: [Spelling; COUNT] = {
    let mut all = [Spelling { name: "", also: &[] }; COUNT];
    let (mut place, mut subject) = (0, 0);
    while subject < terms::SUBJECTS.len() {
        let mut at = 0;
        while at < terms::SUBJECTS[subject].1.len() {
            let Term { name, also, .. } = terms::SUBJECTS[subject].1[at];
            all[place] = Spelling { name, also };
            (place, at) = (place + 1, at + 1);
        }
        subject += 1;
    }
    all
};

impl Spelling {
    /// Where a text uses it first, as a word of its own: begin and end in bytes.
    fn first_in(&self, text: &str) -> Option<(usize, usize)> {
        std::iter::once(&self.name).chain(self.also).filter_map(|spelt| find(text, spelt)).min()
    }
}

/// The glossary as a section: a heading for each subject, its terms in the order of the alphabet.
#[must_use]
pub fn section() -> Section {
    let says = "Terms as this planner uses them; M-numbers are parts of the model.";
    terms::SUBJECTS.iter().fold(Section::new("glossary", "Glossary", says), |section, (subject, terms)| {
        let mut sorted: Vec<&Term> = terms.iter().collect();
        sorted.sort_by_key(|term| term.name.to_lowercase());
        let facts = sorted.into_iter().map(|term| (Text::styled(term.name, Style::Strong), Text::from(term.words())));
        section.with(Block::details(*subject, vec![Block::Facts(facts.collect())]))
    })
}

/// The glossary as Markdown: the text of `docs/glossary.md`.
#[must_use]
pub fn reference() -> String {
    let Section { says, blocks, heading, .. } = section();
    let mut opening = Section::new("glossary", "How to read it", says);
    opening.blocks = blocks;
    markdown(&heading, &[opening])
}

/// The same section with each term marked where running text uses it first: [`Style::Term`]. Words and order stay.
#[must_use]
pub fn marked(mut section: Section) -> Section {
    if section.id == "glossary" {
        return section;
    }
    let mut open: Vec<&'static Spelling> = SPELLINGS.iter().collect();
    section.says = linked(section.says, &mut open);
    section.blocks = section.blocks.into_iter().map(|block| linked_block(block, &mut open)).collect();
    section
}

fn linked_block(block: Block, open: &mut Vec<&'static Spelling>) -> Block {
    match block {
        Block::Paragraph(text) => Block::Paragraph(linked(text, open)),
        Block::Remark(text) => Block::Remark(linked(text, open)),
        Block::List(lines) => Block::List(lines.into_iter().map(|line| linked(line, open)).collect()),
        Block::Details { summary, open: unfolded, blocks } => {
            let blocks = blocks.into_iter().map(|block| linked_block(block, open)).collect();
            Block::Details { summary, open: unfolded, blocks }
        }
        other => other,
    }
}

/// A line whose plain pieces are cut where a term stands that none before it has shown.
fn linked(text: Text, open: &mut Vec<&'static Spelling>) -> Text {
    open.retain(|term| text.0.iter().all(|run| run.style != Style::Term(term.name)));
    text.0.into_iter().fold(Text::default(), |line, run| match run.style {
        Style::Plain => cut(line, &run.text, open),
        style => line.and(run.text, style),
    })
}

fn cut(mut line: Text, mut rest: &str, open: &mut Vec<&'static Spelling>) -> Text {
    // The earliest, and of two that begin together the longer one: “full sync” before a shorter word in it.
    let earliest = |open: &[&'static Spelling], text: &str| {
        let found = open.iter().enumerate().filter_map(|(place, term)| Some((term.first_in(text)?, place)));
        found.min_by_key(|((begin, end), _)| (*begin, usize::MAX - end))
    };
    while let Some(((begin, end), place)) = earliest(open, rest) {
        let term = open.swap_remove(place);
        line = line.then(&rest[..begin]).and(&rest[begin..end], Style::Term(term.name));
        rest = &rest[end..];
    }
    line.then(rest)
}

/// Where `word` stands in `text` alone, its first letter in either case.
fn find(text: &str, word: &str) -> Option<(usize, usize)> {
    let part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    let tail = word.char_indices().nth(1).map_or("", |(at, _)| &word[at..]);
    let head = word.chars().next()?;
    let begins = |(at, letter): &(usize, char)| {
        let same = *letter == head || letter.to_lowercase().eq(head.to_lowercase());
        let after = &text[at + letter.len_utf8()..];
        let free = !text[..*at].ends_with(part) && !after.get(tail.len()..).unwrap_or("").starts_with(part);
        same && after.starts_with(tail) && free
    };
    let (at, letter) = text.char_indices().find(begins)?;
    Some((at, at + letter.len_utf8() + tail.len()))
}
