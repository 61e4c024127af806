//! The import as long work: files in, one text out, so that a worker of the browser does it.

use super::beside::Beside;
use super::{Answer, Listing};
use crate::calibrate::calibrate_estate;
use crate::catalog::Catalog;
use crate::estate::{DateOrder, Drift, Estate, Read, Sorted, drift, renewed, renews, sorted};
use crate::import::retail::{persisted, read_files_dated, read_persisted};
use crate::import::words::file_name;
use crate::jobs::Reply;
use crate::plan::Plan;
use crate::portfolio::{Portfolio, Rows, read, write};
use crate::stats::sample::Progress;
use crate::units::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Files that are opened together: the name of each, and its bytes or the sentence that says why it has none.
pub type Given = Vec<(String, Result<Vec<u8>, String>)>;

/// What the page knows beside the files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportOptions {
    /// The order of day and month in dates with slashes, where the person says it.
    pub dates: Option<DateOrder>,
    /// Prices of the open sheet, as [`persisted`] writes them.
    pub prices: Option<String>,
    /// The first day of the plan in view, for which rows of a sheet are chosen.
    pub start: Option<Date>,
    /// The portfolio of an earlier import as its file: what changed since is told.
    pub before: Option<String>,
    /// The files of the estate that is open are at hand, to be read together with these.
    pub is_at_hand: bool,
    /// The files are an estate of their own, even where they could add to the one that is open.
    pub alone: bool,
    /// So many files at the beginning are of the estate that was open: a whole list among the others takes the place of theirs.
    #[serde(default)]
    pub earlier: usize,
    /// Ids of the caches of the plan.
    pub own: Vec<String>,
    /// The name of the plan.
    pub plan: String,
    /// True where the plan is in view, and no estate or portfolio.
    pub is_plan_in_view: bool,
}

impl ImportOptions {
    /// As text, which crosses to a worker.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Of [`Self::to_text`]; none of them for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

/// The prices of sheets among the files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadSheet {
    /// Names of its files: "east.json and 2 more".
    pub name: String,
    /// Its prices, as [`persisted`] writes them.
    pub prices: String,
}

/// What came of files that were opened together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// What those of an estate say, and their portfolio as its file; `None` where none is of an estate.
    pub estate: Option<(Listing, String)>,
    /// The price sheets among them, read together.
    pub sheet: Option<ReadSheet>,
    /// Places of the files that are opened as something else.
    pub others: Vec<usize>,
    /// Sentences on files without bytes, where no estate names them.
    pub refused: Vec<String>,
    /// True where the files add to the estate that is open, and are to be read once more together with its files; nothing else is told then.
    #[serde(default)]
    pub adds: bool,
    /// With it a whole list of caches that are open: what changed is told since the estate that is open.
    #[serde(default)]
    pub renews: bool,
    /// Places of files whose place later ones took: they are no more of the estate.
    #[serde(default)]
    pub renewed: Vec<usize>,
}

/// Sorts and reads files. Progress is told in thousands of bytes, the answer as [`Reply::Found`], which [`Imported::from_text`] reads.
pub fn import(given: Given, options: &ImportOptions, tell: &mut dyn FnMut(Reply)) {
    let (mut files, mut places, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (name, bytes)) in given.into_iter().enumerate() {
        match bytes {
            Ok(bytes) => {
                files.push((name, bytes));
                places.push(place);
            }
            Err(sentence) => refused.push(sentence),
        }
    }
    let left = renewed(&files, places.iter().filter(|it| **it < options.earlier).count());
    let mut at = 0..;
    let is_kept = |at: Option<usize>| at.is_some_and(|at| !left.contains(&at));
    files.retain(|_| is_kept(at.next()));
    let renewed: Vec<usize> = left.iter().filter_map(|at| places.get(*at).copied()).collect();
    places.retain(|place| !renewed.contains(place));
    let thousands = |bytes: usize| u32::try_from(bytes / 1_000).unwrap_or(u32::MAX);
    let trials = thousands(files.iter().map(|(_, bytes)| bytes.len()).sum()).max(1);
    let name = files.first().map_or_else(String::new, |(name, _)| file_name(name));
    let before = options.before.as_deref().and_then(|text| read(text).ok());
    let is_open = before.is_some() || options.is_at_hand || !options.own.is_empty();
    let mut sorted = sorted(files, options.dates, is_open, &mut |bytes| {
        tell(Reply::Progress(Progress { done: thousands(bytes).min(trials - 1), trials }));
    });
    let nothing = Portfolio::default();
    match Beside::of(&sorted, options, before.as_ref().or(options.is_at_hand.then_some(&nothing)), &name) {
        Beside::Own => {}
        Beside::Opens => {
            sorted.read = None;
            sorted.others = sorted.lone.take().unwrap_or(sorted.others);
        }
        Beside::Refused(sentence) => {
            sorted.read = None;
            refused.push(sentence);
        }
        Beside::Adds => {
            let facts = sorted.read.as_ref().map(|it| &it.facts);
            let renews = facts.zip(before.as_ref()).is_some_and(|(facts, before)| renews(facts, before));
            let adds = Imported { adds: true, renews, ..Imported::default() };
            return tell(Reply::Found(serde_json::to_string(&adds).unwrap_or_default()));
        }
    }
    sorted.others = sorted.others.into_iter().filter_map(|at| places.get(at).copied()).collect();
    let bundled = Catalog::bundled().map_err(|error| error.to_string());
    tell(match bundled.and_then(|bundled| Imported::of(sorted, refused, options, before.as_ref(), &bundled)) {
        Ok(imported) => Reply::Found(serde_json::to_string(&Imported { renewed, ..imported }).unwrap_or_default()),
        Err(sentence) => Reply::Refused(sentence),
    });
}

impl Imported {
    fn of(
        sorted: Sorted,
        mut refused: Vec<String>,
        options: &ImportOptions,
        before: Option<&Portfolio>,
        bundled: &Catalog,
    ) -> Result<Self, String> {
        let Sorted { read, mut sheets, others, .. } = sorted;
        sheets.extend(read.iter().flat_map(|read| read.sheets.iter().cloned()));
        let (catalog, sheet) = match sheet(&sheets, options, bundled) {
            Ok(found) => found,
            Err(sentence) => {
                refused.push(sentence);
                (None, None)
            }
        };
        let own = catalog.or_else(|| Some(read_persisted(options.prices.as_deref()?, bundled)?.over(bundled).0));
        let Some(mut read) = read else { return Ok(Self { sheet, others, refused, ..Self::default() }) };
        read.unread.extend(refused);
        let estate = estate(&read, before, bundled, own.as_ref().unwrap_or(bundled))?;
        Ok(Self { estate: Some(estate), sheet, others, ..Self::default() })
    }

    /// Reads the text of [`import`]; `None` for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// The catalogue with the prices of sheets, and those as text; nothing without a sheet. An error is a sentence that names their files.
fn sheet(
    sheets: &[(String, String)],
    options: &ImportOptions,
    bundled: &Catalog,
) -> Result<(Option<Catalog>, Option<ReadSheet>), String> {
    let Some((first, _)) = sheets.first() else { return Ok((None, None)) };
    let more = sheets.len() - 1;
    let name = if more > 0 { format!("{first} and {more} more") } else { first.clone() };
    let start = options.start.unwrap_or_else(|| Plan::default().horizon.start);
    let read = read_files_dated(sheets, bundled, start, options.dates).map_err(|error| format!("{name}: {error}"))?;
    let catalog = read.over(bundled).0;
    let prices = persisted(&read, &catalog);
    Ok((Some(catalog), Some(ReadSheet { name, prices })))
}

/// The listing of what was read and its portfolio as a file, which is written once.
fn estate(
    known: &Read,
    before: Option<&Portfolio>,
    bundled: &Catalog,
    catalog: &Catalog,
) -> Result<(Listing, String), String> {
    let mut estate = Estate::of(&known.facts, bundled);
    calibrate_estate(&mut estate, &known.facts, bundled);
    let (portfolio, entries, faults) = admitted(&estate);
    let text = write(&portfolio);
    portfolio.fits(&text).map_err(|error| error.to_string())?;
    let drift = before.map(|before| drift(before, &estate, &known.facts, catalog)).filter(is_of_the_same);
    let rows = Rows::default();
    let answer = Answer { since: drift.as_ref(), ..Answer::new(known, &estate, &rows, catalog) };
    let mut listing = Listing::of(&answer, &entries);
    listing.not_read.extend(faults);
    Ok((listing, text))
}

/// An import of other caches than before is no change of those.
fn is_of_the_same(drift: &Drift) -> bool {
    drift.same + drift.changed.len() > 0
}

/// The plans that a portfolio takes, for each deployment its place among them, and a sentence on each that it does not.
fn admitted(estate: &Estate) -> (Portfolio, Vec<Option<usize>>, Vec<String>) {
    let (mut portfolio, mut places, mut faults) = (Portfolio::default(), Vec::new(), Vec::new());
    for planned in &estate.planned {
        let entry = planned.entry();
        match entry.fault() {
            None => {
                places.push(Some(portfolio.entries.len()));
                portfolio.entries.push(Arc::new(entry));
                portfolio.settings.extend(planned.settings.clone());
            }
            Some(why) => {
                places.push(None);
                faults.push(format!("{}: {why}", entry.plan.name));
            }
        }
    }
    (portfolio, places, faults)
}
