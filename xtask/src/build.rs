//! `cargo xtask build`: trunk, unless nothing that goes into the page has changed.

use crate::shell::{self, command, root, say, target_dir, timed};
use crate::{Outcome, packing, parts, tools};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that the page is made of; a change in any of these builds it anew.
const INPUTS: [&str; 14] = [
    "app",
    "core",
    "public",
    "xtask/src/boot.rs",
    "xtask/src/finish.rs",
    "xtask/src/naming.rs",
    "xtask/src/notices.rs",
    "xtask/src/parts.rs",
    "xtask/src/sheets.rs",
    ".cargo/config.toml",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];

/// What cargo reads the compiler's flags from.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Builds `dist/` whatever the state.
///
/// # Errors
/// A tool is missing, or the build fails.
pub fn run_always() -> Outcome {
    every_sheet_is_linked()?;
    // Before the build: what changes meanwhile is not in it.
    let stamp = stamp();
    tools_and_program()?;
    let mut trunk = command("trunk");
    trunk.args(["build", "--release"]).args(locked()).env("TRUNK_SKIP_VERSION_CHECK", "true").env(FLAGS, flags());
    timed("the page", || shell::run(&mut trunk))?;
    timed("packing it", || packing::pack(&dist()))?;
    let _ = fs::write(stamp_file(), stamp);
    say("dist/ is built");
    Ok(())
}

/// Neither needs the other: on a fresh machine the wait is for the longer of the two.
fn tools_and_program() -> Outcome {
    tools::wasm_target()?;
    say("building the program (release; minutes the first time)");
    std::thread::scope(|scope| {
        let program = scope.spawn(|| timed("the program", program));
        let tools = timed("the tools", tools::for_build);
        let program = program.join().unwrap_or_else(|_| Err("the build of the program panicked".to_owned()));
        tools.and(program)
    })
}

/// As trunk asks cargo for it, so that trunk finds it built.
fn program() -> Outcome {
    let mut cargo = command("cargo");
    cargo.args(["build", "--target", tools::WASM_TARGET, "--manifest-path"]).arg(root().join("app/Cargo.toml"));
    cargo.args(["--profile", parts::PROFILE]).args(locked()).args(["--bin", parts::PROGRAM]);
    shell::run(cargo.env(FLAGS, flags()))
}

fn locked() -> Option<&'static str> {
    shell::in_ci().then_some("--locked")
}

fn flags() -> String {
    format!("{} {}", parts::FLAGS, without_home())
}

/// Panics name the file they come from: without the way to it on this machine.
fn without_home() -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let registries = fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten();
    let prefixes = registries.map(|registry| format!("--remap-path-prefix={}/=", registry.path().display()));
    // Flags are told apart by spaces.
    prefixes.filter(|prefix| !prefix.contains(char::is_whitespace)).collect::<Vec<_>>().join(" ")
}

/// Builds `dist/` if anything has changed since the last time.
///
/// # Errors
/// As [`run_always`].
pub fn run_if_changed() -> Outcome {
    let built = fs::read_to_string(stamp_file()).unwrap_or_default();
    if dist().join("index.html").is_file() && built == stamp() {
        say("nothing has changed since the last build");
        return Ok(());
    }
    run_always()
}

/// `cargo xtask build`.
///
/// # Errors
/// As [`run_always`].
pub fn run() -> Outcome {
    run_if_changed()?;
    say("dist/ can be put below any path of any static web server; see docs/hosting.md");
    Ok(())
}

/// The folder that is served.
#[must_use]
pub fn dist() -> PathBuf {
    root().join("dist")
}

fn stamp_file() -> PathBuf {
    target_dir().join("dist.stamp")
}

/// A digest of all inputs, and of where they lie.
fn stamp() -> String {
    let mut digest = Sha256::new();
    for input in INPUTS {
        for file in files(&root().join(input)) {
            digest.update(file.to_string_lossy().as_bytes());
            digest.update(fs::read(&file).unwrap_or_default());
        }
    }
    format!("{:x}", digest.finalize())
}

/// Every file below a path, in a fixed order; the path itself if it is a file.
#[must_use]
pub fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut entries: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.iter().flat_map(|entry| files(entry)).collect()
}

/// A style sheet that nobody links is a panel without its looks.
fn every_sheet_is_linked() -> Outcome {
    let page = fs::read_to_string(root().join("app/index.html")).map_err(|error| format!("app/index.html: {error}"))?;
    let sheets = files(&root().join("app/styles"));
    let names = sheets.iter().filter_map(|sheet| sheet.file_name().and_then(|name| name.to_str()));
    let forgotten: Vec<_> = names.filter(|name| !page.contains(&format!("styles/{name}\""))).collect();
    if forgotten.is_empty() {
        return Ok(());
    }
    Err(format!("app/index.html does not link {}: add a data-trunk line for each", forgotten.join(", ")))
}
