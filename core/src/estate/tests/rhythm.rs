//! The day, bursts and growth as metrics have them, each with its evidence; what they do not carry stays an assumption.

use super::*;
use crate::units::Secs;

const SOLO: &str = "metrics/azure-metrics-solo.csv";

fn evidence(planned: &Planned, field: &str) -> String {
    let known = planned.draft.evidence.iter().find(|it| it.field == field);
    known.map_or_else(
        || panic!("{field}: {:#?} {:#?}", planned.draft.unknown, planned.draft.evidence),
        |it| format!("{}: {}", it.value, it.from).replace('\u{a0}', " "),
    )
}

fn missing(planned: &Planned, field: &str) -> String {
    let known = planned.draft.unknown.iter().find(|it| it.field == field);
    known.map_or_else(
        || panic!("{field}: {:#?} {:#?}", planned.draft.unknown, planned.draft.evidence),
        |it| it.why.replace('\u{a0}', " "),
    )
}

/// 600/s at midnight, 100/s more each hour to 1,700/s at 11:00 and 12:00, then back: a mean of 1,150/s. A column of Log Analytics with
/// the month first, which 10/13/2026 settles; the rate is an average in Enterprise.
#[test]
fn a_fortnight_of_a_table_gives_the_day_and_the_growth() {
    let estate = estate(&[&ESTATE[..], &[SOLO]].concat());
    let solo = planned(&estate, "solo");
    let load = &solo.draft.plan.workload;
    assert!((load.writes.as_per_s() - 1_150.0).abs() < 1e-9, "{}", load.writes.as_per_s());
    let profile = load.profile.as_ref().unwrap();
    assert_eq!((profile.step, profile.rates.len()), (Secs::hours(1.0), 24));
    assert_eq!([profile.rates[0], profile.rates[11], profile.rates[12]], [0.522, 1.478, 1.478]);
    let from = evidence(solo, "workload.profile");
    assert!(from.starts_with("24 hours of the mean day, which explain 100 % of the variance: average of setcommands of solo, 16 d to 2026-10-16"), "{from}");
    // Above 1,425/s from 09:00 to 15:00, once a day.
    assert_eq!((load.peak.burst, load.peak.per_day), (Secs::hours(6.0), 1.0));
    // 10 MB a day over daily peaks of 4.098 GB on average.
    let expected = 1e7 * 365.0 / 4.098e9;
    assert!((load.growth_per_year.as_fraction() - expected).abs() < 1e-6, "{}", load.growth_per_year.as_fraction());
    assert!(
        evidence(solo, "workload.growth_per_year")
            .contains("line through the peak of used memory of each day over 16 days, ± 0")
    );
    assert_eq!(load.load_growth_per_year.map(|it| (it.as_fraction() * 1e9).round()), Some(0.0));
}

/// 24 hours are a day, and too few days for growth.
#[test]
fn one_day_is_a_profile_and_no_growth() {
    let estate = estate(&ESTATE);
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!(pair.draft.plan.workload.profile.as_ref().map(|it| it.rates.len()), Some(24));
    let growth = missing(pair, "workload.load_growth_per_year");
    assert!(growth.ends_with("over 14 days at least; 1 day is in the files."), "{growth}");
    let from = evidence(pair, "workload.profile");
    assert!(
        from.starts_with("24 hours of one day; one day shows no growth and no weekday profile: total of"),
        "{from}"
    );
    assert!(missing(pair, "workload.peak.burst").contains("over 2 days at least; 1 day is in the files"));
    assert_eq!(pair.draft.plan.workload.peak.per_day, crate::plan::Plan::default().workload.peak.per_day);
    assert!(evidence(pair, "passive.lag").contains(", of one day: "), "{}", evidence(pair, "passive.lag"));
    // What is shown of it says so too; an hour with one value has a mean and a peak, and no percentiles.
    let read = read(files(&ESTATE));
    let catalog = Catalog::bundled().unwrap();
    let rows = crate::portfolio::Rows::default();
    let shown = crate::report::estate::Answer::new(&read, &estate, &rows, &catalog).document(true);
    let of = |id: &str| shown.sections.iter().find(|it| it.id == id).unwrap();
    let says = of("estate-calibration").says.words();
    assert!(
        says.ends_with("Of 2 deployments one day is measured: one day shows no growth and no weekday profile."),
        "{says}"
    );
    let row = of("estate-load").tables()[0].rows[0]
        .cells
        .iter()
        .map(crate::report::document::Text::words)
        .collect::<Vec<_>>();
    assert_eq!((row[3].as_str(), row[4].as_str(), row[5].as_str()), ("–", "–", "–"));
    assert!(row[2].ends_with("/s") && row[6].ends_with("/s"), "{row:?}");
    let chart = self::estate(&[&ESTATE[..], &["metrics/portal-chart-solo.csv"]].concat());
    assert!(
        missing(planned(&chart, "solo"), "workload.profile")
            .contains("takes a day of set commands by the hour or finer; 10 min of 60 s")
    );
}

/// A day on which nothing repeats: the plan follows the hours themselves.
#[test]
fn days_that_are_not_alike_are_kept_as_they_were() {
    let text = String::from_utf8(bytes(SOLO)).unwrap();
    let lines = text.lines().enumerate().map(|(at, line)| {
        // One hour of the eighth day is ten times as high.
        if at == 7 * 24 + 4 { line.replace(",900,PT1H", ",9000,PT1H") } else { line.to_owned() }
    });
    let mut all = files(&ESTATE);
    all.push(("metrics.csv".to_owned(), lines.collect::<Vec<_>>().join("\n").into_bytes()));
    let read = read(all);
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    let solo = planned(&estate, "solo");
    let profile = solo.draft.plan.workload.profile.as_ref().unwrap();
    assert_eq!(profile.rates.len(), 16 * 24);
    assert!(profile.rates.iter().copied().fold(0.0, f64::max) > 7.0);
    assert!(evidence(solo, "workload.profile").starts_with("384 intervals of 1 h, because the mean day explains"));
}

/// Columns that name metric and aggregate, below a title with the id; 25/10 settles the day, an empty cell is a gap.
#[test]
fn a_chart_of_the_portal_is_read() {
    let estate = estate(&[&ESTATE[..], &["metrics/portal-chart-solo.csv"]].concat());
    let load = &planned(&estate, "solo").draft.plan.workload;
    assert_eq!(
        (load.writes.as_per_s(), load.dataset, load.connections),
        (2_904.5, crate::units::Bytes::bytes(5_000_000_009.0), 49)
    );
    let text = String::from_utf8(bytes("metrics/portal-chart-solo.csv")).unwrap().replace("25/10/2026", "2/10/2026");
    let file = |text: &str| vec![("chart.csv".to_owned(), text.as_bytes().to_vec())];
    let asked = read(file(&text)).unread.concat();
    assert!(
        asked.contains("2026-10-02 with the day first and 2026-02-10 with the month first")
            && asked.contains("--dates dmy"),
        "{asked}"
    );
    let told = read_dated(file(&text), Some(DateOrder::DayFirst));
    assert_eq!((told.unread.len(), told.facts.metrics.len()), (0, 1));
    let nameless = text.lines().skip(3).collect::<Vec<_>>().join("\n");
    assert!(read_dated(file(&nameless), Some(DateOrder::DayFirst)).unread.concat().contains("name no cache"));
}

/// Of all commands alone nobody knows the writes: the plan asks, with the rate; counted ones are a rate too.
#[test]
fn all_commands_alone_ask_for_the_share_of_writes() {
    for (name, value, rate) in
        [("operationsPerSecond", "maximum", "600/s"), ("totalcommandsprocessed", "total", "10/s")]
    {
        let id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.Cache/redisEnterprise/solo";
        let point = |minute: u32| format!(r#"{{"timeStamp":"2026-10-01T00:0{minute}:00Z","{value}":600}}"#);
        let text = format!(
            r#"{{"interval":"PT1M","namespace":"Microsoft.Cache/redisEnterprise","value":[{{"id":"{id}/providers/Microsoft.Insights/metrics/{name}",
            "name":{{"value":"{name}"}},"unit":"Count","timeseries":[{{"metadatavalues":[],"data":[{},{}]}}]}}]}}"#,
            point(0),
            point(1)
        );
        let mut all = files(&ESTATE);
        all.push(("m".to_owned(), text.into_bytes()));
        let estate = Estate::of(&read(all).facts, &Catalog::bundled().unwrap());
        let solo = planned(&estate, "solo");
        assert!(
            missing(solo, "workload.writes")
                .contains(&format!("All commands are measured, {rate}: which share of them are writes?")),
            "{}",
            missing(solo, "workload.writes")
        );
        assert!(solo.draft.evidence.iter().all(|it| it.field != "workload.writes"));
    }
}

/// Case monitor-five-metrics.json: 8.736 MB/s written are 17,324 writes of the plan's 504.3 B, as the page takes them; reads, load and
/// clients are no writes.
#[test]
fn written_bytes_are_writes_where_set_commands_are_not_known() {
    let cache = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-example/providers/Microsoft.Cache/Redis/cache-example";
    let list =
        format!(r#"[{{"id":"{cache}","location":"westeurope","sku":{{"name":"Premium","family":"P","capacity":1}}}}]"#);
    let writes = |name: &str| {
        let mut all = files(&[name]);
        all.push(("caches".to_owned(), list.clone().into_bytes()));
        let estate = Estate::of(&read(all).facts, &Catalog::bundled().unwrap());
        let plan = planned(&estate, "cache-example");
        plan.draft
            .evidence
            .iter()
            .any(|it| it.field == "workload.writes")
            .then(|| plan.draft.plan.workload.writes.as_per_s().round())
    };
    assert_eq!(writes("files/monitor-five-metrics.json"), Some(17_324.0));
    assert_eq!(["files/monitor-cache-read.json", "files/monitor-geo-lag.json"].map(writes), [None, None]);
    // 174,773.6 set commands a minute, by the records of a diagnostic setting; the same as a document a line.
    let records = |name: &str| read(files(&[name])).facts.metrics.len();
    assert_eq!([records("files/monitor-diagnostic-records.json"), records("files/diagnostic-records.ndjson")], [1, 1]);
}
