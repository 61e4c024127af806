//! The numeric fields and the ranges of the table, in its order.

use super::Plan;
use super::field::{Field, RangeField};
use super::table::{Kind, Row, Table};
use crate::units::Dimension;

/// Every numeric field.
pub static FIELDS: &[&Field] = &fill_fields(Plan::ROWS, [&NONE; field_count(Plan::ROWS)], 0).0;

/// Every range of three fields.
pub static RANGES: &[&RangeField] = &fill_ranges(Plan::ROWS, [&NO_RANGE; range_count(Plan::ROWS)], 0).0;

/// Every row outside of groups, and every group before its rows, in the order of the table.
pub fn each_row(visit: &mut dyn FnMut(&'static Row)) {
    walk(Plan::ROWS, visit);
}

fn walk(rows: &'static [Row], visit: &mut dyn FnMut(&'static Row)) {
    for row in rows {
        visit(row);
        if let Kind::Group(inner) = row.kind {
            walk(inner, visit);
        }
    }
}

/// The field of that path, if it is a numeric one.
#[must_use]
pub fn field(path: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.path == path).copied()
}

/// The range of that path, if it is one.
#[must_use]
pub fn range_field(path: &str) -> Option<&'static RangeField> {
    RANGES.iter().find(|range| range.path == path).copied()
}

/// Stands in the lists while they are filled at compile time.
static NONE: Field = Field {
    path: "",
    label: "",
    dimension: Dimension::Factor,
    unit: "",
    min: 0.0,
    max: 0.0,
    optional: true,
    decimal: false,
    get: |_| None,
    set: |_, _| {},
};
static NO_RANGE: RangeField = RangeField { path: "", label: "", source: "", parts: ["", "", ""] };

const fn field_count(rows: &[Row]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < rows.len() {
        count += match rows[at].kind {
            Kind::Number(_) | Kind::Place(_) => 1,
            Kind::Range(..) => 3,
            Kind::Ends(_) => 2,
            Kind::Group(inner) => field_count(inner),
            _ => 0,
        };
        at += 1;
    }
    count
}

const fn fill_fields<const N: usize>(
    rows: &'static [Row],
    mut list: [&'static Field; N],
    mut next: usize,
) -> ([&'static Field; N], usize) {
    let mut at = 0;
    while at < rows.len() {
        match &rows[at].kind {
            Kind::Number(field) | Kind::Place(field) => {
                (list, next) = add_fields(std::slice::from_ref(field), list, next);
            }
            Kind::Range(_, parts) => (list, next) = add_fields(*parts, list, next),
            Kind::Ends(parts) => (list, next) = add_fields(*parts, list, next),
            Kind::Group(inner) => (list, next) = fill_fields(inner, list, next),
            _ => {}
        }
        at += 1;
    }
    (list, next)
}

const fn add_fields<const N: usize>(
    fields: &'static [Field],
    mut list: [&'static Field; N],
    next: usize,
) -> ([&'static Field; N], usize) {
    let mut at = 0;
    while at < fields.len() {
        list[next + at] = &fields[at];
        at += 1;
    }
    (list, next + at)
}

const fn range_count(rows: &[Row]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < rows.len() {
        count += match rows[at].kind {
            Kind::Range(..) => 1,
            Kind::Group(inner) => range_count(inner),
            _ => 0,
        };
        at += 1;
    }
    count
}

const fn fill_ranges<const N: usize>(
    rows: &'static [Row],
    mut list: [&'static RangeField; N],
    mut next: usize,
) -> ([&'static RangeField; N], usize) {
    let mut at = 0;
    while at < rows.len() {
        match &rows[at].kind {
            Kind::Range(range, _) => {
                list[next] = range;
                next += 1;
            }
            Kind::Group(inner) => (list, next) = fill_ranges(inner, list, next),
            _ => {}
        }
        at += 1;
    }
    (list, next)
}
