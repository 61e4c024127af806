//! Tables of prices that are too large to be read whole: the price sheet of an agreement has every service of Azure. What no plan is billed
//! on is passed over line by line.

use super::meter::products;
use super::{agreement, csv};
use crate::import::table::TITLES;

/// So many bytes show what a file is.
pub const SIEVE_SHOWN: usize = 65_536;
/// A line that is longer is of no table.
const LONGEST_LINE: usize = 65_536;

/// Passes lines of a table that may be prices of a plan, and its header.
///
/// # Examples
///
/// ```
/// use dr_core::import::retail::Sieve;
///
/// let header = "MeterCategory,MeterName,MarketPrice,UnitOfMeasure,UnitPrice\n";
/// let (machines, redis) = ("Virtual Machines,D2,1,1 Hour,1\n".repeat(1_000), "Redis Cache,B5 Cache Instance,1,1 Hour,1\n");
/// let sheet = [header, &machines, redis].concat();
/// let mut sieve = Sieve::of(sheet.as_bytes()).unwrap();
/// sheet.as_bytes().chunks(10).for_each(|chunk| sieve.add(chunk));
/// let passed = sieve.finish();
/// assert!(passed.starts_with(header.as_bytes()) && passed.ends_with(redis.as_bytes()));
/// assert!(passed.len() < 1_000);
/// ```
#[derive(Debug, Clone)]
pub struct Sieve {
    products: Vec<&'static str>,
    /// Lines up to the header that are still to come.
    titles: usize,
    begun: Vec<u8>,
    kept: Vec<u8>,
}

impl Sieve {
    /// For a file that begins so; `None` where that is no table of prices in UTF-8.
    #[must_use]
    pub fn of(beginning: &[u8]) -> Option<Self> {
        let shown = &beginning[..beginning.len().min(SIEVE_SHOWN)];
        let whole = shown.iter().rposition(|byte| *byte == b'\n').map_or(shown, |end| &shown[..=end]);
        let text = std::str::from_utf8(whole.strip_prefix(b"\xef\xbb\xbf").unwrap_or(whole)).ok()?;
        let is_prices = csv::is_prices(text) || agreement::is_prices(text);
        is_prices.then(|| Self { products: products(), titles: TITLES, begun: Vec::new(), kept: Vec::new() })
    }

    /// Takes the next bytes of the file, however they are cut.
    pub fn add(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(end + 1);
            rest = after;
            if self.begun.is_empty() {
                self.line(line);
            } else {
                self.begun.extend_from_slice(line);
                let line = std::mem::take(&mut self.begun);
                self.line(&line);
            }
        }
        if self.begun.len() + rest.len() <= LONGEST_LINE {
            self.begun.extend_from_slice(rest);
        }
    }

    fn line(&mut self, line: &[u8]) {
        let title = self.titles > 0;
        self.titles = self.titles.saturating_sub(1);
        if title || self.may_be_a_price(line) {
            self.kept.extend_from_slice(line);
        }
    }

    /// True for a line that names Redis or a product that a plan is billed on.
    fn may_be_a_price(&self, line: &[u8]) -> bool {
        let Ok(line) = std::str::from_utf8(line) else { return true };
        line.contains("Redis") || self.products.iter().any(|product| line.contains(product))
    }

    /// The table of what was passed.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let last = std::mem::take(&mut self.begun);
        self.line(&last);
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::import::retail::read_files;
    use crate::plan::Plan;

    /// Source: the columns of `price-sheet-ea` (2025-06-26).
    const HEAD: &str = "BasePrice,CurrencyCode,EffectiveEndDate,EffectiveStartDate,IncludedQuantity,MarketPrice,MeterId,MeterCategory,MeterName,MeterSubCategory,MeterRegion,MeterType,PartNumber,priceType,Product,ProductID,ServiceFamily,SkuID,Term,UnitOfMeasure,UnitPrice";

    fn row(category: &str, meter: &str, sub: &str, price: &str) -> String {
        format!(
            "{price},USD,12/31/2027,01/31/2026,0,{price},id,{category},{meter},{sub},EU West,1 Hour,part,Consumption,{category},p,Databases,s,,1 Hour,{price}"
        )
    }

    fn sheet(others: usize) -> String {
        let mut lines = vec!["Enrollment 1".to_owned(), String::new(), HEAD.to_owned()];
        lines.extend((0..others).map(|at| row("Storage", &format!("LRS {at}"), "Blob", "0.01")));
        lines.push(row("Redis Cache", "B10 Cache Instance", "Azure Managed Redis - Balanced", "0.4"));
        lines.extend((0..others).map(|at| row("Virtual Machines", &format!("D{at}"), "Dv5", "0.2")));
        lines.push(row("Virtual Network", "Standard Private Endpoint", "Virtual Network Private Link", "0.009"));
        lines.join("\r\n")
    }

    fn sieved(text: &str, chunk: usize) -> Vec<u8> {
        let mut sieve = Sieve::of(text.as_bytes()).expect("a table of prices");
        text.as_bytes().chunks(chunk).for_each(|bytes| sieve.add(bytes));
        sieve.finish()
    }

    /// However the file is cut, the prices are those of the whole file.
    #[test]
    fn what_is_passed_has_every_price_of_a_plan() {
        let (text, catalog, start) = (sheet(400), Catalog::bundled().unwrap(), Plan::default().horizon.start);
        let prices = |text: &str| read_files(&[("a".to_owned(), text.to_owned())], &catalog, start).unwrap().list;
        let whole = prices(&text);
        assert_eq!(whole.prices.len(), 2);
        for chunk in [1, 7, 1_000, text.len()] {
            let small = String::from_utf8(sieved(&text, chunk)).unwrap();
            assert!(small.len() < 4_000, "{} bytes", small.len());
            assert_eq!(prices(&small), whole, "{chunk}");
        }
    }

    #[test]
    fn what_is_no_table_of_prices_has_no_sieve() {
        for text in ["", "time,writes/s\n0,1\n", "{\"Items\":[]}", "BilledCost,ResourceId\n1,2\n"] {
            assert!(Sieve::of(text.as_bytes()).is_none(), "{text}");
        }
        assert!(Sieve::of(b"\xff\xfeM\0").is_none());
    }
}
