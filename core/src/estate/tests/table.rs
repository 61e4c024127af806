//! A fixture for each finding on what is deployed; together they are all that there are.

use super::*;
use std::collections::BTreeSet;
use std::path::Path;

fn folder(below: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

fn names(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(char::is_ascii_uppercase).collect::<String>();
    text.split("EST-").skip(1).map(name).filter(|it| !it.is_empty()).map(|it| format!("EST-{it}")).collect()
}

fn sources(at: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(at).unwrap().map(|it| it.unwrap().path()) {
        if entry.is_dir() && !entry.ends_with("tests") {
            text += &sources(&entry);
        } else if entry.extension().is_some_and(|it| it == "rs") {
            text += &std::fs::read_to_string(entry).unwrap();
        }
    }
    text
}

/// Each file has its finding by name; the snapshot is read when a sentence changes.
#[test]
fn every_finding_has_a_file_that_shows_it() {
    let catalog = Catalog::bundled().unwrap();
    let mut files: Vec<String> = std::fs::read_dir(folder("../tests/fixtures/findings"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let mut said = Vec::new();
    for file in &files {
        let read = read(super::files(&[&format!("findings/{file}")]));
        assert_eq!(read.unread, Vec::<String>::new());
        let estate = Estate::of(&read.facts, &catalog);
        let each = estate.planned.iter().flat_map(|it| &it.findings);
        let found: Vec<&Finding> = estate.findings.iter().chain(each).collect();
        let id = file.strip_suffix(".json").unwrap();
        assert!(found.iter().any(|it| it.id == id), "{file}: {found:#?}");
        for it in found.iter().filter(|it| it.id == id) {
            said.push(format!("{id} {:?}: {}\n  {}", it.severity, it.says, it.do_next));
        }
        let others: Vec<&str> = found.iter().map(|it| it.id).filter(|it| *it != id).collect();
        said.extend((!others.is_empty()).then(|| format!("  beside it: {}", others.join(" "))));
    }
    insta::assert_snapshot!(said.join("\n").replace('\u{a0}', " "));
    let shown: BTreeSet<String> = files.iter().map(|it| it.replace(".json", "")).collect();
    assert_eq!(shown, names(&sources(&folder("src/estate"))), "the code has no other finding");
    let documented = std::fs::read_to_string(folder("../docs/import.md")).unwrap();
    assert_eq!(shown, names(&documented), "docs/import.md names each");
}

/// 64 MB are read, a byte more is not, and the other files are.
#[test]
fn a_file_above_the_limit_is_refused_unread() {
    let mut all = files(&["estate/az-redis-list.json"]);
    let mut large = bytes("estate/server-link-weu.json");
    large.resize(MAX_ESTATE_BYTES, b' ');
    all.push(("at the limit".to_owned(), large.clone()));
    large.push(b' ');
    all.push(("large".to_owned(), large));
    let read = read(all);
    assert_eq!(read.unread.len(), 1);
    let said = read.unread[0].replace('\u{a0}', " ");
    assert!(said.starts_with("large: ") && said.contains("64 MB"), "{said}");
    assert_eq!(read.facts, facts(&["estate/az-redis-list.json", "estate/server-link-weu.json"]));
}

/// What is measured proves or disproves: health at the end of the window counts for the links of a group.
#[test]
fn health_is_evidence_of_the_links() {
    let text = String::from_utf8(bytes("findings/EST-SETS.json")).unwrap();
    let mut caches: serde_json::Value = serde_json::from_str(&text).unwrap();
    let linked = caches[1]["databases"][0]["geoReplication"]["linkedDatabases"].clone();
    caches[0]["databases"][0]["geoReplication"]["linkedDatabases"] = linked;
    let health = |last: u8| {
        let id = caches[0]["id"].as_str().unwrap();
        let point = |hour: u8, value: u8| format!(r#"{{"timeStamp":"2026-10-01T0{hour}:00:00Z","minimum":{value}}}"#);
        format!(
            r#"{{"interval":"PT1H","namespace":"Microsoft.Cache/redisEnterprise","value":[{{"id":"{id}/providers/Microsoft.Insights/metrics/geoReplicationHealthy","name":{{"value":"geoReplicationHealthy"}},"timeseries":[{{"data":[{},{}]}}]}}]}}"#,
            point(0, 1),
            point(1, last)
        )
    };
    for (last, answer, word) in [
        (1, crate::plan::Confirmation::Confirmed, "healthy throughout"),
        (0, crate::plan::Confirmation::NotSo, "not healthy at its end"),
    ] {
        let files = [caches.to_string(), health(last)].map(|text| ("file".to_owned() + &text[..1], text.into_bytes()));
        let estate = Estate::of(&read(files.to_vec()).facts, &Catalog::bundled().unwrap());
        let group = planned(&estate, "g");
        assert_eq!(group.draft.plan.active.checks.all_linked, answer, "{:#?}", group.draft.evidence);
        let from = &group.draft.evidence.iter().find(|it| it.field == "active.checks.all_linked").unwrap().from;
        assert!(from.contains("3 of 3 linked") && from.contains(word), "{from}");
    }
}

/// Columns of a chart of two caches, with the cache behind the metric's name: those of the title's cache are read, the others are told.
#[test]
fn columns_of_a_chart_are_of_its_cache_or_told() {
    let id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.Cache/Redis/small";
    let row = |minute: u32| format!("2026-10-01T00:{minute:02}:00Z,1000000000,9000000000,5,7");
    let rows: Vec<String> = (0..60).map(row).collect();
    for own in ["\"Used Memory (Max), small\"", "\"Max Used Memory, small\"", "Used Memory (Max)"] {
        let text = format!("\"{id}\"\nTime,{own},\"Used Memory (Max), other\",Temperature,Used\n{}\n", rows.join("\n"));
        let all = [files(&["estate/az-redis-list.json"]), vec![("chart.csv".to_owned(), text.into_bytes())]].concat();
        let read = read(all);
        assert_eq!(read.unread, Vec::<String>::new());
        let key = read.facts.caches.keys().find(|it| it.ends_with("/small")).unwrap();
        let memory = measured(&read.facts, key, Quantity::Memory).unwrap().unwrap();
        assert_eq!(memory.peak.to_bits(), 1e9_f64.to_bits(), "{own}");
        let told = "Columns of a table of metrics that are not read: “Temperature”, “Used” and those of other.";
        assert!(read.remarks.iter().any(|it| it == told), "{:?}", read.remarks);
    }
}
