//! Sorting with one sort in the program: of each kind of element the library's own would bring 4 KB to the page.

use std::cmp::Ordering;

/// Puts elements in order; of equals the first stays first, as with `slice::sort_by`. Their places are sorted, then each is swapped to its own.
pub fn sort_by<T>(all: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let places = places(all.len(), &|a, b| compare(&all[a], &all[b]));
    for (at, place) in places.iter().enumerate() {
        let mut from = *place;
        // What stood there was swapped away before.
        while from < at {
            from = places[from];
        }
        all.swap(at, from);
    }
}

/// The same by a key.
pub fn sort_by_key<T, K: Ord>(all: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(all, |a, b| key(a).cmp(&key(b)));
}

/// Of each place in order the one that its element comes from.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// As the library sorts: equals, told apart by their second half, stay in their order.
        #[test]
        fn it_is_the_librarys_stable_sort(keys in prop::collection::vec(0..8_u8, 0..60)) {
            let all: Vec<(u8, usize)> = keys.into_iter().enumerate().map(|(at, key)| (key, at)).collect();
            let (mut own, mut library) = (all.clone(), all);
            sort_by_key(&mut own, |it| it.0);
            library.sort_by_key(|it| it.0);
            prop_assert_eq!(own, library);
        }
    }
}
