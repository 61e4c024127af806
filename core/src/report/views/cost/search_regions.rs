//! The search over every allowed region (M-17): what was found, how far it is, or what it would do.

use super::super::Subject;
use super::search::{relaxed, search_sections};
use super::search_table::{Of, span_of, table};
use crate::explore::search::{Found, RegionsFound, Search};
use crate::model::horizon::OverHorizon;
use crate::report::document::{Block, Section, Style, Text};
use crate::report::price_doubt::second_best;
use crate::report::search::{design, paid, places};
use crate::report::verdict::cheapest;
use crate::stats::sample::Progress;
use crate::units::format;
use crate::words::shown::unshown;
use crate::words::waits::months;

/// What the search of the plan's own regions found, with that of every allowed region.
#[must_use]
pub fn searched_with_regions(subject: Subject, found: &Search, regions: &RegionsFound) -> Vec<Section> {
    let mut all = search_sections(subject, found);
    // The search that it is sent to stands below.
    let alone = subject.plan.elsewhere().is_none() && found.winner().is_none() && found.relaxation.is_none();
    let rest = all.first_mut().filter(|_| alone && found.missing.is_empty()).and_then(|own| {
        own.blocks.iter_mut().find_map(|block| if let Block::Paragraph(rest) = block { Some(rest) } else { None })
    });
    if let Some(rest) = rest {
        *rest = "Add a second region: see “In every allowed region”.".into();
    }
    all.insert(1, in_regions(subject, Some(regions), None));
    all
}

/// Every allowed region: what was found, how far the search is, or what it would do. Its table has a row for each design of
/// [`RegionsFound::shown`].
#[must_use]
pub fn in_regions(subject: Subject, found: Option<&RegionsFound>, progress: Option<Progress>) -> Section {
    let heading = "In every allowed region";
    let Some(found) = found else {
        let says = match progress {
            Some(Progress { done, trials }) => format!(
                "{} of {} placements are tried or left out.",
                format::count(f64::from(done)),
                format::count(f64::from(trials))
            ),
            None => "The search above keeps the plan's regions. This one tries every region that the plan allows: each rebuild, \
                     each pair in either order, each member that a group lacks."
                .to_owned(),
        };
        return Section::new("search-regions", heading, says);
    };
    let rows: Vec<&Found> = found.shown().collect();
    let none = found.best.iter().all(Vec::is_empty);
    let name = if none { "Nearest placement of each topology" } else { "Cheapest placements of each topology" };
    Section::new("search-regions", heading, regions_say(subject, found))
        .with(Block::Table(table("search-regions", name, &rows, subject, Of::Regions(found))))
        .with(Block::remark(regions_how(found)))
}

fn regions_how(found: &RegionsFound) -> String {
    let count = |number: usize| format::count(number as f64);
    let tried = if found.tried < found.placements {
        let others = format::others(found.placements - found.tried);
        format!(", {} tried: the nodes alone of {others} cost more than what was found", count(found.tried))
    } else {
        String::new()
    };
    let barred = if found.barred > 0 {
        format!(" {} pairs are not among them: this tenant may create no Premium cache (PAS-EOL).", count(found.barred))
    } else {
        String::new()
    };
    let unplaced = if found.unplaced > 0 {
        format!(" {} more would need a plan of over five regions.", count(found.unplaced))
    } else {
        String::new()
    };
    let order = if found.winner().is_none() {
        "Each row is the nearest of its topology, with the months that it has once the targets have moved."
    } else {
        "The order is that of the cost over the horizon, the way from what runs today in it."
    };
    format!(
        "{}{tried}. Users and writes stay where they are; a group keeps a member wherever people are. \
         {order}{barred}{unplaced}",
        format::counted(found.placements, "placement")
    )
}

fn regions_say(subject: Subject, found: &RegionsFound) -> Text {
    let currency = subject.catalog.currency();
    let Some(winner) = found.winner() else {
        return match found.relaxation() {
            Some(relaxation) => {
                let places = places(&relaxation.design.choice, subject.catalog);
                let months = subject.plan.horizon.months;
                relaxed("No placement meets every target.", relaxation, Some(&places), (months, currency))
            }
            None => "No placement gives a design that is free of blockers and has a figure for every target.".into(),
        };
    };
    let lossy = subject.evaluation.comparison.over.as_ref().is_some_and(OverHorizon::counts_loss);
    let (over, horizon) = (winner.over.filter(|_| winner.whole), subject.plan.horizon.months);
    let close = if found.too_close() { "Too close to call: " } else { "" };
    let [month, then] = months(&winner.design.month, winner.waiting.as_ref(), currency);
    let text = Text::from(close)
        .and(design(&winner.design.choice), Style::Strong)
        .then(format!(
            " in {}, {}, is {}{}: ",
            places(&winner.design.choice, subject.catalog),
            paid(&winner.design.choice),
            cheapest(lossy),
            unshown(&winner.design.unshown)
        ))
        .and(month, Style::Strong)
        .then(then)
        .then(over.map_or_else(String::new, |over| {
            format!(", {} over {}", format::money(over, currency), span_of(horizon, lossy))
        }))
        .then(".");
    match &found.doubt {
        Some((other, apart)) => {
            let name = format!(
                "the {} in {}",
                format::in_sentence(&design(&other.choice)),
                places(&other.choice, subject.catalog)
            );
            text.then(" ").then(second_best(&name, apart, horizon, currency))
        }
        None => text,
    }
}
