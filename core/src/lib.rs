//! Disaster recovery for Redis on Azure, as pure functions.
//!
//! One [`plan::Plan`] and one [`catalog::Catalog`] go into [`evaluate::evaluate`]; cost, RPO, RTO, memory runway and
//! latency of three topologies come out.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::float_cmp))]

pub mod calibrate;
pub mod catalog;
pub mod codec;
pub mod decide;
pub mod draw;
pub mod estate;
pub mod evaluate;
pub mod explore;
pub mod import;
pub mod jobs;
pub mod model;
pub mod plan;
pub mod portfolio;
#[cfg(test)]
mod presets;
pub mod report;
pub mod rules;
pub mod stats;
pub mod units;
pub mod words;
