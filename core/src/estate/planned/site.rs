//! The site file of a deployment: real ids and names, as far as files give them.

use crate::estate::deployments::{Deployment, Member};
use crate::estate::facts::{Cache, Facts};
use crate::estate::planned::draft::Draft;
use crate::estate::planned::pair::endpoints;
use crate::plan::{Plan, check};
use crate::units::format;
use std::collections::BTreeSet;

/// Sets what facts say of names and ids; code that nobody has deployed has none.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let found: Vec<Found> = members(&draft.plan, deployment, facts).collect();
    let subscriptions: BTreeSet<&str> = found.iter().filter_map(|it| it.cache.subscription()).collect();
    let one = subscriptions.first().copied().filter(|_| subscriptions.len() == 1);
    if let Some(subscription) = one {
        set(draft, "site.subscription", subscription.to_owned(), "ids of the caches".to_owned(), |plan, text| {
            plan.site.subscription = text;
        });
    }
    if let Some(nickname) = &deployment.nickname {
        set(draft, "site.nickname", nickname.clone(), "groupNickname".to_owned(), |plan, text| {
            plan.site.nickname = text;
        });
    }
    if let Some(group) = action_group(deployment, facts) {
        set(draft, "site.action_group", group, "actions of the alerts on the caches".to_owned(), |plan, text| {
            plan.site.action_group = text;
        });
    }
    let names: Vec<&str> = found.iter().map(|it| it.member.name.as_str()).collect();
    if names.is_empty() {
        return;
    }
    let from = format!("ids, subnets and private endpoints of {}", format::listed(&names));
    set(draft, "site.regions", format::listed(&names), from, |plan, _| {
        for found in &found {
            found.put(plan, one.is_none());
        }
    });
}

/// Sets a field and notes why, unless the plan could not hold it.
fn set(draft: &mut Draft, field: &'static str, value: String, from: String, put: impl FnOnce(&mut Plan, String)) {
    let mut plan = draft.plan.clone();
    put(&mut plan, value.clone());
    if check(&plan).iter().all(|error| error.field != field) {
        draft.set(field, value, from, |own| *own = plan);
    }
}

/// A cache that Azure has given an id, and where it stands in the plan.
struct Found<'a> {
    place: usize,
    member: &'a Member,
    cache: &'a Cache,
    /// The subnet that it or its only private endpoint is in.
    subnet: Option<&'a str>,
}

impl Found<'_> {
    fn put(&self, plan: &mut Plan, own_subscription: bool) {
        let Some(site) = plan.site_of_mut(self.place) else { return };
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        site.cache = text(self.cache.azure_id());
        site.resource_group = text(self.cache.resource_group());
        site.subnet = text(self.subnet);
        if own_subscription {
            site.subscription = text(self.cache.subscription());
        }
    }
}

/// Each cache with the place that its region has in the plan; a second one of a region only where the plan has it twice.
fn members<'a>(plan: &Plan, deployment: &'a Deployment, facts: &'a Facts) -> impl Iterator<Item = Found<'a>> {
    let mut free: Vec<Option<String>> = plan.regions.iter().map(|it| Some(it.region.to_string())).collect();
    let placed = deployment.members.iter().filter_map(move |member| {
        let place = free.iter().position(|region| region.is_some() && *region == member.location)?;
        free[place] = None;
        Some((place, member))
    });
    placed.filter_map(|(place, member)| {
        let cache = facts.caches.get(&member.key).filter(|it| it.azure_id().is_some())?;
        let behind: BTreeSet<&str> = endpoints(facts, &member.key)
            .into_iter()
            .filter_map(|it| facts.subnets.get(it)?.subnet.as_deref())
            .collect();
        let only = behind.first().copied().filter(|_| behind.len() == 1);
        Some(Found { place, member, cache, subnet: cache.subnet.as_deref().or(only) })
    })
}

/// The one action group that every alert on the caches tells; `None` where there are several.
fn action_group(deployment: &Deployment, facts: &Facts) -> Option<String> {
    let own = |scope: &String| deployment.members.iter().any(|it| it.key == *scope);
    let on = facts.alerts.values().filter(|alert| alert.scopes.iter().flatten().any(own));
    let groups: BTreeSet<&String> = on.flat_map(|alert| alert.actions.iter().flatten()).collect();
    groups.first().filter(|_| groups.len() == 1).map(|it| (*it).clone())
}
