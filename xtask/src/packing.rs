//! Brotli, as a host with files packed beforehand sends them: made once a build, measured by the budget, sent by the site.

use crate::build::files;
use crate::shell::target_dir;
use crate::site::is_hashed;
use crate::{Outcome, shell};
use std::fs;
use std::path::{Path, PathBuf};

/// The quality of what is packed beforehand.
pub const BEST: i32 = 11;
/// The quality of what is packed while a visitor waits.
pub const QUICK: i32 = 5;

/// Packs a text or a program.
///
/// # Errors
/// None that is known; the packer may refuse.
pub fn packed(bytes: &[u8], quality: i32) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).map_err(|error| format!("brotli: {error}"))?;
    Ok(out)
}

/// What is kept of a file whose name tells what it holds.
#[must_use]
pub fn ready(file: &Path) -> Option<Vec<u8>> {
    let name = file.file_name()?.to_str().filter(|name| is_hashed(name))?;
    fs::read(folder().join(format!("{name}.br"))).ok()
}

/// Packs every file of a built page whose name tells what it holds, and forgets those of the build before.
///
/// # Errors
/// A file cannot be read or written.
pub fn pack(page: &Path) -> Outcome {
    let folder = folder();
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for file in files(page) {
        let Some(name) = file.file_name().and_then(|name| name.to_str()).filter(|name| is_hashed(name)) else {
            continue;
        };
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        shell::write(&folder.join(format!("{name}.br")), &packed(&bytes, BEST)?)?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    target_dir().join("packed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_weighs_little_and_noise_all_of_it() {
        assert!(packed(&[7; 10_000], BEST).unwrap().len() < 50);
        let noise: Vec<u8> = (0..4096_u32).flat_map(|n| sha(n).into_iter()).collect();
        assert!(packed(&noise, BEST).unwrap().len() >= noise.len());
    }

    fn sha(n: u32) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        Sha256::digest(n.to_le_bytes()).into()
    }
}
