//! A table of a document.

use super::Section;
use super::text::{Style, Text};
use crate::model::Topology;
use crate::report::chart::Chart;
use crate::units::quote::csv_cell;

/// Rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Stable name in lower case: `full-syncs`; files use it.
    pub id: &'static str,
    /// What it shows, for a reader who does not see it.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; a row may have fewer cells than there are columns.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading; may be blank over names.
    pub head: Text,
    /// It holds figures, which end at the right.
    pub figures: bool,
    /// Its cells are names of their rows.
    pub names: bool,
    /// It may be left out where there is little room.
    pub wide_only: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its cells from left to right.
    pub cells: Vec<Text>,
    /// What kind of row it is.
    pub kind: RowKind,
}

/// What a row is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Like the others.
    Plain,
    /// Begins a group: its first cell names it, and it has no other.
    Group,
    /// A sum of those above it.
    Total,
    /// A remark on the row above it: its first cell is the remark, and it has no other.
    Note,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(head: impl Into<Text>) -> Self {
        Self { head: head.into(), figures: false, names: false, wide_only: false }
    }

    /// A column of figures.
    #[must_use]
    pub fn figures(head: impl Into<Text>) -> Self {
        Self { figures: true, ..Self::text(head) }
    }

    /// The column of the rows' names.
    #[must_use]
    pub fn names(head: impl Into<Text>) -> Self {
        Self { names: true, ..Self::text(head) }
    }

    /// A column of figures of one topology, under its name and in its colour.
    #[must_use]
    pub fn of(topology: Topology) -> Self {
        Self::figures(Text::styled(topology.name(), Style::Of(topology)))
    }

    /// The same, left out where there is little room.
    #[must_use]
    pub fn wide_only(mut self) -> Self {
        self.wide_only = true;
        self
    }
}

impl Row {
    /// An ordinary row.
    #[must_use]
    pub fn of<T: Into<Text>>(cells: impl IntoIterator<Item = T>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), kind: RowKind::Plain }
    }

    /// A row of a kind.
    #[must_use]
    pub fn kind(mut self, kind: RowKind) -> Self {
        self.kind = kind;
        self
    }

    /// A remark on the row above.
    #[must_use]
    pub fn note(text: impl Into<Text>) -> Self {
        Self { cells: vec![text.into()], kind: RowKind::Note }
    }
}

impl Table {
    /// The table of a chart.
    #[must_use]
    pub fn of_chart(chart: &Chart) -> Self {
        let columns = chart.table.head.iter().map(|head| Column::text(head.clone()));
        let rows = chart.table.rows.iter().map(|cells| Row::of(cells.iter().cloned()));
        Self { id: chart.id, name: chart.title.clone(), columns: columns.collect(), rows: rows.collect() }
    }
}

/// Every table of the sections and of their charts, one below the other: its name, its rows, a blank line between two. Empty where
/// the sections hold no table.
#[must_use]
pub fn csv<'a>(sections: impl IntoIterator<Item = &'a Section>) -> String {
    let tables: Vec<Table> = sections.into_iter().flat_map(Section::tables).collect();
    let sheet = |table: &Table| format!("{}\r\n{}", csv_cell(&table.name), table.csv());
    tables.iter().map(sheet).collect::<Vec<_>>().join("\r\n")
}
