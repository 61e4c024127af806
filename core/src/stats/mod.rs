//! Mathematics without a domain: normal distribution, spreads, samples, bands, order.

pub mod bands;
pub mod lattice;
mod normal;
pub mod order;
pub mod sample;
pub mod spread;
