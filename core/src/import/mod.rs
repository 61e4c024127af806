//! Files of others: price sheets, series of metrics. Bytes in, typed values with remarks out; nothing is guessed.
//!
//! [`text::read`] decodes a file, [`kind::of`] recognises it by content, and the reader of that kind takes it.

pub(crate) mod costs;
pub mod dates;
pub mod drill_log;
pub mod kind;
pub(crate) mod metrics;
pub mod open;
pub(crate) mod place;
pub mod retail;
pub(crate) mod secret;
pub(crate) mod separators;
pub mod series;
pub(crate) mod table;
pub mod text;
pub(crate) mod transcript;
pub mod words;
