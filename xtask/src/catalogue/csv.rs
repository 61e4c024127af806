//! Comma-separated tables with a header row, as the source files have them.

use std::collections::BTreeMap;

/// One row by column name.
#[derive(Debug)]
pub(crate) struct Row(BTreeMap<String, String>);

impl Row {
    /// The cell of a column; an error names the column that the file lacks.
    pub(crate) fn get(&self, column: &str) -> Result<&str, String> {
        self.0.get(column).map(String::as_str).ok_or_else(|| format!("no column “{column}”"))
    }
}

/// Every row of a text, by the names of its header.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, String> {
    let mut lines = records(text)?.into_iter();
    let header = lines.next().ok_or("an empty table")?;
    lines
        .map(|cells| {
            if cells.len() == header.len() {
                Ok(Row(header.iter().cloned().zip(cells).collect()))
            } else {
                Err(format!("{} cells under {} columns: {cells:?}", cells.len(), header.len()))
            }
        })
        .collect()
}

/// Every record as cells: quotes hold commas, two quotes inside quotes are one.
pub(crate) fn records(text: &str) -> Result<Vec<Vec<String>>, String> {
    text.lines().filter(|line| !line.is_empty()).map(record).collect()
}

fn record(line: &str) -> Result<Vec<String>, String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if quoted {
        return Err(format!("a quote that never ends: {line}"));
    }
    cells.push(cell);
    Ok(cells)
}
