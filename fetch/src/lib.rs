//! Pages of the Azure Retail Prices API into one file: the terminal's `prices fetch` and `cargo xtask prices` share it.
//!
//! The API answers a question in pages, each but the last naming the next in `NextPageLink`. Every page is kept in `FILE.part`
//! as it comes, so that a run that was cut off goes on where it stopped; the file itself appears when the last page is there.

mod page;
mod part;
mod retry;

pub use retry::Patience;

use page::Page;
use part::Part;
use retry::Client;
use std::path::Path;

/// The API's own address, without a question.
pub const API: &str = "https://prices.azure.com/api/retail/prices";
/// More pages than every price of every service has; a server that never ends is stopped here.
const MOST_PAGES: usize = 10_000;

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Pages in the file.
    pub pages: usize,
    /// Of them, pages that an earlier run had fetched.
    pub resumed: usize,
    /// Rows in the file.
    pub rows: usize,
    /// The one currency of every page.
    pub currency: String,
}

/// Fetches every page of a question into a file, one page a line, as the page and `--prices` read it. `say` gets progress in
/// sentences.
///
/// # Errors
/// The server refuses, or fails more often than the patience allows; an answer is no page of prices, in another currency than the
/// first, or leads to another server; the file cannot be written. What was fetched stays in `FILE.part`.
pub fn fetch(address: &str, file: &Path, patience: &Patience, say: &mut dyn FnMut(&str)) -> Result<Fetched, String> {
    let mut part = Part::open(file, address)?;
    let resumed = part.pages().len();
    if resumed > 0 {
        say(&format!("page {resumed}: the last that an earlier run kept, {} rows so far", part.rows()));
    }
    let mut client = Client::new(patience);
    while let Some(next) = next_address(address, part.pages())? {
        let page = client.page(&next, say)?;
        fits(&page, part.pages())?;
        part.push(page)?;
        say(&format!("page {}: {} rows so far", part.pages().len(), part.rows()));
    }
    let (pages, rows) = (part.pages().len(), part.rows());
    let currency = part.pages().first().map(|page| page.currency.clone()).unwrap_or_default();
    part.finish(file)?;
    Ok(Fetched { pages, resumed, rows, currency })
}

/// Where the next page is: the question itself, then what the last page names; `None` after the last.
fn next_address(address: &str, pages: &[Page]) -> Result<Option<String>, String> {
    let Some(last) = pages.last() else { return Ok(Some(address.to_owned())) };
    let Some(link) = &last.next else { return Ok(None) };
    if pages.len() >= MOST_PAGES {
        return Err(format!("{MOST_PAGES} pages and no end: ask for fewer regions"));
    }
    if server(link) != server(address) {
        return Err(format!("the next page is on another server, {link}: nothing was asked there"));
    }
    if pages.iter().rev().skip(1).any(|page| page.next.as_ref() == Some(link)) {
        return Err(format!("the next page is one that was read already, {link}: the answer has no end"));
    }
    Ok(Some(link.clone()))
}

/// Scheme, host and port of an address, the port spelt out: the API adds `:443` to its links.
fn server(address: &str) -> Option<(String, String)> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let port = if scheme == "https" { ":443" } else { ":80" };
    let host = if host.contains(':') { host } else { format!("{host}{port}") };
    Some((scheme.to_ascii_lowercase(), host))
}

fn fits(page: &Page, before: &[Page]) -> Result<(), String> {
    match before.first() {
        Some(first) if first.currency != page.currency => Err(format!(
            "a page in {} follows one in {}: start again without the .part file",
            page.currency, first.currency
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::server;

    #[test]
    fn a_port_that_is_spelt_out_is_the_same_server() {
        assert_eq!(server("https://prices.azure.com:443/api?a"), server("https://Prices.azure.com/other"));
        assert_ne!(server("https://prices.azure.com/"), server("http://prices.azure.com/"));
        assert_ne!(server("https://prices.azure.com@evil.example/"), server("https://prices.azure.com/"));
        assert_ne!(server("https://prices.azure.com.evil.example/"), server("https://prices.azure.com/"));
    }
}
