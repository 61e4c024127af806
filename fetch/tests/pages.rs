//! Fetching from a server on this machine that pages, throttles, fails and cuts off.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_fetch::{Fetched, Patience, fetch};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// One answer: status line, further headers, body, and how much of the body is really sent.
struct Answer(&'static str, &'static str, String, usize);

fn ok(body: String) -> Answer {
    let sent = body.len();
    Answer("200 OK", "", body, sent)
}

fn refused(status: &'static str, headers: &'static str) -> Answer {
    Answer(status, headers, "busy".to_owned(), 4)
}

fn page(rows: usize, next: &str) -> String {
    let row = r#"{"armRegionName":"eastus","retailPrice":0.315,"currencyCode":"USD"}"#;
    let rows = vec![row; rows].join(",");
    let next = if next.is_empty() { "null".to_owned() } else { format!("\"{next}\"") };
    format!(r#"{{"BillingCurrency":"USD","Items":[{rows}],"NextPageLink":{next}}}"#)
}

/// Answers in their order, each to one request; gives what was asked. `{here}` in a body is the server's own address.
fn server(answers: Vec<Answer>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let (asked, questions) = channel();
    let own = here.clone();
    std::thread::spawn(move || {
        for Answer(status, headers, body, sent) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let mut first = String::new();
            lines.read_line(&mut first).unwrap();
            let mut line = first.clone();
            while line != "\r\n" {
                line.clear();
                lines.read_line(&mut line).unwrap();
            }
            let _ = asked.send(first.split(' ').nth(1).unwrap().to_owned());
            let whole = body.replace("{here}", &own);
            let sent = if sent == body.len() { whole.len() } else { sent };
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", whole.len());
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&whole.as_bytes()[..sent]).unwrap();
        }
    });
    (here, questions)
}

fn file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dr-fetch-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("prices.json")
}

fn part(file: &std::path::Path) -> PathBuf {
    file.with_file_name("prices.json.part")
}

const QUICK: Patience =
    Patience { tries: 3, first_wait: Duration::from_millis(5), longest_wait: Duration::from_millis(1_200) };

fn run(address: &str, file: &std::path::Path) -> (Result<Fetched, String>, Vec<String>) {
    let mut said = Vec::new();
    let fetched = fetch(address, file, &QUICK, &mut |line| said.push(line.to_owned()));
    (fetched, said)
}

/// Every fault once: a throttle with the wait it asks for, a failure, an answer that is cut off. The file has every page in order.
#[test]
fn pages_follow_each_other_through_every_fault() {
    let cut = page(2, "");
    let half = cut.len() / 2;
    let (here, questions) = server(vec![
        ok(page(3, "{here}/prices?$skip=3")),
        refused("429 Too Many Requests", "Retry-After: 1\r\n"),
        refused("503 Service Unavailable", ""),
        ok(page(3, "{here}/prices?$skip=6")),
        Answer("200 OK", "", cut.clone(), half),
        ok(cut),
    ]);
    let file = file("faults");
    let start = Instant::now();
    let (fetched, said) = run(&format!("{here}/prices?x"), &file);
    assert_eq!(fetched.unwrap(), Fetched { pages: 3, resumed: 0, rows: 8, currency: "USD".to_owned() });
    assert!(start.elapsed() >= Duration::from_secs(1), "Retry-After is followed");
    let asked: Vec<String> = questions.try_iter().collect();
    let again = "/prices?$skip=6";
    assert_eq!(asked, ["/prices?x", "/prices?$skip=3", "/prices?$skip=3", "/prices?$skip=3", again, again]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.lines().all(|line| line.contains("\"Items\"")) && !part(&file).exists());
    assert!(said.iter().any(|line| line == "the server answered 429; trying again in 1.0 s"), "{said:?}");
    assert_eq!(said.last().unwrap(), "page 3: 8 rows so far");
}

/// What fails for good leaves what was there; the same question goes on at its next page, and a torn last line is asked for again.
#[test]
fn a_run_that_was_cut_off_goes_on() {
    let file = file("resume");
    let busy = || refused("500 Internal Server Error", "");
    let next = "{here}/prices?$skip=2";
    let (here, questions) = server(vec![ok(page(2, next)), busy(), busy(), busy(), ok(page(1, ""))]);
    let address = format!("{here}/prices?x");
    let (failed, _) = run(&address, &file);
    assert!(failed.unwrap_err().contains("the server answered 500; given up after 3 tries"));
    assert!(!file.exists(), "no half file");
    let kept = std::fs::read_to_string(part(&file)).unwrap();
    std::fs::write(part(&file), kept + r#"{"BillingCurrency":"USD","Ite"#).unwrap();
    let (fetched, said) = run(&address, &file);
    assert_eq!(fetched.unwrap(), Fetched { pages: 2, resumed: 1, rows: 3, currency: "USD".to_owned() });
    assert_eq!(said[0], "page 1: the last that an earlier run kept, 2 rows so far");
    assert_eq!(questions.try_iter().last().unwrap(), "/prices?$skip=2");
}

#[test]
fn another_question_begins_anew() {
    let file = file("other");
    let (here, _questions) = server(vec![ok(page(1, ""))]);
    std::fs::write(part(&file), format!("{{\"question\":\"{here}/other\"}}\n{}\n", page(9, ""))).unwrap();
    let (fetched, _) = run(&format!("{here}/prices"), &file);
    assert_eq!(fetched.map(|it| (it.pages, it.resumed, it.rows)), Ok((1, 0, 1)));
}

/// What no further try mends is said at once.
#[test]
fn what_cannot_be_right_is_refused() {
    let cases = [
        (vec![refused("400 Bad Request", "")], "the server refuses, 400: busy"),
        (vec![ok(page(1, "http://prices.example/x"))], "the next page is on another server, http://prices.example/x"),
        (vec![ok(page(1, "{here}/a")), ok(page(1, "{here}/a"))], "is one that was read already"),
        (vec![ok(page(1, "{here}/a")), ok(page(1, "").replace("USD", "EUR"))], "a page in EUR follows one in USD"),
        (
            vec![ok(r#"{"Items":7}"#.to_owned()), ok("{}".to_owned()), ok("<html>".to_owned())],
            "the answer is no whole JSON",
        ),
    ];
    for (at, (answers, expected)) in cases.into_iter().enumerate() {
        let (here, _questions) = server(answers);
        let file = file(&format!("refused-{at}"));
        let refused = run(&here, &file).0.unwrap_err();
        assert!(refused.contains(expected), "{refused}");
        assert!(!file.exists());
    }
}
