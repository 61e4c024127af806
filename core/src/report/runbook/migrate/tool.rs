//! Microsoft's tool of Azure Cache for Redis: the old name leads to a new cache.

use super::super::Step;
use super::Moving;
use super::clients::way_back;
use super::steps::{MoveSection, act, section};
use crate::model::migration::PathKind;
use crate::report::runbook::NOTHING_CHANGED;
use crate::report::runbook::confirm::confirmed;

impl Moving<'_> {
    pub(super) fn by_tool(&self) -> Vec<MoveSection> {
        let steps = [self.exported(), self.validate(), self.start(), Some(self.forward())];
        vec![
            self.prepare("The old cache serves; nothing of this is seen by clients."),
            section(
                "migrate-move",
                "Move the name",
                "A quiet hour: all clients drop their connections at once.",
                steps.into_iter().flatten().collect(),
            ),
            self.switch(),
            self.clean_up(vec![self.kept("while the name can be led back, 30 days at most")], true),
            way_back(PathKind::Tool, [vec![self.undo(), self.clients_back()], self.new_caches_go()].concat()),
        ]
    }

    /// The export is the insurance of a path that moves no data; nothing where the cache cannot export.
    pub(super) fn exported(&self) -> Option<Step> {
        let exports = self.kind().is_premium() || !self.kind().is_classic();
        exports.then(|| Step { text: "Export the old cache: this path may move no data.".to_owned(), ..self.export() })
    }

    /// Source and target, in variables.
    fn tool(&self, action: &str, more: &str) -> Option<String> {
        let (old, new) = (self.old(), self.scope.names.caches.first()?);
        let id = self.show_old(old.first()?, "id");
        Some(format!(
            "OLD_ID=\"$({id})\"\naz redisenterprise migration {action} --cluster-name {} --resource-group {} \\\n  \
             --source-resource-id \"$OLD_ID\" --skip-data-migration true --switch-dns true{more}",
            new.name, new.group
        ))
    }

    pub(super) fn validate(&self) -> Option<Step> {
        // The link is cut by then, and with it the endpoints of private clients.
        let unlinked = self.path == PathKind::UnlinkFirst;
        let back = if unlinked { "“Rollback”; the tool has nothing to undo yet." } else { NOTHING_CHANGED };
        let step = act("Let the tool check source and target; it changes nothing.")
            .run(self.tool("validate", "")?)
            .expect("No error. Warnings name what is not copied: data, firewall rules, identities, persistence, update schedule.")
            .lasts("seconds (recorded: 2 s)")
            .else_do("Fix what it names: endpoint, injection, link, lock, region, subscription.", back);
        Some(step)
    }

    pub(super) fn start(&self) -> Option<Step> {
        let new = self.scope.names.caches.first()?;
        let harm = "sends every client of the old name to an empty cache";
        let start = self.tool("start", " --force-migrate true")?;
        let word = format!("move the name to {}", new.plain);
        let step = act("Start the tool. All clients reconnect, to a cache without data. The step waits for CONFIRM.")
            .run(confirmed(&word, harm, &start))
            .expect("The state becomes Succeeded; note rollbackEligibleUntil.")
            .verified(self.state_of_the_move())
            .within(self.scope.plan.migration.tool_run)
            .else_do(self.where_it_fails(), BACK);
        Some(step)
    }

    /// Who is served after a failed start.
    fn where_it_fails(&self) -> &'static str {
        if self.endpoints_are_gone() {
            "Failed: the old name leads to the old cache, which private clients do not reach. Read the error and validate again, or create \
             the endpoints again: the first step of “Rollback”."
        } else {
            "Failed: the old cache serves. Read the error, and validate again."
        }
    }

    fn state_of_the_move(&self) -> String {
        self.scope.names.caches.first().map_or_else(String::new, |new| {
            format!(
                "az redisenterprise migration show --cluster-name {} --resource-group {} --output json",
                new.name, new.group
            )
        })
    }

    pub(super) fn forward(&self) -> Step {
        act("Watch the database while the cache warms up; admit part of the users if it queues.")
            .expect("The hit rate is back to normal.")
            .within(self.scope.plan.recovery.warm_up)
            .else_do("Admit fewer users, or undo.", BACK)
    }

    pub(super) fn undo(&self) -> Step {
        let Some(new) = self.scope.names.caches.first() else { return act("Undo the move.") };
        let undo =
            format!("az redisenterprise migration undo --cluster-name {} --resource-group {}", new.name, new.group);
        let word = format!("undo the move to {}", new.plain);
        act("Lead the old name back. Assume that what was written since is lost. The step waits for CONFIRM.")
            .run(confirmed(&word, "sends every client back to the old cache, without what was written since", &undo))
            .expect("The state is Cancelled; the clients of the old name are on the old cache again.")
            .verified(self.state_of_the_move())
            .within(self.scope.plan.migration.tool_run)
            .else_do(
                "Point the clients to the old host name by configuration, and open a support case.",
                "Start the tool again.",
            )
    }

    /// Those that were pointed to the new host name do not follow the old one.
    pub(super) fn clients_back(&self) -> Step {
        act("Point the clients that “Switch the clients” moved to the old name again, all at once: until then two caches are written.")
            .expect("No write arrives at a new cache.")
            .verified(self.each_new("setcommands"))
            .within(self.scope.plan.recovery.repoint)
            .else_do("Find the client by its address in CLIENT LIST, and move it.", "Point them to the new cache again.")
    }
}

const BACK: &str = "“Rollback”, from its first step.";
