//! Why a recovery path is taken, and what stands before it.

use crate::model::rto::{Barrier, PathReason, RtoChain};
use crate::units::{Secs, format};

impl RtoChain {
    /// Why the path applies, or when, with its source: "Without a replica a new cache is created and reloaded from the database."
    #[must_use]
    pub fn why(&self) -> String {
        match self.reason {
            PathReason::EqualSizes { private: false } => EQUAL_SIZES.to_owned(),
            PathReason::EqualSizes { private: true } => format!("{EQUAL_SIZES} {PRIVATE_NAME}"),
            PathReason::Drill { pause, planned } => drill(pause, planned),
            PathReason::Barred if self.barriers.is_empty() => CONTROL_PLANE_GONE.to_owned(),
            PathReason::Barred => self.barriers.iter().map(|it| it.sentence()).collect::<Vec<_>>().join(" "),
            PathReason::OthersTakeWrites { by_itself: true } => format!("{OTHERS_TAKE_WRITES} {BY_ITSELF}"),
            PathReason::OthersTakeWrites { by_itself: false } => format!("{OTHERS_TAKE_WRITES} {BY_PEOPLE}"),
            PathReason::NoReplica => NO_REPLICA.to_owned(),
        }
    }
}

const EQUAL_SIZES: &str = "Equal sizes: the secondary takes the role, clients keep the name (S1).";

const PRIVATE_NAME: &str =
    "Based on your confirmation that the geo-replicated name leads to both private endpoints; no source says so.";

const CONTROL_PLANE_GONE: &str =
    "For a lost control plane of the primary's region: geo-failover needs it, unlinking does not (D14).";

const OTHERS_TAKE_WRITES: &str = "The other members already take writes (D4, D7).";

const BY_ITSELF: &str = "The application redirects itself: confirmed and drilled.";

const BY_PEOPLE: &str = "People notice, decide and point the clients there, until a redirecting application is confirmed and drilled within the quarter.";

const NO_REPLICA: &str = "Without a replica a new cache is created and reloaded from the database.";

fn drill(pause: Secs, planned: Secs) -> String {
    let instead = if planned < pause {
        format!(", which the plan's {} may not", format::duration(planned))
    } else {
        String::new()
    };
    format!(
        "For drills and maintenance: the clients are paused for {} (S1 suggests CLIENT PAUSE 1,800,000 ms), the link drains \
         below 14 bytes, then the roles are swapped (S1). The new primary keeps the pause, so that users wait until it is \
         over, or until the recovery path is through where that takes longer; it covers drain and geo-failover at \
         their longest{instead}.",
        format::duration(pause)
    )
}

impl Barrier {
    /// One sentence with its source.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::UnequalSizes => "The sizes differ: no geo-failover, the link must be broken (S1).",
            Self::NoPrivateEndpoint => {
                "The secondary has no private endpoint and gets none while linked: the link must be broken first (S1)."
            }
            Self::PrivateName => {
                "The geo-replicated name may not lead to private endpoints, so this goes by unlink. If a drill shows that it does, confirm “Geo-replicated name leads to both”: geo-failover then comes first."
            }
            Self::ControlPlane => {
                "The lost region takes its control plane: geo-failover needs it, unlinking does not (D14)."
            }
        }
    }
}
