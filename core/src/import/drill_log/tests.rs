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
        ("detect 3\ndance 4", "Line 2: its first cell, “dance”, is no step; steps are detect"),
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

/// The endpoint of a rebuilt cache is ready with its record, which the step's second command makes: 3 min, not 90 s.
#[test]
fn an_endpoint_and_its_record_are_one_step() {
    let call =
        |from: &str, to: &str, words: &str| format!("2026-11-29T{from}Z az {words}\n2026-11-29T{to}Z ended with 0\n");
    let log = [
        call("02:00:00", "02:16:00", "redisenterprise create --name cache-neu"),
        call("02:16:30", "02:18:00", "network private-endpoint create --name cache-neu-pe"),
        call("02:18:00", "02:19:30", "network private-endpoint dns-zone-group create --endpoint-name cache-neu-pe"),
    ];
    let found = read_drill_log(&log.concat()).unwrap();
    let said: Vec<(&str, f64)> = found.iter().map(|(step, time)| (step.as_str(), time.as_secs())).collect();
    assert_eq!(said, [("create", 960.0), ("endpoint", 180.0)]);
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
    let plan = Plan::default();
    let read = |logs: &[(String, String)]| read_drill_logs(logs, &plan);
    let times = |read: DrillLog| read.times.into_iter().map(|(step, time)| (step, time.as_secs())).collect::<Vec<_>>();
    let found = read(&logs).unwrap();
    assert_eq!(found.remark, None);
    assert_eq!(times(found), [("unlink".to_owned(), 30.0), ("decide".to_owned(), 1_440.0)]);
    let bad = [logs[0].clone(), ("bad.csv".to_owned(), "dance 4".to_owned())];
    assert!(read(&bad).unwrap_err().starts_with("bad.csv: Line 1: "));
    assert!(read(&bad[1..]).unwrap_err().starts_with("Line 1: "));
    assert!(read(&logs[1..2]).unwrap_err().contains("No command that times a step ended well"));
    assert!(read(&logs[1..3]).is_ok());
    // What the folder holds of an earlier drill does not count again, and that is said.
    let earlier = ("old.txt".to_owned(), logs[0].1.replace("2026-11-29", "2026-11-01"));
    let both = read(&[earlier, logs[0].clone()]).unwrap();
    assert!(both.remark.clone().unwrap().contains("only the last counts, from 2026-11-29 (UTC)"));
    assert_eq!(times(both).len(), 1);
}

/// A drill has each step once, whoever timed it, in several files or in one text: of its transcript, else of its night, else as typed. The
/// same file twice is one; what the plan has already is said.
#[test]
fn a_step_of_a_drill_counts_once() {
    let shell = "2026-11-29T02:00:00Z shell 1\n2026-11-29T02:14:00Z az redis server-link delete --name b\n\
        2026-11-29T02:16:30Z ended with 0\n";
    let night = "| Time | After the one before | Step | What |\n| ---: | ---: | --- | --- |\n\
        | 02:13 | 00:09:00 | decide | Decide |\n| 02:17 | 00:04:00 | unlink | Unlink |\n| 02:20 | 00:03:00 | warm\\_up | Warm up |\n";
    let typed = "decide 24 min\nvalidate 5 min\n";
    let named = |texts: &[&str]| -> Vec<(String, String)> {
        texts.iter().enumerate().map(|(at, text)| (format!("{at}.txt"), (*text).to_owned())).collect()
    };
    let mut plan = Plan::default();
    let expected = [("unlink", 150.0), ("decide", 540.0), ("warm_up", 180.0), ("validate", 300.0)];
    let expected = expected.map(|(step, time)| (step.to_owned(), Secs::secs(time)));
    for texts in [&[shell, night, typed][..], &[typed, night, shell, night]] {
        let found = read_drill_logs(&named(texts), &plan).unwrap();
        assert_eq!(found.times, expected);
        let said = "Two of these logs time unlink and decide: the transcript counts, else the log of the night.";
        assert_eq!(found.remark.as_deref(), Some(said));
    }
    assert_eq!(read_drill_log(&[shell, night].concat()).unwrap(), expected[..3]);
    let again = read_drill_logs(&named(&[typed, typed]), &plan).unwrap();
    assert_eq!((again.times.len(), &again.remark), (2, &None));
    plan.add_drill(&again.times);
    let again = read_drill_logs(&named(&[typed]), &plan).unwrap();
    assert!(again.remark.unwrap().contains("none was added"));
    plan.add_drill(&again.times);
    assert_eq!(plan.evidence("decide").unwrap().times.len(), 1);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".*") {
        let _ = read_drill_log(&text);
    }
}
