//! What is wrong with a file.

/// A fault, in a sentence.
pub(super) struct Fault {
    pub(super) why: String,
    /// The file is whole, and what stands in it cannot be.
    pub(super) is_of_data: bool,
}
