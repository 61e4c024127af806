//! The paths that apply, side by side, and why the others do not.

use super::super::{NONE, Subject};
use crate::model::migration::{Figures, Gap, Migration, PathAnswer};
use crate::report::chart::migration_paths_chart;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::units::{Currency, Money, Ratio, Secs, format};
use crate::words::total::no_price;

/// Every path with gap, downtime, loss and cost.
#[must_use]
pub fn paths_section(subject: Subject, moved: &Migration) -> Section {
    let currency = subject.catalog.currency();
    Section::new("migrate-paths", "Paths", says(moved))
        .opened_by(migration_paths_chart(moved))
        .with(Block::Table(table(moved, currency)))
        .with(Block::details("What each path asks for", vec![asked(moved)]))
        .with(Block::details("Paths that do not apply", vec![against(moved)]))
        .with(Block::details("How to read the figures", vec![Block::list(remarks(moved, currency))]))
}

fn says(moved: &Migration) -> Text {
    let Some(first) = moved.first_choice() else {
        let missing = no_price(moved.old_month.missing()).unwrap_or_else(|| "a price is missing".to_owned());
        return format!("The order of the paths is open: {missing}.").into();
    };
    let gap = first.figures().map(|figures| figures.gap);
    let kept = match gap {
        Some(Gap::Lasts(range)) if range.high <= Secs::ZERO => ": there is always a second copy, and ",
        Some(Gap::Lasts(_)) => ": there is no second copy for a while, and ",
        _ => ": ",
    };
    let away = first.figures().map_or_else(String::new, |figures| format::duration(figures.downtime.high));
    Text::styled(first.path.name(), Style::Strong)
        .then(format!(" comes first{kept}a client is away for {away} at most."))
}

fn table(moved: &Migration, currency: Currency) -> Table {
    Table {
        id: "migrate-paths",
        name: "Paths that apply".to_owned(),
        columns: vec![
            Column::names("Path"),
            Column::figures("No second copy"),
            Column::figures("Downtime of a client"),
            Column::text("Data lost"),
            Column::figures("Both run for"),
            Column::figures("Runs twice"),
            Column::figures("Once").wide_only(),
        ],
        rows: moved.applying().map(|(path, figures)| row(path, figures, currency)).collect(),
    }
}

fn row(path: &PathAnswer, figures: &Figures, currency: Currency) -> Row {
    Row::of([
        path.path.name().to_owned(),
        figures.gap.words(),
        format::duration_range(figures.downtime),
        figures.loss.words(),
        if figures.beside > Secs::ZERO { format::duration(figures.beside) } else { NONE.to_owned() },
        figures.twice.amount(currency),
        once(figures, currency),
    ])
}

/// "$14,400"; without a rate for people their hours are named in place of a sum that leaves them out.
fn once(figures: &Figures, currency: Currency) -> String {
    match (figures.once.is_without_staff(), figures.once.at_least() > Money::ZERO) {
        (false, _) => figures.once.amount(currency),
        (true, false) => "people’s hours, no rate".to_owned(),
        (true, true) => format!("{} and people’s hours, no rate", figures.once.amount(currency)),
    }
}

/// What a path does and asks for, each a list.
fn asked(moved: &Migration) -> Block {
    let line = |(path, _): (&PathAnswer, &Figures)| {
        let asks: Vec<&str> = path.conditions.iter().map(|it| it.words()).collect();
        Text::styled(format!("{}: ", path.path.name()), Style::Strong)
            .then(format!("{} {}", path.path.says(), asks.join(" ")).trim_end().to_owned())
    };
    Block::list(moved.applying().map(line))
}

fn against(moved: &Migration) -> Block {
    let line = |path: &PathAnswer| {
        let why = path.outcome.as_ref().err()?;
        Some(Text::styled(format!("{}: ", path.path.name()), Style::Strong).then(why.words()))
    };
    Block::list(moved.paths.iter().filter_map(line))
}

fn remarks(moved: &Migration, currency: Currency) -> Vec<String> {
    let months = |total: &crate::model::cost::Total| total.words(currency);
    let mut lines = vec![
        format!(
            "Nodes cost {} a month today and {} after the move, pay as you go less the discount.",
            months(&moved.old_month),
            months(&moved.new_month)
        ),
        "“Runs twice” is what the old nodes cost while their successors run: the months side by side of the horizon, or longer \
         where the path needs longer. “Once” is copies and people's hours."
            .to_owned(),
        "Paths are in the order of harm to data, time without a second copy, downtime, cost; a path with a missing price has no place."
            .to_owned(),
    ];
    if let (Some(old), Some(new)) = (moved.old_month.complete(), moved.new_month.complete())
        && old > Money::ZERO
    {
        let change = new.as_f64_for_charts() / old.as_f64_for_charts() - 1.0;
        let way = if change < 0.0 { "less" } else { "more" };
        lines.push(format!("The new nodes cost {} {way} a month.", format::percent(Ratio::fraction(change.abs()))));
    }
    if moved.applying().any(|(_, figures)| figures.once.is_without_staff()) {
        lines.push(crate::words::total::NO_HOURLY_RATE.to_owned());
    }
    lines
}
