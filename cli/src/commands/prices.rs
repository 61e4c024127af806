//! `dr-planner prices fetch`: the rows of the price list into a file that `--prices` and the page read.

use crate::error::CliError;
use crate::files::{read, shown};
use crate::output::{Printed, note};
use clap::{Args, Subcommand};
use dr_core::codec;
use dr_core::import::kind::Known;
use dr_core::import::retail::{price_list_address, whole_price_list_address};
use dr_core::units::Currency;
use dr_fetch::{API, Patience, fetch};
use std::ffi::OsString;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  dr-planner prices fetch plan.json -o prices.json
  dr-planner prices fetch --currency EUR -o euros.json
  dr-planner bill plan.json --prices prices.json";

/// Fetch prices from the Azure Retail Prices API
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Fetch(Fetch),
}

/// Fetch every page of the price list for a plan, or for every region, into one file
///
/// A throttled or failed answer is asked for again after a wait. A run that was cut off leaves FILE.part, and the same command goes
/// on there. Progress goes to standard error.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Fetch {
    /// Plan whose regions are asked for; - reads standard input [default: every region]
    #[arg(value_name = "PLAN")]
    plan: Option<OsString>,

    /// File for the prices
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Currency of the prices, three letters
    #[arg(long, default_value = "USD", value_parser = currency)]
    currency: Currency,

    /// Address of the API: a proxy's, for instance
    #[arg(long, value_name = "ADDRESS", default_value = API)]
    api: String,
}

fn currency(code: &str) -> Result<Currency, String> {
    Currency::new(code).ok_or_else(|| "a currency is three letters, as EUR".to_owned())
}

impl Arguments {
    pub(super) fn prices(&self) -> Result<Printed, CliError> {
        match &self.action {
            Action::Fetch(action) => action.fetch(),
        }
    }
}

impl Fetch {
    fn fetch(&self) -> Result<Printed, CliError> {
        let address = match &self.plan {
            None => whole_price_list_address(self.currency),
            Some(path) => {
                let plan = codec::from_json(&read(path, Known::Plan)?).map_err(|error| CliError::refused(&error))?;
                price_list_address(&plan, self.currency)
            }
        };
        let address = address.replacen(API, &self.api, 1);
        let mut say = |line: &str| note(&format!("{line}\n"));
        let fetched = fetch(&address, &self.output, &Patience::default(), &mut say).map_err(CliError::Unwritten)?;
        let name = shown(self.output.as_os_str());
        note(&format!("{name}: {} rows in {}\n", fetched.rows, fetched.currency));
        if fetched.currency != self.currency.code() {
            return Err(CliError::Unwritten(format!(
                "{name} is in {}, not in {}: the list has no prices in that currency",
                fetched.currency, self.currency
            )));
        }
        Ok(String::new().into())
    }
}
