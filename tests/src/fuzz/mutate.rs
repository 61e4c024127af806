//! Inputs near to those that are known: bytes changed by `mutatis`, and texts joined, cut and filled with words that readers trip over.

use mutatis::Session;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// What breaks readers: edges of numbers, signs of other languages, quotes, and starts of other formats.
const WORDS: [&str; 40] = [
    "0",
    "-1",
    "1e308",
    "1e-308",
    "NaN",
    "Infinity",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\\u0000",
    "\u{feff}",
    "\u{202e}",
    "99999999999999999999999999999",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "18446744073709551616",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "```",
    "~~~",
    "|",
    "<script>",
    "=1+1",
    "@x",
    "'",
    "$(x)",
    "\u{a0}",
    "\u{202f}",
    "1,000",
    "1.000.000",
    "\"v\":2,",
    "\"v\":1,",
    "PT1M",
    "2026-02-30",
    "−",
];

/// A stream of inputs made from seeds; the same number gives the same stream.
pub struct Mutator {
    seeds: Vec<Vec<u8>>,
    random: TestRng,
    session: Session,
}

impl Mutator {
    /// A stream of a number.
    #[must_use]
    pub fn new(seeds: Vec<Vec<u8>>, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&number.to_le_bytes());
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &key);
        Self { seeds, random, session: Session::new().seed(number) }
    }

    /// The next input.
    pub fn next_input(&mut self) -> Vec<u8> {
        let at = self.below(self.seeds.len());
        let mut input = self.seeds.get(at).cloned().unwrap_or_default();
        for _ in 0..=self.below(4) {
            self.change(&mut input);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        match self.below(8) {
            0 => input.truncate(self.place(input)),
            1 => self.insert_word(input),
            2 => self.replace_number(input),
            3 => self.splice(input),
            4 => self.repeat(input),
            5 => self.remove(input),
            // It changes one place by one of its own ways; what it cannot change stays.
            _ => drop(self.session.mutate(input)),
        }
    }

    fn insert_word(&mut self, input: &mut Vec<u8>) {
        let (at, word) = (self.place(input), WORDS[self.below(WORDS.len())]);
        input.splice(at..at, word.bytes());
    }

    /// A run of digits becomes another word.
    fn replace_number(&mut self, input: &mut Vec<u8>) {
        let from = self.place(input);
        let Some(start) = input[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else { return };
        let length = input[start..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let word = WORDS[self.below(WORDS.len())];
        input.splice(start..start + length, word.bytes());
    }

    /// A piece of another seed comes in.
    fn splice(&mut self, input: &mut Vec<u8>) {
        let at = self.below(self.seeds.len());
        let other = self.seeds.get(at).cloned().unwrap_or_default();
        let (from, into) = (self.place(&other), self.place(input));
        let to = (from + self.below(200)).min(other.len());
        input.splice(into..into, other[from..to].iter().copied());
    }

    fn repeat(&mut self, input: &mut Vec<u8>) {
        let from = self.place(input);
        let piece = input[from..(from + self.below(100)).min(input.len())].repeat(1 + self.below(20));
        input.splice(from..from, piece);
    }

    fn remove(&mut self, input: &mut Vec<u8>) {
        let from = self.place(input);
        let to = (from + self.below(40)).min(input.len());
        input.drain(from..to);
    }

    fn place(&mut self, input: &[u8]) -> usize {
        self.below(input.len() + 1)
    }

    /// A whole number from 0 to one below `end`; 0 for 0.
    fn below(&mut self, end: usize) -> usize {
        use proptest::prelude::Rng;
        if end == 0 { 0 } else { usize::try_from(self.random.next_u64() % end as u64).unwrap_or(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::Mutator;

    #[test]
    fn the_same_number_gives_the_same_inputs_and_another_gives_others() {
        let inputs = |number| {
            let mut mutator = Mutator::new(vec![b"{\"a\": 12}".to_vec(), b"time,writes/s\n0,1\n".to_vec()], number);
            (0..200).map(|_| mutator.next_input()).collect::<Vec<_>>()
        };
        assert_eq!(inputs(1), inputs(1));
        assert_ne!(inputs(1), inputs(2));
        let different: std::collections::HashSet<_> = inputs(3).into_iter().collect();
        assert!(different.len() > 150, "{} different of 200", different.len());
    }
}
