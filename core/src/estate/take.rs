//! Items of a file into facts.

use super::code::{Parameters, take_terraform};
use super::described::{cache_of, size, tier_of_kind};
use super::facts::{Alert, Cache, Database, Facts, Link, Tier};
use super::id;
use super::measure::{Point, Track, best_aggregate};
use super::odd;
use super::shape::{Condition, Item, Record};
use crate::import::metrics::{self, AGGREGATES, Service};
use crate::import::series::timestamp;
use crate::import::words::named;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What one file gives.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) facts: Facts,
    /// What code says, of which Azure's answers know better.
    pub(super) code: Facts,
    /// These items are code: a size may be open in them.
    is_code: bool,
    /// Items that say something of an estate.
    pub(super) count: usize,
    /// It is an empty list.
    pub(super) empty: bool,
    /// Why nothing of the file may be read.
    pub(super) refused: Option<&'static str>,
    pub(super) remarks: BTreeSet<String>,
    /// Templates, which wait for the values of their parameters.
    pub(super) templates: Vec<Map<String, Value>>,
    /// What deployments give to templates.
    pub(super) parameters: Vec<Parameters>,
}

/// True for a condition that can fire before memory is full: it is exceeded, and a share is of less than all. The resident set is what the
/// operating system gives, not what the keys take.
fn warns(condition: &Condition) -> bool {
    let metric = condition.metric_name.str().to_ascii_lowercase();
    let is_exceeded = !condition.operator.str().to_ascii_lowercase().starts_with("less");
    let is_share = metric.ends_with("percentage");
    let is_reached = condition.threshold.0.is_none_or(|threshold| !is_share || threshold < 100.0);
    is_exceeded && is_reached && !metric.contains("rss")
}

const KEYS: &str = "This holds the access keys of a cache, and nothing of it is read. Delete the file; no command that is needed here prints keys.";

/// What an answer says of all its metrics.
struct Answer<'a> {
    of: &'a str,
    interval: u32,
}

impl Taken {
    /// An entry of a list, or a whole document.
    pub(super) fn document(&mut self, item: Item) {
        if item.primary_key.0 && item.secondary_key.0 {
            self.refused = Some(KEYS);
            return;
        }
        let paged = !item.data.0.is_empty() || item.skip_token.0;
        if paged {
            self.facts.pages[usize::from(!item.skip_token.0)] += 1;
        }
        self.item(item);
    }

    /// A resource of code in the words of Azure; `deployed` where the code is a state.
    pub(super) fn take_code(&mut self, item: &Item, deployed: bool) {
        let mut inner = Self { is_code: true, ..Self::default() };
        inner.resource(item);
        for cache in inner.facts.caches.values_mut() {
            cache.deployed = deployed.then_some(true);
            // Code says 6 for what Azure calls 6.0.
            cache.version = cache.version.take().map(|it| if it.contains('.') { it } else { format!("{it}.0") });
        }
        self.code.join(inner.facts);
        self.count += inner.count;
    }

    fn item(&mut self, item: Item) {
        let answer = Answer {
            of: if item.resourceid.str().is_empty() { item.namespace.str() } else { item.resourceid.str() },
            interval: interval(item.interval.str()),
        };
        for metric in item.value.0.iter().filter(|it| !it.timeseries.0.is_empty()) {
            self.metric(metric, &answer);
        }
        // An answer without a series is one of metrics all the same.
        self.count += usize::from(!item.namespace.str().is_empty() && answer.interval > 0);
        if !item.timeseries.0.is_empty() {
            self.metric(&item, &answer);
        }
        for record in &item.records.0 {
            self.record(record);
        }
        if !item.metric_name.str().is_empty() {
            self.record(&of_item(&item));
        }
        self.resource(&item);
        let state = item.values.one.map(|it| (*it, true)).or(item.planned_values.0.map(|it| (*it, false)));
        if let Some((state, deployed)) = state {
            let (changes, code) = (item.resource_changes.0.as_slice(), item.configuration.0.as_deref());
            take_terraform(super::code::Document { state, changes, code, deployed }, self);
        }
        let inner = [item.value.0, item.values.list, item.data.0];
        for inner in inner.into_iter().flatten().filter(|it| it.timeseries.0.is_empty()) {
            self.item(inner);
        }
    }

    fn resource(&mut self, item: &Item) {
        let (own, kind) = (item.id.str(), item.kind_of_resource());
        let key = id::key(own);
        if kind == "microsoft.network/privateendpoints" || key.contains("/microsoft.network/privateendpoints/") {
            self.endpoint(item);
        } else if kind == "microsoft.insights/metricalerts" || key.contains("/microsoft.insights/metricalerts/") {
            self.alert(item);
        } else if let Some(cache) = id::cache(own) {
            if !item.body().linked_redis_cache_id.str().is_empty() {
                self.link(item, cache);
            } else if key.contains("/databases/") {
                self.database(item);
            } else if key == cache {
                self.cache(item, key);
            }
        }
    }

    fn cache(&mut self, item: &Item, key: String) {
        self.count += 1;
        let body = item.body();
        let sku = body.sku.0.as_ref().or(item.sku.0.as_ref());
        let by_name = sku.and_then(|it| Tier::of(it.name.str()));
        let tier = by_name.or_else(|| tier_of_kind(item.kind.str()));
        if tier.is_none() && !self.is_code {
            odd::no_tier(sku, &key, &mut self.facts);
            self.facts.listed.insert(key);
            return;
        }
        let counts = odd::counts(item, &key, tier, &mut self.facts);
        let size = sku.and_then(|sku| size(sku, counts.capacity));
        for connection in &body.private_endpoint_connections.0 {
            let connection = connection.body();
            let endpoint = connection.private_endpoint.0.as_ref().map_or("", |it| it.id.str());
            if !endpoint.is_empty() {
                self.facts.endpoints.insert((key.clone(), id::key(endpoint)), status(connection));
            }
        }
        for database in &body.databases.0 {
            self.database(database);
        }
        let cache = Cache { deployed: Some(true), tier, size, ..cache_of(item, tier, counts) };
        self.facts.caches.entry(key).or_default().join(cache);
    }

    fn link(&mut self, item: &Item, owner: String) {
        self.count += 1;
        let body = item.body();
        let peer = body.linked_redis_cache_id.str();
        let link = Link {
            peer: Some(peer.to_owned()),
            peer_location: text(&body.linked_redis_cache_location).map(|it| id::location(&it)),
            peer_role: text(&body.server_role),
            state: text(&body.provisioning_state),
            ..Link::default()
        };
        self.facts.links.entry((owner, id::key(peer))).or_default().join(link);
    }

    fn database(&mut self, item: &Item) {
        let key = id::key(item.id.str());
        if key.is_empty() {
            return;
        }
        self.count += 1;
        let body = item.body();
        let geo = body.geo_replication.0.as_ref();
        let persistence = body.persistence.0.as_ref();
        let mut linked: Vec<(String, String)> = geo
            .iter()
            .flat_map(|it| &it.linked_databases.0)
            .map(|it| (id::key(it.id.str()), it.state.str().to_owned()))
            .filter(|(id, _)| !id.is_empty())
            .collect();
        linked.sort();
        linked.dedup();
        let mut modules: Vec<String> = body.modules.0.iter().filter_map(|it| text(&it.name)).collect();
        modules.sort();
        let database = Database {
            id: text(&item.id),
            clustering: text(&body.clustering_policy),
            eviction: text(&body.eviction_policy),
            protocol: text(&body.client_protocol),
            access_keys: body.access_keys_authentication.0,
            rdb: persistence.and_then(|it| it.rdb_enabled.0),
            aof: persistence.and_then(|it| it.aof_enabled.0),
            modules: Some(modules),
            group: geo.and_then(|it| text(&it.group_nickname)),
            linked: (!linked.is_empty()).then_some(linked),
            state: text(&body.resource_state).or_else(|| text(&body.provisioning_state)),
            ..Database::default()
        };
        self.facts.databases.entry(key).or_default().join(database);
    }

    fn endpoint(&mut self, item: &Item) {
        let body = item.body();
        let connections = body.private_link_service_connections.0.iter();
        for connection in connections.chain(&body.manual_private_link_service_connections.0) {
            let connection = connection.body();
            if let Some(cache) = id::cache(connection.private_link_service_id.str()) {
                self.facts.endpoints.insert((cache, id::key(item.id.str())), status(connection));
            }
        }
        let subnet = body.subnet.0.as_ref().or(item.subnet.0.as_ref()).map_or("", |it| it.id.str());
        if !subnet.is_empty() {
            self.facts.subnets.insert(id::key(item.id.str()), subnet.to_owned());
        }
        self.count += 1;
    }

    fn alert(&mut self, item: &Item) {
        self.count += 1;
        let body = item.body();
        let mut scopes: Vec<String> = body.scopes.0.iter().map(|it| id::key(it.str())).collect();
        scopes.sort();
        let conditions = body.criteria.0.iter().flat_map(|it| &it.all_of.0);
        let mut metrics: Vec<String> =
            conditions.filter(|it| warns(it)).map(|it| it.metric_name.str().to_ascii_lowercase()).collect();
        metrics.sort();
        // Of code another file may have more.
        let listed = (!self.is_code).then_some(true);
        let mut actions: Vec<String> = body.actions.0.iter().filter_map(|it| text(&it.action_group_id)).collect();
        actions.sort();
        let (scopes, metrics) = (Some(scopes), Some(metrics));
        let actions = Some(actions).filter(|it| !it.is_empty());
        let alert = Alert { listed, scopes, enabled: body.enabled.0, metrics, actions, ..Alert::default() };
        self.facts.alerts.entry(id::key(item.id.str())).or_default().join(alert);
    }

    fn metric(&mut self, item: &Item, answer: &Answer<'_>) {
        self.count += 1;
        let name = item.name.str();
        if let Some(metric) = metrics::known(name)
            && let Some(service) = Service::of(if item.id.str().contains('/') { item.id.str() } else { answer.of })
            && !metric.is_in(item.unit.str(), service)
        {
            let (name, unit, wanted) = (named(name), named(item.unit.str()), metric.unit());
            self.remarks.insert(format!("“{name}” is in {unit} where it is read in {wanted}; it is not read."));
            return;
        }
        let of = if item.id.str().contains('/') { item.id.str() } else { answer.of };
        for series in &item.timeseries.0 {
            let (mut of, mut parts) = (of, Vec::new());
            for dimension in &series.metadatavalues.0 {
                match dimension.name.str().to_ascii_lowercase().as_str() {
                    "microsoft.resourceid" => of = dimension.value.str(),
                    _ => parts.push(dimension.value.str()),
                }
            }
            let points = series.data.0.iter().map(|it| {
                let values = [it.average, it.maximum, it.minimum, it.total, it.count].map(|it| it.0);
                (it.time.0, values)
            });
            self.points(name, of, parts.join("/"), answer.interval, &points.collect::<Vec<_>>());
        }
    }

    fn record(&mut self, record: &Record) {
        self.count += 1;
        let values = [record.average, record.maximum, record.minimum, record.total, record.count].map(|it| it.0);
        let point = [(record.time.0, values)];
        let (name, of) = (record.metric_name.str(), record.resource_id.str());
        self.points(name, of, String::new(), interval(record.time_grain.str()), &point);
    }

    /// Points of one metric of one cache, or a remark why they are not taken.
    pub(super) fn points(
        &mut self,
        name: &str,
        of: &str,
        part: String,
        interval: u32,
        points: &[(Option<f64>, [Option<f64>; 5])],
    ) {
        let shown = || named(name);
        let Some(service) = Service::of(of).filter(|it| *it != Service::Other) else {
            let whose = if of.is_empty() { "a resource that the file does not name".to_owned() } else { kind_of(of) };
            self.remarks.insert(format!("“{}” is of {whose}, which is no Redis of Azure; it is not read.", shown()));
            return;
        };
        let is_read = |metric: &&metrics::Metric| metric.is_of(service) && !metrics::is_of_instances(name);
        let Some(metric) = metrics::known(name).filter(is_read) else {
            self.remarks.insert(format!("“{}” is no metric that is read here.", shown()));
            return;
        };
        let Some(cache) = id::cache(of) else {
            self.remarks
                .insert(format!("“{}” does not say which cache it is of (id); save the whole answer.", shown()));
            return;
        };
        let has = |aggregate: usize| points.iter().any(|(_, values)| values[aggregate].is_some_and(|it| it >= 0.0));
        let Some(aggregate) = best_aggregate(metric, service, has) else {
            let wanted = best_aggregate(metric, service, |_| true).map_or("total", |it| AGGREGATES[it]);
            let any = points.iter().any(|(_, values)| values.iter().any(Option::is_some));
            let why = if any {
                format!("has no {wanted}; ask for it with --aggregation")
            } else {
                "has points without a value".to_owned()
            };
            self.remarks.insert(format!("“{}” of {} {why}.", shown(), named(id::name(&cache))));
            return;
        };
        let part = if part.is_empty() { metrics::shard_of(name).unwrap_or_default().to_owned() } else { part };
        let track = Track { quantity: metric.quantity, aggregate, interval, part };
        let points: Vec<Point> = points
            .iter()
            .filter_map(|(at, values)| Some((millis((*at)?), values[aggregate].filter(|it| *it >= 0.0))))
            .collect();
        self.facts.metrics.entry(cache).or_default().add(track, points);
    }
}

fn text(text: &super::loose::Text) -> Option<String> {
    text.0.clone()
}

/// Provider, type and name of a resource's id.
fn kind_of(id: &str) -> String {
    named(id.rsplit_once("/providers/").map_or(id, |(_, kind)| kind))
}

fn status(connection: &Item) -> Option<String> {
    text(&connection.private_link_service_connection_state.0.as_ref()?.status)
}

#[expect(clippy::cast_possible_truncation, reason = "times of files lie within the range, and casts saturate")]
fn millis(seconds: f64) -> i64 {
    libm::round(seconds * 1e3) as i64
}

/// Seconds of an interval; 0 for none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "spans are positive, and casts saturate")]
pub(super) fn interval(text: &str) -> u32 {
    timestamp::span(text).unwrap_or_default() as u32
}

/// A record that stands alone, as in a log of one record a line.
fn of_item(item: &Item) -> Record {
    Record {
        metric_name: item.metric_name.clone(),
        resource_id: item.resource_id.clone(),
        time_grain: item.time_grain.clone(),
        time: item.time,
        average: item.average,
        maximum: item.maximum,
        minimum: item.minimum,
        total: item.total,
        count: item.count,
    }
}
