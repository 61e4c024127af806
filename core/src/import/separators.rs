//! Which sign is the decimal one in the figures of a table: settled over all of its cells, never by one cell alone.

use crate::import::words::cut;

/// How a table writes figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// "1,234.5".
    Point,
    /// "1.234,5".
    Comma,
}

/// What one cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// It has no sign, or is no figure.
    Nothing,
    /// It can be read in this way alone.
    Only(Style),
    /// One to three digits, a sign and three digits: a group or decimals. The style in which it is a group.
    Group(Style),
}

fn shown(cell: &str) -> Shown {
    let cell = cell.trim().trim_start_matches(['-', '+']);
    // Nobody groups the digits before an exponent.
    let (cell, is_exact) = cell.split_once(['e', 'E']).map_or((cell, false), |(mantissa, _)| (mantissa, true));
    if cell.is_empty() || !cell.bytes().all(|it| it.is_ascii_digit() || b".,".contains(&it)) {
        return Shown::Nothing;
    }
    let (points, commas) = (cell.matches('.').count(), cell.matches(',').count());
    let one = |sign: char, decimal: Style, group: Style| {
        let (before, after) = cell.split_once(sign).unwrap_or((cell, ""));
        let may_group = (1..=3).contains(&before.len()) && !before.starts_with('0') && after.len() == 3 && !is_exact;
        if may_group { Shown::Group(group) } else { Shown::Only(decimal) }
    };
    match (points, commas) {
        (0, 0) => Shown::Nothing,
        (1, 0) => one('.', Style::Point, Style::Comma),
        (0, 1) => one(',', Style::Comma, Style::Point),
        (1, _) if cell.rfind('.') > cell.rfind(',') => Shown::Only(Style::Point),
        (_, 1) if cell.rfind(',') > cell.rfind('.') => Shown::Only(Style::Comma),
        (0, _) => Shown::Only(Style::Point),
        (_, 0) => Shown::Only(Style::Comma),
        _ => Shown::Nothing,
    }
}

impl Style {
    /// How a table with this separator of cells writes its figures.
    ///
    /// What can be read in one way settles the rest. Else a table with commas between its cells has decimal points, and so has one with tabs
    /// whose figures have no commas.
    ///
    /// # Errors
    /// A sentence: nothing settles what "1.234" is, or cells contradict each other.
    pub(crate) fn settle<'a>(cells: impl Iterator<Item = &'a str>, separator: char) -> Result<Self, String> {
        let (mut only, mut open): ([Option<&str>; 2], Option<(&str, Self)>) = ([None; 2], None);
        for cell in cells {
            match shown(cell) {
                Shown::Only(Self::Point) => only[0] = only[0].or(Some(cell)),
                Shown::Only(Self::Comma) => only[1] = only[1].or(Some(cell)),
                Shown::Group(style) => open = open.or(Some((cell, style))),
                Shown::Nothing => {}
            }
        }
        match (only, open) {
            ([Some(one), Some(other)], _) => Err(format!(
                "“{}” and “{}” have different decimal signs: save the table in one way.",
                cut(one),
                cut(other)
            )),
            ([None, Some(_)], _) => Ok(Self::Comma),
            ([None, None], Some((cell, style))) if separator != ',' && !(separator == '\t' && style == Self::Comma) => {
                let whole = cell.replace(['.', ','], "");
                let part = cell.replace(',', ".");
                Err(format!(
                    "“{}” is {} or {}, and no other figure settles which: save the table without groups of thousands.",
                    cut(cell),
                    cut(&whole),
                    cut(&part)
                ))
            }
            _ => Ok(Self::Point),
        }
    }

    /// The figure with a decimal point and without groups: "1.234,5" → "1234.5".
    pub(crate) fn plain(self, cell: &str) -> String {
        match self {
            Self::Point => cell.trim().replace(',', ""),
            Self::Comma => cell.trim().replace('.', "").replace(',', "."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures as Excel and Azure save them; a group of three is settled by another cell, by the table's commas, or not at all.
    #[test]
    fn one_cell_settles_the_others() {
        let of = |cells: &[&str], separator: char| Style::settle(cells.iter().copied(), separator);
        for (cells, separator, expected) in [
            (&["360.000", "1"][..], ',', Style::Point),
            (&["999", "3,600,000"], ',', Style::Point),
            (&["1,234", "12"], ',', Style::Point),
            (&["1.234", "5,5"], ';', Style::Comma),
            (&["1.234", "5.25"], ';', Style::Point),
            (&["1.234,56"], ';', Style::Comma),
            (&["12.345"], '\t', Style::Point),
            (&["12", "", "n/a"], ';', Style::Point),
            (&["0.125"], ';', Style::Point),
            (&["1,320E+01"], ';', Style::Comma),
        ] {
            assert_eq!(of(cells, separator), Ok(expected), "{cells:?} {separator}");
        }
        assert!(of(&["360.000"], ';').is_err_and(|it| it.starts_with("“360.000” is 360000 or 360.000")));
        assert!(of(&["1,234"], '\t').is_err_and(|it| it.starts_with("“1,234” is 1234 or 1.234")));
        assert!(of(&["1,25", "2.5"], ';').is_err_and(|it| it.contains("different decimal signs")));
        let plain = [Style::Comma.plain("1.234,5"), Style::Point.plain("3,600,000.5"), Style::Comma.plain("-5,5")];
        assert_eq!(plain, ["1234.5", "3600000.5", "-5.5"]);
    }
}
