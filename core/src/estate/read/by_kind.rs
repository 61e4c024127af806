//! Files that a person opens together: which of them are of the estate, and which are plans, price sheets and series.

use crate::estate::facts::Facts;
use crate::estate::read::{MAX_ESTATE_BYTES, Read, read_telling, too_large_told};
use crate::import::dates::DateOrder;
use crate::import::kind::{self, Kind, Known};
use crate::import::text;
use crate::import::words::file_name;
use crate::units::file_size;

/// Most bytes of all files that are opened together: several months of metrics of some hundred caches.
pub const MAX_TOGETHER: usize = 300_000_000;
/// So many bytes show what a file is, unless it looks like something that is opened alone.
const SHOWN: usize = 8_192;

/// Files that were opened together, sorted.
#[derive(Debug, Clone, PartialEq)]
pub struct Sorted {
    /// What those of the estate say; `None` where none is of an estate.
    pub read: Option<Read>,
    /// Price sheets among them, names and texts.
    pub sheets: Vec<(String, String)>,
    /// Places of the files that are opened as plan, portfolio or series, or refused as none of them.
    pub others: Vec<usize>,
    /// Where the files are of an estate only beside one that is open: the places of those that are opened as something else without it.
    pub lone: Option<Vec<usize>>,
}

/// Sorts files, each a name and its bytes, and reads those of the estate.
///
/// A plan is opened beside an estate, and the pages of a price sheet are read beside anything; a portfolio takes an estate's place and
/// is named. Metrics belong to the
/// estate where caches or other metrics are among the files; alone they are a series, unless `is_open`: then one file of metrics or of
/// costs may be of the estate that is open ([`Sorted::lone`]). `tell` as for [`read_telling`].
///
/// # Examples
///
/// ```
/// use dr_core::estate::sorted;
///
/// let caches = br#"[{"id": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/shop",
///   "location": "West Europe", "sku": {"name": "Premium", "family": "P", "capacity": 1}}]"#;
/// let files = vec![("plan".to_owned(), br#"{"v":1}"#.to_vec()), ("caches".to_owned(), caches.to_vec())];
/// let sorted = sorted(files, None, false, &mut |_| ());
/// assert_eq!(sorted.read.unwrap().facts.caches.len(), 1);
/// assert_eq!(sorted.others, [0]);
/// ```
#[must_use]
pub fn sorted(
    files: Vec<(String, Vec<u8>)>,
    dates: Option<DateOrder>,
    is_open: bool,
    tell: &mut dyn FnMut(usize),
) -> Sorted {
    let kinds: Vec<Option<Known>> = files.iter().map(|(_, bytes)| known(bytes)).collect();
    let of = |wanted: Option<Known>| kinds.iter().filter(|kind| **kind == wanted).count();
    let series = of(Some(Known::Series));
    let is_estate = of(None) > 0 || series > 1 || is_open && series > 0;
    let places = |wanted: &dyn Fn(Option<Known>) -> bool| -> Vec<usize> {
        kinds.iter().enumerate().filter(|(_, kind)| wanted(**kind)).map(|(at, _)| at).collect()
    };
    let all = places(&|kind| kind != Some(Known::PriceSheet));
    let (mut sheets, mut own) = (Vec::new(), Vec::new());
    for ((name, bytes), kind) in files.into_iter().zip(&kinds) {
        match kind {
            Some(Known::PriceSheet) => sheets.extend(text::read(&bytes).ok().map(|text| (file_name(&name), text))),
            Some(Known::Plan) => {}
            _ if is_estate => own.push((name, bytes)),
            _ => {}
        }
    }
    if !is_estate {
        return Sorted { read: None, sheets, others: all, lone: None };
    }
    let read = read_telling(own, dates, tell);
    let has_metrics = series > 1 && !read.facts.metrics.is_empty();
    let plans = places(&|kind| kind == Some(Known::Plan));
    let adds = is_open && !(read.facts.metrics.is_empty() && read.facts.charges.is_empty());
    if has_metrics || has_resources(&read.facts) {
        Sorted { read: Some(read), sheets, others: plans, lone: None }
    } else if adds {
        Sorted { read: Some(read), sheets, others: plans, lone: Some(all) }
    } else {
        Sorted { read: None, sheets, others: all, lone: None }
    }
}

fn has_resources(facts: &Facts) -> bool {
    let Facts { caches, links, databases, endpoints, alerts, listed, .. } = facts;
    let none = caches.is_empty() && links.is_empty() && databases.is_empty() && endpoints.is_empty();
    !none || !alerts.is_empty() || !listed.is_empty()
}

/// True for a file that is neither opened without an estate nor one of measurements.
pub(in crate::estate) fn is_of_resources(bytes: &[u8]) -> bool {
    bytes.len() <= MAX_ESTATE_BYTES && known(bytes).is_none()
}

/// What is opened without an estate, if a file is that. A long one is told by its beginning; what looks like a plan there may be a tag
/// of that name, so that all of it decides.
fn known(bytes: &[u8]) -> Option<Known> {
    let known = |text: &str| match kind::of(text) {
        Kind::Known(known) => Some(known),
        Kind::Foreign(_) => None,
    };
    let shown = if bytes.len() > SHOWN { beginning(&bytes[..SHOWN]).map(known) } else { None };
    match shown {
        Some(kind @ (None | Some(Known::Series))) => kind,
        Some(_) | None => text::read(bytes).ok().and_then(|text| known(&text)),
    }
}

/// The letters of the beginning of a long text in UTF-8; `None` for what is something else.
fn beginning(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
    .filter(|text| !text.contains('\0'))
}

/// The sentence for a file that is too large to be read, by its size alone in bytes; `None` where it may be read.
#[must_use]
pub fn too_large(name: &str, size: u64) -> Option<String> {
    (size > MAX_ESTATE_BYTES as u64).then(|| format!("{}: {}", file_name(name), too_large_told(size)))
}

/// How many bytes of a file count among those of all: a larger one is refused unread, or only passes the lines that are read.
#[must_use]
pub const fn counted_bytes(size: u64) -> u64 {
    if size > MAX_ESTATE_BYTES as u64 { 0 } else { size }
}

/// The sentence for files that are too large together; `None` where they may be read. `size` in bytes.
#[must_use]
pub fn too_many_bytes(size: u64) -> Option<String> {
    (size > MAX_TOGETHER as u64).then(|| {
        let size = file_size::size_above(size, MAX_TOGETHER);
        format!(
            "{size} were not read: files that are opened together have at most 300 MB. Open fewer days of metrics, or give the files \
             to dr-planner import."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CACHES: &str = r#"[{"id": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/shop", "tags": {"portfolio": "x"},
        "location": "West Europe", "sku": {"name": "Premium", "family": "P", "capacity": 1}}]"#;
    const METRICS: &str = r#"{"namespace": "Microsoft.Cache/redis", "interval": "PT1H", "value": [{"id":
        "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Cache/Redis/shop/providers/Microsoft.Insights/metrics/setcommands",
        "name": {"value": "setcommands"}, "timeseries": [{"data": [{"timeStamp": "2026-10-01T00:00:00Z", "total": 3600.0}]}]}]}"#;

    fn of(texts: &[&str]) -> Sorted {
        let file = |(at, text): (usize, &&str)| (at.to_string(), text.as_bytes().to_vec());
        sorted(texts.iter().enumerate().map(file).collect(), None, false, &mut |_| ())
    }

    #[test]
    fn an_estate_is_read_beside_a_plan_and_a_sheet_and_a_portfolio_is_named() {
        let sorted = of(&[r#"{"v":1}"#, CACHES, r#"{"Items":[]}"#, METRICS, r#"{"portfolio":1,"plans":[]}"#]);
        let read = sorted.read.unwrap();
        assert_eq!((read.facts.caches.len(), read.facts.metrics.len(), sorted.others), (1, 1, vec![0]));
        assert_eq!(sorted.sheets, [("2".to_owned(), r#"{"Items":[]}"#.to_owned())]);
        assert!(
            read.unread[0].starts_with("4: This is a portfolio, not a part of an estate. Open it alone"),
            "{read:?}"
        );
    }

    #[test]
    fn without_an_estate_everything_is_opened_as_before() {
        let cases: [&[&str]; 6] = [
            &[METRICS],
            &[r#"{"v":1}"#],
            &["hello"],
            &["[]"],
            &[METRICS, "hello"],
            &["time,writes/s\n0,1", "a,b\n1,2"],
        ];
        for texts in cases {
            assert_eq!(
                of(texts),
                Sorted { read: None, sheets: Vec::new(), others: (0..texts.len()).collect(), lone: None },
                "{texts:?}"
            );
        }
    }

    /// One file of metrics may be of the estate that is open; without one it is a series, as ever.
    #[test]
    fn one_file_of_metrics_may_be_of_what_is_open() {
        let files = vec![("a".to_owned(), METRICS.as_bytes().to_vec())];
        let open = sorted(files, None, true, &mut |_| ());
        assert_eq!((open.read.unwrap().facts.metrics.len(), open.others, open.lone), (1, Vec::new(), Some(vec![0])));
        let table = vec![("a".to_owned(), b"time,writes/s\n0,1\n60,2\n".to_vec())];
        assert_eq!(sorted(table, None, true, &mut |_| ()).read, None);
    }

    #[test]
    fn metrics_of_several_files_without_a_cache_ask_for_the_lists() {
        let other = METRICS.replace("setcommands", "getcommands");
        assert_eq!(of(&[METRICS, &other]).read.unwrap().facts.metrics.len(), 1);
    }

    #[test]
    fn a_long_list_with_a_tag_that_is_called_portfolio_is_an_estate() {
        let long =
            format!("{}{}", &CACHES[..CACHES.len() - 1], format!(",{}", &CACHES[1..CACHES.len() - 1]).repeat(400))
                + "]";
        assert!(long.len() > SHOWN);
        assert_eq!(of(&[&long]).read.unwrap().facts.caches.len(), 1);
    }

    #[test]
    fn sizes_are_refused_unread() {
        assert_eq!((too_large("a", 64_000_000), too_many_bytes(MAX_TOGETHER as u64)), (None, None));
        let said = too_large("a.json", 200_000_000).unwrap().replace('\u{a0}', " ");
        assert!(said.starts_with("a.json: It has 200 MB, and a file of an estate is read up to 64 MB"), "{said}");
        assert!(
            too_many_bytes(MAX_TOGETHER as u64 + 1).unwrap().starts_with("300"),
            "{:?}",
            too_many_bytes(MAX_TOGETHER as u64 + 1)
        );
    }
}
