//! Tags: free keys and values.

use super::Entry;
use std::sync::Arc;

/// Keys with their values.
pub type Tags = Vec<(String, String)>;

/// As many tags as a resource of Azure may have.
const MOST_TAGS: usize = 50;
/// Longest key and value, in characters.
const LONGEST: usize = 120;

/// What is wrong with a list of tags, in a sentence.
pub(super) fn check(tags: &Tags) -> Result<(), String> {
    if tags.len() > MOST_TAGS {
        return Err(format!("tags: it has {}; enter at most {MOST_TAGS}.", tags.len()));
    }
    let wrong = |text: &str| text.chars().count() > LONGEST || text.chars().any(char::is_control);
    for (at, (key, value)) in tags.iter().enumerate() {
        if key.trim().is_empty() {
            return Err("tags: a key is empty; enter key=value.".to_owned());
        }
        if wrong(key) || wrong(value) {
            let short: String = key.chars().take(40).collect();
            return Err(format!("tags.{short}: enter at most {LONGEST} characters without line breaks."));
        }
        if tags[..at].iter().any(|(other, _)| other == key) {
            return Err(format!("tags.{key}: it stands twice; enter each key once."));
        }
    }
    Ok(())
}

/// Reads `environment=production, team=payments` as a person types it; empty for no tags. In the order of the keys.
///
/// # Errors
/// A part without `=`, an empty or repeated key, a text that is too long.
pub fn parse_tags(text: &str) -> Result<Tags, String> {
    let mut tags = Tags::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((key, value)) = part.split_once('=') else {
            return Err(format!("tags: “{part}” has no value; enter key=value, key=value."));
        };
        tags.push((key.trim().to_owned(), value.trim().to_owned()));
    }
    check(&tags)?;
    crate::order::sort_few(&mut tags, |a, b| a.0.cmp(&b.0));
    Ok(tags)
}

/// The tags as they are typed: `environment=production, team=payments`.
#[must_use]
pub fn tag_text(tags: &Tags) -> String {
    tags.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
}

/// Every key of a portfolio, each once, in their order.
#[must_use]
pub fn tag_keys(entries: &[Arc<Entry>]) -> Vec<String> {
    collect(entries.iter().flat_map(|entry| &entry.tags).map(|(key, _)| key))
}

/// Every value of a key, each once, in their order.
#[must_use]
pub fn tag_values(entries: &[Arc<Entry>], key: &str) -> Vec<String> {
    collect(entries.iter().flat_map(|entry| &entry.tags).filter(|(own, _)| own == key).map(|(_, value)| value))
}

/// Sorted and without doubles.
fn collect<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if let Err(at) = all.binary_search(text) {
            all.insert(at, text.clone());
        }
    }
    all
}
