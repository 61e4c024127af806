//! A plan in the making: what facts set in it, each with its evidence, and what no file says.

use crate::plan::{Confirmation, LoadFigure, Plan};
use std::collections::BTreeSet;

/// Why a field of a plan has the value that it has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Path of the field in the plan file.
    pub field: &'static str,
    /// What was set, in words: "12.5 GB", "confirmed".
    pub value: String,
    /// What shows it: resource and property, or metric, window and day.
    pub from: String,
}

/// A field that stays an assumption.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// Path of the field in the plan file.
    pub field: &'static str,
    /// What is missing, and which file would say it.
    pub why: String,
    /// Files speak against it or against each other: more than silence.
    pub is_against: bool,
}

/// The plan of one deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The plan.
    pub plan: Plan,
    /// What was set and why.
    pub evidence: Vec<Evidence>,
    /// What no file shows.
    pub unknown: Vec<Missing>,
    /// Why the plan cannot hold what runs, where it cannot: its bill is then of another design.
    pub unheld: Option<String>,
    /// Fields on which files disagree: none of them is confirmed.
    disputed: BTreeSet<&'static str>,
}

impl Draft {
    /// A plan without facts; files disagree on these fields.
    pub(in crate::estate) fn new(disputed: BTreeSet<&'static str>) -> Self {
        Self { plan: Plan::default(), evidence: Vec::new(), unknown: Vec::new(), unheld: None, disputed }
    }

    /// Sets a field and notes why.
    pub(in crate::estate) fn set(
        &mut self,
        field: &'static str,
        value: impl Into<String>,
        from: impl Into<String>,
        set: impl FnOnce(&mut Plan),
    ) {
        set(&mut self.plan);
        self.evidence.push(Evidence { field, value: value.into(), from: from.into() });
    }

    /// Sets a confirmation where facts prove or disprove it; without facts, and where files disagree on them, it stays unknown.
    pub(in crate::estate) fn confirm(
        &mut self,
        field: &'static str,
        so: Option<bool>,
        from: impl Into<String>,
        of: impl FnOnce(&mut Plan) -> &mut Confirmation,
    ) {
        let Some(so) = so.filter(|_| !self.disputed.contains(field)) else { return };
        let (answer, word) = if so { (Confirmation::Confirmed, "confirmed") } else { (Confirmation::NotSo, "not so") };
        self.set(field, word, from, |plan| *of(plan) = answer);
    }

    /// Notes what no file says.
    pub(in crate::estate) fn miss(&mut self, field: &'static str, why: impl Into<String>) {
        self.unknown.push(Missing { field, why: why.into(), is_against: false });
    }

    /// Notes what files speak against without disproving it.
    pub(in crate::estate) fn doubt(&mut self, field: &'static str, why: impl Into<String>) {
        self.unknown.push(Missing { field, why: why.into(), is_against: true });
    }

    /// True for a figure of the load that no file says.
    pub(in crate::estate) fn is_open(&self, figure: LoadFigure) -> bool {
        self.unknown.iter().any(|it| it.field == figure.path())
    }

    /// Marks the figures of the load that no file says: no size is judged by a starting value.
    pub(in crate::estate) fn mark_open(&mut self) {
        let all = [LoadFigure::Data, LoadFigure::Operations, LoadFigure::Connections];
        self.plan.workload.open = all.into_iter().filter(|it| self.is_open(*it)).collect();
    }

    /// In the order of the fields, so that it is the same however it came about.
    pub(in crate::estate) fn sorted(mut self) -> Self {
        self.evidence.sort();
        self.unknown.sort();
        self
    }
}
