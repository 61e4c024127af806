//! Files into facts: each told by its content, each that is not for an estate named in one sentence.

pub(super) mod adds;
pub(super) mod by_kind;
pub(super) mod cache;
pub(super) mod cost_rows;
pub(super) mod fault;
pub(super) mod lenient_json;
pub(super) mod metric_answer;
pub(super) mod metric_points;
pub(super) mod metric_tables;
mod one_by_one;
pub(super) mod shape;
pub(super) mod take;

use super::code::{CODE_HAS, Head, Packed, Parameters, settle, take_template};
use super::facts::Facts;
use crate::estate::facts::lists::Lists;
use crate::estate::findings::disputes;
use crate::estate::read::fault::Fault;
use crate::estate::read::take::Taken;
use crate::import::dates::DateOrder;
use crate::import::kind::{self, Foreign, Kind, Known};
use crate::import::series::{Series, Wanted, read_for_dated};
use crate::import::text;
use crate::import::words::{file_name, named};
use crate::units::file_size::size_above;
use one_by_one::Document;
use serde::de::DeserializeSeed;
use std::collections::{BTreeSet, HashMap};

/// Files above this size are refused unread.
pub const MAX_ESTATE_BYTES: usize = 64_000_000;

/// Deployments of one template, at most.
const MOST_DEPLOYMENTS: usize = 100;

/// What came of files that were read together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// What they say together.
    pub facts: Facts,
    /// What code says, until the last file is read.
    code: Facts,
    /// Files that say something of an estate.
    pub taken: usize,
    /// Price sheets among the files, names and texts, for [`crate::import::retail::read_files`]; they are not counted as taken.
    pub sheets: Vec<(String, String)>,
    /// A sentence for each file that is not read, or not whole; each begins with the file's name, in the order of names.
    pub unread: Vec<String>,
    /// What was passed over in files that are read, a sentence each.
    pub remarks: BTreeSet<String>,
    /// Series of measurements that name no cache: the file's name, and what it measures.
    pub series: Vec<(String, Series)>,
}

impl Read {
    /// A sentence for each price sheet where nothing else is read: prices alone are no estate.
    #[must_use]
    pub fn sheets_alone(&self) -> Vec<String> {
        let says = |(name, _): &(String, String)| {
            format!(
                "{name}: This is a price sheet, and it describes no cache. Give it beside the files of an estate, or after --prices beside a plan."
            )
        };
        if self.taken == 0 { self.sheets.iter().map(says).collect() } else { Vec::new() }
    }
}

/// A series that can be read, where its file names no cache.
fn unnamed(name: &str, text: &str, dates: Option<DateOrder>) -> Option<(String, Series)> {
    let of = |wanted| read_for_dated(text, wanted, dates).ok();
    Some((file_name(name), of(Wanted::Writes).or_else(|| of(Wanted::Memory))?))
}

/// Reads files in any mixture and order, each a name and its bytes.
///
/// JSON of the command line, of Azure Resource Manager and of Resource Graph, arrays, objects, pages and documents one behind the
/// other; answers and records of metrics; UTF-8 or UTF-16. Of two files with the same content one is read.
///
/// # Examples
///
/// ```
/// use dr_core::estate::read;
///
/// let cache = br#"[{"id": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/shop",
///   "location": "West Europe", "sku": {"name": "Premium", "family": "P", "capacity": 1}}]"#;
/// let read = read(vec![("caches.json".to_owned(), cache.to_vec()), ("note".to_owned(), b"hello".to_vec())]);
/// assert_eq!(read.facts.caches.len(), 1);
/// assert!(read.unread[0].starts_with("note: "));
/// ```
#[must_use]
pub fn read(files: Vec<(String, Vec<u8>)>) -> Read {
    read_dated(files, None)
}

/// As [`read`]; `dates` says which of the first two numbers of a date with slashes is the month, where the person knows it. Without
/// it a table whose dates can be read both ways is refused with a sentence that names both readings.
#[must_use]
pub fn read_dated(files: Vec<(String, Vec<u8>)>, dates: Option<DateOrder>) -> Read {
    read_telling(files, dates, &mut |_| ())
}

/// As [`read_dated`]; before each file `tell` hears how many bytes are behind it.
#[must_use]
pub fn read_telling(mut files: Vec<(String, Vec<u8>)>, dates: Option<DateOrder>, tell: &mut dyn FnMut(usize)) -> Read {
    files.sort();
    let mut all = Read::default();
    let (mut behind, mut said, mut code) = (0, Vec::new(), Vec::new());
    let mut seen: HashMap<&[u8], &str> = HashMap::new();
    for (place, (name, bytes)) in files.iter().enumerate() {
        tell(behind);
        behind += bytes.len();
        if let Some(first) = seen.insert(bytes, name) {
            seen.insert(bytes, first);
            if !is_empty_list(bytes) {
                said.push((place, format!("It has the content of {}, which is read once.", file_name(first))));
            }
            continue;
        }
        match one(bytes, dates) {
            Err(why) => said.push((place, why)),
            // Templates wait for their parameters, which may stand in a later file.
            Ok(file) if file.is_code() => code.push((place, file)),
            Ok(file) => said.extend(file.join(name, dates, &mut all).map(|why| (place, why))),
        }
    }
    deployed(&mut code);
    for (place, file) in code {
        said.extend(file.join(&files[place].0, dates, &mut all).map(|why| (place, why)));
    }
    said.sort();
    all.unread = said.into_iter().map(|(place, why)| format!("{}: {why}", file_name(&files[place].0))).collect();
    settle(&mut all.facts, std::mem::take(&mut all.code));
    disputes::settle_links(&mut all.facts);
    all
}

/// True for `[]`, which many commands print.
fn is_empty_list(bytes: &[u8]) -> bool {
    bytes.len() < 64 && text::read(bytes).is_ok_and(|text| text.split_whitespace().collect::<String>() == "[]")
}

/// What is said of a file of this many bytes, which are too many to be read.
pub(super) fn too_large_told(size: u64) -> String {
    let size = size_above(size, MAX_ESTATE_BYTES);
    format!(
        "It has {size}, and a file of an estate is read up to 64 MB: nothing of it is read, and every other file is. Save fewer days, \
         caches or services in one file; of a cost export keep the header and the lines with microsoft.cache."
    )
}

/// A file as far as it is read.
struct Begun {
    text: String,
    taken: Taken,
    fault: Option<Fault>,
    /// Its parameters are those of a template.
    is_given: bool,
}

/// Reads one file, or says why it is not read.
fn one(bytes: &[u8], dates: Option<DateOrder>) -> Result<Begun, String> {
    if bytes.len() > MAX_ESTATE_BYTES {
        return Err(too_large_told(bytes.len() as u64));
    }
    let text = without_warnings(text::read(bytes).map_err(|error| error.to_string())?);
    let mut taken = Taken::default();
    let fault = if kind::is_json(text.trim_start()) {
        documents(&text, &mut taken)
    } else {
        match taken.costs(&text, dates) {
            Some(costs) => costs.err().map(|why| Fault { why, is_of_data: true }),
            None => taken.table(&text, dates),
        }
    };
    match taken.refused {
        Some(why) => Err(why.to_owned()),
        None => Ok(Begun { text, taken, fault, is_given: false }),
    }
}

/// The text without the warnings that `az … 2>&1` prints before it; their lines stay, empty.
fn without_warnings(text: String) -> String {
    let lines = text.lines().take_while(|it| it.starts_with("WARNING: ")).count();
    if lines == 0 {
        return text;
    }
    let rest = text.split_inclusive('\n').skip(lines);
    "\n".repeat(lines) + &rest.collect::<String>()
}

/// Works templates out, each once for every file of parameters that is its own, and without one where there is none.
fn deployed(files: &mut [(usize, Begun)]) {
    let sets: Vec<(usize, Parameters)> = files
        .iter()
        .enumerate()
        .flat_map(|(at, (_, it))| it.taken.parameters.iter().map(move |set| (at, set.clone())))
        .collect();
    let mut given = BTreeSet::new();
    for (_, file) in files.iter_mut() {
        for template in std::mem::take(&mut file.taken.templates) {
            let own: Vec<&(usize, Parameters)> = sets.iter().filter(|(_, set)| set.are_of(&template)).collect();
            given.extend(own.iter().map(|(at, _)| *at));
            if own.is_empty() {
                take_template(&template, None, &mut file.taken);
            }
            for (_, set) in own.into_iter().take(MOST_DEPLOYMENTS) {
                take_template(&template, Some(set), &mut file.taken);
            }
        }
    }
    for at in given {
        files[at].1.is_given = true;
    }
}

impl Begun {
    fn is_code(&self) -> bool {
        !self.taken.templates.is_empty() || !self.taken.parameters.is_empty()
    }

    /// Adds what the file says to everything; gives the sentence on what is not read of it.
    fn join(self, name: &str, dates: Option<DateOrder>, all: &mut Read) -> Option<String> {
        let Self { text, mut taken, fault, is_given } = self;
        if fault.is_some() {
            // A list that is not read to its end lacks nothing.
            taken.facts.lists = Lists::default();
        }
        let mut is_read = taken.count > 0 || taken.empty || is_given;
        let why = match fault {
            Some(fault) if taken.count > 0 && fault.why.ends_with("is read.") => Some(fault.why),
            Some(fault) if taken.count > 0 => Some(format!("{} What comes before it is read.", fault.why)),
            Some(fault) => Some(match kind::of(&text) {
                Kind::Foreign(foreign) if !fault.is_of_data => foreign.to_string(),
                _ => fault.why,
            }),
            None if is_read => None,
            None => match kind::of(&text) {
                Kind::Known(Known::PriceSheet) => {
                    all.sheets.push((file_name(name), text));
                    None
                }
                Kind::Known(Known::Series) => match unnamed(name, &text, dates) {
                    Some(series) => {
                        all.series.push(series);
                        is_read = true;
                        None
                    }
                    None => Some(foreign(&Kind::Known(Known::Series), &text)),
                },
                kind => Some(foreign(&kind, &text)),
            },
        };
        all.taken += usize::from(is_read);
        all.facts.join(taken.facts);
        all.code.join(taken.code);
        all.remarks.extend(taken.remarks);
        why
    }
}

/// What a text is in which nothing of an estate was found.
fn foreign(kind: &Kind, text: &str) -> String {
    match kind {
        Kind::Foreign(Foreign::Costs(format)) => format!(
            "This is a cost export ({format}) that names no resources, so that no cache is known of its rows. Save cost details, or FOCUS, by resource and day."
        ),
        Kind::Foreign(foreign) => foreign.to_string(),
        Kind::Known(known) => format!("This is {}, not a part of an estate. {}", known.noun(), known.advice(text)),
    }
}

/// Takes every document of a text; what is wrong with it, where it ends too early, is damaged or contradicts itself.
fn documents(text: &str, taken: &mut Taken) -> Option<Fault> {
    // No code begins behind the last word that each has.
    let last = CODE_HAS.into_iter().filter_map(|word| text.rfind(word)).max().unwrap_or(0);
    let mut at = 0;
    while at < last {
        let mut heads = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Head>();
        let Some(Ok(head)) = heads.next() else { break };
        let end = at + heads.byte_offset();
        let done = code(&head, &text[at..end], taken).unwrap_or(false);
        if !done && let Some(fault) = answers(&text[..end], at, taken) {
            return Some(fault);
        }
        at = end;
    }
    answers(text, at, taken)
}

/// Keeps a template or its parameters for later; false for any other document.
fn code(head: &Head, document: &str, taken: &mut Taken) -> Result<bool, serde_json::Error> {
    if head.is_template() {
        taken.templates.push(serde_json::from_str(document)?);
        return Ok(true);
    }
    if head.is_parameters() {
        let Packed { parameters, template } = Packed::of(document)?;
        taken.parameters.push(parameters);
        taken.templates.extend(template);
        return Ok(true);
    }
    Ok(false)
}

/// The same of documents that are no code, from a place on.
fn answers(text: &str, from: usize, taken: &mut Taken) -> Option<Fault> {
    let mut reader = serde_json::Deserializer::from_str(&text[from..]);
    loop {
        if reader.end().is_ok() {
            return None;
        }
        if let Err(error) = Document(taken).deserialize(&mut reader) {
            let before = text[..from].matches('\n').count();
            let (line, column) = (before + error.line(), error.column());
            let is_of_data = error.is_data();
            let why = if is_of_data {
                let others = if others(&text[from..], taken) { " Every other entry of the list is read." } else { "" };
                format!("{} (line {line}, column {column}): take one of them out.{others}", twice(&error))
            } else {
                format!("The JSON ends too early or is damaged at line {line}, column {column}: fetch the file again.")
            };
            return Some(Fault { why, is_of_data });
        }
    }
}

/// Takes the entries of a list one by one, and passes over those that contradict themselves; false for anything but a list. What is taken
/// twice counts once.
fn others(text: &str, taken: &mut Taken) -> bool {
    let Ok(entries) = serde_json::from_str::<Vec<&serde_json::value::RawValue>>(text) else { return false };
    taken.is_list = true;
    for entry in entries {
        // The fault is told by the caller.
        let _ = Document(taken).deserialize(&mut serde_json::Deserializer::from_str(entry.get()));
    }
    taken.is_list = false;
    true
}

/// "A field stands twice": the one fault of data that the readers here know.
fn twice(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let field = text.split('`').nth(1).unwrap_or_default();
    format!("The field {} appears twice in one object", named(field))
}
