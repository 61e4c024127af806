//! Files that cannot be opened: what each is, and what can be done.

use crate::units::Bytes;
use crate::units::format;
use std::fmt;

/// A file of a kind that is not opened. Its text is what it is and what can be done, a sentence each.
#[derive(Debug, Clone, PartialEq)]
pub enum Foreign {
    /// No letter but space.
    Empty,
    /// A picture of this format.
    Picture(&'static str),
    /// A workbook, with its article.
    Spreadsheet(&'static str),
    /// A PDF, a text document, with its article.
    Document(&'static str),
    /// Packed files of this format.
    Archive(&'static str),
    /// A program or a database, with its article.
    Program(&'static str),
    /// Apache Parquet, in which cost exports come.
    Parquet,
    /// A dump of Redis (RDB).
    RedisDump,
    /// Bytes of no known kind.
    Binary(Bytes),
    /// A page of the web.
    WebPage,
    /// XML of any kind.
    Xml,
    /// Infrastructure as text; the language.
    Code(&'static str),
    /// Settings by name and value; the format, with its article.
    Settings(&'static str),
    /// A saved estimate of Azure's pricing calculator.
    Estimate,
    /// Text of no known kind.
    Text,
    /// A link that holds a plan.
    Link,
    /// What this product has written and does not read, with its article and what can be opened in its place.
    Own(&'static str),
    /// Infrastructure as JSON: what printed or holds it, and how many caches it describes.
    Caches {
        /// "Azure CLI output", "an ARM template".
        what: &'static str,
        /// Caches, not their databases.
        caches: usize,
        /// Geo-replication links of them that stand beside.
        links: usize,
    },
    /// Databases or links of caches without the caches; what printed or holds them.
    Parts(&'static str),
    /// The same as far as it shows, where the JSON ends too early or is damaged; line and column of the fault.
    BrokenCaches(usize, usize),
    /// Infrastructure as JSON without a cache.
    NoCache(&'static str),
    /// Keys of a cache.
    AccessKeys,
    /// A cost export; its format.
    Costs(&'static str),
    /// A list of resources as the portal saves it.
    Inventory,
    /// Logs that are no metrics.
    Logs,
    /// JSON that ends too early or is damaged, and of no kind that shows; line and column of the fault.
    BrokenJson(usize, usize),
    /// JSON with other fields; some of their names.
    Json(String),
}

const OPENED: &str = "Plans, portfolios, price sheets (Azure Retail Prices), series of measurements (CSV, Azure Monitor) and what az prints of caches are opened here.";
const BY_HAND: &str = "Caches are read from what az and ARM print: Open, Estate from Azure lists the commands; or enter region, size and shards under Advanced.";
const LIST: &str = "Save the answers of az redis list and az redisenterprise list, and open those.";
const SHOW: &str =
    "Save the output of terraform show -json beside it (of a plan: terraform show -json PLAN), and open that.";

/// What to do with code or with a description of caches.
fn instead(what: &str) -> &'static str {
    match what {
        "Bicep" => "Run az bicep build --file on it, and open the template (JSON) that it writes.",
        "YAML" => "Save the answer as JSON, with -o json, and open that.",
        what if what.contains("Terraform") => SHOW,
        _ => BY_HAND,
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(out, "This file is empty. Save it again. {OPENED}"),
            Self::Picture(format) => {
                write!(out, "This is a picture ({format}), and no figures are read from pictures. {OPENED}")
            }
            Self::Spreadsheet(what) => {
                write!(out, "This is {what}. Save the one sheet that matters as CSV (UTF-8) and open that.")
            }
            Self::Document(what) => write!(out, "This is {what}, and no figures are read from documents. {OPENED}"),
            Self::Archive(format) => write!(out, "This is an archive ({format}). Unpack it and open the files in it."),
            Self::Program(what) => write!(out, "This is {what}. {OPENED}"),
            Self::Parquet => write!(
                out,
                "This is a Parquet file, as cost exports are saved. Prices of a cost export are not read: open the answer of the Azure Retail Prices API."
            ),
            Self::RedisDump => {
                write!(out, "This is a dump of Redis data (RDB), and its data is not read. Enter its size under Data.")
            }
            Self::Binary(size) => {
                write!(out, "This is binary data of no known kind ({}). {OPENED}", format::bytes(*size))
            }
            Self::WebPage => write!(
                out,
                "This is a web page (HTML), perhaps of a sign-in or an error. Save the data itself: the JSON or the CSV. {OPENED}"
            ),
            Self::Xml => write!(out, "This is XML. {OPENED}"),
            Self::Code(what) => write!(out, "This is {what}, and it is not read. {}", instead(what)),
            Self::Settings(what) => write!(out, "This is {what}, and no settings are read from it. {OPENED}"),
            Self::Estimate => write!(
                out,
                "This is an estimate of the Azure pricing calculator, and no prices are read from it. Open the answer of the Azure Retail Prices API, or type a price into the line of the bill."
            ),
            Self::Text => write!(out, "This is text of no known kind: neither JSON nor a table with columns. {OPENED}"),
            Self::Link => write!(
                out,
                "This is a link that holds a plan. Open it in the browser’s address bar, and save the plan there as a file."
            ),
            Self::Own(what) => write!(
                out,
                "This is {what} that this product has written, and it holds no plan. Save the plan itself (Export, Plan) and open that."
            ),
            Self::Caches { what, caches, links: 0 } => {
                write!(out, "This is {what} that describes {}. {}", format::counted(*caches, "cache"), instead(what))
            }
            Self::Caches { what, caches, links } => {
                let (caches, links) =
                    (format::counted(*caches, "cache"), format::counted(*links, "geo-replication link"));
                write!(out, "This is {what} that describes {caches} and {links}. {}", instead(what))
            }
            Self::Parts(what) => {
                write!(out, "This is {what} about databases or links of caches, without their sizes. {}", instead(what))
            }
            Self::BrokenCaches(line, column) => write!(
                out,
                "This is a description of Azure caches (JSON) that breaks off or is damaged at line {line}, column {column}. Fetch it again. {BY_HAND}"
            ),
            Self::NoCache(what) => write!(out, "This is {what}, and it describes no cache of Azure. {OPENED}"),
            Self::AccessKeys => write!(
                out,
                "This file holds access keys of a cache, and nothing of it is kept. Delete the file, and regenerate the keys if others could read it."
            ),
            Self::Costs(format) => write!(
                out,
                "This is a cost export ({format}): it says what was paid, and no prices are read from it. dr-planner import sets it beside the plans of the caches. For prices, open the answer of the Azure Retail Prices API, or type a price into the line of the bill."
            ),
            Self::Inventory => {
                write!(out, "This is a list of Azure resources as a table, without sizes of caches. {LIST}")
            }
            Self::Logs => write!(
                out,
                "These are log records without a metric. Save AzureMetrics or the answer of az monitor metrics list, and open that."
            ),
            Self::BrokenJson(line, column) => write!(
                out,
                "This is JSON that breaks off or is damaged at line {line}, column {column}, and what is left shows no kind. Save or fetch it again. {OPENED}"
            ),
            Self::Json(fields) => write!(out, "This is JSON of no known kind: {fields}. {OPENED}"),
        }
    }
}
