//! The traffic switch: its settings with the plan's figures, and how a person moves it.

use super::names::Cache;
use super::sides::only;
use super::{Scope, Section, Step, section, shell, step};
use crate::model::Topology;
use crate::plan::TrafficSwitch;
use crate::units::names::Named;
use crate::units::{Range, Secs, format};

/// Settings of the switch that the plan names, as a section of its own; none where it names none.
pub(super) fn settings(scope: &Scope) -> Option<Section> {
    let switch = scope.plan.traffic.switch;
    let steps = match switch {
        TrafficSwitch::Unsaid => return None,
        TrafficSwitch::ByHand => by_hand(scope),
        TrafficSwitch::CircuitBreaker => breaker(scope),
        TrafficSwitch::TrafficManager => traffic_manager(scope),
        TrafficSwitch::FrontDoor => front_door(scope),
        TrafficSwitch::AppConfiguration => app_configuration(scope),
        TrafficSwitch::DnsRecord => dns_record(scope),
    };
    let when = format!("Once, and in every drill. The plan redirects clients by: {}.", switch.label());
    Some(section("Traffic switch", when, steps))
}

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
fn secs(time: Secs) -> String {
    format!("{:.0}", libm::round(time.as_secs()).max(1.0))
}

/// The service of the switch, as the options that name it: its group is in none of the plan's regions, or it would be lost with one.
const PROFILE: &str = "--profile-name \"${TRAFFIC_NAME:?}\" --resource-group \"${TRAFFIC_GROUP:?}\"";

/// What the group of the switch must be.
const APART: &str = "TRAFFIC_GROUP exists, in a region that is none of this plan's: while a group's region is down, nothing in it can be \
                     changed.";

impl Scope<'_> {
    /// True where the switch is a record of a zone.
    pub(super) fn switches_a_record(&self) -> bool {
        self.plan.traffic.switch == TrafficSwitch::DnsRecord
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
        let all = |change: Change| {
            let regions = self.regions();
            regions.iter().map(|region| change(region, true)).collect::<Vec<_>>().join("\n")
        };
        let moved = match self.plan.traffic.switch {
            TrafficSwitch::TrafficManager => (
                "Bring the users back in Traffic Manager: enable every endpoint; the priorities do the rest."
                    .to_owned(),
                all(endpoint),
                "The name answers with the first endpoint within its TTL.",
            ),
            TrafficSwitch::FrontDoor => (
                "Bring the users back in Front Door: enable every origin; the priorities do the rest.".to_owned(),
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
            TrafficSwitch::DnsRecord if self.answer.topology != Topology::Passive => (
                format!("Lead the clients' record to {plain}, in the zone of the region whose clients move."),
                self.set_record(to),
                "After its TTL the record leads there in that region's network.",
            ),
            // A pair's record is a step of its own, with or without a switch.
            TrafficSwitch::DnsRecord
            | TrafficSwitch::Unsaid
            | TrafficSwitch::TrafficManager
            | TrafficSwitch::FrontDoor => return None,
        })
    }

    fn movement(&self, (text, commands, check): (String, String, &str), back: &str) -> Step {
        step(text, commands, check)
            .timed("repoint", switch_time(self))
            .if_fails("The service refuses or does not answer: change the clients' configuration by hand. An identity without rights: the owner of the switch has them.")
            .rolled_back(back)
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
    fn first_keys(&self) -> Vec<String> {
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
                "az network private-dns record-set cname set-record --resource-group \"${{DNS_GROUP_{}:?}}\" \\\n  \
                 --zone-name \"${{DNS_ZONE:?}}\" --record-set-name \"${{DNS_RECORD:?}}\" --cname \"$HOST\"",
                region.variable
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
fn replica(cache: &Cache) -> String {
    cache.variable.to_ascii_lowercase().replace('_', "")
}

/// How long the redirect takes: M-05's own step where the design has one, else the clients' repoint.
fn switch_time(scope: &Scope) -> Range<Secs> {
    let steps = scope.answer.rto.iter().flat_map(|chain| &chain.steps);
    let redirect = steps
        .filter(|step| ["recovery.redirect", "recovery.repoint"].contains(&step.field))
        .map(|step| step.time)
        .next();
    redirect.unwrap_or(scope.plan.recovery.dns)
}

fn by_hand(scope: &Scope) -> Vec<Step> {
    vec![step(
        "Keep the configuration for each cache ready, reviewed and one command away; time its roll-out in each drill.",
        "",
        "The drill’s time is entered for “Point clients elsewhere”.",
    )
    .timed("repoint", scope.plan.recovery.repoint)
    .if_fails("A client that does not take it: find it by its address in CLIENT LIST.")
    .rolled_back("The configuration before.")]
}

fn breaker(scope: &Scope) -> Vec<Step> {
    let traffic = &scope.plan.traffic;
    let names: Vec<&str> = scope.names.caches.iter().map(|cache| cache.name.as_str()).collect();
    vec![
        step(
            format!(
                "Give every client all caches in this order: {}. Health check: a write every {}, timeout {}; open the breaker at \
                 failure {}.",
                names.join(", "),
                format::duration(traffic.probe_interval),
                format::duration(traffic.probe_timeout),
                traffic.probe_failures.saturating_add(1)
            ),
            "",
            "A client whose cache is blocked writes to the next one within the time of the plan.",
        )
        .timed("redirect", scope.plan.recovery.redirect)
        .if_fails("It waits for its first cache: the breaker does not see time-outs, or its library has no second one.")
        .rolled_back("The configuration before."),
        step(
            "Keep the failback by hand: a client that returns by itself may write to a cache that is still catching up. Jedis’ own \
             defaults are a check each second, failback after 120 s and a grace of 60 s (Redis documentation).",
            "",
            "No client returns before the links are Linked or Succeeded.",
        )
        .about("as long as the roll-out of a configuration")
        .if_fails("One returns by itself: its library’s failback is on.")
        .rolled_back("The configuration before."),
    ]
}

fn traffic_manager(scope: &Scope) -> Vec<Step> {
    let traffic = &scope.plan.traffic;
    let create = format!(
        "az network traffic-manager profile create --name \"${{TRAFFIC_NAME:?}}\" --resource-group \"${{TRAFFIC_GROUP:?}}\" \\\n  \
         --routing-method Priority --unique-dns-name \"${{TRAFFIC_NAME:?}}\" --ttl {} --protocol HTTPS --port 443 \\\n  \
         --path \"${{HEALTH_PATH:?}}\" --interval {} --timeout {} --max-failures {} --tags {}",
        secs(traffic.ttl),
        secs(traffic.probe_interval),
        secs(traffic.probe_timeout),
        traffic.probe_failures,
        scope.tags()
    );
    let endpoint = |(at, region): (usize, &&Cache)| {
        format!(
            "az network traffic-manager endpoint create --name {0} {PROFILE} \\\n  \
             --type externalEndpoints --target \"${{APP_HOST_{1}:?}}\" --priority {2} --endpoint-status Enabled",
            region.name,
            region.variable,
            at + 1
        )
    };
    let commands: Vec<String> = [create].into_iter().chain(scope.regions().iter().enumerate().map(endpoint)).collect();
    vec![made(
        format!(
            "Create the profile with one endpoint per region. The service takes an interval of 30 s or 10 s, a timeout of 5 s to 10 s \
             (9 s with 10 s) and up to 9 failures. It probes from the internet, so the target is the application, not a cache behind \
             a private endpoint. {APART}"
        ),
        commands,
        "Each endpoint is Online.",
    )]
}

fn front_door(scope: &Scope) -> Vec<Step> {
    let traffic = &scope.plan.traffic;
    let extension = "az extension add --name cdn --upgrade --yes --allow-preview true".to_owned();
    let origins = format!(
        "az afd profile create {PROFILE} --sku Standard_AzureFrontDoor --tags {}\n\
         az afd origin-group create --origin-group-name app {PROFILE} \\\n  \
         --probe-request-type GET --probe-protocol Https --probe-interval-in-seconds {} --probe-path \"${{HEALTH_PATH:?}}\" \\\n  \
         --sample-size {} --successful-samples-required 1 --additional-latency-in-milliseconds 0",
        scope.tags(),
        secs(traffic.probe_interval),
        traffic.probe_failures.saturating_add(1)
    );
    let origin = |(at, region): (usize, &&Cache)| {
        format!(
            "az afd origin create --origin-name {0} --origin-group-name app {PROFILE} \\\n  \
             --host-name \"${{APP_HOST_{1}:?}}\" --origin-host-header \"${{APP_HOST_{1}:?}}\" \\\n  \
             --priority {2} --weight 1000 --http-port 80 --https-port 443 --enabled-state Enabled",
            region.name,
            region.variable,
            at + 1
        )
    };
    let regions = scope.regions();
    let commands: Vec<String> =
        [extension, origins].into_iter().chain(regions.iter().enumerate().map(origin)).collect();
    vec![made(
        format!(
            "Create one origin per region of the application; each uses the cache of its own region. Front Door carries HTTP and \
             HTTPS: no Redis client goes through it. All failed samples of the size take an origin out. az afd is no part of the Azure \
             CLI 2.91: it is in the extension cdn (1.0.0b1, a preview). {APART}"
        ),
        commands,
        "Each origin is healthy; add endpoint and route as your application needs.",
    )]
}

/// A step that makes the service.
fn made(text: String, commands: Vec<String>, check: &str) -> Step {
    let made = step(text, commands.join("\n"), check);
    Step { takes: "Takes minutes.".to_owned(), ..made }
        .if_fails("The name is taken: another TRAFFIC_NAME. An option is refused: look at its limits above.")
        .rolled_back("Delete the service in the portal while no client uses it.")
}

fn app_configuration(scope: &Scope) -> Vec<Step> {
    let refresh = scope.plan.traffic.refresh;
    let regions = scope.regions();
    let Some(first) = regions.first() else { return Vec::new() };
    let create = format!(
        "az appconfig create --name \"${{TRAFFIC_NAME:?}}\" --resource-group \"${{TRAFFIC_GROUP:?}}\" --location {} \\\n  \
         --sku Standard --tags {}",
        first.location,
        scope.tags()
    );
    let made_replica = |region: &&Cache| {
        format!(
            "az appconfig replica create --store-name \"${{TRAFFIC_NAME:?}}\" --resource-group \"${{TRAFFIC_GROUP:?}}\" \\\n  \
             --name {} --location {}",
            replica(region),
            region.location
        )
    };
    let commands: Vec<String> =
        [create].into_iter().chain(regions.iter().skip(1).map(made_replica)).chain(scope.first_keys()).collect();
    vec![made(
        format!(
            "Create the store with a replica in each other region, and let clients refresh every {} and know every endpoint: the key \
             redis:target names the cache (of a group under the label of the clients' region), the sentinel is set last. A switch takes {} for every client. {APART}",
            format::duration(refresh),
            format::duration(refresh * 2.0)
        ),
        commands,
        "Each replica is Succeeded; each endpoint answers with the key.",
    )]
}

fn dns_record(scope: &Scope) -> Vec<Step> {
    let ttl = secs(scope.plan.traffic.ttl);
    let one = |region: &&Cache| {
        format!(
            "az network private-dns record-set cname create --resource-group \"${{DNS_GROUP_{}:?}}\" --zone-name \"${{DNS_ZONE:?}}\" \\\n  \
             --name \"${{DNS_RECORD:?}}\" --ttl {ttl}",
            region.variable
        )
    };
    let commands: Vec<String> = scope.regions().iter().map(one).collect();
    let show = |region: &&Cache| {
        format!(
            "az network private-dns record-set cname show --resource-group \"${{DNS_GROUP_{}:?}}\" --zone-name \"${{DNS_ZONE:?}}\" \\\n  \
             --name \"${{DNS_RECORD:?}}\" --query ttl --output tsv",
            region.variable
        )
    };
    let shown: Vec<String> = scope.regions().iter().map(show).collect();
    vec![step(
        "Create the clients’ record in each region’s zone with the plan’s TTL, before it gets its value. The certificate names the \
         cache: clients check that name.",
        commands.join("\n"),
        format!("The record’s ttl is {ttl}; the failover changes its value."),
    )
    .verified(shown.join("\n"))
    .about("a minute or two")
    .if_fails("The record is there with another TTL: keep it, and enter that TTL in the plan.")
    .rolled_back("Delete the record while no client uses it.")]
}
