//! The estate as it is looked at: what was found by deployment, filtered, with findings and evidence unfolded. As text it crosses from
//! the worker that has read the files.

use super::{Answer, FIGURES, HEAD, Priced, Running, SectionTexts, month, since};
use crate::catalog::{Catalog, Severity};
use crate::estate::{Member, Planned};
use crate::portfolio::{Portfolio, Row as PlanRow, Tags, cells};
use crate::report::chart::portfolio_chart;
use crate::report::document::{Block, Column, Document, Row, Section, Table};
use crate::report::tags::region_name;
use crate::units::{Currency, format};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

mod found;

use found::{counted, counts, entries, found};

/// What files say of an estate, in words; nothing in it has a field for a secret.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// "200 caches: 60 pairs, 10 groups and 50 caches alone".
    pub summary: String,
    /// One for each deployment.
    pub deployments: Vec<Deployed>,
    /// What was found about the files as a whole.
    pub findings: Vec<Found>,
    /// What was not read, a sentence each.
    pub not_read: Vec<String>,
    /// What changed since the portfolio that was open, where it is of the same caches.
    #[serde(default)]
    pub since: Option<SectionTexts>,
    /// What was paid, what metrics replace, and metrics without a cache, as far as the files say it.
    #[serde(default)]
    pub sections: Vec<SectionTexts>,
}

/// A pair, a group or a lone cache.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deployed {
    /// Its plan's name.
    pub name: String,
    /// Its place among the plans of the portfolio; `None` where a portfolio takes no such plan, which [`Listing::not_read`] says.
    pub entry: Option<usize>,
    /// Why a plan cannot hold what runs, where it cannot: the plan's bill is of another design.
    pub unheld: Option<String>,
    /// The size of a cache that runs is in no file: what is known of its month is the least.
    #[serde(default)]
    pub is_least: bool,
    /// Tags of its plan.
    pub tags: Tags,
    /// For each cache its cells under the table's headings; month and rules are those of the plan.
    pub caches: Vec<Vec<String>>,
    /// For each cache its subscription and its region, empty where no file shows them.
    pub places: Vec<[String; 2]>,
    /// What was found, the worst first.
    pub findings: Vec<Found>,
    /// Field, value and what shows it.
    pub evidence: Vec<[String; 3]>,
    /// Field, and what no file shows of it.
    pub unknown: Vec<[String; 2]>,
    /// State, link, health and lag over the window: part of the evidence of its plan.
    #[serde(default)]
    pub watched: Option<SectionTexts>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// How much it matters.
    pub severity: Severity,
    /// `EST-HALF`.
    pub id: String,
    /// What holds.
    pub says: String,
    /// What shows it, and what to do.
    pub next: String,
}

/// What of an estate a person wants to see; each part that is there must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EstateQuery {
    /// The subscription of one of its caches.
    pub subscription: Option<String>,
    /// The region of one of its caches.
    pub region: Option<String>,
    /// A tag and its value.
    pub tag: Option<(String, String)>,
}

/// How the text of a kept listing begins.
const KEPT: &str = "{\"estate\":1,\"listing\":";

/// How it is told that files were added.
pub(super) const ADDED: &str = "Read together with the files before: ";
/// Columns of the month, the findings and the rules.
const COLUMNS: [&str; 3] = ["A month", "Findings", "Rules"];

fn column(of: &str) -> Option<usize> {
    HEAD.iter().position(|head| *head == of)
}

impl Listing {
    /// Of what was read; `entries` are the places of the deployments' plans in the portfolio.
    #[must_use]
    pub fn of(answer: &Answer<'_>, entries: &[Option<usize>]) -> Self {
        let deployed = |(at, planned)| Deployed::of(answer, planned, entries.get(at).copied().flatten());
        Self {
            summary: answer.counted(),
            deployments: answer.estate.planned.iter().enumerate().map(deployed).collect(),
            findings: found(&answer.estate.findings),
            not_read: answer.read.unread.iter().chain(&answer.read.remarks).cloned().collect(),
            since: answer.since.map(|drift| SectionTexts::of(&since(drift, answer.catalog.currency()))),
            sections: answer.measured_and_paid().iter().map(SectionTexts::of).collect(),
        }
    }

    /// As text, for the next visit.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{KEPT}{}}}", serde_json::to_string(self).unwrap_or_default())
    }

    /// Of [`Self::to_text`], with the places of the deployments' plans in a portfolio: those with the same tags.
    ///
    /// # Errors
    /// A sentence where the text is of another release or damaged.
    pub fn from_text(text: &str, portfolio: &Portfolio) -> Result<Self, String> {
        let read = text.strip_prefix(KEPT).and_then(|rest| rest.strip_suffix('}'));
        let listing: Option<Self> = read.and_then(|rest| serde_json::from_str(rest).ok());
        let mut listing = listing.ok_or("The estate of an earlier visit cannot be read here: open its files again.")?;
        let places: HashMap<&Tags, usize> =
            portfolio.entries.iter().enumerate().rev().map(|(at, entry)| (&entry.tags, at)).collect();
        for deployed in &mut listing.deployments {
            deployed.entry = places.get(&deployed.tags).copied();
        }
        Ok(listing)
    }

    /// True for a text that this release may read as that of a kept listing.
    #[must_use]
    pub fn is_kept(text: &str) -> bool {
        text.starts_with(KEPT)
    }

    /// What changed since the portfolio that was open; `None` where it was of other caches.
    #[must_use]
    pub fn changes(&self) -> Option<Section> {
        self.since.as_ref()?.section()
    }

    /// What was paid, what metrics replace, and metrics without a cache: the sections of the document in the terminal.
    #[must_use]
    pub fn measured_and_paid(&self) -> Vec<Section> {
        self.sections.iter().filter_map(SectionTexts::section).collect()
    }

    /// State, link, health and lag of the caches of the plan of that name; `None` where it was of no file.
    #[must_use]
    pub fn watched(&self, plan: &str) -> Option<Section> {
        self.deployments.iter().find(|it| it.name == plan)?.watched.as_ref()?.section()
    }

    /// What is told when it was read, with `is_added` together with the files of before.
    #[must_use]
    pub fn told(&self, is_added: bool) -> String {
        let left_out = self.not_read.len();
        let rest = match left_out {
            0 => String::new(),
            1 => " 1 file or part of one was not read; it is named below.".to_owned(),
            _ => format!(" {left_out} files or parts of files were not read; each is named below."),
        };
        let alone = self.findings.iter().find(|it| it.id == "EST-METRICS").filter(|_| self.deployments.is_empty());
        if let Some(alone) = alone {
            return format!("{}{rest}", alone.says);
        }
        let read = if is_added { ADDED } else { "Opened " };
        format!("{read}{}.{rest}", self.summary)
    }

    /// The subscriptions of the caches, in their order.
    #[must_use]
    pub fn subscriptions(&self) -> BTreeSet<&str> {
        self.places(0)
    }

    /// The regions of the caches, in their order.
    #[must_use]
    pub fn regions(&self) -> BTreeSet<&str> {
        self.places(1)
    }

    fn places(&self, part: usize) -> BTreeSet<&str> {
        let all = self.deployments.iter().flat_map(|it| it.places.iter().map(move |place| place[part].as_str()));
        all.filter(|place| !place.is_empty()).collect()
    }

    /// The deployments that fit, in their order.
    #[must_use]
    pub fn fitting(&self, query: &EstateQuery) -> Vec<usize> {
        let has = |it: &Deployed, part: usize, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| it.places.iter().any(|place| place[part] == *wanted))
        };
        let fits = |it: &Deployed| {
            has(it, 0, &query.subscription)
                && has(it, 1, &query.region)
                && query.tag.as_ref().is_none_or(|tag| it.tags.contains(tag))
        };
        (0..self.deployments.len()).filter(|at| fits(&self.deployments[*at])).collect()
    }

    /// The table's columns.
    #[must_use]
    pub fn columns() -> Vec<Column> {
        let column = |(at, head)| if FIGURES.contains(&at) { Column::figures(head) } else { Column::text(head) };
        HEAD.into_iter().enumerate().map(column).collect()
    }

    /// The column of the findings.
    #[must_use]
    pub fn found_column() -> Option<usize> {
        column(COLUMNS[1])
    }

    /// The rows of a deployment, one a cache; `plan` is the row of its plan once that is evaluated.
    #[must_use]
    pub fn rows(&self, at: usize, plan: Option<&PlanRow>, currency: Currency) -> Vec<Row> {
        let Some(it) = self.deployments.get(at) else { return Vec::new() };
        let [monthly, found, rules] = COLUMNS.map(column);
        let row = |(place, own): (usize, &Vec<String>)| {
            let mut own = own.clone();
            let mut put = |at: Option<usize>, text: String| {
                if let Some(cell) = at.and_then(|at| own.get_mut(at)) {
                    *cell = text;
                }
            };
            if place == 0 {
                put(found, counts(&it.findings));
                if let Some(plan) = plan {
                    put(rules, cells(plan, currency)[7].clone());
                }
                put(monthly, month(plan, it.unheld.is_some(), it.is_least, currency));
            }
            Row::of(own)
        };
        it.caches.iter().enumerate().map(row).collect()
    }

    /// One sentence of what runs, costs and was found, and the month of what runs by a tag as a chart. `plans` are the rows of the portfolio
    /// so far.
    #[must_use]
    pub fn opening(&self, plans: &[PlanRow], key: &str, catalog: &Catalog) -> Section {
        let currency = catalog.currency();
        let priced = self.deployments.iter().filter_map(|it| {
            Some(Priced { row: plans.get(it.entry?)?, unheld: it.unheld.as_deref(), is_least: it.is_least })
        });
        let running = Running::of(priced);
        let is_whole = plans.len() >= self.deployments.iter().filter(|it| it.entry.is_some()).count();
        let is_priced = is_whole && !running.rows.is_empty();
        let month = || running.words(currency).unwrap_or_else(|why| format!("no month: {why}"));
        let cost = if is_priced { format!(", {}", month()) } else { String::new() };
        let all = || self.findings.iter().chain(self.deployments.iter().flat_map(|it| &it.findings));
        let says = format!("{}{cost}; findings: {}.", self.summary, counted(all()));
        let mut chart = portfolio_chart(&running.rows, key, catalog);
        if let Some((chart, holds)) = chart.as_mut().zip(running.holds(currency)) {
            chart.caption = format!("{} The month is of what runs, {holds}.", chart.caption);
        }
        Section::new("estate", "Estate", says).with_figure(chart)
    }

    /// What was found about the files as a whole; `None` where that is nothing.
    #[must_use]
    pub fn of_the_files(&self) -> Option<Section> {
        let says = "The files together leave these open.";
        (!self.findings.is_empty())
            .then(|| Section::new("estate-files", "About the files", says).with(entries(&self.findings)))
    }

    /// What was not read; `None` where that is nothing.
    #[must_use]
    pub fn left_out(&self) -> Option<Section> {
        let says = "These files, or parts of them, are in no figure.";
        let lines = || Block::list(self.not_read.iter().map(String::as_str));
        (!self.not_read.is_empty()).then(|| Section::new("estate-not-read", "Not read", says).with(lines()))
    }

    /// What was found about a deployment, what its plan's fields are based on, and what no file says.
    #[must_use]
    pub fn details(&self, at: usize) -> Vec<Block> {
        let Some(it) = self.deployments.get(at) else { return Vec::new() };
        let based =
            table("estate-evidence", format!("Evidence of {}", it.name), &["Field", "Value", "Based on"], &it.evidence);
        let open =
            table("estate-unknown", format!("Unknown of {}", it.name), &["Field", "What is missing"], &it.unknown);
        let folded = |name: &str, count: usize, table: Block| {
            (count > 0).then(|| Block::details(format!("{name}: {}", format::counted(count, "field")), vec![table]))
        };
        let unheld = it.unheld.iter().map(|why| Block::remark(format!("A plan cannot hold what runs: {why}. The month is that of the nodes that run today, where they have a price; the plan’s own figures are of the design that would follow.")));
        let found = Some(entries(&it.findings)).filter(|block| !block.is_blank());
        let based = folded("Evidence", it.evidence.len(), based);
        let open = folded("What no file shows", it.unknown.len(), open);
        unheld.chain(found).chain(based).chain(open).collect()
    }

    /// The table of these deployments, their findings with evidence, and what was not read, for a file.
    #[must_use]
    pub fn document(&self, found: &[usize], plans: &[PlanRow], currency: Currency) -> Document {
        let plan = |at: usize| self.deployments.get(at).and_then(|it| plans.get(it.entry?));
        let rows = found.iter().flat_map(|at| self.rows(*at, plan(*at), currency)).collect();
        let caches = Table { id: "estate", name: "Caches of the estate".to_owned(), columns: Self::columns(), rows };
        let shown = || found.iter().filter_map(|at| self.deployments.get(*at));
        let findings = shown().flat_map(|it| {
            let row = |found: &Found| Row::of([found.severity.word(), &found.id, &it.name, &found.says, &found.next]);
            it.findings.iter().map(row)
        });
        let head = ["Severity", "Finding", "Deployment", "What holds", "Basis and next step"];
        let findings = Table {
            id: "estate-findings",
            name: "Findings on what is deployed".to_owned(),
            columns: head.map(Column::text).into(),
            rows: findings.collect(),
        };
        let section = |id, name, table| Section::new(id, name, "").with(Block::Table(table));
        let sections =
            [section("estate", "Caches", caches), section("estate-findings", "Findings on what is deployed", findings)];
        let more = self.measured_and_paid().into_iter().chain(self.left_out());
        let sections = self.changes().into_iter().chain(sections).chain(more).collect();
        Document { title: "Estate".to_owned(), opening: Vec::new(), sections }
    }
}

impl Deployed {
    fn of(answer: &Answer<'_>, planned: &Planned, entry: Option<usize>) -> Self {
        let draft = &planned.draft;
        let members = &planned.deployment.members;
        let cells = |(at, member)| answer.cells(planned, member, None, at == 0).to_vec();
        let place = |key: &str| answer.read.facts.caches.get(key).and_then(|it| it.subscription().map(str::to_owned));
        let region = |it: &Member| it.location.as_deref().map_or("", |it| region_name(it, answer.catalog)).to_owned();
        let evidence = |it: &crate::estate::Evidence| [it.field.to_owned(), it.value.clone(), it.from.clone()];
        Self {
            name: draft.plan.name.clone(),
            entry,
            unheld: draft.unheld.clone(),
            is_least: answer.is_least(planned),
            tags: planned.tags.clone(),
            caches: members.iter().enumerate().map(cells).collect(),
            places: members.iter().map(|it| [place(&it.key).unwrap_or_default(), region(it)]).collect(),
            findings: found(&planned.findings),
            evidence: draft.evidence.iter().map(evidence).collect(),
            unknown: draft.unknown.iter().map(|it| [it.field.to_owned(), it.why.clone()]).collect(),
            watched: Some(SectionTexts::of(&answer.watched_of(planned))),
        }
    }
}

fn table<const N: usize>(id: &'static str, name: String, head: &[&'static str; N], rows: &[[String; N]]) -> Block {
    Block::Table(Table {
        id,
        name,
        columns: head.map(Column::text).into(),
        rows: rows.iter().map(|row| Row::of(row.clone())).collect(),
    })
}

#[cfg(test)]
mod imports;
#[cfg(test)]
mod months;
#[cfg(test)]
mod tests;
