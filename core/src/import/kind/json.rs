//! JSON by its fields.

use super::{Foreign, Kind, Known};
use crate::import::words::named;
use serde_json::{Deserializer, Map, Value};

/// Above this size what shows in the text is believed without reading all of it: only sheets, series and portfolios are so
/// large, and their readers read it anyway.
const LARGE: usize = 4_000_000;

/// The kind of a text that begins as JSON: of one document, or of the first of several.
pub(super) fn kind(text: &str) -> Kind {
    if text.len() > LARGE
        && let Some(known) = shown(text)
    {
        return Kind::Known(known);
    }
    match Deserializer::from_str(text).into_iter::<Value>().next() {
        Some(Ok(value)) => of_value(&value),
        Some(Err(error)) => broken(text, error.line(), error.column()),
        None => Kind::Foreign(Foreign::Empty),
    }
}

fn broken(text: &str, line: usize, column: usize) -> Kind {
    let caches = |text: &str| text.to_ascii_lowercase().contains("microsoft.cache/");
    match shown(text) {
        Some(known) => Kind::Known(known),
        None if text.len() <= LARGE && caches(text) => Kind::Foreign(Foreign::BrokenCaches(line, column)),
        None => Kind::Foreign(Foreign::BrokenJson(line, column)),
    }
}

/// What fields show in a text, whole or not.
fn shown(text: &str) -> Option<Known> {
    let has = |name: &str| text.split(name).skip(1).any(|rest| rest.trim_start().starts_with(':'));
    let kinds: [(Known, &[&str]); 4] = [
        (Known::Portfolio, &["\"portfolio\""]),
        (Known::PriceSheet, &["\"Items\"", "\"retailPrice\""]),
        (Known::Series, &["\"timeseries\"", "\"metricName\""]),
        (Known::Plan, &["\"v\"", "\"workload\"", "\"objectives\"", "\"checks\""]),
    ];
    kinds.into_iter().find(|(_, names)| names.iter().any(|name| has(name))).map(|(known, _)| known)
}

fn of_value(value: &Value) -> Kind {
    let foreign = match value {
        Value::Object(fields) => match known(fields) {
            Some(known) => return Kind::Known(known),
            None => object(fields),
        },
        Value::Array(list) => match list.iter().find_map(|entry| entry.as_object().and_then(part)) {
            Some(known) => return Kind::Known(known),
            None => array(list),
        },
        _ => Foreign::Text,
    };
    Kind::Foreign(foreign)
}

/// What is opened, by the fields of an object; an empty one is a plan without a version.
fn known(fields: &Map<String, Value>) -> Option<Known> {
    let has = |name: &str| fields.contains_key(name);
    let lists = |name: &str, entry: &str| {
        fields.get(name).and_then(Value::as_array).is_some_and(|list| list.iter().any(|it| it.get(entry).is_some()))
    };
    let metrics = lists("value", "timeseries") || lists("values", "namespace") || (has("value") && has("timespan"));
    let plan = ["workload", "objectives", "assumptions"].into_iter().any(has) && !has("findings");
    if has("portfolio") {
        Some(Known::Portfolio)
    } else if let Some(part) = part(fields) {
        Some(part)
    } else if metrics {
        Some(Known::Series)
    } else {
        (fields.is_empty() || has("v") || plan).then_some(Known::Plan)
    }
}

/// A page or a row of a price sheet, a metric, or a record of one: what files list, or have on a line each.
fn part(fields: &Map<String, Value>) -> Option<Known> {
    let has = |name: &str| fields.contains_key(name);
    let records = fields.get("records").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if has("Items") || has("retailPrice") || (has("meterName") && has("unitPrice")) {
        Some(Known::PriceSheet)
    } else {
        let metric = |it: &Value| it.get("metricName").is_some();
        (has("metricName") || has("timeseries") || records.iter().any(metric)).then_some(Known::Series)
    }
}

fn object(fields: &Map<String, Value>) -> Foreign {
    let has = |name: &str| fields.contains_key(name);
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let list = |name: &str| fields.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if (has("primaryKey") && has("secondaryKey")) || (has("PrimaryKey") && has("SecondaryKey")) {
        Foreign::AccessKeys
    } else if text("$schema").contains("deploymentParameters")
        || has("parametersJson")
        || (has("parameters") && has("contentVersion") && !has("resources"))
    {
        Foreign::Parameters
    } else if text("$schema").contains("deploymentTemplate") || (has("resources") && has("contentVersion")) {
        described("an ARM template", fields.get("resources"))
    } else if has("format_version") && (has("values") || has("planned_values")) {
        described("the output of terraform show", fields.get("values").or(fields.get("planned_values")))
    } else if has("encrypted_data") && has("lineage") {
        Foreign::Code("an encrypted Terraform state")
    } else if is_state(fields) {
        described("a Terraform state", fields.get("resources").or(fields.get("modules")))
    } else if has("data") && (has("total_records") || has("totalRecords") || has("skip_token")) {
        described("the answer of a Resource Graph query", fields.get("data"))
    } else if has("comparison") && has("findings") {
        Foreign::Own("an evaluation (JSON)")
    } else if has("by_tag") {
        Foreign::Own("a portfolio’s table (JSON)")
    } else if !list("records").is_empty() {
        Foreign::Logs
    } else if is_azure(fields) {
        described(
            if nests(fields) { "an Azure resource (ARM JSON)" } else { "Azure CLI output" },
            Some(&Value::Object(fields.clone())),
        )
    } else if list("value").iter().any(|it| it.as_object().is_some_and(is_azure)) {
        described("an answer of Azure Resource Manager", fields.get("value"))
    } else if let Some(code) = fields.get("error").and_then(|it| it.get("code")?.as_str()) {
        Foreign::Refusal(named(code))
    } else {
        Foreign::Json(begin(fields))
    }
}

/// A state as Terraform keeps it: the newest format lists resources, older ones modules; some programs leave the lineage
/// out.
fn is_state(fields: &Map<String, Value>) -> bool {
    let has = |name: &str| fields.contains_key(name);
    let made = has("lineage") || has("terraform_version") || has("serial");
    made && (has("resources") || has("modules") || has("outputs"))
}

fn array(list: &[Value]) -> Foreign {
    let objects = || list.iter().filter_map(Value::as_object);
    if list.is_empty() {
        return Foreign::Json("an empty list, as az prints it where it finds nothing".to_owned());
    }
    if objects().any(|it| it.contains_key("bill") && it.contains_key("topology")) {
        return Foreign::Own("a bill (JSON)");
    }
    if objects().any(is_azure) {
        let what = if objects().any(nests) { "a list of Azure resources (ARM JSON)" } else { "Azure CLI output" };
        return described(what, Some(&Value::Array(list.to_vec())));
    }
    match objects().next() {
        Some(first) => Foreign::Json(format!("a list whose entries have {}", begin(first))),
        None => Foreign::Json("a list of values".to_owned()),
    }
}

/// A resource of Azure, as every tool prints it.
fn is_azure(fields: &Map<String, Value>) -> bool {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = text("id").to_ascii_lowercase();
    id.starts_with("/subscriptions/") || text("type").to_ascii_lowercase().starts_with("microsoft.")
}

fn nests(fields: &Map<String, Value>) -> bool {
    fields.get("properties").is_some_and(Value::is_object)
}

/// The fields as far as they fit into a sentence: "its fields are a, b, c".
fn begin(fields: &Map<String, Value>) -> String {
    let names: Vec<String> = fields.keys().take(4).map(|name| named(name)).collect();
    let more = if fields.len() > names.len() { " and others" } else { "" };
    format!("the fields {}{more}", names.join(", "))
}

/// Counts the caches of a description by the types of its resources, wherever they are nested.
fn described(what: &'static str, value: Option<&Value>) -> Foreign {
    let mut found = Found::default();
    if let Some(value) = value {
        found.look(value);
    }
    match found {
        Found { caches: 0, links: 0, parts: 0 } => Foreign::NoCache(what),
        Found { caches: 0, .. } => Foreign::Parts(what),
        Found { caches, links, .. } => Foreign::Caches { what, caches, links },
    }
}

#[derive(Default)]
struct Found {
    caches: usize,
    links: usize,
    parts: usize,
}

impl Found {
    /// Depth is bounded by the reader of JSON.
    fn look(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|entry| self.look(entry)),
            Value::Object(fields) => {
                let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
                match kind.split('@').next().unwrap_or_default() {
                    "microsoft.cache/redis"
                    | "microsoft.cache/redisenterprise"
                    | "azurerm_redis_cache"
                    | "azurerm_managed_redis"
                    | "azurerm_redis_enterprise_cluster" => self.caches += instances(fields),
                    "microsoft.cache/redis/linkedservers"
                    | "azurerm_redis_linked_server"
                    | "azurerm_managed_redis_geo_replication" => self.links += 1,
                    kind if kind.starts_with("microsoft.cache/") || kind.starts_with("azurerm_redis") => {
                        self.parts += 1;
                    }
                    _ => {}
                }
                fields.values().for_each(|field| self.look(field));
            }
            _ => {}
        }
    }
}

/// A state file lists the instances of a resource that is counted; every other description has one.
fn instances(fields: &Map<String, Value>) -> usize {
    match fields.get("instances").and_then(Value::as_array) {
        Some(list) if fields.contains_key("provider") => list.len(),
        _ => 1,
    }
}
