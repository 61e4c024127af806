//! A step of a move: command, expected result, check, time, what to do if it fails, the way back.

use super::super::before::evidence;
use super::super::{Scope, Shell, Step, visible};
use crate::model::migration::PathKind;
use crate::report::document::{self, Block};
use crate::report::runbook::NOTHING_CHANGED;
use crate::units::{Range, Secs, format};

/// One part of a move.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveSection {
    /// Stable name in lower case.
    pub id: &'static str,
    /// Heading.
    pub title: &'static str,
    /// When, in one sentence.
    pub when: String,
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// A step that begins with what to do.
pub(super) fn act(text: impl Into<String>) -> Step {
    Step { text: visible::line(&text.into()), ..Step::default() }
}

/// How a step of a move is written, word after word.
impl Step {
    pub(super) fn run(mut self, commands: impl Into<String>) -> Self {
        self.commands = visible::lines(&commands.into());
        self
    }

    pub(super) fn expect(mut self, expected: impl Into<String>) -> Self {
        self.check = visible::line(&expected.into());
        self
    }

    pub(super) fn within(mut self, time: Range<Secs>) -> Self {
        self.takes = format::duration_range(time);
        self
    }

    pub(super) fn lasts(mut self, time: impl Into<String>) -> Self {
        self.takes = time.into();
        self
    }

    /// What to do if it fails, and the way back.
    pub(super) fn else_do(mut self, fails: &str, back: &str) -> Self {
        (self.fails, self.rollback) = (fails.to_owned(), back.to_owned());
        self
    }
}

/// A step of a topology's runbook as one of a move: each says what to do if it fails, and the way back.
pub(super) fn of_runbook(step: Step, time: Range<Secs>) -> Step {
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let fails = or(step.fails, "Read the error, correct the value, run it again: the commands repeat safely.");
    Step { fails, rollback: or(step.rollback, NOTHING_YET), ..step }.within(time)
}

/// The way back while no client has moved.
pub(super) const NOTHING_YET: &str = "No client has moved: delete what was created.";

pub(super) fn section(id: &'static str, title: &'static str, when: impl Into<String>, steps: Vec<Step>) -> MoveSection {
    MoveSection { id, title, when: visible::line(&when.into()), steps }
}

impl MoveSection {
    /// As a section of a document: numbered steps with the commands of a shell.
    #[must_use]
    pub fn document(&self, shell: Shell) -> document::Section {
        let steps = Block::Steps(self.steps.iter().map(|step| blocks(step, shell)).collect());
        document::Section::new(self.id, self.title, self.when.as_str()).with(steps)
    }
}

fn blocks(step: &Step, shell: Shell) -> Vec<Block> {
    let (commands, verify) = step.commands_in(shell);
    let typed = |text: String| match shell {
        Shell::Bash => Block::Commands(text),
        Shell::PowerShell => Block::PowerShell(text),
    };
    let check = if step.verify.is_empty() { "" } else { "Check:" };
    let facts =
        [("Expected", &step.check), ("Time", &step.takes), ("If it fails", &step.fails), ("Rollback", &step.rollback)];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    let blocks = [
        Block::paragraph(step.text.as_str()),
        typed(commands),
        Block::paragraph(check),
        typed(verify),
        Block::facts(facts.map(|(name, text)| (name, text.as_str()))),
    ];
    blocks.into_iter().filter(|block| !block.is_blank()).collect()
}

/// What the other sections ask for, once, and the tools that they need.
pub(super) fn before(path: PathKind, sections: &[MoveSection], scope: &Scope, old: &[(String, String)]) -> MoveSection {
    let preview = if path.keeps_the_name() && path != PathKind::InPlace { " --allow-preview true" } else { "" };
    let tools = format!(
        "az extension add --name redisenterprise --upgrade --yes{preview}\naz version --query extensions.redisenterprise --output tsv"
    );
    let version = if preview.is_empty() {
        "1.3.1 or later; the commands match 1.4.0."
    } else {
        "1.5.0b1 or later: the tool is in preview."
    };
    let mut asked: Vec<&str> = vec!["SUBSCRIPTION"];
    for step in sections.iter().flat_map(|section| &section.steps) {
        for text in [&step.commands, &step.verify] {
            for (name, _) in text.split("${").skip(1).filter_map(|rest| rest.split_once(":?")) {
                // What a step asks for itself is not there yet.
                if !asked.contains(&name) && !text.contains(&format!(": \"${{{name}:?set it to")) {
                    asked.push(name);
                }
            }
        }
    }
    // What the site file may hold is set or asked for as in a topology's runbook.
    let mut lines = scope.lines(|name| asked.contains(&name));
    lines.splice(0..0, old.iter().filter(|(name, _)| asked.contains(&name.as_str())).map(|(_, line)| line.clone()));
    let others = asked.iter().filter(|name| !lines.iter().any(|line| is_of(line, name)));
    let others: Vec<String> = others.map(|name| format!(": \"${{{name}:?set it to {}}}\"", meaning(name))).collect();
    lines.extend(others);
    lines.push("az account set --subscription \"${SUBSCRIPTION:?}\"".to_owned());
    let set = "Set what the plan does not hold; a command stops where one is missing. A destructive step runs only after CONFIRM is \
               set to the words that it prints, and unsets it.";
    section(
        "migrate-before",
        "Before you start",
        "In every shell.",
        [
            kept(),
            act("Sign in, add the Azure Managed Redis extension and check its version.")
                .run(tools)
                .expect(version)
                .lasts("a minute or two")
                .else_do("Update the Azure CLI; the commands match 2.91.0.", NOTHING_CHANGED),
            act(set)
                .run(lines.join("\n"))
                .expect("No error.")
                .lasts("as long as it takes to look them up")
                .else_do("Set the named variable and run it again; the Site inputs keep it.", NOTHING_CHANGED),
        ]
        .into_iter()
        .chain(new_names(path == PathKind::InPlace, scope))
        .collect(),
    )
}

/// The transcript, as in a topology's runbook.
fn kept() -> Step {
    Step { takes: "seconds".to_owned(), rollback: NOTHING_CHANGED.to_owned(), ..evidence() }
}

/// What follows is called otherwise than what runs; nothing is new where the cluster changes in place.
pub(super) fn new_names(in_place: bool, scope: &Scope) -> Option<Step> {
    let caches = &scope.names.caches;
    let told: Vec<String> = caches.iter().map(|cache| format!("{} in {}", cache.plain, cache.place)).collect();
    let free = caches.iter().map(|cache| format!("az resource list --name {} --output table", cache.name));
    let step = act(format!(
        "Look whether the new names are free. They are derived, the old name and “-amr”, each in a resource group and with endpoints of its \
         own: {}. To take others, replace them in every step.",
        told.join(", ")
    ))
    .run(free.collect::<Vec<_>>().join("\n"))
    .expect("Nothing is listed.")
    .lasts("a minute")
    .else_do("The name is taken: take another in every step; nothing of the old cache is called so.", NOTHING_CHANGED);
    (!in_place).then_some(step)
}

/// The line sets or asks for the variable.
fn is_of(line: &str, name: &str) -> bool {
    line.starts_with(&format!("{name}=")) || line.starts_with(&format!(": \"${{{name}:?"))
}

/// What a variable is to be set to.
fn meaning(name: &str) -> &'static str {
    const MEANINGS: [(&str, &str); 8] = [
        ("OLD_ZONE_", "the id of the zone privatelink.redis.cache.windows.net that the network of that region uses"),
        ("OLD_NAME_", "the name of the old cache in that region"),
        ("OLD_GROUP_", "the resource group of the old cache in that region"),
        ("VNET_ID_", "the id of the virtual network in that region"),
        ("SUBNET_ID_", "the id of the subnet in that region"),
        ("OLD_NICKNAME", "the nickname of the active group that runs"),
        ("EXPORT_SAS", "the SAS URL of a container for the export"),
        ("DATA_PRESERVE", "True to keep the data or False to drop it, and nothing else: sources differ, so test it"),
    ];
    MEANINGS.iter().find(|(start, _)| name.starts_with(start)).map_or("its value", |(_, meaning)| meaning)
}

/// The last step of “Clean up”, which a move without old caches gets for it.
pub(super) fn ended_by(sections: &mut Vec<MoveSection>, step: Step) {
    const CLEAN_UP: &str = "migrate-clean-up";
    if let Some(clean_up) = sections.iter_mut().find(|section| section.id == CLEAN_UP) {
        clean_up.steps.push(step);
        return;
    }
    let place = sections.iter().position(|it| it.id == "migrate-rollback").unwrap_or(sections.len());
    sections.insert(place, section(CLEAN_UP, "Clean up", "The move is done.", vec![step]));
}

/// The steps of a section of a topology's runbook.
pub(super) fn adopted(section: Vec<Step>, time: Range<Secs>) -> Vec<Step> {
    section.into_iter().map(|step| of_runbook(step, time)).collect()
}
