//! Answers as documents: sections, runbook, explanations, chart specifications, exports.

pub mod bill_text;
pub mod chart;
pub mod code;
pub mod coefficients;
pub mod decision;
pub mod document;
pub mod drill_kit;
pub mod estate;
pub mod explain;
pub mod explored;
#[cfg(test)]
mod extreme;
pub mod focus;
pub mod glossary;
pub mod horizon;
pub mod inputs;
pub mod json;
pub(crate) mod markdown;
pub mod night;
pub mod open_work;
pub mod outage_log;
pub mod outcomes;
pub mod paper;
pub mod portfolio;
pub mod price_doubt;
pub mod runbook;
pub mod saved;
pub mod search;
pub mod sheet;
pub mod sources;
mod span;
pub mod states;
pub mod tags;
pub mod verdict;
pub mod views;
pub(crate) mod visible;
#[cfg(test)]
mod waits_tests;
pub mod watching;
pub mod why;
pub mod words;

pub use span::Span;
