//! Texts of the panels, by cases.

use super::bill;
use crate::testing::session;
use dr_core::catalog::Catalog;
use dr_core::evaluate::Evaluation;
use dr_core::model::cost::{Bill, BillLine, Total};
use dr_core::plan::Plan;
use rust_decimal::Decimal;

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn first() -> Evaluation {
    (*session(Plan::default()).evaluation).clone()
}

#[test]
fn sources_stand_for_their_tags() {
    let catalog = Catalog::bundled().expect("a catalogue");
    let text = |tag: &str| {
        let source = catalog.sources().iter().find(|source| source.tag == tag).expect("a source");
        format!("{tag}: {}", source.text)
    };
    let cases = [
        ("", String::new()),
        ("model", "model".to_owned()),
        ("S9999", "S9999".to_owned()),
        ("S1", text("S1")),
        ("S1, S1", text("S1")),
        ("S1; S3", format!("{} · {}", text("S1"), text("S3"))),
        ("as S1 says", format!("as S1 says · {}", text("S1"))),
        ("S1 and S9999", format!("S1 and S9999 · {}", text("S1"))),
        ("(S3)", text("S3")),
    ];
    for (given, said) in cases {
        assert_eq!(bill::source(given, &catalog), said, "{given}");
    }
}

#[test]
fn units_are_plural_where_they_can_be() {
    let catalog = Catalog::bundled().expect("a catalogue");
    let bill = first().answers.passive.bill;
    let cases = [
        (1, "node-hour", "1 node-hour × "),
        (2, "node-hour", "2 node-hours × "),
        (2, "GB", "2 GB × "),
        (1, "time series", "1 time series × "),
        (8, "time series", "8 time series × "),
        (0, "hour", "0 hours × "),
    ];
    for (quantity, unit, start) in cases {
        let line = BillLine { quantity: Decimal::from(quantity), unit, ..bill.lines[0].clone() };
        let sum = plain(&bill::line(&line, &bill, &catalog).sum);
        assert!(sum.starts_with(start), "{sum}");
    }
}

#[test]
fn shares_of_a_bill_add_up_and_no_bill_has_none() {
    let bill = first().answers.passive.bill;
    let shares: f64 = plain(&bill::words_of(&bill))
        .split(", ")
        .map(|part| part.split(' ').next().and_then(|share| share.parse::<f64>().ok()).expect("a share"))
        .sum();
    assert!((shares - 100.0).abs() < 0.2, "{shares}");
    assert_eq!(bill::words_of(&Bill { total: Total::default(), ..bill }), "");
}
