//! Which data comes later: what no function of the first part can reach.
//!
//! A function reaches the symbols whose addresses stand in its code, and what is reached leads on to the symbols whose
//! addresses it holds. Two looks at the code are put together, since wasm-opt may fold an address with a number beside it:
//! the finished function by its numbers, and the function of the same name as the linker left it by its symbols.

use super::gates::{figures, gates, spared};
use super::linked::Linked;
use super::module::{Body, Module};
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How far an address of unknown origin may lie from what it stands for.
const NEAR: u32 = 16;

/// Addresses of the data that comes with the functions `moved` to the second part; none where the linked file is not
/// that of the page.
pub(super) fn later(linked: &Linked<'_>, page: &Module<'_>, moved: &BTreeSet<u32>) -> Outcome<Vec<Range<u32>>> {
    if moved.is_empty() || !linked.fits(page) {
        return Ok(Vec::new());
    }
    let gates = gates(page, moved)?;
    let mut reached = finished(linked, page, moved, &gates)?;
    reached.extend(as_linked(linked, page, moved, &gates)?);
    Ok(apart(linked, &closed(linked, reached)))
}

fn staying<'a>(page: &'a Module<'_>, moved: &BTreeSet<u32>) -> impl Iterator<Item = (u32, &'a Body<'a>)> {
    (page.imported..).zip(&page.bodies).filter(|(function, _)| !moved.contains(function))
}

/// Symbols that the numbers in the finished functions may stand for.
fn finished(
    linked: &Linked<'_>,
    page: &Module<'_>,
    moved: &BTreeSet<u32>,
    gates: &BTreeSet<u32>,
) -> Outcome<BTreeSet<u32>> {
    let mut values = BTreeSet::new();
    for (_, body) in staying(page, moved) {
        let spared = spared(body, &|function| gates.contains(&function))?;
        let figures = figures(body)?.into_iter().filter(|figure| !spared.contains(&figure.place));
        values.extend(figures.map(|figure| figure.value));
    }
    let known = values.iter().filter_map(|value| linked.values.get(value)).flatten().copied();
    let mut reached: BTreeSet<u32> = known.collect();
    for (symbol, addresses) in (0..).zip(&linked.symbols).filter(|(_, addresses)| !addresses.is_empty()) {
        let near = values.range(addresses.start.saturating_sub(NEAR)..=addresses.end.saturating_add(NEAR));
        let mut meant = near.filter(|value| addresses.contains(value) || !linked.values.contains_key(value));
        if meant.next().is_some() {
            reached.insert(symbol);
        }
    }
    Ok(reached)
}

/// Symbols that the functions of the first part name as the linker left them, with those that were folded into them.
fn as_linked(
    linked: &Linked<'_>,
    page: &Module<'_>,
    moved: &BTreeSet<u32>,
    gates: &BTreeSet<u32>,
) -> Outcome<BTreeSet<u32>> {
    let name = |function: &u32| page.names.get(function).map(|name| plain(name));
    let there: BTreeSet<&str> = page.names.values().map(|name| plain(name)).collect();
    let open: BTreeSet<&str> = (page.imported..)
        .take(page.bodies.len())
        .filter(|function| !gates.contains(function))
        .filter_map(|function| name(&function))
        .collect();
    let names: BTreeMap<u32, String> = linked
        .module
        .names
        .iter()
        .map(|(function, name)| (*function, rustc_demangle::demangle(name).to_string()))
        .collect();
    let called = |function: u32| names.get(&function).map_or("", String::as_str);
    let is_gate = |function: u32| there.contains(called(function)) && !open.contains(called(function));

    let first: BTreeSet<&str> = staying(page, moved).filter_map(|(function, _)| name(&function)).collect();
    let mut todo: Vec<u32> =
        names.iter().filter(|(_, name)| first.contains(name.as_str())).map(|(function, _)| *function).collect();
    let (mut seen, mut reached) = (BTreeSet::new(), BTreeSet::new());
    while let Some(function) = todo.pop() {
        let body = function.checked_sub(linked.module.imported).and_then(|at| linked.module.bodies.get(at as usize));
        let Some(body) = body.filter(|_| seen.insert(function)) else { continue };
        let spared = spared(body, &is_gate)?;
        let named = linked.named(body).filter(|(place, _)| !spared.iter().any(|range| range.contains(place)));
        reached.extend(named.map(|(_, symbol)| symbol));
        todo.extend(body.uses.iter().map(|used| used.function).filter(|function| !there.contains(called(*function))));
    }
    Ok(reached)
}

/// A name without the number that wasm-bindgen adds to one of many.
fn plain(name: &str) -> &str {
    let numbered = name.strip_suffix(']').and_then(|name| name.rsplit_once('['));
    numbered.filter(|(_, number)| number.bytes().all(|digit| digit.is_ascii_digit())).map_or(name, |(name, _)| name)
}

/// The symbols, and all that their data leads to.
fn closed(linked: &Linked<'_>, reached: BTreeSet<u32>) -> BTreeSet<u32> {
    let mut todo: Vec<u32> = reached.into_iter().collect();
    let mut closed = BTreeSet::new();
    while let Some(symbol) = todo.pop() {
        if closed.insert(symbol) {
            let addresses = linked.symbols[symbol as usize].clone();
            todo.extend(linked.pointers.range(addresses).map(|(_, symbol)| *symbol));
        }
    }
    closed
}

/// Addresses of constant data that belong to symbols, and to none of those reached.
fn apart(linked: &Linked<'_>, reached: &BTreeSet<u32>) -> Vec<Range<u32>> {
    let mut apart: Vec<Range<u32>> = Vec::new();
    for segment in &linked.constant {
        let mut free = vec![false; segment.len()];
        for (pass, wanted) in [(true, false), (false, true)] {
            let those = (0..).zip(&linked.symbols).filter(|(symbol, _)| reached.contains(symbol) == wanted);
            for (_, addresses) in those {
                for address in addresses.clone().filter(|address| segment.contains(address)) {
                    free[(address - segment.start) as usize] = pass;
                }
            }
        }
        for (address, _) in segment.clone().zip(&free).filter(|(_, free)| **free) {
            match apart.last_mut() {
                Some(last) if last.end == address => last.end += 1,
                _ => apart.push(address..address + 1),
            }
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Part, Sample};
    use super::*;

    const CALL_LATER: Part = Part::Code(&[0x10, 1]);
    const DROP: Part = Part::Code(&[0x1a]);

    /// Function 0 is `first`, 1 is `second`, 2 is `folded`; four symbols of eight bytes each from the base.
    fn sample(first: &[Part], second: &[Part]) -> Sample {
        let functions = [("first", first), ("second", second), ("folded", &[Part::Address(3, 0), DROP])];
        Sample::new(&functions, &[0..8, 8..16, 16..24, 24..32], &[])
    }

    fn later_of(sample: &Sample, page: &[u8]) -> Vec<(u32, u32)> {
        let (wasm, page) = (sample.wasm(), Module::read(page).unwrap());
        let moved = page.names.iter().filter(|(_, name)| *name != "first").map(|(function, _)| *function).collect();
        let ranges = later(&Linked::read(&wasm).unwrap(), &page, &moved).unwrap();
        ranges.into_iter().map(|range| (range.start - Sample::BASE, range.end - Sample::BASE)).collect()
    }

    #[test]
    fn data_follows_the_functions_that_name_it() {
        let sample = sample(&[Part::Address(0, 0), DROP], &[Part::Address(1, 0), Part::Address(0, 4), DROP, DROP]);
        assert_eq!(later_of(&sample, &sample.wasm()), [(8, 32)]);
    }

    #[test]
    fn what_data_points_to_stays_with_it() {
        let mut sample = sample(&[Part::Address(0, 0), DROP], &[]);
        sample.pointers = vec![(4, 2), (8, 3)];
        assert_eq!(later_of(&sample, &sample.wasm()), [(8, 16), (24, 32)]);
    }

    /// A table that begins at the letter `a` may be named by its place less `a`: in the midst of another symbol.
    #[test]
    fn an_address_outside_of_its_symbol_is_known_by_the_symbol() {
        let sample = sample(&[Part::Address(3, -20), DROP], &[]);
        assert_eq!(later_of(&sample, &sample.wasm()), [(8, 24)], "and so is what lies there");
    }

    #[test]
    fn what_is_only_handed_on_to_a_later_function_comes_with_it() {
        let sample = sample(&[Part::Address(0, 0), CALL_LATER, Part::Address(1, 0), DROP], &[DROP]);
        assert_eq!(later_of(&sample, &sample.wasm()), [(0, 8), (16, 32)]);
    }

    /// wasm-opt has put `folded` into `first` and its address together with another number.
    #[test]
    fn what_a_folded_function_names_is_found_where_it_was_linked() {
        let linked = sample(&[Part::Code(&[0x10, 2])], &[]);
        let far = [("first", &[Part::Code(&[0x41, 5]), DROP][..]), ("second", &[])];
        let page = Sample::new(&far, &[0..16, 16..32], &[]).wasm();
        assert_eq!(later_of(&linked, &page), [(0, 24)]);
    }

    #[test]
    fn a_number_without_an_origin_holds_what_lies_near() {
        let linked = sample(&[], &[]);
        let near = [("first", &[Part::Code(&[0x41, 0x84, 0x80, 0xc0, 0]), DROP][..]), ("second", &[])];
        let page = Sample::new(&near, &[0..16, 16..32], &[]).wasm();
        assert_eq!(later_of(&linked, &page), [(24, 32)], "0x10_0004 and 16 bytes around");
    }

    #[test]
    fn the_data_of_another_build_stays_together() {
        let (linked, mut other) = (sample(&[], &[]), sample(&[], &[]));
        other.data[3] ^= 1;
        assert_eq!(later_of(&linked, &other.wasm()), []);
    }

    #[test]
    fn names_lose_the_number_of_one_of_many() {
        for (name, expected) in
            [("a::b[12]", "a::b"), ("a[1f]::b", "a[1f]::b"), ("<[u8; 4]>", "<[u8; 4]>"), ("b[1f]", "b[1f]")]
        {
            assert_eq!(plain(name), expected);
        }
    }
}
