//! The pair changes sides: planned, or because the primary's region is down.

use super::settings::entra_state;
use super::{Pair, confirmed_link, confirmed_swap, links_of, take_over};
use crate::model::rto::{OFFSET_SEEN, RtoChain, RtoPath, planned_pause};
use crate::report::runbook::confirm::confirmed_of;
use crate::report::runbook::names::Cache;
use crate::report::runbook::site::{ENTRA_LOGIN, OPERATOR};
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Section, Step, chain_words, section, step};
use crate::units::{Secs, format};

/// The sync offset below which a planned failover loses nothing (S1).
const DRAINED_BYTES: u32 = 14;

/// Where a change of sides leads: to the other region for a while, or back to the one that clients were in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Away,
    Back,
}

impl Pair<'_> {
    pub(super) fn chain(&self, path: RtoPath) -> Option<&RtoChain> {
        self.scope.answer.rto.iter().find(|chain| chain.path == path)
    }

    pub(super) fn planned(&self) -> Section {
        let takes = self.planned_words();
        let when = format!("A drill, or planned maintenance of the primary's region.{takes}");
        section("Planned failover", when, self.change_of_sides(Way::Away))
    }

    pub(super) fn planned_words(&self) -> String {
        self.chain(RtoPath::PlannedFailover)
            .map_or_else(String::new, |chain| format!(" It takes {}.", chain_words(chain)))
    }

    /// From the primary of that day to the other cache, with writes that wait; the same steps in both directions.
    pub(super) fn change_of_sides(&self, way: Way) -> Vec<Step> {
        let mut steps = vec![self.find(), self.whole_copy()];
        steps.extend(self.trade());
        if self.chain(RtoPath::GeoFailover).is_some() {
            steps.extend(self.by_swap(way));
        } else if let Some(unlink) = self.chain(RtoPath::Unlink) {
            steps.extend(self.by_unlink(way, &unlink.why()));
        } else {
            let text = "In this plan no copy is ever complete: failover is impossible.";
            let told = step(
                text,
                "",
                "The findings say what hinders it; “Loss of the secondary” and an export are what is left.",
            )
            .about("no time")
            .if_fails("Fix what the findings name, then read this section again.");
            return vec![told];
        }
        steps
    }

    /// What a pause costs, and what the way around it costs: figures of M-05.
    fn trade(&self) -> Option<Step> {
        let recovery = &self.scope.plan.recovery;
        let unlink = self.chain(RtoPath::Unlink)?;
        let copied = self.scope.link_words();
        let moved = format::duration_range(unlink.wait_of_unlink());
        let around = format!(
            "Each client gets another name, and until the relink is complete no other region has the data. {copied}"
        );
        let pause = self.chain(RtoPath::PlannedFailover).filter(|_| self.chain(RtoPath::GeoFailover).is_some());
        let text = match pause {
            Some(planned) => format!(
                "Choose the way. Geo-failover: writes wait {}, or until UNPAUSE; the last users are back after {}; \
                 the .geo. name follows and the link stays. Unlink and repoint: writes wait until the clients have moved, {moved}. \
                 {around} The steps take geo-failover; for the other way pause for {} in them, and once the offset is drained go on with \
                 the unlink of “Unplanned failover”.",
                format::duration(self.pause_time()),
                format::duration_range(planned.total),
                format::duration(unlink.pause_of_unlink(self.scope.plan)),
            ),
            None => format!(
                "Know the price: writes wait until the clients have moved, {moved}; the pause of {} is for the longest. {around} The \
                 relink deletes what the old cache takes after the pause.",
                format::duration(self.pause_time())
            ),
        };
        let chosen = step(text.trim_end(), "", "The approver knows both figures.").timed("decide", recovery.decide);
        Some(chosen.if_fails("No word: do not begin.").only_looks())
    }

    fn by_swap(&self, way: Way) -> Vec<Step> {
        let mut steps = self.drain("");
        steps.extend([self.swap(), take_over(), self.resume()]);
        steps.extend(self.traffic(way));
        steps.extend([self.verify(true), self.hold_on(way)]);
        steps
    }

    fn resume(&self) -> Step {
        step(
            "End the pause on the new primary, which keeps it (S1). Unverified: if UNPAUSE does not end it, writes go on when the \
             pause runs out.",
            self.client(&self.primary, "CLIENT UNPAUSE"),
            "The answer is OK.",
        )
        .at_once()
        .if_fails("READONLY or no answer: the roles are not changed yet. Look at the links, then run it again.")
        .rolled_back("The pause of the first steps holds the writes again.")
    }

    /// The copy is complete and writes wait, then the link is broken; behind private endpoints the clients' name is switched.
    fn by_unlink(&self, way: Way, reason: &str) -> Vec<Step> {
        let mut steps = self.drain(&format!("{reason} A planned change goes by unlink once all is replicated. "));
        steps.push(
            step(
                "Unlink: the secondary keeps its data and becomes writable. If refused, run it on the primary with the names \
                 exchanged.",
                self.unlink_command(&self.secondary, &self.primary),
                "server-link list shows no link.",
            )
            .verified(links_of(&self.secondary))
            .timed("unlink", self.scope.plan.recovery.unlink)
            .if_fails("Still linked after 15 min: end the pause on the primary, and try another day.")
            .rolled_back("“Go back at once” below; a relink copies everything."),
        );
        steps.push(take_over());
        let names = self.switch_names(false);
        let late = "Not done when the pause ends: pause the old primary again, and export it before the relink.";
        steps.push(Step { fails: format!("{late} {}", names.fails), ..names });
        steps.extend(self.traffic(way));
        steps.extend([self.verify(false), self.undo_unlink(), self.nobody_writes(), self.relink()]);
        steps
    }

    /// Until a write reaches the other cache nothing is lost by going back.
    fn undo_unlink(&self) -> Step {
        let record = self.set_names(&self.secondary);
        let back = if record.is_empty() { "the clients' configuration" } else { "the record" };
        // Else the next step empties the cache that serves.
        let take_back = format!("set_primary {}", self.secondary.name);
        let commands = [record, self.client(&self.secondary, "CLIENT UNPAUSE"), take_back].join("\n");
        step(
            format!(
                "Go back at once, only if the new primary fails its check and no client has written to it: point {back} to the \
                 old one, end its pause, and take it over into this shell again."
            ),
            commands.trim_start(),
            "Clients write to the old primary again.",
        )
        .timed("repoint", self.repoint_time())
        .if_fails("Clients have written to the new primary: stay there.")
        .rolled_back("The steps above once more.")
    }

    /// What is emptied must have no writer left.
    pub(super) fn nobody_writes(&self) -> Step {
        step(
            "Look whether anybody still writes to the secondary, which the relink empties: clients that never moved, or of a region that stayed up.",
            metric(Service::Premium, &self.secondary, "setcommands", "Total"),
            "0 in each of the last five minutes.",
        )
        .at_once()
        .if_fails("Writes arrive: point their clients (CLIENT LIST) to the primary, and export this cache (“Recovery point”) first.")
        .only_looks()
    }

    /// The pair is one again: the cache that clients do not write to is emptied and copied anew.
    pub(super) fn relink(&self) -> Step {
        let relinked = step(
            format!(
                "Relink, so that the data has a copy again. Warning: this deletes everything in the secondary, the cache that \
                 clients left; export it first (“Recovery point”) if it may hold writes that were not replicated. {}",
                self.scope.link_words()
            )
            .trim_end(),
            confirmed_link(&self.primary, &self.secondary),
            "The link goes from Creating to Syncing to Succeeded; GeoReplicationHealthy is 1.",
        )
        .verified(links_of(&self.primary))
        .if_fails("Equal sizes, shards and versions are needed; persistence is off on both, and the primary's firewall lets the secondary in.")
        .rolled_back("Unlink; the emptied cache stays empty.");
        relinked.takes(self.scope.link_time())
    }

    /// The roles stay as they are until somebody goes back.
    fn hold_on(&self, way: Way) -> Step {
        let text = match way {
            Way::Away => "Stay here while the maintenance lasts; go back by “Failback”.",
            Way::Back => "Watch the link for an hour.",
        };
        step(
            text,
            metric(Service::Premium, &self.secondary, "GeoReplicationHealthy", "Minimum"),
            "GeoReplicationHealthy is 1.",
        )
        .at_once()
        .if_fails("The link is down: look at “Watch”; at 0 for longer than the plan's RPO, unlink and relink by “Afterwards”.")
        .rolled_back("“Failback”.")
    }

    /// Writes wait and the copy is complete; behind private endpoints the names are looked at first.
    fn drain(&self, why: &str) -> Vec<Step> {
        let offset = metric(Service::Premium, &self.primary, "GeoReplicationDataSyncOffset", "Maximum");
        let healthy = step(
            format!("{why}Check that the link is healthy and nearly drained."),
            offset.clone(),
            "The offset is small and not growing.",
        )
        .at_once()
        .if_fails("It grows: find the load that writes, and do not begin.")
        .only_looks();
        let drains = self.chain(RtoPath::PlannedFailover).and_then(|chain| chain.steps.first()).map(|step| step.time);
        let below = step(
            format!("Wait until the offset is below {DRAINED_BYTES} bytes (S1)."),
            offset,
            format!("The latest value is below {DRAINED_BYTES}."),
        )
        .if_fails("Not below before the pause runs out: end the pause and try in a quieter hour.")
        .rolled_back("CLIENT UNPAUSE on the primary.");
        let below = below.takes(drains.unwrap_or(OFFSET_SEEN));
        let waiting = [
            step(
                format!(
                    "Pause the primary's writes for {}; reads go on. Users notice from here: blocked clients time out.{}",
                    format::duration(self.pause_time()),
                    self.owner_words()
                ),
                self.pause(),
                "The answer is OK.",
            )
            .at_once()
            .if_fails("NOPERM: the identity may not pause clients. No answer: run it from the clients' network.")
            .rolled_back("CLIENT UNPAUSE on the same cache."),
            below,
        ];
        [healthy].into_iter().chain(self.see_names()).chain(waiting).collect()
    }

    /// Writes alone wait: without WRITE the reads would wait too.
    fn pause(&self) -> String {
        let millis = libm::round(self.pause_time().as_secs() * 1e3);
        self.client(&self.primary, &format!("CLIENT PAUSE {millis} WRITE"))
    }

    fn pause_time(&self) -> Secs {
        planned_pause(self.scope.plan, &self.scope.answer.rto)
    }

    fn owner_words(&self) -> &'static str {
        if self.scope.entra() {
            " The identity needs the access policy Data Owner: Data Contributor may not pause clients."
        } else {
            ""
        }
    }

    /// One command for all shards of a clustered cache.
    fn client(&self, cache: &Cache, command: &str) -> String {
        let shards = self.scope.answer.design.caches.first().map_or(1, |cache| cache.shards);
        let host = format!("{}.redis.cache.windows.net", cache.name);
        let (login, user) = self.login(cache);
        if self.is_clustered(shards) {
            return format!(
                "{login}\nredis-cli --tls{user} --cluster call {host}:6380 {command} --cluster-only-masters"
            );
        }
        format!("{login}\nredis-cli --tls{user} -h {host} -p 6380 {command}")
    }

    /// Commands that log in to a cache, and the option that names the user.
    fn login(&self, cache: &Cache) -> (String, &'static str) {
        if self.scope.entra() {
            return (ENTRA_LOGIN.to_owned(), OPERATOR);
        }
        let login = format!(
            "REDISCLI_AUTH=\"$(az redis list-keys --name {} --resource-group {} --query primaryKey --output tsv)\"\nexport REDISCLI_AUTH",
            cache.name, cache.group
        );
        (login, "")
    }

    pub(super) fn swap(&self) -> Step {
        step(
            "Fail over by linking in the opposite direction: the secondary takes the primary as its secondary. The portal's \
             Failover button does the same (Azure Developer Support, sample of 2025-01-03).",
            confirmed_swap(&self.secondary, &self.primary),
            "The link goes to Deleting, then to Creating; from then on the former secondary takes reads and writes.",
        )
        .verified(links_of(&self.secondary))
        .timed("geo_failover", self.scope.plan.recovery.geo_failover)
        .if_fails("Refused as already linked, or no new role after half an hour: unlink instead. In a planned change pause the writes again first: what the old primary takes from now on is deleted by the relink.")
        .rolled_back("Fail over in the other direction once both regions are well (“Failback”).")
    }

    /// The geo-replicated name follows a swap of the roles only.
    pub(super) fn verify(&self, name_follows: bool) -> Step {
        let cache = &self.primary;
        let (login, user) = self.login(cache);
        let host = format!("{}.redis.cache.windows.net", cache.name);
        let (keys, state) = if self.scope.entra() {
            let keys = "Clients with Entra ID need no change if the first command answers true and the second lists their \
                        access policies; else switch it on and assign them as in “Create”";
            let Cache { name, group, .. } = cache;
            let policies =
                format!("az redis access-policy-assignment list --name {name} --resource-group {group} --output table");
            (keys, format!("{}\n{policies}\n", entra_state(cache)))
        } else {
            ("Give the clients this cache's access key", String::new())
        };
        let name = if name_follows {
            "those that use the .geo. name follow it, on some resolvers after minutes"
        } else {
            "none is left on the .geo. name or on the old primary"
        };
        step(
            format!("Verify the new primary. {keys}; {name}."),
            format!(
                "{state}{}\n{login}\nredis-cli --tls{user} -h {host} -p 6380 SET dr:check ok EX 60",
                links_of(cache)
            ),
            "SET answers OK. Where a link is left, serverRole is Secondary: it names the other cache.",
        )
        .timed("validate", self.scope.plan.recovery.validate)
        .if_fails("READONLY: the cache is still a secondary. WRONGPASS or NOAUTH: keys or access policies. No answer: name, endpoint or firewall.")
    }

    /// Run on a side that lives, in the group of its region.
    pub(super) fn unlink_command(&self, on: &Cache, other: &Cache) -> String {
        let unlink = format!(
            "az redis server-link delete --name {} --resource-group {} --linked-server-name {}",
            on.name, on.group, other.name
        );
        let harm = format!(
            "ends the copy between {} and {}; relinking empties one of them",
            self.primary.said(),
            self.secondary.said()
        );
        confirmed_of(other, &format!("unlink {}", other.said()), &harm, &unlink)
    }

    /// What moves the users of the application, where the plan names it.
    pub(super) fn traffic(&self, way: Way) -> Option<Step> {
        match way {
            Way::Away => self.scope.traffic_away(&self.secondary, &self.primary),
            Way::Back => self.scope.traffic_back(&self.primary),
        }
    }
}
