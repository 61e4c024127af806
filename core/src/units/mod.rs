//! Quantities with their units in the type: `Bytes::gb(26.0)`, `rate.as_mbit_per_s()`.
//!
//! Only operators with meaning exist: a rate times a time is bytes, bytes times bytes does not compile. GB is 10⁹ bytes, GiB
//! 2³⁰; Azure's sizes are GB (53 GB in 5–10 minutes is the published figure).

pub(crate) mod calendar;
mod date;
mod figure;
pub mod file_size;
mod fingerprint;
mod float;
pub mod format;
pub mod lines;
mod money;
pub mod names;
mod parse;
mod quantity;
pub mod quote;
mod range;
mod sentence;
pub mod sorted;
mod write;

pub use date::{Date, DateError};
pub use fingerprint::fingerprint;
pub use float::float;
pub use money::{Currency, Money, UnitPrice};
pub use parse::{Dimension, ReadError, read, read_money, read_price};
pub use quantity::{Bytes, BytesPerSec, OpsPerSec, Ratio, Secs};
pub use range::{Range, RangeError};
pub(crate) use sentence::sentence_error;
pub use write::{grouped, plain};

/// Hours in a billing month (the cloud's own convention: 8,760 h a year ÷ 12).
///
/// Source: facts README, "A month is 730 h".
pub const HOURS_PER_MONTH: u32 = 730;
/// Hours in a billing year, 8,760.
pub const HOURS_PER_YEAR: u32 = HOURS_PER_MONTH * 12;
/// Seconds in a billing month.
pub const SECS_PER_MONTH: f64 = HOURS_PER_MONTH as f64 * SECS_PER_HOUR;
/// Seconds in an hour.
pub const SECS_PER_HOUR: f64 = 3_600.0;
/// Seconds in a day.
pub const SECS_PER_DAY: f64 = 24.0 * SECS_PER_HOUR;
/// Seconds in a year of 365 days.
pub const SECS_PER_YEAR: f64 = 365.0 * SECS_PER_DAY;
