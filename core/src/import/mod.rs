//! What others' files say: price sheets, estates, metrics. Text in, typed values with remarks out; nothing is guessed.

pub mod retail;
pub mod series;
