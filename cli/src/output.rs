//! What the program prints: the result on standard output, everything else on standard error.

use super::error::CliError;
use std::io::{self, Write};
use std::process::ExitCode;

/// What a subcommand prints, with the exit code that it ends with.
pub(super) struct Printed {
    text: String,
    code: u8,
}

impl Printed {
    /// The same as a result of which a part is missing; a note on standard error says which.
    pub(super) fn in_part(self) -> Self {
        Self { code: 3, ..self }
    }
}

impl From<String> for Printed {
    fn from(text: String) -> Self {
        Self { text, code: 0 }
    }
}

/// Prints a result or why there is none.
pub(super) fn finish(result: Result<Printed, CliError>) -> ExitCode {
    match result {
        Ok(printed) => print(&printed),
        Err(error) => {
            note(&format!("{error}\n"));
            ExitCode::from(error.code())
        }
    }
}

/// Help on request goes to standard output; wrong usage to standard error, with exit code 2.
pub(super) fn usage(usage: &clap::Error) -> ExitCode {
    let printed = usage.print();
    let code = u8::try_from(usage.exit_code()).unwrap_or(1);
    ExitCode::from(if printed.is_ok() { code } else { code.max(1) })
}

/// A remark beside the result, which stays clean for the next program.
pub(super) fn note(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

fn print(printed: &Printed) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out.write_all(printed.text.as_bytes()).and_then(|()| out.flush());
    if written.is_ok() { ExitCode::from(printed.code) } else { ExitCode::FAILURE }
}
