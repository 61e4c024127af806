//! Why there is no result, with the exit code.

use std::fmt::{self, Display};

/// A sentence for standard error.
#[derive(Debug)]
pub(super) enum CliError {
    /// The input is refused: exit code 2.
    Refused(String),
    /// The program itself is not whole: exit code 1.
    Damaged(String),
    /// A file could not be written: exit code 1.
    Unwritten(String),
}

impl CliError {
    /// The input is refused.
    pub(super) fn refused(why: &impl Display) -> Self {
        Self::Refused(why.to_string())
    }

    /// The program itself is not whole.
    pub(super) fn damaged(why: &impl Display) -> Self {
        Self::Damaged(why.to_string())
    }

    /// The exit code that goes with it.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Refused(_) => 2,
            Self::Damaged(_) | Self::Unwritten(_) => 1,
        }
    }
}

impl Display for CliError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Refused(why) | Self::Damaged(why) | Self::Unwritten(why)) = self;
        out.write_str(why)
    }
}
