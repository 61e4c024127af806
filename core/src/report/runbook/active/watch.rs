//! Metrics, alerts and the heartbeat of a group.

use crate::report::runbook::names::Cache;
use crate::report::runbook::site::{ENTRA_LOGIN, OPERATOR};
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Scope, Section, Step, section, step};

pub(super) fn watch(scope: &Scope) -> Section {
    let caches = &scope.names.caches;
    let metrics: Vec<String> = caches
        .iter()
        .map(|cache| metric(Service::Managed, cache, "geoReplicationHealthy usedmemorypercentage", "Maximum"))
        .collect();
    let mut steps = vec![step(
        "Read health and memory. No metric shows lag: measure it with a key of your own.",
        metrics.join("\n"),
        "geoReplicationHealthy is 1 on every member.",
    )];
    steps.extend(scope.alerts());
    steps.push(heartbeat(scope));
    let when = format!("Always, once the group is linked. {}", scope.series_words());
    section("Watch", when, steps)
}

/// Commands that log in to a member and set `HOST`, and the option that names the user.
pub(super) fn login(scope: &Scope, cache: &Cache) -> (String, &'static str) {
    let group = &cache.group;
    let host = format!(
        "HOST=\"$(az redisenterprise show --cluster-name {} --resource-group {group} --query hostName --output tsv)\"",
        cache.name
    );
    if scope.plan.active.entra_id {
        return (format!("{host}\n{ENTRA_LOGIN}"), OPERATOR);
    }
    let auth = format!(
        "REDISCLI_AUTH=\"$(az redisenterprise database list-keys --cluster-name {} --resource-group {group} --query primaryKey --output tsv)\"\n\
         export REDISCLI_AUTH",
        cache.name
    );
    (format!("{host}\n{auth}"), "")
}

fn heartbeat(scope: &Scope) -> Step {
    let [first, second, ..] = scope.names.caches.as_slice() else { return Step::default() };
    let ((write, user), (read, _)) = (login(scope, first), login(scope, second));
    step(
        format!(
            "Measure the lag every minute from a job: write the time in {}, read its age in {}.",
            first.place, second.place
        ),
        format!(
            "{write}\nredis-cli --tls{user} -c -h \"$HOST\" -p 10000 SET dr:heartbeat \"$(date +%s)\" EX 600\n\
             {read}\nSEEN=\"$(redis-cli --tls{user} -c -h \"$HOST\" -p 10000 GET dr:heartbeat)\"\n\
             echo \"$(( $(date +%s) - ${{SEEN:-0}} )) s behind\""
        ),
        "A few seconds at most; none is guaranteed.",
    )
    .about("seconds")
    .if_fails("NOAUTH or WRONGPASS: key or access policy. An age that grows: the links, by “Check all links”.")
    .rolled_back("The key ends by itself after ten minutes.")
}
