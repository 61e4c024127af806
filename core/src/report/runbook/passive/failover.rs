//! The pair changes sides: planned, unplanned, and back.

use super::settings::entra_state;
use super::{Pair, confirmed_swap, links_of, save_links};
use crate::model::rto::{RtoChain, RtoPath};
use crate::report::runbook::confirm::confirmed;
use crate::report::runbook::names::Cache;
use crate::report::runbook::site::{ENTRA_LOGIN, OPERATOR};
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Section, Step, chain_words, section, step};
use crate::units::format;

/// The sync offset below which a planned failover loses nothing (S1).
const DRAINED_BYTES: u32 = 14;

impl Pair<'_> {
    fn chain(&self, path: RtoPath) -> Option<&RtoChain> {
        self.scope.answer.rto.iter().find(|chain| chain.path == path)
    }

    pub(super) fn planned(&self) -> Section {
        let takes = self
            .chain(RtoPath::PlannedFailover)
            .map_or_else(String::new, |chain| format!(" It takes {}.", chain_words(chain)));
        let when = format!("A drill, or planned maintenance of {}.{takes}", self.primary.place);
        let steps = if self.chain(RtoPath::GeoFailover).is_some() {
            self.planned_by_swap()
        } else if let Some(unlink) = self.chain(RtoPath::Unlink) {
            self.planned_by_unlink(&unlink.why())
        } else {
            let text = "In this plan no copy is ever complete: failover is impossible.";
            vec![step(text, "", "")]
        };
        section("Planned failover", when, steps)
    }

    fn planned_by_swap(&self) -> Vec<Step> {
        let mut steps = self.drain("");
        steps.extend([
            self.swap(),
            step(
                format!(
                    "End the pause on {}, which keeps it as new primary (S1). Unverified: if UNPAUSE does not end it, writes \
                     go on when the pause runs out.",
                    self.secondary.name
                ),
                self.client(self.secondary, "CLIENT UNPAUSE"),
                "The answer is OK.",
            ),
            self.verify(true),
            step(
                format!("To go back, fail over in the other direction: {} has every write.", self.primary.name),
                confirmed_swap(self.primary, self.secondary),
                format!("In the links of {}, serverRole is Secondary.", self.primary.name),
            ),
        ]);
        steps
    }

    /// The copy is complete and writes wait, then the link is broken; behind private endpoints the clients' name is switched.
    fn planned_by_unlink(&self, reason: &str) -> Vec<Step> {
        let mut steps = self.drain(&format!("{reason} A planned change goes by unlink once all is replicated. "));
        steps.push(step(
            format!(
                "Unlink: {} keeps its data and becomes writable. If refused, run it on {} with the names exchanged.",
                self.secondary.name, self.primary.name
            ),
            self.unlink_command(),
            "server-link list shows no link.",
        )
        .verified(links_of(self.secondary))
        .takes(self.scope.plan.recovery.unlink)
        .if_fails("Still linked after 15 min: end the pause on the primary, and try another day.")
        .rolled_back("The last step but one goes back; a relink copies everything."));
        steps.extend(self.switch_names(&self.scope.regions()));
        steps.extend([self.verify(false), self.undo_unlink()]);
        steps
    }

    /// Until a write reaches the other cache nothing is lost by going back.
    fn undo_unlink(&self) -> Step {
        let (old, new) = (&self.primary.name, &self.secondary.name);
        let record = self.set_names(self.primary, &self.scope.regions());
        let back = if record.is_empty() { "the clients' configuration" } else { "the record" };
        step(
            format!(
                "To go back before a client has written to {new}: point {back} to {old} and end the pause. Later, use a \
                 planned failover."
            ),
            [record, self.client(self.primary, "CLIENT UNPAUSE")].join("\n").trim_start(),
            format!(
                "Clients write to {old}. Relink by “Scale, 3 of 3” under “Change”, which empties {new}; “Afterwards” would empty \
                 {old}."
            ),
        )
    }

    /// Writes wait and the copy is complete; behind private endpoints the names are looked at first.
    fn drain(&self, why: &str) -> Vec<Step> {
        let offset = metric(Service::Premium, self.primary, "GeoReplicationDataSyncOffset", "Maximum");
        let healthy = step(
            format!("{why}Check that the link is healthy and nearly drained."),
            offset.clone(),
            "The offset is small and not growing.",
        );
        let waiting = [
            step(
                format!(
                    "Pause the primary's writes for {}; reads go on. Users notice from here: blocked clients time out.{}",
                    format::duration(self.scope.plan.recovery.client_pause),
                    self.owner_words()
                ),
                self.pause(),
                "The answer is OK.",
            )
            .if_fails("NOPERM: the identity may not pause clients. No answer: run it from the clients' network.")
            .rolled_back("CLIENT UNPAUSE on the same cache."),
            step(
                format!("Wait until the offset is below {DRAINED_BYTES} bytes (S1)."),
                offset,
                format!("The latest value is below {DRAINED_BYTES}."),
            ),
        ];
        [healthy].into_iter().chain(self.see_names()).chain(waiting).collect()
    }

    /// Writes alone wait: without WRITE the reads would wait too.
    fn pause(&self) -> String {
        let millis = libm::round(self.scope.plan.recovery.client_pause.as_secs() * 1e3);
        self.client(self.primary, &format!("CLIENT PAUSE {millis} WRITE"))
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

    fn swap(&self) -> Step {
        step(
            "Fail over by linking in the opposite direction: the secondary takes the primary as its secondary. The portal's \
             Failover button does the same (Azure Developer Support, sample of 2025-01-03).",
            confirmed_swap(self.secondary, self.primary),
            format!(
                "The link goes to Deleting, then to Creating; from then on {} takes reads and writes.",
                self.secondary.name
            ),
        )
        .verified(links_of(self.secondary))
        .takes(self.scope.plan.recovery.geo_failover)
        .if_fails("Refused as already linked, or no new role after half an hour: unlink instead.")
        .rolled_back("Fail over in the other direction once both regions are well.")
    }

    /// The last step; the geo-replicated name follows a swap of the roles only.
    fn verify(&self, name_follows: bool) -> Step {
        let (login, user) = self.login(self.secondary);
        let host = format!("{}.redis.cache.windows.net", self.secondary.name);
        let (keys, state) = if self.scope.entra() {
            let keys = "Clients with Entra ID need no change if the first command answers true and the second lists their \
                        access policies; else switch it on and assign them as in “Create”";
            let Cache { name, group, .. } = self.secondary;
            let policies =
                format!("az redis access-policy-assignment list --name {name} --resource-group {group} --output table");
            (keys, format!("{}\n{policies}\n", entra_state(self.secondary)))
        } else {
            ("Give the clients this cache's access key", String::new())
        };
        let name = if name_follows {
            "those that use the .geo. name follow it, on some resolvers after minutes"
        } else {
            &format!("none is left on the .geo. name or on {}", self.primary.name)
        };
        step(
            format!("Verify. {keys}; {name}."),
            format!(
                "{state}{}\n{login}\nredis-cli --tls{user} -h {host} -p 6380 SET dr:check ok EX 60",
                links_of(self.secondary)
            ),
            "SET answers OK; serverRole is the other cache's role, so Secondary on the new primary.",
        )
        .takes(self.scope.plan.recovery.validate)
        .if_fails("READONLY: the cache is still a secondary. WRONGPASS or NOAUTH: keys or access policies. No answer: name, endpoint or firewall.")
    }

    pub(super) fn unplanned(&self) -> Section {
        let chain = self.scope.answer.rto.iter().find(|chain| chain.unplanned);
        let swaps = chain.is_some_and(|chain| chain.path == RtoPath::GeoFailover);
        // “Planned failover” has said why nothing but an unlink is possible.
        let told = !swaps && self.chain(RtoPath::Unlink).is_some();
        let reason = |chain: &RtoChain| if told { String::new() } else { chain.why() };
        let takes =
            chain.map_or_else(String::new, |chain| format!(" It takes {}. {}", chain_words(chain), reason(chain)));
        let lost = format::bytes(self.scope.answer.rpo.burst_bytes);
        let when = format!("{} is down and the trigger's owner has decided.{}", self.primary.place, takes.trim_end());
        let mut steps = vec![
            step(
                format!("Record the time and the last offset: after a burst at most {lost} are not replicated."),
                metric(Service::Premium, self.primary, "GeoReplicationDataSyncOffset", "Maximum"),
                "",
            )
            .takes(self.scope.plan.recovery.detect)
            .if_fails("The lost region may not answer: go on, and count the offset as unknown."),
        ];
        steps.push(
            step(
                format!(
                    "Decide, with {}: go on only if {} is down for longer than this failover takes, and not for a fault of the \
                     application.",
                    self.scope.approver(),
                    self.primary.place
                ),
                "",
                "The decision, its time and its reason stand in the record.",
            )
            .takes(self.scope.plan.recovery.decide)
            .rolled_back("Until the next step nothing has changed."),
        );
        steps.push(save_links(&[self.secondary], "before"));
        if swaps {
            steps.push(self.swap());
        }
        steps.push(self.unlink(swaps));
        // The zone of the lost region cannot be changed, and nobody asks it.
        steps.extend(self.switch_names(&[self.secondary]).filter(|_| !swaps));
        steps.push(self.verify(swaps));
        steps.push(save_links(&[self.secondary], "after"));
        if !swaps {
            steps.push(self.warm());
        }
        section("Unplanned failover", when, steps)
    }

    /// What the copy may lack after an unlink is read from its source, most needed first.
    fn warm(&self) -> Step {
        step(
            "Warm what the copy lacks, most needed keys first, with the application's own loader; hold the database below its \
             limit meanwhile.",
            "",
            "The hit rate is back to normal.",
        )
        .takes(self.scope.plan.recovery.warm_up)
        .if_fails("Admit part of the users until the database keeps up.")
    }

    fn unlink(&self, fallback: bool) -> Step {
        let first = if fallback {
            "Only if the failover is refused or hangs: unlink."
        } else {
            "Unlink; geo-failover is not offered here (reason: “Planned failover”)."
        };
        step(
            format!(
                "{first} The secondary keeps its data and becomes writable; point the clients to it, since the .geo. name does \
                 not follow. If refused, run it on {} with the names exchanged.",
                self.primary.name
            ),
            self.unlink_command(),
            "server-link list shows no link.",
        )
        .verified(links_of(self.secondary))
        .takes(self.scope.plan.recovery.unlink)
        .if_fails("The far side may stay in Deleting for a minute. If the link is there after 15 min, open a support case of severity A.")
        .rolled_back("None: relinking copies everything anew (“Afterwards”).")
    }

    /// Run on the surviving side, in the group of its region.
    pub(super) fn unlink_command(&self) -> String {
        let (Cache { name, group, plain, .. }, other) = (self.secondary, self.primary);
        let unlink = format!(
            "az redis server-link delete --name {name} --resource-group {group} --linked-server-name {}",
            other.name
        );
        let other = &other.plain;
        let harm = format!("ends the copy from {other} to {plain}; relinking empties one of them");
        confirmed(&format!("unlink {other}"), &harm, &unlink)
    }
}
