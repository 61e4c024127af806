//! Mathematics without a domain: the normal distribution, spreads, evenly spread trials, bands and order.

pub mod bands;
pub mod lattice;
mod normal;
pub mod order;
pub mod sample;
pub mod spread;
