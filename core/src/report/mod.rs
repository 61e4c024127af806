//! What leaves the core for people: numbers as text, bill text, runbook, explanations, chart specifications.

pub mod act_by;
pub mod bill_text;
pub mod chart;
pub mod coefficients;
pub mod decision;
pub mod explain;
pub mod focus;
pub mod format;
pub mod horizon;
pub mod kept;
pub(crate) mod markdown;
pub mod outage_log;
pub mod outage_says;
pub mod outage_state;
pub mod outage_ways;
pub mod outcomes;
pub mod runbook;
pub mod scenario_says;
pub mod size;
pub(crate) mod visible;
