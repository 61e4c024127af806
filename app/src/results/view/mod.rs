//! What the panels print: plain functions from plan, catalogue and evaluation to texts that are ready to stand on the page.

pub(super) mod card;
pub(super) mod compare;
#[cfg(test)]
mod tests;
pub(super) mod words;
