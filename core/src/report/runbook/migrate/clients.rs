//! Clients move, the old caches go, and the way back.

use super::super::confirm::confirmed_now;
use super::super::watch::{Service, metric};
use super::super::{SOON, Step};
use super::steps::{MoveSection, act, adopted, section};
use super::{Cache, Moving};
use crate::model::migration::{Kind, PathKind};
use crate::units::format;

/// What clients read and write; connections and commands of the service itself never end.
pub(super) const TRAFFIC: &str = "cachehits cachemisses setcommands";

/// Where clients stumble first.
const LOOK_FOR: &str = "Look for SELECT, keys of several slots and clients without cluster support first.";

impl Moving<'_> {
    /// Region by region: new host, port, keys.
    pub(super) fn switch(&self) -> MoveSection {
        let steps = self.scope.names.caches.iter().map(|cache| {
            let Some(old) = self.old_of(cache) else { return act("Point the clients to the new cache.") };
            act(format!("Point the clients of {} to {}; a few of them first.", cache.place, self.address(cache)))
                .expect("Errors stay as they were, and reads and writes of the old cache fall.")
                .verified(self.old_metric(&old, TRAFFIC, "Total"))
                .within(self.scope.plan.migration.client_switch)
                .else_do(LOOK_FOR, self.back_to_old())
        });
        section("migrate-clients-switch", "Switch the clients", "One region after the other.", steps.collect())
    }

    /// Where the tool has moved the old name, no name leads to the old cache.
    fn back_to_old(&self) -> &'static str {
        match self.path {
            PathKind::Tool | PathKind::UnlinkFirst => {
                "Point the clients to the old name again, which leads to the new cache too; further back only by “Rollback”."
            }
            _ => "Point the clients to the old cache again: it still runs.",
        }
    }

    /// While both caches are written: reads move, region by region, and go back without a loss.
    pub(super) fn switch_reads(&self) -> MoveSection {
        let steps = self.scope.names.caches.iter().map(|cache| {
            let Some(old) = self.old_of(cache) else { return act("Read from the new cache.") };
            act(format!(
                "Read from {} in the clients of {}; a few of them first. Keep writing to both caches: from here on a failed write to the \
                 old one is logged and not raised.",
                self.address(cache),
                cache.place
            ))
            .expect("Errors stay as they were, the log of the second write stays empty, and the old cache is not read any more.")
            .verified(self.old_metric(&old, "cachehits cachemisses", "Total"))
            .within(self.scope.plan.migration.client_switch)
            .else_do(LOOK_FOR, "Read from the old cache again: both have been written.")
        });
        section("migrate-clients-switch", "Switch the clients", "One region after the other.", steps.collect())
    }

    /// Every client of every region, while no write is taken.
    pub(super) fn switch_at_once(&self) -> Step {
        let told: Vec<String> =
            self.scope.names.caches.iter().map(|cache| format!("{} to {}", cache.place, self.address(cache))).collect();
        let check = self.each_old(|old| self.old_metric(old, TRAFFIC, "Total"));
        act(format!("Point the clients of every region at once: {}.", told.join("; ")))
            .expect("Reads succeed, and no read or write arrives at an old cache.")
            .verified(check)
            .within(self.scope.plan.recovery.repoint)
            .else_do(LOOK_FOR, "Point the clients to the old caches again, and let the writes go on.")
    }

    /// The old cache of a new one's region, or the first.
    fn old_of(&self, cache: &Cache) -> Option<Cache> {
        let old = self.old();
        old.iter().find(|old| old.region == cache.region).or_else(|| old.first()).cloned()
    }

    /// Where clients find a new cache, and how they sign in.
    fn address(&self, cache: &Cache) -> String {
        let keys = if self.scope.entra() { "its identity" } else { "its access key" };
        format!("{}.{}.redis.azure.net, port 10000, TLS, database 0, with {keys}", cache.plain, cache.region)
    }

    /// A metric of an old cache.
    pub(super) fn old_metric(&self, old: &Cache, metrics: &str, aggregation: &str) -> String {
        format!(
            "OLD_ID=\"$({})\"\naz monitor metrics list --resource \"$OLD_ID\" --metrics {metrics} \\\n  \
             --aggregation {aggregation} --interval PT1M --offset 1h --output table",
            self.show_old(old, "id")
        )
    }

    /// The second write ends, and with it the way back without a loss.
    pub(super) fn end_dual_writes(&self) -> MoveSection {
        let off = vec![
            act("Write to both caches until the rollback is no longer needed; the old ones bill until they are deleted.")
                .expect("No read arrives at an old cache.")
                .verified(self.each_old(|old| self.old_metric(old, "cachehits cachemisses", "Total")))
                .lasts(format::duration(self.figures.wait()))
                .else_do("Find the client that reads the old cache, and move it.", "Read from the old caches again: both are written."),
            act("Turn the write to the old caches off, in every client. Going back loses what is written from here on.")
                .expect("No write arrives at an old cache.")
                .verified(self.each_old(|old| self.old_metric(old, "setcommands", "Total")))
                .lasts("an hour")
                .else_do("Find the client that writes to the old cache, and turn it off.", "Write to both again, and compare as in “Move the data”."),
        ];
        self.clean_up(off, true)
    }

    /// The old caches stay for the way back.
    pub(super) fn kept(&self, wait: &str) -> Step {
        act(format!("Keep the old caches {wait}; they bill until they are deleted."))
            .expect("No read or write arrives at them.")
            .verified(self.each_old(|old| self.old_metric(old, "cachehits cachemisses setcommands", "Total")))
            .lasts(format::duration(self.figures.wait()))
            .else_do("Find the client by its address in CLIENT LIST, and move it.", self.back_to_old())
    }

    /// Link and old caches go, after these steps. A path that has cut the link already has none.
    pub(super) fn clean_up(&self, mut steps: Vec<Step>, linked: bool) -> MoveSection {
        if linked {
            steps.extend(self.unlink("Unlink the old pair: a linked cache cannot be deleted."));
        }
        let delete = |cache: &Cache| {
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
        steps.push(Self::bill());
        section("migrate-clean-up", "Clean up", "The rollback is no longer needed.", steps)
    }

    /// What is left of the old caches.
    pub(super) fn bill() -> Step {
        act("Exchange or cancel the reservation of the old caches, delete their private endpoints, DNS records and alerts.")
            .expect("The bill shows no old cache.")
            .lasts("an hour of people")
            .else_do("Ask for an exchange in the portal: at least as much has to be bought again as is exchanged (Z10).", "None is needed.")
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
        let word = format!("unlink ${{OLD_NAME_{}:?}}", second.variable);
        let commands =
            confirmed_now(&word, "ends the copy in the other region; relinking empties the secondary", &unlink);
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

    /// Clients go back to the old caches one by one, which lose nothing by it.
    pub(super) fn one_by_one_to_the_old(&self, since: &str) -> Vec<Step> {
        let back = act(format!("Point the clients to the old caches again. {since}"))
            .expect("Requests succeed on the old caches.")
            .within(self.scope.plan.migration.client_switch)
            .else_do("Leave the clients where they are, and look for the cause.", "Move forward again.");
        [vec![back], self.new_caches_go()].concat()
    }

    /// The same while no write is taken: else the regions diverge.
    pub(super) fn at_once_to_the_old(&self) -> Vec<Step> {
        let writes = |cache: &Cache| self.old_metric(cache, "setcommands", "Total");
        let mut steps = vec![
            act("Stop the writes in the application; reads go on.")
                .expect("No write arrives at a new cache.")
                .verified(self.each_new("setcommands"))
                .lasts("minutes")
                .else_do("Find the writer in CLIENT LIST.", "Let the writes go on."),
            act("Point the clients of every region to the old caches, all at once. What was written since the switch is in the new caches \
                 alone: the application copies it now, or it is lost.")
                .expect("Reads succeed, and no client is left on a new cache.")
                .verified(self.each_old(|old| self.old_metric(old, "cachehits", "Total")))
                .within(self.scope.plan.recovery.repoint)
                .else_do(LOOK_FOR, "Point the clients to the new caches again, and let the writes go on."),
            act("Let the writes go on, to the old caches, only when no client is left on a new one.")
                .expect("Writes arrive at an old cache, and none at a new one.")
                .verified(self.each_old(writes))
                .lasts("minutes")
                .else_do("A client writes to a new cache: stop it, and point it to the old one.", "Stop the writes again."),
        ];
        steps.extend(self.new_caches_go());
        steps
    }

    /// The new caches are deleted; the endpoints of one whose delete is refused stay.
    pub(super) fn new_caches_go(&self) -> Vec<Step> {
        let scope = &self.scope;
        let caches = &scope.names.caches;
        let delete = |cache: &Cache| {
            act(format!("Delete {} once nobody uses it. The step waits for CONFIRM.", cache.plain))
                .run(super::super::active::delete_cache(cache))
                .expect("It is gone from the list.")
                .verified(scope.remains(cache))
                .within(scope.plan.recovery.delete_member)
                .else_do(
                    "Remove what locks it, and run the step again; keep its endpoints until it is gone.",
                    "None: it is gone.",
                )
        };
        let endpoints = caches.iter().filter_map(|cache| scope.endpoints_go(cache)).collect();
        caches.iter().map(delete).chain(adopted(endpoints, SOON)).collect()
    }

    /// A metric of every new cache.
    pub(super) fn each_new(&self, name: &str) -> String {
        let one = |cache: &Cache| metric(Service::Managed, cache, name, "Maximum");
        self.scope.names.caches.iter().map(one).collect::<Vec<_>>().join("\n")
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
