//! `cargo xtask fuzz` on the pinned compiler: every target for some seconds, its inputs made from a number.
#![allow(clippy::expect_used, reason = "a harness that lacks its arguments must fail loudly")]

use dr_tests::fuzz::mutate::Mutator;
use dr_tests::fuzz::{TARGETS, Target};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// An input that takes longer than this has hung.
const HUNG: Duration = Duration::from_secs(20);

/// What became of one target.
struct Outcome {
    inputs: u64,
    slowest: Duration,
    failure: Option<(Vec<u8>, String)>,
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let mut next =
        |what: &str| words.next().unwrap_or_else(|| panic!("usage: fuzz SECONDS NUMBER FOLDER [TARGET …]: no {what}"));
    let seconds: f64 = next("seconds").parse().expect("seconds");
    let number: u64 = next("number").parse().expect("a whole number");
    let folder = PathBuf::from(next("folder"));
    let names: Vec<String> = words.collect();
    let chosen: Vec<Target> =
        TARGETS.into_iter().filter(|target| names.is_empty() || names.iter().any(|name| name == target.name)).collect();
    // What a panic says is kept by the harness; a million lines of it help nobody.
    panic::set_hook(Box::new(|_| {}));
    println!("{:<12} {:>10} {:>12} {:>14}", "target", "inputs", "a second", "slowest, ms");
    let time = Duration::from_secs_f64(seconds / chosen.len().max(1) as f64);
    let failed = chosen.iter().filter(|target| !under_fire(**target, time, number, &folder)).count();
    println!("fuzz: {} passed, {failed} failed", chosen.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// True when the target held.
fn under_fire(target: Target, time: Duration, number: u64, folder: &Path) -> bool {
    let outcome = watched(target, time, number);
    let rate = outcome.inputs as f64 / time.as_secs_f64();
    println!("{:<12} {:>10} {rate:>12.0} {:>14.0}", target.name, outcome.inputs, outcome.slowest.as_secs_f64() * 1e3);
    let Some((input, message)) = outcome.failure else { return true };
    let small = smallest(target, input);
    let file = folder.join(format!("{}-{number}.input", target.name));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, &small));
    println!(
        "  ✕ {message}\n  {} bytes {}",
        small.len(),
        written.map_or_else(|error| error.to_string(), |()| format!("in {}", file.display()))
    );
    println!("  {:?}", String::from_utf8_lossy(&small[..small.len().min(300)]));
    false
}

/// Fires in a thread of its own, so that an input that hangs is seen.
fn watched(target: Target, time: Duration, number: u64) -> Outcome {
    let (tell, hear) = mpsc::channel();
    thread::spawn(move || fire(target, time, number, &tell));
    let mut outcome = Outcome { inputs: 0, slowest: Duration::ZERO, failure: None };
    let mut last = Vec::new();
    loop {
        match hear.recv_timeout(HUNG) {
            Ok(Told::Begins(input)) => last = input,
            Ok(Told::Ended(took, None)) => {
                outcome.inputs += 1;
                outcome.slowest = outcome.slowest.max(took);
            }
            Ok(Told::Ended(_, Some(message))) => return Outcome { failure: Some((last, message)), ..outcome },
            Err(mpsc::RecvTimeoutError::Disconnected) => return outcome,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let message = format!("no end after {} s", HUNG.as_secs());
                return Outcome { failure: Some((last, message)), ..outcome };
            }
        }
    }
}

enum Told {
    Begins(Vec<u8>),
    Ended(Duration, Option<String>),
}

fn fire(target: Target, time: Duration, number: u64, tell: &mpsc::Sender<Told>) {
    let mut mutator = Mutator::new((target.seeds)(), number);
    let end = Instant::now() + time;
    while Instant::now() < end {
        let input = mutator.next_input();
        let start = Instant::now();
        if tell.send(Told::Begins(input.clone())).is_err() {
            return;
        }
        let failure = broken(target, &input);
        let stop = failure.is_some();
        if tell.send(Told::Ended(start.elapsed(), failure)).is_err() || stop {
            return;
        }
    }
}

/// What the target says when it panics on an input.
fn broken(target: Target, input: &[u8]) -> Option<String> {
    let panic = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input))).err()?;
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).or_else(|| Some("a panic".to_owned()))
}

/// A shorter input that still breaks the target: pieces are left out as long as it does, for ten seconds at most.
fn smallest(target: Target, mut input: Vec<u8>) -> Vec<u8> {
    let end = Instant::now() + Duration::from_secs(10);
    let mut piece = input.len() / 2;
    while piece > 0 && Instant::now() < end {
        let mut at = 0;
        while at < input.len() && Instant::now() < end {
            let shorter = [&input[..at], &input[(at + piece).min(input.len())..]].concat();
            if broken(target, &shorter).is_some() {
                input = shorter;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    input
}
