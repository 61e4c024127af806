//! Files into facts: each told by its content, each that is not for an estate named in one sentence.

use super::code::{Head, TEMPLATES_HAVE, settle, take_template};
use super::facts::Facts;
use super::fault::Fault;
use super::loose::Maybe;
use super::shape::Item;
use super::take::Taken;
use crate::import::dates::DateOrder;
use crate::import::kind::{self, Kind, Known};
use crate::import::text;
use crate::import::words::{cut, file_name};
use crate::units::file_size::too_large;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// Files above this size are refused unread.
pub const MAX_ESTATE_BYTES: usize = 64_000_000;

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
    let mut behind = 0;
    let mut seen: HashMap<&[u8], &str> = HashMap::new();
    for (name, bytes) in &files {
        tell(behind);
        behind += bytes.len();
        if let Some(first) = seen.insert(bytes, name) {
            seen.insert(bytes, first);
            let (name, first) = (file_name(name), file_name(first));
            all.unread.push(format!("{name}: It has the content of {first}, which is read once."));
            continue;
        }
        one(name, bytes, dates, &mut all);
    }
    settle(&mut all.facts, std::mem::take(&mut all.code));
    all
}

fn one(name: &str, bytes: &[u8], dates: Option<DateOrder>, all: &mut Read) {
    let mut refuse = |why: String| all.unread.push(format!("{}: {why}", file_name(name)));
    if bytes.len() > MAX_ESTATE_BYTES {
        return refuse(too_large("a file of an estate", bytes.len() as u64, MAX_ESTATE_BYTES));
    }
    let text = match text::read(bytes) {
        Ok(text) => text,
        Err(error) => return refuse(error.to_string()),
    };
    let mut taken = Taken::default();
    let fault = if kind::is_json(text.trim_start()) {
        documents(&text, &mut taken)
    } else {
        match taken.costs(&text, dates) {
            Some(costs) => costs.err().map(|why| Fault { why, is_of_data: true }),
            None => taken.table(&text, dates),
        }
    };
    if let Some(why) = taken.refused {
        return refuse(why.to_owned());
    }
    match fault {
        Some(fault) if taken.count > 0 => refuse(format!("{} What stands before it is read.", fault.why)),
        Some(fault) => refuse(match kind::of(&text) {
            Kind::Foreign(foreign) if !fault.is_of_data => foreign.to_string(),
            _ => fault.why,
        }),
        None if taken.count == 0 && !taken.empty => match kind::of(&text) {
            Kind::Known(Known::PriceSheet) => all.sheets.push((file_name(name), text)),
            kind => refuse(foreign(&kind, &text)),
        },
        None => {}
    }
    all.taken += usize::from(taken.count > 0 || taken.empty);
    all.facts.join(taken.facts);
    all.code.join(taken.code);
    all.remarks.extend(taken.remarks);
}

/// What a text is in which nothing of an estate was found.
fn foreign(kind: &Kind, text: &str) -> String {
    match kind {
        Kind::Foreign(foreign) => foreign.to_string(),
        Kind::Known(known) => format!("This is {}, not a part of an estate. {}", known.noun(), known.advice(text)),
    }
}

/// Takes every document of a text; what is wrong with it, where it ends too early, is damaged or contradicts itself.
fn documents(text: &str, taken: &mut Taken) -> Option<Fault> {
    // No template begins behind the last word that each has.
    let last = text.rfind(TEMPLATES_HAVE).unwrap_or(0);
    let mut at = 0;
    while at < last {
        let mut heads = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Head>();
        let Some(Ok(head)) = heads.next() else { break };
        let end = at + heads.byte_offset();
        let done = head.is_template() && take_template(&text[at..end], taken).is_ok();
        if !done && let Some(fault) = answers(&text[..end], at, taken) {
            return Some(fault);
        }
        at = end;
    }
    answers(text, at, taken)
}

/// The same of documents that are no templates, from a place on.
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
                format!("{} (line {line}, column {column}): take one of them out.", cut(&twice(&error)))
            } else {
                format!("The JSON ends too early or is damaged at line {line}, column {column}: fetch the file again.")
            };
            return Some(Fault { why, is_of_data });
        }
    }
}

/// "A field stands twice": the one fault of data that the readers here know.
fn twice(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let field = text.split('`').nth(1).unwrap_or_default();
    format!("The field {field} stands twice in one object")
}

/// A document whose entries are taken one by one, so that a long list is never in memory as a whole.
struct Document<'a>(&'a mut Taken);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let item = <Item as serde::Deserialize>::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        self.0.document(item);
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut entries = 0;
        while let Some(Maybe(item)) = list.next_element::<Maybe<Item>>()? {
            entries += 1;
            if let Some(item) = item {
                self.0.document(item);
            }
        }
        // `az … list` prints an empty list where it finds nothing.
        self.0.empty |= entries == 0;
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
