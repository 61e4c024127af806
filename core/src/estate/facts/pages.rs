//! Lists that come in pages: which of them go on behind the files.

use crate::catalog::Severity;
use crate::estate::findings::finding::{Finding, finding};
use crate::estate::id;
use crate::estate::read::shape::Item;
use crate::import::words::named;
use crate::units::format;
use std::collections::{BTreeMap, BTreeSet};

/// Pages that were read, by the list that they are of.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Pages {
    /// Lists of Resource Manager, by the path of the request.
    lists: BTreeMap<String, List>,
    /// Ids of what commands printed of a list at once, by the same paths.
    whole: BTreeMap<String, BTreeSet<String>>,
    /// Answers of Resource Graph, by how many rows there are in all where they say it.
    rows: BTreeMap<Option<u32>, Rows>,
}

/// Whether a page of the list names another one, and whether a page is the last.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Ends {
    is_open: bool,
    has_last: bool,
}

/// What pages show of a list.
#[derive(Debug, Clone, Default, PartialEq)]
struct List {
    ends: Ends,
    /// Ids of the pages that name another one.
    open: BTreeSet<String>,
    /// Ids of each page without a next one whose entries are of one resource group: the last of its subscription, or the list of the group.
    of_group: BTreeSet<BTreeSet<String>>,
}

impl List {
    fn add(&mut self, other: Self) {
        self.ends.add(other.ends);
        self.open.extend(other.open);
        self.of_group.extend(other.of_group);
    }

    /// True where no page is known to be the last: a group's list repeats what the pages have of the group, and a last page repeats nothing.
    fn goes_on(&self) -> bool {
        self.ends.goes_on() && !self.of_group.iter().any(|it| it.is_disjoint(&self.open))
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Rows {
    ends: Ends,
    ids: BTreeSet<String>,
}

impl Ends {
    fn add(&mut self, other: Self) {
        self.is_open |= other.is_open;
        self.has_last |= other.has_last;
    }

    fn page(is_open: bool) -> Self {
        Self { is_open, has_last: !is_open }
    }

    fn goes_on(self) -> bool {
        self.is_open && !self.has_last
    }
}

impl Rows {
    /// The rows that there are in all, where the files have fewer.
    fn less_than(&self, total: Option<u32>) -> Option<u32> {
        let found = self.ids.len();
        total.filter(|all| found > 0 && found < *all as usize)
    }
}

impl Pages {
    /// Notes a document that is a page; nothing of any other.
    pub(in crate::estate) fn add(&mut self, item: &Item) {
        if !item.data.0.is_empty() || item.skip_token.0 {
            let rows = self.rows.entry(item.total_records.whole()).or_default();
            rows.ends.add(Ends::page(item.skip_token.0 || item.result_truncated.0 == Some(true)));
            rows.ids.extend(item.data.0.iter().map(|it| id::key(it.id.str())).filter(|it| !it.is_empty()));
        }
        match &item.next_link.0 {
            Some(path) => {
                let page = List { ends: Ends::page(true), open: ids(&item.value.0), ..List::default() };
                self.lists.entry(path.clone()).or_default().add(page);
            }
            None => {
                for (path, page) in paths(&item.value.0) {
                    self.lists.entry(path).or_default().add(page);
                }
            }
        }
    }

    /// Notes a resource of a list that a command printed at once.
    pub(in crate::estate) fn add_whole(&mut self, list: String, key: &str) {
        self.whole.entry(list).or_default().insert(key.to_owned());
    }

    pub(in crate::estate) fn join(&mut self, other: Self) {
        for (path, list) in other.lists {
            self.lists.entry(path).or_default().add(list);
        }
        for (path, ids) in other.whole {
            self.whole.entry(path).or_default().extend(ids);
        }
        for (total, rows) in other.rows {
            let own = self.rows.entry(total).or_default();
            own.ends.add(rows.ends);
            own.ids.extend(rows.ids);
        }
    }

    /// True where pages of a list are missing; of the answers of Resource Graph where any is cut.
    pub(in crate::estate) fn misses(&self, list: &str, is_graph: bool) -> bool {
        if is_graph { !self.cut().is_empty() } else { self.lists.get(list).is_some_and(|it| self.goes_on(list, it)) }
    }

    /// True where a list has more pages and no command printed all of it.
    fn goes_on(&self, path: &str, list: &List) -> bool {
        let is_whole = self.whole.get(path).is_some_and(|ids| ids.is_superset(&list.open));
        list.goes_on() && !is_whole
    }

    /// Answers of Resource Graph with fewer rows than there are, or without an end; none of pages that end with another number of rows in
    /// all, because a cache came or went meanwhile.
    fn cut(&self) -> Vec<(Option<u32>, &Rows)> {
        // Rows without ids are not counted.
        let is_cut = |total: Option<u32>, it: &Rows| {
            it.less_than(total).is_some() || it.ends.goes_on() && (total.is_none() || it.ids.is_empty())
        };
        let cut: Vec<(Option<u32>, &Rows)> =
            self.rows.iter().map(|(total, it)| (*total, it)).filter(|(total, it)| is_cut(*total, it)).collect();
        let all: BTreeSet<&String> = cut.iter().flat_map(|(_, it)| &it.ids).collect();
        let kinds = |it: &Rows| it.ids.iter().filter_map(|id| kind(id)).map(str::to_owned).collect::<BTreeSet<_>>();
        let is_one = cut.windows(2).all(|it| !kinds(it[0].1).is_disjoint(&kinds(it[1].1)));
        let least = cut.iter().filter_map(|it| it.0).min().unwrap_or(u32::MAX);
        let ends = cut.iter().any(|it| it.1.ends.has_last) && cut.iter().any(|it| it.1.ends.is_open);
        if is_one && ends && cut.len() > 1 && all.len() >= least as usize { Vec::new() } else { cut }
    }

    /// A finding for each list of which a page is missing.
    pub(in crate::estate) fn findings(&self) -> Vec<Finding> {
        let warn = |says: String, next: &str| finding("EST-PAGES", Severity::Warn, says, next);
        let rows = self.cut().into_iter().map(|(total, rows)| {
            let says = match rows.less_than(total) {
                Some(all) => {
                    let [found, all] = [rows.ids.len() as f64, f64::from(all)].map(format::count);
                    format!("A Resource Graph answer has {all} rows, of which the files have {found}.")
                }
                None => "A Resource Graph answer has more rows than the files.".to_owned(),
            };
            warn(says, "Run the same query with --skip-token until no token comes back; order it by id.")
        });
        let lists = self.lists.iter().filter(|(path, it)| self.goes_on(path, it)).map(|(path, it)| {
            let list = shown(path);
            if !it.of_group.is_empty() {
                let says = format!(
                    "The list {list} has no certain end: an answer with caches of one resource group alone may be its last page, or the list of that group."
                );
                return warn(says, "Save az redis list or az redisenterprise list of the subscription, and open it together with the other files.");
            }
            let says = format!("The list {list} has more pages than the files.");
            warn(says, "Save the answer of its nextLink too, until one has none; az … list prints all pages at once.")
        });
        rows.chain(lists).collect()
    }
}

/// Type of a resource: "microsoft.cache/redis".
fn kind(id: &str) -> Option<&str> {
    Some(id.rsplit_once("/providers/")?.1.rsplit_once('/')?.0)
}

/// "microsoft.cache/redis of subscription 0".
fn shown(path: &str) -> String {
    let kind = path.rsplit_once("/providers/").map_or(path, |(_, kind)| kind);
    let of = id::part(path, "subscriptions").map_or_else(String::new, |it| format!(" of subscription {it}"));
    format!("{}{of}", named(kind))
}

fn ids(entries: &[Item]) -> BTreeSet<String> {
    entries.iter().map(|it| id::key(it.id.str())).filter(|it| !it.is_empty()).collect()
}

/// The requests that these entries may answer, each with what they show of its end: the list of their subscription, and that of their
/// group where they have one.
fn paths(entries: &[Item]) -> Vec<(String, List)> {
    let lists: BTreeSet<String> =
        entries.iter().filter_map(|it| Some(id::key(it.id.str()).rsplit_once('/')?.0.to_owned())).collect();
    let subscription = |path: &String| {
        let group = id::part(path, "resourcegroups")?;
        Some(path.replacen(&format!("/resourcegroups/{group}"), "", 1))
    };
    let last = |it: String| (it, List { ends: Ends::page(false), ..List::default() });
    let whole: BTreeSet<String> = lists.iter().filter_map(subscription).collect();
    if lists.len() != 1 {
        return whole.into_iter().map(last).collect();
    }
    let of_group = || List { of_group: BTreeSet::from([ids(entries)]), ..List::default() };
    let whole = whole.into_iter().map(|it| (it, of_group()));
    lists.into_iter().map(last).chain(whole).collect()
}
