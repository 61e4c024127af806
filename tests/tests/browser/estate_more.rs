//! Files that are dropped after others add to the estate that is open, nothing of it is lost, and a folder is read.

use crate::estate::{ROWS, click, drop_files};
use crate::visit::{Visit, scratch};
use crate::work::{press, reload};
use serde_json::json;
use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/estate").join(name)
}

fn fixture(name: &str) -> (String, Vec<u8>) {
    (name.to_owned(), std::fs::read(path(name)).unwrap())
}

fn rows(visit: &Visit, count: usize) {
    visit.page.wait(&format!("{ROWS} === {count}")).unwrap();
}

fn told(visit: &Visit, words: &str) {
    let says = format!("document.querySelector('[data-notice]')?.textContent.includes({words:?})");
    visit.page.wait(&says).unwrap();
}

/// The links add to the list of before; after a reload its files are not at hand, and nothing is changed; alone they take its place, and it
/// comes back.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn files_that_are_dropped_later_add_to_the_estate() {
    let visit = Visit::new();
    drop_files(&visit, &[fixture("az-redis-list.json")]);
    rows(&visit, 3);
    drop_files(&visit, &[fixture("server-link-weu.json")]);
    told(&visit, "Read together with the files before: 3 caches: 1 pair and 1 cache alone");
    rows(&visit, 3);
    drop_files(&visit, &[fixture("metrics-pair-weu.json")]);
    // Its peak fill is measured then.
    visit
        .page
        .wait("[...document.querySelectorAll('[data-cache]')].some(it => /30\\s%/.test(it.textContent))")
        .unwrap();
    rows(&visit, 3);
    reload(&visit);
    click(&visit, "Estate");
    rows(&visit, 3);
    drop_files(&visit, &[fixture("server-link-neu.json")]);
    told(&visit, "its own files are not at hand any more");
    rows(&visit, 3);
    click(&visit, "Read these alone");
    rows(&visit, 2);
    press(&visit, "Bring it back");
    rows(&visit, 3);
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// A folder with a folder in it; what a file manager hides is passed over.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_folder_that_is_dropped_is_read() {
    let visit = Visit::new();
    let folder = scratch("estate-folder");
    std::fs::create_dir_all(folder.join("links")).unwrap();
    std::fs::copy(path("az-redis-list.json"), folder.join("caches.json")).unwrap();
    std::fs::copy(path("server-link-weu.json"), folder.join("links/weu.json")).unwrap();
    std::fs::write(folder.join(".hidden"), "hello").unwrap();
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({"items": [], "files": [folder], "dragOperationsMask": 1});
        let event = json!({"type": kind, "x": 300, "y": 300, "data": data});
        visit.page.cdp("Input.dispatchDragEvent", event).unwrap();
    }
    rows(&visit, 3);
    told(&visit, "Opened 3 caches: 1 pair and 1 cache alone.");
    assert_eq!(visit.complaints(), Vec::<String>::new());
}
