//! `cargo xtask prices`: what the price list says today against the factors in `core/data/sources`.
//!
//! Fetches every Redis row of the Retail Prices API into `target/retail-prices.json` (the terminal's `prices fetch` has the same code),
//! and prints, for each region with rows, the one two-decimal factor that meets every node price there. What differs from
//! `region-factors.csv` is printed as the row that belongs there; a person reads it, puts it in and runs `cargo xtask catalogue`.

use crate::Outcome;
use crate::catalogue::csv;
use dr_fetch::{API, Patience, fetch};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rows of both Redis services in dollars.
const QUESTION: &str = "?currencyCode='USD'&$filter=serviceName%20eq%20'Redis%20Cache'";
/// Factors are looked for from 0.80 to 2.60.
const TRIED: std::ops::RangeInclusive<i64> = 80..=260;
/// `--file` reads what is there instead of asking.
const HELP: &str = "cargo xtask prices [--api ADDRESS | --file FILE]";

/// Fetches, or reads `--file`, and prints what differs.
pub fn run(arguments: &[String]) -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = match arguments {
        [] => fetched(API, &root)?,
        [flag, address] if flag == "--api" => fetched(address, &root)?,
        [flag, file] if flag == "--file" => PathBuf::from(file),
        _ => return Err(HELP.to_owned()),
    };
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let sources = root.join("core/data/sources");
    let read = |name: &str| {
        let path = sources.join(name);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        csv::rows(&text)
    };
    let said = compared(&nodes(&text)?, &read("base-prices.csv")?, &read("region-factors.csv")?)?;
    println!("{said}");
    Ok(())
}

fn fetched(api: &str, root: &Path) -> Outcome<PathBuf> {
    let file = root.join("target/retail-prices.json");
    let fetched = fetch(&format!("{api}{QUESTION}"), &file, &Patience::default(), &mut |line| eprintln!("{line}"))?;
    eprintln!("{}: {} rows", file.display(), fetched.rows);
    Ok(file)
}

/// Pay-as-you-go prices of one node, by region and service and short size.
type Nodes = BTreeMap<(String, &'static str), BTreeMap<String, Decimal>>;

/// The node prices of a file with a page a line.
fn nodes(text: &str) -> Outcome<Nodes> {
    let mut nodes = Nodes::new();
    for line in text.lines() {
        let page: Value = serde_json::from_str(line).map_err(|error| format!("no page of prices: {error}"))?;
        for row in page["Items"].as_array().into_iter().flatten() {
            let cell = |name: &str| row[name].as_str().unwrap_or_default();
            let service = match cell("productName") {
                "Azure Redis Cache Premium" => "premium",
                product if product.starts_with("Azure Managed Redis") => "managed",
                _ => continue,
            };
            let (Some(size), "Consumption", "1 Hour") =
                (cell("meterName").strip_suffix(" Cache Instance"), cell("type"), cell("unitOfMeasure"))
            else {
                continue;
            };
            let price: Decimal = row["retailPrice"].to_string().parse().map_err(|error| format!("{row}: {error}"))?;
            let place = (cell("armRegionName").to_owned(), service);
            nodes.entry(place).or_default().insert(size.to_owned(), price);
        }
    }
    Ok(nodes)
}

/// The factors of a fetched list against those of the sources: a line for each that differs, and how many agree.
fn compared(nodes: &Nodes, bases: &[csv::Row], factors: &[csv::Row]) -> Outcome<String> {
    let mut base = BTreeMap::new();
    for row in bases {
        let sku = row.get("sku")?;
        let short = sku.rsplit('_').next().unwrap_or(sku).to_owned();
        base.insert(short, row.get("price")?.parse::<Decimal>().map_err(|error| format!("{sku}: {error}"))?);
    }
    let mut lines = Vec::new();
    let mut agree = 0;
    for ((region, service), prices) in nodes {
        let known: Vec<(Decimal, Decimal)> =
            prices.iter().filter_map(|(size, price)| Some((*base.get(size)?, *price))).collect();
        if known.is_empty() {
            continue;
        }
        let fit: Vec<Decimal> =
            TRIED.map(|hundredths| Decimal::new(hundredths, 2)).filter(|factor| meets(&known, *factor)).collect();
        let mut ours =
            factors.iter().filter(|row| row.get("region") == Ok(region) && row.get("service") == Ok(service));
        let ours = ours.next().map(|row| Ok::<_, String>((row.get("factor")?, row.get("low")?))).transpose()?;
        match (fit.as_slice(), ours) {
            ([one], Some((factor, ""))) if one.to_string() == factor => agree += 1,
            ([one], _) => lines.push(format!(
                "{region},{service},{one},,,the one factor that gives all {} prices read there",
                known.len()
            )),
            ([], _) => lines.push(format!("# {region}, {service}: no one factor gives all {} prices", known.len())),
            ([low, .., high], _) => lines
                .push(format!("# {region}, {service}: {} prices allow every factor from {low} to {high}", known.len())),
        }
    }
    lines.push(format!("# {agree} factors are as in region-factors.csv"));
    Ok(lines.join("\n"))
}

/// Every price is `round(base × factor, 3)`; of Premium, whose node is half of a rounded pair or rounded itself, to a thousandth.
fn meets(prices: &[(Decimal, Decimal)], factor: Decimal) -> bool {
    let thousandth = Decimal::new(5, 4);
    prices.iter().all(|(base, price)| {
        let exact = base * factor;
        exact.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero) == *price
            || (exact - price).abs() <= thousandth
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(product: &str, meter: &str, region: &str, price: &str) -> String {
        format!(
            r#"{{"productName":"{product}","meterName":"{meter}","armRegionName":"{region}","retailPrice":{price},"type":"Consumption","unitOfMeasure":"1 Hour"}}"#
        )
    }

    /// Canada Central's real prices (1.09 alone fits), B0 of West Europe (1.16 to 1.21 fit), and two that contradict each other.
    #[test]
    fn a_list_gives_the_factors_that_meet_every_price() {
        let balanced = "Azure Managed Redis - Balanced";
        let rows = [
            row(balanced, "B10 Cache Instance", "canadacentral", "0.343"),
            row(balanced, "B100 Cache Instance", "canadacentral", "2.721"),
            row(balanced, "B0 Cache Instance", "westeurope", "0.019"),
            row(balanced, "B10 Cache Instance", "japaneast", "0.403"),
            row(balanced, "B100 Cache Instance", "japaneast", "3.195"),
            row(balanced, "B10 Cache Instance", "swedencentral", "0.334"),
            row(balanced, "B100 Cache Instance", "swedencentral", "9.9"),
            row("Azure Redis Cache Premium", "P4 Cache", "canadacentral", "5.328"),
            row("Storage", "B10 Cache Instance", "eastus", "1"),
        ];
        let page = format!("{{\"Items\":[{}]}}\n", rows.join(","));
        let bases = csv::rows("sku,price\nBalanced_B0,0.016\nBalanced_B10,0.315\nBalanced_B100,2.496\n").unwrap();
        let factors = csv::rows(
            "region,service,factor,low,high\ncanadacentral,managed,1.09,,\njapaneast,managed,1.27,1.10,1.51\n",
        )
        .unwrap();
        let said = compared(&nodes(&page).unwrap(), &bases, &factors).unwrap();
        assert_eq!(
            said.lines().collect::<Vec<_>>(),
            [
                "japaneast,managed,1.28,,,the one factor that gives all 2 prices read there",
                "# swedencentral, managed: no one factor gives all 2 prices",
                "# westeurope, managed: 1 prices allow every factor from 1.16 to 1.21",
                "# 1 factors are as in region-factors.csv",
            ]
        );
        assert!(nodes("<html>").is_err());
    }
}
