//! What of a wasm file the split has to know.

use super::bytes::Reader;
use crate::Outcome;
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// Data of the page lies below this address: that of any page does, far.
const HIGHEST: u32 = 1 << 28;

/// Something exported: name, kind, index.
pub(super) struct Export {
    pub(super) name: String,
    pub(super) kind: u8,
    pub(super) index: u32,
}

/// Data that stands in memory from the begin.
pub(super) struct Segment<'a> {
    pub(super) address: u32,
    /// Where the bytes stand in the section.
    pub(super) at: usize,
    pub(super) bytes: &'a [u8],
}

/// One function: locals and code.
pub(super) struct Body<'a> {
    /// Where the bytes stand in the section.
    pub(super) at: usize,
    pub(super) bytes: &'a [u8],
    /// Where the code begins, behind the locals.
    pub(super) begin: usize,
    /// Where a function is called or named: place in the bytes, their number, the function, and whether it is a call.
    pub(super) uses: Vec<Use>,
    /// It touches only what both parts share.
    pub(super) plain: bool,
}

/// A place that names a function.
pub(super) struct Use {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) function: u32,
    pub(super) is_call: bool,
}

/// A wasm file as wasm-bindgen and wasm-opt leave it.
pub(super) struct Module<'a> {
    /// Section number and content, as they stand.
    pub(super) sections: Vec<(u8, &'a [u8])>,
    /// Number of imported functions; nothing else is imported.
    pub(super) imported: u32,
    /// Type of every function, imported ones first.
    pub(super) types: Vec<u32>,
    /// Parameters and results of every type, one byte each.
    pub(super) shapes: Vec<(&'a [u8], &'a [u8])>,
    /// Type bytes of every global.
    pub(super) globals: Vec<[u8; 2]>,
    pub(super) exports: Vec<Export>,
    /// Function in every slot of the function table that has one.
    pub(super) slots: BTreeMap<u32, u32>,
    /// What every table holds; functions in the first.
    pub(super) tables: Vec<u8>,
    /// Size of the function table.
    pub(super) table: u32,
    pub(super) bodies: Vec<Body<'a>>,
    pub(super) segments: Vec<Segment<'a>>,
    pub(super) names: BTreeMap<u32, String>,
}

impl<'a> Module<'a> {
    pub(super) fn read(wasm: &'a [u8]) -> Outcome<Self> {
        let mut module = Self {
            sections: Vec::new(),
            imported: 0,
            types: Vec::new(),
            shapes: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            slots: BTreeMap::new(),
            tables: Vec::new(),
            table: 0,
            bodies: Vec::new(),
            segments: Vec::new(),
            names: BTreeMap::new(),
        };
        if wasm.get(..8) != Some(b"\0asm\x01\0\0\0") {
            return Err("this is no wasm file".to_owned());
        }
        let mut reader = Reader::new(&wasm[8..]);
        while !reader.is_empty() {
            let (id, content) = (reader.byte()?, reader.block()?);
            module.section(id, content)?;
            module.sections.push((id, content));
        }
        Ok(module)
    }

    fn section(&mut self, id: u8, content: &'a [u8]) -> Outcome {
        let mut reader = Reader::new(content);
        if id == 0 {
            return if reader.name()? == "name" { self.names(&mut reader) } else { Ok(()) };
        }
        if !matches!(id, 1 | 2 | 3 | 4 | 6 | 7 | 9 | 10 | 11) {
            return Ok(());
        }
        for _ in 0..reader.number()? {
            match id {
                1 => self.shapes.push(shape(&mut reader)?),
                2 => self.import(&mut reader)?,
                3 => self.types.push(reader.number()?),
                4 => self.table(&mut reader)?,
                6 => self.globals.push(global(&mut reader)?),
                7 => {
                    let name = reader.name()?;
                    self.exports.push(Export { name, kind: reader.byte()?, index: reader.number()? });
                }
                9 => self.element(&mut reader)?,
                10 => self.body(&mut reader)?,
                _ => self.segment(&mut reader)?,
            }
        }
        Ok(())
    }

    fn import(&mut self, reader: &mut Reader<'_>) -> Outcome {
        let (_, _) = (reader.name()?, reader.name()?);
        if reader.byte()? != 0 {
            return Err("the page imports more than functions".to_owned());
        }
        self.types.push(reader.number()?);
        self.imported += 1;
        Ok(())
    }

    /// The tables after the first hold objects of the page.
    fn table(&mut self, reader: &mut Reader<'_>) -> Outcome {
        let (kind, limits, least) = (reader.byte()?, reader.byte()?, reader.number()?);
        if limits & 1 == 1 {
            reader.number()?;
        }
        self.tables.push(kind);
        if self.tables.len() == 1 {
            self.table = least;
        }
        if self.tables[0] == 0x70 { Ok(()) } else { Err("the first table does not hold functions".to_owned()) }
    }

    fn element(&mut self, reader: &mut Reader<'_>) -> Outcome {
        if reader.number()? != 0 || reader.byte()? != 0x41 {
            return Err("a list of table entries is not as expected".to_owned());
        }
        let first = reader.number()?;
        if reader.byte()? != 0x0b {
            return Err("a list of table entries begins in no plain place".to_owned());
        }
        for slot in 0..reader.number()? {
            self.slots.insert(first + slot, reader.number()?);
        }
        Ok(())
    }

    fn body(&mut self, reader: &mut Reader<'a>) -> Outcome {
        let bytes = reader.block()?;
        self.bodies.push(body(reader.at() - bytes.len(), bytes)?);
        Ok(())
    }

    fn segment(&mut self, reader: &mut Reader<'a>) -> Outcome {
        if reader.number()? != 0 || reader.byte()? != 0x41 {
            return Err("a segment of data is not as expected".to_owned());
        }
        let address = reader.number()?;
        if reader.byte()? != 0x0b {
            return Err("a segment of data begins in no plain place".to_owned());
        }
        let bytes = reader.block()?;
        let segment = Segment { address, at: reader.at() - bytes.len(), bytes };
        if segment.addresses()?.end > HIGHEST {
            return Err("a segment of data lies too high".to_owned());
        }
        self.segments.push(segment);
        Ok(())
    }

    /// The section of this name that is for programs which know it.
    pub(super) fn custom(&self, name: &str) -> Option<&'a [u8]> {
        let own = self.sections.iter().filter(|(id, _)| *id == 0).filter_map(|(_, content)| {
            let mut reader = Reader::new(content);
            Some((reader.name().ok()?, &content[reader.at()..]))
        });
        own.into_iter().find(|(known, _)| known == name).map(|(_, content)| content)
    }

    /// What memory holds at the begin.
    pub(super) fn memory(&self) -> Vec<u8> {
        let mut memory = Vec::new();
        for segment in &self.segments {
            let begin = segment.address as usize;
            memory.resize(memory.len().max(begin + segment.bytes.len()), 0);
            memory[begin..begin + segment.bytes.len()].copy_from_slice(segment.bytes);
        }
        memory
    }

    fn names(&mut self, reader: &mut Reader<'_>) -> Outcome {
        while !reader.is_empty() {
            let (kind, content) = (reader.byte()?, reader.block()?);
            let mut names = Reader::new(content);
            for _ in 0..if kind == 1 { names.number()? } else { 0 } {
                let function = names.number()?;
                self.names.insert(function, names.name()?);
            }
        }
        Ok(())
    }
}

impl Segment<'_> {
    pub(super) fn addresses(&self) -> Outcome<Range<u32>> {
        let end = u32::try_from(self.bytes.len()).ok().and_then(|length| self.address.checked_add(length));
        Ok(self.address..end.ok_or("a segment of data ends outside of memory")?)
    }
}

fn shape<'a>(reader: &mut Reader<'a>) -> Outcome<(&'a [u8], &'a [u8])> {
    if reader.byte()? != 0x60 {
        return Err("a type is not that of a function".to_owned());
    }
    Ok((reader.block()?, reader.block()?))
}

fn global(reader: &mut Reader<'_>) -> Outcome<[u8; 2]> {
    let kind = [reader.byte()?, reader.byte()?];
    match reader.byte()? {
        0x41 | 0x42 => while reader.byte()? >= 0x80 {},
        0x43 => drop(reader.take(4)?),
        0x44 => drop(reader.take(8)?),
        _ => return Err("a global does not begin with a figure".to_owned()),
    }
    if reader.byte()? == 0x0b { Ok(kind) } else { Err("a global begins with more than a figure".to_owned()) }
}

fn body(at: usize, bytes: &[u8]) -> Outcome<Body<'_>> {
    let unreadable = |error: wasmparser::BinaryReaderError| format!("the wasm's code: {error}");
    let body = FunctionBody::new(BinaryReader::new(bytes, 0));
    let mut code = body.get_operators_reader().map_err(unreadable)?;
    let begin = place(code.original_position());
    let (mut uses, mut plain) = (Vec::new(), true);
    while !code.eof() {
        let from = place(code.original_position());
        let operator = code.read().map_err(unreadable)?;
        let to = place(code.original_position());
        match operator {
            Operator::Call { function_index: function } => uses.push(Use { from, to, function, is_call: true }),
            Operator::RefFunc { function_index: function } => {
                uses.push(Use { from, to, function, is_call: false });
                plain = false;
            }
            Operator::TableInit { .. }
            | Operator::ElemDrop { .. }
            | Operator::MemoryInit { .. }
            | Operator::DataDrop { .. }
            | Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. } => plain = false,
            _ => {}
        }
    }
    Ok(Body { at, bytes, begin, uses, plain })
}

fn place(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
