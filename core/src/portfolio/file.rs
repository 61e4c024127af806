//! The portfolio file: versioned JSON, each plan whole or as what differs from its version's baseline.

use super::tags::{self, Tags};
use super::{Entry, Portfolio};
use crate::codec::Plans;
use crate::model::Topology;
use crate::report::format;
use crate::report::size::too_large;
use crate::sentence::sentence_error;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Version that this release writes and reads.
pub const PORTFOLIO_VERSION: u64 = 1;
/// Larger files are refused unread.
pub const MAX_PORTFOLIO_BYTES: usize = 20_000_000;
/// Most plans of one portfolio.
pub const MAX_ENTRIES: usize = 10_000;

/// The topology of an entry that takes the plan's own recommendation.
const RECOMMENDED: &str = "recommended";

sentence_error! {
    /// Why a text is no portfolio, in one sentence.
    PortfolioError
}

/// An entry that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// Its place in the file, from 1.
    pub number: usize,
    /// Entry, plan's name, field and rule in one sentence.
    pub message: String,
    /// What stands there; written back unchanged.
    raw: Value,
}

/// True for a JSON object with the field `portfolio`, right or not; a plan file has `v` instead.
#[must_use]
pub fn is_portfolio(text: &str) -> bool {
    // Most files are plans: they are not read twice.
    text.contains("\"portfolio\"")
        && serde_json::from_str::<Value>(text).is_ok_and(|value| value.get("portfolio").is_some())
}

/// Reads a portfolio file: size, syntax, version, then each entry by itself.
///
/// An entry that cannot be read is kept in [`Portfolio::broken`] with a sentence that names it, its field and the rule;
/// the others stand.
///
/// # Errors
/// The text is larger than [`MAX_PORTFOLIO_BYTES`], is no JSON object, has another version, has fields that a portfolio does
/// not have, or holds more than [`MAX_ENTRIES`] plans.
pub fn read(text: &str) -> Result<Portfolio, PortfolioError> {
    let error = |why: String| Err(PortfolioError(format!("This is no portfolio file: {why}.")));
    if text.len() > MAX_PORTFOLIO_BYTES {
        return Err(PortfolioError(too_large("a portfolio", text.len() as u64, MAX_PORTFOLIO_BYTES)));
    }
    let mut fields = match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return error("it holds no JSON object".to_owned()),
        Err(why) => return error(format!("it is not whole JSON ({why})")),
    };
    match fields.remove("portfolio") {
        Some(version) if version.as_u64() == Some(PORTFOLIO_VERSION) => {}
        Some(version) => {
            return error(format!("its version (portfolio) is {version}; version {PORTFOLIO_VERSION} is read here"));
        }
        None => return error(format!("its version is missing: write \"portfolio\": {PORTFOLIO_VERSION}")),
    }
    let Some(Value::Array(list)) = fields.remove("plans") else {
        return error("plans is missing or no list".to_owned());
    };
    if let Some(unknown) = fields.keys().next() {
        return error(format!("it has a field {unknown} that is not known here: take it out or rename it"));
    }
    if list.len() > MAX_ENTRIES {
        let count = format::count(list.len() as f64);
        return error(format!(
            "it has {count} plans, and a portfolio has at most {}",
            format::count(MAX_ENTRIES as f64)
        ));
    }
    Ok(entries(list))
}

fn entries(list: Vec<Value>) -> Portfolio {
    let plans = Plans::new();
    let mut portfolio = Portfolio::default();
    for (at, raw) in list.into_iter().enumerate() {
        match entry(&plans, &raw) {
            Ok(entry) => portfolio.entries.push(Arc::new(entry)),
            Err(why) => {
                let name = raw["plan"]["name"].as_str().map_or_else(String::new, |name| format!(" (“{name}”)"));
                let message = format!("Entry {}{name}: {why}", at + 1);
                portfolio.broken.push(Broken { number: at + 1, message, raw });
            }
        }
    }
    portfolio
}

fn entry(plans: &Plans, raw: &Value) -> Result<Entry, String> {
    let Value::Object(fields) = raw else { return Err("it is no group of fields.".to_owned()) };
    if let Some(unknown) = fields.keys().find(|key| !["tags", "topology", "plan"].contains(&key.as_str())) {
        return Err(format!("the field {unknown} is not known here: take it out or rename it."));
    }
    let plan = fields.get("plan").ok_or("plan is missing: put a plan file's content there.")?;
    Ok(Entry {
        tags: fields.get("tags").map_or(Ok(Tags::new()), read_tags)?,
        topology: fields.get("topology").map_or(Ok(None), read_topology)?,
        plan: plans.read(plan.clone()).map_err(|error| error.to_string())?,
    })
}

fn read_tags(given: &Value) -> Result<Tags, String> {
    let Value::Object(given) = given else { return Err("tags: they are no object of keys and texts.".to_owned()) };
    let mut all = Tags::new();
    for (key, value) in given {
        let Some(text) = value.as_str() else {
            let given: String = value.to_string().chars().take(40).collect();
            return Err(format!("tags.{key}: {given} is no text; write it in quotes."));
        };
        all.push((key.clone(), text.to_owned()));
    }
    tags::check(&all)?;
    Ok(all)
}

fn read_topology(given: &Value) -> Result<Option<Topology>, String> {
    match given.as_str() {
        Some(RECOMMENDED) => Ok(None),
        Some(name) if Topology::from_slug(name).is_some() => Ok(Topology::from_slug(name)),
        _ => {
            let given: String = given.to_string().chars().take(40).collect();
            Err(format!("topology: {given} is none; write recommended, rebuild, passive or active in quotes."))
        }
    }
}

/// The portfolio as JSON, a plan a line, ending in a line break. A plan is written as what differs from its version's baseline, so
/// that hundreds of them stay small; what could not be read stands where it stood.
#[must_use]
pub fn write(portfolio: &Portfolio) -> String {
    let plans = Plans::new();
    let mut list: Vec<Value> = portfolio.entries.iter().map(|entry| written(&plans, entry)).collect();
    for broken in &portfolio.broken {
        list.insert((broken.number - 1).min(list.len()), broken.raw.clone());
    }
    let lines: Vec<String> = list.iter().map(|entry| format!("\n{entry}")).collect();
    format!("{{\"portfolio\": {PORTFOLIO_VERSION}, \"plans\": [{}\n]}}\n", lines.join(","))
}

fn written(plans: &Plans, entry: &Entry) -> Value {
    let mut fields = Map::new();
    if !entry.tags.is_empty() {
        let tags = entry.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
        fields.insert("tags".to_owned(), Value::Object(tags.collect()));
    }
    fields.insert("topology".to_owned(), entry.topology.map_or(RECOMMENDED, Topology::slug).into());
    fields.insert("plan".to_owned(), plans.changes(&entry.plan));
    Value::Object(fields)
}
