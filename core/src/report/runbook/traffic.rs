//! The traffic switch, moved by a person: away from a region, and back.

use super::names::Cache;
use super::only::only;
use super::{Scope, Step, shell, step};
use crate::model::Topology;
use crate::plan::TrafficSwitch;
use crate::units::{Range, Secs};

/// Variables that these commands ask for, with what each is to be set to.
pub(super) fn unknown(scope: &Scope) -> Vec<(String, String)> {
    let public = |region: &&Cache| {
        let place = shell::slug(&region.place, 40);
        (format!("APP_HOST_{}", region.variable), format!("the public host of the application in {place}"))
    };
    let mut unknown: Vec<(String, String)> = scope.regions().iter().map(public).collect();
    unknown.push(("HEALTH_PATH".to_owned(), "the path of its health page, which writes a key".to_owned()));
    unknown
}

/// A whole number of seconds, at least 1.
pub(super) fn secs(time: Secs) -> String {
    format!("{:.0}", libm::round(time.as_secs()).max(1.0))
}

/// The service of the switch, as the options that name it: its group is in none of the plan's regions, or it would be lost with one.
pub(super) const PROFILE: &str = "--profile-name \"${TRAFFIC_NAME:?}\" --resource-group \"${TRAFFIC_GROUP:?}\"";

/// What the group of the switch must be.
pub(super) const APART: &str = "TRAFFIC_GROUP exists, in a region that is none of this plan's: while a group's region is down, nothing in it can be \
                     changed.";

impl Scope<'_> {
    /// True where the switch is a record of a zone.
    pub(super) fn switches_a_record(&self) -> bool {
        self.plan.traffic.switch == TrafficSwitch::DnsRecord
    }

    /// True where the clients of a pair follow a record of the plan's zones.
    pub(super) fn leads_by_record(&self) -> bool {
        self.private() || self.switches_a_record()
    }

    /// The switch moves users away from a region: `from` is its cache, `to` the one that serves. `None` where the plan names no switch.
    pub(super) fn traffic_away(&self, from: &Cache, to: &Cache) -> Option<Step> {
        let states = |change: Change| [change(to, true), change(from, false)].join("\n");
        let place = &from.place;
        let moved = match self.plan.traffic.switch {
            TrafficSwitch::TrafficManager => (
                format!(
                    "Move the users in Traffic Manager: disable the endpoint of {place}, so that no probe brings them back."
                ),
                states(endpoint),
                "The name answers with the other endpoint within its TTL.",
            ),
            TrafficSwitch::FrontDoor => (
                format!(
                    "Move the users in Front Door: disable the origin of {place}, so that no probe brings them back."
                ),
                states(origin),
                "Requests reach the other origin.",
            ),
            _ => self.moved(to)?,
        };
        Some(self.movement(moved, "“Failback” enables it again."))
    }

    /// The switch lets the users come back to the region of this cache.
    pub(super) fn traffic_back(&self, to: &Cache) -> Option<Step> {
        // Of a group another member may be out, which a person brings back by its own name.
        let group = self.answer.topology == Topology::Active;
        let all = |change: Change| {
            if group {
                return change(to, true);
            }
            let regions = self.regions();
            regions.iter().map(|region| change(region, true)).collect::<Vec<_>>().join("\n")
        };
        let whose = |what: &str| if group { format!("its {what}") } else { format!("every {what}") };
        let moved = match self.plan.traffic.switch {
            TrafficSwitch::TrafficManager => (
                format!(
                    "Bring the users back in Traffic Manager: enable {}; the priorities do the rest.",
                    whose("endpoint")
                ),
                all(endpoint),
                "The name answers with the first endpoint within its TTL.",
            ),
            TrafficSwitch::FrontDoor => (
                format!("Bring the users back in Front Door: enable {}; the priorities do the rest.", whose("origin")),
                all(origin),
                "Requests reach the first origin.",
            ),
            _ => self.moved(to)?,
        };
        Some(self.movement(moved, "The same step of “Planned failover” moves them away again."))
    }

    /// The switches that name the cache itself, and those that a person does not order.
    fn moved(&self, to: &Cache) -> Option<(String, String, &'static str)> {
        let plain = &to.plain;
        Some(match self.plan.traffic.switch {
            TrafficSwitch::ByHand => (
                format!("Roll out the configuration that names {plain}, reviewed and ready (“Traffic switch”)."),
                String::new(),
                "Every client of every region has it.",
            ),
            TrafficSwitch::CircuitBreaker => (
                format!(
                    "Watch the clients: their breakers open by themselves and the next cache is {plain}. They do not return by themselves."
                ),
                String::new(),
                "Writes arrive there; no client reports the old one.",
            ),
            TrafficSwitch::AppConfiguration => (
                format!(
                    "Set the key redis:target to {plain}, then the sentinel, at the endpoint of its own region: the other may be down, \
                     and each endpoint passes the change on."
                ),
                self.set_key(to, &self.label(None)),
                "Clients follow within two refreshes of the sentinel.",
            ),
            TrafficSwitch::DnsRecord if self.answer.topology == Topology::Active => (
                format!("Lead the clients' record to {plain}, in the zone of the region whose clients move."),
                self.set_record(to),
                "After its TTL the record leads there in that region's network.",
            ),
            TrafficSwitch::DnsRecord if self.answer.topology == Topology::Rebuild => (
                format!("Lead the clients' record to {plain}, in the zone of each region{}.", self.not_reached(to)),
                self.set_record(to),
                "After its TTL the record leads there in each network.",
            ),
            // A pair's record is a step of its own, with or without a switch.
            TrafficSwitch::DnsRecord
            | TrafficSwitch::Unsaid
            | TrafficSwitch::TrafficManager
            | TrafficSwitch::FrontDoor => return None,
        })
    }

    /// Whose network has no endpoint of a cache that was built in an outage yet; empty where every network has one.
    fn not_reached(&self, to: &Cache) -> String {
        match self.names.caches.first().filter(|first| self.private() && first.region != to.region) {
            Some(first) => format!("; clients in {} reach it once “Afterwards” has made their endpoint", first.place),
            None => String::new(),
        }
    }

    fn movement(&self, (text, commands, check): (String, String, &str), back: &str) -> Step {
        let (moves, time) = self.moves();
        step(text, commands, check)
            .timed(moves, time)
            .if_fails("The service refuses or does not answer: change the clients' configuration by hand. An identity without rights: the owner of the switch has them.")
            .rolled_back(back)
    }

    /// The step of M-06 that moves the clients, and its time: those of a group may do it themselves.
    pub(super) fn moves(&self) -> (&'static str, Range<Secs>) {
        let recovery = &self.plan.recovery;
        let (name, own) = if self.answer.topology == Topology::Active && self.plan.redirects_itself() {
            ("redirect", recovery.redirect)
        } else {
            ("repoint", recovery.repoint)
        };
        let mut steps = self.answer.rto.iter().flat_map(|chain| &chain.steps);
        let counted = steps.find(|step| step.field.strip_prefix("recovery.") == Some(name));
        (name, counted.map_or(own, |step| step.time))
    }

    /// The endpoint of the store that stands in the region of a cache, as a word of a shell: the store's own in the first region, else a
    /// replica's.
    pub(super) fn store(&self, cache: &Cache) -> String {
        if cache.held {
            return format!("\"${{{}_STORE:?}}\"", cache.variable);
        }
        let first = self.names.caches.first().is_some_and(|first| first.region == cache.region);
        let replica = if first { String::new() } else { format!("-{}", replica(cache)) };
        format!("\"https://${{TRAFFIC_NAME:?}}{replica}.azconfig.io\"")
    }

    /// The clients of a group read the keys of their own region: the one of `region`, else of the member that is lost. All clients of the
    /// other designs read one.
    fn label(&self, region: Option<&Cache>) -> String {
        if self.answer.topology != Topology::Active {
            return String::new();
        }
        region.map_or_else(
            || " --label \"${LOST_REGION:?}\"".to_owned(),
            |region| format!(" --label {}", region.location),
        )
    }

    fn set_key(&self, to: &Cache, label: &str) -> String {
        let store = format!("--endpoint {} --auth-mode login", self.store(to));
        format!(
            "az appconfig kv set {store} --key redis:target{label} --value {} --yes\n\
             az appconfig kv set {store} --key redis:sentinel{label} --value \"$(date +%s)\" --yes",
            to.name
        )
    }

    /// The keys as they are in peace.
    pub(super) fn first_keys(&self) -> Vec<String> {
        let regions = self.regions();
        let read = if self.answer.topology == Topology::Active { regions.len() } else { 1 };
        regions.iter().take(read).map(|region| self.set_key(region, &self.label(Some(region)))).collect()
    }

    /// Each region's clients have a record in their own zone; a group changes that of the region that lost its member.
    fn set_record(&self, to: &Cache) -> String {
        let host = format!(
            "HOST=\"$(az redisenterprise show --cluster-name {} --resource-group {} --query hostName --output tsv)\"",
            to.name, to.group
        );
        let one = |region: &&Cache| {
            let set = format!(
                "az network private-dns record-set cname set-record --resource-group {} \\\n  \
                 --zone-name \"${{DNS_ZONE:?}}\" --record-set-name \"${{DNS_RECORD:?}}\" --cname \"$HOST\"",
                region.dns.0
            );
            if to.held { only("LOST", region, &set) } else { set }
        };
        [host].into_iter().chain(self.regions().iter().map(one)).collect::<Vec<_>>().join("\n")
    }
}

/// Lets a region's cache serve or not.
type Change = fn(&Cache, bool) -> String;

const fn state(on: bool) -> &'static str {
    if on { "Enabled" } else { "Disabled" }
}

fn endpoint(cache: &Cache, on: bool) -> String {
    format!(
        "az network traffic-manager endpoint update --name {} {PROFILE} \\\n  --type externalEndpoints --endpoint-status {}",
        cache.name,
        state(on)
    )
}

fn origin(cache: &Cache, on: bool) -> String {
    format!(
        "az afd origin update --origin-name {} --origin-group-name app {PROFILE} \\\n  --enabled-state {}",
        cache.name,
        state(on)
    )
}

/// The name of a store's replica: letters and digits.
pub(super) fn replica(cache: &Cache) -> String {
    cache.variable.to_ascii_lowercase().replace('_', "")
}
