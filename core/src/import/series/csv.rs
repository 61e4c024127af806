//! Two columns, time and value, under a header.

use super::{Row, Series, SeriesError, moment, samples, unit};
use crate::units::float;

pub(super) fn read(text: &str) -> Result<Series, SeriesError> {
    let said = |line: &str| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("sep=");
    let mut lines = text.lines().enumerate().filter(|(_, line)| said(line));
    let Some((_, header)) = lines.clone().next() else {
        return Err(SeriesError(
            "The file is empty; a series has a header and a line for each time and value.".to_owned(),
        ));
    };
    let separator = [';', '\t', ','].into_iter().find(|separator| header.contains(*separator)).unwrap_or(',');
    let names = cells(header, separator);
    let [time, column] = names.as_slice() else { return Err(columns(names.len())) };
    let headed = moment::seconds(time).is_none();
    if headed {
        lines.next();
    }
    let (measure, size) = unit::of_header(if headed { column } else { "" }).unzip();
    let mut rows = Vec::new();
    for (index, line) in lines {
        rows.push(row(index + 1, line, separator, size.unwrap_or(1.0))?);
    }
    let (start, samples, step, missing) = samples(rows, "line")?;
    let name = if headed { column.clone() } else { String::new() };
    Ok(Series { name, measure, aggregate: None, start, samples, step, missing })
}

fn columns(found: usize) -> SeriesError {
    let found = crate::report::format::counted(found, "column");
    SeriesError(format!("The file has {found}; a series has two, time and value, with a header that names the unit."))
}

fn row(place: usize, line: &str, separator: char, size: f64) -> Result<Row, SeriesError> {
    let cells = cells(line, separator);
    let [time, value] = cells.as_slice() else {
        let found = crate::report::format::counted(cells.len(), "column");
        return Err(SeriesError(format!("Line {place} has {found} where the header has 2; write time and value.")));
    };
    let Some(at) = moment::seconds(time) else {
        let (time, rule) = (begin(time), "write it as 2026-03-01T07:00:00Z or in seconds");
        return Err(SeriesError(format!("Line {place}: “{time}” is no time that is read here; {rule}.")));
    };
    let missing = ["", "null", "nan", "-", "n/a"].iter().any(|none| value.eq_ignore_ascii_case(none));
    if missing {
        return Ok(Row { place, at, value: None });
    }
    let point = if separator == ',' { value.clone() } else { value.replace(',', ".") };
    match float(&point).map(|value| value * size) {
        Some(value) if value.is_finite() && value >= 0.0 => Ok(Row { place, at, value: Some(value) }),
        Some(value) if value < 0.0 => {
            let value = begin(&point);
            Err(SeriesError(format!("Line {place}: {value} is negative; a rate or an amount is 0 at least.")))
        }
        _ => Err(SeriesError(format!("Line {place}: “{}” is no number; write it like 1234.5.", begin(value)))),
    }
}

fn begin(text: &str) -> String {
    text.chars().take(24).collect()
}

/// The cells of a line, without space and quotes around them; a doubled quote inside quotes is one.
fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        if character == '"' {
            quoted = !quoted;
        } else if character == separator && !quoted {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(character);
        }
    }
    for cell in &mut cells {
        *cell = cell.trim().to_owned();
    }
    cells
}
