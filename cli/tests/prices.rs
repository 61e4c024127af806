//! `prices fetch` from a server on this machine, and the bill that its file prices.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Command, Output};

const ROW: &str = r#"{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":7.25,"unitPrice":7.25,"armRegionName":"eastus","effectiveStartDate":"2026-06-01T00:00:00Z","meterName":"M50 Cache Instance","productName":"Azure Managed Redis - Memory Optimized","skuName":"M50","serviceName":"Redis Cache","unitOfMeasure":"1 Hour","type":"Consumption"}"#;

/// Two pages, the first refused once; gives the questions.
fn server() -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://127.0.0.1:{}/prices", listener.local_addr().unwrap().port());
    let page = |row: &str, next: &str| format!(r#"{{"BillingCurrency":"USD","Items":[{row}],"NextPageLink":{next}}}"#);
    let answers = [
        ("429 Too Many Requests", String::new()),
        ("200 OK", page(ROW, &format!("\"{here}?$skip=1\""))),
        ("200 OK", page(&ROW.replace("eastus", "northeurope"), "null")),
    ];
    let asked = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            asked.push(lines.next().unwrap().unwrap());
            while !lines.next().unwrap().unwrap().is_empty() {}
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nRetry-After: 0\r\nConnection: close\r\n\r\n{body}"
            )
            .unwrap();
        }
        asked
    });
    (here, asked)
}

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dr-planner")).args(words).output().unwrap()
}

#[test]
fn what_is_fetched_prices_a_bill() {
    let (api, asked) = server();
    let folder = std::env::temp_dir().join(format!("dr-planner-prices-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("prices.json");
    let output = run(&["prices", "fetch", "-o", file.to_str().unwrap(), "--api", &api]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        output.stdout.is_empty() && said.contains("the server answered 429") && said.contains("page 2: 2 rows so far"),
        "{said}"
    );
    let asked = asked.join().unwrap();
    assert!(
        asked[0].contains("currencyCode='USD'") && asked[0].contains("Azure%20Redis%20Cache%20Premium"),
        "{}",
        asked[0]
    );
    assert!(asked[2].starts_with("GET /prices?$skip=1 "), "{}", asked[2]);
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/plans/marine-logistics.json");
    let bill = run(&["bill", plan, "--prices", file.to_str().unwrap()]);
    assert!(String::from_utf8(bill.stderr).unwrap().contains("2 prices"), "the sheet is read");
    assert_eq!(bill.status.code(), Some(0));
}

#[test]
fn what_cannot_be_fetched_is_said() {
    let refused = run(&["prices", "fetch", "-o", "x", "--currency", "euros"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("a currency is three letters, as EUR"));
    let nowhere = run(&["prices", "fetch", "-o", "/nowhere/prices.json", "--api", "http://127.0.0.1:1/"]);
    assert_eq!(nowhere.status.code(), Some(1));
}
