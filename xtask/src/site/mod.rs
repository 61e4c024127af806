//! A server of static files on loopback, as docs/hosting.md asks a host to be: what `serve` shows, what `bench` measures
//! and what the browser tests open, with the faults of real hosts where a test asks for one.

mod answer;
mod faults;
mod headers;
#[cfg(test)]
mod hosting;

pub use faults::Fault;
pub use headers::{ALWAYS, FOR_EVER, REVALIDATED, cache_control, is_hashed, mime};

use faults::Faults;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A running server; it stops answering when dropped.
pub struct Site {
    address: SocketAddr,
    prefix: String,
    shared: Arc<Shared>,
}

/// What the threads that answer know.
struct Shared {
    /// Path and folder of every deployment.
    mounts: Vec<(String, PathBuf)>,
    faults: Faults,
    closed: AtomicBool,
}

impl Site {
    /// Serves `folder` below `prefix` (`""` or `"/a/b"`); port 0 takes any free one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start(folder: &Path, prefix: &str, port: u16) -> std::io::Result<Self> {
        Self::start_all(&[(prefix, folder)], port)
    }

    /// Serves several folders, each below a path of its own; [`Self::url`] is that of the first.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start_all(mounts: &[(&str, &Path)], port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let prefix = mounts.first().map_or("", |(prefix, _)| prefix).to_owned();
        let mounts = mounts.iter().map(|(prefix, folder)| ((*prefix).to_owned(), folder.to_path_buf())).collect();
        let shared = Arc::new(Shared { mounts, faults: Faults::default(), closed: AtomicBool::new(false) });
        let sharing = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if sharing.closed.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&sharing);
                std::thread::spawn(move || answer_one(&stream, &shared));
            }
        });
        Ok(Self { address, prefix, shared })
    }

    /// Address of the page, ending in `/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}/", self.origin(), self.prefix)
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on every path that ends so gets this instead of its file; `/` is the page, an empty ending all.
    pub fn fail(&self, ending: &str, fault: Fault) {
        self.shared.faults.add(ending, fault);
    }

    /// Everything is answered again.
    pub fn heal(&self) {
        self.shared.faults.clear();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.faults.clear();
        // The accepting thread wakes only for a visitor; after this one it closes the port.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

fn answer_one(stream: &TcpStream, shared: &Shared) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    // A browser may see a reset instead of the answer if its headers are still unread when the socket closes.
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let asked = answer::Asked::read(&first, &headers)?;
    let found = answer::find(&shared.mounts, asked.path);
    let found = match shared.faults.of(asked.path) {
        Some(fault) => shared.faults.instead(&fault, found, asked.path)?,
        None => found,
    };
    found.send(stream, &asked)
}
