//! The shares of its usable memory at which a cache warns, evicts and refuses: model, rules, texts and charts read them here.

use super::fit::skew;
use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};

/// The share at which memory alerts fire (D17), and at which they are to be set.
pub const ALERT: Ratio = Ratio::percent(75.0);
/// The share from which eviction begins (R4).
pub const EVICTION: Ratio = Ratio::percent(80.0);
/// The share at which writes are refused and sync stops (R1, G1).
pub const FULL: Ratio = Ratio::ONE;

/// The bytes that wait for the fullest shard of a pair when it is late by `target`: `stream × φ ÷ shards × target` (M-04), at least 1 B.
///
/// `GeoReplicationDataSyncOffset` is measured shard by shard (M1): held against the whole stream, a pair of three shards would be told
/// of after 164 s instead of 60 s.
#[must_use]
pub fn late_shard(plan: &Plan, stream: BytesPerSec, shards: u32, target: Secs) -> Bytes {
    let part = skew(plan, shards) / f64::from(shards.max(1));
    (stream * target * part).max(Bytes::bytes(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                files(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }

    /// P3 × 3, 10,085,760 B/s, RPO 60 s (review, F12): × 1.1 ÷ 3 are 221,886,720 B, which the fullest shard has after 60 s. The whole
    /// stream's 605,145,600 B it would have after 164 s.
    #[test]
    fn a_shard_is_late_by_its_own_share_of_the_stream() {
        let (plan, stream) = (Plan::default(), BytesPerSec::bytes_per_s(10_085_760.0));
        let found = late_shard(&plan, stream, 3, Secs::secs(60.0));
        assert!((found.as_bytes() - 221_886_720.0).abs() < 1.0, "{found:?}");
        let whole = stream * Secs::secs(60.0);
        assert!(((whole / found) * 60.0 - 163.6).abs() < 0.1);
        // A single shard has all of it, however uneven shards would be.
        assert_eq!(late_shard(&plan, stream, 1, Secs::secs(60.0)), whole);
        assert_eq!(late_shard(&plan, BytesPerSec::ZERO, 0, Secs::secs(60.0)), Bytes::bytes(1.0));
    }

    /// No other file writes the alert's or the eviction's figure out, in a text or as a share.
    #[test]
    fn the_figures_stand_in_one_file() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        for place in ["core/src", "app/src", "cli/src"] {
            files(&root.join(place), &mut found);
        }
        assert!(found.len() > 200, "{}", found.len());
        let literal = ["75 %", "75\u{a0}%", "75%", "> 75", "80 %", "80\u{a0}%", "80%", "fraction(0.8)"];
        for path in found.iter().filter(|path| !path.ends_with("model/thresholds.rs")) {
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            // A load of processors is no share of memory.
            let counts = |line: &&str| !line.trim_start().starts_with("//") && !line.contains("server load");
            for line in code.lines().filter(counts) {
                let found = literal.iter().find(|literal| line.contains(*literal));
                assert_eq!(found, None, "{}: {line}", path.display());
            }
        }
    }
}
