//! Many plans in one file, each with tags: read, evaluated in chunks, totalled, shared out, filtered, sorted, exported.
//!
//! Each entry is evaluated alone ([`crate::evaluate::evaluate`]); free tiers and tiers of traffic count in each plan.

mod each;
mod estate_names;
mod file;
mod moves;
mod others;
mod rows;
mod settings;
mod shares;
mod tags;
#[cfg(test)]
mod tests;
mod tiers;
mod view;
pub mod waves;
#[cfg(test)]
mod waves_tests;

pub(crate) use each::each;
pub use estate_names::{aliases, is_imported};
pub use file::{Broken, MAX_ENTRIES, MAX_PORTFOLIO_BYTES, PORTFOLIO_VERSION, PortfolioError, Reading, read, write};
pub use moves::Move;
pub use others::Others;
pub use rows::{ByTerm, Cheapest, HEAD, Row, Rows, cells};
pub use settings::Settings;
pub(crate) use settings::is_kept;
pub use shares::{Share, Totals, no_shares, rounding, shares, totals};
pub use tags::{MAX_TAG_KEYS, TagKeys, Tags, parse_tags, tag_keys, tag_pairs, tag_text};
pub use tiers::{TIER_TAG, Tier};
pub use view::{Order, Query, SortBy, view};

use crate::model::Topology;
use crate::plan::Plan;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Plans with their tags.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Portfolio {
    /// The plans that could be read, in the order of the file.
    pub entries: Vec<Arc<Entry>>,
    /// Entries that could not be read; they are written back as they were.
    pub broken: Vec<Broken>,
    /// Targets of service tiers, by the value of the tag [`TIER_TAG`]: an entry has them where its plan sets no target of its own.
    pub tiers: BTreeMap<String, Tier>,
    /// What an import found of caches beyond the plans.
    pub settings: Settings,
}

/// One plan of a portfolio.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Free keys and values, in the order of the keys.
    pub tags: Tags,
    /// Which topology counts; `None` is the recommended one.
    pub topology: Option<Topology>,
    /// The plan.
    pub plan: Plan,
}

impl Entry {
    /// The value of a tag, if the entry has it.
    #[must_use]
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str())
    }
}
