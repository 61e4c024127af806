//! What the user knows of a recovery step beyond three guesses: an interval, or times measured in drills.

use super::Plan;
use super::error::FieldError;
use super::fields::{field, range_field};
use super::rows::entry;
use crate::stats::order::quantile;
use crate::stats::spread::Spread;
use crate::units::format;
use crate::units::names::names;
use crate::units::{Dimension, Range, Secs, plain, read};
use serde::Serialize;

/// Most measured times that one step holds.
pub const MAX_DRILLS: usize = 200;

/// The reload of a rebuilt cache: a step that is computed, and that drills may replace.
pub const LOAD: &str = "recovery.load";
/// The private endpoint of a rebuilt cache, likewise.
pub const ENDPOINT: &str = "recovery.endpoint";
/// The import of the last export into a rebuilt cache, likewise.
pub const IMPORT: &str = "recovery.import";
/// The drain before a planned failover, likewise.
pub const DRAIN: &str = "recovery.drain";

/// What a person calls a step that drills may replace; `None` for a path that is no step.
#[must_use]
pub fn step_label(path: &str) -> Option<&'static str> {
    match path {
        LOAD => Some("Load"),
        ENDPOINT => Some("Endpoint"),
        IMPORT => Some("Import"),
        DRAIN => Some("Drain"),
        path => range_field(path).filter(|range| range.path.starts_with("recovery.")).map(|range| range.label),
    }
}

entry! {
    /// How the duration of one recovery step is known; a step without evidence is its low, most likely and high value.
    Evidence {
        /// The step, as the plan file names it: `decide`.
        step: String;
        /// What is known.
        kind: EvidenceKind;
        /// Times measured in drills, in any order; unused for an interval.
        times: Vec<Secs>;
    }
}

names! {
    /// Kinds of evidence.
    EvidenceKind {
        /// The low and the high value are the 5 % and the 95 % quantile; the most likely value is not used.
        Interval = "interval", "90 % interval",
        /// The times measured replace low, most likely and high.
        Measured = "measured", "measured in drills",
    }
}

impl Evidence {
    /// The times of drills; `None` of an interval, and of a list without times.
    fn measured(&self) -> Option<Spread> {
        let times = || self.times.iter().map(|time| time.as_secs()).collect();
        if self.kind == EvidenceKind::Measured { Spread::measured(times()) } else { None }
    }
}

/// Smallest, median and largest of times in order.
fn ends(times: &[f64]) -> Range<Secs> {
    let at = |share: f64| Secs::secs(quantile(times, share));
    Range::new(at(0.0), at(0.5), at(1.0))
}

/// What a step's duration is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "times")]
pub enum Basis {
    /// Low, most likely, high: a triangular distribution.
    Range,
    /// A 90 % interval: a lognormal distribution.
    Interval,
    /// So many measured times, each as likely as the others.
    Measured(usize),
}

impl Plan {
    /// True where every time of a drill is measured already, as often as the drill has it: its log is in the plan.
    #[must_use]
    pub fn has_drill(&self, times: &[(String, Secs)]) -> bool {
        let measured = |entry: &(String, Secs)| {
            let known = self.evidence(&entry.0).filter(|it| it.kind == EvidenceKind::Measured);
            known.map_or(0, |it| it.times.iter().filter(|time| **time == entry.1).count())
        };
        let in_log = |entry: &(String, Secs)| times.iter().filter(|it| *it == entry).count();
        !times.is_empty() && times.iter().all(|entry| measured(entry) >= in_log(entry))
    }

    /// Adds the times of a drill to what is measured of each step; a step with an interval, or without evidence, is measured from then on.
    /// Nothing of a drill that the plan has ([`Self::has_drill`]).
    pub fn add_drill(&mut self, times: &[(String, Secs)]) {
        if self.has_drill(times) {
            return;
        }
        for (step, time) in times {
            let evidence = &mut self.recovery.evidence;
            match evidence.iter_mut().find(|known| known.step == *step) {
                Some(known) if known.kind == EvidenceKind::Measured => known.times.push(*time),
                Some(known) => (known.kind, known.times) = (EvidenceKind::Measured, vec![*time]),
                None => {
                    let (step, kind) = (step.clone(), EvidenceKind::Measured);
                    evidence.push(Evidence { step, kind, times: vec![*time] });
                }
            }
        }
    }

    /// The evidence for a step, if the plan holds any: `step` is `decide` or `recovery.decide`.
    #[must_use]
    pub fn evidence(&self, step: &str) -> Option<&Evidence> {
        let name = step.strip_prefix("recovery.").unwrap_or(step);
        self.recovery.evidence.iter().find(|evidence| evidence.step == name)
    }

    /// Smallest, median and largest of the times that drills measured of a step, and how many they are; `None` where none did, and where
    /// the evidence is an interval.
    #[must_use]
    pub fn measured_time(&self, step: &str) -> Option<(Range<Secs>, usize)> {
        match self.evidence(step)?.measured()? {
            Spread::Measured(times) => Some((ends(&times), times.len())),
            _ => None,
        }
    }

    /// The spread of a step in seconds, its ends as shown, and what it is based on.
    ///
    /// Measured: smallest, median and largest time. A list without times, and an interval that begins at 0, are read as
    /// the plain range: [`super::check`] refuses both.
    #[must_use]
    pub fn step_spread(&self, step: &str, range: Range<Secs>) -> (Spread, Range<Secs>, Basis) {
        let interval = || Spread::credible_90(range.low.as_secs(), range.high.as_secs());
        let known = match self.evidence(step) {
            Some(evidence) if evidence.kind == EvidenceKind::Interval => interval(),
            evidence => evidence.and_then(Evidence::measured),
        };
        match known {
            Some(Spread::Measured(times)) => {
                let (ends, count) = (ends(&times), times.len());
                (Spread::Measured(times), ends, Basis::Measured(count))
            }
            Some(spread) => (spread, range, Basis::Interval),
            None => (Spread::from(range), range, Basis::Range),
        }
    }
}

/// What is wrong with the evidence of a plan, by field.
pub(super) fn evidence_errors(plan: &Plan) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let evidence = &plan.recovery.evidence;
    for (index, known) in evidence.iter().enumerate() {
        let path = format!("recovery.{}", known.step);
        let Some(label) = step_label(&path) else {
            let step = crate::units::quote::short(&known.step);
            let message = format!("Drills: there is no step “{step}”; name one of the recovery steps.");
            errors.push(FieldError::new("recovery.evidence", message));
            continue;
        };
        let low = range_field(&path).map(|range| field(range.parts[0]).and_then(|low| (low.get)(plan)).unwrap_or(0.0));
        let outside = || known.times.iter().find(|time| !(0.0..=604_800.0).contains(&time.as_secs()));
        let message = if evidence[..index].iter().any(|other| other.step == known.step) {
            "the step is there twice; enter it once".to_owned()
        } else if known.kind == EvidenceKind::Interval {
            match low {
                Some(low) if low > 0.0 => continue,
                Some(_) => {
                    "a 90 % interval begins above 0; enter a low value above 0, or use low, most likely and high"
                        .to_owned()
                }
                None => "its time is computed and is no 90 % interval; enter measured times, or leave it computed"
                    .to_owned(),
            }
        } else if known.times.is_empty() || known.times.len() > MAX_DRILLS {
            format!("it has {} measured times; enter 1 to {MAX_DRILLS}", known.times.len())
        } else if let Some(time) = outside() {
            format!("{} min is outside the range; enter measured times from 0 to 7 d", format::number(time.as_mins()))
        } else {
            continue;
        };
        errors.push(FieldError::new(&path, format!("{label}: {message}.")));
    }
    errors
}

/// Reads measured times as a person types them: "24; 31 min; 37", minutes where no unit stands. A comma with a space behind it
/// separates too; one between digits belongs to a figure, as everywhere: "1,440" is one time.
///
/// # Errors
/// One part is no time, or two figures stand in it; the sentence names it.
pub fn read_drills(text: &str) -> Result<Vec<Secs>, String> {
    let parts = text.split([';', '\n']).flat_map(|part| part.split(", "));
    parts.map(|part| part.trim().trim_end_matches(',')).filter(|part| !part.is_empty()).map(read_drill).collect()
}

fn read_drill(part: &str) -> Result<Secs, String> {
    let digit = |character: Option<char>| character.is_some_and(|it| it.is_ascii_digit());
    let mut spaces = part.match_indices(char::is_whitespace);
    // A space groups digits elsewhere; among several times it has more likely lost its separator.
    if spaces.any(|(at, space)| digit(part[..at].chars().next_back()) && digit(part[at + space.len()..].chars().next()))
    {
        let part = crate::units::quote::short(part);
        return Err(format!("Measured times: “{part}” is more than one figure; separate times by semicolons."));
    }
    read(part, Dimension::Time, "min")
        .map(Secs::secs)
        .map_err(|error| format!("Measured times: {error}; enter minutes, separated by semicolons."))
}

/// The same list as text, in minutes; [`read_drills`] reads it back.
#[must_use]
pub fn print_drills(times: &[Secs]) -> String {
    let minutes: Vec<String> = times.iter().map(|time| plain(time.as_secs(), Dimension::Time, "min")).collect();
    minutes.join("; ")
}

#[cfg(test)]
mod tests {
    use super::EvidenceKind::{Interval, Measured};
    use super::*;
    use crate::plan::check;
    use proptest::prelude::*;

    #[test]
    fn drills_are_read_as_they_are_typed() {
        let read = |text| read_drills(text).map(|times| times.iter().map(|time| time.as_mins()).collect::<Vec<_>>());
        assert_eq!(read("24, 31 min; 37"), Ok(vec![24.0, 31.0, 37.0]));
        assert_eq!(read("90 s\n1 h"), Ok(vec![1.5, 60.0]));
        assert_eq!(read(" "), Ok(Vec::new()));
        // A comma between digits is part of the figure.
        assert_eq!(read("1,440; 24.37"), Ok(vec![1_440.0, 24.37]));
        assert_eq!(read("1,5, 2,"), Ok(vec![1.5, 2.0]));
        assert_eq!(read("1 h 30 min; 5"), Ok(vec![90.0, 5.0]));
        assert!(read("24 310").unwrap_err().contains("“24 310” is more than one figure"), "{:?}", read("24 310"));
        assert!(read("24, soon").unwrap_err().contains("“soon” is no number"), "{:?}", read("24, soon"));
        assert_eq!(print_drills(&[Secs::mins(24.0), Secs::secs(90.0)]), "24; 1.5");
        assert_eq!(print_drills(&[Secs::mins(1_440.0), Secs::mins(24.37)]), "1440; 24.37");
    }

    proptest! {
        /// What the box shows reads back; a character more, less or other never makes one time two, or two one.
        #[test]
        fn a_list_reads_back_and_stands_a_slip(hundredths in prop::collection::vec(0..1_008_000_u32, 1..5), at in 0..40_usize, slip in prop::sample::select(&['0', '7', ',', '.', ' ', 'h', '\''][..])) {
            let times: Vec<Secs> = hundredths.iter().map(|it| Secs::mins(f64::from(*it) / 100.0)).collect();
            let text = print_drills(&times);
            let same = |a: &Secs, b: &Secs| (a.as_secs() - b.as_secs()).abs() < 1e-6;
            let back = read_drills(&text).unwrap();
            prop_assert!(back.len() == times.len() && back.iter().zip(&times).all(|(a, b)| same(a, b)), "{}", text);
            let at = at % text.len();
            let others = [
                format!("{}{slip}{}", &text[..at], &text[at..]),
                format!("{}{slip}{}", &text[..at], &text[at + 1..]),
                format!("{}{}", &text[..at], &text[at + 1..]),
            ];
            for other in others {
                let Ok(read) = read_drills(&other) else { continue };
                // Taking a figure's only digit away takes the time away.
                let gone = text[at..].starts_with(|it: char| it.is_ascii_digit()) && read.len() + 1 == times.len();
                prop_assert!(gone || read.len() == times.len(), "{text:?} became {other:?}: {read:?}");
                let changed = read.iter().filter(|time| !times.iter().any(|old| same(old, time))).count();
                prop_assert!(changed <= 1, "{text:?} became {other:?}: {read:?}");
            }
        }
    }

    #[test]
    fn evidence_is_held_to_its_rules() {
        let entry = |step: &str, kind, times: &[f64]| Evidence {
            step: step.to_owned(),
            kind,
            times: times.iter().map(|time| Secs::mins(*time)).collect(),
        };
        let cases = [
            (vec![entry("decide", Measured, &[24.0])], ""),
            (vec![entry("decide", Interval, &[])], ""),
            (vec![entry("warm_up", Interval, &[])], "Warm up: a 90 % interval begins above 0"),
            (vec![entry("decide", Measured, &[])], "Decide: it has 0 measured times"),
            (vec![entry("decide", Measured, &[-1.0])], "Decide: −1 min is outside the range"),
            (vec![entry("decide", Measured, &[f64::NAN])], "Decide: "),
            (vec![entry("load", Measured, &[70.0, 95.0]), entry("drain", Measured, &[0.5])], ""),
            (vec![entry("load", Interval, &[])], "Load: its time is computed and is no 90 % interval"),
            (vec![entry("drain", Measured, &[])], "Drain: it has 0 measured times"),
            (vec![entry("lunch", Measured, &[1.0])], "Drills: there is no step “lunch”"),
            (vec![entry("decide", Interval, &[]), entry("decide", Interval, &[])], "Decide: the step is there twice"),
        ];
        for (evidence, message) in cases {
            let mut plan = Plan::default();
            plan.recovery.evidence = evidence;
            let errors = check(&plan);
            let said = errors.first().map_or("", |error| error.message.as_str());
            assert!(said.starts_with(message) && said.is_empty() == message.is_empty(), "{said} for {message}");
        }
    }
}
