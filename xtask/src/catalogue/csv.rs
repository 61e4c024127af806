//! Comma-separated tables with a header row, as the source files have them.

use ::csv::{Error, Reader, ReaderBuilder};
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

/// Every row of a text, by the names of its header; a row of another length is refused with its line.
pub fn rows(text: &str) -> Result<Vec<Row>, String> {
    let rows = Reader::from_reader(text.as_bytes()).into_deserialize();
    rows.map(|row| row.map(Row).map_err(|error: Error| error.to_string())).collect()
}

/// Every record as cells, by RFC 4180, the header among them; records may differ in length, empty lines are passed over.
pub fn records(text: &str) -> Result<Vec<Vec<String>>, String> {
    let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.into_deserialize().map(|record| record.map_err(|error: Error| error.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::{records, rows};

    /// Cells are texts, whatever they look like: 007, 1e3 and true stay as they are written.
    #[test]
    fn cells_are_the_texts_that_stand_in_the_file() {
        let written = "a,b\r\n\"007\",\"say \"\"c\"\", d\"\n\n1e3,true\n";
        assert_eq!(records(written).unwrap(), [["a", "b"], ["007", "say \"c\", d"], ["1e3", "true"]]);
        let rows = rows(written).unwrap();
        assert_eq!((rows[0].get("a"), rows[1].get("b")), (Ok("007"), Ok("true")));
        assert_eq!(rows[0].get("c").unwrap_err(), "no column “c”");
    }

    #[test]
    fn a_row_of_another_length_is_refused_with_its_line() {
        let error = rows("a,b\n1,2\n3\n").unwrap_err();
        assert!(error.contains("line: 3") && error.contains("1 field"), "{error}");
    }
}
