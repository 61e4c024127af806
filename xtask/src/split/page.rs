//! The split in the folder that trunk has built: both parts, the script that joins them, the page that names them.

use super::names::shortened;
use super::split;
use crate::{Outcome, shell};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::path::{Path, PathBuf};

/// Functions that come first.
pub(super) const LIST: &str = "app/first.txt";
const JOINING: &str = include_str!("later.js");
/// End of the first part's file name.
pub(super) const FIRST: &str = "_bg.wasm";
/// End of the second part's file name.
pub const LATER: &str = "_later.wasm";

/// Splits the wasm of the folder, and names all files anew by what they hold now.
///
/// # Errors
/// A file or a place to fill in is not there, or the wasm is not as expected.
pub fn run(folder: &Path) -> Outcome {
    let stem = &stem(folder)?[..];
    let (wasm, script) = (read(&folder.join(format!("{stem}{FIRST}")))?, text(&folder.join(format!("{stem}.js")))?);
    keep_whole(&wasm, &script)?;
    let (short, joining) = shortened(&wasm, &script)?;
    let parts = split(&short, &first()?, &read(&linked())?)?;
    let types = serde_json::to_string(&parts.types).map_err(|error| error.to_string())?;
    let joined = joined(&joining)?.replace("[/* types */]", &types).replace("/* slots */", &parts.slots);

    let digest = Sha256::new().chain_update(&parts.first).chain_update(&parts.later).chain_update(&joined);
    let hash = &format!("{:x}", digest.finalize())[..16];
    let (plain, _) = stem.rsplit_once('-').ok_or("trunk names files without a hash")?;
    let new = format!("{plain}-{hash}");
    let joined = joined.replace("later-file", &format!("{new}{LATER}")).replace(stem, &new);

    let page = folder.join("index.html");
    let mut html = text(&page)?;
    for (old, new) in [(&wasm[..], &parts.first[..]), (script.as_bytes(), joined.as_bytes())] {
        html = html.replace(&integrity(old), &integrity(new));
    }
    write(&page, html.replace(stem, &new).as_bytes())?;
    for (ending, bytes) in [(FIRST, &parts.first[..]), (LATER, &parts.later[..]), (".js", joined.as_bytes())] {
        write(&folder.join(format!("{new}{ending}")), bytes)?;
    }
    for ending in [FIRST, ".js"].iter().filter(|_| new != stem) {
        let old = folder.join(format!("{stem}{ending}"));
        fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    shell::say(&format!("{} functions and {} bytes of data come after the first paint", parts.moved, parts.data));
    Ok(())
}

/// The functions that come first; none of a build for debugging, which stays whole: its functions have other types.
fn first() -> Outcome<String> {
    if is_debug() { Ok(String::new()) } else { text(&shell::root().join(LIST)) }
}

fn is_debug() -> bool {
    std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug")
}

/// The page's wasm as the compiler's linker left it.
fn linked() -> PathBuf {
    let profile = if is_debug() { "debug" } else { "release" };
    shell::target_dir().join("wasm32-unknown-unknown").join(profile).join("redis-dr-planner.wasm")
}

/// Where the wasm and its script stay as they were before the split.
pub(super) fn whole() -> (PathBuf, PathBuf) {
    let folder = shell::target_dir().join("whole");
    (folder.join("page.wasm"), folder.join("page.js"))
}

fn keep_whole(wasm: &[u8], script: &str) -> Outcome {
    let (file, beside) = whole();
    let folder = file.parent().unwrap_or(&file);
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    write(&file, wasm)?;
    write(&beside, script.as_bytes())
}

/// What the names of the wasm and its script begin with.
pub(super) fn stem(folder: &Path) -> Outcome<String> {
    let names = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names = names.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let stem = names.find_map(|name| name.strip_suffix(FIRST).map(str::to_owned));
    stem.ok_or_else(|| "trunk has built no wasm".to_owned())
}

/// The script of wasm-bindgen, which hands the call for the second part to the first and sends for it in time.
fn joined(script: &str) -> Outcome<String> {
    let places = [
        (
            "        __proto__: null,\n        \"./",
            "        __proto__: null,\n        later: { now: laterNow },\n        \"./",
        ),
        (
            "    return __wbg_finalize_init(instance, module);\n}\n\nexport",
            "    await laterStandsIn(instance.exports);\n    return __wbg_finalize_init(instance, module);\n}\n\nexport",
        ),
        ("    wasm.__wbindgen_start();\n", "    wasm.__wbindgen_start();\n    laterSoon().catch(console.warn);\n"),
    ];
    let mut joined = script.to_owned();
    for (place, filled) in places {
        if joined.matches(place).count() != 1 {
            return Err("the script of wasm-bindgen has no place for the second part".to_owned());
        }
        joined = joined.replace(place, filled);
    }
    joined.push_str(JOINING);
    Ok(joined)
}

pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

pub(super) fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

pub(super) fn text(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

pub(super) fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
