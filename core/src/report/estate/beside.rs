//! What files are beside a plan and an estate that are open: part of that estate, of the plan, or an estate of their own.

use super::ImportOptions;
use super::listing::ADDED;
use crate::estate::{Facts, Sorted, adds_to, id_name, known_caches};
use crate::portfolio::Portfolio;
use crate::units::format;
use std::collections::BTreeSet;

/// What becomes of files.
#[derive(Debug, PartialEq)]
pub(super) enum Beside {
    /// They are an estate of their own.
    Own,
    /// They are read together with the files of the estate that is open.
    Adds,
    /// They are opened as what they are without an estate: metrics become the writes of the plan.
    Opens,
    /// They are of no cache that is open.
    Refused(String),
}

impl Beside {
    /// Of an estate among the files; `before` is the portfolio that is open, and `name` that of the first file.
    pub(super) fn of(sorted: &Sorted, options: &ImportOptions, before: Option<&Portfolio>, name: &str) -> Self {
        let Some(read) = &sorted.read else { return Self::Opens };
        // Of a portfolio without ids nothing shows that the files are more of it, unless its own are at hand.
        let is_open = |it: &&Portfolio| options.is_at_hand || !known_caches(it).is_empty();
        let before = before.filter(|it| !options.alone && is_open(it));
        if sorted.lone.is_none() || read.facts.metrics.is_empty() {
            return match before {
                Some(before) if adds_to(&read.facts, before) => Self::Adds,
                _ if sorted.lone.is_none() => Self::Own,
                _ => Self::Opens,
            };
        }
        metrics(&read.facts, options, before, name)
    }
}

/// Metrics of one file: of the plan in view where they are of its caches, else of the estate.
fn metrics(facts: &Facts, options: &ImportOptions, before: Option<&Portfolio>, name: &str) -> Beside {
    let own: BTreeSet<String> = options.own.iter().map(|id| id.trim().to_ascii_lowercase()).collect();
    let is_own = |key: &String| own.contains(key);
    let is_of_plan = !own.is_empty() && facts.metrics.keys().all(is_own);
    if is_of_plan && options.is_plan_in_view {
        return Beside::Opens;
    }
    let known = before.map(known_caches).unwrap_or_default();
    let is_known = facts.metrics.keys().any(|key| known.contains(key));
    if is_known || before.is_some() && !options.is_plan_in_view {
        return Beside::Adds;
    }
    if own.is_empty() || is_of_plan {
        return Beside::Opens;
    }
    let names: Vec<&str> = facts.metrics.keys().filter(|key| !is_own(key)).map(|key| id_name(key)).collect();
    Beside::Refused(format!(
        "{name}: These are metrics of {}, which is no cache of the plan “{}”. Open them with the list of their caches, or with their own plan in view.",
        format::listed(&names),
        options.plan
    ))
}

/// Said where the files of the estate are no longer at hand.
pub const NOT_AT_HAND: &str = "Nothing was changed: these files add to the estate that is open, and its own files are not at hand any more. Open \
     all of them together, or read these alone.";
/// True for what is told of files that may be read without those of the estate.
#[must_use]
pub fn may_be_alone(told: &str) -> bool {
    told.contains(NOT_AT_HAND) || told.contains(ADDED)
}
