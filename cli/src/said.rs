//! What the program says and with which exit code it ends.

use super::HELP;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// A sentence for standard error, with the exit code.
pub(super) struct Said {
    text: String,
    code: u8,
}

impl Said {
    /// The input is refused.
    pub(super) fn refused(why: &impl Display) -> Self {
        Self { text: format!("{why}\n"), code: 2 }
    }

    /// The words are no command.
    pub(super) fn usage() -> Self {
        Self { text: HELP.to_owned(), code: 2 }
    }

    /// The program itself is not whole.
    pub(super) fn damaged(why: &impl Display) -> Self {
        Self { text: format!("{why}\n"), code: 1 }
    }
}

/// Prints a result; `code` is the exit code when that went well.
pub(super) fn print(text: &str, code: u8) -> ExitCode {
    let mut out = io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok() {
        ExitCode::from(code)
    } else {
        ExitCode::FAILURE
    }
}

pub(super) fn refuse(said: &Said) -> ExitCode {
    note(&said.text);
    ExitCode::from(said.code)
}

/// A remark beside the result, which stays clean for the next program.
pub(super) fn note(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
