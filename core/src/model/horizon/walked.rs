//! Paths that were walked, each once: what follows a pair follows every size of it.

use super::{Path, first};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::Flows;
use crate::plan::{Objectives, Plan};
use std::cell::RefCell;
use std::rc::Rc;

/// Paths of designs as if no service ended, by the plan that they are of. For one catalogue.
#[derive(Default)]
pub struct Walked {
    paths: RefCell<Vec<(Topology, Plan, Rc<Path>)>>,
    flows: RefCell<Vec<(Plan, Rc<Flows>)>>,
}

impl Walked {
    /// The path of a topology; the sizes that the plan gives the others are not in it.
    pub(super) fn path(&self, topology: Topology, plan: &Plan, catalog: &Catalog) -> Rc<Path> {
        let plan = with_own(topology, plan);
        let known = self.paths.borrow().iter().find(|it| it.0 == topology && it.1 == plan).map(|it| Rc::clone(&it.2));
        known.unwrap_or_else(|| {
            let path = Rc::new(first::path(topology, &plan, catalog, &self.flows(&plan)));
            self.paths.borrow_mut().push((topology, plan, Rc::clone(&path)));
            path
        })
    }

    /// What flows in the months of a plan, whatever its sizes, its term and its targets.
    fn flows(&self, plan: &Plan) -> Rc<Flows> {
        let open = Plan { objectives: Objectives::default(), ..plan.with_open_sizes().paid_by(None) };
        let mut kept = self.flows.borrow_mut();
        if let Some((_, flows)) = kept.iter().find(|it| it.0 == open) {
            return Rc::clone(flows);
        }
        let flows = Rc::default();
        kept.push((open, Rc::clone(&flows)));
        flows
    }
}

/// The targets that sizes of later months follow (M-10).
#[must_use]
pub fn followed(targets: &Objectives) -> Objectives {
    let Objectives { rpo, runway, budget, .. } = *targets;
    Objectives { rpo, runway, budget, rto: None, write_latency: None, read_latency: None }
}

/// The plan with the sizes of one topology alone, and the targets that those follow: a copy (M-03), RPO, budget, of a group the runway.
fn with_own(topology: Topology, plan: &Plan) -> Plan {
    let mut own = plan.with_open_sizes();
    let targets = followed(&plan.objectives);
    own.objectives = Objectives { runway: targets.runway.filter(|_| topology == Topology::Active), ..targets };
    match topology {
        Topology::Rebuild => own.rebuild.sku.clone_from(&plan.rebuild.sku),
        Topology::Passive => own.passive.clone_from(&plan.passive),
        Topology::Active => own.active.sku.clone_from(&plan.active.sku),
    }
    own
}
