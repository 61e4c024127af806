//! A table as CSV, with plain numbers where a column is of one quantity.

use super::table::{Row, RowKind, Table};
use super::text::Text;
use crate::units::format::NONE;
use crate::units::quote::csv_cell;

impl Table {
    /// The table as CSV (RFC 4180) with its headings. A column whose figures have one unit has plain numbers, and the unit in its
    /// heading: "Passive pair ($)" over 1661.84. Any other column has the text of the page: "≥ $1,661" and "5 min 30 s" are no numbers.
    /// What a spreadsheet would run as a formula starts with an apostrophe.
    #[must_use]
    pub fn csv(&self) -> String {
        let texts = self.texts();
        let units: Vec<Option<&str>> = texts.iter().map(|column| unit_of(column)).collect();
        let unit = |at: usize| units.get(at).copied().flatten();
        let head = self.columns.iter().enumerate().map(|(at, column)| match unit(at) {
            Some(unit) if !unit.is_empty() => csv_cell(format!("{} ({unit})", column.head.words()).trim_start()),
            _ => csv_cell(&column.head.words()),
        });
        let mut text = self.line(head.collect());
        for row in &self.rows {
            let cell = |(at, cell): (usize, &Text)| match (unit(at), cell.words()) {
                (Some(_), words) if has_figures(row) => number(&words).map_or_else(String::new, |it| it.0),
                (_, words) => csv_cell(&words),
            };
            text.push_str(&self.line(row.cells.iter().enumerate().map(cell).collect()));
        }
        text
    }

    fn line(&self, mut cells: Vec<String>) -> String {
        cells.resize(self.columns.len().max(cells.len()), String::new());
        cells.join(",") + "\r\n"
    }

    /// The texts of each column, without headings of groups and remarks.
    fn texts(&self) -> Vec<Vec<String>> {
        let rows = || self.rows.iter().filter(|row| has_figures(row));
        let column = |at: usize| rows().filter_map(|row| row.cells.get(at)).map(Text::words).collect();
        (0..self.columns.len()).map(column).collect()
    }
}

const fn has_figures(row: &Row) -> bool {
    matches!(row.kind, RowKind::Plain | RowKind::Total)
}

/// The unit that all figures of a column have, empty where they have none; `None` where one is no number, or where there is none.
fn unit_of(column: &[String]) -> Option<&str> {
    let mut figures = column.iter().map(String::as_str).filter(|text| !text.is_empty() && *text != NONE);
    let unit = number(figures.next()?)?.1;
    figures.all(|text| number(text).is_some_and(|it| it.1 == unit)).then_some(unit)
}

/// Digits without groups, and the unit before or after them: "$1,661.84" is 1661.84 and "$", "5,000/s" is 5000 and "/s".
fn number(text: &str) -> Option<(String, &str)> {
    let (sign, text) = text.strip_prefix('−').map_or(("", text), |text| ("-", text));
    let from = text.find(|it: char| it.is_ascii_digit())?;
    let (before, text) = text.split_at(from);
    let to = text.find(|it: char| !it.is_ascii_digit() && !",.".contains(it)).unwrap_or(text.len());
    let (digits, after) = text.split_at(to);
    let code = before
        .strip_suffix(char::is_whitespace)
        .is_some_and(|it| it.len() == 3 && it.bytes().all(|it| it.is_ascii_uppercase()));
    let is_currency = code || before.chars().all(|it| "$€£¥₹".contains(it));
    let (before, after) = (before.trim_end(), after.trim_start());
    let is_unit = after.chars().all(|it| it.is_alphabetic() || "/%".contains(it));
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|it| it.len() == 3) && !groups[0].is_empty();
    let plain = decimals.is_none_or(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let one_unit = before.is_empty() || after.is_empty();
    let digits = digits.replace(',', "");
    (is_currency && is_unit && grouped && plain && one_unit)
        .then(|| (format!("{sign}{digits}"), if before.is_empty() { after } else { before }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Column;

    /// As `units::format` writes them.
    #[test]
    fn a_figure_is_read_with_its_unit_and_nothing_else_is() {
        for (text, figure) in [
            ("$1,661.84", Some(("1661.84", "$"))),
            ("−$0.40", Some(("-0.40", "$"))),
            ("CHF\u{a0}3,412", Some(("3412", "CHF"))),
            ("5,000/s", Some(("5000", "/s"))),
            ("34.4\u{a0}%", Some(("34.4", "%"))),
            ("24", Some(("24", ""))),
            ("≥ $1,661", None),
            ("5\u{a0}min 30\u{a0}s", None),
            ("2026-12-01", None),
            ("B20", None),
            ("2 × P3", None),
            ("1,66", None),
            ("Year 1, 12 months", None),
        ] {
            assert_eq!(number(text), figure.map(|(digits, unit)| (digits.to_owned(), unit)), "{text}");
        }
    }

    #[test]
    fn a_column_of_one_unit_has_numbers_and_any_other_its_text() {
        let table = Table {
            id: "costs",
            name: "Costs".to_owned(),
            columns: vec![
                Column::names("Line"),
                Column::figures("Pair"),
                Column::figures("Time"),
                Column::figures("Change"),
            ],
            rows: vec![
                Row::of(["Passive pair"]).kind(RowKind::Group),
                Row::of(["Nodes", "$1,661.84", "5\u{a0}min", "−2\u{a0}%"]),
                Row::note("Two nodes, one patch a month each."),
                Row::of(["Total", "–", "1\u{a0}h", "3\u{a0}%"]).kind(RowKind::Total),
            ],
        };
        let lines = [
            "Line,Pair ($),Time,Change (%)",
            "Passive pair,,,",
            "Nodes,1661.84,5 min,-2",
            "\"Two nodes, one patch a month each.\",,,",
            "Total,,1 h,3",
        ];
        assert_eq!(table.csv(), lines.map(|line| format!("{line}\r\n")).concat());
    }
}
