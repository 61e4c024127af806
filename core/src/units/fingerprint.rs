//! A number by which two texts are told apart.

use fnv::FnvHasher;
use std::hash::Hasher;

/// 64-bit FNV-1a of a text: equal texts have the same. No protection against who wants two to be alike.
#[must_use]
pub fn fingerprint(text: &str) -> u64 {
    let mut hash = FnvHasher::default();
    hash.write(text.as_bytes());
    hash.finish()
}

#[cfg(test)]
mod tests {
    /// Values of the FNV-1a reference.
    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(super::fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(super::fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
