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
        /// Resource group.
        resource_group: String = String::new();
        /// The cache: its name or its id.
        cache: String = String::new();
        /// Virtual network, by its id; empty: the subnet's.
        vnet: String = String::new();
        /// Subnet of private endpoints or of the injected cache, by its id.
        subnet: String = String::new();
        /// Resource group of the privatelink zone; empty: the runbook makes the zone in the region's own.
        zone_group: String = String::new();
        /// Resource group of the clients' DNS zone.
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
    resource_group: "Resource group", MAX_RESOURCE;
    cache: "Cache, name or id", MAX_RESOURCE_ID;
    subscription: "Other subscription, id", MAX_ID;
    vnet: "Virtual network, id", MAX_RESOURCE_ID;
    subnet: "Subnet, id", MAX_RESOURCE_ID;
    zone_group: "Resource group of the privatelink zone", MAX_RESOURCE;
    dns_group: "Resource group of the clients' DNS zone", MAX_RESOURCE;
};

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
        known(&self.resource_group).or_else(|| part(&self.cache, "resourceGroups"))
    }

    /// Its subscription: as given, else of the cache's id; `None` for the site's.
    #[must_use]
    pub fn own_subscription(&self) -> Option<&str> {
        known(&self.subscription).or_else(|| part(&self.cache, "subscriptions"))
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
