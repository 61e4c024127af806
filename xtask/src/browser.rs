//! Chromium and its driver: found, installed where that is allowed, or asked for.

use crate::Outcome;
use crate::shell::{answer, command, exists, run, say};
use std::path::Path;

/// What the browser tests start.
pub struct Browser {
    /// The program of the browser.
    pub chromium: String,
    /// The program of its driver.
    pub driver: String,
}

/// Finds both, or installs them on Debian as root.
///
/// # Errors
/// One is missing and may not be installed from here; the sentence says exactly what to install.
pub fn ensure() -> Outcome<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !may_install() {
        return Err("Chromium or its driver is missing. On Debian: sudo apt-get install -y --no-install-recommends \
             chromium chromium-driver. Elsewhere: install Chrome and the chromedriver of the same version, and put \
             both on PATH"
            .to_owned());
    }
    say("installing Chromium and its driver with apt-get (once; usually 1–2 minutes)");
    run(command("apt-get").arg("update").env("DEBIAN_FRONTEND", "noninteractive"))?;
    let packages = ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"];
    run(command("apt-get").args(packages).env("DEBIAN_FRONTEND", "noninteractive"))?;
    find().ok_or_else(|| "apt-get installed Chromium, but chromium and chromedriver are not on PATH".to_owned())
}

fn find() -> Option<Browser> {
    let chromium = ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().find(|name| exists(name))?;
    let driver = ["chromedriver", "chromium-driver"].into_iter().find(|name| exists(name))?;
    Some(Browser { chromium: chromium.to_owned(), driver: driver.to_owned() })
}

fn may_install() -> bool {
    let root = answer(command("id").arg("-u")).is_some_and(|id| id == "0");
    root && Path::new("/etc/debian_version").exists() && exists("apt-get")
}
