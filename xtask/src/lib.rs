//! What `cargo xtask` does, one concern a module; the browser tests share [`site`] and [`page`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod bench;
pub mod boot;
pub mod browser;
pub mod budget;
pub mod build;
pub mod catalogue;
pub mod finish;
pub mod fuzz;
pub mod laws;
pub mod naming;
pub mod notices;
pub mod packing;
pub mod page;
mod parts;
pub mod prices;
mod ready_made;
pub mod serve;
pub mod sheets;
pub mod shell;
pub mod site;
pub mod test;
pub mod tools;

/// What a step gives back: nothing, or one sentence that says what went wrong and what to do.
pub type Outcome<T = ()> = Result<T, String>;
