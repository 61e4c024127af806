//! The runbook as a document.

use super::complete::{USUAL, is_usual};
use super::{NOTHING_CHANGED, Runbook, Section, Step, powershell};
use crate::plan::Plan;
use crate::report::document::{self, Block, Document};
use crate::units::names::names;

names! {
    /// The shell that commands are written for.
    #[derive(Default)]
    Shell {
        /// A POSIX shell with the Azure CLI.
        #[default]
        Bash = "bash", "Azure CLI",
        /// PowerShell 7.3 or later, with cmdlets where they say the same, else with the Azure CLI.
        PowerShell = "powershell", "PowerShell",
    }
}

/// The runbook as a document: a section for each part, numbered steps with their commands and what to check.
#[must_use]
pub fn document(runbook: &Runbook, plan: &Plan) -> Document {
    document_in(runbook, plan, Shell::Bash)
}

/// The same with the commands of a shell.
#[must_use]
pub fn document_in(runbook: &Runbook, plan: &Plan, shell: Shell) -> Document {
    written(runbook, plan, shell, false)
}

/// The same where each step is read alone, at night: it says itself what the head of a runbook says of most.
#[must_use]
pub fn step_by_step(runbook: &Runbook, plan: &Plan) -> Document {
    written(runbook, plan, Shell::Bash, true)
}

fn written(runbook: &Runbook, plan: &Plan, shell: Shell, alone: bool) -> Document {
    let warning =
        format!("Read before you run: names come from the plan and its site file, durations from the model. {USUAL}");
    let more = match shell {
        Shell::Bash => "",
        Shell::PowerShell => {
            " For PowerShell 7.3 or later: cmdlets of Az.RedisCache and Az.RedisEnterpriseCache where they take every option (their \
             help, November 2026), else the Azure CLI within PowerShell, on Windows by its script azps.ps1: az.cmd loses double \
             quotes. Sign in with Connect-AzAccount and az login."
        }
    };
    Document {
        title: format!("Runbook: {}, {}", plan.name, runbook.topology.name().to_ascii_lowercase()),
        opening: vec![Block::paragraph(runbook.why.as_str()), Block::remark(format!("{warning}{more}"))],
        sections: in_order(runbook.sections.iter().map(|it| section(it, runbook, shell, alone)).collect()),
    }
}

/// The incident first, right after what every shell needs; then what is planned, watched and built.
fn in_order(mut sections: Vec<document::Section>) -> Vec<document::Section> {
    let place = |id: &str| ORDER.iter().position(|it| *it == id).unwrap_or(ORDER.len());
    sections.sort_by_key(|section| place(section.id));
    sections
}

const ORDER: [&str; 10] = [
    EVERY_SHELL,
    "unplanned-failover",
    "secondary-lost",
    "afterwards",
    "failback",
    "planned-failover",
    "readiness",
    "watch",
    "before-change",
    "traffic-switch",
];

/// The runbook as Markdown: a heading a section, numbered steps, commands in fenced blocks.
#[must_use]
pub fn to_markdown(runbook: &Runbook, plan: &Plan) -> String {
    document(runbook, plan).markdown()
}

/// A part of a runbook that is shown by itself: name in addresses, name, and the sections that it holds.
pub type Part = (&'static str, &'static str, &'static [&'static str]);

/// The parts in their order.
pub const PARTS: [Part; 5] = [
    (
        "prepare",
        "Prepare",
        &["before", "before-change", "roles", "create", "readiness", "traffic-switch", NOT_POSSIBLE],
    ),
    ("watch", "Watch", &["watch", NOT_POSSIBLE]),
    ("fail-over", "Fail over", &["unplanned-failover", "secondary-lost", "planned-failover", NOT_POSSIBLE]),
    ("come-back", "Come back", &["afterwards", "failback", NOT_POSSIBLE]),
    ("change", "Change", &["before-change", "change", "recovery-point", "drill", "clean-up", NOT_POSSIBLE]),
];
const NOT_POSSIBLE: &str = "not-possible";
pub(in crate::report) const EVERY_SHELL: &str = "before";

/// What every shell needs before the steps of a part, in an incident too, where it is no section of that part; and its sections.
#[must_use]
pub fn part(document: &Document, (_, _, ids): &Part) -> (Option<document::Section>, Vec<document::Section>) {
    let of = |id: &str| document.sections.iter().find(|section| section.id == id).cloned();
    let needed = (!ids.contains(&EVERY_SHELL)).then(|| of(EVERY_SHELL)).flatten();
    (needed, ids.iter().filter_map(|id| of(id)).collect())
}

fn section(section: &Section, runbook: &Runbook, shell: Shell, alone: bool) -> document::Section {
    let again = runbook.sections.iter().find(|it| !alone && (section.title.as_str(), it.title.as_str()) == AGAIN);
    let steps = again.map_or_else(|| in_full(section, shell, alone), |other| what_differs(section, other, shell));
    document::Section::new(id(&section.title), &section.title, section.when.as_str()).with(Block::Steps(steps))
}

/// Most steps of the first are those of the second.
const AGAIN: (&str, &str) = ("Failback", "Planned failover");

fn in_full(section: &Section, shell: Shell, alone: bool) -> Vec<Vec<Block>> {
    let all = section.steps.iter().enumerate().map(|(at, it)| {
        let before = if alone { &[] } else { &section.steps[..at] };
        step(&said_once(it, before), shell, alone)
    });
    all.collect()
}

/// So many steps of another section are named by their numbers at least.
const LEAST: usize = 3;

/// The steps of a section where those that follow each other in another one too are named by their numbers there.
fn what_differs(section: &Section, other: &Section, shell: Shell) -> Vec<Vec<Block>> {
    let (mut all, mut rest) = (Vec::new(), section.steps.as_slice());
    while let [first, others @ ..] = rest {
        let from = other.steps.iter().position(|it| it == first).unwrap_or(other.steps.len());
        let same = rest.iter().zip(&other.steps[from..]).take_while(|(own, its)| own == its).count();
        if same < LEAST {
            all.push(step(first, shell, false));
            rest = others;
        } else {
            let named = format!("Do steps {} – {} of “{}”.", from + 1, from + same, other.title);
            all.push(vec![Block::paragraph(named)]);
            rest = &rest[same..];
        }
    }
    all
}

/// Words that a longer sentence than this stands for once in a section; a later step names the step that has them.
const SHORT: usize = 8;

/// A step whose longer sentences are those of an earlier step says so.
fn said_once(step: &Step, before: &[Step]) -> Step {
    let once = |text: fn(&Step) -> &String| {
        let own = text(step);
        let long = own.split_whitespace().count() > SHORT && !is_usual(own);
        let same = before.iter().position(|other| long && text(other) == own);
        same.map_or_else(|| own.clone(), |at| format!("As in step {}.", at + 1))
    };
    let (check, fails, rollback) = (once(|it| &it.check), once(|it| &it.fails), once(|it| &it.rollback));
    Step { check, fails, rollback, ..step.clone() }
}

/// The name of a part in addresses and commands.
fn id(title: &str) -> &'static str {
    match title {
        "Before you start" => EVERY_SHELL,
        "Create" => "create",
        "Watch" => "watch",
        "Traffic switch" => "traffic-switch",
        "Planned failover" => "planned-failover",
        "Unplanned failover" => "unplanned-failover",
        "Loss of the secondary" => "secondary-lost",
        "Afterwards" => "afterwards",
        "Failback" => "failback",
        "Before a change" => "before-change",
        "Roles" => "roles",
        "Readiness check" => "readiness",
        "Change" => "change",
        "Recovery point" => "recovery-point",
        "Drill" => "drill",
        "Clean up" => "clean-up",
        _ => NOT_POSSIBLE,
    }
}

fn step(step: &Step, shell: Shell, alone: bool) -> Vec<Block> {
    let named = |text: &str| match shell {
        Shell::Bash => text.to_owned(),
        Shell::PowerShell => powershell::named(text),
    };
    let labelled =
        |label: &str, text: &str| if text.is_empty() { String::new() } else { format!("{label}{}", named(text)) };
    // What holds of every second step would hide what does not: the head of the runbook says it.
    let hidden = |text: &str| text == NOTHING_CHANGED || (!alone && is_usual(text));
    let own = |text: &str| if hidden(text) { String::new() } else { text.to_owned() };
    let (commands, verify) = step.commands_in(shell);
    let typed = |text: String| match shell {
        Shell::Bash => Block::Commands(text),
        Shell::PowerShell => Block::PowerShell(text),
    };
    let blocks = [
        Block::paragraph(named(&step.text)),
        typed(commands),
        Block::paragraph(labelled("Expected: ", &step.check)),
        typed(verify),
        Block::paragraph(own(&step.takes)),
        Block::paragraph(labelled("If it fails: ", &own(&step.fails))),
        Block::paragraph(labelled("Rollback: ", &own(&step.rollback))),
    ];
    blocks.into_iter().filter(|block| !block.is_blank()).collect()
}
