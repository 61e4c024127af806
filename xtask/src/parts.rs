//! The program in two parts: what a first result needs, and what comes afterwards (`app/src/second.rs`).
//!
//! Trunk knows of one program; its own is replaced here by the first part, and the second stands beside it.

use crate::Outcome;
use crate::sheets::integrity;
use crate::shell::{command, read, root, run_quietly, target_dir, write};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// What tells the splitter which function needs which.
pub(crate) const FLAGS: &str = "--cfg=in_parts -Clink-arg=--emit-relocs";
pub(crate) const PROGRAM: &str = "redis-dr-planner";
/// The profile of cargo that `app/index.html` names; cargo's folder of what it builds has its name.
pub(crate) const PROFILE: &str = "page";

/// What leaves the fewest bytes in brotli: -Oz leaves fewer before it, and 2 KB more after. Low memory is the end of the stack, which rustc
/// puts first: no data is there.
const SHRINK: [&str; 13] = [
    "-O2",
    "--low-memory-unused",
    "--always-inline-max-function-size=1",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--one-caller-inline-max-function-size=30",
];

/// Stands in the page's script where the loader of the second part belongs.
const LOADER: &str = "./__wasm_split.js";

/// Puts both parts in the place of trunk's program, and the loader of the second into the page's script; shortens both scripts.
///
/// # Errors
/// A tool fails, or trunk has left no program.
pub(crate) fn cut(folder: &Path) -> Outcome {
    let work = target_dir().join("parts");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    let seconds = split(&work)?;
    let bound = work.join("bound");
    run_quietly(
        command("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "main", "--out-dir"])
            .arg(&bound)
            .arg(work.join("main.wasm")),
    )?;
    let mut loader = read(&work.join(LOADER))?;
    for second in &seconds {
        loader = install_second(folder, second, &loader)?;
    }
    let script = joined(&read(&bound.join("main.js"))?, &loader, &read(&root().join("app/later.js"))?)?;
    let program = bound.join("main_bg.wasm");
    shrink(&program)?;
    replace(folder, "_bg.wasm", &bytes(&program)?)?;
    replace(folder, ".js", shortened(&work, &script)?.as_bytes())?;
    let rescue = folder.join("rescue.js");
    write(&rescue, shortened(&work, &read(&rescue)?)?.as_bytes())
}

/// The script without comments and long names of its own.
fn shortened(work: &Path, script: &str) -> Outcome<String> {
    let [long, short] = ["long.js", "short.js"].map(|name| work.join(name));
    write(&long, script.as_bytes())?;
    run_quietly(command("terser").arg(&long).args(["--module", "--compress", "--mangle", "--output"]).arg(&short))?;
    read(&short)
}

/// Cuts cargo's program; gives the files of the second part.
fn split(work: &Path) -> Outcome<Vec<PathBuf>> {
    let whole = bytes(&target_dir().join(format!("wasm32-unknown-unknown/{PROFILE}/{PROGRAM}.wasm")))?;
    let main = work.join("main.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LOADER;
    let split = transform(options)
        .map_err(|error| format!("the program cannot be cut, build it with `cargo xtask build`: {error:#}"))?;
    Ok(split.split_modules)
}

fn shrink(program: &Path) -> Outcome {
    run_quietly(command("wasm-opt").args(SHRINK).arg(program).arg("-o").arg(program))
}

/// Puts a file of the second part into the folder, named by what it holds, and names it so in the loader.
fn install_second(folder: &Path, second: &Path, loader: &str) -> Outcome<String> {
    shrink(second)?;
    Ok(named(folder, second, &bytes(second)?, loader)?.1)
}

/// Writes the part under its hash; gives that name, and the loader that asks for it by its digest.
fn named(folder: &Path, second: &Path, bytes: &[u8], loader: &str) -> Outcome<(String, String)> {
    let stem = second.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = format!("{PROGRAM}-later-{}.wasm", &format!("{:x}", Sha256::digest(bytes))[..16]);
    write(&folder.join(&name), bytes)?;
    let asks = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
    let names = format!("fetchPart(\"./{name}\", \"{}\")", integrity(bytes));
    Ok((name, once(loader, &asks, &names)?))
}

/// The script of wasm-bindgen with the loader in itself: one file, which the page knows by its digest.
fn joined(script: &str, loader: &str, how: &str) -> Outcome<String> {
    let script = once(script, &format!("import * as import1 from \"{LOADER}\"\n"), "")?;
    let exports = loader.lines().filter_map(|line| line.strip_prefix("export const ")?.split_once(' '));
    let exports: Vec<&str> = exports.map(|(name, _)| name).collect();
    let script =
        once(&script, &format!("\"{LOADER}\": import1"), &format!("\"{LOADER}\": {{ {} }}", exports.join(", ")))?;
    let loader = once(loader, "import { initSync } from \"./main.js\";\n", "")?;
    let loader =
        once(&loader, "WebAssembly.instantiateStreaming(src", "startPart(src")?.replace("export const ", "const ");
    Ok(format!("{script}\n{how}{loader}"))
}

/// Writes a file in the place of trunk's of this ending, with its digest in the page.
fn replace(folder: &Path, ending: &str, new: &[u8]) -> Outcome {
    let is_trunks = |name: &str| name.starts_with(PROGRAM) && name.ends_with(ending) && !name.contains("-later-");
    let names = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names = names.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let file = folder.join(names.find(|name| is_trunks(name)).ok_or("trunk has built no program")?);
    let page = folder.join("index.html");
    let html = once(&read(&page)?, &integrity(&bytes(&file)?), &integrity(new))?;
    write(&file, new)?;
    write(&page, html.as_bytes())
}

fn bytes(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// The text with the one place of `from` made `to`.
fn once(text: &str, from: &str, to: &str) -> Outcome<String> {
    match text.matches(from).count() {
        1 => Ok(text.replace(from, to)),
        times => Err(format!("{from:?} stands {times} times where it should once: another release of a tool?")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "import * as import1 from \"./__wasm_split.js\"\nfunction imports() { return { \"./__wasm_split.js\": import1, }; }\n";
    const SPLITTERS: &str = "import { initSync } from \"./main.js\";\nexport const load = wrap(() => {\n    const src = \
        fetch(new URL(\"./split_second.wasm\", import.meta.url));\n    return (WebAssembly.instantiateStreaming(src, imports));\n});\n";

    #[test]
    fn the_script_holds_the_loader_and_imports_nothing() {
        let script = joined(SCRIPT, SPLITTERS, "function startPart() {}\n").unwrap();
        assert!(
            !script.contains("import *") && !script.contains("import {") && !script.contains("export "),
            "{script}"
        );
        assert!(script.contains("\"./__wasm_split.js\": { load }"), "{script}");
        assert!(script.contains("startPart(src, imports)"), "{script}");
    }

    #[test]
    fn the_page_is_built_with_the_profile_that_is_cut() {
        let page = read(&root().join("app/index.html")).unwrap();
        assert!(page.contains(&format!("data-cargo-profile=\"{PROFILE}\"")));
        let manifest = read(&root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("[profile.{PROFILE}]")));
    }

    #[test]
    fn what_a_tool_writes_otherwise_is_refused() {
        let said = joined("import * as star from \"./__wasm_split.js\"", SPLITTERS, "").unwrap_err();
        assert!(said.contains("0 times"), "{said}");
        assert!(once("a a", "a", "b").is_err());
    }

    /// A part that a mirror or a cache exchanged for another valid one is not run: the loader names its digest.
    #[test]
    fn the_second_part_is_asked_for_by_its_digest() {
        let folder = target_dir().join("tmp/second-part");
        std::fs::create_dir_all(&folder).unwrap();
        let (second, program) = (folder.join("split_second.wasm"), b"\0asm\x01\0\0\0");
        std::fs::write(&second, program).unwrap();
        let (name, loader) = named(&folder, &second, program, SPLITTERS).unwrap();
        assert!(loader.contains(&format!("fetchPart(\"./{name}\", \"{}\")", integrity(program))), "{loader}");
        assert!(integrity(program).starts_with("sha384-") && integrity(program) != integrity(b"\0asm"));
        assert_eq!(std::fs::read(folder.join(name)).unwrap(), program);
        let how = std::fs::read_to_string(root().join("app/later.js")).unwrap();
        assert!(how.contains("integrity"), "the browser checks it");
    }
}
