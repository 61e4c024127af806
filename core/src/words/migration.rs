//! A move to Azure Managed Redis in words (M-18).

use crate::model::migration::{ClientChange, Condition, Differs, Gap, Kind, Loss, NothingToMove, PathKind, WhyNot};
use crate::units::format;

impl Kind {
    /// "passive pair of Premium caches"; a noun phrase.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pair => "passive pair of Premium caches",
            Self::Premium => "Premium cache",
            Self::Standard => "Standard cache",
            Self::Basic => "Basic cache",
            Self::EnterpriseGroup => "active group of Enterprise clusters",
            Self::Enterprise => "Enterprise cluster",
            Self::FlashGroup => "active group of Enterprise Flash clusters",
            Self::Flash => "Enterprise Flash cluster",
        }
    }
}

impl NothingToMove {
    /// One sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unsaid => "The plan does not say what runs today, so no move can be planned.",
            Self::Nothing => "Nothing runs today, so nothing has to be moved.",
            Self::Managed => "Azure Managed Redis runs already, and it has no retirement date.",
            Self::Unknown => "The catalogue does not know the size that runs, or when its service ends.",
        }
    }
}

impl PathKind {
    /// Its name, as a heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DualWrite => "Side by side with dual writes",
            Self::Rolling => "Replace members one by one",
            Self::ExportImport => "Export and import",
            Self::Rewarm => "New caches, warmed from the database",
            Self::Tool => "Microsoft's migration tool",
            Self::InPlace => "Change the cluster in place",
            Self::UnlinkFirst => "Unlink first, then Microsoft's tool",
        }
    }

    /// What it does, in one sentence with its source.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::DualWrite => {
                "New caches run beside the old ones, and the application writes to both until every key has been written again (Z1)."
            }
            Self::Rolling => {
                "One Azure Managed Redis member joins the existing group, clients of its region move, and one Enterprise member is deleted (Z4)."
            }
            Self::ExportImport => {
                "The old cache is exported as RDB and imported into the new one, which the import empties (Z1)."
            }
            Self::Rewarm => {
                "The new caches begin empty and the database fills them; each change is deleted in both until every client has moved."
            }
            Self::Tool => {
                "The old name and keys lead to a new, empty cache of the same region and subscription (D5, Z6)."
            }
            Self::InPlace => "The cluster changes its size to Azure Managed Redis and keeps name and keys (Z5).",
            Self::UnlinkFirst => "The pair is unlinked, and the tool moves the serving cache; a second copy follows.",
        }
    }
}

impl WhyNot {
    /// Why a path does not apply, in one sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoLink => "There is no link to cut.",
            Self::GeoLinked => "The tool takes no geo-replicated cache (D5, Z5, Z6).",
            Self::PrivateEndpoint => "The tool takes no cache with a private endpoint (Z6).",
            Self::Injected => "The tool takes no cache that is injected into a VNet (Z6).",
            Self::NoExport => "Basic and Standard cannot export.",
            Self::OnlyEnterpriseGroup => {
                "Only an active group of Enterprise clusters takes new members of Azure Managed Redis (Z4)."
            }
            Self::OnlyEnterprise => "Only an Enterprise cluster changes in place (Z5).",
            Self::OnlyClassic => "The tool is for Basic, Standard and Premium (D5).",
            Self::FlashInGroup => {
                "Flash Optimized cannot be a member of a group (D1), so nothing can replace a Flash member."
            }
            Self::HeldOnlyHere => "A part of the data is held only here, and this path moves no data.",
            Self::NoGroupFollows => "The target is one cache, and this path replaces members of a group.",
        }
    }
}

impl Condition {
    /// What a path asks for, or what is open about it, in one sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::WritesTwice => "The application has to write to both caches.",
            Self::EndpointsRemoved => {
                "Private endpoints are removed before the tool runs, so that private clients are cut off meanwhile (Z6)."
            }
            Self::ImportUntested => "No source says whether a grouped database can be imported into: test it first.",
            Self::GroupUntested => "No source says whether the tool takes a target that is in a group: test it first.",
            Self::ClassUnsaid => "The plan does not say which data the database can give back.",
            Self::DataOpen => "Two texts of one day differ on whether the data stays (Z5): export first.",
            Self::NoWayBack => "There is no rollback and no choice of the time (Z5).",
            Self::ThirtyDays => "The old name can be led back for 30 days (Z8); assume that later writes are lost.",
            Self::OneMoreMember => "A mixed group has six members at most: one is replaced at a time (Z4).",
            Self::Preview => "It is a preview (D5).",
        }
    }
}

impl Differs {
    /// Why the size by the mapping and the size by need differ, in one sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Same => "The published mapping and the measured need give the same size.",
            Self::NoRow => "No published mapping has a row for what runs, so the measured need alone gives the size.",
            Self::NothingFits => "No size holds the load.",
            Self::NotInGroup => "The mapped size cannot be a member of an active group (S3).",
            Self::CrdtFactor => {
                "The mapping goes by nominal memory; a group keeps up to twice the data (R1), which no published mapping counts."
            }
            Self::Load => "The data or the load of this plan is more than the mapped size takes.",
            Self::OldSizeRoomy => "The mapping goes by the old size, of which the data fills only a part.",
            Self::Family => "Both have the same memory; the family follows the load of what runs (Z2).",
        }
    }
}

impl ClientChange {
    /// What changes, and from what to what; sources beside it.
    #[must_use]
    pub const fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::HostName => {
                ("Host name", "name.region.redis.azure.net in place of the old suffix; checks of the suffix fail (D4)")
            }
            Self::Port => ("Port", "10000 in place of 6380 and 6379; only the tool forwards the old ports (D5)"),
            Self::Tls => ("TLS", "one mode for the database, TLS 1.2 at least, on one port (D4)"),
            Self::OneDatabase => ("Databases", "0 alone: SELECT of another fails (D4)"),
            Self::ClusterPolicy => (
                "Cluster policy",
                "fixed at creation; OSS needs clients that know clusters, Enterprise has one endpoint (D2)",
            ),
            Self::MultiKey => ("Several keys, Lua", "within one slot (D2)"),
            Self::Keys => ("Access keys", "off unless asked for, and new ones; the tool copies the old ones (D5)"),
            Self::Network => (
                "Network",
                "private endpoints alone: no firewall rules, no injection; zone privatelink.redis.azure.net (D4)",
            ),
            Self::NoFailoverCommand => ("Failover", "no command: clients go to another member (S3)"),
            Self::Version => ("Version", "Redis 7.4 (D4)"),
            Self::Modules => ("Modules", "a group takes RediSearch and RedisJSON alone (S3)"),
            Self::Persistence => ("Persistence", "not in a group (S3)"),
            Self::Flush => ("FLUSHALL, FLUSHDB", "refused in a group; the management call empties every member (S3)"),
        }
    }
}

impl Gap {
    /// "none", "none today", "none by design", "13 min – 2 h".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::NoneToday => "no second copy today".to_owned(),
            Self::ByDesign => "no second copy by design".to_owned(),
            Self::Lasts(range) if range.high.as_secs() <= 0.0 => "none".to_owned(),
            Self::Lasts(range) => format::duration_range(range),
        }
    }
}

impl Loss {
    /// "nothing"; "nothing while writes are stopped, else writes of 2 – 5 min".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::WritesOf(range) => {
                format!("nothing while writes stop, else writes of {}", format::duration_range(range))
            }
            Self::NotReloaded => "what the database does not give back".to_owned(),
            Self::Open => "sources differ: nothing to all (Z5)".to_owned(),
        }
    }
}
