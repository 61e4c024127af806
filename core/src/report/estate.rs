//! The estate as a document: every cache with its deployment, what was found, what each figure is based on, what no file says.

use crate::catalog::{Catalog, LifecycleEvent, Service};
use crate::estate::{Drift, Estate, Finding, Kind, Measured, Member, Planned, Quantity, Read, Tier, measured};
use crate::model::cost::Total;
use crate::portfolio::{Row as PlanRow, Rows, cells, totals};
use crate::report::document::{Block, Column, Document, Row, Section, Table};
use crate::report::tags::region_name;
use crate::units::format;
use crate::units::format::NONE;
use crate::units::{Date, Ratio, Secs};

mod beside;
mod commands;
mod costs;
mod field;
mod job;
mod json;
mod link;
mod listing;
mod load;
mod priced;
mod readiness;
mod section_texts;
mod since;
mod watched;

pub use beside::{NOT_AT_HAND, may_be_alone};
pub use commands::{COMMANDS, PERMISSIONS, SCRIPT, commands};
pub use job::{Given, ImportOptions, Imported, ReadSheet, import};
pub use json::json;
pub use listing::{Deployed, EstateQuery, Found, Listing};
use priced::{Priced, Running, month};
pub use section_texts::SectionTexts;
pub use since::since;

/// Everything that is said of files that were read: facts, deployments, and their plans as they are priced.
#[derive(Debug)]
pub struct Answer<'a> {
    /// What was read and what was not.
    pub read: &'a Read,
    /// The deployments with their plans.
    pub estate: &'a Estate,
    /// The plans of the portfolio, one for each deployment, in its order.
    pub rows: &'a [PlanRow],
    /// Prices and dates.
    pub catalog: &'a Catalog,
    /// What changed since an earlier portfolio, where one is given.
    pub since: Option<&'a Drift>,
}

impl<'a> Answer<'a> {
    /// Of what was read; `rows` are those of [`Estate::portfolio`] with the same catalogue.
    #[must_use]
    pub fn new(read: &'a Read, estate: &'a Estate, rows: &'a Rows, catalog: &'a Catalog) -> Self {
        Self { read, estate, rows: &rows.rows, catalog, since: None }
    }

    /// The same with what changed since an earlier portfolio.
    #[must_use]
    pub fn with_since(self, drift: &'a Drift) -> Self {
        Self { since: Some(drift), ..self }
    }

    fn deployments(&self) -> impl Iterator<Item = (&'a Planned, Option<&'a PlanRow>)> {
        self.estate.planned.iter().enumerate().map(|(at, planned)| (planned, self.rows.get(at)))
    }

    /// What changed, where that is asked; the table of the estate, then what was found and what was not read; with `whole` also what each field is based on.
    #[must_use]
    pub fn document(&self, whole: bool) -> Document {
        let mut sections: Vec<Section> =
            self.since.map(|drift| since(drift, self.catalog.currency())).into_iter().collect();
        sections.extend([self.caches(), self.findings()]);
        sections.extend(self.measured_and_paid());
        if whole {
            sections.extend([self.evidence(), self.unknown()]);
            sections.extend(self.load());
        }
        sections.extend(self.not_read());
        Document { title: "Estate".to_owned(), opening: Vec::new(), sections }
    }

    /// What was paid, what metrics replace, and metrics without a cache, each where the files say it.
    fn measured_and_paid(&self) -> Vec<Section> {
        [self.costs(), self.calibration(), self.strangers()].into_iter().flatten().collect()
    }

    fn caches(&self) -> Section {
        let (says, sums) = self.summary();
        let sums = (!sums.is_empty()).then(|| Block::details("What the sums hold", vec![Block::list(sums)]));
        let section = sums.into_iter().fold(Section::new("estate", "Caches", says), Section::with);
        let rows = self.deployments().flat_map(|(planned, row)| {
            let members = planned.deployment.members.iter().enumerate();
            members.map(move |(at, member)| Row::of(self.cells(planned, member, row.filter(|_| at == 0), at == 0)))
        });
        section.with(Block::Table(Table {
            id: "estate",
            name: "Caches of the estate".to_owned(),
            columns: HEAD
                .iter()
                .enumerate()
                .map(|(at, head)| if FIGURES.contains(&at) { Column::figures(*head) } else { Column::text(*head) })
                .collect(),
            rows: rows.collect(),
        }))
    }

    /// "200 caches: 60 pairs, 10 groups and 50 caches alone", "4 caches, each alone", "1 pair by its links alone".
    fn counted(&self) -> String {
        let of = |kind: Kind| self.estate.planned.iter().filter(|it| it.deployment.kind == kind).count();
        let counted = |(kind, noun): (Kind, &str)| match of(kind) {
            0 => None,
            count => Some(format::counted(count, noun)),
        };
        let linked: Vec<String> =
            [(Kind::Pair, "pair"), (Kind::Group, "group")].into_iter().filter_map(counted).collect();
        let caches = self.read.facts.caches.len();
        let named = format::counted(caches, "cache");
        match (linked.as_slice(), caches, of(Kind::Alone)) {
            ([], 0, _) => named,
            ([], 1, _) => format!("{named}, alone"),
            ([], ..) => format!("{named}, each alone"),
            (some, 0, _) => {
                let is_one = some.len() == 1 && some[0].starts_with("1 ");
                format!("{} by {} links alone", format::listed(some), if is_one { "its" } else { "their" })
            }
            ([one], _, 0) => format!("{named}, {one}"),
            (some, _, 0) => format!("{named}: {}", format::listed(some)),
            (some, _, alone) => {
                let alone = format!("{} alone", format::counted(alone, "cache"));
                let all: Vec<String> = some.iter().cloned().chain([alone]).collect();
                format!("{named}: {}", format::listed(&all))
            }
        }
    }

    /// What runs, and the months of what runs and of the plans; then what these sums hold, as the portfolio says it of the plans.
    fn summary(&self) -> (String, Vec<String>) {
        let priced = self.deployments().filter_map(|(planned, row)| {
            let unheld = planned.draft.unheld.as_deref();
            Some(Priced { row: row?, unheld, is_least: self.is_least(planned) })
        });
        let running = Running::of(priced);
        let currency = self.catalog.currency();
        let counted = self.counted();
        let plans = totals(self.rows);
        let mut sums = plans.sentences(currency);
        if running.rows.is_empty() || running.holds(currency).is_none() && running.is_known() {
            let first = sums.remove(0);
            return (format!("{counted}. {first}"), sums);
        }
        let runs = match running.words(currency) {
            Ok(runs) => format!("{counted}. What runs costs {runs}."),
            Err(why) => return (format!("{counted}. No month: {why}."), Vec::new()),
        };
        if running.is_of_the_plans() {
            sums.remove(0);
            return (runs, sums);
        }
        let has_month = plans.without_bill < plans.plans;
        let [noun, cost] = if plans.plans == 1 { ["plan", "costs"] } else { ["plans", "cost"] };
        let planned = format!(" The {noun} {cost} {} a month.", plans.amount(currency));
        (format!("{runs}{}", if has_month { planned } else { String::new() }), sums)
    }

    /// True where no file has size or region of a cache that runs, or a plan no place for it: what is known of its month is the least.
    fn is_least(&self, planned: &Planned) -> bool {
        let caches = &self.read.facts.caches;
        let is_open = |it: &Member| caches.get(&it.key).is_none_or(|it| it.size.is_none());
        let members = &planned.deployment.members;
        let is_part = planned.draft.plan.regions.len() < members.len();
        planned.draft.unheld.is_some() && (is_part || members.iter().any(is_open))
    }

    /// A month of the nodes that run, where every one is known and has a price.
    fn today<'b>(&self, planned: &Planned, row: Option<&'b PlanRow>) -> Option<&'b Total> {
        let is_pair = planned.deployment.kind == Kind::Pair;
        row?.today.as_ref().filter(|it| it.is_complete() && !is_pair && !self.is_least(planned))
    }

    fn cells(&self, planned: &Planned, member: &Member, row: Option<&PlanRow>, first: bool) -> [String; 13] {
        let facts = &self.read.facts;
        let cache = facts.caches.get(&member.key);
        let of = |quantity| measured(facts, &member.key, quantity).and_then(Result::ok);
        let name = if first { planned.draft.plan.name.clone() } else { String::new() };
        [
            name,
            member.shown(),
            link::role(facts, member),
            link::state(facts, &planned.deployment, member),
            member.location.as_deref().map_or_else(unknown, |it| region_name(it, self.catalog).to_owned()),
            cache.map_or_else(unknown, size),
            cache.map_or_else(|| "not in the files".to_owned(), state),
            shown(of(Quantity::Fill).as_ref(), |it| format::percent(Ratio::percent(it.peak))),
            shown(of(Quantity::Lag).as_ref(), |it| format::duration(Secs::secs(it.peak))),
            if first { self.month(planned, row) } else { NONE.to_owned() },
            cache.and_then(|it| self.retires(it.tier?)).map_or_else(|| NONE.to_owned(), |day| day.to_string()),
            own_findings(if first { &planned.findings } else { &[] }),
            row.map_or_else(|| NONE.to_owned(), |row| cells(row, self.catalog.currency())[7].clone()),
        ]
    }

    fn month(&self, planned: &Planned, row: Option<&PlanRow>) -> String {
        let unheld = planned.draft.unheld.as_ref();
        let shown = month(row, unheld.is_some(), self.is_least(planned), self.catalog.currency());
        // What has no price says so itself.
        let why = unheld.filter(|_| !shown.contains(": "));
        why.map_or(shown.clone(), |why| format!("{shown}: {why}"))
    }

    /// The last day of a tier, where it has one.
    fn retires(&self, tier: Tier) -> Option<Date> {
        let service = match tier {
            Tier::Managed => return None,
            Tier::Enterprise | Tier::EnterpriseFlash => Service::Enterprise,
            Tier::Basic | Tier::Standard | Tier::Premium => Service::Premium,
        };
        self.catalog.lifecycle_event(service, LifecycleEvent::Retired).map(|it| it.date)
    }

    fn findings(&self) -> Section {
        let of = |name: &str, it: &Finding| Row::of([it.severity.word(), it.id, name, &it.says, &it.do_next]);
        let whole = self.estate.findings.iter().map(|it| ("the files", it));
        let each = self.estate.planned.iter();
        let each =
            each.flat_map(|planned| planned.findings.iter().map(move |it| (planned.draft.plan.name.as_str(), it)));
        let mut all: Vec<(&str, &Finding)> = whole.chain(each).collect();
        // What blocks comes first, whoever has it.
        all.sort_by_key(|it| it.1.severity);
        let rows: Vec<Row> = all.into_iter().map(|(name, it)| of(name, it)).collect();
        let says = if rows.is_empty() { "Nothing was found." } else { "What the files prove or contradict." };
        Section::new("estate-findings", "Findings on what is deployed", says).with(Block::Table(Table {
            id: "estate-findings",
            name: "Findings on what is deployed".to_owned(),
            columns: ["Severity", "Finding", "Deployment", "What holds", "Basis and next step"]
                .map(Column::text)
                .into(),
            rows,
        }))
    }

    fn evidence(&self) -> Section {
        let rows = self.estate.planned.iter().flat_map(|planned| {
            let name = planned.draft.plan.name.clone();
            planned.draft.evidence.iter().map(move |it| Row::of([name.as_str(), it.field, &it.value, &it.from]))
        });
        Section::new("estate-evidence", "Evidence", "What each field of a plan is based on.").with(Block::Table(
            Table {
                id: "estate-evidence",
                name: "Evidence of the plans’ fields".to_owned(),
                columns: ["Deployment", "Field", "Value", "Based on"].map(Column::text).into(),
                rows: rows.collect(),
            },
        ))
    }

    fn unknown(&self) -> Section {
        let rows = self.estate.planned.iter().flat_map(|planned| {
            let name = planned.draft.plan.name.clone();
            planned.draft.unknown.iter().map(move |it| Row::of([name.as_str(), it.field, &it.why]))
        });
        Section::new("estate-unknown", "Unknown", "What no file shows; the plans have assumptions in these fields.")
            .with(Block::Table(Table {
                id: "estate-unknown",
                name: "Fields that no file shows".to_owned(),
                columns: ["Deployment", "Field", "What is missing"].map(Column::text).into(),
                rows: rows.collect(),
            }))
    }

    /// What was not read, and what was passed over in files that were; `None` where that is nothing.
    fn not_read(&self) -> Option<Section> {
        let lines: Vec<String> = self.read.unread.iter().chain(&self.read.remarks).cloned().collect();
        let says = "These files, or parts of them, are in no figure.";
        (!lines.is_empty()).then(|| Section::new("estate-not-read", "Not read", says).with(Block::list(lines)))
    }
}

const HEAD: [&str; 13] = [
    "Deployment",
    "Cache",
    "Role",
    "Link",
    "Region",
    "Size",
    "State",
    "Peak fill",
    "Peak lag",
    "A month",
    "Retires",
    "Findings",
    "Rules",
];

/// Columns of [`HEAD`] that hold figures.
const FIGURES: std::ops::RangeInclusive<usize> = 7..=9;

fn unknown() -> String {
    "unknown".to_owned()
}

/// `Premium_P2 × 3`.
fn size(cache: &crate::estate::Cache) -> String {
    match (&cache.size, cache.shards.filter(|shards| *shards > 1)) {
        (Some(size), Some(shards)) => format!("{size} × {shards}"),
        (Some(size), None) => size.clone(),
        (None, _) => unknown(),
    }
}

/// The state of the resource where it has one, else that of its last change; of code that nothing shows to run, that.
fn state(cache: &crate::estate::Cache) -> String {
    let said = cache.resource_state.clone().or_else(|| cache.state.clone());
    said.unwrap_or_else(|| if cache.deployed.is_none() { "in code alone".to_owned() } else { unknown() })
}

fn shown(measured: Option<&Measured>, show: impl Fn(&Measured) -> String) -> String {
    measured.map_or_else(|| NONE.to_owned(), show)
}

/// "EST-ALERT, EST-LAG".
fn own_findings(findings: &[Finding]) -> String {
    let mut ids: Vec<&str> = findings.iter().map(|it| it.id).collect();
    ids.dedup();
    if ids.is_empty() { NONE.to_owned() } else { ids.join(", ") }
}
