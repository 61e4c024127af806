//! What the models return, in words, for rules, exploration and reports.
//!
//! `report::verdict` words the verdict; a rule has its own sentence.

mod availability;
pub mod bill;
pub mod calibration;
mod latency;
pub mod load;
mod migration;
pub mod misfit;
mod names;
mod no_price;
mod note;
mod path;
pub mod shown;
mod stop;
pub mod total;
pub mod waits;

pub use latency::no_latency;
