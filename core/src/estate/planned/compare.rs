//! Whether facts about several caches are the same, with the words that show it.

use crate::estate::deployments::Deployment;
use crate::estate::facts::{Cache, Facts};
use crate::units::format;

/// What all caches of a deployment say of one property: none where one of them says nothing.
pub(in crate::estate) struct Compared<T> {
    /// Name and value of each.
    values: Vec<(String, T)>,
    property: &'static str,
}

impl<T: PartialEq + Clone> Compared<T> {
    /// Of every member; `None` where a member is not imported or a file does not say the property.
    pub(in crate::estate) fn of(
        deployment: &Deployment,
        facts: &Facts,
        property: &'static str,
        get: impl Fn(&Cache) -> Option<T>,
    ) -> Option<Self> {
        let values: Option<Vec<(String, T)>> = deployment
            .members
            .iter()
            .map(|member| Some((member.name.clone(), get(facts.caches.get(&member.key)?)?)))
            .collect();
        Some(Self { values: values?, property })
    }

    pub(in crate::estate) fn new(property: &'static str, values: Vec<(String, T)>) -> Self {
        Self { values, property }
    }

    /// What is compared.
    pub(in crate::estate) const fn property(&self) -> &'static str {
        self.property
    }

    /// All are equal.
    pub(in crate::estate) fn equal(&self) -> bool {
        self.values.windows(2).all(|pair| pair[0].1 == pair[1].1)
    }

    /// All are so.
    pub(in crate::estate) fn all(&self, is: impl Fn(&T) -> bool) -> bool {
        self.values.iter().all(|(_, value)| is(value))
    }

    /// "redisVersion: 6.0 on pair-weu and pair-neu", or each with its own.
    pub(in crate::estate) fn shown(&self, show: impl Fn(&T) -> String) -> String {
        let property = self.property;
        match self.values.first() {
            Some((_, first)) if self.equal() => {
                let names: Vec<&str> = self.values.iter().map(|(name, _)| name.as_str()).collect();
                format!("{property}: {} on {}", show(first), format::listed(&names))
            }
            _ => {
                let each: Vec<String> =
                    self.values.iter().map(|(name, value)| format!("{} on {name}", show(value))).collect();
                format!("{property}: {}", format::listed(&each))
            }
        }
    }
}
