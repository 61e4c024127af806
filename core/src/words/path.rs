//! Why a way back is taken, and what stands before it.

use crate::model::rto::{Barrier, PathReason, RtoChain};
use crate::units::{Secs, format};

impl RtoChain {
    /// Why the path applies, or when, with its source: "There is no replica: a new cache is created and reloaded from the database."
    #[must_use]
    pub fn why(&self) -> String {
        match self.reason {
            PathReason::EqualSizes { private: false } => EQUAL_SIZES.to_owned(),
            PathReason::EqualSizes { private: true } => format!("{EQUAL_SIZES} {PRIVATE_NAME}"),
            PathReason::Drill { pause, longest, covered } => drill(pause, longest, covered),
            PathReason::Barred if self.barriers.is_empty() => CONTROL_PLANE_GONE.to_owned(),
            PathReason::Barred => self.barriers.iter().map(|it| it.sentence()).collect::<Vec<_>>().join(" "),
            PathReason::OthersTakeWrites { by_itself: true } => format!("{OTHERS_TAKE_WRITES} {BY_ITSELF}"),
            PathReason::OthersTakeWrites { by_itself: false } => format!("{OTHERS_TAKE_WRITES} {BY_PEOPLE}"),
            PathReason::NoReplica => NO_REPLICA.to_owned(),
        }
    }
}

const EQUAL_SIZES: &str =
    "The caches are of one size: the secondary takes over the role and the clients keep their name (S1).";

const PRIVATE_NAME: &str = "With private endpoints this stands on your confirmation that the geo-replicated name leads to both caches: no source says that it resolves to a private endpoint.";

const CONTROL_PLANE_GONE: &str =
    "Taken when the primary region's control plane is gone as well: geo-failover needs it, unlinking does not (D14).";

const OTHERS_TAKE_WRITES: &str = "The other members take writes already (D4, D7).";

const BY_ITSELF: &str = "The application sends its clients there by itself: confirmed and drilled.";

const BY_PEOPLE: &str = "People notice, decide and point the clients there: the plan does not say that the application redirects itself and that a drill within the last quarter has shown it.";

const NO_REPLICA: &str = "There is no replica: a new cache is created and reloaded from the database.";

fn drill(pause: Secs, longest: Secs, covered: bool) -> String {
    let (covers, advice) = if covered { ("it covers", "") } else { ("it is shorter than", ": pause longer") };
    format!(
        "For drills and maintenance: the clients are paused for {} (S1 suggests CLIENT PAUSE 1,800,000 ms), the link drains \
         below 14 bytes, then the roles are swapped (S1). The new primary keeps the pause, so that users wait until it is \
         over, or until the way back is through where that takes longer; {covers} drain and geo-failover, {} at their \
         longest{advice}.",
        format::duration(pause),
        format::duration(longest)
    )
}

impl Barrier {
    /// One sentence with its source.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::UnequalSizes => {
                "The two caches differ in size, so geo-failover is not available and the link has to be broken (S1)."
            }
            Self::NoPrivateEndpoint => {
                "The secondary has no private endpoint, and none can be added while the caches are linked: the link has to be broken first (S1)."
            }
            Self::PrivateName => {
                "Private clients do not reach the new primary by the geo-replicated name: no source says that it resolves to a private endpoint, so the clients are pointed to the other cache. Once a drill shows that it leads to both, confirm “Geo-replicated name leads to both” of the passive pair, and the geo-failover comes first."
            }
            Self::ControlPlane => {
                "The control plane of the primary's region is lost with it: geo-failover needs it, unlinking does not (D14)."
            }
        }
    }
}
