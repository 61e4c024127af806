//! Files of parameters: the values that a deployment gives to a template. Which template is theirs follows from the names alone.

use super::expression::Answer;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a file gives, by the parameters' names in small letters. What a vault keeps has no value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Parameters {
    names: Vec<String>,
    values: BTreeMap<String, Value>,
}

/// What a document of parameters has in it: `az bicep build-params --stdout` packs it, with the template, as texts.
#[derive(Debug)]
pub(in crate::estate) struct Packed {
    pub(in crate::estate) parameters: Parameters,
    pub(in crate::estate) template: Option<Map<String, Value>>,
}

impl Packed {
    /// Of a document; an error where it is damaged.
    pub(in crate::estate) fn of(document: &str) -> Result<Self, serde_json::Error> {
        let fields: Map<String, Value> = serde_json::from_str(document)?;
        let inside = |name: &str| fields.get(name).and_then(Value::as_str).map(serde_json::from_str).transpose();
        let (parameters, template): (Option<Map<String, Value>>, _) =
            (inside("parametersJson")?, inside("templateJson")?);
        Ok(Self { parameters: Parameters::of(parameters.as_ref().unwrap_or(&fields)), template })
    }
}

impl Parameters {
    fn of(document: &Map<String, Value>) -> Self {
        let given = document.get("parameters").and_then(Value::as_object);
        let given = || given.into_iter().flatten().map(|(name, it)| (name.to_ascii_lowercase(), it.get("value")));
        Self {
            names: given().map(|(name, _)| name).collect(),
            values: given().filter_map(|(name, value)| Some((name, value?.clone()))).collect(),
        }
    }

    /// True where a template declares every one of them, as Azure demands of a deployment.
    pub(in crate::estate) fn are_of(&self, template: &Map<String, Value>) -> bool {
        let own = template.get("parameters").and_then(Value::as_object);
        let declares = |name: &String| own.is_some_and(|own| own.keys().any(|it| it.eq_ignore_ascii_case(name)));
        !self.names.is_empty() && self.names.iter().all(declares)
    }

    /// The values as they are passed to a template: no expression stands in them.
    pub(super) fn passed(&self) -> BTreeMap<String, Answer> {
        self.values.iter().map(|(name, value)| (name.clone(), Answer::known(value.clone()))).collect()
    }
}
