//! The runbook: what to run, in order, with the plan's own names filled in.
//!
//! Commands are Azure CLI as its reference documents them; where a source matters it is named in the step. Text that a
//! user typed reaches a command only through [`shell::arg`] or [`names`], which quote it, or as a name made of a–z, 0–9 and
//! hyphens. [`powershell`] translates the commands.

mod actions;
mod active;
mod before;
mod case;
mod cleanup;
mod complete;
mod confirm;
mod decided;
mod document;
mod find_primary;
mod keys;
mod migrate;
mod names;
mod only;
mod passive;
mod powershell;
mod ready;
mod rebuild;
mod recovery_point;
mod roles;
mod shell;
mod sides;
mod site;
#[cfg(test)]
mod tests;
mod traffic;
mod traffic_settings;
mod watch;
mod what_runs;

pub use case::Case;
pub(super) use document::EVERY_SHELL;
pub use document::{PARTS, Part, Shell, document, document_in, part, step_by_step, to_markdown};
pub use migrate::{MoveSection, moving};
pub use what_runs::{running, shown_first, shown_words};

use crate::catalog::Catalog;
use crate::decide::Comparison;
use crate::evaluate::Evaluation;
use crate::model::fit::Design;
use crate::model::rto::RtoChain;
use crate::model::sync::SyncOutcome;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::report::visible;
use crate::report::words;
use crate::units::{Range, Secs, format};
use crate::words::misfit::sizes;
pub(super) use active::{eviction, module_name, policy};
pub(super) use names::{Cache, Names, shared_zone};
pub(super) use passive::megabytes;
pub(super) use shell::quote as shell_word;
pub(super) use what_runs::{joins, placed, runs};

/// A runbook of one topology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runbook {
    /// Which topology.
    pub topology: Topology,
    /// Whether it runs today or is built, and which is recommended.
    pub why: String,
    /// Sections: before you start, roles, create, readiness, watch, failovers, loss of the secondary, afterwards, failback, changes, recovery point, clean-up.
    pub sections: Vec<Section>,
}

/// One part of a runbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// When to do it, in one sentence.
    pub when: String,
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// What to do and why, in one or two sentences.
    pub text: String,
    /// Shell commands; empty where there is nothing to run.
    pub commands: String,
    /// How to see that it worked; may be empty.
    pub check: String,
    /// Shell commands that show it; may be empty.
    pub verify: String,
    /// How long it takes, from the model; may be empty.
    pub takes: String,
    /// What to do if it fails; may be empty.
    pub fails: String,
    /// The step of the plan that it times: `unlink`; empty where it times none.
    pub field: &'static str,
    /// How to take it back, where that is possible; may be empty.
    pub rollback: String,
    /// The commands for PowerShell where they are no translation; else empty.
    pub powershell: String,
    /// Which of two ways on it belongs to.
    pub case: Case,
}

impl Step {
    /// Commands that show that it worked.
    fn verified(self, commands: impl Into<String>) -> Self {
        Self { verify: visible::lines(&commands.into()), ..self }
    }

    /// The commands and those that check them, for a shell.
    #[must_use]
    pub fn commands_in(&self, shell: Shell) -> (String, String) {
        match shell {
            Shell::Bash => (self.commands.clone(), self.verify.clone()),
            Shell::PowerShell if !self.powershell.is_empty() => {
                (self.powershell.clone(), powershell::in_powershell(&self.verify))
            }
            Shell::PowerShell => (powershell::in_powershell(&self.commands), powershell::in_powershell(&self.verify)),
        }
    }

    /// How long it takes: "Takes 5 min (2 – 15 min)."
    fn takes(self, time: Range<Secs>) -> Self {
        Self { takes: format!("Takes {}.", spread(time)), ..self }
    }

    /// The same of a step of the plan, whose time a drill may measure.
    fn timed(self, field: &'static str, time: Range<Secs>) -> Self {
        Self { field, ..self.takes(time) }
    }

    /// The time that drills measured of it, in place of the range.
    fn measured(&mut self, plan: &Plan) {
        if let Some((time, drills)) = plan.measured_time(self.field) {
            let of = format::counted(drills, "drill");
            self.takes = format!("Takes {}, measured in {of}.", spread(time));
        }
    }

    /// Its time where the model has none.
    fn about(self, time: &str) -> Self {
        Self { takes: format!("Takes {time}."), ..self }
    }

    /// A step of one of two ways on.
    fn in_case(self, case: Case) -> Self {
        Self { case, ..self }
    }

    /// What to do if it fails.
    fn if_fails(self, text: impl Into<String>) -> Self {
        Self { fails: visible::line(&text.into()), ..self }
    }

    /// It changes nothing, so that there is nothing to take back.
    fn only_looks(self) -> Self {
        self.rolled_back(NOTHING_CHANGED)
    }

    /// How to take it back.
    fn rolled_back(self, text: impl Into<String>) -> Self {
        Self { rollback: visible::line(&text.into()), ..self }
    }
}

/// "5 min (2 min – 15 min)"; "25 min" where it is one time.
fn spread(time: Range<Secs>) -> String {
    let (usual, range) = (format::duration(time.mode), format::duration_range(time));
    if usual == range { usual } else { format!("{usual} ({range})") }
}

/// The rollback of a step that only looks.
const NOTHING_CHANGED: &str = "Nothing has changed.";

/// A call of the control plane that answers at once: assumption.
const SOON: Range<Secs> = Range::new(Secs::mins(1.0), Secs::mins(2.0), Secs::mins(10.0));

/// What every part of a runbook looks at.
struct Scope<'a> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    evaluation: &'a Evaluation,
    answer: &'a TopologyAnswer,
    names: Names,
    /// How names of roles begin.
    base: String,
}

/// The topology whose runbook is shown until another is asked for: the choice, else the nearest to it, else the group.
#[must_use]
pub fn recommended(comparison: &Comparison) -> Topology {
    comparison.choice.or(comparison.nearest).unwrap_or(Topology::Active)
}

/// Writes the runbook of one topology: before you start, create, watch, planned failover, unplanned failover, afterwards.
///
/// Durations and deadlines are those of the evaluation. A topology that the plan has too few regions for gets one section
/// that says so.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::evaluate::evaluate;
/// use dr_core::model::Topology;
/// use dr_core::plan::Plan;
/// use dr_core::report::runbook::{runbook, to_markdown};
///
/// let (plan, catalog) = (Plan { name: "Shop".to_owned(), ..Plan::default() }, Catalog::bundled()?);
/// let book = runbook(Topology::Active, &plan, &catalog, &evaluate(&plan, &catalog));
/// assert_eq!(book.sections[0].title, "Before you start");
/// assert!(to_markdown(&book, &plan).contains("az redisenterprise create --cluster-name shop-"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn runbook(topology: Topology, plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Runbook {
    let why = why_shown(topology, plan, catalog, &evaluation.comparison);
    let waits = evaluation.comparison.waits(topology);
    let at_move = waits.map(|it| {
        let caches = it.design(topology, plan, catalog).caches;
        let own = evaluation.of(topology).clone();
        TopologyAnswer { design: Design { caches, ..own.design }, ..own }
    });
    let placed = placed(topology, plan, catalog);
    let left = if joins(topology, plan) { Names::left(plan, catalog) } else { Vec::new() };
    let plan = placed.as_ref();
    let mut scope = Scope {
        plan,
        catalog,
        evaluation,
        answer: at_move.as_ref().unwrap_or_else(|| evaluation.of(topology)),
        names: Names { left, ..Names::of_design(topology, plan, catalog) },
        base: Names::base(plan),
    };
    let enough = match topology {
        Topology::Rebuild => 1,
        Topology::Passive | Topology::Active => 2,
    };
    if scope.names.caches.len() < enough {
        return Runbook { topology, why, sections: vec![too_few(topology)] };
    }
    if topology != Topology::Active {
        if let Some(at) = plan.comes_back_at(catalog).filter(|_| topology == Topology::Rebuild) {
            scope.names.caches.swap(1, at);
        }
        scope.names.caches.truncate(2);
    }
    let mut sections = match topology {
        Topology::Rebuild => rebuild::sections(&scope),
        Topology::Passive => passive::sections(&scope),
        Topology::Active => active::sections(&scope),
    };
    sections.extend(traffic_settings::settings(&scope));
    sections.insert(0, scope.roles());
    let before = [Some(scope.before(&sections)), scope.before_changes(&sections)];
    sections.splice(0..0, before.into_iter().flatten());
    for section in &mut sections {
        complete::section(section, plan);
    }
    Runbook { topology, why, sections }
}

/// Why this design is in sight, and of one that waits for the end of the old service which size it is made in: " Sized for its move by
/// 2028-09-30: M50."
#[must_use]
pub fn why_shown(topology: Topology, plan: &Plan, catalog: &Catalog, comparison: &Comparison) -> String {
    let sized = comparison
        .waits(topology)
        .map_or_else(String::new, |it| format!(" Sized for its move by {}: {}.", it.until, sizes(&it.to)));
    shown_words(topology, plan, catalog, comparison) + &sized
}

fn too_few(topology: Topology) -> Section {
    let when = format!("The plan has too few regions for the {}: add one.", topology.name().to_ascii_lowercase());
    section("Not possible", when, Vec::new())
}

fn section(title: &str, when: impl Into<String>, steps: Vec<Step>) -> Section {
    Section { title: title.to_owned(), when: visible::line(&when.into()), steps }
}

fn step(text: impl Into<String>, commands: impl Into<String>, check: impl Into<String>) -> Step {
    Step {
        text: visible::line(&text.into()),
        commands: visible::lines(&commands.into()),
        check: visible::line(&check.into()),
        ..Step::default()
    }
}

/// "P95 46 min, most of it “decide”".
fn chain_words(chain: &RtoChain) -> String {
    let longest = chain.steps.get(chain.dominant).map_or("", |step| step.name);
    format!("{} (P95 {}), most of it “{longest}”", format::duration_range(chain.total), format::duration(chain.p95))
}

impl Scope<'_> {
    /// The time of a new link until the copy is complete; where it never is, that of its start.
    fn link_time(&self) -> Range<Secs> {
        match self.answer.sync.outcome {
            SyncOutcome::Converges { new_link, .. } => new_link,
            SyncOutcome::NeverConverges { .. } | SyncOutcome::NotApplicable => self.answer.sync.start,
        }
    }

    /// How long a new link takes until the copy is complete, in words.
    fn link_words(&self) -> String {
        match &self.answer.sync.outcome {
            SyncOutcome::Converges { new_link, overrun, .. } => {
                let bytes = format::bytes(self.answer.sync.total_bytes);
                let may_restart = overrun.map_or_else(String::new, |overrun| format!(" {}", words::overrun(&overrun)));
                format!("The full sync of {bytes} takes {}.{may_restart}", format::duration_range(*new_link))
            }
            SyncOutcome::NeverConverges { .. } => {
                "The full sync never catches up in this plan: write less while it runs.".to_owned()
            }
            SyncOutcome::NotApplicable => String::new(),
        }
    }
}
