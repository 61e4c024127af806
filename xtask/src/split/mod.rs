//! Splits the page's wasm in two: what shows the first result, and what comes right after.
//!
//! Both parts share memory, table and globals, and run as one program. A function of the second part has a stand-in in
//! the first until the second is there: the stand-in waits for it and then calls the real one. Which functions come first
//! is measured ([`first`]); it is a matter of weight alone, never of what the page does.

mod bytes;
mod choose;
mod data;
mod emit;
pub mod first;
mod gates;
mod linked;
mod module;
mod names;
pub mod page;
mod reach;
#[cfg(test)]
mod sample;
mod trace;

use crate::Outcome;
use emit::Plan;
use linked::Linked;
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
    /// Bytes of data in the second part.
    pub data: u32,
}

/// Splits a wasm file whose function names are still in it; the parts have none. `first` lists the functions that come
/// first, one a line; `linked` is the same page as the linker left it, and tells which data belongs to which functions.
///
/// # Errors
/// A file is not as the linker, or wasm-bindgen and wasm-opt, leave it.
pub fn split(wasm: &[u8], first: &str, linked: &[u8]) -> Outcome<Parts> {
    let module = Module::read(wasm)?;
    let chosen = choose::later(&module, first);
    let moved = chosen.len();
    let data = reach::later(&Linked::read(linked)?, &module, &chosen)?;
    let plan = Plan::new(&module, chosen, &data)?;
    let (types, slots) = plan.stand_ins()?;
    Ok(Parts {
        first: plan.first()?,
        later: plan.later()?,
        types,
        slots,
        moved,
        data: data.iter().map(|range| range.end - range.start).sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::bytes::section;
    use super::sample::{Part, Sample};
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

    /// Nothing of the page above.
    fn linked() -> Vec<u8> {
        Sample::new(&[], &[], &[]).wasm()
    }

    #[test]
    fn data_comes_with_the_functions_that_name_it() {
        let many = [Part::Address(1, 0), Part::Code(&[0x1a])].repeat(9);
        let functions = [("first", &[Part::Address(0, 0), Part::Code(&[0x1a])][..]), ("second", &many)];
        let page = Sample::new(&functions, &[0..8, 8..32], &[]).wasm();
        let parts = split(&page, "first\n", &page).unwrap();
        assert_eq!((parts.moved, parts.data), (1, 24));
        let (first, later) = (Module::read(&parts.first).unwrap(), parts.later);
        assert_eq!(first.segments[0].bytes, [&[1, 2, 3, 4, 5, 6, 7, 8][..], &[0; 24]].concat());
        assert!(later.ends_with(&[&[24][..], &(9..=32).collect::<Vec<u8>>()].concat()));
    }

    #[test]
    fn a_file_that_no_linker_wrote_is_refused() {
        let sentence = split(&page(), "first\n", &page()).err().unwrap();
        assert!(sentence.contains("--emit-relocs"), "{sentence}");
    }

    #[test]
    fn what_is_not_listed_comes_later_and_is_called_through_the_table() {
        let parts = split(&page(), "# a list\nfirst\n", &linked()).unwrap();
        assert_eq!((parts.moved, parts.slots.as_str()), (1, ".0"));
        assert_eq!(parts.types, [" i"]);
        let first = Module::read(&parts.first).unwrap();
        assert_eq!((first.bodies.len(), first.imported, first.table), (1, 2, 2));
        assert_eq!(first.bodies[0].bytes, [0, 0x41, 1, 0x11, 0, 0, 0x0b]);
        assert!(parts.later.windows(9).any(|bytes| bytes == [0x1a, 0x41, 7, 0x1a, 0x41, 7, 0x1a, 0x41, 7]));
    }

    #[test]
    fn a_list_that_fits_nothing_leaves_everything_first() {
        let parts = split(&page(), "other\n", &linked()).unwrap();
        assert_eq!((parts.moved, parts.slots.as_str()), (0, "."));
        assert_eq!(Module::read(&parts.first).unwrap().bodies.len(), 2);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let page = page();
        for length in 0..page.len() - 1 {
            let _ = split(&page[..length], "first\n", &linked());
        }
        assert!(split(b"no wasm", "first\n", &linked()).is_err());
    }
}
