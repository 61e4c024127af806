//! Names, groups, networks and identities around the caches.

use super::{all_calls, calls, catalog, course, created_with_entra, of, run, run_tonight, value};
use crate::model::Topology;
use crate::plan::{Plan, RegionShare};
use crate::report::runbook::Names;
use crate::report::runbook::shell::{one_line, slug};
use crate::report::runbook::to_markdown;

#[test]
fn names_are_made_of_safe_characters() {
    let cases = [
        ("Marine logistics", 40, "marine-logistics"),
        ("  Prüfung – 2027 (EU)!", 40, "pr-fung-2027-eu"),
        ("a very long name that goes on and on and on", 20, "a-very-long-name-tha"),
        ("abc def", 4, "abc"),
        ("…", 40, ""),
    ];
    for (text, most, expected) in cases {
        assert_eq!(slug(text, most), expected, "{text}");
    }
    assert_eq!(one_line("a\nb\tc"), "a b c");
}

#[test]
fn cache_names_are_short_and_unique() {
    let mut plan = Plan { name: "A very long name for a plan that nobody can remember".to_owned(), ..Plan::default() };
    plan.regions = ["eastus", "eastus", "australiasoutheast", "east-us", "eastus"]
        .map(|id| RegionShare::new(id, 0.2, 0.2))
        .to_vec();
    let names = Names::of(&plan, &catalog());
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    for (index, cache) in names.caches.iter().enumerate() {
        assert!(cache.name.len() <= 40 && cache.name.chars().all(safe) && !cache.name.contains("--"), "{}", cache.name);
        assert!(names.caches[..index].iter().all(|other| other.name != cache.name), "{}", cache.name);
    }
    assert_eq!(names.caches[0].group, names.caches[4].group, "one region, one group");
    assert_ne!(names.caches[0].group, names.caches[3].group, "another region, another group");
    assert_eq!(
        names.caches.iter().map(|cache| cache.variable.as_str()).collect::<Vec<_>>()[2..4],
        ["AUSTRALIASOUTHEAST", "EAST_US"]
    );
    plan.name = "✓".to_owned();
    assert_eq!(Names::of(&plan, &catalog()).caches[0].group, "rg-redis-dr-eastus");
}

/// F3: with Entra ID nobody gets in without an access policy: each identity on each member, again after each creation, and keys
/// are never off before.
#[test]
fn every_created_cache_lets_the_identities_in() {
    let plan = created_with_entra();
    for (topology, name, members) in [
        (Topology::Active, "--cluster-name", 2),
        (Topology::Passive, "--name", 2),
        (Topology::Rebuild, "--cluster-name", 2),
    ] {
        let book = of(topology, &plan);
        let mut created = 0;
        for script in course(&book) {
            let calls = calls(&run(script));
            let made =
                |call: &&Vec<String>| call[2] == "create" && ["redis", "redisenterprise"].contains(&call[1].as_str());
            for cache in calls.iter().filter(made) {
                created += 1;
                let cache = value(cache, name).unwrap();
                let assigned = |call: &&Vec<String>| {
                    call.iter().any(|word| word == "access-policy-assignment") && value(call, name) == Some(cache)
                };
                let identities: Vec<&str> =
                    calls.iter().filter(assigned).filter_map(|call| value(call, "--object-id")).collect();
                assert_eq!(identities, ["the value of APP_OBJECT_ID", "the value of OPERATOR_OBJECT_ID"], "{script}");
            }
        }
        // The members of the plan, and one that is made again after its loss; the rebuild makes its second cache then, and goes back.
        assert_eq!(created, members + 1, "{topology:?}");
        let text = to_markdown(&book, &plan);
        assert!(
            !text.contains("signed-in-user")
                && text.contains("--user \"${OPERATOR\u{5f}OBJECT_ID:?}\"") == (topology != Topology::Rebuild)
        );
    }
    assert!(
        all_calls(Topology::Passive, &plan)
            .iter()
            .any(|call| value(call, "--access-policy-name") == Some("Data Owner"))
    );
    let keys = to_markdown(&of(Topology::Active, &Plan::default()), &Plan::default());
    assert!(!keys.contains("access-policy") && keys.contains("--access-keys-auth Enabled"));
}

/// F5: a group for each region, each command in the group of its cache's region, other caches by id.
#[test]
fn no_two_regions_share_a_group() {
    let plan = created_with_entra();
    for topology in Topology::ALL {
        let calls = all_calls(topology, &plan);
        let groups: Vec<(&str, &str)> = calls
            .iter()
            .filter(|call| call[1..3] == ["group", "create"])
            .map(|call| (value(call, "--name").unwrap(), value(call, "--location").unwrap()))
            .collect();
        let regions: Vec<&str> = plan.regions.iter().take(2).map(|share| share.region.as_str()).collect();
        assert_eq!(groups.iter().map(|(_, region)| *region).collect::<Vec<_>>(), regions);
        assert_ne!(groups[0].0, groups[1].0);
        for call in &calls {
            let cache = value(call, "--cluster-name").or(value(call, "--name")).or(value(call, "--endpoint-name"));
            let (Some(cache), Some(group)) = (cache, value(call, "--resource-group")) else { continue };
            // Endpoints and zones are of the network's region, caches and their alerts of the cache's.
            if call[1] != "network" && call[1] != "group" {
                assert!(cache.starts_with(group.strip_prefix("rg-").unwrap()), "{call:?}");
            }
        }
        for id in calls.iter().filter_map(|call| value(call, "--server-to-link").or(value(call, "--unlink-ids"))) {
            assert!(id.starts_with("/subscriptions/the value of SUBSCRIPTION/resourceGroups/rg-"), "{id}");
        }
        let text = to_markdown(&of(topology, &plan), &plan);
        assert!(!text.contains("only a folder") && text.contains("while a group's region is down"));
    }
}

/// F5: whoever takes the lost cache out of the pair or the group works in the group of a region that lives, whichever is lost.
#[test]
fn the_lost_side_is_unlinked_from_the_side_that_lives() {
    let plan = created_with_entra();
    let names: Vec<String> = Names::of(&plan, &catalog()).caches.iter().map(|cache| cache.name.clone()).collect();
    let cases = [
        (Topology::Passive, "Unplanned failover", "delete", true),
        (Topology::Passive, "Loss of the secondary", "delete", false),
        (Topology::Active, "Unplanned failover", "force-unlink", true),
    ];
    for (topology, title, verb, other) in cases {
        let book = of(topology, &plan);
        let section = book.sections.iter().find(|it| it.title == title).unwrap();
        for (at, tonight) in names.iter().enumerate() {
            let scripts = section.steps.iter().map(|step| step.commands.as_str());
            let calls: Vec<_> = scripts.flat_map(|script| calls(&run_tonight(&book, tonight, script))).collect();
            let unlinks: Vec<_> = calls
                .iter()
                .filter(|call| {
                    call.len() > 3 && call[3] == verb && ["server-link", "database"].contains(&call[2].as_str())
                })
                .collect();
            let lives = plan.regions[if other { 1 - at } else { at }].region.as_str();
            let survivor = format!("rg-shop-{lives}");
            assert!(!unlinks.is_empty(), "{title}");
            assert!(unlinks.iter().all(|call| value(call, "--resource-group") == Some(&survivor)), "{unlinks:?}");
        }
    }
}

/// F10: a zone with its link stands in each region before an endpoint's zone group needs it; networks are asked for by region; a
/// member that is made again gets its endpoints again.
#[test]
fn private_endpoints_work_in_every_region() {
    let plan = created_with_entra();
    for topology in Topology::ALL {
        let calls = all_calls(topology, &plan);
        let at = |words: &[&str]| {
            let found: Vec<usize> =
                (0..calls.len()).filter(|at| calls[*at].windows(words.len()).any(|it| it == words)).collect();
            found
        };
        let (zones, links) = (at(&["private-dns", "zone", "create"]), at(&["private-dns", "link", "vnet", "create"]));
        let (endpoints, records) = (at(&["private-endpoint", "create"]), at(&["dns-zone-group", "create"]));
        assert_eq!((zones.len(), links.len()), (2, 2), "{topology:?}");
        assert!(links.last() < records.first());
        // A rebuild: the first cache's two, in the outage one and afterwards the other, at home two again.
        let networks = 6;
        assert_eq!((endpoints.len(), records.len()), (networks, networks), "{topology:?}");
        for endpoint in endpoints {
            let call = &calls[endpoint];
            let region = value(call, "--location").unwrap().to_ascii_uppercase();
            assert_eq!(value(call, "--subnet"), Some(format!("the value of SUBNET_ID_{region}").as_str()));
        }
        let again: Vec<usize> = at(&["private-endpoint", "delete"]);
        let gone = if topology == Topology::Rebuild { 4 } else { 2 };
        assert_eq!(again.len(), gone, "{topology:?}: the old endpoints go with the old cache");
    }
}

/// Two regions that share one privatelink zone: the readiness check says so, and expects no address of each network's own.
#[test]
fn a_shared_zone_is_said_where_names_are_resolved() {
    let mut plan = created_with_entra();
    for shared in [false, true] {
        if shared {
            for place in 0..plan.regions.len() {
                plan.site_of_mut(place).unwrap().zone_group = "rg-hub".to_owned();
            }
        }
        for topology in [Topology::Passive, Topology::Active] {
            let book = of(topology, &plan);
            let ready = book.sections.iter().find(|section| section.title == "Readiness check").unwrap();
            let step = ready.steps.iter().find(|step| step.text.starts_with("Resolve every name")).unwrap();
            assert_eq!(step.text.contains("share one privatelink zone"), shared, "{}", step.text);
            assert_eq!(step.check.contains("its own"), !shared, "{}", step.check);
        }
    }
}
