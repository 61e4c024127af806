//! What changes for clients (M-18); sources beside each.

use super::running::Kind;
use crate::plan::{ClusteringPolicy, Plan};
use serde::Serialize;

/// Something that a client meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientChange {
    /// Another host name (D4).
    HostName,
    /// Port 10000 in place of 6380 and 6379 (D4).
    Port,
    /// One TLS mode on the one port; 1.2 at least (D4).
    Tls,
    /// Database 0 alone (D4).
    OneDatabase,
    /// The cluster policy, fixed at creation (D2).
    ClusterPolicy,
    /// Commands on several keys within one slot (D2).
    MultiKey,
    /// Access keys are off unless asked for.
    Keys,
    /// Private endpoints alone: no firewall rules, no injection (D4).
    Network,
    /// No command fails over or reboots (D4, S3).
    NoFailoverCommand,
    /// Redis 7.4 (D4).
    Version,
    /// A group takes two modules (S3).
    Modules,
    /// A group keeps no snapshot (S3).
    Persistence,
    /// FLUSHALL and FLUSHDB are refused in a group (S3).
    Flush,
}

/// What changes for the clients of what runs, in order of how often it breaks them.
#[must_use]
pub(super) fn changes(kind: Kind, group: bool, plan: &Plan) -> Vec<ClientChange> {
    let classic = kind.is_classic();
    // A group that exists had these limits before.
    let joins = group && !classic && !kind.has_second_copy();
    let all = [
        (true, ClientChange::HostName),
        (classic, ClientChange::Port),
        (classic, ClientChange::Tls),
        (classic, ClientChange::OneDatabase),
        (classic && plan.active.clustering != ClusteringPolicy::NonClustered, ClientChange::ClusterPolicy),
        (classic, ClientChange::MultiKey),
        (!plan.active.entra_id, ClientChange::Keys),
        (classic, ClientChange::Network),
        (kind == Kind::Pair, ClientChange::NoFailoverCommand),
        (true, ClientChange::Version),
        (joins, ClientChange::Modules),
        (joins || group && classic && plan.passive.persistence, ClientChange::Persistence),
        (group && classic, ClientChange::Flush),
    ];
    all.into_iter().filter_map(|(holds, change)| holds.then_some(change)).collect()
}
