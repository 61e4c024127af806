//! Splits the page's wasm in two: what shows the first result, and what comes right after.
//!
//! Both parts share memory, table and globals, and run as one program. A function of the second part has a stand-in in
//! the first until the second is there: the stand-in waits for it and then calls the real one. Which functions come first
//! is measured ([`first`]); it is a matter of weight alone, never of what the page does.

mod bytes;
mod choose;
mod emit;
pub mod first;
mod module;
pub mod page;
mod trace;

use crate::Outcome;
use emit::Plan;
use module::Module;

/// Name under which the first part calls for the second.
pub const CALL: (&str, &str) = ("later", "now");

/// Both parts.
pub struct Parts {
    /// What the page starts with.
    pub first: Vec<u8>,
    /// What joins it.
    pub later: Vec<u8>,
    /// Number of functions in the second part.
    pub moved: usize,
}

/// Splits a wasm file whose function names are still in it; the parts have none. `first` lists the functions that come
/// first, one a line.
///
/// # Errors
/// The file is not as wasm-bindgen and wasm-opt leave it.
pub fn split(wasm: &[u8], first: &str) -> Outcome<Parts> {
    let module = Module::read(wasm)?;
    let chosen = choose::later(&module, first);
    let moved = chosen.len();
    let plan = Plan::new(&module, chosen)?;
    Ok(Parts { first: plan.first()?, later: plan.later()?, moved })
}
