//! Comma-separated tables with a header row, as the source files have them.

use std::collections::BTreeMap;

/// One row by column name.
#[derive(Debug)]
pub struct Row(BTreeMap<String, String>);

impl Row {
    /// The cell of a column; an error names the column that the file lacks.
    pub fn get(&self, column: &str) -> Result<&str, String> {
        self.0.get(column).map(String::as_str).ok_or_else(|| format!("no column “{column}”"))
    }
}

/// Every row of a text, by the names of its header.
pub fn rows(text: &str) -> Result<Vec<Row>, String> {
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

/// Every record as cells, by RFC 4180: quotes hold commas and line breaks, two quotes inside quotes are one. A record ends
/// with its line, empty lines are passed over.
pub fn records(text: &str) -> Result<Vec<Vec<String>>, String> {
    let (mut records, mut cells, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().chain(['\n']).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !quoted && cells.is_empty() && cell.is_empty() => {}
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut cells));
            }
            letter => cell.push(letter),
        }
    }
    if quoted {
        return Err(format!("a quote that never ends: {}", cell.chars().take(80).collect::<String>()));
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::records;

    #[test]
    fn quotes_hold_what_else_would_end_a_cell() {
        let cases: [(&str, &[&[&str]]); 5] = [
            ("a,b\r\n1,\r\n", &[&["a", "b"], &["1", ""]]),
            ("a\n\n1", &[&["a"], &["1"]]),
            ("\"a,b\",\"say \"\"c\"\"\"\n", &[&["a,b", "say \"c\""]]),
            ("\"two\nlines\",1\r\n", &[&["two\nlines", "1"]]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(records(text).unwrap(), expected, "{text:?}");
        }
        assert_eq!(records("a,\"b\n").unwrap_err(), "a quote that never ends: b\n\n");
    }
}
