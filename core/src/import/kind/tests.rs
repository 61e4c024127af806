use super::*;
use crate::catalog::Catalog;
use crate::codec;
use crate::evaluate::evaluate;
use crate::explore::bill_bands::bands_of_all;
use crate::import::text;
use crate::plan::Plan;
use crate::portfolio;
use crate::report;
use crate::report::bill_text::{banded, csv_of_all, document, title};

fn kind_of(bytes: &[u8]) -> Result<Kind, String> {
    text::read(bytes).map(|text| of(&text)).map_err(|error| error.to_string())
}

#[test]
fn what_can_be_opened_is_told_by_its_content() {
    let plan = codec::to_json(&Plan { name: "\"Items\": time,writes".to_owned(), ..Plan::default() });
    let cases = [
        (plan.as_str(), Known::Plan),
        ("{}", Known::Plan),
        (r#"{"workload":{}}"#, Known::Plan),
        (&plan[..300], Known::Plan),
        (r#"{"portfolio":9}"#, Known::Portfolio),
        (r#"{"plans":[{"plan":{}}],"portfolio":9}"#, Known::Portfolio),
        (r#"{"v":1,"name":"a \"portfolio\" of plans"}"#, Known::Plan),
        (r#"{"portfolio":1,"plans":[{"plan":{"v":1"#, Known::Portfolio),
        (r#"{"Items":[]}"#, Known::PriceSheet),
        (r#"{"Items": [{"retailPri"#, Known::PriceSheet),
        (r#"[{"Items":[]},{"Items":[]}]"#, Known::PriceSheet),
        ("{\"meterName\":\"P1\",\"retailPrice\":1}\n{\"meterName\":\"P2\"}", Known::PriceSheet),
        ("unitPrice,RetailPrice, meterName\n1,1,P1", Known::PriceSheet),
        ("time;value\n0;1", Known::Series),
        ("[time],writes/s\n0,1", Known::Series),
        (r#"{"value":[{"timeseries":[]}]}"#, Known::Series),
        (r#"{"value":[],"timespan":"a/b","interval":"PT1M"}"#, Known::Series),
        (r#"{"value":[{"name":{},"timeseries":[{"da"#, Known::Series),
        ("{\"metricName\":\"a\",\"time\":\"b\"}\n{\"metricName\":\"a\"}", Known::Series),
        ("MetricName,TimeGenerated,Total\na,b,1", Known::Series),
    ];
    for (text, known) in cases {
        for marked in [text.to_owned(), format!("\u{feff}\n{text}")] {
            assert_eq!(of(&marked), Kind::Known(known), "{text}");
        }
    }
}

/// What this product writes and does not read is not taken for a series, though tables have columns.
#[test]
fn our_own_exports_say_that_they_hold_no_plan() {
    let (plan, catalog) = (Plan::default(), Catalog::bundled().expect("a catalogue"));
    let evaluation = evaluate(&plan, &catalog);
    let bands = bands_of_all(&plan, &catalog);
    let bills = banded(&evaluation, &bands);
    let all = portfolio::read(r#"{"portfolio":1,"plans":[{"plan":{}}]}"#).expect("a portfolio");
    let rows = portfolio::Rows::all(&all, &catalog).rows;
    let date = "2026-11-28".parse().expect("a date");
    let mut focus = report::portfolio::FocusText::new(&catalog, date);
    focus.advance(&all, &catalog, usize::MAX);
    let texts = [
        report::json::evaluation_json(report::views::Subject {
            plan: &plan,
            catalog: &catalog,
            evaluation: &evaluation,
        }),
        report::json::bills_json(&bills),
        csv_of_all(&bills),
        document(title(&plan.name), &bills).markdown(),
        report::portfolio::csv(&rows, catalog.currency()),
        report::portfolio::json(&rows, catalog.currency()),
        focus.text,
    ];
    for text in texts {
        let kind = of(&text);
        assert!(matches!(kind, Kind::Foreign(Foreign::Own(_))), "{kind:?}: {}", &text[..80.min(text.len())]);
    }
    let link = format!("https://planner.example/#{}", codec::to_fragment(&plan));
    assert_eq!(of(&link), Kind::Foreign(Foreign::Link));
}

/// First bytes by the formats' specifications.
#[test]
fn binary_files_are_named() {
    let zip = |name: &str| [b"PK\x03\x04\x14\0\0\0\x08\0", name.as_bytes()].concat();
    let files: [(Vec<u8>, &str); 14] = [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "picture (JPEG)"),
        (b"GIF89a".to_vec(), "picture (GIF)"),
        (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "picture (WebP)"),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"a\"/>".to_vec(), "picture (SVG)"),
        (b"%PDF-1.7\n".to_vec(), "a PDF"),
        (zip("[Content_Types].xml...xl/workbook.xml"), "Excel workbook (XLSX)"),
        (zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "OpenDocument spreadsheet"),
        (zip("plan.json"), "archive (zip)"),
        (b"\x1f\x8b\x08\0".to_vec(), "archive (gzip)"),
        (b"PAR1\x15\x04".to_vec(), "Parquet"),
        (b"REDIS0011\xfa".to_vec(), "dump of Redis data"),
        (b"\x7fELF\x02".to_vec(), "a program"),
        ((0..=255).cycle().take(10_485_760).collect(), "binary data of no known kind (10.5\u{a0}MB)"),
    ];
    for (bytes, part) in files {
        let said = match kind_of(&bytes) {
            Ok(Kind::Foreign(foreign)) => foreign.to_string(),
            Ok(known) => panic!("{part}: {known:?}"),
            Err(said) => said,
        };
        assert!(said.contains(part), "{said}");
    }
    // Letters that a bitmap begins with begin a table too.
    assert_eq!(kind_of(b"BM,time\n1,2\n"), Ok(Kind::Known(Known::Series)));
}

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../../tests/fixtures/files/", $name)).as_slice())
    };
}

/// What each file is by its content; the names are not read. Columns and fields: the dictionaries of Cost Management, FOCUS 1.0 and
/// the formats of Terraform's state.
const FILES: [((&str, &[u8]), &str); 15] = [
    (file!("state-v4.tfstate"), "This is a Terraform state that describes 2 caches."),
    (file!("state-v3.tfstate"), "This is a Terraform state that describes 1 cache."),
    (file!("state-empty.tfstate"), "This is a Terraform state, and it describes no cache"),
    (file!("state-encrypted.tfstate"), "This is an encrypted Terraform state, and it is not read."),
    (file!("netlify.toml"), "This is a TOML file"),
    (file!("package.toml"), "This is a TOML file"),
    (file!("prod.tfvars"), "This is a file of settings"),
    (file!("redis.ini"), "This is an INI file"),
    (file!("values.yaml"), "This is YAML"),
    (file!("cost-export.csv"), "This is a cost export (Cost Management)"),
    (file!("cost-usage-ea.csv"), "This is a cost export (Cost Management)"),
    (file!("cost-details-mca.csv"), "This is a cost export (Cost Management)"),
    (file!("cost-analysis.csv"), "This is a cost export (Cost analysis)"),
    (file!("cost-focus-1.0.csv"), "This is a cost export (FOCUS)"),
    (file!("estimate.csv"), "This is an estimate of the Azure pricing calculator"),
];

/// The text in every encoding, with CRLF, and of a table with quoted cells, semicolons or tabs, and columns turned.
fn variants(name: &str, text: &str) -> Vec<Vec<u8>> {
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut all = vec![
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [vec![0xff, 0xfe], wide(u16::to_le_bytes)].concat(),
        [vec![0xfe, 0xff], wide(u16::to_be_bytes)].concat(),
        wide(u16::to_le_bytes),
        text.replace('\n', "\r\n").into_bytes(),
    ];
    let commas = text.lines().map(|line| line.matches(',').count()).max().unwrap_or_default();
    if std::path::Path::new(name).extension().is_some_and(|it| it == "csv") {
        for separator in [",", ";", "\t"] {
            let line = |line: &str, by: usize| {
                let mut cells: Vec<String> =
                    line.split(',').map(|it| format!("\"{}\"", it.trim_matches('"'))).collect();
                let by = by % cells.len();
                cells.rotate_left(by);
                cells.join(separator)
            };
            all.extend(
                (0..=commas).map(|by| text.lines().map(|it| line(it, by)).collect::<Vec<_>>().join("\n").into_bytes()),
            );
        }
    }
    all
}

#[test]
fn files_of_other_programs_are_named_by_their_content() {
    for ((name, bytes), begins) in FILES {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        for variant in variants(name, text) {
            let said = match kind_of(&variant) {
                Ok(Kind::Foreign(foreign)) => foreign.to_string(),
                other => panic!("{name}: {other:?}\n{}", String::from_utf8_lossy(&variant)),
            };
            assert!(said.starts_with(begins), "{name}: {said}\n{}", String::from_utf8_lossy(&variant));
        }
    }
}

/// Prices of agreements in every encoding and order of columns; below titles too.
#[test]
fn price_sheets_of_agreements_are_price_sheets() {
    for (name, bytes) in [file!("price-sheet-ea.csv"), file!("price-sheet-ea-portal.csv"), file!("price-sheet-mca.csv")]
    {
        for variant in variants(name, std::str::from_utf8(bytes).expect("UTF-8")) {
            assert_eq!(
                kind_of(&variant),
                Ok(Kind::Known(Known::PriceSheet)),
                "{name}: {}",
                String::from_utf8_lossy(&variant)
            );
        }
    }
}

/// A setting or a section is no table and no JSON, and neither of these is a setting.
#[test]
fn settings_are_told_from_tables_and_json() {
    for text in ["[true]", "[null]", "[1,2]", "[\"build\"]", "[\n1\n]"] {
        assert!(!matches!(of(text), Kind::Foreign(Foreign::Settings(_))), "{text}");
    }
    for text in ["[time],writes/s\n0,1", "time,writes = sets\n0,1\n60,2", "a=b,c\n1,2\n3,4\n5,6"] {
        assert_eq!(of(text), Kind::Known(Known::Series), "{text}");
    }
    assert_eq!(of("# a\n\n[[bin]]\nname = \"x\""), Kind::Foreign(Foreign::Settings("a TOML file")));
    assert_eq!(of("one = 1"), Kind::Foreign(Foreign::Text), "a line is no file of settings");
}

/// The terminal told of every series that the plan's writes follow it: reads, lag and memory are no writes.
#[test]
fn what_can_be_done_with_a_series_follows_its_metric() {
    let monitor = |name: &str, unit: &str| {
        format!(
            r#"{{"namespace":"Microsoft.Cache/redis","interval":"PT1M","value":[{{"name":{{"value":"{name}"}},"unit":"{unit}","timeseries":[{{"data":[{{"timeStamp":"2026-11-01T00:00:00Z","total":60,"maximum":60}},{{"timeStamp":"2026-11-01T00:01:00Z","total":60,"maximum":60}}]}}]}}]}}"#
        )
    };
    let follow = "the plan’s writes then follow it";
    let cases = [
        (monitor("setcommands", "Count"), true, "Open it alone"),
        ("time,writes/s\n0,1\n60,2".to_owned(), true, "Open it alone"),
        (monitor("getcommands", "Count"), false, "measures reads, not writes"),
        (monitor("cacheRead", "BytesPerSecond"), false, "measures bytes read a second"),
        (monitor("GeoReplicationConnectivityLag", "Seconds"), false, "seconds of replication lag"),
        (monitor("usedmemory", "Bytes"), false, "Outage, Calibration"),
        ("time,p99 latency (ms)\n0,1\n60,2".to_owned(), false, "latency"),
    ];
    for (text, follows, part) in cases {
        for wanted in [Known::Plan, Known::Portfolio, Known::PriceSheet] {
            let said = wanted.expect(&text).expect_err("a series").to_string();
            assert!(said.starts_with("This is a series of measurements, not a"), "{said}");
            assert_eq!((said.contains(follow), said.contains(part)), (follows, true), "{said}");
        }
    }
}

/// One snapshot of every other sentence, so that each is read when it changes.
#[test]
fn everything_else_says_what_it_is_and_what_can_be_done() {
    let keys = r#"{"primaryKey":"x","secondaryKey":"y"}"#;
    let texts = [
        "",
        "<!DOCTYPE html><html>",
        "<a/>",
        "a note, by hand\nwithout a figure, ever",
        "[]",
        "[1,2]",
        r#"{"a":1,"b":2,"c":3,"d":4,"e":5}"#,
        r#"[{"name":"x"}]"#,
        "{\"a\": [1,\n2",
        r#"[{"id":"/subscriptions/0/x/Microsoft.Cache/redis/a","na"#,
        r#"[{"id":"/subscriptions/0","type":"Microsoft.Storage/storageAccounts"}]"#,
        r#"{"value":[{"type":"Microsoft.Cache/redis/linkedServers","properties":{}}]}"#,
        r#"{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"}"#,
        r#"{"records":[{"category":"ConnectedClientList"}]}"#,
        "NAME,TYPE,RESOURCE GROUP,LOCATION,SUBSCRIPTION\na,b,c,d,e",
        keys,
    ];
    let said = texts.map(|text| match of(text) {
        Kind::Foreign(foreign) => foreign.to_string(),
        Kind::Known(known) => panic!("{text}: {known:?}"),
    });
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn another_kind_than_asked_for_says_which() {
    let said = Known::Plan.expect(r#"{"portfolio":1,"plans":[]}"#).expect_err("a portfolio").to_string();
    assert_eq!(said, "This is a portfolio, not a plan. Open it alone on the page, or give it to dr-planner portfolio.");
    assert_eq!(Known::Plan.expect("{}"), Ok(()));
}

/// What Azure answers where a query is wrong or nobody may ask it.
#[test]
fn an_error_of_azure_is_no_answer() {
    let text = r#"{"error":{"code":"InvalidQuery","message":"Query is invalid.","details":[]}}"#;
    let said = "This is an error of Azure (InvalidQuery), no answer. Run the command again, and save what it answers.";
    let Kind::Foreign(foreign) = of(text) else { panic!("{text}") };
    assert_eq!(foreign.to_string(), said);
}
