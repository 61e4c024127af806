//! The figure around a chart, and its drawing on a canvas; how a chart is drawn stands in [`dr_core::draw`].

mod figure;
#[cfg(test)]
mod tests;

pub use figure::{Figure, FigureProps, figure, table_view};
