//! The traffic switch: its settings with the plan's figures, and how a person moves it.

use super::names::Cache;
use super::{Scope, Section, Step, section, shell, step};
use crate::plan::TrafficSwitch;
use crate::units::names::Named;
use crate::units::{Secs, format};

/// Settings of the switch that the plan names, as a section of its own; none where it names none.
pub(super) fn settings(scope: &Scope) -> Option<Section> {
    let switch = scope.plan.traffic.switch;
    let steps = match switch {
        TrafficSwitch::Unsaid => return None,
        TrafficSwitch::ByHand => by_hand(),
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

/// A name of the plan's with an ending.
fn named(scope: &Scope, ending: &str) -> String {
    let base = scope.names.nickname.trim_end_matches("-group");
    shell::slug(&format!("{}-{ending}", shell::slug(base, 30)), 50)
}

/// The group of the first region; the service itself is in none.
fn group<'a>(scope: &'a Scope) -> &'a str {
    scope.names.caches.first().map_or("", |cache| cache.group.as_str())
}

fn by_hand() -> Vec<Step> {
    vec![step(
        "Keep the configuration for each cache ready, reviewed and one command away; time its roll-out in each drill.",
        "",
        "The drill’s time is entered for “Point clients elsewhere”.",
    )]
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
        ),
        step(
            "Keep the failback by hand: a client that returns by itself may write to a cache that is still catching up. Jedis’ own \
             defaults are a check each second, failback after 120 s and a grace of 60 s (Redis documentation).",
            "",
            "No client returns before the links are Linked or Succeeded.",
        ),
    ]
}

fn traffic_manager(scope: &Scope) -> Vec<Step> {
    let (traffic, profile, group) = (&scope.plan.traffic, named(scope, "tm"), group(scope));
    let create = format!(
        "az network traffic-manager profile create --name {profile} --resource-group {group} --routing-method Priority \\\n  \
         --unique-dns-name {profile} --ttl {} --protocol HTTPS --port 443 --path \"${{HEALTH_PATH:?}}\" \\\n  \
         --interval {} --timeout {} --max-failures {} --tags {}",
        secs(traffic.ttl),
        secs(traffic.probe_interval),
        secs(traffic.probe_timeout),
        traffic.probe_failures,
        scope.tags()
    );
    let endpoint = |(at, region): (usize, &&Cache)| {
        format!(
            "az network traffic-manager endpoint create --name {0} --profile-name {profile} --resource-group {group} \\\n  \
             --type externalEndpoints --target \"${{APP_HOST_{1}:?}}\" --priority {2} --endpoint-status Enabled",
            region.name,
            region.variable,
            at + 1
        )
    };
    let regions = scope.regions();
    let commands: Vec<String> = [create].into_iter().chain(regions.iter().enumerate().map(endpoint)).collect();
    let first = regions.first().map_or("", |region| region.name.as_str());
    vec![
        step(
            "Create the profile with one endpoint per region. The service takes an interval of 30 s or 10 s, a timeout of 5 s to 10 s \
             (9 s with 10 s) and up to 9 failures. It probes from the internet, so the target is the application, not a cache behind \
             a private endpoint.",
            commands.join("\n"),
            "Each endpoint is Online.",
        ),
        step(
            "To order the switch, disable the endpoint of the lost region.",
            format!(
                "az network traffic-manager endpoint update --name {first} --profile-name {profile} --resource-group {group} \\\n  \
                 --type externalEndpoints --endpoint-status Disabled"
            ),
            format!("The name answers with the other endpoint within its TTL of {}.", format::duration(traffic.ttl)),
        ),
    ]
}

fn front_door(scope: &Scope) -> Vec<Step> {
    let (traffic, profile, group) = (&scope.plan.traffic, named(scope, "fd"), group(scope));
    let origins = format!(
        "az afd profile create --profile-name {profile} --resource-group {group} --sku Standard_AzureFrontDoor --tags {}\n\
         az afd origin-group create --origin-group-name app --profile-name {profile} --resource-group {group} \\\n  \
         --probe-request-type GET --probe-protocol Https --probe-interval-in-seconds {} --probe-path \"${{HEALTH_PATH:?}}\" \\\n  \
         --sample-size {} --successful-samples-required 1 --additional-latency-in-milliseconds 0",
        scope.tags(),
        secs(traffic.probe_interval),
        traffic.probe_failures.saturating_add(1)
    );
    let origin = |(at, region): (usize, &&Cache)| {
        format!(
            "az afd origin create --origin-name {0} --origin-group-name app --profile-name {profile} --resource-group {group} \\\n  \
             --host-name \"${{APP_HOST_{1}:?}}\" --origin-host-header \"${{APP_HOST_{1}:?}}\" \\\n  \
             --priority {2} --weight 1000 --http-port 80 --https-port 443 --enabled-state Enabled",
            region.name,
            region.variable,
            at + 1
        )
    };
    let regions = scope.regions();
    let commands: Vec<String> = [origins].into_iter().chain(regions.iter().enumerate().map(origin)).collect();
    let first = regions.first().map_or("", |region| region.name.as_str());
    vec![
        step(
            "Create one origin per region of the application; each uses the cache of its own region. Front Door carries HTTP and \
             HTTPS: no Redis client goes through it. All failed samples of the size take an origin out. az afd is no part of the Azure \
             CLI 2.91: it offers the extension at the first call.",
            commands.join("\n"),
            "Each origin is healthy; add endpoint and route as your application needs.",
        ),
        step(
            "To order the switch, disable the origin of the lost region.",
            format!(
                "az afd origin update --origin-name {first} --origin-group-name app --profile-name {profile} --resource-group {group} \\\n  \
                 --enabled-state Disabled"
            ),
            "Requests reach the other origin.",
        ),
    ]
}

fn app_configuration(scope: &Scope) -> Vec<Step> {
    let (store, group, refresh) = (named(scope, "appcs"), group(scope), scope.plan.traffic.refresh);
    let regions = scope.regions();
    let Some(first) = regions.first() else { return Vec::new() };
    let create = format!(
        "az appconfig create --name {store} --resource-group {group} --location {} --sku Standard --tags {}",
        shell::arg(&first.region),
        scope.tags()
    );
    let replica = |region: &&Cache| {
        format!(
            "az appconfig replica create --store-name {store} --resource-group {group} --name {} --location {}",
            region.variable.to_ascii_lowercase().replace('_', ""),
            shell::arg(&region.region)
        )
    };
    let commands: Vec<String> = [create].into_iter().chain(regions.iter().skip(1).map(replica)).collect();
    let target = regions.get(1).unwrap_or(first);
    vec![
        step(
            format!(
                "Create the store with a replica in each other region, and let clients refresh every {}: the key redis:target names \
                 the cache, the sentinel is set last.",
                format::duration(refresh)
            ),
            commands.join("\n"),
            "Each replica is Succeeded; clients know every endpoint.",
        ),
        step(
            "To order the switch, set the key, then the sentinel.",
            format!(
                "az appconfig kv set --name {store} --key redis:target --value {} --yes\n\
                 az appconfig kv set --name {store} --key redis:sentinel --value \"$(date +%s)\" --yes",
                target.name
            ),
            format!("Clients follow within {} of the sentinel.", format::duration(refresh * 2.0)),
        ),
    ]
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
    vec![step(
        "Create the clients’ record in each region’s zone with the plan’s TTL, before it gets its value. The certificate names the \
         cache: clients check that name.",
        commands.join("\n"),
        format!("The record’s ttl is {ttl}; the failover changes its value."),
    )]
}
