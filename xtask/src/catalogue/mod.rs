//! `cargo xtask catalogue`: makes `core/data/catalog.json` from the published rows in `core/data/sources/`.
//!
//! Published rows are data; everything derived or estimated is made here and carries how. `--check` makes the file
//! anew and compares.

mod charges;
pub mod csv;
mod facts;
mod prices;
mod reservations;
mod tables;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The day to which the source files were collected.
const AS_OF: &str = "2026-11-28";

/// Writes the catalogue, or with `--check` fails when the file is not what the sources give.
pub fn run(check: bool) -> Result<(), String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/data");
    let made = generate(&data.join("sources"))?;
    let file = data.join("catalog.json");
    if check {
        let found = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        if found != made {
            return Err(
                "core/data/catalog.json is not what core/data/sources gives: run `cargo xtask catalogue`".into()
            );
        }
        println!("core/data/catalog.json is what its sources give");
        return Ok(());
    }
    std::fs::write(&file, &made).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("core/data/catalog.json: {} bytes", made.len());
    Ok(())
}

/// The whole catalogue as text, from the folder of the source files.
pub fn generate(sources: &Path) -> Result<String, String> {
    let folder = Folder(sources.to_owned());
    let facts = facts::Facts::read(&folder)?;
    let mut tables = vec![tables::skus(&folder)?, tables::retiring(&folder)?, tables::mapping(&folder)?];
    tables.push(tables::regions(&folder)?);
    tables.extend(prices::tables(&facts)?);
    tables.extend(reservations::tables(&folder, &facts)?);
    tables.extend(charges::tables(&folder)?);
    tables.push(tables::round_trips(&folder)?);
    tables.extend([tables::rules(&folder)?, tables::sources(&folder)?]);
    tables.extend([tables::lifecycle(&folder)?, tables::sla(&folder)?]);
    json(&tables)
}

/// The folder of the source files; its errors name the file.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn text(&self, name: &str) -> Result<String, String> {
        std::fs::read_to_string(self.0.join(name)).map_err(|error| format!("{name}: {error}"))
    }

    pub(crate) fn rows(&self, name: &str) -> Result<Vec<csv::Row>, String> {
        csv::rows(&self.text(name)?).map_err(|error| format!("{name}: {error}"))
    }
}

/// A table of the catalogue: cells joined by `|`, one string a row.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static str,
    pub(crate) rows: Vec<String>,
}

impl Table {
    pub(crate) fn new(name: &'static str, columns: &'static str) -> Self {
        Self { name, columns, rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, cells: &[&str]) -> Result<(), String> {
        if cells.len() != self.columns.split('|').count() {
            return Err(format!("{}: {} cells under {}", self.name, cells.len(), self.columns));
        }
        if let Some(cell) = cells.iter().find(|cell| cell.contains('|')) {
            return Err(format!("{}: the separator inside “{cell}”", self.name));
        }
        self.rows.push(cells.join("|"));
        Ok(())
    }
}

fn json(tables: &[Table]) -> Result<String, String> {
    let quote = |text: &str| serde_json::to_string(text).map_err(|error| error.to_string());
    let mut out = format!("{{\"as_of\":\"{AS_OF}\",\"tables\":{{");
    for (index, table) in tables.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let (name, columns) = (quote(table.name)?, quote(table.columns)?);
        let _ = write!(out, "{comma}\n{name}:{{\"columns\":{columns},\"rows\":[");
        for (index, row) in table.rows.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\n{}", quote(row)?);
        }
        out.push_str("]}");
    }
    out.push_str("\n}}\n");
    Ok(out)
}
