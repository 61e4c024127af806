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

#[cfg(test)]
mod tests {
    use super::bytes::section;
    use super::*;

    /// `first` calls `second`, which gives 7; both are named, and the table has one free slot.
    fn page() -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        section(&mut wasm, 1, &[vec![0x60, 0, 1, 0x7f]]);
        section(&mut wasm, 2, &[[&[1][..], b"m", &[1], b"f", &[0, 0]].concat()]);
        section(&mut wasm, 3, &[vec![0], vec![0]]);
        section(&mut wasm, 4, &[vec![0x70, 0, 1]]);
        section(&mut wasm, 5, &[vec![0, 1]]);
        section(&mut wasm, 7, &[[&[5][..], b"first", &[0, 1]].concat()]);
        let second: Vec<u8> = [&[0x1a, 0x41, 7].repeat(9)[1..], &[0x0b]].concat();
        section(&mut wasm, 10, &[vec![4, 0, 0x10, 2, 0x0b], [&[28, 0][..], &second].concat()]);
        let names = [&[1, 16, 2, 1, 5][..], b"first", &[2, 6], b"second"].concat();
        wasm.extend([0, 23, 4]);
        wasm.extend(b"name");
        wasm.extend(names);
        wasm
    }

    #[test]
    fn what_is_not_listed_comes_later_and_is_called_through_the_table() {
        let parts = split(&page(), "# a list\nfirst\n").unwrap();
        assert_eq!((parts.moved, parts.slots.as_str()), (1, ".0"));
        assert_eq!(parts.types, [" i"]);
        let first = Module::read(&parts.first).unwrap();
        assert_eq!((first.bodies.len(), first.imported, first.table), (1, 2, 2));
        assert_eq!(first.bodies[0].bytes, [0, 0x41, 1, 0x11, 0, 0, 0x0b]);
        assert!(parts.later.windows(9).any(|bytes| bytes == [0x1a, 0x41, 7, 0x1a, 0x41, 7, 0x1a, 0x41, 7]));
    }

    #[test]
    fn a_list_that_fits_nothing_leaves_everything_first() {
        let parts = split(&page(), "other\n").unwrap();
        assert_eq!((parts.moved, parts.slots.as_str()), (0, "."));
        assert_eq!(Module::read(&parts.first).unwrap().bodies.len(), 2);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let page = page();
        for length in 0..page.len() - 1 {
            let _ = split(&page[..length], "first\n");
        }
        assert!(split(b"no wasm", "first\n").is_err());
    }
}
