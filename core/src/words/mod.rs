//! What the models answer, in words: methods of their types, so that rules, exploration and reports say the same of a design.
//!
//! The verdict, which `decide` reaches, is worded in `report::verdict`; a rule's sentence stands with the rule.

mod availability;
pub mod bill;
mod latency;
pub mod misfit;
mod names;
mod no_price;
mod note;
mod path;
mod stop;
pub mod total;

pub use latency::no_latency;
