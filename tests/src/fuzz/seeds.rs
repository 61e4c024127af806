//! Inputs to start from: the files that ship and the fixtures, so that a mutation is close to something that is accepted.

use crate::{CATALOG, fixtures, presets, root};
use dr_core::codec;
use dr_core::import::retail;
use dr_core::jobs::{Job, Reply};
use dr_core::plan::{FIELDS, Plan};
use dr_core::stats::sample::{Progress, Sampling};
use std::path::Path;

/// Larger files are left out: a mutation of one is slow and says nothing new.
const MOST_BYTES: u64 = 200_000;

/// Every file below a folder, in a fixed order.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| if path.is_dir() { files(path) } else { file(path).into_iter().collect() }).collect()
}

fn file(path: &Path) -> Option<Vec<u8>> {
    let small = path.metadata().is_ok_and(|data| data.len() <= MOST_BYTES);
    small.then(|| std::fs::read(path).ok()).flatten()
}

/// Fixtures that are no plan, no sheet and no snapshot: whatever people drop.
fn dropped() -> Vec<Vec<u8>> {
    files(&root().join("tests/fixtures"))
}

fn all_plans() -> Vec<Plan> {
    presets().into_iter().chain(fixtures()).map(|(_, plan)| plan).chain([Plan::default()]).collect()
}

pub(super) fn plans() -> Vec<Vec<u8>> {
    let mut all = dropped();
    all.extend(all_plans().iter().map(|plan| codec::to_json(plan).into_bytes()));
    all.push(br#"{"v":1,"name":"Orders"}"#.to_vec());
    all
}

pub(super) fn fragments() -> Vec<Vec<u8>> {
    all_plans().iter().map(|plan| format!("#{}", codec::to_fragment(plan)).into_bytes()).collect()
}

pub(super) fn portfolios() -> Vec<Vec<u8>> {
    let mut all = files(&root().join("public/portfolios"));
    all.push(
        br#"{"portfolio":1,"plans":[{"tags":{"team":"a"},"topology":"active","plan":{"name":"A"}},7,{"plan":{}}]}"#
            .to_vec(),
    );
    all
}

pub(super) fn sheets() -> Vec<Vec<u8>> {
    files(&root().join("tests/fixtures/sheets"))
}

pub(super) fn persisted_sheets() -> Vec<Vec<u8>> {
    let texts = sheets();
    let read = texts.iter().filter_map(|text| {
        let text = std::str::from_utf8(text).ok()?;
        retail::read(text, &CATALOG, Plan::default().horizon.start).ok()
    });
    read.map(|sheet| retail::persisted(&sheet, &CATALOG).into_bytes()).collect()
}

pub(super) fn series() -> Vec<Vec<u8>> {
    let own = [
        "time,writes/s\n0,100\n60,300\n120,200\n",
        "Timestamp;Schreibvorgänge (1/s)\n2026-10-01T00:00:00Z;1,5\n2026-10-01T01:00:00Z;2,5\n",
        "\"TimeGenerated [UTC]\",Total\n\"10/1/2026, 12:00:00.000 AM\",1200\n\"10/1/2026, 12:01:00.000 AM\",1300\n",
        r#"{"value":[{"name":{"value":"setcommands"},"unit":"Count","timeseries":[{"data":[{"timeStamp":"2026-10-01T00:00:00Z","total":120.0},{"timeStamp":"2026-10-01T00:01:00Z","total":180.0}]}]}],"interval":"PT1M","namespace":"Microsoft.Cache/Redis"}"#,
    ];
    own.iter().map(|text| text.as_bytes().to_vec()).chain(dropped()).collect()
}

pub(super) fn jobs() -> Vec<Vec<u8>> {
    let sampling = Sampling { seed: 1, trials: 1_000 };
    let jobs = all_plans()
        .into_iter()
        .map(|plan| Job::RecoveryTimes { plan: Box::new(plan), prices: None, sampling }.to_json().into_bytes());
    let replies = [
        Reply::Progress(Progress { done: 1, trials: 2 }),
        Reply::Partial(vec![1.0, 2.5]),
        Reply::Done(vec![f64::NAN]),
        Reply::Refused("No.".to_owned()),
    ];
    jobs.chain(replies.map(|reply| reply.to_json().into_bytes())).collect()
}

pub(super) fn quantities() -> Vec<Vec<u8>> {
    let plan = Plan::default();
    let shown =
        FIELDS.iter().filter_map(|field| (field.get)(&plan).map(|value| (field.edit_text(value), field.print(value))));
    let mut all: Vec<Vec<u8>> = shown.flat_map(|(edit, print)| [edit.into_bytes(), print.into_bytes()]).collect();
    all.extend(
        ["5,000", "1.5k/s", "1,5", "12 GB", "1 h 30 min", "$5,000", "1e3", "0.999 years"]
            .map(|text| text.as_bytes().to_vec()),
    );
    all
}
