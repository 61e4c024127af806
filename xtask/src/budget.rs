//! What a first visit transfers, compressed as a good server does, against the limit.

use crate::build::{dist, files};
use crate::{Outcome, shell};
use std::fs;
use std::path::Path;

/// Most that wasm, scripts and styles of a first visit may weigh in brotli (quality 11), in bytes.
pub const LIMIT: usize = 230 * 1024;

/// One file of the page.
pub struct Weight {
    /// Path in `dist/`.
    pub name: String,
    /// Bytes on disk.
    pub raw: usize,
    /// Bytes in brotli 11.
    pub packed: usize,
}

/// Prints the weight of every file of a first visit, and holds them to the limit.
///
/// # Errors
/// They weigh more than [`LIMIT`] together.
pub fn run() -> Outcome {
    let total = print()?;
    if total <= LIMIT {
        Ok(())
    } else {
        Err(format!("the page weighs {total} bytes in brotli, over the limit of {LIMIT}"))
    }
}

/// Prints the weight of every file of a first visit, and gives their sum.
///
/// # Errors
/// As [`weigh`].
pub fn print() -> Outcome<usize> {
    let weights = weigh()?;
    let total: usize = weights.iter().map(|weight| weight.packed).sum();
    println!("{:<52} {:>10} {:>10}", "first visit", "bytes", "brotli 11");
    for weight in &weights {
        println!("{:<52} {:>10} {:>10}", weight.name, weight.raw, weight.packed);
    }
    println!("{:<52} {:>10} {total:>10}  of {LIMIT} allowed", "together", "");
    for file in files(&dist()).iter().filter(|file| comes_later(file)) {
        let later = weight(&dist(), file)?;
        println!("{:<52} {:>10} {:>10}  after the first paint", later.name, later.raw, later.packed);
    }
    Ok(total)
}

/// Weighs wasm, scripts and styles, the heaviest first.
///
/// # Errors
/// A file cannot be read, or there is no page.
pub fn weigh() -> Outcome<Vec<Weight>> {
    let folder = dist();
    let counted = files(&folder).into_iter().filter(|file| counts(file) && !comes_later(file));
    let mut weights = counted.map(|file| weight(&folder, &file)).collect::<Outcome<Vec<_>>>()?;
    if weights.is_empty() {
        return Err("dist/ is empty: cargo xtask build".to_owned());
    }
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.packed));
    shell::say(&format!("{} files of the first visit weighed", weights.len()));
    Ok(weights)
}

fn counts(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    matches!(ending, "wasm" | "js" | "css" | "html")
}

/// The second part of the wasm is not asked for before the page has shown its first result.
fn comes_later(file: &Path) -> bool {
    file.to_string_lossy().ends_with(crate::split::page::LATER)
}

fn weight(folder: &Path, file: &Path) -> Outcome<Weight> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned();
    Ok(Weight { name, raw: bytes.len(), packed: packed(&bytes)? })
}

fn packed(bytes: &[u8]) -> Outcome<usize> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).map_err(|error| format!("brotli: {error}"))?;
    Ok(out.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_weighs_little_and_noise_all_of_it() {
        assert!(packed(&[7; 10_000]).unwrap() < 50);
        let noise: Vec<u8> = (0..4096_u32).flat_map(|n| sha(n).into_iter()).collect();
        assert!(packed(&noise).unwrap() >= noise.len());
    }

    fn sha(n: u32) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        Sha256::digest(n.to_le_bytes()).into()
    }
}
