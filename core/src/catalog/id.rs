//! Names of sizes and regions as Azure spells them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// From the name; whether the catalogue knows it is the catalogue's answer.
            #[must_use]
            pub fn new(name: &str) -> Self {
                Self(name.into())
            }

            /// The name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A size: `Balanced_B10`, `Premium_P4`.
    SkuId
}
id! {
    /// A region's ARM name: `northeurope`.
    RegionId
}

impl SkuId {
    /// The part after the family: `B10`, `P4`.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.rsplit_once('_').map_or(self.as_str(), |(_, short)| short)
    }
}
