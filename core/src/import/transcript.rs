//! What a runbook's transcript and the log of night mode say of the time that each step took.

use super::series::timestamp::seconds;
use crate::units::Secs;

/// Column of the log of night mode that holds the time since the step done before.
pub(crate) const NIGHT_TIME: &str = "After the one before";
/// Its column of the step that a plan knows.
pub(crate) const NIGHT_STEP: &str = "Step";

/// Commands by what follows `az`, and the step that each is. Who changes a record points the clients elsewhere; the step “DNS” of a path is
/// the time until a name that Azure leads follows, which no command takes.
const STEPS: [(&str, &str); 11] = [
    ("redis server-link delete", "unlink"),
    ("redis server-link create", "geo_failover"),
    ("redisenterprise database force-unlink", "force_unlink"),
    ("redis create", "create"),
    ("redisenterprise create", "create"),
    ("redis delete", "delete_member"),
    ("redisenterprise delete", "delete_member"),
    ("network private-dns record-set cname set-record", "repoint"),
    ("network traffic-manager endpoint update", "repoint"),
    ("afd origin update", "repoint"),
    ("appconfig kv set", "repoint"),
];

/// The step of a command line of `az`.
fn step_of(words: &str) -> Option<&'static str> {
    STEPS.iter().find(|(command, _)| words.starts_with(&format!("{command} "))).map(|(_, step)| *step)
}

/// The command only looks: it belongs to the step that it checks.
fn looks(words: &str) -> bool {
    let path = words.split_whitespace().take_while(|word| !word.starts_with('-'));
    path.last().is_some_and(|last| ["show", "list", "list-keys", "version", "get-access-token"].contains(&last))
}

/// One line of a transcript: a moment, and the words behind it.
fn line(text: &str) -> Option<(f64, &str)> {
    let (moment, words) = text.split_once(' ')?;
    let moment = seconds(moment).filter(|_| moment.ends_with('Z') && moment.contains('T'))?;
    Some((moment, words.trim()))
}

struct Running {
    step: &'static str,
    began: f64,
    ended: f64,
    well: bool,
}

/// The steps of a transcript of the runbook (`transcript.txt`): each from its command to the end of the last look that follows it. A command
/// that failed and is run again is one step. A link that is made after an unlink or a creation is a relink and no failover. `None` for a text
/// that is no transcript.
pub(super) fn of_transcript(text: &str) -> Option<Vec<(String, Secs)>> {
    let lines: Vec<(f64, &str)> = text.lines().filter_map(line).collect();
    if !lines.iter().any(|(_, words)| words.starts_with("az ")) {
        return None;
    }
    let (mut found, mut now, mut apart, mut own) = (Vec::new(), None::<Running>, false, false);
    for (moment, words) in lines {
        if let Some(code) = words.strip_prefix("ended with ") {
            if let Some(running) = now.as_mut().filter(|_| own) {
                running.ended = moment;
                running.well |= code.trim() == "0";
            }
            continue;
        }
        let Some(command) = words.strip_prefix("az ") else { continue };
        let relinks = apart && command.starts_with("redis server-link create ");
        match step_of(command).filter(|_| !relinks) {
            Some(step) if now.as_ref().is_some_and(|it| it.step == step && !it.well) => own = true,
            Some(step) => {
                found.extend(now.take().filter(|it| it.well));
                apart |= ["unlink", "create"].contains(&step);
                (now, own) = (Some(Running { step, began: moment, ended: moment, well: false }), true);
            }
            None if looks(command) => own = now.is_some(),
            None => {
                found.extend(now.take().filter(|it| it.well));
                own = false;
            }
        }
    }
    found.extend(now.filter(|it| it.well));
    Some(found.into_iter().map(|it| (it.step.to_owned(), Secs::secs((it.ended - it.began).max(0.0)))).collect())
}

/// The rows of the log of night mode, as it is saved or copied: the time since the step done before is that of the row's step; a note, and
/// a step that was not needed, have neither. `None` for a text
/// without its headings.
pub(super) fn of_night(text: &str) -> Option<Vec<(String, Secs)>> {
    let mut lines = text.lines();
    let (time, step) = lines.find_map(|line| {
        let cells = cells(line);
        let place = |head: &str| cells.iter().position(|cell| *cell == head);
        Some((place(NIGHT_TIME)?, place(NIGHT_STEP)?))
    })?;
    let row = |line: &str| {
        let cells = cells(line);
        let name = cells.get(step).filter(|name| !name.is_empty())?;
        Some(((*name).to_owned(), clock(cells.get(time)?)?))
    };
    Some(lines.filter_map(row).collect())
}

/// Cells of a row of Markdown, of tabs or of commas.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim_matches('\u{feff}').trim_end();
    let (line, sign) = match line.trim_start().strip_prefix('|') {
        Some(rest) => (rest, '|'),
        None if line.contains('\t') => (line, '\t'),
        None => (line, ','),
    };
    line.split(sign).map(|cell| cell.trim().trim_matches('"')).collect()
}

/// "00:14:30".
fn clock(text: &str) -> Option<Secs> {
    let parts: Option<Vec<f64>> = text.split(':').map(|part| part.trim().parse::<u32>().ok().map(f64::from)).collect();
    let parts = parts.filter(|parts| parts.len() == 3)?;
    Some(Secs::secs(parts.iter().fold(0.0, |sum, part| sum * 60.0 + part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: Option<Vec<(String, Secs)>>) -> Option<Vec<(String, f64)>> {
        found.map(|all| all.into_iter().map(|(step, time)| (step, time.as_secs())).collect())
    }

    fn steps(of: &[(&str, f64)]) -> Vec<(String, f64)> {
        of.iter().map(|(step, time)| ((*step).to_owned(), *time)).collect()
    }

    /// A run of the runbook's own functions: commands, what they print, how they end. By hand: unlink 02:14:10 to the end of its second look at
    /// 02:20:10; the record 60 s; two caches of 20 and 22 min; the relink is no failover.
    #[test]
    fn a_transcript_gives_its_steps() {
        let text = "2026-11-29T02:14:00Z az account show --output json\n{\"id\": 1}\n2026-11-29T02:14:01Z ended with 0\n\
            2026-11-29T02:14:10Z az redis server-link delete --name b --resource-group g --linked-server-name a\n\
            ERROR: busy\n2026-11-29T02:14:40Z ended with 1\n\
            2026-11-29T02:15:00Z az redis server-link delete --name b --resource-group g --linked-server-name a\n\
            2026-11-29T02:19:00Z ended with 0\n\
            2026-11-29T02:20:00Z az redis server-link list --name b --resource-group g\n[]\n2026-11-29T02:20:10Z ended with 0\n\
            2026-11-29T02:30:00Z az network private-dns record-set cname set-record --zone-name z\n2026-11-29T02:31:00Z ended with 0\n\
            2026-11-29T03:00:00Z az redis create --name a\n2026-11-29T03:20:00Z ended with 0\n\
            2026-11-29T03:20:00Z az redis create --name c\n2026-11-29T03:42:00Z ended with 0\n\
            2026-11-29T04:00:00Z az redis server-link create --name b\n2026-11-29T04:09:00Z ended with 0\n";
        let expected = [("unlink", 360.0), ("repoint", 60.0), ("create", 1_200.0), ("create", 1_320.0)];
        assert_eq!(said(of_transcript(text)), Some(steps(&expected)));
        let swap = "2026-11-29T02:14:10Z az redis server-link create --name b\n2026-11-29T02:24:10Z ended with 0\n";
        assert_eq!(said(of_transcript(swap)), Some(steps(&[("geo_failover", 600.0)])));
        assert_eq!(of_transcript("decide 24 min"), None);
    }

    /// A command that never ended well is no measurement.
    #[test]
    fn what_failed_is_not_measured() {
        let text = "2026-11-29T02:14:10Z az redis create --name a\n2026-11-29T02:24:10Z ended with 3\n";
        assert_eq!(said(of_transcript(text)), Some(steps(&[])));
    }

    #[test]
    fn the_log_of_the_night_in_each_form() {
        let expected = Some(steps(&[("decide", 870.0), ("unlink", 360.0)]));
        let markdown = "# Failover: Orders · passive pair\n\nThe outage began at 02:00.\n\n| Time | After the one before | Step | What |\n\
            | ---: | ---: | --- | --- |\n| 02:14 | 00:14:30 | decide | Decide, with A \\| B |\n| 02:15 |  |  | Note: called |\n\
            | 02:16 |  |  | Not needed (it is back): Fail over |\n| 02:20 | 00:06:00 | unlink | Unlink |\n";
        assert_eq!(said(of_night(markdown)), expected);
        let tabs = "Time\tAfter the one before\tStep\tWhat\n02:14\t00:14:30\tdecide\tDecide\n02:21\t00:06:00\tunlink\tUnlink\n";
        assert_eq!(said(of_night(tabs)), expected);
        assert_eq!(said(of_night(&tabs.replace('\t', ","))), expected);
        assert_eq!(of_night("Step; Time\ndecide; 24"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "(?s).*") {
            let _ = (of_transcript(&text), of_night(&text));
        }
    }
}
