//! `cargo xtask <command>`: the one command for building, serving and testing.

use std::process::ExitCode;
use xtask::{Outcome, bench, build, catalogue, finish, fuzz, laws, prices, serve, test};

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N]     install what is missing, build the page, serve it on this machine (port 8080 or the next free one)
  build                leave the page as a folder of static files in dist/, for any sub-path of any server
  test [STEP …]        every check, in order; or only the steps named:
                       fmt clippy deny native fuzz wasm catalogue build size browser
  test --keep-going    do not stop at the first step that fails
  bench                evaluation native and in Chromium, time to the first result, transfer size by file
  fuzz [TARGET …]      every reader under fire: --seconds N for all targets together (60), --number N for other inputs,
                       --libfuzzer where a nightly compiler is there
  laws [FILTER …]      the laws on other plans than CI draws: --rounds N, --number N for the first
  screenshot           pictures of every tab into target/screenshots; docs/screenshot.png and docs/estate.png for the README
  catalogue [--check]  make core/data/catalog.json from its sources, or only see that it is what they give
  prices [--file F]    fetch the Redis rows of the Retail Prices API and print which regional factors they change
  setup                only install what is missing (add `browser` for Chromium and its driver too)
  finish               after trunk: one style sheet, content security policy and offline list (trunk calls it)
  help                 this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let (command, rest) = arguments.split_first().map_or(("help", arguments), |(first, rest)| (first.as_str(), rest));
    match command {
        "serve" => serve::run(rest),
        "build" => build::run(),
        "test" => test::run(rest),
        "bench" => bench::run(),
        "screenshot" => test::screenshot(),
        "setup" => test::setup(rest),
        "catalogue" => catalogue::run(rest.iter().any(|word| word == "--check")),
        "prices" => prices::run(rest),
        "finish" => finish::run(),
        "fuzz" => fuzz::run(rest),
        "laws" => laws::run(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    }
}
