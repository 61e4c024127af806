//! The alerts of each design, with thresholds from the model.

use super::{Aggregation, Alert, Fires, MetricRule, Service, Signal, Window};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::runway::{Filling, Runway, window_in_time};
use crate::model::sync::SyncOutcome;
use crate::model::thresholds::{ALERT, late_shard};
use crate::plan::Plan;
use crate::rules::act_by::act_by_sentence;
use crate::units::{Secs, format};

/// Every alert of a design, for each of its caches.
#[must_use]
pub fn alerts(topology: Topology, plan: &Plan, evaluation: &Evaluation) -> Vec<Alert> {
    let mut alerts = match topology {
        Topology::Rebuild => Vec::new(),
        Topology::Passive => pair(plan, evaluation),
        Topology::Active => vec![group_health(plan, evaluation)],
    };
    alerts.push(memory(topology));
    alerts.push(missing());
    alerts
}

fn metric(metric: &'static str, aggregation: Aggregation, fires: Fires, window: Window) -> MetricRule {
    let frequency = window.frequency();
    MetricRule {
        metric,
        aggregation,
        fires,
        threshold: 1.0,
        unit: "",
        each_shard: false,
        window,
        frequency,
        severity: 2,
    }
}

/// Used memory in a quarter of an hour: its maximum is the one aggregation that is published of it. Premium tells it shard by shard; Managed
/// Redis has no dimension for it.
fn memory(topology: Topology) -> Alert {
    let percent = ALERT.as_percent();
    let rule = metric("usedmemorypercentage", Aggregation::Maximum, Fires::Above, Window::QUARTER);
    let each_shard = Service::of(topology) == Service::Premium;
    let of = if each_shard {
        "The fullest shard evicts first, so each is watched."
    } else {
        "The metric is of the whole cache."
    };
    Alert {
        name: format!("memory-{}", format::number(percent)),
        signal: Signal::Metric(MetricRule { threshold: percent, unit: "%", each_shard, ..rule }),
        why: format!("{of} Memory fills slowly and stays full: a message by day leaves time to act before eviction."),
        basis: "D17".to_owned(),
    }
}

fn missing() -> Alert {
    Alert {
        name: "unavailable".to_owned(),
        signal: Signal::ResourceHealth,
        why: "A cache that is gone emits no metric, so no threshold fires: Resource Health tells.".to_owned(),
        basis: "state of the platform".to_owned(),
    }
}

fn pair(plan: &Plan, evaluation: &Evaluation) -> Vec<Alert> {
    let mut alerts = vec![link_down()];
    if let Some(target) = plan.objectives.rpo {
        alerts.extend([behind(plan, evaluation, target), lag(target)]);
    }
    alerts.push(syncs_again(evaluation));
    alerts
}

fn link_down() -> Alert {
    let rule = metric("GeoReplicationHealthy", Aggregation::Maximum, Fires::Below, Window::QUARTER);
    Alert {
        name: "link-down".to_owned(),
        signal: Signal::Metric(MetricRule { each_shard: true, severity: 1, ..rule }),
        why: "It fires after 15 minutes without a healthy one. Monthly patching can fire it.".to_owned(),
        basis: "M1: 0 or 1".to_owned(),
    }
}

/// A shard that is late by the plan's RPO, in every minute of the shortest window that is longer than one.
fn behind(plan: &Plan, evaluation: &Evaluation, target: Secs) -> Alert {
    let shards = evaluation.passive.design.caches.first().map_or(1, |cache| cache.shards);
    let bytes = late_shard(plan, evaluation.demand.stream, shards, target).as_bytes();
    let rule = metric("GeoReplicationDataSyncOffset", Aggregation::Minimum, Fires::Above, Window::FIVE);
    Alert {
        name: "sync-behind".to_owned(),
        signal: Signal::Metric(MetricRule { threshold: bytes, unit: "B", each_shard: true, ..rule }),
        why: format!(
            "A shard is behind by more than {} of its own writes in each of five minutes. A dead secondary emits nothing: the \
             primary’s offset grows.",
            format::duration(target)
        ),
        basis: format!("RPO {} × the fullest shard’s share of the stream (M-04)", format::duration(target)),
    }
}

fn lag(target: Secs) -> Alert {
    let rule = metric("GeoReplicationConnectivityLag", Aggregation::Minimum, Fires::Above, Window::FIVE);
    let least = Secs::secs(libm::ceil(target.as_secs()).max(1.0));
    Alert {
        name: "lag".to_owned(),
        signal: Signal::Metric(MetricRule { threshold: least.as_secs(), unit: "s", each_shard: true, ..rule }),
        why: format!(
            "The last good sync of a shard is older than {} in each of five minutes; it grows while the link is down.",
            format::duration(least)
        ),
        basis: format!("RPO {}", format::duration(target)),
    }
}

/// A second start inside the time of one full sync: the first did not finish.
fn syncs_again(evaluation: &Evaluation) -> Alert {
    let longest = match &evaluation.passive.sync.outcome {
        SyncOutcome::Converges { new_link, .. } => new_link.high,
        SyncOutcome::NeverConverges { .. } | SyncOutcome::NotApplicable => Window::DAY.time(),
    };
    let window = Window::holding(longest);
    let rule = metric("GeoReplicationFullSyncEventStarted", Aggregation::Count, Fires::Above, window);
    Alert {
        name: "full-sync-again".to_owned(),
        signal: Signal::Metric(MetricRule { each_shard: true, ..rule }),
        why: format!(
            "Two full syncs of one shard began within {}: the first did not finish.",
            format::duration(window.time())
        ),
        basis: format!("the longest full sync of the plan, {} (M-03)", format::duration(longest)),
    }
}

fn group_health(plan: &Plan, evaluation: &Evaluation) -> Alert {
    let (window, why) = health_window(plan, evaluation);
    let rule = metric("geoReplicationHealthy", Aggregation::Maximum, Fires::Below, window);
    Alert {
        name: "geo-health".to_owned(),
        signal: Signal::Metric(MetricRule { severity: 1, ..rule }),
        why,
        basis: format!(
            "alert window of {} (S3), held against the runway (M-07)",
            format::duration(plan.recovery.alert_window)
        ),
    }
}

fn filling(evaluation: &Evaluation) -> Option<&Filling> {
    match &evaluation.active.runway {
        Runway::Fills(filling) => Some(filling),
        Runway::ColdStart | Runway::NotAtRisk | Runway::NotApplicable => None,
    }
}

/// The window of the health alert and the sentence about it: the plan's where it is in time, else the longest that is.
fn health_window(plan: &Plan, evaluation: &Evaluation) -> (Window, String) {
    let planned = plan.recovery.alert_window;
    let taken = Window::within(planned).unwrap_or(Window::MINUTE);
    let unhealthy = |time: &str| format!("Fires when a member is unhealthy for {time}.");
    let Some(filling) = filling(evaluation).filter(|filling| filling.alert_too_late) else {
        return (taken, unhealthy(&window_words(planned)));
    };
    let deciding = format!(
        "the decision takes another {}. {}",
        format::duration(plan.recovery.decide.mode),
        act_by_sentence(&filling.deadline)
    );
    match window_in_time(plan, filling.deadline.act_by).and_then(Window::within) {
        Some(window) => {
            let (now, planned) = (unhealthy(&format::duration(window.time())), format::duration(planned));
            (window, format!("{now} The plan's {planned} is too late: {deciding}"))
        }
        None => (
            taken,
            format!(
                "{} No Azure Monitor window is early enough for this plan: {deciding} Act on the memory alert below.",
                unhealthy(&window_words(planned))
            ),
        ),
    }
}

/// "60 min"; with the window that is taken where Azure Monitor has no such window: "45 min (as 30m)".
pub(super) fn window_words(time: Secs) -> String {
    let taken = Window::within(time).unwrap_or(Window::MINUTE);
    let exact = (taken.time().as_secs() - time.as_secs()).abs() < 1e-6;
    let words = format::duration(time);
    if exact { words } else { format!("{words} (Azure Monitor's next shorter window: {})", taken.name()) }
}
