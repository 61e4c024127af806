//! Inter-region traffic in its two schemes, private endpoints, peering, DNS zones, alerts, logs, storage of exports.

use super::csv::Row;
use super::facts::decimal;
use super::prices::BASE;
use super::{Folder, Table};
use std::collections::{BTreeMap, BTreeSet};

/// The two schemes of inter-region traffic and the meters without a size.
pub(crate) fn tables(folder: &Folder) -> Result<Vec<Table>, String> {
    let rows = folder.rows("charges.csv")?;
    let mut known = BTreeSet::new();
    for row in folder.rows("regions.csv")? {
        known.insert(row.get("arm_region")?.to_owned());
    }
    Ok(vec![by_continent(&rows)?, by_source(&rows, &known)?, meters(&rows, &known)?])
}

fn of<'a>(rows: &'a [Row], charge: &str) -> Vec<&'a Row> {
    rows.iter().filter(|row| row.get("charge") == Ok(charge)).collect()
}

fn by_continent(rows: &[Row]) -> Result<Table, String> {
    let mut table = Table::new("egress_by_continent", "continent|reach|price|as_of|source");
    for row in of(rows, "inter_region") {
        let continent = row.get("from")?.trim_start_matches("any region in ");
        let reach = match row.get("scope")? {
            "intra-continental" => "within",
            "inter-continental" => "across",
            other => return Err(format!("charges.csv: “{other}” is no reach")),
        };
        table.push(&[continent, reach, row.get("price_usd")?, row.get("as_of")?, row.get("sources")?])?;
    }
    Ok(table)
}

/// Source regions with one price share a row; the meter's name was inferred, so the price is estimated.
fn by_source(rows: &[Row], known: &BTreeSet<String>) -> Result<Table, String> {
    let mut table = Table::new("egress_by_source", "price|as_of|source|how|regions");
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
    for row in of(rows, "inter_region_by_source_region") {
        let region = row.get("from")?;
        // The capture holds meters of regions that nobody can choose (planned, partner-only).
        if known.contains(region) {
            let key = (row.get("price_usd")?, row.get("as_of")?, row.get("sources")?);
            groups.entry(key).or_default().push(region);
        }
    }
    let how = "the meter's name was lost in the capture; this is the row left after the others were told apart";
    for ((price, as_of, source), regions) in groups {
        table.push(&[price, as_of, source, how, &regions.join(" ")])?;
    }
    Ok(table)
}

fn meters(rows: &[Row], known: &BTreeSet<String>) -> Result<Table, String> {
    let mut table = Table::new("meters", "meter|regions|word|as_of|source|how|tiers");
    let endpoint = of(rows, "private_endpoint");
    let mut schedule = |meter: &str, scope: &str, how: &str| -> Result<(), String> {
        let steps: Vec<&&Row> = endpoint.iter().filter(|row| row.get("scope") == Ok(scope)).collect();
        let first = steps.first().ok_or_else(|| format!("charges.csv has no {scope}"))?;
        let tiers: Result<Vec<String>, String> = steps
            .iter()
            .map(|row| Ok(format!("{}:{}", decimal(row.get("tier_start_gb")?)?, row.get("price_usd")?)))
            .collect();
        table.push(&[meter, "*", "published", first.get("as_of")?, first.get("sources")?, how, &tiers?.join(" ")])
    };
    schedule("private-endpoint-hour", "hourly", "")?;
    schedule("private-endpoint-gb", "data processed inbound", "each direction has its own tiers")?;
    listed_regions(&mut table, &of(rows, "monitor_alert_metric"), known, "alert-series", "")?;
    let free = "5 GB a month free per billing account are not subtracted";
    listed_regions(&mut table, &of(rows, "log_analytics_ingestion"), known, "log-gb", free)?;
    for row in of(rows, "vnet_peering_global") {
        let regions: Vec<&str> = row.get("from")?.split(' ').filter(|name| known.contains(*name)).collect();
        let price = format!("0:{}", row.get("price_usd")?);
        let how = format!("{} of peering across regions", row.get("note")?);
        table.push(&[
            "peering-gb",
            &regions.join(" "),
            "published",
            row.get("as_of")?,
            row.get("sources")?,
            &how,
            &price,
        ])?;
    }
    stands_in(&mut table, &of(rows, "private_dns_zone"), "dns-zone")?;
    stands_in(&mut table, &of(rows, "blob_storage"), "export-gb")?;
    Ok(table)
}

/// A meter that is quoted for one region alone: its price is an estimate elsewhere.
fn stands_in(table: &mut Table, rows: &[&Row], meter: &str) -> Result<(), String> {
    let row = rows.first().ok_or_else(|| format!("charges.csv has no {meter}"))?;
    let (price, scope) = (format!("0:{}", row.get("price_usd")?), row.get("scope")?);
    let (as_of, source, note) = (row.get("as_of")?, row.get("sources")?, row.get("note")?);
    table.push(&[meter, row.get("from")?, "published", as_of, source, &format!("{scope}; {note}"), &price])?;
    let how = format!("no row for this region was read; the price of West US is used: {scope}; {note}");
    table.push(&[meter, "*", "estimated", as_of, source, &how, &price])
}

/// A meter that is quoted for some regions: those are published, the rest takes East US's price as an estimate.
fn listed_regions(
    table: &mut Table,
    rows: &[&Row],
    known: &BTreeSet<String>,
    meter: &str,
    remark: &str,
) -> Result<(), String> {
    let mut elsewhere = None;
    for row in rows {
        let named = row.get("from")?.split(|letter: char| !letter.is_ascii_alphanumeric());
        let regions: Vec<&str> = named.filter(|word| known.contains(*word)).collect();
        let tiers = format!("0:{}", row.get("price_usd")?);
        let (as_of, source) = (row.get("as_of")?, row.get("sources")?);
        if regions.contains(&BASE) {
            elsewhere = Some((tiers.clone(), as_of, source));
        }
        table.push(&[meter, &regions.join(" "), "published", as_of, source, remark, &tiers])?;
    }
    let (tiers, as_of, source) = elsewhere.ok_or_else(|| format!("charges.csv has no {meter} in East US"))?;
    let mut how = "no row for this region was read; the price of East US is used".to_owned();
    if !remark.is_empty() {
        how = format!("{how}; {remark}");
    }
    table.push(&[meter, "*", "estimated", as_of, source, &how, &tiers])
}
