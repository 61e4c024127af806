//! Rules as data (M-11); their predicates are in [`crate::rules`].

use crate::units::format;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The configuration is refused or the plan is invalid.
    Block,
    /// Works, but costs or risks something.
    Warn,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Block, Self::Warn, Self::Info];

    /// Its name in files: "block", "warn", "info".
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }

    /// What a finding of this severity is called: "blocker", "warning", "note".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Block => "blocker",
            Self::Warn => "warning",
            Self::Info => "note",
        }
    }

    /// A number of such findings: "0 blockers", "1 warning".
    #[must_use]
    pub fn counted(self, number: usize) -> String {
        format::counted(number, self.word())
    }
}

/// One rule of the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleInfo {
    /// `PAS-SIZE`, `ACT-HA`.
    pub id: String,
    /// Severity when the rule is broken.
    pub severity: Severity,
    /// What is checked, in a few words.
    pub check: String,
    /// Source tags, as the facts give them.
    pub source: String,
    /// Remark of the facts; may be empty.
    pub note: String,
}

/// What a source tag stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// `S1`, `D7`, `R4`.
    pub tag: String,
    /// Title, address or version, date.
    pub text: String,
}
