use super::*;
use crate::catalog::Catalog;
use crate::codec;
use crate::evaluate::evaluate;
use crate::explore::bill_bands::bands_of_all;
use crate::import::text;
use crate::plan::Plan;
use crate::portfolio;
use crate::report;
use crate::report::bill_text::{banded, csv_of_all, markdown_of_all};

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
        report::json::evaluation_json(&evaluation),
        report::json::bills_json(&bills),
        csv_of_all(&bills),
        markdown_of_all(&bills),
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
