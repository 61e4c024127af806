//! Where another design becomes the cheapest or the choice, in words.

use crate::explore::break_even::{Edge, Kind, Members, WRITES};
use crate::model::Topology;
use crate::units::format;
use crate::units::{Bytes, OpsPerSec};

/// "The active group becomes cheaper than the passive pair at 1,900 writes/s, going down." Nothing is said about figures beyond it.
#[must_use]
pub fn edge_words(edge: &Edge) -> String {
    let side = if edge.above { "going up" } else { "going down" };
    let place = if edge.path == WRITES {
        format!("{} writes/s", format::ops(OpsPerSec::per_s(edge.at)).trim_end_matches("/s"))
    } else {
        format!("{} of data", format::bytes(Bytes::bytes(edge.at)))
    };
    let becomes = becomes(edge.kind, edge.to, edge.no_price);
    let (first, rest) = becomes.split_at(1);
    let other = if edge.other_meets { "; another size or term does" } else { "" };
    format!("{}{rest} at {place}, {side}{other}.", first.to_ascii_uppercase())
}

/// "the active group becomes cheaper than the passive pair", "none of the plan's designs meets every target"; without a winner for want of
/// a price: "the choice is open, since a size has no price,".
fn becomes(kind: Kind, to: Option<Topology>, no_price: bool) -> String {
    let name = |topology: Topology| topology.name().to_ascii_lowercase();
    match (kind.between(), to) {
        (Some((one, other)), Some(to)) => {
            let loser = if to == one { other } else { one };
            format!("the {} becomes cheaper than the {}", name(to), name(loser))
        }
        (None, Some(to)) => format!("the {} becomes the choice", name(to)),
        (_, None) if no_price => "the choice is open, since a size has no price,".to_owned(),
        (_, None) => "none of the plan's designs meets every target".to_owned(),
    }
}

/// At which number of regions, the nearest to the plan's own first, each winner changes: "With 3 regions the passive pair becomes
/// cheaper than the active group. …", or that none does.
///
/// `own` is the plan's number of regions; with fewer than two regions the smallest group stands in.
#[must_use]
pub fn members_say(members: &[Members], own: usize) -> String {
    let Some(own) = members.iter().position(|row| row.count >= own).or(members.len().checked_sub(1)) else {
        return String::new();
    };
    let mut flips: Vec<(usize, String)> = Kind::ALL.into_iter().flat_map(|kind| flips(members, own, kind)).collect();
    if flips.is_empty() && members.iter().any(|row| row.cell.no_price) {
        return "The effect of the number of regions is unknown while a size has no price.".to_owned();
    }
    if flips.is_empty() {
        return "The number of regions changes neither the choice nor the order of costs.".to_owned();
    }
    flips.sort_by_key(|flip| flip.0);
    let said: Vec<String> = flips.into_iter().map(|(_, text)| text).collect();
    said.join(" ")
}

/// The first change above the plan's own number and the first below it, with how far away each is.
fn flips(members: &[Members], own: usize, kind: Kind) -> Vec<(usize, String)> {
    let winner = |row: &Members| kind.winner(&row.cell);
    let Some((from, count)) = members.get(own).map(|row| (winner(row), row.count)) else { return Vec::new() };
    if kind != Kind::Choice && from.is_none() {
        return Vec::new();
    }
    let (below, above) = (members[..own].iter().rev(), members[own..].iter());
    let first = |row: &&Members| winner(row) != from && (kind == Kind::Choice || winner(row).is_some());
    let found = [above.clone().find(first), below.clone().find(first)];
    let said = |row: &Members| {
        (
            row.count.abs_diff(count),
            format!("With {} regions {}.", row.count, becomes(kind, winner(row), row.cell.no_price)),
        )
    };
    found.into_iter().flatten().map(said).collect()
}
