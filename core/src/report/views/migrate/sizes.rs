//! The size that follows: by the published mapping, by need, and why they differ.

use super::super::Subject;
use crate::model::Topology;
use crate::model::migration::{Differs, Migration, Need};
use crate::report::chart::migration_sizes_chart;
use crate::report::document::{Block, Column, Row, Section, Table, Text};
use crate::units::{Ratio, format};
use crate::words::misfit::misfits;

/// Both sizes, the family, and what clients meet.
#[must_use]
pub fn sizes_section(subject: Subject, moved: &Migration) -> Section {
    Section::new("migrate-sizes", "Sizes", says(moved))
        .opened_by(migration_sizes_chart(moved, subject.catalog))
        .with(Block::Table(table(subject, moved)))
        .with(Block::details("Why they differ, and which family", reasons(subject, moved)))
        .with(Block::details("What changes for clients", vec![Block::Table(changes(moved))]))
}

/// "M50 replaces P3: the mapping gives B20, the need is B50; M50 is the cheapest of all families that meets the targets." and why; of a design
/// that waits for the end of the old service that all is for the load of its move.
fn says(moved: &Migration) -> Text {
    let likely = moved.sizes.needs.get(moved.sizes.needs.len() / 2);
    let need = likely.and_then(|need| need.sku.as_ref()).map_or("no size", |id| id.short());
    let new = moved.design.caches.first().map_or(need, |cache| cache.sku.short());
    let (by, why) = match (&moved.sizes.mapped, moved.sizes.differs) {
        (Some(_), Differs::Same) if !moved.sizes.passed_over.is_empty() => {
            (format!("{need} is the need, and the larger size of the mapping"), offered(moved).unwrap_or_default())
        }
        (Some(_), Differs::Same) => (format!("{need} is what the mapping and the need give"), String::new()),
        (Some(mapped), _) => (format!("the mapping gives {}, the need is {need}", mapped.short()), why(moved)),
        (None, _) => (format!("the need is {need}, and no mapping has a row for it"), String::new()),
    };
    let own = match (new == need, moved.design.sku_derived) {
        (true, _) => String::new(),
        _ if moved.waits.is_some() => format!("; {new} is what the months ahead have by then (M-10)"),
        (false, true) => format!("; {new} is the cheapest of all families that meets the targets"),
        (false, false) => format!("; the plan gives {new}"),
    };
    let when = moved
        .waits
        .as_ref()
        .map_or_else(String::new, |it| format!(" Sized for the load at its move, by {}.", it.until));
    format!("{new} replaces {}: {by}{own}.{when} {why}", moved.running.size.words()).trim_end().into()
}

/// "The mapping offers B20 or B50. B20 may hold 14.4 GB …; the data needs 15.4 GB. So B50 is taken." `None` where it offers one size, or the
/// smaller is taken.
fn offered(moved: &Migration) -> Option<String> {
    let row = moved.sizes.row.as_ref().filter(|_| !moved.sizes.passed_over.is_empty())?;
    let (smaller, larger) = (row.to.short(), row.also.as_ref()?.short());
    let (lacks, group) = (misfits(&moved.sizes.passed_over), moved.target == Topology::Active);
    let plain = if group { "Without the CRDT factor: " } else { "" };
    Some(format!("The mapping offers {smaller} or {larger}. {plain}{lacks} So {larger} is taken."))
}

/// Which quantity makes mapping and need differ, with its figures.
fn why(moved: &Migration) -> String {
    let (sizes, old) = (&moved.sizes, format::bytes(moved.running.memory));
    let likely = sizes.needs.get(sizes.needs.len() / 2);
    let asked = likely.map_or_else(String::new, |need| format::bytes(need.asked));
    match sizes.differs {
        Differs::OldSizeRoomy => {
            format!("The mapping counts the {old} of what runs; the data asks for at least {asked}.")
        }
        Differs::CrdtFactor => {
            let factor = likely.and_then(|need| need.factor).map_or_else(String::new, format::number);
            format!(
                "The mapping counts the {old} of what runs; the data × CRDT factor {factor} asks for at least {asked} (R1)."
            )
        }
        Differs::Load if !sizes.lacks.is_empty() => format!("For the mapped size: {}", misfits(&sizes.lacks)),
        Differs::Family => format!("Both have the same memory. {}", family(moved)),
        other => other.words().to_owned(),
    }
}

/// Which family the load asks for.
fn family(moved: &Migration) -> String {
    let family = &moved.sizes.family;
    let load = family.load.map_or_else(
        || "no published throughput of it tells its load (D4: Balanced when unsure)".to_owned(),
        |load| format!("the peak needs {} of its planned throughput (Z2)", format::percent(load)),
    );
    format!(
        "{}: the data fills {} of what runs, and {load}.",
        family.family.name(),
        format::percent(Ratio::fraction(family.memory.as_fraction()))
    )
}

fn table(subject: Subject, moved: &Migration) -> Table {
    let row = |name: String, size: String, memory: String, from: String| Row::of([name, size, memory, from]);
    let running = &moved.running;
    let derived = if running.derived { "derived: enter the size of the primary" } else { "the plan" };
    let mut rows =
        vec![row("Runs today".to_owned(), running.size.words(), format::bytes(running.memory), derived.to_owned())];
    let memory = |id| subject.catalog.sku(id).map_or_else(String::new, |sku| format::bytes(sku.memory));
    if let Some(found) = &moved.sizes.row {
        for id in found.sizes() {
            let which = match &found.also {
                None => "",
                Some(larger) if larger == id => ", the larger",
                Some(_) => ", if the month's peak fits",
            };
            let used = if moved.sizes.mapped.as_ref() == Some(id) { ": taken" } else { "" };
            rows.push(row(format!("Mapping{which}{used}"), id.short().to_owned(), memory(id), found.source.clone()));
        }
    }
    rows.extend(moved.sizes.needs.iter().map(needed));
    if let Some(cache) = moved.design.caches.first() {
        let name = cache.sku.short().to_owned();
        let from = match (&moved.waits, moved.design.sku_derived) {
            (Some(_), _) => "the months ahead, at its move (M-10)",
            (None, true) => "the cheapest that meets the targets (M-17)",
            (None, false) => "as the plan gives it",
        };
        rows.push(row("The plan's design".to_owned(), name, memory(&cache.sku), from.to_owned()));
    }
    Table {
        id: "migrate-sizes",
        name: "Sizes".to_owned(),
        columns: vec![
            Column::names(""),
            Column::text("Size"),
            Column::figures("Memory"),
            Column::text("From").wide_only(),
        ],
        rows,
    }
}

fn needed(need: &Need) -> Row {
    let name =
        need.factor.map_or_else(|| "Need".to_owned(), |factor| format!("Need, CRDT × {}", format::number(factor)));
    let Some(sku) = &need.sku else {
        return Row::of([name, "none fits".to_owned(), String::new(), format::bytes(need.asked)]);
    };
    let preview = if need.preview { ", in preview" } else { "" };
    let asked = format!("at least {}{preview}", format::bytes(need.asked));
    Row::of([name, sku.short().to_owned(), format::bytes(need.memory), asked])
}

fn reasons(subject: Subject, moved: &Migration) -> Vec<Block> {
    let mut lines: Vec<String> = offered(moved).into_iter().collect();
    if lines.is_empty() || moved.sizes.differs != Differs::Same {
        lines.push(moved.sizes.differs.words().to_owned());
    }
    lines.push(family(moved));
    if !moved.sizes.lacks.is_empty() {
        lines.push(misfits(&moved.sizes.lacks));
    }
    if moved.running.alike > 1 {
        let alike = format::count(f64::from(moved.running.alike));
        lines.push(format!("The mapping is for one of {alike} caches; the need is of all the data."));
    }
    if subject.plan.passive.persistence {
        lines.push("A group keeps no snapshot: persistence ends with the move (S3).".to_owned());
    }
    vec![Block::list(lines)]
}

fn changes(moved: &Migration) -> Table {
    let row = |change: &crate::model::migration::ClientChange| {
        let (what, how) = change.row();
        Row::of([what, how])
    };
    Table {
        id: "migrate-clients",
        name: "What changes for clients".to_owned(),
        columns: vec![Column::names("What"), Column::text("With Azure Managed Redis")],
        rows: moved.changes.iter().map(row).collect(),
    }
}
