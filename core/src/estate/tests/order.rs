//! Files come in any order, and some of them may be missing.

use super::*;
use crate::portfolio;
use proptest::prelude::*;

/// Tables of metrics, events by the minute, and what was paid.
const MORE: [&str; 8] = [
    "code/bicep-build.parameters.json",
    "metrics/azure-metrics-solo.csv",
    "metrics/portal-chart-solo.csv",
    "metrics/full-sync-pair.json",
    "metrics/outage-group.json",
    "metrics/amr-instances.json",
    "costs/focus-november.csv",
    "costs/cost-details-november.csv",
];

/// Descriptions of one cache of two days.
const DATED: [&str; 4] = [
    "disputes/dated-new.json",
    "disputes/dated-old.json",
    "disputes/offset-right.json",
    "disputes/sets-left-other.json",
];

pub(super) fn all() -> Vec<&'static str> {
    [&ESTATE[..], &CODE[..], &MORE[..], &super::disputes::DISPUTES[..], &DATED[..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any subset in any order, under any names, some of them twice, gives one portfolio, and none of its plans is refused.
    #[test]
    fn any_order_of_any_subset_gives_the_same_portfolio(
        picked in prop::sample::subsequence(all(), 0..=all().len()),
        order in Just((0..all().len()).collect::<Vec<_>>()).prop_shuffle(),
        twice in prop::collection::vec(0..40_usize, 0..4),
    ) {
        let catalog = Catalog::bundled().unwrap();
        let made = |files: Vec<(String, Vec<u8>)>| {
            let read = read(files);
            prop_assert!(read.unread.iter().all(|it| it.contains("which is read once") || it.contains("parameter file")), "{:?}", read.unread);
            let estate = Estate::of(&read.facts, &catalog);
            Ok((portfolio::write(&estate.portfolio()), estate, read.facts))
        };
        let mut shuffled: Vec<(String, Vec<u8>)> = Vec::new();
        for at in order.iter().filter(|at| **at < picked.len()) {
            shuffled.push((format!("{}.json", shuffled.len()), bytes(picked[*at])));
        }
        for at in twice.into_iter().filter(|at| *at < picked.len()) {
            // The same bytes, and the same document in other letters; a table has no other.
            let bytes = bytes(picked[at]);
            let mut spaced = bytes.clone();
            spaced.extend(b"\n  \n");
            shuffled.push((format!("again {}", shuffled.len()), bytes));
            if picked[at].rsplit_once('.').is_some_and(|(_, kind)| kind == "json") {
                shuffled.insert(0, (format!("0 spaced {}", shuffled.len()), spaced));
            }
        }
        let (text, estate, facts) = made(files(&picked))?;
        let (other, _, again) = made(shuffled)?;
        prop_assert_eq!(&text, &other);
        prop_assert_eq!(&facts, &again);
        let back = portfolio::read(&text).unwrap();
        prop_assert_eq!(back.broken.len(), 0, "{:?}", back.broken);
        prop_assert_eq!(back.entries, estate.portfolio().entries);
        // Each imported cache is in exactly one deployment.
        let known = estate.planned.iter().flat_map(|it| &it.deployment.members).filter(|it| it.is_known);
        let mut keys: Vec<&String> = known.map(|it| &it.key).collect();
        keys.sort();
        prop_assert_eq!(keys, facts.caches.keys().collect::<Vec<_>>());
    }

    /// What one file says and what the same entries say in several is the same.
    #[test]
    fn a_file_in_pieces_is_the_file(cuts in prop::collection::vec(0..2_usize, 3)) {
        for name in ["estate/az-redis-list.json", "estate/az-redisenterprise-list.json"] {
            let list: Vec<serde_json::Value> = serde_json::from_slice(&bytes(name)).unwrap();
            let mut pieces = vec![Vec::new(); 3];
            for (entry, at) in list.iter().zip(&cuts) {
                pieces[*at].push(entry.clone());
            }
            let pieces = pieces.into_iter().enumerate().filter(|(_, it)| !it.is_empty());
            let pieces = pieces.map(|(at, it)| (at.to_string(), serde_json::Value::from(it).to_string().into_bytes()));
            // But for the lists: each piece is one of its own.
            let said = |facts: Facts| Facts { lists: facts::lists::Lists::default(), ..facts };
            prop_assert_eq!(said(read(pieces.collect()).facts), said(facts(&[name])));
        }
    }
}
