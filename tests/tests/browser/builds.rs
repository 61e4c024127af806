//! Builds beside the one at hand: copies of `dist/` that differ in what tells builds apart.

use crate::visit::{VERDICT, scratch, variable};
use std::fs;
use std::path::{Path, PathBuf};
use xtask::build::files;
use xtask::page::Page;

/// The version of the build in a folder, as its page carries it.
pub(crate) fn version(folder: &Path) -> String {
    let html = fs::read_to_string(folder.join("index.html")).unwrap();
    let (_, rest) = html.split_once("data-build=\"").expect("a page with its version");
    rest.split_once('"').unwrap().0.to_owned()
}

/// A folder of this test's own with the build at hand.
pub(crate) fn same_build(name: &str) -> PathBuf {
    let (dist, folder) = (variable("DR_DIST"), scratch(name));
    for file in files(&dist) {
        let copy = folder.join(file.strip_prefix(&dist).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(file, copy).unwrap();
    }
    folder
}

/// The next build: another version, and a style sheet of another name.
pub(crate) fn next_build(name: &str) -> PathBuf {
    let folder = same_build(name);
    let (old, sheet) = (version(&folder), part(&folder, ".css"));
    let (new, other) = (old.chars().rev().collect::<String>(), format!("styles-{}.css", "0".repeat(16)));
    fs::rename(folder.join(&sheet), folder.join(&other)).unwrap();
    for file in ["index.html", "sw.js"] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        fs::write(folder.join(file), text.replace(&old, &new).replace(&sheet, &other)).unwrap();
    }
    folder
}

/// The file with a hash in its name that ends so.
pub(crate) fn part(folder: &Path, ending: &str) -> String {
    let names = files(folder).into_iter().filter_map(|file| file.file_name()?.to_str().map(str::to_owned));
    names.into_iter().find(|name| name.ends_with(ending) && xtask::site::is_hashed(name)).expect("a file with a hash")
}

/// Opens an address and waits for the first answer and the copy.
pub(crate) fn visit(page: &Page, url: &str) {
    open(page, url);
    page.wait("navigator.serviceWorker.controller").unwrap();
}

/// Opens an address and waits for the first answer.
pub(crate) fn open(page: &Page, url: &str) {
    page.goto("about:blank").unwrap();
    page.goto(url).unwrap();
    page.wait(VERDICT).unwrap();
}

/// The version of the page that is shown.
pub(crate) fn shown(page: &Page) -> String {
    text(page, "document.documentElement.dataset.build")
}

/// The value of an expression, as text.
pub(crate) fn text(page: &Page, expression: &str) -> String {
    page.eval(&format!("return String({expression})")).unwrap().as_str().unwrap().to_owned()
}

/// Names of all copies of this origin.
pub(crate) fn copies(page: &Page) -> Vec<String> {
    let names = page.eval_later("caches.keys().then(done)").unwrap();
    let mut names: Vec<_> =
        names.as_array().unwrap().iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    names.sort();
    names
}
