//! Whether the link of a pair stands: what both halves show of it, its state, and its health.

use super::deployments::{Deployment, Kind, Member};
use super::disputes;
use super::draft::Draft;
use super::facts::Facts;
use super::health::{ends_quiet, health};
use super::id;
use super::pair::links_of;
use crate::units::format;

const STATE: &str = "provisioningState";

/// Confirms that the pair exists where both halves show a link that is in place and, as far as it is measured, healthy at its end.
pub(super) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    match stands(deployment, facts) {
        Ok(from) => draft.confirm("passive.exists", Some(true), from, |plan| &mut plan.passive.exists),
        Err(why) => draft.miss("passive.exists", why),
    }
}

/// What shows that the link stands; why that is open, else.
fn stands(deployment: &Deployment, facts: &Facts) -> Result<String, String> {
    let names: Vec<&str> = deployment.members.iter().map(|it| it.name.as_str()).collect();
    let listed = format::listed(&names);
    if disputes::of_links(deployment, facts) {
        return Err(format!("Files disagree on whether {listed} are linked."));
    }
    if let Some(says) = one_sided(deployment, facts) {
        return Err(says);
    }
    if let Some(half) = deployment.members.iter().find(|it| !it.is_known) {
        return Err(format!(
            "{} is in no file: az redis list of its subscription shows whether it is there.",
            half.name
        ));
    }
    if !deployment.is_deployed(facts) {
        return Err(format!("Code links {listed}; no answer of Azure shows that they run: az redis list does."));
    }
    if let Some((half, _)) = deployment.caches(facts).find(|(_, cache)| cache.is_going()) {
        return Err(format!("{} is being deleted, is disabled or has failed.", half.name));
    }
    if let Some(half) = deployment.members.iter().find(|it| links_of(facts, &it.key) > 1) {
        return Err(format!("{} has several links.", half.name));
    }
    let inside = |key: &String| deployment.members.iter().any(|it| it.key == *key);
    let links: Vec<_> = facts.links.iter().filter(|((one, other), _)| inside(one) && inside(other)).collect();
    if links.iter().any(|(_, link)| link.disputed.contains_key(STATE)) {
        return Err(format!("Files disagree on the state of the link of {listed}."));
    }
    let is_bad = |state: &str| !state.eq_ignore_ascii_case("Succeeded");
    let states = links.iter().filter_map(|((owner, _), link)| Some((id::name(owner), link.state.as_deref()?)));
    let bad: Vec<String> =
        states.filter(|(_, it)| is_bad(it)).map(|(of, it)| format!("{it} as {of} shows it")).collect();
    if !bad.is_empty() {
        return Err(format!("The link of {listed} is {}.", format::listed(&bad)));
    }
    // A Terraform state has the link itself, and no state of it.
    if links.is_empty() {
        return Err(format!("No file shows the state of the link of {listed}: az redis server-link list does."));
    }
    match health(deployment, facts) {
        Some((Some(false), from)) => Err(format!("The link of {listed} is {from}.")),
        Some((None, from)) if deployment.members.iter().any(|it| ends_quiet(facts, &it.key)) => {
            Err(format!("Whether the link of {listed} was healthy to the end is not known: {from}."))
        }
        Some((_, from)) => Ok(format!("a link joins {listed}; {from}")),
        None => Ok(format!("a link joins {listed}")),
    }
}

/// "a shows a link with b, and b shows none": a link that is half removed; `None` where both halves show it, or one is in no file.
pub(super) fn one_sided(deployment: &Deployment, facts: &Facts) -> Option<String> {
    let [one, other] = deployment.members.as_slice() else { return None };
    if deployment.kind != Kind::Pair || disputes::of_links(deployment, facts) {
        return None;
    }
    [(one, other), (other, one)]
        .into_iter()
        .find(|(from, to)| shows(from, to, facts) && lacks(to, from, facts))
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

fn lacks(from: &Member, to: &Member, facts: &Facts) -> bool {
    !has(from, to, facts) && listed(from, facts).is_some_and(|mut it| it.all(|name| name != id::name(&to.key)))
}
