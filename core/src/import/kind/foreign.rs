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
    /// Values for the parameters of a template that is not among the files.
    Parameters,
    /// Infrastructure as JSON without a cache.
    NoCache(&'static str),
    /// An error that Azure answered with; its code.
    Refusal(String),
    /// Keys of a cache.
    AccessKeys,
    /// A cost export; its format.
    Costs(&'static str),
    /// A list of resources as the portal saves it.
    Inventory,
    /// Logs that are no metrics.
    Logs,
    /// A table with prices in a form that is not read; some of its columns.
    OtherPrices(String),
    /// A table of no known kind; some of its columns.
    Table(String),
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

const CALCULATED: &str = "Open the answer of the Azure Retail Prices API, or type a price into the line of the bill.";
const PARQUET: &str = "Prices of a cost export are not read: open the answer of the Azure Retail Prices API.";
const SHEETS: &str = "Prices are read from answers of the Azure Retail Prices API (JSON, CSV) and from price sheets of an EA or MCA (CSV).";
const TEMPLATE: &str = "Open it together with its template (JSON): it has the sizes, regions and names the values are.";
const PAID: &str = "dr-planner import sets it beside the plans of the caches. For prices, open the answer of the Azure Retail Prices API, or type a price into the line of the bill.";

impl Foreign {
    /// What the file is, with {} for each of [`Foreign::values`], and what to do; empty where the first says it.
    fn row(&self) -> [&'static str; 2] {
        match self {
            Self::Empty => ["This file is empty. Save it again.", OPENED],
            Self::Picture(_) => ["This is a picture ({}), and no figures are read from pictures.", OPENED],
            Self::Spreadsheet(_) => ["This is {}.", "Save the one sheet that matters as CSV (UTF-8) and open that."],
            Self::Document(_) => ["This is {}, and no figures are read from documents.", OPENED],
            Self::Archive(_) => ["This is an archive ({}).", "Unpack it and open the files in it."],
            Self::Program(_) => ["This is {}.", OPENED],
            Self::Parquet => ["This is a Parquet file, as cost exports are saved.", PARQUET],
            Self::RedisDump => {
                ["This is a dump of Redis data (RDB), and its data is not read.", "Enter its size under Data."]
            }
            Self::Binary(_) => ["This is binary data of no known kind ({}).", OPENED],
            Self::WebPage => [
                "This is a web page (HTML), perhaps of a sign-in or an error. Save the data itself: the JSON or the CSV.",
                OPENED,
            ],
            Self::Xml => ["This is XML.", OPENED],
            Self::Code(what) => ["This is {}, and it is not read.", instead(what)],
            Self::Settings(_) => ["This is {}, and no settings are read from it.", OPENED],
            Self::Estimate => {
                ["This is an estimate of the Azure pricing calculator, and no prices are read from it.", CALCULATED]
            }
            Self::Text => ["This is text of no known kind: neither JSON nor a table with columns.", OPENED],
            Self::Link => [
                "This is a link that holds a plan.",
                "Open it in the browser’s address bar, and save the plan there as a file.",
            ],
            Self::Own(_) => [
                "This is {} that this product has written, and it holds no plan.",
                "Save the plan itself (Export, Plan) and open that.",
            ],
            Self::Caches { what, links: 0, .. } => ["This is {} that describes {}.", instead(what)],
            Self::Caches { what, .. } => ["This is {} that describes {} and {}.", instead(what)],
            Self::Parts(what) => [
                "This is {} about parts of caches (databases, links, schedules, migrations), without their sizes.",
                instead(what),
            ],
            Self::BrokenCaches(..) => [
                "This is a description of Azure caches (JSON) that breaks off or is damaged at line {}, column {}. Fetch it again.",
                BY_HAND,
            ],
            Self::NoCache(_) => ["This is {}, and it describes no cache of Azure.", OPENED],
            Self::Parameters => [
                "This is an ARM parameter file, and no template among the files declares all of its parameters.",
                TEMPLATE,
            ],
            Self::Refusal(_) => {
                ["This is an error of Azure ({}), no answer.", "Run the command again, and save what it answers."]
            }
            Self::AccessKeys => [
                "This file holds access keys of a cache, and nothing of it is kept.",
                "Delete the file, and regenerate the keys if others could read it.",
            ],
            Self::Costs(_) => {
                ["This is a cost export ({}): it lists what was paid, and no prices are read from it.", PAID]
            }
            Self::Inventory => ["This is a list of Azure resources as a table, without sizes of caches.", LIST],
            Self::Logs => [
                "These are log records without a metric.",
                "Save AzureMetrics or the answer of az monitor metrics list, and open that.",
            ],
            Self::OtherPrices(_) => ["This is a table with prices (columns {}) in a form that is not read.", SHEETS],
            Self::Table(_) => ["This is a table of no known kind, with the columns {}.", OPENED],
            Self::BrokenJson(..) => [
                "This is JSON that breaks off or is damaged at line {}, column {}, and what is left shows no kind. Save or fetch it again.",
                OPENED,
            ],
            Self::Json(_) => ["This is JSON of no known kind: {}.", OPENED],
        }
    }

    /// What stands in the sentence, in order.
    fn values(&self) -> Vec<String> {
        match self {
            Self::Picture(name)
            | Self::Spreadsheet(name)
            | Self::Document(name)
            | Self::Archive(name)
            | Self::Program(name)
            | Self::Code(name)
            | Self::Settings(name)
            | Self::Own(name)
            | Self::Parts(name)
            | Self::NoCache(name)
            | Self::Costs(name) => vec![(*name).to_owned()],
            Self::Json(fields) | Self::OtherPrices(fields) | Self::Table(fields) | Self::Refusal(fields) => {
                vec![fields.clone()]
            }
            Self::Binary(size) => vec![format::bytes(*size)],
            Self::BrokenCaches(line, column) | Self::BrokenJson(line, column) => {
                vec![line.to_string(), column.to_string()]
            }
            Self::Caches { what, caches, links } => {
                vec![
                    (*what).to_owned(),
                    format::counted(*caches, "cache"),
                    format::counted(*links, "geo-replication link"),
                ]
            }
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([what, next], values) = (self.row(), self.values());
        let mut values = values.iter();
        let mut parts = what.split("{}");
        out.write_str(parts.next().unwrap_or_default())?;
        for part in parts {
            write!(out, "{}{part}", values.next().map_or("", String::as_str))?;
        }
        write!(out, " {next}")
    }
}
