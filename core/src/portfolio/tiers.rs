//! Targets of service tiers: said once for all plans that have the tag.

use super::Entry;
use crate::codec::Plans;
use crate::units::quote::short;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The tag whose value names the tier.
pub const TIER_TAG: &str = "tier";

/// The targets of a tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// What the file says: fields of `objectives`, written back as they are.
    given: Map<String, Value>,
    /// All targets of a plan that has these, as they are written.
    targets: Value,
}

/// Reads `{"1": {"rpo": 60, "rto": 2700}}`; each tier is checked as a plan's targets are.
pub(super) fn read(given: Value, plans: &Plans) -> Result<BTreeMap<String, Tier>, String> {
    let Value::Object(given) = given else { return Err("tiers is no group of tiers with their targets".to_owned()) };
    let mut all = BTreeMap::new();
    for (name, given) in given {
        let Value::Object(given) = given else {
            return Err(format!("tiers.{}: it is no group of targets", short(&name)));
        };
        let mut plan = Map::new();
        plan.insert("objectives".to_owned(), Value::Object(given.clone()));
        let read = plans.read(Value::Object(plan)).map_err(|why| format!("tiers.{}: {why}", short(&name)))?;
        all.insert(name, Tier { given, targets: Plans::targets(&read) });
    }
    Ok(all)
}

/// Gives a plan that is about to be read the targets of its tier that it does not set.
pub(super) fn fill(plan: &mut Value, tier: Option<&Tier>) {
    let (Some(tier), Value::Object(fields)) = (tier, plan) else { return };
    let own = fields.entry("objectives").or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(own) = own else { return };
    for (name, target) in &tier.given {
        own.entry(name.clone()).or_insert_with(|| target.clone());
    }
}

/// Takes what the tier says out of a plan that is about to be written, and says what differs from it, so that it reads back the same.
pub(super) fn leave_out(written: &mut Value, entry: &Entry, tier: Option<&Tier>) {
    let (Some(tier), Value::Object(fields)) = (tier, written) else { return };
    let own = Plans::targets(&entry.plan);
    let objectives = fields.entry("objectives").or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(objectives) = objectives else { return };
    for name in tier.given.keys() {
        if own.get(name) == tier.targets.get(name) {
            objectives.remove(name);
        } else if let Some(target) = own.get(name) {
            objectives.insert(name.clone(), target.clone());
        }
    }
    if objectives.is_empty() {
        fields.remove("objectives");
    }
}

/// The tiers as the file has them; `None` where there are none.
pub(super) fn written(tiers: &BTreeMap<String, Tier>) -> Option<Value> {
    let mut all = Map::new();
    all.extend(tiers.iter().map(|(name, tier)| (name.clone(), Value::Object(tier.given.clone()))));
    (!all.is_empty()).then_some(Value::Object(all))
}

#[cfg(test)]
mod tests;
