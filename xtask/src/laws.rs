//! `cargo xtask laws`: the laws on other plans than CI draws.

use crate::shell::{self, cargo, say};
use crate::{Outcome, test};

/// What proptest takes its number from.
pub(crate) const NUMBER: &str = "PROPTEST_RNG_SEED";

/// What is asked for.
struct Wish {
    rounds: u64,
    number: u64,
    filter: Vec<String>,
}

/// `cargo xtask laws [--rounds N] [--number N] [FILTER …]`: the tests whose name holds a filter, round after round, each round with a number
/// of its own; stops at the first that fails, which the same number brings back.
///
/// # Errors
/// A wrong option, or a law that does not hold.
pub fn run(arguments: &[String]) -> Outcome {
    let wish = read(arguments)?;
    for number in (wish.number..).take(usize::try_from(wish.rounds).unwrap_or(usize::MAX)) {
        say(&format!("laws, with number {number}"));
        let mut round = cargo();
        round.args(test::QUICK).args([
            "test",
            "--package",
            "dr-core",
            "--package",
            "dr-tests",
            "--lib",
            "--test",
            "cases",
            "--",
        ]);
        round.args(&wish.filter).env(NUMBER, number.to_string());
        shell::run(&mut round)
            .map_err(|error| format!("{error}; again with: cargo xtask laws --rounds 1 --number {number}"))?;
    }
    Ok(())
}

fn read(arguments: &[String]) -> Outcome<Wish> {
    let mut wish = Wish { rounds: 1, number: 1, filter: Vec::new() };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let figure = match word.as_str() {
            "--rounds" => &mut wish.rounds,
            "--number" => &mut wish.number,
            option if option.starts_with("--") => {
                return Err(format!("`{option}` is no option of laws; `cargo xtask help` lists them"));
            }
            filter => {
                wish.filter.push(filter.to_owned());
                continue;
            }
        };
        let given = words.next().and_then(|text| text.parse().ok());
        *figure = given.ok_or_else(|| format!("`{word}` takes a whole number, as in `{word} 10`"))?;
    }
    Ok(wish)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_asked_for_is_read() {
        let of = |text: &str| read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let wish = of("--rounds 10 search --number 7 choice").unwrap();
        assert_eq!((wish.rounds, wish.number), (10, 7));
        assert_eq!(wish.filter, ["search", "choice"]);
        for wrong in ["--rounds", "--rounds many", "--number -1", "--seed 3"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
