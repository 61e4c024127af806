//! Files as they are dropped on the page, from their bytes to what leaves it: no secret, no name in a link, a sentence for each that is bad.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::jobs::Reply;
use dr_core::portfolio::{Portfolio, Rows, aliases, read, write};
use dr_core::report::estate::{ImportOptions, Imported, Listing, import};
use dr_core::report::json::evaluation_json;
use dr_core::report::portfolio::csv;
use dr_core::report::views::Subject;
use dr_tests::CATALOG;
use dr_tests::estate::{PLANTED, SUBSCRIPTION, files_of_secrets, invented, with_secrets};
use proptest::prelude::*;
use std::time::Instant;

/// The whole answer, as the worker sends it.
fn answer(files: Vec<(String, Vec<u8>)>) -> String {
    let mut found = None;
    let given = files.into_iter().map(|(name, bytes)| (name, Ok(bytes))).collect();
    import(given, &ImportOptions::default(), &mut |reply| found = Some(reply));
    let Some(Reply::Found(text)) = found else { panic!("an answer") };
    text
}

fn estate(text: &str) -> (Listing, Portfolio) {
    let (listing, portfolio) = Imported::from_text(text).unwrap().estate.unwrap();
    (listing, read(&portfolio).unwrap())
}

/// The letters that a link holds, out of their packing.
fn unpacked(link: &str) -> String {
    codec::to_json(&codec::from_fragment(link).unwrap())
}

#[test]
fn planted_secrets_are_in_nothing_that_leaves_the_page() {
    let mut files = files_of_secrets();
    files.push(with_secrets());
    let text = answer(files);
    let (listing, portfolio) = estate(&text);
    assert_eq!(listing.deployments.len(), 2);
    assert!(listing.not_read.iter().any(|it| it.starts_with("keys.json: ")), "{:?}", listing.not_read);
    let (currency, rows) = (CATALOG.currency(), Rows::all(&portfolio, &CATALOG).rows);
    let mut out = vec![
        text,
        write(&portfolio),
        csv(&rows, currency),
        listing.document(&[0, 1], &rows, currency).csv(),
        listing.told(false),
        format!("{:?}", listing.details(0)),
    ];
    for entry in &portfolio.entries {
        out.push(unpacked(&codec::to_fragment(&entry.plan)));
        let evaluation = evaluate(&entry.plan, &CATALOG);
        out.push(evaluation_json(Subject { plan: &entry.plan, catalog: &CATALOG, evaluation: &evaluation }));
    }
    assert!(out.iter().all(|text| !text.is_empty()));
    for text in out {
        let found = text.find(PLANTED).map(|at| text[at.saturating_sub(80)..at + 10].to_owned());
        assert_eq!(found, None);
    }
}

/// Law: a link without names holds no id, subscription, resource group nor cache of the import, and opens.
#[test]
fn links_of_imported_plans_hold_no_name() {
    let (listing, portfolio) = estate(&answer(invented().into_iter().take(3).collect()));
    let aliases = aliases([&portfolio]);
    let subscription = SUBSCRIPTION.rsplit('/').next().unwrap();
    for (entry, deployed) in portfolio.entries.iter().zip(&listing.deployments) {
        let mut plan = entry.plan.clone();
        plan.story.summary = format!("{} in rg of {SUBSCRIPTION}/resourceGroups/rg", deployed.name);
        let text = unpacked(&codec::to_fragment(&aliases.in_plan(&plan))).to_ascii_lowercase();
        let mut names =
            vec![subscription.to_owned(), "/resourcegroups".to_owned(), " rg ".to_owned(), deployed.name.clone()];
        names.extend(entry.tag("azure-cache").unwrap().split(' ').map(|name| format!("{name} ")));
        for name in names.into_iter().filter(|name| name.len() > 2) {
            assert!(!text.contains(&name), "{name} in {text}");
        }
    }
}

#[test]
fn every_bad_file_has_its_sentence_and_the_rest_is_read() {
    let mut files: Vec<(String, Vec<u8>)> = invented().into_iter().take(3).collect();
    let caches = files[0].1.clone();
    let bad: [(&str, Vec<u8>); 7] = [
        ("same.json", caches.clone()),
        ("cut.json", caches[..caches.len() / 2].to_vec()),
        ("deep.json", "[".repeat(100_000).into_bytes()),
        ("empty.json", Vec::new()),
        ("large.json", vec![b' '; 64_000_001]),
        ("picture.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("text.txt", b"hello".to_vec()),
    ];
    files.extend(bad.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())));
    let text = answer(files.clone());
    let (listing, portfolio) = estate(&text);
    assert_eq!((listing.deployments.len(), portfolio.entries.len()), (120, 120));
    let said = |name: &str| listing.not_read.iter().filter(|it| it.starts_with(&format!("{name}: "))).count();
    for (name, _) in &bad {
        assert_eq!(said(name), 1, "{name} of {:?}", listing.not_read);
    }
    files.reverse();
    assert_eq!(answer(files), text, "no order of files changes anything");
}

/// Printed, and never asserted: a month of metrics with `ESTATE_DAYS=30`.
#[test]
fn two_hundred_caches_from_files_to_table() {
    let files = invented();
    let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let begun = Instant::now();
    let text = answer(files);
    let read_in = begun.elapsed();
    let (listing, portfolio) = estate(&text);
    let opened = begun.elapsed();
    let rows = Rows::all(&portfolio, &CATALOG).rows;
    println!(
        "{} MB: answer of {} kB {read_in:?}, opened {opened:?}, priced {:?}",
        size / 1_000_000,
        text.len() / 1_000,
        begun.elapsed()
    );
    // What the browser keeps of it has at most two million characters.
    let kept = listing.to_text().len();
    println!("kept: {} kB", kept / 1_000);
    assert!(kept < 2_000_000, "{kept}");
    let caches: usize = listing.deployments.iter().map(|it| it.caches.len()).sum();
    assert_eq!((caches, rows.len(), listing.not_read.len()), (200, 120, 0));
    assert!(listing.summary.starts_with("200 caches: 60 pairs"), "{}", listing.summary);
}

/// The fixtures that are dropped together in a browser: names and bytes.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/estate");
    let all = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<_> =
        all.map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&it).unwrap())).collect();
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Cut and damaged files among whole ones: nothing panics, and each file is read, opened as something else, or named.
    #[test]
    fn damaged_files_among_whole_ones_lose_none(
        which in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..8_u8), 1..4),
    ) {
        let mut files = fixtures();
        for (file, end, at, bit) in which {
            let bytes = &mut files[file.index(10)].1;
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
                bytes.truncate(end.index(bytes.len()) + 1);
            }
        }
        let imported = Imported::from_text(&answer(files.clone())).unwrap();
        if let Some((listing, portfolio)) = imported.estate {
            let portfolio = read(&portfolio).unwrap();
            let entries: Vec<usize> = listing.deployments.iter().filter_map(|it| it.entry).collect();
            prop_assert_eq!(entries, (0..portfolio.entries.len()).collect::<Vec<_>>());
        } else {
            prop_assert_eq!(imported.others, (0..files.len()).collect::<Vec<_>>());
        }
    }
}
