//! Tables that are copied from the sources without arithmetic, and the round trips.

use super::{Folder, Table, csv};
use std::collections::BTreeMap;

const YES: &str = "yes";

/// Sizes: Flash, B0 and B1 stay outside active groups (newer text, D1).
pub(crate) fn skus(folder: &Folder) -> Result<Table, String> {
    let mut table =
        Table::new("skus", "id|gb|vcpus|shards|connections|mbit_per_s|get_per_s|geo|preview|nodes_with_ha|source");
    for row in folder.rows("skus.csv")? {
        table.push(&[
            row.get("id")?,
            row.get("memory_gb")?,
            row.get("vcpus_per_node")?,
            row.get("primary_shards")?,
            row.get("max_connections")?,
            row.get("network_mbps")?,
            row.get("get_1kb_per_s")?,
            row.get("geo")?,
            flag(row.get("preview")?),
            row.get("nodes_with_ha")?,
            row.get("sources")?,
        ])?;
    }
    Ok(table)
}

/// Sizes of the tiers that nobody can create any more.
pub(crate) fn retiring(folder: &Folder) -> Result<Table, String> {
    let mut table = Table::new("retiring", "id|gb|nodes|source");
    for row in folder.rows("retiring-sizes.csv")? {
        table.push(&[row.get("id")?, row.get("memory_gb")?, row.get("nodes")?, row.get("sources")?])?;
    }
    Ok(table)
}

/// Sizes that replace those of a service that ends.
pub(crate) fn mapping(folder: &Folder) -> Result<Table, String> {
    let mut table = Table::new("mapping", "from|units|to|also|source");
    for row in folder.rows("migration-sizes.csv")? {
        table.push(&[row.get("from")?, row.get("units")?, row.get("to")?, row.get("also")?, row.get("sources")?])?;
    }
    Ok(table)
}

fn flag(word: &str) -> &'static str {
    if word == YES { "1" } else { "" }
}

/// Regions by display name; a one-way pair ends in `>`.
pub(crate) fn regions(folder: &Folder) -> Result<Table, String> {
    let mut table =
        Table::new("regions", "id|name|geography|continent|zones|pair|restricted|latitude|longitude|source");
    let rows = folder.rows("regions.csv")?;
    let mut by_name = BTreeMap::new();
    for row in &rows {
        by_name.insert(row.get("display_name")?, row);
    }
    for (name, row) in by_name {
        let one_way = if row.get("pair_one_way")? == YES { ">" } else { "" };
        table.push(&[
            row.get("arm_region")?,
            name,
            row.get("geography")?,
            row.get("continent")?,
            flag(row.get("availability_zones")?),
            &format!("{}{one_way}", row.get("paired_region")?),
            flag(row.get("restricted")?),
            &two_decimals(row.get("latitude")?)?,
            &two_decimals(row.get("longitude")?)?,
            &located(row)?,
        ])?;
    }
    Ok(table)
}

/// The list's source and the coordinates', where those have one.
fn located(row: &csv::Row) -> Result<String, String> {
    let coordinates = row.get("coordinates_from")?;
    let list = row.get("sources")?;
    Ok(if coordinates == "UNVERIFIED" { list.to_owned() } else { format!("{list} {coordinates}") })
}

fn two_decimals(degrees: &str) -> Result<String, String> {
    let degrees: rust_decimal::Decimal = degrees.parse().map_err(|error| format!("{degrees}: {error}"))?;
    Ok(degrees.round_dp(2).normalize().to_string())
}

/// Round trips in milliseconds, the mean of both directions, the lower triangle; rows are in the order of continent and geography.
pub(crate) fn round_trips(folder: &Folder) -> Result<Table, String> {
    let mut table = Table::new("round_trips", "region|to every earlier row, ms");
    let mut regions = BTreeMap::new();
    for row in folder.rows("regions.csv")? {
        let place = (row.get("continent")?.to_owned(), row.get("geography")?.to_owned());
        regions.insert(row.get("display_name")?.to_owned(), (place, row.get("arm_region")?.to_owned()));
    }
    let records = csv::records(&folder.text("latency-p50-ms.csv")?)?;
    let header = records.first().ok_or("latency-p50-ms.csv is empty")?;
    if let Some(wrong) = (1..header.len()).find(|&at| records.get(at).and_then(|row| row.first()) != header.get(at)) {
        return Err(format!("latency-p50-ms.csv: row {wrong} is not {}", header[wrong]));
    }
    // A region that the list of regions does not have (Jio India West) cannot stand in a plan.
    let mut known: Vec<usize> = (1..header.len()).filter(|&at| regions.contains_key(&header[at])).collect();
    known.sort_by_key(|&at| &regions[&header[at]]);
    for (row, &at) in known.iter().enumerate() {
        let means: Result<Vec<String>, String> =
            known[..row].iter().map(|&other| mean(&records[at][other], &records[other][at])).collect();
        table.push(&[&regions[&header[at]].1, &means?.join(" ")])?;
    }
    Ok(table)
}

/// The mean of both directions. Every pair of regions in the matrix has both; one without would need a decision here.
fn mean(there: &str, back: &str) -> Result<String, String> {
    let millis = |text: &str| text.parse::<i32>().map_err(|error| format!("latency-p50-ms.csv: “{text}”: {error}"));
    Ok((f64::from(millis(there)? + millis(back)?) / 2.0).to_string())
}

/// The rules, as they are.
pub(crate) fn rules(folder: &Folder) -> Result<Table, String> {
    let mut table = Table::new("rules", "id|severity|check|source|note");
    let rules: Vec<BTreeMap<String, String>> =
        serde_json::from_str(&folder.text("rules.json")?).map_err(|error| format!("rules.json: {error}"))?;
    for rule in &rules {
        let cell = |name: &str| rule.get(name).map(String::as_str).ok_or_else(|| format!("rules.json: no {name}"));
        table.push(&[cell("id")?, cell("severity")?, cell("check")?, cell("source")?, cell("note")?])?;
    }
    Ok(table)
}

/// What the source tags stand for.
pub(crate) fn sources(folder: &Folder) -> Result<Table, String> {
    copied(folder, "sources.csv", Table::new("sources", "tag|text"))
}

/// Dates on which something can no longer be created or run.
pub(crate) fn lifecycle(folder: &Folder) -> Result<Table, String> {
    copied(folder, "lifecycle.csv", Table::new("lifecycle", "product|event|date|sources|text"))
}

/// Availability that is promised, by configuration.
pub(crate) fn sla(folder: &Folder) -> Result<Table, String> {
    copied(folder, "sla.csv", Table::new("sla", "configuration|percent|sources|note"))
}

fn copied(folder: &Folder, file: &str, mut table: Table) -> Result<Table, String> {
    for row in folder.rows(file)? {
        let cells: Result<Vec<&str>, String> = table.columns.split('|').map(|column| row.get(column)).collect();
        table.push(&cells?)?;
    }
    Ok(table)
}
