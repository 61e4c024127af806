//! One request, one answer.

use super::headers::{ALWAYS, REVALIDATED, cache_control, mime, packs};
use crate::packing::{QUICK, packed, ready};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::{Component, Path, PathBuf};

/// What a visitor asks for.
pub(super) struct Asked<'a> {
    method: &'a str,
    pub(super) path: &'a str,
    takes_brotli: bool,
    has: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// Reads the first line and the headers; nothing where they are no request.
    pub(super) fn read(first: &'a str, headers: &'a [String]) -> Option<Self> {
        let mut words = first.split(' ');
        let (method, target) = (words.next()?, words.next()?);
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let header = |name: &str| {
            let mut pairs = headers.iter().filter_map(|line| line.split_once(':'));
            pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let takes = header("accept-encoding").unwrap_or_default();
        let takes_brotli =
            takes.split(',').any(|coding| coding.split(';').next().is_some_and(|name| name.trim() == "br"));
        Some(Self { method, path, takes_brotli, has: header("if-none-match") })
    }
}

type Headers = Vec<(&'static str, String)>;

/// What a visitor gets.
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) mime: &'static str,
    pub(super) body: Vec<u8>,
    /// The bytes of the body that are sent: all, packed where that is shorter, but for a fault.
    pub(super) sent: usize,
    /// The file, where there is one.
    pub(super) file: Option<PathBuf>,
}

impl Answer {
    /// An answer that is a sentence of the server.
    pub(super) fn sentence(status: &'static str) -> Self {
        let body = status.as_bytes().to_vec();
        Self { status, mime: "text/plain; charset=utf-8", sent: usize::MAX, body, file: None }
    }

    /// Writes it to the visitor.
    pub(super) fn send(mut self, mut stream: &TcpStream, asked: &Asked) -> Option<()> {
        if !matches!(asked.method, "GET" | "HEAD") {
            self = Self::sentence("405 Method Not Allowed");
        }
        let mut headers: Headers = ALWAYS.map(|(name, value)| (name, value.to_owned())).to_vec();
        headers.extend([("Content-Type", self.mime.to_owned()), ("Connection", "close".to_owned())]);
        headers.extend(self.settle(asked));
        headers.push(("Content-Length", self.body.len().to_string()));
        let lines: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        stream.write_all(format!("HTTP/1.1 {}\r\n{}\r\n", self.status, lines.concat()).as_bytes()).ok()?;
        let sent = if asked.method == "HEAD" { 0 } else { self.sent.min(self.body.len()) };
        stream.write_all(&self.body[..sent]).ok()
    }

    /// Leaves out a body that the visitor has, packs one that he takes packed, and gives the headers that say so.
    fn settle(&mut self, asked: &Asked) -> Headers {
        let Some(file) = &self.file else { return vec![("Cache-Control", "no-store".to_owned())] };
        let kept = cache_control(&file.file_name().unwrap_or_default().to_string_lossy());
        let mut headers = vec![("Cache-Control", kept.to_owned())];
        if kept == REVALIDATED {
            let tag = format!("\"{}\"", &format!("{:x}", Sha256::digest(&self.body))[..16]);
            if asked.has == Some(&tag) {
                self.status = "304 Not Modified";
                self.body.clear();
            }
            headers.push(("ETag", tag));
        }
        let may = asked.takes_brotli && packs(self.mime) && self.sent == usize::MAX && !self.body.is_empty();
        let packed = may.then(|| ready(file).or_else(|| packed(&self.body, QUICK).ok())).flatten();
        if let Some(packed) = packed {
            self.body = packed;
            headers.extend([("Content-Encoding", "br".to_owned()), ("Vary", "Accept-Encoding".to_owned())]);
        }
        headers
    }
}

/// The file of a path in the deployment that it lies below.
pub(super) fn find(mounts: &[(String, PathBuf)], path: &str) -> Answer {
    let below = |(prefix, folder): &(String, PathBuf)| {
        let inside = path.strip_prefix(prefix.as_str())?.strip_prefix('/')?;
        safe(folder, inside)
    };
    let Some(mut file) = mounts.iter().find_map(below) else { return Answer::sentence("404 Not Found") };
    if file.is_dir() {
        file.push("index.html");
    }
    match fs::read(&file) {
        Ok(body) => Answer { status: "200 OK", mime: mime(&file), sent: usize::MAX, body, file: Some(file) },
        Err(_) => Answer::sentence("404 Not Found"),
    }
}

/// The file below the folder, or nothing where the path would leave it.
fn safe(folder: &Path, inside: &str) -> Option<PathBuf> {
    let inside = inside.replace("%20", " ");
    let inside = Path::new(&inside);
    let stays = inside.components().all(|part| matches!(part, Component::Normal(_)));
    stays.then(|| folder.join(inside))
}

/// The line of a status.
pub(super) fn status(code: u16) -> &'static str {
    match code {
        404 => "404 Not Found",
        503 => "503 Service Unavailable",
        _ => "500 Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leaves_the_folder() {
        let folder = Path::new("/srv");
        assert_eq!(safe(folder, "plans/marine.json"), Some(PathBuf::from("/srv/plans/marine.json")));
        assert_eq!(safe(folder, ""), Some(PathBuf::from("/srv/")));
        assert_eq!(safe(folder, "../etc/passwd"), None);
        assert_eq!(safe(folder, "plans/../../etc/passwd"), None);
        assert_eq!(safe(folder, "/etc/passwd"), None);
    }

    #[test]
    fn a_prefix_is_asked_for_exactly() {
        let mounts = [("/a".to_owned(), crate::shell::root()), ("/b/c".to_owned(), crate::shell::root())];
        for (path, status) in [
            ("/a/Cargo.toml", "200 OK"),
            ("/b/c/Cargo.toml", "200 OK"),
            ("/b/Cargo.toml", "404 Not Found"),
            ("/aCargo.toml", "404 Not Found"),
        ] {
            assert_eq!(find(&mounts, path).status, status, "{path}");
        }
    }

    #[test]
    fn a_request_says_what_it_has_and_takes() {
        let headers = ["Accept-Encoding: gzip, br;q=1.0".to_owned(), "if-none-match: \"a\"".to_owned()];
        let asked = Asked::read("GET /dr/?x=1 HTTP/1.1", &headers).unwrap();
        assert_eq!((asked.path, asked.takes_brotli, asked.has), ("/dr/", true, Some("\"a\"")));
        assert!(!Asked::read("GET / HTTP/1.1", &["Accept-Encoding: gzip".to_owned()]).unwrap().takes_brotli);
        assert!(Asked::read("GET", &[]).is_none());
    }
}
