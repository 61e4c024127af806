//! Sizes, and what a design lacks: one sentence a reason.

use crate::model::fit::{Asked, Misfit, SizeName};
use crate::plan::GROUP_MEMBERS;
use crate::units::{Bytes, OpsPerSec, Ratio, format};

impl SizeName {
    /// "P2 with 3 shards", "B10".
    #[must_use]
    pub fn words(&self) -> String {
        match self.shards {
            None => self.sku.short().to_owned(),
            Some(1) => format!("{} with 1 shard", self.sku.short()),
            Some(shards) => format!("{} with {shards} shards", self.sku.short()),
        }
    }
}

/// "P2 with 1 shard and B10"; empty for none.
#[must_use]
pub fn sizes(sizes: &[SizeName]) -> String {
    sizes.iter().map(SizeName::words).collect::<Vec<_>>().join(" and ")
}

/// All of them, one sentence after the other.
#[must_use]
pub fn misfits(misfits: &[Misfit]) -> String {
    misfits.iter().map(Misfit::words).collect::<Vec<_>>().join(" ")
}

impl Misfit {
    /// What passes its limit, in a word or two: "memory", "the runway target"; "" where a design is not possible.
    #[must_use]
    pub const fn limit(&self) -> &'static str {
        match self {
            Self::Memory { .. } => "memory",
            Self::Connections { .. } => "connections",
            Self::Throughput { .. } => "throughput",
            Self::Target { asked, .. } => asked.words(),
            _ => "",
        }
    }

    /// One sentence with its figures: "B10 may be filled to 7.2 GB (75 % of 9.6 GB usable) and the data needs 10 GB."
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NoRegion => "The plan names no region: add one.".to_owned(),
            Self::PairOfRegions(count) => format!("A passive pair needs two regions and the plan has {count}."),
            Self::MembersOf(count) => members(*count),
            Self::RegionTwice(place) => format!(
                "An active group has one member a region and the plan names {} twice: enter another (S3).",
                place.name
            ),
            Self::UnknownSize(id) => format!("The catalogue has no size {id}: choose another."),
            Self::UnknownSecondary(id) => {
                format!("The catalogue has no size {id} for the secondary: choose another.")
            }
            Self::NoSize => "No size of the catalogue can be used here.".to_owned(),
            Self::NothingFits(lacking) => format!("No size fits. {}", misfits(lacking)),
            Self::RebuildOnAmr(sku, family) => {
                format!("{} is {}; the rebuild is planned on AMR.", sku.short(), family.name())
            }
            Self::PairOfPremium(sku) => {
                format!("{} is not Premium; a passive pair needs two Premium caches (S1).", sku.short())
            }
            Self::FlashInGroup(sku) => {
                format!("{} is Flash Optimized, which no active group takes (D1).", sku.short())
            }
            Self::NotInGroup(sku) => format!("{} cannot be a member of an active group (S3).", sku.short()),
            Self::Memory { size, usable, fill, needs, data, crdt, fullest } => {
                memory(size, *usable, *fill, *needs) + &product(*data, *crdt, *fullest) + "."
            }
            Self::Connections { size, takes, gets } => connections(size, *takes, *gets),
            Self::Target { size, asked } => format!("{} no longer meets {}.", size.words(), asked.words()),
            Self::Throughput { size, limit, derate, peak } => throughput(size, *limit, *derate, *peak),
        }
    }
}

impl Asked {
    /// "the runway target".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Copy => "a full sync that ends",
            Self::Rpo => "the RPO target",
            Self::Runway => "the runway target",
            Self::Budget => "the budget in every month",
        }
    }
}

fn members(count: usize) -> String {
    format!(
        "An active group has {} to {} members, one a region; the plan has {count} (S3).",
        GROUP_MEMBERS.start(),
        GROUP_MEMBERS.end()
    )
}

fn memory(size: &SizeName, usable: Bytes, fill: Ratio, needs: Bytes) -> String {
    format!(
        "{} may hold {} ({} of {} usable); the data needs {}",
        size.words(),
        format::bytes(usable * fill),
        format::percent(fill),
        format::bytes(usable),
        format::bytes(needs)
    )
}

/// " (10 GB × 1.5 CRDT × 1.1 fullest shard)"; empty where the data needs its own size.
fn product(data: Bytes, crdt: Option<f64>, fullest: Option<f64>) -> String {
    let crdt = crdt.map(|factor| format!("{} CRDT", format::number(factor)));
    let fullest = fullest.map(|factor| format!("{} fullest shard", format::number(factor)));
    let factors: Vec<String> = crdt.into_iter().chain(fullest).collect();
    if factors.is_empty() {
        return String::new();
    }
    format!(" ({} × {})", format::bytes(data), factors.join(" × "))
}

fn connections(size: &SizeName, takes: f64, gets: f64) -> String {
    let (takes, gets) = (format::count(takes), format::count(gets));
    format!("{} takes {takes} connections; the busiest cache gets {gets}.", size.words())
}

fn throughput(size: &SizeName, limit: OpsPerSec, derate: Ratio, peak: OpsPerSec) -> String {
    format!(
        "{} may be planned with {} ({} of the published figure); the peak with a region down is {}.",
        size.words(),
        format::ops(limit),
        format::percent(derate),
        format::ops(peak)
    )
}
