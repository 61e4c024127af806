//! The notices of the crates that the page holds: their licences ask that the text goes where the program goes.

use crate::Outcome;
use crate::shell::{answer, cargo};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The file's name in the folder that is hosted.
pub const FILE: &str = "THIRD-PARTY-NOTICES.txt";

const HEAD: &str = "\
Redis DR Planner is free software under the MIT licence or the Apache licence 2.0, at your choice. Its page holds the Rust
standard library (MIT OR Apache-2.0, the Rust project's contributors) and these crates. Their licence texts follow the list,
each text once.
";

/// A crate that is linked into the page.
struct Package {
    title: String,
    licence: String,
    texts: Vec<String>,
}

/// Writes the notices into a folder.
///
/// # Errors
/// Cargo does not tell what the page depends on, a crate names no licence, or the file cannot be written.
pub fn write(folder: &Path) -> Outcome {
    let mut ask = cargo();
    ask.args(["metadata", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"]);
    let told = answer(&mut ask).ok_or("`cargo metadata` does not answer")?;
    let metadata: Value = serde_json::from_str(&told).map_err(|error| format!("`cargo metadata`: {error}"))?;
    let packages = linked(&metadata, "dr-app")?;
    let file = folder.join(FILE);
    fs::write(&file, text(&packages)).map_err(|error| format!("{}: {error}", file.display()))
}

/// What a package links, itself and the other members of the workspace left out.
fn linked(metadata: &Value, of: &str) -> Outcome<Vec<Package>> {
    let ids = reached(metadata, of)?;
    let packages = list(&metadata["packages"]).filter(|it| ids.contains(string(&it["id"])));
    packages.filter(|it| !it["source"].is_null()).map(package).collect()
}

/// The ids that are reached from a package over ordinary dependencies.
fn reached<'a>(metadata: &'a Value, of: &str) -> Outcome<BTreeSet<&'a str>> {
    let named = list(&metadata["packages"]).find(|it| it["name"] == of);
    let root = string(&named.ok_or_else(|| format!("no package {of}"))?["id"]);
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).map(|node| (string(&node["id"]), node)).collect();
    let (mut reached, mut open) = (BTreeSet::new(), vec![root]);
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            let node = nodes.get(id).copied().unwrap_or(&Value::Null);
            let ordinary = list(&node["deps"]).filter(|dep| list(&dep["dep_kinds"]).any(|kind| kind["kind"].is_null()));
            open.extend(ordinary.map(|dep| string(&dep["pkg"])));
        }
    }
    Ok(reached)
}

fn package(it: &Value) -> Outcome<Package> {
    let title = format!("{} {}", string(&it["name"]), string(&it["version"]));
    let licence = it["license"].as_str().ok_or_else(|| format!("{title} names no licence"))?.to_owned();
    let folder = Path::new(string(&it["manifest_path"])).parent().unwrap_or(Path::new("."));
    Ok(Package { title, licence, texts: licence_texts(folder) })
}

/// The licence files of a crate, in the order of their names.
fn licence_texts(folder: &Path) -> Vec<String> {
    let names = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE"];
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = entries
        .filter(|path| path.is_file())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
            names.iter().any(|start| name.starts_with(start))
        })
        .collect();
    files.sort();
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).map(|text| text.replace('\r', "")).collect()
}

fn text(packages: &[Package]) -> String {
    let mut out = HEAD.to_owned();
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Package { title, licence, texts: own } in packages {
        let _ = write!(out, "\n{title}: {licence}");
        for text in own {
            texts.entry(text.trim()).or_default().push(title);
        }
    }
    for (text, titles) in texts {
        let _ = write!(out, "\n\n{}\n{}\n\n{text}", "-".repeat(72), titles.join(", "));
    }
    out.push('\n');
    out
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_page_carries_the_licences_of_what_it_links() {
        let folder = tempdir("notices");
        write(&folder).unwrap();
        let text = fs::read_to_string(folder.join(FILE)).unwrap();
        for (linked, licence) in
            [("yew 0.23", "MIT OR Apache-2.0"), ("rust_decimal 1.43", "MIT"), ("plotters 0.3", "MIT")]
        {
            let line = text.lines().find(|line| line.starts_with(linked)).unwrap_or_else(|| panic!("no {linked}"));
            assert!(line.ends_with(licence), "{line}");
        }
        assert!(!text.contains("\nproptest "), "a crate of the tests is not in the page");
        assert!(text.contains("Paul Mason"), "the holder of the copyright of rust_decimal is named");
    }

    #[test]
    fn only_ordinary_dependencies_are_followed_and_a_crate_without_a_licence_is_refused() {
        let metadata = |licence: Value| {
            json!({
                "packages": [
                    { "id": "app", "name": "app", "version": "1", "source": null, "manifest_path": "/none/app/Cargo.toml" },
                    { "id": "a", "name": "a", "version": "1", "source": "r", "license": licence, "manifest_path": "/none/a/Cargo.toml" },
                    { "id": "t", "name": "t", "version": "1", "source": "r", "license": "MIT", "manifest_path": "/none/t/Cargo.toml" },
                ],
                "resolve": { "nodes": [{ "id": "app", "deps": [
                    { "pkg": "a", "dep_kinds": [{ "kind": null }] }, { "pkg": "t", "dep_kinds": [{ "kind": "dev" }] },
                ] }] },
            })
        };
        let found = linked(&metadata(json!("MIT")), "app").unwrap();
        assert_eq!(found.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(), ["a 1"]);
        assert_eq!(linked(&metadata(Value::Null), "app").err(), Some("a 1 names no licence".to_owned()));
    }

    fn tempdir(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("dr-planner-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }
}
