//! The log of a drill: which step took how long, typed or from times of day.

#[cfg(test)]
mod tests;

use super::series::timestamp::seconds;
use super::transcript::{last_drill, of_night, of_transcript};
use super::words::{self, quoted};
use crate::plan::{DRAIN, ENDPOINT, IMPORT, LOAD, Plan, RANGES, step_label};
use crate::units::{Date, Dimension, SECS_PER_DAY, Secs, format, read};

/// Most lines that a log is read with: a transcript has what each command printed.
const MOST: usize = 200_000;

/// What the logs of a drill say.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillLog {
    /// Each step and the time that it took.
    pub times: Vec<(String, Secs)>,
    /// What was left out, and whether the plan has the whole log; `None` where nothing is to be said.
    pub remark: Option<String>,
}

/// Reads a log line by line: a step and its time ("decide 24 min", "Decide; 24"; minutes where no unit stands), or a step with the moments
/// at which it began and ended ("decide, 2026-11-29T02:14:10Z, 2026-11-29T02:31:00Z"). Commas, semicolons, tabs and `|` part cells. Empty
/// lines, lines of dashes, a row of headings and lines that begin with `#` are left out.
///
/// The runbook's own transcripts, one behind the other, and the log that night mode saves or copies are read too, also both in one text: the
/// steps that they know, the others are typed. Of transcripts the last drill counts: calls 12 hours after all others begin one.
///
/// Steps are known by their field (`geo_failover`) and by their label ("Geo-failover").
///
/// # Errors
/// A line without a step or a time, an end before its beginning, more than 200,000 lines, or no line at all; the sentence names the line and
/// what to write.
pub fn read_drill_log(text: &str) -> Result<Vec<(String, Secs)>, String> {
    read_all(&[&(String::new(), text.to_owned())]).map(|(times, _)| times)
}

/// Several logs of one drill, each a name and its text: the transcripts of its shells are read as one, every other log by itself. A drill has
/// each step once: what the transcripts time counts, then what the log of the night does, then what was typed. A log that is given twice is read
/// once.
///
/// # Errors
/// As [`read_drill_log`]; of several logs the sentence begins with the name.
pub fn read_drill_logs(logs: &[(String, String)], plan: &Plan) -> Result<DrillLog, String> {
    let mut once: Vec<&(String, String)> = Vec::new();
    for log in logs {
        if once.iter().all(|other| other.1 != log.1) {
            once.push(log);
        }
    }
    let (times, doubled) = read_all(&once)?;
    let known = plan.has_drill(&times).then(|| KNOWN_DRILL.to_owned());
    let remarks = [earlier_drills(&once), doubled, known];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    Ok(DrillLog { times, remark: Some(remarks.join(" ")).filter(|it| !it.is_empty()) })
}

/// Where a time comes from; an earlier one counts before a later one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Transcript,
    Night,
    Typed,
}

type Times = Vec<(String, Secs)>;

/// The times of these logs, and what is said of steps that two of them have.
fn read_all(logs: &[&(String, String)]) -> Result<(Times, Option<String>), String> {
    let shells: Vec<&str> = logs.iter().filter(|log| is_of_shell(&log.1)).map(|log| log.0.as_str()).collect();
    let nights = logs.iter().filter(|(_, text)| of_night(text).is_some());
    let typed = logs.iter().filter(|(_, text)| !is_of_shell(text) && of_night(text).is_none());
    let mut parts: Vec<(Source, String, String)> = Vec::new();
    parts.extend((!shells.is_empty()).then(|| (Source::Transcript, shells.join(", "), transcripts(logs))));
    parts.extend(nights.map(|(name, text)| (Source::Night, name.clone(), text.clone())));
    parts.extend(typed.map(|(name, text)| (Source::Typed, name.clone(), text.clone())));
    let several = parts.len() > 1;
    let mut all: Vec<(Source, Times)> = Vec::new();
    for (source, name, text) in &parts {
        let times = of_source(*source, text, several);
        all.push((
            *source,
            times.map_err(|why| if name.is_empty() || !several { why } else { format!("{name}: {why}") })?,
        ));
    }
    if all.iter().all(|(_, times)| times.is_empty()) {
        return Err(NO_STEP.to_owned());
    }
    Ok(told_once(&all))
}

/// Each step from the first source that has it.
fn told_once(all: &[(Source, Times)]) -> (Times, Option<String>) {
    let first = |step: &str| all.iter().filter(|(_, times)| times.iter().any(|it| it.0 == step)).map(|it| it.0).min();
    let (mut times, mut doubled): (Times, Vec<&str>) = (Vec::new(), Vec::new());
    for (source, of) in all {
        for (step, time) in of {
            if first(step) == Some(*source) {
                times.push((step.clone(), *time));
            } else if !doubled.contains(&step.as_str()) {
                doubled.push(step);
            }
        }
    }
    let said = format!(
        "Two of these logs time {}: the transcript counts, else the log of the night.",
        format::listed(&doubled)
    );
    (times, (!doubled.is_empty()).then_some(said))
}

const NO_STEP: &str =
    "No command that times a step ended well in the transcripts; write a step in a line, as in “decide 24 min”.";

/// Among other logs a transcript or the log of a night need not time a step.
fn of_source(source: Source, text: &str, several: bool) -> Result<Times, String> {
    if text.lines().nth(MOST).is_some() {
        return Err("The log has more than 200,000 lines; give the lines of one drill.".to_owned());
    }
    match source {
        Source::Transcript => {
            let steps = of_transcript(text).unwrap_or_default();
            if steps.is_empty() && !several { Err(NO_STEP.to_owned()) } else { Ok(steps) }
        }
        Source::Night => of_this_night(of_night(text).unwrap_or_default(), several),
        Source::Typed => typed(text),
    }
}

fn of_this_night(steps: Times, several: bool) -> Result<Times, String> {
    let strange = steps.iter().find_map(|(name, _)| named(name).err());
    match strange {
        _ if steps.is_empty() && !several => {
            Err("The log of the night names no step of the plan; write one in a line, as in “decide 24 min”."
                .to_owned())
        }
        Some(why) => Err(format!("In the column Step {why}")),
        None => Ok(steps),
    }
}

fn typed(text: &str) -> Result<Times, String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim().trim_matches('|').trim();
        let blank = line.chars().all(|letter| "-:|+ ".contains(letter));
        if blank || line.starts_with('#') {
            continue;
        }
        match entry(line) {
            Ok(entry) => found.push(entry),
            Err(_) if found.is_empty() && line.to_ascii_lowercase().starts_with("step") => {}
            Err(why) => return Err(format!("Line {}: {why}", at + 1)),
        }
    }
    if found.is_empty() {
        return Err(format!(
            "The log names no step. Write one in a line, as in “decide 24 min”; steps are {}.",
            steps()
        ));
    }
    Ok(found)
}

/// Said of a log whose times the plan has.
const KNOWN_DRILL: &str = "The plan has every time of this log already, and none was added. Enter times of another drill that are the same at their step.";

/// Transcripts of earlier drills are left out.
fn earlier_drills(logs: &[&(String, String)]) -> Option<String> {
    let (began, earlier) = last_drill(&transcripts(logs))?;
    let day = Date::of_moment(began).filter(|_| earlier)?;
    Some(format!(
        "The transcripts hold earlier drills: only the last counts, from {day} (UTC). For an earlier one that the plan does not have yet, give \
         its transcripts alone."
    ))
}

fn is_of_shell(text: &str) -> bool {
    of_transcript(text).is_some()
}

/// The transcripts among these logs, one behind the other.
fn transcripts(logs: &[&(String, String)]) -> String {
    let texts: Vec<&str> = logs.iter().map(|(_, text)| text.as_str()).filter(|text| is_of_shell(text)).collect();
    texts.join("\n")
}

fn entry(line: &str) -> Result<(String, Secs), String> {
    let cells: Vec<&str> = cells(line).into_iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    match cells.as_slice() {
        [one] => {
            let words = one.find(|letter: char| letter.is_ascii_digit()).filter(|at| *at > 0);
            let (step, time) = one.split_at(words.ok_or_else(no_time)?);
            Ok((named(step)?, duration(time)?))
        }
        [step, time] => Ok((named(step)?, duration(time)?)),
        [step, began, ended, ..] => Ok((named(step)?, between(began, ended)?)),
        [] => Err(no_time()),
    }
}

/// The cells of a line. A comma that parts the thousands of a figure, as in "1,440", is none between cells.
fn cells(line: &str) -> Vec<&str> {
    let (mut cells, mut from) = (Vec::new(), 0);
    for (at, letter) in line.char_indices().filter(|(_, letter)| ",;\t|".contains(*letter)) {
        if letter != ',' || !parts_thousands(&line[..at], &line[at + 1..]) {
            cells.push(&line[from..at]);
            from = at + 1;
        }
    }
    cells.push(&line[from..]);
    cells
}

fn parts_thousands(before: &str, after: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let rest = after.get(3..).unwrap_or_default();
    before.ends_with(|letter: char| letter.is_ascii_digit()) && digits(after) == 3 && !rest.starts_with(':')
}

fn no_time() -> String {
    "it has no time; write the step and its minutes, as in “decide 24 min”.".to_owned()
}

/// The step that a name stands for, as the plan names it.
fn named(text: &str) -> Result<String, String> {
    let plain =
        |text: &str| text.trim().trim_end_matches([':', '=']).trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let wanted = plain(text);
    let is = |path: &str| {
        let label = step_label(path).map(plain);
        path.strip_prefix("recovery.") == Some(wanted.as_str()) || label.as_deref() == Some(wanted.as_str())
    };
    let path = paths().into_iter().find(|path| is(path));
    let name = path.and_then(|path| path.strip_prefix("recovery.").map(str::to_owned));
    name.ok_or_else(|| format!("its first cell, {}, is no step; steps are {}.", word(text.trim()), steps()))
}

/// A name as it is, in quotes; of what may be a secret how long it is.
fn word(text: &str) -> String {
    let said = words::named(text);
    if said == words::cut(text) { format!("“{said}”") } else { said }
}

fn paths() -> Vec<&'static str> {
    let ranges = RANGES.iter().map(|range| range.path);
    ranges.filter(|path| step_label(path).is_some()).chain([LOAD, IMPORT, ENDPOINT, DRAIN]).collect()
}

fn steps() -> String {
    let names: Vec<&str> = paths().into_iter().filter_map(|path| path.strip_prefix("recovery.")).collect();
    names.join(", ")
}

fn duration(text: &str) -> Result<Secs, String> {
    match read(text.trim(), Dimension::Time, "min") {
        Ok(secs) if secs >= 0.0 => Ok(Secs::secs(secs)),
        Ok(_) => Err("a time below 0; enter minutes.".to_owned()),
        Err(_) => {
            Err(format!("the time of the step, {}, is none; enter minutes, as in 24 or 1 h 30 min.", quoted(text)))
        }
    }
}

fn between(began: &str, ended: &str) -> Result<Secs, String> {
    let clock = |text: &str| text.contains(':') && !text.contains('-');
    // Times of a clock without a day: an end before its beginning is after midnight.
    let day = if clock(began) && clock(ended) { "2000-01-01T" } else { "" };
    let moment = |text: &str| {
        let read = seconds(&[day, text].concat()).filter(|_| text.contains([':', '-']));
        read.ok_or_else(|| format!("{} is no moment; write it like 2026-11-29T02:14:10Z or 02:14.", quoted(text)))
    };
    let (began, ended) = (moment(began)?, moment(ended)?);
    match ended - began {
        took if took >= 0.0 => Ok(Secs::secs(took)),
        took if !day.is_empty() => Ok(Secs::secs(took + SECS_PER_DAY)),
        _ => Err("it ends before it begins.".to_owned()),
    }
}
