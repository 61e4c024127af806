//! What trunk leaves undone: names that tell what files hold, one style sheet of many, the script that starts the program and its hash in the page's
//! policy, the build's version, and the service worker's list.

use crate::build::files;
use crate::shell::{read, root, write};
use crate::{Outcome, boot, naming, notices, parts, sheets};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Stands in `app/index.html` until the hashes are known.
const BOOT_HASH: &str = "'sha256-boot'";
/// Stands in `app/index.html` and `public/sw.js` until the files are known.
const BUILD_MARK: &str = "\"build-id\"";
/// Stands in `public/sw.js` for them.
const FILES_MARK: &str = "{/* files of the build */}";

/// Finishes the folder that trunk is about to move to `dist/`.
///
/// # Errors
/// A file or a place to fill in is not there.
pub fn run() -> Outcome {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = staging.ok_or("`finish` is called by trunk, which names the folder in TRUNK_STAGING_DIR")?;
    parts::cut(&folder)?;
    naming::by_content(&folder)?;
    sheets::join(&folder)?;
    let page = folder.join("index.html");
    let html = boot::install(&read(&page)?, &read(&root().join("app/boot.js"))?)?;
    write(&page, policy(&html)?.as_bytes())?;
    offline(&folder)?;
    // After the list: nobody reads them without a network.
    notices::write(&folder)
}

/// The page with the hashes of its own scripts in its policy.
fn policy(html: &str) -> Outcome<String> {
    let hashes: Vec<_> = inline_scripts(html).map(hash).collect();
    if hashes.is_empty() || !html.contains(BOOT_HASH) {
        return Err("index.html has no inline boot script, or no place for its hash".to_owned());
    }
    Ok(html.replace(BOOT_HASH, &hashes.join(" ")))
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

/// Writes a version that changes with any byte of the build into the page and the service worker, and what belongs to
/// the build, each file with its digest, into the worker.
fn offline(folder: &Path) -> Outcome {
    let (worker, page) = (folder.join("sw.js"), folder.join("index.html"));
    let (text, html) = (read(&worker)?, read(&page)?);
    if !html.contains(BUILD_MARK) || !text.contains(BUILD_MARK) || !text.contains(FILES_MARK) {
        return Err("index.html or sw.js has no place for the build's version, or sw.js none for its files".to_owned());
    }
    let mut digest = Sha256::new();
    let mut list = serde_json::Map::new();
    for file in files(folder) {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        digest.update(name.as_bytes());
        digest.update(&bytes);
        // The worker cannot keep itself, and the page is known by the version in it.
        if name != "sw.js" && name != "index.html" {
            list.insert(name, sheets::integrity(&bytes).into());
        }
    }
    let id = format!("{:?}", &format!("{:x}", digest.finalize())[..16]);
    let list = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
    write(&page, html.replace(BUILD_MARK, &id).as_bytes())?;
    write(&worker, text.replace(BUILD_MARK, &id).replace(FILES_MARK, &list).as_bytes())
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
        let worker = fs::read_to_string(root().join("public/sw.js")).unwrap();
        assert_eq!(worker.matches(BUILD_MARK).count(), 1);
        assert_eq!(worker.matches(FILES_MARK).count(), 1);
        let page = fs::read_to_string(root().join("app/index.html")).unwrap();
        assert_eq!((page.matches(BOOT_HASH).count(), page.matches(BUILD_MARK).count()), (1, 1));
    }
}
