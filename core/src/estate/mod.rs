//! The estate as Azure prints it: files in, facts, deployments, plans and findings out.
//!
//! Facts are what files say, each unknown until one says it; keys, connection strings and tokens have no field, so that nothing of
//! them is ever kept. No order of the files changes anything.

mod code;
pub mod costs;
mod deployments;
mod drift;
mod facts;
mod findings;
mod id;
mod measure;
mod planned;
mod read;
#[cfg(test)]
pub(in crate::estate) mod tests;

use crate::import::secret;

pub use crate::import::dates::DateOrder;
pub use crate::import::metrics::Quantity;
pub use deployments::{Deployment, Kind, Member, Role, deployments};
pub use drift::cause::{Cause, What};
pub use drift::{Changes, Drift, Drifted, Moved, drift};
pub use facts::lists::Listed;
pub use facts::settle::{Dispute, Origin};
pub use facts::{Alert, Cache, Database, Endpoint, Facts, Link, Place, Tier};
pub use findings::finding::Finding;
pub use findings::findings;
pub use id::name as id_name;
pub(crate) use measure::of_cache::worst;
pub use measure::parts::Split;
pub use measure::runs::ShardsOf;
pub use measure::series::{MetricSeries, Spread};
pub use measure::{Measured, Measurements, ServiceOf, Unusable};
pub use planned::draft::{Draft, Evidence, Missing};
pub use planned::health::quiet_since;
pub use planned::load::{all_series_of, day, divided, events, measured, series_of, window};
pub use planned::rhythm::{ONE_DAY, writes};
pub use planned::{Estate, Planned};
pub use read::adds::{adds_to, known_caches, renewed, renews};
pub use read::by_kind::{MAX_TOGETHER, Sorted, counted_bytes, sorted, too_large, too_many_bytes};
pub use read::{MAX_ESTATE_BYTES, Read, read, read_dated, read_telling};
