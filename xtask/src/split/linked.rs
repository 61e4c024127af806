//! What the linker knew of the page's data: symbols with their addresses, and every place that holds one of these.
//!
//! It writes that down where it is told to (`--emit-relocs`); wasm-bindgen and wasm-opt drop it and leave all addresses.

use super::module::{Body, Module};
use crate::Outcome;
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{
    BinaryReader, BinaryReaderError, DefinedDataSymbol, Linking, LinkingSectionReader, RelocSectionReader,
    RelocationEntry, RelocationType, SymbolInfo,
};

type Addresses = Vec<Range<u32>>;

/// Segment that nothing writes to.
const CONSTANT: &str = ".rodata";

/// The page as the linker left it.
pub(super) struct Linked<'a> {
    pub(super) module: Module<'a>,
    /// Addresses that nothing writes to.
    pub(super) constant: Addresses,
    /// Addresses of every symbol; of none for what is no data.
    pub(super) symbols: Addresses,
    /// Every place in data that holds an address, and the symbol it points to.
    pub(super) pointers: BTreeMap<u32, u32>,
    /// Every number in code that is an address, with the symbols it stands for; it may lie outside of them.
    pub(super) values: BTreeMap<u32, Vec<u32>>,
    /// Every place in the code section that holds an address, and the symbol it stands for.
    places: BTreeMap<usize, u32>,
}

impl<'a> Linked<'a> {
    /// Reads what the linker wrote.
    pub(super) fn read(wasm: &'a [u8]) -> Outcome<Self> {
        let module = Module::read(wasm)?;
        let (mut places, mut pointers, mut values) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::<_, Vec<u32>>::new());
        let (symbols, constant) = symbols(&module)?;
        for entry in relocations(&module, "reloc.CODE")? {
            if matches!(entry.ty, RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb) {
                let symbol = symbols.get(entry.index as usize).ok_or("the code names a symbol that is not there")?;
                places.insert(entry.offset as usize, entry.index);
                let moved = i32::try_from(entry.addend).map_err(|_| "an address of the code is too large")?;
                values.entry(symbol.start.wrapping_add_signed(moved)).or_default().push(entry.index);
            }
        }
        for entry in relocations(&module, "reloc.DATA")? {
            if entry.ty == RelocationType::MemoryAddrI32 {
                symbols.get(entry.index as usize).ok_or("the data names a symbol that is not there")?;
                let place = entry.offset as usize;
                let holds = |segment: &&super::module::Segment<'_>| {
                    (segment.at..segment.at + segment.bytes.len()).contains(&place)
                };
                let segment = module.segments.iter().find(holds).ok_or("an address lies in no segment")?;
                let address = u32::try_from(place - segment.at).map_err(|_| "a segment is too large")?;
                pointers.insert(segment.address + address, entry.index);
            }
        }
        Ok(Self { module, constant, symbols, pointers, values, places })
    }

    /// The symbols a function names, each with its place in the function's bytes.
    pub(super) fn named(&self, body: &Body<'_>) -> impl Iterator<Item = (usize, u32)> {
        let at = body.at;
        self.places.range(at..at + body.bytes.len()).map(move |(place, symbol)| (place - at, *symbol))
    }

    /// True where a later form of the page has the same data at the same addresses.
    pub(super) fn fits(&self, page: &Module<'_>) -> bool {
        let (mut ours, mut theirs) = (self.module.memory(), page.memory());
        let length = ours.len().max(theirs.len());
        ours.resize(length, 0);
        theirs.resize(length, 0);
        ours == theirs
    }
}

/// Addresses of every symbol, and of the segments that nothing writes to.
fn symbols(module: &Module<'_>) -> Outcome<(Addresses, Addresses)> {
    let (mut symbols, mut constant) = (Vec::new(), Vec::new());
    let reader = LinkingSectionReader::new(custom(module, "linking")?).map_err(|error| unreadable(&error))?;
    for part in reader {
        match part.map_err(|error| unreadable(&error))? {
            Linking::SymbolTable(table) => {
                for symbol in table {
                    symbols.push(match symbol.map_err(|error| unreadable(&error))? {
                        SymbolInfo::Data { symbol: Some(data), .. } => addresses(module, &data)?,
                        _ => 0..0,
                    });
                }
            }
            Linking::SegmentInfo(segments) => {
                for (segment, known) in segments.into_iter().zip(&module.segments) {
                    if segment.map_err(|error| unreadable(&error))?.name.starts_with(CONSTANT) {
                        constant.push(known.addresses()?);
                    }
                }
            }
            _ => {}
        }
    }
    Ok((symbols, constant))
}

fn addresses(module: &Module<'_>, data: &DefinedDataSymbol) -> Outcome<Range<u32>> {
    let segment = module.segments.get(data.index as usize).ok_or("a symbol lies in no segment")?;
    let begin = segment.address.checked_add(data.offset).ok_or("a symbol lies outside of memory")?;
    Ok(begin..begin.checked_add(data.size).ok_or("a symbol ends outside of memory")?)
}

fn relocations(module: &Module<'_>, section: &str) -> Outcome<Vec<RelocationEntry>> {
    let reader = RelocSectionReader::new(custom(module, section)?).map_err(|error| unreadable(&error))?;
    reader.entries().into_iter().collect::<Result<_, _>>().map_err(|error| unreadable(&error))
}

fn custom<'a>(module: &Module<'a>, name: &str) -> Outcome<BinaryReader<'a>> {
    let content =
        module.custom(name).ok_or_else(|| format!("the linker left no `{name}`: is --emit-relocs missing?"))?;
    Ok(BinaryReader::new(content, 0))
}

fn unreadable(error: &BinaryReaderError) -> String {
    format!("what the linker left: {error}")
}
