//! What leaves a portfolio: a table, JSON, FOCUS rows, a document.

mod json;

pub use json::{json, moves_json};

use crate::catalog::Catalog;
use crate::evaluate::evaluate_unread;
use crate::model::cost::Total;
use crate::model::rpo::Shown;
use crate::model::verdict::Objective;
use crate::portfolio::{
    Cheapest, Entry, Portfolio, Row, Share, TagKeys, Tags, each, no_shares, rounding, shares, tag_keys, tag_text,
};
use crate::report::document::{self, Block, Column, Document, Section, Table};
use crate::report::focus::{Stamp, file, header, left_out_note};
use crate::report::tags::{tag_name, tag_value};
use crate::report::views::portfolio::{not_read, plans, plans_table, says_of_tags, summary, unsaid, waves};
use crate::report::words::size;
use crate::units::format;
use crate::units::quote::csv_cell;
use crate::units::{Currency, Date, Secs};
use std::sync::Arc;

/// Columns of [`csv`] before the tags.
const COLUMNS: [&str; 24] = [
    "plan",
    "topology",
    "chosen_by",
    "monthly",
    "list_monthly",
    "currency",
    "rpo_p95_s",
    "rto_p95_s",
    "blocking",
    "warnings",
    "infos",
    "unpriced_lines",
    "monthly_is",
    "missing_prices",
    "cheapest_topology",
    "cheapest_size",
    "cheapest_monthly",
    "cheapest_term_years",
    "rpo_shown_s",
    "met_unshown",
    "cheapest_met_unshown",
    "term_years",
    "misses",
    "today_monthly",
];

/// A row a plan with exact amounts, which add up to the total (to a lower bound where `monthly_is` says “at least”), and times in
/// seconds, then a column `tag:key` for each key; absent is empty, and text that a spreadsheet would run starts with an apostrophe.
/// Where there are more than [`MAX_TAG_KEYS`] keys, the tags of the others stand together in a last column `other_tags`.
#[must_use]
pub fn csv(rows: &[Row], currency: Currency) -> String {
    let entries: Vec<_> = rows.iter().map(|row| Arc::clone(&row.entry)).collect();
    let TagKeys { keys, left_out } = tag_keys(&entries);
    let heads = COLUMNS.iter().map(|name| (*name).to_owned()).chain(keys.iter().map(|key| format!("tag:{key}")));
    let others = (left_out > 0).then(|| "other_tags".to_owned());
    let mut text = record(heads.chain(others));
    for row in rows {
        let tags = keys.iter().map(|key| csv_cell(row.entry.tag(key).unwrap_or_default()));
        let others = (left_out > 0).then(|| csv_cell(&tag_text(&other_tags(row, &keys))));
        text.push_str(&joined(fields(row, currency).into_iter().chain(tags).chain(others)));
    }
    text
}

/// The tags of a row that have no column of their own.
fn other_tags(row: &Row, keys: &[String]) -> Tags {
    row.entry.tags.iter().filter(|(key, _)| keys.binary_search(key).is_err()).cloned().collect()
}

fn fields(row: &Row, currency: Currency) -> [String; 24] {
    let money =
        |total: &Option<Total>| total.as_ref().map_or_else(String::new, |it| format::exact(it.at_least().as_decimal()));
    let secs = |time: Option<Secs>| time.map_or_else(String::new, |it| format!("{:.3}", it.as_secs()));
    let cheapest = |of: &dyn Fn(&Cheapest) -> String| row.cheapest.as_ref().map_or_else(String::new, of);
    let [blocks, warnings, infos] = row.findings.map(|count| count.to_string());
    [
        csv_cell(&row.entry.plan.name),
        row.topology.map_or("", crate::model::Topology::slug).to_owned(),
        chosen_by(row).to_owned(),
        money(&row.monthly),
        money(&row.list),
        currency.to_string(),
        secs(row.rpo),
        secs(row.rto),
        blocks,
        warnings,
        infos,
        row.unpriced_lines.to_string(),
        row.monthly.as_ref().map_or("", |it| if it.is_complete() { "complete" } else { "at least" }).to_owned(),
        csv_cell(&row.monthly.as_ref().and_then(Total::why).unwrap_or_default()),
        cheapest(&|it| it.topology.slug().to_owned()),
        cheapest(&|it| size(&it.size, it.topology)),
        cheapest(&|it| format::exact(it.monthly.as_decimal())),
        cheapest(&|it| it.term.map_or_else(String::new, |term| term.years().to_string())),
        secs(shown_secs(row)),
        names(&row.unshown),
        cheapest(&|it| names(&it.unshown)),
        row.entry.plan.pricing.reservation.map_or_else(String::new, |term| term.years().to_string()),
        row.misses.iter().map(|it| it.name()).collect::<Vec<_>>().join("; "),
        money(&other_today(row)),
    ]
}

/// A month of all that runs today, where the plan is of another design.
fn other_today(row: &Row) -> Option<Total> {
    row.today.clone().filter(|it| it.is_complete() && row.plans_another() && !row.is_part_today())
}

/// What can be shown of the RPO: the figure itself, or the grain of the metrics; `None` where nothing shows it.
fn shown_secs(row: &Row) -> Option<Secs> {
    match row.rpo_shown {
        Shown::Itself => row.rpo,
        Shown::ByMetrics(grain) => row.rpo.map(|_| grain),
        Shown::Nothing => None,
    }
}

/// "RPO"; empty where every target that is met can be shown.
fn names(targets: &[Objective]) -> String {
    targets.iter().map(|it| it.name()).collect::<Vec<_>>().join(" ")
}

fn chosen_by(row: &Row) -> &'static str {
    match (row.entry.topology, row.open.is_empty()) {
        (Some(_), _) => "portfolio",
        (None, true) => "recommendation",
        (None, false) => "open: no price",
    }
}

fn record(cells: impl Iterator<Item = String>) -> String {
    joined(cells.map(|cell| csv_cell(&cell)))
}

fn joined(cells: impl Iterator<Item = String>) -> String {
    let mut text = cells.collect::<Vec<_>>().join(",");
    text.push_str("\r\n");
    text
}

/// Totals in words, shares by every tag, the plans, and what could not be read.
#[must_use]
pub fn document(portfolio: &Portfolio, rows: &[Row], catalog: &Catalog) -> Document {
    let currency = catalog.currency();
    let keys = tag_keys(&portfolio.entries);
    let tags = keys
        .keys
        .iter()
        .fold(Section::new("portfolio-tags", "By tag", says_of_tags(rows, &keys, currency)), |section, key| {
            by_tag(section, rows, key, catalog)
        });
    let title = format!("Portfolio of {}", format::counted(portfolio.entries.len(), "plan"));
    let every: Vec<usize> = (0..rows.len()).collect();
    let plans = plans(rows, &every, currency).with(Block::Table(plans_table(rows, &every, catalog)));
    let mut sections = vec![summary(rows, portfolio.entries.len(), None, currency), tags];
    sections.extend(waves(rows, None, None, currency));
    sections.push(plans);
    sections.extend(not_read(portfolio));
    Document { title, opening: Vec::new(), sections }
}

/// The moves of a portfolio to Azure Managed Redis (M-18), from a day and at a pace; what could not be read.
#[must_use]
pub fn moves(
    portfolio: &Portfolio,
    rows: &[Row],
    from: Option<Date>,
    most: Option<u32>,
    currency: Currency,
) -> Document {
    let none = || {
        let none = Section::new(
            "portfolio-waves",
            "Moves to Azure Managed Redis",
            "No plan is known to have anything to move.",
        );
        unsaid(rows).map(Block::remark).into_iter().fold(none, Section::with)
    };
    let section = waves(rows, from, most, currency).unwrap_or_else(none);
    let title = format!("Moves of {} to Azure Managed Redis", format::counted(portfolio.entries.len(), "plan"));
    Document { title, opening: Vec::new(), sections: [section].into_iter().chain(not_read(portfolio)).collect() }
}

/// What the plans cost by the values of a tag.
fn by_tag(section: Section, rows: &[Row], key: &str, catalog: &Catalog) -> Section {
    let part = |part: &Share| {
        let plans = format::counted(part.plans, "plan");
        let value =
            part.value.as_ref().map_or_else(|| "without the tag".to_owned(), |value| tag_value(key, value, catalog));
        document::Row::of([value, part.amount(catalog.currency(), format::money), part.percent(), plans])
    };
    let parts = shares(rows, key);
    let table = Table {
        id: "portfolio-tag",
        name: format!("By {}", tag_name(key)),
        columns: vec![
            Column::names(tag_name(key)),
            Column::figures("A month"),
            Column::figures("Share"),
            Column::figures("Plans"),
        ],
        rows: parts.iter().map(part).collect(),
    };
    let said = rounding(&parts).into_iter().chain(no_shares(&parts)).map(Block::remark);
    said.fold(section.with(Block::Heading(format!("By {key}").into())).with(Block::Table(table)), Section::with)
}

/// The FOCUS file of a portfolio, made in chunks: the rows of each plan's topology that counts, with its tags and bands, as in the
/// plan's own file.
#[derive(Debug, Clone, PartialEq)]
pub struct FocusText {
    /// The file so far.
    pub text: String,
    /// Bill lines without an amount so far, which no row stands for.
    pub left_out: u32,
    /// Plans so far of which the file has no row: no topology is possible, or no line has a price.
    pub without_bill: usize,
    done: usize,
    date: Date,
    version: String,
}

impl FocusText {
    /// A file with its header alone; the date is the day on which it is made.
    #[must_use]
    pub fn new(catalog: &Catalog, date: Date) -> Self {
        Self { text: header(), left_out: 0, without_bill: 0, done: 0, date, version: catalog.model_version() }
    }

    /// Adds the next plans, at most `chunk`; true when all are in the file.
    pub fn advance(&mut self, portfolio: &Portfolio, catalog: &Catalog, chunk: usize) -> bool {
        let left = portfolio.entries.get(self.done..).unwrap_or_default();
        let next = &left[..chunk.min(left.len())];
        for records in each(next, |entry| self.records(entry, catalog)) {
            match records {
                Some((records, left_out)) => {
                    self.left_out = self.left_out.saturating_add(left_out);
                    self.text.push_str(&records);
                }
                None => self.without_bill += 1,
            }
        }
        self.done += next.len();
        self.done >= portfolio.entries.len()
    }

    /// What is said of a file of `plans` plans that was saved: what it lacks, and what a forecast is.
    #[must_use]
    pub fn says(&self, plans: usize) -> String {
        let left_out = self.left_out_note().unwrap_or_else(|| "Every line is in the file.".to_owned());
        format!(
            "Saved the bills of {} with the columns of FOCUS 1.2. {left_out} This is a forecast: the columns conform, an \
             invoice will differ.",
            format::counted(plans, "plan")
        )
    }

    /// The rows of a plan, and how many lines of its bill have none; `None` without a bill.
    fn records(&self, entry: &Entry, catalog: &Catalog) -> Option<(String, u32)> {
        let evaluation = evaluate_unread(&entry.plan, catalog);
        let stamp = Stamp { date: self.date, tags: &entry.tags, version: &self.version };
        let (_, file) = file(&entry.plan, catalog, &evaluation, entry.topology, &stamp).ok()?;
        Some((file.records(), file.left_out))
    }

    /// What is not in the file, in a sentence: lines without a price, plans without a bill; `None` where nothing is missing.
    #[must_use]
    pub fn left_out_note(&self) -> Option<String> {
        let plans = format::counted(self.without_bill, "plan");
        let verb = if self.without_bill == 1 { "has" } else { "have" };
        let none = (self.without_bill > 0).then(|| format!("{plans} {verb} no bill and no row."));
        let said: Vec<String> = left_out_note(self.left_out).into_iter().chain(none).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// How many plans were looked at.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done
    }
}
