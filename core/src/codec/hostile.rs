//! What files and links may put into a plan: texts of any length and any character, lists of any length, keys twice.

use super::*;
use crate::units::lines::{id_fault, line_fault};
use proptest::prelude::*;
use serde_json::json;

/// A plan file whose every text is this one, and its regions and sizes that one.
fn with_texts(line: &str, id: &str) -> Value {
    json!({
        "v": 1, "name": line,
        "regions": [{"region": id, "users": 1, "writes": 1}],
        "story": {
            "summary": line, "assumed": [line],
            "printed": [{"what": line, "outcome": line, "source": line}],
            "outcomes": [{"figure": "activation", "printed": 60.0, "source": line}],
            "unmodelled": [{"figure": "database-cpu", "printed": line, "source": line}]
        },
        "workload": {"profile": {"name": line, "step": 60.0, "rates": [1.0, 1.0]}},
        "latency": {"round_trips": [{"a": id, "b": id, "rtt": 0.01}]},
        "rebuild": {"sku": id}, "passive": {"sku": id, "secondary_sku": id, "lag": {"source": line, "date": "2026-11-01", "points": 3, "p50": 1.0, "p95": 2.0, "peak": 3.0, "primary": id, "secondary": id}}, "active": {"sku": id},
        "pricing": {"overrides": [{"sku": id, "region": id, "per_node_hour": "0.5"}]},
        "calibration": {"date": "2026-11-01", "of_series": false, "source": line, "points": 3, "deletes": 1.0, "fitted": [], "times": [], "used": []}
    })
}

/// Every text of a value that is none of its own words.
fn each<'a>(value: &'a Value, visit: &mut dyn FnMut(&'a str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(list) => list.iter().for_each(|value| each(value, visit)),
        Value::Object(fields) => fields.values().for_each(|value| each(value, visit)),
        _ => {}
    }
}

#[test]
fn every_text_of_a_plan_is_bounded_at_the_reader() {
    let sound = with_texts("Ünïcode “plan” <b>`~", "north-europe_2.a");
    assert!(from_json(&sound.to_string()).is_ok(), "{:?}", from_json(&sound.to_string()));
    let mut texts = 0;
    each(&sound, &mut |_| texts += 1);
    let pointers = [
        "/name",
        "/regions/0/region",
        "/story/summary",
        "/story/assumed/0",
        "/story/printed/0/what",
        "/story/printed/0/outcome",
        "/story/printed/0/source",
        "/story/outcomes/0/source",
        "/story/unmodelled/0/printed",
        "/story/unmodelled/0/source",
        "/workload/profile/name",
        "/latency/round_trips/0/a",
        "/latency/round_trips/0/b",
        "/rebuild/sku",
        "/passive/sku",
        "/passive/secondary_sku",
        "/active/sku",
        "/pricing/overrides/0/sku",
        "/pricing/overrides/0/region",
        "/calibration/source",
        "/passive/lag/source",
        "/passive/lag/primary",
        "/passive/lag/secondary",
    ];
    // The figures of two lists, two dates and a price are texts too, with readers of their own.
    assert_eq!(texts, pointers.len() + 5, "a text of a plan without a test");
    for pointer in pointers {
        for bad in
            ["x".repeat(65_600), "eastus'\n```\n\n<script>".to_owned(), "a\u{202e}b".to_owned(), "\u{1b}[2J".to_owned()]
        {
            let mut plan = sound.clone();
            *plan.pointer_mut(pointer).expect(pointer) = bad.into();
            let said = from_json(&plan.to_string()).expect_err(pointer).to_string();
            assert!(
                said.chars().count() < 250 && said.chars().all(crate::units::quote::is_printable),
                "{pointer}: {said}"
            );
            assert!(said.contains("enter") || said.contains("take it out"), "{pointer}: {said}");
            plan.as_object_mut().expect("fields").remove("v");
            let link = format!("p1.{}", URL_SAFE_NO_PAD.encode(plan.to_string()));
            assert_eq!(from_fragment(&link).map_err(|error| error.to_string()), Err(said), "{pointer} in a link");
        }
    }
}

#[test]
fn every_list_of_a_plan_is_bounded_at_the_reader() {
    let sound = with_texts("A line", "eastus");
    for pointer in [
        "/regions",
        "/story/assumed",
        "/story/printed",
        "/story/outcomes",
        "/story/unmodelled",
        "/latency/round_trips",
        "/pricing/overrides",
    ] {
        let mut plan = sound.clone();
        let list = plan.pointer_mut(pointer).expect(pointer);
        *list = vec![list[0].clone(); 1_001].into();
        let said = from_json(&plan.to_string()).expect_err(pointer).to_string();
        assert!(said.contains("1,001"), "{pointer}: {said}");
    }
    let drill = json!({"step": "decide", "kind": "measured", "times": [1.0]});
    for (path, list) in
        [("recovery", json!({"evidence": vec![drill; 1_001]})), ("active", json!({"modules": vec!["json"; 1_001]}))]
    {
        let mut plan = json!({"v": 1});
        plan[path] = list;
        let said = from_json(&plan.to_string()).expect_err(path).to_string();
        assert!(said.contains("1,001"), "{path}: {said}");
    }
}

/// What grows with the file is the reading; what is said of it does not.
#[test]
fn fifty_thousand_regions_are_one_sentence() {
    let region = json!({"region": "x", "users": 0, "writes": 0});
    let mut plan = Plan::default();
    plan.regions = vec![crate::plan::RegionShare::new("x", 2.0, 2.0); 50_000];
    let said: Vec<String> = check(&plan).into_iter().map(|error| error.message).collect();
    assert_eq!(said, ["Regions: the plan names 50,000; enter 1 to 5."]);
    let said = from_json(&json!({"v": 1, "regions": vec![region; 10_000]}).to_string()).expect_err("too many");
    assert_eq!(said.to_string(), "Regions: the plan names 10,000; enter 1 to 5.");
}

#[test]
fn a_key_that_stands_twice_is_refused_by_name() {
    let text = r#"{"v":1,"name":"A","workload":{"writes":1,"writes":2}}"#;
    let said = from_json(text).expect_err("twice").to_string();
    assert!(
        said.starts_with(
            "This is no plan file: the field “writes” is there twice in one group: take one out at line 1"
        ),
        "{said}"
    );
    let link = format!("p1.{}", URL_SAFE_NO_PAD.encode(r#"{"name":"A","name":"B"}"#));
    let said = from_fragment(&link).expect_err("twice").to_string();
    assert!(said.starts_with("This link cannot be read: the field “name” is there twice"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Any accepted plan has only printable bounded texts, and reads back equal.
    #[test]
    fn an_accepted_plan_is_printable(line in prop_oneof!["[ -~]{0,130}", any::<String>(), "\\PC{0,90}"], id in prop_oneof!["[a-zA-Z0-9_.-]{0,66}", any::<String>()]) {
        let Ok(plan) = from_json(&with_texts(&line, &id).to_string()) else { return Ok(()) };
        each(&to_value(&plan), &mut |text| assert_eq!(line_fault(text, 1_000), None));
        for share in &plan.regions {
            prop_assert_eq!(id_fault(share.region.as_str()), None);
        }
        prop_assert!(plan.name.chars().count() <= crate::plan::MAX_NAME);
        prop_assert_eq!(from_fragment(&to_fragment(&plan)), Ok(plan));
    }
}
