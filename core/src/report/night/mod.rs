//! Night mode: the failover of one design for one person with one hand. What counts down, the next step, a log of what was done.
//!
//! No clock here: who shows it says what time it is, and how the times of day are where the person is ([`Clock`]).

mod countdown;
mod log;
#[cfg(test)]
mod tests;

pub use countdown::{Countdown, countdown};
pub use log::{Entry, LOG_VERSION, LogError, Mark, NightLog, Timestamp, What};

use super::document::{Block, Section};
use super::runbook::{self, Case};
use super::views::Subject;
use crate::model::Topology;
use crate::model::rto::{RtoChain, RtoPath};
use crate::model::runway::{Deadline, Runway};
use crate::units::Secs;

/// What a person works through.
#[derive(Debug, Clone, PartialEq)]
pub struct Night {
    /// "Orders · active group".
    pub title: String,
    /// When to do it: "East US is down. Users recover in …".
    pub when: String,
    /// The steps in their order.
    pub steps: Vec<NightStep>,
    /// Until when the force-unlink must begin; `None` for a design that has none.
    deadline: Option<Deadline>,
    /// The paths, the first choice first; empty where the model has none.
    paths: Vec<RecoveryPath>,
    /// The section of the failover: "Unplanned failover".
    main: String,
    /// The target for it.
    target: Option<Secs>,
}

/// One path to serving users again.
#[derive(Debug, Clone, PartialEq)]
struct RecoveryPath {
    /// The step of the plan that only this way has, and the one after which users are served: `unlink`, `validate`.
    own: &'static str,
    last: &'static str,
    /// P95 of the time until users are served again.
    p95: Secs,
}

impl RecoveryPath {
    /// Those of an outage: the model's first choice; of a pair that would swap its roles also the unlink, where the swap is refused.
    fn all(chains: &[RtoChain]) -> Vec<Self> {
        let first = chains.iter().find(|chain| chain.unplanned);
        let other = chains.iter().find(|chain| chain.path == RtoPath::Unlink);
        let other = other.filter(|_| first.is_some_and(|first| first.path == RtoPath::GeoFailover));
        first.into_iter().chain(other).filter(|chain| chain.p95.is_finite()).map(Self::of).collect()
    }

    fn of(chain: &RtoChain) -> Self {
        let (own, last) = match chain.path {
            RtoPath::Rebuild => ("create", "repoint"),
            RtoPath::GeoFailover | RtoPath::PlannedFailover => ("geo_failover", "validate"),
            RtoPath::Unlink => ("unlink", "validate"),
            RtoPath::Redirect if chain.steps.iter().any(|step| step.field == "recovery.redirect") => {
                ("redirect", "redirect")
            }
            RtoPath::Redirect => ("repoint", "repoint"),
        };
        Self { own, last, p95: chain.p95 }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct NightStep {
    /// The section of the runbook that it is from: "Unplanned failover".
    pub part: String,
    /// What to do in one or two sentences; the log names the step so.
    pub words: String,
    /// The commands to copy; empty where there is nothing to run.
    pub commands: String,
    /// The step of the plan that it times: `unlink`; empty where it times none.
    pub field: &'static str,
    /// The rest: what is expected, what to do if it fails.
    pub more: Vec<Block>,
    /// Which of two ways on it belongs to.
    pub case: Case,
}

impl NightStep {
    /// It gives a member up for good: what the deadline is about.
    fn is_force_unlink(&self) -> bool {
        self.commands.contains("database force-unlink")
    }
}

/// What time it is, and how a moment reads where the person is.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    /// Now.
    pub now: Timestamp,
    /// Minutes that the local time of a moment is ahead of UTC.
    pub ahead: &'a dyn Fn(Timestamp) -> i32,
}

/// Said where the kept log is of another failover.
#[must_use]
pub fn of_another(night: &Night, log: &NightLog) -> Option<String> {
    let other = log.title != night.title && !log.is_empty();
    other.then(|| format!("This log is of “{}”. Save it and start a new one.", log.title))
}

/// The first step: what the runbook has under “Before you start”.
const SET_UP: &str =
    "Set up this shell: paste the whole block. Set each variable that it names as missing, and paste it again.";

/// Steps that begin when their command does. Behind the failover of users, and where nobody fails over, these alone are timed: every other one
/// waits first, for the region, for a sync, for people or for a quiet hour, and between two ticks is more than its own time.
const WITHOUT_A_WAIT: [&str; 5] = ["create", "geo_failover", "import", "load", "unlink"];

/// What is asked first.
pub const BEGAN: &str = "When did the outage begin?";

/// Where a step stands: "2 of 6 · Unplanned failover".
#[must_use]
pub fn place(night: &Night, at: usize) -> String {
    let part = night.steps.get(at).map_or("", |step| step.part.as_str());
    format!("{} of {} · {part}", at + 1, night.steps.len())
}

/// Said when no step is left, or there is none.
#[must_use]
pub fn all_done(night: &Night) -> &str {
    if night.steps.is_empty() { &night.when } else { "Every step is done. Save the log." }
}

/// Which region is lost, where that leads to other steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Loss {
    /// The one that serves clients.
    #[default]
    Serving,
    /// The one that holds a pair's copy.
    Copy,
}

impl Loss {
    /// What a button says.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Serving => "The primary is lost",
            Self::Copy => "The secondary is lost",
        }
    }

    /// The sections of a runbook that are worked through, in this order.
    const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Serving => &["before", "unplanned-failover", "afterwards", "failback"],
            Self::Copy => &["before", "secondary-lost", "afterwards"],
        }
    }
}

/// The losses between which a person chooses: those of a pair. A group's member is named in its first step, and whichever cache of a
/// rebuild is lost, it is built again.
#[must_use]
pub const fn losses(topology: Topology) -> &'static [Loss] {
    match topology {
        Topology::Passive => &[Loss::Serving, Loss::Copy],
        Topology::Rebuild | Topology::Active => &[],
    }
}

/// The failover of a topology step by step, from what every shell needs to the way back: the runbook's own steps. Durations are those of
/// the evaluation: the deadline of the force-unlink is M-07's, the time until users are back M-05's P95.
///
/// A topology that the plan has too few regions for has no steps, and `when` says so.
#[must_use]
pub fn night(topology: Topology, subject: Subject) -> Night {
    night_of(topology, Loss::Serving, subject)
}

/// The same for a loss. When a pair's copy is lost clients are served, so that nothing counts down.
#[must_use]
pub fn night_of(topology: Topology, loss: Loss, subject: Subject) -> Night {
    let Subject { plan, catalog, evaluation } = subject;
    let written = runbook::runbook(topology, plan, catalog, evaluation);
    let book = runbook::step_by_step(&written, plan);
    let of = |id: &str| book.sections.iter().find(|section| section.id == id);
    let loss = if losses(topology).contains(&loss) { loss } else { Loss::Serving };
    let parts = loss.parts();
    let main = parts.get(1).and_then(|id| of(id)).or_else(|| book.sections.first());
    let timed = |section: &Section| {
        let recovers = loss == Loss::Serving && main.is_some_and(|main| main.id == section.id);
        let is_timed = |step: &runbook::Step| recovers || WITHOUT_A_WAIT.contains(&step.field);
        let field = |step: &runbook::Step| if is_timed(step) { step.field } else { "" };
        let of = written.sections.iter().find(|it| it.title == section.heading);
        of.map(|it| it.steps.iter().map(|step| (field(step), step.case)).collect::<Vec<_>>()).unwrap_or_default()
    };
    let answer = evaluation.of(topology);
    let paths = if loss == Loss::Serving { RecoveryPath::all(&answer.rto) } else { Vec::new() };
    let lost = match loss {
        Loss::Serving => "",
        Loss::Copy => " · the secondary is lost",
    };
    let deadline = match &answer.runway {
        Runway::Fills(filling) => Some(filling.deadline),
        _ => None,
    };
    Night {
        title: format!("{} · {}{lost}", plan.name, topology.name().to_ascii_lowercase()),
        when: main.map(|section| section.says.words()).unwrap_or_default(),
        steps: told_apart(parts.iter().filter_map(|id| of(id)).flat_map(|it| worked_through(it, &timed(it))).collect()),
        deadline,
        paths,
        main: main.map(|section| section.heading.clone()).unwrap_or_default(),
        target: plan.objectives.rto,
    }
}

/// The log knows a step by its words: those that come twice get a number.
fn told_apart(mut steps: Vec<NightStep>) -> Vec<NightStep> {
    let words: Vec<String> = steps.iter().map(|step| step.words.clone()).collect();
    for (at, step) in steps.iter_mut().enumerate() {
        let before = words.iter().take(at).filter(|other| **other == step.words).count();
        if before > 0 {
            step.words = format!("{} ({})", step.words, before + 1);
        }
    }
    steps
}

/// The steps of a section; what every shell needs is one, which nobody has to read at night.
fn worked_through(section: &Section, known: &[(&'static str, Case)]) -> Vec<NightStep> {
    let all = steps(section, known);
    if section.id == runbook::EVERY_SHELL { vec![set_up(&section.heading, all)] } else { all }
}

fn set_up(part: &str, steps: Vec<NightStep>) -> NightStep {
    let commands = steps.iter().map(|step| step.commands.as_str()).filter(|it| !it.is_empty());
    NightStep {
        part: part.to_owned(),
        words: SET_UP.to_owned(),
        commands: commands.collect::<Vec<_>>().join("\n\n"),
        field: "",
        more: steps.into_iter().map(|step| Block::details(step.words, step.more)).collect(),
        case: Case::Always,
    }
}

fn steps(section: &Section, known: &[(&'static str, Case)]) -> Vec<NightStep> {
    let all =
        section.blocks.iter().filter_map(|block| if let Block::Steps(steps) = block { Some(steps) } else { None });
    let one = |(at, blocks): (usize, &Vec<Block>)| {
        let (field, case) = known.get(at).copied().unwrap_or_default();
        NightStep { field, case, ..step(&section.heading, blocks) }
    };
    all.flatten().enumerate().map(one).collect()
}

fn step(part: &str, blocks: &[Block]) -> NightStep {
    let mut step = NightStep {
        part: part.to_owned(),
        words: String::new(),
        commands: String::new(),
        field: "",
        more: Vec::new(),
        case: Case::Always,
    };
    for block in blocks {
        match block {
            Block::Paragraph(text) if step.words.is_empty() => step.words = text.words(),
            Block::Commands(text) if step.commands.is_empty() => step.commands.clone_from(text),
            other => step.more.push(other.clone()),
        }
    }
    step
}
