//! The log of a drill: which step took how long, typed or from times of day.

use super::series::timestamp::seconds;
use super::transcript::{last_drill, of_night, of_transcript};
use super::words::quoted;
use crate::plan::{DRAIN, IMPORT, LOAD, RANGES, step_label};
use crate::units::{Date, Dimension, Secs, read};

/// Most lines that a log is read with: a transcript has what each command printed.
const MOST: usize = 200_000;

/// Reads a log line by line: a step and its time ("decide 24 min", "Decide; 24"; minutes where no unit stands), or a step with the moments
/// at which it began and ended ("decide, 2026-11-29T02:14:10Z, 2026-11-29T02:31:00Z"). Commas, semicolons, tabs and `|` part cells. Empty
/// lines, lines of dashes, a row of headings and lines that begin with `#` are left out.
///
/// The runbook's own transcripts, one behind the other, and the log that night mode saves or copies are read too: the steps that they know, the
/// others are typed. Of transcripts the last drill counts: calls 12 hours after all others begin one.
///
/// Steps are known by their field (`geo_failover`) and by their label ("Geo-failover").
///
/// # Errors
/// A line without a step or a time, an end before its beginning, more than 200,000 lines, or no line at all; the sentence names the line and
/// what to write.
pub fn read_drill_log(text: &str) -> Result<Vec<(String, Secs)>, String> {
    if text.lines().nth(MOST).is_some() {
        return Err("The log has more than 200,000 lines; give the lines of one drill.".to_owned());
    }
    if let Some(steps) = of_night(text) {
        return some(steps, "The log of the failover names no step of the plan");
    }
    if let Some(steps) = of_transcript(text) {
        return some(steps, "The last drill of the transcripts has no step that ended well");
    }
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

/// Several logs of one drill, each a name and its text: the transcripts of its shells are read as one, every other log by itself. Each has
/// its own times, so that one which the plan has adds nothing ([`crate::plan::Plan::add_drill`]).
///
/// # Errors
/// As [`read_drill_log`]; of several logs the sentence begins with the name.
pub fn read_drill_logs(logs: &[(String, String)]) -> Result<Vec<Vec<(String, Secs)>>, String> {
    let (shells, others): (Vec<_>, Vec<_>) = logs.iter().partition(|(_, text)| is_of_shell(text));
    let names: Vec<&str> = shells.iter().map(|(name, _)| name.as_str()).collect();
    let mut read: Vec<(String, String)> = others.into_iter().cloned().collect();
    if !shells.is_empty() {
        read.push((names.join(", "), transcripts(logs)));
    }
    let several = read.len() > 1;
    let one = |(name, text): &(String, String)| {
        read_drill_log(text).map_err(|why| if several { format!("{name}: {why}") } else { why })
    };
    read.iter().map(one).collect()
}

/// Said of a log whose times the plan has.
pub const KNOWN_DRILL: &str = "The plan has every time of this log already, and none was added. Enter times of another drill that are the same at their step.";

/// What of these logs [`read_drill_logs`] leaves out: transcripts of earlier drills; `None` where it reads all.
#[must_use]
pub fn earlier_drills(logs: &[(String, String)]) -> Option<String> {
    let (began, earlier) = last_drill(&transcripts(logs))?;
    let day = Date::of_moment(began).filter(|_| earlier)?;
    Some(format!(
        "The transcripts hold earlier drills: only the last counts, from {day} (UTC). For an earlier one that the plan does not have yet, give \
         its transcripts alone."
    ))
}

fn is_of_shell(text: &str) -> bool {
    of_night(text).is_none() && of_transcript(text).is_some()
}

/// The transcripts among these logs, one behind the other.
fn transcripts(logs: &[(String, String)]) -> String {
    let texts: Vec<&str> = logs.iter().map(|(_, text)| text.as_str()).filter(|text| is_of_shell(text)).collect();
    texts.join("\n")
}

/// At least one step.
fn some(steps: Vec<(String, Secs)>, none: &str) -> Result<Vec<(String, Secs)>, String> {
    let strange = steps.iter().find_map(|(name, _)| named(name).err());
    match (steps.is_empty(), strange) {
        (true, _) => Err(format!("{none}; write one in a line, as in “decide 24 min”.")),
        (_, Some(why)) => Err(format!("In the column Step {why}")),
        (false, None) => Ok(steps),
    }
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
    name.ok_or_else(|| format!("its first cell, {}, is no step; steps are {}.", quoted(text.trim()), steps()))
}

fn paths() -> Vec<&'static str> {
    let ranges = RANGES.iter().map(|range| range.path);
    ranges.filter(|path| step_label(path).is_some()).chain([LOAD, IMPORT, DRAIN]).collect()
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
        took if !day.is_empty() => Ok(Secs::secs(took + 86_400.0)),
        _ => Err("it ends before it begins.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_log_as_people_write_it() {
        let text = "Step; Time\n---\n# game day of November\ndetect 3 min\nDecide; 24\n| Geo-failover | 9 min 30 s |\n\
                    validate, 2026-11-29T02:14:10Z, 2026-11-29T02:31:10Z\nreconnect\t23:58\t00:03\n\nload: 1,440 s\nkeys,23:50,00:01\n";
        let found = read_drill_log(text).unwrap();
        let said: Vec<(&str, f64)> = found.iter().map(|(step, time)| (step.as_str(), time.as_secs())).collect();
        let expected = [
            ("detect", 180.0),
            ("decide", 1_440.0),
            ("geo_failover", 570.0),
            ("validate", 1_020.0),
            ("reconnect", 300.0),
            ("load", 1_440.0),
            ("keys", 660.0),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_is_no_log_names_its_line() {
        let cases = [
            ("", "names no step"),
            ("decide", "Line 1: it has no time"),
            ("detect 3\ndance 4", "Line 2: its first cell, a text of 5 letters, is no step; steps are detect"),
            ("decide; soon", "Line 1"),
            ("decide; -4", "Line 1"),
            ("decide; 2026-11-29T02:14Z; 2026-11-29T02:13Z", "it ends before it begins"),
            ("decide; 24; 31", "“24” is no moment"),
        ];
        for (text, said) in cases {
            let error = read_drill_log(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
        assert!(read_drill_log(&"decide 1\n".repeat(200_001)).unwrap_err().contains("200,000 lines"));
    }

    /// The log of a drill that is opened again adds no time; another drill with one more time does.
    #[test]
    fn the_same_log_adds_no_time_twice() {
        let times = |plan: &crate::plan::Plan| {
            plan.evidence("decide").unwrap().times.iter().map(|it| it.as_secs()).collect::<Vec<_>>()
        };
        let mut plan = crate::plan::Plan::default();
        let log = read_drill_log("detect 3 min\ndecide 24 min\ndecide 24 min").unwrap();
        for _ in 0..2 {
            plan.add_drill(&log);
            assert_eq!(times(&plan), [1_440.0, 1_440.0]);
        }
        assert!(plan.has_drill(&log));
        let logs = [
            ("old".to_owned(), "detect 3 min\ndecide 24 min".to_owned()),
            ("new".to_owned(), "detect 3 min\ndecide 9 min".to_owned()),
        ];
        for log in read_drill_logs(&logs).unwrap() {
            plan.add_drill(&log);
        }
        assert_eq!(times(&plan), [1_440.0, 1_440.0, 540.0]);
        assert!(!crate::plan::Plan::default().has_drill(&log));
    }

    /// The shells of a drill are one log, of which a shell that only looked is no fault; what people typed is another.
    #[test]
    fn the_logs_of_a_drill_are_read_together() {
        let call = |moment: &str, words: &str| {
            format!("2026-11-29T{moment}:00Z az {words}\n2026-11-29T{moment}:30Z ended with 0\n")
        };
        let shell = |id: u32, rest: String| format!("2026-11-29T02:00:00Z shell {id}\n{rest}");
        let logs = [
            ("one.txt", shell(1, call("02:14", "redis server-link delete --name b"))),
            ("two.txt", shell(2, call("02:20", "redis show --name b"))),
            ("typed.csv", "decide 24 min\n".to_owned()),
            ("three.txt", shell(3, call("03:00", "redis server-link create --name b"))),
        ]
        .map(|(name, text)| (name.to_owned(), text));
        let found: Vec<_> =
            read_drill_logs(&logs).unwrap().concat().into_iter().map(|(step, time)| (step, time.as_secs())).collect();
        assert_eq!(found, [("decide".to_owned(), 1_440.0), ("unlink".to_owned(), 30.0)]);
        let bad = [logs[0].clone(), ("bad.csv".to_owned(), "dance 4".to_owned())];
        assert!(read_drill_logs(&bad).unwrap_err().starts_with("bad.csv: Line 1: "));
        assert!(read_drill_logs(&bad[1..]).unwrap_err().starts_with("Line 1: "));
        assert!(read_drill_logs(&logs[1..2]).unwrap_err().contains("no step that ended well"));
        // What the folder holds of an earlier drill does not count again, and that is said.
        assert_eq!(earlier_drills(&logs), None);
        let earlier = ("old.txt".to_owned(), logs[0].1.replace("2026-11-29", "2026-11-01"));
        let both = [earlier, logs[0].clone()];
        assert_eq!(read_drill_logs(&both).unwrap().concat().len(), 1);
        assert!(earlier_drills(&both).unwrap().contains("only the last counts, from 2026-11-29 (UTC)"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = read_drill_log(&text);
        }
    }
}
