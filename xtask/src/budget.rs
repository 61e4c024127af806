//! What comes over the line until the first result, compressed as a good server does, against the limit.

use crate::Outcome;
use crate::build::{dist, files};
use crate::packing::{BEST, packed, ready};
use std::fs;
use std::path::Path;

/// Most that may come until the first result can be used (wasm, scripts, styles, page) in brotli (quality 11), in bytes.
pub const LIMIT: usize = 600_000;
/// What the page should come down to.
pub const GOAL: usize = 450_000;

/// Scripts that the page asks for when it stands: the offline copy, long work.
const LATER: [&str; 2] = ["sw.js", "worker.js"];

/// One file of the page.
pub struct Weight {
    /// Path in `dist/`.
    pub name: String,
    /// Bytes on disk.
    pub raw: usize,
    /// Bytes in brotli 11.
    pub packed: usize,
}

/// Prints the weight of every file, and holds those that a first result needs to the limit.
///
/// # Errors
/// Those weigh more than [`LIMIT`] together.
pub fn run() -> Outcome {
    let total = print()?;
    if total <= LIMIT {
        Ok(())
    } else {
        Err(format!("a first result needs {total} bytes in brotli, over the limit of {LIMIT}"))
    }
}

/// Prints the weight of every file, and gives the sum of those that a first result needs.
///
/// # Errors
/// A file cannot be read, or there is no page.
pub fn print() -> Outcome<usize> {
    let (first, rest): (Vec<Weight>, Vec<Weight>) = weigh()?.into_iter().partition(|weight| comes_first(&weight.name));
    table("until the first result", &first);
    println!("{:<52} {:>10} {:>10}  of {LIMIT} allowed, {GOAL} are the goal", "together", sum(&first).0, sum(&first).1);
    table("afterwards", &rest);
    let (raw, packed) = (sum(&first).0 + sum(&rest).0, sum(&first).1 + sum(&rest).1);
    println!("{:<52} {raw:>10} {packed:>10}", "the whole, as the offline copy has it");
    Ok(sum(&first).1)
}

fn table(title: &str, weights: &[Weight]) {
    println!("{title:<52} {:>10} {:>10}", "bytes", "brotli 11");
    for weight in weights {
        println!("{:<52} {:>10} {:>10}", weight.name, weight.raw, weight.packed);
    }
}

fn sum(weights: &[Weight]) -> (usize, usize) {
    weights.iter().fold((0, 0), |(raw, packed), weight| (raw + weight.raw, packed + weight.packed))
}

/// Weighs every file, the heaviest first.
///
/// # Errors
/// A file cannot be read, or there is no page.
pub fn weigh() -> Outcome<Vec<Weight>> {
    let folder = dist();
    let mut weights = files(&folder).iter().map(|file| weight(&folder, file)).collect::<Outcome<Vec<_>>>()?;
    if weights.is_empty() {
        return Err("dist/ is empty: cargo xtask build".to_owned());
    }
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.packed));
    Ok(weights)
}

fn comes_first(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    matches!(ending, "wasm" | "js" | "css" | "html") && !LATER.contains(&name) && !name.contains("-later-")
}

fn weight(folder: &Path, file: &Path) -> Outcome<Weight> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned();
    let packed = ready(file).map_or_else(|| packed(&bytes, BEST), Ok)?;
    Ok(Weight { name, raw: bytes.len(), packed: packed.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_page_asks_for_itself_comes_first() {
        let names =
            ["index.html", "styles-0.css", "a_bg.wasm", "a.js", "a-later-0.wasm", "sw.js", "worker.js", "plans/a.json"];
        let first: Vec<_> = names.into_iter().filter(|name| comes_first(name)).collect();
        assert_eq!(first, ["index.html", "styles-0.css", "a_bg.wasm", "a.js"]);
    }
}
