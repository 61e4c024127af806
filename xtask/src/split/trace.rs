//! The same wasm, with every function leaving a mark when it runs.

use super::bytes::{Reader, block, constant, number, section};
use super::choose::entry;
use super::module::Module;
use crate::Outcome;

const MEMORY: u8 = 5;
const CODE: u8 = 10;
/// Bytes of one page of memory.
const PAGE: u32 = 65_536;

/// A wasm that marks what runs, and where it does.
pub(super) struct Traced {
    pub(super) wasm: Vec<u8>,
    /// Place in memory of the first function's mark, one byte each.
    pub(super) marks: u32,
    /// The list's entry for each function; nothing for one without a name.
    pub(super) entries: Vec<String>,
}

/// Adds a page of memory that nothing else knows of, and a store into it to every function.
pub(super) fn traced(wasm: &[u8]) -> Outcome<Traced> {
    let module = Module::read(wasm)?;
    let memory = module.sections.iter().find(|(id, _)| *id == MEMORY).ok_or("the wasm has no memory")?.1;
    let mut reader = Reader::new(memory);
    let (count, limits, pages) = (reader.byte()?, reader.byte()?, reader.number()?);
    let marks = pages * PAGE;
    let mut grown = vec![count, limits];
    number(&mut grown, pages + 1 + u32::try_from(module.bodies.len()).unwrap_or(u32::MAX) / PAGE);
    grown.extend(&memory[reader.at()..]);

    let code: Vec<_> = (marks..).zip(&module.bodies).map(|(mark, body)| marked(body.bytes, body.begin, mark)).collect();
    let mut out = wasm[..8].to_vec();
    for (id, content) in &module.sections {
        match *id {
            0 => {}
            CODE => section(&mut out, CODE, &code),
            id => {
                out.push(id);
                block(&mut out, if id == MEMORY { &grown } else { content });
            }
        }
    }
    let functions = (module.imported..).take(module.bodies.len());
    let entries = functions.map(|function| module.names.get(&function).map(|name| entry(name)).unwrap_or_default());
    Ok(Traced { wasm: out, marks, entries: entries.collect() })
}

/// A function that begins with `memory[mark] = 1`.
fn marked(bytes: &[u8], begin: usize, mark: u32) -> Vec<u8> {
    let mut code = bytes[..begin].to_vec();
    constant(&mut code, mark);
    constant(&mut code, 1);
    code.extend([0x3a, 0, 0]);
    code.extend(&bytes[begin..]);
    let mut entry = Vec::new();
    block(&mut entry, &code);
    entry
}
