//! Values of Bicep and their layout.

use super::super::design::Name;
use super::super::quote::bicep_string;

/// A value as it is written.
pub(super) enum Value {
    /// An expression that is complete: a name, a number, a quoted text.
    Raw(String),
    /// Names with their values, one a line.
    Object(Vec<(String, Value)>),
    /// Values, one a line.
    Array(Vec<Value>),
}

/// An expression.
pub(super) fn raw(text: impl Into<String>) -> Value {
    Value::Raw(text.into())
}

/// A text in quotes.
pub(super) fn text(text: &str) -> Value {
    Value::Raw(bicep_string(text))
}

/// An object; names that are no identifiers are quoted.
pub(super) fn object<const N: usize>(parts: [(&str, Value); N]) -> Value {
    Value::Object(parts.into_iter().map(|(name, value)| (key(name), value)).collect())
}

/// The same with parts that are there only sometimes.
pub(super) fn object_of(parts: Vec<(&str, Value)>) -> Value {
    Value::Object(parts.into_iter().map(|(name, value)| (key(name), value)).collect())
}

fn key(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { bicep_string(name) }
}

/// A declaration: `resource cache '…' = {…}`.
pub(super) fn declare(head: &str, value: &Value) -> String {
    format!("{head} = {}\n", written(value, 0))
}

fn written(value: &Value, depth: usize) -> String {
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match value {
        Value::Raw(text) => text.clone(),
        Value::Object(parts) if parts.is_empty() => "{}".to_owned(),
        Value::Object(parts) => {
            let line = |(name, value): &(String, Value)| format!("{inner}{name}: {}\n", written(value, depth + 1));
            format!("{{\n{}{outer}}}", parts.iter().map(line).collect::<Vec<_>>().concat())
        }
        Value::Array(values) if values.is_empty() => "[]".to_owned(),
        Value::Array(values) => {
            let line = |value: &Value| format!("{inner}{}\n", written(value, depth + 1));
            format!("[\n{}{outer}]", values.iter().map(line).collect::<Vec<_>>().concat())
        }
    }
}

/// A comment of one or more lines.
pub(super) fn comment(said: &str) -> String {
    said.lines().flat_map(|line| ["// ", line, "\n"]).collect()
}

/// A parameter with what it is; no default.
pub(super) fn param(name: &str, kind: &str, what: &str) -> String {
    format!("@description({})\nparam {name} {kind}\n", bicep_string(what))
}

/// The same with a text as its default where that is known.
pub(super) fn param_known(name: &str, what: &str, known: Option<&str>) -> String {
    known.map_or_else(|| param(name, "string", what), |known| param_or(name, "string", what, &text(known)))
}

/// The text as it stands inside a string that has other parts.
pub(super) fn inside(text: &str) -> String {
    let quoted = bicep_string(text);
    quoted[1..quoted.len() - 1].to_owned()
}

/// The parameter of a name that is asked for.
fn parameter(kind: &str, symbol: &str) -> String {
    format!("{kind}Name_{symbol}")
}

/// A name, with an ending.
pub(super) fn named(name: &Name, ending: &str) -> Value {
    match name {
        Name::Known(name) => text(&format!("{name}{ending}")),
        Name::Asked { kind, symbol, .. } if ending.is_empty() => raw(parameter(kind, symbol)),
        name @ Name::Asked { .. } => raw(format!("'{}{ending}'", inside_name(name))),
    }
}

/// The same inside a string that has other parts.
pub(super) fn inside_name(name: &Name) -> String {
    match name {
        Name::Known(name) => inside(name),
        Name::Asked { kind, symbol, .. } => format!("${{{}}}", parameter(kind, symbol)),
    }
}

/// The parameter of a name, where it is asked for.
pub(super) fn param_of(name: &Name) -> Option<String> {
    match name {
        Name::Known(_) => None,
        Name::Asked { kind, symbol, what } => Some(param(&parameter(kind, symbol), "string", what)),
    }
}

/// A parameter with a default.
pub(super) fn param_or(name: &str, kind: &str, what: &str, default: &Value) -> String {
    format!("@description({})\nparam {name} {kind} = {}\n", bicep_string(what), written(default, 0))
}
