//! Clients move, the old caches go, and the way back.

use super::super::Step;
use super::super::confirm::confirmed;
use super::super::shell::slug;
use super::Moving;
use super::steps::{MoveSection, act, section};
use crate::model::migration::{Kind, PathKind};
use crate::units::{Range, Secs, format};

impl Moving<'_> {
    /// Region by region: new host, port, keys.
    pub(super) fn switch(&self) -> MoveSection {
        let steps = self.scope.names.caches.iter().map(|cache| {
            let host = format!("{}.{}.redis.azure.net", cache.plain, cache.region);
            let keys = if self.scope.entra() { "its identity" } else { "its access key" };
            let Some(old) =
                self.old().into_iter().find(|old| old.region == cache.region).or_else(|| self.old().into_iter().next())
            else {
                return act("Point the clients to the new cache.");
            };
            let id = self.show_old(&old, "id");
            let check = format!(
                "OLD_ID=\"$({id})\"\naz monitor metrics list --resource \"$OLD_ID\" --metrics connectedclients \\\n  \
                 --aggregation Maximum --interval PT1M --offset 1h --output table"
            );
            act(format!(
                "Point the clients of {} to {host}, port 10000, TLS, database 0, with {keys}; a few of them first.",
                cache.place
            ))
            .expect("Errors stay as they were, and the old cache loses its clients.")
            .verified(check)
            .within(self.scope.plan.migration.client_switch)
            .else_do(
                "Look for SELECT, keys of several slots and clients without cluster support first.",
                "Point the clients to the old cache again: it still runs.",
            )
        });
        section("migrate-clients-switch", "Switch the clients", "One region after the other.", steps.collect())
    }

    /// Link and old caches go; `wait` says for how long they are kept.
    pub(super) fn clean_up(&self, wait: &str) -> MoveSection {
        let mut steps = vec![
            act(format!("Keep the old caches {wait}; they bill until they are deleted."))
                .expect("No client is connected to them.")
                .lasts(format::duration(self.figures.beside))
                .else_do(
                    "Find the client by its address in CLIENT LIST, and move it.",
                    "Point the clients to the old cache again.",
                ),
        ];
        steps.extend(self.unlink("Unlink the old pair: a linked cache cannot be deleted."));
        let delete = |cache: &super::Cache| {
            act(format!("Delete the old cache in {}. The step waits for CONFIRM.", cache.place))
                .run(self.delete_old(cache))
                .expect("It is gone from the list.")
                .within(self.scope.plan.recovery.delete_member)
                .else_do(
                    "A lock or a link is in the way: remove it, and run the step again.",
                    "None: the old cache is gone.",
                )
        };
        steps.extend(self.old().iter().map(delete));
        steps.push(
            act("Exchange or cancel the reservation of the old caches, delete their private endpoints, DNS records and alerts.")
                .expect("The bill shows no old cache.")
                .lasts("an hour of people")
                .else_do("Ask for an exchange in the portal: at least the remaining value has to be bought again (Z10).", "None is needed."),
        );
        section("migrate-clean-up", "Clean up", "The rollback is no longer needed.", steps)
    }

    /// The link of a pair is cut, on its first cache; nothing elsewhere.
    pub(super) fn unlink(&self, text: &str) -> Option<Step> {
        let old = self.old();
        let [first, second, ..] = old.as_slice() else { return None };
        let unlink = format!(
            "az redis server-link delete {} --linked-server-name \"${{OLD_NAME_{}:?}}\"",
            self.old_cache(first),
            second.variable
        );
        let word = format!("unlink {}", slug(&second.place, 40));
        let commands = confirmed(&word, "ends the copy in the other region; relinking empties the secondary", &unlink);
        let step = act(format!("{text} The step waits for CONFIRM."))
            .run(commands)
            .expect("No link is listed.")
            .verified(format!("az redis server-link list {} --output table", self.old_cache(first)))
            .within(self.scope.plan.recovery.unlink)
            .else_do(
                "Run it from the other side, in its resource group.",
                "Link again: that empties the secondary and copies everything.",
            );
        (self.kind() == Kind::Pair).then_some(step)
    }

    /// Clients go back to the old caches, and the new ones are deleted.
    pub(super) fn to_the_old(&self, written_since: &str) -> Vec<Step> {
        let back = act(format!("Point the clients to the old caches again. {written_since}"))
            .expect("Requests succeed on the old caches.")
            .within(self.scope.plan.migration.client_switch)
            .else_do("Leave the clients where they are, and look for the cause.", "Move forward again.");
        let delete = self.scope.names.caches.iter().map(|cache| {
            act(format!("Delete {} once nobody uses it. The step waits for CONFIRM.", cache.plain))
                .run(super::super::active::delete_cache(&self.scope, cache))
                .expect("It is gone from the list.")
                .within(self.scope.plan.recovery.delete_member)
                .else_do("Remove what locks it, and run the step again.", "None: it is gone.")
        });
        [back].into_iter().chain(delete).collect()
    }

    /// Half of the time of export and import together.
    pub(super) fn copied(&self) -> Range<Secs> {
        match self.figures.loss {
            crate::model::migration::Loss::WritesOf(both) => both.map(|time| time * 0.5),
            _ => self.scope.answer.sync.copy,
        }
    }
}

/// How to undo the path, once clients have moved.
pub(super) fn way_back(path: PathKind, steps: Vec<Step>) -> MoveSection {
    let when = match path {
        PathKind::InPlace => "There is none: the cluster has changed. Restore the export into a new cache.",
        PathKind::Rolling => "As long as an Enterprise member is left.",
        PathKind::Tool | PathKind::UnlinkFirst => "For 30 days after the move (Z8).",
        _ => "As long as the old caches run.",
    };
    section("migrate-rollback", "Rollback", when, steps)
}
