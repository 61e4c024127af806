//! The shares of its usable memory at which a cache warns, evicts and refuses: model, rules, texts and charts read them here.

use crate::units::Ratio;

/// The share at which memory alerts fire (D17), and at which they are to be set.
pub const ALERT: Ratio = Ratio::percent(75.0);
/// The share from which eviction begins (R4).
pub const EVICTION: Ratio = Ratio::percent(80.0);
/// The share at which writes are refused and sync stops (R1, P1).
pub const FULL: Ratio = Ratio::ONE;
