//! The primary runs already: its partner is created beside it, and nothing of it goes before the new link stands.

use super::settings::settings_of;
use super::{Pair, delete, links_of, look_at_links};
use crate::report::runbook::confirm::confirmed_of;
use crate::report::runbook::names::Cache;
use crate::report::runbook::watch::Service;
use crate::report::runbook::{SOON, Scope, Section, Step, section, step};

impl Pair<'_> {
    /// “Create” of such a pair; `words` are those of the creation.
    pub(super) fn joined(&self, words: &str) -> Section {
        let (first, second) = ([self.first], [self.second]);
        let left: Vec<&Cache> = self.scope.names.left.iter().map(|it| &it.cache).collect();
        let mut steps = vec![self.look_at_the_first(), self.links_of_the_first(&left)];
        steps.extend([self.entra_on(&first), self.policies(&first)].into_iter().flatten());
        steps.extend([Scope::free_names(&second), self.make()]);
        steps.extend(self.network(&second, self.scope.new_zones(Service::Premium)));
        steps.extend(left.iter().map(|old| self.leave(old)));
        steps.extend(self.scaled());
        // Linked it took none: it is reached from the new region too.
        let apart = self.first.region != self.second.region;
        steps.extend(self.scope.endpoints(Service::Premium, self.first, &second).filter(|_| apart));
        steps.push(look_at_links(&[self.first, self.second], "No link is listed; otherwise skip the next step."));
        steps.extend([self.link(), self.keep()]);
        steps.extend(left.iter().flat_map(|old| self.old_goes(old)));
        let named = !self.scope.plan.today.elsewhere.is_empty();
        let and = if named { ", and empty its “Regions that have it, by name”" } else { "" };
        let when = format!(
            "The cache in {} stays and serves all the time; its partner is created beside it. Once they are linked, say in the plan that \
             the pair exists{and}. {words}",
            self.first.place
        );
        section("Create", when.trim_end(), steps)
    }

    fn look_at_the_first(&self) -> Step {
        step(
            format!("Inspect the cache in {}: a linked cache has one replica and no persistence.", self.first.place),
            settings_of(self.first),
            "It shows Succeeded, one replica (under either name), rdb and aof not true.",
        )
        .if_fails("Persistence or more replicas: change that in a quiet hour, or the link is refused.")
    }

    /// Only the primary of the old link has everything and the clients.
    fn links_of_the_first(&self, left: &[&Cache]) -> Step {
        let expected = match left {
            [] => "No link is listed.".to_owned(),
            _ => "No link is listed, or the other cache as Secondary in Succeeded: this one serves.".to_owned(),
        };
        Step { text: format!("List the links of {}.", self.first.plain), ..look_at_links(&[self.first], &expected) }
            .if_fails("The other is Primary, or no cache of this plan: stop. Fail over, or unlink it there, then begin again.")
    }

    fn leave(&self, old: &Cache) -> Step {
        let Cache { name, group, .. } = self.first;
        let unlink = format!(
            "az redis server-link delete --name {name} --resource-group {group} --linked-server-name {}",
            old.name
        );
        let said = old.said();
        let harm = format!("ends the copy in {said}; no other region has the data before the next link is whole");
        step(
            format!(
                "Only if it is listed: unlink {}, in a quiet hour. Clients that call {} by its own name notice nothing; {} keeps an old copy.",
                old.plain, self.first.plain, old.plain
            ),
            confirmed_of(old, &format!("unlink {said}"), &harm, &unlink),
            "server-link list shows no link.",
        )
        .verified(links_of(self.first))
        .timed("unlink", self.scope.plan.recovery.unlink)
        .if_fails("If refused, run it on the other side with the names exchanged.")
        .rolled_back("Relink it; that copies everything.")
    }

    /// The cache that stays gets the design's size, where it has another: a linked one cannot.
    fn scaled(&self) -> Option<Step> {
        let bought = self.scope.answer.design.caches.first()?;
        if self.scope.plan.runs_in_size(&bought.sku, bought.shards) {
            return None;
        }
        let size = self.size_words(bought);
        let scale = self.resize_where(self.first, 0, |shards| self.is_clustered(shards));
        let made = step(
            format!(
                "Give the cache in {} the plan's size, {size}, in a quiet hour. Never to a size that the data does not fit.",
                self.first.place
            ),
            scale,
            format!("provisioningState is Succeeded; it is {size}."),
        )
        .takes(self.scope.plan.recovery.create)
        .if_fails("Failed means that the old size runs on: look at the activity log, and do not link caches of two sizes.")
        .rolled_back("Scale back the same way.");
        Some(made)
    }

    /// The old cache goes once the new link is whole, and its endpoints after it.
    fn old_goes(&self, old: &Cache) -> Vec<Step> {
        let Cache { name, group, .. } = old;
        let (said, plain) = (old.said(), &old.plain);
        let ids = "'privateEndpointConnections[].privateEndpoint.id'";
        let private = self.scope.private();
        let read = format!(
            "ENDPOINTS=\"$(az redis show --name {name} --resource-group {group} --query {ids} --output tsv)\"\n"
        );
        let commands = [if private { read } else { String::new() }, delete(old)].concat();
        let harm = format!("deletes {said} and everything in it");
        let gone = step(
            format!(
                "Once the link is Succeeded and no client uses {plain}: delete it. Warning: it is gone for good, and so is what it alone \
                 holds."
            ),
            confirmed_of(old, &format!("delete {said}"), &harm, &commands),
            "It is not listed any more.",
        )
        .verified(self.scope.remains(old))
        .timed("delete_member", self.scope.plan.recovery.delete_member)
        .if_fails("It hangs in deleting: a link is left; unlink it first.")
        .rolled_back("None; a new cache can take an export.");
        let endpoints = step(
            format!("Delete the private endpoints of {plain}, in the same shell, only once it is gone."),
            confirmed_of(
                old,
                &format!("delete endpoints of {said}"),
                &format!("cuts every network off {said}"),
                "one_by_one \"${ENDPOINTS:?}\" az network private-endpoint delete --ids",
            ),
            "No endpoint of it is listed.",
        )
        .verified(format!("az network private-endpoint list --resource-group {group} --query '[].name' --output tsv"))
        .takes(SOON)
        .if_fails("ENDPOINTS is empty: it had none. A lock is in the way: remove it, and run the step again.")
        .rolled_back("None; a new cache of the name gets new endpoints.");
        [Some(gone), Some(endpoints).filter(|_| private)].into_iter().flatten().collect()
    }
}
