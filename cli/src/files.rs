//! Files that commands name: bytes, which the core makes text of.

use super::error::CliError;
use dr_core::import::kind::Known;
use dr_core::import::open::{expect, most_bytes};
use dr_core::import::text;
use dr_core::import::words::file_name;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};

/// Standard input is counted to this size and no further: it may have no end.
const MOST_COUNTED: u64 = 1_000_000_000;
/// Bytes of the log of a drill: thousands of lines.
const MOST_LOG: u64 = 200_000;

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

/// A name for a message; what is no Unicode in it is replaced there and nowhere else.
pub(super) fn shown(path: &OsStr) -> String {
    file_name(&path.to_string_lossy())
}

/// At most one byte more than a file may have, and how many it has.
pub(super) fn bytes(path: &OsStr, most: u64) -> io::Result<(Vec<u8>, u64)> {
    let mut bytes = Vec::new();
    let mut source: Box<dyn Read> = if path == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    source.by_ref().take(most + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    let rest = if read > most { io::copy(&mut source.take(MOST_COUNTED), &mut io::sink())? } else { 0 };
    Ok((bytes, read + rest))
}
