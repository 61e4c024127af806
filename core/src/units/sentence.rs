//! Errors that are one sentence for people.

/// An error whose text is the sentence that it was made from; only the module that defines it makes one.
macro_rules! sentence_error {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl std::error::Error for $name {}
    };
}

pub(crate) use sentence_error;
