//! Sizes of files against their limits.

use super::format;
use crate::units::Bytes;

/// The size of what is larger than a limit, in as many digits as show that it is: "10.5 MB", "1,000,001 B" for a limit of
/// 1 MB.
#[must_use]
pub fn size_above(size: u64, most: usize) -> String {
    let short = |size: f64| format::bytes(Bytes::bytes(size));
    let rounded = short(size as f64);
    if rounded == short(most as f64) { format!("{}\u{a0}B", format::count(size as f64)) } else { rounded }
}

/// "This is no plan: it has 10.5 MB, and a plan has at most 1 MB. It was not read." `noun` is the kind with its article.
#[must_use]
pub fn too_large(noun: &str, size: u64, most: usize) -> String {
    let (size, most) = (size_above(size, most), format::bytes(Bytes::bytes(most as f64)).replace('\u{a0}', " "));
    let bare = noun.trim_start_matches("a ");
    format!("This is no {bare}: it has {size}, and {noun} has at most {most}. It was not read.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_above_its_limit_reads_as_above_it() {
        let cases = [(1_000_001, "1,000,001\u{a0}B"), (10_485_760, "10.5\u{a0}MB"), (1_004_000, "1,004,000\u{a0}B")];
        for (size, said) in cases {
            assert_eq!(size_above(size, 1_000_000), said);
        }
        let said = too_large("a plan", 10_485_760, 1_000_000).replace('\u{a0}', " ");
        assert_eq!(said, "This is no plan: it has 10.5 MB, and a plan has at most 1 MB. It was not read.");
    }
}
