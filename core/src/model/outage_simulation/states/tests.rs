//! The tables of `docs/model.md` are the code's transitions, every one and no other.

use super::*;
use std::collections::BTreeSet;
use std::fmt::Debug;

const MODEL: &str = include_str!("../../../../../docs/model.md");
const EVENTS: &str = include_str!("../event.rs");

/// A state, an event and the next state, by name.
type Row = (String, String, String);

/// Every kind of event, by the text of its enum: one that is added later is among them.
fn kinds() -> Vec<EventKind> {
    let text = EVENTS.split_once("pub enum EventKind {").unwrap().1.split_once("\n}").unwrap().0;
    let names: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.is_empty()).collect();
    names.iter().map(|name| kind(name.trim_end_matches(','))).collect()
}

fn kind(name: &str) -> EventKind {
    let mut slug = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(letter.to_lowercase());
    }
    serde_json::from_value(serde_json::Value::String(slug)).unwrap()
}

/// The rows of the table whose head names an enum, a row for each state and event in it.
pub(in super::super) fn table(of: &str) -> BTreeSet<Row> {
    let head = format!("| `{of}`");
    let lines =
        MODEL.lines().skip_while(|line| !line.starts_with(&head)).skip(2).take_while(|line| line.starts_with('|'));
    let mut rows = BTreeSet::new();
    for line in lines {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, states, events, next, when, _] = cells[..] else { panic!("{line}") };
        assert!(!when.is_empty(), "{line}");
        for state in states.split(", ") {
            for event in events.split(", ") {
                let row = (state.to_owned(), event.to_owned(), next.to_owned());
                assert!(rows.insert(row), "twice: {state} {event}");
            }
        }
    }
    assert!(!rows.is_empty(), "no table of {of}");
    rows
}

/// What a `next` function does with every state and event.
fn moves<State: Debug + Copy>(states: &[State], next: impl Fn(State, EventKind) -> Option<State>) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for state in states {
        for kind in kinds() {
            if let Some(next) = next(*state, kind) {
                rows.insert((format!("{state:?}"), format!("{kind:?}"), format!("{next:?}")));
            }
        }
    }
    rows
}

/// The table has "(New)" behind a state for which the link makes a difference, and there alone.
#[test]
fn the_phases_are_those_of_the_table() {
    use Phase::{Away, Cut, Held, Rebuilding, Syncing, Unlinked, Up, Waiting};
    let phases = [Up, Away, Cut, Unlinked, Rebuilding, Syncing, Waiting, Held];
    let of = |link| moves(&phases, |phase, kind| phase.next(link, kind));
    let (mut rows, new) = (of(Link::Kept), of(Link::New));
    assert_eq!(rows, of(Link::Whole));
    rows.extend(
        new.difference(&rows.clone()).cloned().map(|(phase, kind, next)| (format!("{phase} (New)"), kind, next)),
    );
    assert_eq!(rows, table("Phase"));
}

#[test]
fn the_other_states_are_those_of_their_tables() {
    use {Clients as C, Link as L, Reclaim as R, Service as S, Threshold as T};
    assert_eq!(moves(&[L::Kept, L::Whole, L::New], L::next), table("Link"));
    assert_eq!(moves(&[C::Here, C::OnTheWay, C::Moved], C::next), table("Clients"));
    let services = [S::Serving, S::Down, S::Promoting, S::Redirecting, S::FailingBack];
    assert_eq!(moves(&services, S::next), table("Service"));
    assert_eq!(moves(&[T::Below, T::Alert, T::Eviction, T::Full], T::next), table("Threshold"));
    assert_eq!(moves(&[R::Idle, R::Spent, R::Draining], R::next), table("Reclaim"));
}
