//! One reducer holds the plan and its evaluation; views read it through [`use_session`] and act through [`use_act`].

use dr_core::catalog::Catalog;
use dr_core::evaluate::Evaluation;
use dr_core::plan::Plan;
use std::rc::Rc;

/// The tabs of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Side by side.
    Compare,
    /// The bill.
    Cost,
    /// RTO, full sync, RPO, latency.
    Recovery,
    /// The survivors' memory.
    Outage,
    /// Findings.
    Rules,
    /// Commands.
    Runbook,
}

/// How many inputs are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Five questions, the rest derived.
    Basic,
    /// Every input.
    Advanced,
}

/// Everything a view may read. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Session {
    /// The bundled catalogue.
    pub catalog: Rc<Catalog>,
    /// The current plan.
    pub plan: Rc<Plan>,
    /// Its evaluation; always of exactly this plan.
    pub evaluation: Rc<Evaluation>,
    /// The tab in view.
    pub tab: Tab,
    /// Basic or advanced.
    pub mode: Mode,
}

/// What a view may ask for.
pub enum Action {
    /// Changes the plan; `field` is the path in the plan file (undo joins edits of one field made in a row).
    Edit {
        /// Path of the field, `workload.writes`.
        field: &'static str,
        /// The change.
        change: Box<dyn FnOnce(&mut Plan)>,
    },
    /// Replaces the plan (file, link, preset); `from` names the origin for the notice.
    Open {
        /// The new plan.
        plan: Box<Plan>,
        /// "Opened marine.json".
        from: String,
    },
    /// Says why something was refused; the plan stays.
    Refuse(String),
    /// Takes the last change back.
    Undo,
    /// Repeats what was taken back.
    Redo,
    /// Shows a tab.
    Show(Tab),
    /// Switches between basic and advanced.
    Switch(Mode),
    /// Closes the notice.
    Dismiss,
}
