//! Paths that were walked, each once: what follows a pair follows every size of it.

use super::{Path, first};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::plan::Plan;
use std::cell::RefCell;
use std::rc::Rc;

/// Paths of designs as if no service ended, by the plan that they are of. For one catalogue.
#[derive(Default)]
pub struct Walked(RefCell<Vec<(Topology, Plan, Rc<Path>)>>);

impl Walked {
    /// The path of a topology; the sizes that the plan gives the others are not in it.
    pub(super) fn path(&self, topology: Topology, plan: &Plan, catalog: &Catalog) -> Rc<Path> {
        let plan = with_size_of(topology, plan);
        let known = self.0.borrow().iter().find(|it| it.0 == topology && it.1 == plan).map(|it| Rc::clone(&it.2));
        known.unwrap_or_else(|| {
            let path = Rc::new(first::path(topology, &plan, catalog));
            self.0.borrow_mut().push((topology, plan, Rc::clone(&path)));
            path
        })
    }
}

/// The plan with the sizes of one topology alone.
fn with_size_of(topology: Topology, plan: &Plan) -> Plan {
    let mut own = plan.with_open_sizes();
    match topology {
        Topology::Rebuild => own.rebuild.sku.clone_from(&plan.rebuild.sku),
        Topology::Passive => own.passive.clone_from(&plan.passive),
        Topology::Active => own.active.sku.clone_from(&plan.active.sku),
    }
    own
}
