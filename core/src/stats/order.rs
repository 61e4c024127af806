//! Order of short lists.
//!
//! The standard library's sort is made for lists of any length, and each kind of list that uses it adds three kilobytes to
//! the page. Lists of a plan have dozens of entries: an insertion sort puts them in order as well.

use std::cmp::Ordering;

/// Longest list for [`sort_few`].
pub const FEW: usize = 1_000;

/// Sorts a short list in place and keeps the order of equals. Quadratic: for lists of a plan or a chart, at most [`FEW`] entries. A
/// list whose length a file decides is for `sort_by`, a map or a set; tests stop at a longer one.
pub fn sort_few<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    debug_assert!(list.len() <= FEW, "{} entries are not few", list.len());
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && compare(&list[at], &list[at - 1]).is_lt() {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// The quantile of sorted values, between neighbours where it falls between them (the definition of Hyndman & Fan 7).
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some((below, part)) = place(sorted.len(), share) else { return f64::NAN };
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * part
}

/// The place of the last value that is not beyond a share, and how far it is from there to the next; `None` without values.
pub(crate) fn place(count: usize, share: f64) -> Option<(usize, f64)> {
    let last = count.checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the last place")]
    let below = (libm::floor(place) as usize).min(last);
    Some((below, place - below as f64))
}

#[cfg(test)]
mod tests {
    use super::sort_few;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(list: Vec<(u8, u8)>) {
            let (mut few, mut standard) = (list.clone(), list);
            sort_few(&mut few, |a, b| a.0.cmp(&b.0));
            standard.sort_by_key(|entry| entry.0);
            prop_assert_eq!(few, standard);
        }
    }
}
