//! Trunk names script and wasm before the wasm is shrunk: another release of wasm-opt gives other bytes under the same
//! name, and a browser that was told to keep the name for ever keeps the old ones. So they are named once more.

use crate::Outcome;
use crate::shell::{read, write};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

const PROGRAM: &str = "_bg.wasm";

/// Names script and wasm of the folder by what both hold; they keep one stem, as the worker expects.
///
/// # Errors
/// A file is not there.
pub fn by_content(folder: &Path) -> Outcome {
    let names = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names = names.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let stem = names.find_map(|name| name.strip_suffix(PROGRAM).map(str::to_owned)).ok_or("trunk has built no wasm")?;
    let (plain, _) = stem.rsplit_once('-').ok_or("trunk names files without a hash")?;
    let mut digest = Sha256::new();
    for ending in [PROGRAM, ".js"] {
        let file = folder.join(format!("{stem}{ending}"));
        digest.update(fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
    }
    let new = format!("{plain}-{}", &format!("{:x}", digest.finalize())[..16]);
    for ending in [PROGRAM, ".js"] {
        let (from, to) = (folder.join(format!("{stem}{ending}")), folder.join(format!("{new}{ending}")));
        fs::rename(&from, to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    let page = folder.join("index.html");
    write(&page, read(&page)?.replace(&stem, &new).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_give_another_name() {
        let folder = std::env::temp_dir().join(format!("dr-naming-{}", std::process::id()));
        let mut pages = Vec::new();
        for wasm in ["one", "two"] {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            for (name, text) in [("p-a_bg.wasm", wasm), ("p-a.js", "run"), ("index.html", "./p-a.js ./p-a_bg.wasm")] {
                fs::write(folder.join(name), text).unwrap();
            }
            by_content(&folder).unwrap();
            let page = read(&folder.join("index.html")).unwrap();
            assert!(page.split(' ').all(|file| folder.join(file).is_file()), "{page}");
            pages.push(page);
        }
        assert_ne!(pages[0], pages[1]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
