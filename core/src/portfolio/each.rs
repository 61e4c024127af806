//! The same for each entry: one after the other, or on all cores where the feature `parallel` is on.

use super::Entry;
use std::sync::Arc;

/// What a function gives for each entry, in the order of the entries. Entries have nothing in common, so that the order in
/// which they are evaluated changes no bit.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Send>(entries: &[Arc<Entry>], of: impl Fn(&Arc<Entry>) -> T + Sync + Send) -> Vec<T> {
    use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
    entries.par_iter().map(of).collect()
}

/// What a function gives for each entry, in the order of the entries.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T: Send>(entries: &[Arc<Entry>], of: impl Fn(&Arc<Entry>) -> T + Sync + Send) -> Vec<T> {
    entries.iter().map(of).collect()
}
