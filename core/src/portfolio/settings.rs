//! What an import found of each cache beyond what a plan holds, for a later import to compare.

use super::MAX_ENTRIES;
use crate::units::format;
use crate::units::lines::line_fault;
use crate::units::quote::short;
use serde_json::Value;
use std::collections::BTreeMap;

/// Texts of properties by the key of a cache, its id in small letters.
pub type Settings = BTreeMap<String, BTreeMap<String, String>>;

/// Most caches that have some, and most properties of one.
const MOST: [usize; 2] = [2 * MAX_ENTRIES, 50];
/// Longest id and longest text.
const LONGEST: usize = 500;

/// True for the key of a cache that a portfolio keeps settings of: another is left out, and costs no other.
pub(crate) fn is_kept(key: &str) -> bool {
    line_fault(key, LONGEST).is_none()
}

/// Reads `{"/subscriptions/…": {"maxmemory-policy": "volatile-lru"}}`.
pub(super) fn read(given: Value) -> Result<Settings, String> {
    let group = |given: Value, what: &str, most: usize| match given {
        Value::Object(given) if given.len() <= most => Ok(given),
        Value::Object(given) => {
            let [count, most] = [given.len(), most].map(|it| format::count(it as f64));
            Err(format!("{what} has {count} entries; at most {most} are read"))
        }
        _ => Err(format!("{what} is no group of fields")),
    };
    let line = |text: &str| match line_fault(text, LONGEST) {
        Some(fault) => Err(format!("caches: “{}”: {fault}", short(text))),
        None => Ok(text.to_owned()),
    };
    let mut all = Settings::new();
    for (key, given) in group(given, "caches", MOST[0])? {
        let mut own = BTreeMap::new();
        for (property, value) in group(given, "an entry of caches", MOST[1])? {
            let Some(text) = value.as_str() else {
                return Err(format!("caches: {} is no text; write it in quotes", short(&value.to_string())));
            };
            own.insert(line(&property)?, line(text)?);
        }
        if is_kept(&key) {
            all.insert(key, own);
        }
    }
    Ok(all)
}

/// As [`read`] takes it; `None` where there is nothing.
pub(super) fn written(settings: &Settings) -> Option<Value> {
    (!settings.is_empty()).then(|| serde_json::json!(settings))
}
