//! What others' files say: price sheets, estates, metrics. Bytes in, typed values with remarks out; nothing is guessed.
//!
//! Every file goes the same way on the page and in the terminal: [`text::read`] makes text of its bytes, [`kind::of`] says
//! what it is, and the reader of that kind takes it; what nobody reads gets one sentence.

pub mod kind;
pub(crate) mod metrics;
pub mod open;
pub mod retail;
pub mod series;
pub(crate) mod table;
pub mod text;
pub mod words;
