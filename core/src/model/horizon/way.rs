//! How a design comes about from what runs today.

use serde::Serialize;

/// How a design comes about from what runs today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The plan does not say what runs today: the design costs what it costs once it stands.
    #[default]
    Unsaid,
    /// It runs today, in its size or in one that is scaled to it where it stands.
    Runs,
    /// Nothing runs, or for a pair the cache that becomes its primary, or of a group that runs a member is missing: it is made, and no month runs
    /// both.
    Builds,
    /// Another service runs, or the same in other regions or in a size that has no way to this one, or for a group caches of its service that are none: people move it, and both run
    /// side by side for a while.
    Moves,
}
