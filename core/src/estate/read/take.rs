//! Items of a file into facts.

use crate::estate::code::{Parameters, take_terraform};
use crate::estate::facts::lists::list_of;
use crate::estate::facts::settle::{CODE, Origin};
use crate::estate::facts::{Alert, Cache, Database, Endpoint, Facts, Link, Place, Tier};
use crate::estate::findings::impossible_values;
use crate::estate::id;
use crate::estate::planned::watch::warns;
use crate::estate::read::cache::{cache_of, size, tier_of_kind};
use crate::estate::read::metric_answer::{Answer, interval, millis};
use crate::estate::read::shape::Item;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What one file gives.
#[derive(Default)]
pub(in crate::estate) struct Taken {
    pub(in crate::estate) facts: Facts,
    /// What code says, of which Azure's answers know better.
    pub(in crate::estate) code: Facts,
    /// What these items are, where they are code: a size may be open in them.
    code_of: Option<&'static str>,
    /// They stand in a list.
    pub(in crate::estate) is_list: bool,
    /// They are rows of Resource Graph.
    is_graph: bool,
    /// They are entries of a page.
    is_page: bool,
    /// Items that say something of an estate.
    pub(in crate::estate) count: usize,
    /// It is an empty list.
    pub(in crate::estate) empty: bool,
    /// Why nothing of the file may be read.
    pub(in crate::estate) refused: Option<&'static str>,
    pub(in crate::estate) remarks: BTreeSet<String>,
    /// Templates, which wait for the values of their parameters.
    pub(in crate::estate) templates: Vec<Map<String, Value>>,
    /// What deployments give to templates.
    pub(in crate::estate) parameters: Vec<Parameters>,
}

const KEYS: &str = "This holds the access keys of a cache, and nothing of it is read. Delete the file; no command that is needed here prints keys.";

const STATE: &str = "Terraform state";

/// The commands that print a resource among others, and alone.
const CACHE: [&str; 2] = ["az redis list", "az redis show"];
const CLUSTER: [&str; 2] = ["az redisenterprise list", "az redisenterprise show"];
const DATABASE: [&str; 2] = ["az redisenterprise database list", "az redisenterprise database show"];
const LINK: [&str; 2] = ["az redis server-link list", "az redis server-link show"];
const ENDPOINT: [&str; 2] = ["az network private-endpoint list", "az network private-endpoint show"];
const ALERT: [&str; 2] = ["az monitor metrics alert list", "az monitor metrics alert show"];

impl Taken {
    /// An entry of a list, or a whole document.
    pub(in crate::estate) fn document(&mut self, item: Item) {
        if item.primary_key.0 && item.secondary_key.0 {
            self.refused = Some(KEYS);
            return;
        }
        self.facts.pages.add(&item);
        if item.value.1 && item.value.0.is_empty() && item.namespace.str().is_empty() {
            self.empty_list();
        }
        self.item(item);
    }

    /// A list without entries, as `az … list` prints it where it finds nothing.
    pub(in crate::estate) fn empty_list(&mut self) {
        self.empty = true;
        self.facts.has_empty_list = true;
    }

    /// What printed a resource: one of two commands, of a list and of one, where no tool shows by the form.
    fn origin(&self, item: &Item, commands: [&'static str; 2]) -> Origin {
        let source = match self.code_of {
            Some(code) => code,
            None if self.is_graph => "answer of Resource Graph",
            None if item.properties.0.is_some() => "answer of Resource Manager",
            None => commands[usize::from(!self.is_list)],
        };
        let own = |it: &Item| Some(millis(it.system_data.0.as_ref()?.last_modified_at.0?));
        Origin { source, changed: own(item).or_else(|| own(item.body())) }
    }

    /// A resource of code in the words of Azure; `deployed` where the code is a state.
    pub(in crate::estate) fn take_code(&mut self, item: &Item, deployed: bool) {
        let code_of = Some(if deployed { STATE } else { CODE });
        let mut inner = Self { code_of, ..Self::default() };
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
            self.record(&item.record());
        }
        self.resource(&item);
        let state = item.values.one.map(|it| (*it, true)).or(item.planned_values.0.map(|it| (*it, false)));
        if let Some((state, deployed)) = state {
            let (changes, code) = (item.resource_changes.0.as_slice(), item.configuration.0.as_deref());
            take_terraform(crate::estate::code::Document { state, changes, code, deployed }, self);
        }
        let inner = item.value.0.into_iter().chain(item.values.list);
        self.is_page = true;
        for inner in inner.filter(|it| it.timeseries.0.is_empty()) {
            self.item(inner);
        }
        self.is_page = false;
        self.is_graph = true;
        for row in item.data.0.into_iter().filter(|it| it.timeseries.0.is_empty()) {
            self.item(row);
        }
        self.is_graph = false;
    }

    fn resource(&mut self, item: &Item) {
        let (own, kind) = (item.id.str(), item.kind_of_resource());
        let key = id::key(own);
        let below = |of: &str| key.split_once(of).is_some_and(|(_, rest)| !rest.contains('/'));
        if kind == "microsoft.network/privateendpoints" || below("/microsoft.network/privateendpoints/") {
            self.endpoint(item);
        } else if kind == "microsoft.insights/metricalerts" || key.contains("/microsoft.insights/metricalerts/") {
            self.alert(item);
        } else if let Some(cache) = id::cache(own) {
            if !item.body().linked_redis_cache_id.str().is_empty() {
                self.link(item, cache);
            } else if key.contains("/databases/") {
                self.database(item, DATABASE);
            } else if key == cache {
                self.cache(item, key);
            } else if is_cache(&kind) {
                self.unnamed();
            }
        } else if is_cache(&kind) && !own.is_empty() {
            self.unnamed();
        }
    }

    /// A cache whose id is that of none: a file of such entries alone is not read.
    fn unnamed(&mut self) {
        self.remarks.insert(
            "An entry is a cache by its type, and its id is none of a cache (…/Microsoft.Cache/redis/NAME): it is left out.".to_owned(),
        );
    }

    fn cache(&mut self, item: &Item, key: String) {
        self.count += 1;
        let body = item.body();
        let sku = body.sku.0.as_ref().or(item.sku.0.as_ref());
        let by_name = sku.and_then(|it| Tier::of(it.name.str()));
        let tier = by_name.or_else(|| tier_of_kind(item.kind.str()));
        if self.is_list || self.is_page || self.is_graph {
            self.facts.lists.add(&key, self.is_graph);
        }
        let is_flat = self.is_list && !self.is_page && !self.is_graph && item.properties.0.is_none();
        if let Some(list) = list_of(&key).filter(|_| is_flat && self.code_of.is_none()) {
            self.facts.pages.add_whole(list, &key);
        }
        if tier.is_none() && self.code_of.is_none() {
            impossible_values::no_tier(sku, &key, &mut self.facts);
            self.facts.listed.insert(key);
            return;
        }
        let counts = impossible_values::counts(item, &key, tier, &mut self.facts);
        let size = sku.and_then(|sku| size(sku, counts.capacity));
        let commands = if key.contains("/redisenterprise/") { CLUSTER } else { CACHE };
        let origin = self.origin(item, commands);
        for connection in &body.private_endpoint_connections.0 {
            let connection = connection.body();
            let endpoint = connection.private_endpoint.0.as_ref().map_or("", |it| it.id.str());
            if !endpoint.is_empty() {
                let endpoint = (key.clone(), id::key(endpoint));
                let status = Endpoint { status: status(connection), origin, ..Endpoint::default() };
                self.facts.endpoints.entry(endpoint).or_default().join(status);
            }
        }
        for database in &body.databases.0 {
            self.database(database, CLUSTER);
        }
        let cache = Cache { deployed: Some(true), tier, size, origin, ..cache_of(item, tier, counts) };
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
            origin: self.origin(item, LINK),
            ..Link::default()
        };
        self.facts.links.entry((owner, id::key(peer))).or_default().join(link);
    }

    fn database(&mut self, item: &Item, commands: [&'static str; 2]) {
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
        // Azure leaves out what a database has not; a link in code is one of several parts of it.
        let is_whole = body.clustering_policy.0.is_some() || body.eviction_policy.0.is_some();
        let has_links = !linked.is_empty() || is_whole && self.code_of.is_none();
        let database = Database {
            id: text(&item.id),
            clustering: text(&body.clustering_policy),
            eviction: text(&body.eviction_policy),
            protocol: text(&body.client_protocol),
            access_keys: body.access_keys_authentication.0,
            rdb: persistence.and_then(|it| it.rdb_enabled.0),
            aof: persistence.and_then(|it| it.aof_enabled.0),
            modules: (is_whole || body.modules.1).then_some(modules),
            group: geo.and_then(|it| text(&it.group_nickname)),
            linked: has_links.then_some(linked),
            state: text(&body.provisioning_state),
            resource_state: text(&body.resource_state),
            origin: self.origin(item, commands),
            ..Database::default()
        };
        self.facts.databases.entry(key).or_default().join(database);
    }

    fn endpoint(&mut self, item: &Item) {
        let (body, origin) = (item.body(), self.origin(item, ENDPOINT));
        let connections = body.private_link_service_connections.0.iter();
        for connection in connections.chain(&body.manual_private_link_service_connections.0) {
            let connection = connection.body();
            if let Some(cache) = id::cache(connection.private_link_service_id.str()) {
                let status = Endpoint { status: status(connection), origin, ..Endpoint::default() };
                self.facts.endpoints.entry((cache, id::key(item.id.str()))).or_default().join(status);
            }
        }
        let subnet = body.subnet.0.as_ref().or(item.subnet.0.as_ref()).map_or("", |it| it.id.str());
        if !subnet.is_empty() {
            let place = Place { subnet: Some(subnet.to_owned()), origin, ..Place::default() };
            self.facts.subnets.entry(id::key(item.id.str())).or_default().join(place);
        }
        self.count += 1;
    }

    fn alert(&mut self, item: &Item) {
        self.count += 1;
        let body = item.body();
        let mut scopes: Vec<String> = body.scopes.0.iter().map(|it| id::key(it.str())).collect();
        scopes.sort();
        // Of several conditions all must hold: memory alone does not fire it.
        let own = body.criteria.0.iter().filter(|it| it.all_of.0.len() == 1);
        let conditions = own.flat_map(|it| &it.all_of.0);
        let mut metrics: Vec<String> =
            conditions.filter(|it| warns(it)).map(|it| it.metric_name.str().to_ascii_lowercase()).collect();
        metrics.sort();
        // Of code another file may have more.
        let listed = self.code_of.is_none().then_some(true);
        let mut actions: Vec<String> = body.actions.0.iter().filter_map(|it| text(&it.action_group_id)).collect();
        actions.sort();
        let (scopes, metrics) = (Some(scopes), Some(metrics));
        let actions = Some(actions).filter(|it| !it.is_empty());
        let (enabled, origin) = (body.enabled.0, self.origin(item, ALERT));
        let of = text(&body.target_resource_type).map(|it| it.to_ascii_lowercase());
        let region = text(&body.target_resource_region).map(|it| id::location(&it));
        let alert = Alert { listed, scopes, enabled, metrics, actions, of, region, origin, ..Alert::default() };
        self.facts.alerts.entry(id::key(item.id.str())).or_default().join(alert);
    }
}

fn is_cache(kind: &str) -> bool {
    ["microsoft.cache/redis", "microsoft.cache/redisenterprise"].contains(&kind)
}

fn text(text: &crate::estate::read::lenient_json::Text) -> Option<String> {
    text.0.clone()
}

fn status(connection: &Item) -> Option<String> {
    text(&connection.private_link_service_connection_state.0.as_ref()?.status)
}
