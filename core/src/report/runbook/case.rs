//! A step that is one of two ways on.

/// When a step is taken. Of two ways on, whoever takes a step of the one needs none of the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Case {
    /// Always.
    #[default]
    Always,
    /// The roles of a pair change by geo-failover.
    Swapped,
    /// Its link is broken instead.
    Unlinked,
    /// What was lost is back and joined again.
    Returned,
    /// It is lost for good, or was given up, and is replaced.
    Replaced,
}

impl Case {
    /// The other way; `None` of a step that is always taken.
    #[must_use]
    pub const fn other(self) -> Option<Self> {
        match self {
            Self::Always => None,
            Self::Swapped => Some(Self::Unlinked),
            Self::Unlinked => Some(Self::Swapped),
            Self::Returned => Some(Self::Replaced),
            Self::Replaced => Some(Self::Returned),
        }
    }

    /// Why a step of this way is not needed, once one of the other was taken.
    #[must_use]
    pub const fn needless(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Swapped => "Not needed: the pair is unlinked.",
            Self::Unlinked => "Not needed: the roles have changed by geo-failover.",
            Self::Returned => "Not needed: what was lost is replaced.",
            Self::Replaced => "Not needed: what was lost is back.",
        }
    }
}
