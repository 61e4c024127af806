use super::*;
use proptest::prelude::*;

fn values(series: &Series) -> Vec<f64> {
    series.samples.iter().map(|sample| sample.value).collect()
}

fn refused(text: &str) -> String {
    read_series(text).expect_err(text).to_string()
}

#[test]
fn two_columns_as_tools_write_them() {
    let cases = [
        ("time,writes/s\n0,100\n60,200\n", "writes/s", Some(Measure::Operations), [100.0, 200.0]),
        (
            "t;value [MB/s]\r\n2026-03-01T00:00:00Z;1,5\r\n2026-03-01T00:01:00Z;2\r\n",
            "value [MB/s]",
            Some(Measure::DataRate),
            [1.5e6, 2e6],
        ),
        (
            "\u{feff}\"Time\",\"used_memory (bytes)\"\n\"2026-03-01 00:00\",\"5\"\n\"2026-03-01 00:01\",\"7\"",
            "used_memory (bytes)",
            Some(Measure::Data),
            [5.0, 7.0],
        ),
        (
            "sep=;\ntime\tset commands per second\n1772323200000\t1\n1772323260000\t2\n",
            "set commands per second",
            Some(Measure::Operations),
            [1.0, 2.0],
        ),
        ("time,ops/min\n0,60\n60,120\n", "ops/min", Some(Measure::Operations), [1.0, 2.0]),
        ("time,used memory %\n0,60\n60,80\n", "used memory %", Some(Measure::Share), [0.6, 0.8]),
        ("time,link bps\n0,8\n60,16\n", "link bps", Some(Measure::DataRate), [1.0, 2.0]),
        ("time,value\n0,1\n60,2\n", "value", None, [1.0, 2.0]),
        ("0,1\n60,2\n", "", None, [1.0, 2.0]),
        ("# newest first\ntime,/s\n60,2\n0,1\n", "/s", Some(Measure::Operations), [1.0, 2.0]),
    ];
    for (text, name, measure, expected) in cases {
        let series = read_series(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((series.name.as_str(), series.measure), (name, measure));
        assert!(values(&series).iter().zip(expected).all(|(got, wanted)| (got - wanted).abs() < 1e-9), "{text}");
        assert_eq!((series.step, series.missing), (Secs::mins(1.0), 0), "{text}");
    }
}

/// One cell is empty, one says NaN, two minutes are not there at all: four missing, and no sample holds longer than a step.
#[test]
fn what_is_missing_is_counted_and_left_out() {
    let series =
        read_series("time,writes/s\n0,1\n60,\n120,3\n180,NaN\n240,5\n420,8\n480,9\n540,10\n").expect("a series");
    assert_eq!(values(&series), [1.0, 3.0, 5.0, 8.0, 9.0, 10.0]);
    assert_eq!(series.missing, 4);
    assert!(series.samples.iter().all(|sample| sample.lasts == Secs::mins(1.0)));
    assert_eq!((series.covered(), series.mean()), (Secs::mins(6.0), 6.0));
}

/// No spacing is the usual one: each value holds until the next, the last for the mean spacing.
#[test]
fn values_at_times_of_their_own_hold_until_the_next() {
    let series = read_series("time,/s\n0,1\n10,2\n40,3\n100,4\n").expect("a series");
    let lasts: Vec<f64> = series.samples.iter().map(|sample| sample.lasts.as_secs()).collect();
    assert_eq!(lasts, [10.0, 30.0, 60.0, 100.0 / 3.0]);
    assert_eq!(series.missing, 0);
}

fn answer(unit: &str, name: &str, points: &str) -> String {
    format!(
        r#"{{"cost": 1, "interval": "PT1M", "value": [{{"name": {{"value": "{name}"}}, "unit": "{unit}",
        "timeseries": [{{"metadatavalues": [], "data": [{points}]}}]}}]}}"#
    )
}

/// The shape of a real answer (2023-10-01): the first points have a time stamp and no value.
#[test]
fn azure_monitor_points_without_a_value_are_missing() {
    let points = r#"{"timeStamp": "2024-07-11T07:00:00Z"}, {"timeStamp": "2024-07-11T07:01:00Z"},
        {"timeStamp": "2024-07-11T07:02:00Z", "average": 42409592}, {"timeStamp": "2024-07-11T07:03:00Z", "average": 42389140}"#;
    let series = read_series(&answer("Bytes", "usedmemory", points)).expect("a series");
    assert_eq!(
        (series.name.as_str(), series.measure, series.aggregate),
        ("usedmemory", Some(Measure::Data), Some("average"))
    );
    assert_eq!((values(&series), series.missing), (vec![42_409_592.0, 42_389_140.0], 2));
    assert_eq!(series.samples[0].at, Secs::ZERO);
}

fn of_service(namespace: &str, name: &str, unit: &str, points: &str) -> String {
    format!(
        r#"{{"interval": "PT1M", "namespace": "{namespace}", "value": [{{"name": {{"value": "{name}"}}, "unit": "{unit}",
        "timeseries": [{{"metadatavalues": [], "data": [{points}]}}]}}]}}"#
    )
}

const REDIS: &str = "Microsoft.Cache/Redis";
const ENTERPRISE: &str = "microsoft.cache/redisenterprise";

/// Azure Monitor's reference (M1): in Redis set commands are counted in each interval, in Enterprise they are a rate; memory and
/// written bytes are read as maximum, because an average counts idle replicas too (half in monitor-five-metrics.json).
#[test]
fn a_metric_is_what_its_name_and_namespace_say() {
    let points = r#"{"timeStamp": "2024-07-11T07:00:00+00:00", "total": 6000, "average": 30, "maximum": 90}, {"timestamp": "2024-07-11T07:01:00Z", "total": 12000, "average": 60, "maximum": 120}"#;
    let cases = [
        (REDIS, "setcommands", "Count", Measure::Operations, "total", [100.0, 200.0]),
        (ENTERPRISE, "setcommands", "Count", Measure::Operations, "average", [30.0, 60.0]),
        ("", "setcommands", "CountPerSecond", Measure::Operations, "average", [30.0, 60.0]),
        (REDIS, "cacheWrite", "BytesPerSecond", Measure::DataRate, "maximum", [90.0, 120.0]),
        (ENTERPRISE, "usedmemory", "Bytes", Measure::Data, "maximum", [90.0, 120.0]),
    ];
    for (namespace, name, unit, measure, aggregate, expected) in cases {
        let text = of_service(namespace, name, unit, points);
        let series = read_series(&text).unwrap_or_else(|error| panic!("{namespace} {name}: {error}"));
        assert_eq!((series.measure, series.aggregate), (Some(measure), Some(aggregate)), "{namespace} {name}");
        assert_eq!(values(&series), expected, "{namespace} {name}");
    }
}

/// A replica applies every write once more: "allsetcommands" of two nodes is twice what clients write.
#[test]
fn what_replicas_apply_is_no_write() {
    let points =
        r#"{"timeStamp": "2024-07-11T07:00:00Z", "total": 6000}, {"timeStamp": "2024-07-11T07:01:00Z", "total": 6000}"#;
    for namespace in [REDIS, ""] {
        let said =
            read_series(&of_service(namespace, "allsetcommands", "Count", points)).expect_err("instances").to_string();
        assert!(said.contains("counts what replicas apply too"), "{said}");
    }
}

/// An hour adds up sixty rates of a minute: without an average 600 in PT1H are 10/s (Enterprise), and 36,000 counted
/// commands are 10/s (Redis), gaps or not.
#[test]
fn the_interval_that_the_answer_names_counts() {
    let points = |total: u32| {
        format!(
            r#"{{"timeStamp": "2024-07-11T07:00:00Z", "total": {total}}}, {{"timeStamp": "2024-07-11T09:00:00Z", "total": {total}}}"#
        )
    };
    for (namespace, total) in [(ENTERPRISE, 600), (REDIS, 36_000)] {
        let text = of_service(namespace, "setcommands", "Count", &points(total)).replace("PT1M", "PT1H");
        assert_eq!(values(&read_series(&text).expect("a series")), [10.0, 10.0], "{namespace}");
    }
}

#[test]
fn what_is_no_write_is_refused_by_name() {
    let points = r#"{"timeStamp": "2024-07-11T07:00:00Z", "total": 1, "average": 1, "maximum": 1}, {"timeStamp": "2024-07-11T07:01:00Z", "total": 1, "average": 1, "maximum": 1}"#;
    let names = [
        (REDIS, "getcommands"),
        (REDIS, "operationsPerSecond"),
        (ENTERPRISE, "totalcommandsprocessed"),
        (REDIS, "connectedclients"),
        (REDIS, "serverLoad"),
        (REDIS, "GeoReplicationDataSyncOffset"),
        (REDIS, "usedmemory"),
        (REDIS, "setcommands3"),
        (REDIS, "newmetric"),
        ("Microsoft.Storage/storageAccounts", "setcommands"),
        ("", "setcommands"),
    ];
    let said = names.map(|(namespace, name)| {
        read_for(&of_service(namespace, name, "Count", points), Wanted::Writes).expect_err(name).to_string()
    });
    let average = of_service(REDIS, "setcommands", "Count", points).replace("\"total\": 1, ", "");
    let memory = read_for(&of_service(REDIS, "setcommands", "Count", points), Wanted::Memory).expect_err("no memory");
    let said = [&said[..], &[refused(&average), memory.to_string()]].concat();
    insta::assert_snapshot!(said.join("\n"));
}

/// Of several metrics the set commands are taken, then written bytes; the same metric of two caches is nobody's choice.
#[test]
fn of_several_metrics_the_wanted_one_is_taken() {
    let metric = |cache: &str, name: &str, value: &str| {
        format!(
            r#"{{"id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/{cache}/providers/Microsoft.Insights/metrics/{name}",
            "name": {{"value": "{name}"}}, "unit": "Count", "timeseries": [{{"data": [{{"timeStamp": "2024-07-11T07:00:00Z", {value}}},
            {{"timeStamp": "2024-07-11T07:01:00Z", {value}}}]}}]}}"#
        )
    };
    let file = |metrics: &[String]| format!(r#"{{"interval": "PT1M", "value": [{}]}}"#, metrics.join(","));
    let (bytes, reads) = (metric("a", "cacheWrite", "\"maximum\": 9"), metric("a", "getcommands", "\"total\": 60"));
    let sets = metric("a", "setcommands", "\"total\": 120");
    let series = read_for(&file(&[bytes.clone(), reads, sets.clone()]), Wanted::Writes).expect("set commands");
    assert_eq!((series.name.as_str(), values(&series)), ("setcommands", vec![2.0, 2.0]));
    assert!(
        series.remark.ends_with("Not taken: cacheWrite (bytes written a second), getcommands (reads)."),
        "{}",
        series.remark
    );
    let counted = metric("a", "setcommands", "\"average\": 120");
    let series = read_for(&file(&[counted, bytes]), Wanted::Writes).expect("written bytes");
    assert_eq!((series.name.as_str(), values(&series)), ("cacheWrite", vec![9.0, 9.0]));
    let said = refused(&file(&[sets, metric("b", "setcommands", "\"total\": 60")]));
    assert_eq!(said, "The file has setcommands of several caches (a, b); save that of one.");
}

/// Columns of known names mean what the metrics do; those of other names keep their units.
#[test]
fn columns_are_found_by_name_in_any_order() {
    for text in [
        "time,writes/s\n0,100\n60,200\n",
        "writes/s,time\n100,0\n200,60\n",
        "reads/s,Time,writes/s\n7,0,100\n7,60,200\n",
        "Time;Sets (per second);Gets (per second);note\n0;100;7;a\n60;200;7;b\n",
    ] {
        let series = read_for(text, Wanted::Writes).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((values(&series), series.measure), (vec![100.0, 200.0], Some(Measure::Operations)), "{text}");
    }
    for (text, part) in [
        ("time,reads/s\n0,1\n60,2\n", "“reads/s” measures reads, not writes"),
        ("time,cacheRead (bytes/s)\n0,1\n60,2\n", "bytes read a second, not writes"),
        ("time,GeoReplicationConnectivityLag\n0,1\n60,2\n", "seconds of replication lag, not writes"),
        ("time,Connected Clients\n0,1\n60,2\n", "connected clients, not writes"),
    ] {
        let said = read_for(text, Wanted::Writes).expect_err(text).to_string();
        assert!(said.contains(part), "{said}");
    }
    let series = read_for("cacheWrite,time\n5,0\n6,60\n", Wanted::Writes).expect("bytes a second");
    assert_eq!(series.measure, Some(Measure::DataRate));
}

/// Dates with slashes: a number above 12, or the one order in which times rise, settles them; else the file asks.
#[test]
fn the_file_settles_the_order_of_day_and_month() {
    let day = |text: &str| {
        let series = read_series(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (series.day(Secs::ZERO).map(|day| day.to_string()), series.step)
    };
    let minute = Secs::mins(1.0);
    let cases = [
        ("time,/s\n\"2/25/2026, 9:19:00.000 AM\",1\n\"2/25/2026, 9:20:00.000 AM\",2\n", "2026-02-25", minute),
        ("time,/s\n25/02/2026 09:19,1\n25/02/2026 09:20,2\n", "2026-02-25", minute),
        ("time,/s\n25.2.2026 09:19,1\n25.2.2026 09:20,2\n", "2026-02-25", minute),
        ("time,/s\n2/25/2026 11:59 PM,1\n2/26/2026 12:00 AM,2\n", "2026-02-25", minute),
        ("time,/s\n9/30/2026,1\n10/1/2026,2\n10/2/2026,3\n", "2026-09-30", Secs::hours(24.0)),
        ("time,/s\n1/12/2026,1\n2/1/2026,2\n2/22/2026,3\n", "2026-01-12", Secs::hours(24.0 * 20.0)),
        ("time,/s\n3/3/2026 9:19 AM,1\n3/3/2026 9:20 AM,2\n", "2026-03-03", minute),
    ];
    for (text, expected, step) in cases {
        assert_eq!(day(text), (Some(expected.to_owned()), step), "{text}");
    }
    let said = refused("time,/s\n3/4/2026 9:19 AM,1\n3/4/2026 9:20 AM,2\n");
    assert_eq!(
        said,
        "Line 2: “3/4/2026 9:19 AM” is 2026-04-03 with the day first and 2026-03-04 with the month first, and no line settles which. Choose one on the page, give --dates dmy or --dates mdy, write dates as 2026-03-01, or save more days."
    );
}

#[test]
fn refusals_name_the_place_and_the_rule() {
    let two = r#"{"value": [{"name": {"value": "a"}}, {"name": {"value": "b"}}]}"#;
    let split = r#"{"value": [{"name": {"value": "a"}, "timeseries": [{}, {}]}]}"#.replace("\"a\"", "\"usedmemory\"");
    let none = answer("Bytes", "usedmemory", r#"{"timeStamp": "2024-07-11T07:00:00Z"}"#);
    let negative = answer("Bytes", "usedmemory", r#"{"timeStamp": "2024-07-11T07:00:00Z", "average": -1}"#);
    let texts = [
        "",
        "time,writes/s\n",
        "time,writes/s\n0,1\n",
        "a,b,c\n0,1,2\n",
        "time,/s\n0,1\n1,2,3\n",
        "time,/s\nnoon,1\n",
        "time,/s\n0,many\n",
        "time,/s\n0,-5\n",
        "time,/s\n0,1e999\n",
        "time,/s\n0,1\n0,2\n9,3\n",
        "time,/s\n0,1\n9,2\n3,2\n",
        "{",
        "{}",
        r#"{"value": []}"#,
        two,
        &split,
        &none,
        &negative,
        "time,/s\nnext Wednesday at the time of the weekly release and its checks,1\n",
        r#"{"value": [{"name": {"value": "usedmemory"}, "timeseries": [{"data": [{"average": 1}]}]}]}"#,
    ];
    let wanted = |text: &str| if text.contains("usedmemory") { Wanted::Memory } else { Wanted::Writes };
    let refused = |text: &str| read_for(text, wanted(text)).expect_err(text).to_string();
    let said: Vec<String> = texts.into_iter().map(refused).collect();
    insta::assert_snapshot!(said.join("\n"));
    assert!(refused(&" ".repeat(MAX_SERIES_BYTES + 1)).contains("16 MB"));
    let mut long = "time,/s\n".to_owned();
    long.extend((0..=MAX_SAMPLES).map(|index| format!("{index},1\n")));
    assert!(refused(&long).contains("100,000 samples"));
}

fn taken(text: &str) -> (crate::plan::Plan, String) {
    let series = read_series(text).expect("a series");
    let (plan, said) = take_writes(&series, &crate::plan::Plan::default(), "writes.csv").expect("rates");
    (plan, said.replace('\u{a0}', " "))
}

/// The default plan has 489.6 B a write and 3 % overhead: 5 MB/s are 9,915 writes/s. Its writes stay without a unit.
#[test]
fn a_series_becomes_the_plans_write_rate() {
    let (plan, said) = taken("time,writes/s\n0,100\n60,\n120,200\n180,600\n");
    assert_eq!(plan.workload.writes.as_per_s(), 300.0);
    let profile = plan.workload.profile.clone().expect("a profile");
    assert_eq!((profile.step, profile.rates.as_slice()), (Secs::mins(1.0), &[0.333, 0.667, 2.0][..]));
    let mean = "The write rate follows 3 samples over 3 min, repeated. Its mean is 300/s, and those are the plan's writes now.";
    assert_eq!(said, format!("{mean} 1 sample without a value: left out, not guessed."));
    assert_eq!(crate::plan::check(&plan), []);
    let json = crate::codec::to_json(&plan);
    assert_eq!(crate::codec::from_json(&json).expect("a plan"), plan);
    assert_eq!(crate::codec::from_fragment(&crate::codec::to_fragment(&plan)).expect("a link"), plan);
    let (plan, _) = taken("time,MB/s\n0,4\n60,6\n");
    assert!((plan.workload.writes.as_per_s() - 5e6 / (489.6 * 1.03)).abs() < 1e-6);
    let (plan, said) = taken("time,value\n0,4\n60,6\n");
    assert_eq!(plan.workload.writes.as_per_s(), 5_000.0);
    assert!(said.contains("names no unit") && said.contains("5,000/s stay the mean"), "{said}");
}

/// Three days by the minute: 4,320 samples become 1,440 means of three, and the mean of all stays.
#[test]
fn long_series_are_reduced_to_equal_means() {
    let mut rows = "time,writes/s\n".to_owned();
    rows.extend((0..4_320).map(|minute| format!("{},{}\n", minute * 60, minute % 3)));
    let (plan, said) = taken(&rows);
    let profile = plan.workload.profile.expect("a profile");
    assert_eq!((profile.rates.len(), profile.step), (1_440, Secs::mins(3.0)));
    assert!(profile.rates.iter().all(|rate| *rate == 1.0));
    assert!(said.ends_with("Reduced to 1,440 means of 3 min: shorter bursts are smoothed."), "{said}");
}

#[test]
fn what_is_no_write_rate_is_not_taken() {
    for (text, said) in [
        ("time,used (MB)\n0,1\n60,2\n", "is no rate of writes"),
        ("time,writes/s\n0,0\n60,0\n", "Nothing is ever written"),
        ("time,writes/s\n0,1e20\n60,0\n", "outside the range"),
    ] {
        let series = read_series(text).expect("a series");
        let error = take_writes(&series, &crate::plan::Plan::default(), "f").expect_err(text);
        assert!(error.to_string().contains(said), "{error}");
    }
}

/// Page 0.7 for tables: a column that is named as something else never becomes the course of the writes.
#[test]
fn a_column_without_a_unit_that_names_something_else_is_no_series_of_writes() {
    let taken = |name: &str| {
        let given = read_series(&format!("time,{name}\n0,3\n60,4\n120,5\n"));
        given.and_then(|series| take_writes(&series, &crate::plan::Plan::default(), "a.csv")).is_ok()
    };
    for other in [
        "latency ms",
        "p99 latency",
        "temperature",
        "cost",
        "ops",
        "rss",
        "reads",
        "GET hits",
        "clients",
        "server load",
    ] {
        assert!(!taken(other), "{other}");
    }
    for writes in ["writes", "Total", "value", "sets", "write load"] {
        assert!(taken(writes), "{writes}");
    }
}

/// A mean of every month (a step of 2,628,000 s): a plan's series has steps of at most 7 d, and a plan that holds another is
/// refused by the reader of plans.
#[test]
fn a_series_that_no_plan_may_hold_is_refused_with_the_rule() {
    let monthly = include_str!("../../../../tests/fixtures/series/monthly-writes.csv");
    let given = read_series(monthly).expect("a series");
    let said = take_writes(&given, &crate::plan::Plan::default(), "monthly.csv").expect_err("a month").to_string();
    assert!(said.ends_with("is outside the range; enter 1 ms to 7 d."), "{said}");
}

proptest! {
    /// Any text is read or refused, and what is read can be used: times rise, values are finite and not negative.
    #[test]
    fn any_text_is_read_or_refused(text in "(time,/s\n)?([0-9]{1,4}[,;][0-9.,e-]{0,6}\n){0,8}|\\PC{0,80}") {
        if let Ok(series) = read_series(&text) {
            prop_assert!(series.samples.len() > 1 && series.step > Secs::ZERO);
            prop_assert!(series.samples.iter().all(|it| it.value.is_finite() && it.value >= 0.0 && it.lasts > Secs::ZERO));
            prop_assert!(series.mean().is_finite() || series.samples.iter().any(|it| it.value > 1e300));
        }
    }
}

#[test]
fn an_answer_with_a_key_twice_is_refused() {
    let text = r#"{"value":[{"name":{"value":"setcommands","value":"getcommands"},"timeseries":[]}]}"#;
    assert!(refused(text).contains("the field “value” is there twice in one group"), "{}", refused(text));
}
