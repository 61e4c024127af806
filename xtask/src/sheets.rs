//! One style sheet in place of many: together they pack better, and a first visit asks once.

use crate::Outcome;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::path::Path;

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";

/// Joins the sheets that the page in this folder links, in their order, to one that is named by what it holds.
///
/// # Errors
/// The page links none, or a file is not there.
pub fn join(folder: &Path) -> Outcome {
    let failed = |file: &Path, error: std::io::Error| format!("{}: {error}", file.display());
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| failed(&page, error))?;
    let mut rules = String::new();
    for name in html.lines().filter_map(linked) {
        let file = folder.join(name);
        rules.push_str(&fs::read_to_string(&file).map_err(|error| failed(&file, error))?);
        rules.push('\n');
        fs::remove_file(&file).map_err(|error| failed(&file, error))?;
    }
    let name = format!("styles-{}.css", &format!("{:x}", Sha256::digest(&rules))[..16]);
    let file = folder.join(&name);
    fs::write(&file, &rules).map_err(|error| failed(&file, error))?;
    let html = relinked(&html, &format!("  {LINK}{name}\" integrity=\"{}\">\n", integrity(rules.as_bytes())));
    fs::write(&page, html?).map_err(|error| failed(&page, error))
}

/// The digest of a file as a page or a worker asks for it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The file that a line of the page links as a sheet.
fn linked(line: &str) -> Option<&str> {
    Some(line.trim_start().strip_prefix(LINK)?.split_once('"')?.0)
}

/// The page with one link where the first stood.
fn relinked(html: &str, link: &str) -> Outcome<String> {
    let first = html.split_inclusive('\n').position(|line| linked(line).is_some());
    let first = first.ok_or("index.html links no style sheet, or not as trunk writes it")?;
    let lines = html.split_inclusive('\n').enumerate().filter_map(|(at, line)| match linked(line) {
        Some(_) => (at == first).then_some(link),
        None => Some(line),
    });
    Ok(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_link_stands_where_the_first_stood() {
        let html = "<head>\n  <link rel=\"icon\" href=\"i\">\n  <link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n  \
                    <link rel=\"stylesheet\" href=\"./b-2.css\" integrity=\"y\"/>\n</head>\n";
        assert_eq!(html.lines().filter_map(linked).collect::<Vec<_>>(), ["a-1.css", "b-2.css"]);
        assert_eq!(relinked(html, "one\n").unwrap(), "<head>\n  <link rel=\"icon\" href=\"i\">\none\n</head>\n");
        assert!(relinked("<head></head>", "one\n").is_err());
    }
}
