//! Metrics, alerts and the heartbeat of a group.

use super::filling;
use crate::model::runway::window_in_time;
use crate::model::thresholds::ALERT;
use crate::report::runbook::names::Cache;
use crate::report::runbook::site::{ENTRA_LOGIN, OPERATOR};
use crate::report::runbook::watch::{Alert, Service, alert, fitting, memory_alerts, metric, window, window_words};
use crate::report::runbook::{Scope, Section, Step, section, step};
use crate::rules::act_by::act_by_sentence;
use crate::units::format;

pub(super) fn watch(scope: &Scope) -> Section {
    let caches = &scope.names.caches;
    let (window, words) = health_window(scope);
    let health = |cache| {
        let condition = "max geoReplicationHealthy < 1".to_owned();
        alert(Service::Managed, cache, &Alert { name: "geo-health", condition, window, severity: 1 })
    };
    let alerts: Vec<String> = caches.iter().map(health).collect();
    let metrics: Vec<String> = caches
        .iter()
        .map(|cache| metric(Service::Managed, cache, "geoReplicationHealthy usedmemorypercentage", "Maximum"))
        .collect();
    let steps = vec![
        step(
            "Read health and memory. No metric shows lag: measure it with a key of your own.",
            metrics.join("\n"),
            "geoReplicationHealthy is 1 on every member.",
        ),
        step(words, alerts.join("\n"), ""),
        step(
            format!("Alert at {} of used memory on each member.", format::percent(ALERT)),
            memory_alerts(Service::Managed, caches),
            "",
        ),
        heartbeat(scope),
    ];
    section("Watch", "Always, once the group is linked.", steps)
}

/// The window of the health alert and the sentence about it: the plan's where it is in time, else the longest that is.
fn health_window(scope: &Scope) -> (&'static str, String) {
    let planned = scope.plan.recovery.alert_window;
    let unhealthy = |time: &str| format!("Alert when a member stays unhealthy for {time}.");
    let Some(filling) = filling(scope).filter(|filling| filling.alert_too_late) else {
        return (window(planned), unhealthy(&window_words(planned)));
    };
    let deciding = format!(
        "the decision takes another {}. {}",
        format::duration(scope.plan.recovery.decide.mode),
        act_by_sentence(&filling.deadline)
    );
    match window_in_time(scope.plan, filling.deadline.act_by).and_then(fitting) {
        Some((time, name)) => {
            let (now, planned) = (unhealthy(&format::duration(time)), format::duration(planned));
            (name, format!("{now} The plan's {planned} is too late: {deciding}"))
        }
        None => (
            window(planned),
            format!(
                "{} No Azure Monitor window is early enough for this plan: {deciding} Act on the memory alert below.",
                unhealthy(&window_words(planned))
            ),
        ),
    }
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
    let [first, second, ..] = scope.names.caches.as_slice() else { return step("", "", "") };
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
}
