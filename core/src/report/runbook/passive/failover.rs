//! The pair changes sides: planned, unplanned, and back.

use super::Pair;
use crate::model::rto::{RtoChain, RtoPath};
use crate::report::format;
use crate::report::runbook::names::Cache;
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Section, Step, chain_words, section, step};
use crate::rules::lifecycle::PremiumDates;

/// The sync offset below which a planned failover loses nothing (S1).
const DRAINED_BYTES: u32 = 14;

impl Pair<'_> {
    fn chain(&self, path: RtoPath) -> Option<&RtoChain> {
        self.scope.answer.rto.iter().find(|chain| chain.path == path)
    }

    /// Why the planned way is not a geo-failover: what bars it, or that no copy is ever complete.
    fn planned_by_unlink(&self) -> String {
        let Some(unlink) = self.chain(RtoPath::Unlink) else {
            return "By this plan's figures no copy is ever complete: there is nothing to fail over to.".to_owned();
        };
        format!(
            "{} A planned change goes by unlink, as in an outage, after the writers have been stopped and the offset is zero.",
            unlink.reason
        )
    }

    pub(super) fn planned(&self) -> Section {
        let takes = self
            .chain(RtoPath::PlannedFailover)
            .map_or_else(String::new, |chain| format!(" It takes {}.", chain_words(chain)));
        let when = format!("A drill, or maintenance of {} that is known beforehand.{takes}", self.primary.place);
        if self.chain(RtoPath::GeoFailover).is_none() {
            return section("Planned failover", when, vec![step(self.planned_by_unlink(), "", "")]);
        }
        let offset = metric(Service::Premium, self.primary, self.group(), "GeoReplicationDataSyncOffset", "Maximum");
        let steps = vec![
            step(
                "See that the link is healthy and nearly drained.",
                offset.clone(),
                "The offset is small and not growing.",
            ),
            step(
                format!(
                    "Pause the clients of the primary for {}; the new primary keeps the pause, so that users wait at least as \
                     long. Blocked clients time out: this is the moment when users notice.",
                    format::duration(self.scope.plan.recovery.client_pause)
                ),
                self.pause(),
                "The answer is OK.",
            ),
            step(
                format!("Wait until fewer than {DRAINED_BYTES} bytes are left to replicate (S1)."),
                offset,
                format!("The newest value is below {DRAINED_BYTES}."),
            ),
            self.swap(),
            self.verify(true),
        ];
        section("Planned failover", when, steps)
    }

    /// One command for all shards of a clustered cache.
    fn pause(&self) -> String {
        let shards = self.scope.answer.design.caches.first().map_or(1, |cache| cache.shards);
        let host = format!("{}.redis.cache.windows.net", self.primary.name);
        let (login, user) = self.login(self.primary);
        let millis = libm::round(self.scope.plan.recovery.client_pause.as_secs() * 1e3);
        if shards > 1 {
            return format!(
                "{login}\nredis-cli --tls{user} --cluster call {host}:6380 CLIENT PAUSE {millis} --cluster-only-masters"
            );
        }
        format!("{login}\nredis-cli --tls{user} -h {host} -p 6380 CLIENT PAUSE {millis}")
    }

    /// Commands that log in to a cache, and the option that names the user.
    fn login(&self, cache: &Cache) -> (String, &'static str) {
        if self.scope.plan.passive.entra_id {
            let login = "REDIS_USER=\"$(az ad signed-in-user show --query id --output tsv)\"\n\
                         REDISCLI_AUTH=\"$(az account get-access-token --resource https://redis.azure.com --query accessToken --output tsv)\"\n\
                         export REDISCLI_AUTH";
            return (login.to_owned(), " --user \"$REDIS_USER\"");
        }
        let login = format!(
            "REDISCLI_AUTH=\"$(az redis list-keys --name {} --resource-group {} --query primaryKey --output tsv)\"\nexport REDISCLI_AUTH",
            cache.name,
            self.group()
        );
        (login, "")
    }

    fn swap(&self) -> Step {
        step(
            "Fail over by making the link in the opposite direction: the secondary takes the primary as its secondary. The \
             portal's Failover button does the same (Azure Developer Support, sample of 2025-01-03).",
            self.link_command(self.secondary, self.primary),
            format!(
                "The link goes to Deleting, then to Creating; from Creating on {} takes reads and writes.",
                self.secondary.name
            ),
        )
    }

    /// The last step; the geo-replicated name follows a swap of the roles only.
    fn verify(&self, name_follows: bool) -> Step {
        let (login, user) = self.login(self.secondary);
        let host = format!("{}.redis.cache.windows.net", self.secondary.name);
        let keys = if self.scope.plan.passive.entra_id {
            "Clients with Entra ID go on as they are"
        } else {
            "Give the clients the other cache's access key"
        };
        let name = if name_follows {
            "those that use the .geo. name follow it, which may take minutes on some resolvers"
        } else {
            "none is left on the .geo. name or on the name of the lost cache"
        };
        step(
            format!("Verify. {keys}; {name}."),
            format!(
                "{}\n{login}\nredis-cli --tls{user} -h {host} -p 6380 SET dr:check ok EX 60",
                self.links_of(self.secondary)
            ),
            "The SET answers OK. In the list serverRole is the role of the other cache: it reads Secondary on the new primary.",
        )
    }

    pub(super) fn unplanned(&self) -> Section {
        let chain = self.scope.answer.rto.iter().find(|chain| chain.unplanned);
        let swaps = chain.is_some_and(|chain| chain.path == RtoPath::GeoFailover);
        let takes =
            chain.map_or_else(String::new, |chain| format!(" It takes {}. {}", chain_words(chain), chain.reason));
        let lost = format::bytes(self.scope.answer.rpo.burst_bytes);
        let when =
            format!("{} is down and the owner of the trigger has decided.{}", self.primary.place, takes.trim_end());
        let mut steps = vec![step(
            format!(
                "Write down the time and the last offset: at most {lost} of changes are behind at the end of a burst."
            ),
            metric(Service::Premium, self.primary, self.group(), "GeoReplicationDataSyncOffset", "Maximum"),
            "",
        )];
        if swaps {
            steps.push(self.swap());
        }
        steps.push(self.unlink(swaps));
        steps.push(self.verify(swaps));
        section("Unplanned failover", when, steps)
    }

    fn unlink(&self, fallback: bool) -> Step {
        let first = if fallback {
            "Only if the failover is refused or hangs, because the primary's region does not answer: unlink."
        } else {
            "Unlink; geo-failover is not offered here."
        };
        step(
            format!(
                "{first} The secondary keeps what it has and becomes writable; point the clients' configuration to it, for the \
                 .geo. name does not follow an unlink. If the command is refused on this side, run it on {} with the names exchanged.",
                self.primary.name
            ),
            format!(
                "az redis server-link delete --name {} --resource-group {} --linked-server-name {}",
                self.secondary.name,
                self.group(),
                self.primary.name
            ),
            "az redis server-link list shows no link any more.",
        )
    }

    pub(super) fn afterwards(&self) -> Section {
        let since = PremiumDates::of(self.scope.catalog)
            .map_or_else(String::new, |dates| format!(" for everyone since {}", dates.everyone));
        let steps = vec![
            step(
                format!(
                    "Link again when {} is back. The old primary becomes the secondary and loses its data: export them first if \
                     writes may have been left behind in it.",
                    self.primary.place
                ),
                format!("{}\n{}", self.links_of(self.secondary), self.link_command(self.secondary, self.primary)),
                format!("provisioningState is Succeeded and GeoReplicationHealthy is 1. {}", self.scope.link_words()),
            ),
            step(
                format!(
                    "If {} is lost for good, do not wait for a new one: new Premium caches are refused{since}. Run on one cache, \
                     or move to Azure Managed Redis.",
                    self.primary.name
                ),
                "",
                "",
            ),
            step(
                "Return to the first region in a quiet hour, as a planned failover in the other direction. Unlink before a cache \
                 or its resource group is deleted: a linked one hangs in deleting.",
                "",
                "",
            ),
        ];
        section("Afterwards", "The users are served and the other region is back.", steps)
    }
}
