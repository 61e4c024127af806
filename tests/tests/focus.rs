//! Every rule of the FOCUS profile, on every preset and worked example, every topology, read back from the written file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::explore::bill_bands;
use dr_core::model::Topology;
use dr_core::model::cost::Bill;
use dr_core::plan::{Plan, ReservationTerm};
use dr_core::report::focus::{COLUMNS, FocusFile, Stamp};
use dr_core::stats::sample::Sampling;
use dr_core::units::{Money, UnitPrice};
use dr_tests::{fixtures, presets};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use xtask::catalogue::csv;

/// A row of the profile.
struct Column {
    name: String,
    level: String,
    kind: String,
    nulls: bool,
    format: String,
    allowed: Vec<String>,
}

fn profile() -> Vec<Column> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/focus-1.2.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let records = csv::records(&lines.join("\n")).unwrap();
    assert_eq!(
        records[0][..6],
        ["column", "focus_feature_level", "type", "allows_nulls", "value_format", "allowed_values"]
    );
    let column = |cells: &Vec<String>| Column {
        name: cells[0].clone(),
        level: cells[1].clone(),
        kind: cells[2].clone(),
        nulls: cells[3] == "True",
        format: cells[4].clone(),
        allowed: cells[5].split("; ").filter(|value| !value.is_empty()).map(str::to_owned).collect(),
    };
    records[1..].iter().map(column).collect()
}

/// FOCUS 1.2's service categories; the profile's list ends with dots.
const CATEGORIES: [&str; 19] = [
    "AI and Machine Learning",
    "Analytics",
    "Business Applications",
    "Compute",
    "Databases",
    "Developer Tools",
    "Identity",
    "Integration",
    "Internet of Things",
    "Management and Governance",
    "Media",
    "Migration",
    "Mobile",
    "Multicloud",
    "Networking",
    "Security",
    "Storage",
    "Web",
    "Other",
];

/// Subcategories that FOCUS 1.2 allows in the categories that are used here.
const SUBCATEGORIES: [(&str, &str); 4] = [
    ("Databases", "Caching"),
    ("Networking", "Network Connectivity"),
    ("Management and Governance", "Observability"),
    ("Management and Governance", "Disaster Recovery"),
];

/// The one column that the file leaves out: it is conditional, may not be null, and a forecast knows no account.
const OMITTED: &str = "BillingAccountType";

type Cells = BTreeMap<String, String>;

/// The records of a written file by column.
fn read(text: &str) -> Vec<Cells> {
    let records = csv::records(text).unwrap();
    assert_eq!(text.matches("\r\n").count(), records.len(), "each record ends with CRLF");
    assert_eq!(records[0], COLUMNS);
    let cells = |record: &Vec<String>| {
        assert_eq!(record.len(), COLUMNS.len(), "{record:?}");
        records[0].iter().cloned().zip(record.iter().cloned()).collect()
    };
    records[1..].iter().map(cells).collect()
}

/// Each plan as it is, and as a `FinOps` team would change it: reserved, discounted, with a price for people.
fn plans() -> Vec<(String, Plan)> {
    let plain = presets().into_iter().chain(fixtures()).chain([("default".to_owned(), Plan::default())]);
    plain
        .flat_map(|(name, plan)| {
            let mut paid = plan.clone();
            paid.pricing.reservation = Some(ReservationTerm::ThreeYears);
            paid.pricing.discount = Decimal::new(125, 3);
            paid.pricing.engineer_hour = Some(UnitPrice::new(Decimal::new(8_333, 2)));
            "-1+1 \"quoted\", @new\nline".clone_into(&mut paid.name);
            [(name.clone(), plan), (format!("{name}, reserved"), paid)]
        })
        .collect()
}

fn each(check: impl Fn(&str, &[Cells], &FocusFile, &Bill)) {
    let catalog = Catalog::bundled().unwrap();
    let tags = [("environment".to_owned(), "production".to_owned()), ("team".to_owned(), "a \"b\", c".to_owned())];
    for (name, plan) in plans() {
        let evaluation = evaluate(&plan, &catalog);
        for (topology, bill) in evaluation.bills() {
            let stamp = Stamp { date: "2026-11-21".parse().unwrap(), tags: &tags, version: &catalog.model_version() };
            let bands = bill_bands(&plan, &catalog, topology, Sampling { seed: 1, trials: 160 });
            let file = FocusFile::of(&plan, &catalog, evaluation.of(topology), &stamp).with_bands(&bands);
            check(&format!("{name}, {}", topology.name()), &read(&file.csv()), &file, bill);
        }
    }
}

#[test]
fn the_columns_are_the_profiles_with_the_custom_ones_last() {
    let profile = profile();
    let expected: Vec<&str> = profile.iter().map(|it| it.name.as_str()).filter(|name| *name != OMITTED).collect();
    assert_eq!(COLUMNS.to_vec(), expected);
    let omitted = profile.iter().find(|column| column.name == OMITTED).unwrap();
    assert_eq!((omitted.level.as_str(), omitted.nulls), ("Conditional", false));
    let first = COLUMNS.iter().position(|name| name.starts_with("x_")).unwrap();
    assert!(COLUMNS[first..].iter().all(|name| name.starts_with("x_")));
    let custom = profile.iter().filter(|column| column.level.starts_with("custom"));
    assert!(custom.into_iter().all(|column| column.name.starts_with("x_")));
}

#[test]
fn every_cell_keeps_the_rules_of_its_column() {
    let profile = profile();
    each(|name, rows, _, _| {
        for row in rows {
            for column in profile.iter().filter(|column| column.name != OMITTED) {
                let cell = &row[&column.name];
                let at = format!("{name}, {}: “{cell}”", column.name);
                if cell.is_empty() {
                    assert!(column.nulls, "{at} is null");
                    continue;
                }
                assert!(cell != "null" && cell != "NULL" && cell.trim() == cell, "{at}");
                keeps(column, cell, &at);
            }
        }
    });
}

fn keeps(column: &Column, cell: &str, at: &str) {
    match column.kind.as_str() {
        "Decimal" => assert!(is_plain_decimal(cell), "{at} is no plain decimal"),
        "Date/Time" => assert!(is_utc(cell), "{at} is no UTC time"),
        "JSON" => {
            let Ok(Value::Object(object)) = serde_json::from_str(cell) else { panic!("{at} is no JSON object") };
            assert!(object.values().all(|value| !value.is_array() && !value.is_object()), "{at} nests");
        }
        "String" => {}
        other => assert!(other.is_empty() || other.starts_with("custom"), "{at}: type {other}"),
    }
    if column.format.contains("Currency Format") {
        assert!(cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase()), "{at} is no ISO 4217 code");
    }
    if column.format.contains("Unit Format") {
        assert!(["Hours", "GB", "Unit-Months", "Units"].contains(&cell), "{at} is not in the unit format");
    }
    if column.name == "ServiceCategory" {
        assert!(CATEGORIES.contains(&cell), "{at}");
    } else if !column.allowed.is_empty() {
        assert!(column.allowed.iter().any(|value| value == cell), "{at}: allowed are {:?}", column.allowed);
    }
    if column.kind != "Decimal" {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{at} starts a formula");
    }
    match column.name.as_str() {
        "x_ForecastDate" => assert!(is_utc(cell), "{at}"),
        "x_DrRole" => assert!(["GeoPrimary", "GeoSecondary", "ActiveMember"].contains(&cell), "{at}"),
        "x_DrState" => assert!(["SteadyState", "Drill", "Outage", "Resync"].contains(&cell), "{at}"),
        "x_CostP05" | "x_CostP50" | "x_CostP95" => assert!(is_plain_decimal(cell), "{at}"),
        _ => {}
    }
}

/// FOCUS' numeric format: digits, at most one point, a minus; no sign of plus, no exponent, no thousands, no currency.
fn is_plain_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(rest) && (whole == "0" || !whole.starts_with('0'))
}

/// `YYYY-MM-DDTHH:mm:ssZ`.
fn is_utc(text: &str) -> bool {
    let shape = "0000-00-00T00:00:00Z";
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(a, b)| if b == b'0' { a.is_ascii_digit() } else { a == b })
        && text[..10].parse::<dr_core::units::Date>().is_ok()
}

#[test]
fn the_checks_refuse_what_breaks_a_rule() {
    for wrong in ["", "1e3", "1,000", "+1", ".5", "5.", "$1", "01", "--1", "1.2.3"] {
        assert!(!is_plain_decimal(wrong), "{wrong}");
    }
    for right in ["0", "-0.5", "1460", "0.00000000000001"] {
        assert!(is_plain_decimal(right), "{right}");
    }
    for wrong in ["2026-11-21", "2026-11-21 00:00:00Z", "2026-13-21T00:00:00Z", "2026-11-21T00:00:00+01:00"] {
        assert!(!is_utc(wrong), "{wrong}");
    }
}

#[test]
fn cells_agree_with_each_other() {
    each(|name, rows, _, _| {
        for row in rows {
            let decimal = |column: &str| row[column].parse::<Decimal>().unwrap();
            let filled = |column: &str| !row[column].is_empty();
            let at = format!("{name}: {}", row["ChargeDescription"]);
            assert_eq!(decimal("ListCost"), decimal("ListUnitPrice") * decimal("PricingQuantity"), "{at}");
            assert_eq!(decimal("ContractedCost"), decimal("ContractedUnitPrice") * decimal("PricingQuantity"), "{at}");
            assert!(decimal("ContractedCost") <= decimal("ListCost"), "{at}");
            let (bought, committed) = (row["ChargeCategory"] == "Purchase", row["PricingCategory"] == "Committed");
            let used = |column: &str| if bought { String::new() } else { row[column].clone() };
            assert_eq!(row["ConsumedQuantity"], used("PricingQuantity"), "{at}");
            assert_eq!(row["ConsumedUnit"], used("PricingUnit"), "{at}");
            // What is paid at once costs nothing by the hour, and the other way round.
            match (bought, committed) {
                (true, true) => panic!("{at}: bought and used"),
                (true, false) => {
                    assert!(decimal("EffectiveCost").is_zero() && decimal("BilledCost") == decimal("ListCost"));
                }
                (false, true) => assert!(decimal("BilledCost").is_zero() && decimal("EffectiveCost") > Decimal::ZERO),
                (false, false) => assert_eq!(decimal("BilledCost"), decimal("EffectiveCost"), "{at}"),
            }
            assert_eq!(row["ChargeFrequency"] == "One-Time", bought, "{at}");
            // Both months are whole and the same; the end is exclusive.
            for (end, start) in [("BillingPeriodEnd", "BillingPeriodStart"), ("ChargePeriodEnd", "ChargePeriodStart")] {
                let day = |column: &str| row[column][..10].parse::<dr_core::units::Date>().unwrap();
                assert_eq!((day(start).day(), day(start).plus_months(1)), (1, day(end)), "{at}");
            }
            assert_eq!(row["ChargePeriodStart"], row["BillingPeriodStart"], "{at}");
            // What goes with a commitment is all there or not at all.
            for column in COLUMNS.iter().filter(|column| column.starts_with("CommitmentDiscount")) {
                let filled_here = committed || (bought && *column != "CommitmentDiscountStatus");
                assert_eq!(filled(column), filled_here, "{at}: {column}");
            }
            if committed {
                assert_eq!(row["CommitmentDiscountQuantity"], row["PricingQuantity"], "{at}");
                assert_eq!(row["CommitmentDiscountUnit"], "Hours", "{at}");
            }
            assert_eq!(filled("RegionId"), filled("RegionName"), "{at}");
            assert_eq!(filled("ResourceName"), filled("ResourceType"), "{at}");
            assert_eq!(filled("ResourceName"), filled("SkuPriceDetails"), "{at}");
            assert!(
                SUBCATEGORIES.contains(&(row["ServiceCategory"].as_str(), row["ServiceSubcategory"].as_str())),
                "{at}"
            );
            assert_eq!(filled("x_RecoveryPairId"), !name.ends_with(Topology::Rebuild.name()), "{at}");
            let tags: Value = serde_json::from_str(&row["Tags"]).unwrap();
            assert_eq!(tags["team"], "a \"b\", c");
        }
    });
}

#[test]
fn rows_are_the_bill() {
    each(|name, rows, file, bill| {
        let sum = |column: &str| rows.iter().map(|row| row[column].parse::<Decimal>().unwrap()).sum::<Decimal>();
        let (bought, used): (Vec<&Cells>, Vec<&Cells>) =
            rows.iter().partition(|row| row["ChargeCategory"] == "Purchase");
        let of = |rows: &[&Cells], column: &str| {
            rows.iter().map(|row| row[column].parse::<Decimal>().unwrap()).sum::<Decimal>()
        };
        assert_eq!(sum("EffectiveCost"), bill.total.at_least().as_decimal(), "{name}");
        assert_eq!(of(&used, "ListCost"), bill.list_total.at_least().as_decimal(), "{name}");
        // The invoice: what is used without a reservation, and every prepaid term.
        let reserved = bill.lines.iter().filter(|line| line.reservation.is_some());
        let hours: Decimal = reserved.clone().filter_map(|line| line.amount).map(Money::as_decimal).sum();
        let prepaid: Decimal =
            reserved.clone().filter_map(|line| line.reservation.as_ref()).map(|it| it.prepaid.as_decimal()).sum();
        assert_eq!(sum("BilledCost"), bill.total.at_least().as_decimal() - hours + prepaid, "{name}");
        assert_eq!(bought.len(), reserved.count(), "{name}");
        assert_eq!(file.prepaid_note().is_some(), !bought.is_empty(), "{name}");
        assert_eq!(used.len() + file.left_out as usize, bill.lines.len(), "{name}");
        assert_eq!(file.left_out, bill.unknown_lines, "{name}");
    });
}
