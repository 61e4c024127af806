//! Running other programs: from the repository's root, without stdin, with the project's own tools first on PATH.

use crate::Outcome;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo leaves what it builds.
#[must_use]
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The git-ignored folder of tools that this project installed for itself.
#[must_use]
pub fn tools_dir() -> PathBuf {
    root().join(".tools")
}

/// A command that runs at the root and finds the project's own tools before others.
#[must_use]
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null()).env("PATH", search_path());
    // trunk 0.21 takes NO_COLOR for a boolean option and stops at any value but true and false.
    command.env_remove("NO_COLOR");
    command
}

/// `cargo` as the one that runs this program. In CI the lock file is law; elsewhere a changed manifest may change it.
#[must_use]
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if in_ci() {
        cargo.arg("--locked");
    }
    cargo
}

/// True where the machine says that it is one of CI.
#[must_use]
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

fn search_path() -> std::ffi::OsString {
    let own = [tools_dir().join("bin"), tools_dir().join("npm/node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let all = own.into_iter().chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).unwrap_or(inherited)
}

/// Reads a text.
///
/// # Errors
/// The file is not there, or no text.
pub fn read(file: &Path) -> Outcome<String> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Writes a file.
///
/// # Errors
/// The folder is not there, or full.
pub fn write(file: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}

/// Runs to the end, its output in sight.
///
/// # Errors
/// The program cannot be started, or ends with anything but success.
pub fn run(command: &mut Command) -> Outcome {
    let line = said(command);
    let status = command.status().map_err(|error| format!("`{line}` does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` failed ({status})")) }
}

/// Runs quietly and gives its standard output; `None` if it is missing or fails.
#[must_use]
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs with its output kept back, which is shown only when it fails.
///
/// # Errors
/// As [`run`].
pub fn run_quietly(command: &mut Command) -> Outcome {
    let line = said(command);
    let output = command.output().map_err(|error| format!("`{line}` does not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("`{line}` failed ({})", output.status))
}

/// True where a program of this name is on the search path.
#[must_use]
pub fn exists(program: &str) -> bool {
    std::env::split_paths(&search_path()).any(|dir| dir.join(program).is_file())
}

/// Says what happens now, apart from the output of what it starts.
pub fn say(text: &str) {
    eprintln!("▸ {text}");
}

/// Does a step and says how long it took.
///
/// # Errors
/// Those of the step.
pub fn timed<T>(what: &str, step: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let start = Instant::now();
    let done = step()?;
    say(&format!("{what}: done in {:.0} s", start.elapsed().as_secs_f64()));
    Ok(done)
}

fn said(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    words.join(" ")
}
