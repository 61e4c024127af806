//! What a runbook's transcript and the log of night mode say of the time that each step took.

use super::series::timestamp::seconds;
use crate::units::Secs;
use crate::units::{SECS_PER_DAY, SECS_PER_HOUR};

/// Column of the log of night mode that holds the time since the step done before.
pub(crate) const NIGHT_TIME: &str = "After the one before";
/// Its column of the step that a plan knows.
pub(crate) const NIGHT_STEP: &str = "Step";

/// Commands by what follows `az`, or cmdlets, and the step that each is. No command times “repoint”: who changes a record is done in seconds,
/// while clients follow its TTL and leave the connections they hold.
const STEPS: [(&str, &str); 14] = [
    ("redis server-link delete", "unlink"),
    ("redis server-link create", "geo_failover"),
    ("New-AzRedisCacheLink", "geo_failover"),
    ("redisenterprise database force-unlink", "force_unlink"),
    ("Invoke-AzRedisEnterpriseCacheForceDatabaseUnlink", "force_unlink"),
    ("redis create", "create"),
    ("New-AzRedisCache", "create"),
    ("redisenterprise create", "create"),
    ("New-AzRedisEnterpriseCache", "create"),
    ("network private-endpoint create", "endpoint"),
    ("redis delete", "delete_member"),
    ("Remove-AzRedisCache", "delete_member"),
    ("redisenterprise delete", "delete_member"),
    ("Remove-AzRedisEnterpriseCache", "delete_member"),
];

/// The step of a command line without `az`.
fn step_of(words: &str) -> Option<&'static str> {
    STEPS.iter().find(|(command, _)| words.starts_with(&format!("{command} "))).map(|(_, step)| *step)
}

/// The command looks at what the step before it made, or ends it as the record of an endpoint does: it belongs to that step.
fn belongs(words: &str) -> bool {
    if words.starts_with("network private-endpoint dns-zone-group create ") {
        return true;
    }
    let path = words.split_whitespace().take_while(|word| !word.starts_with('-'));
    let last = path.last().unwrap_or_default();
    words.starts_with("Get-Az") || ["show", "list", "list-keys", "version", "get-access-token"].contains(&last)
}

/// A command of a line: what follows `az`, or a cmdlet of Azure with its parameters.
fn command_of(words: &str) -> Option<&str> {
    let cmdlet = || words.split_once('-').filter(|(verb, rest)| rest.starts_with("Az") && is_word(verb)).map(|_| words);
    words.strip_prefix("az ").or_else(cmdlet)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic())
}

/// One line of a transcript: a moment, and the words behind it.
fn line(text: &str) -> Option<(f64, &str)> {
    let (moment, words) = text.trim_start_matches('\u{feff}').split_once(' ')?;
    let moment = seconds(moment).filter(|_| moment.ends_with('Z') && moment.contains('T'))?;
    Some((moment, words.trim()))
}

/// A new shell begins: the transcripts of several stand one behind the other.
fn begins_a_shell(words: &str) -> bool {
    words.strip_prefix("shell ").is_some_and(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_digit()))
}

/// A look that begins later than this after the last line of a step does not belong to it: the next section begins with looks too.
const LOOKED_AT: f64 = 15.0 * 60.0;
/// Calls with no other for so long before them are of another drill: the folder of the evidence keeps the transcripts of all of them.
const DRILLS_APART: f64 = 12.0 * SECS_PER_HOUR;
/// So long after an unlink a link is its relink: an outage lasts for days, and drills are weeks apart.
const RELINKED: f64 = 7.0 * SECS_PER_DAY;

struct Running {
    step: &'static str,
    began: f64,
    ended: f64,
    well: bool,
}

/// When the last drill of transcripts began, in seconds since 1970, and whether calls of an earlier one stand before it: the drill of the last
/// call that is a step, as later ones may only look. `None` for a text that is no transcript.
pub(super) fn last_drill(text: &str) -> Option<(f64, bool)> {
    let lines: Vec<(f64, &str)> = text.lines().filter_map(line).collect();
    if !lines.iter().any(|(_, words)| command_of(words).is_some()) {
        return None;
    }
    let last = steps_of(&lines).last().map_or(f64::INFINITY, |step| step.began);
    let mut moments: Vec<f64> = lines.iter().map(|(moment, _)| *moment).filter(|moment| *moment <= last).collect();
    moments.sort_by(f64::total_cmp);
    match moments.windows(2).rfind(|pair| pair[1] - pair[0] >= DRILLS_APART) {
        Some(pair) => Some((pair[1], true)),
        None => Some((*moments.first()?, false)),
    }
}

/// What every shell ran, in the order of time.
fn steps_of(lines: &[(f64, &str)]) -> Vec<Running> {
    let mut found: Vec<Running> = lines.split(|(_, words)| begins_a_shell(words)).flat_map(of_shell).collect();
    found.sort_by(|one, other| one.began.total_cmp(&other.began));
    found
}

/// The steps of the last drill in the runbook's transcripts, one behind the other: each from its command to the end of the last look that
/// follows it soon in the same shell. Earlier drills are in the plan already, and would count again. A command that failed and is run again is
/// one step. The first link that is made within a week after an unlink or a creation, in any shell, is a relink and no failover. `None` for a
/// text that is no transcript.
pub(super) fn of_transcript(text: &str) -> Option<Vec<(String, Secs)>> {
    let (began, _) = last_drill(text)?;
    let lines: Vec<(f64, &str)> = text.lines().filter_map(line).collect();
    let mut found = steps_of(&lines);
    let mut apart = None;
    found.retain(|it| {
        let relinks = it.step == "geo_failover" && apart.is_some_and(|since| it.began - since < RELINKED);
        match it.step {
            "unlink" | "create" => apart = Some(it.ended),
            "geo_failover" if it.well => apart = None,
            _ => {}
        }
        it.well && !relinks && it.began >= began
    });
    Some(found.into_iter().map(|it| (it.step.to_owned(), Secs::secs((it.ended - it.began).max(0.0)))).collect())
}

/// What one shell ran, with what failed: its calls follow each other.
fn of_shell(lines: &[(f64, &str)]) -> Vec<Running> {
    let (mut found, mut now, mut own) = (Vec::new(), None::<Running>, false);
    for &(moment, words) in lines {
        if let Some(code) = words.strip_prefix("ended with ") {
            if let Some(running) = now.as_mut().filter(|_| own) {
                running.ended = moment;
                running.well |= code.trim() == "0";
            }
            continue;
        }
        let Some(command) = command_of(words) else { continue };
        let late = now.as_ref().is_some_and(|it| moment - it.ended > LOOKED_AT);
        match step_of(command) {
            Some(step)
                if now.as_ref().is_some_and(|it| it.step == step && !it.well && moment - it.ended < DRILLS_APART) =>
            {
                own = true;
            }
            Some(step) => {
                found.extend(now.take());
                (now, own) = (Some(Running { step, began: moment, ended: moment, well: false }), true);
            }
            None if belongs(command) => own = now.is_some() && !late,
            None => {
                found.extend(now.take());
                own = false;
            }
        }
    }
    found.extend(now);
    found
}

/// The rows of the log of night mode, as it is saved or copied: the time since the step done before is that of the row's step; a note, and
/// a step that was not needed, have neither. Markdown has a backslash before the underscore of a step's name. `None` for a text without its
/// headings.
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
        Some((name.replace('\\', ""), clock(cells.get(time)?)?))
    };
    let mut all: Vec<(String, Secs)> = Vec::new();
    for (step, time) in lines.filter_map(row) {
        match all.last_mut() {
            Some((before, sum)) if step == IN_PARTS && *before == step => *sum += time,
            _ => all.push((step, time)),
        }
    }
    Some(all)
}

/// Clients are pointed elsewhere in parts, one after the other: together one step.
const IN_PARTS: &str = "repoint";

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
    /// 02:20:10; the record is no step: its clients move later; two caches of 20 and 22 min; the relink is no failover.
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
        let expected = [("unlink", 360.0), ("create", 1_200.0), ("create", 1_320.0)];
        assert_eq!(said(of_transcript(text)), Some(steps(&expected)));
        let swap = "2026-11-29T02:14:10Z az redis server-link create --name b\n2026-11-29T02:24:10Z ended with 0\n";
        assert_eq!(said(of_transcript(swap)), Some(steps(&[("geo_failover", 600.0)])));
        assert_eq!(of_transcript("decide 24 min"), None);
    }

    /// The same from PowerShell, whose first step writes the same lines around its cmdlets. By hand: unlink 02:14:10 to 02:19:00; 13 min 38 s
    /// for a cache until its last look; 4 min for a member; the link after them is no failover.
    #[test]
    fn a_transcript_of_powershell_gives_its_steps() {
        let text = "\u{feff}2026-11-29T02:14:00Z az account set --subscription s\r\n\r\n2026-11-29T02:14:01Z ended with 0\r\n\
            2026-11-29T02:14:10Z az redis server-link delete --name b --resource-group g --linked-server-name a\r\n\
            2026-11-29T02:19:00Z ended with 0\r\n\
            2026-11-29T03:00:00Z New-AzRedisCache -Name a -ResourceGroupName g -Location eastus -Sku Premium -Size P1\r\n\
            \r\nResourceGroupName  : g\r\nId                 : /subscriptions/s/resourceGroups/g/a\r\n\
            2026-11-29T03:02:00Z ended with 0\r\n\
            2026-11-29T03:13:30Z Get-AzRedisCache -Name a -ResourceGroupName g\r\n2026-11-29T03:13:38Z ended with 0\r\n\
            2026-11-29T03:20:00Z New-AzRedisCacheLink -PrimaryServerName b -SecondaryServerName a\r\n2026-11-29T03:29:00Z ended with 0\r\n\
            2026-11-29T03:30:00Z Remove-AzRedisEnterpriseCache -ClusterName m -ResourceGroupName g\r\n2026-11-29T03:34:00Z ended with 0\r\n\
            2026-11-29T03:40:00Z New-AzRedisCacheKey -Name a\r\n(a secret, not kept)\r\n2026-11-29T03:41:00Z ended with 0\r\n";
        let expected = [("unlink", 290.0), ("create", 818.0), ("delete_member", 240.0)];
        assert_eq!(said(of_transcript(text)), Some(steps(&expected)));
        let swap =
            "2026-11-29T02:14:10Z New-AzRedisCacheLink -PrimaryServerName b\n2026-11-29T02:24:10Z ended with 0\n";
        assert_eq!(said(of_transcript(swap)), Some(steps(&[("geo_failover", 600.0)])));
        assert_eq!(of_transcript("2026-11-29T02:14:10Z x-y\n"), None);
    }

    /// Two shells at a time, a file each, in any order: what the second looks at ends no step of the first and goes on with none, and its link
    /// is a relink, since the first has unlinked before. By hand: 02:14:00 to 02:20:00, and 02:30:00 to 02:45:00.
    #[test]
    fn each_shell_has_its_own_calls() {
        let first = "2026-11-29T02:00:00Z shell 41\n\
            2026-11-29T02:14:00Z az redis server-link delete --name b --resource-group g --linked-server-name a\n\
            2026-11-29T02:20:00Z ended with 0\n\
            2026-11-29T02:30:00Z az redis delete --name a --resource-group g\n2026-11-29T02:45:00Z ended with 0\n";
        let second = "2026-11-29T02:01:00Z shell 42\n\
            2026-11-29T02:15:00Z az redis show --name b\n2026-11-29T02:15:05Z ended with 3\n\
            2026-11-29T02:21:00Z az redis server-link list --name b\n2026-11-29T02:29:00Z ended with 0\n\
            2026-11-29T03:00:00Z az redis server-link create --name b\n2026-11-29T03:09:00Z ended with 0\n";
        let expected = Some(steps(&[("unlink", 360.0), ("delete_member", 900.0)]));
        for text in [[first, second].concat(), [second, first].concat()] {
            assert_eq!(said(of_transcript(&text)), expected, "{text}");
        }
    }

    /// A drill of 1 November, unlinked and linked again, and one of 28 November, whose swap is no relink of the first; the folder holds both.
    /// The second alone counts, whatever the order: the plan has the first. By hand: unlink 6 min; swap 10 min.
    #[test]
    fn an_earlier_drill_does_not_count_again() {
        let one = "2026-11-01T02:00:00Z shell 41\n\
            2026-11-01T02:14:00Z az redis server-link delete --name b\n2026-11-01T02:20:00Z ended with 0\n\
            2026-11-01T03:00:00Z az redis server-link create --name b\n2026-11-01T03:09:00Z ended with 0\n";
        let two = "2026-11-28T02:00:00Z shell 52\n\
            2026-11-28T02:14:00Z az redis server-link create --name b\n2026-11-28T02:24:00Z ended with 0\n";
        assert_eq!(said(of_transcript(one)), Some(steps(&[("unlink", 360.0)])));
        for text in
            [[one, two].concat(), [two, one].concat(), two.to_owned(), [one, two].concat().replace("shell 52", "")]
        {
            assert_eq!(said(of_transcript(&text)), Some(steps(&[("geo_failover", 600.0)])), "{text}");
        }
        // A relink on the next day, when the region is back, is none either.
        let later = two.replace("2026-11-28", "2026-11-02");
        assert_eq!(
            said(of_transcript(&[&one[..one.find("2026-11-01T03").unwrap_or(0)], &later].concat())),
            Some(steps(&[]))
        );
        // A weekly look, 12 hours and more after the drill, is no drill.
        let look = "2026-12-05T02:00:00Z az redis show --name b\n2026-12-05T02:00:05Z ended with 0\n";
        assert_eq!(said(of_transcript(&[one, two, look].concat())), Some(steps(&[("geo_failover", 600.0)])));
        let began = |text: &str| last_drill(text).map(|(_, earlier)| earlier);
        assert_eq!((began(one), began(&[one, two].concat()), began("decide 24 min")), (Some(false), Some(true), None));
    }

    /// “Failback” begins with looks: two hours after the swap they are no part of it. By hand: 02:14 to the look that ends at 02:25.
    #[test]
    fn a_look_hours_later_is_no_part_of_the_step() {
        let text = "2026-11-29T02:14:00Z az redis server-link create --name b\n2026-11-29T02:24:00Z ended with 0\n\
            2026-11-29T02:24:30Z az redis server-link list --name b\n2026-11-29T02:25:00Z ended with 0\n\
            2026-11-29T04:24:00Z az redis server-link list --name b\n2026-11-29T04:24:10Z ended with 0\n\
            2026-11-29T04:25:00Z az redis server-link list --name a\n2026-11-29T04:25:10Z ended with 0\n";
        assert_eq!(said(of_transcript(text)), Some(steps(&[("geo_failover", 660.0)])));
    }

    /// A command that never ended well is no measurement.
    #[test]
    fn what_failed_is_not_measured() {
        let text = "2026-11-29T02:14:10Z az redis create --name a\n2026-11-29T02:24:10Z ended with 3\n";
        assert_eq!(said(of_transcript(text)), Some(steps(&[])));
    }

    #[test]
    fn the_log_of_the_night_in_each_form() {
        let expected = Some(steps(&[("decide", 870.0), ("unlink", 360.0), ("warm_up", 300.0)]));
        let markdown = "# Failover: Orders · passive pair\n\nThe outage began at 02:00.\n\n| Time | After the one before | Step | What |\n\
            | ---: | ---: | --- | --- |\n| 02:14 | 00:14:30 | decide | Decide, with A \\| B |\n| 02:15 |  |  | Note: called |\n\
            | 02:16 |  |  | Not needed (it is back): Fail over |\n| 02:20 | 00:06:00 | unlink | Unlink |\n\
            | 02:25 | 00:05:00 | warm\\_up | Warm up |\n";
        assert_eq!(said(of_night(markdown)), expected);
        let tabs = "Time\tAfter the one before\tStep\tWhat\n02:14\t00:14:30\tdecide\tDecide\n02:21\t00:06:00\tunlink\tUnlink\n\
            02:26\t00:05:00\twarm_up\tWarm up\n";
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
