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
mod names;
pub mod page;
mod trace;

use crate::Outcome;
use emit::Plan;
use module::Module;

/// Name under which the first part calls for the second.
pub const CALL: (&str, &str) = ("later", "now");

/// Stands for a slot of the table without a stand-in; the others have one of the [`letters`].
const NO_STAND_IN: char = '.';

/// Letters for the types of stand-ins; all can stand in a text of the script.
fn letters() -> impl Iterator<Item = char> {
    ('0'..='~').filter(|letter| *letter != '\\')
}

/// Both parts.
pub struct Parts {
    /// What the page starts with.
    pub first: Vec<u8>,
    /// What joins it.
    pub later: Vec<u8>,
    /// Types of the stand-ins: letters of parameters, space, letters of results.
    pub types: Vec<String>,
    /// For every slot of the table the letter of its stand-in's type.
    pub slots: String,
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
    let (types, slots) = plan.stand_ins()?;
    Ok(Parts { first: plan.first()?, later: plan.later()?, types, slots, moved })
}
