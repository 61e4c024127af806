//! Mathematics without a domain: normal distribution, spreads, samples, bands, order, lines.

pub mod bands;
pub mod lattice;
pub mod line;
mod normal;
pub mod order;
pub mod sample;
pub mod spread;
mod student;
