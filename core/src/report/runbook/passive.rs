//! The runbook of a passive pair.

use super::names::Cache;
use super::watch::{ACTION_GROUP, Alert, Service, alert, memory_alerts, metric, private_endpoint};
use super::{Scope, Section, Step, chain_words, section, shell, step};
use crate::model::rto::{RtoChain, RtoPath};
use crate::plan::Network;
use crate::report::format;
use crate::rules::lifecycle::PremiumDates;

/// The sync offset below which a planned failover loses nothing (S1).
const DRAINED_BYTES: u32 = 14;

/// The pair's two caches.
struct Pair<'a> {
    scope: &'a Scope<'a>,
    primary: &'a Cache,
    secondary: &'a Cache,
}

pub(super) fn sections(scope: &Scope) -> Vec<Section> {
    let [primary, secondary, ..] = scope.names.caches.as_slice() else { return Vec::new() };
    let pair = Pair { scope, primary, secondary };
    vec![pair.create(), pair.watch(), pair.planned(), pair.unplanned(), pair.afterwards()]
}

impl Pair<'_> {
    fn group(&self) -> &str {
        &self.scope.names.group
    }

    fn create(&self) -> Section {
        if self.scope.plan.passive.exists {
            let when = "The pair exists: nothing is created. Put your own names in place of these where they differ.";
            return section("Create", when, vec![self.look(), self.link()]);
        }
        let dates = PremiumDates::of(self.scope.catalog);
        let refused = dates.as_ref().map_or_else(String::new, |dates| {
            format!(
                "New Premium caches are refused: for new customers since {}, for everyone since {} (C1; the service answers \
                 400 BadRequest and points to Azure Managed Redis).",
                dates.new_customers, dates.everyone
            )
        });
        if dates.is_none_or(|dates| self.scope.plan.horizon.start >= dates.everyone) {
            let text = format!("{refused} Look for a pair that exists; without one, this topology cannot be built.");
            let list = "az redis list --query '[?sku.name==`Premium`].{name:name, region:location, size:sku.capacity}' --output table";
            return section("Create", "There is no command for this any more.", vec![step(text, list, "")]);
        }
        let mut steps = vec![self.scope.group_commands(), self.make(&refused)];
        if self.scope.plan.passive.network == Network::PrivateEndpoint {
            steps.extend(
                [self.primary, self.secondary].map(|cache| private_endpoint(Service::Premium, cache, self.scope)),
            );
        }
        steps.push(self.link());
        section("Create", format!("{refused} An existing customer can still create until then."), steps)
    }

    fn make(&self, refused: &str) -> Step {
        let caches = &self.scope.answer.design.caches;
        let command = |cache: &Cache, index: usize| {
            let (size, shards) = caches.get(index).map_or(("P1", 1), |bought| (bought.sku.short(), bought.shards));
            let shards = if shards > 1 { format!(" --shard-count {shards}") } else { String::new() };
            format!(
                "az redis create --name {} --resource-group {} --location {} --sku Premium --vm-size {}{shards}",
                cache.name,
                self.group(),
                shell::quote(&cache.region),
                shell::quote(&size.to_ascii_lowercase())
            )
        };
        step(
            format!("Create both caches, without persistence and with one replica. {refused}"),
            format!("{}\n{}", command(self.primary, 0), command(self.secondary, 1)),
            "provisioningState is Succeeded for both (recorded: 13 min 38 s for a P1).",
        )
    }

    fn look(&self) -> Step {
        let query = "'{state:provisioningState, size:sku.capacity, shards:shardCount, version:redisVersion, links:linkedServers[].id}'";
        let show = |cache: &Cache| {
            format!(
                "az redis show --name {} --resource-group {} --query {query} --output jsonc",
                cache.name,
                self.group()
            )
        };
        let expected: Vec<String> = self.scope.answer.design.caches.iter().map(size_words).collect();
        step(
            "Look at what exists. Both caches need the same size for geo-failover, the same shards and the same Redis version, \
             one replica and no persistence.",
            format!("{}\n{}", show(self.primary), show(self.secondary)),
            format!("Both report Succeeded; this plan reckons with {}.", expected.join(" and ")),
        )
    }

    fn link(&self) -> Step {
        step(
            format!(
                "Link them, unless they are. Linking deletes everything in {}. The role is that of the cache that is added, \
                 hence Secondary.",
                self.secondary.name
            ),
            format!("{}\n{}", self.links_of(self.primary), self.link_command(self.primary, self.secondary)),
            format!(
                "The link's provisioningState goes from Creating over Syncing to Succeeded. {}",
                self.scope.link_words()
            ),
        )
    }

    fn links_of(&self, cache: &Cache) -> String {
        format!("az redis server-link list --name {} --resource-group {} --output table", cache.name, self.group())
    }

    fn link_command(&self, primary: &Cache, secondary: &Cache) -> String {
        format!(
            "az redis server-link create --name {} --resource-group {} \\\n  --server-to-link {} --replication-role Secondary",
            primary.name,
            self.group(),
            secondary.name
        )
    }

    fn watch(&self) -> Section {
        let group = self.group();
        let health = metric(
            Service::Premium,
            self.secondary,
            group,
            "GeoReplicationHealthy GeoReplicationConnectivityLag",
            "Minimum Maximum",
        );
        let offset = metric(Service::Premium, self.primary, group, "GeoReplicationDataSyncOffset", "Maximum");
        let mut alerts = vec![alert(
            Service::Premium,
            self.secondary,
            group,
            &Alert {
                name: "link-down",
                condition: "min GeoReplicationHealthy < 1".to_owned(),
                window: "15m",
                severity: 1,
            },
        )];
        if let Some(target) = self.scope.plan.objectives.rpo {
            let bytes = (self.scope.evaluation.demand.stream * target).as_bytes().max(1.0);
            let condition = format!("max GeoReplicationDataSyncOffset > {bytes:.0}");
            let late = Alert { name: "sync-behind", condition, window: "5m", severity: 2 };
            alerts.push(alert(Service::Premium, self.primary, group, &late));
        }
        let rpo = self.scope.plan.objectives.rpo.map_or_else(
            || "The plan sets no RPO, so no offset alert is made.".to_owned(),
            |target| {
                format!(
                    "The offset alert fires at the bytes that {} of this plan's writes make.",
                    format::duration(target)
                )
            },
        );
        let steps = vec![
            step(
                "Read the metrics of the link. Health and lag come from the secondary, the offset from the primary; all of them \
                 minute by minute, so no RPO below 60 s can be shown.",
                format!("{health}\n{offset}"),
                "GeoReplicationHealthy is 1.",
            ),
            step(
                format!(
                    "Alert on the link. {rpo} Monthly patching takes the link down for minutes to an hour and fires the first one."
                ),
                format!("{ACTION_GROUP}\n{}", alerts.join("\n")),
                "",
            ),
            step(
                "Alert on used memory at 75 % of each cache.",
                memory_alerts(Service::Premium, &[self.primary, self.secondary].map(copy), group),
                "",
            ),
        ];
        section("Watch", "Always, from the day that the link stands.", steps)
    }

    fn chain(&self, path: RtoPath) -> Option<&RtoChain> {
        self.scope.answer.rto.iter().find(|chain| chain.path == path)
    }

    fn geo_failover_offered(&self) -> bool {
        match self.scope.answer.design.caches.as_slice() {
            [primary, secondary, ..] => primary.sku == secondary.sku && primary.shards == secondary.shards,
            _ => false,
        }
    }

    fn planned(&self) -> Section {
        let takes = self
            .chain(RtoPath::PlannedFailover)
            .map_or_else(String::new, |chain| format!(" It takes {}.", chain_words(chain)));
        let when = format!("A drill, or maintenance of {} that is known beforehand.{takes}", self.primary.place);
        if !self.geo_failover_offered() {
            let text = "The two sizes differ, so geo-failover is not offered: a planned change goes by unlink, as in an outage, \
                        after the writers have been stopped and the offset is zero.";
            return section("Planned failover", when, vec![step(text, "", "")]);
        }
        let offset = metric(Service::Premium, self.primary, self.group(), "GeoReplicationDataSyncOffset", "Maximum");
        let steps = vec![
            step(
                "See that the link is healthy and nearly drained.",
                offset.clone(),
                "The offset is small and not growing.",
            ),
            step(
                "Pause the clients of the primary for at most 30 min (1,800,000 ms); the new primary keeps the pause. Blocked \
                 clients time out: this is the moment when users notice.",
                self.pause(),
                "The answer is OK.",
            ),
            step(
                format!("Wait until fewer than {DRAINED_BYTES} bytes are left to replicate (S1)."),
                offset,
                format!("The newest value is below {DRAINED_BYTES}."),
            ),
            self.swap(),
            self.verify(),
        ];
        section("Planned failover", when, steps)
    }

    /// One command for all shards of a clustered cache.
    fn pause(&self) -> String {
        let shards = self.scope.answer.design.caches.first().map_or(1, |cache| cache.shards);
        let host = format!("{}.redis.cache.windows.net", self.primary.name);
        let (login, user) = self.login(self.primary);
        if shards > 1 {
            return format!(
                "{login}\nredis-cli --tls{user} --cluster call {host}:6380 CLIENT PAUSE 1800000 --cluster-only-masters"
            );
        }
        format!("{login}\nredis-cli --tls{user} -h {host} -p 6380 CLIENT PAUSE 1800000")
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

    fn verify(&self) -> Step {
        let (login, user) = self.login(self.secondary);
        let host = format!("{}.redis.cache.windows.net", self.secondary.name);
        let keys = if self.scope.plan.passive.entra_id {
            "Clients with Entra ID go on as they are"
        } else {
            "Give the clients the other cache's access key"
        };
        step(
            format!(
                "Verify. {keys}; those that use the .geo. name follow it, which may take minutes on some resolvers."
            ),
            format!(
                "{}\n{login}\nredis-cli --tls{user} -h {host} -p 6380 SET dr:check ok EX 60",
                self.links_of(self.secondary)
            ),
            "The SET answers OK. In the list serverRole is the role of the other cache: it reads Secondary on the new primary.",
        )
    }

    fn unplanned(&self) -> Section {
        let chain = self.scope.answer.rto.iter().find(|chain| chain.unplanned);
        let swaps = chain.is_some_and(|chain| chain.path == RtoPath::GeoFailover) && self.geo_failover_offered();
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
        steps.push(self.verify());
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

    fn afterwards(&self) -> Section {
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

fn copy(cache: &Cache) -> Cache {
    Cache { name: cache.name.clone(), region: cache.region.clone(), place: cache.place.clone() }
}

fn size_words(cache: &crate::model::fit::Cache) -> String {
    let shards = if cache.shards == 1 { "1 shard".to_owned() } else { format!("{} shards", cache.shards) };
    format!("{} with {shards}", cache.sku.short())
}
