//! What a search chooses: enough to put it into the plan.

use super::place::with_caches;
use crate::catalog::{Catalog, RegionId, ReservationTerm, SkuId};
use crate::evaluate::evaluate_unread;
use crate::model::demand::demand;
use crate::model::fit::{self, Design, SizeChoice};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::names::Named;
use serde_json::{Value, json};

/// A design by what a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignChoice {
    /// Which topology.
    pub topology: Topology,
    /// Its size, all caches alike.
    pub size: SizeChoice,
    /// Where its caches stand, in the order of the plan's regions.
    pub regions: Vec<RegionId>,
    /// How its nodes are paid.
    pub reservation: Option<ReservationTerm>,
}

impl DesignChoice {
    /// The plan with this design: its size as a given one, its regions first, its reservation. What another topology has stays, and what
    /// runs today runs on where it is; a plan that cannot hold the regions keeps its own.
    #[must_use]
    pub fn taken(&self, plan: &Plan, catalog: &Catalog) -> Plan {
        let mut taken = with_caches(plan, self.topology, &self.regions).unwrap_or_else(|| plan.clone());
        if plan.pair_runs() && taken.pair_runs_elsewhere() && taken.today.sku.is_none() {
            // A pair that runs in a size that the plan does not give.
            let own = SizeChoice::of(&fit::smallest(Topology::Passive, plan, catalog, &demand(plan)));
            taken.today.caches = own.as_ref().map_or(1, |own| own.shards.max(1));
            taken.today.sku = own.map(|own| own.sku);
        }
        let runs = if self.scales(plan, catalog) { pair_size(plan, catalog) } else { None };
        self.size.give_to(self.topology, &mut taken);
        if let Some(runs) = runs {
            // Of two sizes that run the one that is scaled.
            let second = plan.passive.secondary_sku.clone().filter(|_| runs.sku == self.size.sku);
            taken.leave_pair_in(second.unwrap_or(runs.sku), runs.shards);
        }
        if self.topology == Topology::Passive {
            taken.passive.secondary_sku = None;
        }
        taken.pricing.reservation = self.reservation;
        taken
    }

    /// It is the pair that runs, in its regions and in another size than the one that the plan gives.
    #[must_use]
    pub fn scales(&self, plan: &Plan, catalog: &Catalog) -> bool {
        if self.topology != Topology::Passive || !plan.pair_runs_in(&self.regions) {
            return false;
        }
        let other = plan.passive.secondary_sku.as_ref().is_some_and(|second| *second != self.size.sku);
        let own = pair_size(plan, catalog);
        // A cache that is not clustered has 0 shards where it is given, and 1 where it is searched.
        own.is_some_and(|own| other || own.sku != self.size.sku || own.shards.max(1) != self.size.shards.max(1))
    }

    /// It is the plan's own, whose design of the topology is `own`: taken, the plan stays as it is, but that an open size would be a given one.
    #[must_use]
    pub fn is_of(&self, plan: &Plan, catalog: &Catalog, own: &Design) -> bool {
        let own = SizeChoice::of(own);
        if !own.is_some_and(|own| own.sku == self.size.sku && own.shards.max(1) == self.size.shards.max(1)) {
            return false;
        }
        let mut given = plan.clone();
        self.size.give_to(self.topology, &mut given);
        self.taken(plan, catalog) == given
    }

    /// As a value of JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let regions: Vec<&str> = self.regions.iter().map(RegionId::as_str).collect();
        json!({
            "topology": self.topology.slug(),
            "sku": self.size.sku.as_str(),
            "shards": self.size.shards,
            "regions": regions,
            "reservation": self.reservation.map(Named::name),
        })
    }

    /// Reads [`DesignChoice::to_value`]; `None` for anything else.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str();
        let regions = value.get("regions")?.as_array()?;
        let shards = value.get("shards")?.as_u64()?.try_into().ok()?;
        Some(Self {
            topology: Topology::from_slug(text("topology")?)?,
            size: SizeChoice { sku: SkuId::new(text("sku")?), shards },
            regions: regions.iter().map(|it| it.as_str().map(RegionId::new)).collect::<Option<_>>()?,
            reservation: text("reservation").and_then(ReservationTerm::named),
        })
    }
}

/// The size of the pair that runs, where the plan says it: of one that runs elsewhere or in another size than it gives `today`'s, else its own.
fn pair_size(plan: &Plan, catalog: &Catalog) -> Option<SizeChoice> {
    let today = || Some((plan.today.sku.as_ref()?, plan.today.caches.max(1)));
    let runs = if plan.pair_runs_elsewhere() { today() } else { plan.pair_runs_as() };
    if let Some((sku, shards)) = runs {
        return Some(SizeChoice { sku: sku.clone(), shards });
    }
    plan.passive.sku.as_ref().filter(|_| plan.pair_runs())?;
    SizeChoice::of(&fit::smallest(Topology::Passive, plan, catalog, &demand(plan)))
}

/// What the evaluation says of a design once the plan has taken it.
#[must_use]
pub fn answer(choice: &DesignChoice, plan: &Plan, catalog: &Catalog) -> TopologyAnswer {
    evaluate_unread(&choice.taken(plan, catalog), catalog).of(choice.topology).clone()
}
