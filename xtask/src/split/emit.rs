//! Writes the two parts.

use super::bytes::{Reader, block, constant, number, section};
use super::data;
use super::module::{Body, Module, Use};
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Types, imports, … as the format numbers its sections.
mod id {
    pub(super) const TYPES: u8 = 1;
    pub(super) const IMPORTS: u8 = 2;
    pub(super) const FUNCTIONS: u8 = 3;
    pub(super) const TABLES: u8 = 4;
    pub(super) const EXPORTS: u8 = 7;
    pub(super) const START: u8 = 8;
    pub(super) const ELEMENTS: u8 = 9;
    pub(super) const CODE: u8 = 10;
    pub(super) const DATA: u8 = 11;
}

const END: u8 = 0x0b;
const CALL: u8 = 0x10;
const CALL_INDIRECT: u8 = 0x11;
const LOCAL_GET: u8 = 0x20;

/// Where everything goes.
pub(super) struct Plan<'a> {
    module: &'a Module<'a>,
    moved: Vec<u32>,
    /// Addresses of the data that comes later.
    data: &'a [Range<u32>],
    /// Index in the first part of every function; a moved one has that of its stand-in.
    first: BTreeMap<u32, u32>,
    /// Index in the second part of every function that is there or is called from there.
    second: BTreeMap<u32, u32>,
    /// Functions of the first part that the second calls.
    shared: Vec<u32>,
    /// Slots of the table that hold a moved function.
    slots: BTreeMap<u32, u32>,
    /// The slot through which a moved function is called.
    slot_of: BTreeMap<u32, u32>,
    table: u32,
    /// Type of a function without parameters and results, and whether it has to be added.
    empty: (u32, bool),
}

impl<'a> Plan<'a> {
    pub(super) fn new(module: &'a Module<'a>, moved: BTreeSet<u32>, data: &'a [Range<u32>]) -> Outcome<Self> {
        let all = 0..u32::try_from(module.types.len()).map_err(|_| "too many functions")?;
        let mut first: BTreeMap<u32, u32> = (0..module.imported).map(|function| (function, function)).collect();
        let stays = all.clone().skip(module.imported as usize).filter(|function| !moved.contains(function));
        first.extend(stays.zip(module.imported + 1..));
        let next = u32::try_from(first.len()).unwrap_or(u32::MAX) + 1;
        let bodies = || (module.imported..).zip(&module.bodies);
        let called: BTreeSet<u32> = bodies()
            .filter(|(function, _)| moved.contains(function))
            .flat_map(|(_, body)| body.uses.iter().map(|used| used.function))
            .filter(|function| !moved.contains(function))
            .collect();
        let second = called.iter().chain(&moved).copied().zip(0..).collect();

        let mut slots: BTreeMap<u32, u32> =
            module.slots.iter().filter(|(_, function)| moved.contains(function)).map(|(s, f)| (*s, *f)).collect();
        let mut slot_of: BTreeMap<u32, u32> = slots.iter().map(|(slot, function)| (*function, *slot)).collect();
        let mut table = module.table;
        let used = bodies().filter(|(function, _)| !moved.contains(function)).flat_map(|(_, body)| &body.uses);
        let exported = module.exports.iter().filter(|export| export.kind == 0).map(|export| export.index);
        let reached: BTreeSet<u32> = used.map(|used| used.function).chain(exported.clone()).collect();
        for function in
            reached.intersection(&moved).filter(|function| !slot_of.contains_key(function)).copied().collect::<Vec<_>>()
        {
            slots.insert(table, function);
            slot_of.insert(function, table);
            table += 1;
        }
        // Functions that are called through the table have their stand-ins from the script.
        let exported: BTreeSet<u32> = exported.collect();
        first.extend(moved.iter().copied().filter(|function| exported.contains(function)).zip(next..));
        let known = module.shapes.iter().position(|(from, to)| from.is_empty() && to.is_empty());
        let types = u32::try_from(module.shapes.len()).unwrap_or(u32::MAX);
        let empty = known.and_then(|at| u32::try_from(at).ok()).map_or((types, true), |at| (at, false));
        Ok(Self {
            module,
            data,
            moved: moved.into_iter().collect(),
            first,
            second,
            shared: called.into_iter().collect(),
            slots,
            slot_of,
            table,
            empty,
        })
    }
}

impl Plan<'_> {
    /// What the page starts with.
    pub(super) fn first(&self) -> Outcome<Vec<u8>> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in &self.module.sections {
            match *id {
                0 => {}
                id::TYPES => self.types(content, &mut out)?,
                id::IMPORTS => extended(id::IMPORTS, content, &[self.call_for_more()], &mut out)?,
                id::FUNCTIONS => section(&mut out, id::FUNCTIONS, &self.functions()),
                id::TABLES => self.tables(content, &mut out)?,
                id::EXPORTS => section(&mut out, id::EXPORTS, &self.exports()),
                id::START => {
                    let mut start = Vec::new();
                    let begins = Reader::new(content).number()?;
                    number(
                        &mut start,
                        *self.first.get(&begins).ok_or("the wasm begins with a function that comes later")?,
                    );
                    out.push(id::START);
                    block(&mut out, &start);
                }
                id::ELEMENTS => {
                    let stay = self.module.slots.iter().filter(|(_, function)| !self.has_moved(**function));
                    section(&mut out, id::ELEMENTS, &runs(&stay.map(|(slot, f)| (*slot, self.first[f])).collect()));
                }
                id::CODE => section(&mut out, id::CODE, &self.code()),
                id::DATA => {
                    out.push(id::DATA);
                    block(&mut out, &data::without(self.module, content, self.data));
                }
                id => {
                    out.push(id);
                    block(&mut out, content);
                }
            }
        }
        Ok(out)
    }

    /// What joins it; its stand-ins leave the table when it does.
    pub(super) fn later(&self) -> Outcome<Vec<u8>> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        let types = self.module.sections.iter().find(|(id, _)| *id == id::TYPES);
        self.types(types.ok_or("the wasm has no types")?.1, &mut out)?;
        section(&mut out, id::IMPORTS, &self.imports());
        let types: Vec<_> = self.moved.iter().map(|function| encoded(self.type_of(*function))).collect();
        section(&mut out, id::FUNCTIONS, &types);
        let slots = self.slots.iter().map(|(slot, function)| (*slot, self.second[function])).collect();
        section(&mut out, id::ELEMENTS, &runs(&slots));
        let call = |used: &Use, out: &mut Vec<u8>| {
            out.push(CALL);
            number(out, self.second[&used.function]);
        };
        let code: Vec<_> = self.moved.iter().map(|function| rewritten(self.body(*function), &call)).collect();
        section(&mut out, id::CODE, &code);
        section(&mut out, id::DATA, &data::segments(self.module, self.data));
        Ok(out)
    }

    fn type_of(&self, function: u32) -> u32 {
        self.module.types[function as usize]
    }

    fn body(&self, function: u32) -> &Body<'_> {
        &self.module.bodies[(function - self.module.imported) as usize]
    }

    fn staying(&self) -> impl Iterator<Item = u32> {
        (self.module.imported..).take(self.module.bodies.len()).filter(|function| !self.has_moved(*function))
    }

    fn has_moved(&self, function: u32) -> bool {
        self.moved.binary_search(&function).is_ok()
    }

    fn types(&self, content: &[u8], out: &mut Vec<u8>) -> Outcome {
        let added: &[Vec<u8>] = if self.empty.1 { &[vec![0x60, 0, 0]] } else { &[] };
        extended(id::TYPES, content, added, out)
    }

    fn call_for_more(&self) -> Vec<u8> {
        let mut entry = import(super::CALL.0, super::CALL.1, 0);
        number(&mut entry, self.empty.0);
        entry
    }

    fn functions(&self) -> Vec<Vec<u8>> {
        self.staying().chain(self.standing_in()).map(|function| encoded(self.type_of(function))).collect()
    }

    /// Moved functions that the page calls by name.
    fn standing_in(&self) -> impl Iterator<Item = u32> {
        self.moved.iter().copied().filter(|function| self.first.contains_key(function))
    }

    /// The types of moved functions in the table, one letter each for the parameters, and for every slot which it has.
    pub(super) fn stand_ins(&self) -> Outcome<(Vec<String>, String)> {
        let (mut types, mut slots): (Vec<u32>, String) = (Vec::new(), String::new());
        for slot in 0..self.table {
            let Some(function) = self.slots.get(&slot) else {
                slots.push(super::NO_STAND_IN);
                continue;
            };
            let kind = self.type_of(*function);
            let at = types.iter().position(|known| *known == kind).unwrap_or(types.len());
            if at == types.len() {
                types.push(kind);
            }
            slots.push(super::letters().nth(at).ok_or("the functions that come later have too many types")?);
        }
        let shape = |kind: &u32| {
            let (from, to) = self.module.shapes[*kind as usize];
            [from, b" ", to].concat().iter().map(|byte| letter(*byte)).collect::<Outcome<String>>()
        };
        Ok((types.iter().map(shape).collect::<Outcome<_>>()?, slots))
    }

    fn tables(&self, content: &[u8], out: &mut Vec<u8>) -> Outcome {
        let mut reader = Reader::new(content);
        let count = reader.number()?;
        let (kind, limits, _) = (reader.byte()?, reader.byte()?, reader.number()?);
        let mut tables = encoded(count);
        tables.extend([kind, limits]);
        number(&mut tables, self.table);
        if limits & 1 == 1 {
            let most = reader.number()?;
            number(&mut tables, most.max(self.table));
        }
        tables.extend(&content[reader.at()..]);
        out.push(id::TABLES);
        block(out, &tables);
        Ok(())
    }

    fn exports(&self) -> Vec<Vec<u8>> {
        let entry = |name: &str, kind: u8, index: u32| {
            let mut entry = Vec::new();
            block(&mut entry, name.as_bytes());
            entry.push(kind);
            number(&mut entry, index);
            entry
        };
        let own = self.module.exports.iter().map(|export| {
            entry(&export.name, export.kind, if export.kind == 0 { self.first[&export.index] } else { export.index })
        });
        let shared = self.shared.iter().zip(0..).map(|(function, at)| entry(&shared_name(at), 0, self.first[function]));
        let globals = (0..).zip(&self.module.globals).map(|(at, _)| entry(&format!("$g{at}"), 3, at));
        let tables = (0..).zip(&self.module.tables).map(|(at, _)| entry(&format!("$t{at}"), 1, at));
        own.chain(shared).chain(globals).chain(tables).chain([entry("$m", 2, 0)]).collect()
    }

    fn imports(&self) -> Vec<Vec<u8>> {
        let shared = self.shared.iter().zip(0..).map(|(function, at)| {
            let mut entry = import("", &shared_name(at), 0);
            number(&mut entry, self.type_of(*function));
            entry
        });
        let globals = (0..).zip(&self.module.globals).map(|(at, kind)| {
            let mut entry = import("", &format!("$g{at}"), 3);
            entry.extend(kind);
            entry
        });
        let tables = self.module.tables.iter().enumerate().map(|(at, kind)| {
            let mut entry = import("", &format!("$t{at}"), 1);
            entry.extend([*kind, 0, 0]);
            entry
        });
        let mut memory = import("", "$m", 2);
        memory.extend([0, 0]);
        shared.chain(globals).chain(tables).chain([memory]).collect()
    }

    fn code(&self) -> Vec<Vec<u8>> {
        let call = |used: &Use, out: &mut Vec<u8>| match self.slot_of.get(&used.function) {
            Some(slot) if used.is_call => {
                constant(out, *slot);
                self.call_slot(used.function, out);
            }
            _ => {
                out.push(if used.is_call { CALL } else { 0xd2 });
                number(out, self.first[&used.function]);
            }
        };
        let staying = self.staying().map(|function| rewritten(self.body(function), &call));
        staying.chain(self.standing_in().map(|function| self.stand_in(function))).collect()
    }

    fn call_slot(&self, function: u32, out: &mut Vec<u8>) {
        out.push(CALL_INDIRECT);
        number(out, self.type_of(function));
        out.push(0);
    }

    /// Waits for the second part, then hands its parameters to the function that is in its slot by then.
    fn stand_in(&self, function: u32) -> Vec<u8> {
        let mut code = vec![0, CALL];
        number(&mut code, self.module.imported);
        for (parameter, _) in (0..).zip(self.module.shapes[self.type_of(function) as usize].0) {
            code.push(LOCAL_GET);
            number(&mut code, parameter);
        }
        constant(&mut code, self.slot_of[&function]);
        self.call_slot(function, &mut code);
        code.push(END);
        let mut entry = Vec::new();
        block(&mut entry, &code);
        entry
    }
}

/// A type of value as the script has it.
fn letter(kind: u8) -> Outcome<char> {
    match kind {
        b' ' => Ok(' '),
        0x7f => Ok('i'),
        0x7e => Ok('l'),
        0x7d => Ok('f'),
        0x7c => Ok('d'),
        0x6f => Ok('e'),
        _ => Err(format!("a function that comes later has a parameter of the type {kind:#x}")),
    }
}

fn shared_name(at: u32) -> String {
    format!("${at}")
}

fn encoded(value: u32) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, value);
    out
}

fn import(module: &str, name: &str, kind: u8) -> Vec<u8> {
    let mut entry = Vec::new();
    block(&mut entry, module.as_bytes());
    block(&mut entry, name.as_bytes());
    entry.push(kind);
    entry
}

/// A section as it stands, with more entries at its end.
fn extended(id: u8, content: &[u8], added: &[Vec<u8>], out: &mut Vec<u8>) -> Outcome {
    let mut reader = Reader::new(content);
    let mut section = encoded(reader.number()? + u32::try_from(added.len()).unwrap_or(u32::MAX));
    section.extend(&content[reader.at()..]);
    section.extend(added.iter().flatten());
    out.push(id);
    block(out, &section);
    Ok(())
}

/// A function with other calls, and its length.
fn rewritten(body: &Body<'_>, call: &dyn Fn(&Use, &mut Vec<u8>)) -> Vec<u8> {
    let (mut code, mut done) = (Vec::with_capacity(body.bytes.len() + 16), 0);
    for used in &body.uses {
        code.extend(&body.bytes[done..used.from]);
        call(used, &mut code);
        done = used.to;
    }
    code.extend(&body.bytes[done..]);
    let mut entry = Vec::new();
    block(&mut entry, &code);
    entry
}

/// Entries of the table: one list for every run of slots without a gap.
fn runs(slots: &BTreeMap<u32, u32>) -> Vec<Vec<u8>> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in slots {
        match runs.last_mut() {
            Some((first, run)) if *first as usize + run.len() == *slot as usize => run.push(*function),
            _ => runs.push((*slot, vec![*function])),
        }
    }
    let entry = |(first, run): (u32, Vec<u32>)| {
        let mut entry = vec![0];
        constant(&mut entry, first);
        entry.push(END);
        number(&mut entry, u32::try_from(run.len()).unwrap_or(u32::MAX));
        entry.extend(run.into_iter().flat_map(encoded));
        entry
    };
    runs.into_iter().map(entry).collect()
}
