//! The driver's process: one a page, on a free port, gone with the page.

use crate::Outcome;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(super) struct Driver {
    child: Child,
    pub(super) port: u16,
}

impl Driver {
    pub(super) fn start() -> Outcome<Self> {
        let program = std::env::var("DR_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut command = Command::new(&program);
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let child = command.spawn().map_err(|error| format!("`{program}` does not start: {error}"))?;
        let mut driver = Self { child, port: 0 };
        driver.port = announced_port(&mut driver.child).ok_or("the driver did not say on which port it listens")?;
        Ok(driver)
    }
}

/// "`ChromeDriver` was started successfully on port 40123."
fn announced_port(child: &mut Child) -> Option<u16> {
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, rest) = line.split_once("started successfully on port ")?;
        rest.trim_end_matches('.').parse().ok()
    });
    // A driver whose pipe is full or closed stands still.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    port
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
