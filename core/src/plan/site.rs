//! The site file: what resources and people are really called. No figure reads it; runbooks write what it holds and ask for the rest.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Kind, Row, check, each_row};

    const ID: &str = "/subscriptions/s-1/resourceGroups/rg one/providers/Microsoft.Cache/Redis/orders";

    #[test]
    fn an_id_gives_name_group_and_subscription() {
        let mut site = RegionSite { cache: ID.to_owned(), ..RegionSite::new(RegionId::new("eastus")) };
        assert_eq!(
            (site.cache_name(), site.group(), site.own_subscription()),
            (Some("orders"), Some("rg one"), Some("s-1"))
        );
        site.resource_group = "other".to_owned();
        assert_eq!(site.group(), Some("other"));
        site.subnet = "/subscriptions/s/virtualNetworks/v/subnets/n".to_owned();
        assert_eq!(site.network(), Some("/subscriptions/s/virtualNetworks/v"));
        let empty = RegionSite::new(RegionId::new("eastus"));
        assert_eq!(
            (empty.cache_name(), empty.group(), empty.own_subscription(), empty.network()),
            (None, None, None, None)
        );
    }

    /// A hub's zone: the id of its group, of the zone itself, or a name in the region's own subscription.
    #[test]
    fn a_group_of_another_subscription_is_given_by_its_id() {
        let mut site = RegionSite::new(RegionId::new("eastus"));
        assert_eq!((site.zone(), site.dns()), (None, None));
        let at = |name, subscription| Some(GroupAt { name, subscription });
        site.zone_group = "/subscriptions/hub/resourceGroups/rg-dns".to_owned();
        site.dns_group =
            "/subscriptions/hub/resourcegroups/rg-dns/providers/Microsoft.Network/privateDnsZones/z".to_owned();
        assert_eq!((site.zone(), site.dns()), (at("rg-dns", Some("hub")), at("rg-dns", Some("hub"))));
        (site.zone_group, site.subscription) = ("rg-dns".to_owned(), "spoke".to_owned());
        assert_eq!(site.zone(), at("rg-dns", Some("spoke")));
        (site.subscription, site.resource_group) = (String::new(), "/subscriptions/s-2/resourceGroups/rg-x".to_owned());
        assert_eq!((site.group(), site.own_subscription()), (Some("rg-x"), Some("s-2")));
    }

    /// Each resource that is elsewhere counts once; the site's own subscription does not.
    #[test]
    fn subscriptions_of_the_plan_are_listed_once() {
        let mut plan = Plan::default();
        plan.site_of_mut(1).unwrap().subscription = "9999".to_owned();
        assert!(plan.other_subscriptions().is_empty(), "the site's own is not known");
        plan.site.subscription = "1111".to_owned();
        plan.site.action_group =
            "/subscriptions/7777/resourceGroups/g/providers/microsoft.insights/actionGroups/a".to_owned();
        let site = plan.site_of_mut(0).unwrap();
        site.zone_group = "/subscriptions/8888/resourceGroups/rg-dns".to_owned();
        site.dns_group = site.zone_group.clone();
        site.subnet =
            "/subscriptions/6666/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s".to_owned();
        assert_eq!(plan.other_subscriptions(), ["8888", "6666", "9999", "7777"]);
    }

    /// A “/” is in no name; an id has both its parts. The switch's group is a name.
    #[test]
    fn a_group_is_a_name_or_an_id() {
        let cases = [
            ("rg-dns", true),
            ("/subscriptions/1/resourceGroups/rg", true),
            ("/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/z", true),
            ("hub/rg-dns", false),
            ("/subscriptions/1", false),
            ("/subscriptions//resourceGroups/rg", false),
            ("/resourceGroups/rg", false),
            ("x".repeat(91).as_str(), false),
        ]
        .map(|(text, fits)| (text.to_owned(), fits));
        for (text, fits) in cases {
            for name in ["resource_group", "zone_group", "dns_group"] {
                let mut plan = Plan::default();
                let part = IN_EACH_REGION.iter().find(|it| it.name == name).unwrap();
                (part.set)(&mut plan, 0, text.clone());
                let errors = check(&plan);
                assert_eq!(errors.is_empty(), fits, "{name} {text}: {errors:?}");
            }
        }
        let mut plan = Plan::default();
        plan.site.traffic_group = "/subscriptions/1/resourceGroups/rg".to_owned();
        assert!(check(&plan)[0].message.contains("enter its name alone"));
    }

    /// A region keeps its names wherever it stands in the plan, and a pair in one region has two sets of them.
    #[test]
    fn names_follow_their_region() {
        let mut plan = Plan::default();
        for place in 0..2 {
            plan.site_of_mut(place).unwrap().cache = format!("cache-{place}");
        }
        plan.make_primary(1);
        assert_eq!(plan.site_of(0).unwrap().cache, "cache-1");
        plan.exchange_region(1, plan.regions[0].region.clone());
        assert_eq!((plan.site_of(0).unwrap().cache.as_str(), plan.site_of(1)), ("cache-1", None));
        plan.site_of_mut(1).unwrap().cache = "twin".to_owned();
        assert_eq!(
            (plan.site_of(0).unwrap().cache.as_str(), plan.site_of(1).unwrap().cache.as_str()),
            ("cache-1", "twin")
        );
        assert!(plan.site_of(7).is_none() && plan.site_of_mut(7).is_none());
    }

    /// Each text of a region's entry has an input, but for the region itself.
    #[test]
    fn every_text_of_a_region_has_an_input() {
        let value = crate::plan::file::Leaf::to_value(&RegionSite::new(RegionId::new("eastus")));
        let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        names.retain(|name| *name != "region");
        let mut inputs: Vec<&str> = IN_EACH_REGION.iter().map(|it| it.name).collect();
        names.sort_unstable();
        inputs.sort_unstable();
        assert_eq!(inputs, names);
    }

    fn texts() -> Vec<&'static Row> {
        let mut rows = Vec::new();
        each_row(&mut |row| rows.extend(row.path.starts_with("site.").then_some(row)));
        rows
    }

    /// Every text of the site has a bound, takes no control character and no leading dash, and the error names the field and the rule.
    #[test]
    fn texts_have_bounds_and_errors_that_name_the_field() {
        let bad = |text: &str, says: &str| {
            for row in texts() {
                let mut plan = Plan::default();
                match &row.kind {
                    Kind::Text(field) => (field.set)(&mut plan, text.to_owned()),
                    Kind::Places(_, parts) => {
                        for part in *parts {
                            (part.set)(&mut plan, 1, text.to_owned());
                        }
                    }
                    _ => continue,
                }
                let errors = check(&plan);
                assert!(!errors.is_empty(), "{}", row.path);
                assert!(errors.iter().all(|it| it.field == row.path && it.message.contains(says)), "{errors:?}");
            }
        };
        bad(&"x".repeat(501), "enter at most");
        bad("a\nb", "cannot be printed (U+000A); take it out");
        assert!(texts().len() > 12);
        let mut plan = Plan::default();
        plan.site_of_mut(0).unwrap().resource_group = "-x".to_owned();
        assert_eq!(
            check(&plan)[0].message,
            "Resource group in eastus “-x”: it begins with “-”, which az reads as an option; enter the name as Azure shows it."
        );
    }
}
