//! What has been fetched so far, beside the file that is to be.

use crate::page::Page;
use serde_json::{Value, json};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// `FILE.part`: the question on the first line, then a page a line.
pub(crate) struct Part {
    path: PathBuf,
    file: File,
    pages: Vec<Page>,
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

impl Part {
    /// Opens what an earlier run of the same question left, without a page that was cut off; else begins anew.
    pub(crate) fn open(file: &Path, address: &str) -> Result<Self, String> {
        let mut name = file.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let pages = fs::read_to_string(&path).map_or_else(|_| Vec::new(), |text| kept(&text, address));
        let mut whole = format!("{}\n", json!({ "question": address }));
        whole.push_str(&joined(&pages));
        fs::write(&path, whole).map_err(failed(&path))?;
        let file = OpenOptions::new().append(true).open(&path).map_err(failed(&path))?;
        Ok(Self { path, file, pages })
    }

    pub(crate) fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub(crate) fn rows(&self) -> usize {
        self.pages.iter().map(|page| page.rows).sum()
    }

    pub(crate) fn push(&mut self, page: Page) -> Result<(), String> {
        self.file.write_all(format!("{}\n", page.text).as_bytes()).map_err(failed(&self.path))?;
        self.pages.push(page);
        Ok(())
    }

    /// Writes the file, whole or not at all, and takes the part away.
    pub(crate) fn finish(self, file: &Path) -> Result<(), String> {
        drop(self.file);
        fs::write(&self.path, joined(&self.pages)).map_err(failed(&self.path))?;
        fs::rename(&self.path, file).map_err(failed(file))
    }
}

/// A page a line.
fn joined(pages: &[Page]) -> String {
    let mut text = String::new();
    for page in pages {
        text.push_str(&page.text);
        text.push('\n');
    }
    text
}

/// The pages of the same question, up to the first line that is no whole page.
fn kept(text: &str, address: &str) -> Vec<Page> {
    let mut lines = text.split_inclusive('\n');
    let question: Option<Value> = lines.next().and_then(|line| serde_json::from_str(line).ok());
    if question.is_none_or(|value| value["question"].as_str() != Some(address)) {
        return Vec::new();
    }
    lines.map_while(|line| Page::read(line.strip_suffix('\n')?).ok()).collect()
}
