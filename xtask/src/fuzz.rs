//! `cargo xtask fuzz`: every reader under fire, by the harness of `dr-tests`, or by libFuzzer where there is one.

use crate::shell::{self, answer, cargo, command, root, say, target_dir};
use crate::{Outcome, tools};

/// What CI gives all targets together.
const CI_SECONDS: f64 = 60.0;
/// The number that CI's inputs are made from: a failure there comes back here.
const CI_NUMBER: u64 = 11;

/// What is asked for.
struct Wish {
    seconds: f64,
    number: u64,
    libfuzzer: bool,
    targets: Vec<String>,
}

/// `cargo xtask fuzz [--seconds N] [--number N] [--libfuzzer] [TARGET …]`.
///
/// # Errors
/// A wrong option, or a target that broke: the input is in `target/fuzz`.
pub fn run(arguments: &[String]) -> Outcome {
    let wish = read(arguments)?;
    if wish.libfuzzer { libfuzzer(&wish) } else { harness(&wish) }
}

/// The minute of CI.
///
/// # Errors
/// As [`run`].
pub fn minute() -> Outcome {
    harness(&Wish { seconds: CI_SECONDS, number: CI_NUMBER, libfuzzer: false, targets: Vec::new() })
}

fn read(arguments: &[String]) -> Outcome<Wish> {
    let mut wish = Wish { seconds: CI_SECONDS, number: CI_NUMBER, libfuzzer: false, targets: Vec::new() };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut figure = || words.next().ok_or_else(|| format!("`{word}` takes a number, as in `{word} 60`"));
        let wrong = |text: &String| format!("`{word} {text}`: enter a number above 0, as in `{word} 60`");
        match word.as_str() {
            "--seconds" => {
                let text = figure()?;
                let seconds: Option<f64> =
                    text.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds > 0.0);
                wish.seconds = seconds.ok_or_else(|| wrong(text))?;
            }
            "--number" => {
                let text = figure()?;
                wish.number = text.parse().map_err(|_| wrong(text))?;
            }
            "--libfuzzer" => wish.libfuzzer = true,
            option if option.starts_with("--") => {
                return Err(format!("`{option}` is no option of fuzz; `cargo xtask help` lists them"));
            }
            target => wish.targets.push(target.to_owned()),
        }
    }
    Ok(wish)
}

fn harness(wish: &Wish) -> Outcome {
    let folder = target_dir().join("fuzz-failures");
    let mut fuzz = cargo();
    fuzz.args(["run", "--quiet", "--profile", "fuzz", "--package", "dr-tests", "--bin", "fuzz", "--"]);
    fuzz.args([wish.seconds.to_string(), wish.number.to_string()]).arg(folder).args(&wish.targets);
    shell::run(&mut fuzz)
}

/// Coverage-guided, with a corpus that grows in `target/fuzz-corpus`.
fn libfuzzer(wish: &Wish) -> Outcome {
    if answer(command("cargo").args(["+nightly", "--version"])).is_none() {
        return Err(
            "libFuzzer needs a nightly compiler: rustup toolchain install nightly. Without it: cargo xtask fuzz"
                .to_owned(),
        );
    }
    tools::fuzz()?;
    let known = targets()?;
    let chosen: Vec<&String> =
        if wish.targets.is_empty() { known.iter().collect() } else { wish.targets.iter().collect() };
    for target in &chosen {
        say(&format!("libFuzzer: {target}"));
        let seconds = (wish.seconds / chosen.len() as f64).ceil();
        let corpus = target_dir().join("fuzz-corpus").join(target);
        std::fs::create_dir_all(&corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
        let mut fuzz = command("cargo");
        fuzz.args(["+nightly", "fuzz", "run", "--fuzz-dir", "tests/fuzz", "--target-dir"])
            .arg(target_dir().join("fuzz"));
        fuzz.arg(target).arg(corpus);
        fuzz.args(["--", &format!("-max_total_time={seconds}"), &format!("-seed={}", wish.number), "-timeout=20"]);
        shell::run(fuzz.env_remove("RUSTUP_TOOLCHAIN"))?;
    }
    Ok(())
}

fn targets() -> Outcome<Vec<String>> {
    let folder = root().join("tests/fuzz/fuzz_targets");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let stems = entries.flatten().filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()));
    let mut names: Vec<String> = stems.collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn options_are_read_or_refused() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let wish = read(&words("--seconds 5 plan --number 7 sheet")).unwrap();
        assert_eq!((wish.seconds, wish.number, wish.targets), (5.0, 7, words("plan sheet")));
        for wrong in ["--seconds", "--seconds none", "--seconds -1", "--seconds inf", "--number 1.5", "--fast"] {
            assert!(read(&words(wrong)).is_err_and(|said| said.contains('`')), "{wrong}");
        }
    }
}
