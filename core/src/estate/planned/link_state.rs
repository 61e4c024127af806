//! Whether the link of a pair stands: what both halves show of it, its state, and its health.

use crate::estate::deployments::{Deployment, Kind, Member};
use crate::estate::facts::{Facts, Link};
use crate::estate::findings::disputes;
use crate::estate::id;
use crate::estate::planned::draft::Draft;
use crate::estate::planned::health::{ends_quiet, health};
use crate::estate::planned::pair::links_of;
use crate::units::format;

const STATE: &str = "provisioningState";

/// Why it is open whether a link stands.
enum Open {
    /// No file shows it.
    Unseen(String),
    /// Files speak against it.
    Doubtful(String),
}

/// Confirms that the pair exists where both halves show a link that is in place and, as far as it is measured, healthy at its end.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    match link_in_place(deployment, facts) {
        Ok(from) => draft.confirm("passive.exists", Some(true), from, |plan| &mut plan.passive.exists),
        Err(Open::Unseen(why)) => draft.miss("passive.exists", why),
        Err(Open::Doubtful(why)) => draft.doubt("passive.exists", why),
    }
}

/// What shows that the link stands; why that is open, else.
fn link_in_place(deployment: &Deployment, facts: &Facts) -> Result<String, Open> {
    let names: Vec<&str> = deployment.members.iter().map(|it| it.name.as_str()).collect();
    let listed = format::listed(&names);
    if let Some(why) = doubts(deployment, facts, &listed) {
        return Err(Open::Doubtful(why));
    }
    if let Some(half) = deployment.members.iter().find(|it| !it.is_known) {
        let why = format!("{} is in no file: az redis list of its subscription shows whether it is there.", half.name);
        return Err(Open::Unseen(why));
    }
    if !deployment.is_deployed(facts) {
        let why = format!("Code links {listed}; no answer of Azure shows that they run: az redis list does.");
        return Err(Open::Unseen(why));
    }
    // A Terraform state has the link itself, and no state of it.
    if links(deployment, facts).next().is_none() {
        let why = format!("No file shows the state of the link of {listed}: az redis server-link list does.");
        return Err(Open::Unseen(why));
    }
    match health(deployment, facts) {
        Some((Some(false), from)) => Err(Open::Doubtful(format!("The link of {listed} is {from}."))),
        Some((None, from)) if deployment.members.iter().any(|it| ends_quiet(facts, &it.key)) => {
            let why = format!("Whether the link of {listed} was healthy to the end is not known: {from}.");
            Err(Open::Doubtful(why))
        }
        Some((_, from)) => Ok(format!("a link joins {listed}; {from}")),
        None => Ok(format!("a link joins {listed}")),
    }
}

/// What descriptions of the caches and links show against a link that stands.
fn doubts(deployment: &Deployment, facts: &Facts, listed: &str) -> Option<String> {
    if disputes::of_links(deployment, facts) {
        return Some(format!("Files disagree on whether {listed} are linked."));
    }
    if let Some(says) = one_sided(deployment, facts) {
        return Some(says);
    }
    if deployment.roles_disagree {
        return Some(format!("The two sides of {listed} name different primaries."));
    }
    if let Some((half, _)) = deployment.caches(facts).find(|(_, cache)| cache.is_going()) {
        return Some(format!("{} is being deleted, is disabled or has failed.", half.name));
    }
    if let Some(half) = deployment.members.iter().find(|it| links_of(facts, &it.key) > 1) {
        return Some(format!("{} has several links.", half.name));
    }
    if links(deployment, facts).any(|(_, link)| link.disputed.contains_key(STATE)) {
        return Some(format!("Files disagree on the state of the link of {listed}."));
    }
    let states = links(deployment, facts).filter_map(|(owner, link)| Some((id::name(owner), link.state.as_deref()?)));
    let bad: Vec<String> = states
        .filter(|(_, it)| !it.eq_ignore_ascii_case("Succeeded"))
        .map(|(of, it)| format!("{it} as {of} shows it"))
        .collect();
    (!bad.is_empty()).then(|| format!("The link of {listed} is {}.", format::listed(&bad)))
}

/// The links between the caches of a deployment, each with its owner.
fn links<'a>(deployment: &'a Deployment, facts: &'a Facts) -> impl Iterator<Item = (&'a String, &'a Link)> {
    let inside = |key: &String| deployment.members.iter().any(|it| it.key == *key);
    facts.links.iter().filter(move |((one, other), _)| inside(one) && inside(other)).map(|((owner, _), it)| (owner, it))
}

/// "a shows a link with b, and b shows none": a link that is half removed; `None` where both halves show it, or one is in no file.
pub(in crate::estate) fn one_sided(deployment: &Deployment, facts: &Facts) -> Option<String> {
    let [one, other] = deployment.members.as_slice() else { return None };
    if deployment.kind != Kind::Pair || disputes::of_links(deployment, facts) {
        return None;
    }
    [(one, other), (other, one)]
        .into_iter()
        .find(|(from, to)| shows(from, to, facts) && lists_no_link(to, from, facts))
        .map(|(from, to)| format!("{} shows a link with {}, and {} shows none.", from.name, to.name, to.name))
}

/// The links that a cache lists, by the names of its peers.
fn listed<'a>(member: &Member, facts: &'a Facts) -> Option<impl Iterator<Item = &'a str>> {
    Some(facts.caches.get(&member.key)?.linked.as_ref()?.iter().map(|it| id::name(it)))
}

fn has(from: &Member, to: &Member, facts: &Facts) -> bool {
    facts.links.contains_key(&(from.key.clone(), to.key.clone()))
}

fn shows(from: &Member, to: &Member, facts: &Facts) -> bool {
    has(from, to, facts) || listed(from, facts).is_some_and(|mut it| it.any(|name| name == id::name(&to.key)))
}

fn lists_no_link(from: &Member, to: &Member, facts: &Facts) -> bool {
    !has(from, to, facts) && listed(from, facts).is_some_and(|mut it| it.all(|name| name != id::name(&to.key)))
}
