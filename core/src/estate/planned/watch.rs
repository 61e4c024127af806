//! Alerts that watch the memory of caches.

use crate::estate::deployments::Deployment;
use crate::estate::facts::{Alert, Facts};
use crate::estate::id;
use crate::estate::planned::compare::Compared;
use crate::estate::planned::draft::Draft;
use crate::estate::read::shape::Condition;

/// Bytes that no cache has, the largest about 4.7 TB: an alert from there on never fires.
const MOST: f64 = 5e12;

/// True for a condition that can fire before memory is full: it is exceeded, a share is of less than all, bytes are fewer than any cache has,
/// and it is of the whole cache. The resident set is what the operating system gives, not what the keys take.
pub(in crate::estate) fn warns(condition: &Condition) -> bool {
    let metric = condition.metric_name.str().to_ascii_lowercase();
    let is_exceeded = !condition.operator.str().to_ascii_lowercase().starts_with("less");
    let most = if metric.ends_with("percentage") { 100.0 } else { MOST };
    // A dynamic threshold is no figure.
    let is_reached = condition.threshold.0.is_none_or(|threshold| threshold > 0.0 && threshold < most);
    let of_all = condition.dimensions.0.iter().all(|it| it.values.0.iter().any(|value| value.str() == "*"));
    is_exceeded && is_reached && of_all && !metric.contains("rss")
}

/// Confirms that the memory of every member is watched.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let watched = |key: &str| facts.watches_memory(key);
    let values: Option<Vec<(String, bool)>> =
        deployment.members.iter().map(|it| Some((it.name.clone(), watched(&it.key)?))).collect();
    if values.is_none() {
        let why = if facts.has_empty_list {
            "No alert is in the files, and one list is empty: if it is that of the alerts, there is none."
        } else {
            "No list of alerts of every subscription is in the files: az monitor metrics alert list prints it."
        };
        draft.miss("active.checks.memory_alert", why);
    }
    let compared = values.map(|values| Compared::new("alert on used memory", values));
    draft.confirm(
        "active.checks.memory_alert",
        compared.as_ref().map(|it| it.all(|on| *on)),
        compared.map(|it| it.shown(|on| if *on { "yes" } else { "no" }.to_owned())).unwrap_or_default(),
        |plan| &mut plan.active.checks.memory_alert,
    );
}

impl Facts {
    /// True where a list among the files may be that of the alerts, and is empty: no alert of the cache's subscription is in any.
    pub(in crate::estate) fn may_lack_alerts(&self, cache: &str) -> bool {
        let place = |key: &str| id::part(key, "subscriptions").map(str::to_owned);
        self.has_empty_list
            && self.watches_memory(cache).is_none()
            && self.alerts.keys().all(|key| place(key) != place(cache))
    }

    /// Whether an alert that is on watches the memory of a cache; unknown where no alert of its subscription was imported. Of code
    /// only that one does is known: another file may have it.
    #[must_use]
    pub fn watches_memory(&self, cache: &str) -> Option<bool> {
        let place = |key: &str| id::part(key, "subscriptions").map(str::to_owned);
        let on = |it: &&Alert| {
            let memory = it.metrics.iter().flatten().any(|it| it.contains("usedmemory"));
            memory && it.enabled != Some(false) && !it.disputed.contains_key("enabled")
        };
        let covers: Vec<Option<bool>> = self.alerts.values().filter(on).map(|it| self.covers(it, cache)).collect();
        if covers.contains(&Some(true)) {
            return Some(true);
        }
        let own = || self.alerts.iter().filter(|(key, _)| place(key) == place(cache)).map(|it| it.1);
        let listed = own().any(|it| it.listed == Some(true)) && own().all(|it| it.disputed.is_empty());
        (listed && !covers.contains(&None)).then_some(false)
    }

    /// Whether an alert is of a cache: by the cache's id, or by a scope around it with the type and region of what it watches there; unknown
    /// where the alert does not say those.
    fn covers(&self, alert: &Alert, cache: &str) -> Option<bool> {
        let scopes = || alert.scopes.iter().flatten();
        if scopes().any(|scope| cache == scope) {
            return Some(true);
        }
        if !scopes().any(|scope| cache.starts_with(&format!("{scope}/"))) {
            return Some(false);
        }
        let kind = alert.of.as_ref().map(|of| cache.contains(&format!("/providers/{of}/")));
        let location = self.caches.get(cache).and_then(|it| it.location.as_ref());
        let region = alert.region.as_ref().zip(location).map(|(own, location)| own == location);
        match (kind, region) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}
