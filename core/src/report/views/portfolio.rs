//! The open portfolio: totals, what could not be read, the month by a tag, the plans. About many plans, so it is in no list of views.

use crate::catalog::{Catalog, Service};
use crate::model::cost::Total;
use crate::model::migration::says_what_runs;
use crate::portfolio::waves::{self, Waves};
use crate::portfolio::{HEAD, Portfolio, Row as PlanRow, TagKeys, cells, totals};
use crate::report::chart::{Chart, portfolio_chart, waves_chart};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::tags::tag_pairs;
use crate::units::{Currency, Date, format};

/// Columns of [`HEAD`] that hold figures: from "A month" to "RTO P95".
/// The column of the tags.
const TAGS: usize = 1;

const FIGURES: std::ops::RangeInclusive<usize> = 3..=6;

/// What all plans add up to, in one sentence and a chart, the rest folded; before every one of `plans` is evaluated, how many are.
#[must_use]
pub fn summary(rows: &[PlanRow], plans: usize, shares: Option<Chart>, currency: Currency) -> Section {
    if rows.len() < plans {
        let done = format::count(rows.len() as f64);
        let says = format!("Evaluated {done} of {} …", format::counted(plans, "plan"));
        return Section::new("portfolio", "Portfolio", says);
    }
    let totals = totals(rows);
    let others = totals.others.says(currency);
    let mut more = if totals.plans == 0 { Vec::new() } else { totals.sentences(currency) };
    more.retain(|it| others.as_ref() != Some(it));
    Section::new("portfolio", "Portfolio", totals.headline(currency))
        .with_figure(shares)
        .with(Block::details("What the sums hold", vec![Block::list(more)]))
}

/// The entries of the file that could not be read, each with its reason; `None` where all were.
#[must_use]
pub fn not_read(portfolio: &Portfolio) -> Option<Section> {
    let says = "These entries are in no figure. Saving the portfolio writes them back as they were.";
    let entries = Block::list(portfolio.broken.iter().map(|entry| entry.message.clone()));
    (!entries.is_blank()).then(|| Section::new("portfolio-not-read", "Not read", says).with(entries))
}

/// The month of all plans by the values of one tag, below a sentence of its section; `None` where nothing of a month is known.
#[must_use]
pub fn share(rows: &[PlanRow], key: &str, keys: &TagKeys, catalog: &Catalog) -> Option<Chart> {
    let mut chart = portfolio_chart(rows, key, catalog)?;
    let said: String = std::mem::take(&mut chart.says).into_iter().map(|span| span.text).collect();
    let more = says_of_tags(rows, keys, catalog.currency());
    let parts = [said, std::mem::take(&mut chart.caption), more];
    chart.caption = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some(chart)
}

/// What a month by a tag does not show: tags that are left out, plans of another design than what runs.
pub(in crate::report) fn says_of_tags(rows: &[PlanRow], keys: &TagKeys, currency: Currency) -> String {
    let said = keys.says().into_iter();
    said.chain(totals(rows).others.says(currency)).collect::<Vec<_>>().join(" ")
}

/// When each plan moves to Azure Managed Redis, from a day and at a pace, or as [`waves::waves`] finds them (M-18); `None` where nothing
/// has to move.
#[must_use]
pub fn waves(rows: &[PlanRow], from: Option<Date>, most: Option<u32>, currency: Currency) -> Option<Section> {
    let waves = waves::waves(rows, from, most)?;
    let order = Block::details("The order of the moves", vec![Block::Table(order(rows, &waves))]);
    let how = Block::details("How they are ordered", vec![Block::list(how(&waves, most, currency))]);
    let section = Section::new("portfolio-waves", "Moves to Azure Managed Redis", "")
        .opened_by(waves_chart(&waves, currency))
        .with(Block::Table(deadlines(&waves)));
    let unsaid = unsaid(rows).map(Block::remark);
    let waiting = rows.iter().filter(|row| row.waits.is_some()).count();
    let waiting = (waiting > 0).then(|| {
        let plans = format::counted(waiting, "plan");
        Block::remark(format!(
            "By cost alone, {plans} would move at the end of what runs; the waves are even before it."
        ))
    });
    Some(unsaid.into_iter().chain(waiting).fold(section, Section::with).with(order).with(how))
}

/// So many plans are named at most.
const MOST_NAMED: usize = 5;

/// Plans that do not say what runs: what they would move, and by when, nobody knows. `None` where each says it.
pub(in crate::report) fn unsaid(rows: &[PlanRow]) -> Option<String> {
    let plans: Vec<&str> = rows
        .iter()
        .map(|row| &row.entry.plan)
        .filter(|plan| !says_what_runs(plan))
        .map(|plan| plan.name.as_str())
        .collect();
    let (named, others) = plans.split_at(plans.len().min(MOST_NAMED));
    let others = (!others.is_empty()).then(|| format::counted(others.len(), "other plan"));
    let names: Vec<&str> = named.iter().copied().chain(others.as_deref()).collect();
    (!plans.is_empty()).then(|| format!("In no move, because no input says what runs: {}.", format::listed(&names)))
}

fn deadlines(waves: &Waves) -> Table {
    let row = |end: &waves::Deadline| {
        let last = if end.last_begin == 0 {
            "too late".to_owned()
        } else {
            waves.from.plus_months(end.last_begin - 1).to_string()
        };
        let service = match end.service {
            Service::Enterprise => "Enterprise and Enterprise Flash",
            Service::Premium => "Basic, Standard and Premium",
        };
        let counts = [end.deployments, end.per_month].map(|count| format::count(count as f64));
        let [deployments, pace] = counts;
        Row::of([service.to_owned(), end.last_day.to_string(), deployments, pace, last])
    };
    Table {
        id: "portfolio-deadlines",
        name: "Moves by end of a service".to_owned(),
        columns: vec![
            Column::names("Service"),
            Column::text("Last day"),
            Column::figures("Deployments"),
            Column::figures("Moves a month"),
            Column::text("Last month to begin"),
        ],
        rows: waves.deadlines.iter().map(row).collect(),
    }
}

fn order(rows: &[PlanRow], waves: &Waves) -> Table {
    let row = |(at, month): &(usize, u32)| {
        let row = rows.get(*at)?;
        let moves = row.moves.as_ref()?;
        let begins = waves.from.plus_months(month.saturating_sub(1)).to_string();
        let late = if waves.late.contains(at) { ", too late" } else { "" };
        Some(Row::of([
            row.entry.plan.name.clone(),
            moves.kind.name().to_owned(),
            moves.last_day.to_string(),
            format!("{begins}{late}"),
            moves.path.name().to_owned(),
        ]))
    };
    Table {
        id: "portfolio-moves",
        name: "The order of the moves".to_owned(),
        columns: vec![
            Column::names("Plan"),
            Column::text("Runs today"),
            Column::text("Last day"),
            Column::text("Move begins"),
            Column::text("Path").wide_only(),
        ],
        rows: waves.order.iter().filter_map(row).collect(),
    }
}

/// Where the pace comes from, and whether it is enough.
fn pace(waves: &Waves, most: Option<u32>) -> String {
    let late = match waves.late.len() {
        0 => "nobody is late".to_owned(),
        count => format!("{} {} late", format::count(count as f64), if count == 1 { "is" } else { "are" }),
    };
    match (most, waves.late.is_empty()) {
        (Some(most), _) => format!("The pace is the given one, at most {most} a month: {late}."),
        (None, true) => format!("The pace is the lowest at which {late}."),
        (None, false) => format!("No pace is enough: {late} even where all begin in the first month that is left."),
    }
}

fn how(waves: &Waves, most: Option<u32>, currency: Currency) -> Vec<String> {
    let last = waves.months.last().map(waves::WaveMonth::total).unwrap_or_default();
    let first = waves.months.first().map(|month| month.old.clone() + &month.new).unwrap_or_default();
    let twice = waves.months.iter().map(|month| month.twice.clone()).sum::<Total>();
    vec![
        "The nearest end of a service first; then data that can be rebuilt before data that is held only here or is not said; then \
         the lower cost."
            .to_owned(),
        format!(
            "{} A move takes the preparation and the months side by side of its path; people’s hours are not in the chart.",
            pace(waves, most)
        ),
        format!(
            "Nodes cost {} in the first month and {} in the last; running twice costs {} in all.",
            first.words(currency),
            last.words(currency),
            twice.words(currency)
        ),
    ]
}

/// The plans at the places `found`, in that order; where those are not all, it opens with what they add up to.
#[must_use]
pub fn plans(rows: &[PlanRow], found: &[usize], currency: Currency) -> Section {
    let says = if found.len() == rows.len() {
        String::new()
    } else {
        totals(found.iter().filter_map(|at| rows.get(*at))).says(currency)
    };
    Section::new("portfolio-plans", "Plans", says)
}

/// The table of the plans at these places: name, tags, topology, month, targets, findings.
#[must_use]
pub fn plans_table(rows: &[PlanRow], found: &[usize], catalog: &Catalog) -> Table {
    let column = |(at, name): (usize, &&'static str)| {
        if FIGURES.contains(&at) { Column::figures(*name) } else { Column::text(*name) }
    };
    let shown = found.iter().filter_map(|at| rows.get(*at));
    let row = |row: &PlanRow| {
        let mut cells = cells(row, catalog.currency());
        cells[TAGS] = tag_pairs(&row.entry.tags, catalog);
        Row::of(cells)
    };
    Table {
        id: "portfolio-plans",
        name: "Plans of the portfolio".to_owned(),
        columns: HEAD.iter().enumerate().map(column).collect(),
        rows: shown.map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::portfolio::{Query, Rows, read, tag_keys, view};
    use crate::report::document::{is_one_sentence, plain};

    const EXAMPLE: &str = include_str!("../../../../public/portfolios/twelve-plans.json");

    #[test]
    fn twelve_plans() {
        let (catalog, portfolio) = (Catalog::bundled().unwrap(), read(EXAMPLE).unwrap());
        let (rows, keys) = (Rows::all(&portfolio, &catalog).rows, tag_keys(&portfolio.entries));
        let currency = catalog.currency();
        let found = view(&rows, &Query::default());
        let plans = plans(&rows, &found, currency).with(Block::Table(plans_table(&rows, &found, &catalog)));
        let share = share(&rows, "environment", &keys, &catalog).unwrap();
        let summary = summary(&rows, 12, Some(share), currency);
        assert!(is_one_sentence(&summary.says), "{}", summary.says.words());
        assert!(
            matches!(summary.blocks.as_slice(), [Block::Figure(_), Block::Details { .. }]),
            "one chart, the rest folded"
        );
        let says = summary.says.words().replace('\u{a0}', " ");
        assert!(says.starts_with("12 plans cost $") && says.contains(" a month; $"), "{says}");
        let said = plain("", &[summary, plans]);
        let all = totals(&rows).sentences(currency);
        assert!(all.len() > 2 && all.iter().all(|it| said.contains(&it.replace('\u{a0}', " "))), "{said}");
        assert!(said.contains("production"), "{said}");
        assert_eq!(said.matches("Checkout sessions").count(), 2, "a row each");
        assert_eq!(not_read(&portfolio), None);
    }

    #[test]
    fn what_is_not_evaluated_or_read_is_counted_and_named() {
        let text = r#"{"portfolio":1,"plans":[{"plan":{"name":"A"}},{"plan":{"name":"<b>"},"tags":{"a":1}}]}"#;
        let portfolio = read(text).unwrap();
        let currency = Catalog::bundled().unwrap().currency();
        let said = plain("", &[summary(&[], 1, None, currency), not_read(&portfolio).unwrap()]);
        assert!(said.contains("Evaluated 0 of 1 plan …"), "{said}");
        assert!(said.contains("Entry 2 (“<b>”): tags.a: 1 is no text"), "{said}");
    }

    /// A pair that is said to run moves; a plan that says nothing of what runs is named, and one where nothing runs is not.
    #[test]
    fn who_says_nothing_of_what_runs_is_named() {
        let catalog = Catalog::bundled().unwrap();
        let regions = r#""regions": [{"region": "westeurope", "users": 1.0, "writes": 1.0}, {"region": "northeurope", "users": 0.0, "writes": 0.0}]"#;
        let plan = |name: &str, exists: &str| {
            format!(
                r#"{{"plan": {{"name": "{name}", {regions}, "passive": {{"exists": "{exists}", "sku": "Premium_P1"}}}}}}"#
            )
        };
        let plans = [plan("runs", "yes"), plan("new", "no"), plan("open", "unknown")].join(",");
        let portfolio = read(&format!(r#"{{"portfolio": 1, "plans": [{plans}]}}"#)).unwrap();
        assert!(portfolio.broken.is_empty(), "{:?}", portfolio.broken);
        let rows = Rows::all(&portfolio, &catalog).rows;
        let text = plain("", &[waves(&rows, None, None, catalog.currency()).unwrap()]);
        assert!(text.contains("In no move, because no input says what runs: open."), "{text}");
        assert_eq!(unsaid(&rows[..2]), None);
        let many: Vec<PlanRow> = std::iter::repeat_n(rows[2].clone(), 7).collect();
        assert!(unsaid(&many).unwrap().ends_with("open, open and 2 other plans."), "{:?}", unsaid(&many));
    }
}
