//! The portfolio file: versioned JSON, each plan whole or as what differs from its version's baseline.

use super::settings::{self, Settings};
use super::tags::{self, Tags};
use super::tiers::{self, TIER_TAG, Tier};
use super::{Entry, Portfolio};
use crate::codec::{MAX_PLAN_BYTES, Plans, admit, json};
use crate::model::Topology;
use crate::units::file_size::{size_above, too_large};
use crate::units::format;
use crate::units::quote::short;
use crate::units::sentence_error;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
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
    raw: String,
}

/// Reads a portfolio file: size, syntax, version, then each entry by itself.
///
/// An entry that cannot be read is kept in [`Portfolio::broken`] with a sentence that names it, its field and the rule;
/// the others stand.
///
/// # Errors
/// The text is larger than [`MAX_PORTFOLIO_BYTES`], is no JSON object, has a field twice, has another version, has fields that a
/// portfolio does not have, or holds more than [`MAX_ENTRIES`] plans.
///
/// # Examples
///
/// ```
/// use dr_core::portfolio;
///
/// let text = r#"{"portfolio":1,"plans":[{"plan":{"name":"Shop"}}, {"plan":{"workload":{"writes":-1}}}]}"#;
/// let read = portfolio::read(text)?;
/// assert_eq!((read.entries.len(), read.broken.len()), (1, 1));
/// assert_eq!(read.entries[0].plan.name, "Shop");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(text: &str) -> Result<Portfolio, PortfolioError> {
    let mut reading = Reading::new(text)?;
    reading.advance(usize::MAX);
    Ok(reading.finish())
}

/// A portfolio file under way, entry by entry: a page reads 20 MB without standing still.
pub struct Reading {
    plans: Plans,
    left: std::vec::IntoIter<Box<RawValue>>,
    number: usize,
    portfolio: Portfolio,
}

impl fmt::Debug for Reading {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a portfolio of which {} entries are read", self.number)
    }
}

impl Reading {
    /// Finds the entries of a file; none is read yet. Errors as [`read`].
    pub fn new(text: &str) -> Result<Self, PortfolioError> {
        if text.len() > MAX_PORTFOLIO_BYTES {
            return Err(PortfolioError(too_large("a portfolio", text.len() as u64, MAX_PORTFOLIO_BYTES)));
        }
        let refused = |why: String| PortfolioError(format!("This is no portfolio file: {why}."));
        let plans = Plans::new();
        let (list, tiers, settings) = entries(text, &plans).map_err(refused)?;
        let portfolio = Portfolio { tiers, settings, ..Portfolio::default() };
        Ok(Self { plans, left: list.into_iter(), number: 0, portfolio })
    }

    /// Reads the next entries, at most `count`; true when all are read. How they are cut up changes nothing.
    pub fn advance(&mut self, count: usize) -> bool {
        for raw in self.left.by_ref().take(count) {
            self.number += 1;
            match entry(&self.plans, &self.portfolio.tiers, raw.get()) {
                Ok(entry) => self.portfolio.entries.push(Arc::new(entry)),
                Err(why) => self.portfolio.broken.push(Broken::of(self.number, &why, raw.get())),
            }
        }
        self.left.len() == 0
    }

    /// What was read so far.
    #[must_use]
    pub fn finish(self) -> Portfolio {
        self.portfolio
    }
}

impl Broken {
    fn of(number: usize, why: &str, raw: &str) -> Self {
        let named = raw.len() <= MAX_PLAN_BYTES;
        let value = named.then(|| serde_json::from_str::<Value>(raw).ok()).flatten().unwrap_or_default();
        let name = value["plan"]["name"].as_str().map_or_else(String::new, |name| format!(" (“{}”)", short(name)));
        Self { number, message: format!("Entry {number}{name}: {why}"), raw: raw.to_owned() }
    }
}

/// The entries of a file as they stand there, with its tiers and settings, or what is wrong with the file.
fn entries(text: &str, plans: &Plans) -> Result<(Vec<Box<RawValue>>, Tiers, Settings), String> {
    let mut fields = json::fields(text).map_err(|why| why.to_string())?;
    match fields.remove("portfolio").map(RawValue::get) {
        Some(version) if version.parse() == Ok(PORTFOLIO_VERSION) => {}
        Some(version) => {
            let version = short(version);
            return Err(format!("its version (portfolio) is {version}; version {PORTFOLIO_VERSION} is read here"));
        }
        None => return Err(format!("its version is missing: write \"portfolio\": {PORTFOLIO_VERSION}")),
    }
    let tiers = match fields.remove("tiers") {
        Some(given) => tiers::read(json::value(given.get()).map_err(|why| why.to_string())?, plans)?,
        None => Tiers::new(),
    };
    let settings = match fields.remove("caches") {
        Some(given) => settings::read(json::value(given.get()).map_err(|why| why.to_string())?)?,
        None => Settings::new(),
    };
    let list = fields.remove("plans").and_then(|list| serde_json::from_str::<Vec<&RawValue>>(list.get()).ok());
    let Some(list) = list else { return Err("plans is missing or no list".to_owned()) };
    if let Some(unknown) = fields.keys().next() {
        return Err(format!("it has a field {} that is not known here: take it out or rename it", short(unknown)));
    }
    if list.len() > MAX_ENTRIES {
        return Err(format!("it has {}", too_many(list.len())));
    }
    Ok((list.into_iter().map(ToOwned::to_owned).collect(), tiers, settings))
}

type Tiers = BTreeMap<String, Tier>;

fn entry(plans: &Plans, all: &Tiers, raw: &str) -> Result<Entry, String> {
    if raw.len() > MAX_PLAN_BYTES {
        let size = size_above(raw.len() as u64, MAX_PLAN_BYTES);
        return Err(format!("it has {size}, and a plan has at most 1 MB; it was not read."));
    }
    let Value::Object(mut fields) = json::value(raw).map_err(|why| format!("{why}."))? else {
        return Err("it is no group of fields.".to_owned());
    };
    if let Some(unknown) = fields.keys().find(|key| !["tags", "topology", "plan"].contains(&key.as_str())) {
        return Err(format!("the field {} is not known here: take it out or rename it.", short(unknown)));
    }
    let mut plan = fields.remove("plan").ok_or("plan is missing: put a plan file's content there.")?;
    let tags = fields.get("tags").map_or(Ok(Tags::new()), read_tags)?;
    let tier = tags.iter().find(|(key, _)| key == TIER_TAG).and_then(|(_, name)| all.get(name));
    tiers::fill(&mut plan, tier);
    Ok(Entry {
        tags,
        topology: fields.get("topology").map_or(Ok(None), read_topology)?,
        plan: plans.read(plan).map_err(|error| error.to_string())?,
    })
}

fn read_tags(given: &Value) -> Result<Tags, String> {
    let Value::Object(given) = given else { return Err("tags: they are no object of keys and texts.".to_owned()) };
    let mut all = Tags::new();
    for (key, value) in given {
        let Some(text) = value.as_str() else {
            let (key, given) = (short(key), short(&value.to_string()));
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
            let given = short(&given.to_string());
            Err(format!("topology: {given} is none; write recommended, rebuild, passive or active in quotes."))
        }
    }
}

impl Entry {
    /// Why no portfolio takes the entry, in a sentence; `None` where [`read`] gives it back.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        tags::check(&self.tags).err().or_else(|| admit(&self.plan).err().map(|error| error.to_string()))
    }
}

impl Portfolio {
    /// Refuses what is more than a file may hold, as [`read`] does; `text` is what [`write`] gives of it.
    ///
    /// # Errors
    /// The text is larger than [`MAX_PORTFOLIO_BYTES`] or holds more than [`MAX_ENTRIES`] plans.
    pub fn fits(&self, text: &str) -> Result<(), PortfolioError> {
        if text.len() > MAX_PORTFOLIO_BYTES {
            return Err(PortfolioError(too_large("a portfolio", text.len() as u64, MAX_PORTFOLIO_BYTES)));
        }
        match self.entries.len() {
            count if count > MAX_ENTRIES => Err(PortfolioError(format!("This estate has {}.", too_many(count)))),
            _ => Ok(()),
        }
    }
}

/// "12,000 plans, and a portfolio has at most 10,000".
fn too_many(count: usize) -> String {
    let [count, most] = [count, MAX_ENTRIES].map(|count| format::count(count as f64));
    format!("{count} plans, and a portfolio has at most {most}")
}

/// The portfolio as JSON, a plan a line, ending in a line break. A plan is written as what differs from its version's baseline, so
/// that hundreds of them stay small; what could not be read stands where it stood.
#[must_use]
pub fn write(portfolio: &Portfolio) -> String {
    let plans = Plans::new();
    let mut entries = portfolio.entries.iter();
    let mut broken = portfolio.broken.iter().peekable();
    let tiers = tiers::written(&portfolio.tiers).map_or_else(String::new, |tiers| format!("\"tiers\": {tiers}, "));
    let caches = settings::written(&portfolio.settings).map_or_else(String::new, |all| format!("\"caches\": {all}, "));
    let mut text = format!("{{\"portfolio\": {PORTFOLIO_VERSION}, {tiers}{caches}\"plans\": [");
    for place in 1.. {
        let entry = match broken.next_if(|it| it.number <= place) {
            Some(broken) => broken.raw.clone(),
            None => match entries.next() {
                Some(entry) => written(&plans, &portfolio.tiers, entry).to_string(),
                None => match broken.next() {
                    Some(broken) => broken.raw.clone(),
                    None => break,
                },
            },
        };
        text.push_str(if place > 1 { ",\n" } else { "\n" });
        text.push_str(&entry);
    }
    text.push_str("\n]}\n");
    text
}

fn written(plans: &Plans, tiers: &Tiers, entry: &Entry) -> Value {
    let mut fields = Map::new();
    if !entry.tags.is_empty() {
        let mut tags = Map::new();
        tags.extend(entry.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))));
        fields.insert("tags".to_owned(), Value::Object(tags));
    }
    fields.insert("topology".to_owned(), entry.topology.map_or(RECOMMENDED, Topology::slug).into());
    let mut plan = plans.changes(&entry.plan);
    tiers::leave_out(&mut plan, entry, entry.tag(TIER_TAG).and_then(|name| tiers.get(name)));
    fields.insert("plan".to_owned(), plan);
    Value::Object(fields)
}
