//! Small pages for tests, as the linker leaves them.

use super::bytes::{block, constant, number, section};
use std::ops::Range;

/// A part of a function's code.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Code(&'a [u8]),
    /// The address of a symbol and a number beside it.
    Address(u32, i32),
}

pub(super) struct Sample {
    names: Vec<String>,
    bodies: Vec<Vec<u8>>,
    /// Place in the code section, symbol, number beside it.
    places: Vec<(usize, u32, i32)>,
    symbols: Vec<Range<u32>>,
    /// Place in the data and the symbol it points to.
    pub(super) pointers: Vec<(u32, u32)>,
    pub(super) data: Vec<u8>,
}

impl Sample {
    /// Where data begins.
    pub(super) const BASE: u32 = 0x10_0000;
    /// Bytes of the data section before the data: count, kind, address, end, length.
    const HEAD: u32 = 9;

    pub(super) fn new(functions: &[(&str, &[Part<'_>])], symbols: &[Range<u32>], pointers: &[(u32, u32)]) -> Self {
        let (mut bodies, mut places, mut at) = (Vec::new(), Vec::new(), 1);
        for (_, parts) in functions {
            let mut code = vec![1, 1, 0x7f];
            for part in *parts {
                match part {
                    Part::Code(bytes) => code.extend(*bytes),
                    Part::Address(symbol, beside) => {
                        places.push((at + 1 + code.len() + 1, *symbol, *beside));
                        let address = Self::BASE + symbols[*symbol as usize].start;
                        let [a, b, c, d] = [0, 7, 14, 21].map(|shift| address.wrapping_add_signed(*beside) >> shift);
                        code.push(0x41);
                        code.extend([a, b, c, d].map(|part| (part & 0x7f).to_le_bytes()[0] | 0x80));
                        code.push(0);
                    }
                }
            }
            code.push(0x0b);
            at += 1 + code.len();
            bodies.push(code);
        }
        let names = functions.iter().map(|(name, _)| (*name).to_owned()).collect();
        let (symbols, pointers) = (symbols.to_vec(), pointers.to_vec());
        Self { names, bodies, places, symbols, pointers, data: (1..=32).collect() }
    }

    /// As the linker writes it: only what the split reads of it is right.
    pub(super) fn wasm(&self) -> Vec<u8> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        section(&mut out, 1, &[vec![0x60, 0, 0]]);
        section(&mut out, 3, &vec![vec![0]; self.bodies.len()]);
        section(&mut out, 5, &[vec![0, 17]]);
        let framed = |bytes: &Vec<u8>| [&[u8::try_from(bytes.len()).unwrap()], &bytes[..]].concat();
        section(&mut out, 10, &self.bodies.iter().map(framed).collect::<Vec<_>>());
        let mut segment = vec![0];
        constant(&mut segment, Self::BASE);
        segment.push(0x0b);
        block(&mut segment, &self.data);
        section(&mut out, 11, &[segment]);
        custom(&mut out, "linking", &self.linking());
        let code =
            self.places.iter().map(|(at, symbol, beside)| relocation(4, u32::try_from(*at).unwrap(), *symbol, *beside));
        custom(&mut out, "reloc.CODE", &counted(3, code.collect()));
        let data = self.pointers.iter().map(|(at, symbol)| relocation(5, Self::HEAD + at, *symbol, 0));
        custom(&mut out, "reloc.DATA", &counted(4, data.collect()));
        custom(&mut out, "name", &self.function_names());
        out
    }

    fn linking(&self) -> Vec<u8> {
        let symbols = self.symbols.iter().map(|symbol| {
            let mut entry = vec![1, 0, 1, b's', 0];
            number(&mut entry, symbol.start);
            number(&mut entry, symbol.end - symbol.start);
            entry
        });
        let mut segment = Vec::new();
        block(&mut segment, b".rodata");
        segment.extend([3, 0]);
        let mut linking = vec![2];
        section(&mut linking, 5, &[segment]);
        section(&mut linking, 8, &symbols.collect::<Vec<_>>());
        linking
    }

    fn function_names(&self) -> Vec<u8> {
        let names = (0..).zip(&self.names).map(|(function, name)| {
            let mut entry = vec![function];
            block(&mut entry, name.as_bytes());
            entry
        });
        let mut out = Vec::new();
        section(&mut out, 1, &names.collect::<Vec<_>>());
        out
    }
}

fn relocation(kind: u8, at: u32, symbol: u32, beside: i32) -> Vec<u8> {
    let mut entry = vec![kind];
    number(&mut entry, at);
    number(&mut entry, symbol);
    // One byte of a signed number.
    entry.push((beside & 0x7f).to_le_bytes()[0]);
    entry
}

fn counted(section: u8, entries: Vec<Vec<u8>>) -> Vec<u8> {
    let mut out = vec![section, u8::try_from(entries.len()).unwrap()];
    out.extend(entries.into_iter().flatten());
    out
}

fn custom(out: &mut Vec<u8>, name: &str, content: &[u8]) {
    let mut whole = Vec::new();
    block(&mut whole, name.as_bytes());
    whole.extend(content);
    out.push(0);
    block(out, &whole);
}
