//! The page: state → evaluate → views. No arithmetic of the domain is done here.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod bar;
pub mod charts;
mod document;
pub mod fields;
pub mod files;
mod inline;
pub mod inputs;
pub mod js_api;
mod later;
pub mod opening;
pub mod page;
mod paper;
pub mod results;
pub mod second;
mod slices;
pub mod state;
#[cfg(test)]
mod testing;
pub mod worker;
