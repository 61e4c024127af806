//! What `explore` finds, in words: bands of the bill, the nearest edges of a choice, what to measure first.

pub mod bill_bands;
pub mod break_even;
pub mod sensitivity;
