//! What changed since a portfolio, cause by cause.

use super::*;
use crate::model::cost::Total;
use crate::portfolio::{self, Portfolio, Row};
use crate::report::document::{Document, Section};
use crate::report::estate::since;
use crate::units::{Currency, Money};
use proptest::prelude::*;
use std::sync::Arc;

/// Written and read back, as `--out` and `--since` do.
fn kept(estate: &Estate) -> Portfolio {
    portfolio::read(&portfolio::write(&estate.portfolio())).unwrap()
}

fn later(change: impl Fn(&str, String) -> String) -> (Estate, Facts) {
    let each = ESTATE.iter().map(|name| (*name, String::from_utf8(bytes(name)).unwrap()));
    let changed = each.map(|(name, text)| (name.to_owned(), change(name, text).into_bytes()));
    let facts = read(changed.filter(|(_, bytes)| !bytes.is_empty()).collect()).facts;
    (Estate::of(&facts, &Catalog::bundled().unwrap()), facts)
}

fn shown(section: Section) -> String {
    Document { title: "Estate".to_owned(), opening: Vec::new(), sections: vec![section] }.plain().replace('\u{a0}', " ")
}

/// Half a year later: P3 with four shards, twice the writes, a link that syncs, another policy in the group, `old-e10` gone, `shop` new,
/// and a plan that somebody has renamed and given a target of its own.
#[test]
fn a_later_import_shows_what_changed_by_cause() {
    let catalog = Catalog::bundled().unwrap();
    let mut before = kept(&estate(&ESTATE));
    let mut own = (*before.entries[0]).clone();
    own.plan.name = "Checkout".to_owned();
    own.plan.objectives.rpo = Some(crate::units::Secs::secs(300.0));
    before.entries[0] = Arc::new(own);
    before.entries.push(Arc::new(portfolio::Entry {
        tags: Vec::new(),
        topology: None,
        plan: crate::plan::Plan { name: "By hand".to_owned(), ..crate::plan::Plan::default() },
    }));
    let (now, facts) = later(|name, text| match name {
        "estate/az-redis-list.json" => {
            let mut list: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            let mut shop = list.iter().find(|it| it["name"] == "small").unwrap().clone();
            for cache in list.iter_mut().filter(|it| it["name"] != "small") {
                cache["sku"]["capacity"] = 3.into();
                cache["shardCount"] = 4.into();
            }
            shop["id"] = shop["id"].as_str().unwrap().replace("small", "shop").into();
            list.push(shop);
            serde_json::Value::from(list).to_string()
        }
        "estate/server-link-neu.json" => text.replace("\"Succeeded\"", "\"Syncing\""),
        "estate/az-redisenterprise-list.json" => text.replace("\"NoEviction\"", "\"VolatileLRU\""),
        "estate/az-redisenterprise-show-e10.json" => String::new(),
        "estate/metrics-pair-weu.json" => text
            .replace("\"setcommands", "\"getcommandz")
            .replace("\"getcommands", "\"setcommands")
            .replace("\"getcommandz", "\"getcommands"),
        _ => text,
    });
    let drift = drift(&before, &now, &facts, &catalog);
    insta::assert_snapshot!(shown(since(&drift, Currency::USD)));
    let pair = drift.changed.iter().find(|it| it.name == "pair-weu and pair-neu").unwrap();
    assert_eq!(pair.now.objectives.rpo, pair.before.objectives.rpo, "what no file shows stays as it was planned");
    // What the causes make of the month adds up.
    let month = |plan: &crate::plan::Plan| {
        let entry = portfolio::Entry { plan: plan.clone(), ..(*before.entries[0]).clone() };
        Row::of(&Arc::new(entry), &catalog).monthly.unwrap().complete().unwrap()
    };
    let effect = |it: &Changes| {
        let [before, now] = it.month.as_ref().unwrap();
        now.complete().unwrap() - before.complete().unwrap()
    };
    let of = |cause: Cause| pair.changes.iter().find(|it| it.cause == cause).map(effect).unwrap();
    let dollars = |text: &str| Money::new(text.parse().unwrap());
    // 2 caches × 3 shards × 2 nodes × 730 h × (1.1095 − 0.555), then 2 × 1 × 2 × 730 h × 1.1095 (base-prices.csv, Premium × 1.00) and eight
    // more time series of alerts at $0.10: four rules for the shard of each cache.
    assert_eq!([of(Cause::Size), of(Cause::Shards)], [dollars("4857.42"), dollars("3240.54")]);
    let sum: Money = pair.changes.iter().map(effect).sum();
    assert_eq!(sum, month(&pair.now) - month(&pair.before));
}

const ENDPOINTS: &str = "estate/private-endpoints.json";

/// What is imported later in more files, or in fewer, is the same estate: nothing has changed, whichever files were there before.
#[test]
fn files_that_are_missing_before_or_after_are_no_change() {
    let catalog = Catalog::bundled().unwrap();
    let mut subsets: Vec<Vec<&str>> = Vec::new();
    for one in ESTATE {
        subsets.push(vec![one]);
        subsets.push(ESTATE.into_iter().filter(|it| *it != one).collect());
        let mut two = vec!["estate/az-redis-list.json", one];
        two.dedup();
        subsets.push(two);
    }
    let (all, whole) = (facts(&ESTATE), estate(&ESTATE));
    for mut names in subsets {
        // Clusters of the fixture have none of the endpoints in the list of endpoints: it stands beside each of them.
        names.retain(|it| *it != ENDPOINTS);
        names.push(ENDPOINTS);
        let (less, part) = (facts(&names), estate(&names));
        for (before, now, facts) in [(&part, &whole, &all), (&whole, &part, &less)] {
            let found = drift(&kept(before), now, facts, &catalog);
            assert_eq!(found.changed, [], "{names:?}");
        }
    }
}

/// The list alone has the halves in the order of their ids, `pair-neu` first. The links that name `pair-weu` the primary are no failover; once
/// they were there, another primary is one.
#[test]
fn a_primary_that_no_file_had_shown_has_not_moved() {
    let catalog = Catalog::bundled().unwrap();
    let list = estate(&["estate/az-redis-list.json"]);
    let pair = list.planned.iter().find(|it| it.deployment.kind == Kind::Pair).unwrap();
    assert_eq!(pair.deployment.members[0].name, "pair-neu");
    let found = drift(&kept(&list), &estate(&ESTATE), &facts(&ESTATE), &catalog);
    assert_eq!(found.changed, []);
    assert!(found.first_said.contains(&"pair-weu and pair-neu".to_owned()), "{found:?}");
    let (moved, facts) = later(|name, text| match name {
        "estate/server-link-weu.json" => text.replace("\"Secondary\"", "\"Primary\""),
        "estate/server-link-neu.json" => text.replace("\"Primary\"", "\"Secondary\""),
        _ => text,
    });
    let found = drift(&kept(&estate(&ESTATE)), &moved, &facts, &catalog);
    let what = found.changed.iter().flat_map(|it| &it.changes).flat_map(|it| &it.what);
    assert!(what.into_iter().any(|it| matches!(it, What::Primary { .. })), "{:?}", found.changed);
}

/// A lone C1 that became a C3 is in no plan; its nodes are known before and now: 2 × 730 h at the list's prices.
#[test]
fn a_lone_cache_of_another_size_has_a_month_before_and_now() {
    let catalog = Catalog::bundled().unwrap();
    let (now, facts) = later(|name, text| {
        if name != "estate/az-redis-list.json" {
            return text;
        }
        let mut list: serde_json::Value = serde_json::from_str(&text).unwrap();
        let small = list.as_array_mut().unwrap().iter_mut().find(|it| it["name"] == "small").unwrap();
        small["sku"]["capacity"] = 3.into();
        list.to_string()
    });
    let found = drift(&kept(&estate(&ESTATE)), &now, &facts, &catalog);
    let [small] = &found.changed[..] else { panic!("{:?}", found.changed) };
    let region = &planned(&now, "small").draft.plan.regions[0].region;
    let nodes = |size: &str| {
        let amount = catalog.node_amount(&crate::catalog::SkuId::new(size), region).unwrap();
        Total::exactly(amount * rust_decimal::Decimal::from(2 * 730))
    };
    assert_eq!(small.changes[0].month, Some([nodes("Standard_C1"), nodes("Standard_C3")]));
}

/// A pair that is two caches, and a subscription of which nothing was imported.
#[test]
fn links_that_are_gone_and_lists_that_are_missing_are_told_apart() {
    let catalog = Catalog::bundled().unwrap();
    let before = kept(&estate(&ESTATE));
    let (now, facts) = later(|name, text| match name {
        "estate/az-redis-list.json" => {
            let mut list: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            for cache in &mut list {
                cache["linkedServers"] = serde_json::json!([]);
            }
            serde_json::Value::from(list).to_string()
        }
        name if name.contains("link") => String::new(),
        _ => text,
    });
    let drift_of = |before: &Portfolio| drift(before, &now, &facts, &catalog);
    let found = drift_of(&before);
    let alone: Vec<&Drifted> = found.changed.iter().filter(|it| it.name.starts_with("pair-")).collect();
    assert_eq!(alone.len(), 2);
    for it in alone {
        let links = it.changes.iter().find(|it| it.cause == Cause::Links).unwrap();
        let members = links.what.iter().find_map(|it| match it {
            What::Members { before, now } => Some((before.len(), now.len())),
            _ => None,
        });
        assert_eq!(members, Some((2, 1)), "{links:?}");
        assert!(links.what.iter().any(|it| matches!(it, What::Topology(Some(_), crate::model::Topology::Rebuild))));
    }
    assert_eq!((found.added.len(), found.removed.len()), (0, 0));
    // Another subscription than any file is of.
    let mut elsewhere = before.clone();
    let mut entry = (*elsewhere.entries[2]).clone();
    for (key, value) in &mut entry.tags {
        if key == "azure-subscription" {
            *value = "11111111-1111-1111-1111-111111111111".to_owned();
        }
    }
    for site in &mut entry.plan.site.regions {
        site.cache = site.cache.replace("00000000-0000-0000-0000-000000000000", "11111111-1111-1111-1111-111111111111");
    }
    elsewhere.entries = vec![Arc::new(entry)];
    let found = drift_of(&elsewhere);
    assert_eq!((found.removed.len(), &found.removed[0].listed, found.changed.len()), (1, &Listed::No, 0));
    let said = shown(since(&found, Currency::USD));
    assert!(said.contains("No whole list of its type and subscription is in the files"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// An import compared with itself has no change, and one with less files none beyond the caches that it misses.
    #[test]
    fn the_same_files_have_not_changed(picked in prop::sample::subsequence(super::order::all(), 1..=super::order::all().len())) {
        let catalog = Catalog::bundled().unwrap();
        let facts = facts(&picked);
        let estate = Estate::of(&facts, &catalog);
        let same = drift(&kept(&estate), &estate, &facts, &catalog);
        prop_assert_eq!((same.changed.len(), same.added.len(), same.removed.len()), (0, 0, 0), "{:#?}", same);
        prop_assert_eq!(same.same, estate.planned.len());
    }
}

/// A Reader of one subscription sees one member of the group, or the links of a pair alone: what the other half says is no change, and what the
/// first half says otherwise is one.
#[test]
fn what_a_half_known_deployment_says_later_is_no_change() {
    let catalog = Catalog::bundled().unwrap();
    let list = "estate/az-redisenterprise-list.json";
    let half = |change: &dyn Fn(&str, String) -> String| {
        later(|name, text| {
            let mut clusters: Vec<serde_json::Value> = match name {
                name if name == list => serde_json::from_str(&change(name, text)).unwrap(),
                _ => return String::new(),
            };
            clusters.retain(|it| it["name"] == "amr-weu");
            serde_json::Value::from(clusters).to_string()
        })
    };
    let (before, _) = half(&|_, text| text);
    assert_eq!(planned(&before, "orders").draft.plan.regions.len(), 1);
    let found = drift(&kept(&before), &estate(&[list]), &facts(&[list]), &catalog);
    assert_eq!(found.changed, []);
    assert_eq!(found.first_said, ["orders"]);
    let (other, facts_of_other) = later(|name, text| match name {
        name if name == list => text.replacen("\"NoEviction\"", "\"VolatileLRU\"", 1),
        _ => String::new(),
    });
    let found = drift(&kept(&before), &other, &facts_of_other, &catalog);
    let what: Vec<&What> = found.changed.iter().flat_map(|it| &it.changes).flat_map(|it| &it.what).collect();
    assert!(format!("{what:?}").to_lowercase().contains("eviction"), "{what:?}");

    let links = ["estate/server-link-weu.json", "estate/server-link-neu.json"];
    let all = ["estate/az-redis-list.json", links[0], links[1]];
    let before = estate(&links);
    let names = |it: &Estate| it.planned.iter().map(|it| it.draft.plan.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&before).len(), 1, "{:?}", names(&before));
    let found = drift(&kept(&before), &estate(&all), &facts(&all), &catalog);
    assert_eq!(found.changed, []);
}

/// Of a group of two one member is described: its nodes are a part of what runs, and its plan is of another design.
/// B20 in West Europe with high availability: 2 nodes × 730 h at the list's price.
#[test]
fn a_portfolio_calls_a_part_of_a_group_the_least() {
    let catalog = Catalog::bundled().unwrap();
    let (now, _) = later(|name, text| {
        if name != "estate/az-redisenterprise-list.json" {
            return String::new();
        }
        let mut clusters: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        clusters.retain(|it| it["name"] == "amr-weu");
        serde_json::Value::from(clusters).to_string()
    });
    let rows = portfolio::Rows::all(&kept(&now), &catalog).rows;
    let node = catalog.node_amount(&crate::catalog::SkuId::new("Balanced_B20"), &rows[0].entry.plan.regions[0].region);
    let month = crate::units::format::money(node.unwrap() * rust_decimal::Decimal::from(2 * 730), Currency::USD);
    let said = portfolio::totals(&rows).headline(Currency::USD).replace('\u{a0}', " ");
    assert!(
        said.ends_with(&format!(" 1 plan without a month: the nodes that run cost ≥ {month} a month.")),
        "{month} {said}"
    );
    let whole = portfolio::Rows::all(&kept(&estate(&["estate/az-redisenterprise-list.json"])), &catalog).rows;
    assert_eq!(portfolio::totals(&whole).others.parts_today, 0);
    assert!(whole.iter().all(|it| !it.is_part_today()));
}

/// Every metric a hundred-thousandth higher reads as before: nothing changed. An offset of 1.3 MB in place of 1 MB on each of three
/// shards, at the same lag, is told with both.
#[test]
fn a_change_that_nobody_sees_is_none_and_one_that_is_told_shows() {
    let catalog = Catalog::bundled().unwrap();
    let before = kept(&estate(&ESTATE));
    let (now, facts) = later(|name, text| {
        if !name.contains("metrics") {
            return text;
        }
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let metrics = file["value"].as_array_mut().unwrap().iter_mut();
        for metric in metrics.filter(|it| it["name"]["value"] != "connectedclients") {
            for point in
                metric["timeseries"].as_array_mut().unwrap().iter_mut().filter_map(|it| it["data"].as_array_mut())
            {
                for value in point.iter_mut().flat_map(|it| it.as_object_mut().unwrap().values_mut()) {
                    if let Some(figure) = value.as_f64() {
                        *value = (figure * 1.00001).into();
                    }
                }
            }
        }
        file.to_string()
    });
    assert!(now.planned[0].draft.plan.workload.writes != before.entries[0].plan.workload.writes);
    let found = drift(&before, &now, &facts, &catalog);
    assert_eq!(found.changed, []);
    let (now, facts) = later(|name, text| match name {
        "estate/metrics-pair-weu.json" => text.replace("\"maximum\": 1000000.0}", "\"maximum\": 1300000.0}"),
        _ => text,
    });
    let text = shown(since(&drift(&before, &now, &facts, &catalog), Currency::USD));
    let [old, new] = ["3 MB", "3.9 MB"].map(|it| format!("P95 2 s, at most 90 s, {it} behind at most"));
    assert!(text.contains(&old) && text.contains(&new) && text.contains("GeoReplicationDataSyncOffset"), "{text}");
}
