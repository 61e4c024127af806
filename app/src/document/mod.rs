//! Sections of the core as the page shows them: one component for each kind of block, and no word added.

#[cfg(test)]
mod tests;

pub(crate) use crate::inline::{of, text};

use crate::files;
use crate::inline::run;
use crate::later::{Late, Panel};
use dr_core::report::document::{Block, Column, Entry, LogEntry, Row, RowKind, Run, Section, Style, Table, Text};
use dr_core::report::glossary::marked;
use dr_core::report::outage_log::Weight;
use dr_core::units::format;
use std::rc::Rc;
use yew::prelude::*;

/// A section as a panel; `links` stand at the right of its heading, `inside` between what it says and its blocks.
pub(crate) fn section_with(section: &Section, links: Html, inside: Html) -> Html {
    let section = marked(section.clone());
    let content = html! { <>{ inside }{ blocks(&section.blocks) }</> };
    panel(&section, links, content)
}

/// A section's heading and what it says as a panel around `content`, where controls stand among its blocks.
pub(crate) fn section_around(section: &Section, links: Html, content: Html) -> Html {
    let says = section.says.clone();
    panel(&marked(Section { says, ..Section::new(section.id, section.heading.as_str(), "") }), links, content)
}

fn panel(section: &Section, links: Html, content: Html) -> Html {
    html! {
        <section class="panel" data-section={section.id}>
            <header><h2>{ &section.heading }</h2><span class="links">{ links }</span></header>
            if !section.says.is_blank() { <p class="say">{ text(&section.says) }</p> }
            { content }
        </section>
    }
}

/// A section as a panel. One that is a chart and nothing else is the chart's own panel.
pub(crate) fn section(section: &Section) -> Html {
    section_with(section, Html::default(), Html::default())
}

/// Sections below each other.
pub(crate) fn sections(sections: &[Section]) -> Html {
    sections.iter().map(section).collect()
}

/// Blocks in their order.
pub(crate) fn blocks(blocks: &[Block]) -> Html {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Heading(words) => html! { <h3>{ text(words) }</h3> },
        Block::Paragraph(words) => html! { <p>{ text(words) }</p> },
        Block::Remark(words) => html! { <p class="remark">{ text(words) }</p> },
        Block::List(lines) => {
            html! { <ul class="mind">{ for lines.iter().map(|line| html! { <li>{ text(line) }</li> }) }</ul> }
        }
        Block::Facts(facts) => html! {
            <dl class="facts">{ for facts.iter().map(|(name, value)| html! { <><dt>{ text(name) }</dt><dd>{ text(value) }</dd></> }) }</dl>
        },
        Block::Table(table) => html! { <>{ of_table(table) }{ save_csv(table) }</> },
        Block::Log(events) => html! { <ol class="log">{ for events.iter().map(event) }</ol> },
        Block::Steps(steps) => {
            html! { <ol class="steps">{ for steps.iter().map(|step| html! { <li>{ blocks(step) }</li> }) }</ol> }
        }
        Block::Entries(entries) => html! { <ul class="findings">{ for entries.iter().map(entry) }</ul> },
        Block::Commands(text) | Block::PowerShell(text) => commands(text),
        Block::Figure(chart) => html! { <Late panel={Panel::Figure(Rc::new((**chart).clone()))} /> },
        Block::Details { summary, open, blocks: inside } => {
            html! { <details class="fold" open={*open}><summary>{ text(summary) }</summary>{ blocks(inside) }</details> }
        }
    }
}

/// Commands, or what else is typed elsewhere, with the way to copy them.
fn commands(text: &str) -> Html {
    let copied = text.to_owned();
    let copy = Callback::from(move |_: MouseEvent| files::copy(&copied));
    html! { <div class="code"><pre tabindex="0"><code>{ text.to_owned() }</code></pre><button type="button" class="btn copy" onclick={copy}>{ "Copy" }</button></div> }
}

/// A mark of an entry: what matters stands on a ground of its own.
fn mark_of_entry(mark: &Run) -> Html {
    let class = match mark.style {
        Style::Bad => "sev block",
        Style::Warn => "sev warn",
        Style::Quiet => "sev info",
        _ => return run(mark),
    };
    html! { <span {class}>{ &mark.text }</span> }
}

fn event(event: &LogEntry) -> Html {
    html! { <li><time>{ format::clock(event.at) }</time>{ mark(event.weight) }<span>{ text(&event.text) }</span></li> }
}

/// The mark of an event, coloured by its weight; the words say the same.
pub(crate) fn mark(weight: Weight) -> Html {
    let ink = match weight {
        Weight::Quiet => "",
        Weight::Act => "accent",
        Weight::Warn => "warn",
        Weight::Bad => "bad",
        Weight::Good => "good",
    };
    html! { <span class={classes!("mark", ink)} aria-hidden="true"></span> }
}

fn entry(entry: &Entry) -> Html {
    html! {
        <li data-finding={entry.id.clone()}>
            <p class="finding-head">{ for entry.marks.iter().map(|of| html! { <>{ mark_of_entry(of) }{ " " }</> }) }</p>
            <p>{ text(&entry.text) }</p>
            { for entry.more.iter().map(|more| html! { <p class="remedy">{ text(more) }</p> }) }
        </li>
    }
}

/// A table that scrolls inside itself, so that the page never does.
pub(crate) fn of_table(table: &Table) -> Html {
    let body = html! {
        <table data-table={table.id}>
            { of_head(&table.columns) }
            <tbody>{ for table.rows.iter().map(|row| of_row(row, &table.columns)) }</tbody>
        </table>
    };
    scroll(&table.name, body)
}

/// The way to take a table into a spreadsheet.
fn save_csv(table: &Table) -> Html {
    let saved = table.clone();
    let save = Callback::from(move |_: MouseEvent| {
        files::download(&format!("{}.csv", saved.id), "text/csv", saved.csv().as_bytes());
    });
    let heard = format!("{}: save as CSV", table.name);
    html! { <p class="links" data-of="table"><button type="button" class="link" aria-label={heard} onclick={save}>{ "CSV" }</button></p> }
}

/// A table with one more column at its end: what a person can do with the row of a number.
pub(crate) fn table_with(table: &Table, action: &dyn Fn(usize) -> Html) -> Html {
    let columns: Vec<Column> = table.columns.iter().cloned().chain([Column::text("")]).collect();
    let row = |(at, row): (usize, &Row)| {
        let cells = row.cells.iter().zip(&table.columns).map(|(words, column)| of_cell(words, column));
        html! { <tr class={(row.kind == RowKind::Total).then_some("total")}>{ for cells }<td>{ action(at) }</td></tr> }
    };
    let body = html! {
        <table data-table={table.id}>{ of_head(&columns) }<tbody>{ for table.rows.iter().enumerate().map(row) }</tbody></table>
    };
    scroll(&table.name, body)
}

/// A wide table in its own region; `name` is for a reader of screens.
pub(crate) fn scroll(name: &str, content: Html) -> Html {
    html! { <div class="scroll" role="region" aria-label={name.to_owned()} tabindex="0">{ content }</div> }
}

/// The headings of a table.
pub(crate) fn of_head(columns: &[Column]) -> Html {
    let class = |column: &Column| classes!(column.figures.then_some("num"), column.wide_only.then_some("wide-only"));
    let head = |column: &Column| {
        if column.head.is_blank() {
            html! { <td class={class(column)}></td> }
        } else {
            html! { <th scope="col" class={class(column)}>{ text(&column.head) }</th> }
        }
    };
    html! { <thead><tr>{ for columns.iter().map(head) }</tr></thead> }
}

/// A row of a table.
pub(crate) fn of_row(row: &Row, columns: &[Column]) -> Html {
    let first = row.cells.first().map_or_else(Html::default, text);
    let all = columns.len().to_string();
    match row.kind {
        RowKind::Group => html! { <tr class="head"><th scope="colgroup" colspan={all}>{ first }</th></tr> },
        RowKind::Note => html! { <tr class="note"><td colspan={all} class="quiet">{ first }</td></tr> },
        RowKind::Plain | RowKind::Total => html! {
            <tr class={(row.kind == RowKind::Total).then_some("total")}>{ for row.cells.iter().zip(columns).map(|(words, column)| of_cell(words, column)) }</tr>
        },
    }
}

/// A cell of a row.
pub(crate) fn of_cell(words: &Text, column: &Column) -> Html {
    let class = classes!(column.figures.then_some("num"), column.wide_only.then_some("wide-only"));
    if column.names {
        html! { <th scope="row" {class}>{ text(words) }</th> }
    } else {
        html! { <td {class}>{ text(words) }</td> }
    }
}
