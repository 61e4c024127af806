//! What differs between two JSON objects: only objects are taken apart, and `null` is a value.

use serde_json::{Map, Value};

/// What of `new` differs from `old`; `None` when nothing does. Keys that only `old` has are not told apart.
pub(super) fn difference(old: &Value, new: &Value) -> Option<Value> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            // One by one: to collect them would sort them, which they are.
            let mut changed = Map::new();
            changed.extend(new.iter().filter_map(|(key, value)| {
                let change = match old.get(key) {
                    Some(before) => difference(before, value),
                    None => Some(value.clone()),
                };
                change.map(|change| (key.clone(), change))
            }));
            (!changed.is_empty()).then_some(Value::Object(changed))
        }
        _ => (old != new).then(|| new.clone()),
    }
}
