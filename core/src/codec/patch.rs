//! Differences of JSON objects: only objects are merged, everything else is replaced, and `null` is a value.

use serde_json::{Map, Value};

/// What of `new` differs from `old`; `None` when nothing does. Keys that only `old` has are not told apart.
pub(super) fn difference(old: &Value, new: &Value) -> Option<Value> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let changed: Map<String, Value> = new
                .iter()
                .filter_map(|(key, value)| {
                    let change = match old.get(key) {
                        Some(before) => difference(before, value),
                        None => Some(value.clone()),
                    };
                    change.map(|change| (key.clone(), change))
                })
                .collect();
            (!changed.is_empty()).then_some(Value::Object(changed))
        }
        _ => (old != new).then(|| new.clone()),
    }
}

/// Puts the changes over the target.
pub(super) fn apply(target: &mut Value, changes: Value) {
    match (target, changes) {
        (Value::Object(target), Value::Object(changes)) => {
            for (key, change) in changes {
                match target.get_mut(&key) {
                    Some(value) => apply(value, change),
                    None => drop(target.insert(key, change)),
                }
            }
        }
        (target, change) => *target = change,
    }
}
