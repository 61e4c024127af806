//! Which functions come later: all but those that ran until the first result stood there.

use super::module::Module;
use std::collections::BTreeSet;

/// Longest name that is kept; longer ones are told apart by their begin.
const LONGEST: usize = 300;
/// Bytes of a function that weigh as much as one call into the second part.
const CALL_WEIGHT: usize = 6;

/// Functions that are not on the list; none where the list fits nothing, as for a page built without optimisation.
pub(super) fn later(module: &Module<'_>, list: &str) -> BTreeSet<u32> {
    let first: BTreeSet<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let uses = module.bodies.iter().flat_map(|body| &body.uses);
    let held: BTreeSet<u32> = uses.filter(|used| !used.is_call).map(|used| used.function).collect();
    let free = |function: u32| movable(module, function) && !held.contains(&function);
    let named = module.names.iter().filter(|(function, _)| free(**function));
    let (now, later): (Vec<_>, Vec<_>) = named.partition(|(_, name)| first.contains(entry(name).as_str()));
    if now.is_empty() || now.len() * 2 < first.len() {
        return BTreeSet::new();
    }
    let mut later = later.into_iter().map(|(function, _)| *function).collect();
    while leave_light(module, &mut later) {}
    later
}

/// A call into the second part weighs more than a plain one: a small function that the first part calls in many places,
/// such as what ends the program, is lighter where it is. True where one was left in the first part.
fn leave_light(module: &Module<'_>, later: &mut BTreeSet<u32>) -> bool {
    let mut calls = vec![0_usize; module.types.len()];
    for (_, body) in (module.imported..).zip(&module.bodies).filter(|(function, _)| !later.contains(function)) {
        for used in &body.uses {
            calls[used.function as usize] += 1;
        }
    }
    let before = later.len();
    later.retain(|function| {
        let size = module.bodies[(function - module.imported) as usize].bytes.len();
        size > CALL_WEIGHT * calls[*function as usize]
    });
    later.len() < before
}

/// A name as the list has it: without what changes at every turn, the numbers of closures and copies and the digests of
/// crates.
pub(super) fn entry(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find(['[', '#', '.']) {
        let (before, mark) = rest.split_at(at);
        let after = &mark[1..];
        plain.push_str(before);
        let number = after.len() - after.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()).len();
        let closed = after[number..].starts_with(']');
        rest = match &mark[..1] {
            "[" if number > 0 && closed => &after[number + 1..],
            "#" | "." if number > 0 => &after[number..],
            _ => {
                plain.push_str(&mark[..1]);
                after
            }
        };
    }
    plain.push_str(rest);
    plain.chars().take(LONGEST).collect()
}

/// It is no import, and touches only what both parts share.
fn movable(module: &Module<'_>, function: u32) -> bool {
    function.checked_sub(module.imported).and_then(|at| module.bodies.get(at as usize)).is_some_and(|body| body.plain)
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn entries_hold_what_stays() {
        let cases = [
            ("dr_app[bcd9b0ce0f2ad6f1]::door::evaluate_plan", "dr_app::door::evaluate_plan"),
            ("core::str::count::{closure#12}.873", "core::str::count::{closure}"),
            ("core::ptr::drop_in_place::<yew::BNode>[1]", "core::ptr::drop_in_place::<yew::BNode>"),
            ("<[u16]>::reverse", "<[u16]>::reverse"),
            ("<[char; 2usize] as X>::y", "<[char; 2usize] as X>::y"),
        ];
        for (name, expected) in cases {
            assert_eq!(entry(name), expected);
        }
    }
}
