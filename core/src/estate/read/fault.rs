//! What is wrong with a file.

/// A fault, in a sentence.
pub(in crate::estate) struct Fault {
    pub(in crate::estate) why: String,
    /// The file is whole, and what stands in it cannot be.
    pub(in crate::estate) is_of_data: bool,
}
