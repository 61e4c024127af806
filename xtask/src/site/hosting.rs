//! What docs/hosting.md tells a host to send is what this site sends and the service worker expects.

use super::headers::{ALWAYS, FOR_EVER, REVALIDATED, is_hashed};
use crate::shell::{read, root};
use serde_json::Value;

/// A name with a hash, as every example writes it.
const HASHED: &str = r"-[0-9a-f]{16}(_bg)?\.(js|wasm|css)$";

/// The block of an example in this language.
fn example(language: &str) -> String {
    let text = read(&root().join("docs/hosting.md")).unwrap();
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn every_example_sends_the_headers_of_the_table() {
    for language in ["nginx", "caddyfile", "apache", "json"] {
        let text = example(language);
        let values = ALWAYS.iter().flat_map(|(name, value)| [*name, *value]).chain([FOR_EVER, REVALIDATED]);
        for part in values.chain(["application/wasm", "application/manifest+json"]) {
            let known = language == "caddyfile" && part == "application/wasm";
            assert!(text.contains(part) || known, "{language} lacks {part}");
        }
    }
}

#[test]
fn the_examples_and_the_worker_know_a_hash_by_the_same_pattern() {
    for language in ["nginx", "caddyfile", "apache"] {
        assert!(example(language).contains(HASHED), "{language}");
    }
    let worker = read(&root().join("public/sw.js")).unwrap();
    assert!(worker.contains(&format!("/{HASHED}/")), "public/sw.js");
}

/// The service takes the first route that fits; `*` stands for any end.
#[test]
fn azure_static_web_apps_keep_for_ever_what_has_a_hash_and_nothing_else() {
    let settings: Value = serde_json::from_str(&example("json")).unwrap();
    let sent = |name: &str| {
        let fits = |route: &&Value| {
            route["route"]
                .as_str()
                .unwrap()
                .strip_suffix('*')
                .is_some_and(|start| format!("/{name}").starts_with(start))
        };
        let route = settings["routes"].as_array().unwrap().iter().find(fits);
        let own = route.and_then(|route| route["headers"]["Cache-Control"].as_str());
        own.or(settings["globalHeaders"]["Cache-Control"].as_str()).unwrap().to_owned()
    };
    let hash = "0123456789abcdef";
    for name in ["redis-dr-planner-HASH_bg.wasm", "redis-dr-planner-HASH.js", "styles-HASH.css"] {
        let name = name.replace("HASH", hash);
        assert!(is_hashed(&name));
        assert_eq!(sent(&name), FOR_EVER, "{name}");
    }
    for name in ["", "index.html", "sw.js", "worker.js", "manifest.webmanifest", "plans/tax-filing.json"] {
        assert_eq!(sent(name), REVALIDATED, "{name}");
    }
}

/// A file that is not uploaded fails the worker's whole list, and with it the offline copy.
#[test]
fn azure_storage_gets_every_file() {
    let patterns: Vec<String> = example("sh")
        .lines()
        .filter_map(|line| line.trim().strip_prefix("for part in ")?.strip_suffix("; do"))
        .flat_map(|list| list.split_whitespace().map(|part| part.trim_matches('\'').to_owned()).collect::<Vec<_>>())
        .collect();
    let fits = |name: &str| {
        patterns.iter().any(|pattern| match pattern.split_once('*') {
            Some((start, end)) => name.starts_with(start) && name.ends_with(end),
            None => pattern == name,
        })
    };
    let public = root().join("public");
    let files = crate::build::files(&public);
    let mut names: Vec<String> =
        files.iter().map(|file| file.strip_prefix(&public).unwrap().to_string_lossy().into_owned()).collect();
    // What the build adds; the style sheet gets a hash.
    names.retain(|name| name != "styles.css");
    names.extend(["index.html", "THIRD-PARTY-NOTICES.txt", "styles-0123456789abcdef.css"].map(str::to_owned));
    names.extend(
        ["redis-dr-planner-0123456789abcdef_bg.wasm", "redis-dr-planner-later-0123456789abcdef.wasm"]
            .map(str::to_owned),
    );
    assert!(names.len() > 10, "{names:?}");
    let left: Vec<&String> = names.iter().filter(|name| !fits(name)).collect();
    assert!(left.is_empty(), "not uploaded: {left:?} by {patterns:?}");
}
