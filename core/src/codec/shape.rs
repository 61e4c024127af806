//! Numeric fields of an opened plan are numbers: said by field, before the reader says it by line.

use super::PlanError;
use crate::plan::{FIELDS, Field};
use crate::units::quote::short;
use crate::units::{Dimension, float};
use serde_json::Value;

/// Refuses a plan whose numeric field holds something else, naming the field, the value and the rule.
pub(super) fn check(plan: &Value) -> Result<(), PlanError> {
    for field in FIELDS {
        let Some(value) = field.path.split('.').try_fold(plan, |value, part| value.get(part)) else { continue };
        let number = match value {
            Value::Number(_) => true,
            Value::Null => field.optional,
            Value::String(text) => is_decimal_field(field) && float(text).is_some_and(f64::is_finite),
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

/// Money and discounts are decimal and written as text.
fn is_decimal_field(field: &Field) -> bool {
    let hours_and_shares = [
        "pricing.discount",
        "pricing.discount_bandwidth",
        "pricing.discount_endpoints",
        "pricing.discount_monitoring",
        "pricing.reservation_coverage",
        "pricing.hours_per_drill",
        "pricing.drill_cache_hours",
        "pricing.run_hours_per_month",
    ];
    field.dimension == Dimension::Money || hours_and_shares.contains(&field.path)
}
