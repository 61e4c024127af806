//! Lists of a file's length: each bench has its input twice and four times, and the growth is printed behind the figures. Twice the
//! input takes about twice the time; a list that is searched for each of its entries takes four times. Printed, never asserted.
#![allow(clippy::expect_used)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::import::retail;
use dr_core::import::series::read_series;
use dr_core::plan::Plan;
use dr_core::portfolio::{self, Row, Rows};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What is read, by name: an input of some size, and what the program does with it.
const CASES: [(&str, usize, Make); 6] = [
    ("portfolio of plans", 1_000, plans),
    ("tags that no two plans share", 500, tags),
    ("one entry of many regions", 5_000, regions),
    ("pages of a price sheet", 10_000, pages),
    ("rows of a price sheet", 5_000, rows),
    ("samples of a series", 20_000, series),
];

type Make = fn(usize) -> Work;
/// Bytes of the input, and the work on it.
type Work = (usize, Box<dyn Fn() -> usize>);

fn main() {
    divan::main();
    println!("\nTwice the input takes so many times as long:");
    for (name, size, make) in CASES {
        let [once, twice, four] = [1, 2, 4].map(|times| shortest(&make(size * times).1));
        let growth = |less: Duration, more: Duration| more.as_secs_f64() / less.as_secs_f64();
        println!(
            "  {name}: {once:.1?}, {twice:.1?} (× {:.2}), {four:.1?} (× {:.2})",
            growth(once, twice),
            growth(twice, four)
        );
    }
}

/// Of five runs.
fn shortest(work: &dyn Fn() -> usize) -> Duration {
    let timed = || {
        let begin = Instant::now();
        black_box(work());
        begin.elapsed()
    };
    (0..5).map(|_| timed()).min().unwrap_or_default()
}

fn names() -> Vec<String> {
    let sizes = |(name, size, _): (&str, usize, Make)| [1, 2, 4].map(|times| format!("{name}: {}", size * times));
    CASES.into_iter().flat_map(sizes).collect()
}

#[divan::bench(args = names(), sample_count = 5, sample_size = 1)]
fn list_of_a_files_length(bencher: Bencher, name: &str) {
    let (case, size) = name.split_once(": ").expect("a name with its size");
    let (.., make) = CASES.into_iter().find(|(name, ..)| *name == case).expect("a case");
    let (bytes, work) = make(size.parse().expect("a size"));
    bencher.counter(BytesCount::new(bytes)).bench_local(work);
}

fn on(text: String, read: impl Fn(&str) -> usize + 'static) -> Work {
    (text.len(), Box::new(move || read(black_box(&text))))
}

fn portfolio_of(entry: impl Fn(usize) -> String, count: usize) -> String {
    let entries: Vec<String> = (0..count).map(entry).collect();
    format!("{{\"portfolio\":1,\"plans\":[{}]}}", entries.join(","))
}

fn plans(count: usize) -> Work {
    let entry = |at: usize| {
        format!(r#"{{"tags":{{"team":"{}"}},"plan":{{"name":"Plan {at}","workload":{{"writes":{at}}}}}}}"#, at % 20)
    };
    on(portfolio_of(entry, count), |text| portfolio::read(text).expect("a portfolio").entries.len())
}

/// Read, shared out by every key and written in every format; the plans are all alike, so that evaluating them is not in it.
fn tags(count: usize) -> Work {
    let entry = |at: usize| {
        let mut tags = String::new();
        for tag in 0..50 {
            let _ = write!(tags, "{}\"k{at}-{tag}\":\"\"", if tag > 0 { "," } else { "" });
        }
        format!("{{\"tags\":{{{tags}}},\"plan\":{{}}}}")
    };
    let catalog = Catalog::bundled().expect("the bundled catalogue");
    let one = portfolio::read(&portfolio_of(entry, 1)).expect("a portfolio");
    let row = Rows::all(&one, &catalog).rows.remove(0);
    on(portfolio_of(entry, count), move |text| {
        let all = portfolio::read(text).expect("a portfolio");
        let rows: Vec<Row> = all.entries.iter().map(|entry| Row { entry: entry.clone(), ..row.clone() }).collect();
        let currency = catalog.currency();
        dr_core::report::portfolio::document(&all, &rows, &catalog).plain().len()
            + dr_core::report::portfolio::csv(&rows, currency).len()
            + dr_core::report::portfolio::json(&rows, currency).len()
    })
}

fn regions(count: usize) -> Work {
    let list: Vec<String> = (0..count).map(|at| format!(r#"{{"region":"r{at}","users":0,"writes":0}}"#)).collect();
    let text = format!("{{\"v\":1,\"regions\":[{}]}}", list.join(","));
    on(text, |text| usize::from(codec::from_json(text).is_err()))
}

fn sheet(text: String) -> Work {
    let catalog = Catalog::bundled().expect("the bundled catalogue");
    let start = Plan::default().horizon.start;
    on(text, move |text| usize::from(retail::read(text, &catalog, start).is_ok()))
}

fn pages(count: usize) -> Work {
    let mut text = String::new();
    for at in 0..count {
        let _ = writeln!(text, "{{\"Items\":[],\"NextPageLink\":\"https://x?q={at}&$skip=1\"}}");
    }
    sheet(text)
}

/// Rows in many currencies, each with a tier of its own.
fn rows(count: usize) -> Work {
    let row = |at: usize| {
        let letter = |at: usize| ["A", "B", "C", "D", "E", "F", "G", "H"][at % 8];
        let (price, code) = (at % 97 + 1, [letter(at), letter(at / 8), letter(at / 64)].concat());
        format!(
            r#"{{"currencyCode":"{code}","retailPrice":0.{price:02},"tierMinimumUnits":{at},"armRegionName":"eastus","meterName":"Standard Inter-Region Data Transfer","productName":"Rtn Preference: MGN","skuName":"Standard","unitOfMeasure":"1 GB","type":"Consumption"}}"#
        )
    };
    let list: Vec<String> = (0..count).map(row).collect();
    sheet(format!("{{\"Items\":[{}],\"NextPageLink\":null}}", list.join(",")))
}

fn series(count: usize) -> Work {
    let mut text = String::from("time,writes/s\n");
    for at in 0..count {
        let _ = writeln!(text, "{},{}", at * 60, at % 1_000);
    }
    on(text, |text| read_series(text).map_or(0, |series| series.samples.len()))
}
