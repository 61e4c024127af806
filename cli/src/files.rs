//! Files that commands name: bytes, which the core makes text of.

use super::error::CliError;
use super::output::Printed;
use dr_core::import::kind::{self, Kind, Known};
use dr_core::import::open::{expect, most_bytes};
use dr_core::import::retail::Sieve;
use dr_core::import::text;
use dr_core::import::words::file_name;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Standard input is counted to this size and no further: it may have no end.
const MOST_COUNTED: u64 = 1_000_000_000;
/// Bytes of the log of a drill: thousands of lines.
const MOST_LOG: u64 = 20_000_000;

/// The text of a file of one kind, `-` for standard input; another kind is refused by what it is.
pub(super) fn read(path: &OsStr, kind: Known) -> Result<String, CliError> {
    let (bytes, size) = bytes(path, most_bytes(kind) as u64)
        .map_err(|error| CliError::refused(&format!("{}: {error}", shown(path))))?;
    // Standard input has no name; the page begins its sentence with a file's name too.
    let named = |error: String| if path == "-" { error } else { format!("{}: {error}", shown(path)) };
    expect(kind, &bytes, size).map_err(|error| CliError::refused(&named(error)))
}

/// The log of a drill as text; one that is too large for a log is refused by its size.
pub(super) fn read_log(path: &OsStr) -> Result<String, CliError> {
    let refused = |why: &dyn std::fmt::Display| CliError::refused(&format!("{}: {why}", shown(path)));
    let (bytes, size) = bytes(path, MOST_LOG).map_err(|error| refused(&error))?;
    if size > MOST_LOG {
        return Err(refused(&format!("a log of a drill has at most {MOST_LOG} bytes; this file has {size}.")));
    }
    text::read(&bytes).map_err(|error| refused(&error))
}

/// The text of a plan or of a portfolio, and which of them it is; another kind is refused as no plan.
pub(super) fn read_plan_or_portfolio(path: &OsStr) -> Result<(Known, String), CliError> {
    let (bytes, size) = bytes(path, most_bytes(Known::Portfolio) as u64)
        .map_err(|error| CliError::refused(&format!("{}: {error}", shown(path))))?;
    let portfolio = kind::of(&String::from_utf8_lossy(&bytes)) == Kind::Known(Known::Portfolio);
    let known = if portfolio { Known::Portfolio } else { Known::Plan };
    let named = |error: String| if path == "-" { error } else { format!("{}: {error}", shown(path)) };
    let text = expect(known, &bytes, size).map_err(|error| CliError::refused(&named(error)))?;
    Ok((known, text))
}

/// Writes each text under its name into a folder that is there; nothing is printed.
pub(super) fn write_all<'a>(
    folder: &Path,
    files: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Printed, CliError> {
    for (name, text) in files {
        let path = folder.join(name);
        let failed = |why: io::Error| CliError::Unwritten(format!("{}: {why}", shown(path.as_os_str())));
        std::fs::write(&path, text).map_err(failed)?;
    }
    Ok(String::new().into())
}

/// A name for a message; what is no Unicode in it is replaced there and nowhere else.
pub(super) fn shown(path: &OsStr) -> String {
    file_name(&path.to_string_lossy())
}

/// At most one byte more than a file may have, and how many it has; of a larger table of prices the lines that a plan may be billed on.
pub(super) fn bytes(path: &OsStr, most: u64) -> io::Result<(Vec<u8>, u64)> {
    let mut bytes = Vec::new();
    let mut source: Box<dyn Read> = if path == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    source.by_ref().take(most + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    if read > most
        && let Some(sieve) = Sieve::of(&bytes)
    {
        let bytes = sieved(sieve, &bytes, source)?;
        let size = bytes.len() as u64;
        return Ok((bytes, size));
    }
    let rest = if read > most { io::copy(&mut source.take(MOST_COUNTED), &mut io::sink())? } else { 0 };
    Ok((bytes, read + rest))
}

/// What a sieve keeps of a file whose first bytes are read.
fn sieved(mut sieve: Sieve, first: &[u8], mut rest: impl Read) -> io::Result<Vec<u8>> {
    sieve.add(first);
    let mut chunk = vec![0; 1_000_000];
    loop {
        let count = rest.read(&mut chunk)?;
        if count == 0 {
            return Ok(sieve.finish());
        }
        sieve.add(&chunk[..count]);
    }
}
