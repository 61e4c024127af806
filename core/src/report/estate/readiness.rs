//! Whether each pair and group could fail over today: what somebody gets each week from a fresh import.

use super::field::label;
use super::{Answer, link, unknown};
use crate::catalog::Severity;
use crate::estate::{Facts, Kind, Measured, Planned, Quantity, day, measured, quiet_since, worst};
use crate::report::document::{Block, Column, Document, Row, Section, Table};
use crate::report::estate::since;
use crate::units::{Ratio, Secs, format};

impl Answer<'_> {
    /// The weekly report: readiness, what changed since the portfolio that is given, and the findings.
    ///
    /// A deployment is ready where the files prove nothing against it, every link shows its state, and lag, health and fill are measured; where
    /// only something of that is missing its readiness is unknown. Lone caches have nothing to fail over to and are counted apart, as are
    /// clusters whose databases are in no file.
    #[must_use]
    pub fn weekly(&self) -> Document {
        let mut sections = vec![self.readiness()];
        sections.extend(self.since.map(|drift| since(drift, self.catalog.currency())));
        sections.push(self.findings());
        sections.extend(self.not_read());
        Document { title: "Readiness of the estate".to_owned(), opening: Vec::new(), sections }
    }

    fn readiness(&self) -> Section {
        let linked = || self.estate.planned.iter().filter(|it| it.deployment.kind != Kind::Alone);
        let facts = &self.read.facts;
        let ready = linked().filter(|it| Self::against(it).is_empty() && self.unmeasured(it).is_empty()).count();
        let is_silent = |it: &&Planned| {
            it.deployment.kind == Kind::Alone && it.deployment.members.iter().any(|it| facts.misses_databases(&it.key))
        };
        let silent = self.estate.planned.iter().filter(is_silent).count();
        let alone = self.estate.planned.len().saturating_sub(linked().count() + silent);
        let mut others = String::new();
        if alone > 0 {
            others = format!(" {} alone: nothing to fail over to.", format::counted(alone, "cache"));
        }
        if silent > 0 {
            let count = format::counted(silent, "cluster");
            others = format!("{others} {count} without a database in the files: whether in a group is unknown.");
        }
        let says = match linked().count() {
            0 => format!("No pair and no group.{others}"),
            count => format!("{ready} of {count} pairs and groups are ready to fail over.{others}"),
        };
        let heads = ["Deployment", "Ready", "Link", "Lag", "Fill", "Measured at least to", "Drills", "Against it"];
        Section::new("estate-readiness", "Ready to fail over", says).with(Block::Table(Table {
            id: "estate-readiness",
            name: "Readiness by deployment".to_owned(),
            columns: heads.map(Column::text).into(),
            rows: linked().map(|planned| Row::of(self.ready(planned))).collect(),
        }))
    }

    fn ready(&self, planned: &Planned) -> [String; 8] {
        let facts = &self.read.facts;
        let each = |quantity| {
            let members = planned.deployment.members.iter();
            members.filter_map(move |it| Some((it.key.as_str(), worst(facts, &it.key, quantity)?)))
        };
        let most = |quantity, show: fn(f64) -> String| {
            let peak = each(quantity).reduce(|most, it| if it.1.peak > most.1.peak { it } else { most });
            peak.map_or_else(unknown, |(key, it)| {
                format!("{}{}", if is_least(facts, key, &it) { "at least " } else { "" }, show(it.peak))
            })
        };
        let ends = [Quantity::Lag, Quantity::Healthy, Quantity::Fill].into_iter().flat_map(each);
        let oldest = ends.map(|it| it.1.window.1).reduce(f64::min);
        let links: Vec<String> =
            planned.deployment.members.iter().map(|it| link::state(facts, &planned.deployment, it)).collect();
        let (mut against, unmeasured) = (Self::against(planned), self.unmeasured(planned));
        let ready = match (against.is_empty(), unmeasured.is_empty()) {
            (false, _) => "no".to_owned(),
            (true, false) => unknown(),
            (true, true) => "yes".to_owned(),
        };
        if !unmeasured.is_empty() {
            against.push(format!("unknown: {}", format::listed(&unmeasured)));
        }
        let times: usize = planned.draft.plan.recovery.evidence.iter().map(|known| known.times.len()).sum();
        [
            planned.draft.plan.name.clone(),
            ready,
            once(&links),
            most(Quantity::Lag, |lag| format::duration(Secs::secs(lag))),
            most(Quantity::Fill, |fill| format::percent(Ratio::percent(fill))),
            oldest.map_or_else(unknown, day),
            format::counted(times, "measured step"),
            against.join(", "),
        ]
    }

    /// Ids of what the files prove against a failover.
    fn against(planned: &Planned) -> Vec<String> {
        let found = planned.findings.iter().filter(|it| it.severity != Severity::Info).map(|it| it.id.to_owned());
        let evidence = planned.draft.evidence.iter();
        let checks = evidence.filter(|it| it.field.contains(".checks.") && it.value == NOT_SO);
        let checks = checks.map(|it| format!("“{}” is {NOT_SO}", label(it.field)));
        let mut against: Vec<String> = found.chain(checks).collect();
        against.dedup();
        against
    }
}

/// The answer to a confirmation that files disprove.
const NOT_SO: &str = "not so";

impl Answer<'_> {
    /// What no file shows of a pair or group and a failover needs to know.
    fn unmeasured(&self, planned: &Planned) -> Vec<String> {
        let facts = &self.read.facts;
        let members = &planned.deployment.members;
        let is_pair = planned.deployment.kind == Kind::Pair;
        // Members without a figure: of a pair either half says lag and health of both.
        let without = |quantity, is_of_both: bool, what: &str| {
            let is_known = |key: &str| measured(facts, key, quantity).is_some_and(|it| it.is_ok_and(|it| says(&it)));
            let open: Vec<&str> = members.iter().filter(|it| !is_known(&it.key)).map(|it| it.name.as_str()).collect();
            match open.len() {
                0 => None,
                count if count == members.len() => Some(what.to_owned()),
                _ if is_of_both => None,
                _ => Some(format!("{what} of {}", format::listed(&open))),
            }
        };
        // Azure Managed Redis has no metric of the lag.
        let lag = if is_pair { without(Quantity::Lag, true, "lag") } else { None };
        let measures = [lag, without(Quantity::Healthy, is_pair, "health"), without(Quantity::Fill, false, "fill")];
        let open =
            planned.draft.unknown.iter().find(|it| STANDS.contains(&it.field) && is_pair == (it.field == STANDS[0]));
        let page = self.estate.findings.iter().any(|it| it.id == "EST-PAGES").then(|| "a page of a list".to_owned());
        let silent = members.iter().any(|it| link::state(facts, &planned.deployment, it) == unknown());
        let stands = (open.is_some() || silent).then(|| "whether the link stands".to_owned());
        measures.into_iter().chain([stands, page]).flatten().collect()
    }
}

/// That a pair or a group stands.
const STANDS: [&str; 2] = ["passive.exists", "active.checks.all_linked"];

/// False for what has no value at its end, and for health of which only maxima are measured: an hour with one healthy minute has 1.
fn says(it: &Measured) -> bool {
    quiet_since(it).is_none() && says_health(it)
}

fn says_health(it: &Measured) -> bool {
    it.quantity != Quantity::Healthy || it.peak < 1.0 || it.aggregate != "maximum"
}

/// True for the highest of means, and of some shards of several.
fn is_least(facts: &Facts, cache: &str, it: &Measured) -> bool {
    let some = |shards: u32| it.parts > 1 && it.parts < shards as usize;
    it.aggregate == "average" || facts.shards_of(cache).is_some_and(some)
}

/// Texts that are alike, once.
fn once(texts: &[String]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for text in texts {
        if !all.contains(&text.as_str()) {
            all.push(text);
        }
    }
    all.join("; ")
}
