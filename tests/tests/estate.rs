//! An invented estate of two hundred caches, from files to the table: all of it is read, and in how long.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::Catalog;
use dr_core::estate::{Estate, Kind, read};
use dr_core::portfolio::Rows;
use dr_core::report::estate::Answer;
use dr_tests::estate::invented;
use std::time::Instant;

#[test]
fn two_hundred_caches_with_their_metrics() {
    let files = invented();
    let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let begun = Instant::now();
    let read = read(files);
    let parsed = begun.elapsed();
    let catalog = Catalog::bundled().unwrap();
    let estate = Estate::of(&read.facts, &catalog);
    let planned = begun.elapsed();
    let rows = Rows::all(&estate.portfolio(), &catalog);
    let text = Answer::new(&read, &estate, &rows, &catalog).document(false).plain();
    println!("{} MB: read {parsed:?}, planned {planned:?}, table {:?}", size / 1_000_000, begun.elapsed());
    assert_eq!((read.unread, read.facts.caches.len()), (Vec::new(), 200));
    let of = |kind| estate.planned.iter().filter(|it| it.deployment.kind == kind).count();
    assert_eq!([of(Kind::Pair), of(Kind::Group), of(Kind::Alone)], [60, 10, 50]);
    for planned in &estate.planned {
        let measured = |field| planned.draft.evidence.iter().any(|it| it.field == field);
        assert!(
            measured("workload.writes") && measured("workload.reads") && measured("workload.connections"),
            "{}",
            planned.draft.plan.name
        );
    }
    assert!(text.contains("200 caches: 60 pairs, 10 groups and 50 caches alone."), "{}", &text[..600]);
}
