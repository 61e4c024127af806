//! `cargo xtask first`: finds out which functions run until the first result, and writes their list.

use super::page::{FIRST, LIST, integrity, read, stem, text, whole, write};
use super::trace::{Traced, traced};
use crate::page::Page;
use crate::shell::{root, say, target_dir};
use crate::site::Site;
use crate::{Outcome, browser, build};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const HEAD: &str = "\
# Functions that run until the first result of a first and of a second visit, by `cargo xtask first`. All others come
# right after. A list that has grown old costs the page time, never a function: what is missing is waited for.
";

/// Writes the list anew, from two visits of the page as it is now.
///
/// # Errors
/// The build or the browser fails.
pub fn run() -> Outcome {
    build::run_if_changed()?;
    browser::ensure()?;
    let (wasm, script) = whole();
    let traced = traced(&read(&wasm)?)?;
    let folder = target_dir().join("first");
    copy(&build::dist(), &folder)?;
    put(&folder, &traced, &text(&script)?)?;
    let ran = visits(&folder, &traced)?;
    let mut list: BTreeSet<&str> = ran.iter().filter_map(|at| traced.entries.get(*at)).map(String::as_str).collect();
    list.extend(traced.entries.iter().map(String::as_str).filter(|entry| compares(entry)));
    let lines: Vec<&str> = list.into_iter().filter(|entry| !entry.is_empty()).collect();
    write(&root().join(LIST), format!("{HEAD}{}\n", lines.join("\n")).as_bytes())?;
    say(&format!("{LIST}: {} of {} functions come first", ran.len(), traced.entries.len()));
    build::run_if_changed()
}

/// Whether a hash table calls this where two keys meet or not by their hashes, which change with every build.
fn compares(entry: &str) -> bool {
    // The longest names are cut before their closure.
    let compared = entry.ends_with("::{closure}") || entry.contains(">>::find_or_find_insert_index::");
    entry.starts_with("<hashbrown::raw::RawTable<") && compared
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let _ = fs::remove_dir_all(to);
    for file in build::files(from) {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        }
        fs::copy(&file, &target).map_err(|error| format!("{}: {error}", target.display()))?;
    }
    Ok(())
}

/// The whole wasm, traced, in place of the first part.
fn put(folder: &Path, traced: &Traced, script: &str) -> Outcome {
    let page = folder.join("index.html");
    let mut html = text(&page)?;
    let start = "    wasm.__wbindgen_start();\n";
    let script = script.replace(start, &format!("    globalThis.traced = wasm.memory;\n{start}"));
    let stem = stem(folder)?;
    for (ending, new) in [(FIRST, &traced.wasm[..]), (".js", script.as_bytes())] {
        let file = folder.join(format!("{stem}{ending}"));
        html = html.replace(&integrity(&read(&file)?), &integrity(new));
        write(&file, new)?;
    }
    write(&page, html.as_bytes())
}

/// What ran in a first visit and in a second, which finds the plan of the first.
fn visits(folder: &Path, traced: &Traced) -> Outcome<BTreeSet<usize>> {
    let site = Site::start(folder, "", 0).map_err(|error| error.to_string())?;
    let page = Page::open()?;
    let mut ran = BTreeSet::new();
    for _ in 0..2 {
        page.goto(&site.url())?;
        page.wait("document.querySelector('[data-verdict]')?.textContent")?;
        let marks = format!(
            "const marks = new Uint8Array(traced.buffer, {}, {}); return [...marks.keys()].filter((at) => marks[at])",
            traced.marks,
            traced.entries.len()
        );
        let answer = page.eval(&marks)?;
        let places = answer.as_array().into_iter().flatten().filter_map(Value::as_u64);
        ran.extend(places.filter_map(|at| usize::try_from(at).ok()));
    }
    Ok(ran)
}
