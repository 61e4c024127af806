//! Reading with an error for each entry, nothing lost, chunks that change nothing, parts that add up.

mod designs;

use super::*;
use crate::catalog::Catalog;
use crate::explore::{BILL_SAMPLING, bill_bands};
use crate::model::cost::Total;
use crate::plan::Plan;
use crate::report::chart::Plot;
use crate::report::focus::{FocusFile, Stamp};
use crate::report::portfolio::{FocusText, csv, document, json};
use crate::units::{Money, OpsPerSec};
use insta::assert_snapshot;
use proptest::prelude::*;

fn catalog() -> Catalog {
    Catalog::bundled().unwrap()
}

fn entry(name: &str, writes: f64, topology: Option<Topology>, tags: &str) -> Arc<Entry> {
    let mut plan = Plan { name: name.to_owned(), ..Plan::default() };
    plan.workload.writes = OpsPerSec::per_s(writes);
    Arc::new(Entry { tags: parse_tags(tags).unwrap(), topology, plan })
}

fn portfolio() -> Portfolio {
    let mut one_region = Plan { name: "Alone".to_owned(), ..Plan::default() };
    one_region.remove_region(1);
    let alone = Entry { tags: Tags::new(), topology: Some(Topology::Active), plan: one_region };
    let entries = vec![
        entry("Orders", 5_000.0, None, "environment=production, team=payments"),
        entry("basket", 50_000.0, Some(Topology::Passive), "environment=production, team=shop"),
        entry("Baskets, test", 500.0, Some(Topology::Rebuild), "environment=test, team=shop"),
        Arc::new(alone),
    ];
    Portfolio { entries, ..Portfolio::default() }
}

#[test]
fn a_file_reads_back_exactly_and_stays_small() {
    let first = portfolio();
    let text = write(&first);
    assert_eq!(read(&text).unwrap(), first);
    assert_eq!(write(&read(&text).unwrap()), text);
    assert!(text.len() < 4_000, "{}", text.len());
    assert_snapshot!(text);
}

#[test]
fn an_entry_that_cannot_be_read_is_named_and_kept() {
    let plan = r#"{"name":"Orders"}"#;
    let bad = r#"{"name":"Bad","workload":{"writes":"many"}}"#;
    let entries = [
        format!(r#"{{"plan":{plan},"tags":{{"team":"a"}}}}"#),
        "7".to_owned(),
        "{}".to_owned(),
        format!(r#"{{"plan":{bad}}}"#),
        r#"{"plan":{"name":"Low","workload":{"writes":-4}}}"#.to_owned(),
        format!(r#"{{"plan":{plan},"tags":{{"team":5}}}}"#),
        format!(r#"{{"plan":{plan},"tags":{{" ":"x"}}}}"#),
        format!(r#"{{"plan":{plan},"tags":[]}}"#),
        format!(r#"{{"plan":{plan},"topology":"both"}}"#),
        format!(r#"{{"plan":{plan},"owner":"me"}}"#),
        r#"{"plan":{"v":9,"name":"New"}}"#.to_owned(),
        r#"{"plan":{"v":1,"name":"Whole"},"topology":"passive"}"#.to_owned(),
    ];
    let text = format!(r#"{{"portfolio":1,"plans":[{}]}}"#, entries.join(","));
    let read_once = read(&text).unwrap();
    assert_eq!(read_once.entries.iter().map(|it| it.plan.name.as_str()).collect::<Vec<_>>(), ["Orders", "Whole"]);
    assert_snapshot!(read_once.broken.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("\n"));
    // Written and read again, every entry stands where it stood.
    let again = read(&write(&read_once)).unwrap();
    assert_eq!(again, read_once);
}

#[test]
fn what_is_no_portfolio_says_why() {
    let many = format!(r#"{{"portfolio":1,"plans":[{}]}}"#, vec!["0"; MAX_ENTRIES + 1].join(","));
    let cases = [
        ("", "not whole JSON"),
        ("[]", "holds no JSON object"),
        ("{}", "version is missing"),
        (r#"{"portfolio":2,"plans":[]}"#, "is 2; version 1 is read"),
        (r#"{"portfolio":1}"#, "plans is missing"),
        (r#"{"portfolio":1,"plans":[],"owner":1}"#, "a field owner that is not known"),
        (many.as_str(), "10,001 plans"),
    ];
    for (text, part) in cases {
        let said = read(text).unwrap_err().to_string();
        assert!(said.starts_with("This is no portfolio file: ") && said.contains(part), "{said}");
    }
    assert!(read(&" ".repeat(MAX_PORTFOLIO_BYTES + 1)).unwrap_err().to_string().contains("20 MB"));
    assert_eq!(read(r#"{"portfolio":1,"plans":[]}"#).unwrap(), Portfolio::default());
}

proptest! {
    /// Files hold tags of any text; the form shows them, and puts back what it shows.
    #[test]
    fn tags_read_back_from_their_text(tags in prop::collection::btree_map("[a-b=,\" é]{0,3}x[ ,=]{0,1}", "[a-b=,\" é]{0,5}", 0..5)) {
        let tags: Tags = tags.into_iter().collect();
        prop_assert_eq!(parse_tags(&tag_text(&tags)), Ok(tags));
    }
}

#[test]
fn a_comma_in_a_value_stays_in_it() {
    let tags = vec![("team".to_owned(), "a, b=c".to_owned())];
    assert_eq!(tag_text(&tags), "team=\"a, b=c\"");
    assert_eq!(parse_tags("team=\"a, b=c\""), Ok(tags));
    for (text, part) in [("team=\"a, b", "is not closed"), ("team=\"a\" b", "stands “b”")] {
        assert!(parse_tags(text).unwrap_err().contains(part), "{text}");
    }
}

#[test]
fn typed_tags() {
    let two = parse_tags(" team = payments ,environment=a=b,").unwrap();
    assert_eq!(tag_text(&two), "environment=a=b, team=payments");
    assert_eq!(parse_tags("  ").unwrap(), Tags::new());
    for (text, part) in [("team", "has no value"), ("=x", "key is empty"), ("a=1,a=2", "is there twice")] {
        assert!(parse_tags(text).unwrap_err().contains(part), "{text}");
    }
    assert!(parse_tags(&format!("a={}", "x".repeat(121))).is_err());
}

#[test]
fn chunks_change_no_row() {
    let (portfolio, catalog) = (portfolio(), catalog());
    let whole = Rows::all(&portfolio, &catalog);
    for chunk in [1, 3, 4, 100] {
        let mut rows = Rows::default();
        while !rows.advance(&portfolio, &catalog, chunk) {}
        assert_eq!(rows, whole, "{chunk}");
    }
    let mut longer = portfolio.clone();
    longer.entries.remove(1);
    longer.entries.push(entry("New", 1.0, None, ""));
    assert_eq!(whole.unchanged(&longer).rows, whole.rows[..1]);
    assert_eq!(whole.unchanged(&portfolio), whole);
    // One after the other, in this thread.
    let alone: Vec<Row> = portfolio.entries.iter().map(|entry| Row::of(entry, &catalog)).collect();
    assert_eq!(whole.rows, alone);
    let date = catalog.as_of();
    let focus = |chunk| {
        let mut file = FocusText::new(&catalog, date);
        while !file.advance(&portfolio, &catalog, chunk) {}
        file
    };
    assert_eq!(focus(1), focus(100));
}

#[test]
fn the_whole_in_words_and_files() {
    let (portfolio, catalog) = (portfolio(), catalog());
    let rows = Rows::all(&portfolio, &catalog).rows;
    let plain = document(&portfolio, &rows, &catalog).plain();
    assert_snapshot!([plain, csv(&rows, catalog.currency()), json(&rows, catalog.currency())].join("\n\n"));
}

#[test]
fn shares_add_up_to_the_total_and_those_without_the_tag_stand_last() {
    let rows = Rows::all(&portfolio(), &catalog()).rows;
    let whole = totals(&rows);
    assert_eq!((whole.plans, whole.without_bill), (4, 1));
    for key in ["environment", "team", "nobody"] {
        let parts = shares(&rows, key);
        assert_eq!(parts.iter().map(|part| part.monthly).sum::<Money>(), whole.monthly, "{key}");
        assert_eq!(parts.iter().map(|part| part.plans).sum::<usize>(), whole.plans);
        let fraction: f64 = parts.iter().map(|part| part.share.expect("a whole total").as_fraction()).sum();
        assert!((fraction - 1.0).abs() < 1e-9);
        assert_eq!(parts.last().unwrap().value, None, "{key}");
    }
}

/// Page 0.4, and the reader's finding: a share of a lower bound carried a percentage, and hours of people were counted as lines
/// without a price.
#[test]
fn a_total_that_lacks_a_price_has_no_shares_and_counts_lines_without_a_price_alone() {
    let mut all = portfolio();
    let mut open = (*all.entries[0]).clone();
    open.plan.exchange_region(0, crate::catalog::RegionId::new("westeurope"));
    open.topology = Some(Topology::Active);
    all.entries[0] = Arc::new(open);
    let catalog = catalog().without_node_prices(&crate::catalog::RegionId::new("westeurope"));
    let rows = Rows::all(&all, &catalog).rows;
    let without = rows[0].monthly.as_ref().unwrap();
    assert!(without.is_without_staff() && without.missing().len() == 1, "{without:?}");
    assert_eq!(rows.iter().map(|row| row.unpriced_lines).collect::<Vec<_>>(), [1, 0, 0, 0]);
    let parts = shares(&rows, "team");
    assert!(parts.iter().all(|part| part.share.is_none() && part.percent() == "–"), "{parts:?}");
    assert!(no_shares(&parts).is_some_and(|said| said.starts_with("There are no shares")));
    let chart = crate::report::chart::portfolio_chart(&rows, "team", &catalog).unwrap();
    let said: String = chart.says.iter().map(|span| span.text.as_str()).collect();
    let cells = chart.table.rows.concat().join(" ");
    assert!(!said.contains('%') && !cells.contains('%'), "{said} {cells}");
    let Plot::Bars(plot) = chart.plot else { panic!("bars") };
    let open: Vec<bool> = plot.rows.iter().map(|row| row.open).collect();
    assert_eq!(open, parts.iter().map(|part| part.incomplete > 0).collect::<Vec<_>>());
    assert!(open.contains(&true) && open.contains(&false));
}

#[test]
fn rows_are_found_and_sorted() {
    let rows = Rows::all(&portfolio(), &catalog()).rows;
    let names =
        |query: &Query| view(&rows, query).into_iter().map(|at| rows[at].entry.plan.name.as_str()).collect::<Vec<_>>();
    let by = |sort, order| Query { sort, order, ..Query::default() };
    let find = |text: &str| Query { text: text.to_owned(), ..Query::default() };
    assert_eq!(names(&Query::default()), ["Orders", "basket", "Baskets, test", "Alone"]);
    assert_eq!(names(&find("BASKET")), ["basket", "Baskets, test"]);
    assert_eq!(names(&find("team=shop production")), ["basket"]);
    assert_eq!(names(&find("rebuild")), ["Baskets, test"]);
    assert_eq!(names(&find("nothing")), [""; 0]);
    let team = Query { tag: Some(("team".to_owned(), "shop".to_owned())), ..Query::default() };
    assert_eq!(names(&team), ["basket", "Baskets, test"]);
    assert_eq!(names(&by(SortBy::Name, Order::Rising)), ["Alone", "basket", "Baskets, test", "Orders"]);
    assert_eq!(names(&by(SortBy::Name, Order::Falling)), ["Orders", "Baskets, test", "basket", "Alone"]);
    // What is absent stands last both ways.
    for order in [Order::Rising, Order::Falling] {
        assert_eq!(names(&by(SortBy::Monthly, order)).last(), Some(&"Alone"));
        assert_eq!(names(&by(SortBy::Tags, order)).last(), Some(&"Alone"));
    }
    // Equals keep the order of the file.
    assert_eq!(names(&by(SortBy::Unknown, Order::Falling)), ["Orders", "basket", "Baskets, test", "Alone"]);
    for sort in SortBy::COLUMNS {
        assert_eq!(view(&rows, &by(sort, Order::Falling)).len(), 4, "{sort:?}");
    }
}

#[test]
fn a_row_is_what_its_plan_says_alone() {
    let (portfolio, catalog) = (portfolio(), catalog());
    for entry in &portfolio.entries {
        let row = Row::of(entry, &catalog);
        let evaluation = crate::evaluate::evaluate(&entry.plan, &catalog);
        assert_eq!(row.topology, entry.topology.or(evaluation.comparison.choice).or(evaluation.comparison.nearest));
        let bill = &evaluation.of(row.topology.unwrap()).bill;
        assert_eq!(row.monthly, (!bill.lines.is_empty()).then_some(bill.total.clone()));
    }
}

#[test]
fn the_focus_file_of_all_is_the_rows_of_each() {
    let (portfolio, catalog) = (portfolio(), catalog());
    let mut file = FocusText::new(&catalog, catalog.as_of());
    assert!(file.advance(&portfolio, &catalog, usize::MAX));
    assert_eq!(file.done(), 4);
    let rows = Rows::all(&portfolio, &catalog).rows;
    let people = rows.iter().filter(|row| row.monthly.as_ref().is_some_and(Total::is_without_staff)).count();
    assert_eq!(
        (file.left_out as usize, totals(&rows).unpriced_lines),
        (people, 0),
        "hours of people alone have no rate"
    );
    assert_eq!(file.text.matches("Orders: ").count(), file.text.matches(r#"""team"":""payments"""#).count());
    assert!(!file.text.contains("Alone"), "no topology, no row");
    for (entry, row) in portfolio.entries.iter().zip(&rows).filter(|(_, row)| row.monthly.is_some()) {
        let (topology, plan) = (row.topology.unwrap(), &entry.plan);
        let stamp = Stamp { date: catalog.as_of(), tags: &entry.tags, version: &catalog.model_version() };
        let answer = crate::evaluate::evaluate(plan, &catalog).of(topology).clone();
        let own = FocusFile::of(plan, &catalog, &answer, &stamp);
        let bands = bill_bands(plan, &catalog, topology, BILL_SAMPLING);
        assert!(file.text.contains(&own.with_bands(&bands).records()), "{}", plan.name);
    }
}

/// Entries with tags that no two share, as a file may give them.
fn unique_tags(plans: usize) -> Portfolio {
    let entry = |plan: usize| {
        let tags = (0..50).map(|tag| (format!("k{plan:05}-{tag:02}"), "v".to_owned())).collect();
        Arc::new(Entry { tags, topology: None, plan: Plan::default() })
    };
    Portfolio { entries: (0..plans).map(entry).collect(), ..Portfolio::default() }
}

/// Work shows in what is written: a column a key of the file made 1.6 MB of tags 800 MB of table.
#[test]
fn exports_grow_with_the_file_and_not_with_its_square() {
    let catalog = catalog();
    let sizes = |plans: usize| {
        let all = unique_tags(plans);
        let row =
            Rows::all(&Portfolio { entries: vec![Arc::clone(&all.entries[0])], ..Portfolio::default() }, &catalog)
                .rows
                .remove(0);
        let rows: Vec<Row> = all.entries.iter().map(|entry| Row { entry: Arc::clone(entry), ..row.clone() }).collect();
        let currency = catalog.currency();
        [csv(&rows, currency), json(&rows, currency), document(&all, &rows, &catalog).plain(), write(&all)]
            .map(|text| text.len())
    };
    for (once, twice) in sizes(400).into_iter().zip(sizes(800)) {
        assert!(2 * twice <= 5 * once, "{twice} bytes for twice the plans after {once}");
    }
}

#[test]
fn tags_beyond_the_columns_stand_together() {
    let mut all = unique_tags(5);
    for entry in &mut all.entries {
        Arc::make_mut(entry).tags.insert(0, ("team".to_owned(), "a".to_owned()));
        Arc::make_mut(entry).tags.sort();
    }
    let keys = tag_keys(&all.entries);
    assert_eq!((keys.keys.len(), keys.left_out), (MAX_TAG_KEYS, 51));
    assert!(keys.keys.is_sorted() && keys.keys.contains(&"team".to_owned()), "what most plans have stays");
    assert_eq!(
        keys.says().unwrap(),
        "The tags have 51 more keys that fewer plans have: the month is shared out by 200 of them."
    );
    let rows = Rows::all(&all, &catalog()).rows;
    let table = csv(&rows, crate::units::Currency::USD);
    let [head, .., last] = table.lines().collect::<Vec<_>>()[..] else { panic!("{table}") };
    assert!(head.ends_with(",other_tags") && head.matches("tag:").count() == MAX_TAG_KEYS);
    assert!(last.contains("k00004-00=v, k00004-01=v") && last.ends_with("k00004-49=v\""), "{last}");
    assert_eq!(tag_pairs(&all.entries, &keys.keys, 1).len(), 1);
    let few = tag_keys(&all.entries[..2]);
    assert_eq!((few.keys.len(), few.left_out, few.says()), (101, 0, None));
}

#[test]
fn an_entry_is_bounded_and_named_in_few_words() {
    let regions = vec![r#"{"region":"r","users":0,"writes":0}"#; 50_000].join(",");
    let long = "n".repeat(200_000);
    let entries = [
        format!(r#"{{"plan":{{"regions":[{regions}]}}}}"#),
        format!(r#"{{"plan":{{"name":"{long}"}}}}"#),
        format!(r#"{{"plan":{{}},"{long}":1}}"#),
        format!(r#"{{"plan":{{}},"tags":{{"{long}":"v"}}}}"#),
        r#"{"plan":{},"tags":{"a":"x\u202ey"}}"#.to_owned(),
        r#"{"plan":{"name":"A","name":"B"}}"#.to_owned(),
        r#"{"plan":{"name":"\ud800"}}"#.to_owned(),
        r#"{"plan":{"name":"Orders"}}"#.to_owned(),
    ];
    let text = format!("{{\"portfolio\":1,\"plans\":[{}]}}", entries.join(","));
    let all = read(&text).unwrap();
    assert_eq!(all.entries.len(), 1, "{:?}", all.broken.iter().map(|it| &it.message).collect::<Vec<_>>());
    for broken in &all.broken {
        assert!(broken.message.chars().count() < 300, "{}", broken.message);
    }
    assert!(
        all.broken[0].message.starts_with("Entry 1: it has 1.8\u{a0}MB, and a plan has at most 1 MB"),
        "{}",
        all.broken[0].message
    );
    assert!(all.broken[5].message.contains("the field “name” is there twice"), "{}", all.broken[5].message);
    // What could not be read, with its doubles and all, stands in the file as it stood.
    let again = write(&all);
    assert!(entries.iter().take(7).all(|entry| again.contains(entry.as_str())));
    assert_eq!(read(&again).unwrap(), all);
}

#[test]
fn a_file_in_slices_is_the_file() {
    let text = write(&portfolio());
    for chunk in [1, 3, 100] {
        let mut reading = Reading::new(&text).unwrap();
        while !reading.advance(chunk) {}
        assert_eq!(reading.finish(), read(&text).unwrap());
    }
}
