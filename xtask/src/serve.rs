//! `cargo xtask serve`: from a fresh checkout to a page in the browser.

use crate::site::Site;
use crate::{Outcome, build};

const FIRST_PORT: u16 = 8080;
const TRIES: u16 = 20;

/// Builds what is out of date, serves `dist/` and waits until it is stopped.
///
/// # Errors
/// The build fails, or the port is taken.
pub fn run(arguments: &[String]) -> Outcome {
    let wanted = port(arguments)?;
    build::run_if_changed()?;
    let site = start(wanted)?;
    println!("Redis DR Planner: {}   (Ctrl+C stops it)", site.url().replace("127.0.0.1", "localhost"));
    loop {
        std::thread::park();
    }
}

fn port(arguments: &[String]) -> Outcome<Option<u16>> {
    match arguments {
        [] => Ok(None),
        [flag, number] if flag == "--port" => match number.parse() {
            Ok(port) => Ok(Some(port)),
            Err(_) => Err(format!("--port takes a number from 0 to 65535, not `{number}`")),
        },
        _ => Err("usage: cargo xtask serve [--port N]".to_owned()),
    }
}

fn start(wanted: Option<u16>) -> Outcome<Site> {
    let folder = build::dist();
    if let Some(port) = wanted {
        return Site::start(&folder, "", port).map_err(|error| format!("port {port}: {error}"));
    }
    let free = (FIRST_PORT..FIRST_PORT + TRIES).find_map(|port| Site::start(&folder, "", port).ok());
    free.ok_or_else(|| format!("ports {FIRST_PORT}–{} are taken: choose one with --port", FIRST_PORT + TRIES - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(port(&words("")), Ok(None));
        assert_eq!(port(&words("--port 9000")), Ok(Some(9000)));
        assert!(port(&words("--port 99999")).is_err());
        assert!(port(&words("--host all")).is_err());
    }
}
