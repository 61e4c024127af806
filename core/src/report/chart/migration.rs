//! A move to Azure Managed Redis as bars: sizes, downtime of paths, the time until the last day; and the cost of waves (M-18).

use super::spans::cut_at;
use super::{Axis, BarPlot, BarRow, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, says};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::fit::AMR_USABLE;
use crate::model::migration::Migration;
use crate::portfolio::waves::Waves;
use crate::units::{Bytes, Currency, Money, SECS_PER_DAY, SECS_PER_MONTH, Secs, format};

/// Advertised memory: what runs, the mapped size, the sizes by need. `None` where nothing follows.
#[must_use]
pub fn migration_sizes_chart(moved: &Migration, catalog: &Catalog) -> Option<Chart> {
    let memory = |id: &crate::catalog::SkuId| catalog.sku(id).map_or(Bytes::ZERO, |sku| sku.memory);
    let mapped =
        moved.sizes.mapped.iter().map(|id| ("by the mapping".to_owned(), id.short().to_owned(), memory(id), Ink::Warn));
    let need = moved.sizes.needs.iter().filter_map(|need| {
        let factor = need.factor.map_or_else(String::new, |factor| format!(", CRDT × {}", format::number(factor)));
        let name = need.sku.as_ref()?.short().to_owned();
        Some((format!("by need{factor}"), name, need.memory, Ink::Topology(moved.target)))
    });
    let today = ("runs today".to_owned(), moved.running.size.words(), moved.running.memory, Ink::Quiet);
    let all: Vec<(String, String, Bytes, Ink)> = [today].into_iter().chain(mapped).chain(need).collect();
    let most = all.iter().map(|(.., memory, _)| memory.as_bytes()).fold(0.0, f64::max);
    let row = |(label, size, memory, ink): &(String, String, Bytes, Ink)| BarRow {
        label: label.clone(),
        ink: *ink,
        pieces: vec![(size.clone(), memory.as_bytes())],
        whisker: Some((memory.as_bytes(), format!("{size}, {}", format::bytes(*memory)))),
        open: false,
    };
    (all.len() > 1).then(|| Chart {
        id: "migration-sizes",
        title: "Advertised memory of a cache: today, by the mapping, by need".to_owned(),
        says: Vec::new(),
        caption: format!(
            "Need: data × CRDT factor × fullest shard ÷ largest fill ÷ {AMR_USABLE}, of the family that the load asks for."
        ),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("advertised memory", Unit::Data, most * 1.02, 6),
            rows: all.iter().map(row).collect(),
            marks: Vec::new(),
        }),
        table: Table {
            head: ["", "Size", "Memory"].map(str::to_owned).into(),
            rows: all
                .iter()
                .map(|(label, size, memory, _)| vec![label.clone(), size.clone(), format::bytes(*memory)])
                .collect(),
        },
    })
}

/// Low, most likely and high downtime of every path that applies. `None` where none does.
#[must_use]
pub fn migration_paths_chart(moved: &Migration) -> Option<Chart> {
    let paths: Vec<_> = moved.applying().collect();
    let most = paths.iter().map(|(_, figures)| figures.downtime.high.as_secs()).reduce(f64::max)?;
    let texts = |time: crate::units::Range<Secs>| [time.low, time.mode, time.high].map(format::duration);
    let rows = paths.iter().map(|(path, figures)| BarRow {
        label: path.path.name().to_owned(),
        ink: Ink::Topology(moved.target),
        pieces: cut_at([figures.downtime.low, figures.downtime.mode, figures.downtime.high].map(Secs::as_secs)),
        whisker: Some((figures.downtime.high.as_secs(), texts(figures.downtime).join(" – "))),
        open: false,
    });
    Some(Chart {
        id: "migration-paths",
        title: "Downtime of a client by path".to_owned(),
        says: Vec::new(),
        caption: "Low, most likely and high; assumptions where no source has a figure.".to_owned(),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("downtime of a client", Unit::Time, most * 1.02, 6),
            rows: rows.collect(),
            marks: Vec::new(),
        }),
        table: Table {
            head: ["Path", "Low", "Most likely", "High"].map(str::to_owned).into(),
            rows: paths
                .iter()
                .map(|(path, figures)| {
                    [path.path.name().to_owned()].into_iter().chain(texts(figures.downtime)).collect()
                })
                .collect(),
        },
    })
}

/// The move of every path that applies, as late as it may begin, over the months from the day it is judged on.
#[must_use]
pub fn migration_dates_chart(moved: &Migration) -> Option<Chart> {
    let paths: Vec<_> = moved.applying().collect();
    let (_, first) = paths.first()?;
    let from = first.schedule.from;
    let month = |days: u32| f64::from(days) * SECS_PER_DAY / SECS_PER_MONTH;
    let last = month(from.days_until(first.schedule.last_day));
    let rows = paths.iter().map(|(path, figures)| {
        let at = &figures.schedule;
        let begins = month(from.days_until(at.latest));
        let label = if at.late_by() > 0 {
            format!("{} days too late", at.late_by())
        } else {
            format!("begin by {}", at.latest)
        };
        BarRow {
            label: path.path.name().to_owned(),
            ink: Ink::Topology(moved.target),
            pieces: cut_at([begins, (last - month(at.beside)).max(begins), last]),
            whisker: Some((last, label)),
            open: false,
        }
    });
    Some(Chart {
        id: "migration-dates",
        title: format!("The latest move of each path before {}", first.schedule.last_day),
        says: Vec::new(),
        caption: format!(
            "Months since {from}. Each bar: preparation, then old and new side by side, up to the service's last day. {} h of people are {} days.",
            format::count(f64::from(first.schedule.prepare) / 7.0 * crate::model::migration::HOURS_PER_WEEK),
            first.schedule.prepare
        ),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("months", Unit::Months, last.max(1.0), 8),
            rows: rows.collect(),
            marks: vec![Mark { at: last, vertical: true, label: "last day".to_owned(), ink: Ink::Bad, strong: true }],
        }),
        table: Table {
            head: ["Path", "Prepare", "Side by side, at most", "Latest day to begin", "Last day"]
                .map(str::to_owned)
                .into(),
            rows: paths
                .iter()
                .map(|(path, figures)| {
                    let at = &figures.schedule;
                    let days = |days: u32| format::counted(days as usize, "day");
                    let cells = [days(at.prepare), days(at.beside), at.latest.to_string(), at.last_day.to_string()];
                    [path.path.name().to_owned()].into_iter().chain(cells).collect()
                })
                .collect(),
        },
    })
}

/// What a portfolio's nodes cost month by month while it moves: old, new, and what runs twice. `None` where nothing moves.
#[must_use]
pub fn waves_chart(waves: &Waves, currency: Currency) -> Option<Chart> {
    let months = u32::try_from(waves.months.len()).ok()?.max(1);
    waves.months.first()?;
    let amount = |money: Money| money.as_f64_for_charts();
    let most = waves.months.iter().map(|month| amount(month.total().at_least())).fold(0.0, f64::max);
    let line = |label: &str, ink, of: &dyn Fn(&crate::portfolio::waves::WaveMonth) -> Money| Line {
        label: label.to_owned(),
        ink,
        points: waves.months.iter().map(|month| (f64::from(month.number), amount(of(month)))).collect(),
    };
    let lines = vec![
        line("all", Ink::Strong, &|month| month.total().at_least()),
        line("old", Ink::Quiet, &|month| month.old.at_least()),
        line("new", Ink::Topology(Topology::Active), &|month| month.new.at_least()),
        line("twice", Ink::Warn, &|month| month.twice.at_least()),
    ];
    let ends = waves.deadlines.iter().map(|end| Mark {
        at: f64::from(end.month),
        vertical: true,
        label: end.last_day.to_string(),
        ink: Ink::Bad,
        strong: false,
    });
    let row = |month: &crate::portfolio::waves::WaveMonth| {
        let cells = [&month.old, &month.new, &month.twice].map(|total| total.amount(currency));
        let begun = [month.number.to_string(), month.starts.to_string(), month.begin.len().to_string()];
        begun.into_iter().chain(cells).chain([month.total().amount(currency)]).collect()
    };
    Some(Chart {
        id: "migration-waves",
        title: "Nodes of the portfolio while it moves".to_owned(),
        says: says(["", &waves.words(), ""]),
        caption: "Nodes alone, pay as you go less the discount. “Twice”: old nodes beside their successors.".to_owned(),
        plot: Plot::Lines(vec![LinePlot {
            x: Axis::until(format!("months since {}", waves.from), Unit::Months, f64::from(months), 12),
            y: Axis::covering("cost of a month", Unit::Money(currency), most * 1.02, 5),
            lines,
            bands: Vec::new(),
            marks: ends.collect(),
        }]),
        table: Table {
            head: ["Month", "From", "Moves begun", "Old", "New", "Twice", "All"].map(str::to_owned).into(),
            rows: waves.months.iter().map(row).collect(),
        },
    })
}
