//! The move of one plan as a document, and as exact figures.

use super::super::Subject;
use super::{chosen, dates_section, moved, nothing, paths_section, runbook_sections, sizes_section};
use crate::catalog::SkuId;
use crate::codec::pretty_line;
use crate::model::cost::{MissingPrice, Total};
use crate::model::migration::{Figures, Gap, Loss, Migration, PathAnswer, PathKind};
use crate::report::document::{Block, Document};
use crate::report::runbook::Shell;
use crate::units::{Date, Range, Secs, format};
use serde_json::{Value, json};

/// Sizes, paths, dates and the runbook of a path: the one asked for, else the first.
///
/// # Errors
/// The path that was asked for does not apply; the sentence says why, and which paths apply.
pub fn document(
    subject: Subject,
    from: Option<Date>,
    path: Option<PathKind>,
    shell: Shell,
) -> Result<Document, String> {
    let title = format!("{}: move to Azure Managed Redis", subject.plan.name);
    let moved = match moved(subject, from) {
        Ok(moved) => moved,
        Err(why) => return Ok(Document { title, opening: Vec::new(), sections: vec![nothing(subject, why)] }),
    };
    refused(&moved, path).map_or(Ok(()), Err)?;
    let mut sections =
        vec![sizes_section(subject, &moved), paths_section(subject, &moved), dates_section(subject, &moved)];
    sections.extend(runbook_sections(subject, &moved, chosen(&moved, path), shell));
    let warning = "Enter the names of the old caches once, where the steps ask for them (OLD_NAME_…); times come from the model and its assumptions.";
    Ok(Document { title, opening: vec![Block::remark(warning)], sections })
}

fn refused(moved: &Migration, asked: Option<PathKind>) -> Option<String> {
    let answer = moved.path(asked?)?;
    let why = answer.outcome.as_ref().err()?;
    let others: Vec<&str> = moved.applying().map(|(path, _)| path.path.slug()).collect();
    Some(format!("--path {}: {} Choose one of: {}.", answer.path.slug(), why.words(), others.join(", ")))
}

/// The same as pretty JSON with exact figures: times in seconds, money as decimal text, what lacks a price as an object.
#[must_use]
pub fn json(subject: Subject, from: Option<Date>) -> String {
    let moved = match moved(subject, from) {
        Ok(moved) => moved,
        Err(why) => return pretty_line(&json!({ "plan": subject.plan.name, "nothing_to_move": why.words() })),
    };
    let needs = moved.sizes.needs.iter().map(|need| {
        json!({
            "crdt_factor": need.factor,
            "sku": need.sku.as_ref().map(SkuId::as_str),
            "asked_gb": need.asked.as_gb(),
            "preview": need.preview,
        })
    });
    let running = &moved.running;
    pretty_line(&json!({
        "plan": subject.plan.name,
        "runs": {
            "kind": running.kind,
            "sku": running.size.sku.as_str(),
            "units": running.units,
            "regions": running.caches.iter().map(|cache| cache.region.as_str()).collect::<Vec<_>>(),
            "service_ends": running.last_day,
            "nodes_month": total(&moved.old_month),
        },
        "target": {
            "topology": moved.target.slug(),
            "sku": moved.design.caches.first().map(|cache| cache.sku.as_str()),
            "nodes_month": total(&moved.new_month),
        },
        "sizes": {
            "family": moved.sizes.family.family,
            "mapping": moved.sizes.row.as_ref().map(|row| row.sizes().map(SkuId::as_str).collect::<Vec<_>>()),
            "mapping_source": moved.sizes.row.as_ref().map(|row| row.source.as_str()),
            "mapped": moved.sizes.mapped.as_ref().map(SkuId::as_str),
            "need": needs.collect::<Vec<_>>(),
            "differs": moved.sizes.differs.words(),
        },
        "first_choice": moved.first_choice().map(|path| path.path),
        "paths": moved.paths.iter().map(answer).collect::<Vec<_>>(),
        "clients": moved.changes,
    }))
}

fn answer(path: &PathAnswer) -> Value {
    match &path.outcome {
        Err(why) => json!({ "path": path.path, "applies": false, "why_not": why, "says": why.words() }),
        Ok(figures) => json!({
            "path": path.path,
            "applies": true,
            "asks_for": path.conditions,
            "figures": of(figures),
        }),
    }
}

fn of(figures: &Figures) -> Value {
    let at = &figures.schedule;
    json!({
        "no_second_copy_s": match figures.gap { Gap::Lasts(gap) => range(gap), Gap::NoneToday | Gap::ByDesign => Value::Null },
        "downtime_s": range(figures.downtime),
        "data_lost": figures.loss.words(),
        "writes_lost_s": match figures.loss { Loss::WritesOf(writes) => range(writes), _ => Value::Null },
        "side_by_side_s": figures.beside.as_secs(),
        "runs_twice": total(&figures.twice),
        "once": total(&figures.once),
        "prepare_days": at.prepare,
        "side_by_side_days": at.beside,
        "begin_by": at.latest,
        "late_by_days": at.late_by(),
    })
}

fn range(range: Range<Secs>) -> Value {
    json!([range.low.as_secs(), range.mode.as_secs(), range.high.as_secs()])
}

/// The exact amount; of a sum that lacks a price what is known of it, and what it lacks.
fn total(total: &Total) -> Value {
    let known = format::exact(total.at_least().as_decimal());
    if total.is_complete() {
        return known.into();
    }
    json!({ "at_least": known, "missing": total.missing().iter().map(MissingPrice::what).collect::<Vec<_>>() })
}
