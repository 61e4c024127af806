//! When each path has to begin, what moving now or at the end costs, and what a reservation becomes.

use super::super::Subject;
use crate::catalog::Service;
use crate::model::Topology;
use crate::model::horizon::{Change, Horizon, Path, horizon};
use crate::model::migration::{Migration, PathAnswer};
use crate::report::chart::migration_dates_chart;
use crate::report::document::{Block, Column, Row, Section, Table, Text};
use crate::units::{Money, format};

/// The latest days, and the money behind the choice of the time.
#[must_use]
pub fn dates_section(subject: Subject, moved: &Migration) -> Section {
    let months = horizon(subject.plan, subject.catalog);
    Section::new("migrate-dates", "Dates", says(moved))
        .opened_by(migration_dates_chart(moved))
        .with(Block::Table(table(moved)))
        .with(Block::details("Now, or at the end of the service", vec![Block::list(when(subject, moved, &months))]))
        .with(Block::details("Reservations", vec![Block::list(reservations(subject, moved, &months))]))
}

fn says(moved: &Migration) -> Text {
    let (what, last) = (moved.running.kind.name(), moved.running.last_day);
    let first = moved.first_choice().or_else(|| moved.applying().next().map(|(path, _)| path));
    let Some((path, figures)) = first.and_then(|path| Some((path, path.figures()?))) else {
        return format!("The {what} ends on {last}, and no path applies.").into();
    };
    let (name, at) = (path.path.name().to_ascii_lowercase(), &figures.schedule);
    match at.late_by() {
        0 => format!("The {what} ends on {last}: {name} has to begin by {}.", at.latest).into(),
        late => {
            let days = format::counted(late as usize, "day");
            format!("The {what} ends on {last}, and {name} begins {days} too late.").into()
        }
    }
}

fn table(moved: &Migration) -> Table {
    let row = |path: &PathAnswer| {
        let at = &path.figures()?.schedule;
        let days = |days: u32| format::counted(days as usize, "day");
        let late = if at.late_by() > 0 {
            format!("{} too late", days(at.late_by()))
        } else {
            days(at.from.days_until(at.latest))
        };
        Some(Row::of([path.path.name().to_owned(), days(at.prepare), days(at.beside), at.latest.to_string(), late]))
    };
    Table {
        id: "migrate-dates",
        name: "The latest day to begin".to_owned(),
        columns: vec![
            Column::names("Path"),
            Column::figures("Prepare"),
            Column::figures("Side by side, at most"),
            Column::figures("Begin by"),
            Column::figures("Time left"),
        ],
        rows: moved.paths.iter().filter_map(row).collect(),
    }
}

/// The move in a path of the horizon, with its month.
fn step(path: &Path) -> Option<(u32, &Change)> {
    path.steps.iter().find_map(|step| match &step.change {
        change @ Change::Migration { .. } => Some((step.month, change)),
        _ => None,
    })
}

fn when(subject: Subject, moved: &Migration, months: &Horizon) -> Vec<String> {
    let currency = subject.catalog.currency();
    let target = months.of(moved.target);
    let name = moved.target.name().to_ascii_lowercase();
    let mut lines = vec![format!(
        "Over {} months the {name} with its move costs {} (M-10).",
        months.months,
        target.total().words(currency)
    )];
    if let Some((month, Change::Migration { otherwise: Some(other), ends, .. })) = step(target) {
        let other_moment = if ends.is_some() { "now" } else { "at the end of the service" };
        lines
            .push(format!("It moves in month {month}; {other_moment} the same months cost {}.", other.words(currency)));
    }
    let pair = months.of(Topology::Passive);
    if let (true, Some((month, _))) = (subject.plan.pair_runs(), step(pair)) {
        lines.push(format!(
            "Kept until it has to go, the pair moves in month {month}, and the same months cost {}.",
            pair.total().words(currency)
        ));
    }
    if moved.running.service == Service::Enterprise {
        lines.push(
            "After the last day two readings stand: caches are disabled (D6), or Microsoft moves them; a plan must not count on the \
             second."
                .to_owned(),
        );
    }
    lines
}

fn reservations(subject: Subject, moved: &Migration, months: &Horizon) -> Vec<String> {
    let (plan, currency) = (subject.plan, subject.catalog.currency());
    let mut lines = Vec::new();
    match plan.today.prepaid.filter(|paid| *paid > Money::ZERO) {
        Some(paid) => {
            let left = format::counted(plan.today.prepaid_months as usize, "month");
            let lost = step(months.of(moved.target)).and_then(|(_, change)| match change {
                Change::Migration { lost, .. } => Some(*lost),
                _ => None,
            });
            let lost = lost.map_or_else(String::new, |lost| {
                format!(" Of it {} is neither exchanged nor refunded.", format::money(lost, currency))
            });
            lines.push(format!("{} is prepaid and lasts {left}.{lost}", format::money(paid, currency)));
        }
        None => lines.push("The plan names no prepaid term of what runs.".to_owned()),
    }
    lines.push("A reservation can be exchanged or cancelled before the service ends (D6), in part too; what it is exchanged for is worth at least as much (Z10).".to_owned());
    if moved.running.service == Service::Enterprise {
        lines.push("Enterprise reservations end on 2027-03-30: exchange them before (D6).".to_owned());
    }
    lines.push("Bought after 2027-02-01, reservations that savings plans cover cannot be exchanged (Z11); Redis is in no such plan seen.".to_owned());
    lines
}
