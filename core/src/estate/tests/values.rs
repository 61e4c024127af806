//! The failing inputs of metrics, each with its right value.

use super::*;

fn measured_of(name: &str, quantity: Quantity) -> Option<Measured> {
    let facts = facts(&[name]);
    let cache = facts.metrics.keys().next()?.clone();
    measured(&facts, &cache, quantity)?.ok()
}

/// 2,913 a second in each of them: (2,932 + 2,906 + 2,969 + 2,894 + 2,863) ÷ 5 of a rate; 174,777 a minute ÷ 60 of a count.
#[test]
fn set_commands_are_a_rate_in_enterprise_and_a_count_in_redis() {
    let amr = measured_of("files/monitor-amr-sets-per-second.json", Quantity::Sets).unwrap();
    assert!((amr.mean - 2_912.8).abs() < 1e-9 && amr.aggregate == "average", "{amr:?}");
    let records = measured_of("files/monitor-diagnostic-records.json", Quantity::Sets).unwrap();
    assert!((records.mean - 2_913.0).abs() < 1.0 && records.aggregate == "total", "{records:?}");
    let clients = measured_of("files/monitor-diagnostic-records.json", Quantity::Clients).unwrap();
    assert_eq!((clients.peak, clients.points), (63.0, 5), "several metrics of one file are taken together");
}

/// Reads, lag and load are no writes, whatever the file is called.
#[test]
fn what_is_no_write_is_never_a_write() {
    for name in ["files/monitor-cache-read.json", "files/monitor-geo-lag.json"] {
        assert_eq!(measured_of(name, Quantity::Sets), None, "{name}");
        assert_eq!(measured_of(name, Quantity::WriteBytes), None, "{name}");
    }
    assert!(measured_of("files/monitor-cache-read.json", Quantity::ReadBytes).is_some());
    let lag = measured_of("files/monitor-geo-lag.json", Quantity::Lag).unwrap();
    assert_eq!((lag.peak, lag.interval.as_secs()), (4.0, 60.0));
    let five = "files/monitor-five-metrics.json";
    assert!(measured_of(five, Quantity::WriteBytes).is_some() && measured_of(five, Quantity::Resident).is_some());
    assert_eq!(measured_of(five, Quantity::Sets), None);
}

/// Shards add up at each time; a time that misses one has no value. 2 + 3 + 4 GB at hour 14, hour 3 is a gap.
#[test]
fn shards_add_up_and_gaps_stay_gaps() {
    let memory = measured_of("estate/metrics-pair-weu.json", Quantity::Memory).unwrap();
    assert_eq!((memory.peak, memory.parts, memory.points, memory.gaps), (9e9, 3, 23, 1));
    assert_eq!(crate::units::Date::of_moment(memory.peak_at).unwrap().to_string(), "2026-10-01");
    let fill = measured_of("estate/metrics-pair-weu.json", Quantity::Fill).unwrap();
    assert_eq!(fill.peak, 30.0, "of shares the greatest counts");
    let clients = measured_of("estate/metrics-pair-weu.json", Quantity::Clients).unwrap();
    assert_eq!(clients.peak, 360.0);
}

/// az prints ten series unless --top is given: a sum of ten of fifteen shards is no sum.
#[test]
fn shards_that_are_missing_are_said() {
    let mut facts =
        facts(&["estate/az-redis-list.json", "estate/metrics-pair-weu.json", "estate/server-link-weu.json"]);
    let key = facts.metrics.keys().next().unwrap().clone();
    facts.caches.get_mut(&key).unwrap().shards = Some(15);
    assert_eq!(measured(&facts, &key, Quantity::Memory), Some(Err(Unusable::Parts(3, 15))));
    let estate = Estate::of(&facts, &Catalog::bundled().unwrap());
    let unknown = &planned(&estate, "pair-weu and pair-neu").draft.unknown;
    let said = unknown.iter().find(|it| it.field == "workload.dataset").unwrap();
    assert!(said.why.contains("3 of 15 shards are in the files; ask for them with --top 30"), "{}", said.why);
}

/// The same series by its old names, one a shard, and as a table of Log Analytics.
#[test]
fn old_names_and_tables_are_the_same_metric() {
    let id = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c";
    let point = |value: f64| format!(r#"{{"timeStamp":"2026-10-01T00:00:00Z","maximum":{value}}}"#);
    let metric = |name: &str, value: f64| {
        format!(
            r#"{{"id":"{id}/providers/Microsoft.Insights/metrics/{name}","name":{{"value":"{name}"}},"timeseries":[{{"data":[{}]}}]}}"#,
            point(value)
        )
    };
    let answer = format!(
        r#"{{"interval":"PT1H","namespace":"Microsoft.Cache/redis","value":[{},{}]}}"#,
        metric("usedmemory0", 1e9),
        metric("usedmemory1", 2e9)
    );
    let read_one = |text: &str| read(vec![("a".to_owned(), text.as_bytes().to_vec())]);
    let facts = read_one(&answer).facts;
    let memory = measured(&facts, &id.to_ascii_lowercase(), Quantity::Memory).unwrap().unwrap();
    assert_eq!((memory.peak, memory.parts), (3e9, 2));
    let table = format!(
        "TimeGenerated,ResourceId,MetricName,TimeGrain,Total,Average\n2026-10-01T00:00:00Z,{id},setcommands,PT1M,6000,1\n2026-10-01T00:01:00Z,{id},setcommands,PT1M,12000,1\n"
    );
    let facts = read_one(&table).facts;
    assert_eq!(measured(&facts, &id.to_ascii_lowercase(), Quantity::Sets).unwrap().unwrap().mean, 150.0);
    // Dates with slashes where a line settles the order of day and month, and where none does.
    let table = |day: &str| {
        let rows = [0, 1].map(|minute| format!("\"{day}, 9:0{minute}:00.000 AM\",{id},setcommands,PT1M,6000\n"));
        read_one(&format!("\"TimeGenerated [UTC]\",ResourceId,MetricName,TimeGrain,Total\n{}", rows.concat()))
    };
    let read = table("2/25/2026");
    assert_eq!(measured(&read.facts, &id.to_ascii_lowercase(), Quantity::Sets).unwrap().unwrap().mean, 100.0);
    assert!(table("2/3/2026").unread[0].contains("no line settles which"), "{:?}", table("2/3/2026").unread);
}

/// A metric of another service, one that nobody knows, one without the aggregate that says it.
#[test]
fn what_is_passed_over_is_said() {
    let answer = |of: &str, name: &str, aggregate: &str| {
        format!(
            r#"{{"interval":"PT1M","namespace":"{of}","value":[{{"id":"/subscriptions/0/resourceGroups/g/providers/{of}/c/providers/Microsoft.Insights/metrics/{name}","name":{{"value":"{name}"}},"timeseries":[{{"data":[{{"timeStamp":"2026-10-01T00:00:00Z","{aggregate}":5}}]}}]}}]}}"#
        )
    };
    let cases = [
        (answer("Microsoft.Storage/storageAccounts", "usedcapacity", "average"), "is no Redis of Azure"),
        (answer("Microsoft.Cache/redis", "sparkles", "average"), "“sparkles” is no metric that is read here."),
        (
            answer("Microsoft.Cache/redis", "allusedmemory", "maximum"),
            "“allusedmemory” is no metric that is read here.",
        ),
        (answer("Microsoft.Cache/redis", "setcommands", "average"), "“setcommands” of c has no total"),
    ];
    for (text, part) in cases {
        let read = read(vec![("a".to_owned(), text.into_bytes())]);
        assert!(read.facts.metrics.is_empty());
        assert!(read.remarks.iter().any(|it| it.contains(part)), "{part}: {:?}", read.remarks);
    }
}
