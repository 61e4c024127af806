//! `cargo xtask test`: every check in order, with the time each took.

use crate::shell::{self, cargo, root, say, target_dir};
use crate::{Outcome, browser, budget, build, laws, tools};
use std::process::Command;
use std::time::{Duration, Instant};

type Step = (&'static str, fn() -> Outcome);

const STEPS: [Step; 10] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("deny", deny),
    ("native", native),
    ("fuzz", crate::fuzz::minute),
    ("wasm", wasm),
    ("catalogue", || crate::catalogue::run(true)),
    ("build", build::run_if_changed),
    ("size", size),
    ("browser", browser_tests),
];

/// Runs the steps named, or all; stops at the first that fails unless told `--keep-going`.
///
/// # Errors
/// An unknown step, or a step that failed: the summary above says which.
pub fn run_steps(names: &[&str], keep_going: bool) -> Outcome {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|(known, _)| known != *name)) {
        let known: Vec<_> = STEPS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no step `{unknown}`; the steps are {}", known.join(", ")));
    }
    let mut results = Vec::new();
    for (name, step) in STEPS.iter().filter(|(name, _)| names.is_empty() || names.contains(name)) {
        say(name);
        let start = Instant::now();
        let outcome = step();
        if let Err(sentence) = &outcome {
            eprintln!("xtask: {name}: {sentence}");
        }
        results.push((*name, outcome.is_ok(), start.elapsed()));
        if outcome.is_err() && !keep_going {
            break;
        }
    }
    summary(&results)
}

/// `cargo xtask test [--keep-going] [STEP …]`.
///
/// # Errors
/// As [`run_steps`].
pub fn run(arguments: &[String]) -> Outcome {
    let (flags, names): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|word| word.starts_with("--"));
    match flags.iter().find(|flag| **flag != "--keep-going") {
        Some(unknown) => Err(format!("`{unknown}` is no option of test; `cargo xtask help` lists them")),
        None => run_steps(&names, !flags.is_empty()),
    }
}

/// `cargo xtask setup [browser]`.
///
/// # Errors
/// Something cannot be installed.
pub fn setup(arguments: &[String]) -> Outcome {
    tools::for_build()?;
    if arguments.iter().any(|word| word == "browser") {
        browser::ensure()?;
        tools::axe()?;
    }
    say("everything is in place");
    Ok(())
}

/// `cargo xtask screenshot`: the README's pictures.
///
/// # Errors
/// The build or the browser fails.
pub fn screenshot() -> Outcome {
    build::run_if_changed()?;
    let mut pictures = browser_command("pictures::")?;
    pictures.env("DR_README_PICTURE", root().join("docs/screenshot.png"));
    pictures.env("DR_README_ESTATE", root().join("docs/estate.png"));
    shell::run(&mut pictures)
}

fn summary(results: &[(&str, bool, Duration)]) -> Outcome {
    let total: Duration = results.iter().map(|(_, _, time)| *time).sum();
    println!("\n{:<12} {:<8} {:>9}", "step", "result", "time");
    for (name, passed, time) in results {
        println!("{name:<12} {:<8} {:>7.1} s", if *passed { "✓ passed" } else { "✕ failed" }, time.as_secs_f64());
    }
    println!("{:<12} {:<8} {:>7.1} s", "together", "", total.as_secs_f64());
    let failed: Vec<_> = results.iter().filter(|(_, passed, _)| !passed).map(|(name, ..)| *name).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

fn fmt() -> Outcome {
    shell::run(cargo().args(["fmt", "--all", "--check"]))
        .map_err(|error| format!("{error}. Mend it with: cargo fmt --all"))
}

/// The program of this machine, then that of the page: what only the page compiles is found before the long steps.
fn clippy() -> Outcome {
    shell::run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    tools::wasm_target()?;
    let page = ["clippy", "--package", "dr-app", "--target", tools::WASM_TARGET, "--lib", "--bins"];
    shell::run(cargo().args(page).args(["--test", "wasm", "--", "-D", "warnings"]))
}

/// Licences, sources and versions always; advisories where their database can be reached.
fn deny() -> Outcome {
    tools::deny()?;
    shell::run(cargo().args(["deny", "--offline", "check", "licenses", "bans", "sources"]))?;
    if shell::run_quietly(cargo().args(["deny", "fetch", "db"])).is_err() {
        say("the database of advisories cannot be reached from here: advisories are not checked");
        return Ok(());
    }
    shell::run(cargo().args(["deny", "check", "advisories"]))
}

/// The laws work a plan out thousands of times: the core optimised a little takes minutes less to test than more to compile. What a person
/// compiles again and again stays as it is.
pub(crate) const QUICK: [&str; 2] = ["--config", "profile.dev.package.dr-core.opt-level=1"];

/// The number that CI's laws draw their plans from: a commit passes everywhere or nowhere. `cargo xtask laws` draws others.
const CI_NUMBER: u64 = 11;

fn native() -> Outcome {
    let mut test = cargo();
    test.args(QUICK).args(["test", "--workspace", "--no-fail-fast"]);
    if std::env::var_os(laws::NUMBER).is_none() {
        test.env(laws::NUMBER, CI_NUMBER.to_string());
    }
    shell::run(&mut test)
}

/// The wasm tests run in Node and compare with the terminal program, built before.
fn wasm() -> Outcome {
    tools::for_wasm_tests()?;
    let mut test = cargo();
    test.args(["test", "--package", "dr-app", "--target", tools::WASM_TARGET, "--test", "wasm"]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    shell::run(test.env("DR_CLI", terminal()?).env("DR_ROOT", root()))
}

fn size() -> Outcome {
    build::run_if_changed()?;
    budget::run()
}

fn browser_tests() -> Outcome {
    build::run_if_changed()?;
    shell::run(&mut browser_command("")?)
}

/// The browser tests whose name holds `filter`, told where everything is.
fn browser_command(filter: &str) -> Outcome<Command> {
    let installed = browser::ensure()?;
    let mut test = cargo();
    test.args(QUICK);
    test.args(["test", "--package", "dr-tests", "--test", "browser", "--", "--ignored", "--test-threads=1", filter]);
    test.env("DR_DIST", build::dist()).env("DR_AXE", tools::axe()?).env("DR_CLI", terminal()?);
    test.env("DR_PICTURES", target_dir().join("screenshots"));
    test.env("DR_CHROMEDRIVER", installed.driver);
    Ok(test)
}

/// The terminal program, built.
fn terminal() -> Outcome<std::path::PathBuf> {
    shell::run(cargo().args(QUICK).args(["build", "--quiet", "--package", "dr-cli"]))?;
    Ok(target_dir().join("debug/dr-planner"))
}
