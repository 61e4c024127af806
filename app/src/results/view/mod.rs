//! What the panels share.

pub(super) mod words;
