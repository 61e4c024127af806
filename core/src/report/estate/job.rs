//! The import as long work: files in, one text out, so that a worker of the browser does it.

use super::{Answer, Listing};
use crate::catalog::Catalog;
use crate::estate::{Estate, Sorted, sorted};
use crate::explore::calibrate_estate;
use crate::jobs::Reply;
use crate::portfolio::{Portfolio, Rows, read, write};
use crate::stats::sample::Progress;
use serde::{Deserialize, Serialize};

/// Files that are opened together: the name of each, and its bytes or the sentence that says why it has none.
pub type Given = Vec<(String, Result<Vec<u8>, String>)>;

/// What came of files that were opened together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// What those of an estate say, and their portfolio as its file; `None` where none is of an estate.
    pub estate: Option<(Listing, String)>,
    /// Places of the files that are opened as something else.
    pub others: Vec<usize>,
    /// Sentences on files without bytes, where no estate names them.
    pub refused: Vec<String>,
}

/// Sorts and reads files. Progress is told in thousands of bytes, the answer as [`Reply::Found`], which [`Imported::from_text`] reads.
pub fn import(given: Given, tell: &mut dyn FnMut(Reply)) {
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
    let thousands = |bytes: usize| u32::try_from(bytes / 1_000).unwrap_or(u32::MAX);
    let trials = thousands(files.iter().map(|(_, bytes)| bytes.len()).sum()).max(1);
    let mut sorted = sorted(files, &mut |bytes| {
        tell(Reply::Progress(Progress { done: thousands(bytes).min(trials - 1), trials }));
    });
    sorted.others = sorted.others.into_iter().filter_map(|at| places.get(at).copied()).collect();
    let catalog = Catalog::bundled().map_err(|error| error.to_string());
    tell(match catalog.and_then(|catalog| Imported::of(sorted, refused, &catalog)) {
        Ok(imported) => Reply::Found(serde_json::to_string(&imported).unwrap_or_default()),
        Err(sentence) => Reply::Refused(sentence),
    });
}

impl Imported {
    fn of(sorted: Sorted, refused: Vec<String>, catalog: &Catalog) -> Result<Self, String> {
        let others = sorted.others;
        let Some(mut known) = sorted.read else { return Ok(Self { estate: None, others, refused }) };
        known.unread.extend(refused);
        let mut estate = Estate::of(&known.facts, catalog);
        calibrate_estate(&mut estate, &known.facts, catalog);
        let text = write(&estate.portfolio());
        let portfolio = read(&text).map_err(|error| error.to_string())?;
        let entries = places(estate.planned.len(), &portfolio);
        let mut listing = Listing::of(&Answer::new(&known, &estate, &Rows::default(), catalog), &entries);
        listing.not_read.extend(portfolio.broken.iter().map(|it| it.message.clone()));
        Ok(Self { estate: Some((listing, text)), others, refused: Vec::new() })
    }

    /// Reads the text of [`import`]; `None` for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// For each of `plans` plans its place among those that a portfolio takes.
fn places(plans: usize, portfolio: &Portfolio) -> Vec<Option<usize>> {
    let mut next = 0..;
    let taken = |number: usize| portfolio.broken.iter().all(|it| it.number != number);
    (1..=plans).map(|number| if taken(number) { next.next() } else { None }).collect()
}
