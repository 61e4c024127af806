//! The built page in headless Chromium. Ignored by plain `cargo test`, because they need `dist/` and a browser:
//! `cargo xtask test browser` builds one, finds or installs the other, and says where they are.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod access;
mod builds;
mod editing;
mod estate;
mod estate_more;
mod faults;
mod full_storage;
mod links;
mod monkey;
mod night;
mod offline;
mod opening;
mod paper;
mod pictures;
mod same_bytes;
mod sheets;
mod shell;
mod typing;
mod visit;
mod widths;
mod work;
mod worker;
