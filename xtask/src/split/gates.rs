//! Functions behind which the second part is certainly there, and the constants that nothing reads before.

use super::bytes::Reader;
use super::module::{Body, Module};
use crate::Outcome;
use std::collections::BTreeSet;
use std::ops::Range;
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// What one operator means to whoever asks when data is read.
enum Step {
    Get(u32),
    Set(u32),
    Load,
    Call(u32),
    /// It reads nothing, and the next operator follows it.
    Plain,
    /// It ends the program.
    Trap,
    Other,
}

/// How a function begins, on the straight way from its first operator.
enum Begin {
    /// It calls this one and has read nothing before.
    Calls(u32),
    /// It ends the program.
    Ends,
    /// It reads, or the way parts.
    Other,
}

/// A number in the code of a function.
pub(super) struct Figure {
    /// Where its operator stands in the function's bytes.
    pub(super) place: Range<usize>,
    pub(super) value: u32,
}

/// Functions that call for the second part, or end the program, before they read anything: those of the second part, and
/// those that begin with a straight way to such a call.
pub(super) fn gates(module: &Module<'_>, moved: &BTreeSet<u32>) -> Outcome<BTreeSet<u32>> {
    let mut begins = Vec::new();
    for (function, body) in (module.imported..).zip(&module.bodies).filter(|(function, _)| !moved.contains(function)) {
        begins.push((function, begin(body)?));
    }
    let mut gates = moved.clone();
    loop {
        let leads = |begin: &Begin| match begin {
            Begin::Calls(next) => gates.contains(next),
            Begin::Ends => true,
            Begin::Other => false,
        };
        let (found, rest): (Vec<_>, Vec<_>) = begins.into_iter().partition(|(_, begin)| leads(begin));
        if found.is_empty() {
            return Ok(gates);
        }
        gates.extend(found.into_iter().map(|(function, _)| function));
        begins = rest;
    }
}

fn begin(body: &Body<'_>) -> Outcome<Begin> {
    for (_, step) in steps(body)? {
        match step {
            Step::Call(function) => return Ok(Begin::Calls(function)),
            Step::Trap => return Ok(Begin::Ends),
            Step::Load | Step::Other => break,
            Step::Get(_) | Step::Set(_) | Step::Plain => {}
        }
    }
    Ok(Begin::Other)
}

/// Places of operators whose numbers no one uses as an address before the second part is there: a straight way leads from
/// them to a call of a gate, and on it nothing is called, and read only through what was known before.
pub(super) fn spared(body: &Body<'_>, is_gate: &dyn Fn(u32) -> bool) -> Outcome<Vec<Range<usize>>> {
    let (mut spared, mut open, mut set) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut got = None;
    for (place, step) in steps(body)? {
        let before = got.take();
        let goes_on = match step {
            Step::Get(local) => {
                got = Some(local);
                true
            }
            Step::Set(local) => {
                set.insert(local);
                true
            }
            Step::Load => before.is_some_and(|local| !set.contains(&local)),
            Step::Plain => {
                open.push(place);
                true
            }
            Step::Call(function) if is_gate(function) => {
                spared.append(&mut open);
                false
            }
            Step::Call(_) | Step::Trap | Step::Other => false,
        };
        if !goes_on {
            open.clear();
            set.clear();
        }
    }
    Ok(spared)
}

/// Every number of a function that may be an address: constants and offsets of reads and writes.
pub(super) fn figures(body: &Body<'_>) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    walk(body, |place, operator, bytes| {
        match operator {
            Operator::I32Const { value } => figures.push(Figure { place, value: value.cast_unsigned() }),
            Operator::I64Const { value } => {
                let [low, high] = [*value, *value >> 32].map(|half| (half & 0xffff_ffff).cast_unsigned());
                for half in [low, high] {
                    figures.push(Figure { place: place.clone(), value: u32::try_from(half).unwrap_or_default() });
                }
            }
            _ if (0x28..=0x3e).contains(&bytes[0]) => {
                let mut memory = Reader::new(&bytes[1..]);
                let (_, value) = (memory.number()?, memory.number()?);
                figures.push(Figure { place, value });
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(figures)
}

fn steps(body: &Body<'_>) -> Outcome<Vec<(Range<usize>, Step)>> {
    let mut steps = Vec::new();
    walk(body, |place, operator, bytes| {
        steps.push((place, step(operator, bytes[0])));
        Ok(())
    })?;
    Ok(steps)
}

/// The codes are those of the binary format: 1a drop, 1b select, 20–24 variables, 28–35 reads, 36–3e writes, 41–44
/// constants, 45–c4 arithmetic.
fn step(operator: &Operator<'_>, code: u8) -> Step {
    match (operator, code) {
        (Operator::LocalGet { local_index }, _) => Step::Get(*local_index),
        (Operator::LocalSet { local_index } | Operator::LocalTee { local_index }, _) => Step::Set(*local_index),
        (Operator::Call { function_index }, _) => Step::Call(*function_index),
        (Operator::Unreachable, _) => Step::Trap,
        (_, 0x28..=0x35) => Step::Load,
        (_, 0x1a | 0x1b | 0x23 | 0x24 | 0x36..=0x3e | 0x41..=0xc4) => Step::Plain,
        _ => Step::Other,
    }
}

fn walk(body: &Body<'_>, mut each: impl FnMut(Range<usize>, &Operator<'_>, &[u8]) -> Outcome) -> Outcome {
    let unreadable = |error: wasmparser::BinaryReaderError| format!("the wasm's code: {error}");
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    let mut code = FunctionBody::new(BinaryReader::new(body.bytes, 0)).get_operators_reader().map_err(unreadable)?;
    while !code.eof() {
        let from = place(code.original_position());
        let operator = code.read().map_err(unreadable)?;
        let to = place(code.original_position());
        each(from..to, &operator, &body.bytes[from..to])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Part, Sample};
    use super::*;

    const CONSTANT: &[u8] = &[0x41, 7];
    const LOAD: &[u8] = &[0x28, 2, 0];
    const STORE: &[u8] = &[0x36, 2, 0];
    const CALL_FIRST: &[u8] = &[0x10, 0];
    const CALL_GATE: &[u8] = &[0x10, 9];
    const GET: &[u8] = &[0x20, 0];
    const SET: &[u8] = &[0x21, 0];
    const BLOCK: &[u8] = &[0x02, 0x40, 0x0b];

    fn module(codes: &[&[&[u8]]]) -> Vec<u8> {
        let parts: Vec<Vec<Part>> =
            codes.iter().map(|code| code.iter().map(|part| Part::Code(part)).collect()).collect();
        let functions: Vec<(&str, &[Part])> = parts.iter().map(|parts| ("f", &parts[..])).collect();
        Sample::new(&functions, &[], &[]).wasm()
    }

    #[test]
    fn a_constant_is_spared_when_only_a_gate_can_read_through_it() {
        let cases: [(&[&[u8]], usize); 9] = [
            (&[CONSTANT, CALL_GATE], 1),
            (&[GET, CONSTANT, STORE, CONSTANT, CALL_GATE], 2),
            (&[CONSTANT, CALL_FIRST, CALL_GATE], 0),
            (&[CONSTANT, BLOCK, CALL_GATE], 0),
            (&[CONSTANT, LOAD, CALL_GATE], 0),
            (&[CONSTANT, GET, LOAD, CALL_GATE], 1),
            (&[CONSTANT, SET, GET, LOAD, CALL_GATE], 0),
            (&[GET, LOAD, LOAD, CONSTANT, CALL_GATE], 1),
            (&[CONSTANT, CALL_GATE, CONSTANT], 1),
        ];
        for (code, expected) in cases {
            let wasm = module(&[code]);
            let module = Module::read(&wasm).unwrap();
            let spared = spared(&module.bodies[0], &|function| function == 9).unwrap();
            let constants = spared.iter().filter(|place| module.bodies[0].bytes[place.start] == 0x41);
            assert_eq!(constants.count(), expected, "{code:x?}");
        }
    }

    #[test]
    fn a_gate_reads_nothing_before_it_calls_another() {
        let wasm = module(&[
            &[CONSTANT, &[0x10, 3]],
            &[GET, LOAD, &[0x10, 3]],
            &[GET, CONSTANT, STORE, &[0x10, 0]],
            &[],
            &[&[0x00]],
            &[BLOCK, &[0x10, 3]],
        ]);
        let gates = gates(&Module::read(&wasm).unwrap(), &BTreeSet::from([3])).unwrap();
        assert_eq!(gates, BTreeSet::from([0, 2, 3, 4]));
    }

    #[test]
    fn figures_are_constants_and_offsets() {
        let wasm = module(&[&[&[0x41, 0x80, 1], &[0x28, 2, 5], &[0x42, 3]]]);
        let figures = figures(&Module::read(&wasm).unwrap().bodies[0]).unwrap();
        assert_eq!(figures.iter().map(|figure| figure.value).collect::<Vec<_>>(), [128, 5, 3, 0]);
    }
}
