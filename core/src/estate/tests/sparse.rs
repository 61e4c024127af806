//! Minutes of which few have a value: gaps are gaps, and only what may be hours under another name is refused.

use super::doubts::{LIST, shown, why, with};
use super::newest::REDIS;
use super::*;

/// Rows of Log Analytics by the minute, at these minutes from a day on.
fn rows(name: &str, column: &str, minutes: &[u32], value: f64) -> String {
    let row = |minute: &u32| {
        let (day, hour, minute) = (1 + minute / 1_440, minute / 60 % 24, minute % 60);
        format!("2026-10-{day:02}T{hour:02}:{minute:02}:00Z,{REDIS}/Redis/small,{name},{value},PT1M")
    };
    let rows: Vec<String> = minutes.iter().map(row).collect();
    format!("TimeGenerated [UTC],ResourceId,MetricName,{column},TimeGrain\n{}\n", rows.join("\n"))
}

fn small(text: String) -> (Read, Estate) {
    with(&[LIST], &[text])
}

/// 60,000 a minute are 1,000/s. At two, three and five minutes in turn, or every fifth with empty minutes between, they are minutes; every
/// fifth alone may be what was counted in five.
#[test]
fn sparse_minutes_are_minutes() {
    let steps = [2, 3, 2, 5].into_iter().cycle().take(400);
    let odd: Vec<u32> = steps
        .scan(0, |at, step| {
            *at += step;
            Some(*at)
        })
        .collect();
    let (_, estate) = small(rows("setcommands", "Total", &odd, 60_000.0));
    let said = shown(planned(&estate, "small"), "workload.writes");
    assert!(said.starts_with("1,000/s: total of setcommands of small") && said.contains("without a value"), "{said}");
    let fifth: Vec<u32> = (0..200).map(|it| it * 5).collect();
    let (_, estate) = small(rows("setcommands", "Total", &fifth, 60_000.0));
    let refused = why(planned(&estate, "small"), "workload.writes");
    assert!(
        refused.contains(
            "an interval is said to be 60 s, and its values are 5 min apart; save it again with --interval PT5M"
        ),
        "{refused}"
    );
    let all = rows("setcommands", "Total", &(0..1_000).collect::<Vec<u32>>(), 60_000.0);
    let empty = all
        .lines()
        .enumerate()
        .map(|(at, line)| if at % 5 == 1 || at == 0 { line.to_owned() } else { line.replace("60000", "") });
    let (_, estate) = small(empty.collect::<Vec<_>>().join("\n"));
    let said = shown(planned(&estate, "small"), "workload.writes");
    assert!(said.starts_with("1,000/s: total of setcommands of small"), "{said}");
}

/// A share of 10³⁰⁰ % is none.
#[test]
fn a_share_that_cannot_be_is_left_out() {
    let minutes: Vec<u32> = (0..60).collect();
    let (read, estate) = small(rows("usedmemorypercentage", "Maximum", &minutes, 1e300));
    assert!(read.remarks.iter().any(|it| it.contains("below zero or above 1,000 %")), "{:?}", read.remarks);
    assert!(!ids(&planned(&estate, "small").findings).contains(&"EST-FILL"));
}

/// Of `small` the writes are measured: what is not known is the data and the connections of both deployments, and the pair's writes.
#[test]
fn what_is_measured_is_not_among_what_is_not_known() {
    let all = rows("setcommands", "Total", &(0..1_000).collect::<Vec<u32>>(), 60_000.0);
    let (_, estate) = small(all);
    let found = estate.findings.iter().find(|it| it.id == "EST-LOAD").unwrap();
    let expected = "Not known of 2 deployments: data and connections; of pair-neu and pair-weu: writes.";
    assert!(found.says.starts_with(expected), "{}", found.says);
    assert!(
        found.do_next.contains("--metrics usedmemory setcommands connectedclients --aggregation"),
        "{}",
        found.do_next
    );
}
