//! The state of a member's links, as the files show it.

use super::{NONE, unknown};
use crate::estate::{Deployment, Facts, Kind, Member, id_name};
use crate::units::format;
use std::collections::BTreeSet;

/// "Succeeded" of a pair's link; "Linked" of a member that sees every other one so, else "2 of 3 Linked, Unlinking"; a dash of
/// a cache that stands alone.
pub(super) fn state(facts: &Facts, deployment: &Deployment, member: &Member) -> String {
    match deployment.kind {
        Kind::Alone if facts.misses_databases(&member.key) => unknown(),
        Kind::Alone => NONE.to_owned(),
        Kind::Pair => of_pair(facts, deployment, member),
        Kind::Group => of_group(facts, member),
    }
}

/// "primary"; unknown of a cluster whose databases are in no file.
pub(super) fn role(facts: &Facts, member: &Member) -> String {
    if facts.misses_databases(&member.key) { unknown() } else { member.role.name().to_owned() }
}

/// As the member's own side shows it; where that is in no file, as the other does. Unknown where files disagree.
fn of_pair(facts: &Facts, deployment: &Deployment, member: &Member) -> String {
    let peer = deployment.members.iter().find(|it| it.key != member.key).map_or("", |it| it.key.as_str());
    let of = |from: &str, to: &str| facts.links.get(&(from.to_owned(), to.to_owned()));
    let own = of(&member.key, peer);
    let listed = facts.caches.get(&member.key).and_then(|it| it.linked.as_ref());
    if own.is_none() && listed.is_some_and(|it| it.iter().all(|link| id_name(link) != id_name(peer))) {
        return "no link".to_owned();
    }
    let link = own.or_else(|| of(peer, &member.key));
    link.and_then(|it| it.state.clone()).unwrap_or_else(unknown)
}

fn of_group(facts: &Facts, member: &Member) -> String {
    let seen = facts.databases_of(&member.key).flat_map(|(_, it)| it.linked.iter().flatten());
    // Files that disagree leave a state empty.
    let states: Vec<&str> = seen
        .map(|(_, it)| match it.as_str() {
            "" => "unknown",
            it if it.eq_ignore_ascii_case(LINKED) => LINKED,
            it => it,
        })
        .collect();
    let (all, linked) = (states.len(), states.iter().filter(|it| **it == LINKED).count());
    let others: BTreeSet<&str> = states.into_iter().filter(|it| *it != LINKED).collect();
    match others.len() {
        _ if all == 0 || others.len() == 1 && linked == 0 && others.contains("unknown") => unknown(),
        0 => LINKED.to_owned(),
        _ => format!("{linked} of {all} {LINKED}, {}", format::listed(&others.into_iter().collect::<Vec<_>>())),
    }
}

const LINKED: &str = "Linked";
