//! The JSON Schema of `dr-planner schema`, held to plan files by a validator that knows nothing of the product.
#![allow(clippy::unwrap_used)]

use dr_core::codec;
use dr_core::plan::{FIELDS, Field, Plan};
use dr_tests::any_plan::plans;
use dr_tests::{fixtures, presets};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(&codec::schema()).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

fn file(plan: &Plan) -> Value {
    serde_json::from_str(&codec::to_json(plan)).unwrap()
}

#[test]
fn the_schema_is_one_of_draft_2020_12() {
    let schema = schema();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

/// As they stand in the repository, and as they are saved; a file may leave all but its version out.
#[test]
fn every_example_plan_passes() {
    let validator = validator();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (folder, plans) in [("public/plans", presets()), ("tests/fixtures/plans", fixtures())] {
        for (name, plan) in plans {
            let text = std::fs::read_to_string(root.join(folder).join(format!("{name}.json"))).unwrap();
            for value in [serde_json::from_str(&text).unwrap(), file(&plan)] {
                let errors: Vec<String> =
                    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
                assert_eq!(errors, Vec::<String>::new(), "{name}");
            }
        }
    }
    assert!(validator.is_valid(&file(&Plan::default())));
    assert!(validator.is_valid(&json!({ "v": 1 })));
}

/// Each is one change to a plan that passes; the reader refuses it too.
#[test]
fn wrong_plans_are_refused_by_the_schema_and_by_the_reader() {
    let validator = validator();
    let cases: [(&str, Value); 14] = [
        ("/v", json!(2)),
        ("/workload/writes", json!("many")),
        ("/workload/writes", json!(-1)),
        ("/workload/connections", json!(1.5)),
        ("/workload/peak", json!(7)),
        ("/workload/writes", json!(null)),
        ("/passive/shards", json!(31)),
        ("/passive/network", json!("fax")),
        ("/passive/checks/same_version", json!("perhaps")),
        ("/recovery/detect/low", json!(700_000)),
        ("/regions", json!([{ "region": "eastus", "users": 1 }])),
        ("/pricing/discount", json!(0.1)),
        ("/pricing/currency", json!("dollars")),
        ("/horizon/start", json!("tomorrow")),
    ];
    for (path, wrong) in cases {
        let mut plan = file(&Plan::default());
        *plan.pointer_mut(path).unwrap() = wrong.clone();
        assert!(!validator.is_valid(&plan), "{path}: {wrong}");
        assert!(codec::from_json(&plan.to_string()).is_err(), "{path}: {wrong}");
    }
    for (group, name) in [("", "colour"), ("/workload", "colour"), ("/recovery/detect", "median")] {
        let mut plan = file(&Plan::default());
        plan.pointer_mut(group).unwrap()[name] = json!(1);
        assert!(!validator.is_valid(&plan), "{group}/{name}");
        assert!(codec::from_json(&plan.to_string()).is_err(), "{group}/{name}");
    }
}

/// Every bound of the table is in the schema; decimal numbers are texts, whose bounds a schema cannot say.
#[test]
fn every_number_is_held_to_its_bounds() {
    let validator = validator();
    let mut held = 0;
    for field in FIELDS.iter().filter(|field| !field.decimal) {
        let pointer = format!("/{}", field.path.replace('.', "/"));
        for (value, fits) in
            [(field.min, true), (field.max, true), (field.min - 1.0, false), (field.max * 2.0 + 1.0, false)]
        {
            let mut plan = file(&Plan::default());
            *plan.pointer_mut(&pointer).unwrap() = json!(value);
            assert_eq!(validator.is_valid(&plan), fits, "{}: {value}", field.path);
            held += 1;
        }
    }
    assert!(held > 500, "{held}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Some of these plans have more shards than a cache: those it refuses, and no other. What is no number is written as absent, which an
    /// optional field may be.
    #[test]
    fn a_saved_plan_passes_where_its_numbers_are_in_bounds(plan in plans()) {
        let absent = |field: &Field, value: f64| field.optional && !value.is_finite();
        let within = |field: &Field| {
            (field.get)(&plan).is_none_or(|value| absent(field, value) || field.check(value).is_ok())
        };
        let fits = FIELDS.iter().filter(|field| !field.decimal).all(|field| within(field));
        prop_assert_eq!(validator().is_valid(&file(&plan)), fits);
    }
}
