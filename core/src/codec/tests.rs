use super::*;
use crate::catalog::SkuId;
use crate::plan::{Confirmation, Conflicts, DataClass, FIELDS, Field, Kind, Printed, RegionShare, each_row};
use crate::units::names::Named;

fn changed_everywhere() -> Plan {
    let mut plan = Plan { name: "Ünïcode “plan” <b>&".to_owned(), ..Plan::default() };
    for Field { min, max, get, set, .. } in FIELDS {
        let value = get(&plan).unwrap_or(*min);
        set(&mut plan, Some((value + 1.0).min(*max)));
    }
    plan.active.sku = Some(SkuId::new("Balanced_B20"));
    plan.regions = vec![RegionShare::new("uksouth", 0.1, 0.300_000_000_000_000_04)];
    plan
}

#[test]
fn files_and_links_read_back_exactly() {
    for plan in [Plan::default(), changed_everywhere()] {
        let link = to_fragment(&plan);
        assert_eq!(from_fragment(&link).as_ref(), Ok(&plan));
        assert_eq!(from_fragment(&format!("#{link}")).as_ref(), Ok(&plan));
        assert_eq!(from_fragment(&format!("#{link}/cost/bill")).as_ref(), Ok(&plan), "a link that names a view");
        assert_eq!(to_fragment(&from_fragment(&link).expect("a link")), link);
        let unordered = Plan { recovery: Plan::default().recovery, assumptions: Plan::default().assumptions, ..plan };
        assert_eq!(from_json(&to_json(&unordered)).as_ref(), Ok(&unordered));
    }
}

/// What the frozen file has, the table has, at the same place and of the same kind: an old plan finds every field.
#[test]
fn the_table_has_every_field_of_the_frozen_file() {
    fn held(frozen: &Value, written: &Value, at: &str) {
        match (frozen, written) {
            (Value::Object(frozen), Value::Object(written)) => {
                // What the frozen plan confirmed for its person is unknown today, and its durations of people's steps follow the level.
                for (name, value) in
                    frozen.iter().filter(|(name, _)| !["checks", "exists", "recovery"].contains(&name.as_str()))
                {
                    held(value, written.get(name).unwrap_or(&Value::Bool(false)), &format!("{at}.{name}"));
                }
            }
            _ => assert_eq!(frozen, written, "{at}"),
        }
    }
    let frozen: Value = serde_json::from_str(BASELINE).expect("JSON");
    held(&frozen, &to_value(&baseline()), "plan");
}

#[test]
fn a_default_plan_makes_a_short_link() {
    let fragment = to_fragment(&Plan::default());
    let bytes = URL_SAFE_NO_PAD.decode(fragment.strip_prefix("p1.").expect("a link")).expect("base64");
    // What a new plan does not take over from the frozen one: its RTO target, full syncs are derived, and a reload has a spread.
    let changes = r#"{"objectives":{"rto":7200.0},"pricing":{"full_syncs_per_year":null},"rebuild":{"reload_factor":{"high":1.2,"low":0.6}}}"#;
    assert_eq!(String::from_utf8(bytes).expect("text"), changes);
}

#[test]
fn the_baseline_is_a_whole_plan_of_its_version() {
    let frozen: Value = serde_json::from_str(BASELINE).expect("JSON");
    let plan = from_fields(frozen).expect("a plan");
    assert_eq!(check(&plan), []);
}

/// A reload that a file leaves out reaches its whole rate, as when it was written.
#[test]
fn old_plans_keep_their_reload() {
    for plan in [from_fragment("p1.e30"), from_json(r#"{"v":1}"#)] {
        assert_eq!(plan.expect("a plan").rebuild.reload_factor, crate::units::Range::exactly(1.0));
    }
}

/// Ranges that a file or a link leaves out are those of its level of readiness, and a rehearsed plan's link stays short.
#[test]
fn ranges_that_are_left_out_follow_the_readiness() {
    use crate::plan::Readiness;
    let mut plan = Plan::default();
    plan.recovery = plan.recovery.at(Readiness::Rehearsed);
    let short = from_json(r#"{"v":1,"recovery":{"readiness":"rehearsed"}}"#).expect("a plan");
    assert_eq!(short.recovery, plan.recovery);
    let link = to_fragment(&plan);
    assert_eq!(from_fragment(&link).as_ref(), Ok(&plan));
    assert!(link.len() < to_fragment(&Plan::default()).len() + 60, "{link}");
    let own = from_json(r#"{"v":1,"recovery":{"readiness":"rehearsed","keys":{"low":60,"mode":60,"high":60}}}"#);
    let own = own.expect("a plan").recovery;
    assert_eq!(
        (own.keys, own.detect),
        (crate::units::Range::exactly(crate::units::Secs::mins(1.0)), plan.recovery.detect)
    );
}

/// Nothing is confirmed for a person: not in a new plan, and not where an old file or link leaves it out. What an old file says
/// with true is confirmed, with false it is not so.
#[test]
fn confirmations_are_unknown_until_somebody_says_so() {
    let all = |plan: &Plan| {
        let mut answers = Vec::new();
        each_row(&mut |row| {
            if let Kind::Confirm(confirm) = row.kind {
                answers.push((row.path, (confirm.get)(plan)));
            }
        });
        answers
    };
    let opened = [from_fragment("p1.e30"), from_json(r#"{"v":1}"#), Ok(Plan::default())];
    for plan in opened.map(|plan| plan.expect("a plan")) {
        // 19 of the pair, 14 of the group (review, F13), whether the pair exists, the tenant's history, and whether Enterprise is a group.
        assert_eq!(all(&plan).len(), 36);
        assert!(all(&plan).iter().all(|(_, answer)| *answer == Confirmation::Unknown), "{:?}", all(&plan));
    }
    for (path, _) in all(&Plan::default()) {
        for (said, answer) in [("true", Confirmation::Confirmed), ("false", Confirmation::NotSo)] {
            let inside = path.rsplit('.').fold(said.to_owned(), |inner, name| format!("{{\"{name}\":{inner}}}"));
            let plan = from_json(&format!("{{\"v\":1,{}", &inside[1..])).expect("an old file");
            let said: Vec<_> = all(&plan).into_iter().filter(|(_, it)| *it != Confirmation::Unknown).collect();
            assert_eq!(said, [(path, answer)]);
            assert_eq!(from_fragment(&to_fragment(&plan)).as_ref(), Ok(&plan));
        }
    }
}

/// A link from before the question keeps its bytes and does not know; an answer stands in link and file.
#[test]
fn the_question_about_the_tenant_is_in_links_and_files() {
    let old = from_fragment("p1.e30").expect("a plan");
    assert_eq!(old.passive.tenant_had_cache, Confirmation::Unknown);
    assert_eq!(to_fragment(&old), "p1.e30");
    for (history, name, _) in Confirmation::NAMES.iter().copied() {
        let mut plan = Plan::default();
        plan.passive.tenant_had_cache = history;
        assert_eq!(from_fragment(&to_fragment(&plan)).as_ref(), Ok(&plan));
        assert!(to_json(&plan).contains(&format!("\"tenant_had_cache\": \"{name}\"")));
        assert_eq!(from_json(&to_json(&plan)).as_ref(), Ok(&plan));
    }
    let error = from_json(r#"{"v":1,"passive":{"tenant_had_cache":"maybe"}}"#).expect_err("no such answer").to_string();
    assert!(error.contains("passive.tenant_had_cache: unknown variant `maybe`"), "{error}");
}

#[test]
fn a_file_may_leave_fields_out() {
    let plan = from_json(r#"{"v":1,"name":"Short","workload":{"writes":7}}"#).expect("a plan");
    assert_eq!(plan.workload.writes.as_per_s(), 7.0);
    assert_eq!(plan.workload.dataset, Plan::default().workload.dataset);
}

#[test]
fn bad_files_get_a_sentence() {
    let whole = to_json(&Plan::default());
    let cases = [
        (String::new(), "not whole JSON"),
        (whole[..whole.len() / 2].to_owned(), "not whole JSON"),
        ("[1,2]".to_owned(), "holds no plan"),
        ("{}".to_owned(), "version (v) is missing"),
        (r#"{"v":2}"#.to_owned(), "has version 2"),
        (r#"{"v":"one"}"#.to_owned(), "version (v) is missing or unknown"),
        (r#"{"v":1,"colour":3}"#.to_owned(), "unknown field `colour`"),
        (r#"{"v":1,"workload":{"writes":"many"}}"#.to_owned(), "Writes (workload.writes): \"many\" is no number"),
        (r#"{"v":1,"workload":{"writes":-4}}"#.to_owned(), "Writes: −4/s is outside the range"),
        (r#"{"v":1,"workload":{"writes":1e999}}"#.to_owned(), "not whole JSON"),
        (r#"{"v":1,"workload":7}"#.to_owned(), "This plan cannot be read: workload: 7 is not a group of fields."),
        (r#"{"v":1,"passive":{"persistence":"yes"}}"#.to_owned(), "passive.persistence: \"yes\" is not true or false."),
        (r#"{"v":1,"passive":{"network":"fax"}}"#.to_owned(), "passive.network: unknown variant `fax`"),
        (
            r#"{"v":1,"regions":[{"region":"eastus","users":1}]}"#.to_owned(),
            "regions.0: missing field `writes`; it has no default: add it.",
        ),
        (r#"{"v":1,"regions":[{"region":"eastus","users":"1"}]}"#.to_owned(), "regions.0.users: \"1\" is not a number"),
        (r#"{"v":1,"horizon":{"start":"2028-02-30"}}"#.to_owned(), "horizon.start: “2028-02-30” is no date"),
        (r#"{"v":1,"regions":[]}"#.to_owned(), "enter 1 to 5"),
        ("x".repeat(10_000_000), "it has 10\u{a0}MB"),
    ];
    for (text, part) in cases {
        let error = from_json(&text).expect_err(part).to_string();
        assert!(error.contains(part), "{error}");
        assert!(error.len() < 400, "{error}");
    }
}

#[test]
fn bad_links_get_a_sentence() {
    let link = to_fragment(&changed_everywhere());
    let cases = [
        ("", "no whole plan"),
        ("#", "no whole plan"),
        ("p1.", "no whole plan"),
        ("p1.%%%", "no whole plan"),
        (&link[..link.len() - 7], "no whole plan"),
        ("p9.e30", "has version 9"),
        ("about", "no whole plan"),
    ];
    for (text, part) in cases {
        let error = from_fragment(text).expect_err(part).to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
    assert!(from_fragment(&"p".repeat(2_000_000)).is_err());
}

/// Texts of three bytes a letter in every place for a sentence: the file fits where the link no longer does, and the reader of links
/// refuses it.
#[test]
fn a_plan_is_admitted_only_if_its_file_and_its_link_open_again() {
    let sentence = || "€".repeat(1_000);
    let with = |sentences: usize| {
        let mut plan = Plan::default();
        plan.story.assumed = (0..sentences.min(100)).map(|_| sentence()).collect();
        let printed = || Printed { what: sentence(), outcome: sentence(), source: "S1".to_owned() };
        plan.story.printed = (0..sentences.saturating_sub(100) / 2).map(|_| printed()).collect();
        plan
    };
    for (sentences, admitted) in [(0, true), (230, true), (256, false), (300, false)] {
        let plan = with(sentences);
        assert_eq!(admit(&plan).is_ok(), admitted, "{sentences}");
        let opens = from_json(&to_json(&plan)).is_ok() && from_fragment(&format!("#{}", to_fragment(&plan))).is_ok();
        assert_eq!(opens, admitted, "{sentences}");
    }
    let mut unordered = Plan::default();
    unordered.recovery.decide.low = unordered.recovery.decide.high + unordered.recovery.decide.high;
    let said = admit(&unordered).expect_err("low above high").to_string();
    assert!(said.starts_with("Decide: the three figures are not in order"), "{said}");
}

/// Every name that a file may hold is read, written, and offered with a label of its own.
#[test]
fn every_choice_reads_back_by_its_name() {
    let mut seen = 0;
    each_row(&mut |row| {
        let Kind::Choice(choice) = row.kind else { return };
        let names = (choice.names)();
        for (at, (name, label)) in names.iter().enumerate() {
            let mut plan = Plan::default();
            (choice.set)(&mut plan, name);
            assert_eq!((choice.get)(&plan), *name, "{}", row.path);
            assert_eq!(from_json(&to_json(&plan)).as_ref(), Ok(&plan), "{}: {name}", row.path);
            assert!(
                !label.is_empty() && names[..at].iter().all(|other| other.0 != *name && other.1 != *label),
                "{name}"
            );
            (choice.set)(&mut plan, "fax");
            assert_eq!((choice.get)(&plan), *name, "{}: a name that is unknown changes nothing", row.path);
            seen += 1;
        }
    });
    assert!(seen > 20, "{seen}");
}

/// The figures that a drill was fitted to came later than the calibration itself: a plan without them opens.
#[test]
fn a_calibration_from_before_its_points_opens() {
    let old = r#"{"v":1,"calibration":{"date":"2026-03-01","source":"drill.csv","points":12,"deletes":100.0}}"#;
    let known = from_json(old).expect("a plan").calibration.expect("a calibration");
    assert!(!known.of_series && known.fitted.is_empty() && known.times.is_empty() && known.used.is_empty());
    let error = from_json(r#"{"v":1,"calibration":{"date":"2026-03-01"}}"#).expect_err("no source").to_string();
    assert_eq!(error, "This plan cannot be read: calibration: missing field `source`; it has no default: add it.");
}

/// Parts of the data travel in files and links; a class that is left out is not said, and shares above the whole are refused.
#[test]
fn parts_of_the_data_travel_with_the_plan() {
    let given = r#"{"v":1,"data":{"export_interval":3600,"parts":[
        {"name":"sessions","share":0.4,"writes":0.5,"class":"held-only-here","conflicts":"last-write-wins"},
        {"name":"prices","share":0.6,"writes":0.5}]}}"#;
    let plan = from_json(given).expect("a plan");
    assert_eq!(plan.data.parts[0].class, DataClass::HeldOnlyHere);
    assert_eq!((plan.data.parts[1].class, plan.data.parts[1].conflicts), (DataClass::Unknown, Conflicts::Unknown));
    assert_eq!(from_json(&to_json(&plan)).as_ref(), Ok(&plan));
    assert_eq!(from_fragment(&to_fragment(&plan)).as_ref(), Ok(&plan));
    let error = from_json(&given.replace("0.6", "0.7")).expect_err("110 %").to_string();
    assert!(error.starts_with("Parts of the data: their shares of the data add up to 110"), "{error}");
    let error = from_json(&given.replace("held-only-here", "precious")).expect_err("no class").to_string();
    assert_eq!(error, "This plan cannot be read: data.parts.0.class: unknown variant `precious`.");
}
