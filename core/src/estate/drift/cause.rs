//! What may change between two imports, and by which cause.

use crate::model::Topology;

/// Why a plan is another than it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Where the caches stand.
    Regions,
    /// Their sizes.
    Size,
    /// Their shards.
    Shards,
    /// How they are set up.
    Settings,
    /// The load, as it was measured.
    Load,
    /// Who is linked with whom, and how far.
    Links,
    /// What is paid.
    Cost,
}

impl Cause {
    pub(in crate::estate) const ALL: [Self; 7] =
        [Self::Regions, Self::Size, Self::Shards, Self::Settings, Self::Load, Self::Links, Self::Cost];

    /// The cause of a field of the plan, by its path.
    pub(in crate::estate) fn of(path: &str) -> Self {
        match path {
            "regions" | "today.regions" => Self::Regions,
            "passive.shards" | "today.caches" => Self::Shards,
            "passive.exists"
            | "active.checks.all_linked"
            | "passive.checks.both_running_unlinked"
            | "passive.checks.endpoints_before_link" => Self::Links,
            "today.month" => Self::Cost,
            path if path.ends_with("sku") => Self::Size,
            path if path.starts_with("workload.") || path.starts_with("syncs.") || path == "passive.lag" => Self::Load,
            path if path.starts_with("pricing.") => Self::Cost,
            _ => Self::Settings,
        }
    }
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A field of the plan, with what shows its value now.
    Field {
        /// Its path in the plan file.
        path: &'static str,
        /// Resource and property, or metric, window and day.
        from: String,
    },
    /// Which caches belong together.
    Members {
        /// Their names in the portfolio.
        before: Vec<String>,
        /// Their names now.
        now: Vec<String>,
    },
    /// Which half of a pair is the primary: name or region before and now.
    Primary {
        /// Before.
        before: String,
        /// Now.
        now: String,
    },
    /// A setting of caches that the plan does not hold, under Azure's name of it.
    Setting {
        /// The property.
        property: String,
        /// Names of the caches.
        caches: Vec<String>,
        /// Before.
        before: String,
        /// Now.
        now: String,
    },
    /// A confirmation that files now speak against, without disproving it.
    Doubt {
        /// Its path in the plan file.
        path: &'static str,
        /// What they show.
        why: String,
    },
    /// Which topology runs.
    Topology(Option<Topology>, Topology),
}
