//! Every spelling of one estate gives the same facts; what is not for it gets a sentence.

use super::*;
use serde_json::{Map, Value, json};

/// Settings in the spelling of REST: `maxmemoryPolicy` → `maxmemory-policy`.
fn kebab(name: &str) -> String {
    let known = [
        ("maxmemoryPolicy", "maxmemory-policy"),
        ("maxmemoryReserved", "maxmemory-reserved"),
        ("maxfragmentationmemoryReserved", "maxfragmentationmemory-reserved"),
        ("rdbBackupEnabled", "rdb-backup-enabled"),
        ("aofBackupEnabled", "aof-backup-enabled"),
        ("aadEnabled", "aad-enabled"),
    ];
    known.iter().find(|(camel, _)| *camel == name).map_or(name, |(_, kebab)| kebab).to_owned()
}

/// What REST has of an object that the command line flattened.
fn nested(flat: &Value) -> Value {
    const OUTER: [&str; 9] = ["id", "name", "type", "location", "tags", "zones", "kind", "identity", "sku"];
    let (mut outer, mut inner) = (Map::new(), Map::new());
    let is_cluster = flat["type"].as_str().unwrap().to_ascii_lowercase().contains("enterprise");
    for (name, value) in flat.as_object().unwrap() {
        let value = match (name.as_str(), value) {
            ("redisConfiguration", Value::Object(fields)) => {
                fields.iter().map(|(name, value)| (kebab(name), value.clone())).collect::<Map<_, _>>().into()
            }
            ("databases" | "privateEndpointConnections", Value::Array(list)) => list
                .iter()
                .map(|it| if it.get("type").is_some() { nested(it) } else { json!({"id": it["id"], "properties": it}) })
                .collect(),
            _ => value.clone(),
        };
        match name.as_str() {
            "resourceGroup" => {}
            "sku" if !is_cluster => drop(inner.insert(name.clone(), value)),
            name if OUTER.contains(&name) => drop(outer.insert(name.to_owned(), value)),
            _ => drop(inner.insert(name.clone(), value)),
        }
    }
    outer.insert("properties".to_owned(), inner.into());
    outer.into()
}

fn json_of(name: &str) -> Vec<Value> {
    serde_json::from_slice::<Vec<Value>>(&bytes(name)).unwrap()
}

fn one(text: &str) -> Read {
    read(vec![("file".to_owned(), text.as_bytes().to_vec())])
}

/// Without what printed it.
fn said(mut facts: Facts) -> Facts {
    facts.caches.values_mut().for_each(|it| it.origin = Origin::default());
    facts.links.values_mut().for_each(|it| it.origin = Origin::default());
    facts.databases.values_mut().for_each(|it| it.origin = Origin::default());
    facts.endpoints.values_mut().for_each(|it| it.origin = Origin::default());
    facts.pages = facts::pages::Pages::default();
    facts.lists = facts::lists::Lists::default();
    facts.has_empty_list = false;
    facts
}

#[test]
fn rest_graph_pages_and_lines_say_what_the_command_line_says() {
    for name in ["estate/az-redis-list.json", "estate/az-redisenterprise-list.json", "estate/server-link-weu.json"] {
        let expected = facts(&[name]);
        let flat = json_of(name);
        let rest: Vec<Value> = flat.iter().map(nested).collect();
        let lines: String = flat.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let graph: Vec<Value> = rest
            .iter()
            .map(|it| {
                let mut row = it.clone();
                row["type"] = row["type"].as_str().unwrap().to_ascii_lowercase().into();
                row["id"] = row["id"].as_str().unwrap().replace("resourceGroups", "resourcegroups").into();
                row
            })
            .collect();
        let texts = [
            json!({"value": rest}).to_string(),
            format!("{}\n{}", json!({"value": rest[..1]}), json!({"value": rest[1..]})),
            Value::from(rest.clone()).to_string(),
            lines,
        ];
        for text in texts {
            let read = one(&text);
            assert_eq!((said(read.facts), read.unread), (said(expected.clone()), Vec::new()), "{name}: {text}");
        }
        for text in [
            json!({"count": 3, "data": graph, "skip_token": null, "total_records": 3}).to_string(),
            Value::from(graph).to_string(),
        ] {
            let read = one(&text).facts;
            assert_eq!(read.caches.keys().collect::<Vec<_>>(), expected.caches.keys().collect::<Vec<_>>());
            let sizes = |facts: &Facts| {
                facts
                    .caches
                    .values()
                    .map(|it| (it.size.clone(), it.location.clone(), it.shards, it.eviction.clone()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(sizes(&read), sizes(&expected), "{name}");
        }
    }
}

#[test]
fn every_encoding_is_read() {
    let text = String::from_utf8(bytes("estate/az-redis-list.json")).unwrap();
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let expected = facts(&["estate/az-redis-list.json"]);
    for bytes in [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [vec![0xff, 0xfe], wide(u16::to_le_bytes)].concat(),
        wide(u16::to_be_bytes),
        text.replace('\n', "\r\n").into_bytes(),
    ] {
        assert_eq!(read(vec![("a".to_owned(), bytes)]).facts, expected);
    }
}

#[test]
fn a_cache_has_what_az_prints_of_it() {
    let facts = facts(&["estate/az-redis-list.json"]);
    let (key, pair) = facts.caches.iter().find(|(key, _)| key.ends_with("/pair-weu")).unwrap();
    assert_eq!(
        (pair.name(), pair.resource_group(), pair.subscription()),
        ("pair-weu", Some("rg-weu"), Some("00000000-0000-0000-0000-000000000000"))
    );
    assert_eq!((pair.size.as_deref(), pair.tier, pair.shards), (Some("Premium_P2"), Some(Tier::Premium), Some(3)));
    assert_eq!((pair.reserved_mb, pair.rdb, pair.aof, pair.entra), (Some(1_300), Some(false), None, Some(true)));
    assert_eq!(facts.endpoints.keys().filter(|(cache, _)| cache == key).count(), 1);
    let small = facts.caches.values().find(|it| it.name() == "small").unwrap();
    assert_eq!((small.size.as_deref(), small.shards, &small.zones), (Some("Standard_C1"), None, &None));
}

#[test]
fn what_is_not_of_an_estate_gets_one_sentence_and_the_rest_is_read() {
    let good = bytes("estate/az-redis-list.json");
    let cut = good[..good.len() / 2].to_vec();
    let lines = [good.clone(), b"{\"id\": \"/subscr".to_vec()].concat();
    let cases: [(&str, Vec<u8>, &str); 10] = [
        ("cut", cut, "What comes before it is read."),
        ("tail", lines, "What comes before it is read."),
        ("picture", b"\x89PNG\r\n\x1a\n".to_vec(), "picture (PNG)"),
        ("plan", br#"{"v":1,"name":"a"}"#.to_vec(), "This is a plan, not a part of an estate."),
        ("portfolio", br#"{"portfolio":1,"plans":[]}"#.to_vec(), "This is a portfolio, not a part of an estate."),
        ("state", bytes("files/state-v4.tfstate"), "Terraform state"),
        (
            "keys",
            br#"{"primaryKey":"a","secondaryKey":"b"}"#.to_vec(),
            "access keys of a cache, and nothing of it is read",
        ),
        ("twice", br#"[{"id":"/subscriptions/a","id":"b"}]"#.to_vec(), "The field id appears twice in one object"),
        ("copy", good.clone(), "the content of a good"),
        ("deep", "[".repeat(100_000).into_bytes(), "breaks off or is damaged"),
    ];
    let mut files = vec![("a good".to_owned(), good.clone())];
    files.extend(cases.iter().map(|(name, bytes, _)| ((*name).to_owned(), bytes.clone())));
    let all = read(files);
    assert_eq!(all.facts, facts(&["estate/az-redis-list.json"]));
    assert_eq!(all.unread.len(), cases.len(), "{:#?}", all.unread);
    for (name, _, part) in cases {
        let said = all.unread.iter().find(|it| it.starts_with(&format!("{name}: "))).unwrap();
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(one("[]").unread, Vec::<String>::new(), "an empty list is what az prints where it finds nothing");
}

/// A field of another type is a field that is absent.
#[test]
fn fields_of_other_types_are_absent() {
    let odd = r#"[1, "a", null, [2], {"id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c", "sku": ["x"],
        "shardCount": "3", "tags": {"a": 1, "b": "2"}, "zones": "1", "linkedServers": {"id": 3}, "location": {"a": []},
        "properties": {"sku": {"name": "Premium", "family": "P", "capacity": "1"}, "redisConfiguration": [], "shardCount": true}}]"#;
    let read = one(odd);
    let cache = read.facts.caches.values().next().unwrap();
    assert_eq!((cache.size.as_deref(), cache.shards, cache.location.as_deref()), (Some("Premium_P1"), None, None));
    assert_eq!(cache.tags, Some([("b".to_owned(), "2".to_owned())].into()));
}

/// `az resource list` names caches without their size: it says what else is to be fetched.
#[test]
fn a_list_without_properties_is_a_list_of_what_is_missing() {
    let list = r#"[{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c","type":"Microsoft.Cache/Redis","sku":null,"properties":null}]"#;
    let read = one(list);
    assert_eq!((read.facts.caches.len(), read.facts.listed.len()), (0, 1));
    let estate = Estate::of(&read.facts, &Catalog::bundled().unwrap());
    assert_eq!(estate.findings[0].says, "c is in a list without a size, and no other file describes it.");
}

#[test]
fn an_answer_with_a_next_page_says_so() {
    let page = |token: &str| format!(r#"{{"count":1,"data":[{{}}],"skip_token":{token},"total_records":2}}"#);
    let catalog = Catalog::bundled().unwrap();
    let found = |text: &str| ids(&Estate::of(&one(text).facts, &catalog).findings).join(" ");
    assert_eq!(found(&page("\"abc\"")), "EST-PAGES");
    assert_eq!(found(&format!("{}\n{}", page("\"abc\""), page("null"))), "");
}

/// A price sheet among the files is for the prices, of any kind; it is no file that is not read.
#[test]
fn price_sheets_among_the_files_are_kept_for_the_prices() {
    let read = read(files(&[
        "estate/az-redis-list.json",
        "sheets/agreement-ea.csv",
        "sheets/two-pages.json",
        "files/retail-prices-westus.csv",
    ]));
    let names: Vec<&str> = read.sheets.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["files/retail-prices-westus.csv", "sheets/agreement-ea.csv", "sheets/two-pages.json"]);
    assert_eq!((read.taken, read.unread), (1, Vec::new()));
}

/// Fixtures that are no estate: each by what it is, and none is called a series that has no time.
#[test]
fn tables_are_told_by_what_they_are() {
    let cases = [
        ("canada-central-prices.csv", "This is a table with prices (columns sku, region, basis, term, price)"),
        ("derived-prices.csv", "This is a table with prices (columns sku, region, basis, price, currency and others)"),
        ("focus-1.2.csv", "This is a table of no known kind, with the columns "),
        ("files/cost-focus-1.0.csv", "This cost export has no column of resources"),
        ("files/cost-analysis.csv", "This is a cost export (Cost analysis) that names no resources"),
    ];
    for (name, part) in cases {
        let read = read(files(&[name]));
        let said = read.unread.first().unwrap_or_else(|| panic!("{name} is named"));
        assert!(said.starts_with(&format!("{name}: {part}")), "{said}");
    }
}

/// Case log-analytics-us.csv: four minutes of totals, 2,925 writes/s if they are counted by the minute; dates are month/day.
#[test]
fn a_series_that_names_no_cache_is_read_and_said_to_be_nobodys() {
    let catalog = Catalog::bundled().unwrap();
    let read = read(files(&["files/log-analytics-us.csv"]));
    assert_eq!((read.taken, read.series.len(), read.unread.len()), (1, 1, 0), "{:?}", read.unread);
    let estate = Estate::of(&read.facts, &catalog);
    let rows = crate::portfolio::Rows::all(&estate.portfolio(), &catalog);
    let text = crate::report::estate::Answer::new(&read, &estate, &rows, &catalog).document(false).csv();
    for part in ["not named,Total", "2026-02-25", "its mean is 2,925/s", "has no unit"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn price_sheets_alone_are_named() {
    let read = read(files(&["sheets/agreement-ea.csv", "files/retail-prices-westus.csv"]));
    let said = read.sheets_alone();
    assert_eq!(said.len(), 2);
    assert!(
        said[0].starts_with("files/retail-prices-westus.csv: This is a price sheet, and it describes no cache."),
        "{said:?}"
    );
}
