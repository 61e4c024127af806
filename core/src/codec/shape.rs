//! Numeric fields of an opened plan are numbers: said by field, before the reader says it by line.

use super::PlanError;
use crate::plan::FIELDS;
use crate::units::float;
use crate::units::quote::short;
use serde_json::Value;

/// Refuses a plan whose numeric field holds something else, naming the field, the value and the rule.
pub(super) fn check(plan: &Value) -> Result<(), PlanError> {
    for field in FIELDS {
        let Some(value) = field.path.split('.').try_fold(plan, |value, part| value.get(part)) else { continue };
        let number = match value {
            Value::Number(_) => true,
            Value::Null => field.optional,
            Value::String(text) => field.decimal && float(text).is_some_and(f64::is_finite),
            _ => false,
        };
        if !number {
            let given = short(&value.to_string());
            let message = format!("{} ({}): {given} is no number; enter {}.", field.label, field.path, field.rule());
            return Err(PlanError(message));
        }
    }
    Ok(())
}
