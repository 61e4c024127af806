//! The shares of its usable memory at which a cache warns, evicts and refuses: model, rules, texts and charts read them here.

use crate::units::Ratio;

/// The share at which memory alerts fire (D17), and at which they are to be set.
pub const ALERT: Ratio = Ratio::percent(75.0);
/// The share from which eviction begins (R4).
pub const EVICTION: Ratio = Ratio::percent(80.0);
/// The share at which writes are refused and sync stops (R1, P1).
pub const FULL: Ratio = Ratio::ONE;

#[cfg(test)]
mod tests {
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
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let found = literal.iter().find(|literal| line.contains(*literal));
                assert_eq!(found, None, "{}: {line}", path.display());
            }
        }
    }
}
