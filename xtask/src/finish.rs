//! What trunk leaves undone: one style sheet of many, the hash of the inline boot script in the page's policy, and the service worker's list.

use crate::build::files;
use crate::{Outcome, sheets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Stands in `app/index.html` until the hashes are known.
const BOOT_HASH: &str = "'sha256-boot'";
/// Stand in `public/sw.js` until the files are known.
const BUILD_MARK: &str = "\"build-id\"";
const FILES_MARK: &str = "[/* files of the build */]";

/// Finishes the folder that trunk is about to move to `dist/`.
///
/// # Errors
/// A file or a place to fill in is not there.
pub fn run() -> Outcome {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = staging.ok_or("`finish` is called by trunk, which names the folder in TRUNK_STAGING_DIR")?;
    sheets::join(&folder)?;
    policy(&folder.join("index.html"))?;
    offline(&folder)
}

fn policy(page: &Path) -> Outcome {
    let html = read(page)?;
    let hashes: Vec<_> = inline_scripts(&html).map(hash).collect();
    if hashes.is_empty() || !html.contains(BOOT_HASH) {
        return Err("index.html has no inline boot script, or no place for its hash".to_owned());
    }
    write(page, &html.replace(BOOT_HASH, &hashes.join(" ")))
}

/// The text of every script that stands in the page itself.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

fn hash(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// Writes what belongs to the page, and a version that changes with any byte of it, into the service worker.
fn offline(folder: &Path) -> Outcome {
    let worker = folder.join("sw.js");
    let text = read(&worker)?;
    if !text.contains(BUILD_MARK) || !text.contains(FILES_MARK) {
        return Err("sw.js has no place for the build's version and files".to_owned());
    }
    let mut digest = Sha256::new_with_prefix(&text);
    let mut names = vec!["./".to_owned()];
    for file in files(folder) {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if name != "sw.js" && name != "index.html" {
            names.push(name.clone());
        }
        digest.update(name.as_bytes());
        digest.update(fs::read(&file).unwrap_or_default());
    }
    let id = format!("{:x}", digest.finalize());
    let list = serde_json::to_string_pretty(&names).map_err(|error| error.to_string())?;
    write(&worker, &text.replace(BUILD_MARK, &format!("{:?}", &id[..16])).replace(FILES_MARK, &list))
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected value: `printf %s 'alert(1)' | openssl dgst -sha256 -binary | base64`.
    #[test]
    fn only_inline_scripts_are_hashed() {
        let html = r#"<script src="boot.js" defer></script><script type="module">alert(1)</script>"#;
        let hashes: Vec<_> = inline_scripts(html).map(hash).collect();
        assert_eq!(hashes, ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]);
    }

    #[test]
    fn the_sources_hold_the_places_to_fill() {
        let worker = fs::read_to_string(crate::shell::root().join("public/sw.js")).unwrap();
        assert_eq!(worker.matches(BUILD_MARK).count(), 1);
        assert_eq!(worker.matches(FILES_MARK).count(), 1);
        let page = fs::read_to_string(crate::shell::root().join("app/index.html")).unwrap();
        assert_eq!(page.matches(BOOT_HASH).count(), 1);
    }
}
