//! The paths from what runs to Azure Managed Redis, and which of them apply (M-18).

use super::running::{Kind, Running};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::plan::{DataClass, Network, Plan};
use serde::Serialize;

/// A path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PathKind {
    /// New caches beside the old ones; the application writes to both until every key has been written again.
    DualWrite,
    /// One new member at a time joins the Enterprise group, and an old one leaves it (Z4).
    Rolling,
    /// Export of the old cache, import into the new one (Z1).
    ExportImport,
    /// New, empty caches beside the old ones; the database fills them.
    Rewarm,
    /// The tool of Azure Cache for Redis: the old name leads to an empty new cache (D5, Z6).
    Tool,
    /// The tool of Enterprise: the cluster itself changes (Z5).
    InPlace,
    /// The link is cut first, then the tool.
    UnlinkFirst,
}

impl PathKind {
    /// Every path.
    pub const ALL: [Self; 7] = [
        Self::DualWrite,
        Self::Rolling,
        Self::ExportImport,
        Self::Rewarm,
        Self::Tool,
        Self::InPlace,
        Self::UnlinkFirst,
    ];

    /// Its name in commands and files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::DualWrite => "dual-write",
            Self::Rolling => "rolling",
            Self::ExportImport => "export-import",
            Self::Rewarm => "rewarm",
            Self::Tool => "tool",
            Self::InPlace => "in-place",
            Self::UnlinkFirst => "unlink-first",
        }
    }

    /// The path of a name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.slug() == slug)
    }

    /// The new cache begins empty.
    #[must_use]
    pub const fn begins_empty(self) -> bool {
        matches!(self, Self::Rewarm | Self::Tool | Self::UnlinkFirst)
    }

    /// Microsoft's tool moves the old name and keys with it.
    #[must_use]
    pub const fn keeps_the_name(self) -> bool {
        matches!(self, Self::Tool | Self::UnlinkFirst | Self::InPlace)
    }
}

/// Why a path does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// Nothing is linked.
    NoLink,
    /// The tool takes no linked or grouped cache (D5, Z5, Z6).
    GeoLinked,
    /// The tool takes no cache with a private endpoint (Z6).
    PrivateEndpoint,
    /// The tool takes no injected cache (Z6).
    Injected,
    /// Only Premium and Enterprise export.
    NoExport,
    /// It is a way of Enterprise groups (Z4).
    OnlyEnterpriseGroup,
    /// It is a way of Enterprise clusters (Z5).
    OnlyEnterprise,
    /// It is a way of Azure Cache for Redis (D5).
    OnlyClassic,
    /// Flash Optimized takes no part in a group (D1), so that no member of the same kind can follow.
    FlashInGroup,
    /// A part of the data is held only here, and the path moves no data.
    HeldOnlyHere,
    /// The target has one cache, and the path replaces members.
    NoGroupFollows,
}

/// What a path that applies asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The application can write to two caches.
    WritesTwice,
    /// Private endpoints are removed before the tool runs.
    EndpointsRemoved,
    /// No source says that a grouped database can be imported into.
    ImportUntested,
    /// No source says that the tool takes a new cache that is in a group.
    GroupUntested,
    /// The plan does not say what of the data can be rebuilt.
    ClassUnsaid,
    /// Two texts of one day differ on whether the data stays (Z5).
    DataOpen,
    /// There is no way back (Z5).
    NoWayBack,
    /// The old name can be led back for 30 days (Z8).
    ThirtyDays,
    /// A group of five has room for one member more (Z4).
    OneMoreMember,
    /// It is in preview.
    Preview,
}

/// The reason against a path; `None` where it applies.
#[must_use]
pub(super) fn why_not(path: PathKind, running: &Running, target: Topology, plan: &Plan) -> Option<WhyNot> {
    let kind = running.kind;
    let reasons: &[(bool, WhyNot)] = match path {
        PathKind::DualWrite => &[],
        PathKind::Rewarm => &[(held_only_here(plan), WhyNot::HeldOnlyHere)],
        PathKind::ExportImport => &[(matches!(kind, Kind::Standard | Kind::Basic), WhyNot::NoExport)],
        PathKind::Rolling => &[
            (kind == Kind::FlashGroup, WhyNot::FlashInGroup),
            (kind != Kind::EnterpriseGroup, WhyNot::OnlyEnterpriseGroup),
            (target != Topology::Active, WhyNot::NoGroupFollows),
        ],
        PathKind::Tool => &[
            (!kind.is_classic(), WhyNot::OnlyClassic),
            (kind == Kind::Pair, WhyNot::GeoLinked),
            (plan.passive.network == Network::PrivateEndpoint, WhyNot::PrivateEndpoint),
            (injected(kind, plan), WhyNot::Injected),
            (held_only_here(plan), WhyNot::HeldOnlyHere),
        ],
        PathKind::InPlace => {
            &[(kind.is_classic(), WhyNot::OnlyEnterprise), (kind.has_second_copy(), WhyNot::GeoLinked)]
        }
        PathKind::UnlinkFirst => &[
            (kind != Kind::Pair, WhyNot::NoLink),
            (injected(kind, plan), WhyNot::Injected),
            (held_only_here(plan), WhyNot::HeldOnlyHere),
        ],
    };
    reasons.iter().find(|(holds, _)| *holds).map(|(_, why)| *why)
}

/// Only Premium is injected.
fn injected(kind: Kind, plan: &Plan) -> bool {
    kind.is_premium() && plan.passive.network == Network::VnetInjected
}

fn held_only_here(plan: &Plan) -> bool {
    plan.data.parts.iter().any(|part| part.class == DataClass::HeldOnlyHere && part.share.as_fraction() > 0.0)
}

/// What a path that applies asks for.
#[must_use]
pub(super) fn conditions(
    path: PathKind,
    running: &Running,
    target: Topology,
    plan: &Plan,
    catalog: &Catalog,
) -> Vec<Condition> {
    let group = target == Topology::Active;
    let unsaid = plan.data.whole().iter().any(|part| part.class == DataClass::Unknown);
    let preview = |sku: &crate::catalog::SkuId| catalog.sku(sku).is_some_and(|sku| sku.preview);
    let all = [
        (path == PathKind::DualWrite, Condition::WritesTwice),
        (
            path == PathKind::UnlinkFirst && plan.passive.network == Network::PrivateEndpoint,
            Condition::EndpointsRemoved,
        ),
        (path == PathKind::ExportImport && group, Condition::ImportUntested),
        (matches!(path, PathKind::Tool | PathKind::UnlinkFirst) && group, Condition::GroupUntested),
        (path.begins_empty() && unsaid, Condition::ClassUnsaid),
        (path == PathKind::InPlace, Condition::DataOpen),
        (path == PathKind::InPlace, Condition::NoWayBack),
        (matches!(path, PathKind::Tool | PathKind::UnlinkFirst), Condition::ThirtyDays),
        (path == PathKind::Rolling && running.caches.len() >= 5, Condition::OneMoreMember),
        (
            matches!(path, PathKind::Tool | PathKind::UnlinkFirst) || running.caches.iter().any(|it| preview(&it.sku)),
            Condition::Preview,
        ),
    ];
    all.into_iter().filter_map(|(holds, condition)| holds.then_some(condition)).collect()
}
