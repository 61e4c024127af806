//! Tags: free keys and values.

use super::Entry;
use crate::units::lines::line_fault;
use crate::units::quote::short;
use crate::units::{format, sorted};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Keys with their values.
pub type Tags = Vec<(String, String)>;

/// As many tags as a resource of Azure may have (50), and those of an import.
const MOST_TAGS: usize = 60;
/// Most keys that a portfolio is shared out by, and that have a column of their own: a resource of Azure has at most 50 tags, and
/// nobody reads a table of more.
pub const MAX_TAG_KEYS: usize = 200;
/// Longest key and value, in characters.
const LONGEST: usize = 120;

/// What is wrong with a list of tags, in a sentence.
pub(super) fn check(tags: &Tags) -> Result<(), String> {
    if tags.len() > MOST_TAGS {
        return Err(format!("tags: it has {}; enter at most {MOST_TAGS}.", tags.len()));
    }
    for (at, (key, value)) in tags.iter().enumerate() {
        if key.trim().is_empty() {
            return Err("tags: a key is empty; enter key=value.".to_owned());
        }
        for text in [key, value] {
            if let Some(fault) = line_fault(text, LONGEST) {
                return Err(format!("tags.{}: “{}”: {fault}.", short(key), short(text)));
            }
        }
        if tags[..at].iter().any(|(other, _)| other == key) {
            return Err(format!("tags.{}: it is there twice; enter each key once.", short(key)));
        }
    }
    Ok(())
}

/// Reads `environment=production, team="a, b"` as a person types it; empty for no tags. In the order of the keys. What stands in
/// quotation marks is taken as it is, a doubled mark for one.
///
/// # Errors
/// A part without `=`, an open quotation mark, an empty or repeated key, a text that is too long.
pub fn parse_tags(text: &str) -> Result<Tags, String> {
    let between = |it: char| it.is_whitespace() || it == ',';
    let mut tags = Tags::new();
    let mut rest = text.trim_start_matches(between);
    while !rest.is_empty() {
        let no_value = || format!("tags: “{}” has no value; enter key=value, key=value.", short(rest.trim()));
        let (key, after) = word(rest, &['=', ','])?;
        let after = after.strip_prefix('=').ok_or_else(no_value)?;
        let (value, after) = word(after, &[','])?;
        tags.push((key, value));
        rest = after.trim_start_matches(between);
    }
    check(&tags)?;
    sorted::sort_by(&mut tags, |a, b| a.0.cmp(&b.0));
    Ok(tags)
}

/// The word up to one of these characters, or in quotation marks, and what stands behind it.
fn word<'a>(text: &'a str, ends: &[char]) -> Result<(String, &'a str), String> {
    let text = text.trim_start();
    let Some(quoted) = text.strip_prefix('"') else {
        let (word, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
        return Ok((word.trim().to_owned(), rest));
    };
    let mut word = String::new();
    let mut rest = quoted;
    while let Some((part, after)) = rest.split_once('"') {
        word.push_str(part);
        let Some(more) = after.strip_prefix('"') else {
            let after = after.trim_start();
            return if after.is_empty() || after.starts_with(ends) {
                Ok((word, after))
            } else {
                Err(format!("tags: behind “{}” stands “{}”; separate tags by commas.", short(&word), short(after)))
            };
        };
        word.push('"');
        rest = more;
    }
    Err(format!("tags: the quotation mark before “{}” is not closed; close it.", short(quoted)))
}

/// The tags as they are typed: `environment=production, team="a, b"`; [`parse_tags`] reads them back.
#[must_use]
pub fn tag_text(tags: &Tags) -> String {
    let quoted = |word: &str, ends: &[char]| {
        let plain = word.trim() == word && !word.contains('"') && !word.contains(ends);
        if plain { word.to_owned() } else { format!("\"{}\"", word.replace('"', "\"\"")) }
    };
    tags.iter()
        .map(|(key, value)| format!("{}={}", quoted(key, &['=', ',']), quoted(value, &[','])))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The keys of a portfolio, each once, in their order; of more than [`MAX_TAG_KEYS`] those that most plans have, of equally many the
/// first.
#[must_use]
pub fn tag_keys(entries: &[Arc<Entry>]) -> TagKeys {
    let mut plans: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in entries.iter().flat_map(|entry| &entry.tags) {
        *plans.entry(key).or_default() += 1;
    }
    let mut keys: Vec<(&str, usize)> = plans.into_iter().collect();
    let left_out = keys.len().saturating_sub(MAX_TAG_KEYS);
    if left_out > 0 {
        keys.sort_by_key(|(_, plans)| Reverse(*plans));
        keys.truncate(MAX_TAG_KEYS);
        keys.sort_unstable();
    }
    TagKeys { keys: keys.into_iter().map(|(key, _)| key.to_owned()).collect(), left_out }
}

/// Keys of a portfolio's tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagKeys {
    /// At most [`MAX_TAG_KEYS`], in their order.
    pub keys: Vec<String>,
    /// How many more there are.
    pub left_out: usize,
}

impl TagKeys {
    /// What is said of the keys that are left out; `None` where none is.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        let more = format::counted(self.left_out, "more key");
        let says = || {
            format!("The tags have {more} that fewer plans have: the month is shared out by {MAX_TAG_KEYS} of them.")
        };
        (self.left_out > 0).then(says)
    }
}

/// Every tag of the keys, each once, in their order; at most `most`.
#[must_use]
pub fn tag_pairs(entries: &[Arc<Entry>], keys: &[String], most: usize) -> Vec<(String, String)> {
    let known: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    let tags = entries.iter().flat_map(|entry| &entry.tags).filter(|(key, _)| known.contains(key.as_str()));
    let pairs: BTreeSet<&(String, String)> = tags.collect();
    pairs.into_iter().take(most).cloned().collect()
}
