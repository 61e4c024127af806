//! The estate as Azure prints it: files in, facts, deployments, plans and findings out.
//!
//! Facts are what files say, each unknown until one says it; keys, connection strings and tokens have no field, so that nothing of
//! them is ever kept. No order of the files changes anything.

mod alike;
mod answer;
mod apart;
mod ask_for;
mod asked;
mod cause;
mod changed;
mod charged_once;
mod charges;
mod code;
mod compare;
pub mod costs;
mod course;
mod deployments;
mod described;
mod disputes;
mod draft;
mod drift;
mod facts;
mod fault;
mod finding;
mod findings;
mod health;
mod id;
mod identity;
mod impossible_values;
mod kept_words;
mod known;
mod lag;
mod lenient_json;
mod link_state;
mod lists;
mod load;
mod managed;
mod measure;
mod pages;
mod paid;
mod pair;
mod parts;
mod planned;
mod points;
mod read;
mod rhythm;
mod runs;
mod said;
mod seen;
mod settings;
mod shape;
mod site;
mod sorted;
mod strangers;
mod tables;
mod take;
#[cfg(test)]
pub(in crate::estate) mod tests;
mod today;
mod watch;
mod written;

use crate::import::secret;

pub use crate::import::dates::DateOrder;
pub use crate::import::metrics::Quantity;
pub use cause::{Cause, What};
pub use course::{MetricSeries, Spread};
pub use deployments::{Deployment, Kind, Member, Role, deployments};
pub use draft::{Draft, Evidence, Missing};
pub use drift::{Changes, Drift, Drifted, Moved, drift};
pub use facts::{Alert, Cache, Database, Endpoint, Facts, Link, Place, Tier};
pub use finding::Finding;
pub use findings::findings;
pub use health::quiet_since;
pub use id::name as id_name;
pub use lists::Listed;
pub use load::{all_series_of, day, divided, events, measured, series_of, window};
pub use measure::{Measured, Measurements, ServiceOf, Unusable};
pub use parts::Split;
pub use planned::{Estate, Planned};
pub use read::{MAX_ESTATE_BYTES, Read, read, read_dated, read_telling};
pub use rhythm::{ONE_DAY, writes};
pub use runs::ShardsOf;
pub use said::{Dispute, Origin};
pub(crate) use seen::worst;
pub use sorted::{MAX_TOGETHER, Sorted, counted_bytes, sorted, too_large, too_many_bytes};
