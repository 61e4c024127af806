//! A static file server for one folder, on loopback: what `serve` shows and what the browser tests open.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A running server; it stops answering when dropped.
pub struct Site {
    address: SocketAddr,
    prefix: String,
    closed: Arc<AtomicBool>,
}

impl Site {
    /// Serves `folder` below `prefix` (`""` or `"/a/b"`); port 0 takes any free one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start(folder: &Path, prefix: &str, port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let closed = Arc::new(AtomicBool::new(false));
        let (folder, mount, stop) = (folder.to_path_buf(), prefix.to_owned(), Arc::clone(&closed));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (folder, mount) = (folder.clone(), mount.clone());
                std::thread::spawn(move || answer(&stream, &folder, &mount));
            }
        });
        Ok(Self { address, prefix: prefix.to_owned(), closed })
    }

    /// Address of the page, ending in `/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}/", self.address, self.prefix)
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        // The accepting thread wakes only for a visitor; after this one it closes the port.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

fn answer(mut stream: &TcpStream, folder: &Path, prefix: &str) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next()?.ok()?;
    // A browser may see a reset instead of the answer if its headers are still unread when the socket closes.
    while !lines.next()?.ok()?.is_empty() {}
    let mut words = request.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let head = method == "HEAD";
    let (status, mime, body) = if head || method == "GET" {
        find(folder, prefix, target)
    } else {
        ("405 Method Not Allowed", "text/plain; charset=utf-8", b"only GET and HEAD".to_vec())
    };
    let header = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(header.as_bytes()).ok()?;
    if head { Some(()) } else { stream.write_all(&body).ok() }
}

fn find(folder: &Path, prefix: &str, target: &str) -> (&'static str, &'static str, Vec<u8>) {
    let missing = || ("404 Not Found", "text/plain; charset=utf-8", b"not found".to_vec());
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(inside) = path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/')) else {
        return missing();
    };
    let Some(mut file) = safe(folder, inside) else {
        return missing();
    };
    if file.is_dir() {
        file.push("index.html");
    }
    fs::read(&file).map_or_else(|_| missing(), |body| ("200 OK", mime(&file), body))
}

/// The file below the folder, or nothing where the path would leave it.
fn safe(folder: &Path, inside: &str) -> Option<PathBuf> {
    let inside = inside.replace("%20", " ");
    let inside = Path::new(&inside);
    let stays = inside.components().all(|part| matches!(part, Component::Normal(_)));
    stays.then(|| folder.join(inside))
}

/// The media type of a file by its ending.
#[must_use]
pub fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
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
        let folder = std::env::temp_dir();
        assert_eq!(find(&folder, "/a", "/b/x").0, "404 Not Found");
        assert_eq!(find(&folder, "/a", "/ab").0, "404 Not Found");
    }

    /// Chromium compiles a module while it loads only under this type.
    #[test]
    fn wasm_has_its_own_type() {
        assert_eq!(mime(Path::new("a_bg.wasm")), "application/wasm");
    }
}
