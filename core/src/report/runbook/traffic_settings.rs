//! The settings of a traffic switch with the plan's figures: what is made once, and looked at in every drill.

use super::names::Cache;
use super::traffic::{APART, PROFILE, replica, secs};
use super::{Scope, Section, Step, section, step};
use crate::plan::TrafficSwitch;
use crate::units::format;
use crate::units::names::Named;

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
        &commands,
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
        &commands,
        "Each origin is healthy; add endpoint and route as your application needs.",
    )]
}

/// A step that makes the service.
fn made(text: String, commands: &[String], check: &str) -> Step {
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
        &commands,
        "Each replica is Succeeded; each endpoint answers with the key.",
    )]
}

fn dns_record(scope: &Scope) -> Vec<Step> {
    let ttl = secs(scope.plan.traffic.ttl);
    let one = |region: &&Cache| {
        format!(
            "az network private-dns record-set cname create --resource-group {} --zone-name \"${{DNS_ZONE:?}}\" \\\n  \
             --name \"${{DNS_RECORD:?}}\" --ttl {ttl}",
            region.dns.0
        )
    };
    let commands: Vec<String> = scope.regions().iter().map(one).collect();
    let show = |region: &&Cache| {
        format!(
            "az network private-dns record-set cname show --resource-group {} --zone-name \"${{DNS_ZONE:?}}\" \\\n  \
             --name \"${{DNS_RECORD:?}}\" --query ttl --output tsv",
            region.dns.0
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
