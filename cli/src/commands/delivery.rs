//! A document in a format, on standard output or in a file.

use crate::error::CliError;
use crate::files::shown;
use crate::output::Printed;
use clap::{Args, ValueEnum};
use dr_core::draw::html;
use dr_core::report::document::Document;
use std::ffi::{OsStr, OsString};

/// How a document is written, and where.
#[derive(Debug, Args)]
pub(super) struct Delivery {
    /// Format; html is one file without scripts, with its charts drawn in it; csv holds the tables, and those of the charts.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    #[command(flatten)]
    target: Target,
}

/// What a document becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Csv,
}

/// Formats of an answer that is data as well: as csv and json it holds exact figures, as the page exports them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DataFormat {
    Text,
    Markdown,
    Html,
    Csv,
    Json,
}

/// Where a text goes.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// File to write instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<OsString>,
}

impl Delivery {
    /// The format that was asked for.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// A document in the format, where it was asked for.
    pub(super) fn document(&self, document: &Document) -> Result<Printed, CliError> {
        self.deliver(match self.format {
            Format::Text => document.plain(),
            Format::Markdown => document.markdown(),
            Format::Html => html::of_document(document),
            Format::Csv => tables(document.csv())?,
        })
    }

    /// A text where it was asked for.
    pub(super) fn deliver(&self, text: String) -> Result<Printed, CliError> {
        self.target.deliver(text)
    }
}

impl DataFormat {
    /// A document in the format, or the data behind it.
    pub(super) fn written(self, document: &Document, csv: impl Fn() -> String, json: impl Fn() -> String) -> String {
        match self {
            Self::Text => document.plain(),
            Self::Markdown => document.markdown(),
            Self::Html => html::of_document(document),
            Self::Csv => csv(),
            Self::Json => json(),
        }
    }
}

impl Target {
    /// A file.
    pub(super) fn file(file: &OsStr) -> Self {
        Self { output: Some(file.to_owned()) }
    }

    /// A text where it was asked for; with a file nothing is printed.
    pub(super) fn deliver(&self, text: String) -> Result<Printed, CliError> {
        let Some(file) = &self.output else { return Ok(text.into()) };
        match std::fs::write(file, text) {
            Ok(()) => Ok(String::new().into()),
            Err(why) => Err(CliError::Unwritten(format!("{}: {why}", shown(file)))),
        }
    }
}

/// Tables as CSV; a document without one is no empty file.
pub(super) fn tables(csv: String) -> Result<String, CliError> {
    if csv.is_empty() {
        Err(CliError::refused(&"there is no table in it: ask for text, markdown or html"))
    } else {
        Ok(csv)
    }
}
