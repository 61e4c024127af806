//! What a predicate sees, and what it may answer.

use super::Status;
use crate::catalog::{Catalog, Family, RegionId, Severity, Sku, SkuId};
use crate::model::demand::Demand;
use crate::model::fit::{Design, Misfit};
use crate::model::horizon::OverHorizon;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Confirmation, Plan};
use crate::units::{Date, Ratio, format};

/// Why a rule of pairs, or of groups, does not apply.
pub(super) const NO_PAIR: &str = "the plan has no second region";

/// How the sentence of an open confirmation begins.
pub const IF_NOT_SO: &str = "If not so: ";

/// The plan with its answers.
pub(super) struct View<'a> {
    pub(super) plan: &'a Plan,
    pub(super) catalog: &'a Catalog,
    pub(super) demand: &'a Demand,
    pub(super) rebuild: &'a TopologyAnswer,
    pub(super) passive: &'a TopologyAnswer,
    pub(super) active: &'a TopologyAnswer,
    /// What the designs cost over the horizon, and when their sizes are outgrown, where that is worked out: for a reader it is.
    pub(super) over: Option<&'a OverHorizon>,
}

/// What a broken rule says.
pub(super) struct Breach {
    pub(super) sentence: String,
    pub(super) remedy: String,
    pub(super) field: &'static str,
    /// Where this case weighs differently from the rule's usual severity.
    pub(super) severity: Option<Severity>,
    /// Where the tags of the catalogue need dates beside them.
    pub(super) source: Option<&'static str>,
}

/// How a rule stands.
pub(super) enum Outcome {
    Holds,
    NotApplicable(&'static str),
    NotVisible(&'static str),
    Broken(Breach),
    Applies(Breach),
    Open(Breach),
}

/// A rule's id and its predicate.
pub(super) type Rule = (&'static str, fn(&View) -> Outcome);

impl Breach {
    pub(super) fn new(sentence: impl Into<String>, remedy: impl Into<String>, field: &'static str) -> Self {
        Self { sentence: sentence.into(), remedy: remedy.into(), field, severity: None, source: None }
    }
}

impl Outcome {
    pub(super) fn broken(sentence: impl Into<String>, remedy: impl Into<String>, field: &'static str) -> Self {
        Self::Broken(Breach::new(sentence, remedy, field))
    }

    pub(super) fn applies(sentence: impl Into<String>, remedy: impl Into<String>, field: &'static str) -> Self {
        Self::Applies(Breach::new(sentence, remedy, field))
    }

    /// Holds when the plan shows it.
    pub(super) fn holds_if(holds: bool, sentence: &str, remedy: &str, field: &'static str) -> Self {
        if holds { Self::Holds } else { Self::broken(sentence, remedy, field) }
    }

    /// Holds when a person has confirmed it, is broken when they say that it is not so, and is open until they have looked.
    pub(super) fn asked(answer: Confirmation, sentence: &str, remedy: &str, field: &'static str) -> Self {
        match answer {
            Confirmation::Confirmed => Self::Holds,
            Confirmation::NotSo => Self::broken(sentence, remedy, field),
            Confirmation::Unknown => Self::open([IF_NOT_SO, sentence].concat(), remedy, field),
        }
    }

    pub(super) fn open(sentence: impl Into<String>, remedy: impl Into<String>, field: &'static str) -> Self {
        Self::Open(Breach::new(sentence, remedy, field))
    }

    /// The same, said with other source tags than the catalogue's.
    pub(super) fn with_source(self, source: &'static str) -> Self {
        self.amend(|said| said.source = Some(source))
    }

    /// The same, with another weight than the rule's usual one.
    pub(super) fn with_severity(self, severity: Severity) -> Self {
        self.amend(|said| said.severity = Some(severity))
    }

    fn amend(mut self, change: impl FnOnce(&mut Breach)) -> Self {
        if let Self::Broken(said) | Self::Applies(said) | Self::Open(said) = &mut self {
            change(said);
        }
        self
    }

    pub(super) const fn status(&self) -> Status {
        match self {
            Self::Holds => Status::Holds,
            Self::NotApplicable(_) => Status::NotApplicable,
            Self::NotVisible(_) => Status::NotVisible,
            Self::Broken(_) => Status::Broken,
            Self::Applies(_) => Status::Applies,
            Self::Open(_) => Status::Open,
        }
    }
}

impl<'a> View<'a> {
    pub(super) const fn of(&self, topology: Topology) -> &'a TopologyAnswer {
        match topology {
            Topology::Rebuild => self.rebuild,
            Topology::Passive => self.passive,
            Topology::Active => self.active,
        }
    }

    pub(super) fn region_name(&self, region: &'a RegionId) -> &'a str {
        self.catalog.region_name(region)
    }

    /// Names of the primary's and the secondary's regions.
    pub(super) fn pair_regions(&self) -> Option<(&'a RegionId, &'a RegionId)> {
        Some((&self.plan.primary()?.region, &self.plan.secondary()?.region))
    }

    pub(super) fn same_region(&self) -> Option<bool> {
        self.pair_regions().map(|(primary, secondary)| primary == secondary)
    }

    /// Names of the two Premium sizes: as given, else as derived.
    pub(super) fn pair_skus(&self) -> Option<(&'a SkuId, &'a SkuId)> {
        let derived = self.passive.design.caches.first().map(|cache| &cache.sku);
        let primary = self.plan.passive.sku.as_ref().or(derived)?;
        Some((primary, self.plan.passive.secondary_sku.as_ref().unwrap_or(primary)))
    }

    /// The pair's sizes, where the catalogue knows both.
    pub(super) fn pair_sizes(&self) -> Option<(&'a Sku, &'a Sku)> {
        let (primary, secondary) = self.pair_skus()?;
        Some((self.catalog.sku(primary)?, self.catalog.sku(secondary)?))
    }

    /// Name of the members' size: as given, else as derived.
    pub(super) fn member_sku(&self) -> Option<&'a SkuId> {
        let derived = self.active.design.caches.first().map(|cache| &cache.sku);
        self.plan.active.sku.as_ref().or(derived)
    }

    pub(super) fn member_size(&self) -> Option<&'a Sku> {
        self.catalog.sku(self.member_sku()?)
    }

    pub(super) fn member_is_flash(&self) -> bool {
        self.member_size().is_some_and(|sku| sku.family == Family::FlashOptimized)
            || self.member_sku().is_some_and(|sku| sku.as_str().contains("Flash"))
    }

    /// The day after the last month of the horizon.
    pub(super) fn horizon_end(&self) -> Date {
        self.plan.horizon.start.plus_months(self.plan.horizon.months)
    }

    /// When a growing load is too much for the size of a topology, and by what: "in month 4 (the runway target)". `None` where the size lasts
    /// to the end of the horizon or of its service, or does not fit on the first day.
    pub(super) fn outgrown(&self, topology: Topology) -> Option<String> {
        let said = |month: u32, limit: &str| format!("in month {month} ({limit})");
        let Some(over) = self.over else {
            let max_fill =
                if topology == Topology::Passive { self.plan.passive.max_fill } else { self.plan.active.max_fill };
            return Some(said(self.filled_in(&self.of(topology).design, max_fill)?, "memory"));
        };
        let (month, reasons) = over.of(topology).own.outgrown.as_ref()?;
        Some(said(*month, &format::listed(&reasons.iter().map(Misfit::limit).collect::<Vec<_>>())))
    }

    /// The month of the horizon, from 1, in which growing data passes `max_fill`; `None` when it does not, or does already.
    fn filled_in(&self, design: &Design, max_fill: Ratio) -> Option<u32> {
        let growth = self.plan.workload.growth_per_year.as_fraction();
        let (fill, limit) = (design.fill.as_fraction(), max_fill.as_fraction());
        let grows_inside = growth > 0.0 && fill > 0.0 && fill <= limit;
        if !(design.possible && grows_inside) {
            return None;
        }
        let factor = |month: u32| libm::pow(1.0 + growth, f64::from(month) / 12.0);
        (1..=self.plan.horizon.months).find(|month| fill * factor(*month) > limit)
    }
}
