//! How long the texts and lists of a plan may be, and what a text may hold: one row each.

use super::data::MAX_PART_NAME;
use super::error::FieldError;
use super::fields::each_row;
use super::site::{MAX_SITES, group_fault, word_fault};
use super::table::Kind;
use super::{MAX_NAME, MAX_PARTS, Plan};
use crate::units::format;
use crate::units::lines::{id_fault, line_fault};
use crate::units::quote::short;

/// Longest sentence of a story, in characters.
const MAX_SENTENCE: usize = 1_000;
/// Longest source of a calibration or a printed figure, in characters.
const MAX_SOURCE: usize = 200;

/// Field, its label, how many entries it has, and the most that it may have.
type Counted = (&'static str, &'static str, usize, usize);

/// Every list of a plan whose length no rule of its own bounds.
fn lists(plan: &Plan) -> [Counted; 13] {
    let story = &plan.story;
    let fitted = plan.calibration.as_ref().map_or(0, |known| known.fitted.len());
    [
        ("story.printed", "Printed facts", story.printed.len(), 100),
        ("story.assumed", "Assumed inputs", story.assumed.len(), 100),
        ("story.outcomes", "Printed outcomes", story.outcomes.len(), 100),
        ("story.unmodelled", "Outcomes without a model", story.unmodelled.len(), 100),
        ("workload.open", "Not known yet", plan.workload.open.len(), 3),
        ("data.parts", "Parts of the data", plan.data.parts.len(), MAX_PARTS),
        ("latency.round_trips", "Own round trips", plan.latency.round_trips.len(), 1_000),
        ("placement.areas", "Continents", plan.placement.areas.len(), 10),
        ("active.modules", "Modules", plan.active.modules.len(), 10),
        ("recovery.evidence", "Drills", plan.recovery.evidence.len(), 100),
        ("site.regions", "Names in each region", plan.site.regions.len(), MAX_SITES),
        ("pricing.overrides", "Own prices", plan.pricing.overrides.len(), 1_000),
        ("calibration", "Calibration", fitted, 6),
    ]
}

/// Lists that are too long. Nothing looks into a list that is named here.
pub(super) fn list_errors(plan: &Plan) -> Vec<FieldError> {
    let long = lists(plan).into_iter().filter(|(.., count, most)| count > most);
    let error = |(field, label, count, most): Counted| {
        let (count, most) = (format::count(count as f64), format::count(most as f64));
        FieldError::new(field, format!("{label}: the plan has {count} entries; enter at most {most}."))
    };
    long.map(error).collect()
}

/// Texts that are too long or cannot be printed, and names of regions and sizes that Azure cannot have.
///
/// The lists are of bounded length: see [`list_errors`].
pub(super) fn text_errors(plan: &Plan) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut id = |field: &str, what: &str, name: &str| {
        if let Some(fault) = id_fault(name) {
            errors.push(FieldError::new(field, format!("{what} “{}”: {fault}.", short(name))));
        }
    };
    for share in &plan.regions {
        id("regions", "Region", share.region.as_str());
    }
    if !plan.today.elsewhere.is_empty() {
        for region in plan.today_regions() {
            id("today.elsewhere", "Region of what runs today", region.as_str());
        }
    }
    for site in &plan.site.regions {
        id("site.regions", "Region of names", site.region.as_str());
    }
    for trip in &plan.latency.round_trips {
        id("latency.round_trips", "Region of a round trip", trip.a.as_str());
        id("latency.round_trips", "Region of a round trip", trip.b.as_str());
    }
    if let Some(lag) = &plan.passive.lag {
        id("passive.lag", "Region of the measured lag", lag.primary.as_str());
        id("passive.lag", "Region of the measured lag", lag.secondary.as_str());
    }
    for price in &plan.pricing.overrides {
        id("pricing.overrides", "Size of an own price", price.sku.as_str());
        id("pricing.overrides", "Region of an own price", price.region.as_str());
    }
    let sizes = [
        ("rebuild.sku", &plan.rebuild.sku),
        ("passive.sku", &plan.passive.sku),
        ("passive.secondary_sku", &plan.passive.secondary_sku),
        ("active.sku", &plan.active.sku),
    ];
    for (field, sku) in sizes {
        if let Some(sku) = sku {
            id(field, "Size", sku.as_str());
        }
    }
    for (field, label, text, most) in lines(plan) {
        if let Some(fault) = line_fault(text, most) {
            errors.push(FieldError::new(field, format!("{label} “{}”: {fault}.", short(text))));
        }
    }
    errors.extend(site_errors(plan));
    errors
}

/// Names of the site that no command can take, or that are no line.
fn site_errors(plan: &Plan) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut hold = |field: &str, name: &str, label: &str, text: &str, most: usize| {
        let of_word = || word_fault(text).or_else(|| group_fault(name, text)).map(str::to_owned);
        let fault = line_fault(text, most).or_else(of_word);
        errors.extend(fault.map(|fault| FieldError::new(field, format!("{label} “{}”: {fault}.", short(text)))));
    };
    each_row(&mut |row| match &row.kind {
        Kind::Text(field) => hold(row.path, row.path, field.label, (field.get)(plan), field.most),
        Kind::Places(_, texts) => {
            for site in &plan.site.regions {
                for text in *texts {
                    let label = format!("{} in {}", text.label, short(site.region.as_str()));
                    hold(row.path, text.name, &label, (text.of)(site), text.most);
                }
            }
        }
        _ => {}
    });
    errors
}

/// Field, its label, the text, and the most characters that it may have.
type Line<'a> = (&'static str, &'static str, &'a str, usize);

/// Every text of a plan that is no name of Azure's.
fn lines(plan: &Plan) -> Vec<Line<'_>> {
    let story = &plan.story;
    let mut lines: Vec<Line> = vec![
        ("name", "Plan name", &plan.name, MAX_NAME),
        ("story.summary", "Summary", &story.summary, MAX_SENTENCE),
        ("story.changed", "What changed", &story.changed, MAX_SENTENCE),
    ];
    lines.extend(plan.data.parts.iter().map(|it| ("data.parts", "Part of the data", it.name.as_str(), MAX_PART_NAME)));
    lines.extend(story.assumed.iter().map(|text| ("story.assumed", "Assumed input", text.as_str(), MAX_SENTENCE)));
    for printed in &story.printed {
        for text in [&printed.what, &printed.outcome] {
            lines.push(("story.printed", "Printed fact", text, MAX_SENTENCE));
        }
        lines.push(("story.printed", "Source of a printed fact", &printed.source, MAX_SOURCE));
    }
    for outcome in &story.outcomes {
        lines.push(("story.outcomes", "Source of a printed outcome", &outcome.source, MAX_SOURCE));
    }
    for outcome in &story.unmodelled {
        lines.push(("story.unmodelled", "Printed outcome", &outcome.printed, MAX_SENTENCE));
        lines.push(("story.unmodelled", "Source of a printed outcome", &outcome.source, MAX_SOURCE));
    }
    lines.extend(
        plan.workload
            .profile
            .iter()
            .map(|it| ("workload.profile", "Name of the series of writes", it.name.as_str(), MAX_NAME)),
    );
    lines.extend(
        plan.calibration.iter().map(|it| ("calibration", "Source of the calibration", it.source.as_str(), MAX_SOURCE)),
    );
    lines.extend(
        plan.passive.lag.iter().map(|it| ("passive.lag", "Source of the measured lag", it.source.as_str(), MAX_SOURCE)),
    );
    lines
}

impl Plan {
    /// Every text of it that is no name of Azure's, with the most characters that it may have: those of [`lines`].
    pub(crate) fn texts_mut(&mut self) -> Vec<(&mut String, usize)> {
        let story = &mut self.story;
        let mut texts =
            vec![(&mut self.name, MAX_NAME), (&mut story.summary, MAX_SENTENCE), (&mut story.changed, MAX_SENTENCE)];
        texts.extend(self.data.parts.iter_mut().map(|it| (&mut it.name, MAX_PART_NAME)));
        texts.extend(story.assumed.iter_mut().map(|text| (text, MAX_SENTENCE)));
        for printed in &mut story.printed {
            texts.extend([(&mut printed.what, MAX_SENTENCE), (&mut printed.outcome, MAX_SENTENCE)]);
            texts.push((&mut printed.source, MAX_SOURCE));
        }
        texts.extend(story.outcomes.iter_mut().map(|it| (&mut it.source, MAX_SOURCE)));
        for outcome in &mut story.unmodelled {
            texts.extend([(&mut outcome.printed, MAX_SENTENCE), (&mut outcome.source, MAX_SOURCE)]);
        }
        texts.extend(self.workload.profile.iter_mut().map(|it| (&mut it.name, MAX_NAME)));
        texts.extend(self.calibration.iter_mut().map(|it| (&mut it.source, MAX_SOURCE)));
        texts.extend(self.passive.lag.iter_mut().map(|it| (&mut it.source, MAX_SOURCE)));
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is looked through for names is what is held to its length: no text is in one list alone.
    #[test]
    fn every_text_can_be_changed() {
        for text in [
            include_str!("../../../public/plans/tax-filing.json"),
            include_str!("../../../public/plans/gaming-leaderboard.json"),
        ] {
            let mut plan = crate::codec::from_json(text).unwrap();
            let shown = |plan: &Plan| lines(plan).iter().map(|it| (it.2.to_owned(), it.3)).collect::<Vec<_>>();
            let mut all = shown(&plan);
            let mut own: Vec<(String, usize)> = plan.texts_mut().into_iter().map(|it| (it.0.clone(), it.1)).collect();
            all.sort();
            own.sort();
            assert_eq!(own, all);
            assert!(own.len() > 3);
        }
    }
}
