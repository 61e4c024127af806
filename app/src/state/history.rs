//! Undo and redo: plans before and after the current one.

use dr_core::plan::Plan;
use std::rc::Rc;

/// Most plans that are kept to go back to.
const MOST: usize = 100;

/// Plans before and after the current one.
#[derive(Clone, Default)]
pub(super) struct History {
    before: Vec<Rc<Plan>>,
    after: Vec<Rc<Plan>>,
    /// Field of the last change; edits of one field in a row are one step.
    field: Option<&'static str>,
}

impl History {
    pub(super) fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.after.is_empty()
    }

    /// Notes that `old` is about to be replaced by a change of `field`; without a field the step stands alone.
    pub(super) fn push(&mut self, old: &Rc<Plan>, field: Option<&'static str>) {
        let joins = field.is_some() && field == self.field && self.after.is_empty();
        if !joins {
            self.before.push(Rc::clone(old));
            if self.before.len() > MOST {
                self.before.remove(0);
            }
        }
        self.after.clear();
        self.field = field;
    }

    /// The plan before `current`.
    pub(super) fn undo(&mut self, current: &Rc<Plan>) -> Option<Rc<Plan>> {
        let plan = self.before.pop()?;
        self.after.push(Rc::clone(current));
        self.field = None;
        Some(plan)
    }

    /// The plan after `current`.
    pub(super) fn redo(&mut self, current: &Rc<Plan>) -> Option<Rc<Plan>> {
        let plan = self.after.pop()?;
        self.before.push(Rc::clone(current));
        self.field = None;
        Some(plan)
    }
}
