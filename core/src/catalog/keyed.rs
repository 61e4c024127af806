//! Values by key in one sorted list: the standard maps weigh more in the page, once for every type of value.

/// Entries in the order of their keys, each key once.
#[derive(Debug, Clone)]
pub(crate) struct Keyed<K, V>(Vec<(K, V)>);

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Keyed<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// Puts a value at a key, and gives the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => self.0.get_mut(at).map(|entry| std::mem::replace(&mut entry.1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// The value at a key, put there if there is none.
    pub(crate) fn or_insert(&mut self, key: K, value: V) -> &mut V {
        let at = self.place(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, value));
            at
        });
        &mut self.0[at].1
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use super::Keyed;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// The standard map is the reference.
        #[test]
        fn as_the_standard_map(entries in prop::collection::vec((0_u8..20, 0_u8..9, any::<bool>()), 0..60)) {
            let (mut keyed, mut map) = (Keyed::default(), BTreeMap::new());
            for (key, value, replace) in entries {
                if replace {
                    prop_assert_eq!(keyed.insert(key, value), map.insert(key, value));
                } else {
                    prop_assert_eq!(keyed.or_insert(key, value), map.entry(key).or_insert(value));
                }
            }
            for key in 0..20 {
                prop_assert_eq!(keyed.get(&key), map.get(&key));
            }
        }
    }
}
