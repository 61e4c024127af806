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
    assert_eq!((plan.site_of(0).unwrap().cache.as_str(), plan.site_of(1).unwrap().cache.as_str()), ("cache-1", "twin"));
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
