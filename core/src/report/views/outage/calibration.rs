//! Calibration: what the coefficients of the group's memory are based on, and the drill that replaces the assumption.

use super::super::Subject;
use crate::calibrate::{Drill, Fit};
use crate::plan::Plan;
use crate::report::chart::{Chart, fit_chart};
use crate::report::coefficients::{basis, drill};
use crate::report::document::{Block, Section, Text};
use crate::units::{Dimension, OpsPerSec, Secs, format, read};

/// What the coefficients are based on, with the fit that the plan keeps.
#[must_use]
pub fn calibration_section(subject: Subject) -> Section {
    let fit = Fit::of_plan(subject.plan).map(|fit| fit_chart(&fit));
    let found: Text = fit.as_ref().map_or_else(Text::default, |chart| chart.says.as_slice().into());
    let fit = fit.map(|chart| Chart { says: Vec::new(), ..chart });
    Section::new("outage-calibration", "Calibration", says(subject.plan)).opened_by(fit).with(Block::Paragraph(found))
}

fn says(plan: &Plan) -> String {
    match (plan.calibrated(), &plan.calibration) {
        (Some(known), _) => format!(
            "κ and bytes retained per delete are fitted to {}: {}, {} deletes and expiries.",
            drill(known),
            format::counted(known.points as usize, "point"),
            format::ops(known.deletes)
        ),
        (None, Some(_)) => basis(plan),
        (None, None) => {
            "κ and bytes retained per delete are assumptions until a drill's usedmemory replaces them: a CSV of time and \
                         bytes, or JSON of az monitor metrics list."
                .to_owned()
        }
    }
}

/// The drill of what a person typed: two times in minutes since the first sample, and deletes and expiries a second.
///
/// # Errors
/// A sentence that names the field, the text and the unit to enter.
pub fn read_drill(from: &str, to: &str, deletes: &str) -> Result<Drill, String> {
    let time = |text: &str, name: &str| {
        let secs = read(text, Dimension::Time, "min").map_err(|error| format!("{name}: {error}; enter minutes."))?;
        Ok::<_, String>(Secs::secs(secs))
    };
    let (from, to) = (time(from, "Member away from")?, time(to, "Member away until")?);
    let deletes = read(deletes, Dimension::Rate, "/s")
        .map_err(|error| format!("Deletes and expiries: {error}; enter a rate a second."))?;
    Ok(Drill { from, to, deletes: OpsPerSec::per_s(deletes) })
}
