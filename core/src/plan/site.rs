//! The site file: what resources and people are really called. No figure reads it; runbooks write what it holds and ask for the rest.

#[cfg(test)]
mod tests;

use super::rows::{entry, table};
use super::table::PlaceText;
use super::{Plan, RegionShare};
use crate::catalog::RegionId;

/// Longest id of a resource, in characters.
const MAX_RESOURCE_ID: usize = 500;
/// Longest id of a subscription or an identity, in characters: a GUID has 36.
const MAX_ID: usize = 64;
/// Longest name in DNS, in characters.
const MAX_DNS: usize = 253;
/// Longest text about people, in characters.
const MAX_PEOPLE: usize = 200;
/// Longest name of a resource, in characters: a resource group's.
const MAX_RESOURCE: usize = 90;
/// Entries of [`Site::regions`]: regions that the plan exchanged for others stay.
pub(super) const MAX_SITES: usize = 20;

table! {
    /// Real names, ids and people, for the runbooks. Whatever is empty is asked for at the top of the runbook. Never a secret.
    #[derive(Eq)]
    Site at [site] in Site {
        /// The subscription of every cache, by its id; a pair must be in one.
        subscription: String = String::new() => text("Subscription id", MAX_ID) { empty: "asked for" };
        /// Empty: made from the plan's name.
        nickname: String = String::new() => text("Group nickname", 63) { empty: "from the plan's name" };
        /// By its id.
        action_group: String = String::new() => text("Action group of the alerts", MAX_RESOURCE_ID) { empty: "asked for" };
        /// Its object id.
        application: String = String::new() => text("Identity of the application", MAX_ID) { empty: "asked for" };
        /// Its object id.
        operators: String = String::new() => text("Identity of the operators", MAX_ID) { empty: "asked for" };
        /// The zone of the name that clients use.
        dns_zone: String = String::new() => text("Clients' DNS zone", MAX_DNS) { empty: "asked for" };
        /// The record in that zone.
        dns_record: String = String::new() => text("Clients' DNS record", MAX_DNS) { empty: "asked for" };
        /// In a region that is none of the plan's: with it the switch would be lost too.
        traffic_group: String = String::new() => text("Resource group of the traffic switch", MAX_RESOURCE) { empty: "asked for" };
        /// A Traffic Manager or Front Door profile, or a store of App Configuration.
        traffic_name: String = String::new() => text("Name of the traffic switch", 63) { empty: "asked for" };
        /// The address of a storage container, without a token.
        export_container: String = String::new() => text("Container for exports", MAX_RESOURCE_ID) { empty: "asked for" };
        /// Who answers for the caches.
        owner: String = String::new() => text("Owner", MAX_PEOPLE) { empty: "asked for" };
        /// Who approves an unlink, a failover and a force-unlink.
        approver: String = String::new() => text("Approver", MAX_PEOPLE) { empty: "asked for" };
        /// Whom to call, with numbers.
        contacts: String = String::new() => text("Contacts", MAX_PEOPLE) { empty: "asked for" };
        /// When planned changes are allowed.
        change_window: String = String::new() => text("Change window", MAX_PEOPLE) { empty: "asked for" };
        /// What stands in each region.
        regions: Vec<RegionSite> = Vec::new() => places("Names in each region", IN_EACH_REGION);
    }
}

entry! {
    /// What stands in one region of the plan; of a pair in one region the first entry is the primary's.
    #[derive(Eq)]
    RegionSite {
        /// Its name in Azure.
        region: RegionId;
        /// Subscription id, where it is another than the site's.
        subscription: String = String::new();
        /// Resource group, by its name or its id.
        resource_group: String = String::new();
        /// The cache: its name or its id.
        cache: String = String::new();
        /// Virtual network, by its id; empty: the subnet's.
        vnet: String = String::new();
        /// Subnet of private endpoints or of the injected cache, by its id.
        subnet: String = String::new();
        /// Resource group of the privatelink zone: its name, or its id where it is in another subscription, as a hub's is. Empty: the runbook
        /// makes the zone in the region's own.
        zone_group: String = String::new();
        /// Resource group of the clients' DNS zone: its name, or its id where it is in another subscription.
        dns_group: String = String::new();
    }
}

/// One text of [`RegionSite`] as an input.
macro_rules! in_each_region {
    ($($field:ident: $label:literal, $most:expr;)*) => {
        &[$(PlaceText {
            name: stringify!($field),
            label: $label,
            most: $most,
            of: |site| &site.$field,
            get: |plan, place| plan.site_of(place).map_or("", |site| site.$field.as_str()),
            set: |plan, place, text| {
                if let Some(site) = plan.site_of_mut(place) {
                    site.$field = text;
                }
            },
        }),*]
    };
}

const IN_EACH_REGION: &[PlaceText] = in_each_region! {
    resource_group: "Resource group", MAX_RESOURCE_ID;
    cache: "Cache, name or id", MAX_RESOURCE_ID;
    subscription: "Other subscription, id", MAX_ID;
    vnet: "Virtual network, id", MAX_RESOURCE_ID;
    subnet: "Subnet, id", MAX_RESOURCE_ID;
    zone_group: "Resource group of the privatelink zone, name or id", MAX_RESOURCE_ID;
    dns_group: "Resource group of the clients' DNS zone, name or id", MAX_RESOURCE_ID;
};

/// A resource group: its name, and its subscription where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupAt<'a> {
    /// Its name.
    pub name: &'a str,
    /// The subscription that it is in; `None` for that of the plan.
    pub subscription: Option<&'a str>,
}

impl<'a> GroupAt<'a> {
    /// From a name, or from the id of a group or of anything in it; `None` where nothing is said.
    fn of(text: &'a str) -> Option<Self> {
        let text = known(text)?;
        let name = part(text, "resourceGroups").filter(|_| text.starts_with('/'));
        let subscription = name.and_then(|_| part(text, "subscriptions"));
        Some(Self { name: name.unwrap_or(text), subscription })
    }
}

impl RegionSite {
    /// Nothing is known of a region.
    #[must_use]
    pub const fn new(region: RegionId) -> Self {
        Self {
            region,
            subscription: String::new(),
            resource_group: String::new(),
            cache: String::new(),
            vnet: String::new(),
            subnet: String::new(),
            zone_group: String::new(),
            dns_group: String::new(),
        }
    }

    /// The name of the cache, from its id where that is given; `None` where nothing is.
    #[must_use]
    pub fn cache_name(&self) -> Option<&str> {
        known(self.cache.trim_end_matches('/').rsplit('/').next()?)
    }

    /// Its resource group: as given, else of the cache's id.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        GroupAt::of(&self.resource_group).map(|it| it.name).or_else(|| part(&self.cache, "resourceGroups"))
    }

    /// Its subscription: as given, else of the group's or the cache's id; `None` for the site's.
    #[must_use]
    pub fn own_subscription(&self) -> Option<&str> {
        let of_group = || GroupAt::of(&self.resource_group)?.subscription;
        known(&self.subscription).or_else(of_group).or_else(|| part(&self.cache, "subscriptions"))
    }

    /// The group of the privatelink zone, in the region's subscription where it is given by its name; `None` where the runbook makes the zone.
    #[must_use]
    pub fn zone(&self) -> Option<GroupAt<'_>> {
        self.beside(&self.zone_group)
    }

    /// The group of the clients' DNS zone, likewise; `None` where nobody has said.
    #[must_use]
    pub fn dns(&self) -> Option<GroupAt<'_>> {
        self.beside(&self.dns_group)
    }

    /// Every subscription that it names.
    fn subscriptions(&self) -> [Option<&str>; 5] {
        [
            self.own_subscription(),
            self.zone().and_then(|it| it.subscription),
            self.dns().and_then(|it| it.subscription),
            self.network().and_then(|id| part(id, "subscriptions")),
            part(&self.subnet, "subscriptions"),
        ]
    }

    fn beside<'a>(&'a self, text: &'a str) -> Option<GroupAt<'a>> {
        let group = GroupAt::of(text)?;
        Some(GroupAt { subscription: group.subscription.or_else(|| self.own_subscription()), ..group })
    }

    /// The virtual network: as given, else of the subnet's id.
    #[must_use]
    pub fn network(&self) -> Option<&str> {
        known(&self.vnet).or_else(|| known(self.subnet.split_once("/subnets/")?.0))
    }
}

/// The text, if there is one.
#[must_use]
pub(crate) fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// The value behind a segment of a resource's id.
fn part<'a>(id: &'a str, segment: &str) -> Option<&'a str> {
    let mut segments = id.split('/');
    segments.find(|it| it.eq_ignore_ascii_case(segment))?;
    segments.next().and_then(known)
}

impl Plan {
    /// What the site file holds of the region at a place of the plan; `None` where it holds nothing.
    #[must_use]
    pub fn site_of(&self, place: usize) -> Option<&RegionSite> {
        let region = &self.regions.get(place)?.region;
        self.site.regions.iter().filter(|it| it.region == *region).nth(self.before(place))
    }

    /// The same to change, made where it is not there. `None` where the plan has no such place.
    pub fn site_of_mut(&mut self, place: usize) -> Option<&mut RegionSite> {
        let RegionShare { region, .. } = self.regions.get(place)?.clone();
        let wanted = self.before(place);
        let sites = &mut self.site.regions;
        while sites.iter().filter(|it| it.region == region).count() <= wanted {
            sites.push(RegionSite::new(region.clone()));
        }
        sites.iter_mut().filter(|it| it.region == region).nth(wanted)
    }

    /// How many places before this one have the same region: 1 for the secondary of a pair in one region.
    fn before(&self, place: usize) -> usize {
        let Some(region) = self.regions.get(place).map(|it| &it.region) else { return 0 };
        self.regions.iter().take(place).filter(|it| it.region == *region).count()
    }
}

impl Plan {
    /// Subscriptions beside the site's in which something of the plan stands: a cache, a network, a zone, the action group. Empty where the
    /// site's own is not known.
    #[must_use]
    pub fn other_subscriptions(&self) -> Vec<&str> {
        let Some(own) = known(&self.site.subscription) else { return Vec::new() };
        let sites = (0..self.regions.len()).filter_map(|place| self.site_of(place));
        let mut others: Vec<&str> = Vec::new();
        for id in
            sites.flat_map(RegionSite::subscriptions).chain([part(&self.site.action_group, "subscriptions")]).flatten()
        {
            if id != own && !others.contains(&id) {
                others.push(id);
            }
        }
        others
    }
}

/// What is wrong with the name of a resource group, or with its id where one may stand for it; `None` where nothing is.
pub(super) fn group_fault(field: &str, text: &str) -> Option<&'static str> {
    let group = GroupAt::of(text)?;
    let long = group.name.chars().count() > MAX_RESOURCE;
    let is_id = group.subscription.is_some() && text.trim().starts_with("/subscriptions/");
    match field {
        "site.traffic_group" => {
            text.contains('/').then_some("a “/” is in no name of a resource group; enter its name alone")
        }
        "resource_group" | "zone_group" | "dns_group" if long => {
            Some("a resource group has at most 90 characters; enter its name or its id")
        }
        "resource_group" | "zone_group" | "dns_group" if text.contains('/') && !is_id => Some(
            "it is neither a name nor an id; enter the name, or /subscriptions/…/resourceGroups/… where it is in another subscription",
        ),
        _ => None,
    }
}

/// What is wrong with a name or id that commands take as a word; `None` where nothing is.
pub(super) fn word_fault(text: &str) -> Option<&'static str> {
    text.starts_with('-').then_some("it begins with “-”, which az reads as an option; enter the name as Azure shows it")
}
