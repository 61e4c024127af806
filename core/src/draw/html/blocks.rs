//! The blocks of a section as HTML.

use super::{Block, Palette, shown};
use crate::draw::figure;
use crate::model::Topology;
use crate::report::chart::Chart;
use crate::report::document::{Column, Entry, LogEntry, Row, RowKind, Run, Style, Table, Text};
use crate::report::outage_log::Weight;
use crate::report::paper::{Paper, why};
use crate::report::visible;
use crate::units::format;
use maud::{Markup, html};

/// Width for which a chart is laid out, in CSS pixels: the width of a page's text.
const WIDTH: u32 = 720;

/// Most characters of a value beside its name.
const BESIDE: usize = 70;

/// What a block is written into.
pub(super) struct Place {
    /// Names of the headings below which a figure is explained: the figure leads there.
    explained: Vec<String>,
}

impl Place {
    pub(super) fn of(paper: &Paper) -> Self {
        let blocks = paper.sections.iter().flat_map(|section| &section.blocks);
        Self { explained: blocks.filter_map(explained_by).collect() }
    }

    /// Blocks in their order; `level` is that of a heading among them.
    pub(super) fn blocks(&self, blocks: &[Block], level: u8) -> Markup {
        html! { @for block in blocks { (self.block(block, level)) } }
    }

    fn block(&self, block: &Block, level: u8) -> Markup {
        match block {
            Block::Heading(text) => match explained_by(block) {
                Some(id) => html! { h3 id=(id) { (words(text)) } },
                None => heading(level, &self.text(text)),
            },
            Block::Paragraph(text) => html! { p { (self.text(text)) } },
            Block::Remark(text) => html! { p class="remark" { (self.text(text)) } },
            Block::List(lines) => html! { ul { @for line in lines { li { (self.text(line)) } } } },
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Log(events) => html! { ol class="log" { @for event in events { (self.event(event)) } } },
            Block::Steps(steps) => {
                html! { ol class="steps" { @for step in steps { li { (self.blocks(step, level)) } } } }
            }
            Block::Entries(entries) => html! { ul class="entries" { @for entry in entries { (self.entry(entry)) } } },
            Block::Commands(text) | Block::PowerShell(text) => html! { pre { code { (visible::lines(text)) } } },
            Block::Figure(chart) => self.figure(chart, level),
            Block::Details { summary, blocks, .. } => html! {
                details open { summary { (self.text(summary)) } (self.blocks(blocks, level + 1)) }
            },
        }
    }

    /// Values of a few words stand beside their names, sentences below them.
    fn facts(&self, facts: &[(Text, Text)]) -> Markup {
        let long = facts.iter().any(|(_, value)| value.words().chars().count() > BESIDE);
        let class = if long { "facts long" } else { "facts" };
        html! {
            dl class=(class) { @for (name, value) in facts { div { dt { (self.text(name)) } dd { (self.text(value)) } } } }
        }
    }

    /// A line of text.
    pub(super) fn text(&self, text: &Text) -> Markup {
        html! { @for run in &text.0 { (self.run(run)) } }
    }

    /// Paper leads to no field of a form and opens no term: the words stay.
    fn run(&self, run: &Run) -> Markup {
        let words = shown(&run.text);
        match &run.style {
            Style::Plain | Style::Field(_) | Style::Term(_) => html! { (words) },
            Style::Strong => html! { strong { (words) } },
            Style::Price(word) => html! { span class={ "word " (word.as_str()) } { (words) } },
            Style::Quiet => html! { span class="quiet" { (words) } },
            Style::Code => html! { code { (words) } },
            Style::Good => html! { span class="good" { (words) } },
            Style::Bad => html! { span class="bad" { (words) } },
            Style::Warn => html! { span class="warn" { (words) } },
            Style::Of(topology) => html! { span class=(slug(*topology)) { (words) } },
            Style::Explained(topology, objective) => {
                let id = why(*topology, *objective);
                html! { @if self.explained.contains(&id) { a href=(format!("#{id}")) { (words) } } @else { (words) } }
            }
        }
    }

    fn event(&self, event: &LogEntry) -> Markup {
        let class = match event.weight {
            Weight::Quiet => "quiet",
            Weight::Act => "act",
            Weight::Warn => "warn",
            Weight::Bad => "bad",
            Weight::Good => "good",
        };
        html! { li class=(class) { time { (format::clock(event.at)) } span { (self.text(&event.text)) } } }
    }

    fn entry(&self, entry: &Entry) -> Markup {
        html! {
            li {
                p { @for mark in &entry.marks { span class="mark" { (self.run(mark)) } " " } (self.text(&entry.text)) }
                @for more in &entry.more { p class="more" { (self.text(more)) } }
            }
        }
    }

    /// The drawing with its words; its figures as a table for who reads on a screen.
    fn figure(&self, chart: &Chart, level: u8) -> Markup {
        html! {
            figure {
                (heading(level, &html! { (shown(&chart.title)) }))
                @if !chart.says.is_empty() { p class="say" { (self.text(&chart.says.as_slice().into())) } }
                (figure(chart, chart.id, &Palette::LIGHT, WIDTH))
                figcaption { (shown(&chart.caption)) }
                @if !chart.table.rows.is_empty() {
                    details class="data" { summary { "The figures as a table" } (self.table(&Table::of_chart(chart))) }
                }
            }
        }
    }

    fn table(&self, table: &Table) -> Markup {
        html! {
            div class="scroll" {
                table {
                    caption { (shown(&table.name)) }
                    thead { tr { @for column in &table.columns {
                        @if column.head.is_blank() { td {} } @else { th scope="col" class=[figures(column)] { (self.text(&column.head)) } }
                    } } }
                    tbody { @for row in &table.rows { (self.row(row, &table.columns)) } }
                }
            }
        }
    }

    fn row(&self, row: &Row, columns: &[Column]) -> Markup {
        let (first, all) = (row.cells.first().cloned().unwrap_or_default(), columns.len());
        match row.kind {
            RowKind::Group => html! { tr class="group" { th scope="row" colspan=(all) { (self.text(&first)) } } },
            RowKind::Note => html! { tr class="note" { td colspan=(all) { (self.text(&first)) } } },
            RowKind::Plain | RowKind::Total => {
                let total = (row.kind == RowKind::Total).then_some("total");
                html! { tr class=[total] { @for (cell, column) in row.cells.iter().zip(columns) { (self.cell(cell, column)) } } }
            }
        }
    }

    fn cell(&self, cell: &Text, column: &Column) -> Markup {
        let class = figures(column);
        html! {
            @if column.names { th scope="row" class=[class] { (self.text(cell)) } } @else { td class=[class] { (self.text(cell)) } }
        }
    }
}

/// A heading that is a figure is the place where that figure is explained.
fn explained_by(block: &Block) -> Option<String> {
    let Block::Heading(text) = block else { return None };
    match text.0.first()?.style {
        Style::Explained(topology, objective) => Some(why(topology, objective)),
        _ => None,
    }
}

fn words(text: &Text) -> String {
    shown(&text.words())
}

fn figures(column: &Column) -> Option<&'static str> {
    column.figures.then_some("num")
}

fn heading(level: u8, words: &Markup) -> Markup {
    match level {
        0..=3 => html! { h3 { (words) } },
        4 => html! { h4 { (words) } },
        _ => html! { h5 { (words) } },
    }
}

const fn slug(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "rebuild",
        Topology::Passive => "passive",
        Topology::Active => "active",
    }
}
