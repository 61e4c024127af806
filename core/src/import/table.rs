//! Tables as spreadsheets and Azure save them: RFC 4180 with a comma, a semicolon or tabs, a `sep=` line, remarks after `#`.

use crate::units::format;

/// Cells of a row beyond these are passed over: no table that is read here has so many, and each takes memory.
const MOST_CELLS: usize = 4_000;

/// The rows of a table one by one, the header first.
pub(crate) struct Table<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    text: &'a str,
    line: usize,
    /// What stands between cells.
    pub(crate) separator: char,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The line on which it begins, from 1.
    pub(crate) line: usize,
    /// Without space and quotes around them; a doubled quote inside quotes is one.
    pub(crate) cells: Vec<String>,
}

impl<'a> Table<'a> {
    /// The table of a text; its separator is the first of `;`, tab and `,` in the header outside quotes.
    pub(crate) fn of(text: &'a str) -> Self {
        let mut table = Self { rest: text.char_indices().peekable(), text, line: 1, separator: ',' };
        table.skip_remarks();
        let header = table.rest.peek().map_or("", |(at, _)| &text[*at..]).lines().next().unwrap_or_default();
        let outside: String = header.split('"').step_by(2).collect();
        table.separator = [';', '\t', ','].into_iter().find(|it| outside.contains(*it)).unwrap_or(',');
        table
    }

    /// Passes over empty lines, remarks and `sep=`.
    fn skip_remarks(&mut self) {
        while let Some((at, _)) = self.rest.peek() {
            let line = self.text[*at..].split('\n').next().unwrap_or_default();
            if !(line.trim().is_empty() || line.starts_with('#') || line.starts_with("sep=")) {
                return;
            }
            while self.rest.next().is_some_and(|(_, letter)| letter != '\n') {}
            self.line += 1;
        }
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.skip_remarks();
        self.rest.peek()?;
        let mut row = Row { line: self.line, cells: Vec::new() };
        let (mut cell, mut quoted) = (String::new(), false);
        while let Some((_, letter)) = self.rest.next() {
            self.line += usize::from(letter == '\n');
            match letter {
                '"' if quoted && self.rest.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
                '"' if quoted => quoted = false,
                // A quote within a word is a letter: 5" is a length.
                '"' if cell.trim().is_empty() => quoted = true,
                '\n' if !quoted => break,
                _ if letter == self.separator && !quoted => {
                    if row.cells.len() < MOST_CELLS {
                        row.cells.push(cell.trim().to_owned());
                    }
                    cell.clear();
                }
                _ => cell.push(letter),
            }
        }
        row.cells.push(cell.trim().to_owned());
        Some(row)
    }
}

/// Lines in which a header is looked for: exports begin with a title, the account and the time of the report.
pub(crate) const TITLES: usize = 12;

/// Where the header of a table begins, below its titles, and what it is read as; `None` where none of the first lines is one.
pub(crate) fn headed<T>(text: &str, read: impl Fn(&[String]) -> Option<T>) -> Option<(usize, T)> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).take(TITLES);
    starts.filter(|at| *at < text.len()).find_map(|at| {
        let header = Table::of(&text[at..]).next().filter(|row| row.line == 1 && row.cells.len() > 1)?;
        Some((at, read(&header.cells)?))
    })
}

/// A column's name to compare: small letters, without space.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// "3 columns".
pub(crate) fn columns(count: usize) -> String {
    format::counted(count, "column")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        Table::of(text).map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn cells_as_programs_write_them() {
        type Rows<'a> = &'a [(usize, &'a [&'a str])];
        let cases: [(&str, Rows); 6] = [
            ("", &[]),
            ("a,b\r\n1, 2 \r\n", &[(1, &["a", "b"]), (2, &["1", "2"])]),
            ("sep=;\n# made by\n\na;b\n1,5;2", &[(4, &["a", "b"]), (5, &["1,5", "2"])]),
            ("\"a; b\",c\n\"x\"\"y\",\"1\n2\"\n3,4", &[(1, &["a; b", "c"]), (2, &["x\"y", "1\n2"]), (4, &["3", "4"])]),
            ("a\t\"b\"\n5\"\t", &[(1, &["a", "b"]), (2, &["5\"", ""])]),
            ("a,b\n\"open,1\n2,3", &[(1, &["a", "b"]), (2, &["open,1\n2,3"])]),
        ];
        for (text, expected) in cases {
            let expected: Vec<(usize, Vec<String>)> = expected
                .iter()
                .map(|(line, cells)| (*line, cells.iter().map(|it| (*it).to_owned()).collect()))
                .collect();
            assert_eq!(cells(text), expected, "{text}");
        }
    }
}
