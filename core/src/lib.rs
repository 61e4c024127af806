//! Disaster recovery for Redis on Azure, as pure functions.
//!
//! One [`plan::Plan`] and one [`catalog::Catalog`] go into [`evaluate::evaluate`]; cost, RPO, RTO, memory runway and
//! latency of three topologies come out. Nothing here reads a clock, a file, a network or a global.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::float_cmp))]

pub mod catalog;
pub mod codec;
pub mod evaluate;
pub mod explore;
pub mod import;
pub mod model;
pub mod names;
mod normal;
pub mod order;
pub mod plan;
pub mod portfolio;
#[cfg(test)]
mod presets;
pub mod report;
pub mod rules;
pub mod sample;
mod sentence;
pub mod spread;
pub mod text;
pub mod units;
