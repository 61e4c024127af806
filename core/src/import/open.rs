//! Files that a person opens together: what each is, what is taken, and a sentence for each that is not.

use super::dates::DateOrder;
use super::kind::{self, Kind, Known};
use super::retail::MAX_SHEET_BYTES;
use super::series::{MAX_SERIES_BYTES, Series, Wanted, read_for_dated};
use super::text;
use super::words::file_name;
use crate::codec::{self, MAX_PLAN_BYTES};
use crate::plan::Plan;
use crate::portfolio::{MAX_PORTFOLIO_BYTES, Reading};
use crate::units::file_size::{size_above, too_large};
use crate::units::format;

/// What files hold.
#[derive(Debug)]
pub enum Content {
    /// One plan.
    Plan(Box<Plan>),
    /// One portfolio, its entries found and not read yet: there may be ten thousand.
    Portfolio(Box<Reading>),
    /// A series that the plan's writes can follow.
    Series(Box<Series>),
    /// The pages of a price sheet, names and texts.
    Sheet(Vec<(String, String)>),
}

/// What came of files that were opened together.
#[derive(Debug)]
pub struct Opened {
    /// What is taken with the name to show for it; nothing where every file is refused.
    pub taken: Option<(String, Content)>,
    /// For each file that is not taken a sentence that begins with its name.
    pub refused: Vec<String>,
}

impl Opened {
    /// The sentences of what is refused, of the first five files; empty where all is taken.
    #[must_use]
    pub fn refusals(&self) -> String {
        let mut told: Vec<&str> = self.refused.iter().take(MOST_TOLD).map(String::as_str).collect();
        let more = self.refused.len().saturating_sub(MOST_TOLD);
        let rest = format!("{} more could not be opened.", format::counted(more, "file"));
        if more > 0 {
            told.push(&rest);
        }
        told.join(" ")
    }
}

/// A folder of files has more sentences than anyone reads.
const MOST_TOLD: usize = 5;

/// The sentence for files that are larger together than anything that is read; none where they may be read. `size` in bytes.
#[must_use]
pub fn too_many_bytes(size: u64) -> Option<String> {
    (size > MAX_SHEET_BYTES as u64).then(|| {
        let size = size_above(size, MAX_SHEET_BYTES);
        format!(
            "{size} were not read: a plan has at most 1 MB, a series 16 MB, a portfolio 20 MB and a price sheet 64 MB."
        )
    })
}

/// Opens files by their contents, each a name and its bytes.
///
/// Pages of a price sheet belong together: where some are among the files they are taken, and all others are named. Else one
/// file is taken, if one alone can be opened; of several that could be, none is, because nobody says in which order.
///
/// # Examples
///
/// ```
/// use dr_core::import::open::{Content, open};
///
/// let plan = br#"{"v":1,"name":"Shop"}"#.to_vec();
/// let picture = b"\x89PNG\r\n\x1a\n".to_vec();
/// let opened = open(vec![("a".to_owned(), plan), ("b".to_owned(), picture)]);
/// assert!(matches!(opened.taken, Some((_, Content::Plan(plan))) if plan.name == "Shop"));
/// assert!(opened.refused[0].starts_with("b: This is a picture (PNG)"));
/// ```
#[must_use]
pub fn open(files: Vec<(String, Vec<u8>)>) -> Opened {
    open_dated(files, None)
}

/// As [`open`]; `dates` says which of the first two numbers of a date with slashes is the month, where the person knows it.
#[must_use]
pub fn open_dated(files: Vec<(String, Vec<u8>)>, dates: Option<DateOrder>) -> Opened {
    let mut refused = Vec::new();
    let mut known = Vec::new();
    for (name, bytes) in files {
        match text::read(&bytes).map(|text| (kind::of(&text), text)) {
            Err(error) => refused.push(of_file(&name, &error)),
            Ok((Kind::Foreign(foreign), _)) => refused.push(of_file(&name, &foreign)),
            Ok((Kind::Known(kind), text)) => known.push((kind, name, text)),
        }
    }
    let is_sheet = |kind: Known| kind == Known::PriceSheet;
    if known.iter().any(|(kind, ..)| is_sheet(*kind)) {
        let (pages, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|(kind, ..)| is_sheet(*kind));
        refused.extend(others.iter().map(|(kind, name, text)| of_file(name, &Known::PriceSheet.not(*kind, text))));
        let pages: Vec<(String, String)> = pages.into_iter().map(|(_, name, text)| (file_name(&name), text)).collect();
        let name = pages.first().map_or_else(String::new, |(name, _)| name.clone());
        return Opened { taken: Some((name, Content::Sheet(pages))), refused };
    }
    if known.len() > 1 {
        let alone = |(kind, name, _): &(Known, String, String)| {
            of_file(
                name,
                &format!(
                    "This is {}. Open it alone; only the pages of a price sheet are opened together.",
                    kind.noun()
                ),
            )
        };
        refused.extend(known.iter().map(alone));
        return Opened { taken: None, refused };
    }
    let taken = known.pop().and_then(|(kind, name, text)| match content(kind, &name, text, dates) {
        Ok(content) => Some((file_name(&name), content)),
        Err(error) => {
            refused.push(of_file(&name, &error));
            None
        }
    });
    Opened { taken, refused }
}

fn of_file(name: &str, what: &impl std::fmt::Display) -> String {
    format!("{}: {what}", file_name(name))
}

fn content(kind: Known, name: &str, text: String, dates: Option<DateOrder>) -> Result<Content, String> {
    match kind {
        Known::Plan => {
            codec::from_json(&text).map(|plan| Content::Plan(Box::new(plan))).map_err(|error| error.to_string())
        }
        Known::Portfolio => {
            Reading::new(&text).map(|begun| Content::Portfolio(Box::new(begun))).map_err(|error| error.to_string())
        }
        Known::Series => read_for_dated(&text, Wanted::Writes, dates)
            .map(|series| Content::Series(Box::new(series)))
            .map_err(|error| error.to_string()),
        Known::PriceSheet => Ok(Content::Sheet(vec![(name.to_owned(), text)])),
    }
}

/// Files of a kind above this size are refused unread.
#[must_use]
pub const fn most_bytes(kind: Known) -> usize {
    match kind {
        Known::Plan => MAX_PLAN_BYTES,
        Known::Portfolio => MAX_PORTFOLIO_BYTES,
        Known::PriceSheet => MAX_SHEET_BYTES,
        Known::Series => MAX_SERIES_BYTES,
    }
}

/// The text of a file that is asked for as one kind: its bytes as text, refused with the sentence of what it is where it is
/// another kind. `size` is the whole file's, of which `bytes` may be the beginning where it is above the kind's limit.
pub fn expect(kind: Known, bytes: &[u8], size: u64) -> Result<String, String> {
    if size > most_bytes(kind) as u64 {
        return Err(too_large(kind.noun(), size, most_bytes(kind)));
    }
    let text = text::read(bytes).map_err(|error| error.to_string())?;
    kind.expect(&text).map_err(|error| error.to_string())?;
    Ok(text)
}
